#include "ui/reports/study_report_panel.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/reports/report_text.h"
#include "ui/reports/reports_model.h"
#include "ui/reports/study_link.h"
#include "ui/reports/words.h"

namespace hounsfield::reporting {

StudyReportPanel::StudyReportPanel(ReportsModel& model, StudyLink& link, QWidget* parent)
    : QWidget(parent)
    , m_reports(model)
    , m_link(link)
    , m_title(new QLabel(this))
    , m_hint(new QLabel(this))
    , m_text(new ReportText(this))
    , m_open(new QPushButton(this))
{
    setObjectName(QStringLiteral("studyReport"));
    m_title->setProperty("role", "heading");
    m_hint->setProperty("role", "quiet");
    m_hint->setWordWrap(true);
    m_text->setObjectName(QStringLiteral("studyReportText"));
    m_text->document()->setDocumentMargin(6);
    m_text->setFixedHeight(fontMetrics().height() * 14);
    m_open->setObjectName(QStringLiteral("openStudyReport"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    for (QWidget* each : {static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_hint), static_cast<QWidget*>(m_text),
             static_cast<QWidget*>(m_open)})
        column->addWidget(each);
    connect(m_open, &QPushButton::clicked, this, &StudyReportPanel::openWanted);
    connect(m_text, &ReportText::markClicked, this, [this](int mark) {
        const reports::StoredReport* report = m_reports.find(m_key);
        if (!report || mark >= static_cast<int>(report->document.spans.size()))
            return;
        const reports::Annotation& span = report->document.spans[static_cast<std::size_t>(mark)];
        if (const auto place = reports::placeOf(span))
            emit placeWanted(*place);
        else
            m_hint->setText(tr("“%1” is tied to no place yet.").arg(QString::fromStdString(span.surface)));
    });
    connect(&link, &StudyLink::changed, this, &StudyReportPanel::refresh);
    refresh();
}

void StudyReportPanel::refresh()
{
    const auto keys = m_link.reportsOfStudy();
    m_key = keys.empty() ? std::string() : keys.front();
    const reports::StoredReport* report = m_reports.find(m_key);
    setVisible(report);
    m_title->setText(tr("Report"));
    m_open->setText(tr("Open the report"));
    m_text->setAccessibleName(tr("Report of this study"));
    if (!report)
        return;
    m_hint->setText(keys.size() > 1 ? tr("%1 reports belong to this study; this is the first.").arg(keys.size())
                                    : QString::fromStdString(report->document.id));
    m_text->setReport(report->document.text);
    std::vector<MarkedWords> marks;
    for (const reports::Annotation& span : report->document.spans)
        marks.push_back({span.pieces, QColor(m_reports.colourOf(span.label)),
            reports::placeOf(span) ? tr("%1: a click shows its place").arg(labelName(span.label))
                                   : labelName(span.label),
            span.isConfirmed, false, {}});
    m_text->setMarks(std::move(marks));
}

void StudyReportPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QWidget::changeEvent(event);
}

} // namespace hounsfield::reporting
