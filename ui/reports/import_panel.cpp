#include "ui/reports/import_panel.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace hounsfield::reporting {

namespace {

constexpr int cellWords = 160; ///< letters of a cell that are shown

} // namespace

ImportPanel::ImportPanel(QWidget* parent)
    : QFrame(parent)
    , m_title(new QLabel(this))
    , m_summary(new QLabel(this))
    , m_columnsLabel(new QLabel(this))
    , m_idLabel(new QLabel(this))
    , m_columns(new QListWidget(this))
    , m_id(new QComboBox(this))
    , m_table(new QTableWidget(this))
    , m_import(new QPushButton(this))
    , m_cancel(new QPushButton(this))
{
    setObjectName(QStringLiteral("importPanel"));
    m_title->setProperty("role", "heading");
    m_summary->setProperty("role", "quiet");
    m_columns->setObjectName(QStringLiteral("textColumns"));
    m_id->setObjectName(QStringLiteral("idColumn"));
    m_import->setObjectName(QStringLiteral("import"));
    m_import->setDefault(true);
    m_cancel->setObjectName(QStringLiteral("cancelImport"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setWordWrap(true);
    m_table->verticalHeader()->hide();
    layOut();
    connect(m_columns, &QListWidget::itemChanged, this, &ImportPanel::refreshButton);
    connect(m_cancel, &QPushButton::clicked, this, &ImportPanel::rejected);
    connect(m_import, &QPushButton::clicked, this, [this] { emit accepted(request()); });
    writeTexts();
}

void ImportPanel::layOut()
{
    auto* choices = new QGridLayout;
    choices->addWidget(m_columnsLabel, 0, 0);
    choices->addWidget(m_columns, 1, 0, 3, 1);
    choices->addWidget(m_idLabel, 0, 1);
    choices->addWidget(m_id, 1, 1);
    choices->setRowStretch(3, 1);
    m_columns->setMaximumHeight(fontMetrics().height() * 8);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_import);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    column->addWidget(m_title);
    column->addWidget(m_summary);
    column->addLayout(choices);
    column->addWidget(m_table, 1);
    column->addLayout(buttons);
}

/// What was previewed, with the columns as they are chosen.
reports::TableRequest ImportPanel::request() const
{
    reports::TableRequest request = m_request;
    request.columns.clear();
    for (int i = 0; i < m_columns->count(); ++i)
        if (m_columns->item(i)->checkState() == Qt::Checked)
            request.columns.push_back(m_columns->item(i)->text().toStdString());
    request.idColumn = m_id->currentIndex() > 0 ? m_id->currentText().toStdString() : std::string();
    return request;
}

void ImportPanel::setPreview(const reports::TableRequest& request, const reports::Preview& preview)
{
    m_request = request;
    m_preview = preview;
    m_columns->clear();
    for (const std::string& name : preview.header) {
        auto* item = new QListWidgetItem(QString::fromStdString(name), m_columns);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable);
        item->setCheckState(std::ranges::count(preview.columns, name) ? Qt::Checked : Qt::Unchecked);
    }
    writeTexts();
    fillTable();
    m_import->setFocus();
}

void ImportPanel::fillTable()
{
    m_table->clear();
    m_table->setColumnCount(static_cast<int>(m_preview.header.size()));
    m_table->setRowCount(static_cast<int>(m_preview.rows.size()));
    QStringList header;
    for (const std::string& name : m_preview.header)
        header << QString::fromStdString(name);
    m_table->setHorizontalHeaderLabels(header);
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const auto& fields = m_preview.rows[static_cast<std::size_t>(row)].cells;
        for (int column = 0; column < m_table->columnCount() && column < static_cast<int>(fields.size()); ++column)
            m_table->setItem(row, column,
                new QTableWidgetItem(
                    QString::fromStdString(fields[static_cast<std::size_t>(column)]).simplified().left(cellWords)));
    }
    m_table->resizeColumnsToContents();
    for (int column = 0; column < m_table->columnCount(); ++column)
        m_table->setColumnWidth(column, std::min(m_table->columnWidth(column), fontMetrics().averageCharWidth() * 48));
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->resizeRowsToContents();
}

void ImportPanel::writeTexts()
{
    m_title->setText(tr("Import %1").arg(QString::fromStdString(m_request.path.filename().string())));
    QString summary = tr("%1 rows, %2, the first %3 are shown.")
                          .arg(QLocale().toString(static_cast<qlonglong>(m_preview.rowCount)),
                              QString::fromLatin1(nameOf(m_preview.encoding)))
                          .arg(m_preview.rows.size());
    if (m_preview.problemCount > 0)
        summary += QLatin1Char(' ') + tr("%1 rows cannot be read and will be left out.").arg(m_preview.problemCount);
    m_summary->setText(summary);
    m_columnsLabel->setText(tr("Columns with the text"));
    m_idLabel->setText(tr("Column with the report's name"));
    m_columns->setAccessibleName(m_columnsLabel->text());
    m_id->setAccessibleName(m_idLabel->text());
    m_import->setText(tr("Import"));
    m_cancel->setText(tr("Cancel"));
    const int chosen = m_id->currentIndex();
    m_id->clear();
    m_id->addItem(tr("number of the row"));
    for (const std::string& name : m_preview.header)
        m_id->addItem(QString::fromStdString(name));
    const int named = m_id->findText(QString::fromStdString(m_preview.idColumn));
    m_id->setCurrentIndex(chosen > 0 && chosen < m_id->count() ? chosen : std::max(0, named));
    refreshButton();
}

void ImportPanel::refreshButton()
{
    bool hasText = false;
    for (int i = 0; i < m_columns->count(); ++i)
        hasText |= m_columns->item(i)->checkState() == Qt::Checked;
    m_import->setEnabled(hasText);
    m_import->setToolTip(hasText ? QString() : tr("Tick a column that holds the text."));
}

void ImportPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        writeTexts();
    QFrame::changeEvent(event);
}

} // namespace hounsfield::reporting
