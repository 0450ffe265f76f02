#include <QTextDocument>
#include <QtTest>

#include "core/base/random.h"
#include "ui/reports/text_positions.h"

using namespace hounsfield;
using namespace hounsfield::reporting;

class TextPositionsTest : public QObject {
    Q_OBJECT
  private slots:
    void offsetsComeBackFromPositions()
    {
        static constexpr char32_t letters[] = {U'a', U' ', U'\n', U'\r', U'肺', U'🫁', 0x301, 0xA0, 0x5D0, 0x2029,
            0x2028, 0xFDD0, 0xFFFC, U'\t', 0x202E};
        for (std::uint64_t turn = 0; turn < 500; ++turn) {
            Random random(turn, "text");
            QString text;
            for (std::int64_t i = random.below(40); i > 0; --i)
                text += QString::fromUcs4(&letters[random.below(std::int64_t(std::size(letters)))], 1);
            const std::string utf8 = text.toStdString();
            const TextPositions positions(utf8);
            QTextDocument document;
            document.setPlainText(positions.shown());
            QCOMPARE(document.characterCount() - 1, int(positions.shown().size())); // nothing was changed by the widget
            const reports::CodePoints points(utf8);
            QCOMPARE(positions.size(), points.size());
            for (std::int64_t i = 0; i < points.size(); ++i) {
                const bool isBehindReturn = i > 0 && points[i] == U'\n' && points[i - 1] == U'\r';
                QCOMPARE(positions.codePointAt(positions.positionOf(i)), isBehindReturn ? i - 1 : i);
                const reports::Span one = positions.spanOf(positions.positionOf(i), positions.positionOf(i + 1));
                if (!isBehindReturn && !(points[i] == U'\r' && i + 1 < points.size() && points[i + 1] == U'\n'))
                    QCOMPARE(one, (reports::Span{i, i + 1}));
            }
            QCOMPARE(positions.spanOf(0, int(positions.shown().size())), (reports::Span{0, points.size()}));
        }
    }

    void aSelectionWithinAnEmojiGrowsToAllOfIt()
    {
        const TextPositions positions("a🫁b");
        QCOMPARE(positions.spanOf(1, 2), (reports::Span{1, 2}));
        QCOMPARE(positions.spanOf(2, 3), (reports::Span{1, 2}));
    }
};

int textPositionsTest(int argc, char** argv)
{
    TextPositionsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "text_positions_test.moc"
