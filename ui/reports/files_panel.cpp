#include "ui/reports/files_panel.h"

#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/reports/files_model.h"
#include "ui/reports/reports_model.h"
#include "ui/shell/translate.h"

namespace hounsfield::reporting {

FilesPanel::FilesPanel(FilesModel& model, const ReportsModel& reports, shell::Choosers choosers, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_reports(reports)
    , m_choosers(std::move(choosers))
{
    setObjectName(QStringLiteral("filesPanel"));
    build();
    connect(m_format, &QComboBox::activated, &model, &FilesModel::setFormat);
    connect(m_export, &QPushButton::clicked, this, &FilesPanel::exportFiles);
    connect(m_import, &QPushButton::clicked, this, &FilesPanel::importFiles);
    connect(m_images, &QPushButton::clicked, this, &FilesPanel::writeImageLabels);
    connect(m_imageLabel, &QComboBox::activated, this, &FilesPanel::refreshImages);
    connect(&model, &FilesModel::changed, this, &FilesPanel::refresh);
    writeTexts();
}

void FilesPanel::build()
{
    const auto label = [this](const char* name, const char* role) {
        auto* result = new QLabel(this);
        result->setObjectName(QString::fromLatin1(name));
        result->setProperty("role", role);
        result->setWordWrap(true);
        return result;
    };
    m_title = label("filesTitle", "heading");
    m_summary = label("formatSummary", "quiet");
    m_lossesTitle = label("lossesTitle", "");
    m_losses = label("losses", "warning");
    m_importTitle = label("importTitle", "heading");
    m_readerLabel = label("readerLabel", "quiet");
    m_sentence = label("filesSentence", "good");
    m_problem = label("filesProblem", "bad");
    m_format = new QComboBox(this);
    m_format->setObjectName(QStringLiteral("format"));
    m_reader = new QLineEdit(this);
    m_reader->setObjectName(QStringLiteral("readerName"));
    m_export = new QPushButton(this);
    m_export->setObjectName(QStringLiteral("exportAnnotations"));
    m_import = new QPushButton(this);
    m_import->setObjectName(QStringLiteral("importAnnotations"));
    m_imagesTitle = label("imagesTitle", "heading");
    m_imagesHint = label("imagesHint", "quiet");
    m_imageLabel = new QComboBox(this);
    m_imageLabel->setObjectName(QStringLiteral("imageLabel"));
    m_images = new QPushButton(this);
    m_images->setObjectName(QStringLiteral("writeImageLabels"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    for (QWidget* each :
        {static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_format), static_cast<QWidget*>(m_summary),
            static_cast<QWidget*>(m_lossesTitle), static_cast<QWidget*>(m_losses), static_cast<QWidget*>(m_export)})
        column->addWidget(each);
    column->addSpacing(16);
    for (QWidget* each :
        {static_cast<QWidget*>(m_importTitle), static_cast<QWidget*>(m_readerLabel), static_cast<QWidget*>(m_reader),
            static_cast<QWidget*>(m_import), static_cast<QWidget*>(m_sentence), static_cast<QWidget*>(m_problem)})
        column->addWidget(each);
    column->addStretch(1);
}

void FilesPanel::writeTexts()
{
    setWindowTitle(tr("Files"));
    m_title->setText(tr("Export annotations"));
    m_importTitle->setText(tr("Import annotations"));
    m_readerLabel->setText(tr("Whose annotations they are. Empty: yours. A name: another reader's, to be compared."));
    m_reader->setPlaceholderText(tr("yours"));
    m_reader->setAccessibleName(tr("Name of the reader"));
    m_export->setText(tr("Export…"));
    m_import->setText(tr("Import in this format…"));
    m_imagesTitle->setText(tr("Labels for images"));
    m_imageLabel->setAccessibleName(tr("Label"));
    m_images->setText(tr("Write a table for training…"));
    m_format->setAccessibleName(tr("Format"));
    const QSignalBlocker blocker(m_format);
    m_format->clear();
    for (const reports::ExchangeFormat& format : reports::exchangeFormats())
        m_format->addItem(QString::fromStdString(format.name));
    m_format->setCurrentIndex(m_model.formatNumber());
    refresh();
}

void FilesPanel::refresh()
{
    const reports::ExchangeFormat& format = m_model.format();
    m_summary->setText(shell::translated(format.summary));
    QStringList losses;
    if (m_model.losses())
        for (const reports::Loss& loss : *m_model.losses())
            losses << QStringLiteral("• %1 × %2")
                          .arg(QLocale().toString(static_cast<qlonglong>(loss.count)), shell::translated(loss.what));
    m_lossesTitle->setText(!m_model.losses()  ? tr("Looking for what would be lost…")
                           : losses.isEmpty() ? tr("Nothing would be lost.")
                                              : tr("This format has no room for:"));
    m_losses->setText(losses.join(QLatin1Char('\n')));
    m_losses->setVisible(!losses.isEmpty());
    m_export->setEnabled(format.write && m_model.losses());
    m_import->setEnabled(format.read);
    refreshImages();
    m_sentence->setText(m_model.sentence());
    m_sentence->setVisible(!m_model.sentence().isEmpty());
    m_problem->setText(m_model.problem() ? shell::translated(*m_model.problem()) : QString());
    m_problem->setVisible(m_model.problem().has_value());
    if (isVisible() && m_model.isOutdated())
        m_model.findLosses();
}

void FilesPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_model.isOutdated())
        m_model.findLosses();
}

void FilesPanel::refreshImages()
{
    QStringList names;
    for (const reports::ReportLabel& label : m_reports.labels())
        names << QString::fromStdString(label.name);
    if (m_imageLabel->count() != names.size()) {
        m_imageLabel->clear();
        m_imageLabel->addItems(names);
    }
    m_imagesHint->setText(m_model.imageLabelsSentence(m_imageLabel->currentText().toStdString()));
    m_images->setEnabled(m_reports.size() > 0);
}

void FilesPanel::writeImageLabels()
{
    const QString path =
        m_choosers.saveAs(this, tr("Labels for images"), m_imageLabel->currentText() + QStringLiteral(".csv"));
    if (!path.isEmpty())
        m_model.writeImageLabels(m_imageLabel->currentText().toStdString(), path);
}

void FilesPanel::exportFiles()
{
    const reports::ExchangeFormat& format = m_model.format();
    const QString path = format.isFolder
                             ? m_choosers.folder(this, tr("Folder for the annotations"))
                             : m_choosers.saveAs(this, tr("Export annotations"),
                                 QStringLiteral("annotations") + QString::fromStdString(format.endings.front()));
    if (!path.isEmpty())
        m_model.write(path);
}

void FilesPanel::importFiles()
{
    const reports::ExchangeFormat& format = m_model.format();
    QStringList patterns{QStringLiteral("*.zip"), QStringLiteral("*.tar.gz")};
    for (const std::string& ending : format.endings)
        patterns << QLatin1Char('*') + QString::fromStdString(ending);
    const QStringList files = m_choosers.files(
        this, tr("Import annotations"), tr("Annotations (%1);;All files (*)").arg(patterns.join(QLatin1Char(' '))));
    if (!files.isEmpty())
        m_model.read(files.first(), m_reader->text().trimmed());
}

void FilesPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        writeTexts();
    QWidget::changeEvent(event);
}

} // namespace hounsfield::reporting
