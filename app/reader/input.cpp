#include "app/reader/input.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace hounsfield::reader {

namespace {
Result<void> look(Input& input, int descriptor)
{
    input.size = files::sizeOf(descriptor);
    const ssize_t count = ::pread(descriptor, input.start.data(), input.start.size(), 0);
    if (count < 0 || input.size < 0)
        return environment(text("reader", "The file cannot be read (%1).").with(std::strerror(errno)));
    input.startSize = static_cast<std::size_t>(count);
    return {};
}
} // namespace

Result<Input> openInput(const std::string& path)
{
    Input input;
    input.path = path;
    input.name = path.substr(path.rfind('/') + 1);
    const files::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    if (!file.isOpen())
        return environment(text("reader", "The file cannot be opened (%1).").with(std::strerror(errno)));
    TRY(look(input, file.number()));
    return notEmpty(std::move(input));
}

Result<Input> notEmpty(Result<Input> input)
{
    if (input && input->size == 0)
        return badInput(text("reader", "The file is empty."));
    return input;
}

Result<Input> openInput(files::Descriptor memory, const std::string& name)
{
    Input input;
    input.path = "/proc/self/fd/" + std::to_string(memory.number());
    input.name = name;
    input.isEntry = true;
    input.memory = std::move(memory);
    TRY(look(input, input.memory.number()));
    return input;
}

Result<std::string> readBytes(const Input& input, std::int64_t offset, std::int64_t count)
{
    if (offset < 0 || count < 0 || offset > input.size || count > input.size - offset)
        return badInput(
            text("reader", "The file ends early: %1 bytes are needed, %2 are there.").with(offset + count, input.size));
    const files::Descriptor file(::open(input.path.c_str(), O_RDONLY | O_CLOEXEC));
    std::string bytes(static_cast<std::size_t>(count), '\0');
    for (std::int64_t done = 0; done < count;) {
        const ssize_t part =
            ::pread(file.number(), bytes.data() + done, static_cast<std::size_t>(count - done), offset + done);
        if (part <= 0)
            return environment(text("reader", "The file cannot be read (%1).").with(std::strerror(errno)));
        done += part;
    }
    return bytes;
}

} // namespace hounsfield::reader
