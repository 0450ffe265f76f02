#pragma once

#include <QString>

#include "core/base/text.h"

#include <span>
#include <string>

namespace hounsfield::reporting {

/// A value of an attribute as files write it, how a person reads it, and its key.
struct AttributeValue {
    const char* value;
    Text name;
    const char* key; ///< null: none
};
std::span<const AttributeValue> statuses();
std::span<const AttributeValue> sides();

/// "absent" in the window's language; a value that the tables do not know as it is.
QString statusName(const std::string& value);
QString sideName(const std::string& value);
/// A value of any attribute.
QString attributeName(const std::string& attribute, const std::string& value);

/// A label or finding in the window's language; one's own as it was given. Data and files keep the label itself.
QString labelName(const std::string& label);

} // namespace hounsfield::reporting
