#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

#include "core/base/result.h"
#include "core/base/text.h"

#include <memory>

class QTranslator;

namespace hounsfield::shell {

/// The sentence in the window's language, its values put in.
QString translated(const Text& text);

/// An error as one line in the window's language: "where: what advice".
QString translated(const Error& error);

/// The language of the window, switched while it runs: every widget then gets QEvent::LanguageChange and writes its
/// texts anew (`changeEvent`). English is the language of the sources.
class Language : public QObject {
    Q_OBJECT
  public:
    explicit Language(QObject* parent = nullptr);
    ~Language() override;

    /// Codes that can be chosen: "en", "zh_CN"; a language whose texts are not built in is left out.
    static QStringList available();
    /// The name of a language in itself: "English", "简体中文".
    static QString nameOf(const QString& code);
    /// The code nearest to what the system speaks.
    static QString ofSystem();

    QString code() const { return m_code; }
    void choose(const QString& code);

  private:
    std::unique_ptr<QTranslator> m_own;
    std::unique_ptr<QTranslator> m_qt;
    QString m_code = QStringLiteral("en");
};

} // namespace hounsfield::shell
