#pragma once

#include "core/base/result.h"
#include "core/nn/graph.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace hounsfield::learning {

/// What a network of texts is built for. Its input is `tokens` [N, L] int64, 0 = padding behind the text, at least one
/// other number in each row; its output `logits` [N, labels]. Mask and lengths are computed inside the graph, so that
/// a padded text gives what it gives alone. Networks with attention name it in a value `attention`.
struct TextNetworkForm {
    std::int64_t vocabulary = 2; ///< numbers of words, padding and unknown words included
    std::int64_t labels = 2;
    bool isMultiLabel = true; ///< else one class a text
    std::uint64_t seed = 1;
    std::int64_t width = 200; ///< of a word's vector
    std::int64_t units = 64;  ///< of a recurrent layer (a direction), of attention's token vectors
    double dropout = 0.3;     ///< share, while training
    /// False: all texts of a batch are of one length, 0 is a word like others, and there is no mask.
    bool isPadded = true;
    std::int64_t keys = 0;        ///< width of the recurrent networks' keys; 0: that of the states
    std::int64_t feedForward = 2; ///< inner width of a transformer's layer in widths of a word
    /// > 0: a transformer learns the vectors of so many places, and all its texts have as many words; 0: sines.
    std::int64_t places = 0;
};

/// One row of the table of networks of texts.
struct TextNetwork {
    std::string name;
    Text summary; ///< what it is, one sentence
    Text goodFor; ///< what it is good for, one sentence
    nn::Graph (*build)(const TextNetworkForm&) = nullptr;
    std::map<std::string, std::string> defaults; ///< of `textOptions`, where they differ from the table's own
    /// Words of a text that it reads; what is behind them is cut off.
    std::int64_t mostTokens = 512;
};

/// `rnn`, `bigru-attention`, `bilstm-attention`, `seed-attention`, `transformer`.
const std::vector<TextNetwork>& textNetworks();
/// Errors: BadInput naming the networks there are.
Result<const TextNetwork*> findTextNetwork(const std::string& name);

} // namespace hounsfield::learning
