#include "app/cli/manual.h"
#include "app/cli/parser.h"
#include "app/cli/progress.h"
#include "app/cli/verbs.h"
#include "core/base/process.h"

#include <csignal>
#include <iostream>
#include <new>
#include <stop_token>
#include <string_view>
#include <thread>

namespace {

using namespace hounsfield;

sigset_t endingSignals()
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        sigaddset(&set, signal);
    return set;
}

/// Turns Ctrl-C into a request to stop; the job ends by itself and keeps what it has.
void listen(const std::stop_token& isOver, std::stop_source& job)
{
    const sigset_t set = endingSignals();
    const timespec patience{0, 50'000'000};
    while (!isOver.stop_requested())
        if (sigtimedwait(&set, nullptr, &patience) > 0)
            job.request_stop();
}

int run(const cli::Request& request)
{
    std::stop_source job;
    cli::Progress progress(request.isQuiet);
    const Monitor monitor(job.get_token(), [&](const Text& stage, double fraction) { progress.show(stage, fraction); });
    const std::jthread listener([&](const std::stop_token& isOver) { listen(isOver, job); });
    Result<cli::Answer> answer;
    try {
        answer = request.verb->run({request.options, request.arguments, monitor});
    } catch (const std::bad_alloc&) {
        answer = environment(text("cli", "There is not enough memory for this."));
    }
    if (!answer) {
        std::cerr << "hounsfield-cli: " << english(answer.error()) << '\n';
        return answer.error().kind == Error::Kind::Cancelled ? 130 : 1;
    }
    std::cout << (request.isJson ? answer->json : answer->words);
    if (request.isJson || (!answer->words.empty() && answer->words.back() != '\n'))
        std::cout << '\n';
    std::cout.flush();
    return job.stop_requested() ? 130 : answer->status;
}

} // namespace

int main(int argc, char** argv)
{
    restartWithQuietThreads(argv);
    const sigset_t set = endingSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    const auto verbs = cli::verbs();
    const std::string_view first = argc == 2 ? argv[1] : "";
    if (first == "--manual" || first == "--completion") {
        std::cout << (first == "--manual" ? cli::manualPage(verbs) : cli::bashCompletion(verbs));
        return 0;
    }
    const cli::Parsed parsed = cli::parse(verbs, argc, argv);
    return parsed.request ? run(*parsed.request) : parsed.status;
}
