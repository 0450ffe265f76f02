#pragma once

#include "core/reports/report.h"
#include "core/reports/table.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace hounsfield::reports {

/// Which table, and what of it are reports.
struct TableRequest {
    std::filesystem::path path;
    std::vector<std::string> columns; ///< of texts; empty: findings and impression, else text, else the longest texts
    std::string idColumn;             ///< empty: id, else uid, else the row's number
};

struct ReportTable {
    std::vector<std::string> header;
    std::vector<Report> reports;
    std::vector<Problem> problems; ///< by row; such rows are left out where the sentence says so
};

/// Texts stay as they are in the file. PatientID and AccessionNumber come from columns called so (or patient,
/// patient_id, accession, accession_number), whatever the case.
/// Errors: as `readTable`; BadInput when a column that was asked for is not there (the sentence lists those that are).
Result<ReportTable> readReports(files::ReaderPool* readers, const TableRequest& request, const Monitor& monitor = {});

/// What a person sees before the import.
struct Preview {
    std::vector<std::string> header;
    std::vector<Table::Row> rows;     ///< the first 20
    std::vector<std::string> columns; ///< that hold the texts
    std::string idColumn;             ///< empty: the row's number
    std::int64_t rowCount = 0, problemCount = 0;
    Encoding encoding = Encoding::Utf8;
};
/// Errors: as `readReports`.
Result<Preview> previewReports(files::ReaderPool* readers, const TableRequest& request, const Monitor& monitor = {});

/// One report that was pasted: its only column is "text". Errors: BadInput when there is nothing but white space.
Result<Report> pastedReport(std::string_view pasted, const std::string& id);

} // namespace hounsfield::reports
