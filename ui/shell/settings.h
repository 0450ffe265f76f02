#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <memory>

class QSettings;

namespace hounsfield::shell {

/// What the window remembers from one start to the next. The only place that knows QSettings; core gets plain options.
class Settings {
  public:
    /// @param file  where to keep it; empty: the user's configuration folder
    explicit Settings(const QString& file = {});
    ~Settings();
    Settings(const Settings&) = delete;
    Settings& operator=(const Settings&) = delete;

    QString language() const; ///< empty until chosen: the system's
    void setLanguage(const QString& code);

    QByteArray windowGeometry() const;
    QByteArray windowState() const;
    void setWindow(const QByteArray& geometry, const QByteArray& state);
    QString page() const;
    void setPage(const QString& id);

    QStringList recent() const; ///< paths opened lately, newest first, at most 12, only those that still exist
    void addRecent(const QString& path);
    void clearRecent();

    /// Small things a page remembers by a name of its own: "training/network", "viewer/layout".
    QString word(const QString& name, const QString& fallback = {}) const;
    void setWord(const QString& name, const QString& value);
    QByteArray bytes(const QString& name) const;
    void setBytes(const QString& name, const QByteArray& value);

  private:
    std::unique_ptr<QSettings> m_store;
};

} // namespace hounsfield::shell
