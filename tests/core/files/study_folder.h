#pragma once

#include "core/files/scan.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdlib.h>
#include <string>

#include "tests/phantoms.h"

namespace hounsfield::files {

/// Whether one of the problems holds these words.
inline bool says(const std::vector<Text>& problems, const std::string& words)
{
    return std::ranges::any_of(
        problems, [&](const Text& problem) { return english(problem).find(words) != std::string::npos; });
}

/// All problems in one line, for messages of failing tests.
inline std::string allOf(const std::vector<Text>& problems)
{
    std::string all;
    for (const Text& problem : problems)
        all += english(problem) + " | ";
    return all;
}

/// A temporary folder into which phantoms are written, and what is seen of them after scan and opening.
class StudyFolder {
  public:
    StudyFolder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "hounsfield-XXXXXX").string();
        m_path = ::mkdtemp(name.data());
    }
    ~StudyFolder() { std::filesystem::remove_all(m_path); }
    StudyFolder(const StudyFolder&) = delete;
    StudyFolder& operator=(const StudyFolder&) = delete;

    const std::filesystem::path& path() const { return m_path; }

    std::filesystem::path write(const phantoms::DicomPicture& picture, const std::string& name = {})
    {
        const auto file = m_path / (name.empty() ? "picture" + std::to_string(m_written++) + ".dcm" : name);
        m_isWritten = phantoms::writeDicom(file, picture) && m_isWritten;
        return file;
    }
    std::filesystem::path write(const std::string& name, const std::string& bytes) const
    {
        std::ofstream(m_path / name, std::ios::binary) << bytes;
        return m_path / name;
    }

    Result<ScanResult> scanned(ReaderPool& readers) const
    {
        if (!m_isWritten)
            return badInput(text("tests", "A phantom could not be written."));
        return scan(readers, m_path, {});
    }

    /// The one series of the folder. Errors: also where there are several, or a file was rejected.
    Result<std::shared_ptr<const image::Volume>> opened(ReaderPool& readers) const
    {
        const auto found = TRY(scanned(readers));
        if (found.series.size() != 1 || !found.rejected.empty())
            return badInput(text("tests", "%1 series, %2 rejected: %3")
                                .with(found.series.size(), found.rejected.size(),
                                    found.rejected.empty() ? "" : english(found.rejected[0].reason)));
        return openSeries(readers, found.series[0], {});
    }

  private:
    std::filesystem::path m_path;
    int m_written = 0;
    bool m_isWritten = true;
};

} // namespace hounsfield::files
