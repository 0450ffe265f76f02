#include "core/study/database.h"

#include <sqlite3.h>

#include <fcntl.h>
#include <unistd.h>

namespace hounsfield::study {

struct Database::State {
    sqlite3* handle = nullptr;
    std::string file;

    ~State() { sqlite3_close_v2(handle); }
};

namespace {

struct Finalizer {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Statement = std::unique_ptr<sqlite3_stmt, Finalizer>;

tl::unexpected<Error> problemOf(int code, const std::string& message, const std::string& file)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
        return environment(text("study", "The disk is full; this was not saved."), file,
            text("study", "Free at least 1 MB and do it again; everything saved before is safe."));
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
    case SQLITE_AUTH:
        return environment(text("study", "The project cannot be written: %1.").with(message), file,
            text("study", "Change the permissions of its folder, or open a project elsewhere."));
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_INTERRUPT:
        return environment(text("study", "The project's disk failed; this was not saved: %1.").with(message), file,
            text("study", "See that the disk is there and has space, and do it again."));
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return environment(text("study", "Another program is using the project's file."), file,
            text("study", "Close it and do it again."));
    default:
        return badInput(text("study", "The project's file is damaged: %1.").with(message), file);
    }
}

void bind(sqlite3_stmt* statement, int position, const Database::Value& value)
{
    if (const auto* number = std::get_if<std::int64_t>(&value))
        sqlite3_bind_int64(statement, position, *number);
    else if (const auto* words = std::get_if<std::string>(&value))
        sqlite3_bind_text64(statement, position, words->data(), words->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    else
        sqlite3_bind_null(statement, position);
}

Database::Value columnOf(sqlite3_stmt* statement, int column)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        return static_cast<std::int64_t>(sqlite3_column_int64(statement, column));
    case SQLITE_NULL:
        return {};
    default: {
        const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
        return bytes ? std::string(bytes, size) : std::string();
    }
    }
}

bool syncs(const std::filesystem::path& path, int flags)
{
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool isSynced = ::fsync(descriptor) == 0;
    ::close(descriptor);
    return isSynced;
}

} // namespace

Database::Database(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::filesystem::path& file, Access access)
{
    auto state = std::make_unique<State>();
    state->file = file.string();
    const int flags = access == Access::ReadOnly    ? SQLITE_OPEN_READONLY
                      : access == Access::ReadWrite ? SQLITE_OPEN_READWRITE
                                                    : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    const int code = sqlite3_open_v2(file.c_str(), &state->handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    if (code != SQLITE_OK)
        return problemOf(code, sqlite3_errstr(code), state->file);
    sqlite3_extended_result_codes(state->handle, 1);
    sqlite3_db_config(state->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(state->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_busy_timeout(state->handle, 2000);
    Database database(std::move(state));
    TRY(database.run("PRAGMA cell_size_check = ON; PRAGMA synchronous = FULL"));
    // A journal that is cut to nothing is synced at the commit; a deleted one would need its folder synced as well.
    if (access != Access::ReadOnly)
        TRY(database.run("PRAGMA journal_mode = TRUNCATE"));
    return database;
}

Result<Database> Database::inMemory()
{
    return open(":memory:", Access::Create);
}

Result<void> Database::run(const std::string& statements)
{
    const int code = sqlite3_exec(m_state->handle, statements.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return problemOf(code, sqlite3_errmsg(m_state->handle), m_state->file);
    return {};
}

Result<void> Database::change(const std::string& statement, const Row& values)
{
    return each(statement, values, [](const Row&) {});
}

Result<void> Database::each(const std::string& query, const Row& values, const std::function<void(const Row&)>& take)
{
    sqlite3_stmt* raw = nullptr;
    int code = sqlite3_prepare_v2(m_state->handle, query.c_str(), -1, &raw, nullptr);
    const Statement statement(raw);
    if (code != SQLITE_OK)
        return problemOf(code, sqlite3_errmsg(m_state->handle), m_state->file);
    for (std::size_t i = 0; i < values.size(); ++i)
        bind(raw, static_cast<int>(i) + 1, values[i]);
    Row row(static_cast<std::size_t>(sqlite3_column_count(raw)));
    while ((code = sqlite3_step(raw)) == SQLITE_ROW) {
        for (std::size_t c = 0; c < row.size(); ++c)
            row[c] = columnOf(raw, static_cast<int>(c));
        take(row);
    }
    if (code != SQLITE_DONE)
        return problemOf(code, sqlite3_errmsg(m_state->handle), m_state->file);
    return {};
}

Result<std::vector<Database::Row>> Database::rows(const std::string& query, const Row& values)
{
    std::vector<Row> all;
    TRY(each(query, values, [&](const Row& row) { all.push_back(row); }));
    return all;
}

Result<void> Database::inTransaction(const std::function<Result<void>()>& body)
{
    TRY(run("BEGIN IMMEDIATE"));
    Result<void> done = body();
    if (done)
        done = run("COMMIT");
    // Some failures have rolled back by themselves already.
    if (!done && sqlite3_get_autocommit(m_state->handle) == 0)
        sqlite3_exec(m_state->handle, "ROLLBACK", nullptr, nullptr, nullptr);
    return done;
}

Result<void> Database::copyTo(const std::filesystem::path& file)
{
    const std::filesystem::path beside = file.string() + ".part";
    std::error_code ignored;
    std::filesystem::remove(beside, ignored);
    std::filesystem::remove(beside.string() + "-journal", ignored);
    {
        Database copy = TRY(open(beside, Access::Create));
        sqlite3_backup* backup = sqlite3_backup_init(copy.m_state->handle, "main", m_state->handle, "main");
        if (backup)
            sqlite3_backup_step(backup, -1);
        const int code = backup ? sqlite3_backup_finish(backup) : sqlite3_errcode(copy.m_state->handle);
        if (code != SQLITE_OK)
            return problemOf(code, sqlite3_errmsg(copy.m_state->handle), beside.string());
    }
    std::filesystem::remove(beside.string() + "-journal", ignored);
    std::error_code problem;
    const bool isSynced = syncs(beside, O_RDONLY);
    if (isSynced)
        std::filesystem::rename(beside, file, problem);
    if (!isSynced || problem)
        return environment(text("study", "The copy of the project cannot be written."), file.string(),
            text("study", "See that the disk is there and has space."));
    syncs(file.parent_path(), O_RDONLY | O_DIRECTORY);
    return {};
}

std::int64_t integerOf(const Database::Value& value)
{
    const auto* number = std::get_if<std::int64_t>(&value);
    return number ? *number : 0;
}

std::string wordsOf(const Database::Value& value)
{
    const auto* words = std::get_if<std::string>(&value);
    return words ? *words : std::string();
}

} // namespace hounsfield::study
