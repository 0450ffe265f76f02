#include <QtTest>

#include "core/base/random.h"
#include "core/reports/adjudication.h"

using namespace hounsfield;
using namespace hounsfield::reports;

namespace {

using Kind = Disagreement::Kind;
using Choice = Decision::Kind;

Document empty()
{
    Document document;
    document.id = "7";
    document.text = "左肺结节 🫁: no left effusion, a small nodule and a mass";
    return document;
}

std::string mark(Document& document, const std::string& label, std::vector<Span> pieces, const char* status = "present")
{
    const std::string id = "T" + std::to_string(document.spans.size() + 1);
    document.spans.push_back(
        {id, label, pieces, surfaceOf(CodePoints(document.text), pieces), {{"status", status}}, {}, true});
    return id;
}

void relate(Document& document, const std::string& type, const std::string& from, const std::string& to)
{
    document.relations.push_back({"R" + std::to_string(document.relations.size() + 1), type, from, to});
}

std::vector<Disagreement> differences(const Document& a, const Document& b)
{
    return disagreements(a, b).value();
}

Document decided(const Document& a, const Document& b, const std::vector<Choice>& choices)
{
    std::vector<Decision> decisions;
    for (const Choice choice : choices)
        decisions.push_back({choice, {}});
    return adjudicated(a, b, decisions).value().document;
}

Document decidedAll(const Document& a, const Document& b, Choice choice)
{
    return decided(a, b, std::vector(differences(a, b).size(), choice));
}

/// A document marked at random; `share` 0: as the base seed says, 1: anew.
Document randomDocument(std::uint64_t seed, std::uint64_t reader, double share)
{
    const char* const labels[] = {"Effusion", "Nodule", "Mass"};
    const char* const states[] = {"present", "absent"};
    Document document = empty();
    Random choice(seed, "who", 0, reader);
    for (std::uint64_t i = 0; i < 9; ++i) {
        Random random(choice.uniform() < share ? seed * 100 + reader : seed, "item", 0, i);
        if (random.uniform() < 0.25)
            continue;
        const std::int64_t begin = random.below(30);
        const std::int64_t middle = begin + 1 + random.below(6);
        std::vector<Span> pieces{{begin, middle}};
        if (random.uniform() < 0.3)
            pieces.push_back({middle + 2, middle + 4});
        mark(document, labels[random.below(3)], pieces, states[random.below(2)]);
        if (i < 3)
            document.labels.emplace_back(labels[i]);
        if (document.spans.size() > 1 && random.uniform() < 0.6)
            relate(document, "at", document.spans[document.spans.size() - 2].id, document.spans.back().id);
    }
    return document;
}

} // namespace

class AdjudicationTest : public QObject {
    Q_OBJECT
  private slots:
    void eachKindOfDisagreementIsToldInTheOrderOfTheText()
    {
        Document a = empty(), b = empty();
        a.labels = {"Effusion", "Nodule"};
        b.labels = {"Nodule", "Mass"};
        const std::string lesionA = mark(a, "Nodule", {{0, 4}}), lesionB = mark(b, "Nodule", {{0, 4}}); // agreed
        const std::string effusionA = mark(a, "Effusion", {{16, 24}}, "absent");
        const std::string effusionB = mark(b, "Effusion", {{11, 24}}, "absent");
        mark(b, "Mass", {{46, 50}});
        mark(b, "Mass", {{34, 40}});
        mark(a, "Nodule", {{34, 40}});
        mark(a, "Lung", {{1, 2}}, "absent");
        mark(b, "Lung", {{1, 2}}, "present");
        relate(a, "with", lesionA, effusionA);
        relate(b, "with", lesionB, effusionB); // agreed: their ends stand side by side
        relate(b, "without", effusionB, lesionB);
        const auto all = differences(a, b);
        const auto is = [&](std::size_t i, Kind kind, Span where, bool inA, bool inB) {
            const Disagreement& one = all.at(i);
            return one.kind == kind && one.where == where && one.isInA == inA && one.isInB == inB
                   && one.a.has_value() == (inA && kind != Kind::DocumentLabel && kind != Kind::Related)
                   && one.relation.has_value() == (kind == Kind::Related);
        };
        QCOMPARE(all.size(), std::size_t{7});
        QVERIFY(is(0, Kind::DocumentLabel, {}, true, false) && all[0].label == "Effusion");
        QVERIFY(is(1, Kind::DocumentLabel, {}, false, true) && all[1].label == "Mass");
        QVERIFY(is(2, Kind::Related, {0, 4}, false, true));
        QVERIFY(is(3, Kind::Attributes, {1, 2}, true, true));
        QVERIFY(is(4, Kind::Extent, {11, 24}, true, true));
        QVERIFY(is(5, Kind::Label, {34, 40}, true, true));
        QVERIFY(is(6, Kind::Marked, {46, 50}, false, true));
    }

    void whatReadersAgreeOnIsFinishedUnopened()
    {
        Document a = empty(), b = empty();
        a.labels = b.labels = {"Effusion"};
        const std::string one = mark(a, "Nodule", {{0, 4}}), two = mark(a, "Effusion", {{16, 24}});
        const std::string second = mark(b, "Effusion", {{16, 24}}), first = mark(b, "Nodule", {{0, 4}});
        relate(a, "with", one, two);
        relate(b, "with", first, second);
        b.spans[0].note = "seen late";
        b.facts["answer"] = "accept";
        QVERIFY(differences(a, b).empty());
        const Document made = decided(a, b, {});
        QCOMPARE(made.relations, a.relations);
        QCOMPARE(made.labels, a.labels);
        QCOMPARE(made.spans[1].note, std::string("seen late"));
        QCOMPARE(made.facts.at("answer"), std::string("accept"));
        b.relations[0].to = first;
        QCOMPARE(differences(a, b).size(), std::size_t{2});
    }

    void decisionsMakeTheDocument_data()
    {
        QTest::addColumn<int>("choice");
        QTest::addColumn<QStringList>("spans");
        QTest::addColumn<QStringList>("ends");
        const auto row = [](const char* name, Choice choice, const QStringList& spans, const QStringList& ends) {
            QTest::newRow(name) << static_cast<int>(choice) << spans << ends;
        };
        row("A", Choice::TakeA, {"T1 Nodule", "T2 Effusion"}, {"T1-T2"});
        row("B", Choice::TakeB, {"T1 Nodule", "T2 Mass"}, {"T1-T2"});
        row("both", Choice::Both, {"T1 Nodule", "T2 Effusion", "T3 Mass"}, {"T1-T2", "T1-T3"});
        row("neither", Choice::Neither, {"T1 Nodule"}, {});
        row("given", Choice::Given, {"T1 Nodule", "T2 Lesion"}, {"T1-T2"});
    }
    void decisionsMakeTheDocument()
    {
        QFETCH(int, choice);
        Document a = empty(), b = empty();
        mark(a, "Nodule", {{0, 4}});
        mark(a, "Effusion", {{16, 24}});
        relate(a, "with", "T1", "T2");
        mark(b, "Mass", {{16, 24}});
        mark(b, "Nodule", {{0, 4}});
        relate(b, "with", "T2", "T1");
        QCOMPARE(differences(a, b).size(), std::size_t{1});
        Decision decision{static_cast<Choice>(choice), {}};
        if (decision.kind == Choice::Given) {
            decision.given = a.spans[1];
            decision.given->label = "Lesion";
        }
        const Document made = adjudicated(a, b, std::vector{decision}).value().document;
        QStringList spans, ends;
        for (const Annotation& span : made.spans)
            spans << QString::fromStdString(span.id + " " + span.label);
        for (const Relation& relation : made.relations)
            ends << QString::fromStdString(relation.from + "-" + relation.to);
        QTEST(spans, "spans");
        QTEST(ends, "ends");
    }

    void suggestionsAreNoDisagreementAndBecomeNobodysJudgement()
    {
        Document a = empty(), b = empty();
        mark(a, "Nodule", {{0, 4}});
        relate(a, "with", "T1", mark(a, "Mass", {{46, 50}}));
        a.spans[1].isConfirmed = false;
        b.spans = {a.spans[0]};
        QVERIFY(differences(a, b).empty());
        const Document made = decided(a, b, {});
        QCOMPARE(made.spans.size(), std::size_t{1});
        QVERIFY(made.relations.empty());
        b.spans.push_back(a.spans[1]);
        b.spans[1].isConfirmed = true;
        QCOMPARE(differences(a, b).size(), std::size_t{1});
        QVERIFY(decided(a, b, {Choice::TakeB}).spans[1].isConfirmed);
    }

    void relationsThatGoWithAnAnnotationAreTold()
    {
        Document a = empty(), b = empty();
        mark(a, "Nodule", {{0, 4}});
        mark(a, "Effusion", {{16, 24}});
        mark(a, "Mass", {{46, 50}});
        relate(a, "with", "T1", "T2");
        relate(a, "near", "T2", "T3");
        b.spans = {a.spans[0], a.spans[2]};
        const auto all = differences(a, b);
        QCOMPARE(all.size(), std::size_t{3}); // the effusion and its two relations
        const auto number =
            static_cast<std::size_t>(std::ranges::find(all, Kind::Marked, &Disagreement::kind) - all.begin());
        QVERIFY(settled(a, b, number, Choice::TakeA).value().lost.empty());
        QCOMPARE(settled(a, b, number, Choice::TakeA).value().document, a);
        const Adjudicated gone = settled(a, b, number, Choice::TakeB).value();
        QCOMPARE(gone.lost, a.relations);
        QVERIFY(gone.document.relations.empty());
        QVERIFY(!settled(a, b, all.size(), Choice::TakeA));
        // Who decides a relation away has said so: nothing is lost with it.
        const auto related =
            static_cast<std::size_t>(std::ranges::find(all, Kind::Related, &Disagreement::kind) - all.begin());
        const Adjudicated parted = settled(a, b, related, Choice::Neither).value();
        QVERIFY(parted.lost.empty());
        QCOMPARE(parted.document.relations.size(), std::size_t{1});
        // Theirs cannot be had without the annotation it needs.
        const auto turned = differences(b, a);
        const auto theirs =
            static_cast<std::size_t>(std::ranges::find(turned, Kind::Related, &Disagreement::kind) - turned.begin());
        QCOMPARE(settled(b, a, theirs, Choice::TakeB).value().lost.size(), std::size_t{1});
    }

    void settlingOneThingLeavesSuggestionsWaiting()
    {
        Document a = empty(), b = empty();
        mark(a, "Nodule", {{0, 4}});
        mark(a, "Mass", {{46, 50}});
        mark(a, "Effusion", {{16, 24}});
        a.spans[1].isConfirmed = false;
        relate(a, "with", "T1", "T2");
        relate(a, "near", "T2", "T3");
        b.spans = {a.spans[0]};
        QCOMPARE(differences(a, b).size(), std::size_t{1});
        QCOMPARE(settled(a, b, 0, Choice::TakeA).value().document.spans.size(), std::size_t{3});
        const Adjudicated made = settled(a, b, 0, Choice::Neither).value();
        QCOMPARE(made.document.spans.size(), std::size_t{2});
        QCOMPARE(made.document.relations, std::vector{a.relations[0]});
        QCOMPARE(made.lost, std::vector{a.relations[1]});
    }

    void whatCannotBeDecidedIsRefused()
    {
        Document a = empty(), b = empty();
        a.labels = {"Effusion"};
        mark(b, "Nodule", {{0, 4}});
        const auto complaint = [&](const std::vector<Decision>& decisions) {
            const auto made = adjudicated(a, b, decisions);
            return made ? QString() : QString::fromStdString(english(made.error()));
        };
        QVERIFY(complaint({}).contains("Of 2 disagreements 0 are decided"));
        QVERIFY(complaint({{Choice::TakeA, {}}, {}}).contains("Of 2 disagreements 1 are decided"));
        QVERIFY(complaint({{Choice::Given, b.spans[0]}, {Choice::TakeA, {}}}).contains("Only marked words"));
        Annotation outside = b.spans[0];
        outside.pieces = {{0, 4000}};
        QVERIFY(complaint({{Choice::TakeA, {}}, {Choice::Given, outside}}).contains("outside of its text"));
        b.text += ".";
        QVERIFY(!disagreements(a, b) && !adjudicated(a, b, {}));
    }

    void nothingAgreedIsLostWhateverIsDecided()
    {
        for (std::uint64_t seed = 1; seed <= 300; ++seed) {
            const Document a = randomDocument(seed, 1, 0.3), b = randomDocument(seed, 2, 0.3);
            QVERIFY(check(a) && check(b));
            QVERIFY(differences(a, a).empty());
            QCOMPARE(decided(a, a, {}), a);
            const auto all = differences(a, b);
            QCOMPARE(all.size(), differences(b, a).size());
            QCOMPARE(decidedAll(a, b, Choice::TakeA), a);
            QVERIFY(differences(decidedAll(a, b, Choice::TakeB), b).empty());
            const Document both = decidedAll(a, b, Choice::Both), none = decidedAll(a, b, Choice::Neither);
            QVERIFY(check(both) && check(none));
            std::size_t disputed = 0;
            for (const Disagreement& one : all)
                disputed += (one.a ? 1 : 0) + (one.b ? 1 : 0);
            const std::size_t agreed = (a.spans.size() + b.spans.size() - disputed) / 2;
            QCOMPARE(none.spans.size(), agreed);
            QCOMPARE(both.spans.size(), agreed + disputed);
            QVERIFY(std::ranges::is_sorted(all, {}, [](const Disagreement& one) { return one.where.begin; }));
        }
    }
};

int adjudicationTest(int argc, char** argv)
{
    AdjudicationTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "adjudication_test.moc"
