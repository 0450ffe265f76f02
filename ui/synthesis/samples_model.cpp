#include "ui/synthesis/samples_model.h"

#include "ui/synthesis/pictures.h"

#include <algorithm>
#include <tuple>

namespace hounsfield::synthesising {

using synthesis::MadeImages;
using Wish = synthesis::Sampler::Wish;

namespace {

constexpr std::uint64_t gallerySeed = 1;

using MadePointer = std::shared_ptr<const MadeImages>;

Result<MadePointer> shared(Result<MadeImages> made)
{
    if (!made)
        return tl::unexpected(std::move(made).error());
    return std::make_shared<const MadeImages>(std::move(*made));
}

struct Neighbours {
    DataPointer data;
    Resemblances found;
};

} // namespace

SamplesModel::SamplesModel(SynthesisModel& synthesis, QObject* parent)
    : QObject(parent)
    , m_synthesis(synthesis)
{
    connect(&synthesis, &SynthesisModel::runsChanged, this, [this] {
        if (m_synthesis.generator() != m_generator)
            forget();
        emit changed();
    });
}

void SamplesModel::forget()
{
    ++m_turn;
    ++m_betweenTurn;
    if (m_task)
        m_task->cancel();
    m_task = nullptr;
    m_generator = m_synthesis.generator();
    m_samples.clear();
    m_between.clear();
    m_whyNoNeighbours.reset();
    m_limit = 0;
    m_first = 0;
    if (m_generator && m_label >= std::ssize(m_generator->classes))
        m_label = -1;
    emit betweenChanged();
}

QStringList SamplesModel::classes() const
{
    QStringList names;
    if (const auto generator = m_synthesis.generator())
        for (const std::string& name : generator->classes)
            names << QString::fromStdString(name);
    return names;
}

void SamplesModel::setLabel(int label)
{
    if (label == m_label)
        return;
    m_label = label;
    make();
}

void SamplesModel::setCount(int count)
{
    if (count == m_count)
        return;
    m_count = count;
    make();
}

void SamplesModel::makeFirst()
{
    if (m_samples.empty() && !isBusy())
        make();
}

void SamplesModel::makeMore()
{
    m_first += m_count;
    make();
}

std::vector<Wish> SamplesModel::wishes() const
{
    std::vector<Wish> all;
    const int classes = static_cast<int>(m_generator->classes.size());
    for (int i = 0; i < m_count; ++i) {
        const int label = m_label < 0 ? i % classes : m_label;
        all.push_back({gallerySeed, label, m_first + (m_label < 0 ? i / classes : i)});
    }
    return all;
}

void SamplesModel::make()
{
    m_generator = m_synthesis.generator();
    if (!m_generator)
        return;
    clearBetween();
    if (m_task)
        m_task->cancel();
    const int turn = ++m_turn;
    const auto wanted = wishes();
    m_task = m_synthesis.tasks().start<MadePointer>(
        this, text("synthesis", "Making images"),
        [core = m_synthesis.core(), generator = m_generator, wanted](
            const Monitor& monitor) { return shared(core.make(*generator, wanted, monitor)); },
        [this, turn, wanted](Result<MadePointer> made) {
            if (turn != m_turn)
                return;
            m_task = nullptr;
            if (!made)
                return m_synthesis.complain(made.error());
            m_samples.clear();
            const PictureForm form = formOf(m_generator->frame);
            for (std::int64_t i = 0; i < (*made)->count; ++i)
                m_samples.push_back(
                    {wanted[static_cast<std::size_t>(i)], pictureOf((*made)->image(i), form), {}, {}, {}});
            findNeighbours(*made);
            emit changed();
        });
    emit changed();
}

void SamplesModel::findNeighbours(std::shared_ptr<const MadeImages> made)
{
    m_whyNoNeighbours.reset();
    const int turn = m_turn;
    const auto work = [core = m_synthesis.core(), run = m_synthesis.run(), opened = m_synthesis.opened(),
                          generator = m_generator, made](const Monitor& monitor) -> Result<Neighbours> {
        const DataPointer data = TRY(dataOf(core, *run, opened, monitor.part(0, 0.3)));
        Resemblances found = TRY(core.resemblances(*run, *data, *generator, *made, monitor.part(0.3, 1)));
        return Neighbours{data, std::move(found)};
    };
    m_task = m_synthesis.tasks().start<Neighbours>(this, text("synthesis", "Looking for the nearest training images"),
        work, [this, turn](Result<Neighbours> neighbours) {
            if (turn != m_turn)
                return;
            m_task = nullptr;
            if (neighbours)
                take(*neighbours->data, neighbours->found);
            else
                m_whyNoNeighbours = neighbours.error();
            emit changed();
        });
}

void SamplesModel::take(const learning::DataSet& data, const Resemblances& found)
{
    m_limit = found.limit;
    const PictureForm form = formOf(m_generator->frame);
    for (std::size_t i = 0; i < std::min(m_samples.size(), found.images.size()); ++i) {
        Sample& sample = m_samples[i];
        sample.resemblance = found.images[i];
        if (sample.resemblance.nearest < 0)
            continue;
        sample.nearest = pictureOf(data, sample.resemblance.nearest, form);
        sample.nearestName =
            QString::fromStdString(data.cases[static_cast<std::size_t>(sample.resemblance.nearest)].name);
    }
    std::ranges::stable_sort(m_samples, {}, [](const Sample& one) {
        return std::tuple(
            !one.resemblance.isCopy, !one.resemblance.isSuspicious, one.resemblance.ratio, one.resemblance.distance);
    });
}

void SamplesModel::clearBetween()
{
    ++m_betweenTurn;
    if (m_between.empty())
        return;
    m_between.clear();
    emit betweenChanged();
}

void SamplesModel::showBetween(int first, int second)
{
    constexpr std::int64_t stops = 9;
    if (first < 0 || second < 0 || std::max(first, second) >= std::ssize(m_samples))
        return clearBetween();
    const int turn = ++m_betweenTurn;
    const Wish from = m_samples[static_cast<std::size_t>(first)].wish;
    const Wish to = m_samples[static_cast<std::size_t>(second)].wish;
    m_synthesis.tasks().start<MadePointer>(
        this, text("synthesis", "Making images"),
        [core = m_synthesis.core(), generator = m_generator, from, to](
            const Monitor& monitor) { return shared(core.between(*generator, from, to, stops, monitor)); },
        [this, turn](Result<MadePointer> made) {
            if (turn != m_betweenTurn)
                return;
            if (!made)
                return m_synthesis.complain(made.error());
            m_between.clear();
            const PictureForm form = formOf(m_generator->frame);
            for (std::int64_t i = 0; i < (*made)->count; ++i)
                m_between.push_back(pictureOf((*made)->image(i), form));
            emit betweenChanged();
        });
}

} // namespace hounsfield::synthesising
