#pragma once

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QComboBox>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTabBar>
#include <QTextDocumentFragment>
#include <QWidget>

namespace hounsfield::desktop {

/// Texts of a window that still look English: two English words beside each other, or one outside the names that stay
/// as they are in every language.
class EnglishFinder {
  public:
    QStringList found;

    void look(const QWidget& window)
    {
        note(&window, window.windowTitle());
        for (const QWidget* widget : window.findChildren<QWidget*>())
            if (!qobject_cast<const QTabBar*>(widget->parent())) // its scroll buttons are Qt's own
                lookAt(*widget);
        for (const QAction* action : window.findChildren<QAction*>())
            for (const QString& words : {action->text(), action->toolTip(), action->statusTip()})
                note(action, words);
    }

  private:
    void lookAt(const QWidget& widget)
    {
        for (const QString& words : {widget.toolTip(), widget.statusTip(), widget.whatsThis(), widget.accessibleName(),
                 widget.accessibleDescription()})
            note(&widget, words);
        if (const auto* label = qobject_cast<const QLabel*>(&widget))
            note(label, label->text());
        if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
            note(button, button->text());
        if (const auto* group = qobject_cast<const QGroupBox*>(&widget))
            note(group, group->title());
        if (const auto* menu = qobject_cast<const QMenu*>(&widget))
            note(menu, menu->title());
        if (const auto* edit = qobject_cast<const QLineEdit*>(&widget))
            note(edit, edit->placeholderText());
        if (const auto* spin = qobject_cast<const QSpinBox*>(&widget))
            note(spin, spin->prefix() + spin->suffix() + spin->specialValueText());
        if (const auto* combo = qobject_cast<const QComboBox*>(&widget))
            for (int i = 0; i < combo->count(); ++i)
                note(combo, combo->itemText(i));
        if (const auto* tabs = qobject_cast<const QTabBar*>(&widget))
            for (int i = 0; i < tabs->count(); ++i)
                note(tabs, tabs->tabText(i) + " " + tabs->tabToolTip(i));
        if (const auto* view = qobject_cast<const QAbstractItemView*>(&widget))
            lookAtItems(*view);
    }

    void lookAtItems(const QAbstractItemView& view)
    {
        const QAbstractItemModel* model = view.model();
        if (!model || qobject_cast<const QHeaderView*>(&view))
            return;
        for (int c = 0; c < model->columnCount(); ++c)
            for (const int role : {Qt::DisplayRole, Qt::ToolTipRole})
                note(&view, model->headerData(c, Qt::Horizontal, role).toString());
        for (int r = 0; r < std::min(model->rowCount(), 20); ++r)
            for (int c = 0; c < model->columnCount(); ++c)
                for (const int role : {Qt::DisplayRole, Qt::ToolTipRole})
                    note(&view, model->index(r, c).data(role).toString());
    }

    void note(const QObject* where, QString words)
    {
        if (Qt::mightBeRichText(words))
            words = QTextDocumentFragment::fromHtml(words).toPlainText();
        words.remove('&');
        // File names, keys, names of networks and classes, terms and units of the field are no sentences.
        static const QRegularExpression names(
            "Hounsfield|English|/[\\w./-]+|\\d{4}-\\d\\d-\\d\\dT\\S+|\\b(file|label|split|patient)\\b|[\\w./"
            "-]+\\.(png|onnx|mha|csv|dcm|html)|\\b(seed-cnn|small-resnet|resnet18|lesion|normal"
            "|chests|train|validation|test|Phantom|phantom|unit|mean-std)\\b|HiResCAM|Grad-CAM|StudyInstanceUID|"
            "PatientID|MetaImage|NIfTI|"
            "tar\\.gz"
            "|(Ctrl|Shift|Alt|Return|Esc|Space|PgUp|PgDown|Home|End|Left|Right|Up|Down|Tab|Del)\\b|Adam[W]?|Nesterov|"
            "Glorot|\\b(hounsfield|brat|doccano|prodigy|conll|chexpert|rnn|bigru-attention|bilstm-attention|seed-"
            "attention|"
            "transformer|located at)\\b|No Finding|Enlarged Cardiomediastinum|Cardiomegaly|Lung Opacity|Lung "
            "Lesion|Edema|"
            "Consolidation|Pneumonia|Atelectasis|Pneumothorax|Pleural Effusion|Pleural Other|Fracture|Support Devices|"
            "DICOM SR|CheXpert|CoNLL|Prodigy|Krippendorff|Cohen|dcgan|residual|hinge|Fréchet");
        words.remove(names);
        static const QRegularExpression english("[A-Za-z]{3,}\\s+[A-Za-z]{2,}|\\b[A-Za-z][a-z]{3,}\\b");
        if (const auto match = english.match(words); match.hasMatch())
            found << QString("%1 %2: “%3”")
                         .arg(where->metaObject()->className(), where->objectName(), words.simplified().left(90));
    }
};

inline QStringList englishIn(const QWidget& window)
{
    EnglishFinder finder;
    finder.look(window);
    finder.found.removeDuplicates();
    return finder.found;
}

} // namespace hounsfield::desktop
