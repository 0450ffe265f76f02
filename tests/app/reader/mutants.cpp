#include "tests/app/reader/mutants.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace hounsfield::mutants {

namespace {

std::size_t below(Random& random, std::size_t count)
{
    return static_cast<std::size_t>(random.below(static_cast<std::int64_t>(std::max<std::size_t>(count, 1))));
}

/// Headers are hit more often than pixels.
std::size_t place(const std::string& bytes, Random& random)
{
    return below(random, random.below(4) == 0 ? bytes.size() : std::min<std::size_t>(bytes.size(), 1500));
}

void flip(std::string& bytes, std::size_t count, Random& random)
{
    for (std::size_t i = 0; i < count; ++i) {
        char& byte = bytes[place(bytes, random)];
        byte = static_cast<char>(byte ^ (1 << random.below(8)));
    }
}

void fill(std::string& bytes, Random& random)
{
    const std::size_t at = place(bytes, random), count = 1 + below(random, 40);
    const char value = static_cast<char>(random.below(256));
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), std::min(count, bytes.size() - at), value);
}

/// A number of two or four bytes, wherever it may stand, becomes one that programs stumble over.
void renumber(std::string& bytes, std::size_t at, Random& random)
{
    const std::size_t width = random.below(2) ? 2 : 4;
    if (at + width > bytes.size())
        return;
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + at, width);
    const std::array<std::uint32_t, 6> wrong{0, 0xffffffff, value + 1, value - 1, value * 2, 0x7fffffff};
    std::memcpy(bytes.data() + at, &wrong[below(random, wrong.size())], width);
}

/// Elements of DICOM, blocks of anything else: begin and end of one of them.
std::pair<std::size_t, std::size_t> piece(
    const std::string& bytes, const std::vector<std::size_t>& elements, Random& random)
{
    if (elements.size() > 2) {
        const std::size_t n = below(random, elements.size() - 1);
        return {elements[n], elements[n + 1]};
    }
    const std::size_t begin = place(bytes, random);
    return {begin, std::min(bytes.size(), begin + 1 + below(random, 64))};
}

void move(std::string& bytes, const std::vector<std::size_t>& elements, Random& random)
{
    const auto [begin, end] = piece(bytes, elements, random);
    const std::string part = bytes.substr(begin, end - begin);
    const auto kind = random.below(3);
    if (kind != 0) // removed or moved
        bytes.erase(begin, end - begin);
    if (kind != 1) { // doubled or moved
        const auto [to, unused] = piece(bytes, {}, random);
        const std::size_t target = elements.size() > 2 && elements.front() < bytes.size()
                                       ? std::min(elements[below(random, elements.size() - 1)], bytes.size())
                                       : to;
        bytes.insert(target, part);
    }
}

/// The two letters of an element's value representation.
void revalue(std::string& bytes, const std::vector<std::size_t>& elements, Random& random)
{
    constexpr std::array<const char*, 12> kinds{
        "UL", "US", "SS", "OB", "OW", "SQ", "UN", "DS", "IS", "\x01\x02", "??", "AT"};
    const std::size_t at = elements[below(random, elements.size() - 1)] + 4;
    if (at + 2 <= bytes.size())
        bytes.replace(at, 2, kinds[below(random, kinds.size())], 2);
}

void splice(std::string& bytes, const std::string& other, Random& random)
{
    const std::size_t at = place(bytes, random), from = below(random, other.size());
    bytes = bytes.substr(0, at) + other.substr(from);
}

} // namespace

std::vector<std::size_t> dicomElements(const std::string& file)
{
    std::vector<std::size_t> starts;
    if (file.size() < 140 || file.compare(128, 4, "DICM") != 0)
        return starts;
    for (std::size_t at = 132; at + 12 <= file.size();) {
        starts.push_back(at);
        const std::string kind = file.substr(at + 4, 2);
        const bool isLong =
            kind == "OB" || kind == "OW" || kind == "SQ" || kind == "UN" || kind == "UT" || kind == "OF";
        std::uint32_t length = 0;
        std::memcpy(&length, file.data() + at + (isLong ? 8 : 6), isLong ? 4 : 2);
        if (kind.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string::npos || length == 0xffffffff)
            break; // implicit, or of unknown length: the rest is one block
        at += (isLong ? 12 : 8) + length;
    }
    starts.push_back(file.size());
    return starts;
}

std::string mutant(const std::string& clean, const std::string& other, Random& random)
{
    std::string bytes = clean;
    const auto elements = dicomElements(clean);
    const bool isDicom = elements.size() > 2;
    switch (random.below(isDicom ? 11 : 9)) {
    case 0:
        flip(bytes, 1, random);
        break;
    case 1:
        flip(bytes, 10, random);
        break;
    case 2:
        flip(bytes, bytes.size() / 100 + 1, random);
        break;
    case 3:
        fill(bytes, random);
        break;
    case 4:
        renumber(bytes, place(bytes, random), random);
        break;
    case 5:
    case 6:
        move(bytes, elements, random);
        break;
    case 7:
        bytes.resize(below(random, bytes.size() - 1) + 1);
        break;
    case 8:
        splice(bytes, other, random);
        break;
    case 9:
        revalue(bytes, elements, random);
        break;
    default: // the length or the value of an element
        renumber(bytes, elements[below(random, elements.size() - 1)] + 6 + below(random, 3), random);
        break;
    }
    return bytes;
}

} // namespace hounsfield::mutants
