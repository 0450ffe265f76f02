#include "core/files/formats.h"
#include "core/reports/table_formats.h"

#include <algorithm>
#include <pugixml.hpp>

namespace hounsfield::reports {

namespace {

constexpr int deepest = 100;

/// Calls `use` for each node below, without recursion: a file may nest as deeply as it likes.
template <typename Use> class Walker : public pugi::xml_tree_walker {
  public:
    explicit Walker(Use use)
        : m_use(std::move(use))
    {
    }
    bool for_each(pugi::xml_node& node) override
    {
        m_use(node, depth());
        return true;
    }

  private:
    Use m_use;
};
template <typename Use> void forEachBelow(pugi::xml_node top, Use use)
{
    Walker<Use> walker(std::move(use));
    top.traverse(walker);
}

std::string textOf(pugi::xml_node top)
{
    std::string all;
    forEachBelow(top, [&all](pugi::xml_node node, int) { all += node.value(); });
    return all;
}

std::string idOf(pugi::xml_node node)
{
    const std::string id = node.attribute("id").value();
    return id.empty() ? textOf(node) : id;
}

// Of Open-I: <eCitation> is a report, <AbstractText Label="FINDINGS"> its texts, <MeSH><major> its labels.
void fillFrom(pugi::xml_node node, GrowingTable& growing)
{
    const std::string_view name = node.name();
    const pugi::xml_attribute label = node.attribute("Label");
    if (name == "uId")
        growing.fill("id", idOf(node));
    else if (name == "PatientID" || name == "AccessionNumber")
        growing.fill(std::string(name), idOf(node));
    else if (name == "AbstractText")
        growing.fill(label ? files::lowerCase(label.value()) : "text", textOf(node));
    else if (std::string_view(node.parent().name()) == "MeSH")
        growing.fill("mesh " + std::string(name), textOf(node), "; ");
}

bool isReport(pugi::xml_node node)
{
    return std::string_view(node.name()) == "eCitation";
}

/// What is looked at before anything is taken.
struct Content {
    int depth = 0;
    std::int64_t reports = 0;
    bool hasText = false;
};

Content contentOf(pugi::xml_node document)
{
    Content content;
    forEachBelow(document, [&content](pugi::xml_node node, int depth) {
        content.depth = std::max(content.depth, depth);
        content.reports += isReport(node) ? 1 : 0;
        content.hasText = content.hasText || std::string_view(node.name()) == "AbstractText";
    });
    return content;
}

Result<void> refuseDeclarations(const pugi::xml_document& document, const std::string& name)
{
    for (const pugi::xml_node node : document.children())
        if (node.type() == pugi::node_doctype)
            return badInput(text("reports", "The XML file declares a document type or entities, which are not read."),
                name, text("reports", "Remove its <!DOCTYPE …> and try again."));
    return {};
}

} // namespace

Result<Table> parseReportXml(const TableText& from, const Monitor&)
{
    const std::string& all = from.decoded.text;
    pugi::xml_document document;
    constexpr unsigned asWritten = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_doctype;
    const auto parsed = document.load_buffer(all.data(), all.size(), asWritten, pugi::encoding_utf8);
    TRY(refuseDeclarations(document, from.name));
    if (!parsed) {
        const auto row = 1 + std::count(all.begin(), all.begin() + parsed.offset, '\n');
        return tl::unexpected(
            rowProblem(from, row, text("reports", "The XML is damaged: %1.").with(parsed.description()),
                text("reports", "Export the report again."))
                .error);
    }
    const Content content = contentOf(document);
    if (content.depth > deepest)
        return badInput(text("reports", "The XML file nests its elements %1 deep.").with(content.depth), from.name,
            text("reports", "It is no report; leave it out."));
    if (!content.hasText)
        return badInput(text("reports", "The XML file holds no report (no AbstractText)."), from.name,
            text("reports", "Reports in XML are read in the form of Open-I; save others as CSV."));
    GrowingTable growing(from);
    noteBroken(growing.table, from, 1, 0, all.size());
    if (content.reports == 0)
        TRY(growing.startRow(1));
    Result<void> isStarted;
    forEachBelow(document, [&](pugi::xml_node node, int) {
        if (isReport(node))
            isStarted = growing.startRow(static_cast<std::int64_t>(growing.table.rows.size()) + 1);
        else if (isStarted && !growing.table.rows.empty())
            fillFrom(node, growing);
    });
    TRY(std::move(isStarted));
    return std::move(growing).finished();
}

} // namespace hounsfield::reports
