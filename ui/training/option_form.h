#pragma once

#include <QWidget>

#include "core/base/options.h"

#include <map>
#include <string>
#include <vector>

class QFormLayout;
class QToolButton;

namespace hounsfield::training {

/// Controls for a table of options: the first few at once, the rest behind "More options". Each explains itself in its
/// tooltip.
class OptionForm : public QWidget {
    Q_OBJECT
  public:
    explicit OptionForm(QWidget* parent = nullptr);

    /// Makes the controls of these options anew with their values.
    void setOptions(const std::vector<Option>& table, const std::map<std::string, std::string>& values);
    void retranslate();

  signals:
    void valueChanged(const QString& name, const QString& value);

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    QWidget* makeControl(const Option& option, const std::string& value);
    void rebuild();
    void showValue(const std::string& name, const std::string& value);

    std::vector<Option> m_table;
    std::map<std::string, std::string> m_values;
    QFormLayout* m_main = nullptr;
    QFormLayout* m_further = nullptr;
    QWidget* m_furtherPanel = nullptr;
    QToolButton* m_more = nullptr;
};

/// What people call an option ("label-smoothing": "Label smoothing"), and one of its choices.
Text labelOf(const std::string& option);
Text choiceLabel(const std::string& option, const std::string& choice);

} // namespace hounsfield::training
