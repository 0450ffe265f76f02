#pragma once

#include "core/base/text.h"

#include <tl/expected.hpp>

#include <string>
#include <utility>

namespace hounsfield {

/// What went wrong, told so that a person can do something about it: what, where, what to do.
struct Error {
    enum class Kind { BadInput, Unsupported, Environment, Cancelled };
    Kind kind = Kind::BadInput;
    Text what;         ///< what happened
    std::string where; ///< file, node, row or tag; empty when there is no place
    Text advice;       ///< what the person can do; empty when nothing
};

/// The value, or why there is none. For failures of input and surroundings; our own mistakes are assertions.
template <typename T> using Result = tl::expected<T, Error>;

/// One English line: "where: what advice".
std::string english(const Error& error);

inline tl::unexpected<Error> badInput(Text what, std::string where = {}, Text advice = {})
{
    return tl::unexpected(Error{Error::Kind::BadInput, std::move(what), std::move(where), std::move(advice)});
}
inline tl::unexpected<Error> unsupported(Text what, std::string where = {}, Text advice = {})
{
    return tl::unexpected(Error{Error::Kind::Unsupported, std::move(what), std::move(where), std::move(advice)});
}
inline tl::unexpected<Error> environment(Text what, std::string where = {}, Text advice = {})
{
    return tl::unexpected(Error{Error::Kind::Environment, std::move(what), std::move(where), std::move(advice)});
}
inline tl::unexpected<Error> cancelled()
{
    return tl::unexpected(Error{Error::Kind::Cancelled, text("base", "Stopped."), {}, {}});
}

namespace detail {
template <typename T> T take(Result<T>&& result)
{
    return std::move(*result);
}
inline void take(Result<void>&&) {}
} // namespace detail

} // namespace hounsfield

/// The value of a Result, or return its error from the enclosing function. The only macro of the project.
#define TRY(...)                                                                                                       \
    __extension__({                                                                                                    \
        auto tryResult = (__VA_ARGS__);                                                                                \
        if (!tryResult)                                                                                                \
            return tl::unexpected(std::move(tryResult).error());                                                       \
        ::hounsfield::detail::take(std::move(tryResult));                                                              \
    })
