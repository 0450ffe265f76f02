#pragma once

#include <QWidget>

#include "ui/shell/choosers.h"
#include "ui/shell/commands.h"
#include "ui/studies/studies_model.h"

#include <vector>

class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QSplitter;
class QStackedLayout;
class QTableView;

namespace hounsfield::studies {

/// The page of studies: what was found as a table of series with previews, and below it what was left out and why.
class StudiesPage : public QWidget {
    Q_OBJECT
  public:
    StudiesPage(StudiesModel& model, shell::Choosers choosers, QWidget* parent = nullptr);

    std::vector<shell::Command> commands();

  signals:
    void seriesChosen(const hounsfield::files::Series& series); ///< double click or Enter

  protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private slots:
    void readModel();

  private:
    QWidget* buildEmpty();
    QWidget* buildLists();
    void writeTexts();
    void openChosen();
    void openFolder();
    void openFiles();
    void saveList();

    StudiesModel& m_model;
    shell::Choosers m_choosers;
    QStackedLayout* m_stack = nullptr;
    QSortFilterProxyModel* m_sorted = nullptr;
    QTableView* m_series = nullptr;
    QTableView* m_files = nullptr;
    QWidget* m_filesPanel = nullptr;
    QLabel *m_title = nullptr, *m_hint = nullptr, *m_sentence = nullptr, *m_filesTitle = nullptr, *m_failure = nullptr;
    QPushButton *m_folder = nullptr, *m_choose = nullptr, *m_sample = nullptr, *m_stop = nullptr, *m_save = nullptr;
};

} // namespace hounsfield::studies
