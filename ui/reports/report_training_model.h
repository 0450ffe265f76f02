#pragma once

#include <QObject>
#include <QPointer>
#include <QStringList>

#include "core/learning/text_networks.h"
#include "core/reports/label_source.h"
#include "core/reports/report_training.h"
#include "ui/shell/background_task.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace hounsfield::files {
class ReaderPool;
}

namespace hounsfield::reporting {

class ReportsModel;

/// A network of reports in training: from the project's reports or a table, to figures beside the plain regression's.
class ReportTrainingModel : public QObject {
    Q_OBJECT
  public:
    enum class Source { Confirmed, Rules, Table };
    enum class Stage { Idle, Reading, Training };

    struct View {
        Stage stage = Stage::Idle;
        QString sentence; ///< what is or was going on
        std::optional<Error> problem;
        double fraction = 0;
        bool canTrain = false;
        std::vector<learning::EpochRecord> history;
        std::int64_t epochs = 0; ///< asked for
    };
    using RunFolder = std::function<Result<std::filesystem::path>()>; ///< in which runs get folders of their own

    ReportTrainingModel(ReportsModel& reports, files::ReaderPool& readers, shell::BackgroundTasks& tasks,
        RunFolder folder, QObject* parent = nullptr);

    View view() const;
    Source source() const { return m_source; }
    void setSource(Source source);
    /// Tables of reports and of labels, for `Source::Table`.
    void setTables(const QString& data, const QString& labels);
    const std::shared_ptr<const reports::ReportSet>& set() const { return m_set; } ///< null: not read
    const std::string& network() const { return m_network; }
    void setNetwork(const std::string& name);
    std::map<std::string, std::string> values() const; ///< of all options
    void setOption(const std::string& name, const std::string& value);
    const std::shared_ptr<const reports::ReportRun>& run() const { return m_run; } ///< the last one
    /// Whether the figures of the last run say agreement with the rules alone.
    bool isRunOnRules() const { return m_isRunOnRules; }

    void read();
    void train();
    void stop();

  signals:
    void changed();
    void progressed();
    void trained(const QString& modelFile);

  private:
    struct Shared;
    static learning::TrainerEvents eventsOf(const std::shared_ptr<Shared>& shared);
    void takeRun(Result<reports::ReportRun> run, bool isOnRules);
    Result<reports::ReportSet> ownSet() const;
    void fail(const Error& error);

    ReportsModel& m_reports;
    files::ReaderPool& m_readers;
    shell::BackgroundTasks& m_tasks;
    RunFolder m_folder;
    QPointer<shell::BackgroundTask> m_task;
    Stage m_stage = Stage::Idle;
    Source m_source = Source::Confirmed;
    QString m_data, m_labels, m_sentence;
    std::string m_network = "bigru-attention";
    std::map<std::string, std::string> m_options;
    std::shared_ptr<const reports::ReportSet> m_set;
    std::shared_ptr<const reports::ReportRun> m_run;
    std::shared_ptr<Shared> m_shared;
    std::optional<Error> m_problem;
    bool m_isRunOnRules = false;
    int m_turn = 0;
};

} // namespace hounsfield::reporting
