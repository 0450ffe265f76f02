#pragma once

#include "app/reader/archive.h"
#include "core/files/channel.h"
#include "core/files/protocol.h"

namespace hounsfield::reader {

/// Answers one request after the other; knows the archive it stands in.
class Service {
  public:
    struct Reply {
        files::Answer answer;
        files::Descriptor content; ///< of entries and encoded files
    };
    /// Never throws: what the libraries throw becomes an error of this one file.
    Reply reply(const files::Request& request, std::span<const files::Descriptor> descriptors);

  private:
    Result<Reply> answer(const files::Request& request, std::span<const files::Descriptor> descriptors);
    Result<Input> input(const files::Request& request);
    Result<Reply> images(const files::Request& request, const files::Descriptor& memory);

    ArchiveReader m_archive;
    std::vector<std::string> m_protections;
};

/// What libraries load on first use they load now, while files of the system can still be opened.
/// Returns false where DICOM files could not be understood (the dictionary is missing).
bool warmUp();

} // namespace hounsfield::reader
