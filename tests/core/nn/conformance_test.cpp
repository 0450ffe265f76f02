#include <QtTest>

#include "core/nn/conformance.h"

#include <filesystem>

using namespace hounsfield;

class ConformanceTest : public QObject {
    Q_OBJECT
  private slots:
    void theStandardsOwnCasesPass()
    {
        const std::filesystem::path folder = std::filesystem::path(HOUNSFIELD_SHARED) / "onnx";
        if (!std::filesystem::exists(folder / "wanted.txt"))
            QSKIP("The standard's test cases are not here.");
        const auto cases = nn::conformanceCases(folder / "wanted.txt", "# [full]");
        QVERIFY(cases);
        QCOMPARE(cases->size(), std::size_t{703});
        const auto result = nn::runConformance(folder, *cases);
        QVERIFY2(result, result ? "" : english(result.error()).c_str());
        qInfo("core cases: %d passed, %zu failed, %d not applicable", result->passed, result->failures.size(),
            result->notApplicable);
        for (const auto& failure : result->failures)
            qWarning("%s: %s", failure.name.c_str(), failure.reason.c_str());
        for (const auto& name : result->corrected)
            qInfo("%s is passed with the attribute it was made with, which its node does not have", name.c_str());
        QVERIFY(result->failures.empty());
        QCOMPARE(result->passed, 703);
        QVERIFY(result->corrected.size() <= 1);
    }

    /// With what medical models use beyond the core; the rest needs operators that the table does not have.
    void mostOfTheFullListPasses()
    {
        const std::filesystem::path folder = std::filesystem::path(HOUNSFIELD_SHARED) / "onnx";
        if (!std::filesystem::exists(folder / "wanted.txt"))
            QSKIP("The standard's test cases are not here.");
        const auto cases = nn::conformanceCases(folder / "wanted.txt");
        QVERIFY(cases);
        const auto result = nn::runConformance(folder, *cases);
        QVERIFY2(result, result ? "" : english(result.error()).c_str());
        qInfo("all cases: %d passed, %zu failed, %d not applicable", result->passed, result->failures.size(),
            result->notApplicable);
        QVERIFY(result->failures.empty());
        QVERIFY(result->passed >= 1268);
    }

    void aFolderWithoutCasesIsSaid()
    {
        QVERIFY(!nn::runConformance("/nonexistent", {}));
        QVERIFY(!nn::runConformance("/nonexistent", {"node/test_abs"}));
    }
};

int conformanceTest(int argc, char** argv)
{
    ConformanceTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "conformance_test.moc"
