#pragma once

#include <QFrame>

#include "core/reports/report_table.h"

class QComboBox;
class QLabel;
class QListWidget;
class QPushButton;
class QTableWidget;

namespace hounsfield::reporting {

/// What a table holds, before it is imported: which columns are the text, which one names the reports.
class ImportPanel : public QFrame {
    Q_OBJECT
  public:
    explicit ImportPanel(QWidget* parent = nullptr);
    void setPreview(const reports::TableRequest& request, const reports::Preview& preview);

  signals:
    void accepted(const hounsfield::reports::TableRequest& request);
    void rejected();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    void layOut();
    reports::TableRequest request() const;
    void writeTexts();
    void fillTable();
    void refreshButton();

    reports::TableRequest m_request;
    reports::Preview m_preview;
    QLabel *m_title, *m_summary, *m_columnsLabel, *m_idLabel;
    QListWidget* m_columns;
    QComboBox* m_id;
    QTableWidget* m_table;
    QPushButton *m_import, *m_cancel;
};

} // namespace hounsfield::reporting
