#include <QTemporaryDir>
#include <QtTest>

#include "core/base/atomic_file.h"
#include "core/base/random.h"
#include "core/study/project.h"

using namespace hounsfield;
using namespace hounsfield::study;

namespace {

/// A step of the test's own preparation that cannot fail on a sound machine.
void must(const Result<void>& done)
{
    if (!done)
        qFatal("%s", english(done.error()).c_str());
}

namespace fs = std::filesystem;
constexpr std::int64_t early = 20, all = 32;

Label labelNumber(std::int64_t n)
{
    return {{Subject::Level::Image, "1.2." + std::to_string(n), 0}, "class " + std::to_string(n % 7), {}};
}

/// A project of 32 labels whose newest backup holds the first 20.
void makeProject(const fs::path& folder)
{
    for (const auto& [from, to] : {std::pair{std::int64_t{1}, early}, std::pair{early + 1, all}}) {
        auto project = Project::open(folder).value();
        for (std::int64_t n = from; n <= to; ++n)
            must(project->setLabel(labelNumber(n)));
    }
}

std::int64_t labelsAsGiven(const Project& project)
{
    std::int64_t count = 0;
    for (const Label& label : project.labels()) {
        const auto n = std::stoll(label.subject.uid.substr(4));
        count += label == labelNumber(n);
    }
    return count;
}

/// How a damaged copy opened.
struct Outcome {
    std::int64_t labels = 0;
    bool isRestored = false;
    bool isSaid = false;
    std::int64_t salvaged = 0;
};

Outcome openDamaged(const fs::path& whole, const std::string& bytes)
{
    QTemporaryDir place;
    const fs::path folder = fs::path(place.path().toStdString()) / "p";
    fs::copy(whole, folder, fs::copy_options::recursive);
    must(writeAtomically(folder / "project.db", std::string_view(bytes)));
    const auto project = Project::open(folder);
    if (!project) {
        qWarning("%s", english(project.error()).c_str());
        return {-1, false, true, 0};
    }
    const OpeningNotes& notes = (*project)->notes();
    return {labelsAsGiven(**project), notes.isRestored, !notes.sentences.empty(), notes.salvagedChanges};
}

} // namespace

class DamageTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase()
    {
        m_folder = fs::path(m_place.path().toStdString()) / "whole";
        makeProject(m_folder);
        m_bytes = readFile(m_folder / "project.db").value();
    }

    void flippedBitsNeverLoseALabelInSilence()
    {
        Random random(1, "flips");
        int restored = 0;
        std::int64_t salvaged = 0;
        for (int trial = 0; trial < 250; ++trial) {
            std::string bytes = m_bytes;
            for (std::int64_t i = 0; i <= trial % 3; ++i)
                bytes[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(bytes.size())))] ^=
                    static_cast<char>(1 << random.below(8));
            const Outcome outcome = openDamaged(m_folder, bytes);
            QVERIFY2(
                outcome.labels >= early, qPrintable(QString("trial %1: %2 labels").arg(trial).arg(outcome.labels)));
            QVERIFY2(outcome.labels == all || outcome.isSaid, qPrintable(QString::number(trial)));
            QCOMPARE(outcome.isRestored, outcome.isSaid);
            restored += outcome.isRestored;
            salvaged += outcome.salvaged;
        }
        qInfo("%d of 250 were restored, with %lld changes salvaged", restored, static_cast<long long>(salvaged));
        QVERIFY(restored > 10 && salvaged > 0);
    }

    void aCutFileIsRestoredAndSaid()
    {
        for (std::size_t cut = 1; cut <= 4096; cut += 63) {
            const Outcome outcome = openDamaged(m_folder, m_bytes.substr(0, m_bytes.size() - cut));
            QVERIFY2(outcome.labels >= early && outcome.isRestored, qPrintable(QString::number(cut)));
        }
        for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{99}, std::size_t{4096}}) {
            const Outcome outcome = openDamaged(m_folder, m_bytes.substr(0, size));
            QVERIFY2(outcome.labels >= early && outcome.isRestored, qPrintable(QString::number(size)));
        }
        QCOMPARE(openDamaged(m_folder, std::string(m_bytes.size(), '\0')).labels, early);
    }

    void aChangedClassIsSeenThoughTheFileIsSound()
    {
        std::string bytes = m_bytes;
        const std::size_t at = bytes.find("class 3");
        QVERIFY(at != std::string::npos);
        bytes[at + 6] = '4';
        const Outcome outcome = openDamaged(m_folder, bytes);
        QVERIFY(outcome.isRestored);
        QVERIFY(outcome.labels >= early);
    }

    void aDeletedFileIsRestoredAndTheDamagedOneIsKept()
    {
        QTemporaryDir place;
        const fs::path folder = fs::path(place.path().toStdString()) / "p";
        fs::copy(m_folder, folder, fs::copy_options::recursive);
        fs::remove(folder / "project.db");
        auto project = Project::open(folder).value();
        QVERIFY(project->notes().isRestored);
        QCOMPARE(labelsAsGiven(*project), early);
        QVERIFY(project->setLabel(labelNumber(77)));
        project.reset();
        must(writeAtomically(folder / "project.db", std::string_view("rubbish")));
        project = Project::open(folder).value();
        QVERIFY(project->notes().isRestored);
        QCOMPARE(readFile(folder / "damaged" / "project-1.db").value(), std::string("rubbish"));
        QVERIFY(project->setLabel(labelNumber(78)));
    }

    void theNewestSoundBackupIsTaken()
    {
        QTemporaryDir place;
        const fs::path folder = fs::path(place.path().toStdString()) / "p";
        fs::copy(m_folder, folder, fs::copy_options::recursive);
        {
            const auto project = Project::open(folder).value();
        } // backup 1 holds all, backup 2 the early ones
        must(writeAtomically(folder / "project.db", std::string_view("rubbish")));
        must(writeAtomically(folder / "backups" / "project-1.db", std::string_view("rubbish too")));
        auto project = Project::open(folder).value();
        QCOMPARE(labelsAsGiven(*project), early);
        project.reset();
        for (const char* name : {"project.db", "backups/project-1.db", "backups/project-2.db", "backups/project-3.db"})
            must(writeAtomically(folder / name, std::string_view("rubbish")));
        const auto nothing = Project::open(folder);
        QVERIFY(!nothing);
        QVERIFY(!nothing.error().advice.isEmpty());
        QCOMPARE(readFile(folder / "project.db").value(), std::string("rubbish"));
    }

    void aStaleJournalIsNotPlayedIntoTheRestoredFile()
    {
        QTemporaryDir place;
        const fs::path folder = fs::path(place.path().toStdString()) / "p";
        fs::copy(m_folder, folder, fs::copy_options::recursive);
        fs::remove(folder / "project.db");
        must(writeAtomically(
            folder / "project.db-journal", std::string_view("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7 garbage")));
        const auto project = Project::open(folder).value();
        QVERIFY(project->notes().isRestored);
        QCOMPARE(labelsAsGiven(*project), early);
    }

  private:
    QTemporaryDir m_place;
    fs::path m_folder;
    std::string m_bytes;
};

int damageTest(int argc, char** argv)
{
    DamageTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "damage_test.moc"
