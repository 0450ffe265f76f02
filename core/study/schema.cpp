#include "core/study/schema.h"

namespace hounsfield::study {

namespace {

// clang-format off
constexpr Migration migrations[] = {
    {1, R"(
CREATE TABLE entity (
    kind TEXT NOT NULL, id TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (kind, id)) WITHOUT ROWID;
CREATE TABLE history (
    number INTEGER PRIMARY KEY, step INTEGER NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL, what TEXT NOT NULL,
    kind TEXT NOT NULL, id TEXT NOT NULL, before TEXT, after TEXT,
    mode INTEGER NOT NULL, refers INTEGER NOT NULL, undoable INTEGER NOT NULL, seal TEXT NOT NULL);
CREATE INDEX history_step ON history (step);
CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL, number INTEGER NOT NULL, seal TEXT NOT NULL);
INSERT INTO head VALUES (1, 1, 0, '');
CREATE TRIGGER history_is_not_changed BEFORE UPDATE ON history
    BEGIN SELECT RAISE(ABORT, 'history is only added to'); END;
CREATE TRIGGER history_is_not_shortened BEFORE DELETE ON history
    BEGIN SELECT RAISE(ABORT, 'history is only added to'); END;
)"},
};
// clang-format on

Result<std::string> tablesOf(Database& database)
{
    std::string all;
    TRY(database.each(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name", {}, [&](const Database::Row& row) {
            for (const Database::Value& value : row)
                all += wordsOf(value) + '\n';
        }));
    return all;
}

} // namespace

std::span<const Migration> schema()
{
    return migrations;
}

Result<SchemaVersion> schemaVersionOf(Database& database)
{
    const auto application = TRY(database.rows("PRAGMA application_id"));
    const auto version = TRY(database.rows("PRAGMA user_version"));
    if (application.empty() || version.empty())
        return badInput(text("study", "The project's file says nothing of its version."));
    return SchemaVersion{integerOf(application[0][0]), integerOf(version[0][0])};
}

Result<void> migrate(Database& database, std::int64_t from, std::span<const Migration> all)
{
    return database.inTransaction([&]() -> Result<void> {
        std::int64_t version = from;
        for (const Migration& migration : all)
            if (migration.version > from) {
                TRY(database.run(migration.statements));
                version = migration.version;
            }
        TRY(database.change("UPDATE head SET version = ?", {version}));
        TRY(database.run("PRAGMA application_id = " + std::to_string(applicationId)));
        return database.run("PRAGMA user_version = " + std::to_string(version));
    });
}

Result<void> checkTables(Database& database, std::int64_t version, std::span<const Migration> all)
{
    Database model = TRY(Database::inMemory());
    for (const Migration& migration : all)
        if (migration.version <= version)
            TRY(model.run(migration.statements));
    if (TRY(tablesOf(model)) != TRY(tablesOf(database)))
        return badInput(text("study", "The project's tables are not as they were made."));
    return {};
}

} // namespace hounsfield::study
