#pragma once

#include <span>
#include <string_view>

namespace hounsfield::reports {

/// A table of resources/lexicons, put into the library by the build.
struct LexiconTable {
    std::string_view name;
    std::string_view bytes;
};

std::span<const LexiconTable> lexiconTables();

} // namespace hounsfield::reports
