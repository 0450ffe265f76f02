#include "ui/reports/files_model.h"

#include <QLocale>

#include "core/base/atomic_file.h"
#include "core/reports/image_labels.h"
#include "ui/reports/reports_model.h"
#include "ui/shell/translate.h"

namespace hounsfield::reporting {

FilesModel::FilesModel(ReportsModel& model, files::ReaderPool& readers, shell::BackgroundTasks& tasks, QObject* parent)
    : QObject(parent)
    , m_reports(model)
    , m_readers(readers)
    , m_tasks(tasks)
{
    connect(&model, &ReportsModel::queueChanged, this, [this] {
        if (m_losses) {
            m_losses.reset(); // looked for again when it is asked for
            emit changed();
        }
    });
}

const reports::ExchangeFormat& FilesModel::format() const
{
    return reports::exchangeFormats()[static_cast<std::size_t>(m_format)];
}

void FilesModel::setFormat(int number)
{
    m_format = number;
    m_sentence.clear();
    findLosses();
}

std::vector<reports::Document> FilesModel::documents() const
{
    std::vector<reports::Document> all;
    for (std::size_t i = 0; i < m_reports.size(); ++i)
        all.push_back(m_reports.report(i).report.document);
    return all;
}

void FilesModel::fail(const Error& error)
{
    if (error.kind != Error::Kind::Cancelled)
        m_problem = error;
    emit changed();
}

void FilesModel::findLosses()
{
    const int turn = ++m_turn;
    m_losses.reset();
    m_problem.reset();
    m_isLooking = true;
    emit changed();
    m_tasks.start<std::vector<reports::Loss>>(
        this, text("reports", "Looking for what would be lost"),
        [format = &format(), all = documents()](
            const Monitor&) -> Result<std::vector<reports::Loss>> { return reports::lossesOf(*format, all); },
        [this, turn](Result<std::vector<reports::Loss>> losses) {
            if (turn != m_turn)
                return;
            m_isLooking = false;
            if (!losses)
                return fail(losses.error());
            m_losses = std::move(*losses);
            emit changed();
        });
}

void FilesModel::write(const QString& path)
{
    m_problem.reset();
    m_tasks.start<std::int64_t>(
        this, text("reports", "Writing annotations"),
        [format = &format(), all = documents(), path = path.toStdString()](
            const Monitor& monitor) -> Result<std::int64_t> {
            TRY(reports::writeDocuments(*format, all, path, monitor));
            return static_cast<std::int64_t>(all.size());
        },
        [this, path](Result<std::int64_t> count) {
            if (!count)
                return fail(count.error());
            m_sentence =
                tr("%1 reports were written to %2.").arg(QLocale().toString(static_cast<qlonglong>(*count)), path);
            emit changed();
        });
}

std::vector<reports::SourceReport> FilesModel::sources() const
{
    std::vector<reports::SourceReport> all;
    for (std::size_t i = 0; i < m_reports.size(); ++i)
        all.push_back({&m_reports.report(i).report, m_reports.report(i).findings});
    return all;
}

QString FilesModel::imageLabelsSentence(const std::string& label) const
{
    const reports::RuleError error = reports::ruleErrorOf(sources(), label);
    if (!error.rate)
        return tr("Confirmed reports are a person's word, the others what the rules say. The rules' error is unknown: "
                  "%1 reports are confirmed, %2 are needed.")
            .arg(error.n)
            .arg(reports::leastForError);
    return tr("Confirmed reports are a person's word, the others what the rules say. On %1 confirmed reports the rules "
              "are wrong in %2 %.")
        .arg(error.n)
        .arg(QLocale().toString(100 * *error.rate, 'f', 1));
}

void FilesModel::writeImageLabels(const std::string& label, const QString& path)
{
    m_problem.reset();
    const reports::ImageLabels labels = reports::imageLabelsOf(sources(), label);
    m_tasks.start<bool>(
        this, text("reports", "Writing labels for images"),
        [csv = labels.csv, path = path.toStdString()](const Monitor&) -> Result<bool> {
            TRY(writeAtomically(path, csv));
            return true;
        },
        [this, labels, path](Result<bool> done) {
            if (!done)
                return fail(done.error());
            m_sentence =
                tr("%1 was written: %2 reports by a person, %3 by the rules, %4 left out. Drop the images on the "
                   "page of training together with it.")
                    .arg(path)
                    .arg(labels.byPerson)
                    .arg(labels.byRules)
                    .arg(labels.leftOut);
            emit changed();
        });
}

void FilesModel::read(const QString& path, const QString& reader)
{
    m_problem.reset();
    m_tasks.start<reports::Imported>(
        this, text("reports", "Reading annotations"),
        [format = &format(), readers = &m_readers, path = path.toStdString()](
            const Monitor& monitor) { return reports::readDocuments(*readers, *format, path, monitor); },
        [this, reader](Result<reports::Imported> imported) {
            if (!imported)
                return fail(imported.error());
            m_sentence = tr("%1 documents were read.")
                             .arg(QLocale().toString(static_cast<qlonglong>(imported->documents.size())));
            for (const reports::Loss& loss : imported->lost)
                m_sentence += tr(" Not taken over: %1 × %2").arg(loss.count).arg(shell::translated(loss.what));
            if (!imported->problems.empty())
                m_sentence += tr(" Left out: %1, the first because: %2")
                                  .arg(imported->problems.size())
                                  .arg(shell::translated(imported->problems.front()));
            m_reports.importDocuments(std::move(imported->documents), reader);
            emit changed();
        });
}

} // namespace hounsfield::reporting
