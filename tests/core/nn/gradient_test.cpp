#include <QtTest>

#include "core/base/random.h"
#include "core/nn/operators/table.h"
#include "core/nn/reference.h"

#include <cmath>
#include <numeric>
#include <optional>

using namespace hounsfield;
using namespace hounsfield::nn;

namespace {

using Ints = std::vector<std::int64_t>;

/// Shapes of the inputs that get a gradient, constants behind them, and the node's attributes.
struct Case {
    std::string op;
    std::vector<Shape> inputs;
    std::map<std::string, Attribute> attributes = {};
    std::int64_t opset = 17;
    std::vector<Tensor> constants = {}; ///< inputs without a gradient, after the others
    double low = -1.5;                  ///< values are drawn from low … high
    double high = 1.5;
    bool isTraining = false;
    int outputs = 1;
    std::map<std::size_t, std::optional<Tensor>> placed = {}; ///< by position: no gradient, or not there
    int weighed = 1;                                          ///< outputs that the loss takes
};

Tensor ints(Ints values)
{
    const auto count = static_cast<std::int64_t>(values.size());
    return Tensor(Shape{count}, std::move(values));
}

Tensor wholes(std::vector<std::int32_t> values)
{
    const auto count = static_cast<std::int64_t>(values.size());
    return Tensor(Shape{count}, std::move(values));
}

Tensor numbers(std::vector<double> values)
{
    const auto count = static_cast<std::int64_t>(values.size());
    return Tensor(Shape{count}, std::move(values));
}

// clang-format off
const std::vector<Case> cases = {
    {"Add", {{2, 3, 5}, {2, 3, 5}}}, {"Add", {{3, 1, 5}, {7, 1}}}, {"Add", {{2, 3, 5}, {3}}, {{"broadcast", std::int64_t{1}}, {"axis", std::int64_t{1}}}, 6},
    {"Sub", {{2, 5}, {5}}}, {"Mul", {{2, 3, 1}, {3, 7}}}, {"Div", {{3, 5}, {5}}, {}, 17, {}, 0.5, 2},
    {"Pow", {{3, 5}, {5}}, {}, 17, {}, 0.5, 2}, {"PRelu", {{2, 3, 5}, {3, 1}}},
    {"Sum", {{3, 5}, {5}, {3, 1}}}, {"Mean", {{3, 5}, {5}, {3, 1}}}, {"Min", {{3, 5}, {3, 5}}}, {"Max", {{3, 5}, {5}}},
    {"Where", {{3, 5}, {5}}, {}, 17, {}, -1.5, 1.5, false, 1, {{0, Tensor(Shape{3, 1}, std::vector<Boolean>{Boolean{1}, Boolean{0}, Boolean{1}})}}},
    {"Squeeze", {{3, 1, 5}}}, {"Squeeze", {{3, 1, 5, 1}}, {}, 17, {ints({-1})}}, {"Unsqueeze", {{3, 5}}, {}, 17, {ints({0, -1})}}, {"Unsqueeze", {{3, 5}}, {{"axes", Ints{1}}}, 11},
    {"Expand", {{3, 1}}, {}, 17, {ints({2, 1, 5})}}, {"Gather", {{5, 3}}, {}, 17, {ints({4, 0, -1, 4})}}, {"Gather", {{3, 5}}, {{"axis", std::int64_t{1}}}, 17, {ints({1, 1})}},
    {"ReduceSum", {{3, 5, 2}}, {}, 17, {ints({1})}}, {"ReduceSum", {{3, 5}}}, {"ReduceMean", {{3, 5, 2}}, {{"axes", Ints{0, -1}}, {"keepdims", std::int64_t{0}}}},
    {"ReduceProd", {{3, 2, 3}}, {{"axes", Ints{1}}}, 17, {}, 0.5, 1.5}, {"ReduceLogSum", {{3, 5}}, {{"axes", Ints{1}}}, 17, {}, 0.5, 1.5}, {"ReduceMax", {{3, 5, 2}}, {{"axes", Ints{1}}}}, {"ReduceLogSumExp", {{3, 5, 2}}, {{"axes", Ints{0, 1}}}},
    {"Conv", {{2, 3, 7}, {5, 3, 3}, {5}}, {{"strides", Ints{2}}, {"pads", Ints{1, 2}}}},
    {"Conv", {{2, 4, 7, 5}, {6, 2, 3, 2}}, {{"group", std::int64_t{2}}, {"dilations", Ints{2, 1}}, {"pads", Ints{1, 0, 2, 1}}}},
    {"Conv", {{1, 3, 5, 5}, {3, 1, 3, 3}, {3}}, {{"group", std::int64_t{3}}, {"auto_pad", std::string("SAME_UPPER")}, {"strides", Ints{2, 2}}}},
    {"Conv", {{1, 2, 4, 5, 3}, {3, 2, 2, 3, 1}, {3}}},
    {"MaxPool", {{2, 3, 7}}, {{"kernel_shape", Ints{3}}, {"strides", Ints{2}}, {"pads", Ints{1, 1}}}},
    {"MaxPool", {{1, 2, 7, 5}}, {{"kernel_shape", Ints{3, 2}}, {"dilations", Ints{2, 1}}, {"ceil_mode", std::int64_t{1}}, {"strides", Ints{2, 2}}}},
    {"MaxPool", {{1, 2, 3, 4, 5}}, {{"kernel_shape", Ints{2, 2, 2}}}},
    {"AveragePool", {{2, 3, 7}}, {{"kernel_shape", Ints{3}}, {"strides", Ints{2}}, {"pads", Ints{1, 1}}}},
    {"AveragePool", {{1, 2, 7, 5}}, {{"kernel_shape", Ints{3, 2}}, {"count_include_pad", std::int64_t{1}}, {"pads", Ints{1, 1, 1, 1}}, {"ceil_mode", std::int64_t{1}}, {"strides", Ints{2, 2}}}},
    {"GlobalAveragePool", {{2, 3, 5, 7}}}, {"GlobalAveragePool", {{2, 3, 5}}}, {"GlobalMaxPool", {{2, 3, 5, 3}}}, {"GlobalMaxPool", {{1, 1, 7}}},
    {"Gemm", {{3, 5}, {5, 7}, {7}}}, {"Gemm", {{5, 3}, {7, 5}, {3, 1}}, {{"transA", std::int64_t{1}}, {"transB", std::int64_t{1}}, {"alpha", 0.5}, {"beta", 2.0}}}, {"Gemm", {{3, 5}, {5, 7}}},
    {"MatMul", {{3, 5}, {5, 7}}}, {"MatMul", {{2, 3, 5}, {5, 7}}}, {"MatMul", {{2, 1, 3, 5}, {3, 5, 2}}}, {"MatMul", {{5}, {5, 3}}}, {"MatMul", {{3, 5}, {5}}},
    {"Concat", {{2, 3}, {2, 5}}, {{"axis", std::int64_t{-1}}}}, {"Concat", {{2, 3}, {1, 3}, {3, 3}}, {{"axis", std::int64_t{0}}}},
    {"Flatten", {{2, 3, 5}}}, {"Flatten", {{2, 3, 5}}, {{"axis", std::int64_t{2}}}},
    {"Reshape", {{2, 3, 5}}, {}, 17, {ints({0, -1})}}, {"Reshape", {{2, 3, 5}}, {{"shape", Ints{5, 6}}}, 1},
    {"Transpose", {{2, 3, 5}}}, {"Transpose", {{2, 3, 5, 1}}, {{"perm", Ints{2, 0, 3, 1}}}},
    {"Softmax", {{3, 5, 2}}, {{"axis", std::int64_t{1}}}}, {"Softmax", {{3, 5, 2}}, {{"axis", std::int64_t{1}}}, 11},
    {"LogSoftmax", {{3, 5, 2}}}, {"LogSoftmax", {{3, 5, 2}}, {{"axis", std::int64_t{1}}}, 11},
    {"BatchNormalization", {{3, 2, 5}, {2}, {2}}, {}, 17, {numbers({0.1, -0.2}), numbers({0.7, 1.4})}},
    {"BatchNormalization", {{3, 2, 5, 3}, {2}, {2}}, {}, 17, {numbers({0.1, -0.2}), numbers({0.7, 1.4})}, -1.5, 1.5, true},
    {"BatchNormalization", {{7, 2}, {2}, {2}}, {{"training_mode", std::int64_t{1}}}, 15, {numbers({0, 0}), numbers({1, 1})}, -1.5, 1.5, false, 3},
    {"LayerNormalization", {{3, 5, 2}, {2}, {2}}}, {"LayerNormalization", {{3, 5, 2}, {5, 2}, {5, 2}}, {{"axis", std::int64_t{1}}, {"epsilon", 0.1}}, 17, {}, -1.5, 1.5, false, 3, {}, 3}, {"LayerNormalization", {{3, 7}, {1}}, {{"axis", std::int64_t{-1}}}}, {"LayerNormalization", {{2, 3, 5}, {3, 1}, {5}}, {{"axis", std::int64_t{-2}}}},
    {"InstanceNormalization", {{2, 3, 5}, {3}, {3}}}, {"InstanceNormalization", {{1, 2, 3, 5}, {2}, {2}}, {{"epsilon", 0.1}}},
    {"GroupNormalization", {{2, 6, 5}, {3}, {3}}, {{"num_groups", std::int64_t{3}}}, 18}, {"GroupNormalization", {{2, 6, 3, 1}, {6}, {6}}, {{"num_groups", std::int64_t{2}}}, 21},
    {"RNN", {{5, 3, 2}, {1, 4, 2}, {1, 4, 4}}}, {"RNN", {{5, 3, 2}, {2, 3, 2}, {2, 3, 3}, {2, 6}, {2, 3, 3}}, {{"direction", std::string("bidirectional")}}, 17, {}, -1.5, 1.5, false, 2, {{4, wholes({5, 0, 2})}}, 2},
    {"RNN", {{3, 5, 2}, {2, 3, 2}, {2, 3, 3}}, {{"direction", std::string("bidirectional")}, {"layout", std::int64_t{1}}, {"activations", std::vector<std::string>{"ScaledTanh", "Affine"}}, {"activation_alpha", std::vector<double>{0.7, 0.9}}, {"activation_beta", std::vector<double>{1.3, 0.2}}}, 17, {}, -1, 1, false, 2, {}, 2},
    {"GRU", {{5, 3, 2}, {1, 12, 2}, {1, 12, 4}}}, {"GRU", {{5, 3, 2}, {2, 9, 2}, {2, 9, 3}, {2, 18}, {2, 3, 3}}, {{"direction", std::string("bidirectional")}, {"linear_before_reset", std::int64_t{1}}}, 17, {}, -1.5, 1.5, false, 2, {{4, wholes({4, 5, 1})}}, 2},
    {"GRU", {{5, 3, 2}, {2, 9, 2}, {2, 9, 3}, {2, 18}}, {{"direction", std::string("bidirectional")}}, 17, {}, -1, 1, false, 2, {{4, wholes({4, 5, 1})}}, 2}, {"GRU", {{3, 5, 2}, {1, 9, 2}, {1, 9, 3}, {1, 18}, {3, 1, 3}}, {{"direction", std::string("reverse")}, {"layout", std::int64_t{1}}, {"activations", std::vector<std::string>{"HardSigmoid", "Softsign"}}, {"activation_alpha", std::vector<double>{0.1}}}, 17, {}, -1, 1, false, 2, {{4, std::nullopt}}, 2},
    {"LSTM", {{5, 3, 2}, {1, 16, 2}, {1, 16, 4}}}, {"LSTM", {{5, 3, 2}, {2, 12, 2}, {2, 12, 3}, {2, 24}, {2, 3, 3}, {2, 3, 3}, {2, 9}}, {{"direction", std::string("bidirectional")}}, 17, {}, -1, 1, false, 3, {{4, wholes({2, 5, 4})}}, 3},
    {"LSTM", {{3, 4, 2}, {1, 12, 2}, {1, 12, 3}, {1, 24}, {1, 9}}, {{"direction", std::string("reverse")}, {"layout", std::int64_t{1}}, {"input_forget", std::int64_t{1}}, {"clip", 0.6}}, 17, {}, -1, 1, false, 3, {{4, std::nullopt}, {5, std::nullopt}, {6, std::nullopt}}, 3},
    {"Slice", {{5, 7}}, {{"starts", Ints{1, -3}}, {"ends", Ints{4, 100}}}, 9}, {"Slice", {{5, 7, 2}}, {}, 17, {ints({-1, 1}), ints({-100, -1}), ints({1, 0}), ints({-2, 3})}},
    {"Split", {{2, 6}}, {{"axis", std::int64_t{1}}}, 17, {}, -1.5, 1.5, false, 3, {}, 3}, {"Split", {{5, 2}}, {}, 17, {ints({1, 4})}, -1.5, 1.5, false, 2, {}, 1}, {"Split", {{7, 2}}, {{"num_outputs", std::int64_t{3}}}, 18, {}, -1.5, 1.5, false, 3, {}, 3},
    {"ConvTranspose", {{2, 3, 5}, {3, 4, 3}, {4}}, {{"strides", Ints{2}}, {"pads", Ints{1, 2}}, {"output_padding", Ints{1}}}}, {"ConvTranspose", {{1, 4, 3, 5}, {4, 3, 2, 3}, {6}}, {{"group", std::int64_t{2}}, {"dilations", Ints{2, 1}}, {"strides", Ints{1, 3}}}},
    {"ConvTranspose", {{1, 2, 3, 5}, {2, 3, 3, 2}}, {{"auto_pad", std::string("SAME_UPPER")}, {"strides", Ints{2, 3}}}}, {"ConvTranspose", {{1, 2, 3, 2, 3}, {2, 1, 2, 1, 3}}, {{"output_shape", Ints{5, 4, 6}}, {"strides", Ints{2, 2, 2}}}},
    {"Einsum", {{2, 3, 5}, {2, 5, 4}}, {{"equation", std::string("bij,bjk->bik")}}}, {"Einsum", {{3, 5}, {5, 2}, {2, 3}}, {{"equation", std::string("ij,jk,ki")}}}, {"Einsum", {{2, 3, 3}}, {{"equation", std::string("...ii->...i")}}},
    {"Einsum", {{2, 3, 5}, {3, 1}, {5}}, {{"equation", std::string("...ij, ik, j -> ...k")}}}, {"Einsum", {{3, 5}}, {{"equation", std::string("ij->j")}}}, {"Einsum", {{2, 1, 5}, {4, 5}}, {{"equation", std::string("...a,...a->...")}}},
    {"NegativeLogLikelihoodLoss", {{5, 3}}, {}, 17, {ints({0, 2, 1, 2, 2})}}, {"NegativeLogLikelihoodLoss", {{2, 3, 2}}, {{"reduction", std::string("none")}, {"ignore_index", std::int64_t{1}}}, 17, {Tensor(Shape{2, 2}, Ints{0, 1, 2, 0}), numbers({0.5, 1, 2})}}, {"NegativeLogLikelihoodLoss", {{2, 3, 2}}, {{"ignore_index", std::int64_t{-1}}}, 17, {Tensor(Shape{2, 2}, Ints{0, -1, 2, 0}), numbers({0.5, 1, 2})}},
    {"SoftmaxCrossEntropyLoss", {{5, 3}}, {}, 17, {ints({0, 2, 1, 2, 2})}}, {"SoftmaxCrossEntropyLoss", {{2, 3, 2}}, {{"reduction", std::string("sum")}}, 17, {Tensor(Shape{2, 2}, Ints{0, 1, 2, 0}), numbers({0.5, 1, 2})}, -1.5, 1.5, false, 2, {}, 2}, {"SoftmaxCrossEntropyLoss", {{3, 5}}, {{"reduction", std::string("none")}, {"ignore_index", std::int64_t{4}}}, 17, {ints({4, 3, 0})}},
    {"Pad", {{3, 5}}, {}, 17, {ints({1, 0, 2, 3}), Tensor::scalar(0.5)}}, {"Pad", {{3, 5}}, {{"mode", std::string("reflect")}}, 17, {ints({2, 3, 1, -1})}}, {"Pad", {{3, 5}}, {{"mode", std::string("edge")}, {"pads", Ints{-1, 2, 3, 0}}}, 6}, {"Pad", {{2, 5}}, {{"mode", std::string("wrap")}}, 19, {ints({7, 2}), numbers({0}).reshaped({}), ints({1})}}, {"Pad", {{3, 5}}, {{"pads", Ints{-1, 2, 3, -2}}, {"value", 2.0}}, 6},
    {"Resize", {{1, 2, 3, 5}}, {{"mode", std::string("nearest")}}, 17, {numbers({}), numbers({1, 1, 2, 0.7})}}, {"Resize", {{1, 2, 3, 5}}, {{"mode", std::string("linear")}}, 17, {numbers({}), numbers({1, 1, 2.5, 0.7})}}, {"Resize", {{2, 7, 5}}, {{"mode", std::string("linear")}, {"coordinate_transformation_mode", std::string("align_corners")}}, 17, {numbers({}), numbers({}), ints({2, 4, 8})}},
    {"Resize", {{3, 7}}, {{"mode", std::string("cubic")}, {"exclude_outside", std::int64_t{1}}}, 17, {numbers({}), numbers({2, 0.6})}}, {"Resize", {{1, 9}}, {{"mode", std::string("linear")}, {"antialias", std::int64_t{1}}, {"axes", Ints{1}}}, 18, {numbers({}), numbers({0.4})}}, {"Resize", {{5, 7}}, {{"mode", std::string("linear")}, {"coordinate_transformation_mode", std::string("tf_crop_and_resize")}}, 17, {numbers({0.1, 0.4, 0.8, 1.3}), numbers({}), ints({4, 5})}},
    {"Upsample", {{1, 2, 3, 2}}, {}, 9, {numbers({1, 1, 2, 3})}}, {"Upsample", {{1, 1, 3, 2}}, {{"mode", std::string("linear")}, {"scales", std::vector<double>{1, 1, 2, 1.5}}}, 7},
    {"TopK", {{3, 7, 2}}, {{"axis", std::int64_t{1}}}, 17, {ints({3})}, -1.5, 1.5, false, 2}, {"TopK", {{5, 4}}, {{"largest", std::int64_t{0}}}, 17, {ints({2})}, -1.5, 1.5, false, 2}, {"TopK", {{5}}, {{"k", std::int64_t{2}}}, 9, {}, -1.5, 1.5, false, 2},
    {"Cast", {{3, 5}}, {{"to", std::int64_t{11}}}},
    {"ReduceSum", {{3, 5}}, {{"noop_with_empty_axes", std::int64_t{1}}}}, {"ReduceMean", {{3, 5, 2}}, {}, 18, {ints({0, 2})}}, {"ReduceMin", {{3, 5, 2}}, {{"axes", Ints{2}}, {"keepdims", std::int64_t{0}}}}, {"ReduceL1", {{3, 5}}, {{"axes", Ints{0}}}}, {"ReduceL2", {{3, 5, 2}}, {{"axes", Ints{0, 2}}}}, {"ReduceSumSquare", {{3, 5}}, {{"axes", Ints{1}}}},
    {"Gather", {{2, 5, 3}}, {{"axis", std::int64_t{-2}}}, 17, {Tensor(Shape{2, 2}, Ints{0, 4, 0, -5})}}, {"Expand", {{3, 1, 5}}, {}, 17, {ints({3, 7, 5})}}, {"Softmax", {{3, 5, 2}}, {{"axis", std::int64_t{0}}}}, {"Softmax", {{3, 5}}}, {"LogSoftmax", {{3, 5, 2}}, {{"axis", std::int64_t{-2}}}},
    {"Gelu", {{3, 5}}, {}, 20}, {"Elu", {{3, 5}}}, {"HardSigmoid", {{3, 5}}, {{"alpha", 0.7}, {"beta", 0.4}}}, {"Selu", {{3, 5}}, {{"alpha", 1.2}, {"gamma", 0.8}}}, {"PRelu", {{2, 3, 5}, {3}}, {}, 6},
    {"Where", {{1, 5}, {3, 1}}, {}, 17, {}, -1.5, 1.5, false, 1, {{0, Tensor(Shape{5}, std::vector<Boolean>{Boolean{1}, Boolean{0}, Boolean{1}, Boolean{0}, Boolean{0}})}}},
    {"GatherElements", {{3, 5}}, {{"axis", std::int64_t{1}}}, 17, {Tensor(Shape{2, 3}, Ints{0, 4, 4, -5, 1, -1})}}, {"CastLike", {{3, 5}}, {}, 17, {numbers({1})}},
    {"ScatterElements", {{3, 5}, {2, 3}}, {{"axis", std::int64_t{1}}}, 17, {}, -1.5, 1.5, false, 1, {{1, Tensor(Shape{2, 3}, Ints{0, 4, 4, -5, 1, -1})}}}, {"ScatterElements", {{5}, {4}}, {{"reduction", std::string("add")}}, 17, {}, -1.5, 1.5, false, 1, {{1, ints({1, 1, 4, 1})}}}, {"Scatter", {{5, 2}, {2, 2}}, {}, 9, {}, -1.5, 1.5, false, 1, {{1, Tensor(Shape{2, 2}, Ints{0, 4, 0, 2})}}},
    {"Tile", {{3, 5}}, {}, 17, {ints({2, 3})}}, {"Tile", {{3, 5, 1}}, {}, 1, {ints({2}), ints({1})}}, {"Trilu", {{2, 3, 5}}}, {"Trilu", {{4, 3}}, {{"upper", std::int64_t{0}}}, 17, {Tensor::scalar(std::int64_t{-1})}},
    {"DepthToSpace", {{1, 8, 3, 2}}, {{"blocksize", std::int64_t{2}}}}, {"DepthToSpace", {{1, 9, 1, 2}}, {{"blocksize", std::int64_t{3}}, {"mode", std::string("CRD")}}}, {"SpaceToDepth", {{2, 3, 4, 6}}, {{"blocksize", std::int64_t{2}}}},
    {"CumSum", {{3, 5}}, {}, 17, {Tensor::scalar(std::int64_t{1})}}, {"CumSum", {{3, 5, 2}}, {{"exclusive", std::int64_t{1}}, {"reverse", std::int64_t{1}}}, 17, {ints({-2})}},
    {"GatherND", {{3, 5, 2}}, {}, 17, {Tensor(Shape{3, 2}, Ints{0, 4, -1, 1, 0, 4})}}, {"GatherND", {{2, 3, 2}}, {{"batch_dims", std::int64_t{1}}}, 17, {Tensor(Shape{2, 1}, Ints{2, 0})}},
    {"ScatterND", {{5, 2}, {3, 2}}, {}, 17, {}, -1.5, 1.5, false, 1, {{1, Tensor(Shape{3, 1}, Ints{4, 0, 4})}}}, {"ScatterND", {{3, 5}, {3}}, {{"reduction", std::string("add")}}, 17, {}, -1.5, 1.5, false, 1, {{1, Tensor(Shape{3, 2}, Ints{0, 4, -1, 1, 0, 4})}}},
    {"Dropout", {{3, 5}}}, {"Dropout", {{3, 5, 7}}, {}, 17, {Tensor::scalar(0.4f)}, -1.5, 1.5, true}, {"Dropout", {{3, 5}}, {{"ratio", 0.3}}, 7, {}, -1.5, 1.5, true},
    {"Clip", {{3, 5}}, {{"min", -0.7}, {"max", 0.4}}, 6}, {"Clip", {{3, 5}}, {}, 17, {Tensor::scalar(-0.7), Tensor::scalar(0.4)}},
    {"LeakyRelu", {{3, 5}}, {{"alpha", 0.2}}}, {"Elu", {{3, 5}}, {{"alpha", 1.7}}}, {"Gelu", {{3, 5}}, {{"approximate", std::string("tanh")}}, 20},
    {"Log", {{3, 5}}, {}, 17, {}, 0.3, 2}, {"Sqrt", {{3, 5}}, {}, 17, {}, 0.3, 2}, {"Reciprocal", {{3, 5}}, {}, 17, {}, 0.3, 2},
    {"Asin", {{3, 5}}, {}, 17, {}, -0.8, 0.8}, {"Acos", {{3, 5}}, {}, 17, {}, -0.8, 0.8}, {"Atanh", {{3, 5}}, {}, 17, {}, -0.8, 0.8}, {"Tan", {{3, 5}}, {}, 17, {}, -1, 1}, {"Acosh", {{3, 5}}, {}, 17, {}, 1.2, 3},
};
// clang-format on

/// The cases of one operator; those of one input and no attribute get the plain one where none is listed.
std::vector<Case> casesOf(const std::string& op)
{
    std::vector<Case> result;
    for (const Case& one : cases)
        if (one.op == op)
            result.push_back(one);
    if (result.empty())
        result = {{op, {{3, 5}}}, {op, {{1, 7, 1, 3}}}};
    return result;
}

class Trial {
  public:
    Trial(const Case& one, std::uint64_t seed)
        : m_random(seed, "gradients")
    {
        m_graph.opset = one.opset;
        m_options.isTraining = one.isTraining;
        m_options.seed = 7;
        Node node{one.op, "n", {}, {}, one.attributes, {}};
        for (const Shape& shape : one.inputs) {
            for (auto fixed = one.placed.find(node.inputs.size()); fixed != one.placed.end();
                 fixed = one.placed.find(node.inputs.size()))
                if (fixed->second)
                    give(node, *fixed->second);
                else
                    node.inputs.emplace_back();
            m_drawn.push_back("x" + std::to_string(node.inputs.size()));
            give(node, drawn(shape, one.low, one.high));
        }
        for (const Tensor& constant : one.constants)
            give(node, constant);
        for (int i = 0; i < std::max(one.outputs, one.weighed); ++i)
            node.outputs.push_back("y" + std::to_string(i));
        m_weights.resize(static_cast<std::size_t>(one.weighed));
        m_graph.nodes.push_back(node);
    }

    /// Largest difference between backward and central differences, relative to 1 + |gradient|; negative on an error.
    double worst()
    {
        auto run = referenceForward(m_graph, m_values, m_options);
        if (!run) {
            qWarning("%s", english(run.error()).c_str());
            return -1;
        }
        std::map<std::string, Tensor> given;
        for (std::size_t i = 0; i < m_weights.size(); ++i)
            given[output(i)] = m_weights[i] = drawn(run->values.at(output(i)).shape(), -1, 1);
        if (const auto back = referenceBackward(m_graph, *run, given, m_options); !back) {
            qWarning("%s", english(back.error()).c_str());
            return -1;
        }
        double worst = 0;
        for (const std::string& name : m_drawn) {
            if (!run->gradients.contains(name) || run->gradients.at(name).shape() != m_values.at(name).shape())
                return -1;
            const auto gradient = run->gradients.at(name).as<double>();
            for (std::size_t i = 0; i < gradient.size(); ++i) {
                const double slope = centralDifference(name, i);
                worst = std::max(worst, std::abs(slope - gradient[i]) / (1 + std::abs(slope)));
            }
        }
        return worst;
    }

  private:
    void give(Node& node, Tensor value)
    {
        const std::string name = "x" + std::to_string(node.inputs.size());
        node.inputs.push_back(name);
        m_graph.inputs.push_back({name, value.type(), value.shape()});
        m_values[name] = std::move(value);
    }

    static std::string output(std::size_t i) { return "y" + std::to_string(i); }

    Tensor drawn(const Shape& shape, double low, double high)
    {
        Tensor tensor(ElementType::Double, shape);
        for (double& value : tensor.as<double>())
            value = m_random.uniform(low, high);
        return tensor;
    }

    double loss(const std::string& name, std::size_t i, double shift)
    {
        auto values = m_values;
        values.at(name).as<double>()[i] += shift;
        const auto run = referenceForward(m_graph, values, m_options);
        double sum = 0;
        for (std::size_t i = 0; i < m_weights.size(); ++i) {
            const auto y = run->values.at(output(i)).as<double>();
            const auto w = std::as_const(m_weights[i]).as<double>();
            sum = std::inner_product(y.begin(), y.end(), w.begin(), sum);
        }
        return sum;
    }

    double centralDifference(const std::string& name, std::size_t i)
    {
        constexpr double step = 1e-5;
        return (loss(name, i, step) - loss(name, i, -step)) / (2 * step);
    }

    Random m_random;
    Graph m_graph;
    ReferenceOptions m_options;
    std::map<std::string, Tensor> m_values;
    std::vector<std::string> m_drawn;
    std::vector<Tensor> m_weights; ///< of the outputs in the loss
};

} // namespace

class GradientTest : public QObject {
    Q_OBJECT
  private slots:
    void backwardIsTheCentralDifference_data()
    {
        QTest::addColumn<QString>("op");
        for (const Operator& row : operatorTable())
            if (row.backward)
                QTest::newRow(std::string(row.name).c_str()) << QString::fromStdString(std::string(row.name));
    }

    void backwardIsTheCentralDifference()
    {
        QFETCH(QString, op);
        const auto all = casesOf(op.toStdString());
        for (std::size_t i = 0; i < all.size(); ++i) {
            const double worst = Trial(all[i], 100 + i).worst();
            QVERIFY2(
                worst >= 0 && worst < 1e-6, qPrintable(QString("case %1 of %2: %3").arg(i + 1).arg(op).arg(worst)));
        }
    }

    void everyCaseNamesAnOperatorOfTheTable()
    {
        for (const Case& one : cases)
            QVERIFY2(findOperator(one.op) && findOperator(one.op)->backward, one.op.c_str());
    }
};

int gradientTest(int argc, char** argv)
{
    GradientTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "gradient_test.moc"
