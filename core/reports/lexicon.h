#pragma once

#include "core/base/csv.h"
#include "core/reports/phrase_trie.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace hounsfield::reports {

/// What a report says of a finding.
enum class Status { Present, Absent, Uncertain, Historical, Hypothetical, Family };

/// "present", "absent" …: the words of tables and files.
std::string_view nameOf(Status status);

/// One row of a lexicon.
struct Rule {
    enum class Kind {
        Finding,   ///< a phrase that names a finding
        Subject,   ///< an organ that is a finding only when called normal or abnormal
        Ignore,    ///< hides the findings inside it
        Trigger,   ///< sets, ends or hides a status
        Attribute, ///< a side, severity, change or unit
    };
    enum class Role {
        Before,  ///< stands before the concept
        After,   ///< stands behind it
        Both,    ///< on either side
        Pseudo,  ///< looks like a trigger and is none
        End,     ///< no status crosses it
        Clause,  ///< a verb: a part of the sentence that holds one speaks for itself
        List,    ///< a comma: a list may go on behind it
        And,     ///< an "and": a list goes on behind it unless a clause begins
        Join,    ///< an "or": a list goes on behind it
        Earlier, ///< another examination: what a denial right before it ("not seen on prior exams") did not see is new
    };
    enum class Meaning { None, Absent, Uncertain, Historical, Gone, Hypothetical, Family, Normal, Abnormal };

    std::string id;
    std::string phrase; ///< tokens; * ends a stem, $ is the end of the sentence, | parts alternatives
    Kind kind = Kind::Finding;
    std::string finding, label; ///< "nodule", "Lung Lesion"
    Role role = Role::Before;
    Meaning meaning = Meaning::None;
    std::size_t window = 0;       ///< tokens between trigger and concept at most
    std::string attribute, value; ///< "side", "left"
    bool isLocal = false;         ///< did not come with the program: for the same words it goes before those that did
    bool operator==(const Rule&) const = default;
};

/// A set of rules with its phrases in one trie. Never changed once made; shared between threads freely.
class RuleSet {
  public:
    /// The rules that come with the program, English and Chinese.
    static const RuleSet& shipped();

    /// These rules and the rows of a table: a new id is added, a known one replaced, an empty phrase switches it off.
    /// An added row that names or triggers with exactly the words of shipped ones goes before them.
    /// Columns id and phrase; finding, label, kind (finding, subject, ignore); role (before, after, both, pseudo, end,
    /// clause, list, and, join, earlier), status, window; attribute, value. A row with a role is a trigger, one with an
    /// attribute an attribute, else a finding. Errors: BadInput with the row.
    Result<RuleSet> with(const Csv& rows, const std::string& where) const;
    Result<RuleSet> withFile(const std::filesystem::path& file) const;

    const std::vector<Rule>& rules() const { return m_rules; }
    const PhraseTrie& phrases() const { return m_phrases; } ///< matches name the index of a rule
    std::string hash() const;                               ///< of what the rules say, whatever their order

  private:
    static RuleSet readShipped();
    void index();

    std::vector<Rule> m_rules;
    PhraseTrie m_phrases;
};

} // namespace hounsfield::reports
