#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QtTest>

namespace {

struct Answer {
    int status = -1;
    QString out, err;
    QJsonObject json() const { return QJsonDocument::fromJson(out.section('\n', -2, -2).toUtf8()).object(); }
};

Answer ask(const QStringList& words)
{
    QProcess process;
    process.start(QStringLiteral(HOUNSFIELD_BINARIES "/hounsfield-cli"), words);
    if (!process.waitForFinished(60000))
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
        QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

/// `report read`, `report negation` and `report convert`: what they print, and how they fail.
class ReportVerbsTest : public QObject {
    Q_OBJECT
  private slots:
    void readTellsFindingsWithPlaceAndTrigger()
    {
        const QString file = write("reports.csv", "id,findings,impression\n7,No large effusion.,New 2 cm nodule.\n");
        const Answer answer = ask({"report", "read", "--data", file, "--json", "--quiet"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        const QJsonObject report = answer.json()["reports"].toArray().at(0).toObject();
        QCOMPARE(report["id"].toString(), "7");
        const QJsonArray findings = report["findings"].toArray();
        QCOMPARE(findings.size(), 2);
        const QJsonObject effusion = findings[0].toObject(), nodule = findings[1].toObject();
        QCOMPARE(effusion["label"].toString(), "Pleural Effusion");
        QCOMPARE(effusion["status"].toString(), "absent");
        QCOMPARE(effusion["column"].toString(), "findings");
        QCOMPARE(effusion["begin"].toInt(), 9);
        QCOMPARE(effusion["end"].toInt(), 17);
        QCOMPARE(effusion["trigger"].toObject()["begin"].toInt(-1), 0);
        QCOMPARE(nodule["size_mm"].toDouble(), 20.0);
        QVERIFY(nodule["trigger"].isNull());
    }

    void ownRulesAreObeyed()
    {
        const QString file = write("stripes.csv", "id,note\n1,Zebra.\n");
        const QString rules = write("rules.csv", "id,finding,label,phrase\nz,zebra,Stripes,zebra*\n");
        const Answer answer =
            ask({"report", "read", "--data", file, "--text", "note", "--rules", rules, "--json", "--quiet"});
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        QVERIFY(answer.out.contains("\"Stripes\""));
    }

    void whatCannotBeReadIsSaidInOneLine_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("complaint");
        const QString table = write("plain.csv", "id,note\n1,Clear.\n");
        QTest::newRow("no such column") << QStringList{"read", "--data", table, "--text", "body"} << 1
                                        << "no column body";
        QTest::newRow("no file") << QStringList{"read", "--data", "/nowhere.csv"} << 1 << "/nowhere.csv";
        QTest::newRow("no concepts") << QStringList{"negation", "--data", table} << 1 << "\"concept\"";
        QTest::newRow("resumed and replaced")
            << QStringList{"train", "--data", table, "--label", "note", "--out", table + ".run", "--resume", "--force"}
            << 1 << "--resume and --force exclude each other";
        QTest::newRow("one place") << QStringList{"convert", "--from", "csv", "--to", "brat", table} << 1
                                   << "Two places";
        QTest::newRow("no format") << QStringList{"convert", "--from", "docx", "--to", "brat", table, "x"} << 2
                                   << "not one of hounsfield, brat";
        QTest::newRow("misspelt") << QStringList{"raed"} << 2 << "Did you mean report read?";
        QTest::newRow("alone") << QStringList{} << 2 << "There is no verb \"report\"";
    }
    void whatCannotBeReadIsSaidInOneLine()
    {
        QFETCH(QStringList, words);
        QFETCH(QString, complaint);
        const Answer answer = ask(QStringList{"report"} + words + QStringList{"--quiet"}.mid(words.size() > 1 ? 0 : 1));
        QTEST(answer.status, "status");
        QVERIFY2(answer.err.contains(complaint), qPrintable(answer.err));
        QCOMPARE(answer.err.count('\n'), 1);
    }

    void negationIsCounted()
    {
        const QString file = write("negation.csv", "concept,sentence,negation,temporality\n"
                                                   "effusion,No EFFUSION.,Negated,Recent\n"
                                                   "effusion,\"No change, EFFUSION.\",Affirmed,Recent\n"
                                                   "pneumonia,History of PNEUMONIA.,Affirmed,Historical\n"
                                                   "mass,Clear lungs.,Negated,Recent\n");
        const QJsonObject json = ask({"report", "negation", "--data", file, "--json"}).json();
        QCOMPARE(json["n"].toInt(), 4);
        QCOMPARE(json["precision"].toDouble(), 1.0);
        QCOMPARE(json["recall"].toDouble(), 0.5);
        QCOMPARE(json["accuracy"].toDouble(), 0.75);
        QCOMPARE(json["not_located"].toInt(), 1);
        QCOMPARE(json["temporality"].toObject()["recall"].toDouble(), 1.0);
    }

    void sentencesOfReportsThatWereNotStudiedReachTheBar()
    {
        QFile source(QStringLiteral(HOUNSFIELD_SHARED "/data/negation/negation.csv"));
        if (!source.open(QIODevice::ReadOnly))
            QSKIP("The labelled sentences are not here.");
        QByteArray half = source.readLine();
        while (!source.atEnd()) {
            const QByteArray line = source.readLine();
            if (line.split(',').value(1).toInt() >= 61)
                half += line;
        }
        const QJsonObject json = ask({"report", "negation", "--data", write("half.csv", half), "--json"}).json();
        QCOMPARE(json["n"].toInt(), 1182);
        const QJsonObject past = json["temporality"].toObject();
        qInfo("F1 %.3f, past: precision %.3f, recall %.3f", json["f1"].toDouble(), past["precision"].toDouble(),
            past["recall"].toDouble());
        QVERIFY(json["f1"].toDouble() >= 0.97);
        QVERIFY(past["precision"].toDouble() >= 0.65 && past["recall"].toDouble() >= 0.45);
    }

    void evaluationTellsFiguresGainAndHowFaithfulTheHighlightsAre()
    {
        QByteArray reports("id,findings\n"), labels("id,opacity,fluid\n");
        for (int i = 0; i < 120; ++i) {
            const QByteArray id = QByteArray::number(i), other(1 + i % 7, 'a' + i % 26);
            reports +=
                id + "," + (i % 2 ? "an opacity " : "lungs clear ") + (i % 3 ? "" : "with fluid ") + other + "\n";
            labels += id + (i % 2 ? ",1" : ",0") + (i % 3 ? ",0" : ",1") + "\n";
        }
        const QStringList data{"--data", write("made.csv", reports), "--labels", write("labels.csv", labels)};
        const QString run = m_folder.filePath("run");
        const Answer trained = ask(QStringList{"report", "train"} + data
                                   + QStringList{"--network", "rnn", "--out", run, "--epochs", "12", "--batch", "16",
                                       "--rate", "0.01", "--width", "8", "--units", "8", "--clip", "1", "--quiet"});
        QVERIFY2(trained.status == 0, qPrintable(trained.err));
        const QStringList words = QStringList{"report", "evaluate", "--model", run + "/model.onnx", "--quiet"} + data;
        const QJsonObject json = ask(words + QStringList{"--json"}).json();
        QCOMPARE(json["n"].toInt(), 120);
        QCOMPARE(json["macro_f1_ci"].toArray().size(), 2);
        QCOMPARE(json["gain"].toObject()["micro_f1_ci"].toArray().size(), 2);
        const QJsonObject faithfulness = json["faithfulness"].toObject();
        QVERIFY(faithfulness["n"].toInt() > 50);
        QVERIFY(faithfulness["top"].isDouble() && faithfulness["random"].isDouble());
        QVERIFY(ask(words).out.contains("highlighted words"));
    }

    void convertSaysWhatIsNotCarriedOver()
    {
        const QString in = write("spans.csv", "document,kind,id,label,begin,end,text,attributes\n"
                                              "7,text,,,,,Small left nodule.,\n"
                                              "7,span,T1,Lung Lesion,0,17,Small left nodule,size=small\n"
                                              "7,span,T2,Side,6,10,left,\n7,span,T3,Side,7,11,left,\n");
        const QString out = m_folder.filePath("spans.conll");
        const QStringList words{"report", "convert", "--from", "csv", "--to", "conll", in, out, "--json", "--quiet"};
        const Answer answer = ask(words);
        QVERIFY2(answer.status == 0, qPrintable(answer.err));
        const QJsonObject json = answer.json();
        QCOMPARE(json["documents"].toInt(), 1);
        QCOMPARE(json["spans"].toInt(), 2);
        QCOMPARE(json["relations"].toInt(-1), 0);
        QCOMPARE(json["problems"].toArray().size(), 1);
        QStringList lost;
        for (const QJsonValue& loss : json["lost"].toArray())
            lost << loss["what"].toString();
        QVERIFY2(lost.contains("Annotations over or inside of longer ones"), qPrintable(lost.join('\n')));
        QVERIFY(lost.contains("Attributes"));
        QFile file(out);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("Small -X- _ B-Lung_Lesion\nleft -X- _ I-Lung_Lesion\n"));
        const Answer again = ask(words);
        QCOMPARE(again.status, 1);
        QVERIFY(again.err.contains("--force"));
        QCOMPARE(ask(words + QStringList{"--force"}).status, 0);
    }

  private:
    QString write(const QString& name, const QByteArray& bytes)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(name));
        return file.fileName();
    }

    QTemporaryDir m_folder;
};

int reportVerbsTest(int argc, char** argv)
{
    ReportVerbsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "report_verbs_test.moc"
