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
        const auto first = makeSample({1}, 17);
        QCOMPARE(makeSample({1}, 17).picture.pixels, first.picture.pixels);
        QVERIFY(makeSample({1}, 18).picture.pixels != first.picture.pixels);
        QVERIFY(makeSample({2}, 17).picture.pixels != first.picture.pixels);
    }

    void halfOfTheRadiographsHaveALesionBrighterThanItsLung()
    {
        int lesions = 0;
        double contrast = 0;
        for (int i = 0; i < 400; ++i) {
            const auto made = makeSample({2, 0.30, 0.45}, i);
            if (!made.hasLesion)
                continue;
            ++lesions;
            const auto x = static_cast<std::int64_t>(made.x + 0.5);
            const auto y = static_cast<std::int64_t>(made.y + 0.5);
            QVERIFY(x >= 0 && x < sampleSize && y >= 0 && y < sampleSize);
            const auto otherSide = sampleSize - 1 - x;
            contrast += made.picture.at(x, y) - made.picture.at(otherSide, y);
        }
        QVERIFY2(lesions > 160 && lesions < 240, qPrintable(QString::number(lesions)));
        QVERIFY2(contrast / lesions > 50, "lesions do not stand out against the other lung");
    }

    void theWrittenSetHasClassesPartsAndPlaces()
    {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        const auto images = writeSampleFolder(path, {}, 0, 30, Monitor{});
        QVERIFY(images);
        QCOMPARE(images->size(), std::size_t{30});
        std::ptrdiff_t files = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(path))
            files += entry.path().extension() == ".png";
        QCOMPARE(files, std::ptrdiff_t{30});
        const auto table = parseCsv(*readFile(path / "labels.csv"), "labels.csv");
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
        const auto written = writeSampleFolder(folder.path().toStdString(), {}, 0, 5, Monitor(stop.get_token()));
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
