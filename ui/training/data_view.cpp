#include "ui/training/data_view.h"

#include <QEvent>
#include <QFile>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSaveFile>
#include <QStackedWidget>
#include <QStringListModel>
#include <QTableView>
#include <QVBoxLayout>

#include "core/base/csv.h"
#include "ui/shell/translate.h"
#include "ui/training/class_table.h"
#include "ui/training/synthetic_bar.h"
#include "ui/training/training_model.h"

namespace hounsfield::training {

namespace {

/// Files that could not be used, and why.
class UnreadableTable : public QAbstractTableModel {
  public:
    using QAbstractTableModel::QAbstractTableModel;

    void setData(const DataPointer& data)
    {
        beginResetModel();
        m_data = data;
        endResetModel();
    }
    int rowCount(const QModelIndex& parent = {}) const override
    {
        return parent.isValid() || !m_data ? 0 : static_cast<int>(m_data->unreadable.size());
    }
    int columnCount(const QModelIndex&) const override { return 2; }
    QVariant data(const QModelIndex& index, int role) const override
    {
        const auto& row = m_data->unreadable[static_cast<std::size_t>(index.row())];
        if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
            return {};
        if (index.column() == 0)
            return QString::fromStdString(row.name);
        return QString(shell::translated(row.reason.what) + QLatin1Char(' ') + shell::translated(row.reason.advice))
            .trimmed();
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (role != Qt::DisplayRole || orientation == Qt::Vertical)
            return {};
        return section == 0 ? DataView::tr("File") : DataView::tr("Why it is left out");
    }

  private:
    DataPointer m_data;
};

QLabel* quiet(QWidget* parent, const char* name)
{
    auto* label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    return label;
}

} // namespace

DataView::DataView(TrainingModel& model, shell::Choosers choosers, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_choosers(std::move(choosers))
    , m_synthetic(new SyntheticBar(model, this))
    , m_stack(new QStackedWidget(this))
{
    m_stack->addWidget(makeInvitation());
    m_stack->addWidget(makeContent());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_synthetic);
    column->addWidget(m_stack, 1);
    connect(m_save, &QPushButton::clicked, this, &DataView::saveList);
    retranslate();
}

QWidget* DataView::makeInvitation()
{
    auto* frame = new QFrame(this);
    frame->setObjectName(QStringLiteral("invitation"));
    frame->setStyleSheet(QStringLiteral("#invitation { border: 2px dashed #566069; border-radius: 10px; }"));
    m_invitation = quiet(frame, "invitationTitle");
    m_invitation->setProperty("role", "heading");
    m_invitation->setAlignment(Qt::AlignCenter);
    m_forms = quiet(frame, "invitationForms");
    m_forms->setProperty("role", "quiet");
    m_forms->setAlignment(Qt::AlignCenter);
    auto* column = new QVBoxLayout(frame);
    column->addStretch(2);
    column->addWidget(m_invitation);
    column->addSpacing(8);
    column->addWidget(m_forms);
    column->addStretch(3);
    auto* outer = new QWidget(this);
    auto* margins = new QVBoxLayout(outer);
    margins->setContentsMargins(24, 24, 24, 24);
    margins->addWidget(frame);
    return outer;
}

QWidget* DataView::makeContent()
{
    auto* content = new QWidget(this);
    m_name = quiet(content, "dataName");
    m_name->setProperty("role", "heading");
    m_split = quiet(content, "split");
    m_warnings = quiet(content, "warnings");
    m_warnings->setProperty("role", "warning");
    m_classes = new ClassTable(this);
    m_table = new QTableView(content);
    m_table->setObjectName(QStringLiteral("classes"));
    m_table->setModel(m_classes);
    m_table->setItemDelegateForColumn(ClassTable::Examples, new ExamplesDelegate(m_table));
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_unreadableTitle = quiet(content, "unreadableTitle");
    m_unreadable = new QTableView(content);
    m_unreadable->setObjectName(QStringLiteral("unreadable"));
    m_unreadable->setModel(new UnreadableTable(m_unreadable));
    m_unreadable->verticalHeader()->hide();
    m_unreadable->horizontalHeader()->setStretchLastSection(true);
    m_unreadable->setTabKeyNavigation(false);
    m_unreadable->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_save = new QPushButton(content);
    m_save->setObjectName(QStringLiteral("saveUnreadable"));
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_unreadableTitle, 1);
    foot->addWidget(m_save);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(16, 12, 16, 12);
    column->addWidget(m_name);
    column->addWidget(m_split);
    column->addWidget(m_table, 1000);
    column->addWidget(m_warnings);
    column->addLayout(foot);
    column->addWidget(m_unreadable, 500);
    column->addStretch(1);
    return content;
}

void DataView::retranslate()
{
    m_invitation->setText(tr("Drop your labelled images here"));
    m_forms->setText(tr("A folder with one folder per class, such as normal and pneumonia\n"
                        "A folder with train, validation and test, each with one folder per class\n"
                        "A ZIP or tar.gz archive of these\n"
                        "A CSV table: file, label, and if you like split and patient\n"
                        "DICOM studies together with a CSV table by PatientID or StudyInstanceUID\n\n"
                        "Nothing leaves this computer, and your files are never changed."));
    m_table->setAccessibleName(tr("Classes"));
    m_unreadable->setAccessibleName(tr("Files that are left out"));
    m_save->setText(tr("Save the list…"));
    m_save->setToolTip(tr("Save names and reasons as a table"));
    refresh();
}

void DataView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void DataView::refresh()
{
    const DataPointer data = m_model.data();
    m_synthetic->refresh();
    m_stack->setCurrentIndex(data ? 1 : 0);
    const auto& split = m_model.split();
    m_classes->setData(data, split ? &*split : nullptr);
    static_cast<UnreadableTable*>(m_unreadable->model())->setData(data);
    if (!data)
        return;
    const QLocale locale;
    m_name->setText(
        tr("%1: %2 images of %3 classes, %4×%5 pixels")
            .arg(QString::fromStdString(data->name), locale.toString(static_cast<qlonglong>(data->cases.size())),
                locale.toString(static_cast<qlonglong>(data->classes.size())), QString::number(data->images.width),
                QString::number(data->images.height)));
    m_split->setText(split ? shell::translated(split->rule) : QString());
    const bool hasUnreadable = !data->unreadable.empty();
    m_unreadable->setVisible(hasUnreadable);
    m_unreadableTitle->setVisible(hasUnreadable);
    m_save->setVisible(hasUnreadable);
    m_unreadableTitle->setText(
        tr("Files that are left out: %1").arg(locale.toString(static_cast<qlonglong>(data->unreadable.size()))));
    m_unreadable->resizeColumnToContents(0);
    m_table->setMaximumHeight(
        m_table->verticalHeader()->length() + m_table->horizontalHeader()->sizeHint().height() + 6);
    refreshWarnings();
}

void DataView::refreshWarnings()
{
    QStringList lines;
    for (const learning::Warning& warning : m_model.data()->warnings)
        lines << QStringLiteral("▲ ") + shell::translated(warning.sentence);
    m_warnings->setText(lines.join(QLatin1Char('\n')));
    m_warnings->setVisible(!lines.isEmpty());
}

void DataView::saveList()
{
    const QString path =
        m_choosers.saveAs(this, tr("Save the list of files that are left out"), QStringLiteral("left_out.csv"));
    if (path.isEmpty())
        return;
    std::string table = "file,reason\n";
    for (const learning::Unreadable& row : m_model.data()->unreadable)
        table += csvCell(row.name) + ',' + csvCell(shell::translated(row.reason.what).toStdString()) + '\n';
    QSaveFile file(path);
    const bool isSaved = file.open(QIODevice::WriteOnly)
                         && file.write(table.data(), qint64(table.size())) == qint64(table.size()) && file.commit();
    m_unreadableTitle->setText(isSaved ? tr("The list was saved to %1.").arg(path)
                                       : tr("The list could not be saved to %1: %2").arg(path, file.errorString()));
}

} // namespace hounsfield::training
