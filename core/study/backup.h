#pragma once

#include "core/study/history.h"
#include "core/study/schema.h"

#include <filesystem>

namespace hounsfield::study {

/// The files of a project's folder.
struct ProjectFiles {
    std::filesystem::path folder;

    std::filesystem::path database() const { return folder / "project.db"; }
    std::filesystem::path lock() const { return folder / "project.lock"; }
    std::filesystem::path backups() const { return folder / "backups"; }
    std::filesystem::path backup(int generation) const; ///< 1 is the newest
    std::filesystem::path runs() const { return folder / "runs"; }
    std::filesystem::path damaged() const { return folder / "damaged"; }
};
inline constexpr int backupGenerations = 3;

/// A sound, open database and what stands in it.
struct Opened {
    Database database;
    Chronicle chronicle;
    OpeningNotes notes;
    bool isFromBackup = false;
};

/// Makes the database of a new project: whole under its name, or not at all.
Result<void> makeDatabase(const ProjectFiles& files, std::span<const Migration> migrations);

/// Opens project.db and proves it; migrates an older schema after a copy. Errors: BadInput damaged, Unsupported newer.
Result<Opened> openSound(const ProjectFiles& files, std::span<const Migration> migrations);

/// Puts the newest sound backup in the place of a damaged or missing project.db, adds what can be read from it, and
/// keeps the damaged file under damaged/. Errors: BadInput when nothing is sound; then nothing was changed.
Result<OpeningNotes> restore(const ProjectFiles& files, std::span<const Migration> migrations, const Error& damage);

/// Keeps a copy as backup 1 and moves the older ones on, unless backup 1 holds the same already.
Result<void> keepBackup(const ProjectFiles& files, Opened& opened, std::span<const Migration> migrations);

} // namespace hounsfield::study
