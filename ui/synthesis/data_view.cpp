#include "ui/synthesis/data_view.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/shell/translate.h"
#include "ui/synthesis/pictures.h"
#include "ui/synthesis/synthesis_model.h"
#include "ui/training/class_table.h"

namespace hounsfield::synthesising {

namespace {

QList<QImage> examplesOf(const learning::DataSet& data, int label)
{
    constexpr std::int64_t count = 8;
    const PictureForm form = formOf(data);
    QList<QImage> pictures;
    for (const std::int64_t i : data.examples(label, count))
        pictures << pictureOf(data, i, form);
    return pictures;
}

QLabel* wrapped(QWidget* parent, const char* name)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    return label;
}

} // namespace

void ShareTable::setData(const Opened& opened)
{
    beginResetModel();
    const bool isSame = opened.data == m_data;
    std::vector<Row> before = std::move(m_rows);
    m_rows.clear();
    m_data = opened.data;
    for (std::size_t c = 0; m_data && c < m_data->classes.size(); ++c)
        m_rows.push_back({QString::fromStdString(m_data->classes[c]), {},
            isSame ? before[c].examples : examplesOf(*m_data, static_cast<int>(c))});
    const auto add = [this](const std::vector<std::int64_t>& cases, int column) {
        for (const std::int64_t i : cases)
            ++m_rows[static_cast<std::size_t>(m_data->cases[static_cast<std::size_t>(i)].label)].counts[column];
    };
    if (m_data && opened.split) {
        add(opened.split->members, 0);
        add(opened.split->heldBack, 1);
        add(opened.split->test, 3);
        const auto& parts = opened.split->split.parts;
        for (std::size_t i = 0; i < parts.size(); ++i)
            if (parts[i] == learning::Part::Validation)
                ++m_rows[static_cast<std::size_t>(m_data->cases[i].label)].counts[2];
    }
    endResetModel();
}

int ShareTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ShareTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ShareTable::data(const QModelIndex& index, int role) const
{
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == training::ClassTable::ExamplesRole)
        return QVariant::fromValue(row.examples);
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (index.column() == Name ? Qt::AlignLeft : Qt::AlignRight));
    if (role != Qt::DisplayRole || index.column() == Examples)
        return {};
    if (index.column() == Name)
        return row.name;
    return QLocale().toString(static_cast<qlonglong>(row.counts[index.column() - Members]));
}

QVariant ShareTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const bool isName = role == Qt::DisplayRole;
    switch (section) {
    case Name:
        return isName ? tr("Class") : QString();
    case Members:
        return isName ? tr("Learned from") : tr("Training images that the pair sees");
    case HeldBack:
        return isName ? tr("Held back")
                      : tr("Training patients that the pair never sees, to test whether it remembers those it saw");
    case Validation:
        return isName ? tr("Validation") : tr("Never seen by the pair; chooses epochs of classifiers");
    case Test:
        return isName ? tr("Test") : tr("Never seen by the pair; tests what the made images are worth");
    default:
        return isName ? tr("Examples") : QString();
    }
}

DataView::DataView(SynthesisModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_stack(new QStackedWidget(this))
    , m_shares(new ShareTable(this))
{
    m_stack->addWidget(makeInvitation());
    m_stack->addWidget(makeContent());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
    retranslate();
}

QWidget* DataView::makeInvitation()
{
    auto* frame = new QFrame(this);
    frame->setObjectName(QStringLiteral("invitation"));
    frame->setStyleSheet(QStringLiteral("#invitation { border: 2px dashed #566069; border-radius: 10px; }"));
    m_invitation = wrapped(frame, "invitationTitle");
    m_invitation->setProperty("role", "heading");
    m_invitation->setAlignment(Qt::AlignCenter);
    m_forms = wrapped(frame, "invitationForms");
    m_forms->setProperty("role", "quiet");
    m_forms->setAlignment(Qt::AlignCenter);
    auto* column = new QVBoxLayout(frame);
    column->addStretch(2);
    column->addWidget(m_invitation);
    column->addSpacing(8);
    column->addWidget(m_forms);
    column->addStretch(3);
    auto* outer = new QWidget(this);
    auto* margins = new QVBoxLayout(outer);
    margins->setContentsMargins(24, 24, 24, 24);
    margins->addWidget(frame);
    return outer;
}

QWidget* DataView::makeContent()
{
    auto* content = new QWidget(this);
    m_name = wrapped(content, "dataName");
    m_name->setProperty("role", "heading");
    m_rule = wrapped(content, "split");
    m_few = wrapped(content, "few");
    m_few->setProperty("role", "warning");
    m_warnings = wrapped(content, "warnings");
    m_warnings->setProperty("role", "quiet");
    m_table = new QTableView(content);
    m_table->setObjectName(QStringLiteral("shares"));
    m_table->setModel(m_shares);
    m_table->setItemDelegateForColumn(ShareTable::Examples, new training::ExamplesDelegate(m_table));
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(16, 12, 16, 12);
    column->addWidget(m_name);
    column->addWidget(m_rule);
    column->addWidget(m_few);
    column->addWidget(m_table, 1000);
    column->addWidget(m_warnings);
    column->addStretch(1);
    return content;
}

void DataView::retranslate()
{
    m_invitation->setText(tr("Drop labelled images here to learn to make more of their kind"));
    m_forms->setText(tr("A folder with one folder per class, such as normal and pneumonia\n"
                        "A ZIP or tar.gz archive of these, or a CSV table: file, label, patient\n"
                        "A generator.onnx that was trained before, to see and judge what it makes\n\n"
                        "What is made is synthetic: it is marked, and may be used for training only."));
    m_table->setAccessibleName(tr("Classes and how their images are used"));
    refresh();
}

void DataView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void DataView::refresh()
{
    const Opened& opened = m_model.opened();
    m_stack->setCurrentIndex(opened.data ? 1 : 0);
    m_shares->setData(opened);
    if (!opened.data)
        return;
    const learning::DataSet& data = *opened.data;
    const QLocale locale;
    m_name->setText(
        tr("%1: %2 images of %3 classes, %4×%5 pixels")
            .arg(QString::fromStdString(data.name), locale.toString(static_cast<qlonglong>(data.cases.size())),
                locale.toString(static_cast<qlonglong>(data.classes.size())), QString::number(data.images.width),
                QString::number(data.images.height)));
    m_rule->setText(opened.split ? shell::translated(opened.split->split.rule) : QString());
    const auto few = m_model.warning();
    m_few->setText(few ? QStringLiteral("▲ ") + shell::translated(*few) : QString());
    m_few->setVisible(few.has_value());
    QStringList lines;
    for (const learning::Warning& warning : data.warnings)
        lines << QStringLiteral("▲ ") + shell::translated(warning.sentence);
    for (const learning::Unreadable& one : data.unreadable)
        if (lines.size() < 12)
            lines << tr("Left out: %1: %2").arg(QString::fromStdString(one.name), shell::translated(one.reason.what));
    m_warnings->setText(lines.join(QLatin1Char('\n')));
    m_warnings->setVisible(!lines.isEmpty());
    m_table->setMaximumHeight(
        m_table->verticalHeader()->length() + m_table->horizontalHeader()->sizeHint().height() + 6);
}

} // namespace hounsfield::synthesising
