#include "app/reader/dicom_data.h"

namespace hounsfield::reader {

namespace {

constexpr int deepest = 64;                        // nested containers
constexpr std::size_t mostBytes = 4 * 1024 * 1024; // of one report's words

/// "Measurement: 12 mm" of a content item; empty where it holds no words.
std::string lineOf(const Values& item, files::FileHeader& header)
{
    const auto meaningOf = [&](const DcmTagKey& sequence) {
        DcmItem* code = item.sequenceItem(sequence);
        return code ? Values(*code, header).text(DCM_CodeMeaning) : std::string();
    };
    const std::string kind = item.text(DCM_ValueType);
    std::string value;
    if (kind == "TEXT")
        return item.text(DCM_TextValue);
    if (kind == "CODE")
        value = meaningOf(DCM_ConceptCodeSequence);
    else if (kind == "NUM") {
        if (DcmItem* measured = item.sequenceItem(DCM_MeasuredValueSequence)) {
            const Values at(*measured, header);
            DcmItem* unit = at.sequenceItem(DCM_MeasurementUnitsCodeSequence);
            value = at.text(DCM_NumericValue);
            if (unit)
                value += ' ' + Values(*unit, header).text(DCM_CodeValue);
        }
    }
    const std::string name = meaningOf(DCM_ConceptNameCodeSequence);
    return value.empty() || name.empty() ? value : name + ": " + value;
}

void addItems(const Values& container, files::FileHeader& header, int depth)
{
    for (long i = 0; i < container.sequenceItems(DCM_ContentSequence); ++i) {
        DcmItem* raw = container.sequenceItem(DCM_ContentSequence, i);
        if (!raw || depth > deepest || header.reportText.size() > mostBytes)
            return;
        const Values item(*raw, header);
        if (item.text(DCM_ValueType) == "CONTAINER") {
            DcmItem* name = item.sequenceItem(DCM_ConceptNameCodeSequence);
            const std::string heading = name ? Values(*name, header).text(DCM_CodeMeaning) : std::string();
            if (!heading.empty())
                header.reportText += (header.reportText.empty() ? "" : "\n") + heading + ":\n";
        } else if (const std::string line = lineOf(item, header); !line.empty()) {
            header.reportText += line + '\n';
        }
        addItems(item, header, depth + 1);
    }
}

} // namespace

void readReportText(DcmDataset& data, files::FileHeader& header)
{
    addItems(Values(data, header), header, 0);
}

} // namespace hounsfield::reader
