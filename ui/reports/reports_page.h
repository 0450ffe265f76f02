#pragma once

#include <QWidget>

#include "ui/reports/reports_model.h"
#include "ui/shell/choosers.h"
#include "ui/shell/commands.h"

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QListWidget;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;
class QTabWidget;

namespace hounsfield::shell {
class MessageBar;
}

namespace hounsfield::reporting {

class AnnotationPanel;
class FindingTable;
class ImportPanel;
class LabelSetPanel;
class ReportList;
class ReportText;

/// The reports: the queue, the text with what was read in it, and the annotations. Everything by keys alone: Enter
/// confirms and goes on.
class ReportsPage : public QWidget {
    Q_OBJECT
  public:
    ReportsPage(ReportsModel& model, shell::Choosers choosers, QWidget* parent = nullptr);

    std::vector<shell::Command> commands();
    /// Beside the annotations: a panel of its own, such as the model's or the other reader's.
    void addPanel(QWidget* panel);
    ReportText* reportText() const { return m_text; }
    void focusText();

  protected:
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    QWidget* buildQueue();
    QWidget* buildText();
    QWidget* buildAnnotations();
    void connectQueue();
    void writeTexts();
    void refresh();
    void refreshMarks();
    void refreshChoice();
    void refreshChecks();
    void showOpened();
    std::vector<shell::Command> reportCommands();
    std::vector<shell::Command> annotationCommands();
    std::vector<shell::Command> otherCommands();
    bool pressKey(const QString& key);
    void importFiles();
    void paste();
    bool isWriting() const;

    ReportsModel& m_model;
    shell::Choosers m_choosers;
    shell::MessageBar *m_problem, *m_hint;
    QStackedWidget* m_stack;
    // the queue
    QLabel *m_queueTitle, *m_progress;
    QLineEdit* m_search;
    QComboBox *m_order, *m_shown;
    QListView* m_list;
    ReportList* m_listModel;
    QPushButton *m_import, *m_paste;
    // the text
    QLabel *m_title, *m_state, *m_empty;
    ReportText* m_text;
    QPushButton* m_confirm;
    ImportPanel* m_importPanel;
    QListWidget* m_checks;
    std::vector<reports::Contradiction> m_contradictions;
    // the annotations
    QTabWidget* m_tabs;
    QLabel* m_findingsTitle;
    QTableView* m_findings;
    FindingTable* m_findingTable;
    AnnotationPanel* m_annotation;
    LabelSetPanel* m_labels;
};

} // namespace hounsfield::reporting
