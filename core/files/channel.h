#pragma once

#include "core/files/memory_file.h"

#include <string>
#include <vector>

namespace hounsfield::files {

/// One message between client and reader: JSON text and descriptors (SCM_RIGHTS).
struct Message {
    std::string text;
    std::vector<Descriptor> descriptors;
};

/// A text longer than a packet may be travels in a sealed memory file of its own; nothing longer than this is read.
constexpr std::int64_t longestText = std::int64_t{256} << 20;

/// Errors: Environment when the other side is gone.
Result<void> sendMessage(int socket, std::string_view text, const std::vector<int>& descriptors = {});
/// Waits for one packet and checks its lengths. Errors: Environment when the other side is gone or breaks the rules.
Result<Message> receiveMessage(int socket);

/// Whether a packet (or the end) can be read within so many milliseconds.
bool isReadable(int socket, int milliseconds);

} // namespace hounsfield::files
