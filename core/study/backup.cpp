#include "core/study/backup.h"

#include "core/base/atomic_file.h"

#include <fcntl.h>
#include <fstream>
#include <unistd.h>

namespace hounsfield::study {

namespace {

namespace fs = std::filesystem;

/// The header says "SQLite" and a rollback journal; SQLite itself would take an empty file for a new database and a
/// flipped bit for another kind of journal.
Result<void> checkFirstBytes(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    char bytes[20] = {};
    stream.read(bytes, sizeof bytes);
    if (stream.gcount() != sizeof bytes || std::string(bytes, 15) != "SQLite format 3" || bytes[18] != 1
        || bytes[19] != 1)
        return badInput(text("study", "The project's file is damaged in its first bytes."), file.string());
    return {};
}

Result<Opened> proven(const fs::path& file, Database::Access access, std::span<const Migration> migrations)
{
    TRY(checkFirstBytes(file));
    Database database = TRY(Database::open(file, access));
    const SchemaVersion version = TRY(schemaVersionOf(database));
    const auto head = TRY(database.rows("SELECT version FROM head"));
    const std::int64_t said = head.size() == 1 ? integerOf(head[0][0]) : -1;
    if (version.application != applicationId || version.version != said)
        return badInput(text("study", "The project's file is damaged in its version."), file.string());
    if (version.version > migrations.back().version)
        return unsupported(text("study", "The project was made by a newer Hounsfield (schema %1; this one knows %2).")
                               .with(version.version, migrations.back().version),
            file.string(), text("study", "Open it with the newer version; nothing was changed."));
    TRY(checkTables(database, version.version, migrations));
    Chronicle chronicle = TRY(readProven(database));
    return Opened{std::move(database), std::move(chronicle), {}};
}

/// The newest sound backup's content in a file of its own, ready to be named project.db; or an empty project.
Result<Opened> startOfRestoring(
    const ProjectFiles& files, const fs::path& beside, std::span<const Migration> migrations)
{
    for (int generation = 1; generation <= backupGenerations; ++generation) {
        std::error_code problem;
        if (!fs::exists(files.backup(generation), problem))
            continue;
        auto backup = proven(files.backup(generation), Database::Access::ReadOnly, migrations);
        if (!backup)
            continue;
        TRY(backup->database.copyTo(beside));
        auto copy = proven(beside, Database::Access::ReadWrite, migrations);
        if (copy) {
            copy->isFromBackup = true;
            return copy;
        }
    }
    std::error_code ignored;
    fs::remove(beside, ignored);
    Database empty = TRY(Database::open(beside, Database::Access::Create));
    TRY(migrate(empty, 0, migrations));
    return Opened{std::move(empty), {}, {}};
}

std::vector<std::pair<HistoryRow, std::string>> salvaged(const fs::path& file, Chronicle& chronicle)
{
    auto damaged = Database::open(file, Database::Access::ReadOnly);
    return damaged ? salvageRows(*damaged, chronicle) : std::vector<std::pair<HistoryRow, std::string>>();
}

/// The number of the last change that the damaged file still names; 0 when it names none.
std::int64_t lastNamed(const fs::path& file)
{
    auto damaged = Database::open(file, Database::Access::ReadOnly);
    if (!damaged)
        return 0;
    std::int64_t last = 0;
    for (const char* query : {"SELECT number FROM head", "SELECT max(number) FROM history"})
        if (const auto rows = damaged->rows(query); rows && rows->size() == 1)
            last = std::max(last, integerOf((*rows)[0][0]));
    // A flipped bit may make a number of any size; what no person can have done is not believed.
    return last < 100'000'000 ? last : 0;
}

Text missingChanges(const Chronicle& chronicle, std::int64_t last)
{
    if (last > chronicle.number)
        return text("study", "Changes %1 to %2, made after %3, are missing.")
            .with(chronicle.number + 1, last, chronicle.lastTime);
    if (last == chronicle.number && last > 0)
        return text("study", "No change is missing: all %1 could be read.").with(last);
    return text("study", "Changes made after number %1 (%2) may be missing.")
        .with(chronicle.number, chronicle.lastTime.empty() ? "-" : chronicle.lastTime);
}

Result<void> putAside(const ProjectFiles& files)
{
    std::error_code problem;
    for (const char* ending : {"", "-journal"}) {
        const fs::path file = files.database().string() + ending;
        if (!fs::exists(file, problem))
            continue;
        TRY(makeFolder(files.damaged()));
        int n = 1;
        fs::path place;
        do
            place = files.damaged() / ("project-" + std::to_string(n++) + ".db" + ending);
        while (fs::exists(place, problem));
        fs::copy_file(file, place, problem);
        if (problem)
            return environment(text("study", "The damaged file cannot be kept: %1.").with(problem.message()),
                place.string(), text("study", "See that the disk has space; nothing was changed."));
    }
    return {};
}

} // namespace

fs::path ProjectFiles::backup(int generation) const
{
    return backups() / ("project-" + std::to_string(generation) + ".db");
}

Result<void> makeDatabase(const ProjectFiles& files, std::span<const Migration> migrations)
{
    Database fresh = TRY(Database::inMemory());
    TRY(migrate(fresh, 0, migrations));
    return fresh.copyTo(files.database());
}

Result<Opened> openSound(const ProjectFiles& files, std::span<const Migration> migrations)
{
    Opened opened = TRY(proven(files.database(), Database::Access::ReadWrite, migrations));
    const std::int64_t version = TRY(schemaVersionOf(opened.database)).version;
    if (version == migrations.back().version)
        return opened;
    TRY(makeFolder(files.backups()));
    const fs::path copy = files.backups() / ("before-schema-" + std::to_string(migrations.back().version) + ".db");
    TRY(opened.database.copyTo(copy));
    TRY(migrate(opened.database, version, migrations));
    opened.notes.sentences.push_back(
        text("study", "The project was brought to this version's form; a copy of the old one is %1.")
            .with(copy.string()));
    return opened;
}

Result<OpeningNotes> restore(const ProjectFiles& files, std::span<const Migration> migrations, const Error& damage)
{
    const fs::path beside = files.folder / "project.db.restored";
    std::error_code ignored;
    OpeningNotes notes;
    const bool wasThere = fs::exists(files.database(), ignored);
    {
        Opened start = TRY(startOfRestoring(files, beside, migrations));
        const auto rows =
            wasThere ? salvaged(files.database(), start.chronicle) : std::vector<std::pair<HistoryRow, std::string>>();
        if (start.chronicle.number == 0 && !start.isFromBackup)
            return badInput(text("study", "The project is damaged and has no sound backup: %1").with(damage.what),
                files.database().string(),
                text("study", "Copy an older project.db into the folder, or open another project."));
        TRY(start.database.inTransaction([&]() -> Result<void> {
            for (const auto& [row, seal] : rows)
                TRY(writeRow(start.database, row, seal));
            return {};
        }));
        notes.isRestored = true;
        notes.salvagedChanges = static_cast<std::int64_t>(rows.size());
        const std::int64_t last = wasThere ? lastNamed(files.database()) : 0;
        notes.sentences.push_back(
            wasThere ? text("study", "The project's file was damaged; it was opened from its newest sound backup.")
                     : text("study", "The project's file was missing; it was opened from its newest sound backup."));
        notes.sentences.push_back(missingChanges(start.chronicle, last));
    }
    TRY(proven(beside, Database::Access::ReadOnly, migrations));
    TRY(putAside(files));
    // A journal of the damaged file must not be played into the sound one.
    fs::remove(files.database().string() + "-journal", ignored);
    std::error_code problem;
    fs::rename(beside, files.database(), problem);
    fs::remove(beside.string() + "-journal", ignored);
    if (problem)
        return environment(text("study", "The restored project cannot be written: %1.").with(problem.message()),
            files.database().string(), text("study", "See that the disk is there and has space."));
    return notes;
}

Result<void> keepBackup(const ProjectFiles& files, Opened& opened, std::span<const Migration> migrations)
{
    TRY(makeFolder(files.backups()));
    const auto newest = proven(files.backup(1), Database::Access::ReadOnly, migrations);
    if (newest && newest->chronicle.seal == opened.chronicle.seal)
        return {};
    const fs::path fresh = files.backups() / "new.db";
    TRY(opened.database.copyTo(fresh));
    std::error_code problem;
    // A damaged copy makes room for the new one; it must not push a sound one out.
    for (int generation = backupGenerations; newest && generation > 1; --generation)
        if (fs::exists(files.backup(generation - 1), problem))
            fs::rename(files.backup(generation - 1), files.backup(generation), problem);
    fs::rename(fresh, files.backup(1), problem);
    if (problem)
        return environment(text("study", "The backup cannot be written: %1.").with(problem.message()),
            files.backup(1).string(), text("study", "See that the disk is there and has space."));
    return {};
}

} // namespace hounsfield::study
