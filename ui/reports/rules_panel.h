#pragma once

#include <QWidget>

class QLabel;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace hounsfield::reporting {

class ReportsModel;
class ReportText;
class RulesModel;

/// The project's own rules: one proposed by a correction with all that it would change, and those there are.
class RulesPanel : public QWidget {
    Q_OBJECT
  public:
    /// @param text  whose selection says why
    RulesPanel(RulesModel& model, ReportsModel& reports, const ReportText& text, QWidget* parent = nullptr);

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void build();
    void buildProposal(QVBoxLayout* column);
    void writeTexts();
    void refresh();
    void refreshProposal();

    RulesModel& m_model;
    ReportsModel& m_reports;
    const ReportText& m_text;
    QLabel *m_title, *m_hint, *m_problem, *m_proposal, *m_ownTitle;
    QPushButton *m_propose, *m_proposeNone, *m_save, *m_discard, *m_remove;
    QListWidget *m_changes, *m_own;
};

} // namespace hounsfield::reporting
