#pragma once

#include <QImage>
#include <QObject>
#include <QString>
#include <QStringList>

#include "core/diagnosis/diagnosis.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hounsfield::shell {
class BackgroundTasks;
}

namespace hounsfield::viewer {

class ViewerModel;

/// What the chosen model says of the open image, and why. Late answers for something no longer open are dropped.
class DiagnosisModel : public QObject {
    Q_OBJECT
  public:
    struct Probability {
        QString name;
        double value = 0;
        bool isCalled = false;
    };
    struct Suspicious {
        std::int64_t slice = 0; ///< stored, from 0
        double value = 0;       ///< 1 − probability of the first class
        QString called;
    };
    struct View {
        QString modelName;    ///< "small-resnet, 2026-01-31"; empty: none is chosen
        QString sentence;     ///< what there is to say; empty when the figures speak
        QStringList refusals; ///< why the model was not made for this image
        QStringList unchecked;
        bool isOverridden = false;
        bool isBusy = false;
        std::vector<Probability> probabilities; ///< of the shown slice
        std::vector<Suspicious> suspicious;     ///< of a volume
        double threshold = 0.5;                 ///< from this probability of the second of two classes on it is called
        bool hasMap = false;
        double mapTop = 1;          ///< what the hottest colour stands for, on the fixed scale of placedMap
        bool hasNoEvidence = false; ///< the map of the shown slice is empty
    };

    DiagnosisModel(ViewerModel& viewer, shell::BackgroundTasks& tasks, QObject* parent = nullptr);
    ~DiagnosisModel() override;

    void setModelFile(const QString& file); ///< used from now on; read when it is first needed
    QString modelFile() const { return m_file; }
    std::vector<std::string> classes() const; ///< of the model, once it was read

    /// Asks the model about the open image: all slices of a volume, then the heat map of the shown slice.
    void diagnose(diagnosis::Gate gate = diagnosis::Gate::Obey);
    /// The same as soon as an image that is being opened is there.
    void diagnoseWhenOpen() { m_isWanted = true; }
    View view() const;

    bool showsMap() const { return m_showsMap; }
    void setShowsMap(bool shows);
    double opacity() const { return m_opacity; }
    void setOpacity(double opacity);
    /// The scale of all slices ends at the hottest place seen in any of them, but not below this, lest no evidence look
    /// like some.
    static constexpr double leastMapTop = 0.2;
    /// ARGB32_Premultiplied on the slice's grid; null when hidden or unknown.
    QImage mapOf(std::int64_t slice) const;

  signals:
    void changed();

  private:
    struct Engine; // the model, used by one thread at a time
    struct Answer;
    void follow();
    void forget();
    void explain(std::int64_t slice);

    ViewerModel& m_viewer;
    shell::BackgroundTasks& m_tasks;
    QString m_file;
    std::shared_ptr<Engine> m_engine;
    std::shared_ptr<const image::Volume> m_of; // what the figures speak of
    std::vector<diagnosis::Diagnosis> m_slices;
    std::vector<std::int64_t> m_suspicious;
    struct Map {
        image::Raster<float> values; // empty: could not be made
        double hottest = 0;
    };
    std::map<std::int64_t, Map> m_maps;
    double m_mapTop = leastMapTop;
    struct Painted {
        std::int64_t slice = -1;
        double top = 0;
        QImage picture;
    };
    mutable Painted m_painted; // the last picture asked for
    std::uint64_t m_turn = 0;
    bool m_isBusy = false;
    bool m_isExplaining = false;
    bool m_isWanted = false;
    bool m_showsMap = true;
    double m_opacity = 0.6;
    QString m_sentence;
};

} // namespace hounsfield::viewer
