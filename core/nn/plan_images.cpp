#include "core/nn/plan_images.h"

#include <numeric>

namespace hounsfield::nn {

ImageSteps::ImageSteps(Plan& plan)
    : PlanView(plan)
{
    for (const Node& node : plan.graph->nodes) {
        const auto sum = node.op == "Add" ? modulated(node) : std::nullopt;
        const Node* product = sum ? makerOf(value(sum->image).name, "Mul") : nullptr;
        const auto scaled = product ? modulated(*product) : std::nullopt;
        if (!scaled)
            continue;
        PlannedStep step = plain(node, StepKind::Modulation);
        step.inputs = {scaled->image, scaled->numbers, sum->numbers};
        m_pairs.emplace(&node, std::move(step));
        m_parts.insert(product);
    }
}

std::optional<PlannedStep> ImageSteps::stepAt(const Node& node) const
{
    if (const auto found = m_pairs.find(&node); found != m_pairs.end())
        return found->second;
    if (node.op == "Mul" || node.op == "Add")
        return modulation(node);
    if (node.op == "AveragePool" && isMeanOfBlocks(node))
        return plain(node, StepKind::AveragePool);
    if (node.op != "Resize" || !isRepetition(node))
        return {};
    PlannedStep step = plain(node, StepKind::Repeat);
    step.inputs.resize(1);
    return step;
}

std::optional<ImageSteps::Modulated> ImageSteps::modulated(const Node& node) const
{
    for (std::size_t i = 0; i < 2; ++i) {
        if (!isBatchedImage(node.inputs[i]) || !isBatchedImage(node.inputs[1 - i]))
            continue;
        const Modulated found{find(node.inputs[i]), find(node.inputs[1 - i])};
        const Shape& image = value(found.image).shape;
        if (image[2] * image[3] > 1 && value(found.numbers).shape == Shape{image[0], image[1], 1, 1})
            return found;
    }
    return {};
}

std::optional<PlannedStep> ImageSteps::modulation(const Node& node) const
{
    const auto found = modulated(node);
    if (!found)
        return {};
    PlannedStep step = plain(node, StepKind::Modulation);
    step.inputs = node.op == "Mul" ? std::vector{found->image, found->numbers, -1}
                                   : std::vector{found->image, -1, found->numbers};
    return step;
}

bool ImageSteps::isMeanOfBlocks(const Node& node) const
{
    const auto kernel = node.integers("kernel_shape");
    if (!isBatchedImage(node.inputs[0]) || kernel.size() != 2 || node.words("auto_pad", "NOTSET") != "NOTSET"
        || node.integer("ceil_mode", 0) != 0)
        return false;
    const ImageWindow w = windowOf(node, value(find(node.inputs[0])).shape, {kernel[0], kernel[1]});
    return w.strideRow == w.kernelRows && w.strideColumn == w.kernelColumns && w.dilationRow == 1
           && w.dilationColumn == 1 && w.top == 0 && w.left == 0 && w.bottom == 0 && w.right == 0;
}

/// Whether every pixel becomes a block of its own: seen on one image whose pixels are numbered.
bool ImageSteps::isRepetition(const Node& node) const
{
    if (!isBatchedImage(node.inputs[0]) || !isBatchedImage(node.outputs[0]) || isGiven(node, 3) || !isGiven(node, 2)
        || !value(find(node.inputs[2])).constant || node.words("mode", "nearest") != "nearest")
        return false;
    const Shape &from = value(find(node.inputs[0])).shape, &to = value(find(node.outputs[0])).shape;
    if (from[1] != to[1] || to[2] % from[2] != 0 || to[3] % from[3] != 0)
        return false;
    std::vector<float> numbers(static_cast<std::size_t>(from[2] * from[3]));
    std::iota(numbers.begin(), numbers.end(), 0.0F);
    const Tensor image(Shape{1, 1, from[2], from[3]}, std::move(numbers));
    const auto made = findOperator("Resize")->forward(
        {node, m_plan.graph->opset}, {&image, nullptr, &*value(find(node.inputs[2])).constant});
    if (!made || made->front().shape() != Shape{1, 1, to[2], to[3]})
        return false;
    const auto pixels = made->front().as<float>();
    for (std::int64_t i = 0; i < std::ssize(pixels); ++i) {
        const std::int64_t row = i / to[3] / (to[2] / from[2]), column = i % to[3] / (to[3] / from[3]);
        if (pixels[static_cast<std::size_t>(i)] != static_cast<float>(row * from[3] + column))
            return false;
    }
    return true;
}

} // namespace hounsfield::nn
