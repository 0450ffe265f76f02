#include "core/reports/rule_changes.h"

#include "core/base/parallel.h"
#include "core/reports/document_findings.h"
#include "core/reports/sentences.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace hounsfield::reports {

namespace {

constexpr std::size_t portion = 1024; ///< documents between two looks at the monitor

/// The phrases of all rules that only one of the sets has in this form.
PhraseTrie differing(const RuleSet& before, const RuleSet& after)
{
    std::map<std::string, const Rule*> old;
    for (const Rule& rule : before.rules())
        old[rule.id] = &rule;
    PhraseTrie phrases;
    for (const Rule& rule : after.rules()) {
        const auto found = old.find(rule.id);
        if (found != old.end() && *found->second == rule) {
            old.erase(found);
            continue;
        }
        phrases.add(rule.phrase, 0);
    }
    for (const auto& [id, rule] : old)
        phrases.add(rule->phrase, 0);
    return phrases;
}

bool holds(const Document& document, const PhraseTrie& phrases)
{
    for (const Column& column : reportOf(document).columns) {
        const CodePoints points(column.text);
        const std::vector<Token> tokens = tokensOf(points);
        for (const Sentence& sentence : sentencesOf(points, tokens))
            if (!phrases.matches(std::span(tokens).subspan(sentence.first, sentence.last - sentence.first)).empty())
                return true;
    }
    return false;
}

bool isOne(const Finding& a, const Finding& b)
{
    return a.span == b.span && a.label == b.label && a.finding == b.finding;
}

bool saysTheSame(const Finding& a, const Finding& b)
{
    const auto said = [](const Finding& one) {
        return std::tie(one.status, one.side, one.sizeMm, one.severity, one.change);
    };
    return said(a) == said(b);
}

DocumentChanges changesIn(std::size_t place, std::vector<Finding> before, std::vector<Finding> after)
{
    DocumentChanges changes{place, {}, {}, {}};
    for (Finding& old : before) {
        const auto same = std::ranges::find_if(after, [&](const Finding& one) { return isOne(old, one); });
        if (same == after.end()) {
            changes.lost.push_back(std::move(old));
            continue;
        }
        if (!saysTheSame(old, *same))
            changes.changed.emplace_back(std::move(old), *same);
        after.erase(same);
    }
    changes.gained = std::move(after);
    return changes;
}

} // namespace

Result<std::vector<DocumentChanges>> changesOf(
    const RuleSet& before, const RuleSet& after, std::span<const Document> documents, const Monitor& monitor)
{
    const PhraseTrie phrases = differing(before, after);
    std::vector<DocumentChanges> all(documents.size());
    for (std::size_t first = 0; first < documents.size(); first += portion) {
        TRY(monitor.at(text("reports", "Reading reports with the changed rules"),
            static_cast<double>(first) / static_cast<double>(documents.size())));
        const std::size_t count = std::min(portion, documents.size() - first);
        parallelFor(static_cast<std::int64_t>(count), processorCount(), [&](std::int64_t i) {
            const std::size_t place = first + static_cast<std::size_t>(i);
            const Document& document = documents[place];
            if (!monitor.stopRequested() && holds(document, phrases))
                all[place] = changesIn(place, findingsOf(document, before), findingsOf(document, after));
        });
    }
    TRY(monitor.at(text("reports", "Reading reports with the changed rules"), 1));
    std::erase_if(all, [](const DocumentChanges& changes) {
        return changes.lost.empty() && changes.gained.empty() && changes.changed.empty();
    });
    return all;
}

} // namespace hounsfield::reports
