#pragma once

#include <QApplication>
#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QtTest>

#include "core/base/hash.h"
#include "ui/shell/theme.h"
#include "ui/training/training_core.h"

#include <thread>

namespace hounsfield::training::fakes {

/// Forty images of 16 × 16 pixels in two classes, bright and dark, made here.
inline learning::DataSet smallData()
{
    learning::DataSet data;
    data.name = "made here";
    data.classes = {"normal", "pneumonia"};
    auto bytes = std::make_shared<std::vector<std::byte>>(40 * 256 + 4);
    for (std::size_t i = 0; i < 40 * 256; ++i)
        (*bytes)[i] = std::byte(i / 256 % 2 == 0 ? i % 90 : 120 + i % 130);
    data.images.width = data.images.height = 16;
    data.images.add({bytes, bytes->data(), 40 * 256}, image::ScalarType::UInt8, 40);
    for (int i = 0; i < 40; ++i) {
        learning::Case one;
        one.name = (i % 2 ? "pneumonia/" : "normal/") + std::to_string(i) + ".png";
        one.source.path = "/made/here/" + one.name;
        one.label = i % 2;
        one.patient = "P" + std::to_string(i / 2);
        one.pixelHash = "hash" + std::to_string(i);
        one.width = one.height = 16;
        data.cases.push_back(one);
    }
    data.unreadable.push_back(
        {"normal/broken.png", Error{Error::Kind::BadInput, text("test", "The file is cut off."), "", {}}});
    data.warnings.push_back({learning::Warning::Kind::FewCases, text("test", "Class normal has only 20 images.")});
    data.fingerprint = "f";
    return data;
}

/// A finished run over the second half of the small data, as a model might have called it; two cases are wrong.
inline learning::Run smallRun(const std::filesystem::path& folder, const learning::DataSet& data)
{
    learning::Run run;
    run.folder = folder;
    run.network = "seed-cnn";
    run.data = data.name;
    run.started = run.finished = "2026-03-01T10:20:30Z";
    run.options = {{"epochs", "3"}, {"seed", "1"}};
    run.classes = data.classes;
    run.epochs = 3;
    run.keptEpoch = 2;
    run.secondsTraining = 12;
    run.imagesPerSecond = 900;
    learning::Scores scores;
    for (int i = 0; i < 20; ++i) {
        const auto& one = data.cases[static_cast<std::size_t>(i + 20)];
        const bool isWrong = i == 3 || i == 8;
        const float p = (one.label == 1) != isWrong ? 0.7f + 0.01f * float(i) : 0.3f - 0.01f * float(i);
        scores.probabilities.insert(scores.probabilities.end(), {1 - p, p});
        scores.labels.push_back(one.label);
        scores.units.push_back(i);
        learning::Prediction said;
        said.name = one.name;
        said.label = one.label;
        said.called = p >= 0.5f ? 1 : 0;
        said.probabilities = {1 - p, p};
        said.pixelHash = one.pixelHash;
        said.patient = one.patient;
        said.source = one.source;
        run.predictions.push_back(said);
    }
    run.test = learning::computeMetrics(scores, 0.5, 200);
    for (int e = 1; e <= 3; ++e)
        run.history.push_back({e, e * 10, 0.7 / e, 0.001, 1.0, 900.0,
            {{"validation_loss", 0.8 / e}, {"validation_auc", 0.8 + 0.05 * e},
                {"validation_accuracy", 0.7 + 0.05 * e}}});
    return run;
}

/// A core that reads and trains at once, without files.
inline TrainingCore core(
    const std::filesystem::path& runs, const std::shared_ptr<std::vector<learning::GivenLabel>>& labels)
{
    TrainingCore core;
    core.open = [](const learning::DataRequest&, const Monitor&) -> Result<learning::DataSet> { return smallData(); };
    core.train = [](const learning::DataSet& data, const learning::TrainingRequest& request,
                     const Monitor&) -> Result<learning::Run> {
        auto run = smallRun(request.folder, data);
        for (const auto& epoch : run.history)
            request.events.onEpoch(epoch);
        return run;
    };
    core.runs = [](const Monitor&) -> Result<std::vector<RunPointer>> { return std::vector<RunPointer>{}; };
    core.runsFolder = [runs]() -> Result<std::filesystem::path> { return runs; };
    core.images = [](const files::ImageSetRequest&, const Monitor&) -> Result<files::ReaderPool::ImageSet> {
        return environment(text("test", "There are no pictures."));
    };
    core.sample = [runs](const Monitor&) -> Result<std::filesystem::path> { return runs; };
    core.labels = [labels]() -> Result<std::vector<learning::GivenLabel>> { return *labels; };
    core.setLabel = [labels](const study::Label& label) -> Result<void> {
        labels->push_back({label.subject.uid, label.className, {label.place.file, label.place.entry}, {}, {}});
        return {};
    };
    return core;
}

/// Trains until it is asked to stop; then it has a run when it has learned something.
inline Result<learning::Run> trainForEver(
    const learning::DataSet& data, const learning::TrainingRequest& request, const Monitor& monitor)
{
    auto run = smallRun(request.folder, data);
    request.events.onEpoch(run.history.front());
    for (std::int64_t step = 1;; ++step) {
        request.events.onStep({2, step, 1000, 0.4, 850, 42});
        if (!monitor.at(text("test", "Epoch 2"), 0.4)) {
            run.ending = learning::Ending::Stopped;
            return run;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

inline void keepPicture(QWidget& widget, const QString& name)
{
    const QString folder = QStringLiteral(HOUNSFIELD_BINARIES "/../screenshots");
    QDir().mkpath(folder);
    QVERIFY(widget.grab().save(folder + "/training_" + name + ".png"));
}

} // namespace hounsfield::training::fakes
