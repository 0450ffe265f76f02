#pragma once

#include "core/study/database.h"

#include <span>

namespace hounsfield::study {

/// One step of the schema: what makes version `version` from the one before. Version 1 is made from an empty file.
struct Migration {
    int version;
    const char* statements;
};

/// All of them, in order. A new version is one row more; rows are never changed.
std::span<const Migration> schema();

/// What the file says of itself.
struct SchemaVersion {
    std::int64_t application = 0;
    std::int64_t version = 0; ///< 0: an empty file
};
Result<SchemaVersion> schemaVersionOf(Database& database);

/// Brings the database from its version to the newest of `migrations`, in one transaction.
Result<void> migrate(Database& database, std::int64_t from, std::span<const Migration> migrations);

/// Fails with BadInput when tables and triggers are not those that the migrations up to `version` make.
Result<void> checkTables(Database& database, std::int64_t version, std::span<const Migration> migrations);

/// What SQLite keeps in the file's header to tell whose it is: "Houn".
inline constexpr std::int64_t applicationId = 0x486f756e;

} // namespace hounsfield::study
