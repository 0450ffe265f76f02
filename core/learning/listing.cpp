#include "core/learning/listing.h"

#include "core/base/atomic_file.h"
#include "core/base/csv.h"
#include "core/base/parallel.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>

namespace hounsfield::learning {

namespace {

namespace fs = std::filesystem;

std::string lower(std::string words)
{
    std::ranges::transform(words, words.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return words;
}

std::vector<std::string> stepsOf(const std::string& name)
{
    std::vector<std::string> steps;
    std::size_t begin = 0;
    while (begin <= name.size()) {
        const std::size_t end = std::min(name.find('/', begin), name.size());
        if (end > begin)
            steps.push_back(name.substr(begin, end - begin));
        begin = end + 1;
    }
    return steps;
}

/// Tables, texts and what systems leave behind are no images and not worth a word.
bool isBeside(const std::string& name)
{
    static constexpr std::array<std::string_view, 16> endings{".csv", ".tsv", ".txt", ".md", ".json", ".jsonl", ".html",
        ".htm", ".xml", ".pdf", ".py", ".npz", ".db", ".ini", ".onnx", ".log"};
    for (const std::string& step : stepsOf(name))
        if (step.front() == '.' || step == "__MACOSX")
            return true;
    const std::string small = lower(name);
    return std::ranges::any_of(endings, [&](std::string_view ending) { return small.ends_with(ending); });
}

bool isTable(const std::string& name)
{
    return lower(name).ends_with(".csv");
}

/// Names of all files, sorted, below a folder or in an archive.
Result<std::vector<std::string>> namesIn(files::ReaderPool& readers, const fs::path& place, const Monitor& monitor)
{
    std::vector<std::string> names;
    if (!fs::is_directory(place)) {
        names = TRY(readers.listArchive(place, monitor));
        std::ranges::sort(names);
        return names;
    }
    std::error_code problem;
    fs::recursive_directory_iterator files(place, fs::directory_options::skip_permission_denied, problem);
    for (; !problem && files != fs::recursive_directory_iterator(); files.increment(problem)) {
        if (monitor.stopRequested())
            return cancelled();
        std::error_code ignored;
        if (files->is_regular_file(ignored))
            names.push_back(files->path().lexically_relative(place).generic_string());
    }
    if (problem)
        return environment(text("learning", "The folder cannot be read: %1.").with(problem.message()), place.string());
    std::ranges::sort(names);
    return names;
}

/// How many leading folders all names have in common that say nothing: neither a class among several nor a split.
std::size_t emptySteps(const std::vector<std::vector<std::string>>& paths)
{
    std::size_t depth = 0;
    for (;; ++depth) {
        std::string first;
        for (const auto& steps : paths) {
            if (steps.size() < depth + 3)
                return depth;
            if (first.empty())
                first = steps[depth];
            if (steps[depth] != first || partFromWord(first))
                return depth;
        }
        if (paths.empty())
            return 0;
    }
}

/// Classes by folders: class/…/file or split/class/…/file.
void labelByFolders(std::vector<Candidate>& candidates)
{
    std::vector<std::vector<std::string>> paths;
    for (const Candidate& candidate : candidates)
        paths.push_back(stepsOf(candidate.name));
    const std::size_t skipped = emptySteps(paths);
    // A folder called "test" is a split only where classes lie below it.
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const auto& steps = paths[i];
        if (steps.size() < skipped + 2)
            continue;
        const auto part = partFromWord(steps[skipped]);
        if (part && steps.size() >= skipped + 3) {
            candidates[i].part = part;
            candidates[i].className = steps[skipped + 1];
        } else {
            candidates[i].className = steps[skipped];
        }
    }
}

/// A table of labels with the columns it was found to have.
struct Table {
    Csv csv;
    std::string where;
    std::optional<std::size_t> file, label, split, patient, study;
    bool isByHeader = false; ///< rows name patients or studies, not files

    std::string cell(std::size_t row, std::optional<std::size_t> column) const
    {
        return column ? csv.rows[row][*column] : std::string();
    }
};

Result<Table> tableOf(const std::string& bytes, const std::string& where)
{
    Table table{TRY(parseCsv(bytes, where)), where, {}, {}, {}, {}, {}};
    const auto find = [&](std::initializer_list<const char*> names) -> std::optional<std::size_t> {
        for (const char* name : names)
            for (std::size_t c = 0; c < table.csv.columns.size(); ++c)
                if (lower(table.csv.columns[c]) == name)
                    return c;
        return std::nullopt;
    };
    table.file = find({"file", "filename", "path", "image"});
    table.label = find({"label", "class", "diagnosis"});
    table.split = find({"split", "part", "set"});
    table.patient = find({"patient", "patientid", "patient_id"});
    table.study = find({"studyinstanceuid", "study"});
    table.isByHeader = !table.file;
    if (!table.label || (!table.file && !table.patient && !table.study))
        return badInput(
            text("learning",
                "This table has no column \"label\", or none of \"file\", \"PatientID\", \"StudyInstanceUID\"."),
            where, text("learning", "Name the columns file,label[,split][,patient] in the first row."));
    return table;
}

Result<std::optional<Part>> partOf(const Table& table, std::size_t row)
{
    const std::string word = table.cell(row, table.split);
    if (word.empty())
        return std::optional<Part>();
    const auto part = partFromWord(word);
    if (!part)
        return badInput(text("learning", "Row %1 gives the split \"%2\"; known are train, validation and test.")
                            .with(row + 2, word),
            table.where);
    return part;
}

/// Finds files by the path a table gives: the whole of it, else its end where only one file has that.
class FileIndex {
  public:
    explicit FileIndex(const std::vector<Candidate>& candidates)
    {
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            const auto steps = stepsOf(candidates[i].name);
            std::string end;
            for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
                end = end.empty() ? *step : *step + "/" + end;
                const auto [place, isNew] = m_ends.emplace(end, i);
                if (!isNew && end != candidates[i].name)
                    place->second = ambiguous;
            }
            m_ends[candidates[i].name] = i;
        }
    }
    std::optional<std::size_t> find(std::string path) const
    {
        std::ranges::replace(path, '\\', '/');
        const auto steps = stepsOf(path);
        for (std::size_t first = 0; first < steps.size(); ++first) {
            std::string end;
            for (std::size_t k = first; k < steps.size(); ++k)
                end += (end.empty() ? "" : "/") + steps[k];
            if (const auto found = m_ends.find(end); found != m_ends.end() && found->second != ambiguous)
                return found->second;
        }
        return std::nullopt;
    }

  private:
    static constexpr std::size_t ambiguous = ~std::size_t{0};
    std::unordered_map<std::string, std::size_t> m_ends;
};

void noteRowWithoutFile(Listing& listing, const std::string& what)
{
    if (listing.rowsWithoutFile++ == 0)
        listing.firstRowWithoutFile = what;
}

Result<void> labelByFiles(const Table& table, std::vector<Candidate>& candidates, Listing& listing)
{
    const FileIndex index(candidates);
    std::vector<bool> isNamed(candidates.size());
    for (std::size_t row = 0; row < table.csv.rows.size(); ++row) {
        const auto found = index.find(table.cell(row, table.file));
        if (!found) {
            noteRowWithoutFile(listing, table.cell(row, table.file));
            continue;
        }
        Candidate& candidate = candidates[*found];
        const std::string label = table.cell(row, table.label);
        if (isNamed[*found] && candidate.className != label)
            return badInput(text("learning", "Row %1 gives %2 another label than a row before: \"%3\" and \"%4\".")
                                .with(row + 2, candidate.name, candidate.className, label),
                table.where);
        isNamed[*found] = true;
        candidate.className = label;
        if (table.split)
            candidate.part = TRY(partOf(table, row));
        candidate.patient = table.cell(row, table.patient);
        candidate.study = table.cell(row, table.study);
    }
    // Where a table speaks, folders do not.
    for (std::size_t i = 0; i < candidates.size(); ++i)
        if (!isNamed[i])
            candidates[i].className.clear();
    return {};
}

/// Labels DICOM files by what their headers say of patient and study.
Result<void> labelByHeaders(files::ReaderPool& readers, const Table& table, std::vector<Candidate>& candidates,
    Listing& listing, const Monitor& monitor)
{
    std::map<std::string, std::size_t> rows;
    for (std::size_t row = 0; row < table.csv.rows.size(); ++row)
        rows[table.cell(row, table.study ? table.study : table.patient)] = row;
    std::vector<image::Facts> facts(candidates.size());
    std::vector<char> isImage(candidates.size());
    parallelFor(static_cast<std::int64_t>(candidates.size()), processorCount(), [&](std::int64_t n) {
        const auto i = static_cast<std::size_t>(n);
        if (monitor.stopRequested())
            return;
        if (const auto header = readers.readHeader(candidates[i].source); header && header->kind == "image") {
            facts[i] = header->facts;
            isImage[i] = 1;
        }
    });
    TRY(monitor.at(text("learning", "Reading headers"), 1));
    std::set<std::size_t> used;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        candidates[i].className.clear();
        const auto found = rows.find(table.study ? facts[i].studyInstanceUID : facts[i].patientID);
        if (!isImage[i] || found == rows.end())
            continue;
        used.insert(found->second);
        candidates[i].className = table.cell(found->second, table.label);
        candidates[i].part = table.split ? TRY(partOf(table, found->second)) : std::nullopt;
        candidates[i].patient = table.patient ? table.cell(found->second, table.patient) : facts[i].patientID;
        candidates[i].study = facts[i].studyInstanceUID;
    }
    for (const auto& [key, row] : rows)
        if (!used.contains(row))
            noteRowWithoutFile(listing, key);
    return {};
}

/// Whether a table that lies beside folders is meant to speak in their place: it names most files, or patients.
bool speaksForAll(const Table& table, const std::vector<Candidate>& candidates)
{
    if (table.isByHeader)
        return true;
    const FileIndex index(candidates);
    std::set<std::size_t> named;
    for (std::size_t row = 0; row < table.csv.rows.size(); ++row)
        if (const auto found = index.find(table.cell(row, table.file)))
            named.insert(*found);
    return named.size() * 2 >= candidates.size();
}

/// The table that goes with a place: the one given, else the first CSV with the right columns; where folders give
/// classes, only one at the top that speaks for all.
Result<std::optional<Table>> findTable(files::ReaderPool& readers, const fs::path& place, const fs::path& given,
    const std::vector<std::string>& names, const std::vector<Candidate>& candidates)
{
    if (!given.empty())
        return TRY(tableOf(TRY(readFile(given)), given.string()));
    std::set<std::string> classes;
    for (const Candidate& candidate : candidates)
        classes.insert(candidate.className);
    classes.erase("");
    for (const std::string& name : names) {
        const bool isAtTop = name.find('/') == std::string::npos;
        if (!isTable(name) || isBeside(name.substr(0, name.size() - 4)) || (classes.size() >= 2 && !isAtTop))
            continue;
        const auto bytes = fs::is_directory(place) ? readFile(place / name)
                                                   : readers.readEntry({place, name}, std::int64_t{256} << 20);
        if (auto table = bytes ? tableOf(*bytes, (place / name).string()) : tl::unexpected(bytes.error());
            table && (classes.size() < 2 || speaksForAll(*table, candidates)))
            return std::move(*table);
    }
    return std::optional<Table>();
}

} // namespace

std::optional<Part> partFromWord(const std::string& word)
{
    static const std::map<std::string, Part> words{{"train", Part::Train}, {"training", Part::Train},
        {"val", Part::Validation}, {"valid", Part::Validation}, {"validation", Part::Validation},
        {"dev", Part::Validation}, {"test", Part::Test}, {"testing", Part::Test}};
    const auto found = words.find(lower(word));
    return found != words.end() ? std::optional(found->second) : std::nullopt;
}

Result<Listing> listCases(
    files::ReaderPool& readers, const fs::path& data, const fs::path& given, const Monitor& monitor)
{
    std::error_code ignored;
    if (!fs::exists(data, ignored))
        return badInput(text("learning", "There is no such file or folder."), data.string(),
            text("learning", "Check how the path is written."));
    const bool isCsv = fs::is_regular_file(data, ignored) && isTable(data.filename().string());
    const fs::path place = isCsv ? (data.has_parent_path() ? data.parent_path() : fs::path(".")) : data;
    const fs::path table = isCsv ? data : given;
    if (!fs::is_directory(place, ignored) && !readers.isArchive(place))
        return badInput(text("learning", "This is neither a folder nor an archive nor a table of labels."),
            data.string(),
            text("learning", "Give a folder of class folders, a ZIP or tar.gz of it, or a CSV with file,label."));
    readers.allowFolder(place);
    const auto names = TRY(namesIn(readers, place, monitor));
    std::vector<Candidate> candidates;
    for (const std::string& name : names)
        if (!isBeside(name))
            candidates.push_back(
                {fs::is_directory(place, ignored) ? files::Source{place / name, ""} : files::Source{place, name}, name,
                    "", "", "", {}, {}, false});
    labelByFolders(candidates);
    Listing listing;
    if (const auto found = TRY(findTable(readers, place, table, names, candidates))) {
        if (found->isByHeader)
            TRY(labelByHeaders(readers, *found, candidates, listing, monitor));
        else
            TRY(labelByFiles(*found, candidates, listing));
    }
    for (Candidate& candidate : candidates) {
        if (!candidate.className.empty())
            listing.candidates.push_back(std::move(candidate));
        else if (listing.unlabelled++ == 0)
            listing.firstUnlabelled = candidate.name;
    }
    return listing;
}

} // namespace hounsfield::learning
