#include "ui/shell/background_task.h"

#include <QMetaObject>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <mutex>

namespace hounsfield::shell {

namespace {
constexpr int threadLimit = 32; // jobs mostly wait for readers or run parallel loops of their own
constexpr int millisecondsBetweenReports = 40;
} // namespace

/// What the working thread and the window share; outlives both.
struct BackgroundTask::Shared {
    std::stop_source stop;
    std::atomic<bool> isReportPending = false;
    mutable std::mutex mutex; // guards stage and fraction
    Text stage;
    double fraction = 0;
};

BackgroundTask::BackgroundTask(Text title, QObject* owner)
    : m_title(std::move(title))
    , m_owner(owner)
    , m_shared(std::make_shared<Shared>())
{
    // Told later: what the owner is made of is gone already, while its connections still stand.
    connect(owner, &QObject::destroyed, this, [this] {
        m_shared->stop.request_stop();
        QMetaObject::invokeMethod(this, &BackgroundTask::progressed, Qt::QueuedConnection);
    });
}

BackgroundTask::~BackgroundTask() = default;

Text BackgroundTask::stage() const
{
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->stage;
}

double BackgroundTask::fraction() const
{
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->fraction;
}

bool BackgroundTask::isStopping() const
{
    return m_shared->stop.stop_requested();
}

void BackgroundTask::cancel()
{
    m_shared->stop.request_stop();
    emit progressed();
}

void BackgroundTask::notify()
{
    QTimer::singleShot(millisecondsBetweenReports, this, [this] {
        m_shared->isReportPending = false;
        emit progressed();
    });
}

BackgroundTasks::BackgroundTasks(QObject* parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(threadLimit);
}

BackgroundTasks::~BackgroundTasks()
{
    for (BackgroundTask* task : m_running)
        task->m_shared->stop.request_stop();
    m_pool.waitForDone();
    qDeleteAll(m_running);
}

BackgroundTask* BackgroundTasks::startErased(
    QObject* owner, Text title, std::function<void(const Monitor&)> work, std::function<void()> done)
{
    auto* task = new BackgroundTask(std::move(title), owner);
    m_running.push_back(task);
    emit changed();
    const std::shared_ptr<BackgroundTask::Shared> shared = task->m_shared;
    m_pool.start([this, task, shared, work = std::move(work), done = std::move(done)] {
        const Monitor monitor(shared->stop.get_token(), [task, shared](const Text& stage, double fraction) {
            {
                const std::lock_guard lock(shared->mutex);
                shared->stage = stage;
                shared->fraction = fraction;
            }
            if (!shared->isReportPending.exchange(true))
                QMetaObject::invokeMethod(task, &BackgroundTask::notify, Qt::QueuedConnection);
        });
        work(monitor);
        QMetaObject::invokeMethod(
            this, [this, task, done] { finish(task, done); }, Qt::QueuedConnection);
    });
    return task;
}

void BackgroundTasks::finish(BackgroundTask* task, const std::function<void()>& done)
{
    std::erase(m_running, task);
    emit changed();
    if (task->m_owner)
        done();
    task->deleteLater();
}

} // namespace hounsfield::shell
