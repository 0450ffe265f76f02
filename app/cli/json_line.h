#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace hounsfield::cli {

/// One line. File names may be any bytes and JSON is UTF-8: bytes that are none become U+FFFD.
template <typename Json> std::string lineOf(const Json& json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace hounsfield::cli
