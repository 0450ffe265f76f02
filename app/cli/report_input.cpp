#include "app/cli/report_input.h"

#include "core/files/pool.h"

#include <algorithm>

namespace hounsfield::cli {

std::vector<std::string> partsOf(const std::string& names)
{
    std::vector<std::string> parts;
    for (std::size_t at = 0; at < names.size();) {
        const std::size_t comma = std::min(names.find(',', at), names.size());
        parts.push_back(names.substr(at, comma - at));
        at = comma + 1;
    }
    return parts;
}

Result<reports::ReportTable> reportsOf(const std::string& file, const std::string& columns, const Monitor& monitor)
{
    files::ReaderPool readers;
    return reports::readReports(&readers, {file, partsOf(columns), {}}, monitor);
}

Result<reports::Table> tableOf(const std::string& file, const Monitor& monitor)
{
    files::ReaderPool readers;
    return reports::readTable(&readers, file, monitor);
}

Result<reports::RuleSet> rulesOf(const std::string& file)
{
    const reports::RuleSet& shipped = reports::RuleSet::shipped();
    return file.empty() ? Result<reports::RuleSet>(shipped) : shipped.withFile(file);
}

} // namespace hounsfield::cli
