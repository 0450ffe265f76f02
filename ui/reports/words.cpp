#include "ui/reports/words.h"

#include "core/reports/annotating.h"
#include "core/reports/label_names.h"
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

QString attributeName(const std::string& attribute, const std::string& value)
{
    if (attribute == reports::attribute::status)
        return statusName(value);
    if (attribute == reports::attribute::side)
        return sideName(value);
    static const AttributeValue others[] = {
        {"mild", text("reports", "mild"), nullptr},
        {"moderate", text("reports", "moderate"), nullptr},
        {"severe", text("reports", "severe"), nullptr},
        {"new", text("reports", "new"), nullptr},
        {"increased", text("reports", "increased"), nullptr},
        {"decreased", text("reports", "decreased"), nullptr},
        {"stable", text("reports", "stable"), nullptr},
    };
    const bool isWord = attribute == reports::attribute::severity || attribute == reports::attribute::change;
    return isWord ? nameIn(others, value) : QString::fromStdString(value);
}

QString labelName(const std::string& label)
{
    return shell::translated(reports::labelText(label));
}

} // namespace hounsfield::reporting
