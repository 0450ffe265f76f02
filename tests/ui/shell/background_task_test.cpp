#include <QtTest>

#include "ui/shell/background_task.h"

using namespace hounsfield;
using shell::BackgroundTasks;

namespace {

Result<int> workForEver(const Monitor& monitor)
{
    for (;;)
        TRY(monitor.at(text("shell", "Working"), 0.5));
}

} // namespace

class BackgroundTaskTest : public QObject {
    Q_OBJECT
  private slots:
    void aResultComesToTheWindowsThread()
    {
        BackgroundTasks tasks;
        QObject owner;
        int answer = 0;
        QThread* thread = nullptr;
        tasks.start<int>(
            &owner, text("shell", "Adding"), [](const Monitor&) -> Result<int> { return 42; },
            [&](Result<int> result) {
                answer = *result;
                thread = QThread::currentThread();
            });
        QCOMPARE(tasks.running().size(), std::size_t{1});
        QTRY_COMPARE(answer, 42);
        QCOMPARE(thread, QThread::currentThread());
        QVERIFY(tasks.running().empty());
    }

    void cancelAnswersWithinAFifthOfASecond()
    {
        BackgroundTasks tasks;
        QObject owner;
        std::optional<Error::Kind> kind;
        auto* task = tasks.start<int>(
            &owner, text("shell", "Working"), workForEver, [&](Result<int> result) { kind = result.error().kind; });
        QTRY_COMPARE(task->fraction(), 0.5);
        task->cancel();
        QTRY_VERIFY_WITH_TIMEOUT(kind.has_value(), 200);
        QCOMPARE(*kind, Error::Kind::Cancelled);
    }

    void aLateResultOfADeletedOwnerReachesNobody()
    {
        BackgroundTasks tasks;
        auto owner = std::make_unique<QObject>();
        bool isCalled = false;
        tasks.start<int>(owner.get(), text("shell", "Working"), workForEver, [&](Result<int>) { isCalled = true; });
        owner.reset();
        QTRY_VERIFY(tasks.running().empty());
        QVERIFY(!isCalled);
    }

    void wantOfMemoryIsASentence()
    {
        BackgroundTasks tasks;
        QObject owner;
        std::string said;
        tasks.start<int>(
            &owner, text("shell", "Working"), [](const Monitor&) -> Result<int> { throw std::bad_alloc(); },
            [&](Result<int> result) { said = english(result.error()); });
        QTRY_COMPARE(said, std::string("There is not enough memory for this."));
    }
};

int backgroundTaskTest(int argc, char** argv)
{
    BackgroundTaskTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "background_task_test.moc"
