#pragma once

#include <QObject>
#include <QPointer>
#include <QStringList>

#include "core/learning/split.h"
#include "ui/shell/background_task.h"
#include "ui/training/training_core.h"

#include <map>
#include <optional>
#include <string>

namespace hounsfield::training {

/// What the training page knows: the data, the choice of network and options, the training under way, the runs there
/// are. Without widgets; core comes in through `TrainingCore`; long work runs on `BackgroundTasks`.
class TrainingModel : public QObject {
    Q_OBJECT
  public:
    enum class Stage { Empty, Reading, Ready, Training };

    /// The state in a few words.
    struct View {
        Stage stage = Stage::Empty;
        Text sentence;                ///< what is or was going on
        std::optional<Error> problem; ///< what went wrong last; stays until something new begins
        double fraction = 0;          ///< of reading or training
        bool canTrain = false;
        bool canStop = false;
        bool isStopping = false;
    };

    /// The training under way, or the last one of this sitting.
    struct Live {
        std::vector<learning::EpochRecord> history;
        learning::StepEvent step;
        std::int64_t epochs = 0; ///< asked for
    };

    TrainingModel(TrainingCore core, shell::BackgroundTasks& tasks, QObject* parent = nullptr);
    ~TrainingModel() override;

    View view() const;
    DataPointer data() const { return m_data; }                        ///< null until read
    const learning::DataRequest& request() const { return m_request; } ///< what they were read by
    const std::vector<std::filesystem::path>& synthetic() const { return m_synthetic; }
    const std::optional<learning::Split>& split() const { return m_split; }
    const Live& live() const { return m_live; }
    const std::string& network() const { return m_network; }
    std::int64_t trainingImages() const; ///< of the planned split; 0 before there is one
    /// The values all options have now, and those the user changed.
    std::map<std::string, std::string> values() const;
    const std::map<std::string, std::string>& changedOptions() const { return m_options; }

    const std::vector<RunPointer>& runs() const { return m_runs; } ///< newest first
    RunPointer run() const { return m_run; }                       ///< the one whose results are shown; may be null
    /// The class a person has given this case since, where it differs from the run's label.
    std::optional<std::string> correction(const learning::Run& run, const learning::Prediction& prediction) const;
    /// How many cases of the shown run were corrected since.
    std::int64_t correctionCount() const;

    /// Reads a folder, archive or table of labelled images; a second path may be a table of labels or a test set.
    void open(const QStringList& paths);
    void openSample();
    void openProjectLabels();
    /// Folders of synthetic images that every training learns from too, until they are taken out again.
    void setSynthetic(const std::vector<std::filesystem::path>& folders);
    void setNetwork(const std::string& name);
    void setOption(const std::string& name, const std::string& value);
    void train();
    void stop();
    void showRun(const RunPointer& run);
    void readRuns();
    /// Reads the saved labels again; to be called when labels were given elsewhere.
    void readLabels();
    void correct(const learning::Prediction& prediction, const std::string& className);
    void dismissProblem();

    const TrainingCore& core() const { return m_core; }
    shell::BackgroundTasks& tasks() const { return m_tasks; }

  signals:
    void changed();       ///< view, data, split or options
    void progressed();    ///< `live` and the fraction, at most 25 times a second
    void runsChanged();   ///< list of runs, or the shown one
    void labelsChanged(); ///< corrections
    void trained();       ///< a training has ended with a run, which is shown now

  private:
    struct Opened;
    struct Trained;
    struct Shared;

    using MakeRequest = std::function<Result<learning::DataRequest>(const Monitor&)>;

    void read(MakeRequest make, const Text& title);
    void begin(Stage stage, const Text& sentence, shell::BackgroundTask* task);
    void takeOpened(const Opened& opened);
    void takeTrained(const Trained& done);
    void takeLabels(const std::vector<learning::GivenLabel>& labels);
    void fail(const Error& error, const Text& stopped);
    void plan();
    bool canTrain() const;

    TrainingCore m_core;
    shell::BackgroundTasks& m_tasks;
    QPointer<shell::BackgroundTask> m_task;
    Stage m_stage = Stage::Empty;
    Text m_sentence;
    std::optional<Error> m_problem;

    learning::DataRequest m_request; ///< what `m_data` was read by
    std::vector<std::filesystem::path> m_synthetic;
    DataPointer m_data;
    std::optional<learning::Split> m_split;
    std::string m_network;
    std::map<std::string, std::string> m_options;

    std::shared_ptr<Shared> m_shared;
    Live m_live;
    std::vector<RunPointer> m_runs;
    RunPointer m_run;
    std::map<std::string, std::string> m_labelByUid;   ///< the saved labels: class by subject …
    std::map<std::string, std::string> m_labelByPlace; ///< … and by where the image is
    int m_turn = 0;                                    ///< of reading and training: late results are dropped
    int m_planTurn = 0;
};

} // namespace hounsfield::training
