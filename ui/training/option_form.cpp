#include "ui/training/option_form.h"

#include <QComboBox>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/shell/translate.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace hounsfield::training {

namespace {

struct Label {
    std::string_view option;
    Text words;
    bool isMain = false;
};

// clang-format off
const std::vector<Label>& labels()
{
    static const std::vector<Label> table{
        {"epochs",          text("training", "Epochs"), true},
        {"batch",           text("training", "Batch size"), true},
        {"rate",            text("training", "Learning rate"), true},
        {"validation",      text("training", "Validation share"), true},
        {"test-share",      text("training", "Test share"), true},
        {"seed",            text("training", "Seed"), true},
        {"threads",         text("training", "Processors")},
        {"normalise",       text("training", "Pixel values")},
        {"size",            text("training", "Image size")},
        {"channels",        text("training", "Grey or colour")},
        {"low",             text("training", "Black at")},
        {"high",            text("training", "White at")},
        {"sampling",        text("training", "Sampling")},
        {"last-batch",      text("training", "Last batch")},
        {"optimizer",       text("training", "Optimizer")},
        {"momentum",        text("training", "Momentum")},
        {"weight-decay",    text("training", "Weight decay")},
        {"schedule",        text("training", "Rate schedule")},
        {"label-smoothing", text("training", "Label smoothing")},
        {"width",           text("training", "Width of a word")},
        {"units",           text("training", "Units")},
        {"dropout",         text("training", "Dropout")},
        {"class-weights",   text("training", "Class weights")},
        {"clip",            text("training", "Gradient limit")},
        {"averaging",       text("training", "Weight averaging")},
        {"keep",            text("training", "Weights kept")},
        {"patience",        text("training", "Patience")},
        {"shifts",          text("training", "Shifts in use")},
        {"save-seconds",    text("training", "Save every (s)")},
        {"rotation",        text("training", "Rotation (°)")},
        {"shift",           text("training", "Shift")},
        {"zoom",            text("training", "Zoom")},
        {"contrast",        text("training", "Contrast")},
        {"brightness",      text("training", "Brightness")},
        {"crop",            text("training", "Crop")},
        {"noise",           text("training", "Noise")},
        {"mirror",          text("training", "Mirror")},
    };
    return table;
}

struct Choice {
    std::string_view option, choice;
    Text words;
};

const std::vector<Choice>& choices()
{
    static const std::vector<Choice> table{
        {"normalise", "unit",            text("training", "0 to 1")},
        {"normalise", "mean-std",        text("training", "Mean 0, deviation 1")},
        {"channels", "auto",             text("training", "Automatic")},
        {"channels", "1",                text("training", "Grey")},
        {"channels", "3",                text("training", "Colour")},
        {"sampling", "shuffled",         text("training", "Each image once")},
        {"sampling", "balanced",         text("training", "Classes balanced")},
        {"last-batch", "smaller",        text("training", "Used, smaller")},
        {"last-batch", "dropped",        text("training", "Left out")},
        {"schedule", "constant",         text("training", "Constant")},
        {"schedule", "one-cycle",        text("training", "One cycle")},
        {"schedule", "cosine",           text("training", "Cosine")},
        {"class-weights", "none",        text("training", "All equal")},
        {"class-weights", "balanced",    text("training", "Rare ones count more")},
        {"keep", "last",                 text("training", "Last epoch")},
        {"keep", "best",                 text("training", "Best epoch")},
        {"mirror", "no",                 text("training", "No")},
        {"mirror", "yes",                text("training", "Yes")},
        {"optimizer", "sgd",             text("training", "SGD")},
        {"optimizer", "adam",            text("training", "Adam")},
        {"optimizer", "adamw",           text("training", "AdamW")},
    };
    return table;
}
// clang-format on

bool isMain(const std::string& option)
{
    return std::ranges::any_of(labels(), [&](const Label& label) { return label.isMain && label.option == option; });
}

void clear(QFormLayout* form)
{
    while (form->rowCount() > 0)
        form->removeRow(0);
}

} // namespace

Text labelOf(const std::string& option)
{
    const auto found = std::ranges::find(labels(), option, &Label::option);
    return found != labels().end() ? found->words : Text{"", option, {}};
}

Text choiceLabel(const std::string& option, const std::string& choice)
{
    for (const Choice& row : choices())
        if (row.option == option && row.choice == choice)
            return row.words;
    return {"", choice, {}};
}

OptionForm::OptionForm(QWidget* parent)
    : QWidget(parent)
    , m_main(new QFormLayout)
    , m_furtherPanel(new QWidget(this))
    , m_more(new QToolButton(this))
{
    m_further = new QFormLayout(m_furtherPanel);
    for (QFormLayout* form : {m_main, m_further}) {
        form->setContentsMargins(0, 0, 0, 0);
        form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
        form->setVerticalSpacing(6);
    }
    m_more->setObjectName(QStringLiteral("moreOptions"));
    m_more->setCheckable(true);
    m_more->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_more->setArrowType(Qt::RightArrow);
    m_furtherPanel->hide();
    connect(m_more, &QToolButton::toggled, this, [this](bool isOpen) {
        m_furtherPanel->setVisible(isOpen);
        m_more->setArrowType(isOpen ? Qt::DownArrow : Qt::RightArrow);
    });
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(m_main);
    column->addWidget(m_more);
    column->addWidget(m_furtherPanel);
    retranslate();
}

void OptionForm::setOptions(const std::vector<Option>& table, const std::map<std::string, std::string>& values)
{
    const bool isSameTable = std::ranges::equal(
        table, m_table, [](const Option& a, const Option& b) { return a.name == b.name && a.fallback == b.fallback; });
    if (isSameTable && values == m_values)
        return;
    m_table = table;
    m_values = values;
    if (!isSameTable) {
        rebuild();
        return;
    }
    for (const auto& [name, value] : values)
        showValue(name, value);
}

/// A control that the user is at keeps what is being typed.
void OptionForm::showValue(const std::string& name, const std::string& value)
{
    auto* control = findChild<QWidget*>(QStringLiteral("option.") + QString::fromStdString(name));
    if (!control || control->hasFocus())
        return;
    const QSignalBlocker quiet(control);
    const QString shown = QString::fromStdString(value);
    if (auto* choice = qobject_cast<QComboBox*>(control))
        choice->setCurrentIndex(choice->findData(shown));
    else if (auto* number = qobject_cast<QSpinBox*>(control))
        number->setValue(shown.toInt());
    else if (auto* line = qobject_cast<QLineEdit*>(control))
        line->setText(shown);
}

void OptionForm::rebuild()
{
    clear(m_main);
    clear(m_further);
    for (const Option& option : m_table) {
        const auto value = m_values.find(option.name);
        QWidget* control = makeControl(option, value == m_values.end() ? std::string() : value->second);
        control->setObjectName(QStringLiteral("option.") + QString::fromStdString(option.name));
        control->setAccessibleName(shell::translated(labelOf(option.name)));
        control->setToolTip(shell::translated(option.help));
        control->setAccessibleDescription(control->toolTip());
        control->setFocusPolicy(Qt::StrongFocus);
        control->installEventFilter(this);
        auto* label = new QLabel(shell::translated(labelOf(option.name)), this);
        label->setToolTip(control->toolTip());
        label->setBuddy(control);
        (isMain(option.name) ? m_main : m_further)->addRow(label, control);
    }
}

QWidget* OptionForm::makeControl(const Option& option, const std::string& value)
{
    const QString name = QString::fromStdString(option.name);
    const QString shown = QString::fromStdString(value);
    if (option.kind == Option::Kind::Choice) {
        auto* box = new QComboBox(this);
        for (const std::string& choice : option.choices)
            box->addItem(shell::translated(choiceLabel(option.name, choice)), QString::fromStdString(choice));
        box->setCurrentIndex(box->findData(shown));
        connect(box, &QComboBox::currentIndexChanged, this,
            [this, name, box] { emit valueChanged(name, box->currentData().toString()); });
        return box;
    }
    if (option.kind == Option::Kind::Integer && option.most <= 1e6 && !shown.isEmpty()) {
        auto* box = new QSpinBox(this);
        box->setRange(static_cast<int>(option.least), static_cast<int>(option.most));
        box->setValue(shown.toInt());
        connect(box, &QSpinBox::valueChanged, this,
            [this, name](int number) { emit valueChanged(name, QString::number(number)); });
        return box;
    }
    auto* line = new QLineEdit(shown, this);
    line->setPlaceholderText(tr("automatic"));
    connect(line, &QLineEdit::editingFinished, this, [this, name, line] {
        const QString typed = line->text().trimmed().replace(QLatin1Char(','), QLatin1Char('.'));
        if (typed.toStdString() != m_values[name.toStdString()])
            emit valueChanged(name, typed);
    });
    return line;
}

bool OptionForm::eventFilter(QObject* watched, QEvent* event)
{
    // The wheel scrolls the form; it changes a value only where the user has gone with the keyboard or a click.
    if (event->type() == QEvent::Wheel && !qobject_cast<QWidget*>(watched)->hasFocus()) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void OptionForm::retranslate()
{
    m_more->setText(tr("More options"));
    m_more->setToolTip(tr("Show every option of the training"));
    rebuild();
}

} // namespace hounsfield::training
