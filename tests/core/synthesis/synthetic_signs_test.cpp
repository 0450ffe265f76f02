#include <QTemporaryDir>

#include "made_images.h"

using namespace hounsfield;
using namespace hounsfield::learning;
using namespace hounsfield::synthesis;
namespace fs = std::filesystem;

/// By what a synthetic image is recognised, and that no real one is.
class SyntheticSignsTest : public QObject {
    Q_OBJECT
  private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void eachSignAloneIsEnough_data()
    {
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("sign");
        QTest::newRow("PNG by its text") << int(ExportFormat::Png) << int(SyntheticSign::Header);
        QTest::newRow("NIfTI by its header") << int(ExportFormat::Nifti) << int(SyntheticSign::Header);
        QTest::newRow("DICOM by its header") << int(ExportFormat::Dicom) << int(SyntheticSign::Header);
    }
    void eachSignAloneIsEnough()
    {
        QFETCH(int, format);
        QFETCH(int, sign);
        QVERIFY(writeReal(at("set"), "", realEach));
        QVERIFY(exportSynthetic(pool(), jobOf(at("made"), madeCount), {.format = ExportFormat(format)}, {}));
        mixIn(at("made"), at("set"));
        const auto data = opened({.data = at("set")});
        QVERIFY2(data, sentence(data).c_str());
        checkThatNoneIsScored(*data, madeCount);
        for (const Case& one : data->cases)
            QCOMPARE(int(one.sign), one.isSynthetic ? sign : int(SyntheticSign::None));
        QVERIFY(countOf(*data, Warning::Kind::Synthetic) == 2); // how many, and that their generator is not known
    }

    void pixelsAloneAreEnough()
    {
        QVERIFY(writeReal(at("set"), "", realEach));
        for (std::uint64_t i = 0; i < 6; ++i) {
            auto raster = std::get<0>(made<std::uint8_t>(i).pixels);
            QVERIFY(image::mark(raster));
            const auto png = image::encodePng(raster);
            QVERIFY(
                png
                && writeAtomically(at("set/none/x" + std::to_string(i) + ".png"), std::span<const std::byte>(*png)));
        }
        const auto data = opened({.data = at("set")});
        QVERIFY2(data, sentence(data).c_str());
        checkThatNoneIsScored(*data, 6);
        QCOMPARE(std::ranges::count(data->cases, SyntheticSign::Pixels, &Case::sign), std::ptrdiff_t{6});
    }

    void theNameAloneIsEnough_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isSynthetic");
        QTest::newRow("file") << "none/a.synthetic.png" << true;
        QTest::newRow("capitals") << "none/a.Synthetic.png" << true;
        QTest::newRow("folder") << "none/batch.synthetic/a.png" << true;
        QTest::newRow("another word") << "none/a.synthetics.png" << false;
        QTest::newRow("a word of its own") << "none/synthetic/a.png" << false;
    }
    void theNameAloneIsEnough()
    {
        QFETCH(QString, name);
        QFETCH(bool, isSynthetic);
        QVERIFY(writeReal(at("set"), "", realEach));
        const fs::path file = at("set") / name.toStdString();
        QVERIFY(makeFolder(file.parent_path()));
        const auto png = image::encodePng(noise<std::uint8_t>(77777, false));
        QVERIFY(png && writeAtomically(file, std::span<const std::byte>(*png)));
        const auto data = opened({.data = at("set")});
        QVERIFY2(data, sentence(data).c_str());
        QCOMPARE(syntheticIn(*data), isSynthetic ? 1 : 0);
    }

    void aFolderWithProvenanceIsSyntheticAlsoThroughALink()
    {
        QVERIFY(writeReal(at("set"), "", realEach));
        QVERIFY(writeReal(at("made"), "", 5, 5000)); // no mark, no word in the header, no name
        QVERIFY(writeAtomically(at("made/provenance.json"), learning::jsonOf(jobOf({}, 10).provenance)));
        fs::rename(at("made"), at("elsewhere"));
        fs::create_directory_symlink(at("elsewhere/none"), at("set/none/more"));
        for (int i = 0; i < 10; i += 2) // a name that is a link
            fs::create_symlink(
                at("elsewhere/square/r" + std::to_string(i) + ".png"), at("set/square/y" + std::to_string(i) + ".png"));
        const auto mixed = opened({.data = at("set")});
        QVERIFY2(mixed, sentence(mixed).c_str());
        QCOMPARE(syntheticIn(*mixed), std::int64_t{5});
        const auto alone = opened({.data = at("elsewhere")});
        QVERIFY2(alone, sentence(alone).c_str());
        QCOMPARE(syntheticIn(*alone), std::int64_t{10});
        QCOMPARE(makeSplit(alone->cases, 2, {}).count(Part::Train), std::int64_t{10});
        QCOMPARE(alone->cases[0].provenance->generator, generatorHash);
    }

    void aDamagedProvenanceStillCounts()
    {
        QVERIFY(writeReal(at("set"), "", 4));
        QVERIFY(writeAtomically(at("set/provenance.json"), std::string_view("{\"kind\": \"hounsfield-synthetic\", ")));
        const auto data = opened({.data = at("set")});
        QVERIFY2(data, sentence(data).c_str());
        QCOMPARE(syntheticIn(*data), std::int64_t{8});
        QVERIFY(writeAtomically(at("set/provenance.json"), std::string_view("{\"kind\": \"a sample of tissue\"}")));
        QCOMPARE(syntheticIn(*opened({.data = at("set")})), std::int64_t{0});
    }

    void noRealImageIsTakenForSynthetic_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("PneumoniaMNIST") << "pneumoniamnist/pneumoniamnist.zip";
        QTest::newRow("MedNIST") << "mednist/mednist.zip";
        QTest::newRow("CIFAR-10") << "cifar10/test.tar.gz";
        QTest::newRow("CIFAR-10, training") << "cifar10/train.tar.gz";
        QTest::newRow("radiographs") << "chest_xray/labels.csv";
    }
    void noRealImageIsTakenForSynthetic()
    {
        QFETCH(QString, file);
        const fs::path path = fs::path(HOUNSFIELD_SHARED "/data") / file.toStdString();
        if (!fs::exists(path))
            QSKIP("The shared data are not here.");
        const auto data = opened({.data = path});
        QVERIFY2(data, sentence(data).c_str());
        QCOMPARE(syntheticIn(*data), std::int64_t{0});
        qInfo("%zu real images", data->cases.size());
        std::vector<float> values(static_cast<std::size_t>(data->images.elements()));
        for (std::int64_t i = 0; i < data->images.count(); ++i) {
            image::Raster<std::uint16_t> raster(data->images.width, data->images.height, data->images.channels);
            data->images.read(i, values.data());
            std::ranges::transform(
                values, raster.pixels.begin(), [](float v) { return static_cast<std::uint16_t>(v); });
            QVERIFY(!image::isMarked(raster));
            QVERIFY(image::mark(raster));
            QVERIFY(image::isMarked(raster));
        }
    }

  private:
    fs::path at(const std::string& name) const { return fs::path(m_folder->path().toStdString()) / name; }

    std::unique_ptr<QTemporaryDir> m_folder;
};

int syntheticSignsTest(int argc, char** argv)
{
    SyntheticSignsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "synthetic_signs_test.moc"
