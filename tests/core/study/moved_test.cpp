#include <QTemporaryDir>
#include <QtTest>

#include "core/base/atomic_file.h"
#include "core/image/raster.h"
#include "core/study/moved.h"

#include "tests/phantoms.h"

using namespace hounsfield;
using namespace hounsfield::study;

/// Labelled images that were moved are found again.
class MovedTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    files::ReaderPool m_readers{1};

    std::filesystem::path at(const char* name) const { return m_folder.filePath(name).toStdString(); }

  private slots:
    void movedImagesAreFoundByUidAndByPixels()
    {
        std::filesystem::create_directories(at("old"));
        phantoms::DicomPicture picture;
        picture.cells.assign(256, 100);
        picture.sopUid = "1.2.826.0.1.3680043.8.498.77";
        QVERIFY(phantoms::writeDicom(at("old/a.dcm"), picture));
        const auto png = image::encodePng(image::Raster<std::uint8_t>(8, 8));
        QVERIFY(png && writeAtomically(at("old/b.png"), *png));
        auto project = Project::open(at("project"), "reader");
        QVERIFY(project);
        const auto hash = hashOf(at("old/b.png"));
        QVERIFY(!hash.empty());
        const Subject slice{Subject::Level::Image, picture.sopUid, 1};
        const Subject photograph{Subject::Level::Image, "pixels:" + hash, 1};
        QVERIFY(label(**project, slice, "lesion", at("old/a.dcm")));
        QVERIFY(label(**project, photograph, "normal", at("old/b.png")));

        QCOMPARE(findMoved(**project, m_readers, at("old"), Monitor{})->lost, 0);
        std::filesystem::create_directories(at("new/deep"));
        std::filesystem::rename(at("old/a.dcm"), at("new/deep/renamed.dcm"));
        std::filesystem::rename(at("old/b.png"), at("new/other.png"));
        const auto empty = findMoved(**project, m_readers, at("old"), Monitor{});
        QCOMPARE(empty->lost, 2);
        QCOMPARE(empty->found, 0);
        const auto moved = findMoved(**project, m_readers, at("new"), Monitor{});
        QVERIFY(moved);
        QCOMPARE(moved->found, 2);
        QCOMPARE((*project)->label(slice)->place.file, at("new/deep/renamed.dcm").string());
        QCOMPARE((*project)->label(photograph)->place.file, at("new/other.png").string());
        QCOMPARE((*project)->label(slice)->className, std::string("lesion"));
        QCOMPARE(findMoved(**project, m_readers, at("new"), Monitor{})->lost, 0);
    }

    void aFolderThatIsNotThereIsAnError()
    {
        auto project = Project::open(at("other project"), "reader");
        const Subject gone{Subject::Level::Image, "1.2.3", 0};
        QVERIFY(label(**project, gone, "lesion", at("gone.dcm")));
        QVERIFY(!findMoved(**project, m_readers, at("nowhere"), Monitor{}));
    }

  private:
    static bool label(
        Project& project, const Subject& subject, const std::string& className, const std::filesystem::path& file)
    {
        Label label{subject, className, {}};
        label.place.file = file.string();
        return project.setLabel(label).has_value();
    }
    std::string hashOf(const std::filesystem::path& file)
    {
        files::ImageSetRequest request;
        request.sources = {{file, ""}};
        const auto set = m_readers.readImages(request, Monitor{});
        return set && set->images.front() ? set->images.front()->pixelHash : std::string();
    }
};

int movedTest(int argc, char** argv)
{
    MovedTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "moved_test.moc"
