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
#include "ui/reports/panel_parts.h"
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
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    buildExport(column);
    column->addSpacing(16);
    buildImport(column);
    column->addSpacing(16);
    buildImages(column);
    column->addStretch(1);
}

void FilesPanel::buildExport(QVBoxLayout* column)
{
    m_title = wrapped("filesTitle", "heading", this);
    m_format = named(new QComboBox(this), "format");
    m_summary = wrapped("formatSummary", "quiet", this);
    m_lossesTitle = wrapped("lossesTitle", "", this);
    m_losses = wrapped("losses", "warning", this);
    m_export = named(new QPushButton(this), "exportAnnotations");
    addAll(column, {m_title, m_format, m_summary, m_lossesTitle, m_losses, m_export});
}

void FilesPanel::buildImport(QVBoxLayout* column)
{
    m_importTitle = wrapped("importTitle", "heading", this);
    m_readerLabel = wrapped("readerLabel", "quiet", this);
    m_reader = named(new QLineEdit(this), "readerName");
    m_import = named(new QPushButton(this), "importAnnotations");
    m_sentence = wrapped("filesSentence", "good", this);
    m_problem = wrapped("filesProblem", "bad", this);
    addAll(column, {m_importTitle, m_readerLabel, m_reader, m_import, m_sentence, m_problem});
}

void FilesPanel::buildImages(QVBoxLayout* column)
{
    m_imagesTitle = wrapped("imagesTitle", "heading", this);
    m_imagesHint = wrapped("imagesHint", "quiet", this);
    m_imageLabel = named(new QComboBox(this), "imageLabel");
    m_images = named(new QPushButton(this), "writeImageLabels");
    addAll(column, {m_imagesTitle, m_imageLabel, m_imagesHint, m_images});
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
