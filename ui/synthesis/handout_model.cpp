#include "ui/synthesis/handout_model.h"

#include <QDateTime>

#include "core/base/clock.h"

#include <algorithm>

namespace hounsfield::synthesising {

namespace {

std::filesystem::path newFolderIn(const std::filesystem::path& folder, const std::string& name)
{
    std::string stamp = timestamp();
    std::ranges::replace(stamp, ':', '-');
    auto place = folder / (name + "-" + stamp);
    std::error_code ignored;
    for (int i = 2; std::filesystem::exists(place, ignored); ++i)
        place = folder / (name + "-" + stamp + "_" + std::to_string(i));
    return place;
}

/// Others than those that were handed out before; it stands in the provenance.
std::uint64_t newSeed()
{
    return static_cast<std::uint64_t>(QDateTime::currentSecsSinceEpoch());
}

} // namespace

HandoutModel::HandoutModel(SynthesisModel& synthesis, QObject* parent)
    : QObject(parent)
    , m_synthesis(synthesis)
{
    connect(&synthesis, &SynthesisModel::runsChanged, this, &HandoutModel::changed);
}

HandoutModel::View HandoutModel::view() const
{
    const bool isBusy = m_task != nullptr;
    return {isBusy, isBusy && m_task->isStopping(), !isBusy && m_synthesis.generator() && m_synthesis.core().handOut,
        isBusy ? m_task->fraction() : 0, m_sentence};
}

std::optional<Error> HandoutModel::refusal() const
{
    const RunPointer run = m_synthesis.run();
    if (!run)
        return Error{Error::Kind::BadInput, text("synthesis", "There is no generator yet."), {}, {}};
    const Text first = text("synthesis", "Judge the generator first: Verdict, Judge.");
    if (!run->judged)
        return Error{Error::Kind::BadInput,
            text("synthesis", "It is not known whether the generator remembers its training images."), run->name(),
            first};
    const auto& membership = run->judged->membership.value;
    if (!membership) {
        const auto reason = run->judged->missing.find("membership_auc");
        return Error{Error::Kind::BadInput,
            text("synthesis", "Whether the generator remembers its training images could not be measured."),
            run->name(), reason != run->judged->missing.end() ? reason->second : Text()};
    }
    if (*membership > synthesis::mostMembership)
        return Error{Error::Kind::BadInput,
            text("synthesis", "The discriminator knows its training images again (AUC %1, more than %2): the made "
                              "images would carry them along.")
                .with(*membership, synthesis::mostMembership),
            run->name(), text("synthesis", "Train on more images, for fewer steps, or with DiffAugment.")};
    return std::nullopt;
}

void HandoutModel::addToTraining(int label, std::int64_t count)
{
    if (!view().canBegin)
        return;
    if (const auto reason = refusal())
        return m_synthesis.complain(*reason);
    Handout handout{
        Handout::Form::TrainingSet, newFolderIn(m_synthesis.run()->folder, "synthetic"), label, count, newSeed()};
    begin(text("synthesis", "Making images for the training set"), std::move(handout));
}

void HandoutModel::exportTo(const std::filesystem::path& folder, Handout::Form form, int label, std::int64_t count)
{
    if (!view().canBegin)
        return;
    Handout handout{form, newFolderIn(folder, "synthetic"), label, count, newSeed()};
    begin(text("synthesis", "Exporting images"), std::move(handout));
}

void HandoutModel::begin(const Text& title, Handout handout)
{
    m_sentence = title;
    const auto work = [core = m_synthesis.core(), generator = m_synthesis.generator(), handout](
                          const Monitor& monitor) { return core.handOut(*generator, handout, monitor); };
    auto* task = m_synthesis.tasks().start<std::int64_t>(
        this, title, work, [this, handout](Result<std::int64_t> written) { end(handout, written); });
    m_task = task;
    connect(task, &shell::BackgroundTask::progressed, this, &HandoutModel::changed);
    m_synthesis.dismissProblem();
    emit changed();
}

void HandoutModel::end(const Handout& handout, const Result<std::int64_t>& written)
{
    m_task = nullptr;
    m_synthesis.dismissProblem();
    const bool isSet = handout.form == Handout::Form::TrainingSet;
    if (!written) {
        m_sentence = written.error().kind == Error::Kind::Cancelled ? text("synthesis", "Stopped; nothing was written.")
                                                                    : Text();
        m_synthesis.complain(written.error());
    } else if (isSet) {
        m_sentence = text("synthesis", "%1 images were added to the data of the training page.").with(*written);
        emit added(QString::fromStdString(handout.folder.string()));
    } else {
        m_sentence = text("synthesis", "%1 marked images were written to %2.").with(*written, handout.folder.string());
    }
    emit changed();
}

void HandoutModel::stop()
{
    if (m_task)
        m_task->cancel();
    emit changed();
}

} // namespace hounsfield::synthesising
