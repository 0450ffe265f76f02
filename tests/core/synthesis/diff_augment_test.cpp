#include <QtTest>

#include "core/synthesis/diff_augment.h"

#include <cmath>
#include <vector>

using namespace hounsfield;
using namespace hounsfield::synthesis;

namespace {

std::vector<float> noise(const ImageForm& form, std::uint64_t number)
{
    Random random(1, "noise", number);
    std::vector<float> image(static_cast<std::size_t>(form.elements()));
    for (float& value : image)
        value = static_cast<float>(random.uniform(-1, 1));
    return image;
}

AugmentOptions all()
{
    AugmentOptions options;
    options.isMirrored = true;
    return options;
}

} // namespace

class DiffAugmentTest : public QObject {
    Q_OBJECT
  private slots:
    void switchedOffItChangesNothing()
    {
        const ImageForm form{5, 4, 3};
        AugmentOptions options;
        options.isOn = false;
        const auto image = noise(form, 0);
        std::vector<float> changed(image.size());
        augment(drawAugment(options, form, Random(1, "x")), form, image, changed);
        QCOMPARE(changed, image);
    }

    void pixelsMoveAndTheSquareIsBlank()
    {
        const ImageForm form{4, 3, 1};
        AugmentDraw draw;
        draw.right = 1;
        draw.down = -1;
        draw.left = 3;
        draw.top = 0;
        draw.cut = 1;
        draw.brightness = 0.5F;
        const std::vector<float> image{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        std::vector<float> changed(image.size());
        augment(draw, form, image, changed);
        const std::vector<float> expected{0, 5.5, 6.5, 0, 0, 9.5, 10.5, 11.5, 0, 0, 0, 0};
        QCOMPARE(changed, expected);
    }

    void contrastKeepsTheMean()
    {
        const ImageForm form{8, 8, 1};
        AugmentDraw draw;
        draw.contrast = 1.5F;
        const auto image = noise(form, 3);
        std::vector<float> changed(image.size());
        augment(draw, form, image, changed);
        double before = 0, behind = 0;
        for (std::size_t i = 0; i < image.size(); ++i) {
            before += image[i];
            behind += changed[i];
        }
        QVERIFY(std::abs(before - behind) < 1e-4);
        QVERIFY(std::abs((changed[0] - changed[1]) - 1.5F * (image[0] - image[1])) < 1e-5);
    }

    /// ⟨augment′(x), g⟩ by central differences against augmentBackward, for many draws, odd sizes and colours.
    void theGradientIsThatOfCentralDifferences()
    {
        for (const ImageForm form : {ImageForm{7, 5, 1}, ImageForm{6, 9, 3}})
            for (std::uint64_t number = 0; number < 40; ++number) {
                const AugmentDraw draw = drawAugment(all(), form, Random(7, "draw", number));
                const auto image = noise(form, number), weight = noise(form, number + 1000);
                std::vector<float> gradient(image.size()), changed(image.size());
                augmentBackward(draw, form, weight, gradient);
                const auto value = [&](std::size_t i, float by) {
                    auto moved = image;
                    moved[i] += by;
                    augment(draw, form, moved, changed);
                    double sum = 0;
                    for (std::size_t k = 0; k < changed.size(); ++k)
                        sum += static_cast<double>(changed[k]) * static_cast<double>(weight[k]);
                    return sum;
                };
                for (std::size_t i = 0; i < image.size(); i += 7) {
                    const double numeric = (value(i, 0.25F) - value(i, -0.25F)) / 0.5;
                    QVERIFY2(std::abs(numeric - static_cast<double>(gradient[i])) < 1e-4,
                        qPrintable(
                            QString("draw %1 element %2: %3 for %4").arg(number).arg(i).arg(numeric).arg(gradient[i])));
                }
            }
    }

    void drawsStayWithinTheirOptionsAndDifferFromImageToImage()
    {
        const ImageForm form{32, 32, 1};
        int different = 0, mirrored = 0;
        AugmentDraw last;
        for (std::uint64_t i = 0; i < 500; ++i) {
            const AugmentDraw draw = drawAugment(AugmentOptions(), form, Random(1, "draw", 0, i));
            QVERIFY(std::abs(draw.right) <= 4 && std::abs(draw.down) <= 4 && draw.cut == 16);
            QVERIFY(std::abs(draw.brightness) <= 0.25F && draw.contrast >= 0.5F && draw.contrast <= 1.5F);
            different += draw.right != last.right || draw.left != last.left;
            mirrored += draw.isMirrored;
            last = draw;
        }
        QVERIFY(different > 450);
        QCOMPARE(mirrored, 0);
    }
};

int diffAugmentTest(int argc, char** argv)
{
    DiffAugmentTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "diff_augment_test.moc"
