#include "core/reports/annotating.h"
#include "core/reports/rule_store.h"
#include "ui/reports/reports_model.h"

#include <algorithm>

namespace hounsfield::reporting {

using State = reports::StoredReport::State;

/// While an undo is being read, what is in memory is not what stands in the project: an act waits for it.
bool ReportsModel::later(std::function<void()> act)
{
    if (m_rereads == 0)
        return false;
    m_later.push_back(std::move(act));
    return true;
}

void ReportsModel::save(const char* act, std::vector<reports::StoredReport> written)
{
    for (const reports::StoredReport& report : written)
        for (ReadReport& read : m_reports)
            if (read.report.key == report.key)
                read.report = report;
    m_problem.reset();
    countLater();
    run([act, written = std::move(written)](
            study::Project& project, const Monitor&) -> Result<std::optional<ReadReports>> {
        TRY(reports::saveReports(project, act, written));
        return std::optional<ReadReports>();
    });
    emit queueChanged();
    emit changed();
}

void ReportsModel::saveOpen(const char* act, reports::StoredReport report)
{
    if (report.state == State::New)
        report.state = State::Begun;
    if (report == m_reports[m_open].report)
        return;
    save(act, {std::move(report)});
}

void ReportsModel::confirm()
{
    if (later([=, this] { confirm(); }))
        return;
    if (!open())
        return;
    reports::StoredReport report = open()->report;
    for (reports::Annotation& span : report.document.spans)
        span.isConfirmed = true;
    report.state = State::Confirmed;
    saveOpen("confirm report", std::move(report));
    openNext();
    if (m_shown != Shown::All)
        sortQueue();
}

void ReportsModel::reopen()
{
    if (later([=, this] { reopen(); }))
        return;
    if (!open() || open()->report.state != State::Confirmed)
        return;
    reports::StoredReport report = open()->report;
    report.state = State::Begun;
    saveOpen("reopen report", std::move(report));
}

void ReportsModel::setStudy(const std::string& studyInstanceUID)
{
    if (later([=, this] { setStudy(studyInstanceUID); }))
        return;
    if (!open())
        return;
    reports::StoredReport report = open()->report;
    report.studyInstanceUID = studyInstanceUID;
    saveOpen("link report", std::move(report));
}

void ReportsModel::reject()
{
    if (later([=, this] { reject(); }))
        return;
    if (!chosenSpan())
        return;
    reports::StoredReport report = open()->report;
    const std::string id = m_chosen;
    chooseNext(1);
    if (m_chosen == id)
        m_chosen.clear();
    reports::removeSpan(report.document, id);
    saveOpen("remove annotation", std::move(report));
}

void ReportsModel::setAttribute(const std::string& name, const std::string& value)
{
    if (later([=, this] { setAttribute(name, value); }))
        return;
    if (!chosenSpan())
        return;
    reports::StoredReport report = open()->report;
    reports::Annotation* span = reports::findSpan(report.document, m_chosen);
    if (value.empty())
        span->attributes.erase(name);
    else
        span->attributes[name] = value;
    span->isConfirmed = true;
    saveOpen("change annotation", std::move(report));
}

void ReportsModel::setNote(const QString& note)
{
    if (later([=, this] { setNote(note); }))
        return;
    if (!chosenSpan())
        return;
    reports::StoredReport report = open()->report;
    reports::findSpan(report.document, m_chosen)->note = note.toStdString();
    saveOpen("change annotation", std::move(report));
}

void ReportsModel::giveLabel(std::size_t number, reports::Span selection)
{
    if (later([=, this] { giveLabel(number, selection); }))
        return;
    if (!open() || number >= m_labels.size())
        return;
    reports::StoredReport report = open()->report;
    const std::string& label = m_labels[number].name;
    const reports::Span words = reports::trimmed(reports::CodePoints(report.document.text), selection);
    if (words.size() > 0) {
        m_chosen = reports::addSpan(report.document, label, {words},
            {{reports::attribute::status, std::string(nameOf(reports::Status::Present))}});
        return saveOpen("add annotation", std::move(report));
    }
    reports::Annotation* span = reports::findSpan(report.document, m_chosen);
    if (!span)
        return say(tr("Select some words, or choose an annotation; then the key gives the label."));
    span->label = label;
    span->isConfirmed = true;
    saveOpen("change annotation", std::move(report));
}

void ReportsModel::extend(reports::Span selection)
{
    if (later([=, this] { extend(selection); }))
        return;
    if (!chosenSpan())
        return say(tr("Choose an annotation first; then select the words that belong to it as well."));
    reports::StoredReport report = open()->report;
    const reports::Span words = reports::trimmed(reports::CodePoints(report.document.text), selection);
    if (words.size() == 0)
        return say(tr("Select the words that belong to the annotation as well."));
    reports::addPiece(report.document, m_chosen, words);
    saveOpen("change annotation", std::move(report));
}

void ReportsModel::toggleDocumentLabel(std::size_t number)
{
    if (later([=, this] { toggleDocumentLabel(number); }))
        return;
    if (!open() || number >= m_labels.size())
        return;
    reports::StoredReport report = open()->report;
    auto& labels = report.document.labels;
    if (std::erase(labels, m_labels[number].name) == 0)
        labels.push_back(m_labels[number].name);
    saveOpen("label report", std::move(report));
}

void ReportsModel::relate(const std::string& from, const std::string& to, const std::string& type)
{
    if (later([=, this] { relate(from, to, type); }))
        return;
    if (!open() || from == to)
        return;
    reports::StoredReport report = open()->report;
    if (!reports::findSpan(report.document, from) || !reports::findSpan(report.document, to))
        return;
    const bool isThere = std::ranges::any_of(report.document.relations, [&](const reports::Relation& relation) {
        return relation.from == from && relation.to == to && relation.type == type;
    });
    if (!isThere)
        report.document.relations.push_back({reports::freeRelationId(report.document), type, from, to});
    saveOpen("add relation", std::move(report));
}

void ReportsModel::removeRelation(const std::string& id)
{
    if (later([=, this] { removeRelation(id); }))
        return;
    if (!open())
        return;
    reports::StoredReport report = open()->report;
    std::erase_if(report.document.relations, [&](const reports::Relation& relation) { return relation.id == id; });
    saveOpen("remove relation", std::move(report));
}

ReportsModel::Mentions ReportsModel::mentions(Where where) const
{
    const reports::Annotation* span = chosenSpan();
    Mentions all;
    if (!span)
        return all;
    for (const ReadReport& read : m_reports) {
        if (where == Where::Here && read.report.key != m_openKey)
            continue;
        const auto found = reports::newMentions(read.report.document, span->label, span->surface);
        all.count += static_cast<std::int64_t>(found.size());
        all.reports += found.empty() ? 0 : 1;
    }
    return all;
}

void ReportsModel::labelMentions(Where where)
{
    if (later([=, this] { labelMentions(where); }))
        return;
    if (!chosenSpan())
        return;
    const reports::Annotation span = *chosenSpan();
    std::vector<reports::StoredReport> written;
    for (const ReadReport& read : m_reports) {
        if (where == Where::Here && read.report.key != m_openKey)
            continue;
        const auto found = reports::newMentions(read.report.document, span.label, span.surface);
        if (found.empty())
            continue;
        reports::StoredReport report = read.report;
        for (const reports::Span& mention : found) {
            const bool wasRead = std::ranges::any_of(report.document.spans, [&](const reports::Annotation& other) {
                return other.label == span.label && other.pieces == std::vector<reports::Span>{mention};
            });
            // What the rules read at a place knows its own status better than the words labelled elsewhere.
            reports::addSpan(report.document, span.label, {mention},
                wasRead ? std::map<std::string, std::string>() : span.attributes);
        }
        if (report.state == State::New)
            report.state = State::Begun;
        written.push_back(std::move(report));
    }
    if (!written.empty())
        save("label equal mentions", std::move(written));
}

void ReportsModel::saveSettled(reports::StoredReport report, const std::string& reader, const std::string& disagreement)
{
    for (ReadReport& read : m_reports)
        if (read.report.key == report.key)
            read.report = report;
    run([report = std::move(report), reader, disagreement](
            study::Project& project, const Monitor&) -> Result<std::optional<ReadReports>> {
        TRY(reports::saveSettled(project, report, reader, disagreement));
        return std::optional<ReadReports>();
    });
    emit changed();
}

void ReportsModel::undo()
{
    reread([](study::Project& project, const Monitor&) -> Result<void> {
        TRY(project.undo());
        return {};
    });
    emit changed();
}

void ReportsModel::redo()
{
    reread([](study::Project& project, const Monitor&) -> Result<void> {
        TRY(project.redo());
        return {};
    });
    emit changed();
}

void ReportsModel::refuse(const Text& why)
{
    fail(Error{Error::Kind::BadInput, why, {}, {}});
}

QString ReportsModel::chosenKey(const std::string& id) const
{
    const auto found = m_keys.find(id);
    return found == m_keys.end() ? QString() : QString::fromStdString(found->second);
}

void ReportsModel::setKeys(reports::ReportKeys keys)
{
    m_problem.reset();
    m_keys = keys; // a second choice may come before the first one is read anew
    reread([keys = std::move(keys)](study::Project& project, const Monitor&) -> Result<void> {
        return reports::setReportKeys(project, keys);
    });
    emit changed();
}

void ReportsModel::setLabels(std::vector<reports::ReportLabel> labels)
{
    m_problem.reset();
    reread([labels = std::move(labels)](study::Project& project, const Monitor&) -> Result<void> {
        return reports::setReportLabels(project, labels);
    });
    emit changed();
}

void ReportsModel::saveRule(const reports::LocalRule& rule)
{
    reread([rule](study::Project& project, const Monitor&) { return reports::saveRule(project, rule); });
    emit changed();
}

void ReportsModel::removeRule(const std::string& id)
{
    reread([id](study::Project& project, const Monitor&) { return reports::removeRule(project, id); });
    emit changed();
}

} // namespace hounsfield::reporting
