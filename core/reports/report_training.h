#pragma once

#include "core/learning/text_training.h"
#include "core/learning/training.h"
#include "core/reports/report_data.h"
#include "core/reports/report_model.h"

#include <string>
#include <vector>

namespace hounsfield::reports {

/// Figures of a model on some reports, and of the plain regression on the same.
struct ReportFigures {
    learning::LabelMetrics network, baseline;
    learning::LabelMeans gain;                            ///< network less baseline
    learning::ClassMeans networkClasses, baselineClasses; ///< of one-class tasks
};

/// A finished training. Its folder holds model.onnx, state.onnx, run.json, metrics.jsonl, predictions.csv and
/// summary.html.
struct ReportRun {
    std::filesystem::path folder;
    ReportModel model;
    std::int64_t epochs = 0, keptEpoch = 0;
    learning::Ending ending = learning::Ending::Finished;
    double secondsTraining = 0, reportsPerSecond = 0;
    std::vector<learning::EpochRecord> history;
    std::optional<ReportFigures> validation, test;
    std::vector<Text> notes;
};

/// Trains the regression and the network (`TrainingRequest::network` of learning::textNetworks, its options of
/// textOptions), each to what is best on validation; the threshold is chosen on validation, test is scored once.
/// Errors: BadInput (no validation or test part to choose and score on, a folder that is there …), Environment,
/// Cancelled.
Result<ReportRun> trainReports(const ReportSet& set, const learning::TrainingRequest& request, const Monitor& monitor);

/// Figures of a model on some cases of a set whose labels are the model's.
Result<ReportFigures> figuresOf(const ReportModel& model, const ReportSet& set, const std::vector<std::int64_t>& cases,
    int resamples, const Monitor& monitor);

/// {"accuracy","macro_auc","map","macro_f1","micro_f1","labels":{…}} with intervals; null where there is none.
std::string jsonOf(
    const learning::LabelMetrics& metrics, const learning::ClassMeans& classes, const ReportModel& model);
/// {"macro_auc","map","macro_f1","micro_f1"} with intervals.
std::string jsonOf(const learning::LabelMeans& gain);

} // namespace hounsfield::reports
