#include "ui/shell/translate.h"

#include <QCoreApplication>
#include <QFile>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

/// The library of the translations is static: its resource is taken in by name (outside of every namespace).
static void takeInTranslations()
{
    Q_INIT_RESOURCE(translations);
}

namespace hounsfield::shell {

namespace {

struct Known {
    const char* code;
    const char* name;
};
constexpr Known languages[] = {{"en", "English"}, {"zh_CN", "简体中文"}};

QString fileOf(const QString& code)
{
    return QStringLiteral(":/i18n/hounsfield_%1.qm").arg(code);
}

} // namespace

QString translated(const Text& text)
{
    if (text.isEmpty())
        return {};
    const QString sentence = QCoreApplication::translate(text.context.c_str(), text.sentence.c_str());
    std::vector<std::string> values = text.values;
    for (const Text& inner : text.texts)
        values.push_back(translated(inner).toStdString());
    return QString::fromStdString(filled(sentence.toStdString(), values));
}

QString translated(const Error& error)
{
    QString line = translated(error.what);
    if (!error.where.empty())
        line = QString::fromStdString(error.where) + QStringLiteral(": ") + line;
    if (!error.advice.isEmpty())
        line += QLatin1Char(' ') + translated(error.advice);
    return line;
}

Language::Language(QObject* parent)
    : QObject(parent)
    , m_own(std::make_unique<QTranslator>())
    , m_qt(std::make_unique<QTranslator>())
{
}

Language::~Language()
{
    QCoreApplication::removeTranslator(m_own.get());
    QCoreApplication::removeTranslator(m_qt.get());
}

QStringList Language::available()
{
    takeInTranslations();
    QStringList codes;
    for (const Known& language : languages) {
        const QString code = QString::fromLatin1(language.code);
        if (code == QLatin1String("en") || QFile::exists(fileOf(code)))
            codes << code;
    }
    return codes;
}

QString Language::nameOf(const QString& code)
{
    for (const Known& language : languages)
        if (code == QLatin1String(language.code))
            return QString::fromUtf8(language.name);
    return code;
}

QString Language::ofSystem()
{
    for (const QString& code : available())
        if (QLocale::system().name() == code)
            return code;
    return QStringLiteral("en");
}

void Language::choose(const QString& code)
{
    QCoreApplication::removeTranslator(m_own.get());
    QCoreApplication::removeTranslator(m_qt.get());
    m_code = available().contains(code) ? code : QStringLiteral("en");
    if (m_code == QLatin1String("en"))
        return;
    // Qt's own texts first, so that ours go before them.
    if (m_qt->load(QStringLiteral("qtbase_") + m_code, QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(m_qt.get());
    if (m_own->load(fileOf(m_code)))
        QCoreApplication::installTranslator(m_own.get());
}

} // namespace hounsfield::shell
