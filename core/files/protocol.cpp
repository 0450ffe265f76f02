#include "core/files/protocol.h"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <type_traits>

namespace hounsfield::files {

namespace {
// One list of fields per type serves both directions, so that writer and reader cannot disagree.
template <typename Io> void fields(Io& io, Text& v)
{
    io("c", v.context), io("s", v.sentence), io("v", v.values), io("t", v.texts);
}
template <typename Io> void fields(Io& io, Error& v)
{
    io("kind", v.kind), io("what", v.what), io("where", v.where), io("advice", v.advice);
}
template <typename Io> void fields(Io& io, image::Window& v)
{
    io("c", v.center), io("w", v.width), io("f", v.function), io("e", v.explanation);
}
template <typename Io> void fields(Io& io, image::LookupTable& v)
{
    io("first", v.firstMapped), io("bits", v.bits), io("data", v.data), io("e", v.explanation);
}
template <typename Io> void fields(Io& io, image::Geometry& v)
{
    io("size", v.size), io("spacing", v.spacing), io("origin", v.origin), io("direction", v.direction);
    io("oriented", v.isOriented), io("spaced", v.isSpaced);
}
template <typename Io> void fields(Io& io, image::Facts& v)
{
    io("patientName", v.patientName), io("patientID", v.patientID), io("birth", v.patientBirthDate);
    io("sex", v.patientSex), io("study", v.studyInstanceUID), io("date", v.studyDate);
    io("studyText", v.studyDescription), io("accession", v.accessionNumber), io("series", v.seriesInstanceUID);
    io("seriesText", v.seriesDescription), io("seriesNumber", v.seriesNumber), io("modality", v.modality);
    io("part", v.bodyPartExamined), io("view", v.viewPosition), io("side", v.laterality);
    io("frameOfReference", v.frameOfReferenceUID), io("class", v.sopClassUID);
    io("photometric", v.photometricInterpretation), io("syntax", v.transferSyntaxUID), io("type", v.imageType);
    io("lossy", v.isLossy), io("ratio", v.lossyRatio), io("burned", v.hasBurnedInAnnotation);
    io("synthetic", v.isSynthetic), io("derivation", v.derivationDescription);
    io("uids", v.sopInstanceUIDs), io("frames", v.frameNumbers), io("files", v.files);
}
template <typename Io> void fields(Io& io, FrameHeader& v)
{
    io("p", v.position), io("o", v.orientation), io("d", v.pixelSpacing), io("ds", v.spacingSource);
    io("m", v.slope), io("b", v.intercept), io("u", v.rescaleType), io("w", v.windows), io("k", v.stackKeys);
}
template <typename Io> void fields(Io& io, Overlay& v)
{
    io("g", v.group), io("r", v.rows), io("c", v.columns), io("or", v.originRow), io("oc", v.originColumn);
    io("in", v.isInPixelData);
}
template <typename Io> void fields(Io& io, FileHeader& v)
{
    io("format", v.format), io("kind", v.kind), io("file", v.file), io("facts", v.facts);
    io("report", v.reportText);
    io("instance", v.instanceNumber), io("columns", v.columns), io("rows", v.rows), io("frames", v.frames);
    io("samples", v.samplesPerPixel), io("photometric", v.photometric), io("allocated", v.bitsAllocated);
    io("stored", v.bitsStored), io("high", v.highBit), io("signed", v.isSigned), io("padding", v.paddingValue);
    io("paddingLimit", v.paddingRangeLimit), io("frameHeaders", v.frameHeaders), io("modalityLut", v.modalityLut);
    io("voiLut", v.voiLut), io("overlays", v.overlays), io("shape", v.presentationLutShape);
    io("acquisition", v.acquisition), io("geometry", v.geometry), io("type", v.storedType);
    io("components", v.components), io("times", v.timePoints), io("unit", v.unit), io("problems", v.problems);
}
template <typename Io> void fields(Io& io, DecodedImage& v)
{
    io("w", v.width), io("h", v.height), io("hash", v.pixelHash), io("p", v.patientID), io("m", v.modality);
    io("s", v.study), io("u", v.uid), io("b", v.bits);
    io("marked", v.isMarked), io("synthetic", v.saysSynthetic);
}
template <typename Io> void fields(Io& io, ImageAnswer& v)
{
    io("i", v.image), io("e", v.error);
}
template <typename Io> void fields(Io& io, Request& v)
{
    io("kind", v.kind), io("path", v.path), io("entry", v.entry), io("entries", v.entries), io("frames", v.frames);
    io("first", v.firstFrame), io("count", v.frameCount), io("offset", v.offset), io("bytes", v.bytes);
    io("type", v.type), io("components", v.components), io("slope", v.slope), io("intercept", v.intercept);
    io("lut", v.modalityLut), io("width", v.width), io("height", v.height), io("limit", v.limit);
    if (v.kind == Request::Kind::Encode)
        io("header", v.header);
    io("format", v.format), io("attempt", v.attempt);
}
template <typename Io> void fields(Io& io, Answer& v)
{
    io("error", v.error), io("header", v.header), io("lines", v.lines), io("images", v.images);
}

// The last member of each enumeration that travels.
constexpr int lastOf(Error::Kind)
{
    return static_cast<int>(Error::Kind::Cancelled);
}
constexpr int lastOf(image::Window::Function)
{
    return static_cast<int>(image::Window::Function::Sigmoid);
}
constexpr int lastOf(image::ScalarType)
{
    return static_cast<int>(image::ScalarType::Float64);
}
constexpr int lastOf(Format)
{
    return static_cast<int>(Format::Bmp);
}
constexpr int lastOf(Request::Kind)
{
    return static_cast<int>(Request::Kind::Attempt);
}

template <typename T> struct IsOptional : std::false_type {
};
template <typename T> struct IsOptional<std::optional<T>> : std::true_type {
};
template <typename T> struct IsList : std::false_type {
};
template <typename T> struct IsList<std::vector<T>> : std::true_type {
};
template <typename T, std::size_t n> struct IsList<std::array<T, n>> : std::true_type {
};
template <typename T> struct IsArray : std::false_type {
};
template <typename T, std::size_t n> struct IsArray<std::array<T, n>> : std::true_type {
};

template <typename T> Json encoded(const T& value);

struct Writer {
    Json json = Json::object();
    template <typename T> void operator()(const char* name, const T& value)
    {
        if constexpr (std::is_same_v<T, std::string>) {
            if (!value.empty())
                json[name] = value;
        } else if constexpr (IsOptional<T>::value) {
            if (value)
                json[name] = encoded(*value);
        } else if constexpr (IsList<T>::value && !IsArray<T>::value) {
            if (!value.empty())
                json[name] = encoded(value);
        } else
            json[name] = encoded(value);
    }
};

template <typename T> Json encoded(const T& value)
{
    if constexpr (std::is_enum_v<T>)
        return static_cast<int>(value);
    else if constexpr (IsList<T>::value) {
        Json list = Json::array();
        for (const auto& element : value)
            list.push_back(encoded(element));
        return list;
    } else if constexpr (std::is_floating_point_v<T>)
        return std::isfinite(value) ? Json(value) : Json(value > 0 ? "inf" : value < 0 ? "-inf" : "nan");
    else if constexpr (std::is_arithmetic_v<T> || std::is_same_v<T, std::string>)
        return value;
    else {
        Writer writer;
        fields(writer, const_cast<T&>(value)); // the writer only looks
        return std::move(writer.json);
    }
}

template <typename T> void decode(const Json& json, T& value);

struct Reader {
    const Json& json;
    template <typename T> void operator()(const char* name, T& value)
    {
        const auto found = json.find(name);
        if (found != json.end())
            decode(*found, value);
    }
};

template <typename T> void decodeNumber(const Json& json, T& value)
{
    if constexpr (std::is_same_v<T, bool>)
        value = json.get<bool>();
    else if constexpr (std::is_floating_point_v<T>) {
        if (json.is_string())
            value = json == "inf"    ? std::numeric_limits<T>::infinity()
                    : json == "-inf" ? -std::numeric_limits<T>::infinity()
                                     : std::numeric_limits<T>::quiet_NaN();
        else
            value = json.get<T>();
    } else {
        if (!json.is_number_integer())
            throw std::range_error("no whole number");
        const auto wide = json.get<std::int64_t>();
        if (!std::in_range<T>(wide))
            throw std::range_error("number out of range");
        value = static_cast<T>(wide);
    }
}

template <typename T> void decode(const Json& json, T& value)
{
    if constexpr (std::is_enum_v<T>) {
        int number = 0;
        decodeNumber(json, number);
        if (number < 0 || number > lastOf(T{}))
            throw std::range_error("no such kind");
        value = static_cast<T>(number);
    } else if constexpr (IsOptional<T>::value)
        decode(json, value.emplace());
    else if constexpr (IsList<T>::value) {
        if (!json.is_array() || (IsArray<T>::value && json.size() != value.size()))
            throw std::range_error("a list of another length");
        if constexpr (!IsArray<T>::value)
            value.resize(json.size());
        for (std::size_t i = 0; i < json.size(); ++i)
            decode(json[i], value[i]);
    } else if constexpr (std::is_arithmetic_v<T>)
        decodeNumber(json, value);
    else if constexpr (std::is_same_v<T, std::string>)
        value = json.get<std::string>();
    else {
        if (!json.is_object())
            throw std::range_error("no object");
        Reader reader{json};
        fields(reader, value);
    }
}

template <typename T> std::string writtenAs(const T& value)
{
    return encoded(value).dump(-1, ' ', false, Json::error_handler_t::replace);
}

template <typename T> Result<T> readAs(const std::string& message)
{
    try {
        T value;
        // Depth is bounded before parsing: nlohmann's parser keeps its own stack, destruction does not.
        const Json json = Json::parse(message, [](int depth, Json::parse_event_t, Json&) {
            if (depth > 32)
                throw std::range_error("too deep");
            return true;
        });
        decode(json, value);
        return value;
    } catch (const std::exception& problem) {
        return environment(
            text("files", "A message between program and reader cannot be understood (%1).").with(problem.what()));
    }
}
} // namespace

std::string written(const Request& request)
{
    return writtenAs(request);
}

std::string written(const Answer& answer)
{
    return writtenAs(answer);
}

Result<Request> readRequest(const std::string& message)
{
    return readAs<Request>(message);
}

Result<Answer> readAnswer(const std::string& message)
{
    return readAs<Answer>(message);
}

} // namespace hounsfield::files
