#pragma once

#include <QObject>
#include <QStringList>

class QLocalServer;

namespace hounsfield::desktop {

/// One window a user and project: a second start hands its files to the first and ends. They meet at a socket in the
/// user's own run-time folder, which nobody else may open; nothing goes over a network.
class SingleStart : public QObject {
    Q_OBJECT
  public:
    /// @param project  folder of the project, which names the meeting place
    explicit SingleStart(const QString& project, QObject* parent = nullptr);

    /// Whether a window was there already and has taken the paths. Waits at most a second for it.
    bool handOver(const QStringList& paths) const;
    /// From now on this is the first window. Where the socket cannot be made, every start is a window of its own.
    void listen();
    QString socketName() const { return m_name; } ///< empty: there is no run-time folder

  signals:
    void opened(const QStringList& paths); ///< by a second start; empty: it named none

  private:
    void takeConnection();
    QString m_name;
    QLocalServer* m_server;
};

} // namespace hounsfield::desktop
