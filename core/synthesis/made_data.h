#pragma once

#include "core/learning/data_set.h"
#include "core/synthesis/generator.h"

#include <cstdint>
#include <span>

namespace hounsfield::synthesis {

/// A set of chosen real cases, each in the part it is given, and of made images, which are training cases whatever
/// happens.
class MadeData {
  public:
    /// @param real  the set the generator learned from; classes and size are its own
    explicit MadeData(const learning::DataSet& real);

    /// A case may be added several times: it then counts as often.
    void add(std::span<const std::int64_t> cases, learning::Part part);
    void add(const MadeImages& made, const std::string& generatorHash);
    learning::DataSet finish();

  private:
    const learning::DataSet& m_real;
    learning::DataSet m_data;
    std::vector<std::int64_t> m_images; ///< in the store that is being made: real ones first
};

} // namespace hounsfield::synthesis
