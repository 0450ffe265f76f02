#include "core/study/history.h"

#include "core/base/hash.h"

namespace hounsfield::study {

namespace {

/// A field with its length before it, so that no two rows read alike.
void addField(std::string& all, const std::string& field)
{
    all += std::to_string(field.size()) + ':' + field;
}

void addField(std::string& all, const std::optional<std::string>& field)
{
    all += field ? '+' : '-';
    addField(all, field.value_or(std::string()));
}

std::optional<std::string> optionalOf(const Database::Value& value)
{
    if (const auto* words = std::get_if<std::string>(&value))
        return *words;
    return std::nullopt;
}

Database::Value valueOf(const std::optional<std::string>& words)
{
    return words ? Database::Value(*words) : Database::Value();
}

void move(std::vector<std::pair<std::int64_t, std::string>>& from,
    std::vector<std::pair<std::int64_t, std::string>>& to, std::int64_t step)
{
    if (!from.empty() && from.back().first == step) {
        to.push_back(from.back());
        from.pop_back();
    }
}

Result<void> checkState(Database& database, const Chronicle& chronicle)
{
    Entities stored;
    TRY(database.each("SELECT kind, id, value FROM entity", {}, [&](const Database::Row& row) {
        stored[{wordsOf(row[0]), wordsOf(row[1])}] = wordsOf(row[2]);
    }));
    if (stored != chronicle.entities)
        return badInput(text("study", "The project's state is not what its history leads to."));
    const auto head = TRY(database.rows("SELECT number, seal FROM head"));
    if (head.size() != 1 || integerOf(head[0][0]) != chronicle.number || wordsOf(head[0][1]) != chronicle.seal)
        return badInput(text("study", "The project's history does not end where it was written last."));
    return {};
}

} // namespace

void Chronicle::add(const HistoryRow& row, const std::string& rowSeal)
{
    if (row.after)
        entities[{row.entity, row.id}] = *row.after;
    else
        entities.erase({row.entity, row.id});
    number = row.number;
    step = row.step;
    seal = rowSeal;
    lastTime = row.when;
    if (!row.isUndoable)
        return;
    if (row.mode == HistoryRow::Mode::Undone)
        move(undoable, redoable, row.refersTo);
    else if (row.mode == HistoryRow::Mode::Redone)
        move(redoable, undoable, row.refersTo);
    else if (undoable.empty() || undoable.back().first != step) {
        undoable.emplace_back(row.step, row.what);
        redoable.clear();
    }
}

std::string sealOf(const std::string& sealBefore, const HistoryRow& row)
{
    std::string all;
    addField(all, sealBefore);
    for (const std::int64_t number : {row.number, row.step, static_cast<std::int64_t>(row.mode), row.refersTo,
             static_cast<std::int64_t>(row.isUndoable)})
        addField(all, std::to_string(number));
    for (const std::string* field : {&row.who, &row.when, &row.what, &row.entity, &row.id})
        addField(all, *field);
    addField(all, row.before);
    addField(all, row.after);
    return hashOf(all);
}

HistoryRow historyRowOf(const Database::Row& row)
{
    HistoryRow read;
    read.number = integerOf(row[0]);
    read.step = integerOf(row[1]);
    read.who = wordsOf(row[2]);
    read.when = wordsOf(row[3]);
    read.what = wordsOf(row[4]);
    read.entity = wordsOf(row[5]);
    read.id = wordsOf(row[6]);
    read.before = optionalOf(row[7]);
    read.after = optionalOf(row[8]);
    read.mode = static_cast<HistoryRow::Mode>(integerOf(row[9]) % 3);
    read.refersTo = integerOf(row[10]);
    read.isUndoable = integerOf(row[11]) != 0;
    return read;
}

Result<void> writeRow(Database& database, const HistoryRow& row, const std::string& seal)
{
    TRY(database.change("INSERT INTO history (" + std::string(historyColumns) + ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        {row.number, row.step, row.who, row.when, row.what, row.entity, row.id, valueOf(row.before), valueOf(row.after),
            static_cast<std::int64_t>(row.mode), row.refersTo, static_cast<std::int64_t>(row.isUndoable), seal}));
    if (row.after)
        TRY(database.change("INSERT OR REPLACE INTO entity VALUES (?,?,?)", {row.entity, row.id, *row.after}));
    else
        TRY(database.change("DELETE FROM entity WHERE kind = ? AND id = ?", {row.entity, row.id}));
    return database.change("UPDATE head SET number = ?, seal = ?", {row.number, seal});
}

Result<Chronicle> readProven(Database& database)
{
    const auto check = TRY(database.rows("PRAGMA integrity_check(1)"));
    if (check.size() != 1 || wordsOf(check[0][0]) != "ok")
        return badInput(text("study", "The project's file is damaged: %1.")
                            .with(check.empty() ? std::string() : wordsOf(check[0][0])));
    Chronicle chronicle;
    std::int64_t wrong = 0;
    TRY(database.each("SELECT " + std::string(historyColumns) + " FROM history ORDER BY number", {},
        [&](const Database::Row& stored) {
            const HistoryRow row = historyRowOf(stored);
            const std::string seal = sealOf(chronicle.seal, row);
            if (wrong == 0 && (row.number != chronicle.number + 1 || seal != wordsOf(stored[12])))
                wrong = chronicle.number + 1;
            if (wrong == 0)
                chronicle.add(row, seal);
        }));
    if (wrong != 0)
        return badInput(text("study", "Change %1 of the project's history is damaged.").with(wrong));
    TRY(checkState(database, chronicle));
    return chronicle;
}

std::vector<std::pair<HistoryRow, std::string>> salvageRows(Database& damaged, Chronicle& chronicle)
{
    std::vector<std::pair<HistoryRow, std::string>> saved;
    bool isBroken = false;
    const auto end =
        damaged.each("SELECT " + std::string(historyColumns) + " FROM history WHERE number > ? ORDER BY number",
            {chronicle.number}, [&](const Database::Row& stored) {
                const HistoryRow row = historyRowOf(stored);
                const std::string seal = sealOf(chronicle.seal, row);
                isBroken = isBroken || row.number != chronicle.number + 1 || seal != wordsOf(stored[12]);
                if (isBroken)
                    return;
                chronicle.add(row, seal);
                saved.emplace_back(row, seal);
            });
    static_cast<void>(end.has_value()); // where reading ends early, what was read and proven counts
    return saved;
}

} // namespace hounsfield::study
