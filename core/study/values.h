#pragma once

#include "core/study/label.h"

#include <string>
#include <string_view>

namespace hounsfield::study {

/// How labels, marks and the rest stand in the database: an id, and JSON. Bytes that are no UTF-8 (file names) survive.
std::string idOf(const Subject& subject);
Subject subjectOfId(std::string_view id);

std::string jsonOf(const Place& place);
std::string jsonOf(const Mark& mark);
std::string jsonOf(const DataSetEntry& entry);
std::string jsonOf(const RunEntry& entry);
std::string jsonOfWords(const std::string& words);
std::string jsonOfList(const std::vector<std::string>& words);

Place placeOf(const std::string& json);
Mark markOf(const std::string& json);
DataSetEntry dataSetOf(const std::string& json);
RunEntry runOf(const std::string& json);
std::string wordsOfJson(const std::string& json);
std::vector<std::string> listOfJson(const std::string& json);

} // namespace hounsfield::study
