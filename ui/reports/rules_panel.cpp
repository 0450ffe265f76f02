#include "ui/reports/rules_panel.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/reports/panel_parts.h"
#include "ui/reports/report_text.h"
#include "ui/reports/reports_model.h"
#include "ui/reports/rules_model.h"
#include "ui/shell/translate.h"

namespace hounsfield::reporting {

namespace {

/// "local.1: pleural fluid → Pleural Effusion"
QString wordsOf(const reports::LocalRule& rule)
{
    const auto field = [&](const char* name) {
        const auto found = rule.fields.find(name);
        return found == rule.fields.end() ? QString() : QString::fromStdString(found->second);
    };
    QStringList meaning;
    for (const char* name : {"label", "finding", "kind", "role", "status", "attribute", "value"})
        if (const QString value = field(name); !value.isEmpty())
            meaning << value;
    const QString phrase = field("phrase");
    return phrase.isEmpty() ? RulesPanel::tr("%1: switched off").arg(QString::fromStdString(rule.id))
                            : RulesPanel::tr("%1: “%2” – %3")
                                  .arg(QString::fromStdString(rule.id), phrase, meaning.join(QStringLiteral(", ")));
}

} // namespace

RulesPanel::RulesPanel(RulesModel& model, ReportsModel& reports, const ReportText& text, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_reports(reports)
    , m_text(text)
{
    setObjectName(QStringLiteral("rulesPanel"));
    build();
    connect(m_propose, &QPushButton::clicked, this, [this] { m_model.propose(m_text.selection()); });
    connect(m_proposeNone, &QPushButton::clicked, &model, &RulesModel::proposeNone);
    connect(m_save, &QPushButton::clicked, &model, &RulesModel::save);
    connect(m_discard, &QPushButton::clicked, &model, &RulesModel::discard);
    connect(m_remove, &QPushButton::clicked, this, [this] {
        if (QListWidgetItem* item = m_own->currentItem())
            m_model.remove(item->data(Qt::UserRole).toString().toStdString());
    });
    connect(m_changes, &QListWidget::currentRowChanged, &model,
        [this](int row) { m_model.show(static_cast<std::size_t>(row)); });
    connect(m_own, &QListWidget::currentRowChanged, this, [this](int row) { m_remove->setEnabled(row >= 0); });
    connect(&model, &RulesModel::changed, this, &RulesPanel::refresh);
    connect(&reports, &ReportsModel::changed, this, &RulesPanel::refresh);
    writeTexts();
}

void RulesPanel::build()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(6);
    buildProposal(column);
    column->addSpacing(8);
    m_ownTitle = wrapped("ownRulesTitle", "heading", this);
    m_own = named(new QListWidget(this), "ownRules");
    m_remove = named(new QPushButton(this), "removeRule");
    column->addWidget(m_ownTitle);
    column->addWidget(m_own, 1);
    column->addWidget(m_remove);
    column->addStretch();
}

void RulesPanel::buildProposal(QVBoxLayout* column)
{
    m_title = wrapped("rulesTitle", "heading", this);
    m_hint = wrapped("rulesHint", "quiet", this);
    m_propose = named(new QPushButton(this), "proposeRule");
    m_proposeNone = named(new QPushButton(this), "proposeNone");
    m_problem = wrapped("rulesProblem", "bad", this);
    m_proposal = wrapped("ruleProposal", "", this);
    m_changes = named(new QListWidget(this), "ruleChanges");
    m_save = named(new QPushButton(this), "saveRule");
    m_discard = named(new QPushButton(this), "discardRule");
    addAll(column, {m_title, m_hint, m_propose, m_proposeNone, m_problem, m_proposal});
    column->addWidget(m_changes, 2);
    auto* buttons = new QHBoxLayout;
    addAll(buttons, {m_save, m_discard});
    column->addLayout(buttons);
}

void RulesPanel::writeTexts()
{
    setWindowTitle(tr("Rules"));
    m_title->setText(tr("A rule from a correction"));
    m_hint->setText(tr("Correct a finding and choose it. Where its status was wrong, select the words that say so. "
                       "Nothing is saved before you have seen what it changes."));
    m_propose->setText(tr("Read it so everywhere…"));
    m_proposeNone->setText(tr("These words are never a finding…"));
    m_save->setText(tr("Save the rule"));
    m_discard->setText(tr("Discard"));
    m_remove->setText(tr("Remove the chosen rule"));
    m_changes->setAccessibleName(tr("What the rule would change"));
    m_own->setAccessibleName(tr("Rules of this project"));
    refresh();
}

void RulesPanel::refreshProposal()
{
    const auto& proposal = m_model.proposal();
    m_changes->setVisible(proposal.has_value());
    m_save->setVisible(proposal.has_value());
    m_discard->setVisible(proposal.has_value());
    m_proposal->setText(m_model.isBusy() ? tr("Looking for what the rule would change…")
                        : !proposal      ? QString()
                                         : wordsOf(proposal->rule) + QLatin1Char('\n')
                                          + tr("Reports that would be read differently: %1").arg(proposal->reports));
    m_proposal->setVisible(!m_proposal->text().isEmpty());
    if (!proposal || m_changes->count() == static_cast<int>(proposal->changes.size()))
        return;
    const QSignalBlocker blocker(m_changes);
    m_changes->clear();
    for (const RulesModel::Change& change : proposal->changes)
        m_changes->addItem(change.sentence);
}

void RulesPanel::refresh()
{
    const bool isChosen = m_reports.chosenSpan();
    m_propose->setEnabled(isChosen && !m_model.isBusy());
    m_proposeNone->setEnabled(isChosen && !m_model.isBusy());
    m_problem->setText(m_model.problem() ? shell::translated(*m_model.problem()) : QString());
    m_problem->setVisible(m_model.problem().has_value());
    refreshProposal();
    const auto& own = m_reports.localRules();
    m_ownTitle->setText(
        own.empty() ? tr("This project has no rules of its own.") : tr("Rules of this project: %1").arg(own.size()));
    m_own->setVisible(!own.empty());
    m_remove->setVisible(!own.empty());
    m_remove->setEnabled(m_own->currentRow() >= 0);
    if (m_own->count() == static_cast<int>(own.size()))
        return;
    const QSignalBlocker blocker(m_own);
    m_own->clear();
    for (const reports::LocalRule& rule : own) {
        auto* item = new QListWidgetItem(wordsOf(rule), m_own);
        item->setData(Qt::UserRole, QString::fromStdString(rule.id));
    }
}

void RulesPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        writeTexts();
    QWidget::changeEvent(event);
}

} // namespace hounsfield::reporting
