#include "core/reports/sections.h"

#include <unicode/uchar.h>

#include <optional>

namespace hounsfield::reports {

namespace {

struct Name {
    const char32_t* name; ///< lower case
    SectionKind kind;
};
using enum SectionKind;
constexpr Name names[] = {
    {U"indication", Indication},
    {U"indications", Indication},
    {U"clinical indication", Indication},
    {U"history", Indication},
    {U"clinical history", Indication},
    {U"clinical information", Indication},
    {U"clinical data", Indication},
    {U"reason for exam", Indication},
    {U"reason for examination", Indication},
    {U"reason for study", Indication},
    {U"临床诊断", Indication},
    {U"临床病史", Indication},
    {U"临床资料", Indication},
    {U"临床信息", Indication},
    {U"病史", Indication},
    {U"主诉", Indication},
    {U"检查目的", Indication},
    {U"comparison", Comparison},
    {U"comparisons", Comparison},
    {U"comparison studies", Comparison},
    {U"prior studies", Comparison},
    {U"对比", Comparison},
    {U"对照", Comparison},
    {U"比较", Comparison},
    {U"对比检查", Comparison},
    {U"technique", Technique},
    {U"procedure", Technique},
    {U"protocol", Technique},
    {U"exam", Technique},
    {U"examination", Technique},
    {U"study", Technique},
    {U"检查方法", Technique},
    {U"扫描方法", Technique},
    {U"检查技术", Technique},
    {U"扫描技术", Technique},
    {U"检查部位", Technique},
    {U"检查项目", Technique},
    {U"findings", Findings},
    {U"finding", Findings},
    {U"observations", Findings},
    {U"检查所见", Findings},
    {U"影像所见", Findings},
    {U"影像表现", Findings},
    {U"影像学表现", Findings},
    {U"影像学所见", Findings},
    {U"超声所见", Findings},
    {U"放射学表现", Findings},
    {U"所见", Findings},
    {U"ct所见", Findings},
    {U"ct表现", Findings},
    {U"mri所见", Findings},
    {U"mri表现", Findings},
    {U"x线所见", Findings},
    {U"x线表现", Findings},
    {U"检查描述", Findings},
    {U"影像描述", Findings},
    {U"impression", Impression},
    {U"impressions", Impression},
    {U"conclusion", Impression},
    {U"conclusions", Impression},
    {U"opinion", Impression},
    {U"diagnosis", Impression},
    {U"诊断意见", Impression},
    {U"印象", Impression},
    {U"诊断", Impression},
    {U"影像诊断", Impression},
    {U"影像学诊断", Impression},
    {U"超声诊断", Impression},
    {U"诊断印象", Impression},
    {U"放射学诊断", Impression},
    {U"检查结论", Impression},
    {U"结论", Impression},
    {U"意见", Impression},
    {U"检查提示", Impression},
    {U"recommendation", Other},
    {U"recommendations", Other},
    {U"addendum", Other},
    {U"notification", Other},
    {U"建议", Other},
    {U"备注", Other},
};

constexpr std::u32string_view colons = U":：", opening = U"【[［〔", closing = U"】]］〕";
constexpr std::u32string_view listMarks = U"#*-•.、)）0123456789一二三四五六【[［〔";

bool isBlank(char32_t c)
{
    return u_isUWhiteSpace(static_cast<UChar32>(c));
}
bool isLineEnd(char32_t c)
{
    return c == U'\n' || c == U'\r' || c == U'\u2028' || c == U'\u2029';
}
bool isOneOf(char32_t c, std::u32string_view signs)
{
    return signs.find(c) != std::u32string_view::npos;
}
char32_t lower(char32_t c)
{
    return static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

/// Looks for headings in one text.
struct Finder {
    const CodePoints& text;

    char32_t at(std::int64_t i) const { return i >= 0 && i < text.size() ? text[i] : U'\n'; }

    std::int64_t pastSpaces(std::int64_t i) const
    {
        while (i < text.size() && isBlank(text[i]) && !isLineEnd(text[i]))
            ++i;
        return i;
    }

    // **Findings:** of Markdown
    std::int64_t pastStars(std::int64_t i) const
    {
        while (at(i) == U'*')
            ++i;
        return i;
    }

    const Name* nameAt(std::int64_t begin, std::int64_t& end) const
    {
        const Name* best = nullptr;
        const char32_t first = lower(at(begin));
        for (const Name& row : names) {
            const std::u32string_view name = row.name;
            const auto length = static_cast<std::int64_t>(name.size());
            if (first != name[0] || begin + length > text.size() || (best && begin + length <= end))
                continue;
            std::int64_t same = 1;
            while (same < length && lower(text[begin + same]) == name[static_cast<std::size_t>(same)])
                ++same;
            if (same < length)
                continue;
            best = &row;
            end = begin + length;
        }
        return best;
    }

    /// Where the heading starts when before the name its line has nothing but numbers and marks of lists; else −1.
    std::int64_t lineStart(std::int64_t begin) const
    {
        while (!isLineEnd(at(begin - 1)) && (isBlank(at(begin - 1)) || isOneOf(at(begin - 1), listMarks)))
            --begin;
        return isLineEnd(at(begin - 1)) ? pastSpaces(begin) : -1;
    }

    bool mayStandWithin(std::int64_t begin, std::int64_t end) const
    {
        std::int64_t before = begin - 1;
        while (isBlank(at(before)) && before >= 0)
            --before;
        if (isOneOf(at(before), U"。；！？"))
            return true;
        if (before == begin - 1 || u_isupper(static_cast<UChar32>(at(before)))) // such as PAST HISTORY
            return false;
        const bool isSmall = u_islower(static_cast<UChar32>(at(begin)));
        bool isCapitals = !isSmall;
        for (std::int64_t i = begin; i < end; ++i)
            isCapitals = isCapitals && !u_islower(static_cast<UChar32>(at(i)));
        return isCapitals || (!isSmall && isOneOf(at(before), U".;:!?)]"));
    }

    /// The heading whose name stands at `begin`, its body still empty.
    std::optional<Section> headingAt(std::int64_t begin) const
    {
        std::int64_t end = begin;
        const Name* name = nameAt(begin, end);
        if (!name)
            return std::nullopt;
        const std::int64_t start = lineStart(begin);
        const std::size_t bracket = opening.find(at(begin - 1));
        if (bracket != opening.npos && at(end) == closing[bracket]) {
            const std::int64_t after = pastSpaces(end + 1);
            return Section{
                name->kind, {start < 0 ? begin - 1 : start, isOneOf(at(after), colons) ? after + 1 : end + 1}, {}};
        }
        const std::int64_t after = pastSpaces(pastStars(end));
        if (isOneOf(at(after), colons) && (start >= 0 || mayStandWithin(begin, end)))
            return Section{name->kind, {start < 0 ? begin : start, pastStars(after + 1)}, {}};
        if (start >= 0 && isLineEnd(at(after)) && !u_islower(static_cast<UChar32>(at(begin))))
            return Section{name->kind, {start, after}, {}};
        return std::nullopt;
    }

    Span trimmed(Span span) const
    {
        while (span.begin < span.end && isBlank(text[span.begin]))
            ++span.begin;
        while (span.begin < span.end && isBlank(text[span.end - 1]))
            --span.end;
        return span;
    }
};

} // namespace

std::vector<Section> sectionsOf(const CodePoints& text)
{
    const Finder finder{text};
    std::vector<Section> sections{{Other, {0, 0}, {}}};
    for (std::int64_t i = 0; i < text.size();) {
        const auto heading = finder.headingAt(i);
        if (heading)
            sections.push_back(*heading);
        i = heading ? heading->heading.end : i + 1;
    }
    for (std::size_t i = 0; i < sections.size(); ++i)
        sections[i].body = finder.trimmed(
            {sections[i].heading.end, i + 1 < sections.size() ? sections[i + 1].heading.begin : text.size()});
    if (sections.size() > 1 && sections.front().body.size() == 0)
        sections.erase(sections.begin());
    return sections;
}

SectionKind sectionKindOf(std::string_view columnName)
{
    const CodePoints text(columnName);
    const Finder finder{text};
    const Span name = finder.trimmed({0, text.size()});
    std::int64_t end = 0;
    const Name* found = finder.nameAt(name.begin, end);
    return found && end == name.end ? found->kind : Other;
}

} // namespace hounsfield::reports
