#include <QtTest>

#include "core/base/random.h"
#include "core/reports/agreement.h"
#include "core/reports/span_pairs.h"

#include <cmath>

using namespace hounsfield;
using namespace hounsfield::reports;

Q_DECLARE_METATYPE(std::vector<hounsfield::reports::Rating>)

namespace {

using Readers = std::vector<std::vector<Document>>;

/// Two readers' judgements from a table of how often each pair of categories was given.
std::vector<Rating> fromTable(const std::vector<std::vector<int>>& table)
{
    std::vector<Rating> ratings;
    for (std::size_t i = 0; i < table.size(); ++i)
        for (std::size_t j = 0; j < table[i].size(); ++j)
            ratings.insert(
                ratings.end(), static_cast<std::size_t>(table[i][j]), Rating{static_cast<int>(i), static_cast<int>(j)});
    return ratings;
}

/// One line a reader, one sign a thing; a point where the reader did not judge it.
std::vector<Rating> fromLines(const QStringList& lines)
{
    std::vector<Rating> ratings(static_cast<std::size_t>(lines.front().size()));
    for (const QString& line : lines)
        for (int i = 0; i < line.size(); ++i)
            ratings[static_cast<std::size_t>(i)].push_back(line[i] == '.' ? -1 : line[i].toLatin1() - '0');
    return ratings;
}

bool isNear(std::optional<double> value, double expected, double tolerance = 5e-4)
{
    return value && std::abs(*value - expected) <= tolerance;
}

Document withText(const char* id)
{
    Document document;
    document.id = id;
    document.text = "no left effusion, a nodule and a mass";
    return document;
}

void mark(Document& document, const char* label, Span span, const char* status = "present")
{
    const CodePoints points(document.text);
    document.spans.push_back({"T" + std::to_string(document.spans.size() + 1), label, {span}, surfaceOf(points, {span}),
        {{"status", status}}, {}, true});
}

Agreement agreed(const Readers& readers, const AgreementOptions& options = {})
{
    return agreementOf(readers, options, Monitor()).value();
}

const LabelAgreement& of(const Agreement& agreement, const std::string& label)
{
    return *std::ranges::find(agreement.labels, label, &LabelAgreement::label);
}

/// Documents marked at random, the same for the same seed.
std::vector<Document> randomReader(std::uint64_t seed)
{
    const char* const labels[] = {"Effusion", "Nodule", "Mass"};
    const char* const states[] = {"present", "absent", "uncertain"};
    std::vector<Document> documents;
    for (int i = 0; i < 12; ++i) {
        Random random(seed, "reader", 0, static_cast<std::uint64_t>(i));
        documents.push_back(withText(qPrintable(QString::number(i))));
        for (const char* label : labels)
            if (random.uniform() < 0.5)
                documents.back().labels.emplace_back(label);
        for (std::int64_t spans = random.below(5); spans > 0; --spans) {
            const std::int64_t begin = random.below(20);
            mark(documents.back(), labels[random.below(3)], {begin, begin + 1 + random.below(9)},
                states[random.below(3)]);
        }
    }
    return documents;
}

std::vector<Figure> figuresOf(const Agreement& agreement)
{
    std::vector<Figure> figures;
    const auto add = [&](const LabelAgreement& of) {
        for (const Figure& figure :
            {of.documentKappa, of.documentAlpha, of.attributeKappa, of.attributeAlpha, of.exactF1, of.overlapF1})
            figures.push_back(figure);
    };
    add(agreement.overall);
    for (const LabelAgreement& label : agreement.labels)
        add(label);
    return figures;
}

} // namespace

class AgreementTest : public QObject {
    Q_OBJECT
  private slots:
    void kappaIsThatOfTheLiterature_data()
    {
        QTest::addColumn<std::vector<Rating>>("ratings");
        QTest::addColumn<double>("kappa");
        const auto row = [](const char* name, const std::vector<std::vector<int>>& table, double kappa) {
            QTest::newRow(name) << fromTable(table) << kappa;
        };
        row("Cohen 1960, 200 subjects in three categories", {{88, 14, 18}, {10, 40, 10}, {2, 6, 12}}, 0.4915);
        row("50 grants, two readers", {{20, 5}, {10, 15}}, 0.4);
        row("60 % agreement, even use", {{45, 15}, {25, 15}}, 0.1304);
        row("60 % agreement, uneven use", {{25, 35}, {5, 35}}, 0.2593);
        row("perfect", {{7, 0}, {0, 3}}, 1);
        row("as by chance", {{1, 1}, {1, 1}}, 0);
        row("opposite", {{0, 5}, {5, 0}}, -1);
    }
    void kappaIsThatOfTheLiterature()
    {
        QFETCH(std::vector<Rating>, ratings);
        QFETCH(double, kappa);
        QVERIFY(isNear(cohenKappa(ratings), kappa, 6e-5));
        for (Rating& rating : ratings)
            std::swap(rating[0], rating[1]);
        QVERIFY(isNear(cohenKappa(ratings), kappa, 6e-5));
    }

    void alphaIsThatOfTheLiterature_data()
    {
        QTest::addColumn<std::vector<Rating>>("ratings");
        QTest::addColumn<double>("alpha");
        const auto row = [](const char* name, const QStringList& lines, double alpha) {
            QTest::newRow(name) << fromLines(lines) << alpha;
        };
        row("Krippendorff 2011, four observers", {"123321412...", "1233224125.3", ".3332342251.", "12332441251."},
            0.743);
        row("Krippendorff 2011, two observers, two categories", {"0100000010", "1110010000"}, 0.095);
        row("Krippendorff 2011, two observers, five categories", {"001132224330", "101112224333"}, 0.692);
        row("perfect", {"0120", "0120", "01.."}, 1);
    }
    void alphaIsThatOfTheLiterature()
    {
        QFETCH(std::vector<Rating>, ratings);
        QFETCH(double, alpha);
        QVERIFY(isNear(krippendorffAlpha(ratings), alpha));
        for (Rating& rating : ratings)
            std::ranges::reverse(rating);
        QVERIFY(isNear(krippendorffAlpha(ratings), alpha));
    }

    void whatIsUndefinedIsNothing_data()
    {
        QTest::addColumn<std::vector<Rating>>("ratings");
        QTest::newRow("nothing") << std::vector<Rating>{};
        QTest::newRow("one category") << fromLines({"0000", "0000"});
        QTest::newRow("one reader") << fromLines({"0101", "...."});
        QTest::newRow("never the same thing") << fromLines({"01..", "..01"});
        QTest::newRow("no readers") << std::vector<Rating>(3);
    }
    void whatIsUndefinedIsNothing()
    {
        QFETCH(std::vector<Rating>, ratings);
        QVERIFY(!cohenKappa(ratings));
        QVERIFY(!krippendorffAlpha(ratings));
    }

    void spansCountExactlyAndByOverlap()
    {
        Document a = withText("1"), b = withText("1");
        mark(a, "Effusion", {3, 16}); // left effusion
        mark(b, "Effusion", {8, 16}); // effusion
        mark(a, "Nodule", {20, 26});
        mark(b, "Nodule", {20, 26});
        mark(b, "Nodule", {33, 37});
        const Agreement agreement = agreed({{a}, {b}});
        QVERIFY(isNear(of(agreement, "Effusion").exactF1.value, 0));
        QVERIFY(isNear(of(agreement, "Effusion").overlapF1.value, 1));
        QVERIFY(isNear(of(agreement, "Nodule").exactF1.value, 2.0 / 3));
        QVERIFY(isNear(agreement.overall.exactF1.value, 2.0 / 5));
        QVERIFY(isNear(agreement.overall.overlapF1.value, 4.0 / 5));
        QCOMPARE(agreement.overall.exactF1.count, std::int64_t{5});
    }

    void oneSpanIsPairedOnceAndPairsAreAsManyAsCanBe()
    {
        Document a = withText("1"), b = withText("1");
        for (const Span span : {Span{0, 10}, Span{0, 4}})
            mark(a, "Nodule", span);
        for (const Span span : {Span{2, 3}, Span{8, 12}, Span{8, 9}})
            mark(b, "Nodule", span);
        // The long one must leave {2, 3} to the short one.
        QVERIFY(isNear(agreed({{a}, {b}}).overall.overlapF1.value, 4.0 / 5));
        QVERIFY(isNear(agreed({{b}, {a}}).overall.overlapF1.value, 4.0 / 5));
    }

    void labelsOfDocumentsAndStatusOfFindingsAreCompared()
    {
        Readers readers(2);
        const auto add = [&](const char* id, bool inA, bool inB, const char* statusA, const char* statusB) {
            for (std::size_t reader = 0; reader < 2; ++reader) {
                Document document = withText(id);
                if (reader == 0 ? inA : inB)
                    document.labels = {"Effusion"};
                mark(document, "Effusion", {reader == 0 ? 3 : 8, 16}, reader == 0 ? statusA : statusB);
                readers[reader].push_back(document);
            }
        };
        add("1", true, true, "present", "present");
        add("2", true, false, "present", "absent");
        add("3", false, false, "absent", "absent");
        add("4", false, false, "absent", "absent");
        readers[1].push_back(withText("5")); // read by one only
        const Agreement agreement = agreed(readers, {{"Effusion", "Mass"}, "status", 200, 3});
        QCOMPARE(agreement.documents, std::int64_t{4});
        const LabelAgreement& effusion = of(agreement, "Effusion");
        QVERIFY(isNear(effusion.documentKappa.value, 0.5));
        QVERIFY(isNear(effusion.attributeKappa.value, 0.5));
        QCOMPARE(effusion.attributeKappa.count, std::int64_t{4});
        QVERIFY(effusion.documentKappa.interval && effusion.documentKappa.interval->high <= 1);
        // Nobody used the other label: it is undefined and takes no part in the pooled figure.
        QVERIFY(!of(agreement, "Mass").documentKappa.value && !of(agreement, "Mass").documentKappa.interval);
        QVERIFY(!of(agreement, "Mass").exactF1.value);
        QVERIFY(isNear(agreement.overall.documentKappa.value, 0.5));
    }

    void whoSaysTwoThingsOfOneFindingHasSaidNothing()
    {
        Document a = withText("1"), b = withText("1");
        mark(a, "Effusion", {3, 16}, "present");
        mark(a, "Effusion", {8, 16}, "absent");
        mark(b, "Effusion", {3, 16}, "present");
        QCOMPARE(agreed({{a}, {b}}).overall.attributeKappa.count, std::int64_t{0});
    }

    void suggestionsAreNobodysJudgement()
    {
        Document a = withText("1"), b = withText("1");
        mark(a, "Nodule", {20, 26});
        mark(b, "Nodule", {20, 26});
        b.spans[0].isConfirmed = false;
        QVERIFY(isNear(agreed({{a}, {b}}).overall.exactF1.value, 0));
        a.spans[0].isConfirmed = false;
        QVERIFY(!agreed({{a}, {b}}).overall.exactF1.value);
    }

    void threeReadersHaveAnAlphaOnly()
    {
        Readers readers;
        for (std::uint64_t seed = 1; seed <= 3; ++seed)
            readers.push_back(randomReader(seed));
        readers[2].resize(7); // has not read the rest
        const Agreement agreement = agreed(readers);
        QVERIFY(agreement.overall.documentAlpha.value && agreement.overall.attributeAlpha.value);
        QVERIFY(!agreement.overall.documentKappa.value && !agreement.overall.exactF1.value);
        std::swap(readers[0], readers[2]);
        QVERIFY(isNear(agreed(readers).overall.attributeAlpha.value, *agreement.overall.attributeAlpha.value, 1e-12));
        QVERIFY(isNear(agreed(readers).overall.documentAlpha.value, *agreement.overall.documentAlpha.value, 1e-12));
    }

    void agreementIsSymmetricAndNeverNaN()
    {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            const Readers readers{randomReader(2 * seed), randomReader(2 * seed + 1)};
            const auto there = figuresOf(agreed(readers, {{}, "status", 50, 1}));
            const auto back = figuresOf(agreed({readers[1], readers[0]}, {{}, "status", 50, 1}));
            QCOMPARE(there.size(), back.size());
            for (std::size_t i = 0; i < there.size(); ++i) {
                QCOMPARE(there[i].count, back[i].count);
                QCOMPARE(there[i].value.has_value(), back[i].value.has_value());
                if (!there[i].value)
                    continue;
                QVERIFY(isNear(there[i].value, *back[i].value, 1e-12));
                QVERIFY(*there[i].value >= -1 && *there[i].value <= 1);
                QVERIFY(!there[i].interval || there[i].interval->low <= there[i].interval->high);
            }
        }
    }

    void whoAgreesWithHimselfAgreesWholly()
    {
        const std::vector<Document> reader = randomReader(5);
        const Agreement agreement = agreed({reader, reader});
        for (const Figure& figure : figuresOf(agreement))
            QVERIFY(!figure.value || isNear(figure.value, 1, 1e-12));
        QVERIFY(agreement.overall.exactF1.interval && agreement.overall.exactF1.interval->low == 1);
    }

    void documentsThatAreNotTheSameAreRefused()
    {
        Document other = withText("1");
        other.text += ".";
        const auto differ = agreementOf(Readers{{withText("1")}, {other}}, {}, Monitor());
        QVERIFY(!differ && english(differ.error()).find("not the same") != std::string::npos);
        QVERIFY(!agreementOf(Readers{{withText("1"), withText("1")}, {}}, {}, Monitor()));
        QVERIFY(!agreed({}).overall.documentAlpha.value);
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = agreementOf(Readers{{withText("1")}, {withText("1")}}, {}, Monitor(stop.get_token()));
        QVERIFY(!stopped && stopped.error().kind == Error::Kind::Cancelled);
    }
};

int agreementTest(int argc, char** argv)
{
    AgreementTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "agreement_test.moc"
