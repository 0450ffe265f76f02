#include "app/reader/jpeg_warnings.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/oflog/appender.h>
#include <dcmtk/oflog/oflog.h>
#include <dcmtk/oflog/spi/logevent.h>

#include <utility>

namespace hounsfield::reader {

namespace {
std::string heard; // the reader has one thread

class Listener : public dcmtk::log4cplus::Appender {
  public:
    Listener() = default;
    ~Listener() override { destructorImpl(); }
    void close() override { closed = true; }

  protected:
    void append(const dcmtk::log4cplus::spi::InternalLoggingEvent& event) override
    {
        const std::string words(event.getMessage().c_str());
        const bool isHarmless = words.find("extraneous bytes") != std::string::npos;
        const bool isLoss =
            words.find("orrupt JPEG data") != std::string::npos || words.find("remature end") != std::string::npos;
        if (isLoss && !isHarmless && heard.empty())
            heard = words;
    }
};
} // namespace

void listenToJpeg()
{
    OFLogger log = OFLog::getLogger("dcmtk.dcmjpeg");
    log.setAdditivity(false);
    log.removeAllAppenders();
    log.addAppender(dcmtk::log4cplus::SharedAppenderPtr(new Listener));
    log.setLogLevel(OFLogger::WARN_LOG_LEVEL);
}

std::string takeJpegWarning()
{
    return std::exchange(heard, {});
}

} // namespace hounsfield::reader
