#include "ui/synthesis/blind_test_model.h"

#include <QRandomGenerator>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "ui/synthesis/pictures.h"
#include "ui/synthesis/verdict_words.h"

#include <algorithm>

namespace hounsfield::synthesising {

using Question = BlindTestModel::Question;
using Questions = std::vector<Question>;

namespace {

/// Real images that the pair never saw: of the test part, else held back ones.
Result<std::vector<std::int64_t>> unseenCases(const PairRecord& run, const learning::DataSet& data)
{
    const auto split = TRY(splitOf(run, data));
    if (split.test.empty() && split.heldBack.empty())
        return badInput(text("synthesis", "There is no real image that the generator has not seen."), data.name,
            text("synthesis", "A blind test needs a test part."));
    return split.test.empty() ? split.heldBack : split.test;
}

/// Half real, half made, the same mix of classes on both sides, in random order.
Result<Questions> questionsOf(const SynthesisCore& core, const PairRecord& run, const learning::DataSet& data,
    const synthesis::GeneratorModel& generator, int images, std::uint64_t seed, const Monitor& monitor)
{
    const auto cases = TRY(unseenCases(run, data));
    const auto half = std::min<std::int64_t>(images / 2, std::ssize(cases));
    const PictureForm form = formOf(generator.frame);
    Questions questions;
    std::vector<synthesis::Sampler::Wish> wishes;
    const auto order = Random(seed, "blind test, real").permutation(std::ssize(cases));
    for (std::int64_t i = 0; i < half; ++i) {
        const std::int64_t one = cases[static_cast<std::size_t>(order[static_cast<std::size_t>(i)])];
        questions.push_back({pictureOf(data, one, form), false});
        wishes.push_back({seed, data.cases[static_cast<std::size_t>(one)].label, i});
    }
    const auto made = TRY(core.make(generator, wishes, monitor));
    for (std::int64_t i = 0; i < made.count; ++i)
        questions.push_back({pictureOf(made.image(i), form), true});
    Questions mixed;
    for (const std::int64_t i : Random(seed, "blind test, order").permutation(std::ssize(questions)))
        mixed.push_back(std::move(questions[static_cast<std::size_t>(i)]));
    return mixed;
}

} // namespace

BlindTestModel::BlindTestModel(SynthesisModel& synthesis, QObject* parent)
    : QObject(parent)
    , m_synthesis(synthesis)
{
    connect(&synthesis, &SynthesisModel::runsChanged, this, [this] {
        if (m_run && m_synthesis.run() && m_synthesis.run()->folder != m_run->folder)
            giveUp();
        emit changed();
    });
}

BlindTestModel::View BlindTestModel::view() const
{
    View view;
    view.stage = m_stage;
    view.count = static_cast<int>(m_questions.size());
    view.at = static_cast<int>(m_answers.size());
    if (m_stage == Stage::Asking)
        view.picture = m_questions[m_answers.size()].picture;
    for (std::size_t i = 0; i < m_answers.size(); ++i)
        ++view.answers[m_questions[i].isMade ? 1 : 0][m_answers[i] ? 1 : 0];
    if (m_stage == Stage::Done)
        view.score = shareOf(view.answers[0][0] + view.answers[1][1], view.count);
    view.canStart = m_synthesis.generator() && (m_stage == Stage::Idle || m_stage == Stage::Done);
    return view;
}

void BlindTestModel::start(int images)
{
    if (!view().canStart)
        return;
    m_run = m_synthesis.run();
    m_questions.clear();
    m_answers.clear();
    m_stage = Stage::Preparing;
    m_synthesis.dismissProblem();
    const int turn = ++m_turn;
    const auto seed = QRandomGenerator::global()->generate64(); // nobody shall learn the order by heart
    const auto work = [core = m_synthesis.core(), run = m_run, opened = m_synthesis.opened(),
                          generator = m_synthesis.generator(), images,
                          seed](const Monitor& monitor) -> Result<Questions> {
        const DataPointer data = TRY(dataOf(core, *run, opened, monitor.part(0, 0.8)));
        return questionsOf(core, *run, *data, *generator, images, seed, monitor.part(0.8, 1));
    };
    m_task = m_synthesis.tasks().start<Questions>(
        this, text("synthesis", "Preparing the blind test"), work, [this, turn](Result<Questions> questions) {
            if (turn != m_turn)
                return;
            m_task = nullptr;
            m_stage = Stage::Idle;
            if (!questions) {
                m_synthesis.complain(questions.error());
            } else if (!questions->empty()) {
                m_questions = std::move(*questions);
                m_stage = Stage::Asking;
            }
            emit changed();
        });
    emit changed();
}

void BlindTestModel::answer(bool isMade)
{
    if (m_stage != Stage::Asking)
        return;
    m_answers.push_back(isMade);
    if (m_answers.size() == m_questions.size())
        finish();
    emit changed();
}

void BlindTestModel::back()
{
    if (m_stage != Stage::Asking || m_answers.empty())
        return;
    m_answers.pop_back();
    emit changed();
}

void BlindTestModel::giveUp()
{
    ++m_turn;
    if (m_task)
        m_task->cancel();
    m_stage = Stage::Idle;
    m_questions.clear();
    m_answers.clear();
    emit changed();
}

void BlindTestModel::finish()
{
    m_stage = Stage::Done;
    const View now = view();
    auto record = std::make_shared<PairRecord>(
        m_synthesis.run() && m_synthesis.run()->folder == m_run->folder ? *m_synthesis.run() : *m_run);
    record->blind.push_back({now.count, now.answers[0][0] + now.answers[1][1], timestamp()});
    m_synthesis.tasks().start<void>(
        this, text("synthesis", "Keeping the score"),
        [folder = record->folder, blind = record->blind](const Monitor&) { return keep(folder, blind); },
        [this](Result<void> kept) {
            if (!kept)
                m_synthesis.complain(kept.error());
        });
    m_synthesis.replaceRun(record);
}

} // namespace hounsfield::synthesising
