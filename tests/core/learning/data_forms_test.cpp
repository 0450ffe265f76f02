#include <QTemporaryDir>
#include <QtTest>

#include "core/base/atomic_file.h"
#include "core/base/random.h"
#include "core/image/raster.h"
#include "core/learning/project_labels.h"
#include "core/learning/training.h"

#include <cmath>
#include <map>
#include <set>

#include "tests/phantoms.h"

using namespace hounsfield;
using namespace hounsfield::learning;
namespace fs = std::filesystem;

namespace {

constexpr int side = 24;

/// Noise with a bright square in half of the pictures: values 0 … most.
std::vector<double> picture(std::uint64_t seed, bool hasSquare, double most)
{
    Random random(seed, "forms");
    std::vector<double> values(side * side);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto x = static_cast<int>(i) % side, y = static_cast<int>(i) / side;
        const bool isInside = hasSquare && x > 6 && x < 16 && y > 6 && y < 16;
        values[i] = std::floor(most * (0.2 + 0.2 * random.uniform() + (isInside ? 0.5 : 0)));
    }
    return values;
}

std::string number(int i)
{
    return (i < 10 ? "0" : "") + std::to_string(i);
}

template <typename Scalar> bool writePng(const fs::path& file, const std::vector<double>& values, int channels = 1)
{
    image::Raster<Scalar> raster(side, side, channels);
    for (std::size_t i = 0; i < raster.pixels.size(); ++i)
        raster.pixels[i] = static_cast<Scalar>(values[i / static_cast<std::size_t>(channels)]);
    const auto png = image::encodePng(raster);
    return png && makeFolder(file.parent_path()) && writeAtomically(file, std::span<const std::byte>(*png));
}

phantoms::DicomPicture dicomOf(const std::vector<double>& values, const std::string& patient, const std::string& study)
{
    phantoms::DicomPicture one;
    one.columns = one.rows = side;
    one.bitsStored = 12;
    one.highBit = 11;
    one.modality = "CR";
    one.sopClass = "1.2.840.10008.5.1.4.1.1.1";
    one.patientID = patient;
    one.seriesUid = study + ".7";
    one.elements = {{{0x0020, 0x000D}, study}};
    for (const double value : values)
        one.cells.push_back(static_cast<std::uint16_t>(value));
    return one;
}

/// 30 patients with two pictures each; even ones have the square.
bool writeStudies(const fs::path& folder, std::string& byPatient, std::string& byStudy)
{
    byPatient = "PatientID,label\n";
    byStudy = "StudyInstanceUID,label\n";
    for (int i = 0; i < 30; ++i) {
        const std::string patient = "P" + number(i), study = "1.2.826.0.1.3680043.8.498.5." + std::to_string(i + 1);
        byPatient += patient + (i % 2 ? ",none\n" : ",square\n");
        byStudy += study + (i % 2 ? ",none\n" : ",square\n");
        for (int k = 0; k < 2; ++k) {
            const auto values = picture(static_cast<std::uint64_t>(2 * i + k), i % 2 == 0, 4000);
            if (!makeFolder(folder / study)
                || !phantoms::writeDicom(
                    folder / study / ("image" + std::to_string(k)), dicomOf(values, patient, study)))
                return false;
        }
    }
    return true;
}

Result<DataSet> opened(DataRequest request, const fs::path& labels = {})
{
    static files::ReaderPool readers(2);
    return openDataSet(readers, TRY(withLabels(std::move(request), labels)), {});
}

std::string sentence(const Result<DataSet>& result)
{
    return result ? std::string() : english(result.error());
}

/// Trains a small network; its area on what it was not trained on.
double areaAfterTraining(const DataSet& data, const fs::path& run)
{
    TrainingRequest request;
    request.network = "seed-cnn";
    request.options = {{"epochs", "12"}, {"batch", "8"}, {"threads", "2"}, {"normalise", "mean-std"}};
    request.folder = run;
    const auto trained = trainClassifier(data, request, {});
    return trained && trained->test && trained->test->auc.value ? *trained->test->auc.value : 0;
}

} // namespace

/// Every form in which labelled data comes, on pictures made here.
class DataFormsTest : public QObject {
    Q_OBJECT
  private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void dicomStudiesAreLabelledByATable_data()
    {
        QTest::addColumn<bool>("isByPatient");
        QTest::addColumn<bool>("isInside");
        QTest::newRow("PatientID") << true << false;
        QTest::newRow("StudyInstanceUID") << false << false;
        QTest::newRow("StudyInstanceUID, the table among the studies") << false << true;
    }
    void dicomStudiesAreLabelledByATable()
    {
        QFETCH(bool, isByPatient);
        QFETCH(bool, isInside);
        std::string byPatient, byStudy;
        QVERIFY(writeStudies(at("studies"), byPatient, byStudy));
        const fs::path table = at(isInside ? "studies/labels.csv" : "labels.csv");
        QVERIFY(writeAtomically(table, isByPatient ? byPatient + "P99,none\n" : byStudy));
        const auto data = opened({.data = at("studies")}, isInside ? fs::path() : table);
        QVERIFY2(data, sentence(data).c_str());
        QCOMPARE(data->cases.size(), std::size_t{60});
        QCOMPARE(data->classes, (std::vector<std::string>{"none", "square"}));
        QCOMPARE(data->facts.modalities, std::vector<std::string>{"CR"});
        QCOMPARE(data->facts.bits, 16);
        QVERIFY(data->knowsPatients());
        const auto split = plannedSplit(*data, "seed-cnn", {});
        QVERIFY(split);
        QCOMPARE(split->sharedUnits, std::int64_t{0});
        std::map<std::string, std::set<Part>> parts;
        for (std::size_t i = 0; i < data->cases.size(); ++i)
            parts[data->cases[i].patient].insert(split->parts[i]);
        QCOMPARE(parts.size(), std::size_t{30});
        for (const auto& [patient, ofPatient] : parts)
            QCOMPARE(ofPatient.size(), std::size_t{1});
        QVERIFY(areaAfterTraining(*data, at("run")) > 0.9);
    }

    void picturesOfSixteenBitsAndOfColourAreLearned_data()
    {
        QTest::addColumn<int>("channels");
        QTest::addColumn<int>("bits");
        QTest::newRow("16 bits") << 1 << 16;
        QTest::newRow("colour") << 3 << 8;
    }
    void picturesOfSixteenBitsAndOfColourAreLearned()
    {
        QFETCH(int, channels);
        QFETCH(int, bits);
        for (int i = 0; i < 50; ++i) {
            const fs::path file = at("set") / (i % 2 ? "none" : "square") / (number(i) + ".png");
            const auto values = picture(static_cast<std::uint64_t>(i), i % 2 == 0, bits == 8 ? 255 : 5000);
            QVERIFY(bits == 8 ? writePng<std::uint8_t>(file, values, channels) : writePng<std::uint16_t>(file, values));
        }
        const auto data = opened({.data = at("set")});
        QVERIFY2(data, sentence(data).c_str());
        QCOMPARE(data->images.channels, channels);
        QCOMPARE(data->facts.bits, bits);
        QVERIFY(areaAfterTraining(*data, at("run")) > 0.9);
    }

    void everySliceOfALabelledVolumeIsACaseAndItsFileStaysTogether()
    {
        for (int i = 0; i < 12; ++i) {
            std::vector<double> values;
            for (int k = 0; k < 5; ++k) {
                const auto slice = picture(static_cast<std::uint64_t>(5 * i + k), i % 2 == 0, 900);
                values.insert(values.end(), slice.begin(), slice.end());
            }
            const fs::path folder = at("volumes") / (i % 2 ? "none" : "square");
            QVERIFY(makeFolder(folder));
            QVERIFY(phantoms::writeNifti(folder / (number(i) + ".nii"), {side, side, 5}, 4, values));
        }
        const auto data = opened({.data = at("volumes")});
        QVERIFY2(data, sentence(data).c_str());
        QCOMPARE(data->cases.size(), std::size_t{60});
        QVERIFY(data->unreadable.empty());
        const auto split = plannedSplit(*data, "seed-cnn", {});
        QVERIFY(split);
        std::map<std::string, std::set<Part>> parts;
        for (std::size_t i = 0; i < data->cases.size(); ++i)
            parts[data->cases[i].source.path.string()].insert(split->parts[i]);
        QCOMPARE(parts.size(), std::size_t{12});
        for (const auto& [file, ofFile] : parts)
            QCOMPARE(ofFile.size(), std::size_t{1});
        QVERIFY(areaAfterTraining(*data, at("run")) > 0.9);
    }

    void labelsOfAProjectAreDataAndGoBeforeTheNamesOfFolders()
    {
        for (int i = 0; i < 40; ++i)
            QVERIFY(writePng<std::uint8_t>(at("set") / (i % 2 ? "none" : "square") / (number(i) + ".png"),
                picture(static_cast<std::uint64_t>(i), i % 2 == 0, 255)));
        const auto plain = opened({.data = at("set")});
        QVERIFY2(plain, sentence(plain).c_str());
        {
            const auto project = study::Project::open(at("project"));
            QVERIFY(project);
            for (std::size_t i = 0; i < plain->cases.size(); i += 2) {
                const Case& one = plain->cases[i];
                study::Label label;
                label.subject = {study::Subject::Level::Image, "pixels:" + one.pixelHash, 1};
                label.className = plain->classes[static_cast<std::size_t>(one.label)] == "none" ? "square" : "artefact";
                label.place.file = one.source.path.string();
                QVERIFY((*project)->setLabel(label));
            }
        }
        const auto alone = opened({.data = at("project")});
        QVERIFY2(alone, sentence(alone).c_str());
        QCOMPARE(alone->cases.size(), std::size_t{20});
        QCOMPARE(alone->classes, (std::vector<std::string>{"artefact", "square"}));
        const auto corrected = opened({.data = at("set")}, at("project"));
        QVERIFY2(corrected, sentence(corrected).c_str());
        QCOMPARE(corrected->cases.size(), std::size_t{40});
        QCOMPARE(corrected->classes, (std::vector<std::string>{"none", "artefact", "square"}));
        for (std::size_t i = 0; i < 40; ++i) {
            const auto name = [&](const DataSet& data) {
                return data.classes[static_cast<std::size_t>(data.cases[i].label)];
            };
            QCOMPARE(name(*corrected), i % 2 ? name(*plain) : name(*plain) == "none" ? "square" : "artefact");
        }
        QVERIFY(sentence(opened({.data = at("set")}, at("nothing.csv"))).find("cannot be read") != std::string::npos);
    }

    void aProjectWithoutLabelsIsASentence()
    {
        QVERIFY(study::Project::open(at("empty")));
        QVERIFY(sentence(opened({.data = at("empty")})).find("No image is labelled") != std::string::npos);
    }

    void labelledSlicesOfADicomFileOfManyFramesAreCases()
    {
        std::vector<double> values;
        for (int k = 0; k < 20; ++k) {
            const auto slice = picture(static_cast<std::uint64_t>(k), k % 2 == 0, 4000);
            values.insert(values.end(), slice.begin(), slice.end());
        }
        auto one = dicomOf(values, "P1", "1.2.826.0.1.3680043.8.498.9");
        one.frames = 20;
        one.sopUid = "1.2.826.0.1.3680043.8.498.9.1";
        QVERIFY(phantoms::writeDicom(at("cine.dcm"), one));
        {
            const auto project = study::Project::open(at("project"));
            QVERIFY(project);
            for (int k = 4; k < 16; ++k) {
                study::Label label;
                label.subject = {study::Subject::Level::Image, one.sopUid, k + 1};
                label.className = k % 2 ? "none" : "square";
                label.place.file = at("cine.dcm").string();
                label.place.frame = k;
                label.place.patientID = "P1";
                QVERIFY((*project)->setLabel(label));
            }
        }
        const auto data = opened({.data = at("project")});
        QVERIFY2(data, sentence(data).c_str());
        QCOMPARE(data->cases.size(), std::size_t{12});
        std::vector<float> pixels(static_cast<std::size_t>(data->images.elements()));
        for (std::size_t i = 0; i < 12; ++i) {
            const auto k = static_cast<std::size_t>(data->cases[i].source.frame);
            data->images.read(static_cast<std::int64_t>(i), pixels.data());
            for (std::size_t p = 0; p < pixels.size(); ++p)
                QCOMPARE(pixels[p], static_cast<float>(values[k * side * side + p]));
            QCOMPARE(data->classes[static_cast<std::size_t>(data->cases[i].label)], k % 2 ? "none" : "square");
        }
    }

  private:
    fs::path at(const std::string& name) const { return fs::path(m_folder->path().toStdString()) / name; }

    std::unique_ptr<QTemporaryDir> m_folder;
};

int dataFormsTest(int argc, char** argv)
{
    DataFormsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "data_forms_test.moc"
