#pragma once

#include <QAbstractListModel>
#include <QHash>
#include <QImage>
#include <QPointer>

#include "ui/training/training_core.h"

#include <vector>

namespace hounsfield::shell {
class BackgroundTask;
}

namespace hounsfield::training {

class TrainingModel;

/// The cases of one cell of the confusion matrix, the most confident first; their pictures come as they are read.
class CaseList : public QAbstractListModel {
    Q_OBJECT
  public:
    static constexpr int pictureSide = 112;
    static constexpr int pictureLimit = 600; ///< more of one cell are listed without picture

    explicit CaseList(TrainingModel& model, QObject* parent = nullptr);

    /// Shows the cases of a part with this label that the model called so.
    void setCell(const RunPointer& run, learning::Part part, int label, int called);
    void clear();
    const learning::Prediction* prediction(int row) const;
    const RunPointer& run() const { return m_run; }
    void refreshCorrections();

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

  private:
    void readPictures();
    QString words(const learning::Prediction& prediction, bool isLong) const;

    TrainingModel& m_model;
    RunPointer m_run;
    std::vector<const learning::Prediction*> m_cases; ///< of m_run
    QHash<int, QImage> m_pictures;
    QPointer<shell::BackgroundTask> m_task;
    int m_turn = 0;
};

} // namespace hounsfield::training
