#pragma once

#include <QObject>
#include <QPointer>

#include "ui/synthesis/synthesis_model.h"

namespace hounsfield::synthesising {

/// Judges the shown training's generator, and tries whether its kind of images helps a classifier. Both take minutes
/// and are kept in the run's folder.
class VerdictModel : public QObject {
    Q_OBJECT
  public:
    enum class Work { None, Judging, Trying };
    struct View {
        Work work = Work::None;
        Text stage; ///< what it is doing
        double fraction = 0;
        bool canBegin = false;
        bool isStopping = false;
    };

    explicit VerdictModel(SynthesisModel& synthesis, QObject* parent = nullptr);

    View view() const;
    const synthesis::TrialOptions& trialOptions() const { return m_options; }
    void setRepetitions(int seeds);
    void setImagesPerClass(int images);
    /// Seconds a trial will about take, from how fast the shown training was; 0: not known.
    double trialSeconds() const;

    void judge();
    void tryIt();
    void stop();

  signals:
    void changed();

  private:
    template <typename Found>
    using FindOut =
        std::function<Result<Found>(const synthesis::GeneratorModel&, const learning::DataSet&, const Monitor&)>;
    template <typename Found>
    void begin(Work work, const Text& title, FindOut<Found> find, std::optional<Found> PairRecord::*place);
    void end(const std::optional<Error>& error);

    SynthesisModel& m_synthesis;
    QPointer<shell::BackgroundTask> m_task;
    Work m_work = Work::None;
    synthesis::TrialOptions m_options;
    int m_turn = 0;
};

} // namespace hounsfield::synthesising
