#include "app/reader/nrrd_header.h"

#include "app/reader/characters.h"
#include "core/files/formats.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace hounsfield::reader {

namespace {
using image::ScalarType;

constexpr std::int64_t longestHeader = std::int64_t{1} << 20;
constexpr std::size_t mostFiles = 100'000;

struct TypeRow {
    std::string_view names; ///< each between two commas
    std::optional<ScalarType> type;
};
constexpr std::array typeTable = {
    TypeRow{",signed char,int8,int8_t,", ScalarType::Int8},
    TypeRow{",uchar,unsigned char,uint8,uint8_t,", ScalarType::UInt8},
    TypeRow{",short,short int,signed short,signed short int,int16,int16_t,", ScalarType::Int16},
    TypeRow{",ushort,unsigned short,unsigned short int,uint16,uint16_t,", ScalarType::UInt16},
    TypeRow{",int,signed int,int32,int32_t,", ScalarType::Int32},
    TypeRow{",uint,unsigned int,uint32,uint32_t,", ScalarType::UInt32},
    TypeRow{",float,", ScalarType::Float32},
    TypeRow{",double,", ScalarType::Float64},
};

struct EncodingRow {
    std::string_view names;
    NrrdHeader::Encoding encoding;
};
constexpr std::array encodingTable = {EncodingRow{",raw,", NrrdHeader::Encoding::Raw},
    EncodingRow{",text,txt,ascii,", NrrdHeader::Encoding::Text}, EncodingRow{",hex,", NrrdHeader::Encoding::Hex},
    EncodingRow{",gzip,gz,", NrrdHeader::Encoding::Gzip}, EncodingRow{",bzip2,bz2,", NrrdHeader::Encoding::Bzip2}};

/// What a space's axes are against LPS; spaces of scanners and of nobody tell nothing of the patient.
struct SpaceRow {
    std::string_view names;
    std::array<double, 2> signs;
};
constexpr std::array spaceTable = {
    SpaceRow{",right-anterior-superior,ras,right-anterior-superior-time,rast,", {-1, -1}},
    SpaceRow{",left-anterior-superior,las,left-anterior-superior-time,last,", {1, -1}},
    SpaceRow{",left-posterior-superior,lps,left-posterior-superior-time,lpst,", {1, 1}},
};

template <typename Table> auto rowNamed(const Table& table, const std::string& name)
{
    const std::string wanted = "," + files::lowerCase(name) + ",";
    return std::find_if(table.begin(), table.end(), [&](const auto& row) {
        return !name.empty() && name.find(',') == std::string::npos && row.names.find(wanted) != std::string_view::npos;
    });
}

/// Lines of a header and what follows them.
struct Lines {
    std::map<std::string, std::string, std::less<>> fields; ///< names in lower case without blanks
    std::vector<std::string> list;                          ///< lines behind "data file: LIST"
    std::int64_t end = 0;

    std::string of(std::string_view name) const
    {
        const auto found = fields.find(name);
        return found == fields.end() ? std::string() : found->second;
    }
};

std::string trimmed(std::string_view word)
{
    const auto first = word.find_first_not_of(" \t\r");
    return first == word.npos ? std::string()
                              : std::string(word.substr(first, word.find_last_not_of(" \t\r") - first + 1));
}

Lines linesOf(const std::string& text)
{
    Lines lines;
    bool isList = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const std::string line = trimmed(std::string_view(text).substr(at, end - at));
        at = std::min(end + 1, text.size());
        lines.end = static_cast<std::int64_t>(at);
        if (line.empty())
            break;
        if (isList) {
            lines.list.push_back(line);
            continue;
        }
        const auto sign = line.find(':');
        if (line.front() == '#' || sign == std::string::npos)
            continue;
        std::string name = files::lowerCase(line.substr(0, sign));
        std::erase_if(name, [](char c) { return c == ' ' || c == '\t'; });
        const bool isKeyValue =
            sign + 1 < line.size() && line[sign + 1] == '='; // of the user, but some write fields so
        if (!isKeyValue || !lines.fields.contains(name))
            lines.fields[name] = trimmed(std::string_view(line).substr(sign + (isKeyValue ? 2 : 1)));
        isList = name == "datafile" && lines.fields[name].starts_with("LIST");
    }
    return lines;
}

std::vector<std::string> wordsOf(const std::string& text)
{
    std::vector<std::string> words;
    for (std::size_t at = text.find_first_not_of(" \t"); at < text.size();) {
        const bool isBracket = text[at] == '(';
        auto end = isBracket ? text.find(')', at) : text.find_first_of(" \t", at);
        end = std::min(end == std::string::npos ? text.size() : end + (isBracket ? 1 : 0), text.size());
        words.push_back(text.substr(at, end - at));
        at = text.find_first_not_of(" \t", end);
    }
    return words;
}

std::optional<double> realOf(std::string_view word)
{
    double value = 0;
    const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), value);
    return problem == std::errc() && end == word.data() + word.size() ? std::optional(value) : std::nullopt;
}

std::optional<std::int64_t> wholeOf(std::string_view word)
{
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), value);
    return problem == std::errc() && end == word.data() + word.size() ? std::optional(value) : std::nullopt;
}

/// "(1,0,0)"; nothing where a part is no number.
std::optional<std::vector<double>> vectorOf(const std::string& word)
{
    if (word.size() < 3 || word.front() != '(' || word.back() != ')')
        return std::nullopt;
    std::vector<double> parts;
    for (std::size_t at = 1; at < word.size();) {
        const auto end = std::min(word.find(',', at), word.size() - 1);
        const auto part = realOf(trimmed(std::string_view(word).substr(at, end - at)));
        if (!part || !std::isfinite(*part))
            return std::nullopt;
        parts.push_back(*part);
        at = end + 1;
    }
    return parts;
}

tl::unexpected<Error> unusable(const char* field, const std::string& value)
{
    return badInput(text("reader", "The NRRD field \"%1\" is missing or unusable (%2).")
                        .with(field, validText(value.substr(0, 80))));
}

Result<void> setSizes(NrrdHeader& h, const Lines& lines)
{
    const auto dimension = wholeOf(lines.of("dimension"));
    const auto words = wordsOf(lines.of("sizes"));
    if (!dimension || *dimension < 1 || *dimension > 16)
        return unusable("dimension", lines.of("dimension"));
    std::int64_t values = 1;
    for (const std::string& word : words) {
        const auto size = wholeOf(word);
        if (!size || *size < 1 || *size > (1 << 24) || values > (std::int64_t{1} << 40) / *size)
            return unusable("sizes", lines.of("sizes"));
        values *= *size;
        h.sizes.push_back(*size);
    }
    return std::ssize(words) == *dimension ? Result<void>() : unusable("sizes", lines.of("sizes"));
}

/// Which axes lie in space: those with a direction; without directions those that are of no other kind.
std::vector<bool> spatialAxes(const NrrdHeader& h, const Lines& lines)
{
    const auto directions = wordsOf(lines.of("spacedirections")), kinds = wordsOf(lines.of("kinds"));
    std::vector<bool> isSpatial;
    for (std::size_t axis = 0; axis < h.sizes.size(); ++axis) {
        const std::string kind = axis < kinds.size() ? files::lowerCase(kinds[axis]) : "";
        const bool isDomain = kind.empty() || kind == "domain" || kind == "space" || kind == "???" || kind == "none";
        isSpatial.push_back(directions.size() == h.sizes.size() ? directions[axis] != "none" : isDomain);
    }
    return isSpatial;
}

/// Sorts the axes into components, three of space and time. Gives the numbers of those of space.
Result<std::vector<std::size_t>> sortAxes(NrrdHeader& h, const std::vector<bool>& isSpatial)
{
    std::vector<std::size_t> space;
    for (std::size_t axis = 0; axis < h.sizes.size(); ++axis) {
        const bool isFirst = axis == 0 && h.sizes.size() > 1;
        const bool isLast = axis + 1 == h.sizes.size() && !space.empty();
        if (isSpatial[axis] && space.size() < 3) {
            h.grid[space.size()] = h.sizes[axis];
            space.push_back(axis);
        } else if (isLast && (isSpatial[axis] || !isFirst)) {
            h.grid[3] = h.sizes[axis];
        } else if (!isSpatial[axis] && isFirst && (h.sizes[axis] == 1 || h.sizes[axis] == 3)) {
            h.components = static_cast<int>(h.sizes[axis]);
        } else {
            return unsupported(
                text("reader", "Axis %1 of the NRRD file (%2 long) is neither of space, colour nor time.")
                    .with(axis + 1, h.sizes[axis]));
        }
    }
    if (h.components == 3 && h.type != ScalarType::UInt8)
        return unsupported(text("reader", "Vectors of three numbers at each voxel are not read as an image."));
    return space;
}

/// Spacing, axes and origin by "space directions". Errors: BadInput where they span no space.
Result<void> placeBySpace(NrrdHeader& h, const Lines& lines, const std::vector<std::size_t>& space)
{
    auto& g = h.geometry;
    const auto words = wordsOf(lines.of("spacedirections"));
    const auto row = rowNamed(spaceTable, lines.of("space"));
    const auto sign = [&](std::size_t axis) { return row == spaceTable.end() || axis > 1 ? 1.0 : row->signs[axis]; };
    for (std::size_t i = 0; i < space.size(); ++i) {
        const auto direction = vectorOf(words[space[i]]);
        if (!direction || direction->size() < 2)
            return unusable("space directions", lines.of("spacedirections"));
        double length = 0;
        for (std::size_t r = 0; r < std::min<std::size_t>(direction->size(), 3); ++r)
            length = std::hypot(length, (*direction)[r]);
        if (!(length > 0))
            return unusable("space directions", lines.of("spacedirections"));
        g.spacing[i] = length;
        for (std::size_t r = 0; r < 3; ++r)
            g.direction[3 * r + i] = r < direction->size() ? sign(r) * (*direction)[r] / length + 0.0 : 0; // no −0
    }
    auto& d = g.direction;
    if (space.size() == 2) // the third follows
        for (std::size_t r = 0; r < 3; ++r)
            d[3 * r + 2] =
                d[3 * ((r + 1) % 3)] * d[3 * ((r + 2) % 3) + 1] - d[3 * ((r + 2) % 3)] * d[3 * ((r + 1) % 3) + 1];
    const double volume =
        d[0] * (d[4] * d[8] - d[5] * d[7]) - d[1] * (d[3] * d[8] - d[5] * d[6]) + d[2] * (d[3] * d[7] - d[4] * d[6]);
    if (std::abs(volume) < 1e-3)
        return unusable("space directions", lines.of("spacedirections"));
    if (const auto origin = vectorOf(lines.of("spaceorigin")))
        for (std::size_t r = 0; r < std::min<std::size_t>(3, origin->size()); ++r)
            g.origin[r] = sign(r) * (*origin)[r] + 0.0;
    g.isSpaced = true;
    g.isOriented = row != spaceTable.end() && space.size() == 3;
    return {};
}

void placeBySpacing(NrrdHeader& h, const Lines& lines, const std::vector<std::size_t>& space)
{
    const auto words = wordsOf(lines.of("spacings"));
    h.geometry.isSpaced = !words.empty();
    for (std::size_t i = 0; i < space.size(); ++i) {
        const double value = space[i] < words.size() ? realOf(words[space[i]]).value_or(0) : 0;
        const bool isKnown = std::isfinite(value) && value != 0;
        h.geometry.spacing[i] = isKnown ? std::abs(value) : 1;
        h.geometry.isSpaced = h.geometry.isSpaced && isKnown;
    }
}

/// The files with the values: one, a list, or a pattern with its numbers ("slice%03d.raw 1 40 1").
Result<void> setFiles(NrrdHeader& h, const Lines& lines, const Input& input)
{
    const std::string named = lines.of("datafile");
    if (named.empty())
        return {};
    if (input.isEntry)
        return unsupported(text("reader", "The voxels of this header lie in another file (%1) of the archive.")
                               .with(validText(named.substr(0, 80))),
            {}, text("reader", "Unpack the archive first."));
    const auto words = wordsOf(named);
    const auto sign = named.find('%');
    if (named.starts_with("LIST")) {
        h.files = lines.list;
    } else if (words.size() < 4 || sign == std::string::npos) {
        h.files = {named};
    } else {
        const auto first = wholeOf(words[1]), last = wholeOf(words[2]), step = wholeOf(words[3]);
        const auto letter = words[0].find('d', words[0].find('%'));
        if (!first || !last || !step || *step == 0 || letter == std::string::npos)
            return unusable("data file", named);
        const auto mark = words[0].find('%');
        const std::string width = words[0].substr(mark + 1, letter - mark - 1);
        const auto digits = width.empty() ? std::optional<std::int64_t>(0) : wholeOf(width);
        if (!digits || *digits < 0 || *digits > 20)
            return unusable("data file", named);
        for (std::int64_t n = *first; *step > 0 ? n <= *last : n >= *last; n += *step) {
            std::string number = std::to_string(n);
            number.insert(
                0, std::max<std::size_t>(static_cast<std::size_t>(*digits), number.size()) - number.size(), '0');
            h.files.push_back(words[0].substr(0, mark) + number + words[0].substr(letter + 1));
            if (h.files.size() > mostFiles)
                break;
        }
    }
    return h.files.empty() || h.files.size() > mostFiles ? unusable("data file", named) : Result<void>();
}
} // namespace

std::int64_t NrrdHeader::bytes() const
{
    std::int64_t values = static_cast<std::int64_t>(image::bytesOf(type));
    for (const std::int64_t size : sizes)
        values *= size;
    return values;
}

Result<NrrdHeader> nrrdHeader(const Input& input)
{
    const Lines lines = linesOf(TRY(readBytes(input, 0, std::min(input.size, longestHeader))));
    NrrdHeader h;
    h.dataStart = lines.end;
    const auto type = rowNamed(typeTable, lines.of("type"));
    if (type == typeTable.end())
        return unsupported(text("reader", "NRRD voxels of the type \"%1\" are not read.")
                               .with(validText(lines.of("type").substr(0, 80))));
    h.type = *type->type;
    TRY(setSizes(h, lines));
    const auto space = TRY(sortAxes(h, spatialAxes(h, lines)));
    const auto encoding = rowNamed(encodingTable, lines.of("encoding"));
    if (encoding == encodingTable.end())
        return unsupported(text("reader", "The NRRD encoding \"%1\" is not read.")
                               .with(validText(lines.of("encoding").substr(0, 80))));
    h.encoding = encoding->encoding;
    const std::string endian = files::lowerCase(lines.of("endian"));
    if (image::bytesOf(h.type) > 1 && h.encoding != NrrdHeader::Encoding::Text && endian != "little" && endian != "big")
        return unusable("endian", endian);
    h.isSwapped = endian == "big";
    for (auto [name, skip] : {std::pair("lineskip", &h.lineSkip), std::pair("byteskip", &h.byteSkip)}) {
        const std::string value = lines.of(name);
        const auto number = wholeOf(value.empty() ? "0" : value);
        if (!number || std::abs(*number) > (std::int64_t{1} << 40) || (skip == &h.lineSkip && *number < 0))
            return unusable(name, value);
        *skip = *number;
    }
    if (wordsOf(lines.of("spacedirections")).size() == h.sizes.size())
        TRY(placeBySpace(h, lines, space));
    else
        placeBySpacing(h, lines, space);
    h.geometry.size = {h.grid[0], h.grid[1], h.grid[2]};
    TRY(setFiles(h, lines, input));
    return h;
}

} // namespace hounsfield::reader
