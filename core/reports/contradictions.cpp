#include "core/reports/contradictions.h"

#include "core/reports/label_names.h"
#include "core/reports/phrase_trie.h"
#include "core/reports/placeholders.h"
#include "core/reports/sections.h"
#include "core/reports/sentences.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace hounsfield::reports {

namespace {

using Kind = Contradiction::Kind;
using Place = Contradiction::Place;

constexpr double sizeTolerance = 0.2;

/// Words that limit a denial to a part of what could be there; tokens between blanks.
constexpr std::string_view limits[] = {" acute ", " new ", " other ", " further ", " additional ", " focal ", " large ",
    " significant ", " gross ", " definite ", " definitive ", " frank ", " overt ", " discrete ", " obvious ",
    " convincing ", " suspicious ", " displaced ", " residual ", " recurrent ", " active ", " superimposed ", " upper ",
    " top ", " near ", " high ", " borderline ", " 急 性 ", " 新 ", " 其 他 ", " 大 量 ", " 局 灶 ", " 移 位 ",
    " 可 疑 ", " 活 动 性 "};

struct Organ {
    std::string_view phrase; ///< as in the lexicons
    std::string_view sex;    ///< of those who have it
};
constexpr Organ organs[] = {
    {"uterus|uterine|ovary|ovaries|ovarian|endometri*|vagina|vaginal|fallopian|cervix uteri|uterine cervix", "F"},
    {"子宫|卵巢|输卵管|阴道|宫颈|宫腔", "F"},
    {"prostate|prostatic|seminal vesicle|seminal vesicles|testis|testes|testicle*|testicular|scrotum|scrotal", "M"},
    {"前列腺|精囊|睾丸|附睾|阴囊", "M"},
};

/// A stretch of the document and what it is about.
struct Region {
    SectionKind kind = SectionKind::Other;
    Span span;
    std::string part;
};

std::vector<Region> regionsOf(const Document& document, const CodePoints& points)
{
    std::vector<Part> parts = document.parts;
    if (parts.empty())
        parts.push_back({{}, {0, points.size()}});
    std::vector<Region> regions;
    for (const Part& part : parts) {
        const SectionKind kind = sectionKindOf(part.name);
        if (kind != SectionKind::Other) {
            regions.push_back({kind, part.span, part.name});
            continue;
        }
        const std::int64_t from = part.span.begin;
        for (const Section& section : sectionsOf(CodePoints(points.slice(part.span))))
            regions.push_back({section.kind, {from + section.body.begin, from + section.body.end}, part.name});
    }
    return regions;
}

bool isOfNow(SectionKind kind)
{
    return kind == SectionKind::Findings || kind == SectionKind::Impression || kind == SectionKind::Other;
}

/// A finding and where it stands.
struct Mention {
    const Finding* finding = nullptr;
    SectionKind section = SectionKind::Other;
    std::string part;
    bool isLimited = false; ///< a denial of only a part of what could be there
    std::string side;       ///< empty where the sentence names both

    bool isPresent() const { return finding->status == Status::Present; }
    bool isDenied() const { return finding->status == Status::Absent && !isLimited; }
    bool isPossible() const { return isPresent() || finding->status == Status::Uncertain; }
};
using Mentions = std::vector<const Mention*>;

/// "left-sided", 左 … : the side a word names; empty for any other.
std::string sideOf(std::string_view word)
{
    if (word.starts_with("left") || word == "左")
        return "left";
    return word.starts_with("right") || word == "右" ? "right" : "";
}

bool isSide(const std::string& side)
{
    return side == "left" || side == "right";
}

bool areOpposite(const std::string& a, const std::string& b)
{
    return isSide(a) && isSide(b) && a != b;
}

Text nameOfSide(const std::string& side)
{
    return side == "left" ? text("reports", "left") : text("reports", "right");
}

bool areSameThing(const Mention& a, const Mention& b)
{
    return a.finding->label == b.finding->label && a.finding->finding == b.finding->finding;
}

class Checker {
  public:
    Checker(const Document& document, std::span<const Finding> findings, const Known& known)
        : m_points(document.text)
        , m_tokens(tokensOf(m_points))
        , m_regions(regionsOf(document, m_points))
        , m_known(known)
    {
        m_sentences = sentencesOf(m_points, m_tokens);
        for (const Finding& finding : findings) {
            const Region* region = regionAt(finding.span);
            if (region && isOfNow(region->kind) && !(finding.label.empty() && finding.finding.empty()))
                m_mentions.push_back({&finding, region->kind, region->part, isLimited(finding), clearSideOf(finding)});
        }
    }

    std::vector<Contradiction> run()
    {
        checkStatus();
        checkSides();
        checkSizes();
        checkLabels();
        checkMarks();
        checkSex();
        checkPlaceholders();
        return std::move(m_found);
    }

  private:
    const Region* regionAt(Span span) const
    {
        const auto found = std::ranges::find_if(m_regions,
            [&](const Region& region) { return region.span.begin <= span.begin && span.begin < region.span.end; });
        return found == m_regions.end() ? nullptr : &*found;
    }

    /// The tokens of the sentence in which a finding stands.
    std::span<const Token> sentenceOf(const Finding& finding) const
    {
        const auto found = std::ranges::find_if(m_sentences, [&](const Sentence& sentence) {
            return sentence.span.begin <= finding.span.begin && finding.span.begin < sentence.span.end;
        });
        if (found == m_sentences.end())
            return {};
        return std::span(m_tokens).subspan(found->first, found->last - found->first);
    }

    /// Whether a word such as "new", or one that was taken out, stands between a denial and the finding, or shortly
    /// before a finding that is denied behind.
    bool isLimited(const Finding& finding) const
    {
        if (finding.status != Status::Absent)
            return false;
        constexpr std::int64_t reach = 24; // code points: about three words
        const Span trigger = finding.trigger.span.size() > 0 ? finding.trigger.span : finding.span;
        const std::int64_t begin = trigger.begin < finding.span.begin ? trigger.begin : finding.span.begin - reach;
        const std::int64_t end = std::max(finding.span.end, trigger.end);
        std::string words = " ";
        for (const Token& token : sentenceOf(finding))
            if (token.span.begin >= begin && token.span.end <= end)
                words += token.word + ' ';
        return words.find(" xxx") != words.npos || words.find(" [**") != words.npos
               || std::ranges::any_of(limits, [&](std::string_view word) { return words.find(word) != words.npos; });
    }

    /// Which side a sentence means where it names both is a guess of the rules.
    std::string clearSideOf(const Finding& finding) const
    {
        bool isClear = true;
        for (const Token& token : sentenceOf(finding))
            isClear = isClear && !areOpposite(sideOf(token.word), finding.side);
        return isClear ? finding.side : std::string();
    }

    Mentions mentionsIn(SectionKind section) const
    {
        Mentions some;
        for (const Mention& mention : m_mentions)
            if (mention.section == section)
                some.push_back(&mention);
        return some;
    }

    /// The words of a finding that is simply named; an organ called large or normal is no name of a finding.
    Text nameOf(const Mention& mention) const
    {
        const Finding& finding = *mention.finding;
        if (finding.trigger.text.empty())
            return {{}, m_points.slice(finding.span), {}, {}};
        return labelText(finding.finding.empty() ? finding.label : finding.finding);
    }

    void add(Kind kind, Text sentence, const Mentions& mentions)
    {
        std::vector<Place> places;
        for (const Mention* mention : mentions)
            places.push_back({mention->finding->span, mention->part});
        std::ranges::sort(places, {}, [](const Place& place) { return place.span.begin; });
        places.erase(std::unique(places.begin(), places.end()), places.end());
        if (std::ranges::any_of(m_found, [&](const auto& one) { return one.kind == kind && one.places == places; }))
            return; // the same words name findings of two labels
        m_found.push_back({kind, std::move(sentence), std::move(places)});
    }

    void checkStatus()
    {
        const Mentions findings = mentionsIn(SectionKind::Findings), impression = mentionsIn(SectionKind::Impression);
        Mentions told;
        for (const Mention* concluded : impression) {
            const bool isTold =
                std::ranges::any_of(told, [&](const Mention* other) { return areSameThing(*other, *concluded); });
            if (isTold || (!concluded->isPresent() && !concluded->isDenied()))
                continue;
            Mentions against;
            bool isSupported = false;
            for (const Mention* seen : findings) {
                if (!areSameThing(*seen, *concluded) || areOpposite(seen->side, concluded->side))
                    continue;
                const bool isAgainst = concluded->isPresent() ? seen->isDenied() : seen->isPresent();
                if (isAgainst)
                    against.push_back(seen);
                isSupported =
                    isSupported || (concluded->isPresent() ? seen->isPossible() : !seen->isPossible() && !isAgainst);
            }
            if (against.empty() || isSupported)
                continue;
            told.push_back(concluded);
            const Text sentence = concluded->isPresent()
                                      ? text("reports", "The findings deny \"%1\", the impression names it.")
                                      : text("reports", "The findings name \"%1\", the impression denies it.");
            const Text name = nameOf(concluded->isPresent() ? *concluded : *against.front());
            against.push_back(concluded);
            add(Kind::Status, sentence.with(name), against);
        }
    }

    void checkSides()
    {
        const Mentions findings = mentionsIn(SectionKind::Findings);
        for (const Mention* concluded : mentionsIn(SectionKind::Impression)) {
            if (!concluded->isPresent() || !isSide(concluded->side))
                continue;
            Mentions seen;
            std::ranges::copy_if(findings, std::back_inserter(seen),
                [&](const Mention* mention) { return areSameThing(*mention, *concluded) && mention->isPossible(); });
            if (!allOnTheOtherSide(seen, concluded->side))
                continue;
            const Text sentence =
                text("reports", "\"%1\" is on the %2 in the findings and on the %3 in the impression.");
            const std::string side = seen.front()->side;
            seen.push_back(concluded);
            add(Kind::Side, sentence.with(nameOf(*concluded), nameOfSide(side), nameOfSide(concluded->side)), seen);
        }
    }

    static bool allOnTheOtherSide(const Mentions& mentions, const std::string& side)
    {
        return !mentions.empty() && std::ranges::all_of(mentions, [&](const Mention* mention) {
            return areOpposite(mention->side, side);
        });
    }

    void checkSizes()
    {
        const auto areComparable = [](const Finding& a, const Finding& b) {
            return a.label.empty() ? a.finding == b.finding : a.label == b.label;
        };
        const Mentions findings = mentionsIn(SectionKind::Findings);
        for (const Mention* concluded : mentionsIn(SectionKind::Impression)) {
            if (!concluded->isPossible() || !concluded->finding->sizeMm)
                continue;
            const double size = *concluded->finding->sizeMm;
            const Mention* nearest = nullptr;
            const auto distance = [&](const Mention& mention) { return std::abs(*mention.finding->sizeMm - size); };
            for (const Mention* seen : findings)
                if (seen->finding->sizeMm && seen->isPossible() && areComparable(*seen->finding, *concluded->finding)
                    && (!nearest || distance(*seen) < distance(*nearest)))
                    nearest = seen;
            if (!nearest || distance(*nearest) <= sizeTolerance * *nearest->finding->sizeMm + 1e-9)
                continue;
            const Text sentence = text("reports", "\"%3\" measures %1 mm in the findings and %2 mm in the impression.");
            add(Kind::Size, sentence.with(*nearest->finding->sizeMm, size, nameOf(*concluded)), {nearest, concluded});
        }
    }

    void checkLabels()
    {
        for (const auto& [label, isGiven] : m_known.labels) {
            Mentions denied, present;
            bool isOpen = false;
            for (const Mention& mention : m_mentions) {
                if (mention.finding->label != label)
                    continue;
                if (mention.isDenied())
                    denied.push_back(&mention);
                else if (mention.isPresent())
                    present.push_back(&mention);
                else if (mention.finding->status != Status::Absent)
                    isOpen = true;
            }
            if (isGiven && !denied.empty() && present.empty() && !isOpen)
                add(Kind::Label, text("reports", "The label %1 is given, the text denies it.").with(labelText(label)),
                    denied);
            if (!isGiven && !present.empty())
                add(Kind::Label, text("reports", "The label %1 is denied, the text names it.").with(labelText(label)),
                    present);
        }
    }

    void checkMarks()
    {
        for (const SideMark& mark : m_known.marks) {
            Mentions meant;
            for (const Mention& mention : m_mentions) {
                const bool isLesion =
                    mention.finding->label != "No Finding" && mention.finding->label != "Support Devices";
                if (mention.isPossible() && (mark.label.empty() ? isLesion : mention.finding->label == mark.label))
                    meant.push_back(&mention);
            }
            if (!allOnTheOtherSide(meant, mark.side))
                continue;
            const Text sentence = text("reports", "The mark \"%1\" is on the %2, the text names the %3.");
            const Text unnamed = text("reports", "A mark is on the %1, the text names the %2.");
            const Text here = nameOfSide(mark.side), there = nameOfSide(meant.front()->side);
            add(Kind::Mark,
                mark.label.empty() ? unnamed.with(here, there) : sentence.with(labelText(mark.label), here, there),
                meant);
        }
    }

    void checkSex()
    {
        const bool isFemale = m_known.sex == "F";
        if (!isFemale && m_known.sex != "M")
            return;
        PhraseTrie names;
        for (std::uint32_t i = 0; i < std::size(organs); ++i)
            if (organs[i].sex != m_known.sex)
                names.add(organs[i].phrase, i);
        const std::vector<Token> tokens = tokensOf(m_points);
        for (const PhraseMatch& match : names.matches(tokens)) {
            const Span span{tokens[match.begin].span.begin, tokens[match.end - 1].span.end};
            const Region* region = regionAt(span);
            if (!region || region->kind == SectionKind::Indication)
                continue; // whose relatives' organs may be told
            const Text sentence = isFemale ? text("reports", "\"%1\" in the report of a woman.")
                                           : text("reports", "\"%1\" in the report of a man.");
            m_found.push_back({Kind::Sex, sentence.with(m_points.slice(span)), {{span, region->part}}});
        }
    }

    void checkPlaceholders()
    {
        for (const Span& span : placeholdersIn(m_points)) {
            const Region* region = regionAt(span);
            m_found.push_back({Kind::Placeholder,
                text("reports", "\"%1\" stands for words that are missing.").with(m_points.slice(span)),
                {{span, region ? region->part : std::string()}}});
        }
    }

    CodePoints m_points;
    std::vector<Token> m_tokens;
    std::vector<Sentence> m_sentences;
    std::vector<Region> m_regions;
    const Known& m_known;
    std::vector<Mention> m_mentions;
    std::vector<Contradiction> m_found;
};

} // namespace

std::vector<Contradiction> contradictionsOf(
    const Document& document, std::span<const Finding> findings, const Known& known)
{
    return Checker(document, findings, known).run();
}

} // namespace hounsfield::reports
