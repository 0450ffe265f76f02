#include "core/reports/report_data.h"

#include "core/base/hash.h"
#include "core/learning/listing.h"
#include "core/learning/split.h"
#include "core/reports/label_names.h"
#include "core/reports/report_table.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <set>

namespace hounsfield::reports {

namespace {

using learning::Part;

std::string listed(const std::vector<std::string>& names)
{
    std::string all;
    for (const std::string& name : names)
        all += (all.empty() ? "" : ", ") + name;
    return all;
}

/// The same, each label as a person reads it.
Text listedLabels(const std::vector<std::string>& labels)
{
    Text list = labelText(labels.front());
    for (std::size_t i = 1; i < labels.size(); ++i)
        list = text("reports", "%1, %2").with(list, labelText(labels[i]));
    return list;
}

Result<std::size_t> columnOf(const Table& table, const std::string& name, const std::filesystem::path& file)
{
    if (const auto column = table.column(name))
        return *column;
    return badInput(text("reports", "There is no column \"%1\".").with(name), file.filename().string(),
        text("reports", "Its columns are: %1.").with(listed(table.header)));
}

/// Hash of the letters in lower case, so that texts which differ in blanks, marks or numbers count as equal. Empty
/// where there are none.
std::string lettersOf(const std::string& text)
{
    const CodePoints points(text);
    std::u32string letters;
    for (std::int64_t i = 0; i < points.size(); ++i)
        if (const auto c = static_cast<UChar32>(points[i]); u_isalpha(c) != 0)
            letters += static_cast<char32_t>(u_foldCase(c, U_FOLD_CASE_DEFAULT));
    return letters.empty() ? std::string() : hashOf(std::as_bytes(std::span(letters)));
}

/// Puts a set together from its tables.
class Assembly {
  public:
    /// @param readers  null: nothing is read
    Assembly(files::ReaderPool* readers, const ReportSetRequest& request)
        : m_readers(readers)
        , m_request(request)
    {
    }

    Result<ReportSet> run(const Monitor& monitor)
    {
        const bool areClasses = m_request.labels.empty();
        if (!m_request.known.empty() && areClasses != (m_request.knownKind == ReportSet::Kind::OneClass))
            return badInput(
                areClasses ? text("reports", "The model names several labels a report; a column holds one class each.")
                           : text("reports", "The model tells one class a report; a table of labels holds several."),
                {}, text("reports", "Give the labels in the form that the model was trained on."));
        TRY(readTexts(monitor.part(0, 0.6)));
        TRY(areClasses ? readClasses(monitor.part(0.6, 0.8)) : readLabels(monitor.part(0.6, 0.8)));
        if (m_set.texts.empty())
            return badInput(text("reports", "No report of the table has a label."), m_set.name,
                text("reports", "Look whether both tables name the reports alike, and give --id."));
        if (!m_request.splits.empty())
            TRY(readParts(monitor.part(0.8, 1)));
        deal();
        if (m_request.known.empty())
            TRY(leaveOutEmptyLabels());
        fingerprint();
        return std::move(m_set);
    }

    Result<ReportSet> runOn(
        const std::string& name, const std::vector<std::string>& labels, std::span<const LabelledReport> reports)
    {
        m_set.name = name;
        m_set.kind = ReportSet::Kind::SeveralLabels;
        m_set.labels = labels;
        for (const LabelledReport& labelled : reports) {
            for (const Column& column : labelled.report.columns)
                if (std::ranges::count(m_set.columns, column.name) == 0)
                    m_set.columns.push_back(column.name);
            take(labelled.report, labelled.answers);
        }
        if (m_set.texts.empty() || labels.empty())
            return badInput(text("reports", "There is no labelled report."), name,
                text("reports", "Confirm some reports first, or learn from what the rules say."));
        deal();
        TRY(leaveOutEmptyLabels());
        fingerprint();
        return std::move(m_set);
    }

  private:
    Result<void> readTexts(const Monitor& monitor)
    {
        TableRequest request{m_request.data, m_request.columns, m_request.idColumn};
        ReportTable table = TRY(readReports(m_readers, request, monitor));
        m_set.name = m_request.data.filename().string();
        m_reports = std::move(table.reports);
        for (const Column& column : m_reports.empty() ? std::vector<Column>() : m_reports.front().columns)
            m_set.columns.push_back(column.name);
        if (!table.problems.empty())
            m_set.notes.push_back(text("reports", "%1 rows of the table could not be read, the first: %2")
                                      .with(table.problems.size(), english(table.problems.front().error)));
        return {};
    }

    void take(const Report& report, const std::vector<std::uint8_t>& answers)
    {
        std::string words;
        for (const Column& column : report.columns)
            words += (words.empty() || column.text.empty() ? "" : " ") + column.text;
        m_set.ids.push_back(report.id);
        m_set.texts.push_back(std::move(words));
        m_set.answers.insert(m_set.answers.end(), answers.begin(), answers.end());
        m_patients.push_back(report.patient);
    }

    /// One class a report, from a column of the data.
    Result<void> readClasses(const Monitor& monitor)
    {
        const Table table = TRY(readTable(m_readers, m_request.data, monitor));
        const std::size_t column = TRY(columnOf(table, m_request.labelColumn, m_request.data));
        const auto id = TRY(idColumnOf(table, m_request.data));
        std::map<std::string, std::string> classOf;
        for (const Table::Row& row : table.rows)
            if (!row.cells[column].empty())
                classOf.emplace(id ? row.cells[*id] : std::to_string(row.number), row.cells[column]);
        m_set.kind = ReportSet::Kind::OneClass;
        m_set.labels = m_request.known;
        if (m_set.labels.empty()) {
            std::set<std::string> names;
            for (const auto& [report, name] : classOf)
                names.insert(name);
            m_set.labels.assign(names.begin(), names.end());
        }
        if (m_set.labels.size() < 2)
            return badInput(text("reports", "All reports are of one class."), m_set.name,
                text("reports", "Choose a column with at least two different values."));
        std::int64_t withoutClass = 0;
        for (const Report& report : m_reports) {
            const auto found = classOf.find(report.id);
            const auto place =
                found == classOf.end() ? m_set.labels.end() : std::ranges::find(m_set.labels, found->second);
            if (place == m_set.labels.end()) {
                ++withoutClass;
                continue;
            }
            std::vector<std::uint8_t> answers(m_set.labels.size());
            answers[static_cast<std::size_t>(place - m_set.labels.begin())] = 1;
            take(report, answers);
        }
        leftOut(withoutClass, m_request.known.empty()
                                  ? text("reports", "%1 reports have no class and are left out.")
                                  : text("reports", "%1 reports have no class that the model knows."));
        return {};
    }

    /// Counts and says what could not be used.
    void leftOut(std::int64_t count, const Text& sentence)
    {
        m_set.unmatched += count;
        if (count > 0)
            m_set.notes.push_back(sentence.with(count));
    }

    /// The column of ids: the one asked for, else id or uid where there is one.
    Result<std::optional<std::size_t>> idColumnOf(const Table& table, const std::filesystem::path& file) const
    {
        if (!m_request.idColumn.empty())
            return TRY(columnOf(table, m_request.idColumn, file));
        const auto id = table.column("id");
        return id ? id : table.column("uid");
    }

    /// Row numbers of a table by the reports' ids.
    Result<std::map<std::string, std::size_t>> rowsById(const Table& table, const std::filesystem::path& file) const
    {
        const auto found = TRY(idColumnOf(table, file));
        const std::size_t id = found ? *found : TRY(columnOf(table, "id", file));
        std::map<std::string, std::size_t> rows;
        for (std::size_t i = 0; i < table.rows.size(); ++i)
            if (!rows.emplace(table.rows[i].cells[id], i).second)
                return badInput(text("reports", "The id %1 stands in two rows.").with(table.rows[i].cells[id]),
                    file.filename().string() + ", " + std::to_string(table.rows[i].number),
                    text("reports", "Give each report one row."));
        return rows;
    }

    /// Any number of labels a report, from a table of their own.
    Result<void> readLabels(const Monitor& monitor)
    {
        const Table table = TRY(readTable(m_readers, m_request.labels, monitor));
        const auto rows = TRY(rowsById(table, m_request.labels));
        const auto id = TRY(idColumnOf(table, m_request.labels));
        std::vector<std::size_t> columns;
        for (std::size_t c = 0; c < table.header.size(); ++c)
            if (c != id && m_request.known.empty())
                columns.push_back(c);
        for (const std::string& name : m_request.known)
            columns.push_back(TRY(columnOf(table, name, m_request.labels)));
        for (const std::size_t c : columns)
            m_set.labels.push_back(table.header[c]);
        std::vector<std::vector<std::uint8_t>> answers;
        for (const Table::Row& row : table.rows)
            answers.push_back(TRY(answersIn(row, columns)));
        std::int64_t matched = 0;
        for (const Report& report : m_reports)
            if (const auto found = rows.find(report.id); found != rows.end()) {
                take(report, answers[found->second]);
                ++matched;
            }
        leftOut(std::ssize(m_reports) - matched, text("reports", "%1 reports have no labels and are left out."));
        leftOut(std::ssize(rows) - matched, text("reports", "%1 rows of labels belong to no report."));
        return {};
    }

    Result<std::vector<std::uint8_t>> answersIn(const Table::Row& row, const std::vector<std::size_t>& columns) const
    {
        std::vector<std::uint8_t> answers;
        for (const std::size_t c : columns) {
            const std::string& cell = row.cells[c];
            if (cell != "0" && cell != "1" && cell != "0.0" && cell != "1.0")
                return badInput(text("reports", "A label is \"%1\", not 0 or 1.").with(cell),
                    m_request.labels.filename().string() + ", " + std::to_string(row.number),
                    text("reports", "Give a table with a column for each label and 0 or 1 in it."));
            answers.push_back(cell[0] == '1' ? 1 : 0);
        }
        return answers;
    }

    /// The rarest label of each report decides how it is dealt; none is one more.
    std::vector<int> rarestLabels() const
    {
        const std::size_t width = m_set.labels.size();
        std::vector<std::int64_t> counts(width);
        for (std::size_t i = 0; i < m_set.answers.size(); ++i)
            counts[i % width] += m_set.answers[i];
        std::vector<int> rarest(m_set.texts.size(), static_cast<int>(width));
        for (std::size_t i = 0; i < m_set.answers.size(); ++i)
            if (int& own = rarest[i / width];
                m_set.answers[i] != 0
                && (own == static_cast<int>(width) || counts[i % width] < counts[static_cast<std::size_t>(own)]))
                own = static_cast<int>(i % width);
        return rarest;
    }

    std::vector<learning::Case> cases() const
    {
        const std::vector<int> rarest = rarestLabels();
        std::vector<learning::Case> cases(m_set.texts.size());
        for (std::size_t i = 0; i < cases.size(); ++i) {
            cases[i].name = m_set.ids[i];
            cases[i].patient = m_patients[i];
            cases[i].pixelHash = lettersOf(m_set.texts[i]);
            cases[i].label = rarest[i];
            cases[i].hasOwnPart = m_set.hasOwnParts;
            cases[i].part = m_set.hasOwnParts ? m_set.parts[i] : Part::Train;
        }
        return cases;
    }

    Text splitRuleOf(const learning::Split& split) const
    {
        const bool areAllGiven = std::ranges::equal(split.parts, m_set.parts);
        if (m_set.hasOwnParts)
            return (areAllGiven ? text("reports", "The parts are those of %1, column %2.")
                                : text("reports", "The parts are those of %1, column %2; validation was taken from the "
                                                  "training part."))
                .with(m_request.splits.filename().string(), m_request.splitColumn);
        if (split.unit == learning::SplitUnit::Patient)
            return text("reports", "Split by patient: neither a patient nor a text lies in two parts.");
        return text("reports", "Split by report, since no patient is known: no text lies in two parts, a patient may.");
    }

    /// Parts where none are given, and units.
    void deal()
    {
        const std::vector<learning::Case> all = cases();
        const learning::Split split = learning::makeSplit(
            all, static_cast<int>(m_set.labels.size()) + 1, {m_request.seed, m_request.validation, m_request.test});
        m_set.splitRule = splitRuleOf(split);
        m_set.parts = split.parts;
        m_set.units = split.units;
        std::map<std::string, std::set<Part>> partsOf;
        for (std::size_t i = 0; i < all.size(); ++i)
            if (!all[i].pixelHash.empty())
                partsOf[all[i].pixelHash].insert(m_set.parts[i]);
        const auto shared = std::ranges::count_if(partsOf, [](const auto& one) { return one.second.size() > 1; });
        if (shared > 0)
            m_set.notes.push_back(
                text("reports", "%1 texts lie in more than one part: figures are too good.").with(shared));
        if (split.sharedUnits > 0)
            m_set.notes.push_back(text("reports", "%1 patients lie in more than one part: figures are too good.")
                                      .with(split.sharedUnits));
    }

    Result<void> readParts(const Monitor& monitor)
    {
        const Table table = TRY(readTable(m_readers, m_request.splits, monitor));
        const auto rows = TRY(rowsById(table, m_request.splits));
        const std::size_t column = TRY(columnOf(table, m_request.splitColumn, m_request.splits));
        std::vector<std::optional<Part>> parts;
        for (const Table::Row& row : table.rows) {
            const std::string& cell = row.cells[column];
            parts.push_back(learning::partFromWord(cell));
            if (!parts.back() && !cell.empty())
                return badInput(text("reports", "A part is \"%1\", not train, val or test.").with(cell),
                    m_request.splits.filename().string() + ", " + std::to_string(row.number));
        }
        std::vector<bool> hasPart;
        for (const std::string& name : m_set.ids) {
            const auto found = rows.find(name);
            hasPart.push_back(found != rows.end() && parts[found->second].has_value());
            m_set.parts.push_back(hasPart.back() ? *parts[found->second] : Part::Train);
        }
        m_set.hasOwnParts = true;
        leftOut(std::ranges::count(hasPart, false), text("reports", "%1 reports are in no part and are left out."));
        keep(hasPart);
        if (m_set.texts.empty())
            return badInput(text("reports", "None of the labelled reports is in a part."),
                m_request.splits.filename().string(),
                text("reports", "Look whether both tables name the reports alike, and give --id."));
        return {};
    }

    /// Only these reports.
    void keep(const std::vector<bool>& isKept)
    {
        const std::size_t width = m_set.labels.size();
        const auto filter = [&](auto& values, std::size_t each) {
            std::size_t to = 0;
            for (std::size_t i = 0; i < values.size(); ++i)
                if (isKept[i / each])
                    values[to++] = values[i];
            values.resize(to);
        };
        filter(m_set.ids, 1);
        filter(m_set.texts, 1);
        filter(m_set.answers, width);
        filter(m_set.parts, 1);
        filter(m_set.units, 1);
        filter(m_patients, 1);
    }

    Result<void> leaveOutEmptyLabels()
    {
        const std::size_t width = m_set.labels.size();
        std::vector<bool> isKept(width), hasLabel(m_set.texts.size());
        for (std::size_t i = 0; i < m_set.answers.size(); ++i)
            if (m_set.parts[i / width] == Part::Train && m_set.answers[i] != 0)
                isKept[i % width] = true;
        if (std::ranges::all_of(isKept, [](bool kept) { return kept; }))
            return {};
        std::vector<std::string> labels, left;
        for (std::size_t k = 0; k < width; ++k)
            (isKept[k] ? labels : left).push_back(m_set.labels[k]);
        const bool areClasses = m_set.kind == ReportSet::Kind::OneClass;
        if (labels.size() < (areClasses ? 2 : 1))
            return badInput(text("reports", "The training reports have too few labels to tell apart: %1 of %2.")
                                .with(labels.size(), width),
                m_set.name, text("reports", "Give more labelled reports, or other parts."));
        std::vector<std::uint8_t> answers;
        for (std::size_t i = 0; i < m_set.answers.size(); ++i)
            if (isKept[i % width]) {
                answers.push_back(m_set.answers[i]);
                hasLabel[i / width] = hasLabel[i / width] || m_set.answers[i] != 0;
            }
        m_set.notes.push_back(
            text("reports", "No training report has these labels, so they are left out: %1.").with(listedLabels(left)));
        m_set.labels = std::move(labels);
        m_set.answers = std::move(answers);
        if (areClasses) {
            leftOut(std::ranges::count(hasLabel, false), text("reports", "%1 reports of these classes are left out."));
            keep(hasLabel);
        }
        return {};
    }

    void fingerprint()
    {
        Hasher hasher;
        for (std::size_t i = 0; i < m_set.texts.size(); ++i)
            hasher.add(m_set.ids[i] + '\n' + m_set.texts[i] + '\n' + learning::nameOf(m_set.parts[i]) + '\n');
        hasher.add(std::string_view(reinterpret_cast<const char*>(m_set.answers.data()), m_set.answers.size()));
        m_set.fingerprint = hasher.hex();
    }

    files::ReaderPool* m_readers;
    const ReportSetRequest& m_request;
    std::vector<Report> m_reports;
    std::vector<std::string> m_patients;
    ReportSet m_set;
};

} // namespace

std::vector<std::int64_t> ReportSet::casesOf(Part part) const
{
    std::vector<std::int64_t> cases;
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (parts[i] == part)
            cases.push_back(static_cast<std::int64_t>(i));
    return cases;
}

Result<ReportSet> openReportSet(files::ReaderPool& readers, const ReportSetRequest& request, const Monitor& monitor)
{
    return Assembly(&readers, request).run(monitor);
}

Result<ReportSet> reportSetOf(const std::string& name, const std::vector<std::string>& labels,
    std::span<const LabelledReport> reports, std::uint64_t seed)
{
    ReportSetRequest request;
    request.seed = seed;
    return Assembly(nullptr, request).runOn(name, labels, reports);
}

} // namespace hounsfield::reports
