#include <QtTest>

#include "core/base/random.h"
#include "core/nn/operators/table.h"

using namespace hounsfield;
using namespace hounsfield::nn;

namespace {

Tensor anyTensor(Random& random)
{
    Shape shape(static_cast<std::size_t>(random.below(6)));
    for (auto& dimension : shape)
        dimension = random.below(10) == 0 ? 0 : 1 + random.below(4);
    const std::int64_t kind = random.below(9);
    Tensor tensor(kind < 4 ? ElementType::Float : static_cast<ElementType>(kind - 3), shape);
    std::visit(
        [&]<typename T>(const std::vector<T>& elements) {
            std::vector<T> values(elements.size());
            for (T& value : values)
                value = random.below(20) == 0 && std::is_same_v<T, float> ? static_cast<T>(std::nanf(""))
                                                                          : static_cast<T>(random.below(7) - 2);
            tensor = Tensor(shape, std::move(values));
        },
        tensor.elements());
    return tensor;
}

/// What an attribute of words may be; empty for others.
std::vector<std::string> wordsOf(const std::string& name)
{
    if (name == "direction")
        return {"forward", "reverse", "bidirectional", "sideways"};
    if (name == "mode")
        return {"constant", "reflect", "edge", "wrap", "nearest", "linear", "cubic"};
    if (name == "coordinate_transformation_mode")
        return {"half_pixel", "align_corners", "asymmetric", "tf_crop_and_resize", "tf_half_pixel_for_nn", "none"};
    if (name == "reduction")
        return {"none", "sum", "mean"};
    return {};
}

Attribute anyAttribute(Random& random, const std::string& name)
{
    constexpr std::int64_t odd[] = {-1, 0, 1, 2, 3, std::int64_t{1} << 33, std::numeric_limits<std::int64_t>::min(),
        std::numeric_limits<std::int64_t>::max()};
    const auto number = [&] { return random.below(4) ? random.below(4) : odd[random.below(std::size(odd))]; };
    if (name == "value")
        return anyTensor(random);
    if (name == "auto_pad")
        return std::string(random.below(2) ? "SAME_UPPER" : "VALID");
    if (name == "equation")
        return std::string(random.below(2) ? "ij,jk->ik" : "...i,...i->...")
            .substr(static_cast<std::size_t>(random.below(9)));
    if (const std::vector<std::string> known = wordsOf(name); !known.empty())
        return known[random.below(known.size())];
    if (name == "activations")
        return std::vector<std::string>(static_cast<std::size_t>(random.below(4)), "Affine");
    if (name == "scales")
        return std::vector<double>{random.uniform(0, 3), random.uniform(-1, 2), 1e30};
    if (name == "alpha" || name == "beta" || name == "epsilon" || name == "ratio" || name == "min" || name == "max")
        return random.uniform(-1, 2);
    if (name.back() == 's' || name == "kernel_shape" || name == "shape" || name == "perm" || name == "split") {
        std::vector<std::int64_t> list(static_cast<std::size_t>(random.below(7)));
        for (auto& value : list)
            value = number();
        return list;
    }
    return number();
}

/// A node of the row with up to four attributes, most of them not its own.
Node anyNode(Random& random, const Operator& row)
{
    const char* names[] = {"axis", "axes", "kernel_shape", "strides", "pads", "dilations", "group", "perm", "split",
        "auto_pad", "ceil_mode", "keepdims", "alpha", "min", "ratio", "transA", "transB", "broadcast", "to", "value",
        "starts", "ends", "shape", "storage_order", "training_mode", "count_include_pad", "equation", "largest",
        "direction", "layout", "hidden_size", "activations", "linear_before_reset", "clip", "num_groups", "num_outputs",
        "mode", "k", "axis", "output_shape", "output_padding", "scales", "noop_with_empty_axes",
        "coordinate_transformation_mode", "antialias", "exclude_outside", "reduction", "ignore_index", "epsilon"};
    Node node{std::string(row.name), "n", {}, {"y"}, {}, {}};
    for (std::int64_t i = random.below(4); i > 0; --i)
        node.outputs.push_back("y" + std::to_string(i));
    for (std::int64_t i = random.below(5); i > 0; --i) {
        const std::string name = names[random.below(std::size(names))];
        node.attributes[name] = anyAttribute(random, name);
    }
    return node;
}

/// One to six inputs, some of them absent, some alike.
struct AnyInputs {
    std::vector<Tensor> given;
    Inputs inputs;
    std::vector<ValueInfo> infos;

    explicit AnyInputs(Random& random)
    {
        for (std::int64_t i = random.below(6); i >= 0; --i)
            given.push_back(i % 2 && !given.empty() && random.below(2) ? given.front() : anyTensor(random));
        for (const Tensor& tensor : given) {
            const bool isAbsent = random.below(12) == 0;
            inputs.push_back(isAbsent ? nullptr : &tensor);
            infos.push_back(isAbsent ? ValueInfo{} : ValueInfo{"x", tensor.type(), tensor.shape()});
        }
    }
    AnyInputs(const AnyInputs&) = delete;
    AnyInputs& operator=(const AnyInputs&) = delete;
};

} // namespace

class OperatorsTest : public QObject {
    Q_OBJECT
  private slots:
    void everyRowIsFoundByItsName()
    {
        std::string_view last;
        for (const Operator& row : operatorTable()) {
            QVERIFY(last < row.name);
            QVERIFY(findOperator(row.name) == &row);
            QVERIFY(row.forward && row.shapes);
            last = row.name;
        }
        QVERIFY(!findOperator("NoSuchOperator"));
    }

    /// Random ranks, types, absent inputs, hostile attributes: an answer or a sentence, and the answer is what the
    /// shape rule said.
    void oddInputsAreAnsweredOrRefused()
    {
        int answered = 0;
        for (const Operator& row : operatorTable()) {
            for (std::uint64_t trial = 0; trial < 600; ++trial) {
                Random random(5, row.name, 0, trial);
                const Node node = anyNode(random, row);
                const AnyInputs given(random);
                const OperatorContext context{node, 1 + random.below(18), random.below(2) == 0};
                const auto outputs = row.forward(context, given.inputs);
                if (!outputs) {
                    QVERIFY(!english(outputs.error()).empty());
                    continue;
                }
                ++answered;
                const auto shapes = row.shapes(context, given.infos, given.inputs);
                QVERIFY(shapes && shapes->size() == outputs->size());
                for (std::size_t i = 0; i < outputs->size(); ++i)
                    QCOMPARE((*outputs)[i].shape(), (*shapes)[i].shape);
                if (row.backward && (*outputs)[0].type() <= ElementType::Double) {
                    const auto gradients = row.backward(context, given.inputs, *outputs, *outputs);
                    QVERIFY(!gradients || gradients->size() <= std::max<std::size_t>(given.inputs.size(), 5));
                }
            }
        }
        QVERIFY(answered > 1000);
    }
};

int operatorsTest(int argc, char** argv)
{
    OperatorsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "operators_test.moc"
