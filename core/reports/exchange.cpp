#include "core/reports/exchange.h"

#include "core/reports/exchange_formats.h"

#include <algorithm>

namespace hounsfield::reports {

const std::vector<ExchangeFormat>& exchangeFormats()
{
    static const std::vector<ExchangeFormat> formats{
        ownFormat(), bratFormat(), doccanoFormat(), prodigyFormat(), conllFormat(), csvFormat(), chexpertFormat()};
    return formats;
}

Result<const ExchangeFormat*> findExchangeFormat(const std::string& name)
{
    const auto& formats = exchangeFormats();
    const auto found = std::ranges::find(formats, name, &ExchangeFormat::name);
    if (found != formats.end())
        return &*found;
    std::string names;
    for (const ExchangeFormat& format : formats)
        names += (names.empty() ? "" : ", ") + format.name;
    return badInput(text("reports", "There is no format of annotations called %1; there are %2.").with(name, names));
}

Result<Imported> readDocuments(
    files::ReaderPool& readers, const ExchangeFormat& format, const std::filesystem::path& path, const Monitor& monitor)
{
    if (!format.read)
        return unsupported(text("reports", "The format %1 is only written, not read.").with(format.name));
    const auto files = TRY(openFiles(readers, format, path, monitor.part(0, 0.2)));
    Importer importer(files.size() > 1 && !format.isFolder);
    TRY(format.read(files, importer, monitor.part(0.2, 1)));
    Imported imported = std::move(importer).finished();
    if (imported.documents.empty() && !imported.problems.empty())
        return badInput(imported.problems.front(), path.string(),
            text("reports", "Nothing else could be read either; choose another file, or another format."));
    return imported;
}

std::vector<Loss> lossesOf(const ExchangeFormat& format, std::span<const Document> documents)
{
    Tally tally;
    fitted(format, documents, tally);
    return std::move(tally.losses);
}

Result<void> writeDocuments(const ExchangeFormat& format, std::span<const Document> documents,
    const std::filesystem::path& path, const Monitor& monitor, const FileCalls& calls)
{
    if (!format.write)
        return unsupported(text("reports", "The format %1 is only read, not written.").with(format.name));
    TRY(monitor.at(text("reports", "Writing annotations"), 0));
    Tally tally;
    const auto files = format.write(fitted(format, documents, tally));
    if (format.isFolder)
        return writeFolder(path, files, monitor.part(0.5, 1), calls);
    TRY(monitor.at(text("reports", "Writing annotations"), 0.5));
    return writeAtomically(path, files.front().bytes, calls);
}

} // namespace hounsfield::reports
