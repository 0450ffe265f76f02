#pragma once

#include <QDialog>

#include "ui/shell/commands.h"

#include <utility>
#include <vector>

namespace hounsfield::shell {

/// Commands under a heading, as the key list shows them.
using KeySection = std::pair<Text, std::vector<Command>>;

/// Every key of the program with what it does, made from the tables of commands (F1).
class KeyList : public QDialog {
    Q_OBJECT
  public:
    explicit KeyList(const std::vector<KeySection>& sections, QWidget* parent = nullptr);
};

} // namespace hounsfield::shell
