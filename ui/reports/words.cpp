#include "ui/reports/words.h"

#include "ui/shell/translate.h"

namespace hounsfield::reporting {

namespace {

QString nameIn(std::span<const AttributeValue> table, const std::string& value)
{
    for (const AttributeValue& row : table)
        if (value == row.value)
            return shell::translated(row.name);
    return QString::fromStdString(value);
}

} // namespace

std::span<const AttributeValue> statuses()
{
    static const AttributeValue table[] = {
        {"present", text("reports", "present"), "+"},
        {"absent", text("reports", "absent"), "-"},
        {"uncertain", text("reports", "uncertain"), "?"},
        {"historical", text("reports", "historical"), "H"},
        {"hypothetical", text("reports", "hypothetical"), "Y"},
        {"family", text("reports", "family"), "F"},
    };
    return table;
}

std::span<const AttributeValue> sides()
{
    static const AttributeValue table[] = {
        {"", text("reports", "no side"), nullptr},
        {"left", text("reports", "left"), nullptr},
        {"right", text("reports", "right"), nullptr},
        {"bilateral", text("reports", "bilateral"), nullptr},
    };
    return table;
}

QString statusName(const std::string& value)
{
    return nameIn(statuses(), value);
}

QString sideName(const std::string& value)
{
    return value.empty() ? QString() : nameIn(sides(), value);
}

} // namespace hounsfield::reporting
