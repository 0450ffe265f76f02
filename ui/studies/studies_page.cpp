#include "ui/studies/studies_page.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/shell/theme.h"
#include "ui/shell/translate.h"

#include <utility>

namespace hounsfield::studies {

namespace {

QString coloured(const QString& words, QRgb colour)
{
    return QStringLiteral("<span style=\"color:%1\">%2</span>").arg(QColor(colour).name(), words.toHtmlEscaped());
}

QTableView* makeTable(const char* name, QAbstractItemModel* model)
{
    auto* table = new QTableView;
    table->setObjectName(QString::fromLatin1(name));
    table->setModel(model);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setAlternatingRowColors(true);
    table->setShowGrid(false);
    table->setWordWrap(true);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    return table;
}

} // namespace

StudiesPage::StudiesPage(StudiesModel& model, shell::Choosers choosers, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_choosers(std::move(choosers))
{
    m_stack = new QStackedLayout(this);
    m_stack->addWidget(buildEmpty());
    m_stack->addWidget(buildLists());
    connect(&m_model, &StudiesModel::changed, this, &StudiesPage::readModel);
    writeTexts();
    readModel();
}

QWidget* StudiesPage::buildEmpty()
{
    auto* panel = new QWidget;
    auto* column = new QVBoxLayout(panel);
    m_title = new QLabel;
    m_title->setAlignment(Qt::AlignCenter);
    QFont large = m_title->font();
    large.setPointSizeF(large.pointSizeF() * 1.7);
    m_title->setFont(large);
    m_hint = new QLabel;
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    m_failure = new QLabel;
    m_failure->setObjectName(QStringLiteral("studies.failure"));
    m_failure->setAlignment(Qt::AlignCenter);
    m_failure->setWordWrap(true);
    m_folder = new QPushButton(shell::theme::icon(QStringLiteral("open-folder")), {});
    m_folder->setObjectName(QStringLiteral("studies.folder"));
    m_choose = new QPushButton(shell::theme::icon(QStringLiteral("open-file")), {});
    m_choose->setObjectName(QStringLiteral("studies.files"));
    m_sample = new QPushButton;
    m_sample->setObjectName(QStringLiteral("studies.sample"));
    connect(m_folder, &QPushButton::clicked, this, &StudiesPage::openFolder);
    connect(m_choose, &QPushButton::clicked, this, &StudiesPage::openFiles);
    connect(m_sample, &QPushButton::clicked, &m_model, &StudiesModel::openSample);
    auto* row = new QHBoxLayout;
    row->addStretch();
    for (QPushButton* button : {m_folder, m_choose, m_sample}) {
        button->setMinimumHeight(36);
        row->addWidget(button);
    }
    row->addStretch();
    column->addStretch(2);
    column->addWidget(m_title);
    column->addSpacing(8);
    column->addWidget(m_hint);
    column->addSpacing(20);
    column->addLayout(row);
    column->addSpacing(20);
    column->addWidget(m_failure);
    column->addStretch(3);
    return panel;
}

QWidget* StudiesPage::buildLists()
{
    m_sorted = new QSortFilterProxyModel(this);
    m_sorted->setSourceModel(&m_model.series());
    m_sorted->setSortRole(SeriesTable::sortRole);
    m_series = makeTable("studies.series", m_sorted);
    m_series->setIconSize({64, 64});
    m_series->setSortingEnabled(true);
    m_series->sortByColumn(-1, Qt::AscendingOrder);
    m_series->verticalHeader()->setDefaultSectionSize(72);
    m_series->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    const int widths[] = {84, 190, 190, 230, 80, 190};
    for (int column = 0; column < SeriesTable::Notes; ++column)
        m_series->setColumnWidth(column, widths[column]);
    m_series->horizontalHeader()->setStretchLastSection(true);
    connect(m_series, &QTableView::doubleClicked, this, &StudiesPage::openChosen);
    m_series->installEventFilter(this);

    m_files = makeTable("studies.files.list", &m_model.files());
    m_files->setColumnWidth(FilesTable::File, 460);
    m_files->setColumnWidth(FilesTable::Outcome, 110);
    m_files->horizontalHeader()->setStretchLastSection(true);
    m_filesTitle = new QLabel;
    m_filesTitle->setBuddy(m_files);
    m_save = new QPushButton(shell::theme::icon(QStringLiteral("save")), {});
    m_save->setObjectName(QStringLiteral("studies.save"));
    connect(m_save, &QPushButton::clicked, this, &StudiesPage::saveList);
    auto* filesRow = new QHBoxLayout;
    filesRow->addWidget(m_filesTitle, 1);
    filesRow->addWidget(m_save);
    m_filesPanel = new QWidget;
    auto* filesColumn = new QVBoxLayout(m_filesPanel);
    filesColumn->setContentsMargins(0, 6, 0, 0);
    filesColumn->addLayout(filesRow);
    filesColumn->addWidget(m_files);

    m_sentence = new QLabel;
    m_sentence->setObjectName(QStringLiteral("studies.sentence"));
    m_sentence->setWordWrap(true);
    m_stop = new QPushButton;
    m_stop->setObjectName(QStringLiteral("studies.stop"));
    connect(m_stop, &QPushButton::clicked, &m_model, &StudiesModel::stop);
    auto* top = new QHBoxLayout;
    top->addWidget(m_sentence, 1);
    top->addWidget(m_stop);
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->addWidget(m_series);
    splitter->addWidget(m_filesPanel);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 1);
    auto* panel = new QWidget;
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(12, 10, 12, 10);
    column->addLayout(top);
    column->addWidget(splitter, 1);
    return panel;
}

void StudiesPage::writeTexts()
{
    m_title->setText(tr("Drop a study here"));
    m_hint->setText(tr("A folder, files or an archive: DICOM, NIfTI, NRRD, MetaImage, PNG, JPEG, TIFF, BMP, ZIP, tar.gz.\n"
                       "Files stay where they are; nothing leaves this computer."));
    m_folder->setText(tr("Open a folder …"));
    m_choose->setText(tr("Open files …"));
    m_sample->setText(tr("Open the sample"));
    m_sample->setToolTip(tr("A small phantom CT that the program makes itself, with known millimetres and Hounsfield units."));
    m_stop->setText(tr("Stop"));
    m_save->setText(tr("Save the list …"));
    m_save->setToolTip(tr("Every file that was looked at, its outcome and the reason, as a CSV table."));
    m_series->setAccessibleName(tr("Series that were found"));
    m_files->setAccessibleName(tr("Files that are no pictures, and why"));
    m_filesTitle->setText(tr("Files that are no pictures"));
    for (QPushButton* button : {m_folder, m_choose, m_sample, m_stop, m_save})
        button->setAccessibleName(button->text());
}

void StudiesPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        writeTexts();
        m_model.retranslate();
    }
}

bool StudiesPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_series && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            openChosen();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void StudiesPage::readModel()
{
    const StudiesModel::View view = m_model.view();
    const QString sentence = coloured(view.sentence, view.isFailure ? shell::theme::bad : shell::theme::quietWords);
    m_sentence->setText(sentence);
    m_failure->setText(sentence);
    m_stop->setVisible(view.isScanning);
    m_filesPanel->setVisible(view.hasFiles);
    m_stack->setCurrentIndex(view.isEmpty && !view.hasFiles ? 0 : 1);
}

void StudiesPage::openChosen()
{
    QModelIndex chosen = m_series->currentIndex();
    if (!chosen.isValid() && m_sorted->rowCount() > 0)
        chosen = m_sorted->index(0, 0);
    if (chosen.isValid())
        emit seriesChosen(m_model.series().rows()[static_cast<std::size_t>(m_sorted->mapToSource(chosen).row())].series);
}

void StudiesPage::openFolder()
{
    if (const QString folder = m_choosers.folder(this, tr("Open a folder")); !folder.isEmpty())
        m_model.open({folder});
}

void StudiesPage::openFiles()
{
    if (const QStringList files = m_choosers.files(this, tr("Open files"), tr("All files (*)")); !files.isEmpty())
        m_model.open(files);
}

void StudiesPage::saveList()
{
    const QString path = m_choosers.saveAs(this, tr("Save the list"), QStringLiteral("files.csv"));
    if (path.isEmpty())
        return;
    if (const auto saved = m_model.saveFileList(path); !saved)
        m_sentence->setText(coloured(shell::translated(saved.error()), shell::theme::bad));
    else
        m_sentence->setText(coloured(tr("The list was saved as %1.").arg(path), shell::theme::good));
}

std::vector<shell::Command> StudiesPage::commands()
{
    return {
        {"studies.open", text("studies", "Show the series"),
            text("studies", "Opens the chosen series in the viewer (double click or Enter)."), {}, nullptr,
            text("studies", "&Study"), [this] { openChosen(); }, {}, [this] { return !m_model.view().isEmpty; }},
        {"studies.sample", text("studies", "Open the sample"),
            text("studies", "A small phantom CT that the program makes itself."), {}, nullptr, text("studies", "&Study"),
            [this] { m_model.openSample(); }},
        {"studies.clear", text("studies", "Empty the list"),
            text("studies", "Takes all series off the list; files are not touched."), {}, nullptr,
            text("studies", "&Study"), [this] { m_model.clear(); }, {}, [this] { return !m_model.view().isEmpty; }},
    };
}

} // namespace hounsfield::studies
