#include "core/nn/conformance.h"

#include "core/base/atomic_file.h"
#include "core/nn/onnx_read.h"
#include "core/nn/operators/table.h"
#include "core/nn/reference.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <sstream>

namespace hounsfield::nn {

namespace {

using Files = std::map<std::string, std::string>; ///< path inside the ZIP → bytes
using Case = std::map<std::string, std::string>;  ///< path inside the case → bytes

Result<Files> unpacked(const std::filesystem::path& zip)
{
    const std::unique_ptr<archive, int (*)(archive*)> reader(archive_read_new(), archive_read_free);
    archive_read_support_format_zip(reader.get());
    if (archive_read_open_filename(reader.get(), zip.c_str(), 1 << 16) != ARCHIVE_OK)
        return environment(text("nn", "The test cases cannot be read."), zip.string());
    Files files;
    archive_entry* entry = nullptr;
    int status = ARCHIVE_OK;
    while ((status = archive_read_next_header(reader.get(), &entry)) == ARCHIVE_OK) {
        std::string bytes;
        char block[1 << 14];
        la_ssize_t got = 0;
        while ((got = archive_read_data(reader.get(), block, sizeof block)) > 0)
            bytes.append(block, static_cast<std::size_t>(got));
        if (got < 0)
            return environment(text("nn", "The test cases are damaged."), zip.string());
        files[archive_entry_pathname(entry)] = std::move(bytes);
    }
    if (status != ARCHIVE_EOF)
        return environment(text("nn", "The test cases are damaged."), zip.string());
    return files;
}

std::map<std::string, Case> casesOf(Files files)
{
    std::map<std::string, Case> cases;
    for (auto& [path, bytes] : files)
        if (const auto slash = path.find('/'); slash != std::string::npos && slash + 1 < path.size())
            cases[path.substr(0, slash)][path.substr(slash + 1)] = std::move(bytes);
    return cases;
}

Result<std::optional<Tensor>> tensorAt(const Case& files, const std::string& kind, std::size_t number)
{
    const std::string path = "test_data_set_0/" + kind + "_" + std::to_string(number) + ".pb";
    const auto found = files.find(path);
    if (found == files.end())
        return std::optional<Tensor>();
    return std::optional(TRY(readOnnxTensor(std::as_bytes(std::span(found->second)), path)));
}

/// Why two tensors are not the same by the standard's rule; empty when they are.
std::string differenceOf(const Tensor& ours, const Tensor& theirs)
{
    if (ours.type() != theirs.type())
        return "type " + std::string(nameOf(ours.type())) + ", not " + std::string(nameOf(theirs.type()));
    if (ours.shape() != theirs.shape())
        return "shape " + written(ours.shape()) + ", not " + written(theirs.shape());
    return std::visit(
        [&]<typename T>(const std::vector<T>& a) {
            const auto b = theirs.as<T>();
            for (std::size_t i = 0; i < a.size(); ++i) {
                bool isSame = a[i] == b[i];
                if constexpr (std::is_floating_point_v<T>)
                    isSame = isSame || (std::isnan(a[i]) && std::isnan(b[i]))
                             || std::abs(static_cast<double>(a[i]) - b[i])
                                    <= 1e-7 + 1e-3 * std::abs(static_cast<double>(b[i]));
                if (!isSame)
                    return "element " + std::to_string(i) + " is " + std::to_string(static_cast<double>(a[i]))
                           + ", not " + std::to_string(static_cast<double>(b[i]));
            }
            return std::string();
        },
        ours.elements());
}

/// A case whose expected values were computed with an attribute that its node does not have. The standard's own data
/// are wrong there: run as they stand, no implementation of the standard gives these values.
struct Erratum {
    std::string_view name;
    std::string_view attribute;
    double value;
};
/// Adam's epsilon is 1e-6 where a node is silent; the script that made this case took 1e-2
/// (onnx/backend/test/case/node/adam.py, export_adam_multiple).
constexpr Erratum errata[] = {{"node/test_adam_multiple", "epsilon", 1e-2}};

/// Puts in what an erratum of the case says; false when there is none.
bool correct(Graph& graph, const std::string& name)
{
    const auto* erratum = std::ranges::find(errata, name, &Erratum::name);
    if (erratum == std::end(errata))
        return false;
    for (Node& node : graph.nodes)
        node.attributes.emplace(erratum->attribute, erratum->value);
    return true;
}

/// Empty when passed, else the reason; an Error of kind Unsupported when the case is beyond the table.
Result<std::string> outcomeOf(const Case& files, const std::string& name, Conformance& result)
{
    const auto model = files.find("model.onnx");
    if (model == files.end())
        return environment(text("nn", "There is no such test case."), name);
    Graph graph = TRY(readOnnx(std::as_bytes(std::span(model->second)), name));
    if (correct(graph, name))
        result.corrected.push_back(name);
    for (const Node& node : graph.nodes)
        if (!findOperator(node.op))
            return unsupported(text("nn", "The operator %1 is not known here.").with(node.op), name);
    std::map<std::string, Tensor> inputs;
    for (std::size_t i = 0; i < graph.inputs.size(); ++i)
        if (auto value = TRY(tensorAt(files, "input", i)))
            inputs[graph.inputs[i].name] = std::move(*value);
    const auto run = referenceForward(graph, std::move(inputs));
    if (!run)
        return english(run.error());
    for (std::size_t i = 0; i < graph.outputs.size(); ++i) {
        const auto expected = TRY(tensorAt(files, "output", i));
        const auto ours = run->values.find(graph.outputs[i].name);
        if (!expected)
            continue;
        const std::string difference =
            ours == run->values.end() ? "nothing was made" : differenceOf(ours->second, *expected);
        if (!difference.empty())
            return graph.outputs[i].name + ": " + difference;
    }
    return std::string();
}

Result<void> runCase(const Case& files, const std::string& name, Conformance& result)
{
    const auto outcome = outcomeOf(files, name, result);
    if (outcome && outcome->empty())
        ++result.passed;
    else if (outcome)
        result.failures.push_back({name, *outcome});
    else if (outcome.error().kind == Error::Kind::Unsupported)
        ++result.notApplicable;
    else if (outcome.error().kind == Error::Kind::BadInput)
        result.failures.push_back({name, english(outcome.error())});
    else
        return tl::unexpected(outcome.error());
    return {};
}

/// Every group of the folder, with all its cases wanted.
std::map<std::string, std::set<std::string>> groupsOf(const std::filesystem::path& folder)
{
    std::map<std::string, std::set<std::string>> groups;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed))
        if (entry.path().extension() == ".zip")
            groups[entry.path().stem().string()];
    return groups;
}

} // namespace

Result<std::vector<std::string>> conformanceCases(const std::filesystem::path& list, const std::string& until)
{
    std::istringstream lines(TRY(readFile(list)));
    std::vector<std::string> cases;
    for (std::string line; std::getline(lines, line);) {
        if (!until.empty() && line.starts_with(until))
            break;
        line = line.substr(0, line.find('#'));
        line.erase(line.find_last_not_of(" \t\r") + 1);
        if (!line.empty())
            cases.push_back(line);
    }
    return cases;
}

Result<Conformance> runConformance(
    const std::filesystem::path& folder, const std::vector<std::string>& cases, const Monitor& monitor)
{
    auto groups = cases.empty() ? groupsOf(folder) : std::map<std::string, std::set<std::string>>();
    for (const auto& name : cases)
        groups[name.substr(0, name.find('/'))].insert(name.substr(name.find('/') + 1));
    if (groups.empty())
        return environment(text("nn", "The folder holds no test cases."), folder.string());
    Conformance result;
    double done = 0;
    for (auto& [group, wanted] : groups) {
        const auto all = casesOf(TRY(unpacked(folder / (group + ".zip"))));
        if (wanted.empty())
            for (const auto& [name, files] : all)
                wanted.insert(name);
        for (const auto& name : wanted) {
            TRY(monitor.at(text("nn", "Testing operators"), done / static_cast<double>(groups.size())));
            const auto found = all.find(name);
            TRY(runCase(found == all.end() ? Case() : found->second, group + "/" + name, result));
        }
        ++done;
    }
    return result;
}

} // namespace hounsfield::nn
