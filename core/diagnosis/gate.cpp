#include "core/diagnosis/gate.h"

#include "core/image/model_picture.h"
#include "core/image/picture.h"
#include "core/image/raster.h"

#include <algorithm>
#include <cctype>

namespace hounsfield::diagnosis {

namespace {

using Words = std::vector<std::string>;

std::string listed(const Words& words)
{
    std::string all;
    for (const std::string& word : words)
        all += (all.empty() ? "" : ", ") + word;
    return all;
}

std::string upper(std::string words)
{
    std::ranges::transform(words, words.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return words;
}

bool holds(const Words& known, const std::string& word)
{
    return std::ranges::any_of(known, [&](const std::string& one) { return upper(one) == upper(word); });
}

/// One stated fact: sentences for a refusal, for training that is silent and for an image that is.
struct Stated {
    Text refusal, trainingSilent, imageSilent;
};

void check(GateAnswer& answer, const Words& training, const std::string& image, bool isKnown, const Stated& words)
{
    if (training.empty())
        answer.unchecked.push_back(words.trainingSilent);
    else if (image.empty())
        answer.unchecked.push_back(words.imageSilent);
    else if (!isKnown)
        answer.refusals.push_back(words.refusal.with(image, listed(training)));
}

std::string formOf(const std::string& photometric)
{
    if (photometric.empty())
        return {};
    return upper(photometric).starts_with("MONOCHROME") ? "grey" : "colour";
}

void checkWords(GateAnswer& answer, const learning::SourceFacts& training, const image::Facts& facts)
{
    check(answer, training.modalities, facts.modality, holds(training.modalities, facts.modality),
        {text("diagnosis", "The image is of modality %1; the model was trained on %2."),
            text("diagnosis", "The modality was not checked: the training data did not state it."),
            text("diagnosis", "The modality was not checked: the image does not state it.")});
    check(answer, training.bodyParts, facts.bodyPartExamined, holds(training.bodyParts, facts.bodyPartExamined),
        {text("diagnosis", "The image shows %1; the model was trained on %2."),
            text("diagnosis", "The body part was not checked: the training data did not state it."),
            text("diagnosis", "The body part was not checked: the image does not state it.")});
    const std::string& photometric = facts.photometricInterpretation;
    const bool isSameForm = std::ranges::any_of(
        training.photometrics, [&](const std::string& one) { return formOf(one) == formOf(photometric); });
    check(answer, training.photometrics, photometric, isSameForm,
        {text("diagnosis", "The image's photometric form is %1; the model was trained on %2."),
            text("diagnosis", "The photometric form was not checked: the training data did not state it."),
            text("diagnosis", "The photometric form was not checked: the image does not state it.")});
}

/// Three equal channels are a grey picture in a colour file.
bool isColoured(const image::Volume& image)
{
    if (image.components != 3)
        return false;
    const auto values = image::valuesOf(image, 0);
    for (std::size_t i = 0; i + 2 < values.pixels.size(); i += 3)
        if (values.pixels[i] != values.pixels[i + 1] || values.pixels[i] != values.pixels[i + 2])
            return true;
    return false;
}

void checkSize(GateAnswer& answer, const learning::SourceFacts& training, const image::Geometry& geometry)
{
    if (training.mostWidth <= 0 || training.mostHeight <= 0) {
        answer.unchecked.push_back(text("diagnosis", "The size was not checked: the training data did not state it."));
        return;
    }
    const std::int64_t width = geometry.size[0], height = geometry.size[1];
    if (width * 4 < training.leastWidth || width > training.mostWidth * 4 || height * 4 < training.leastHeight
        || height > training.mostHeight * 4)
        answer.refusals.push_back(
            text("diagnosis", "The image has %1×%2 pixels; the model was trained on %3×%4 to %5×%6.")
                .with(
                    width, height, training.leastWidth, training.leastHeight, training.mostWidth, training.mostHeight));
}

void checkSpacing(GateAnswer& answer, double training, const image::Geometry& geometry)
{
    if (training <= 0)
        answer.unchecked.push_back(
            text("diagnosis", "The size of a pixel was not checked: the training data did not state it."));
    else if (!geometry.isSpaced)
        answer.unchecked.push_back(
            text("diagnosis", "The size of a pixel was not checked: the image does not state it."));
    else if (geometry.spacing[0] > training * 2 || geometry.spacing[0] < training / 2)
        answer.refusals.push_back(
            text("diagnosis", "A pixel of the image is %1 mm wide; the model was trained on %2 mm.")
                .with(geometry.spacing[0], training));
}

/// A quarter of the values beyond what was learned: HU for a model of photographs, 12 bits for one of 8.
void checkValues(GateAnswer& answer, const learning::Preprocessing& preprocessing, const image::Volume& image)
{
    const auto values = image::modelPictureOf(image, image.geometry.size[2] / 2, preprocessing.white).values;
    const auto outside = std::ranges::count_if(values.pixels, [&](float value) {
        return static_cast<double>(value) < preprocessing.low || static_cast<double>(value) > preprocessing.high;
    });
    if (outside * 4 > static_cast<std::ptrdiff_t>(values.pixels.size()))
        answer.refusals.push_back(
            text("diagnosis", "%1 % of the image's values lie outside %2 to %3, which the model was trained on.")
                .with(outside * 100 / static_cast<std::ptrdiff_t>(values.pixels.size()), preprocessing.low,
                    preprocessing.high));
}

} // namespace

GateAnswer checkGate(
    const learning::SourceFacts& training, const learning::Preprocessing& preprocessing, const image::Volume& image)
{
    GateAnswer answer;
    checkWords(answer, training, image.facts);
    const bool isColour = isColoured(image);
    if (isColour && preprocessing.channels == 1)
        answer.refusals.push_back(text("diagnosis", "The image is in colour; the model was trained on grey images."));
    else if (!isColour && preprocessing.channels == 3)
        answer.refusals.push_back(text("diagnosis", "The image is grey; the model was trained on colour images."));
    checkValues(answer, preprocessing, image);
    checkSize(answer, training, image.geometry);
    checkSpacing(answer, preprocessing.spacing > 0 ? preprocessing.spacing : training.spacing, image.geometry);
    return answer;
}

} // namespace hounsfield::diagnosis
