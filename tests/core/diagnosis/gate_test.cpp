#include <QtTest>

#include "core/diagnosis/gate.h"
#include "core/image/voxels.h"

using namespace hounsfield;
using namespace hounsfield::diagnosis;

namespace {

image::Volume imageOf(
    const char* modality, const char* part, const char* photometric, std::int64_t size, int components)
{
    image::Geometry geometry;
    geometry.size = {size, size, 1};
    std::vector<std::uint8_t> values(static_cast<std::size_t>(size * size * components));
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = static_cast<std::uint8_t>(i % 251);
    image::Volume volume = image::makeVolume(geometry, values, components);
    volume.facts.modality = modality;
    volume.facts.bodyPartExamined = part;
    volume.facts.photometricInterpretation = photometric;
    return volume;
}

learning::SourceFacts factsOf(const char* modality, const char* part, const char* photometric, std::int64_t size)
{
    const auto list = [](const char* word) {
        return *word ? std::vector<std::string>{word} : std::vector<std::string>();
    };
    learning::SourceFacts facts;
    facts.modalities = list(modality);
    facts.bodyParts = list(part);
    facts.photometrics = list(photometric);
    facts.leastWidth = facts.mostWidth = facts.leastHeight = facts.mostHeight = size;
    return facts;
}

} // namespace

class GateTest : public QObject {
    Q_OBJECT
  private slots:
    void aModelRefusesWhatItWasNotMadeFor_data()
    {
        QTest::addColumn<int>("model");
        QTest::addColumn<int>("image");
        for (int model = 0; model < 8; ++model)
            for (int image = 0; image < 12; ++image)
                QTest::addRow("model %d, image %d", model, image) << model << image;
    }
    void aModelRefusesWhatItWasNotMadeFor()
    {
        QFETCH(int, model);
        QFETCH(int, image);
        struct Form {
            const char *modality, *part, *photometric;
            std::int64_t size;
            int channels;
        };
        // clang-format off
        static constexpr Form models[8] = {
            {"CR", "CHEST", "MONOCHROME2", 64, 1}, {"CT", "HEAD", "MONOCHROME2", 64, 1},
            {"US", "LIVER", "RGB", 64, 3},         {"CR", "HAND", "MONOCHROME1", 256, 1},
            {"", "", "", 64, 1},                   {"", "", "", 0, 1},
            {"MR", "", "MONOCHROME2", 20, 1},      {"", "CHEST", "", 64, 3}};
        static constexpr Form images[12] = {
            {"CR", "CHEST", "MONOCHROME2", 64, 1}, {"CR", "CHEST", "MONOCHROME1", 128, 1}, {"CT", "HEAD", "MONOCHROME2", 64, 1},
            {"CT", "CHEST", "MONOCHROME2", 64, 1}, {"US", "LIVER", "RGB", 64, 3},          {"US", "LIVER", "YBR_FULL", 64, 3},
            {"CR", "HAND", "MONOCHROME1", 300, 1}, {"", "", "", 64, 1},                    {"", "", "", 600, 1},
            {"", "", "", 64, 3},                   {"MR", "", "MONOCHROME2", 10, 1},       {"CR", "chest", "", 5, 1}};
        // clang-format on
        const Form& m = models[model];
        const Form& i = images[image];
        const auto differs = [](std::string a, std::string b) {
            return !a.empty() && !b.empty()
                   && QString::fromStdString(a).toUpper() != QString::fromStdString(b).toUpper();
        };
        const auto isGrey = [](std::string photometric) { return photometric.starts_with("MONO"); };
        const bool otherForm = *m.photometric && *i.photometric && isGrey(m.photometric) != isGrey(i.photometric);
        const bool otherSize = m.size > 0 && (i.size > 4 * m.size || 4 * i.size < m.size);
        const bool expected = differs(m.modality, i.modality) || differs(m.part, i.part) || otherForm || otherSize
                              || m.channels != i.channels;
        learning::Preprocessing preprocessing;
        preprocessing.channels = m.channels;
        const auto answer = checkGate(factsOf(m.modality, m.part, m.photometric, m.size), preprocessing,
            imageOf(i.modality, i.part, i.photometric, i.size, i.channels));
        QCOMPARE(!answer.isOpen(), expected);
        // Millimetres are stated by none of these: it is always said that something was not checked.
        QVERIFY(!answer.unchecked.empty());
        const std::size_t silent = !*m.modality || !*i.modality;
        QVERIFY(answer.unchecked.size() >= 1 + silent);
    }

    void aGreyPictureInAColourFileIsGrey()
    {
        image::Volume grey = imageOf("", "", "", 8, 1);
        std::vector<std::uint8_t> values;
        for (int i = 0; i < 64; ++i)
            values.insert(values.end(), 3, static_cast<std::uint8_t>(i));
        image::Geometry geometry;
        geometry.size = {8, 8, 1};
        const image::Volume rgb = image::makeVolume(geometry, values, 3);
        learning::Preprocessing preprocessing;
        QVERIFY(checkGate({}, preprocessing, grey).isOpen());
        QVERIFY(checkGate({}, preprocessing, rgb).isOpen());
        QVERIFY(!checkGate({}, preprocessing, imageOf("", "", "", 8, 3)).isOpen());
    }

    void valuesBeyondWhatWasLearnedAreRefused()
    {
        image::Geometry geometry;
        geometry.size = {8, 8, 1};
        std::vector<std::int16_t> values(64, 200);
        learning::Preprocessing preprocessing;
        QVERIFY(checkGate({}, preprocessing, image::makeVolume(geometry, values)).isOpen());
        std::fill_n(values.begin(), 15, std::int16_t{-1000});
        QVERIFY(checkGate({}, preprocessing, image::makeVolume(geometry, values)).isOpen());
        std::fill_n(values.begin(), 20, std::int16_t{-1000});
        QVERIFY(!checkGate({}, preprocessing, image::makeVolume(geometry, values)).isOpen());
    }

    void millimetresOfAPixelAreCheckedWhereBothStateThem()
    {
        image::Volume image = imageOf("", "", "", 8, 1);
        learning::Preprocessing preprocessing;
        preprocessing.spacing = 0.5;
        QVERIFY(checkGate({}, preprocessing, image).isOpen()); // not stated by the image
        image.geometry.isSpaced = true;
        image.geometry.spacing = {0.7, 0.7, 1};
        QVERIFY(checkGate({}, preprocessing, image).isOpen());
        image.geometry.spacing = {1.5, 1.5, 1};
        QVERIFY(!checkGate({}, preprocessing, image).isOpen());
    }
};

int gateTest(int argc, char** argv)
{
    GateTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "gate_test.moc"
