#include "ui/viewer/tile_texts.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include "core/image/orientation.h"
#include "ui/shell/theme.h"
#include "ui/shell/translate.h"

#include <cmath>

namespace hounsfield::viewer {

namespace {

constexpr double margin = 9;
constexpr QColor ink(226, 230, 234);

/// White words with a dark edge are read on black, grey and white.
void paintWords(QPainter& painter, const QRectF& box, int flags, const QString& words, const QColor& colour = ink)
{
    painter.setPen(QColor(0, 0, 0, 210));
    for (const QPointF& offset : {QPointF(1, 1), QPointF(-1, 0), QPointF(0, -1), QPointF(1, 0)})
        painter.drawText(box.translated(offset), flags, words);
    painter.setPen(colour);
    painter.drawText(box, flags, words);
}

void paintCorner(
    QPainter& painter, const QRectF& box, Qt::Alignment corner, const QStringList& lines, const QColor& colour = ink)
{
    const QFontMetricsF metrics(painter.font());
    const double height = metrics.lineSpacing();
    double y = corner & Qt::AlignTop ? box.top() : box.bottom() - height * static_cast<double>(lines.size());
    for (const QString& line : lines) {
        const QString fitting = metrics.elidedText(line, Qt::ElideRight, box.width());
        paintWords(painter, {box.left(), y, box.width(), height},
            static_cast<int>((corner & Qt::AlignHorizontal_Mask) | Qt::AlignVCenter) | Qt::TextSingleLine, fitting,
            colour);
        y += height;
    }
}

void paintLetters(QPainter& painter, const QRectF& box, const SideLetters& letters)
{
    QFont font = painter.font();
    font.setPixelSize(15);
    font.setBold(true);
    painter.save();
    painter.setFont(font);
    const auto side = [&](Qt::Alignment where, const std::string& words) {
        paintWords(painter, box, static_cast<int>(where), QString::fromStdString(words));
    };
    side(Qt::AlignLeft | Qt::AlignVCenter, letters.left);
    side(Qt::AlignRight | Qt::AlignVCenter, letters.right);
    side(Qt::AlignHCenter | Qt::AlignTop, letters.top);
    side(Qt::AlignHCenter | Qt::AlignBottom, letters.bottom);
    painter.restore();
}

void paintScaleBar(QPainter& painter, const QRectF& box, const TileTexts& texts)
{
    const double longest = box.width() * 0.22 * texts.mmPerPixel;
    if (!(longest > 0))
        return;
    const double power = std::pow(10, std::floor(std::log10(longest)));
    const double length = longest >= 5 * power ? 5 * power : longest >= 2 * power ? 2 * power : power;
    const double pixels = length / texts.mmPerPixel;
    const double x = box.center().x() - pixels / 2;
    const double y = box.bottom() - 22;
    for (const auto& [colour, width] : {std::pair(QColor(0, 0, 0, 210), 4.0), std::pair(ink, 1.5)}) {
        painter.setPen(QPen(colour, width));
        painter.drawLine(QPointF(x, y), QPointF(x + pixels, y));
        painter.drawLine(QPointF(x, y - 4), QPointF(x, y + 4));
        painter.drawLine(QPointF(x + pixels, y - 4), QPointF(x + pixels, y + 4));
    }
    const QString unit =
        texts.hasMillimetres ? (length >= 10 ? QStringLiteral("cm") : QStringLiteral("mm")) : QStringLiteral("px");
    const double shown = texts.hasMillimetres && length >= 10 ? length / 10 : length;
    paintWords(painter, {x + pixels + 8, y - 10, 90, 20}, Qt::AlignLeft | Qt::AlignVCenter,
        shortNumber(shown, 3) + QLatin1Char(' ') + unit);
}

double paintProblem(QPainter& painter, const QRectF& tile, const TileTexts& texts)
{
    if (texts.problem.isEmpty())
        return 0;
    const QFontMetricsF metrics(painter.font());
    const double height = metrics.height() + 8;
    const QRectF strip(tile.left(), tile.top(), tile.width(), height);
    painter.fillRect(strip, QColor(58, 42, 8, 235));
    painter.setPen(QColor(shell::theme::warning));
    const QRectF box = strip.adjusted(margin, 0, -margin, 0);
    const QString more = texts.furtherProblems > 0 ? QStringLiteral("  +%1").arg(texts.furtherProblems) : QString();
    const double room = box.width() - metrics.horizontalAdvance(more);
    painter.drawText(box, Qt::AlignVCenter | Qt::AlignLeft,
        metrics.elidedText(QStringLiteral("⚠ ") + texts.problem, Qt::ElideRight, room) + more);
    return height;
}

} // namespace

QString personName(const std::string& name)
{
    QString words = QString::fromStdString(name);
    words.replace(QLatin1Char('^'), QLatin1Char(' ')).replace(QLatin1Char('='), QLatin1String("  "));
    return words.trimmed();
}

QString readableDate(const std::string& date)
{
    const QString digits = QString::fromStdString(date).trimmed();
    if (digits.size() != 8)
        return digits;
    return digits.mid(0, 4) + QLatin1Char('-') + digits.mid(4, 2) + QLatin1Char('-') + digits.mid(6, 2);
}

QString shortNumber(double value, int decimals)
{
    QString words = QString::number(value, 'f', decimals);
    if (words.contains(QLatin1Char('.'))) {
        while (words.endsWith(QLatin1Char('0')))
            words.chop(1);
        if (words.endsWith(QLatin1Char('.')))
            words.chop(1);
    }
    return words == QLatin1String("-0") ? QStringLiteral("0") : words;
}

QString windowWords(const image::Window& window, const std::string& unit)
{
    const int decimals = std::abs(window.width) < 10 ? 2 : 0;
    QString words =
        QStringLiteral("W %1  L %2").arg(shortNumber(window.width, decimals), shortNumber(window.center, decimals));
    if (!unit.empty())
        words += QLatin1Char(' ') + QString::fromStdString(unit);
    return words;
}

QString planeWords(PlaneKind kind, const image::Geometry& geometry)
{
    if (kind == PlaneKind::Acquired && !geometry.isOriented)
        return shell::translated(text("viewer", "Orientation unknown"));
    switch (kind == PlaneKind::Acquired ? acquiredKind(geometry) : kind) {
    case PlaneKind::Coronal:
        return shell::translated(text("viewer", "Coronal"));
    case PlaneKind::Sagittal:
        return shell::translated(text("viewer", "Sagittal"));
    default:
        return shell::translated(text("viewer", "Axial"));
    }
}

QStringList patientLines(const image::Facts& facts)
{
    QStringList lines;
    const QString name = personName(facts.patientName);
    lines << (name.isEmpty() ? shell::translated(text("viewer", "Patient unknown")) : name);
    if (!facts.patientID.empty())
        lines << QString::fromStdString(facts.patientID);
    QStringList birth;
    if (!facts.patientBirthDate.empty())
        birth << QStringLiteral("* ") + readableDate(facts.patientBirthDate);
    if (!facts.patientSex.empty())
        birth << QString::fromStdString(facts.patientSex);
    if (!birth.isEmpty())
        lines << birth.join(QStringLiteral("   "));
    return lines;
}

QStringList studyLines(const image::Facts& facts)
{
    QStringList lines;
    const auto add = [&](const QString& line) {
        if (!line.trimmed().isEmpty())
            lines << line.trimmed();
    };
    add(QString::fromStdString(facts.studyDescription));
    add(readableDate(facts.studyDate));
    add(QString::fromStdString(facts.modality) + QLatin1Char(' ')
        + (facts.seriesNumber.empty() ? QString() : QLatin1Char('#') + QString::fromStdString(facts.seriesNumber)));
    add(QString::fromStdString(facts.seriesDescription));
    QStringList made; // not what the machine saw: said in the words of ImageType (0008,0008)
    for (const std::string& word : facts.imageType)
        made << QString::fromStdString(word);
    if (made.contains(QStringLiteral("DERIVED")) || made.contains(QStringLiteral("SECONDARY")))
        add(made.join(QLatin1Char(' ')));
    return lines;
}

void paintTexts(QPainter& painter, const QRectF& tile, const TileTexts& texts)
{
    QFont font = painter.font();
    font.setPixelSize(tile.width() < 380 ? 11 : 12);
    painter.setFont(font);
    const double strip = paintProblem(painter, tile, texts);
    const QRectF box = tile.adjusted(margin, margin - 2 + strip, -margin, -margin + 2);
    const bool isNarrow = tile.width() < narrowTile;
    const double half = box.width() / 2 - (isNarrow ? 14 : 26); // the letters stand between the corners
    const QRectF left(box.left(), box.top(), half, box.height());
    const QRectF right(box.right() - half, box.top(), half, box.height());
    paintCorner(painter, left, Qt::AlignLeft | Qt::AlignTop, texts.topLeft);
    if (!texts.notice.isEmpty()) {
        QFont strong = painter.font();
        strong.setBold(true);
        painter.save();
        const double y = QFontMetricsF(painter.font()).lineSpacing() * static_cast<double>(texts.topLeft.size());
        painter.setFont(strong);
        paintCorner(
            painter, left.adjusted(0, y, 0, 0), Qt::AlignLeft | Qt::AlignTop, {texts.notice}, texts.noticeColour);
        painter.restore();
    }
    paintCorner(painter, right, Qt::AlignRight | Qt::AlignTop, texts.topRight);
    paintCorner(painter, left, Qt::AlignLeft | Qt::AlignBottom, texts.bottomLeft);
    paintCorner(painter, right, Qt::AlignRight | Qt::AlignBottom, texts.bottomRight);
    paintLetters(painter, box, texts.letters);
    if (!isNarrow)
        paintScaleBar(painter, box, texts);
}

} // namespace hounsfield::viewer
