#include <QtTest>

#include "core/diagnosis/heat_map.h"
#include "core/diagnosis/placement.h"
#include "core/learning/networks.h"
#include "core/nn/builder.h"

#include <cmath>

using namespace hounsfield;
using namespace hounsfield::diagnosis;

namespace {

std::vector<MapLayer> layersOf(const std::string& network, std::int64_t size)
{
    learning::NetworkForm form;
    form.width = form.height = size;
    const auto graph = learning::buildNetwork(**learning::findNetwork(network), form);
    return mapLayers(*graph, {1, 1, size, size}).value();
}

} // namespace

class PlacementTest : public QObject {
    Q_OBJECT
  private slots:
    void cellsOfTheSeedNetworkLieAtEightAndAHalfAndEveryFourth()
    {
        const auto layers = layersOf("seed-cnn", 64);
        QCOMPARE(layers.size(), std::size_t{3});
        const auto chosen = defaultLayer(layers);
        QCOMPARE(chosen, std::ptrdiff_t{2});
        QCOMPARE(layers[2].height, std::int64_t{12});
        QVERIFY((layers[2].placement == Placement{{8.5, 8.5}, {4, 4}}));
        QVERIFY((layers[0].placement == Placement{{1, 1}, {1, 1}}));
        QCOMPARE(defaultLayer(layersOf("seed-cnn", 28)), std::ptrdiff_t{1}); // 11 × 11; the third is 3 × 3
    }

    void cellsOfTheResidualNetworkLieWithoutOffset()
    {
        const auto layers = layersOf("small-resnet", 64);
        const MapLayer& last = layers[static_cast<std::size_t>(defaultLayer(layers))];
        QCOMPARE(last.height, std::int64_t{8});
        QVERIFY((last.placement == Placement{{0, 0}, {8, 8}}));
    }

    void dilationStridesAndAutomaticPadsCount()
    {
        nn::Builder builder("net", 1);
        std::string x = builder.input("image", {-1, 1, 20, 30});
        x = builder.convolution(
            x, {.channels = 2, .kernel = {3, 5}, .strides = {2, 1}, .pads = {1, 0, 1, 0}, .dilations = {2, 1}});
        x = builder.relu(x);
        const auto graph = builder.finish({x});
        const auto layers = mapLayers(graph, {1, 1, 20, 30}).value();
        QCOMPARE(layers.size(), std::size_t{1});
        QVERIFY((layers[0].placement == Placement{{1, 2}, {2, 1}}));
        QCOMPARE(layers[0].value, x);
        nn::Graph same = graph;
        for (nn::Node& node : same.nodes)
            if (node.op == "Conv") {
                node.attributes.erase("pads");
                node.attributes["dilations"] = std::vector<std::int64_t>{1, 1};
                node.attributes["auto_pad"] = std::string("SAME_UPPER");
            }
        // 20 rows, kernel 3, stride 2: one row of zeros, behind; 30 columns, kernel 5: two on each side.
        QVERIFY((mapLayers(same, {1, 1, 20, 30}).value()[0].placement == Placement{{1, 0}, {2, 1}}));
    }

    void aHotCellIsHottestWhereItsReceptiveFieldLies()
    {
        CellMap map{12, 12, std::vector<float>(144), {{8.5, 8.5}, {4, 4}}};
        map.cells[3 * 12 + 7] = 2;
        const auto placed = placedMap(map, {}, 64, 64);
        const auto peak = peakOf(placed);
        QCOMPARE(peak[0], 8.5 + 4 * 7);
        QCOMPARE(peak[1], 8.5 + 4 * 3);
        QVERIFY(placed.at(36, 20) < 2.0F / 3); // a fixed scale: 2 logits in one cell are 2/3
        QCOMPARE(placed.at(0, 0), 0.0F);
        QVERIFY(hotterShare(placed, 36, 20) < 0.001);
        QVERIFY(hotterShare(placed, 0, 0) > 0.005);
        map.cells.assign(144, 0);
        map.cells[0] = 1;
        const auto corner = placedMap(map, {}, 64, 64);
        QCOMPARE(corner.at(0, 0), 0.5F); // beyond the outermost cells the border value holds
        QCOMPARE(corner.at(8, 8), 0.5F);
        QVERIFY(corner.at(10, 8) < 0.5F);
        QCOMPARE(peakOf(placedMap({12, 12, std::vector<float>(144), {}}, {}, 9, 9))[0], -1.0);
    }

    void theMapComesBackToTheImagesOwnGrid()
    {
        CellMap map{10, 10, std::vector<float>(100), {{0, 0}, {1, 1}}};
        map.cells[4 * 10 + 6] = 1;
        // An image of 40 × 20 in an input of 10 × 10: a quarter of the size, 2 rows of padding above and below.
        const auto placed = placedMap(map, {0.25, 0.25, 0, 2}, 40, 20);
        const auto peak = peakOf(placed);
        QVERIFY(std::abs(peak[0] - ((6 + 0.5) * 4 - 0.5)) <= 0.5);
        QVERIFY(std::abs(peak[1] - ((4 - 2 + 0.5) * 4 - 0.5)) <= 0.5);
    }

    void methodsDifferOnlyWhereTheGradientDoes()
    {
        nn::Tensor activation({1, 2, 1, 2}, std::vector<float>{1, 2, 3, 4});
        const nn::Tensor even({1, 2, 1, 2}, std::vector<float>{5, 5, -1, -1});
        QCOMPARE(cellMap(MapMethod::HiResCam, activation, even, {}).cells, (std::vector<float>{2, 6}));
        QCOMPARE(cellMap(MapMethod::GradCam, activation, even, {}).cells, (std::vector<float>{2, 6}));
        const nn::Tensor uneven({1, 2, 1, 2}, std::vector<float>{10, 0, 0, -2});
        QCOMPARE(cellMap(MapMethod::HiResCam, activation, uneven, {}).cells, (std::vector<float>{10, 0}));
        QCOMPARE(cellMap(MapMethod::GradCam, activation, uneven, {}).cells, (std::vector<float>{2, 6}));
    }
};

int placementTest(int argc, char** argv)
{
    PlacementTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "placement_test.moc"
