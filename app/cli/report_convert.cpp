#include "app/cli/report_convert.h"

#include "core/files/reader_client.h"
#include "core/reports/exchange.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <system_error>

#include <algorithm>

namespace hounsfield::cli {

namespace {

using Json = nlohmann::ordered_json;
using reports::ExchangeFormat;

Result<void> checkPlace(const std::string& path, bool isForced)
{
    std::error_code problem;
    const bool isTaken = std::filesystem::exists(path, problem)
                         && !(std::filesystem::is_directory(path, problem) && std::filesystem::is_empty(path, problem));
    if (isTaken && !isForced)
        return badInput(text("cli", "There is something at this place already."), path,
            text("cli", "Name another place, or replace it with --force."));
    return {};
}

std::vector<std::string> formatNames(bool (*isMeant)(const ExchangeFormat&))
{
    std::vector<std::string> names;
    for (const ExchangeFormat& format : reports::exchangeFormats())
        if (isMeant(format))
            names.push_back(format.name);
    return names;
}

Json jsonOf(const std::vector<reports::Loss>& losses)
{
    Json list = Json::array();
    for (const reports::Loss& loss : losses)
        list.push_back({{"what", english(loss.what)}, {"count", loss.count}});
    return list;
}

Result<Answer> runConvert(const Call& call)
{
    if (call.arguments.size() != 2)
        return badInput(text("cli", "Two places are needed: what is read and what is written."), {},
            text("cli", "Name them one after the other."));
    const std::string &in = call.arguments[0], &out = call.arguments[1];
    const ExchangeFormat* from = TRY(reports::findExchangeFormat(call.options.words("from")));
    const ExchangeFormat* to = TRY(reports::findExchangeFormat(call.options.words("to")));
    TRY(checkPlace(out, call.options.flag("force")));
    files::ReaderPool readers;
    const reports::Imported imported = TRY(reports::readDocuments(readers, *from, in, call.monitor.part(0, 0.6)));
    std::vector<reports::Loss> lost = imported.lost;
    std::ranges::move(reports::lossesOf(*to, imported.documents), std::back_inserter(lost));
    TRY(reports::writeDocuments(*to, imported.documents, out, call.monitor.part(0.6, 1)));
    std::size_t spans = 0, relations = 0;
    for (const reports::Document& document : imported.documents) {
        spans += document.spans.size();
        relations += document.relations.size();
    }
    std::string words = fmt::format(
        "{} documents with {} annotations and {} relations read.\n", imported.documents.size(), spans, relations);
    for (const reports::Loss& loss : lost)
        words += fmt::format("  not carried over: {} ({})\n", english(loss.what), loss.count);
    Json problems = Json::array();
    for (const Text& problem : imported.problems) {
        problems.push_back(english(problem));
        words += "  " + english(problem) + "\n";
    }
    words += "Written: " + out + "\n";
    const Json json{{"documents", imported.documents.size()}, {"spans", spans}, {"relations", relations},
        {"lost", jsonOf(lost)}, {"problems", problems}, {"out", out}};
    return Answer{words, json.dump(-1, ' ', false, Json::error_handler_t::replace), 0};
}

} // namespace

Verb reportConvertVerb()
{
    Option from{"from", Option::Kind::Choice, "", text("cli", "Format that is read.")};
    from.choices = formatNames([](const ExchangeFormat& format) { return format.read != nullptr; });
    Option to{"to", Option::Kind::Choice, "", text("cli", "Format that is written.")};
    to.choices = formatNames([](const ExchangeFormat& format) { return format.write != nullptr; });
    from.isRequired = to.isRequired = true;
    return {"report convert", "Turns annotated reports of one program into those of another, and says what is lost.",
        "hounsfield-cli report convert --from brat --to conll corpus.zip corpus.conll", "PATH", Verb::Count::Many,
        {from, to, {"force", Option::Kind::Flag, "", text("cli", "Replace what is there.")}}, runConvert};
}

} // namespace hounsfield::cli
