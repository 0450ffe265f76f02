#include "ui/shell/key_list.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>

#include "ui/shell/translate.h"

namespace hounsfield::shell {

namespace {

QString rowOf(const Command& command)
{
    QStringList keys;
    for (const QString& key : keysOf(command)) {
        const QString written = command.run || !command.chosenKey ? keyText(key) : key;
        keys << (written.isEmpty() ? key : written).toHtmlEscaped();
    }
    const QString key =
        command.keyWords.isEmpty() ? keys.join(QStringLiteral(" / ")) : translated(command.keyWords).toHtmlEscaped();
    return QStringLiteral("<tr><td width='170'><b>%1</b></td><td width='210'>%2</td><td>%3</td></tr>")
        .arg(key, translated(command.name).toHtmlEscaped(), translated(command.help).toHtmlEscaped());
}

} // namespace

KeyList::KeyList(const std::vector<KeySection>& sections, QWidget* parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("keyList"));
    setWindowTitle(tr("Keys and mouse"));
    auto* text = new QTextBrowser(this);
    text->setObjectName(QStringLiteral("keyListText"));
    text->setAccessibleName(tr("Keys and mouse"));
    QString html;
    for (const auto& [title, commands] : sections) {
        html +=
            QStringLiteral("<h3>%1</h3><table cellpadding='4' width='100%'>").arg(translated(title).toHtmlEscaped());
        for (const Command& command : commands)
            if (!keysOf(command).isEmpty() || !command.keyWords.isEmpty())
                html += rowOf(command);
        html += QStringLiteral("</table>");
    }
    text->setHtml(html);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (auto* button : buttons->buttons())
        button->setAccessibleName(button->text().remove(QLatin1Char('&')));
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(text);
    layout->addWidget(buttons);
    resize(860, 640);
}

} // namespace hounsfield::shell
