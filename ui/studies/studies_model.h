#pragma once

#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include "core/files/scan.h"
#include "ui/shell/background_task.h"
#include "ui/studies/files_table.h"
#include "ui/studies/series_table.h"

#include <functional>
#include <memory>

namespace hounsfield::studies {

/// What core does for this page; a test may hand in others.
struct StudiesCore {
    using OnSeries = std::function<void(const files::Series&)>;
    std::function<Result<files::ScanResult>(const std::filesystem::path&, const Monitor&, const OnSeries&)> scan;
    std::function<Result<std::shared_ptr<const image::Volume>>(const files::Series&, std::int64_t slice)> openSlice;
    std::function<Result<std::filesystem::path>(const Monitor&)> makeSample; ///< the folder of the built-in sample
};

/// Core as it is: the readers' pool outlives the model.
StudiesCore studiesCore(files::ReaderPool& readers, std::filesystem::path sampleFolder);

/// Knows which series were found where, and which files are none. Without widgets.
class StudiesModel : public QObject {
    Q_OBJECT
  public:
    struct View {
        QString sentence; ///< what was found, or what went wrong
        bool isScanning = false;
        bool isFailure = false;
        bool isEmpty = true;
        bool hasFiles = false; ///< there are files that are no pictures
    };

    StudiesModel(StudiesCore core, shell::BackgroundTasks& tasks, QObject* parent = nullptr);

    View view() const;
    SeriesTable& series() { return m_series; }
    FilesTable& files() { return m_files; }

    void open(const QStringList& paths); ///< scans them one after the other, beside what is listed already
    void openSample();
    void stop();
    void clear();
    void retranslate();

    /// Every file that was looked at, as CSV: file, outcome, reason. In the window's language.
    Result<void> saveFileList(const QString& path) const;

  signals:
    void changed();
    /// Of what was opened together, as soon as it can be shown; it may still grow while the scan goes on.
    void firstSeries(const hounsfield::files::Series& series);
    void nothingFound(); ///< the scan ended without any series: the page says why

  private:
    struct Inbox;
    void scanNext();
    void finish(const QString& path, Result<files::ScanResult> result);
    void takeIn();
    void makePreviews();
    QString summary() const;

    StudiesCore m_core;
    shell::BackgroundTasks& m_tasks;
    SeriesTable m_series;
    FilesTable m_files;
    QStringList m_waiting;
    std::shared_ptr<Inbox> m_inbox;
    QTimer m_timer;
    shell::BackgroundTask* m_scan = nullptr;
    bool m_isMakingPreviews = false;
    bool m_hasShownFirst = false;
    Error m_failure; ///< what is empty: none
};

} // namespace hounsfield::studies
