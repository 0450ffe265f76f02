#pragma once

#include "core/learning/data_set.h"
#include "core/learning/preprocessing.h"
#include "core/learning/split.h"
#include "core/synthesis/diff_augment.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hounsfield::synthesis {

/// How images of a set and those a pair works on belong together: a set's image lies in the middle of the pair's
/// square, its edges repeated outward (28 pixels in 32); values low … high become −1 … 1.
struct ImageFrame {
    std::int64_t size = 32;                ///< side of the pair's images
    learning::Preprocessing preprocessing; ///< of the set: its width, height, channels and range

    /// Stored values of one image of the set to the pair's, channels last.
    void enter(std::span<const float> stored, std::span<float> pair) const;
    /// And back: cut out, whole numbers as a file would hold them.
    void leave(std::span<const float> pair, std::span<float> stored) const;
    ImageForm form() const { return {size, size, preprocessing.channels}; }

  private:
    std::int64_t left() const { return (size - preprocessing.width) / 2; }
    std::int64_t top() const { return (size - preprocessing.height) / 2; }
};

/// How the cases of a set are used. Only members ever reach the generator.
struct PairSplit {
    learning::Split split; ///< training, validation and test, as a classifier of the same seed has them
    std::vector<std::int64_t> members;
    std::vector<std::int64_t> heldBack; ///< training patients kept away from the pair, for the membership test
    std::vector<std::int64_t> test;
    /// Training cases: members and held back ones.
    std::vector<std::int64_t> training() const;
};

/// Parts by learning::plannedSplit; a tenth of the training patients, of every class where it can be, is held back.
/// Errors: BadInput of options; BadInput naming the class when one keeps no training image.
Result<PairSplit> splitForPair(const learning::DataSet& data, const std::map<std::string, std::string>& options);

/// The set as a pair of this size needs it: images as large as that and down to three quarters of it keep their size,
/// others are brought to it. Errors: as learning::openDataSet.
Result<learning::DataSet> openForPair(
    files::ReaderPool& readers, learning::DataRequest request, std::int64_t size, const Monitor& monitor);

} // namespace hounsfield::synthesis
