#include "core/synthesis/made_data.h"

#include "core/base/hash.h"

#include <cstring>

namespace hounsfield::synthesis {

using learning::Case;

namespace {

/// Stored values as a block of their own type.
image::VoxelBlock blockOf(std::span<const float> values, int bits)
{
    const std::size_t width = bits > 8 ? sizeof(float) : 1;
    constexpr std::size_t spare = 8; // see VoxelBlock
    const auto bytes = std::make_shared<std::vector<std::byte>>(values.size() * width + spare);
    if (bits > 8)
        std::memcpy(bytes->data(), values.data(), values.size_bytes());
    else
        for (std::size_t i = 0; i < values.size(); ++i)
            (*bytes)[i] = static_cast<std::byte>(values[i]);
    return {bytes, bytes->data(), values.size() * width};
}

} // namespace

MadeData::MadeData(const learning::DataSet& real)
    : m_real(real)
    , m_data(real)
{
    m_data.cases.clear();
    m_data.warnings.clear();
    m_data.unreadable.clear();
    m_data.hasOwnSplit = m_data.hasOwnTest = true;
}

void MadeData::add(std::span<const std::int64_t> cases, learning::Part part)
{
    for (const std::int64_t i : cases) {
        Case one = m_real.cases[static_cast<std::size_t>(i)];
        one.part = part;
        one.hasOwnPart = true;
        m_data.cases.push_back(std::move(one));
        m_images.push_back(i);
    }
}

void MadeData::add(const MadeImages& made, const std::string& generatorHash)
{
    const int bits = m_real.facts.bits;
    const std::int64_t first = m_data.images.count();
    m_data.images.add(
        blockOf(made.values, bits), bits > 8 ? image::ScalarType::Float32 : image::ScalarType::UInt8, made.count);
    for (std::int64_t i = 0; i < made.count; ++i) {
        Case one;
        one.name = generatorHash + ".synthetic/" + std::to_string(i);
        one.study = one.name;
        one.label = made.labels[static_cast<std::size_t>(i)];
        one.part = learning::Part::Train;
        one.hasOwnPart = true;
        one.pixelHash = hashOf(std::as_bytes(made.image(i)));
        one.width = m_real.images.width;
        one.height = m_real.images.height;
        one.bits = bits;
        one.isSynthetic = true;
        one.sign = learning::SyntheticSign::Provenance;
        m_data.cases.push_back(std::move(one));
        m_images.push_back(first + i);
    }
}

learning::DataSet MadeData::finish()
{
    m_data.images.keep(m_images);
    Hasher hasher;
    for (const Case& one : m_data.cases)
        hasher.add(one.name + '\n' + std::to_string(one.label) + '\n' + learning::nameOf(one.part) + '\n'
                   + one.pixelHash + '\n');
    m_data.fingerprint = hasher.hex();
    return std::move(m_data);
}

} // namespace hounsfield::synthesis
