#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace hounsfield::study {

/// One open SQLite file. Errors of every call: BadInput when the file is damaged or no database, Environment when disk,
/// permission or another program is in the way.
class Database {
  public:
    using Value = std::variant<std::monostate, std::int64_t, std::string>;
    using Row = std::vector<Value>;
    enum class Access { ReadOnly, ReadWrite, Create };

    static Result<Database> open(const std::filesystem::path& file, Access access);
    static Result<Database> inMemory();
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    /// Runs statements without values.
    Result<void> run(const std::string& statements);
    /// Runs one statement with values for its question marks.
    Result<void> change(const std::string& statement, const Row& values);
    /// Hands over the rows one by one; those before an error have been handed over.
    Result<void> each(const std::string& query, const Row& values, const std::function<void(const Row&)>& take);
    Result<std::vector<Row>> rows(const std::string& query, const Row& values = {});
    /// The body between BEGIN and COMMIT; rolled back when it fails.
    Result<void> inTransaction(const std::function<Result<void>()>& body);
    /// A copy by SQLite's backup; written whole, synced, then given its name.
    Result<void> copyTo(const std::filesystem::path& file);

  private:
    struct State;
    explicit Database(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

std::int64_t integerOf(const Database::Value& value); ///< 0 when it is none
std::string wordsOf(const Database::Value& value);    ///< empty when it is none

} // namespace hounsfield::study
