#pragma once

#include "core/study/database.h"
#include "core/study/project.h"

#include <map>
#include <utility>

namespace hounsfield::study {

/// Everything that stands in a project now: (kind, id) → JSON.
using Entities = std::map<std::pair<std::string, std::string>, std::string>;

/// The state that a history leads to, and what can be undone and redone in it.
struct Chronicle {
    Entities entities;
    std::vector<std::pair<std::int64_t, std::string>> undoable, redoable; ///< step and what it was, newest last
    std::int64_t number = 0;                                              ///< of the last row
    std::int64_t step = 0;                                                ///< of the last row
    std::string seal;                                                     ///< of the last row; empty when there is none
    std::string lastTime;                                                 ///< of the last row

    /// Applies one row that follows the last one.
    void add(const HistoryRow& row, const std::string& rowSeal);
};

/// The seal of a row: a hash over the seal before it and all its fields, so that no flipped bit and no missing row in
/// a history stays unseen.
std::string sealOf(const std::string& sealBefore, const HistoryRow& row);

/// Columns of a query "SELECT number, step, who, at, what, kind, id, before, after, mode, refers, undoable, seal".
inline constexpr const char* historyColumns =
    "number, step, who, at, what, kind, id, before, after, mode, refers, undoable, seal";
HistoryRow historyRowOf(const Database::Row& row);

/// Writes one row and the state it leads to. Inside a transaction.
Result<void> writeRow(Database& database, const HistoryRow& row, const std::string& seal);

/// Reads all and proves it: SQLite's own check, the chain of seals, and that the state is what the history leads to.
/// Errors: BadInput with what does not fit; Environment.
Result<Chronicle> readProven(Database& database);

/// Adds rows that follow `chronicle` with right seals, as far as they can be read. Returns how many.
std::vector<std::pair<HistoryRow, std::string>> salvageRows(Database& damaged, Chronicle& chronicle);

} // namespace hounsfield::study
