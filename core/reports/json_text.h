#pragma once

#include "core/base/monitor.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace hounsfield::reports {

using Json = nlohmann::ordered_json;

/// A JSON value of a foreign text; null when it is no JSON or nested more than 100 deep (writing a value again goes as
/// deep as it does).
Json parsedJson(std::string_view text);
/// A string as it is, nothing for null, and anything else as JSON writes it.
std::string wordOf(const Json& value);
/// The member of an object; null when it has none, or when this is no object.
const Json& memberOf(const Json& object, std::string_view name);
/// A whole number that fits; −1 for anything else.
std::int64_t wholeOf(const Json& value);
/// On one line; bytes that are no UTF-8 become U+FFFD.
std::string lineOf(const Json& value);

/// Every value of a text with one a line (JSONL) or of one array; a line that is no JSON is given as null. Rows count
/// from 1: lines, or members of the array. Errors: Cancelled.
Result<void> forEachJson(
    std::string_view text, const Monitor& monitor, const std::function<void(std::int64_t row, const Json&)>& take);

} // namespace hounsfield::reports
