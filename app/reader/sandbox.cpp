#include "app/reader/sandbox.h"

#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace hounsfield::reader {

namespace {
// Rights by the ABI that knows them; the headers of the build may be older than the kernel.
constexpr std::uint64_t rightsOfAbi1 = (1ULL << 13) - 1;
constexpr std::uint64_t refer = 1ULL << 13, truncate = 1ULL << 14, deviceControl = 1ULL << 15;
constexpr std::uint64_t readFile = 1ULL << 2, readFolder = 1ULL << 3;
constexpr std::uint64_t bindTcp = 1ULL << 0, connectTcp = 1ULL << 1;

struct RulesetAttribute {
    std::uint64_t files = 0, network = 0;
};

std::string lockFiles(int folder)
{
    const long abi = ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (abi < 1)
        return std::string("Files: not restricted, this kernel has no Landlock (") + std::strerror(errno) + ")";
    RulesetAttribute attribute{rightsOfAbi1, 0};
    if (abi >= 2)
        attribute.files |= refer;
    if (abi >= 3)
        attribute.files |= truncate;
    if (abi >= 5)
        attribute.files |= deviceControl;
    if (abi >= 4)
        attribute.network = bindTcp | connectTcp;
    const std::size_t size = abi >= 4 ? sizeof attribute : sizeof attribute.files;
    const int ruleset = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attribute, size, 0));
    landlock_path_beneath_attr beneath{};
    beneath.allowed_access = readFile | readFolder;
    beneath.parent_fd = folder;
    if (ruleset < 0 || ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) != 0
        || ::syscall(SYS_landlock_restrict_self, ruleset, 0) != 0)
        return std::string("Files: not restricted, Landlock refused (") + std::strerror(errno) + ")";
    ::close(ruleset);
    return "Files: only those of the opened folder, read only (Landlock ABI " + std::to_string(abi) + ")";
}

// What decoding needs: memory, reading, answering, ending. Everything else is answered with EPERM.
constexpr std::array allowedCalls = {SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(readv), SCMP_SYS(preadv),
    SCMP_SYS(write), SCMP_SYS(pwrite64), SCMP_SYS(writev), SCMP_SYS(lseek), SCMP_SYS(close), SCMP_SYS(fstat),
    SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(statfs), SCMP_SYS(fstatfs),
    SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat),
    SCMP_SYS(getdents64), SCMP_SYS(getcwd), SCMP_SYS(fcntl), SCMP_SYS(dup), SCMP_SYS(dup3), SCMP_SYS(munmap),
    SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(memfd_create), SCMP_SYS(ftruncate),
    SCMP_SYS(fadvise64), SCMP_SYS(recvmsg), SCMP_SYS(sendmsg), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(exit),
    SCMP_SYS(exit_group), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(sigaltstack), SCMP_SYS(restart_syscall), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getuid),
    SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(futex), SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity), SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(times), SCMP_SYS(getrusage), SCMP_SYS(getrandom), SCMP_SYS(uname),
    SCMP_SYS(sysinfo), SCMP_SYS(set_robust_list), SCMP_SYS(rseq)};

bool addRules(scmp_filter_ctx filter)
{
    int problems = 0;
    for (const int call : allowedCalls)
        problems |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
    const std::uint64_t writing = O_ACCMODE | O_CREAT | O_TRUNC;
    problems |=
        seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1, SCMP_A1(SCMP_CMP_MASKED_EQ, writing, O_RDONLY));
    problems |=
        seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, writing, O_RDONLY));
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) // no new code: neither libraries nor machine code
        problems |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    // Its limits may be looked at; it may end itself (abort) but signal nobody else.
    problems |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, SCMP_A2(SCMP_CMP_EQ, 0));
    problems |= seccomp_rule_add(
        filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid())));
    problems |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    return problems == 0;
}

std::string lockCalls()
{
    const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    const bool isMade = filter && addRules(filter);
    const int problem = isMade ? seccomp_load(filter) : -EINVAL;
    seccomp_release(filter);
    if (problem != 0)
        return std::string("System calls: not restricted, seccomp refused (") + std::strerror(-problem) + ")";
    return "System calls: no network, no programs, no writing (seccomp)";
}

std::string limitResources()
{
    const auto limit = [](auto resource, rlim_t value) {
        const rlimit both{value, value};
        return ::setrlimit(resource, &both) == 0;
    };
    // Memory files count as files here; ordinary ones cannot be opened for writing at all.
    bool all = limit(RLIMIT_CORE, 0) && limit(RLIMIT_NOFILE, 64) && limit(RLIMIT_FSIZE, rlim_t{5} << 30);
    std::string line = "Resources: ";
#if defined(__SANITIZE_ADDRESS__)
    line += "time and files limited; memory not, under the address sanitizer";
#else
    const rlimit memory{rlim_t{4} << 30, RLIM_INFINITY}; // raised by the program before a larger request
    all = ::setrlimit(RLIMIT_AS, &memory) == 0 && all;
    line += "memory, time and files limited";
#endif
    return all ? line : "Resources: not all limits could be set";
}
} // namespace

std::vector<std::string> lockDown(int folder)
{
    std::vector<std::string> lines;
    const bool holds = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
    lines.push_back(holds ? "Process: its own, no new privileges, not dumpable" : "Process: its own");
    lines.push_back(limitResources());
    lines.push_back(lockFiles(folder));
    lines.push_back(lockCalls());
    return lines;
}

std::string attempt(const std::string& what)
{
    const auto path = what.substr(std::min(what.find(' ') + 1, what.size()));
    long result = -1;
    errno = EINVAL;
    if (what.starts_with("open "))
        result = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    else if (what.starts_with("write "))
        result = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    else if (what == "connect")
        result = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    else if (what == "start") {
        char name[] = "/bin/true";
        char* arguments[] = {name, nullptr};
        result = ::execve(name, arguments, nullptr);
    } else if (what == "fork")
        result = ::syscall(SYS_fork);
    if (result >= 0)
        return "allowed";
    return std::string("refused: ") + std::strerror(errno);
}

} // namespace hounsfield::reader
