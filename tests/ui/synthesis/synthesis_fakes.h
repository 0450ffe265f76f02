#pragma once

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QtTest>

#include "core/base/atomic_file.h"
#include "core/base/random.h"
#include "ui/shell/theme.h"
#include "ui/synthesis/synthesis_page.h"

#include <cmath>
#include <thread>

namespace hounsfield::synthesising::fakes {

constexpr int side = 28;

/// A blurred disc, brighter and larger for class 1, at a place of its own: what stands for a radiograph here.
inline std::vector<float> disc(int label, std::uint64_t number, double sharpness = 1)
{
    Random random(7, "disc", static_cast<std::uint64_t>(label), number);
    const double x = random.uniform(9, 19), y = random.uniform(9, 19), radius = label == 1 ? 7 : 4;
    std::vector<float> values;
    for (int v = 0; v < side; ++v)
        for (int u = 0; u < side; ++u) {
            const double r = std::hypot(u - x, v - y);
            const double level = 40 + (label == 1 ? 190 : 130) / (1 + std::exp((r - radius) * sharpness));
            values.push_back(static_cast<float>(std::round(level + random.normal() * 6)));
        }
    return values;
}

/// Images in two classes, made here.
inline learning::DataSet smallData(int count = 200)
{
    learning::DataSet data;
    data.name = "made here";
    data.classes = {"normal", "pneumonia"};
    auto bytes = std::make_shared<std::vector<std::byte>>(static_cast<std::size_t>(count * side * side + 4));
    for (int i = 0; i < count; ++i) {
        const auto values = disc(i % 2, static_cast<std::uint64_t>(i));
        for (int k = 0; k < side * side; ++k)
            (*bytes)[static_cast<std::size_t>(i * side * side + k)] =
                static_cast<std::byte>(std::clamp(values[static_cast<std::size_t>(k)], 0.F, 255.F));
    }
    data.images.width = data.images.height = side;
    data.images.add(
        {bytes, bytes->data(), static_cast<std::size_t>(count * side * side)}, image::ScalarType::UInt8, count);
    for (int i = 0; i < count; ++i) {
        learning::Case one;
        one.name = (i % 2 ? "pneumonia/" : "normal/") + std::to_string(i) + ".png";
        one.source.path = "/made/here/" + one.name;
        one.label = i % 2;
        one.patient = "P" + std::to_string(i);
        one.pixelHash = "hash" + std::to_string(i);
        one.width = one.height = side;
        data.cases.push_back(one);
    }
    data.fingerprint = "f" + std::to_string(count);
    return data;
}

inline synthesis::PairEvaluation evaluationAt(std::int64_t step)
{
    const double t = static_cast<double>(step) / 500;
    synthesis::PairEvaluation one;
    one.step = step;
    one.seconds = 60 * t;
    one.kid = 3 / t + 0.02 * std::sin(t);
    one.coverage = 0.9 * (1 - std::exp(-t / 4));
    one.recall = 0.7 * (1 - std::exp(-t / 5));
    one.precision = 0.8;
    one.fid = 6 / t;
    one.generatorLoss = 1.1 + 0.1 * std::cos(t);
    one.discriminatorLoss = 0.9 - 0.01 * t;
    one.recognised = 0.93;
    return one;
}

/// Samples that get sharper with the steps.
inline synthesis::MadeImages gridAt(std::int64_t step)
{
    synthesis::MadeImages made{0, side * side, {}, {}};
    for (int label = 0; label < 2; ++label)
        for (std::int64_t i = 0; i < synthesis::gridImages; ++i) {
            const auto one = disc(label, 1000 + static_cast<std::uint64_t>(i), 0.1 + static_cast<double>(step) / 3000);
            made.values.insert(made.values.end(), one.begin(), one.end());
            made.labels.push_back(label);
            ++made.count;
        }
    return made;
}

inline synthesis::PairRun runIn(const std::filesystem::path& folder, const learning::DataSet& data)
{
    synthesis::PairRun run;
    run.folder = folder;
    run.network = "dcgan";
    run.data = data.name;
    run.version = "0.1";
    run.started = run.finished = "2026-03-01T10:20:30Z";
    run.options = {{"minutes", "30"}, {"steps", "0"}, {"seed", "1"}, {"validation", "0.15"}, {"test-share", "0.2"}};
    run.classes = data.classes;
    run.membersPerClass = {58, 58};
    run.members = 116;
    run.heldBack = 14;
    run.features = "small-resnet, 64 features";
    run.dataFingerprint = data.fingerprint;
    run.splitHash = "s";
    run.steps = 2000;
    run.keptStep = 2000;
    run.secondsTraining = 240;
    run.imagesPerSecond = 530;
    for (std::int64_t step = 500; step <= 2000; step += 500)
        run.evaluations.push_back(evaluationAt(step));
    return run;
}

inline void tell(const synthesis::PairRequest& request, std::int64_t step)
{
    request.events.onStep({step, 0, {}, 530, 120});
    if (step % 500 == 0)
        request.events.onEvaluation(evaluationAt(step), gridAt(step));
}

/// Runs through at once, with four evaluations.
inline Result<synthesis::PairRun> trainAtOnce(
    const learning::DataSet& data, const synthesis::PairRequest& request, const Monitor&)
{
    for (std::int64_t step = 500; step <= 2000; step += 500)
        tell(request, step);
    auto run = runIn(request.folder, data);
    TRY(writeAtomically(request.folder / "run.json", synthesis::jsonOf(run)));
    return run;
}

/// Trains until it is asked to stop; then it has a run.
inline Result<synthesis::PairRun> trainForEver(
    const learning::DataSet& data, const synthesis::PairRequest& request, const Monitor& monitor)
{
    for (std::int64_t step = 100;; step += 100) {
        if (step <= 2000)
            tell(request, step);
        if (!monitor.at(text("synthesis", "Training the pair, step %1").with(step), 0.4))
            break;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    auto run = runIn(request.folder, data);
    run.ending = synthesis::PairRun::Ending::Stopped;
    TRY(writeAtomically(request.folder / "run.json", synthesis::jsonOf(run)));
    return run;
}

inline synthesis::GeneratorModel generator()
{
    synthesis::GeneratorModel model;
    model.network = "dcgan";
    model.classes = {"normal", "pneumonia"};
    model.frame.preprocessing.width = model.frame.preprocessing.height = side;
    model.splitHash = "s";
    model.hash = "0123456789abcdef0123456789abcdef";
    return model;
}

inline synthesis::MadeImages madeBy(const std::vector<synthesis::Sampler::Wish>& wishes)
{
    synthesis::MadeImages made{0, side * side, {}, {}};
    for (const auto& wish : wishes) {
        const auto one = disc(wish.label, 2000 + static_cast<std::uint64_t>(wish.number), 0.6);
        made.values.insert(made.values.end(), one.begin(), one.end());
        made.labels.push_back(wish.label);
        ++made.count;
    }
    return made;
}

inline synthesis::GeneratorJudgement judgement(double membership)
{
    synthesis::GeneratorJudgement judged;
    judged.n = 116;
    judged.features = "small-resnet, 64 features";
    synthesis::Measures made;
    made.frechetDistance = 0.61;
    made.kernelDistance.mean = 0.34;
    made.neighbours = {0.81, 0.52, 0.93, 0.71};
    judged.measures = made;
    made.frechetDistance = 0.2;
    made.kernelDistance.mean = 0.08;
    made.neighbours = {0.93, 0.92, 0.99, 0.95};
    judged.trainToTest = made;
    judged.floor.emplace();
    for (const double value : {0.03, 0.001, 0.965, 0.961, 1.05, 0.98})
        judged.floor->figures.push_back({value, value * 0.9, value * 1.1, 116});
    judged.recognised = 0.93;
    judged.tstr = {0.935, 0.91, 0.958, 40};
    judged.trtr = {0.966, 0.95, 0.981, 40};
    judged.copies = {0.004, 0.001, 0.014, 500};
    judged.copiesOfHeldOut = 0.01;
    judged.membership = {membership, membership - 0.05, membership + 0.05, 130};
    return judged;
}

inline synthesis::TrialResult trial(double value, double low, double high)
{
    synthesis::TrialResult result;
    for (const double auc : {0.902, 0.899, 0.921, 0.911, 0.924, 0.871})
        result.auc.push_back({auc, auc - 0.02, auc + 0.02, 200});
    result.difference = {value, low, high, 200};
    return result;
}

/// A core without files but the run folders, all below one folder.
inline SynthesisCore core(const std::filesystem::path& runs)
{
    SynthesisCore core;
    core.open = [](const learning::DataRequest&, std::int64_t, const Monitor&) -> Result<learning::DataSet> {
        return smallData();
    };
    core.train = trainAtOnce;
    core.runs = [runs](const Monitor&) -> Result<std::vector<RunPointer>> {
        std::vector<RunPointer> found;
        for (const auto& entry : std::filesystem::directory_iterator(runs))
            if (auto record = readRecord(entry.path()))
                found.push_back(std::make_shared<const PairRecord>(std::move(*record)));
        return found;
    };
    core.runsFolder = [runs]() -> Result<std::filesystem::path> { return runs; };
    core.sample = [runs](const Monitor&) -> Result<std::filesystem::path> { return runs; };
    core.labels = []() -> Result<std::vector<learning::GivenLabel>> { return std::vector<learning::GivenLabel>{}; };
    core.moments = [](const PairRecord& record, const Monitor&) -> Result<std::vector<Moment>> {
        std::vector<Moment> moments;
        for (const auto& [step, file] : momentFiles(record.folder))
            moments.push_back(momentOf(step, QImage(QString::fromStdString(file.string())), 2));
        return moments;
    };
    core.generator = [](const std::filesystem::path&) -> Result<synthesis::GeneratorModel> { return generator(); };
    core.judge = [](const synthesis::GeneratorModel&, const std::filesystem::path&, const learning::DataSet&,
                     const Monitor&) -> Result<synthesis::GeneratorJudgement> { return judgement(0.53); };
    core.trial = [](const learning::DataSet&, const std::filesystem::path&, const synthesis::TrialOptions&,
                     const Monitor&) -> Result<synthesis::TrialResult> { return trial(0.003, -0.010, 0.016); };
    core.make = [](const synthesis::GeneratorModel&, const std::vector<synthesis::Sampler::Wish>& wishes,
                    const Monitor&) -> Result<synthesis::MadeImages> { return madeBy(wishes); };
    core.between = [](const synthesis::GeneratorModel&, const synthesis::Sampler::Wish& from,
                       const synthesis::Sampler::Wish& to, std::int64_t count,
                       const Monitor&) -> Result<synthesis::MadeImages> {
        std::vector<synthesis::Sampler::Wish> way(static_cast<std::size_t>(count), from);
        std::fill(way.begin() + count / 2, way.end(), to);
        return madeBy(way);
    };
    core.resemblances = [](const PairRecord&, const learning::DataSet& data, const synthesis::GeneratorModel&,
                            const synthesis::MadeImages& made, const Monitor&) -> Result<Resemblances> {
        Resemblances found{{}, 0.2};
        for (std::int64_t i = 0; i < made.count; ++i) // the fifth is a copy
            found.images.push_back({(2 * i + made.labels[static_cast<std::size_t>(i)]) % std::ssize(data.cases),
                i == 4 ? 0.05 : 0.3 + 0.01 * double(i), i == 4 ? 0.1 : 0.8, i == 4, i == 4});
        return found;
    };
    core.handOut = [](const synthesis::GeneratorModel& model, const Handout& handout,
                       const Monitor&) -> Result<std::int64_t> {
        return handout.count * (handout.label < 0 ? std::ssize(model.classes) : 1);
    };
    return core;
}

/// A page over a fake core, on a folder of its own.
struct Bench {
    QTemporaryDir folder;
    shell::BackgroundTasks tasks;
    SynthesisCore core;
    QString chosenFolder = QStringLiteral("/somewhere/lungs");
    std::unique_ptr<SynthesisModels> models;
    SynthesisModel* model = nullptr;
    std::unique_ptr<SynthesisPage> page;

    Bench() { core = fakes::core(folder.path().toStdString()); }
    void start()
    {
        page.reset();
        models = std::make_unique<SynthesisModels>(core, tasks);
        model = &models->synthesis;
        shell::Choosers choosers;
        choosers.folder = [this](QWidget*, const QString&) { return chosenFolder; };
        choosers.files = [](QWidget*, const QString&, const QString&) { return QStringList{}; };
        choosers.saveAs = [this](QWidget*, const QString&, const QString& name) { return folder.filePath(name); };
        page = std::make_unique<SynthesisPage>(*models, choosers);
        page->resize(1280, 800);
        page->show();
    }
    template <typename Widget = QPushButton> Widget* find(const char* name) const
    {
        return page->findChild<Widget*>(QLatin1String(name));
    }
    void click(const char* name) const { QTest::mouseClick(find(name), Qt::LeftButton); }
    QString words(const char* label) const { return find<QLabel>(label)->text(); }
    QString tab() const
    {
        auto* tabs = find<QTabWidget>("tabs");
        return tabs->tabText(tabs->currentIndex());
    }
    void showTab(const QString& name) const
    {
        auto* tabs = find<QTabWidget>("tabs");
        for (int i = 0; i < tabs->count(); ++i)
            if (tabs->tabText(i) == name)
                tabs->setCurrentIndex(i);
    }
    void openData() const
    {
        click("open");
        QTRY_VERIFY(find("start")->isEnabled());
    }
    void trainOnce() const
    {
        openData();
        click("start");
        QTRY_VERIFY(model->run() && model->generator());
    }
};

inline void keepPicture(QWidget& widget, const QString& name)
{
    const QString folder = QStringLiteral(HOUNSFIELD_BINARIES "/../screenshots");
    QDir().mkpath(folder);
    QTest::qWait(50); // layouts settle
    QVERIFY(widget.grab().save(folder + "/synthesis_" + name + ".png"));
}

} // namespace hounsfield::synthesising::fakes
