#include "ui/reports/reports_page.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QLocale>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <QUrl>
#include <QVBoxLayout>

#include "core/reports/annotating.h"
#include "ui/reports/annotation_panel.h"
#include "ui/reports/finding_table.h"
#include "ui/reports/import_panel.h"
#include "ui/reports/label_set_panel.h"
#include "ui/reports/panel_parts.h"
#include "ui/reports/report_list.h"
#include "ui/reports/report_text.h"
#include "ui/reports/words.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/translate.h"

#include <algorithm>

namespace hounsfield::reporting {

using State = reports::StoredReport::State;

namespace {

enum StackPage { EmptyPage, TextPage, ImportPage };

QLabel* label(const char* name, const char* role)
{
    auto* result = named(new QLabel, name);
    result->setProperty("role", role);
    return result;
}

} // namespace

ReportsPage::ReportsPage(ReportsModel& model, shell::Choosers choosers, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_choosers(std::move(choosers))
    , m_problem(named(new shell::MessageBar(shell::MessageBar::Kind::Problem, this), "problem"))
    , m_hint(named(new shell::MessageBar(shell::MessageBar::Kind::Hint, this), "hint"))
{
    setObjectName(QStringLiteral("reportsPage"));
    setAcceptDrops(true);
    auto* splitter = new QSplitter(this);
    splitter->addWidget(buildQueue());
    splitter->addWidget(buildText());
    splitter->addWidget(buildAnnotations());
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->addWidget(m_problem);
    column->addWidget(m_hint);
    column->addWidget(splitter, 1);
    connectQueue();
    connect(m_problem, &shell::MessageBar::closed, &model, &ReportsModel::dismissProblem);
    connect(&model, &ReportsModel::changed, this, &ReportsPage::refresh);
    connect(&model, &ReportsModel::opened, this, &ReportsPage::showOpened);
    connect(&model, &ReportsModel::previewed, this,
        [this](const reports::TableRequest& request, const reports::Preview& preview) {
            m_importPanel->setPreview(request, preview);
            m_stack->setCurrentIndex(ImportPage);
        });
    writeTexts();
}

QWidget* ReportsPage::buildQueue()
{
    auto* side = new QWidget;
    m_queueTitle = label("queueTitle", "heading");
    m_progress = label("queueProgress", "quiet");
    m_search = named(new QLineEdit, "search");
    m_search->setClearButtonEnabled(true);
    m_shown = named(new QComboBox, "shown");
    m_order = named(new QComboBox, "order");
    m_listModel = new ReportList(m_model, this);
    m_list = named(new QListView, "queue");
    m_list->setModel(m_listModel);
    m_list->setUniformItemSizes(true);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_import = named(new QPushButton, "importReports");
    m_paste = named(new QPushButton, "pasteReport");
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_import);
    buttons->addWidget(m_paste);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 8, 0);
    column->setSpacing(6);
    addAll(column, {m_queueTitle, m_progress, m_search, m_shown, m_order});
    column->addWidget(m_list, 1);
    column->addLayout(buttons);
    side->setMinimumWidth(fontMetrics().averageCharWidth() * 30);
    return side;
}

QWidget* ReportsPage::buildText()
{
    auto* side = new QWidget;
    m_title = label("reportTitle", "heading");
    m_state = label("savedState", "quiet");
    m_state->setMinimumWidth(fontMetrics().averageCharWidth() * 10);
    m_state->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_confirm = named(new QPushButton, "confirm");
    m_text = named(new ReportText, "reportText");
    m_empty = label("emptyReports", "quiet");
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_importPanel = new ImportPanel;
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_text);
    m_stack->addWidget(m_importPanel);
    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_state);
    head->addWidget(m_confirm);
    auto* column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    m_checks = named(new QListWidget, "checks");
    m_checks->setWordWrap(true);
    m_checks->setMaximumHeight(fontMetrics().height() * 8);
    column->addLayout(head);
    column->addWidget(m_stack, 1);
    column->addWidget(m_checks);
    side->setMinimumWidth(fontMetrics().averageCharWidth() * 44);
    return side;
}

QWidget* ReportsPage::buildAnnotations()
{
    m_findingTable = new FindingTable(m_model, this);
    m_findings = named(new QTableView, "findings");
    m_findings->setModel(m_findingTable);
    m_findings->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_findings->setSelectionMode(QAbstractItemView::SingleSelection);
    m_findings->setShowGrid(false);
    m_findings->verticalHeader()->hide();
    m_findings->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_findings->horizontalHeader()->setStretchLastSection(true);
    m_findings->setColumnWidth(FindingTable::LabelColumn, fontMetrics().averageCharWidth() * 21);
    m_findings->setColumnWidth(FindingTable::StatusColumn, fontMetrics().averageCharWidth() * 17);
    m_findings->setTabKeyNavigation(false);
    m_findings->setWordWrap(false);
    m_findingsTitle = label("findingsTitle", "heading");
    m_annotation = new AnnotationPanel(m_model);
    m_labels = new LabelSetPanel(m_model);
    auto* panel = new QWidget;
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_findingsTitle);
    column->addWidget(m_findings, 2);
    column->addWidget(m_annotation);
    m_tabs = named(new QTabWidget, "reportTabs");
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(panel, QString());
    auto* labels = new QWidget;
    auto* labelColumn = new QVBoxLayout(labels);
    labelColumn->setContentsMargins(8, 8, 8, 8);
    labelColumn->addWidget(m_labels);
    m_tabs->addTab(labels, QString());
    m_tabs->setMinimumWidth(fontMetrics().averageCharWidth() * 60);
    return m_tabs;
}

void ReportsPage::addPanel(QWidget* panel)
{
    m_tabs->addTab(panel, panel->windowTitle());
    connect(panel, &QWidget::windowTitleChanged, m_tabs,
        [this, panel](const QString& title) { m_tabs->setTabText(m_tabs->indexOf(panel), title); });
}

void ReportsPage::connectQueue()
{
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (index.isValid() && index.row() != m_model.view().place)
            m_model.openPlace(index.row());
    });
    connect(m_findings->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (index.isValid() && m_findingTable->idOf(index.row()) != m_model.chosen())
            m_model.choose(m_findingTable->idOf(index.row()));
    });
    connect(m_text, &ReportText::markClicked, this, [this](int mark) {
        if (m_model.open())
            m_model.choose(m_model.open()->report.document.spans[static_cast<std::size_t>(mark)].id);
    });
    const auto jump = [this](int row) {
        if (row >= 0 && row < static_cast<int>(m_contradictions.size()))
            m_text->reveal(m_contradictions[static_cast<std::size_t>(row)].places.front().span);
    };
    connect(m_checks, &QListWidget::currentRowChanged, this, jump);
    connect(m_search, &QLineEdit::textChanged, &m_model, &ReportsModel::setSearch);
    connect(m_search, &QLineEdit::returnPressed, this, &ReportsPage::focusText);
    connect(m_shown, &QComboBox::activated, &m_model,
        [this](int row) { m_model.setShown(static_cast<ReportsModel::Shown>(row)); });
    connect(m_order, &QComboBox::activated, &m_model,
        [this](int row) { m_model.setOrder(static_cast<ReportsModel::Order>(row)); });
    connect(m_import, &QPushButton::clicked, this, &ReportsPage::importFiles);
    connect(m_paste, &QPushButton::clicked, this, &ReportsPage::paste);
    connect(m_confirm, &QPushButton::clicked, &m_model, &ReportsModel::confirm);
    connect(m_importPanel, &ImportPanel::rejected, this, &ReportsPage::showOpened);
    connect(m_importPanel, &ImportPanel::accepted, this, [this](const reports::TableRequest& request) {
        m_model.importTable(request);
        showOpened();
    });
    for (QObject* each :
        {static_cast<QObject*>(m_text), static_cast<QObject*>(m_list), static_cast<QObject*>(m_findings)})
        each->installEventFilter(this);
}

void ReportsPage::writeTexts()
{
    m_queueTitle->setText(tr("Reports"));
    m_search->setPlaceholderText(tr("Search in texts and labels"));
    m_search->setAccessibleName(tr("Search"));
    const auto fill = [](QComboBox* box, const QStringList& names) {
        const int row = std::max(0, box->currentIndex());
        box->clear();
        box->addItems(names);
        box->setCurrentIndex(row);
    };
    fill(m_shown, {tr("All reports"), tr("To do"), tr("Confirmed")});
    fill(m_order, {tr("As imported"), tr("Uncertain ones first"), tr("Rules and model disagree")});
    m_shown->setAccessibleName(tr("Which reports are listed"));
    m_order->setAccessibleName(tr("Order of the list"));
    m_list->setAccessibleName(tr("Reports"));
    m_import->setText(tr("Import…"));
    m_import->setToolTip(tr("Texts, tables (CSV, TSV, JSONL, also packed), XML or DICOM SR"));
    m_paste->setText(tr("Paste"));
    m_paste->setToolTip(tr("The text of the clipboard becomes a report."));
    m_confirm->setText(tr("Confirm and next"));
    m_confirm->setToolTip(tr("Enter"));
    m_text->setAccessibleName(tr("Text of the report"));
    m_checks->setAccessibleName(tr("What does not fit in this report"));
    m_findings->setAccessibleName(tr("Annotations of the report"));
    m_empty->setText(tr("Drop reports here: texts, tables (CSV, TSV, JSONL, also .gz), XML or DICOM SR.\n"
                        "Findings are read at once; Enter confirms what is suggested and goes on."));
    m_tabs->setTabText(0, tr("Findings"));
    m_tabs->setTabText(1, tr("Labels"));
    m_findingTable->refresh();
    refresh();
}

void ReportsPage::showOpened()
{
    if (!m_model.open()) {
        m_stack->setCurrentIndex(EmptyPage);
        return refresh();
    }
    m_text->setReport(m_model.open()->report.document.text);
    m_stack->setCurrentIndex(TextPage);
    refresh();
}

void ReportsPage::refresh()
{
    const ReportsModel::View view = m_model.view();
    m_problem->setError(view.problem);
    m_hint->setWords(view.hint);
    m_progress->setText(tr("%1 of %2 confirmed")
                            .arg(QLocale().toString(static_cast<qlonglong>(view.confirmed)),
                                QLocale().toString(static_cast<qlonglong>(view.total))));
    m_findingTable->refresh();
    m_annotation->refresh();
    m_labels->refresh();
    m_confirm->setEnabled(m_model.open());
    const ReadReport* open = m_model.open();
    refreshChecks();
    m_title->setText(open ? tr("Report %1").arg(QString::fromStdString(open->report.document.id)) : QString());
    m_state->setText(!open ? QString() : view.isSaved ? tr("Saved") : tr("Saving…"));
    m_findingsTitle->setText(!open                                    ? tr("Findings")
                             : open->report.state == State::Confirmed ? tr("Findings, confirmed")
                                                                      : tr("Findings, suggested"));
    if (open) {
        refreshMarks();
        refreshChoice();
    }
}

void ReportsPage::refreshMarks()
{
    std::vector<MarkedWords> marks;
    for (const reports::Annotation& span : m_model.open()->report.document.spans) {
        const reports::Finding* finding = m_model.findingOf(span);
        const auto status = span.attributes.find(reports::attribute::status);
        marks.push_back({span.pieces, QColor(m_model.colourOf(span.label)),
            QString::fromStdString(span.label)
                + (status == span.attributes.end() ? QString() : QStringLiteral(": ") + statusName(status->second)),
            span.isConfirmed, span.id == m_model.chosen(), finding ? finding->trigger.span : reports::Span{}});
    }
    m_text->setMarks(std::move(marks));
}

/// The rows of what is open and chosen.
void ReportsPage::refreshChoice()
{
    const int place = m_model.view().place;
    if (place >= 0 && m_list->currentIndex().row() != place) {
        const QSignalBlocker blocker(m_list->selectionModel());
        m_list->setCurrentIndex(m_listModel->index(place));
        m_list->viewport()->update();
    }
    const int row = m_findingTable->rowOf(m_model.chosen());
    if (row >= 0 && m_findings->currentIndex().row() != row)
        m_findings->setCurrentIndex(m_findingTable->index(row, 0));
    else if (row < 0)
        m_findings->clearSelection();
}

/// What does not fit in the report, beneath its text; a click leads to the words.
void ReportsPage::refreshChecks()
{
    const QSignalBlocker blocker(m_checks);
    m_checks->clear();
    m_contradictions = m_model.contradictions();
    for (const reports::Contradiction& each : m_contradictions)
        m_checks->addItem(QStringLiteral("⚠ ") + shell::translated(each.sentence));
    m_checks->setVisible(!m_contradictions.empty() && m_stack->currentIndex() == TextPage);
}

void ReportsPage::focusText()
{
    m_text->setFocus();
}

/// Keys of labels and statuses; they belong to the project's list, so they are no fixed commands.
bool ReportsPage::pressKey(const QString& key)
{
    if (!m_model.open() || key.isEmpty())
        return false;
    const auto& labels = m_model.labels();
    for (std::size_t i = 0; i < labels.size(); ++i)
        if (!labels[i].key.empty() && key.toLower() == QString::fromStdString(labels[i].key)) {
            m_model.giveLabel(i, m_text->selection());
            m_text->clearSelection();
            return true;
        }
    for (const AttributeValue& status : statuses())
        if (key.toUpper() == QLatin1String(status.key)) {
            m_model.setAttribute(reports::attribute::status, status.value);
            return true;
        }
    return false;
}

bool ReportsPage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (!(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) && pressKey(key->text()))
            return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ReportsPage::importFiles()
{
    const QStringList files = m_choosers.files(
        this, tr("Import reports"), tr("Reports (*.txt *.csv *.tsv *.jsonl *.xml *.dcm *.gz *.zip);;All files (*)"));
    if (!files.isEmpty())
        m_model.importFiles(files);
}

void ReportsPage::paste()
{
    m_model.paste(QApplication::clipboard()->text());
}

void ReportsPage::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText())
        event->acceptProposedAction();
}

void ReportsPage::dropEvent(QDropEvent* event)
{
    QStringList paths;
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile())
            paths << url.toLocalFile();
    if (!paths.isEmpty())
        m_model.importFiles(paths);
    else
        m_model.paste(event->mimeData()->text());
    event->acceptProposedAction();
}

void ReportsPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        writeTexts();
    QWidget::changeEvent(event);
}

} // namespace hounsfield::reporting
