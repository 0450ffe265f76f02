#pragma once

#include <QFrame>

#include "core/base/result.h"

#include <optional>

class QLabel;
class QPushButton;
class QToolButton;

namespace hounsfield::shell {

/// A line in the page that says what went wrong, where and what to do, or what is worth knowing; never a dialog.
class MessageBar : public QFrame {
    Q_OBJECT
  public:
    enum class Kind { Problem, Hint };

    explicit MessageBar(Kind kind, QWidget* parent = nullptr);

    void setError(const std::optional<Error>& error); ///< none: the bar goes away
    void setWords(const QString& words);              ///< empty: the bar goes away
    void setAction(const QString& name);              ///< a button at its end; empty: none
    QString words() const;

  signals:
    void closed();
    void acted();

  private:
    QLabel* m_sign;
    QLabel* m_words;
    QPushButton* m_action;
    QToolButton* m_close;
};

} // namespace hounsfield::shell
