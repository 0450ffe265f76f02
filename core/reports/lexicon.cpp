#include "core/reports/lexicon.h"

#include "core/base/atomic_file.h"
#include "core/base/hash.h"
#include "core/reports/lexicon_tables.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>

namespace hounsfield::reports {

namespace {

constexpr std::size_t widestWindow = 1000;

template <typename Value> struct Named {
    std::string_view name;
    Value value;
};

constexpr std::array<Named<Rule::Kind>, 3> kinds{{
    {"finding", Rule::Kind::Finding},
    {"subject", Rule::Kind::Subject},
    {"ignore", Rule::Kind::Ignore},
}};

constexpr std::array<Named<Rule::Role>, 10> roles{{
    {"before", Rule::Role::Before},
    {"after", Rule::Role::After},
    {"both", Rule::Role::Both},
    {"pseudo", Rule::Role::Pseudo},
    {"end", Rule::Role::End},
    {"clause", Rule::Role::Clause},
    {"list", Rule::Role::List},
    {"and", Rule::Role::And},
    {"join", Rule::Role::Join},
    {"earlier", Rule::Role::Earlier},
}};

constexpr std::array<Named<Rule::Meaning>, 9> meanings{{
    {"", Rule::Meaning::None},
    {"absent", Rule::Meaning::Absent},
    {"uncertain", Rule::Meaning::Uncertain},
    {"historical", Rule::Meaning::Historical},
    {"gone", Rule::Meaning::Gone},
    {"hypothetical", Rule::Meaning::Hypothetical},
    {"family", Rule::Meaning::Family},
    {"normal", Rule::Meaning::Normal},
    {"abnormal", Rule::Meaning::Abnormal},
}};

/// The cells of one row by column.
class Row {
  public:
    Row(const Csv& table, std::size_t row, const std::string& where)
        : m_table(table)
        , m_row(row)
        , m_where(where + ", row " + std::to_string(row + 2))
    {
    }

    std::string cell(std::string_view column) const
    {
        const auto i = m_table.column(column);
        return i ? m_table.rows[m_row][*i] : std::string();
    }

    template <typename Table>
    auto named(const Table& table, std::string_view column) const -> Result<decltype(table.front().value)>
    {
        const std::string word = cell(column);
        const auto found = std::ranges::find(table, word, [](const auto& entry) { return entry.name; });
        if (found == table.end())
            return badInput(text("reports", "\"%1\" is no %2 of a rule.").with(word, std::string(column)), m_where);
        return found->value;
    }

    Result<std::size_t> window() const
    {
        const std::string word = cell("window");
        std::size_t window = widestWindow;
        const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), window);
        if (!word.empty() && (problem != std::errc() || end != word.data() + word.size() || window == 0))
            return badInput(text("reports", "The window \"%1\" of a rule is no number of tokens.").with(word), m_where);
        return std::min(window, widestWindow);
    }

    const std::string& where() const { return m_where; }

  private:
    const Csv& m_table;
    std::size_t m_row;
    std::string m_where;
};

Result<Rule> ruleOf(const Row& row)
{
    Rule rule;
    rule.id = row.cell("id");
    rule.phrase = row.cell("phrase");
    if (rule.id.empty())
        return badInput(text("reports", "A rule has no id."), row.where());
    if (rule.phrase.empty())
        return rule;
    if (!row.cell("role").empty()) {
        rule.kind = Rule::Kind::Trigger;
        rule.role = TRY(row.named(roles, "role"));
        rule.meaning = TRY(row.named(meanings, "status"));
        rule.window = TRY(row.window());
    } else if (!row.cell("attribute").empty()) {
        rule.kind = Rule::Kind::Attribute;
        rule.attribute = row.cell("attribute");
        rule.value = row.cell("value");
    } else {
        rule.kind = row.cell("kind").empty() ? Rule::Kind::Finding : TRY(row.named(kinds, "kind"));
        rule.finding = row.cell("finding");
        rule.label = row.cell("label");
    }
    if (!PhraseTrie().add(rule.phrase, 0))
        return badInput(text("reports", "The phrase \"%1\" has an empty part.").with(rule.phrase), row.where());
    return rule;
}

Result<std::vector<Rule>> rulesOf(const Csv& table, const std::string& where)
{
    if (!table.column("id") || !table.column("phrase"))
        return badInput(text("reports", "A table of rules needs the columns id and phrase."), where);
    std::vector<Rule> rules;
    for (std::size_t i = 0; i < table.rows.size(); ++i)
        rules.push_back(TRY(ruleOf(Row(table, i, where))));
    return rules;
}

std::string lineOf(const Rule& rule)
{
    std::string line;
    for (const std::string& part : {rule.id, rule.phrase, rule.finding, rule.label, rule.attribute, rule.value,
             std::to_string(static_cast<int>(rule.kind)), std::to_string(static_cast<int>(rule.role)),
             std::to_string(static_cast<int>(rule.meaning)), std::to_string(rule.window)})
        line += part + '\x1f';
    return line + (rule.isLocal ? "local" : "");
}

} // namespace

std::string_view nameOf(Status status)
{
    constexpr std::array<std::string_view, 6> names{
        "present", "absent", "uncertain", "historical", "hypothetical", "family"};
    return names[static_cast<std::size_t>(status)];
}

/// Our own tables are part of the program: when one is faulty, the program is.
RuleSet RuleSet::readShipped()
{
    RuleSet all;
    for (const LexiconTable& table : lexiconTables()) {
        const std::string name(table.name);
        const auto csv = parseCsv(table.bytes, name);
        auto with = csv ? all.with(*csv, name) : tl::unexpected(csv.error());
        if (!with) {
            std::fputs(english(with.error()).c_str(), stderr);
            std::abort();
        }
        all = std::move(*with);
    }
    for (Rule& rule : all.m_rules)
        rule.isLocal = false;
    return all;
}

const RuleSet& RuleSet::shipped()
{
    static const RuleSet rules = readShipped();
    return rules;
}

Result<RuleSet> RuleSet::with(const Csv& rows, const std::string& where) const
{
    const std::vector<Rule> more = TRY(rulesOf(rows, where));
    RuleSet changed;
    changed.m_rules = m_rules;
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < m_rules.size(); ++i)
        places[m_rules[i].id] = i;
    for (const Rule& rule : more) {
        const auto [place, isNew] = places.try_emplace(rule.id, changed.m_rules.size());
        if (isNew)
            changed.m_rules.emplace_back();
        Rule& its = changed.m_rules[place->second];
        const bool isLocal = isNew || its.isLocal;
        its = rule;
        its.isLocal = isLocal;
    }
    std::erase_if(changed.m_rules, [](const Rule& rule) { return rule.phrase.empty(); });
    changed.index();
    return changed;
}

Result<RuleSet> RuleSet::withFile(const std::filesystem::path& file) const
{
    const std::string bytes = TRY(readFile(file));
    const Csv table = TRY(parseCsv(bytes, file.string()));
    return with(table, file.string());
}

std::string RuleSet::hash() const
{
    std::vector<std::string> lines;
    for (const Rule& rule : m_rules)
        lines.push_back(lineOf(rule));
    std::ranges::sort(lines);
    Hasher hasher;
    for (const std::string& line : lines)
        hasher.add(line + '\n');
    return hasher.hex();
}

void RuleSet::index()
{
    for (std::size_t i = 0; i < m_rules.size(); ++i)
        m_phrases.add(m_rules[i].phrase, static_cast<std::uint32_t>(i));
}

} // namespace hounsfield::reports
