#pragma once

#include <QObject>
#include <QPointer>

#include "ui/synthesis/synthesis_model.h"

#include <array>

namespace hounsfield::synthesising {

/// A test of the reader: real images that the generator never saw and made ones, in random order. Each is called real
/// or made; only the end tells how many were right. The score is kept in the run's folder.
class BlindTestModel : public QObject {
    Q_OBJECT
  public:
    enum class Stage { Idle, Preparing, Asking, Done };
    struct View {
        Stage stage = Stage::Idle;
        int at = 0; ///< number of the question, from 0
        int count = 0;
        QImage picture;                              ///< that is asked about
        learning::Figure score;                      ///< at the end: share of right answers, Wilson's interval
        std::array<std::array<int, 2>, 2> answers{}; ///< [is made][was called made]
        bool canStart = false;
    };
    struct Question {
        QImage picture;
        bool isMade = false;
    };

    explicit BlindTestModel(SynthesisModel& synthesis, QObject* parent = nullptr);

    View view() const;
    void start(int images);
    void answer(bool isMade);
    /// Takes the last answer back.
    void back();
    void giveUp();

  signals:
    void changed();

  private:
    void finish();

    SynthesisModel& m_synthesis;
    QPointer<shell::BackgroundTask> m_task;
    Stage m_stage = Stage::Idle;
    RunPointer m_run; ///< that is tested
    std::vector<Question> m_questions;
    std::vector<bool> m_answers;
    int m_turn = 0;
};

} // namespace hounsfield::synthesising
