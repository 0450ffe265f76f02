#include "app/reader/volumes.h"
#include "core/files/formats.h"

#include <algorithm>
#include <charconv>
#include <map>

namespace hounsfield::reader {

namespace {
constexpr std::int64_t longestHeader = 64 << 10;

struct MetaHeader {
    std::map<std::string, std::string, std::less<>> fields; ///< names and values in lower case
    std::string dataFile;                                   ///< as written
    std::int64_t length = 0;                                ///< bytes up to and with the line of ElementDataFile

    bool isTrue(std::string_view name) const
    {
        const auto found = fields.find(name);
        return found != fields.end() && (found->second.starts_with("t") || found->second.starts_with("1"));
    }
    std::int64_t number(std::string_view name) const
    {
        std::int64_t value = 0;
        if (const auto found = fields.find(name); found != fields.end())
            std::from_chars(found->second.data(), found->second.data() + found->second.size(), value);
        return value;
    }
};

std::string bare(std::string_view word)
{
    const auto first = word.find_first_not_of(" \t\r");
    return first == word.npos ? std::string()
                              : std::string(word.substr(first, word.find_last_not_of(" \t\r") - first + 1));
}

MetaHeader metaHeader(const std::string& start)
{
    MetaHeader header;
    for (std::size_t at = 0; at < start.size() && header.length == 0;) {
        const auto end = std::min(start.find('\n', at), start.size());
        const std::string_view line = std::string_view(start).substr(at, end - at);
        at = end + 1;
        const auto sign = line.find('=');
        if (sign == line.npos)
            continue;
        const std::string name = files::lowerCase(bare(line.substr(0, sign))), value = bare(line.substr(sign + 1));
        header.fields[name] = files::lowerCase(value);
        if (name == "elementdatafile") {
            header.dataFile = value;
            header.length = static_cast<std::int64_t>(at);
        }
    }
    return header;
}
} // namespace

Result<void> checkMetaImage(const Input& input, std::int64_t bytes)
{
    const MetaHeader header = metaHeader(TRY(readBytes(input, 0, std::min(input.size, longestHeader))));
    const bool isText = header.fields.contains("binarydata") && !header.isTrue("binarydata");
    const bool isPacked = header.isTrue("compresseddata");
    if (header.length == 0 || isText)
        return {};
    const std::int64_t wanted = isPacked ? header.number("compresseddatasize") : bytes;
    std::int64_t there = input.size - header.length;
    if (files::lowerCase(header.dataFile) != "local") {
        // A list or a pattern of files is left to MetaIO, which misses absent ones itself.
        const bool isOneFile = header.dataFile.find_first_of(" %") == std::string::npos && header.dataFile != "LIST";
        if (!isOneFile || input.isEntry)
            return {};
        const auto folder = input.path.substr(0, input.path.rfind('/') + 1);
        const Input values =
            TRY(openInput(header.dataFile.starts_with('/') ? header.dataFile : folder + header.dataFile));
        there = values.size - std::max<std::int64_t>(0, header.number("headersize"));
    }
    if (there < wanted)
        return badInput(
            text("reader", "The header asks for %1 bytes of voxels, the file holds %2.").with(wanted, there), {},
            text("reader", "Copy or download it again."));
    return {};
}

} // namespace hounsfield::reader
