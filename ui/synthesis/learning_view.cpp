#include "ui/synthesis/learning_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSlider>
#include <QVBoxLayout>

#include "ui/plots/curve_plot.h"
#include "ui/synthesis/sample_grid.h"
#include "ui/synthesis/synthesis_model.h"
#include "ui/training/figures.h"

#include <algorithm>

namespace hounsfield::synthesising {

using Evaluations = std::vector<synthesis::PairEvaluation>;

namespace {

bool isTraining(const SynthesisModel& model)
{
    return model.view().stage == SynthesisModel::Stage::Training;
}

const std::vector<Moment>& momentsOf(const SynthesisModel& model)
{
    return isTraining(model) ? model.live().moments : model.moments();
}

Evaluations evaluationsOf(const SynthesisModel& model)
{
    if (isTraining(model) || !model.run() || !model.run()->run)
        return model.live().evaluations;
    return model.run()->run->evaluations;
}

QStringList classesOf(const SynthesisModel& model)
{
    QStringList names;
    const auto add = [&names](const std::vector<std::string>& classes) {
        for (const std::string& name : classes)
            names << QString::fromStdString(name);
    };
    if (!isTraining(model) && model.run() && model.run()->run)
        add(model.run()->run->classes);
    else if (model.data())
        add(model.data()->classes);
    return names;
}

plots::Curve curveOf(const QString& name, const Evaluations& evaluations, double synthesis::PairEvaluation::*value)
{
    plots::Curve curve{name, {}};
    for (const auto& one : evaluations)
        curve.points.emplace_back(static_cast<double>(one.step), one.*value);
    return curve;
}

QString number(std::int64_t value)
{
    return QLocale().toString(static_cast<qlonglong>(value));
}

} // namespace

LearningView::LearningView(SynthesisModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_pace(new QLabel(this))
    , m_grid(new SampleGrid(this))
    , m_moment(new QLabel(this))
    , m_slider(new QSlider(Qt::Horizontal, this))
    , m_loss(new plots::CurvePlot(this))
    , m_distance(new plots::CurvePlot(this))
    , m_variety(new plots::CurvePlot(this))
{
    m_pace->setObjectName(QStringLiteral("pace"));
    m_pace->setWordWrap(true);
    m_grid->setObjectName(QStringLiteral("sampleGrid"));
    m_moment->setObjectName(QStringLiteral("moment"));
    m_slider->setObjectName(QStringLiteral("momentSlider"));
    m_loss->setObjectName(QStringLiteral("lossPlot"));
    m_distance->setObjectName(QStringLiteral("distancePlot"));
    m_variety->setObjectName(QStringLiteral("varietyPlot"));
    auto* left = new QVBoxLayout;
    left->addWidget(m_grid, 1);
    left->addWidget(m_moment);
    left->addWidget(m_slider);
    auto* right = new QVBoxLayout;
    for (plots::CurvePlot* plot : {m_loss, m_distance, m_variety})
        right->addWidget(plot, 1);
    auto* row = new QHBoxLayout;
    row->addLayout(left, 5);
    row->addSpacing(10);
    row->addLayout(right, 4);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->addWidget(m_pace);
    column->addLayout(row, 1);
    connect(m_slider, &QSlider::valueChanged, this, [this](int value) {
        m_isFollowing = value == m_slider->maximum();
        refreshGrid();
    });
    retranslate();
}

void LearningView::retranslate()
{
    m_grid->setAccessibleName(tr("Samples of the same noise"));
    m_slider->setAccessibleName(tr("Evaluation whose samples are shown"));
    m_slider->setToolTip(tr("Back through the evaluations: Left and Right, Home and End"));
    m_loss->setAccessibleName(tr("Losses over the steps"));
    m_distance->setAccessibleName(tr("Kernel distance over the steps"));
    m_variety->setAccessibleName(tr("Coverage and recall over the steps"));
    refresh();
}

void LearningView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void LearningView::refresh()
{
    const int last = std::max(0, static_cast<int>(momentsOf(m_model).size()) - 1);
    {
        const QSignalBlocker quiet(m_slider);
        const int shown = m_slider->value();
        m_slider->setMaximum(last);
        m_slider->setValue(m_isFollowing ? last : std::min(shown, last));
    }
    m_slider->setEnabled(last > 0);
    refreshGrid();
    refreshCurves();
    refreshPace();
}

void LearningView::refreshProgress()
{
    if (evaluationsOf(m_model).size() == m_evaluations)
        return refreshPace();
    refresh();
}

void LearningView::refreshGrid()
{
    const auto& moments = momentsOf(m_model);
    m_grid->setEmptySentence(isTraining(m_model) ? tr("The first samples come with the first evaluation.")
                                                 : tr("Press Start and watch the images come into being here."));
    const auto at = static_cast<std::size_t>(m_slider->value());
    if (at >= moments.size()) {
        m_grid->setPictures({}, 1, {});
        m_moment->setText({});
        return;
    }
    const Moment& moment = moments[at];
    m_grid->setPictures(moment.images, static_cast<int>(moment.perClass), classesOf(m_model));
    m_moment->setText(at + 1 == moments.size()
                          ? tr("Step %1, the newest. The same noise each time.").arg(number(moment.step))
                          : tr("Step %1, evaluation %2 of %3")
                                .arg(number(moment.step), number(m_slider->value() + 1), number(std::ssize(moments))));
}

void LearningView::refreshCurves()
{
    using E = synthesis::PairEvaluation;
    const Evaluations evaluations = evaluationsOf(m_model);
    m_evaluations = evaluations.size();
    plots::CurveData data;
    const std::int64_t steps = std::max<std::int64_t>(
        isTraining(m_model) ? m_model.live().step.steps : 0, evaluations.empty() ? 1 : evaluations.back().step);
    data.x = {0, static_cast<double>(steps), tr("Step"), true};
    data.emptySentence =
        isTraining(m_model) ? tr("The curves begin with the first evaluation.") : tr("There is no evaluation yet.");
    if (!evaluations.empty()) {
        const auto best = std::ranges::min_element(evaluations, {}, &E::kid);
        data.mark = static_cast<double>(best->step);
        data.markName = tr("Kept: step %1").arg(number(best->step));
    }
    plots::CurveData loss = data;
    loss.yLabel = tr("Loss");
    loss.curves = {curveOf(tr("Generator"), evaluations, &E::generatorLoss),
        curveOf(tr("Discriminator"), evaluations, &E::discriminatorLoss)};
    plots::CurveData distance = data;
    distance.yLabel = tr("Kernel distance (KID)");
    distance.curves = {curveOf(tr("Made to real"), evaluations, &E::kid)};
    plots::CurveData variety = data;
    variety.yLabel = tr("Variety");
    variety.least = 0;
    variety.most = 1;
    variety.curves = {
        curveOf(tr("Coverage"), evaluations, &E::coverage), curveOf(tr("Recall"), evaluations, &E::recall)};
    if (evaluations.empty())
        loss.curves = distance.curves = variety.curves = {};
    m_loss->setData(loss);
    m_distance->setData(distance);
    m_variety->setData(variety);
}

void LearningView::refreshPace()
{
    const QLocale locale;
    const auto& step = m_model.live().step;
    if (isTraining(m_model)) {
        if (step.step == 0)
            return m_pace->setText(tr("Getting ready: the classifier that judges is trained first …"));
        const QString done = step.steps > 0 ? tr("Step %1 of %2").arg(number(step.step), number(step.steps))
                                            : tr("Step %1").arg(number(step.step));
        return m_pace->setText(
            tr("%1 · %2 images per second · %3 left")
                .arg(done, locale.toString(step.imagesPerSecond, 'f', 0), training::durationText(step.secondsLeft)));
    }
    const RunPointer shown = m_model.run();
    if (!shown)
        return m_pace->setText({});
    if (!shown->run)
        return m_pace->setText(tr("%1 was interrupted before it had a generator; Resume goes on with it.")
                                   .arg(QString::fromStdString(shown->name())));
    const auto& run = *shown->run;
    m_pace->setText(
        tr("%1 · %2 steps in %3 · %4 images per second · kept: step %5")
            .arg(QString::fromStdString(run.network), number(run.steps), training::durationText(run.secondsTraining),
                locale.toString(run.imagesPerSecond, 'f', 0), number(run.keptStep)));
}

} // namespace hounsfield::synthesising
