#include "ui/reports/keys_panel.h"

#include <QEvent>
#include <QFont>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/reports/panel_parts.h"
#include "ui/reports/reports_model.h"
#include "ui/reports/words.h"
#include "ui/shell/translate.h"

namespace hounsfield::reporting {

KeyTable::KeyTable(ReportsModel& model, QObject* parent)
    : QAbstractTableModel(parent)
    , m_model(model)
{
}

void KeyTable::setThings(std::vector<Keyed> things)
{
    beginResetModel();
    m_things = std::move(things);
    endResetModel();
}

void KeyTable::refresh()
{
    if (!m_things.empty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int KeyTable::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_things.size());
}

int KeyTable::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant KeyTable::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Keyed& thing = m_things[static_cast<std::size_t>(index.row())];
    const bool isChosen = !m_model.chosenKey(thing.id).isEmpty();
    if (role == Qt::DisplayRole)
        return index.column() == NameColumn ? shell::translated(thing.name) : shownKey(keyOf(m_model, thing));
    if (role == Qt::FontRole && isChosen) {
        QFont font;
        font.setBold(true);
        return font;
    }
    if (role == Qt::ToolTipRole && isChosen)
        return thing.standard.isEmpty() ? tr("It came without a key.")
                                        : tr("The key it came with: %1").arg(shownKey(thing.standard));
    return {};
}

QVariant KeyTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Status or command") : tr("Key");
}

bool KeyField::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key != Qt::Key_Escape && key != Qt::Key_Tab && key != Qt::Key_Backtab) {
            event->accept();
            return true;
        }
    }
    return QLineEdit::event(event);
}

void KeyField::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    if (key == Qt::Key_Escape) {
        focusNextPrevChild(false);
        return;
    }
    if (key == Qt::Key_Tab || key == Qt::Key_Backtab)
        return event->ignore();
    if (const QString name = keyOfEvent(*event); !name.isEmpty())
        emit pressed(name);
}

KeysPanel::KeysPanel(ReportsModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_rows(new KeyTable(model, this))
{
    setObjectName(QStringLiteral("keysPanel"));
    build();
    connect(m_field, &KeyField::pressed, this, &KeysPanel::choose);
    connect(m_standard, &QPushButton::clicked, this, &KeysPanel::chooseStandard);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &KeysPanel::refresh);
    writeTexts();
}

void KeysPanel::build()
{
    m_title = wrapped("keysTitle", "heading", this);
    m_hint = wrapped("keysHint", "quiet", this);
    m_view = named(new QTableView(this), "keys");
    m_view->setModel(m_rows);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setShowGrid(false);
    m_view->setTabKeyNavigation(false);
    m_view->setWordWrap(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_view->horizontalHeader()->setSectionResizeMode(KeyTable::NameColumn, QHeaderView::Stretch);
    m_view->horizontalHeader()->setSectionResizeMode(KeyTable::KeyColumn, QHeaderView::ResizeToContents);
    m_field = named(new KeyField(this), "newKey");
    m_field->setContextMenuPolicy(Qt::NoContextMenu);
    m_standard = named(new QPushButton(this), "standardKeys");
    auto* edits = new QHBoxLayout;
    edits->addWidget(m_field, 1);
    edits->addWidget(m_standard);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    addAll(column, {m_title, m_hint});
    column->addWidget(m_view, 1);
    column->addLayout(edits);
}

void KeysPanel::writeTexts()
{
    m_title->setText(tr("Keys of statuses and commands"));
    m_hint->setText(tr("Choose a row, then press its new key in the field below."));
    m_view->setAccessibleName(m_title->text());
    m_field->setPlaceholderText(tr("Press the new key"));
    m_field->setAccessibleName(tr("New key of the chosen row"));
    m_standard->setText(tr("Back to the defaults"));
    m_standard->setToolTip(tr("All statuses and commands get the keys that they came with."));
    refresh();
}

void KeysPanel::setThings(std::vector<Keyed> things)
{
    m_rows->setThings(std::move(things));
    m_view->setCurrentIndex(m_rows->index(0, 0));
}

void KeysPanel::refresh()
{
    m_rows->refresh();
    m_field->setEnabled(chosen());
    m_standard->setEnabled(!m_model.keys().empty());
}

const Keyed* KeysPanel::chosen() const
{
    const int row = m_view->currentIndex().row();
    return row >= 0 && row < m_rows->rowCount() ? &m_rows->things()[static_cast<std::size_t>(row)] : nullptr;
}

void KeysPanel::choose(const QString& key)
{
    const Keyed* thing = chosen();
    if (!thing)
        return;
    if (thing->isLetter && key.size() != 1)
        return m_model.refuse(
            text("reports", "A status has one letter, digit or sign as its key, without Ctrl or Shift."));
    if (const QString holder = holderOfKey(m_model, *this, key, thing->id); !holder.isEmpty())
        return m_model.refuse(takenKey(key, holder));
    reports::ReportKeys keys = m_model.keys();
    if (key == thing->standard)
        keys.erase(thing->id);
    else
        keys[thing->id] = key.toStdString();
    m_view->setFocus(); // on to the next row
    if (keys != m_model.keys())
        m_model.setKeys(std::move(keys));
}

void KeysPanel::chooseStandard()
{
    for (const Keyed& thing : m_rows->things())
        if (!thing.standard.isEmpty() && keyOf(m_model, thing) != thing.standard)
            for (const reports::ReportLabel& label : m_model.labels())
                if (QString::fromStdString(label.key).compare(thing.standard, Qt::CaseInsensitive) == 0)
                    return m_model.refuse(takenKey(thing.standard, labelName(label.name)));
    m_model.setKeys({});
}

void KeysPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        writeTexts();
    QWidget::changeEvent(event);
}

} // namespace hounsfield::reporting
