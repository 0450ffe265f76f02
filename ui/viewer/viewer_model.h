#pragma once

#include <QObject>
#include <QString>

#include "core/files/scan.h"
#include "core/image/picture.h"
#include "core/image/volume.h"
#include "ui/viewer/series_list.h"
#include "ui/viewer/view_geometry.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace hounsfield::shell {
class BackgroundTask;
class BackgroundTasks;
} // namespace hounsfield::shell

namespace hounsfield::viewer {

/// How the viewer reaches the files; the program hands in core's functions, tests their own.
struct Files {
    using VolumeResult = Result<std::shared_ptr<const image::Volume>>;
    std::function<VolumeResult(const files::Series&, const Monitor&)> openSeries;
    std::function<VolumeResult(const files::Series&, std::int64_t slice)> openSlice;
};

/// What the viewer knows: the open image, how it is shown, where the crosshair is. No widgets.
class ViewerModel : public QObject {
    Q_OBJECT
  public:
    ViewerModel(shell::BackgroundTasks& tasks, Files files, QObject* parent = nullptr);
    ~ViewerModel() override;

    // ---- what is open
    /// Shows the middle slice at once, any slice that is scrolled to, and the whole when it is read.
    void openSeries(const files::Series& series, std::int64_t slice = -1);
    /// Shows a volume that is in memory already.
    void openVolume(std::shared_ptr<const image::Volume> volume, std::int64_t slice = -1);
    void close();
    /// What is shown: the whole volume, or one slice of it while it is read; null when nothing is.
    const std::shared_ptr<const image::Volume>& volume() const { return m_volume; }
    const std::optional<files::Series>& series() const { return m_series; }
    bool isWhole() const { return m_isWhole; }
    bool isVolume() const; ///< whole, of several slices in a true grid: three planes and 3-D are right
    QString failure() const { return m_failure; } ///< why nothing is shown; empty when something is or may come

    /// The series that the strip and Left/Right know. While a scan goes on it comes again and again: the open series
    /// is read anew when it has grown, its slice and window stay.
    void setSeriesList(std::vector<ListedSeries> list);
    SeriesList& seriesList() { return m_list; }
    const SeriesList& seriesList() const { return m_list; }
    void openListed(std::ptrdiff_t row); ///< nothing happens when it is open already
    void stepSeries(int by);
    void stepStudy(int by);
    std::ptrdiff_t seriesPlace() const { return m_place; } ///< of the open one in the list; −1 when it is not there

    // ---- slices
    std::int64_t sliceCount() const; ///< slices of the volume, which are the stored ones where it is not resampled
    std::int64_t slice() const;      ///< of them the one at the cursor, from 0
    /// The series' slice that lies nearest to a slice of the volume, and the other way round.
    std::int64_t storedSliceOf(std::int64_t slice) const;
    std::int64_t sliceOfStored(std::int64_t stored) const;
    int shownNumber(
        std::int64_t slice) const;      ///< of a stored slice, as the tiles count: from 1, in the order of scrolling
    void showSlice(std::int64_t slice); ///< stored slice
    std::int64_t sliceOf(const Plane& plane) const; ///< of a family of cuts, while the volume is whole
    void step(const Plane& plane, std::int64_t by); ///< scrolls; one by one while the volume is read
    const image::Point& cursor() const { return m_cursor; }
    void setCursor(const image::Point& point);
    Alignment alignment() const { return m_alignment; }
    void setAlignment(Alignment alignment);

    // ---- grey scale: belongs to the series and stays while scrolling
    image::Window window() const;
    void setWindow(const image::Window& window);
    void useAutomaticWindow();
    void useHeaderWindow(); ///< the next one of the header at each call
    void resetWindow();     ///< as the series opened
    bool hasUserWindow() const { return m_window.has_value(); }
    bool isInverted() const { return m_isInverted; }
    void setInverted(bool isInverted);
    const image::GreyScale& greyScale() const;

    // ---- how it is drawn
    const char* tool() const { return m_tool; }
    void setTool(const char* id);
    bool showsOverlays() const { return m_showsOverlays; }
    void setShowsOverlays(bool shows);
    int overlayLevel() const { return m_overlayLevel; } ///< 0 all, 1 without patient, 2 none
    void cycleOverlays();

  signals:
    void changed();       ///< anything that the picture shows
    void volumeChanged(); ///< another image, or the whole one after its slices
    void opened();        ///< the user asked for something: bring the viewer to the front

  private:
    void take(std::shared_ptr<const image::Volume> volume);
    void askSlice(std::int64_t slice);
    void fail(const Error& error);
    void forget();
    void read(const files::Series& series, std::int64_t slice);
    void grow(const files::Series& series);
    void findPlace();

    shell::BackgroundTasks& m_tasks;
    Files m_files;
    std::uint64_t m_opening = 0; // number of the opening; late results of an earlier one are dropped
    shell::BackgroundTask* m_loading = nullptr;
    std::optional<files::Series> m_series;
    SeriesList m_list;
    std::ptrdiff_t m_place = -1;
    std::shared_ptr<const image::Volume> m_volume;
    bool m_isWhole = false;
    QString m_failure;
    std::int64_t m_wanted = 0; // stored slice while the volume is read
    std::map<std::int64_t, std::shared_ptr<const image::Volume>> m_early;
    std::set<std::int64_t> m_asked;
    image::Point m_cursor;
    Alignment m_alignment = Alignment::Grid;
    std::optional<image::Window> m_window;
    image::Window m_ownWindow; // as the series opened
    std::size_t m_headerWindow = 0;
    bool m_isInverted = false;
    mutable std::unique_ptr<image::GreyScale> m_grey;
    mutable std::shared_ptr<const image::Volume> m_greyOf;
    const char* m_tool = "window";
    bool m_showsOverlays = true;
    int m_overlayLevel = 0;
};

} // namespace hounsfield::viewer
