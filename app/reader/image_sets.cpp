#include "app/reader/image_sets.h"

#include "app/reader/picture.h"
#include "core/image/model_picture.h"

namespace hounsfield::reader {

files::ImageAnswer fit(const Result<ShownPicture>& shown, const files::Request& request, std::span<std::byte> to)
{
    files::ImageAnswer answer;
    if (!shown) {
        answer.error = shown.error();
        return answer;
    }
    const image::Volume& volume = shown->volume;
    const double white = request.type == image::ScalarType::UInt8 ? 255 : 65535;
    const image::ModelPicture picture = image::modelPictureOf(volume, 0, white);
    const auto values = image::fitted(picture.values, request.components, request.width, request.height);
    convert(std::as_bytes(std::span(values.pixels)), image::ScalarType::Float32, to, request.type, {});
    const image::Facts& facts = volume.facts;
    answer.image = {volume.geometry.size[0], volume.geometry.size[1], shown->pixelHash, facts.patientID, facts.modality,
        facts.studyInstanceUID, facts.sopInstanceUIDs.empty() ? std::string() : facts.sopInstanceUIDs.front(),
        picture.bits, shown->isMarked, facts.isSynthetic};
    return answer;
}

} // namespace hounsfield::reader
