#include "ui/synthesis/verdict_words.h"

#include <QCoreApplication>
#include <QLocale>

#include "ui/shell/translate.h"

#include <cmath>

namespace hounsfield::synthesising {

namespace {

QString signedNumber(double value)
{
    const QString digits = QLocale().toString(std::abs(value), 'f', 3);
    return (value < 0 ? QStringLiteral("−") : QStringLiteral("+")) + digits;
}

QString said(const char* sentence)
{
    return QCoreApplication::translate("synthesis", sentence);
}

} // namespace

QString differenceText(const learning::Figure& difference)
{
    if (!difference.value)
        return QStringLiteral("–");
    return said(QT_TRANSLATE_NOOP("synthesis", "%1, interval %2 to %3"))
        .arg(signedNumber(*difference.value), signedNumber(difference.low), signedNumber(difference.high));
}

QString trialSentence(const synthesis::TrialResult& trial)
{
    if (!trial.verdict.isEmpty())
        return shell::translated(trial.verdict);
    if (!trial.difference.value)
        return said(QT_TRANSLATE_NOOP("synthesis", "The trial says nothing: it has no difference to show."));
    const QString figure = differenceText(trial.difference);
    if (trial.difference.low > 0)
        return said(QT_TRANSLATE_NOOP("synthesis", "Helped: AUC %1.")).arg(figure);
    if (trial.difference.high < 0)
        return said(QT_TRANSLATE_NOOP("synthesis", "Did harm: AUC %1.")).arg(figure);
    return said(QT_TRANSLATE_NOOP("synthesis", "Did not help: AUC %1.")).arg(figure);
}

learning::Figure shareOf(std::int64_t right, std::int64_t of)
{
    if (of <= 0)
        return {};
    constexpr double z = 1.959964;
    const double n = static_cast<double>(of), p = static_cast<double>(right) / n;
    const double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
    const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return {p, std::max(0.0, middle - half), std::min(1.0, middle + half), of};
}

} // namespace hounsfield::synthesising
