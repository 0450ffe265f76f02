#include <QAccessible>
#include <QApplication>
#include <QDir>
#include <QStyleFactory>
#include <QtTest>

#include "ui/plots/calibration_plot.h"
#include "ui/plots/confusion_matrix.h"
#include "ui/plots/curve_plot.h"
#include "ui/plots/histogram.h"
#include "ui/plots/roc_plot.h"

#include <cmath>

using namespace hounsfield;

namespace {

plots::CurveData lossOf(int epochs)
{
    plots::CurveData data;
    data.x = {1, 20, "Epoch", true};
    data.yLabel = "Loss";
    data.emptySentence = "The curves begin with the first epoch.";
    data.curves = {{"Training", {}}, {"Validation", {}}};
    for (int e = 1; e <= epochs; ++e) {
        data.curves[0].points.emplace_back(e, 0.15 + 0.6 * std::exp(-e / 5.0));
        data.curves[1].points.emplace_back(e, 0.25 + 0.5 * std::exp(-e / 4.0) + 0.002 * e);
    }
    if (epochs > 3) {
        data.mark = 12;
        data.markName = "Best epoch 12";
    }
    return data;
}

plots::RocData rocData()
{
    plots::RocCurve curve{"Pneumonia", {}, 0.953, 0.94, 0.966};
    for (int i = 0; i <= 50; ++i)
        curve.points.emplace_back(i / 50.0, std::pow(i / 50.0, 0.08));
    return {{curve}, QPointF(0.12, std::pow(0.12, 0.08)), "Threshold 0.42"};
}

int distinctColours(const QImage& image)
{
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            colours.insert(image.pixel(x, y));
    return static_cast<int>(colours.size());
}

/// Grabs the widget, keeps the picture beside the build and returns it.
QImage shot(QWidget& widget, const QString& name)
{
    const QString folder = QStringLiteral(HOUNSFIELD_BINARIES "/../screenshots");
    QDir().mkpath(folder);
    const QImage image = widget.grab().toImage();
    image.save(folder + "/plots_" + name + ".png");
    return image;
}

} // namespace

class PlotsTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        QApplication::setStyle(QStyleFactory::create("Fusion"));
        QPalette palette(QColor(0x2a, 0x2e, 0x33), QColor(0x20, 0x24, 0x28));
        palette.setColor(QPalette::Base, QColor(0x17, 0x1a, 0x1d));
        palette.setColor(QPalette::AlternateBase, QColor(0x22, 0x26, 0x2b));
        palette.setColor(QPalette::Text, QColor(0xe4, 0xe8, 0xec));
        palette.setColor(QPalette::PlaceholderText, QColor(0x9a, 0xa4, 0xae));
        palette.setColor(QPalette::Highlight, QColor(0x3d, 0x8f, 0xc9));
        QApplication::setPalette(palette);
    }

    void curvesShowLossAndTheBestEpoch()
    {
        plots::CurvePlot plot;
        plot.setData(lossOf(18));
        plot.resize(520, 280);
        QVERIFY(distinctColours(shot(plot, "curves")) > 20);
    }

    void anEmptyCurvePlotSaysWhenItFills()
    {
        plots::CurvePlot plot;
        plot.setData(lossOf(0));
        QCOMPARE(plot.accessibleDescription(), QString("The curves begin with the first epoch."));
        plot.resize(520, 280);
        shot(plot, "curves_empty");
    }

    void keysAndPointerReadTheCurves()
    {
        plots::CurvePlot plot;
        plot.setData(lossOf(18));
        plot.resize(520, 280);
        plot.show();
        plot.setFocus();
        QVERIFY(!plot.readAt());
        QTest::keyClick(&plot, Qt::Key_Right);
        QCOMPARE(plot.readAt(), std::optional<double>(18));
        QTest::keyClick(&plot, Qt::Key_Left);
        QCOMPARE(plot.readAt(), std::optional<double>(17));
        QTest::keyClick(&plot, Qt::Key_Home);
        QCOMPARE(plot.reading(), QString("Epoch 1: Training 0.6412, Validation 0.6414"));
        QTest::keyClick(&plot, Qt::Key_End);
        QCOMPARE(plot.readAt(), std::optional<double>(18));
        QTest::mouseMove(&plot, QPoint(260, 100));
        QTRY_VERIFY(plot.readAt() && *plot.readAt() > 5 && *plot.readAt() < 15);
        shot(plot, "curves_read");
    }

    void aValueThatIsNoNumberLeavesAGap()
    {
        plots::CurveData data = lossOf(10);
        data.curves[0].points[4].setY(std::nan(""));
        plots::CurvePlot plot;
        plot.setData(data);
        plot.resize(400, 240);
        QVERIFY(distinctColours(plot.grab().toImage()) > 20);
    }

    void rocShowsAreaIntervalAndThreshold()
    {
        plots::RocPlot plot;
        plot.setData(rocData());
        plot.resize(380, 380);
        QCOMPARE(plot.accessibleDescription(), QString("Pneumonia: AUC 0.953 (0.940–0.966)"));
        QVERIFY(distinctColours(shot(plot, "roc")) > 20);
    }

    void matrixCellsOpenByClickAndByKey()
    {
        plots::ConfusionMatrix matrix;
        matrix.setData({{"normal", "pneumonia"}, {{120, 14}, {9, 381}}});
        matrix.resize(420, 360);
        matrix.show();
        QSignalSpy activated(&matrix, &plots::ConfusionMatrix::cellActivated);
        QTest::mouseClick(&matrix, Qt::LeftButton, {}, matrix.cellRect({0, 1}).center().toPoint());
        QCOMPARE(activated.count(), 1);
        QCOMPARE(activated.last(), (QVariantList{0, 1}));
        matrix.setFocus();
        QTest::keyClick(&matrix, Qt::Key_Down);
        QTest::keyClick(&matrix, Qt::Key_Left);
        QTest::keyClick(&matrix, Qt::Key_Return);
        QCOMPARE(activated.last(), (QVariantList{1, 0}));
        QTest::keyClick(&matrix, Qt::Key_Left);
        QCOMPARE(matrix.current(), (plots::ConfusionMatrix::Cell{1, 0}));
        QCOMPARE(
            matrix.accessibleDescription(), QString("Label pneumonia, model said normal. Cases: 9 (2.3 % of the row)"));
        QTest::mouseClick(&matrix, Qt::LeftButton, {}, QPoint(2, 2));
        QCOMPARE(activated.count(), 2);
        shot(matrix, "confusion");
    }

    void aMatrixOfManyClassesStaysReadable()
    {
        plots::ConfusionData data;
        for (int i = 0; i < 10; ++i) {
            data.classes << QString("class %1 with a long name").arg(i);
            data.counts.emplace_back(10, 3);
            data.counts.back()[static_cast<std::size_t>(i)] = 100;
        }
        plots::ConfusionMatrix matrix;
        matrix.setData(data);
        matrix.resize(560, 520);
        QVERIFY(distinctColours(shot(matrix, "confusion_ten")) > 20);
    }

    void anEmptyMatrixTakesKeysWithoutHarm()
    {
        plots::ConfusionMatrix matrix;
        QSignalSpy activated(&matrix, &plots::ConfusionMatrix::cellActivated);
        QTest::keyClick(&matrix, Qt::Key_Right);
        QTest::keyClick(&matrix, Qt::Key_Return);
        QCOMPARE(activated.count(), 0);
        QVERIFY(!matrix.grab().isNull());
    }

    void histogramCountsByClass()
    {
        plots::Histogram histogram;
        histogram.setData(
            {{{"normal", {90, 22, 9, 5, 3, 2, 1, 1, 0, 1}}, {"pneumonia", {2, 1, 3, 2, 6, 8, 12, 30, 76, 250}}},
                {0, 1, "Probability of pneumonia"}, 0.42, "Threshold"});
        histogram.resize(460, 280);
        QCOMPARE(histogram.accessibleDescription(), QString("normal, cases: 134\npneumonia, cases: 390"));
        QVERIFY(distinctColours(shot(histogram, "histogram")) > 20);
    }

    void calibrationShowsItsError()
    {
        plots::CalibrationPlot plot;
        plot.setData(
            {{{0.05, 0.02, 120}, {0.3, 0.22, 20}, {0.55, 0.5, 12}, {0.8, 0.71, 30}, {0.96, 0.98, 340}}, 0.031});
        plot.resize(360, 360);
        QCOMPARE(plot.accessibleDescription(), QString("Expected calibration error 0.031"));
        QVERIFY(distinctColours(shot(plot, "calibration")) > 20);
    }

    void plotsAreDrawnAtAnySizeAndFont()
    {
        plots::RocPlot roc;
        roc.setData(rocData());
        plots::CurvePlot curves;
        curves.setData(lossOf(18));
        plots::ConfusionMatrix matrix;
        matrix.setData({{"a", "b"}, {{1, 2}, {3, 4}}});
        for (const double points : {6.0, 10.0, 24.0})
            for (const QSize size : {QSize(1, 1), QSize(40, 900), QSize(900, 40), QSize(1200, 800)})
                for (QWidget* widget :
                    {static_cast<QWidget*>(&roc), static_cast<QWidget*>(&curves), static_cast<QWidget*>(&matrix)}) {
                    QFont font = widget->font();
                    font.setPointSizeF(points);
                    widget->setFont(font);
                    widget->resize(size);
                    QCOMPARE(widget->grab().size(), size);
                }
    }

    void everyPlotHasAnAccessibleName()
    {
        plots::RocPlot roc;
        plots::ConfusionMatrix matrix;
        plots::Histogram histogram;
        plots::CalibrationPlot calibration;
        for (QWidget* widget : {static_cast<QWidget*>(&roc), static_cast<QWidget*>(&matrix),
                 static_cast<QWidget*>(&histogram), static_cast<QWidget*>(&calibration)})
            QVERIFY(!QAccessible::queryAccessibleInterface(widget)->text(QAccessible::Name).isEmpty());
    }
};

int plotsTest(int argc, char** argv)
{
    PlotsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "plots_test.moc"
