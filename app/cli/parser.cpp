#include "app/cli/parser.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <numeric>

namespace hounsfield::cli {

namespace {

/// Where the parser puts the words of one verb.
struct Slots {
    std::map<std::string, std::string> words;
    std::map<std::string, bool> flags;
    std::vector<std::string> arguments;
    bool isJson = false;
    bool isQuiet = false;
};

std::string helpOf(const Option& option)
{
    std::string help = english(option.help);
    std::string choices;
    for (const std::string& choice : option.choices)
        choices += (choices.empty() ? "" : ", ") + choice;
    if (!choices.empty())
        help += " One of: " + choices + ".";
    if (!option.fallback.empty())
        help += " Default: " + option.fallback + ".";
    return help;
}

/// Where a verb hangs: the program, or for "report read" the group "report", made when it is met first.
CLI::App& parentOf(CLI::App& app, const Verb& verb)
{
    if (verb.group().empty())
        return app;
    const auto known =
        app.get_subcommands([&verb](const CLI::App* command) { return command->get_name() == verb.group(); });
    if (!known.empty())
        return *known.front();
    CLI::App* group = app.add_subcommand(verb.group(), "Verbs of two words, see " + verb.group() + " --help.");
    group->allow_extras();
    return *group;
}

void addVerb(CLI::App& app, const Verb& verb, Slots& slots)
{
    CLI::App* command = parentOf(app, verb).add_subcommand(verb.lastWord(), verb.summary);
    command->allow_extras();
    command->footer("Example:\n  " + verb.example);
    for (const Option& option : verb.options) {
        if (option.kind == Option::Kind::Flag)
            command->add_flag("--" + option.name, slots.flags[option.name], helpOf(option));
        else
            command->add_option("--" + option.name, slots.words[option.name], helpOf(option))
                ->required(option.isRequired)
                ->multi_option_policy(option.isList ? CLI::MultiOptionPolicy::Join : CLI::MultiOptionPolicy::Throw)
                ->type_name(option.kind == Option::Kind::Path     ? "PATH"
                            : option.kind == Option::Kind::Choice ? "NAME"
                                                                  : "VALUE");
    }
    if (verb.count != Verb::Count::None) {
        auto* argument = command->add_option(verb.argument, slots.arguments, "")->type_name("");
        argument->required(verb.count != Verb::Count::Optional);
        argument->expected(1, verb.count == Verb::Count::Many ? 1 << 20 : 1);
    }
    command->add_flag("--json", slots.isJson, "Print one JSON object as the last line.");
    command->add_flag("--quiet", slots.isQuiet, "Show no progress.");
}

int distance(const std::string& a, const std::string& b)
{
    std::vector<int> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        int diagonal = std::exchange(row[0], static_cast<int>(i));
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const int change = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
        }
    }
    return row.back();
}

/// " Did you mean --epochs?" for the nearest known word, or nothing.
std::string guess(const std::string& word, const std::vector<std::string>& known)
{
    const std::string* best = nullptr;
    int nearest = static_cast<int>(word.size()) / 3 + 1;
    for (const std::string& candidate : known)
        if (const int d = distance(word, candidate); d <= nearest) {
            nearest = d;
            best = &candidate;
        }
    return best ? " Did you mean " + *best + "?" : "";
}

int usage(const std::string& sentence)
{
    std::cerr << "hounsfield-cli: " << sentence << '\n';
    return 2;
}

/// What the words on the command line led to: the name of a verb or of a group, and the words left over.
struct Chosen {
    std::string name;
    std::vector<std::string> extras;
};

Chosen chosenOf(const CLI::App& app)
{
    Chosen chosen{{}, app.remaining()};
    for (const CLI::App* at = &app; !at->get_subcommands().empty();) {
        at = at->get_subcommands().front();
        chosen.name += (chosen.name.empty() ? "" : " ") + at->get_name();
        std::ranges::copy(at->remaining(), std::back_inserter(chosen.extras));
    }
    return chosen;
}

int explainExtra(const Verb& verb, const std::string& extra)
{
    std::vector<std::string> known{"--json", "--quiet", "--help"};
    for (const Option& option : verb.options)
        known.push_back("--" + option.name);
    const std::string word = extra.substr(0, extra.find('='));
    return usage(
        "\"" + word + "\" is not understood." + guess(word, known) + " See hounsfield-cli " + verb.name + " --help.");
}

int explainVerb(const Chosen& chosen, const std::vector<Verb>& verbs)
{
    std::vector<std::string> known;
    for (const Verb& verb : verbs)
        known.push_back(verb.name);
    std::string word = chosen.name;
    if (!chosen.extras.empty())
        word += (word.empty() ? "" : " ") + chosen.extras.front();
    return usage("There is no verb \"" + word + "\"." + guess(word, known) + " See hounsfield-cli --help.");
}

Parsed requestOf(const Verb& verb, Slots& slots)
{
    std::map<std::string, std::string> given;
    for (auto& [name, value] : slots.words)
        if (!value.empty())
            given[name] = value;
    for (const auto& [name, isSet] : slots.flags)
        if (isSet)
            given[name] = "true";
    auto options = OptionValues::checked(verb.options, std::move(given));
    if (!options)
        return {{}, usage(english(options.error()))};
    return {Request{&verb, std::move(*options), slots.arguments, slots.isJson, slots.isQuiet}, 0};
}

} // namespace

Parsed parse(const std::vector<Verb>& verbs, int argc, char** argv)
{
    CLI::App app(
        "Hounsfield: image review, training and diagnosis. Research use, not for diagnosis.", "hounsfield-cli");
    app.set_version_flag("--version", "hounsfield-cli " HOUNSFIELD_VERSION "\nResearch use, not for diagnosis.");
    app.allow_extras();
    std::map<std::string, Slots> slots;
    for (const Verb& verb : verbs)
        addVerb(app, verb, slots[verb.name]);
    if (argc < 2) {
        std::cerr << app.help();
        return {{}, 2};
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& asked) {
        return {{}, app.exit(asked)};
    } catch (const CLI::ParseError& problem) {
        return {{}, usage(problem.what())};
    }
    const Chosen chosen = chosenOf(app);
    const auto verb = std::ranges::find(verbs, chosen.name, &Verb::name);
    if (verb == verbs.end())
        return {{}, explainVerb(chosen, verbs)};
    if (!chosen.extras.empty())
        return {{}, explainExtra(*verb, chosen.extras.front())};
    return requestOf(*verb, slots[verb->name]);
}

} // namespace hounsfield::cli
