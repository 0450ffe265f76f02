#pragma once

#include <QObject>
#include <QString>

#include "core/reports/exchange.h"
#include "core/reports/label_source.h"
#include "ui/shell/background_task.h"

#include <optional>
#include <string>
#include <vector>

namespace hounsfield::files {
class ReaderPool;
}

namespace hounsfield::reporting {

class ReportsModel;

/// Annotations in files of other programs: what writing them would lose is known before anything is written.
class FilesModel : public QObject {
    Q_OBJECT
  public:
    FilesModel(
        ReportsModel& reports, files::ReaderPool& readers, shell::BackgroundTasks& tasks, QObject* parent = nullptr);

    const reports::ExchangeFormat& format() const;
    int formatNumber() const { return m_format; }
    void setFormat(int number);
    /// What writing would lose now; none while it is looked for.
    const std::optional<std::vector<reports::Loss>>& losses() const { return m_losses; }
    bool isOutdated() const { return !m_losses && !m_isLooking && !m_problem; }
    void findLosses();
    void write(const QString& path);
    /// @param reader  whose annotations they are; empty: this person's own
    void read(const QString& path, const QString& reader);

    /// How far the reports' labels can be trusted as labels of images, in a sentence.
    QString imageLabelsSentence(const std::string& label) const;
    /// A table by which the page of training labels images. @param label  one of the project's
    void writeImageLabels(const std::string& label, const QString& path);

    const std::optional<Error>& problem() const { return m_problem; }
    const QString& sentence() const { return m_sentence; } ///< what was done last

  signals:
    void changed();

  private:
    std::vector<reports::Document> documents() const;
    std::vector<reports::SourceReport> sources() const;
    void fail(const Error& error);

    ReportsModel& m_reports;
    files::ReaderPool& m_readers;
    shell::BackgroundTasks& m_tasks;
    int m_format = 0, m_turn = 0;
    bool m_isLooking = false;
    std::optional<std::vector<reports::Loss>> m_losses;
    std::optional<Error> m_problem;
    QString m_sentence;
};

} // namespace hounsfield::reporting
