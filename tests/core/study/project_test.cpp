#include <QTemporaryDir>
#include <QtTest>

#include "core/base/random.h"
#include "core/study/backup.h"
#include "core/study/project.h"

#include <sqlite3.h>

#include <cstdlib>
#include <fstream>

using namespace hounsfield;
using namespace hounsfield::study;

namespace {

/// A step of the test's own preparation that cannot fail on a sound machine.
void must(const Result<void>& done)
{
    if (!done)
        qFatal("%s", english(done.error()).c_str());
}

std::unique_ptr<Project> opened(const QTemporaryDir& folder)
{
    auto project = Project::open(folder.path().toStdString(), "reader");
    if (!project)
        qWarning("%s", english(project.error()).c_str());
    return project ? std::move(*project) : nullptr;
}

Subject imageNumber(std::int64_t n)
{
    return {Subject::Level::Image, "1.2.826." + std::to_string(n), static_cast<int>(n % 3)};
}

Label labelOf(std::int64_t n, const std::string& className)
{
    return {
        imageNumber(n), className, {"/images/" + std::to_string(n) + ".dcm", "", 0, "P" + std::to_string(n), "", ""}};
}

/// Everything a walk changes.
struct Seen {
    std::vector<Label> labels;
    std::vector<Mark> marks;
    std::vector<std::string> classes;
    bool operator==(const Seen&) const = default;
};

Seen seen(const Project& project)
{
    Seen all{project.labels(), project.marks(), project.classes()};
    for (Label& label : all.labels)
        label.place = {}; // where an image was seen is no act of the user
    return all;
}

Result<void> randomAct(Project& project, Random& random)
{
    const std::int64_t n = random.below(6);
    switch (random.below(6)) {
    case 0:
        return project.removeLabel(imageNumber(n));
    case 1:
        return project.setMark({"m" + std::to_string(n), imageNumber(n), "length", {{random.uniform(), 2, 3}}, ""});
    case 2:
        return project.removeMark("m" + std::to_string(n));
    case 3:
        return project.setClasses({"a", std::string(static_cast<std::size_t>(n) + 1, 'b')});
    case 4:
        return project.setLabels({labelOf(n, "both"), labelOf(n + 1, "both")});
    default:
        return project.setLabel(labelOf(n, "class " + std::to_string(random.below(3))));
    }
}

void execute(const std::filesystem::path& file, const char* statements)
{
    sqlite3* handle = nullptr;
    QCOMPARE(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
    QCOMPARE(sqlite3_exec(handle, statements, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(handle);
}

} // namespace

class ProjectTest : public QObject {
    Q_OBJECT
  private slots:
    void whatWasGivenIsThereAgainAfterReopening()
    {
        QTemporaryDir folder;
        const Mark mark{"7-1", imageNumber(1), "angle", {{1.5, -2, 3}, {0.1, 0, 1e-9}}, "Rippe \u00e4"};
        Label odd;
        odd.subject = {Subject::Level::Series, "pixels:ab/cd", 0};
        odd.className = "Lungenrundherd";
        odd.place = {"/a/\xff\xfe name.png", "x", 3, "", "s", "t"};
        {
            auto project = opened(folder);
            QVERIFY(project && project->notes().sentences.empty());
            QVERIFY(project->setClasses({"normal", "lesion"}));
            QVERIFY(project->setLabels({labelOf(1, "lesion"), odd}));
            QVERIFY(project->setMark(mark));
            QVERIFY(project->setRun({"run-1", "seed-cnn", "set", "2026-01-01T00:00:00Z", R"({"auc":0.9})"}));
            QVERIFY(project->setDataSet({"set", "/data", "", "abc"}));
        }
        auto project = opened(folder);
        QVERIFY(project);
        QCOMPARE(project->classes(), (std::vector<std::string>{"normal", "lesion"}));
        QVERIFY(project->label(imageNumber(1)) == labelOf(1, "lesion"));
        QVERIFY(project->label(odd.subject) == odd);
        QVERIFY(project->marks(imageNumber(1)) == std::vector<Mark>{mark});
        QCOMPARE(project->runs().size(), std::size_t{1});
        QCOMPARE(project->runs()[0].figures, std::string(R"({"auc":0.9})"));
        QVERIFY(project->dataSets()[0] == (DataSetEntry{"set", "/data", "", "abc"}));
        QVERIFY(std::filesystem::is_directory(project->runsFolder()));
        QVERIFY(!project->label(imageNumber(99)));
    }

    void aRandomWalkUndoneIsTheStart()
    {
        for (std::uint64_t seed = 1; seed <= 4; ++seed) {
            QTemporaryDir folder;
            auto project = opened(folder);
            Random random(seed, "walk");
            QVERIFY(project->setLabel(labelOf(0, "start")));
            while (*project->undo()) {
            }
            const Seen start = seen(*project);
            QVERIFY(start == Seen{});
            for (int i = 0; i < 60; ++i) {
                QVERIFY(randomAct(*project, random));
                if (random.below(5) == 0)
                    QVERIFY(project->undo());
                if (random.below(9) == 0)
                    QVERIFY(project->redo());
                if (i == 30)
                    project.reset(), project = opened(folder); // undo reaches back behind a reopening
            }
            const Seen end = seen(*project);
            int steps = 0;
            while (*project->undo())
                ++steps;
            QVERIFY(seen(*project) == start);
            QVERIFY(steps > 10);
            for (int i = 0; i < steps; ++i)
                QVERIFY(*project->redo());
            QVERIFY(seen(*project) == end);
        }
    }

    void oneActOnManyImagesIsOneUndoAndRunsAreNone()
    {
        QTemporaryDir folder;
        auto project = opened(folder);
        QVERIFY(project->setLabels({labelOf(1, "a"), labelOf(2, "a"), labelOf(3, "a")}));
        QVERIFY(project->setRun({"r", "n", "d", "t", "{}"}));
        QVERIFY(project->setPlaces({{imageNumber(1), {"/moved.dcm", "", 0, "", "", ""}}}));
        QCOMPARE(project->undoable(), std::string("label"));
        QVERIFY(*project->undo());
        QVERIFY(project->labels().empty());
        QCOMPARE(project->runs().size(), std::size_t{1});
        QVERIFY(!*project->undo());
        QCOMPARE(project->redoable(), std::string("label"));
        QVERIFY(*project->redo());
        QCOMPARE(project->label(imageNumber(1))->place.file, std::string("/moved.dcm"));
        QVERIFY(project->setLabel(labelOf(9, "b")));
        QVERIFY(!*project->redo());
    }

    void historyTellsWhoWhenWhatBeforeAndAfterAndIsOnlyAddedTo()
    {
        QTemporaryDir folder;
        auto project = opened(folder);
        QVERIFY(project->setLabel({imageNumber(1), "a", {}}));
        QVERIFY(project->setLabel({imageNumber(1), "b", {}}));
        QVERIFY(project->setLabel({imageNumber(1), "b", {}})); // is so already: no row
        QVERIFY(*project->undo());
        const auto rows = project->history();
        QVERIFY(rows);
        QCOMPARE(rows->size(), std::size_t{3});
        for (std::size_t i = 0; i < 3; ++i)
            QCOMPARE((*rows)[i].number, static_cast<std::int64_t>(i + 1));
        const HistoryRow& second = (*rows)[1];
        QCOMPARE(second.who, std::string("reader"));
        QVERIFY(second.when.ends_with("Z"));
        QVERIFY(second.before == "\"a\"" && second.after == "\"b\"");
        QVERIFY((*rows)[2].mode == HistoryRow::Mode::Undone && (*rows)[2].refersTo == second.step);
        sqlite3* handle = nullptr;
        sqlite3_open((project->folder() / "project.db").c_str(), &handle);
        QVERIFY(sqlite3_exec(handle, "DELETE FROM history", nullptr, nullptr, nullptr) != SQLITE_OK);
        QVERIFY(sqlite3_exec(handle, "UPDATE history SET who = 'x'", nullptr, nullptr, nullptr) != SQLITE_OK);
        sqlite3_close(handle);
    }

    void oneProgramAtATimeOpensAProject()
    {
        QTemporaryDir folder;
        auto first = opened(folder);
        const auto second = Project::open(folder.path().toStdString());
        QVERIFY(!second);
        QCOMPARE(second.error().kind, Error::Kind::Environment);
        QVERIFY(english(second.error()).find(std::to_string(QCoreApplication::applicationPid())) != std::string::npos);
        first.reset();
        QVERIFY(opened(folder));
    }

    void aBackupThatCannotBeMadeIsSaidWithItsPlace()
    {
        QTemporaryDir folder;
        must(opened(folder)->setLabel(labelOf(1, "a")));
        const std::filesystem::path place = folder.filePath("backups").toStdString();
        QVERIFY(std::filesystem::remove_all(place) > 0);
        std::ofstream(place) << "in the way";
        const auto project = opened(folder);
        QVERIFY(project && project->label(imageNumber(1)));
        QVERIFY(!project->notes().sentences.empty());
        const std::string sentence = english(project->notes().sentences[0]);
        QVERIFY2(sentence.starts_with("No backup could be made in " + place.string() + ": "), sentence.c_str());
    }

    void aNewerSchemaIsRefusedAndLeftAlone()
    {
        QTemporaryDir folder;
        must(opened(folder)->setLabel(labelOf(1, "a")));
        const std::filesystem::path file = folder.filePath("project.db").toStdString();
        execute(file, "PRAGMA user_version = 99; UPDATE head SET version = 99");
        const auto project = Project::open(folder.path().toStdString());
        QVERIFY(!project);
        QCOMPARE(project.error().kind, Error::Kind::Unsupported);
        QVERIFY(english(project.error()).find("newer") != std::string::npos);
        execute(file, "PRAGMA user_version = 1; UPDATE head SET version = 1");
        QVERIFY(opened(folder)->label(imageNumber(1)));
    }

    void anOlderSchemaIsMigratedAfterACopy()
    {
        QTemporaryDir folder;
        must(opened(folder)->setLabel(labelOf(1, "a")));
        std::vector<Migration> rows(schema().begin(), schema().end());
        const int newest = rows.back().version + 1;
        rows.push_back({newest, "CREATE TABLE further (a TEXT)"});
        const ProjectFiles files{folder.path().toStdString()};
        auto migrated = openSound(files, rows);
        QVERIFY(migrated);
        QCOMPARE(migrated->notes.sentences.size(), std::size_t{1});
        QVERIFY(migrated->database.rows("SELECT * FROM further"));
        QCOMPARE(migrated->chronicle.number, std::int64_t{2});
        const auto copy = files.backups() / ("before-schema-" + std::to_string(newest) + ".db");
        QVERIFY(std::filesystem::exists(copy));
        auto old = Database::open(copy, Database::Access::ReadOnly);
        QCOMPARE(schemaVersionOf(*old)->version, std::int64_t{newest - 1});
        rows.back().statements = "CREATE TABLE broken (";
        rows.push_back({newest + 1, "this is no SQL"});
        QVERIFY(!openSound(files, rows)); // not as it was made
        rows[rows.size() - 2].statements = "CREATE TABLE further (a TEXT)";
        QVERIFY(!openSound(files, rows)); // the migration fails and is rolled back
        rows.pop_back();
        QVERIFY(openSound(files, rows));
    }

    void aFolderOfSomethingElseIsNotMadeAProject()
    {
        QTemporaryDir folder;
        std::ofstream(folder.filePath("letter.txt").toStdString()) << "hello";
        const auto project = Project::open(folder.path().toStdString());
        QVERIFY(!project);
        QCOMPARE(project.error().kind, Error::Kind::BadInput);
        QVERIFY(!project.error().advice.isEmpty());
        QVERIFY(!Project::open("/proc/none/project"));
    }

    void theProjectOfSomeoneWithoutOneLiesInTheDataFolder()
    {
        qputenv("XDG_DATA_HOME", "/somewhere/data");
        QCOMPARE(defaultProjectFolder()->string(), std::string("/somewhere/data/hounsfield/project"));
        qunsetenv("XDG_DATA_HOME");
        const QByteArray home = qgetenv("HOME");
        qputenv("HOME", "/home/somebody");
        QCOMPARE(defaultProjectFolder()->string(), std::string("/home/somebody/.local/share/hounsfield/project"));
        qputenv("HOME", home);
    }

    void aSubjectIsItsUidOrItsPixels()
    {
        image::Facts facts;
        QVERIFY(subjectOf(facts, 0, "abc") == (Subject{Subject::Level::Image, "pixels:abc", 0}));
        facts.sopInstanceUIDs = {"1.2", "1.3"};
        QVERIFY(subjectOf(facts, 1, "abc") == (Subject{Subject::Level::Image, "1.3", 0}));
        facts.sopInstanceUIDs = {"1.2"};
        facts.frameNumbers = {1, 2, 3};
        QVERIFY(subjectOf(facts, 2, "abc") == (Subject{Subject::Level::Image, "1.2", 3}));
    }
};

int projectTest(int argc, char** argv)
{
    ProjectTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "project_test.moc"
