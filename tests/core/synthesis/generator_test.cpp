#include <QTemporaryDir>
#include <QtTest>

#include "core/base/atomic_file.h"
#include "core/synthesis/generator.h"
#include "core/synthesis/pair_networks.h"

using namespace hounsfield;
using namespace hounsfield::synthesis;

namespace {

GeneratorModel model(int channels = 1)
{
    GeneratorModel model;
    PairForm form;
    form.channels = channels;
    form.classes = 3;
    model.graph = std::make_shared<const nn::Graph>(pairNetworks().front().generator(form));
    model.network = "dcgan";
    model.classes = {"a", "b", "c"};
    model.frame.size = 32;
    model.frame.preprocessing.width = model.frame.preprocessing.height = 28;
    model.frame.preprocessing.channels = channels;
    model.frame.preprocessing.mean.assign(static_cast<std::size_t>(channels), 0);
    model.frame.preprocessing.deviation.assign(static_cast<std::size_t>(channels), 1);
    model.images = 12;
    model.steps = 34;
    model.splitHash = "split";
    model.dataFingerprint = "data";
    return model;
}

Sampler samplerOf(const GeneratorModel& model, int threads = 2)
{
    auto sampler = Sampler::make(model.graph, nullptr, model.frame, threads);
    if (!sampler)
        qFatal("%s", english(sampler.error()).c_str());
    return std::move(*sampler);
}

} // namespace

class GeneratorTest : public QObject {
    Q_OBJECT
  private slots:
    void aFileGivesBackTheGeneratorAndMakesTheSameImages()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "generator.onnx";
        const GeneratorModel written = model(3);
        QVERIFY(writeAtomically(file, exported(written)));
        const auto read = readGenerator(file);
        QVERIFY2(read, read ? "" : english(read.error()).c_str());
        QCOMPARE(read->classes, written.classes);
        QVERIFY(read->frame.preprocessing == written.frame.preprocessing && read->frame.size == 32);
        QCOMPARE(read->images, std::int64_t{12});
        QCOMPARE(read->steps, std::int64_t{34});
        QVERIFY(read->hash.size() == 32);
        const auto a = samplerOf(written).make(5, 1, 0, 3, {}), b = samplerOf(*read).make(5, 1, 0, 3, {});
        QVERIFY(a && b && a->values == b->values);
        QCOMPARE(exported(*read), exported(written));
    }

    void anImageDoesNotDependOnWhatIsMadeBesideItNorOnThreads()
    {
        const GeneratorModel one = model();
        auto first = samplerOf(one, 1), second = samplerOf(one, 3);
        const auto all = first.make(7, 2, 0, 70, {}), last = second.make(7, 2, 69, 1, {});
        QVERIFY(all && last);
        const auto image = all->image(69);
        QVERIFY(std::ranges::equal(image, last->image(0)));
        QVERIFY(!std::ranges::equal(image, all->image(68)));
    }

    void valuesAreWholeNumbersOfTheSetsRange()
    {
        const auto made = samplerOf(model()).make(1, 0, 0, 4, {});
        QVERIFY(made && made->count == 4 && made->elements == 28 * 28);
        for (const float value : made->values)
            QVERIFY(value >= 0 && value <= 255 && value == std::nearbyint(value));
    }

    void theWayBetweenTwoImagesBeginsAndEndsWithThem()
    {
        auto sampler = samplerOf(model());
        const Sampler::Wish from{1, 0, 3}, to{1, 2, 8};
        const auto way = sampler.between(from, to, 5, {});
        const auto ends = sampler.make(std::vector{from, to}, {});
        QVERIFY(way && ends);
        QVERIFY(std::ranges::equal(way->image(0), ends->image(0)));
        QVERIFY(std::ranges::equal(way->image(4), ends->image(1)));
        QVERIFY(!std::ranges::equal(way->image(2), ends->image(0)));
    }

    void aFileOfAnotherProgramIsRefusedWithASentence()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "other.onnx";
        QVERIFY(writeAtomically(file, exportedDiscriminator(model(), pairNetworks().front().discriminator({}))));
        const auto read = readGenerator(file);
        QVERIFY(!read);
        QVERIFY(english(read.error()).find("no generator") != std::string::npos);
        QVERIFY(writeAtomically(file, std::string_view("no model at all")));
        QVERIFY(!readGenerator(file));
    }

    void classesThatDoNotFitTheGraphAreRefused()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "generator.onnx";
        GeneratorModel lying = model();
        lying.classes = {"a", "b"};
        QVERIFY(writeAtomically(file, exported(lying)));
        QVERIFY(!readGenerator(file));
        lying = model();
        lying.frame.preprocessing.width = 40;
        QVERIFY(writeAtomically(file, exported(lying)));
        QVERIFY(!readGenerator(file));
    }

    void aClassThatIsNotMadeIsRefusedWithTheOnesThatAre()
    {
        const auto one = classNamed(model(), "d");
        QVERIFY(!one);
        QVERIFY(english(one.error()).find("a, b, c") != std::string::npos);
        QCOMPARE(*classNamed(model(), "c"), 2);
    }

    void aDiscriminatorOfAnotherTrainingIsRefused()
    {
        const QTemporaryDir folder;
        const std::filesystem::path file = std::filesystem::path(folder.path().toStdString()) / "discriminator.onnx";
        PairForm form;
        form.classes = 3;
        QVERIFY(writeAtomically(file, exportedDiscriminator(model(), pairNetworks().front().discriminator(form))));
        QVERIFY(readDiscriminator(file, model()));
        GeneratorModel other = model();
        other.splitHash = "another";
        QVERIFY(!readDiscriminator(file, other));
    }
};

int generatorTest(int argc, char** argv)
{
    GeneratorTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "generator_test.moc"
