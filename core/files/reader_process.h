#pragma once

#include "core/files/channel.h"
#include "core/files/protocol.h"

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <memory>

namespace hounsfield::files {

/// One running hounsfield-reader. Used by one thread at a time; killed and waited for when it goes.
class ReaderProcess {
  public:
    /// Where the reader program stands: beside this program, or in ../libexec/hounsfield.
    static Result<std::filesystem::path> find();

    /// Starts the program and locks it to `folder` (opened here, handed over as a descriptor).
    /// Errors: Environment when it cannot be started.
    static Result<std::unique_ptr<ReaderProcess>> start(
        const std::filesystem::path& program, const std::filesystem::path& folder);

    ~ReaderProcess();
    ReaderProcess(const ReaderProcess&) = delete;
    ReaderProcess& operator=(const ReaderProcess&) = delete;

    struct Reply {
        Answer answer;
        std::vector<Descriptor> descriptors;
    };
    /// How long to wait: the reader is ended when it has neither answered nor moved for so long, or when somebody asks
    /// to stop.
    struct Patience {
        double seconds = 5;
        std::function<bool()> hasMoved;  ///< progress seen in shared memory; empty: none is
        std::function<bool()> isStopped; ///< somebody asked to stop
    };
    /// One question and its answer. After any error of the channel the process is dead and must be replaced.
    Result<Reply> ask(const Request& request, const std::vector<int>& descriptors, const Patience& patience);

    bool isDead() const { return m_isDead; }
    bool isExhausted() const { return m_isExhausted; } ///< dead because its time was over
    const std::filesystem::path& folder() const { return m_folder; }
    const std::vector<std::string>& protections() const { return m_protections; }
    std::int64_t answers() const { return m_answers; }

  private:
    ReaderProcess() = default;
    Error end(const Patience& patience, const char* how);
    void grant(const Request& request, const Patience& patience) const;

    pid_t m_process = -1;
    Descriptor m_socket;
    bool m_isDead = false, m_isExhausted = false;
    std::int64_t m_answers = 0;
    std::filesystem::path m_folder;
    std::vector<std::string> m_protections;
};

} // namespace hounsfield::files
