#include "ui/viewer/diagnosis_panel.h"

#include <QEvent>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QSlider>
#include <QVBoxLayout>

#include "ui/shell/theme.h"
#include "ui/viewer/diagnosis_model.h"
#include "ui/viewer/viewer_model.h"

namespace hounsfield::viewer {

/// The scale of the heat map, from 0 to what its hottest colour stands for.
class ColourBar : public QWidget {
  public:
    using QWidget::QWidget;
    QSize sizeHint() const override { return {200, 30}; }
    void setTop(double top)
    {
        m_top = top;
        update();
    }

  protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        constexpr int bar = 12;
        for (int x = 0; x < width(); ++x) {
            const double value = (x + 0.5) / width();
            const auto colour = diagnosis::heatColor(value);
            painter.fillRect(x, 0, 1, bar,
                QColor(static_cast<int>(colour[0] * value), static_cast<int>(colour[1] * value),
                    static_cast<int>(colour[2] * value)));
        }
        painter.setPen(QColor(shell::theme::quietWords));
        const QRect words(0, bar + 1, width(), height() - bar - 1);
        painter.drawText(words, Qt::AlignLeft, QStringLiteral("0"));
        painter.drawText(words, Qt::AlignHCenter, QString::number(m_top / 2, 'g', 2));
        painter.drawText(words, Qt::AlignRight, QString::number(m_top, 'g', 2));
    }

  private:
    double m_top = 1;
};

namespace {

QLabel* label(QWidget* parent, const char* name, const char* role)
{
    auto* result = new QLabel(parent);
    result->setObjectName(QString::fromLatin1(name));
    result->setProperty("role", role);
    result->setWordWrap(true);
    result->setTextInteractionFlags(Qt::NoTextInteraction);
    return result;
}

} // namespace

DiagnosisPanel::DiagnosisPanel(DiagnosisModel& model, ViewerModel& viewer, shell::Choosers choosers, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_viewer(viewer)
    , m_choosers(std::move(choosers))
{
    setObjectName(QStringLiteral("diagnosisPanel"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    m_title = label(this, "diagnosisTitle", "heading");
    m_name = label(this, "diagnosisModel", "quiet");
    m_choose = new QPushButton(this);
    m_choose->setObjectName(QStringLiteral("chooseModel"));
    m_ask = new QPushButton(this);
    m_ask->setObjectName(QStringLiteral("diagnose"));
    m_figures = label(this, "diagnosisFigures", "");
    m_notes = label(this, "diagnosisNotes", "warning");
    m_override = new QPushButton(this);
    m_override->setObjectName(QStringLiteral("overrideGate"));
    m_slicesTitle = label(this, "suspiciousTitle", "quiet");
    m_slices = new QListWidget(this);
    m_slices->setObjectName(QStringLiteral("suspiciousSlices"));
    m_opacityTitle = label(this, "opacityTitle", "quiet");
    m_opacity = new QSlider(Qt::Horizontal, this);
    m_opacity->setObjectName(QStringLiteral("opacity"));
    m_opacity->setRange(0, 100);
    m_opacity->setValue(static_cast<int>(100 * model.opacity()));
    m_map = new ColourBar(this);
    m_research = label(this, "diagnosisResearch", "quiet");
    for (QWidget* widget : std::initializer_list<QWidget*>{m_title, m_name, m_choose, m_ask, m_figures, m_notes,
             m_override, m_slicesTitle, m_slices, m_opacityTitle, m_opacity, m_map})
        column->addWidget(widget);
    column->addWidget(m_research);
    connect(m_choose, &QPushButton::clicked, this, &DiagnosisPanel::chooseModel);
    connect(m_ask, &QPushButton::clicked, this, [this] { m_model.diagnose(); });
    connect(m_override, &QPushButton::clicked, this, [this] { m_model.diagnose(diagnosis::Gate::Override); });
    connect(m_opacity, &QSlider::valueChanged, this, [this](int percent) { m_model.setOpacity(percent / 100.0); });
    const auto jump = [this](QListWidgetItem* item) {
        m_viewer.showSlice(m_listed[static_cast<std::size_t>(m_slices->row(item))]);
    };
    connect(m_slices, &QListWidget::itemClicked, this, jump);
    connect(m_slices, &QListWidget::itemActivated, this, jump);
    connect(&model, &DiagnosisModel::changed, this, &DiagnosisPanel::refresh);
    connect(&viewer, &ViewerModel::volumeChanged, this, &DiagnosisPanel::refresh);
    writeTexts();
}

std::vector<shell::Command> DiagnosisPanel::commands()
{
    const Text menu = text("viewer", "Diag&nosis");
    // clang-format off
    return {
        {"viewer.diagnose", text("viewer", "Diagnose"), text("viewer", "Asks the chosen model about the open image."), {"Ctrl+D"}, "diagnose", menu,
            [this] { m_model.diagnose(); }, {}, [this] { return m_viewer.volume() != nullptr; }},
        {"viewer.heatMap", text("viewer", "Heat map"), text("viewer", "Shows or hides what speaks for the class."), {"G"}, "heat-map", menu,
            [this] { m_model.setShowsMap(!m_model.showsMap()); }, {}, {}, [this] { return m_model.showsMap(); }},
        {"viewer.chooseModel", text("viewer", "Choose a model…"), text("viewer", "The model.onnx that is asked from now on."), {}, "model", menu,
            [this] { chooseModel(); }},
    };
    // clang-format on
}

void DiagnosisPanel::chooseModel()
{
    const QStringList files = m_choosers.files(this, tr("Choose a model"), tr("Models (*.onnx)"));
    if (files.isEmpty())
        return;
    m_model.setModelFile(files.front());
    emit modelChosen(files.front());
}

void DiagnosisPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        writeTexts();
    QWidget::changeEvent(event);
}

void DiagnosisPanel::writeTexts()
{
    m_title->setText(tr("Diagnosis"));
    m_choose->setText(tr("Choose a model…"));
    m_ask->setText(tr("Diagnose  (Ctrl+D)"));
    m_override->setText(tr("Ask all the same"));
    m_slicesTitle->setText(tr("Most suspicious slices"));
    m_opacityTitle->setText(tr("Heat map: opacity and scale  (G)"));
    m_research->setText(tr("Research use, not for diagnosis"));
    m_choose->setAccessibleName(m_choose->text());
    m_ask->setAccessibleName(tr("Diagnose"));
    m_override->setAccessibleName(m_override->text());
    m_slices->setAccessibleName(m_slicesTitle->text());
    m_opacity->setAccessibleName(tr("Opacity of the heat map"));
    m_map->setAccessibleName(tr("Scale of the heat map"));
    m_slices->clear(); // its rows are written anew
    refresh();
}

QString DiagnosisPanel::figures() const
{
    const auto view = m_model.view();
    QString html = QStringLiteral("<table cellpadding='3' width='100%'>");
    for (const auto& row : view.probabilities) {
        const QString name = row.name.toHtmlEscaped();
        html += QStringLiteral("<tr><td>%1</td><td align='right'>%2 %</td></tr>")
                    .arg(row.isCalled ? QStringLiteral("<b>▸ %1</b>").arg(name) : name,
                        QString::number(100 * row.value, 'f', 1));
    }
    html += QStringLiteral("</table>");
    if (view.probabilities.size() == 2 && view.threshold != 0.5)
        html += QStringLiteral("<p>%1</p>")
                    .arg(tr("\"%1\" is called from %2 % on.")
                             .arg(view.probabilities[1].name.toHtmlEscaped(),
                                 QString::number(100 * view.threshold, 'f', 1)));
    return html;
}

void DiagnosisPanel::refresh()
{
    const auto view = m_model.view();
    m_name->setText(view.modelName.isEmpty() ? tr("No model is chosen.") : tr("Model: %1").arg(view.modelName));
    m_ask->setEnabled(m_viewer.volume() && !view.isBusy);
    m_figures->setVisible(!view.probabilities.empty() || view.isBusy);
    m_figures->setText(view.isBusy ? tr("Asking the model…") : figures());
    QStringList notes = view.refusals;
    if (!view.refusals.isEmpty() && view.probabilities.empty())
        notes.prepend(tr("The model was not made for this image:"));
    if (view.isOverridden)
        notes << tr("Asked all the same: these figures may mean nothing.");
    if (view.hasNoEvidence)
        notes << tr("The map shows no evidence for this class.");
    notes << view.unchecked;
    if (!view.sentence.isEmpty())
        notes << view.sentence;
    m_notes->setText(notes.join(QLatin1Char('\n')));
    m_notes->setVisible(!notes.isEmpty());
    m_override->setVisible(!view.refusals.isEmpty() && view.probabilities.empty());
    const bool hasMap = !view.probabilities.empty();
    m_opacityTitle->setVisible(hasMap);
    m_opacity->setVisible(hasMap);
    m_map->setVisible(hasMap);
    m_map->setTop(view.mapTop);
    refreshSlices();
}

void DiagnosisPanel::refreshSlices()
{
    const auto view = m_model.view();
    m_slicesTitle->setVisible(!view.suspicious.empty());
    m_slices->setVisible(!view.suspicious.empty());
    std::vector<std::int64_t> listed;
    for (const auto& row : view.suspicious)
        listed.push_back(row.slice);
    if (listed == m_listed && m_slices->count() == static_cast<int>(listed.size()))
        return;
    m_listed = listed;
    m_slices->clear();
    for (const auto& row : view.suspicious)
        m_slices->addItem(tr("Slice %1: %2 %, %3")
                              .arg(m_viewer.shownNumber(row.slice))
                              .arg(QString::number(100 * row.value, 'f', 1), row.called));
}

} // namespace hounsfield::viewer
