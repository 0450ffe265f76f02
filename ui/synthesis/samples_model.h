#pragma once

#include <QObject>
#include <QPointer>

#include "ui/synthesis/synthesis_model.h"

namespace hounsfield::synthesising {

/// One made image and the training image it resembles most.
struct Sample {
    synthesis::Sampler::Wish wish;
    QImage picture;
    Resemblance resemblance;
    QImage nearest;      ///< null: not looked for
    QString nearestName; ///< of the case
};

/// Images that the shown generator makes, the most suspicious first, and what lies between two of them.
class SamplesModel : public QObject {
    Q_OBJECT
  public:
    explicit SamplesModel(SynthesisModel& synthesis, QObject* parent = nullptr);

    const std::vector<Sample>& samples() const { return m_samples; }
    double limit() const { return m_limit; } ///< as Resemblances; 0: unknown
    bool isBusy() const { return m_task != nullptr; }
    bool hasGenerator() const { return m_synthesis.generator() != nullptr; }
    QStringList classes() const;
    const std::optional<Error>& whyNoNeighbours() const { return m_whyNoNeighbours; }
    const std::vector<QImage>& between() const { return m_between; } ///< empty: two are not chosen

    int label() const { return m_label; } ///< −1: all classes
    int count() const { return m_count; } ///< all together
    void setLabel(int label);
    void setCount(int count);
    /// Makes the first images where there are none yet.
    void makeFirst();
    void makeMore(); ///< others than those that are shown
    void showBetween(int first, int second);
    void clearBetween();

  signals:
    void changed();
    void betweenChanged();

  private:
    void make();
    void findNeighbours(std::shared_ptr<const synthesis::MadeImages> made);
    void take(const learning::DataSet& data, const Resemblances& found);
    void forget();
    std::vector<synthesis::Sampler::Wish> wishes() const;

    SynthesisModel& m_synthesis;
    QPointer<shell::BackgroundTask> m_task;
    GeneratorPointer m_generator; ///< whose samples these are
    std::vector<Sample> m_samples;
    double m_limit = 0;
    std::optional<Error> m_whyNoNeighbours;
    std::vector<QImage> m_between;
    int m_label = -1;
    int m_count = 24;
    std::int64_t m_first = 0; ///< number of the first image of each class
    int m_turn = 0;
    int m_betweenTurn = 0;
};

} // namespace hounsfield::synthesising
