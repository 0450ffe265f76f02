#include "app/cli/opened_image.h"

namespace hounsfield::cli {

Result<std::shared_ptr<const image::Volume>> openedImage(
    files::ReaderPool& readers, const std::string& path, const Monitor& monitor)
{
    auto found = TRY(files::scan(readers, path, monitor.part(0, 0.5)));
    if (found.series.empty() && !found.rejected.empty())
        return tl::unexpected(std::move(found.rejected.front().reason));
    if (found.series.empty() && !found.others.empty())
        return badInput(text("cli", "This is no image but: %1.").with(found.others.front().kind), path);
    if (found.series.empty())
        return badInput(text("cli", "There is no image here."), path);
    if (found.series.size() > 1)
        return badInput(text("cli", "There are %1 series here.").with(found.series.size()), path,
            text("cli", "Name the file or folder of one of them."));
    return files::openSeries(readers, found.series.front(), monitor.part(0.5, 1), files::Stacking::AsStored);
}

} // namespace hounsfield::cli
