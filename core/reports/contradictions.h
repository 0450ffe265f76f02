#pragma once

#include "core/reports/annotation.h"
#include "core/reports/finding_rules.h"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::reports {

/// Two statements of a report, or of a report and its images, that do not fit; or words that are missing.
struct Contradiction {
    enum class Kind {
        Status,      ///< present in the findings, absent in the impression, or the other way round
        Side,        ///< left in the findings, right in the impression, or the other way round
        Size,        ///< more than 20 % apart
        Label,       ///< the text denies a label that is given, or says what the label denies
        Mark,        ///< the text names the other side than a mark
        Sex,         ///< an organ that the patient cannot have
        Placeholder, ///< XXXX, [**…**], [ ], ***
    };
    /// Words to jump to.
    struct Place {
        Span span;        ///< in the document's text
        std::string part; ///< of the document; empty when it has no parts
        bool operator==(const Place&) const = default;
    };
    Kind kind = Kind::Status;
    Text sentence;
    std::vector<Place> places; ///< in the order of the text, at least one
};

/// A lesion marked on an image.
struct SideMark {
    std::string label; ///< empty: of any kind
    std::string side;  ///< left or right; any other says nothing
};

/// What is known beside the text.
struct Known {
    std::map<std::string, bool> labels; ///< of the document: given (1) or denied (0)
    std::vector<SideMark> marks;
    std::string sex; ///< PatientSex, M or F; any other says nothing
};

/// What does not fit in a report, kind after kind in the order of the text. Parts count as sections by their names,
/// else headings do. Only what is said of now is compared: no indication, comparison or technique, nothing possible or
/// past. A denial with limits ("no new", "no acute") denies no more than that; sides are compared only where both are
/// named and sizes in the unit of the rules (mm), each with the nearest size of the same label. Nothing is certain
/// here: the list is to be looked at, never to stop anybody.
/// @param findings  as `findingsOf(document, rules)` reads them
std::vector<Contradiction> contradictionsOf(
    const Document& document, std::span<const Finding> findings, const Known& known = {});

} // namespace hounsfield::reports
