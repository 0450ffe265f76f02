#include "app/cli/manual.h"

#include <map>

namespace hounsfield::cli {

namespace {

/// Roff reads a leading point or quote as a request and a backslash as an escape.
std::string roff(const std::string& words)
{
    std::string escaped;
    for (const char c : words) {
        if (c == '\\' || (c == '-'))
            escaped += '\\';
        escaped += c;
    }
    return escaped.starts_with('.') || escaped.starts_with('\'') ? "\\&" + escaped : escaped;
}

std::string optionEntry(const Option& option)
{
    std::string entry = ".TP\n.B " + roff("--" + option.name);
    if (option.kind != Option::Kind::Flag)
        entry += option.kind == Option::Kind::Path ? " \\fIPATH\\fP" : " \\fIVALUE\\fP";
    entry += "\n" + roff(english(option.help));
    std::string choices;
    for (const std::string& choice : option.choices)
        choices += (choices.empty() ? "" : ", ") + choice;
    if (!choices.empty())
        entry += "\nOne of " + roff(choices) + ".";
    if (!option.fallback.empty())
        entry += "\nDefault: " + roff(option.fallback) + ".";
    return entry + "\n";
}

std::string joinedOptions(const Verb& verb)
{
    std::string names = "--json --quiet --help";
    for (const Option& option : verb.options)
        names += " --" + option.name;
    return names;
}

/// A verb as one word of the shell: report.read.
std::string key(const Verb& verb)
{
    return verb.group().empty() ? verb.name : verb.group() + "." + verb.lastWord();
}

/// What follows each first word of verbs with two.
std::map<std::string, std::string> groupsOf(const std::vector<Verb>& verbs)
{
    std::map<std::string, std::string> groups;
    for (const Verb& verb : verbs)
        if (!verb.group().empty())
            groups[verb.group()] += verb.lastWord() + " ";
    return groups;
}

std::string choiceCase(const Verb& verb, const Option& option)
{
    std::string words;
    for (const std::string& choice : option.choices)
        words += (words.empty() ? "" : " ") + choice;
    return "        " + key(verb) + ":--" + option.name + ") COMPREPLY=($(compgen -W \"" + words
           + "\" -- \"$word\")); return ;;\n";
}

} // namespace

std::string manualPage(const std::vector<Verb>& verbs)
{
    std::string page =
        ".TH HOUNSFIELD\\-CLI 1 \"\" \"Hounsfield " HOUNSFIELD_VERSION "\" \"User commands\"\n"
        ".SH NAME\nhounsfield\\-cli \\- image review, training and diagnosis by command line\n"
        ".SH SYNOPSIS\n.B hounsfield\\-cli\n\\fIVERB\\fP [\\fIOPTION\\fP]... [\\fIFILE\\fP]...\n"
        ".SH DESCRIPTION\nReads medical images, trains networks on labelled images, diagnoses images and says why.\n"
        "Everything runs on this machine; nothing is sent anywhere.\nResearch use, not for diagnosis.\n"
        ".PP\nEvery verb takes \\fB\\-\\-json\\fP (one JSON object as the last line of output) and \\fB\\-\\-quiet\\fP "
        "(no progress).\n"
        ".SH VERBS\n";
    for (const Verb& verb : verbs) {
        page += ".SS " + roff(verb.name) + (verb.argument.empty() ? "" : " " + roff(verb.argument)) + "\n"
                + roff(verb.summary) + "\n";
        for (const Option& option : verb.options)
            page += optionEntry(option);
        page += ".PP\nExample:\n.PP\n.RS\n.nf\n" + roff(verb.example) + "\n.fi\n.RE\n";
    }
    page +=
        ".SH EXIT STATUS\n.TP\n.B 0\nDone, warnings included.\n.TP\n.B 1\nFailure; one line on standard error says "
        "why.\n"
        ".TP\n.B 2\nThe command line was not understood.\n.TP\n.B 130\nStopped by Ctrl\\-C; the best so far is kept.\n"
        ".SH SEE ALSO\n.BR hounsfield (1)\n";
    return page;
}

std::string bashCompletion(const std::vector<Verb>& verbs)
{
    std::string names;
    std::string options;
    std::string choices;
    for (const Verb& verb : verbs) {
        if (verb.group().empty())
            names += (names.empty() ? "" : " ") + verb.name;
        options += "        " + key(verb) + ") options=\"" + joinedOptions(verb) + "\" ;;\n";
        for (const Option& option : verb.options)
            if (!option.choices.empty())
                choices += choiceCase(verb, option);
    }
    std::string groups;
    for (const auto& [group, words] : groupsOf(verbs)) {
        names += " " + group;
        options += "        " + group + ") options=\"" + words + "--help\" ;;\n";
        groups += "        " + group + ") [ \"$COMP_CWORD\" -gt 2 ] && verb=$verb.${COMP_WORDS[2]} ;;\n";
    }
    return "# bash completion of hounsfield-cli\n_hounsfield_cli()\n{\n"
           "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} verb=${COMP_WORDS[1]} "
           "options=\n"
           "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        COMPREPLY=($(compgen -W \""
           + names + " --help --version\" -- \"$word\"))\n        return\n    fi\n    case $verb in\n" + groups
           + "    esac\n    case $verb:$before in\n" + choices + "    esac\n    case $verb in\n" + options
           + "    esac\n    if [[ $word == -* || $options != --json* ]]; then\n        COMPREPLY=($(compgen -W "
             "\"$options\" -- \"$word\"))\n  "
             "  else\n"
             "        COMPREPLY=($(compgen -f -- \"$word\"))\n        compopt -o filenames\n    fi\n}\n"
             "complete -F _hounsfield_cli hounsfield-cli\n";
}

} // namespace hounsfield::cli
