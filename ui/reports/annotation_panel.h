#pragma once

#include <QWidget>

#include "core/reports/annotation.h"

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace hounsfield::reporting {

class ReportsModel;

/// The chosen annotation: why it says what it says, its status, side, size and note, its relations, and its equal
/// mentions.
class AnnotationPanel : public QWidget {
    Q_OBJECT
  public:
    explicit AnnotationPanel(ReportsModel& model, QWidget* parent = nullptr);
    void refresh();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void build();
    void buildStatuses(QVBoxLayout* column);
    void buildAttributes(QVBoxLayout* column);
    void buildRelations(QVBoxLayout* column);
    void connectFields();
    void writeTexts();
    void refreshRelations();
    void refreshMentions();
    QString reasonOf(const reports::Annotation& span) const;
    QToolButton* button(const char* name);

    ReportsModel& m_model;
    QLabel *m_title, *m_reason, *m_sideLabel, *m_sizeLabel, *m_noteLabel, *m_relationLabel;
    std::vector<QToolButton*> m_statuses;
    QComboBox *m_side, *m_relations, *m_target;
    QLineEdit *m_size, *m_note, *m_relationType;
    QToolButton *m_relate, *m_unrelate, *m_here, *m_everywhere, *m_reject;
    QWidget* m_fields;
};

} // namespace hounsfield::reporting
