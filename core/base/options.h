#pragma once

#include "core/base/result.h"

#include <map>
#include <string>
#include <vector>

namespace hounsfield {

/// One option of a job. The command line, the form in the window and run.json are made from tables of these, so that
/// they never disagree.
struct Option {
    enum class Kind { Flag, Integer, Number, Words, Path, Choice };
    std::string name; ///< as on the command line without dashes: "epochs"
    Kind kind = Kind::Words;
    std::string fallback;  ///< value when not given; empty means "not given"
    Text help;             ///< one sentence
    double least = -1e300; ///< smallest and largest allowed Integer or Number
    double most = 1e300;
    std::vector<std::string> choices; ///< of a Choice
    bool isRequired = false;
    bool isList = false; ///< may be given several times; the values are joined by line feeds
};

/// Values of options by name, checked against a table.
class OptionValues {
  public:
    OptionValues() = default;

    /// Fills in the fallbacks, checks kinds and ranges. Errors: BadInput naming the option, the value and what is
    /// allowed.
    static Result<OptionValues> checked(const std::vector<Option>& table, std::map<std::string, std::string> given);

    bool has(const std::string& name) const; ///< given, or with a fallback
    bool flag(const std::string& name) const;
    std::int64_t integer(const std::string& name) const;
    double number(const std::string& name) const;
    std::string words(const std::string& name) const;             ///< empty when not given
    std::vector<std::string> list(const std::string& name) const; ///< of one that may be given several times
    const std::map<std::string, std::string>& all() const { return m_values; }

  private:
    std::map<std::string, std::string> m_values;
};

} // namespace hounsfield
