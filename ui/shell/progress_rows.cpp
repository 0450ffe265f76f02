#include "ui/shell/progress_rows.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/shell/background_task.h"
#include "ui/shell/translate.h"

namespace hounsfield::shell {

namespace {
constexpr int barSteps = 1000;
constexpr int millisecondsUntilShown = 300; // what ends sooner needs no row
} // namespace

ProgressRows::ProgressRows(BackgroundTasks& tasks, QWidget* parent)
    : QWidget(parent)
    , m_tasks(tasks)
    , m_rows(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("progressRows"));
    m_rows->setContentsMargins(10, 4, 10, 4);
    m_rows->setSpacing(4);
    hide();
    connect(&tasks, &BackgroundTasks::changed, this, [this] {
        QTimer::singleShot(m_tasks.running().empty() ? 0 : millisecondsUntilShown, this, &ProgressRows::rebuild);
    });
}

void ProgressRows::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        rebuild();
    QWidget::changeEvent(event);
}

void ProgressRows::rebuild()
{
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (BackgroundTask* task : m_tasks.running())
        addRow(task);
    setVisible(m_rows->count() > 0);
}

void ProgressRows::addRow(BackgroundTask* task)
{
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    auto* words = new QLabel(row);
    words->setTextFormat(Qt::PlainText);
    words->setMinimumWidth(320);
    auto* bar = new QProgressBar(row);
    bar->setRange(0, barSteps);
    bar->setTextVisible(false);
    bar->setAccessibleName(translated(task->title()));
    auto* cancel = new QPushButton(tr("Cancel"), row);
    cancel->setObjectName(QStringLiteral("cancelTask"));
    cancel->setAccessibleName(tr("Cancel: %1").arg(translated(task->title())));
    layout->addWidget(words);
    layout->addWidget(bar, 1);
    layout->addWidget(cancel);
    connect(cancel, &QPushButton::clicked, task, &BackgroundTask::cancel);
    const auto follow = [task, words, bar, cancel] {
        QStringList parts{translated(task->title()), translated(task->stage())};
        parts.removeAll({});
        parts.removeDuplicates();
        words->setText(parts.join(QStringLiteral(" — ")));
        bar->setValue(static_cast<int>(task->fraction() * barSteps));
        cancel->setEnabled(!task->isStopping());
    };
    follow();
    connect(task, &BackgroundTask::progressed, row, follow);
    m_rows->addWidget(row);
}

} // namespace hounsfield::shell
