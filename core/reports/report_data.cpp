#include "core/reports/report_data.h"

#include "core/base/hash.h"
#include "core/learning/split.h"
#include "core/reports/report_table.h"
#include "core/reports/tokens.h"

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

Result<std::size_t> columnOf(const Table& table, const std::string& name, const std::filesystem::path& file)
{
    if (const auto column = table.column(name))
        return *column;
    return badInput(text("reports", "There is no column \"%1\".").with(name), file.filename().string(),
        text("reports", "Its columns are: %1.").with(listed(table.header)));
}

/// Words alone, so that texts which differ in marks or letter case count as equal.
std::string essenceOf(const std::string& text)
{
    std::string words;
    for (const Token& token : tokensOf(text))
        words += token.word + ' ';
    return hashOf(words);
}

/// Puts a set together from its tables.
class Assembly {
  public:
    Assembly(files::ReaderPool& readers, const ReportSetRequest& request)
        : m_readers(readers)
        , m_request(request)
    {
    }

    Result<ReportSet> run(const Monitor& monitor)
    {
        TRY(readTexts(monitor.part(0, 0.6)));
        TRY(m_request.labels.empty() ? readClasses(monitor.part(0.6, 0.8)) : readLabels(monitor.part(0.6, 0.8)));
        if (m_set.texts.empty())
            return badInput(text("reports", "No report of the table has a label."), m_set.name,
                text("reports", "Look whether both tables name the reports alike, and give --id."));
        TRY(m_request.splits.empty() ? makeParts() : readParts(monitor.part(0.8, 1)));
        if (m_request.known.empty())
            leaveOutEmptyLabels();
        fingerprint();
        return std::move(m_set);
    }

  private:
    Result<void> readTexts(const Monitor& monitor)
    {
        TableRequest request{m_request.data, m_request.columns, m_request.idColumn};
        ReportTable table = TRY(readReports(&m_readers, request, monitor));
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
        const Table table = TRY(readTable(&m_readers, m_request.data, monitor));
        const std::size_t column = TRY(columnOf(table, m_request.labelColumn, m_request.data));
        std::map<std::string, std::string> classOf;
        const std::size_t id = TRY(columnOf(table, idName(), m_request.data));
        for (const Table::Row& row : table.rows)
            if (!row.cells[column].empty())
                classOf[row.cells[id]] = row.cells[column];
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
        for (const Report& report : m_reports) {
            const auto found = classOf.find(report.id);
            const auto place = found == classOf.end() ? m_set.labels.end() : std::ranges::find(m_set.labels, found->second);
            if (place == m_set.labels.end()) {
                ++m_set.unmatched;
                continue;
            }
            std::vector<std::uint8_t> answers(m_set.labels.size());
            answers[static_cast<std::size_t>(place - m_set.labels.begin())] = 1;
            take(report, answers);
        }
        return {};
    }

    std::string idName() const { return m_request.idColumn.empty() ? "id" : m_request.idColumn; }

    /// Any number of labels a report, from a table of their own.
    Result<void> readLabels(const Monitor& monitor)
    {
        const Table table = TRY(readTable(&m_readers, m_request.labels, monitor));
        const std::size_t id = TRY(columnOf(table, idName(), m_request.labels));
        std::vector<std::size_t> columns;
        for (std::size_t c = 0; c < table.header.size(); ++c)
            if (c != id && m_request.known.empty())
                columns.push_back(c);
        for (const std::string& name : m_request.known)
            columns.push_back(TRY(columnOf(table, name, m_request.labels)));
        for (const std::size_t c : columns)
            m_set.labels.push_back(table.header[c]);
        std::map<std::string, std::vector<std::uint8_t>> answersOf;
        for (const Table::Row& row : table.rows)
            answersOf[row.cells[id]] = TRY(answersIn(row, columns));
        std::size_t matched = 0;
        for (const Report& report : m_reports)
            if (const auto found = answersOf.find(report.id); found != answersOf.end()) {
                take(report, found->second);
                ++matched;
            } else {
                ++m_set.unmatched;
            }
        m_set.unmatched += static_cast<std::int64_t>(answersOf.size() - std::min(answersOf.size(), matched));
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

    std::vector<learning::Case> cases() const
    {
        std::vector<learning::Case> cases(m_set.texts.size());
        const std::size_t width = m_set.labels.size();
        for (std::size_t i = 0; i < cases.size(); ++i) {
            cases[i].name = m_set.ids[i];
            cases[i].patient = m_patients[i];
            cases[i].pixelHash = essenceOf(m_set.texts[i]);
            const auto row = m_set.answers.begin() + static_cast<std::ptrdiff_t>(i * width);
            cases[i].label = static_cast<int>(std::find(row, row + static_cast<std::ptrdiff_t>(width), 1) - row)
                             % static_cast<int>(width);
        }
        return cases;
    }

    Result<void> makeParts()
    {
        const auto all = cases();
        const learning::Split split = learning::makeSplit(all, static_cast<int>(m_set.labels.size()),
            {m_request.seed, m_request.validation, m_request.test});
        m_set.parts = split.parts;
        m_set.units = split.units;
        m_set.splitRule = split.rule;
        return {};
    }

    Result<void> readParts(const Monitor& monitor)
    {
        const Table table = TRY(readTable(&m_readers, m_request.splits, monitor));
        const std::size_t id = TRY(columnOf(table, idName(), m_request.splits));
        const std::size_t column = TRY(columnOf(table, m_request.splitColumn, m_request.splits));
        std::map<std::string, Part> partOf;
        for (const Table::Row& row : table.rows) {
            const std::string& cell = row.cells[column];
            const bool isValidation = cell == "val" || cell == "validation";
            if (cell == "train" || cell == "test" || isValidation)
                partOf[row.cells[id]] = isValidation ? Part::Validation : cell == "test" ? Part::Test : Part::Train;
            else if (!cell.empty())
                return badInput(text("reports", "A part is \"%1\", not train, val or test.").with(cell),
                    m_request.splits.filename().string() + ", " + std::to_string(row.number));
        }
        for (const std::string& name : m_set.ids) {
            const auto found = partOf.find(name);
            m_set.parts.push_back(found == partOf.end() ? Part::Train : found->second);
        }
        m_set.hasOwnParts = true;
        m_set.splitRule = text("reports", "The parts are those of %1, column %2.")
                              .with(m_request.splits.filename().string(), m_request.splitColumn);
        learning::SplitUnit unit{};
        m_set.units = learning::unitsOf(cases(), unit);
        tellSharedTexts();
        return {};
    }

    void tellSharedTexts()
    {
        std::map<std::string, std::set<Part>> partsOf;
        for (std::size_t i = 0; i < m_set.texts.size(); ++i)
            partsOf[essenceOf(m_set.texts[i])].insert(m_set.parts[i]);
        const auto shared = std::ranges::count_if(partsOf, [](const auto& one) { return one.second.size() > 1; });
        if (shared > 0)
            m_set.notes.push_back(
                text("reports", "%1 texts lie in more than one part: figures are too good.").with(shared));
    }

    void leaveOutEmptyLabels()
    {
        const std::size_t width = m_set.labels.size();
        std::vector<bool> isKept(width);
        for (std::size_t i = 0; i < m_set.texts.size(); ++i)
            for (std::size_t k = 0; k < width; ++k)
                if (m_set.parts[i] == Part::Train && m_set.answers[i * width + k] != 0)
                    isKept[k] = true;
        if (std::ranges::all_of(isKept, [](bool kept) { return kept; }))
            return;
        std::vector<std::string> labels, left;
        std::vector<std::uint8_t> answers;
        for (std::size_t k = 0; k < width; ++k)
            (isKept[k] ? labels : left).push_back(m_set.labels[k]);
        for (std::size_t i = 0; i < m_set.answers.size(); ++i)
            if (isKept[i % width])
                answers.push_back(m_set.answers[i]);
        m_set.notes.push_back(
            text("reports", "No training report has these labels, so they are left out: %1.").with(listed(left)));
        m_set.labels = std::move(labels);
        m_set.answers = std::move(answers);
    }

    void fingerprint()
    {
        Hasher hasher;
        for (std::size_t i = 0; i < m_set.texts.size(); ++i)
            hasher.add(m_set.ids[i] + '\n' + m_set.texts[i] + '\n' + learning::nameOf(m_set.parts[i]) + '\n');
        hasher.add(std::string_view(reinterpret_cast<const char*>(m_set.answers.data()), m_set.answers.size()));
        m_set.fingerprint = hasher.hex();
    }

    files::ReaderPool& m_readers;
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
    return Assembly(readers, request).run(monitor);
}

} // namespace hounsfield::reports
