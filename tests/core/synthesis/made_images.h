#pragma once

#include <QtTest>

#include "core/base/random.h"
#include "core/image/synthetic_mark.h"
#include "core/learning/project_labels.h"
#include "core/learning/synthetic_cases.h"
#include "core/synthesis/synthetic_export.h"
#include "core/synthesis/synthetic_folder.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hounsfield::synthesis {

inline const std::string generatorHash = "0123456789abcdef0123456789abcdef";

/// Noise, lighter in the class "square"; the same for the same seed.
template <typename Scalar>
image::Raster<Scalar> noise(std::uint64_t seed, bool isLight, std::int64_t side = 28, int channels = 1)
{
    image::Raster<Scalar> raster(side, side, channels);
    Random random(seed, "made");
    for (Scalar& value : raster.pixels)
        value = static_cast<Scalar>(random.below(100) + (isLight ? 150 : 20));
    return raster;
}

template <typename Scalar> SyntheticImage made(std::uint64_t number, std::int64_t side = 28, int channels = 1)
{
    const bool isLight = number % 2 == 0;
    return {noise<Scalar>(900000 + number, isLight, side, channels), isLight ? "square" : "none"};
}

inline SyntheticJob jobOf(const std::filesystem::path& folder, std::int64_t count)
{
    SyntheticJob job;
    job.folder = folder;
    job.provenance.generator = generatorHash;
    job.provenance.images = count;
    job.make = [](std::int64_t first, std::int64_t wanted, const Monitor&) -> Result<std::vector<SyntheticImage>> {
        std::vector<SyntheticImage> images;
        for (std::int64_t i = first; i < first + wanted; ++i)
            images.push_back(made<std::uint8_t>(static_cast<std::uint64_t>(i)));
        return images;
    };
    return job;
}

/// Real pictures class/file.png; `prefix` may name a split ("train/").
inline bool writeReal(const std::filesystem::path& folder, const std::string& prefix, int each, std::uint64_t seed = 0)
{
    for (int i = 0; i < 2 * each; ++i) {
        const auto file = folder / (prefix + (i % 2 ? "none" : "square")) / ("r" + std::to_string(i) + ".png");
        const auto png = image::encodePng(noise<std::uint8_t>(seed + static_cast<std::uint64_t>(i), i % 2 == 0));
        if (!png || !makeFolder(file.parent_path()) || !writeAtomically(file, std::span<const std::byte>(*png)))
            return false;
    }
    return true;
}

inline constexpr int realEach = 20, madeCount = 30;

inline files::ReaderPool& pool()
{
    static files::ReaderPool readers(2);
    return readers;
}

inline Result<learning::DataSet> opened(learning::DataRequest request, const std::filesystem::path& labels = {})
{
    return learning::openDataSet(pool(), TRY(learning::withLabels(std::move(request), labels)), {});
}

inline std::string sentence(const Result<learning::DataSet>& result)
{
    return result ? std::string() : english(result.error());
}

inline std::int64_t countOf(const learning::DataSet& data, learning::Warning::Kind kind)
{
    return std::ranges::count_if(data.warnings, [&](const learning::Warning& warning) { return warning.kind == kind; });
}

inline std::int64_t syntheticIn(const learning::DataSet& data)
{
    return std::ranges::count_if(data.cases, &learning::Case::isSynthetic);
}

/// Fails when a synthetic image is not known as one (files "r…" are real) or a split would score it.
inline void checkThatNoneIsScored(const learning::DataSet& data, std::int64_t synthetic)
{
    QCOMPARE(syntheticIn(data), synthetic);
    for (const learning::Case& one : data.cases) {
        const std::string file =
            std::filesystem::path(one.source.entry.empty() ? one.source.path.string() : one.source.entry).filename();
        QCOMPARE(one.isSynthetic, !file.starts_with("r"));
    }
    for (const std::uint64_t seed : {1, 2, 3}) {
        const learning::Split split =
            learning::makeSplit(data.cases, static_cast<int>(data.classes.size()), {seed, 0.2, 0.3});
        for (std::size_t i = 0; i < data.cases.size(); ++i)
            QVERIFY(!data.cases[i].isSynthetic || split.parts[i] == learning::Part::Train);
        if (!data.hasOwnTest)
            QCOMPARE(split.count(learning::Part::Test),
                std::lround(0.3 * static_cast<double>(std::ssize(data.cases) - synthetic)));
    }
}

/// Copies what was exported to where real images are, without provenance, under names that say nothing.
inline void mixIn(const std::filesystem::path& exported, const std::filesystem::path& folder)
{
    int number = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator(exported)) {
        if (!file.is_regular_file() || file.path().filename() == learning::provenanceFile)
            continue;
        const std::string name = file.path().filename().string();
        const std::string plain = "x" + std::to_string(number++) + name.substr(name.find('.', name.find('.') + 1));
        const std::filesystem::path to = folder / file.path().parent_path().filename() / plain;
        std::filesystem::create_directories(to.parent_path());
        std::filesystem::copy_file(file.path(), to);
    }
}

} // namespace hounsfield::synthesis
