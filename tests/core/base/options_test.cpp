#include <QtTest>

#include "core/base/options.h"

using namespace hounsfield;

namespace {

const std::vector<Option> table{
    {"epochs", Option::Kind::Integer, "10", text("base", "Passes over the data."), 1, 1000},
    {"rate", Option::Kind::Number, "", text("base", "Learning rate."), 0, 10},
    {"network", Option::Kind::Choice, "", text("base", "Network."), -1e300, 1e300, {"a", "b"}, true},
};

} // namespace

class OptionsTest : public QObject {
    Q_OBJECT
  private slots:
    void fallbacksFillWhatWasNotGiven()
    {
        const auto values = OptionValues::checked(table, {{"network", "a"}, {"rate", "1e-3"}});
        QVERIFY(values);
        QCOMPARE(values->integer("epochs"), std::int64_t{10});
        QCOMPARE(values->number("rate"), 1e-3);
        QVERIFY(!OptionValues::checked(table, {{"network", "a"}})->has("rate"));
    }

    void aWrongValueIsNamedWithWhatIsAllowed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("range") << "epochs"
                               << "0"
                               << "--epochs: 0 is out of range: it must be 1 to 1000.";
        QTest::newRow("fraction") << "epochs"
                                  << "1.5"
                                  << "--epochs: \"1.5\" is not a whole number.";
        QTest::newRow("word") << "rate"
                              << "fast"
                              << "--rate: \"fast\" is not a number.";
        QTest::newRow("choice") << "network"
                                << "c"
                                << "--network: \"c\" is not one of a, b.";
        QTest::newRow("unknown") << "epoch"
                                 << "1"
                                 << "--epoch: There is no such option.";
    }

    void aWrongValueIsNamedWithWhatIsAllowed()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(QString, sentence);
        std::map<std::string, std::string> given{{"network", "a"}};
        given[name.toStdString()] = value.toStdString();
        const auto values = OptionValues::checked(table, given);
        QVERIFY(!values);
        QCOMPARE(QString::fromStdString(english(values.error())), sentence);
    }
};

int optionsTest(int argc, char** argv)
{
    OptionsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "options_test.moc"
