#include "ui/shell/theme.h"

#include <QApplication>
#include <QFile>
#include <QPainter>
#include <QPalette>
#include <QPixmap>
#include <QStyleFactory>
#include <QSvgRenderer>

/// A static library's resources are linked only when they are asked for by name, outside of any namespace.
static void linkResources()
{
    Q_INIT_RESOURCE(icons);
    Q_INIT_RESOURCE(styles);
}

namespace hounsfield::shell::theme {

namespace {

QPixmap drawn(const QByteArray& svg, QRgb color, int size)
{
    QByteArray coloured = svg;
    coloured.replace("currentColor", QColor(color).name().toLatin1());
    QSvgRenderer renderer(coloured);
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    return pixmap;
}

} // namespace

QPalette palette()
{
    QPalette colours;
    struct Row {
        QPalette::ColorRole role;
        QRgb usual;
        QRgb disabled;
    };
    constexpr QRgb faint = 0xff7d8791; // what cannot be used may be faint
    // clang-format off
    const Row rows[] = {
        {QPalette::Window,          background, background},
        {QPalette::WindowText,      words,      faint},
        {QPalette::Base,            field,      background},
        {QPalette::AlternateBase,   0xff171a1d, background},
        {QPalette::Text,            words,      faint},
        {QPalette::PlaceholderText, quietWords, faint},
        {QPalette::Button,          panel,      background},
        {QPalette::ButtonText,      words,      faint},
        {QPalette::BrightText,      bad,        faint},
        {QPalette::ToolTipBase,     panel,      panel},
        {QPalette::ToolTipText,     words,      words},
        {QPalette::Highlight,       selection,  border},
        {QPalette::HighlightedText, 0xffffffff, faint},
        {QPalette::Link,            accent,     faint},
        {QPalette::LinkVisited,     accent,     faint},
        {QPalette::Light,           0xff323940, 0xff323940},
        {QPalette::Midlight,        0xff2a3036, 0xff2a3036},
        {QPalette::Mid,             border,     border},
        {QPalette::Dark,            0xff0e1012, 0xff0e1012},
        {QPalette::Shadow,          0xff000000, 0xff000000},
    };
    // clang-format on
    for (const Row& row : rows) {
        colours.setColor(row.role, QColor(row.usual));
        colours.setColor(QPalette::Disabled, row.role, QColor(row.disabled));
    }
    return colours;
}

void apply(QApplication& application)
{
    linkResources();
    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    application.setPalette(palette());
    QFile sheet(QStringLiteral(":/styles/dark.qss"));
    if (sheet.open(QIODevice::ReadOnly))
        application.setStyleSheet(QString::fromUtf8(sheet.readAll()));
}

QIcon icon(const QString& name)
{
    linkResources();
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray svg = file.readAll();
    QIcon result;
    for (const int size : {16, 20, 24, 32, 48, 64}) {
        result.addPixmap(drawn(svg, words, size), QIcon::Normal);
        result.addPixmap(drawn(svg, 0xff5c656e, size), QIcon::Disabled);
        result.addPixmap(drawn(svg, accent, size), QIcon::Normal, QIcon::On);
    }
    return result;
}

} // namespace hounsfield::shell::theme
