#pragma once

#include <QObject>
#include <QPointer>
#include <QString>
#include <QThreadPool>

#include "core/base/monitor.h"

#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <utility>
#include <vector>

namespace hounsfield::shell {

/// One long job of the window, at work on a thread of its own. Made by `BackgroundTasks::start`; deleted by it after
/// its result was handed over. Lives on the window's thread.
class BackgroundTask : public QObject {
    Q_OBJECT
  public:
    ~BackgroundTask() override;

    Text title() const { return m_title; }
    Text stage() const;      ///< what it is doing at the moment; may be empty
    double fraction() const; ///< 0 … 1
    bool isStopping() const;
    void cancel(); ///< asks it to stop; its `done` then gets an error of Kind::Cancelled

  signals:
    void progressed(); ///< at most about 25 times a second

  private:
    friend class BackgroundTasks;
    struct Shared;
    BackgroundTask(Text title, QObject* owner);
    void notify();

    Text m_title;
    QPointer<QObject> m_owner;
    std::shared_ptr<Shared> m_shared;
};

/// Everything at work beside the window. Handed to each model that starts jobs; the window shows its rows with Cancel.
class BackgroundTasks : public QObject {
    Q_OBJECT
  public:
    explicit BackgroundTasks(QObject* parent = nullptr);
    /// Asks all to stop and waits for them.
    ~BackgroundTasks() override;

    template <typename T> using Work = std::function<Result<T>(const Monitor&)>;
    template <typename T> using Done = std::function<void(Result<T>)>;

    /// Runs `work` on another thread, then `done` with its result on the window's thread.
    /// The job belongs to `owner`: when that is deleted, the job is asked to stop and `done` is never called.
    /// `work` must look at nothing but what it was given (copies, shared constant data).
    template <typename T> BackgroundTask* start(QObject* owner, Text title, Work<T> work, Done<T> done)
    {
        auto result = std::make_shared<std::optional<Result<T>>>();
        return startErased(
            owner, std::move(title),
            [result, work = std::move(work)](const Monitor& monitor) {
                try {
                    result->emplace(work(monitor));
                } catch (const std::bad_alloc&) {
                    result->emplace(environment(text("shell", "There is not enough memory for this.")));
                }
            },
            [result, done = std::move(done)] { done(std::move(**result)); });
    }

    const std::vector<BackgroundTask*>& running() const { return m_running; }

  signals:
    void changed(); ///< a job has begun or ended

  private:
    BackgroundTask* startErased(
        QObject* owner, Text title, std::function<void(const Monitor&)> work, std::function<void()> done);
    void finish(BackgroundTask* task, const std::function<void()>& done);

    QThreadPool m_pool;
    std::vector<BackgroundTask*> m_running;
};

} // namespace hounsfield::shell
