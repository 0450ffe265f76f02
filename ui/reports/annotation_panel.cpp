#include "ui/reports/annotation_panel.h"

#include <QComboBox>
#include <QDoubleValidator>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/reports/annotating.h"
#include "ui/reports/panel_parts.h"
#include "ui/reports/reports_model.h"
#include "ui/reports/words.h"
#include "ui/shell/translate.h"

#include <algorithm>

namespace hounsfield::reporting {

namespace {

QLabel* quiet(const char* name, QWidget* parent)
{
    return wrapped(name, "quiet", parent);
}

QComboBox* choice(const char* name, QWidget* parent)
{
    auto* box = named(new QComboBox(parent), name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    return box;
}

QString valueOf(const reports::Annotation& span, const char* name)
{
    const auto found = span.attributes.find(name);
    return found == span.attributes.end() ? QString() : QString::fromStdString(found->second);
}

} // namespace

AnnotationPanel::AnnotationPanel(ReportsModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
{
    setObjectName(QStringLiteral("annotationPanel"));
    build();
    connectFields();
    writeTexts();
}

QToolButton* AnnotationPanel::button(const char* name)
{
    auto* result = new QToolButton(this);
    result->setObjectName(QString::fromLatin1(name));
    result->setFocusPolicy(Qt::StrongFocus);
    result->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    result->setProperty("role", "plain");
    return result;
}

void AnnotationPanel::buildStatuses(QVBoxLayout* column)
{
    auto* grid = new QGridLayout;
    grid->setSpacing(4);
    for (std::size_t i = 0; i < statuses().size(); ++i) {
        QToolButton* each = button((std::string("status.") + statuses()[i].value).c_str());
        each->setCheckable(true);
        const std::string value = statuses()[i].value;
        connect(each, &QToolButton::clicked, this,
            [this, value] { m_model.setAttribute(reports::attribute::status, value); });
        m_statuses.push_back(each);
        grid->addWidget(each, static_cast<int>(i / 3), static_cast<int>(i % 3));
    }
    column->addLayout(grid);
}

void AnnotationPanel::build()
{
    m_title = wrapped("chosenTitle", "heading", this);
    m_reason = quiet("reason", this);
    m_fields = new QWidget(this);
    auto* column = new QVBoxLayout(m_fields);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    buildStatuses(column);
    buildAttributes(column);
    buildRelations(column);
    m_here = button("labelHere");
    m_everywhere = button("labelEverywhere");
    m_reject = button("reject");
    addAll(column, {m_here, m_everywhere, m_reject});
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(6);
    addAll(outer, {m_title, m_reason, m_fields});
}

void AnnotationPanel::buildAttributes(QVBoxLayout* column)
{
    m_side = named(new QComboBox(m_fields), "side");
    m_size = named(new QLineEdit(m_fields), "size");
    m_size->setValidator(new QDoubleValidator(0, 2000, 2, m_size));
    m_note = named(new QLineEdit(m_fields), "note");
    m_sideLabel = quiet("sideLabel", m_fields);
    m_sizeLabel = quiet("sizeLabel", m_fields);
    m_noteLabel = quiet("noteLabel", m_fields);
    for (QLabel* each : {m_sideLabel, m_sizeLabel, m_noteLabel})
        each->setWordWrap(false);
    auto* form = new QGridLayout;
    form->setSpacing(4);
    form->addWidget(m_sideLabel, 0, 0);
    form->addWidget(m_side, 0, 1);
    form->addWidget(m_sizeLabel, 0, 2);
    form->addWidget(m_size, 0, 3);
    form->addWidget(m_noteLabel, 1, 0);
    form->addWidget(m_note, 1, 1, 1, 3);
    column->addLayout(form);
}

void AnnotationPanel::buildRelations(QVBoxLayout* column)
{
    m_relationLabel = quiet("relationLabel", m_fields);
    m_relationType = named(new QLineEdit(m_fields), "relationType");
    m_relationType->setFixedWidth(fontMetrics().averageCharWidth() * 14);
    m_target = choice("relationTarget", m_fields);
    m_relations = choice("relations", m_fields);
    m_relate = button("relate");
    m_unrelate = button("unrelate");
    auto* joining = new QGridLayout;
    joining->setSpacing(4);
    joining->addWidget(m_relationLabel, 0, 0, 1, 3);
    joining->addWidget(m_relationType, 1, 0);
    joining->addWidget(m_target, 1, 1);
    joining->addWidget(m_relate, 1, 2);
    joining->addWidget(m_relations, 2, 0, 1, 2);
    joining->addWidget(m_unrelate, 2, 2);
    joining->setColumnStretch(1, 1);
    column->addLayout(joining);
}

void AnnotationPanel::connectFields()
{
    connect(m_side, &QComboBox::activated, this, [this](int row) {
        m_model.setAttribute(reports::attribute::side, sides()[static_cast<std::size_t>(row)].value);
    });
    connect(m_size, &QLineEdit::editingFinished, this, [this] {
        const reports::Annotation* span = m_model.chosenSpan();
        if (span && m_size->text() != valueOf(*span, reports::attribute::sizeMm))
            m_model.setAttribute(reports::attribute::sizeMm, m_size->text().toStdString());
    });
    connect(m_note, &QLineEdit::editingFinished, this, [this] {
        const reports::Annotation* span = m_model.chosenSpan();
        if (span && m_note->text() != QString::fromStdString(span->note))
            m_model.setNote(m_note->text());
    });
    connect(m_relate, &QToolButton::clicked, this, [this] {
        const std::string type = m_relationType->text().trimmed().toStdString();
        m_model.relate(m_model.chosen(), m_target->currentData().toString().toStdString(),
            type.empty() ? m_relationType->placeholderText().toStdString() : type);
    });
    connect(m_unrelate, &QToolButton::clicked, this,
        [this] { m_model.removeRelation(m_relations->currentData().toString().toStdString()); });
    connect(m_here, &QToolButton::clicked, this, [this] { m_model.labelMentions(ReportsModel::Where::Here); });
    connect(
        m_everywhere, &QToolButton::clicked, this, [this] { m_model.labelMentions(ReportsModel::Where::Everywhere); });
    connect(m_reject, &QToolButton::clicked, this, [this] { m_model.reject(); });
}

void AnnotationPanel::writeTexts()
{
    for (std::size_t i = 0; i < m_statuses.size(); ++i) {
        const AttributeValue& row = statuses()[i];
        m_statuses[i]->setText(shell::translated(row.name) + QStringLiteral("  ") + QString::fromLatin1(row.key));
        m_statuses[i]->setToolTip(tr("Key %1").arg(QString::fromLatin1(row.key)));
    }
    const QSignalBlocker blocker(m_side);
    m_side->clear();
    for (const AttributeValue& row : sides())
        m_side->addItem(shell::translated(row.name));
    m_sideLabel->setText(tr("Side"));
    m_sizeLabel->setText(tr("Size, mm"));
    m_noteLabel->setText(tr("Note"));
    m_relationLabel->setText(tr("Join it with another annotation"));
    m_relationType->setPlaceholderText(QStringLiteral("located at"));
    m_relate->setText(tr("Join"));
    m_unrelate->setText(tr("Part"));
    m_reject->setText(tr("Take this annotation away"));
    m_reject->setToolTip(tr("Backspace"));
    m_side->setAccessibleName(m_sideLabel->text());
    m_size->setAccessibleName(m_sizeLabel->text());
    m_note->setAccessibleName(m_noteLabel->text());
    m_relationType->setAccessibleName(tr("Kind of the relation"));
    m_target->setAccessibleName(tr("The other annotation"));
    m_relations->setAccessibleName(tr("Relations of this annotation"));
    refresh();
}

void AnnotationPanel::refreshRelations()
{
    const reports::Document& document = m_model.open()->report.document;
    const auto wordsOf = [&](const std::string& id) {
        const reports::Annotation* span = reports::findSpan(document, id);
        return span ? QString::fromStdString(span->surface).simplified() : QString();
    };
    m_target->clear();
    m_relations->clear();
    for (const reports::Annotation& span : document.spans)
        if (span.id != m_model.chosen())
            m_target->addItem(wordsOf(span.id), QString::fromStdString(span.id));
    for (const reports::Relation& relation : document.relations)
        if (relation.from == m_model.chosen() || relation.to == m_model.chosen())
            m_relations->addItem(
                tr("%1 – %2 – %3")
                    .arg(wordsOf(relation.from), QString::fromStdString(relation.type), wordsOf(relation.to)),
                QString::fromStdString(relation.id));
    m_relate->setEnabled(m_target->count() > 0);
    m_target->setEnabled(m_target->count() > 0);
    m_relations->setVisible(m_relations->count() > 0);
    m_unrelate->setVisible(m_relations->count() > 0);
}

/// Why the annotation says what it says.
QString AnnotationPanel::reasonOf(const reports::Annotation& span) const
{
    const QString status = valueOf(span, reports::attribute::status);
    const reports::Finding* finding = m_model.findingOf(span);
    if (!finding || status != QString::fromUtf8(nameOf(finding->status).data()))
        return span.isConfirmed ? tr("Said by a person.") : tr("A suggestion.");
    if (finding->trigger.text.empty())
        return tr("Named by rule %1; nothing denies or doubts it.").arg(QString::fromStdString(finding->rule));
    return tr("%1 because of “%2” (rule %3)")
        .arg(statusName(status.toStdString()), QString::fromStdString(finding->trigger.text).simplified(),
            QString::fromStdString(finding->rule));
}

void AnnotationPanel::refreshMentions()
{
    const auto here = m_model.mentions(ReportsModel::Where::Here);
    const auto& everywhere = m_model.counted();
    m_here->setText(tr("Label its equals here: %1").arg(here.count));
    m_everywhere->setText(
        everywhere ? tr("Label its equals everywhere: %1 in %2 reports").arg(everywhere->count).arg(everywhere->reports)
                   : tr("Label its equals everywhere: …"));
    m_here->setEnabled(here.count > 0);
    m_everywhere->setEnabled(everywhere && everywhere->count > 0);
}

void AnnotationPanel::refresh()
{
    const reports::Annotation* span = m_model.chosenSpan();
    m_fields->setVisible(span);
    if (!span) {
        m_title->setText(tr("No annotation is chosen"));
        m_reason->setText(tr("Click one in the text or press N. Select words and press a label's key to add one."));
        return;
    }
    m_title->setText(QString::fromStdString(span->label));
    m_reason->setText(reasonOf(*span));
    const QString status = valueOf(*span, reports::attribute::status);
    for (std::size_t i = 0; i < m_statuses.size(); ++i)
        m_statuses[i]->setChecked(status == QLatin1String(statuses()[i].value));
    const std::string side = valueOf(*span, reports::attribute::side).toStdString();
    const auto row =
        std::ranges::find(sides(), side, [](const AttributeValue& each) { return std::string(each.value); });
    m_side->setCurrentIndex(row == sides().end() ? 0 : static_cast<int>(row - sides().begin()));
    m_size->setText(valueOf(*span, reports::attribute::sizeMm));
    m_note->setText(QString::fromStdString(span->note));
    refreshMentions();
    refreshRelations();
}

void AnnotationPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        writeTexts();
    QWidget::changeEvent(event);
}

} // namespace hounsfield::reporting
