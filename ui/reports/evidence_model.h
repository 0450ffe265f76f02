#pragma once

#include <QObject>
#include <QPointer>
#include <QString>

#include "core/reports/model_text.h"
#include "ui/reports/report_text.h"
#include "ui/shell/background_task.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hounsfield::reporting {

class ReportsModel;

/// What a learned model says of the open report, and by which words. Late answers for a report that is no longer open
/// are dropped; nothing here ever makes the page wait.
class EvidenceModel : public QObject {
    Q_OBJECT
  public:
    enum class Method { Highlight, Attention, IntegratedGradients, LeaveOneOut };

    struct Row {
        std::string label;
        double network = 0, baseline = 0;
        bool isCalled = false;
    };
    struct View {
        QString modelName; ///< empty: none is chosen
        std::vector<Row> rows;
        int chosen = -1;
        bool isBusy = false;
        bool hasAttention = false;
        bool isCut = false; ///< the model reads the beginning of this report only
        double threshold = 0.5;
        QString faithfulness; ///< a sentence; empty: unknown
        std::optional<Error> problem;
        QString sum; ///< of integrated gradients: what they add up to; empty: not shown
    };

    EvidenceModel(ReportsModel& reports, shell::BackgroundTasks& tasks, QObject* parent = nullptr);
    ~EvidenceModel() override;

    void setModelFile(const QString& file);
    View view() const;
    void chooseLabel(int row);
    void setMethod(Method method);
    Method method() const { return m_method; }
    /// The mean of the network's and the plain regression's logits in place of the network alone.
    void setMean(bool isMean);
    bool isMean() const { return m_isMean; }
    const std::vector<ShadedWords>& shades() const { return m_shades; }
    /// Reads all reports of the project, to sort the queue by what the model says, and measures on the first 150 how
    /// faithful its highlights are.
    void readAll();

  signals:
    void changed();

  private:
    struct Engine; ///< the model and its plans, used by one thread at a time
    struct Answer;
    void follow();
    void read();
    void explain();
    void askWords(int row, std::vector<reports::Span> words);
    void take(Answer answer);
    std::vector<ShadedWords> shadesOf(const std::vector<reports::Span>& words, const std::vector<double>& values) const;

    ReportsModel& m_reports;
    shell::BackgroundTasks& m_tasks;
    QPointer<shell::BackgroundTask> m_reading, m_explaining;
    std::shared_ptr<Engine> m_engine;
    std::shared_ptr<const Answer> m_answer;
    std::string m_key; ///< of the report that the answer is for
    std::string m_label;
    Method m_method = Method::Highlight;
    bool m_isMean = false;
    QString m_sum, m_faithfulness;
    std::optional<Error> m_problem;
    std::vector<ShadedWords> m_shades;
    int m_turn = 0, m_explainTurn = 0;
};

} // namespace hounsfield::reporting
