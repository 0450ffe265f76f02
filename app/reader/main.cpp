#include "app/reader/service.h"

#include <clocale>
#include <csignal>

// Started by the client with its socket as descriptor 3; warm first, locked by the first message, then a question after
// the other until the client goes.
int main()
{
    using namespace hounsfield;
    constexpr int socket = 3;
    std::setlocale(LC_ALL, "C.UTF-8");
    std::setlocale(LC_NUMERIC, "C");
    ::signal(SIGPIPE, SIG_IGN);
    reader::warmUp(); // without a dictionary DICOM files are refused one by one, the rest goes on
    reader::Service service;
    for (bool isLocked = false;;) {
        auto message = files::receiveMessage(socket);
        if (!message)
            return 0;
        const auto request = files::readRequest(message->text);
        if (!request || isLocked == (request->kind == files::Request::Kind::Lock))
            return 1; // not our client
        isLocked = true;
        const auto reply = service.reply(*request, message->descriptors);
        std::vector<int> descriptors;
        if (reply.content.isOpen())
            descriptors.push_back(reply.content.number());
        if (!files::sendMessage(socket, files::written(reply.answer), descriptors))
            return 0;
    }
}
