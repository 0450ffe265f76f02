#include "app/desktop/single_start.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QDir>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QStandardPaths>

namespace hounsfield::desktop {

namespace {

constexpr int patience = 1000; // ms
constexpr qint64 mostBytes = 1 << 20;

QString socketOf(const QString& project)
{
    const QByteArray hash =
        QCryptographicHash::hash(QFileInfo(project).absoluteFilePath().toUtf8(), QCryptographicHash::Sha256);
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    return folder.isEmpty() ? QString()
                            : QDir(folder).filePath("hounsfield-" + QString::fromLatin1(hash.toHex().left(16)));
}

} // namespace

SingleStart::SingleStart(const QString& project, QObject* parent)
    : QObject(parent)
    , m_name(socketOf(project))
    , m_server(new QLocalServer(this))
{
    m_server->setSocketOptions(QLocalServer::UserAccessOption);
    connect(m_server, &QLocalServer::newConnection, this, &SingleStart::takeConnection);
}

bool SingleStart::handOver(const QStringList& paths) const
{
    if (m_name.isEmpty())
        return false;
    QStringList absolute; // the first window may stand in another folder
    for (const QString& path : paths)
        absolute << QFileInfo(path).absoluteFilePath();
    QLocalSocket socket;
    socket.connectToServer(m_name);
    if (!socket.waitForConnected(patience))
        return false;
    QDataStream stream(&socket);
    stream << absolute;
    socket.waitForBytesWritten(patience);
    // The first window answers with one byte; one that hangs does not keep the second from opening.
    return socket.waitForReadyRead(patience);
}

void SingleStart::listen()
{
    if (m_name.isEmpty())
        return;
    QLocalServer::removeServer(m_name); // left by a window that died
    m_server->listen(m_name);
}

void SingleStart::takeConnection()
{
    while (QLocalSocket* socket = m_server->nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
            if (socket->bytesAvailable() > mostBytes)
                return socket->abort();
            QDataStream stream(socket);
            stream.startTransaction();
            QStringList paths;
            stream >> paths;
            if (!stream.commitTransaction())
                return; // more is to come
            socket->write("+");
            socket->disconnectFromServer();
            emit opened(paths);
        });
    }
}

} // namespace hounsfield::desktop
