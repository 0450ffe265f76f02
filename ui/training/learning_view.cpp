#include "ui/training/learning_view.h"

#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

#include "ui/plots/curve_plot.h"
#include "ui/training/figures.h"
#include "ui/training/training_model.h"

#include <algorithm>
#include <optional>

namespace hounsfield::training {

namespace {

using History = std::vector<learning::EpochRecord>;

/// One figure of the validation over the epochs that have it.
std::vector<QPointF> pointsOf(const History& history, const char* metric)
{
    std::vector<QPointF> points;
    for (const auto& epoch : history)
        if (const auto found = epoch.metrics.find(metric); found != epoch.metrics.end())
            points.emplace_back(static_cast<double>(epoch.epoch), found->second);
    return points;
}

std::vector<QPointF> lossOf(const History& history)
{
    std::vector<QPointF> points;
    for (const auto& epoch : history)
        points.emplace_back(static_cast<double>(epoch.epoch), epoch.loss);
    return points;
}

/// The epoch with the best AUC on validation so far, else the least loss there.
std::optional<double> bestEpoch(const History& history)
{
    if (const auto auc = pointsOf(history, "validation_auc"); !auc.empty())
        return std::ranges::max_element(auc, {}, &QPointF::y)->x();
    if (const auto loss = pointsOf(history, "validation_loss"); !loss.empty())
        return std::ranges::min_element(loss, {}, &QPointF::y)->x();
    return std::nullopt;
}

} // namespace

LearningView::LearningView(TrainingModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_pace(new QLabel(this))
    , m_loss(new plots::CurvePlot(this))
    , m_auc(new plots::CurvePlot(this))
{
    m_pace->setObjectName(QStringLiteral("pace"));
    m_pace->setWordWrap(true);
    m_loss->setObjectName(QStringLiteral("lossPlot"));
    m_auc->setObjectName(QStringLiteral("aucPlot"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->addWidget(m_pace);
    column->addWidget(m_loss, 1);
    column->addWidget(m_auc, 1);
    retranslate();
}

void LearningView::retranslate()
{
    m_loss->setAccessibleName(tr("Loss over the epochs"));
    m_auc->setAccessibleName(tr("AUC and accuracy over the epochs"));
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
    const bool isTraining = m_model.view().stage == TrainingModel::Stage::Training;
    const auto& live = m_model.live();
    const RunPointer run = isTraining ? nullptr : m_model.run();
    const History& history = run ? run->history : live.history;
    const std::int64_t epochs = run ? std::max<std::int64_t>(run->epochs, 1) : std::max<std::int64_t>(live.epochs, 1);
    const auto best =
        run && run->keptEpoch > 0 ? std::optional(static_cast<double>(run->keptEpoch)) : bestEpoch(history);
    const QLocale locale;

    plots::CurveData loss;
    loss.x = {0, static_cast<double>(epochs), tr("Epoch"), true};
    loss.yLabel = tr("Loss");
    loss.emptySentence = isTraining ? tr("The curves begin with the end of the first epoch.")
                                    : tr("Press Train and watch it learn here.");
    loss.curves = {{tr("Training"), lossOf(history)}};
    if (auto points = pointsOf(history, "validation_loss"); !points.empty())
        loss.curves.push_back({tr("Validation"), std::move(points)});
    loss.mark = history.empty() ? std::nullopt : best;
    const QString epoch = best ? locale.toString(static_cast<int>(*best)) : QString();
    loss.markName = run ? tr("Kept: epoch %1").arg(epoch) : tr("Best so far: epoch %1").arg(epoch);
    m_loss->setData(loss);

    plots::CurveData auc = loss;
    auc.yLabel = tr("Validation");
    auc.curves = {
        {tr("AUC"), pointsOf(history, "validation_auc")}, {tr("Accuracy"), pointsOf(history, "validation_accuracy")}};
    std::erase_if(auc.curves, [](const plots::Curve& curve) { return curve.points.empty(); });
    auc.most = 1;
    if (!history.empty() && auc.curves.empty())
        auc.emptySentence = tr("There is no validation part: AUC is measured on the test part at the end.");
    m_auc->setData(auc);

    if (run)
        m_pace->setText(
            tr("%1 · %2 epochs in %3 · %4 images per second")
                .arg(QString::fromStdString(run->network), locale.toString(static_cast<qlonglong>(run->epochs)),
                    durationText(run->secondsTraining), locale.toString(run->imagesPerSecond, 'f', 0)));
    else if (live.step.steps > 0)
        m_pace->setText(
            tr("Epoch %1 of %2 · step %3 of %4 · %5 images per second · %6 left")
                .arg(locale.toString(static_cast<qlonglong>(live.step.epoch)),
                    locale.toString(static_cast<qlonglong>(epochs)),
                    locale.toString(static_cast<qlonglong>(live.step.step)),
                    locale.toString(static_cast<qlonglong>(live.step.steps)),
                    locale.toString(live.step.samplesPerSecond, 'f', 0), durationText(live.step.secondsLeft)));
    else
        m_pace->setText(isTraining ? tr("Getting ready …") : QString());
}

} // namespace hounsfield::training
