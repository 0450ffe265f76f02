#include "ui/reports/label_set_panel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPixmap>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/reports/panel_parts.h"
#include "ui/reports/reports_model.h"

#include <algorithm>

namespace hounsfield::reporting {

namespace {

constexpr std::size_t colourCount = 14;

QIcon swatch(const std::string& colour)
{
    QPixmap square(12, 12);
    square.fill(QColor(QString::fromStdString(colour)));
    return QIcon(square);
}

} // namespace

LabelSetList::LabelSetList(ReportsModel& model, QObject* parent)
    : QAbstractListModel(parent)
    , m_model(model)
    , m_rows(static_cast<int>(model.labels().size()))
{
}

void LabelSetList::refresh()
{
    const int rows = static_cast<int>(m_model.labels().size());
    if (rows != m_rows) {
        beginResetModel();
        m_rows = rows;
        endResetModel();
    } else if (rows > 0) {
        emit dataChanged(index(0), index(rows - 1));
    }
}

int LabelSetList::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

Qt::ItemFlags LabelSetList::flags(const QModelIndex& index) const
{
    return QAbstractListModel::flags(index) | Qt::ItemIsEditable | Qt::ItemIsUserCheckable;
}

QVariant LabelSetList::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= static_cast<int>(m_model.labels().size()))
        return {};
    const reports::ReportLabel& label = m_model.labels()[static_cast<std::size_t>(index.row())];
    const QString name = QString::fromStdString(label.name);
    switch (role) {
    case Qt::DisplayRole:
        return label.key.empty() ? name : QString::fromStdString(label.key).toUpper() + QStringLiteral("  ") + name;
    case Qt::EditRole:
        return name;
    case Qt::DecorationRole:
        return swatch(label.colour);
    case Qt::CheckStateRole:
        return m_model.open() && std::ranges::count(m_model.open()->report.document.labels, label.name) > 0
                   ? Qt::Checked
                   : Qt::Unchecked;
    case Qt::ToolTipRole:
        return tr("The key labels the selected words or the chosen annotation; the tick, the whole report.");
    default:
        return {};
    }
}

bool LabelSetList::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const auto row = static_cast<std::size_t>(index.row());
    if (role == Qt::CheckStateRole) {
        m_model.toggleDocumentLabel(row);
        return true;
    }
    const std::string name = value.toString().simplified().toStdString();
    if (role != Qt::EditRole || name.empty() || name == m_model.labels()[row].name)
        return false;
    auto labels = m_model.labels();
    labels[row].name = name;
    m_model.setLabels(std::move(labels));
    return true;
}

LabelSetPanel::LabelSetPanel(ReportsModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_list(new LabelSetList(model, this))
{
    setObjectName(QStringLiteral("labelSetPanel"));
    build();
    connect(m_add, &QToolButton::clicked, this, &LabelSetPanel::add);
    connect(m_name, &QLineEdit::returnPressed, this, &LabelSetPanel::add);
    connect(m_remove, &QToolButton::clicked, this, &LabelSetPanel::remove);
    connect(m_key, &QLineEdit::textEdited, this, &LabelSetPanel::setKey);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &LabelSetPanel::refresh);
    writeTexts();
}

QToolButton* LabelSetPanel::button(const char* name)
{
    auto* result = new QToolButton(this);
    result->setObjectName(QString::fromLatin1(name));
    result->setFocusPolicy(Qt::StrongFocus);
    result->setProperty("role", "plain");
    return result;
}

void LabelSetPanel::build()
{
    m_title = wrapped("labelSetTitle", "heading", this);
    m_hint = wrapped("labelSetHint", "quiet", this);
    m_view = named(new QListView(this), "labelSet");
    m_view->setModel(m_list);
    m_view->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_name = named(new QLineEdit(this), "newLabel");
    m_key = named(new QLineEdit(this), "labelKey");
    m_key->setMaxLength(1);
    m_key->setFixedWidth(fontMetrics().averageCharWidth() * 6);
    m_add = button("addLabel");
    m_colour = button("labelColour");
    m_remove = button("removeLabel");
    buildColours();
    auto* adding = new QHBoxLayout;
    adding->addWidget(m_name, 1);
    adding->addWidget(m_add);
    auto* edits = new QHBoxLayout;
    addAll(edits, {m_key, m_colour, m_remove});
    edits->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    addAll(column, {m_title, m_hint});
    column->addWidget(m_view, 1);
    column->addLayout(edits);
    column->addLayout(adding);
}

void LabelSetPanel::buildColours()
{
    m_colours = new QMenu(this);
    for (std::size_t i = 0; i < colourCount; ++i) {
        const std::string colour = reports::labelColour(i);
        connect(m_colours->addAction(swatch(colour), QString::fromStdString(colour)), &QAction::triggered, this,
            [this, colour] {
                auto labels = m_model.labels();
                labels[static_cast<std::size_t>(m_view->currentIndex().row())].colour = colour;
                m_model.setLabels(std::move(labels));
            });
    }
    m_colour->setMenu(m_colours);
    m_colour->setPopupMode(QToolButton::InstantPopup);
}

void LabelSetPanel::writeTexts()
{
    m_title->setText(tr("Labels"));
    m_hint->setText(tr("A key labels the selected words or the chosen annotation. A tick labels the whole report."));
    m_name->setPlaceholderText(tr("New label"));
    m_name->setAccessibleName(tr("Name of a new label"));
    m_key->setPlaceholderText(tr("Key"));
    m_key->setAccessibleName(tr("Key of the chosen label"));
    m_add->setText(tr("Add"));
    m_colour->setText(tr("Colour"));
    m_remove->setText(tr("Remove"));
    m_view->setAccessibleName(tr("Labels"));
    refresh();
}

void LabelSetPanel::refresh()
{
    m_list->refresh();
    const int row = m_view->currentIndex().row();
    const bool isChosen = row >= 0 && row < m_list->rowCount();
    for (QWidget* each : std::initializer_list<QWidget*>{m_key, m_colour, m_remove})
        each->setEnabled(isChosen);
    const QString key =
        isChosen ? QString::fromStdString(m_model.labels()[static_cast<std::size_t>(row)].key) : QString();
    if (m_key->text() != key && !m_key->hasFocus())
        m_key->setText(key);
}

void LabelSetPanel::add()
{
    const std::string name = m_name->text().simplified().toStdString();
    if (name.empty())
        return;
    auto labels = m_model.labels();
    labels.push_back({name, reports::freeKey(labels), reports::labelColour(labels.size())});
    m_name->clear();
    m_model.setLabels(std::move(labels));
}

void LabelSetPanel::remove()
{
    auto labels = m_model.labels();
    const int row = m_view->currentIndex().row();
    if (row < 0 || row >= static_cast<int>(labels.size()))
        return;
    labels.erase(labels.begin() + row);
    m_model.setLabels(std::move(labels));
}

void LabelSetPanel::setKey(const QString& key)
{
    auto labels = m_model.labels();
    const int row = m_view->currentIndex().row();
    if (row < 0 || row >= static_cast<int>(labels.size()))
        return;
    labels[static_cast<std::size_t>(row)].key = key.toLower().toStdString();
    m_model.setLabels(std::move(labels));
}

void LabelSetPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        writeTexts();
    QWidget::changeEvent(event);
}

} // namespace hounsfield::reporting
