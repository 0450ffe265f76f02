#pragma once

#include <QObject>
#include <QPointer>
#include <QStringList>

#include "ui/shell/background_task.h"
#include "ui/synthesis/pair_work.h"

#include <map>
#include <optional>
#include <string>

namespace hounsfield::synthesising {

/// What the page of synthesis knows: the data, what a training is asked for, the training under way, the trainings
/// there are and the one that is shown. Without widgets; core comes in through `SynthesisCore`; long work runs on
/// `BackgroundTasks`.
class SynthesisModel : public QObject {
    Q_OBJECT
  public:
    enum class Stage { Empty, Reading, Ready, Training };

    struct View {
        Stage stage = Stage::Empty;
        Text sentence;                ///< what is or was going on
        std::optional<Error> problem; ///< what went wrong last; stays until something new begins
        double fraction = 0;          ///< of reading or training
        bool canTrain = false;
        bool canResume = false; ///< the shown training may go on
        bool canStop = false;
        bool isStopping = false;
    };
    /// The data of the training page, where there are some.
    using TrainingData = std::function<std::optional<learning::DataRequest>()>;

    SynthesisModel(SynthesisCore core, shell::BackgroundTasks& tasks, QObject* parent = nullptr);
    ~SynthesisModel() override;

    View view() const;
    const Opened& opened() const { return m_opened; }
    const DataPointer& data() const { return m_opened.data; }        ///< null until read
    std::optional<Text> warning() const;                             ///< of few images, before a training
    const Live& live() const { return m_live; }                      ///< of the training under way
    const PairWish& wish() const { return m_wish; }                  ///< what the form says
    const std::string& name() const { return m_name; }               ///< of the next training; empty: by the time
    std::map<std::string, std::string> values() const;               ///< of all options
    const std::vector<RunPointer>& runs() const { return m_runs; }   ///< newest first
    RunPointer run() const { return m_run; }                         ///< the one that is shown; may be null
    GeneratorPointer generator() const { return m_generator; }       ///< of the shown one; null: none, or being read
    const std::vector<Moment>& moments() const { return m_moments; } ///< of the shown one

    void setTrainingData(TrainingData source) { m_trainingData = std::move(source); }
    /// Labelled images, as on the training page; or a generator.onnx, which is opened.
    void open(const QStringList& paths);
    void openSample();
    void openProjectLabels();
    void openTrainingData();
    void setNetwork(const std::string& name);
    void setSize(std::int64_t size);
    void setOption(const std::string& name, const std::string& value);
    void setName(const std::string& name);
    void train();
    /// Goes on with the shown training, with what the form says.
    void resume();
    void stop();
    void readRuns();
    void showRun(const RunPointer& run);
    void openGenerator(const std::filesystem::path& file);
    /// Something new is known of a training, such as a judgement.
    void replaceRun(const RunPointer& run);
    void complain(const Error& error);
    void dismissProblem();

    const SynthesisCore& core() const { return m_core; }
    shell::BackgroundTasks& tasks() const { return m_tasks; }

  signals:
    void changed();     ///< view, data or form
    void progressed();  ///< `live` and the fraction, at most 25 times a second
    void runsChanged(); ///< list of trainings, the shown one, its generator or samples
    void trained();     ///< a training has ended with a generator, which is shown now

  private:
    using MakeRequest = std::function<Result<learning::DataRequest>(const Monitor&)>;
    struct ShownParts;

    void read(MakeRequest make, const Text& title);
    void begin(Stage stage, const Text& sentence, shell::BackgroundTask* task);
    void takeOpened(Opened opened);
    void takeTrained(PairRecord record);
    void startTraining(learning::Existing existing, std::function<Result<std::filesystem::path>()> folder);
    void fail(const Error& error, const Text& stopped);
    void readShown();
    void plan();
    bool canResume() const;

    SynthesisCore m_core;
    shell::BackgroundTasks& m_tasks;
    TrainingData m_trainingData;
    QPointer<shell::BackgroundTask> m_task;
    Stage m_stage = Stage::Empty;
    Text m_sentence;
    std::optional<Error> m_problem;
    Opened m_opened;
    PairWish m_wish;
    std::string m_name;
    std::shared_ptr<SharedLive> m_shared;
    Live m_live;
    std::vector<RunPointer> m_runs;
    RunPointer m_run;
    GeneratorPointer m_generator;
    std::vector<Moment> m_moments;
    int m_turn = 0; ///< of reading and training: late results are dropped
    int m_planTurn = 0;
    int m_shownTurn = 0;
};

} // namespace hounsfield::synthesising
