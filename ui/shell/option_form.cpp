#include "ui/shell/option_form.h"

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

namespace hounsfield::shell {

namespace {

void clear(QFormLayout* form)
{
    while (form->rowCount() > 0)
        form->removeRow(0);
}

} // namespace

Text OptionWords::labelOf(const std::string& option) const
{
    const auto found = std::ranges::find(labels, option, &Label::option);
    return found != labels.end() ? found->words : Text{"", option, {}};
}

Text OptionWords::choiceLabel(const std::string& option, const std::string& choice) const
{
    for (const Choice& row : choices)
        if (row.option == option && row.choice == choice)
            return row.words;
    return {"", choice, {}};
}

bool OptionWords::isMain(const std::string& option) const
{
    return std::ranges::any_of(labels, [&](const Label& label) { return label.isMain && label.option == option; });
}

OptionForm::OptionForm(OptionWords words, QWidget* parent)
    : QWidget(parent)
    , m_words(std::move(words))
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
        control->setAccessibleName(translated(m_words.labelOf(option.name)));
        control->setToolTip(translated(option.help));
        control->setAccessibleDescription(control->toolTip());
        control->setFocusPolicy(Qt::StrongFocus);
        control->installEventFilter(this);
        auto* label = new QLabel(translated(m_words.labelOf(option.name)), this);
        label->setToolTip(control->toolTip());
        label->setBuddy(control);
        (m_words.isMain(option.name) ? m_main : m_further)->addRow(label, control);
    }
}

QWidget* OptionForm::makeControl(const Option& option, const std::string& value)
{
    const QString name = QString::fromStdString(option.name);
    const QString shown = QString::fromStdString(value);
    if (option.kind == Option::Kind::Choice) {
        auto* box = new QComboBox(this);
        for (const std::string& choice : option.choices)
            box->addItem(translated(m_words.choiceLabel(option.name, choice)), QString::fromStdString(choice));
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

} // namespace hounsfield::shell
