#include <QtTest>

#include "core/synthesis/real_images.h"

#include <set>

using namespace hounsfield;
using namespace hounsfield::synthesis;

namespace {

ImageFrame frameOf(std::int64_t size, std::int64_t width, std::int64_t height, int channels)
{
    ImageFrame frame;
    frame.size = size;
    frame.preprocessing.width = width;
    frame.preprocessing.height = height;
    frame.preprocessing.channels = channels;
    return frame;
}

/// 40 patients with three images each, all of one class a patient.
learning::DataSet patients()
{
    learning::DataSet data;
    data.name = "patients";
    data.classes = {"normal", "lesion"};
    for (int i = 0; i < 120; ++i) {
        learning::Case one;
        one.name = std::to_string(i);
        one.patient = "p" + std::to_string(i / 3);
        one.label = i / 3 % 2;
        one.pixelHash = "h" + std::to_string(i);
        data.cases.push_back(one);
    }
    return data;
}

} // namespace

class RealImagesTest : public QObject {
    Q_OBJECT
  private slots:
    void edgesAreRepeatedAroundSmallerImages()
    {
        const ImageFrame frame = frameOf(4, 2, 2, 1);
        const std::vector<float> stored{0, 255, 51, 102};
        std::vector<float> pair(16);
        frame.enter(stored, pair);
        const std::vector<float> expected{
            -1, -1, 1, 1, -1, -1, 1, 1, -0.6F, -0.6F, -0.2F, -0.2F, -0.6F, -0.6F, -0.2F, -0.2F};
        for (std::size_t i = 0; i < pair.size(); ++i)
            QVERIFY(std::abs(pair[i] - expected[i]) < 1e-6F);
    }

    void whatEntersLeavesUnchanged_data()
    {
        QTest::addColumn<double>("high");
        QTest::addColumn<int>("channels");
        QTest::newRow("8 bits") << 255.0 << 1;
        QTest::newRow("8 bits, colour") << 255.0 << 3;
        QTest::newRow("16 bits") << 4000.0 << 1;
    }

    void whatEntersLeavesUnchanged()
    {
        QFETCH(double, high);
        QFETCH(int, channels);
        ImageFrame frame = frameOf(32, 28, 25, channels);
        frame.preprocessing.low = high > 255 ? 100 : 0;
        frame.preprocessing.high = high;
        std::vector<float> stored, pair(static_cast<std::size_t>(frame.form().elements()));
        Random random(1, "image");
        for (std::int64_t i = 0; i < frame.preprocessing.elements(); ++i)
            stored.push_back(static_cast<float>(random.below(static_cast<std::int64_t>(high) - 100) + 100));
        frame.enter(stored, pair);
        std::vector<float> back(stored.size());
        frame.leave(pair, back);
        QCOMPARE(back, stored);
    }

    void valuesBeyondTheRangeAreHeldWithinIt()
    {
        const ImageFrame frame = frameOf(1, 1, 1, 1);
        std::vector<float> stored(1);
        frame.leave(std::vector<float>{1.5F}, stored);
        QCOMPARE(stored[0], 255.0F);
        frame.leave(std::vector<float>{-1.5F}, stored);
        QCOMPARE(stored[0], 0.0F);
    }

    void noPatientIsInTwoPlaces()
    {
        const auto data = patients();
        const auto split = splitForPair(data, {{"seed", "3"}});
        QVERIFY2(split, split ? "" : english(split.error()).c_str());
        std::map<std::string, std::set<std::string>> places;
        const auto add = [&](const std::vector<std::int64_t>& cases, const char* place) {
            for (const std::int64_t i : cases)
                places[data.cases[static_cast<std::size_t>(i)].patient].insert(place);
        };
        add(split->members, "members");
        add(split->heldBack, "held back");
        add(split->test, "test");
        for (const auto& [patient, where] : places)
            QVERIFY2(where.size() == 1, patient.c_str());
        QVERIFY(!split->members.empty() && !split->heldBack.empty() && !split->test.empty());
        QVERIFY(split->heldBack.size() * 20 > split->training().size()); // a tenth, as whole patients allow
        QVERIFY(split->heldBack.size() * 5 < split->training().size());
    }

    void theSameSeedSplitsAlike()
    {
        const auto data = patients();
        const auto a = splitForPair(data, {{"seed", "3"}}), b = splitForPair(data, {{"seed", "3"}}),
                   c = splitForPair(data, {{"seed", "4"}});
        QVERIFY(a->members == b->members && a->heldBack == b->heldBack);
        QVERIFY(a->members != c->members);
    }

    void aClassWithoutTrainingImagesIsNamed()
    {
        auto data = patients();
        data.classes.push_back("rare");
        const auto split = splitForPair(data, {});
        QVERIFY(!split);
        QVERIFY2(english(split.error()).find("rare") != std::string::npos, english(split.error()).c_str());
    }
};

int realImagesTest(int argc, char** argv)
{
    RealImagesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "real_images_test.moc"
