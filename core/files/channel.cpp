#include "core/files/channel.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <poll.h>

namespace hounsfield::files {

namespace {
constexpr std::size_t packetLimit = 64 << 10;
constexpr std::size_t descriptorLimit = 4;
constexpr char inPacket = 'p';     // the text follows
constexpr char inMemoryFile = 'm'; // the text is in the last descriptor

tl::unexpected<Error> gone()
{
    return environment(text("files", "The reader of image files has ended."));
}

Result<void> sendPacket(int socket, std::string_view packet, const std::vector<int>& descriptors)
{
    iovec part{const_cast<char*>(packet.data()), packet.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * descriptorLimit)> control{};
    msghdr header{};
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    if (!descriptors.empty()) {
        const std::size_t bytes = sizeof(int) * descriptors.size();
        header.msg_control = control.data();
        header.msg_controllen = CMSG_SPACE(bytes);
        cmsghdr* rights = CMSG_FIRSTHDR(&header);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(bytes);
        std::memcpy(CMSG_DATA(rights), descriptors.data(), bytes);
    }
    ssize_t sent = 0;
    do
        sent = ::sendmsg(socket, &header, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    if (sent != static_cast<ssize_t>(packet.size()))
        return gone();
    return {};
}

void takeDescriptors(msghdr& header, std::vector<Descriptor>& descriptors)
{
    for (cmsghdr* control = CMSG_FIRSTHDR(&header); control; control = CMSG_NXTHDR(&header, control)) {
        if (control->cmsg_level != SOL_SOCKET || control->cmsg_type != SCM_RIGHTS)
            continue;
        const std::size_t count = (control->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int number = -1;
            std::memcpy(&number, CMSG_DATA(control) + i * sizeof(int), sizeof(int));
            descriptors.emplace_back(number);
        }
    }
}

Result<std::string> textOf(const Descriptor& file)
{
    const std::int64_t size = sizeOf(file.number());
    if (!isSealed(file.number()) || size < 0 || size > longestText)
        return environment(text("files", "The reader answered with an unsealed or overlong text."));
    const Mapping mapping = TRY(Mapping::of(file.number(), 0, size, Mapping::Access::Read));
    return std::string(reinterpret_cast<const char*>(mapping.bytes().data()), mapping.bytes().size());
}
} // namespace

Result<void> sendMessage(int socket, std::string_view message, const std::vector<int>& descriptors)
{
    if (message.size() < packetLimit)
        return sendPacket(socket, std::string(1, inPacket).append(message), descriptors);
    const Descriptor file = TRY(makeMemoryFile(message));
    std::vector<int> all = descriptors;
    all.push_back(file.number());
    return sendPacket(socket, std::string(1, inMemoryFile), all);
}

Result<Message> receiveMessage(int socket)
{
    std::string packet(packetLimit, '\0');
    iovec part{packet.data(), packet.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * descriptorLimit)> control{};
    msghdr header{};
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
    ssize_t count = 0;
    do
        count = ::recvmsg(socket, &header, MSG_CMSG_CLOEXEC);
    while (count < 0 && errno == EINTR);
    Message message;
    takeDescriptors(header, message.descriptors);
    if (count <= 0 || (header.msg_flags & (MSG_TRUNC | MSG_CTRUNC)))
        return gone();
    if (packet[0] == inPacket) {
        message.text.assign(packet, 1, static_cast<std::size_t>(count) - 1);
        return message;
    }
    if (packet[0] != inMemoryFile || message.descriptors.empty())
        return environment(text("files", "The reader answered with a packet of no known kind."));
    message.text = TRY(textOf(message.descriptors.back()));
    message.descriptors.pop_back();
    return message;
}

bool isReadable(int socket, int milliseconds)
{
    pollfd wanted{socket, POLLIN, 0};
    int ready = 0;
    do
        ready = ::poll(&wanted, 1, milliseconds);
    while (ready < 0 && errno == EINTR);
    return ready > 0;
}

} // namespace hounsfield::files
