#pragma once

#include "core/reports/exchange_formats.h"

namespace hounsfield::reports {

/// Names of documents that are file names; attributes and notes on a line.
void fitBrat(std::vector<Document>& documents, Tally& tally);
/// A text and its annotations a document (brat.nlplab.org/standoff.html).
std::vector<ExchangeFile> writeBrat(std::span<const Document> documents);

} // namespace hounsfield::reports
