#include <QProcess>
#include <QtTest>

#include "core/reports/document_findings.h"
#include "core/reports/local_rules.h"
#include "core/reports/rule_changes.h"

#include <ctime>

using namespace hounsfield;
using namespace hounsfield::reports;

namespace {

Document withText(const QString& text, int id = 1)
{
    Document document;
    document.id = std::to_string(id);
    document.text = text.toStdString();
    return document;
}

/// The place of some words in a document, by code points.
Span placeOf(const Document& document, const QString& words)
{
    const QString text = QString::fromStdString(document.text);
    const auto begin = text.left(text.indexOf(words)).toUcs4().size();
    return {begin, begin + words.toUcs4().size()};
}

/// A correction of some words; the rules' reading of them is looked up. Empty status: it says nothing of it.
Correction correctionOf(const Document& document, const QString& words, const QString& label,
    const QString& status = {}, const QString& because = {}, const RuleSet& rules = RuleSet::shipped())
{
    const Span span = placeOf(document, words);
    Correction correction{
        {"T1", label.toStdString(), {span}, words.toStdString(), {}, {}, true}, std::nullopt, std::nullopt};
    if (!status.isEmpty())
        correction.corrected.attributes["status"] = status.toStdString();
    for (const Finding& finding : findingsOf(document, rules))
        if (!correction.wasRead && finding.span.begin < span.end && span.begin < finding.span.end)
            correction.wasRead = finding;
    if (!because.isEmpty())
        correction.because = placeOf(document, because);
    return correction;
}

QString told(const Document& document, const RuleSet& rules)
{
    QStringList parts;
    for (const Finding& finding : findingsOf(document, rules))
        parts << QString::fromStdString(finding.label + "=" + std::string(nameOf(finding.status)));
    return parts.join("; ");
}

RuleSet shippedWith(const LocalRule& rule)
{
    return withLocal(RuleSet::shipped(), std::array{rule}).value();
}

QStringList fieldsOf(const LocalRule& rule)
{
    QStringList fields{QString::fromStdString(rule.id)};
    for (const auto& [column, value] : rule.fields)
        fields << QString::fromStdString(column + "=" + value);
    return fields;
}

std::vector<Document> someDocuments()
{
    const char* const texts[] = {"The effusion has declined.", "No effusion.", "Halo sign in the left lung.",
        "No halo sign.", "Clear lungs.", "Density in the right lung.", "双肺清晰。", "右侧液性暗区。",
        "Pneumothorax has declined.", "Halo signs or halo sign?", ""};
    std::vector<Document> documents;
    for (const char* text : texts)
        documents.push_back(withText(text, static_cast<int>(documents.size())));
    return documents;
}

} // namespace

class LocalRulesTest : public QObject {
    Q_OBJECT
  private slots:
    void aCorrectionBecomesARuleThatReadsTheReportAsCorrected_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("before");
        QTest::addColumn<QStringList>("correction"); // words, label, status, because
        QTest::addColumn<QStringList>("fields");
        QTest::addColumn<QString>("after");
        const auto row = [](const char* name, const char* text, const char* before, const QStringList& correction,
                             const QStringList& fields, const char* after) {
            QTest::newRow(name) << QString(text) << QString(before) << correction << fields << QString(after);
        };
        row("not found", "No Halo sign.", "", {"Halo sign", "Lung Lesion", "absent", ""},
            {"local.1", "finding=halo sign", "kind=finding", "label=Lung Lesion", "phrase=halo sign"},
            "Lung Lesion=absent");
        row("not found, the label has one name", "Hemithorax without lung markings here.", "Lung Opacity=absent",
            {"without lung markings", "Pneumothorax", "", ""},
            {"local.1", "finding=pneumothorax", "kind=finding", "label=Pneumothorax", "phrase=without lung markings"},
            "Pneumothorax=present");
        row("not found, Chinese", "右侧液性暗区。", "", {"液性暗区", "Pleural Effusion", "", ""},
            {"local.1", "finding=pleural effusion", "kind=finding", "label=Pleural Effusion", "phrase=液性暗区"},
            "Pleural Effusion=present");
        row("none", "The density is a nipple.", "Lung Opacity=present", {"density", "", "", ""},
            {"local.1", "kind=ignore", "phrase=density"}, "");
        row("none with the words around it", "Nipple density. Density.", "Lung Opacity=present; Lung Opacity=present",
            {"Nipple density", "", "", ""}, {"local.1", "kind=ignore", "phrase=nipple density"},
            "Lung Opacity=present");
        row("other label", "Consolidation.", "Consolidation=present", {"Consolidation", "Pneumonia", "", ""},
            {"local.1", "finding=pneumonia", "kind=finding", "label=Pneumonia", "phrase=consolidation"},
            "Pneumonia=present");
        row("status: no trigger after all", "The effusion has declined.", "Pleural Effusion=absent",
            {"effusion", "Pleural Effusion", "present", ""}, {"local.1", "phrase=declined", "role=pseudo"},
            "Pleural Effusion=present");
        row("status: words around a trigger", "No doubtless effusion.", "Pleural Effusion=absent",
            {"effusion", "Pleural Effusion", "present", "No doubtless"},
            {"local.1", "phrase=no doubtless", "role=pseudo"}, "Pleural Effusion=present");
        row("status: an end", "No mass beyond the effusion.", "Lung Lesion=absent; Pleural Effusion=absent",
            {"effusion", "Pleural Effusion", "present", "beyond"}, {"local.1", "phrase=beyond", "role=end"},
            "Lung Lesion=absent; Pleural Effusion=present");
        row("status: before", "Phantom effusion.", "Pleural Effusion=present",
            {"effusion", "Pleural Effusion", "absent", "Phantom"},
            {"local.1", "phrase=phantom", "role=before", "status=absent", "window=8"}, "Pleural Effusion=absent");
        row("status: instead of a trigger", "No definite effusion.", "Pleural Effusion=absent",
            {"effusion", "Pleural Effusion", "uncertain", "No definite"},
            {"local.1", "phrase=no definite", "role=before", "status=uncertain", "window=8"},
            "Pleural Effusion=uncertain");
        row("status: behind, Chinese", "气胸待观察。", "Pneumothorax=present",
            {"气胸", "Pneumothorax", "uncertain", "待观察"},
            {"local.1", "phrase=待观察", "role=after", "status=uncertain", "window=4"}, "Pneumothorax=uncertain");
    }
    void aCorrectionBecomesARuleThatReadsTheReportAsCorrected()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, correction);
        const Document document = withText(text);
        QTEST(told(document, RuleSet::shipped()), "before");
        const auto rule = proposedRule(document,
            correctionOf(document, correction[0], correction[1], correction[2], correction[3]), RuleSet::shipped());
        QVERIFY2(rule, rule ? "" : english(rule.error()).c_str());
        QTEST(fieldsOf(*rule), "fields");
        QTEST(told(document, shippedWith(*rule)), "after");
    }

    void rulesThatSayTooLittleOrTooMuchAreRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("correction");
        QTest::addColumn<QString>("complaint");
        const auto row = [](const char* name, const char* text, const QStringList& correction, const char* complaint) {
            QTest::newRow(name) << QString(text) << correction << QString(complaint);
        };
        row("a letter", "See x here.", {"x", "Edema"}, "\"x\" is too short for a rule.");
        row("a character", "双肺清。", {"清", "Edema"}, "too short");
        row("stop words", "This is of the lung.", {"of the", "Edema"}, "stands in too many reports");
        row("stop words, Chinese", "肺部未见异常。", {"未见", "Edema"}, "stands in too many reports");
        row("a side", "The left lung.", {"left lung", "Edema"}, "stands in too many reports");
        row("a number", "About 3.2 there.", {"3.2", "Edema"}, "stands in too many reports");
        row("a placeholder", "The XXXX there.", {"XXXX", "Edema"}, "stands in too many reports");
        row("a sentence", "One two three four five six seven eight nine ten eleven.",
            {"One two three four five six seven eight nine ten eleven", "Edema"}, "too long for a rule");
        row("two sentences", "Streaky lungs. Kerley lines.", {"Streaky lungs. Kerley", "Edema"},
            "A rule holds no \".\"");
        row("a sign of phrases", "Kerley*lines.", {"Kerley*lines", "Edema"}, "A rule holds no \"*\"");
        row("a core trigger", "No effusion.", {"effusion", "Pleural Effusion", "present"},
            "\"No\" stands in too many reports");
        row("nothing set the status", "Effusion.", {"Effusion", "Pleural Effusion", "absent"},
            "Choose the words that say what it is.");
        row("read so already", "No effusion.", {"effusion", "Pleural Effusion", "absent"}, "so already");
        row("no status of that name", "No effusion.", {"effusion", "Pleural Effusion", "gone"}, "is no status");
        row("nothing was found", "Clear lungs.", {"Clear", ""}, "found nothing inside");
        row("hidden by longer words", "Lung opacity.", {"Lung", "Edema"}, "too many");
        row("would not help", "Pulmonary nodule.", {"Pulmonary", "Edema"}, "would not correct this text");
        row("because of the finding", "Effusion.", {"Effusion", "Pleural Effusion", "absent", "Effusion"},
            "stand before or behind");
    }
    void rulesThatSayTooLittleOrTooMuchAreRefused()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, correction);
        QFETCH(QString, complaint);
        const Document document = withText(text);
        const auto rule = proposedRule(document,
            correctionOf(document, correction[0], correction[1], correction.value(2), correction.value(3)),
            RuleSet::shipped());
        QVERIFY(!rule);
        const QString sentence = QString::fromStdString(english(rule.error()));
        QVERIFY2(sentence.contains(complaint), qPrintable(sentence));
    }

    void wordsOfTwoLabelsLoseOnlyTheWrongOne()
    {
        const Document document = withText("Nodular opacity.");
        QCOMPARE(told(document, RuleSet::shipped()), "Lung Lesion=present; Lung Opacity=present");
        Correction correction = correctionOf(document, "Nodular opacity", "");
        const auto rule = proposedRule(document, correction, RuleSet::shipped());
        QCOMPARE(told(document, shippedWith(*rule)), "Lung Opacity=present");
    }

    void localRulesAreNumberedAndReplacedByTheirWords()
    {
        const Document document = withText("The density is a nipple. Halo sign.");
        const auto first = proposedRule(document, correctionOf(document, "density", ""), RuleSet::shipped()).value();
        const RuleSet one = shippedWith(first);
        const auto second =
            proposedRule(document, correctionOf(document, "Halo sign", "Lung Lesion", {}, {}, one), one).value();
        QCOMPARE(second.id, std::string("local.2"));
        const RuleSet two = withLocal(RuleSet::shipped(), std::vector{first, second}).value();
        QCOMPARE(told(document, two), "Lung Lesion=present");
        // The mind is changed: the same words again, under a label.
        const auto third =
            proposedRule(document, correctionOf(document, "density", "Lung Lesion", {}, {}, two), two).value();
        QCOMPARE(third.id, std::string("local.1"));
        QCOMPARE(told(document, withLocal(two, std::array{third}).value()), "Lung Lesion=present; Lung Lesion=present");
        const LocalRule off{"local.1", {{"phrase", ""}}};
        QCOMPARE(told(document, withLocal(two, std::array{off}).value()), "Lung Opacity=present; Lung Lesion=present");
    }

    void localRulesComeBackFromTheirTable()
    {
        const std::vector<LocalRule> rules{{"local.1", {{"phrase", "halo sign"}, {"label", "Lung Lesion"}}},
            {"local.2", {{"phrase", "-free, \"x\""}, {"role", "after"}, {"status", "absent"}, {"window", "3"}}},
            {"en.pneumonia.1", {{"phrase", ""}}}};
        QCOMPARE(localRulesOf(csvOf(rules), "rules").value(), rules);
        QCOMPARE(csvOf(std::vector<LocalRule>{}).columns, (std::vector<std::string>{"id", "phrase"}));
        QVERIFY(!localRulesOf({{"id"}, {}}, "rules"));
        QVERIFY(!withLocal(RuleSet::shipped(), std::vector<LocalRule>{{"", {{"phrase", "x"}}}}));
    }

    void aLocalRuleGoesBeforeThoseOfTheProgram()
    {
        const auto with = [](const char* rows) {
            return RuleSet::shipped().with(parseCsv(rows, "rules").value(), "rules").value();
        };
        const Document document = withText("Suspected pneumonia.");
        QCOMPARE(told(document, with("id,phrase,role,status\nmine,suspected,before,absent\n")), "Pneumonia=absent");
        // Behind the finding the program's own reading of the word stays.
        const Document behind = withText("Pneumonia is suspected.");
        QCOMPARE(told(behind, with("id,phrase,role,status\nmine,is suspected,before,absent\n")), "Pneumonia=uncertain");
        // A row that replaces one of the program is no local rule: the other label of the same words stays.
        const Document silhouette = withText("Enlarged cardiomediastinal silhouette.");
        const auto rows = "id,phrase,kind,label\nen.cardiomegaly.3,cardiomediastinal silhouette,subject,Heart\n";
        QCOMPARE(told(silhouette, with(rows)), "Heart=present; Enlarged Cardiomediastinum=present");
    }

    void exactlyTheSaidReportsChange()
    {
        const std::vector<Document> documents = someDocuments();
        const RuleSet& before = RuleSet::shipped();
        const std::vector<Correction> corrections{correctionOf(documents[0], "effusion", "Pleural Effusion", "present"),
            correctionOf(documents[2], "Halo sign", "Lung Lesion"), correctionOf(documents[5], "Density", ""),
            correctionOf(documents[5], "Density", "Lung Lesion")};
        const std::vector<QList<std::size_t>> changed{{0, 8}, {2, 3, 9}, {5}, {5}};
        const std::size_t origins[] = {0, 2, 5, 5};
        for (std::size_t i = 0; i < corrections.size(); ++i) {
            const auto rule = proposedRule(documents[origins[i]], corrections[i], before);
            QVERIFY(rule);
            const RuleSet after = shippedWith(*rule);
            QList<std::size_t> said, found;
            const auto all = changesOf(before, after, documents, Monitor()).value();
            for (const DocumentChanges& changes : all)
                said << changes.document;
            for (std::size_t place = 0; place < documents.size(); ++place)
                if (told(documents[place], before) != told(documents[place], after))
                    found << place;
            QCOMPARE(said, changed[i]);
            QCOMPARE(said, found);
        }
        QVERIFY(changesOf(before, before, documents, Monitor()).value().empty());
    }

    void changesTellWhatIsLostNewAndSaidOtherwise()
    {
        const std::vector<Document> documents = someDocuments();
        const auto changes = [&](const char* rows) {
            const RuleSet after = RuleSet::shipped().with(parseCsv(rows, "rules").value(), "rules").value();
            return changesOf(RuleSet::shipped(), after, documents, Monitor()).value();
        };
        const auto status = changes("id,phrase,role\nlocal.1,declined,pseudo\n");
        QCOMPARE(status.size(), std::size_t{2});
        QVERIFY(status[0].lost.empty() && status[0].gained.empty());
        QVERIFY(status[0].changed.front().first.status == Status::Absent);
        QVERIFY(status[0].changed.front().second.status == Status::Present);
        const auto label = changes("id,phrase,label\nlocal.1,density,Mass\n");
        QCOMPARE(label.size(), std::size_t{1});
        QCOMPARE(label[0].lost.front().label, std::string("Lung Opacity"));
        QCOMPARE(label[0].gained.front().label, std::string("Mass"));
        const auto off = changes("id,phrase\nen.absent.after.6,\n");
        QCOMPARE(off.size(), std::size_t{2});
        const auto side = changes("id,phrase\nen.side.right,\n");
        QCOMPARE(side.size(), std::size_t{1});
        QCOMPARE(side[0].changed.front().second.side, std::string());
    }

    /// Every seventh rule of the program is switched off: what is said to change is what does.
    void reportsWithoutAPhraseOfTheRulesNeverChange()
    {
        QProcess gzip;
        gzip.start("gzip", {"-dc", QStringLiteral(HOUNSFIELD_SHARED "/data/reports_openi/reports.csv.gz")});
        if (!gzip.waitForFinished(60000) || gzip.exitCode() != 0)
            QSKIP("The shared data is not on this machine.");
        const Csv table = parseCsv(gzip.readAllStandardOutput().toStdString(), "reports").value();
        std::vector<Document> documents;
        for (std::size_t row = 0; row < 300; ++row)
            documents.push_back(documentOf({table.rows[row][0], {}, {},
                {{"findings", table.rows[row][*table.column("findings")]},
                    {"impression", table.rows[row][*table.column("impression")]}}}));
        const RuleSet& before = RuleSet::shipped();
        std::size_t changedAtAll = 0;
        for (std::size_t i = 0; i < before.rules().size(); i += 7) {
            const RuleSet after = shippedWith({before.rules()[i].id, {{"phrase", ""}}});
            const auto all = changesOf(before, after, documents, Monitor()).value();
            std::size_t next = 0;
            for (std::size_t place = 0; place < documents.size(); ++place) {
                const bool isSaid = next < all.size() && all[next].document == place;
                next += isSaid ? 1 : 0;
                QVERIFY(isSaid || told(documents[place], before) == told(documents[place], after));
            }
            QCOMPARE(next, all.size());
            changedAtAll += all.size();
        }
        QVERIFY(changedAtAll > 100);
    }

    void changesAreToldAtTheSpeedOfTheRules()
    {
        std::vector<Document> documents;
        for (int i = 0; i < 6000; ++i)
            documents.push_back(withText(
                "FINDINGS: The heart is normal in size. No pleural effusion or pneumothorax. There is a 3.2 cm nodule "
                "in the right upper lobe, unchanged since the prior study. Mild degenerative changes of the spine.\n"
                "IMPRESSION: Stable nodule. No acute cardiopulmonary abnormality.",
                i));
        const RuleSet after =
            RuleSet::shipped().with(parseCsv("id,phrase\nlocal.1,spine\n", "rules").value(), "rules").value();
        const std::clock_t begin = std::clock();
        const auto changes = changesOf(RuleSet::shipped(), after, documents, Monitor());
        const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC; // of all processors
        QCOMPARE(changes->size(), documents.size());
        qInfo("%.0f reports a second on a core, all of them changed", static_cast<double>(documents.size()) / seconds);
#if defined(NDEBUG)
        QVERIFY(static_cast<double>(documents.size()) / seconds >= 5000);
#endif
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = changesOf(RuleSet::shipped(), after, documents, Monitor(stop.get_token()));
        QVERIFY(!stopped && stopped.error().kind == Error::Kind::Cancelled);
    }
};

int localRulesTest(int argc, char** argv)
{
    LocalRulesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "local_rules_test.moc"
