#include "ui/shell/message_bar.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include "ui/shell/theme.h"
#include "ui/shell/translate.h"

namespace hounsfield::shell {

MessageBar::MessageBar(Kind kind, QWidget* parent)
    : QFrame(parent)
    , m_sign(new QLabel(this))
    , m_words(new QLabel(this))
    , m_action(new QPushButton(this))
    , m_close(new QToolButton(this))
{
    const bool isProblem = kind == Kind::Problem;
    const QColor colour(isProblem ? theme::bad : theme::warning);
    setStyleSheet(QStringLiteral("hounsfield--shell--MessageBar { border: 1px solid %1; border-radius: 4px; }")
                      .arg(colour.name()));
    m_sign->setText(isProblem ? QStringLiteral("✕") : QStringLiteral("!"));
    m_sign->setStyleSheet(QStringLiteral("color: %1; font-weight: bold;").arg(colour.name()));
    m_words->setObjectName(QStringLiteral("words"));
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_words->setTextFormat(Qt::PlainText);
    m_action->setObjectName(QStringLiteral("action"));
    m_action->hide();
    m_close->setObjectName(QStringLiteral("close"));
    m_close->setText(QStringLiteral("✕"));
    m_close->setVisible(isProblem);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 6, 6);
    row->addWidget(m_sign);
    row->addWidget(m_words, 1);
    row->addWidget(m_action);
    row->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::closed);
    connect(m_action, &QPushButton::clicked, this, &MessageBar::acted);
    hide();
}

void MessageBar::setError(const std::optional<Error>& error)
{
    setWords(error ? translated(*error) : QString());
}

void MessageBar::setWords(const QString& words)
{
    m_words->setText(words);
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(tr("Close this message"));
    setAccessibleName(words);
    setVisible(!words.isEmpty());
}

void MessageBar::setAction(const QString& name)
{
    m_action->setText(name);
    m_action->setVisible(!name.isEmpty());
}

QString MessageBar::words() const
{
    return m_words->text();
}

} // namespace hounsfield::shell
