#include "ui/training/dropped_data.h"

#include <utility>

namespace hounsfield::training {

using learning::DataRequest;

namespace {

bool isTable(const QString& path)
{
    return path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive)
           || path.endsWith(QLatin1String(".tsv"), Qt::CaseInsensitive);
}

} // namespace

Result<DataRequest> requestOf(const QStringList& paths)
{
    DataRequest request;
    for (const QString& path : paths) {
        const std::filesystem::path file = path.toStdString();
        if (isTable(path) && paths.size() > 1 && request.table.empty())
            request.table = file;
        else if (request.data.empty())
            request.data = file;
        else if (request.test.empty())
            request.test = file;
        else
            return badInput(text("training", "%1 things were dropped at once.").with(paths.size()), {},
                text("training",
                    "Drop one folder, archive or table of labelled images; a table of labels and a test set may come "
                    "with it."));
    }
    // Two sets: the one that calls itself a test set is the test set.
    if (!request.test.empty()
        && QString::fromStdString(request.data.filename().string())
               .contains(QLatin1String("test"), Qt::CaseInsensitive))
        std::swap(request.data, request.test);
    return request;
}

} // namespace hounsfield::training
