#include <QTemporaryDir>
#include <QtTest>

#include "core/base/atomic_file.h"
#include "core/base/random.h"
#include "core/diagnosis/diagnosis.h"
#include "core/files/scan.h"
#include "core/image/raster.h"
#include "core/learning/networks.h"
#include "core/learning/predictor.h"

#include <cmath>
#include <functional>

#include "tests/phantoms.h"

using namespace hounsfield;
using namespace hounsfield::diagnosis;
namespace fs = std::filesystem;

namespace {

constexpr int columns = 45, rows = 37;
constexpr std::int64_t side = 28;

/// A picture with structure: values 0 … 255 that reach both ends.
std::vector<int> values()
{
    Random random(7, "same case");
    std::vector<int> all(columns * rows);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const double x = static_cast<double>(i % columns), y = static_cast<double>(i / columns);
        const double wave = 110 + 70 * std::sin(x / 5) * std::cos(y / 7) + 40 * (random.uniform() - 0.5);
        all[i] = static_cast<int>(std::clamp(wave, 0.0, 255.0));
    }
    all[0] = 0;
    all[1] = 255;
    return all;
}

/// Random weights, large enough that a slip of a few grey levels moves the probability.
learning::Model modelOf(double white, double low, double high)
{
    const auto network = learning::findNetwork("seed-cnn");
    auto graph = learning::buildNetwork(**network, {1, side, side, 2, 11});
    learning::Model model;
    model.classes = {"no", "yes"};
    model.preprocessing.width = model.preprocessing.height = side;
    model.preprocessing.white = white;
    model.preprocessing.low = low;
    model.preprocessing.high = high;
    model.preprocessing.mean = {0.43};
    model.preprocessing.deviation = {0.05};
    model.graph = std::make_shared<const nn::Graph>(learning::exported(model, *graph));
    return model;
}

bool writePng(const fs::path& file, int factor)
{
    const auto all = values();
    Result<std::vector<std::byte>> png = tl::unexpected(Error{});
    if (factor == 1) {
        image::Raster<std::uint8_t> raster(columns, rows);
        std::ranges::copy(all, raster.pixels.begin());
        png = image::encodePng(raster);
    } else {
        image::Raster<std::uint16_t> raster(columns, rows);
        std::ranges::transform(
            all, raster.pixels.begin(), [&](int v) { return static_cast<std::uint16_t>(v * factor); });
        png = image::encodePng(raster);
    }
    return png && writeAtomically(file, std::span<const std::byte>(*png));
}

/// What is to be written into a DICOM file of the picture.
struct Form {
    int bits = 8, allocated = 8, factor = 1;
    bool isMonochrome1 = false;
    const char* window = nullptr; ///< "center\\width"
    int padding = -1;             ///< stored value that stands in the place of black
};

phantoms::DicomPicture dicomOf(const Form& form)
{
    phantoms::DicomPicture picture;
    picture.columns = columns;
    picture.rows = rows;
    picture.bitsAllocated = form.allocated;
    picture.bitsStored = form.bits;
    picture.highBit = form.bits - 1;
    picture.modality = "CR";
    picture.sopClass = "1.2.840.10008.5.1.4.1.1.1";
    const int most = (1 << form.bits) - 1;
    for (const int value : values()) {
        int cell = value * form.factor;
        if (form.isMonochrome1)
            cell = most - cell;
        if (form.padding >= 0 && value == 0)
            cell = form.padding;
        picture.cells.push_back(static_cast<std::uint16_t>(cell));
    }
    if (form.isMonochrome1)
        picture.photometric = "MONOCHROME1";
    if (form.window) {
        const std::string words = form.window;
        const auto cut = words.find('\\');
        picture.elements.push_back({{0x0028, 0x1050}, words.substr(0, cut)});
        picture.elements.push_back({{0x0028, 0x1051}, words.substr(cut + 1)});
    }
    if (form.padding >= 0)
        picture.elements.push_back({{0x0028, 0x0120}, std::to_string(form.padding)});
    return picture;
}

bool writeNifti(const fs::path& file, std::int16_t type, int factor, int slices = 1)
{
    std::vector<double> all;
    for (int k = 0; k < slices; ++k)
        for (const int value : values())
            all.push_back(value * factor / (k + 1)); // each slice darker than the one before
    return phantoms::writeNifti(file, {columns, rows, slices}, type, all);
}

double asFile(files::ReaderPool& readers, const learning::Model& model, const files::Source& source)
{
    files::ImageSetRequest request;
    request.sources = {source};
    request.width = model.preprocessing.width;
    request.height = model.preprocessing.height;
    request.bits = model.preprocessing.white < 256 ? 8 : 16;
    const auto set = readers.readImages(request, {});
    if (!set || !set->images.front())
        return NAN;
    learning::ImageStore store;
    store.width = set->width;
    store.height = set->height;
    store.add(set->pixels, set->type, 1);
    auto predictor = learning::Predictor::make(model.graph, nullptr, model.preprocessing, 2, 1);
    const auto p = predictor->probabilities(1, [&](std::int64_t, float* to) { store.read(0, to); }, {});
    return static_cast<double>((*p)[1]);
}

double asVolume(files::ReaderPool& readers, const learning::Model& model, const fs::path& file, std::int64_t slice)
{
    const auto found = files::scan(readers, file, {});
    if (!found || found->series.size() != 1)
        return NAN;
    const auto volume = files::openSeries(readers, found->series.front(), {}, files::Stacking::AsStored);
    auto diagnoser = Diagnoser::of(model);
    const auto diagnosis = (*diagnoser).diagnose(**volume, slice, Gate::Override, {});
    return diagnosis ? static_cast<double>(diagnosis->probabilities[1]) : NAN;
}

} // namespace

/// One case gives one probability in whatever format it comes, read as a file of a set or open in the viewer.
class SameCaseTest : public QObject {
    Q_OBJECT
    using Write = std::function<bool(const fs::path&)>;
  private slots:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        QVERIFY(writePng(at("reference.png"), 1));
        QVERIFY(writePng(at("reference16.png"), 257));
    }

    void aCaseGivesOneProbabilityInEveryFormat_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<Write>("write");
        const auto row = [](const char* name, const char* file, Write write) {
            QTest::newRow(name) << QString(file) << std::move(write);
        };
        const auto dicom = [&](const char* name, Form form) {
            row(name, "case.dcm", [form](const fs::path& file) { return phantoms::writeDicom(file, dicomOf(form)); });
        };
        row("PNG of 8 bits", "case.png", [](const fs::path& file) { return writePng(file, 1); });
        row("PNG of 16 bits", "case.png", [](const fs::path& file) { return writePng(file, 257); });
        dicom("DICOM of 8 bits", {});
        dicom("8 bits in 16", {8, 16});
        dicom("MONOCHROME1", {8, 8, 1, true});
        dicom("8 bits with a window", {8, 8, 1, false, "128\\256"});
        dicom("MONOCHROME1 with a window", {8, 8, 1, true, "128\\256"});
        dicom("a window that shows all", {8, 8, 1, false, "127.5\\255"});
        dicom("8 bits that call themselves 16", {16, 16});
        dicom("16 bits", {16, 16, 257});
        dicom("12 bits in 16 with a window", {12, 16, 16, false, "2040.5\\4081"});
        dicom("MONOCHROME1 of 16 bits", {16, 16, 257, true});
        dicom("padding where it is black", {16, 16, 200, false, "25500.5\\51001", 60000});
        row("NIfTI of 8 bits", "case.nii", [](const fs::path& f) { return writeNifti(f, 2, 1); });
        row("NIfTI of 16 bits", "case.nii", [](const fs::path& f) { return writeNifti(f, 4, 1); });
        row("NIfTI of floats", "case.nii", [](const fs::path& f) { return writeNifti(f, 16, 1); });
    }
    void aCaseGivesOneProbabilityInEveryFormat()
    {
        QFETCH(QString, file);
        QFETCH(Write, write);
        const fs::path path = at(file.toStdString());
        QVERIFY(write(path));
        const learning::Model model = modelOf(255, 0, 255);
        const double reference = asFile(m_readers, model, {at("reference.png"), ""});
        QVERIFY2(reference > 0.02 && reference < 0.98, qPrintable(QString::number(reference)));
        QVERIFY2(std::abs(asFile(m_readers, model, {path, ""}) - reference) <= 1e-3,
            qPrintable(QString::number(asFile(m_readers, model, {path, ""}))));
        QVERIFY2(std::abs(asVolume(m_readers, model, path, 0) - reference) <= 1e-3,
            qPrintable(QString::number(asVolume(m_readers, model, path, 0))));
    }

    void aModelOfDeepPicturesSeesThemAlikeInEveryFormat_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<Write>("write");
        const auto dicom = [](const char* name, Form form) {
            QTest::newRow(name) << QString("deep.dcm") << Write([form](const fs::path& file) {
                return phantoms::writeDicom(file, dicomOf(form));
            });
        };
        QTest::newRow("PNG of 8 bits") << QString("deep.png")
                                       << Write([](const fs::path& file) { return writePng(file, 1); });
        dicom("DICOM of 16 bits", {16, 16, 257});
        dicom("MONOCHROME1", {16, 16, 257, true});
        dicom("12 bits with a window", {12, 16, 16, false, "2040.5\\4081"});
        QTest::newRow("NIfTI of 16 bits")
            << QString("deep.nii") << Write([](const fs::path& f) { return writeNifti(f, 512, 257); });
        QTest::newRow("NIfTI of floats") << QString("deep.nii")
                                         << Write([](const fs::path& f) { return writeNifti(f, 16, 257); });
    }
    void aModelOfDeepPicturesSeesThemAlikeInEveryFormat()
    {
        QFETCH(QString, file);
        QFETCH(Write, write);
        const fs::path path = at(file.toStdString());
        QVERIFY(write(path));
        const learning::Model model = modelOf(65535, 0, 65535);
        const double reference = asFile(m_readers, model, {at("reference16.png"), ""});
        QVERIFY2(reference > 0.02 && reference < 0.98, qPrintable(QString::number(reference)));
        QVERIFY(std::abs(asFile(m_readers, model, {path, ""}) - reference) <= 1e-3);
        QVERIFY(std::abs(asVolume(m_readers, model, path, 0) - reference) <= 1e-3);
    }

    void everySliceOfAVolumeIsSeenAsTheViewerHasIt()
    {
        QVERIFY(writeNifti(at("volume.nii"), 4, 1, 5));
        const learning::Model model = modelOf(255, 0, 255);
        for (std::int64_t k = 0; k < 5; ++k) {
            const double file = asFile(m_readers, model, {at("volume.nii"), "", k});
            QVERIFY(std::isfinite(file));
            QVERIFY(std::abs(asVolume(m_readers, model, at("volume.nii"), k) - file) <= 1e-3);
        }
        QVERIFY(std::abs(asFile(m_readers, model, {at("volume.nii"), "", 0})
                         - asFile(m_readers, model, {at("volume.nii"), "", 1}))
                > 1e-3);
        QVERIFY(std::isnan(asFile(m_readers, model, {at("volume.nii"), ""}))); // which of them?
        QVERIFY(std::isnan(asFile(m_readers, model, {at("volume.nii"), "", 5})));
    }

    void computedTomographyIsSeenInHounsfieldUnitsWhateverTheWindow()
    {
        Form form{12, 16, 16};
        auto picture = dicomOf(form);
        picture.modality = "CT";
        picture.sopClass = "1.2.840.10008.5.1.4.1.1.2";
        picture.elements = {{{0x0028, 0x1052}, "-1024"}, {{0x0028, 0x1053}, "1"}};
        QVERIFY(phantoms::writeDicom(at("plain.dcm"), picture));
        picture.elements.push_back({{0x0028, 0x1050}, "40"});
        picture.elements.push_back({{0x0028, 0x1051}, "400"});
        QVERIFY(phantoms::writeDicom(at("window.dcm"), picture));
        const learning::Model model = modelOf(65535, -1024, 3000);
        const double reference = asFile(m_readers, model, {at("plain.dcm"), ""});
        QVERIFY(reference > 0.02 && reference < 0.98);
        for (const char* name : {"plain.dcm", "window.dcm"}) {
            QVERIFY(std::abs(asFile(m_readers, model, {at(name), ""}) - reference) <= 1e-3);
            QVERIFY(std::abs(asVolume(m_readers, model, at(name), 0) - reference) <= 1e-3);
        }
    }

  private:
    fs::path at(const std::string& name) const { return fs::path(m_folder.path().toStdString()) / name; }

    QTemporaryDir m_folder;
    files::ReaderPool m_readers{1};
};

int sameCaseTest(int argc, char** argv)
{
    SameCaseTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "same_case_test.moc"
