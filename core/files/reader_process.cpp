#include "core/files/reader_process.h"

#include "core/base/clock.h"
#include "core/base/process.h"

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <spawn.h>
#include <time.h>
#include <unistd.h>

namespace hounsfield::files {

namespace {
constexpr int socketOfReader = 3; // its descriptor in the reader; stdin, stdout, stderr are /dev/null

// Nothing of our own environment reaches the reader but what its libraries need; no foreign plug-ins.
std::vector<std::string> cleanEnvironment()
{
    std::vector<std::string> variables{"LC_ALL=C.UTF-8", "OMP_NUM_THREADS=1", "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS=1",
        "ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1", "PATH=/usr/bin:/bin"};
    for (const char* name : {"DCMDICTPATH", "LD_LIBRARY_PATH", "UBSAN_OPTIONS"})
        if (const char* value = std::getenv(name))
            variables.push_back(std::string(name) + "=" + value);
    return variables;
}

Result<pid_t> spawn(const std::filesystem::path& program, int socket)
{
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    for (const int number : {0, 1, 2})
        ::posix_spawn_file_actions_addopen(&actions, number, "/dev/null", number == 0 ? O_RDONLY : O_WRONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions, socket, socketOfReader);
    std::vector<std::string> variables = cleanEnvironment();
    std::vector<char*> pointers;
    for (auto& variable : variables)
        pointers.push_back(variable.data());
    pointers.push_back(nullptr);
    std::string name = program.string();
    char* arguments[] = {name.data(), nullptr};
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    sigset_t none;
    ::sigemptyset(&none);
    // A group of its own: Ctrl-C reaches the program, which ends its readers itself.
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    pid_t process = -1;
    const int problem = ::posix_spawn(&process, name.c_str(), &actions, &attributes, arguments, pointers.data());
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    if (problem != 0)
        return hounsfield::environment(
            text("files", "The reader of image files cannot be started (%1).").with(std::strerror(problem)), name);
    return process;
}

/// Whether a process computes, reads or waits for its turn; one that sleeps waits for something that may never come.
bool isAtWork(pid_t process)
{
    std::ifstream file("/proc/" + std::to_string(process) + "/stat");
    const std::string words{std::istreambuf_iterator<char>(file), {}};
    const auto name = words.rfind(") ");
    return name != std::string::npos && (words[name + 2] == 'R' || words[name + 2] == 'D');
}

} // namespace

Result<std::filesystem::path> ReaderProcess::find()
{
    const auto here = programFolder();
    for (const auto& path : {here / "hounsfield-reader", here / "../libexec/hounsfield/hounsfield-reader"})
        if (::access(path.c_str(), X_OK) == 0)
            return path;
    return environment(text("files", "The program hounsfield-reader is missing."), here.string(),
        text("files", "Install Hounsfield again."));
}

Result<std::unique_ptr<ReaderProcess>> ReaderProcess::start(
    const std::filesystem::path& program, const std::filesystem::path& folder)
{
    Descriptor directory(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!directory.isOpen())
        return environment(
            text("files", "The folder cannot be opened (%1).").with(std::strerror(errno)), folder.string());
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return environment(text("files", "No reader of image files can be started (%1).").with(std::strerror(errno)));
    std::unique_ptr<ReaderProcess> reader(new ReaderProcess);
    reader->m_socket = Descriptor(ends[0]);
    { // a copy of their end kept here would hide that the program has ended
        const Descriptor theirs(ends[1]);
        reader->m_process = TRY(spawn(program, theirs.number()));
    }
    reader->m_folder = folder;
    Request request;
    request.kind = Request::Kind::Lock;
    Reply reply = TRY(reader->ask(request, {directory.number()}, {20, {}, {}}));
    reader->m_protections = std::move(reply.answer.lines);
    return reader;
}

ReaderProcess::~ReaderProcess()
{
    if (m_process > 0) {
        ::kill(m_process, SIGKILL);
        ::waitpid(m_process, nullptr, 0);
    }
}

// CPU time and memory beyond what one request may need end the reader even if we are gone or late.
void ReaderProcess::grant(const Request& request, const Patience& patience) const
{
    clockid_t clock = 0;
    timespec used{};
    if (::clock_getcpuclockid(m_process, &clock) == 0 && ::clock_gettime(clock, &used) == 0) {
        const auto factor = std::max<std::size_t>(1, request.entries.size());
        const rlimit cpu{
            static_cast<rlim_t>(used.tv_sec + 2 + static_cast<long>(patience.seconds * static_cast<double>(factor))),
            RLIM_INFINITY};
        ::prlimit(m_process, RLIMIT_CPU, &cpu, nullptr);
    }
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    constexpr rlim_t base = rlim_t{4} << 30;
    const rlimit memory{std::max(base, static_cast<rlim_t>(request.bytes) * 2 + (base / 2)), RLIM_INFINITY};
    ::prlimit(m_process, RLIMIT_AS, &memory, nullptr);
#endif
}

Error ReaderProcess::end(const Patience& patience, const char* how)
{
    m_isDead = true;
    ::kill(m_process, SIGKILL);
    int status = 0;
    ::waitpid(m_process, &status, 0);
    m_process = -1;
    const std::string reason = how;
    m_isExhausted = reason == "hangs" || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU);
    if (reason == "stopped")
        return cancelled().value();
    if (reason == "hangs")
        return badInput(
            text("files", "Reading the file took longer than %1 s and was given up.").with(patience.seconds), {},
            text("files", "The file is damaged or made to do harm; leave it out."))
            .value();
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        return badInput(text("files", "Reading the file took too much computing and was given up.")).value();
    if (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL)
        return badInput(text("files", "The file made its reader fail (%1).").with(::strsignal(WTERMSIG(status))), {},
            text("files", "The file is damaged or made to do harm; leave it out."))
            .value();
    return badInput(text("files", "The file made its reader fail."), {},
        text("files", "The file is damaged or made to do harm; leave it out."))
        .value();
}

Result<ReaderProcess::Reply> ReaderProcess::ask(
    const Request& request, const std::vector<int>& descriptors, const Patience& patience)
{
    grant(request, patience);
    if (!sendMessage(m_socket.number(), written(request), descriptors))
        return tl::unexpected(end(patience, "died"));
    Stopwatch silence;
    double quietSince = 0;
    while (!isReadable(m_socket.number(), 50)) {
        if (patience.isStopped && patience.isStopped())
            return tl::unexpected(end(patience, "stopped"));
        if (patience.hasMoved && patience.hasMoved())
            quietSince = silence.seconds();
        // On a busy machine a reader at work is given time: what it may compute is limited by `grant`.
        const double quiet = silence.seconds() - quietSince;
        if (quiet > patience.seconds && (quiet > 12 * patience.seconds || !isAtWork(m_process)))
            return tl::unexpected(end(patience, "hangs"));
    }
    auto message = receiveMessage(m_socket.number());
    if (!message)
        return tl::unexpected(end(patience, "died"));
    auto answer = readAnswer(message->text);
    if (!answer)
        return tl::unexpected(end(patience, "garbage"));
    ++m_answers;
    if (answer->error)
        return tl::unexpected(*answer->error);
    return Reply{std::move(*answer), std::move(message->descriptors)};
}

} // namespace hounsfield::files
