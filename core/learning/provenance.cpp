#include "core/learning/provenance.h"

#include "core/base/atomic_file.h"
#include "core/base/hash.h"

#include <nlohmann/json.hpp>

namespace hounsfield::learning {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* kind = "hounsfield-synthetic";
constexpr std::int64_t mostBytes = std::int64_t{64} << 20;

/// One that names our kind but cannot be understood still says that the images are synthetic.
std::shared_ptr<const Provenance> understood(const Result<std::string>& bytes, const std::string& where)
{
    if (!bytes)
        return nullptr;
    if (auto provenance = provenanceFrom(*bytes, where))
        return std::make_shared<const Provenance>(std::move(*provenance));
    return bytes->find(kind) != std::string::npos ? std::make_shared<const Provenance>() : nullptr;
}

std::string folderOf(const std::string& entry)
{
    const std::size_t slash = entry.rfind('/');
    return slash == std::string::npos ? std::string() : entry.substr(0, slash + 1);
}

} // namespace

std::string patientKey(const std::string& patient)
{
    return hashOf("patient\n" + patient);
}

std::string jsonOf(const Provenance& provenance)
{
    Json object{{"kind", kind}, {"generator", provenance.generator}, {"split", provenance.split},
        {"seed", provenance.seed}, {"images", provenance.images}};
    if (provenance.knowsWhatWasSeen())
        object["seen"] = {{"pixels", provenance.seenPixels}, {"patients", provenance.seenPatients}};
    return object.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<Provenance> provenanceFrom(std::string_view json, const std::string& where)
{
    const auto refused = [&] {
        return badInput(text("learning", "This is no provenance of synthetic images."), where,
            text("learning", "Make the images anew; their folder then says where they come from."));
    };
    try {
        const Json object = Json::parse(json);
        if (!object.is_object() || object.value("kind", "") != kind)
            return refused();
        Provenance provenance;
        provenance.generator = object.value("generator", "");
        provenance.split = object.value("split", "");
        provenance.seed = object.value("seed", std::uint64_t{0});
        provenance.images = object.value("images", std::int64_t{0});
        if (object.contains("seen")) {
            object.at("seen").at("pixels").get_to(provenance.seenPixels);
            object.at("seen").at("patients").get_to(provenance.seenPatients);
        }
        return provenance;
    } catch (const std::exception&) {
        return refused();
    }
}

ProvenanceFinder::Found ProvenanceFinder::of(const files::Source& source)
{
    if (source.entry.empty())
        return above(source.path);
    const auto [outside, isNew] = m_outside.try_emplace(source.path);
    if (isNew)
        outside->second = above(source.path);
    return outside->second ? outside->second : inArchive(source);
}

ProvenanceFinder::Found ProvenanceFinder::above(const fs::path& file)
{
    std::error_code ignored;
    const fs::path given = fs::absolute(file, ignored);
    if (Found found = inFolder(given.parent_path()))
        return found;
    const fs::path real = fs::weakly_canonical(given, ignored);
    return real.empty() ? nullptr : inFolder(real.parent_path());
}

ProvenanceFinder::Found ProvenanceFinder::inFolder(const fs::path& folder)
{
    if (const auto known = m_folders.find(folder); known != m_folders.end())
        return known->second;
    std::error_code ignored;
    const fs::path file = folder / provenanceFile;
    Found found;
    if (fs::is_regular_file(file, ignored))
        found = understood(readFile(file, mostBytes), file.string());
    if (!found && folder.has_parent_path() && folder.parent_path() != folder)
        found = inFolder(folder.parent_path());
    return m_folders[folder] = found;
}

ProvenanceFinder::Found ProvenanceFinder::inArchive(const files::Source& source)
{
    const auto [place, isNew] = m_archives.try_emplace(source.path);
    auto& folders = place->second;
    const auto names = isNew ? m_readers.listArchive(source.path) : std::vector<std::string>();
    for (const std::string& name : names.value_or(std::vector<std::string>()))
        if (name.substr(folderOf(name).size()) == provenanceFile)
            folders[folderOf(name)] = understood(m_readers.readEntry({source.path, name}, mostBytes), name);
    for (std::string folder = folderOf(source.entry);; folder = folderOf(folder.substr(0, folder.size() - 1))) {
        if (const auto found = folders.find(folder); found != folders.end() && found->second)
            return found->second;
        if (folder.empty())
            return nullptr;
    }
}

} // namespace hounsfield::learning
