#pragma once

#include "core/learning/data_set.h"
#include "core/learning/split.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace hounsfield::learning {

/// The rule of names: a file or folder whose name holds ".synthetic" at its end or before a point, in any case:
/// "0001.synthetic.png", "chest.synthetic/…", "set.synthetic.tar.gz". The whole path counts, of a link's target too.
bool isNamedSynthetic(const files::Source& source);
/// The name of a synthetic file: stem + ".synthetic" + ending (with its point).
std::string syntheticName(const std::string& stem, const std::string& ending);

/// Why a decoded image is taken for synthetic: any one sign is enough.
SyntheticSign signOf(const files::Source& source, const files::DecodedImage& image, const Provenance* provenance);

/// Takes out of the set what must not be there: synthetic images in a validation or test part that the data bring, and
/// those whose pixels are exactly those of a real image. Warns of both, and says what synthetic images are kept.
void leaveOutSynthetic(DataSet& data);

/// That no generator has seen what is validated or tested on: by the lists of what it was trained on, else by the hash
/// of its split. Errors: BadInput that says which images, or that the split is another one.
Result<void> checkGenerators(const DataSet& data, const Split& split);

/// What a generator trained on these cases of the set has seen, for its provenance.
void addSeen(const DataSet& data, const std::vector<std::int64_t>& cases, Provenance& provenance);

} // namespace hounsfield::learning
