#include "ui/viewer/label_panel.h"

#include <QEvent>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/shell/translate.h"
#include "ui/viewer/label_lists.h"
#include "ui/viewer/label_model.h"

#include <algorithm>

namespace hounsfield::viewer {

namespace {

constexpr int fewestRows = 2;
constexpr int mostRows = 7;

QLabel* label(QWidget* parent, const char* name, const char* role)
{
    auto* result = new QLabel(parent);
    result->setObjectName(QString::fromLatin1(name));
    result->setProperty("role", role);
    result->setWordWrap(true);
    return result;
}

/// As high as its rows, within limits.
void fitHeight(QListView* list)
{
    const int rows = std::clamp(list->model()->rowCount(), fewestRows, mostRows);
    const int row = list->model()->rowCount() > 0 ? list->sizeHintForRow(0) : list->fontMetrics().height() + 6;
    list->setFixedHeight(rows * row + 2 * list->frameWidth() + 4);
}

QListView* listOf(QAbstractItemModel* model, const char* name, QWidget* parent)
{
    auto* list = new QListView(parent);
    list->setObjectName(QString::fromLatin1(name));
    list->setModel(model);
    list->setUniformItemSizes(true);
    list->setEditTriggers(QAbstractItemView::EditKeyPressed);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setTabKeyNavigation(false);
    return list;
}

} // namespace

LabelPanel::LabelPanel(LabelModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_classList(new ClassList(model, this))
    , m_labelledList(new LabelledList(model, this))
{
    setObjectName(QStringLiteral("labelPanel"));
    build();
    buildColours();
    connect(m_add, &QToolButton::clicked, this, &LabelPanel::addClass);
    connect(m_name, &QLineEdit::returnPressed, this, &LabelPanel::addClass);
    connect(m_rename, &QToolButton::clicked, this, [this] { m_classes->edit(m_classes->currentIndex()); });
    connect(m_up, &QToolButton::clicked, this, [this] { moveClass(-1); });
    connect(m_down, &QToolButton::clicked, this, [this] { moveClass(1); });
    connect(m_remove, &QToolButton::clicked, this, &LabelPanel::removeClass);
    connect(m_take, &QToolButton::clicked, this, &LabelPanel::takeLabel);
    connect(m_classes, &QListView::activated, this,
        [this](const QModelIndex& index) { m_model.giveClass(static_cast<std::size_t>(index.row()) + 1); });
    const auto jump = [this](const QModelIndex& index) { m_model.showStored(m_labelledList->storedOf(index)); };
    connect(m_labelled, &QListView::clicked, this, jump);
    connect(m_labelled, &QListView::activated, this, jump);
    for (QListView* list : {m_classes, m_labelled})
        connect(list->selectionModel(), &QItemSelectionModel::currentChanged, this, &LabelPanel::readModel);
    connect(&model, &LabelModel::changed, this, &LabelPanel::readModel);
    writeTexts();
}

QToolButton* LabelPanel::button(const char* name)
{
    auto* result = new QToolButton(this);
    result->setObjectName(QString::fromLatin1(name));
    result->setFocusPolicy(Qt::StrongFocus);
    result->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    result->setProperty("role", "plain");
    return result;
}

void LabelPanel::build()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    m_title = label(this, "labelTitle", "heading");
    m_hint = label(this, "labelHint", "quiet");
    m_problem = label(this, "labelProblem", "warning");
    m_classes = listOf(m_classList, "classList", this);
    m_classes->installEventFilter(this);
    m_name = new QLineEdit(this);
    m_name->setObjectName(QStringLiteral("newClass"));
    m_add = button("addClass");
    m_add->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    auto* adding = new QHBoxLayout;
    adding->addWidget(m_name, 1);
    adding->addWidget(m_add);
    m_rename = button("renameClass");
    m_colour = button("colourClass");
    m_remove = button("removeClass");
    m_up = button("classUp");
    m_down = button("classDown");
    auto* edits = new QGridLayout;
    edits->setSpacing(4);
    QToolButton* const places[] = {m_rename, m_colour, m_remove, m_up, m_down};
    for (int i = 0; i < 5; ++i)
        edits->addWidget(places[i], i / 3, i % 3);
    m_labelledTitle = label(this, "labelledTitle", "quiet");
    m_labelled = listOf(m_labelledList, "labelledList", this);
    m_labelled->installEventFilter(this);
    m_take = button("takeLabel");
    column->addWidget(m_title);
    column->addWidget(m_hint);
    column->addWidget(m_problem);
    column->addWidget(m_classes);
    column->addLayout(adding);
    column->addLayout(edits);
    column->addSpacing(6);
    column->addWidget(m_labelledTitle);
    column->addWidget(m_labelled);
    column->addWidget(m_take);
}

void LabelPanel::buildColours()
{
    m_colours = new QMenu(this);
    m_colours->setObjectName(QStringLiteral("classColours"));
    for (const LabelColour& colour : labelColours()) {
        const QString code = QString::fromLatin1(colour.code);
        QAction* action = m_colours->addAction(swatch(code), QString());
        connect(action, &QAction::triggered, this,
            [this, code] { m_model.setColour(static_cast<std::size_t>(m_classes->currentIndex().row()), code); });
    }
    m_colour->setMenu(m_colours);
    m_colour->setPopupMode(QToolButton::InstantPopup);
}

void LabelPanel::writeTexts()
{
    m_title->setText(tr("Labels"));
    m_name->setPlaceholderText(tr("New class"));
    m_add->setText(tr("Add"));
    m_rename->setText(tr("Rename"));
    m_rename->setToolTip(tr("F2: labels follow the new name."));
    m_colour->setText(tr("Colour"));
    m_remove->setText(tr("Remove"));
    m_remove->setToolTip(tr("Del: only a class that no image carries."));
    m_up->setText(tr("Up"));
    m_up->setToolTip(tr("Ctrl+Up: the digit before."));
    m_down->setText(tr("Down"));
    m_down->setToolTip(tr("Ctrl+Down: the next digit."));
    m_take->setText(tr("Take the label away"));
    m_take->setToolTip(tr("Del"));
    m_classes->setAccessibleName(tr("Classes"));
    m_name->setAccessibleName(tr("Name of a new class"));
    m_labelled->setAccessibleName(tr("Labelled slices of this series"));
    for (QToolButton* each : {m_add, m_rename, m_colour, m_remove, m_up, m_down, m_take})
        each->setAccessibleName(each->text());
    const auto colours = labelColours();
    for (qsizetype i = 0; i < m_colours->actions().size(); ++i)
        m_colours->actions()[i]->setText(shell::translated(colours[static_cast<std::size_t>(i)].name));
    m_labelledList->retranslate();
    readModel();
}

void LabelPanel::readModel()
{
    const LabelModel::View view = m_model.view();
    m_hint->setText(view.classes.empty()
                        ? tr("There are no classes yet. Write the name of one and press Enter.")
                        : tr("L, then the digit, gives the class to the shown image; L, 0 takes it away."));
    m_problem->setText(view.problem);
    m_problem->setVisible(!view.problem.isEmpty());
    m_labelledTitle->setText(view.labelled.empty()
                                 ? tr("No slice of this series is labelled.")
                                 : tr("Labelled slices of this series: %1").arg(view.labelled.size()));
    m_labelledTitle->setVisible(view.isOpen);
    m_labelled->setVisible(!view.labelled.empty());
    m_take->setVisible(!view.labelled.empty());
    m_take->setEnabled(m_labelled->currentIndex().isValid());
    m_classes->setVisible(!view.classes.empty());
    const int row = m_classes->currentIndex().row();
    for (QToolButton* each : {m_rename, m_colour, m_remove, m_up, m_down}) {
        each->setVisible(!view.classes.empty());
        each->setEnabled(row >= 0);
    }
    m_up->setEnabled(row > 0);
    m_down->setEnabled(row >= 0 && row + 1 < m_classList->rowCount());
    fitHeight(m_classes);
    fitHeight(m_labelled);
}

void LabelPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        writeTexts();
    QWidget::changeEvent(event);
}

bool LabelPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (watched == m_classes && pressClassKey(key->key(), key->modifiers()))
        return true;
    if (watched == m_labelled && key->key() == Qt::Key_Delete) {
        takeLabel();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

bool LabelPanel::pressClassKey(int key, Qt::KeyboardModifiers modifiers)
{
    if (key == Qt::Key_Delete) {
        removeClass();
        return true;
    }
    if (modifiers & Qt::ControlModifier && (key == Qt::Key_Up || key == Qt::Key_Down)) {
        moveClass(key == Qt::Key_Up ? -1 : 1);
        return true;
    }
    return false;
}

void LabelPanel::addClass()
{
    const int before = m_classList->rowCount();
    m_model.addClass(m_name->text());
    if (m_classList->rowCount() == before)
        return;
    m_name->clear();
    m_classes->setCurrentIndex(m_classList->index(before));
}

void LabelPanel::moveClass(int by)
{
    const int row = m_classes->currentIndex().row();
    if (row < 0 || row + by < 0 || row + by >= m_classList->rowCount())
        return;
    m_model.moveClass(static_cast<std::size_t>(row), by);
    m_classes->setCurrentIndex(m_classList->index(row + by));
}

void LabelPanel::removeClass()
{
    const int row = m_classes->currentIndex().row();
    if (row < 0)
        return;
    m_model.removeClass(static_cast<std::size_t>(row));
    m_classes->setCurrentIndex(m_classList->index(std::min(row, m_classList->rowCount() - 1)));
}

void LabelPanel::takeLabel()
{
    if (const std::int64_t stored = m_labelledList->storedOf(m_labelled->currentIndex()); stored >= 0)
        m_model.takeLabel(stored);
}

} // namespace hounsfield::viewer
