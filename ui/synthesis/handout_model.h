#pragma once

#include <QObject>
#include <QPointer>

#include "ui/synthesis/synthesis_model.h"

namespace hounsfield::synthesising {

/// Gives made images away: into the next training of a classifier, or as marked files.
class HandoutModel : public QObject {
    Q_OBJECT
  public:
    struct View {
        bool isBusy = false;
        bool isStopping = false;
        bool canBegin = false;
        double fraction = 0;
        Text sentence; ///< what is or was done
    };

    explicit HandoutModel(SynthesisModel& synthesis, QObject* parent = nullptr);

    View view() const;
    /// Why the images may not be added to a training set; none: they may.
    std::optional<Error> refusal() const;
    /// @param label  −1: all classes
    void addToTraining(int label, std::int64_t count);
    /// Into a new folder below this one.
    void exportTo(const std::filesystem::path& folder, Handout::Form form, int label, std::int64_t count);
    void stop();

  signals:
    void changed();
    void added(const QString& folder); ///< a set that the training page shall take in

  private:
    void begin(const Text& title, Handout handout);
    void end(const Handout& handout, const Result<std::int64_t>& written);

    SynthesisModel& m_synthesis;
    QPointer<shell::BackgroundTask> m_task;
    Text m_sentence;
};

} // namespace hounsfield::synthesising
