#include "ui/shell/settings.h"

#include <QFileInfo>
#include <QSettings>

namespace hounsfield::shell {

namespace {
constexpr int recentLimit = 12;
const QString recentKey = QStringLiteral("recent");
} // namespace

Settings::Settings(const QString& file)
    : m_store(file.isEmpty() ? std::make_unique<QSettings>(QSettings::IniFormat, QSettings::UserScope,
                  QStringLiteral("hounsfield"), QStringLiteral("hounsfield"))
                             : std::make_unique<QSettings>(file, QSettings::IniFormat))
{
}

Settings::~Settings() = default;

QString Settings::language() const
{
    return word(QStringLiteral("window/language"));
}

void Settings::setLanguage(const QString& code)
{
    setWord(QStringLiteral("window/language"), code);
}

QByteArray Settings::windowGeometry() const
{
    return bytes(QStringLiteral("window/geometry"));
}

QByteArray Settings::windowState() const
{
    return bytes(QStringLiteral("window/state"));
}

void Settings::setWindow(const QByteArray& geometry, const QByteArray& state)
{
    setBytes(QStringLiteral("window/geometry"), geometry);
    setBytes(QStringLiteral("window/state"), state);
}

QString Settings::page() const
{
    return word(QStringLiteral("window/page"));
}

void Settings::setPage(const QString& id)
{
    setWord(QStringLiteral("window/page"), id);
}

QStringList Settings::recent() const
{
    QStringList existing;
    for (const QString& path : m_store->value(recentKey).toStringList())
        if (QFileInfo::exists(path))
            existing << path;
    return existing;
}

void Settings::addRecent(const QString& path)
{
    QStringList paths = m_store->value(recentKey).toStringList();
    const QString absolute = QFileInfo(path).absoluteFilePath();
    paths.removeAll(absolute);
    paths.prepend(absolute);
    m_store->setValue(recentKey, QStringList(paths.mid(0, recentLimit)));
}

void Settings::clearRecent()
{
    m_store->remove(recentKey);
}

QString Settings::word(const QString& name, const QString& fallback) const
{
    return m_store->value(name, fallback).toString();
}

void Settings::setWord(const QString& name, const QString& value)
{
    m_store->setValue(name, value);
}

QByteArray Settings::bytes(const QString& name) const
{
    return m_store->value(name).toByteArray();
}

void Settings::setBytes(const QString& name, const QByteArray& value)
{
    m_store->setValue(name, value);
}

} // namespace hounsfield::shell
