#include <QtTest>

#include "core/base/random.h"
#include "core/reports/sections.h"

using namespace hounsfield;
using namespace hounsfield::reports;

namespace {

/// Kinds by their first letters (O, I, C, T, F, M for impression), with bodies.
QString written(const CodePoints& text)
{
    QString all;
    for (const Section& section : sectionsOf(text))
        all += QString(all.isEmpty() ? "" : "|") + "OICTFM"[int(section.kind)] + "="
               + QString::fromStdString(text.slice(section.body));
    return all;
}

} // namespace

class SectionsTest : public QObject {
    Q_OBJECT
  private slots:
    void headingsAreFound_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("sections");
        const auto row = [](const char* name, const char* text, const char* sections) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(sections);
        };
        row("none", "No acute disease.", "O=No acute disease.");
        row("nothing", "", "O=");
        row("lines", "CHEST X-RAY\nINDICATION: Cough.\r\nFINDINGS:\r\n Clear.\r\n\r\nIMPRESSION: Normal.\n",
            "O=CHEST X-RAY|I=Cough.|F=Clear.|M=Normal.");
        row("one line in capitals", "COMPARISON: None. TECHNIQUE: PA. FINDINGS: Clear IMPRESSION: Normal.",
            "C=None.|T=PA.|F=Clear|M=Normal.");
        row("one line after full stops", "Findings: Clear. Impression: Normal.", "F=Clear.|M=Normal.");
        row("a word within a sentence", "Findings: The clinical impression: unclear history: long.",
            "F=The clinical impression: unclear history: long.");
        row("a longer name", "Clinical history: pain\nPAST HISTORY: none", "I=pain\nPAST HISTORY: none");
        row("alone on a line", "Findings\nClear lungs.\n\nImpression\nNormal.", "F=Clear lungs.|M=Normal.");
        row("lists and marks", "1. Findings: a\n**Impression:** b\n**Comparison**: d\n## Technique\nc",
            "F=a|M=b|C=d|T=c");
        row("an empty body", "FINDINGS:\nIMPRESSION: x", "F=|M=x");
        row("Chinese lines", "检查方法：平扫。\n检查所见：双肺清晰。\n诊断意见：未见异常。",
            "T=平扫。|F=双肺清晰。|M=未见异常。");
        row("Chinese in one line", "临床诊断：咳嗽。影像所见：双肺清晰。印象：正常。",
            "I=咳嗽。|F=双肺清晰。|M=正常。");
        row("Chinese brackets", "【影像所见】双肺清晰【诊断意见】：正常", "F=双肺清晰|M=正常");
        row("Chinese within a sentence", "影像所见：考虑诊断明确，印象深", "F=考虑诊断明确，印象深");
        row("Chinese numbers", "一、检查所见: 清晰\n二、结论\n正常", "F=清晰|M=正常");
    }
    void headingsAreFound()
    {
        QFETCH(QString, text);
        QFETCH(QString, sections);
        QCOMPARE(written(CodePoints(text.toStdString())), sections);
    }

    void headingSpansHoldTheHeadings()
    {
        const CodePoints text("é👍\n1. FINDINGS : Clear.");
        const auto sections = sectionsOf(text);
        QCOMPARE(sections.size(), std::size_t{2});
        QCOMPARE(text.slice(sections[1].heading), std::string("1. FINDINGS :"));
        QCOMPARE(sections[1].heading.begin, std::int64_t{3});
    }

    void spansStayInOrderWhateverTheText()
    {
        const std::vector<std::string> parts{"Findings", "IMPRESSION", ":", "：", "\n", " ", ".", "。", "【", "】",
            "诊断", "所见", "a", "\xFF", "👍", "\r", "*", "1"};
        for (std::uint64_t round = 0; round < 3000; ++round) {
            Random random(1, "sections", 0, round);
            std::string all;
            for (std::int64_t i = random.below(40); i > 0; --i)
                all += parts[std::size_t(random.below(std::int64_t(parts.size())))];
            const CodePoints text(all);
            std::int64_t before = 0;
            for (const Section& section : sectionsOf(text)) {
                QVERIFY(section.heading.begin >= before && section.heading.end >= section.heading.begin);
                QVERIFY(section.body.begin >= section.heading.end && section.body.end >= section.body.begin);
                before = section.body.end;
            }
            QVERIFY(before <= text.size());
        }
    }

    void columnsAreCalledLikeSections()
    {
        QCOMPARE(sectionKindOf(" Findings "), SectionKind::Findings);
        QCOMPARE(sectionKindOf("IMPRESSION"), SectionKind::Impression);
        QCOMPARE(sectionKindOf("影像所见"), SectionKind::Findings);
        QCOMPARE(sectionKindOf("诊断意见"), SectionKind::Impression);
        QCOMPARE(sectionKindOf("findings_count"), SectionKind::Other);
        QCOMPARE(sectionKindOf(""), SectionKind::Other);
    }
};

int sectionsTest(int argc, char** argv)
{
    SectionsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "sections_test.moc"
