#include "core/study/values.h"

#include <nlohmann/json.hpp>

#include <charconv>

namespace hounsfield::study {

namespace {

using nlohmann::json;

bool isUtf8(std::string_view bytes)
{
    for (std::size_t i = 0; i < bytes.size();) {
        const auto first = static_cast<unsigned char>(bytes[i]);
        const std::size_t length = first < 0x80           ? 1
                                   : (first >> 5) == 0x06 ? 2
                                   : (first >> 4) == 0x0e ? 3
                                   : (first >> 3) == 0x1e ? 4
                                                          : 0;
        if (length == 0 || i + length > bytes.size())
            return false;
        std::uint32_t point = length == 1 ? first : first & (0x7fU >> length);
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(bytes[i + k]);
            if ((next >> 6) != 2)
                return false;
            point = (point << 6) | (next & 0x3fU);
        }
        constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
        if (point < least[length] || point > 0x10ffff || (point >= 0xd800 && point < 0xe000))
            return false;
        i += length;
    }
    return true;
}

/// Words as they are; other bytes as a list of numbers.
json written(const std::string& words)
{
    if (isUtf8(words))
        return words;
    json bytes = json::array();
    for (const char byte : words)
        bytes.push_back(static_cast<unsigned char>(byte));
    return bytes;
}

std::string read(const json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    std::string bytes;
    if (value.is_array())
        for (const json& byte : value)
            bytes += static_cast<char>(byte.is_number_integer() ? byte.get<int>() : '?');
    return bytes;
}

json parsed(const std::string& words)
{
    return json::parse(words, nullptr, false);
}

std::string wordsAt(const json& object, const char* key)
{
    return object.is_object() && object.contains(key) ? read(object[key]) : std::string();
}

} // namespace

std::string idOf(const Subject& subject)
{
    return std::to_string(static_cast<int>(subject.level)) + "/" + subject.uid + "/" + std::to_string(subject.frame);
}

Subject subjectOfId(std::string_view id)
{
    Subject subject;
    const std::size_t begin = id.find('/');
    const std::size_t end = id.rfind('/');
    int level = 0;
    if (begin == std::string_view::npos || begin == end)
        return subject;
    std::from_chars(id.data(), id.data() + begin, level);
    std::from_chars(id.data() + end + 1, id.data() + id.size(), subject.frame);
    subject.level = static_cast<Subject::Level>(level);
    subject.uid = id.substr(begin + 1, end - begin - 1);
    return subject;
}

std::string jsonOf(const Place& place)
{
    return json{{"file", written(place.file)}, {"entry", written(place.entry)}, {"frame", place.frame},
        {"patientID", written(place.patientID)}, {"studyInstanceUID", written(place.studyInstanceUID)},
        {"seriesInstanceUID", written(place.seriesInstanceUID)}}
        .dump();
}

Place placeOf(const std::string& words)
{
    const json object = parsed(words);
    Place place;
    place.file = wordsAt(object, "file");
    place.entry = wordsAt(object, "entry");
    if (object.is_object() && object.contains("frame") && object["frame"].is_number_integer())
        place.frame = object["frame"].get<std::int64_t>();
    place.patientID = wordsAt(object, "patientID");
    place.studyInstanceUID = wordsAt(object, "studyInstanceUID");
    place.seriesInstanceUID = wordsAt(object, "seriesInstanceUID");
    return place;
}

std::string jsonOf(const Mark& mark)
{
    return json{{"id", written(mark.id)}, {"subject", written(idOf(mark.subject))}, {"tool", written(mark.tool)},
        {"points", mark.points}, {"words", written(mark.words)}}
        .dump();
}

Mark markOf(const std::string& words)
{
    const json object = parsed(words);
    Mark mark;
    mark.id = wordsAt(object, "id");
    mark.subject = subjectOfId(wordsAt(object, "subject"));
    mark.tool = wordsAt(object, "tool");
    mark.words = wordsAt(object, "words");
    if (object.is_object() && object.contains("points") && object["points"].is_array())
        for (const json& point : object["points"])
            if (point.is_array() && point.size() == 3 && point[0].is_number() && point[1].is_number()
                && point[2].is_number())
                mark.points.push_back({point[0].get<double>(), point[1].get<double>(), point[2].get<double>()});
    return mark;
}

std::string jsonOf(const DataSetEntry& entry)
{
    return json{{"name", written(entry.name)}, {"path", written(entry.path)}, {"labelsFile", written(entry.labelsFile)},
        {"fingerprint", written(entry.fingerprint)}}
        .dump();
}

DataSetEntry dataSetOf(const std::string& words)
{
    const json object = parsed(words);
    return {wordsAt(object, "name"), wordsAt(object, "path"), wordsAt(object, "labelsFile"),
        wordsAt(object, "fingerprint")};
}

std::string jsonOf(const RunEntry& entry)
{
    return json{{"folder", written(entry.folder)}, {"network", written(entry.network)},
        {"dataSet", written(entry.dataSet)}, {"started", written(entry.started)}, {"figures", written(entry.figures)}}
        .dump();
}

RunEntry runOf(const std::string& words)
{
    const json object = parsed(words);
    return {wordsAt(object, "folder"), wordsAt(object, "network"), wordsAt(object, "dataSet"),
        wordsAt(object, "started"), wordsAt(object, "figures")};
}

std::string jsonOfWords(const std::string& words)
{
    return written(words).dump();
}

std::string wordsOfJson(const std::string& words)
{
    return read(parsed(words));
}

std::string jsonOfList(const std::vector<std::string>& words)
{
    json list = json::array();
    for (const std::string& word : words)
        list.push_back(written(word));
    return list.dump();
}

std::vector<std::string> listOfJson(const std::string& words)
{
    std::vector<std::string> list;
    const json all = parsed(words);
    if (all.is_array())
        for (const json& word : all)
            list.push_back(read(word));
    return list;
}

} // namespace hounsfield::study
