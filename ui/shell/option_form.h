#pragma once

#include <QWidget>

#include "core/base/options.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

class QFormLayout;
class QToolButton;

namespace hounsfield::shell {

/// What people call the options of a table and their choices; those that are not named keep their own name.
struct OptionWords {
    struct Label {
        std::string_view option;
        Text words;
        bool isMain = false; ///< shown at once
    };
    struct Choice {
        std::string_view option, choice;
        Text words;
    };
    std::vector<Label> labels;
    std::vector<Choice> choices;

    /// "label-smoothing": "Label smoothing".
    Text labelOf(const std::string& option) const;
    Text choiceLabel(const std::string& option, const std::string& choice) const;
    bool isMain(const std::string& option) const;
};

/// Controls for a table of options: the main ones at once, the rest behind "More options". Each explains itself in its
/// tooltip.
class OptionForm : public QWidget {
    Q_OBJECT
  public:
    explicit OptionForm(OptionWords words, QWidget* parent = nullptr);

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

    OptionWords m_words;
    std::vector<Option> m_table;
    std::map<std::string, std::string> m_values;
    QFormLayout* m_main = nullptr;
    QFormLayout* m_further = nullptr;
    QWidget* m_furtherPanel = nullptr;
    QToolButton* m_more = nullptr;
};

} // namespace hounsfield::shell
