#pragma once

#include "core/reports/status_scope.h"

#include <optional>
#include <string>
#include <string_view>

namespace hounsfield::reports {

/// The value of an attribute ("side") inside a finding or nearest to it, at most six tokens away; before wins over
/// behind. Empty when nothing is said.
std::string attributeOf(std::string_view attribute, TokenRange finding, const StatusScope& scope);

/// Its change: "new" where an earlier examination did not show it, else as above.
std::string changeOf(TokenRange finding, const StatusScope& scope);

/// The largest of the numbers that stand with a unit nearest to a finding ("3.2 x 4.1 cm", "3 mm x 1 mm"), in
/// millimetres.
std::optional<double> sizeOf(TokenRange finding, const StatusScope& scope, std::span<const Token> sentence);

} // namespace hounsfield::reports
