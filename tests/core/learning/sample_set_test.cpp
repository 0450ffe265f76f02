#include <QTemporaryDir>
#include <QtTest>

#include "core/base/atomic_file.h"
#include "core/base/csv.h"
#include "core/learning/sample_set.h"

#include <filesystem>
#include <numeric>

using namespace hounsfield;
using namespace hounsfield::learning;

class SampleSetTest : public QObject {
    Q_OBJECT
  private slots:
    void aRadiographIsTheSameWheneverItIsMade()
    {
        const auto first = phantomRadiograph(1, 17);
        QCOMPARE(phantomRadiograph(1, 17).picture.pixels, first.picture.pixels);
        QVERIFY(phantomRadiograph(1, 18).picture.pixels != first.picture.pixels);
        QVERIFY(phantomRadiograph(2, 17).picture.pixels != first.picture.pixels);
    }

    void halfOfTheRadiographsHaveALesionBrighterThanItsLung()
    {
        int lesions = 0;
        double contrast = 0;
        for (int i = 0; i < 400; ++i) {
            const auto made = phantomRadiograph(2, i, {0.30, 0.45});
            if (!made.hasLesion)
                continue;
            ++lesions;
            const auto x = static_cast<std::int64_t>(made.lesionX + 0.5);
            const auto y = static_cast<std::int64_t>(made.lesionY + 0.5);
            QVERIFY(x >= 0 && x < phantomSize && y >= 0 && y < phantomSize);
            const auto otherSide = phantomSize - 1 - x;
            contrast += made.picture.at(x, y) - made.picture.at(otherSide, y);
        }
        QVERIFY2(lesions > 160 && lesions < 240, qPrintable(QString::number(lesions)));
        QVERIFY2(contrast / lesions > 50, "lesions do not stand out against the other lung");
    }

    void theWrittenSetHasClassesPartsAndPlaces()
    {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        QVERIFY(writeSampleSet(path, {20, 10, {}}, Monitor{}));
        std::ptrdiff_t files = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(path))
            files += entry.path().extension() == ".png";
        QCOMPARE(files, std::ptrdiff_t{30});
        const auto table = parseCsv(*readFile(path / "lesions.csv"), "lesions.csv");
        QVERIFY(table);
        QVERIFY(!table->rows.empty());
        for (const auto& row : table->rows)
            QVERIFY(std::filesystem::exists(path / row[*table->column("file")]));
    }

    void aStopIsObeyed()
    {
        QTemporaryDir folder;
        std::stop_source stop;
        stop.request_stop();
        const auto written = writeSampleSet(folder.path().toStdString(), {}, Monitor(stop.get_token()));
        QVERIFY(!written);
        QCOMPARE(written.error().kind, Error::Kind::Cancelled);
    }
};

int sampleSetTest(int argc, char** argv)
{
    SampleSetTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "sample_set_test.moc"
