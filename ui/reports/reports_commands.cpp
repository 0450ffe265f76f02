#include <QApplication>
#include <QLineEdit>

#include "ui/reports/report_text.h"
#include "ui/reports/reports_page.h"

namespace hounsfield::reporting {

namespace {

Text menu()
{
    return text("reports", "&Report");
}

} // namespace

bool ReportsPage::isWriting() const
{
    return qobject_cast<QLineEdit*>(QApplication::focusWidget()) != nullptr;
}

std::vector<shell::Command> ReportsPage::reportCommands()
{
    using State = reports::StoredReport::State;
    const auto isOpen = [this] { return m_model.open() != nullptr; };
    const auto confirm = [this] {
        if (isWriting())
            return focusText();
        m_model.confirm();
    };
    return {
        {"reports.import", text("reports", "Import reports…"),
            text("reports", "Texts, tables or XML; what is there already is kept once."), {"Ctrl+I"}, "open-file",
            menu(), [this] { importFiles(); }},
        {"reports.confirm", text("reports", "Confirm and next"),
            text("reports", "Everything that is suggested is right; the next report opens."), {"Return", "Enter"},
            "play", menu(), confirm, {}, isOpen},
        {"reports.reopen", text("reports", "To do again"), text("reports", "A confirmed report is to do again."), {},
            nullptr, menu(), [this] { m_model.reopen(); }, {},
            [this] { return m_model.open() && m_model.open()->report.state == State::Confirmed; }},
        {"reports.next", text("reports", "Next report"), text("reports", "Opens it without confirming this one."),
            {"PgDown"}, nullptr, menu(), [this] { m_model.step(1); }, {}, isOpen},
        {"reports.previous", text("reports", "Previous report"), {}, {"PgUp"}, nullptr, menu(),
            [this] { m_model.step(-1); }, {}, isOpen},
    };
}

std::vector<shell::Command> ReportsPage::annotationCommands()
{
    using Where = ReportsModel::Where;
    const auto isOpen = [this] { return m_model.open() != nullptr; };
    const auto isChosen = [this] { return m_model.chosenSpan() != nullptr; };
    const auto extend = [this] {
        m_model.extend(m_text->selection());
        m_text->clearSelection();
    };
    return {
        {"reports.nextFinding", text("reports", "Next annotation"), text("reports", "Chooses it."), {"N"}, nullptr,
            menu(), [this] { m_model.chooseNext(1); }, {}, isOpen},
        {"reports.previousFinding", text("reports", "Previous annotation"), text("reports", "Chooses it."), {"Shift+N"},
            nullptr, menu(), [this] { m_model.chooseNext(-1); }, {}, isOpen},
        {"reports.reject", text("reports", "Take the annotation away"),
            text("reports", "The chosen annotation is wrong."), {"Backspace", "Del"}, nullptr, menu(),
            [this] { m_model.reject(); }, {}, isChosen},
        {"reports.extend", text("reports", "Add words to the annotation"),
            text("reports", "The selected words become a further piece of the chosen annotation."), {"A"}, nullptr,
            menu(), extend, {}, isChosen},
        {"reports.labelHere", text("reports", "Label its equals in this report"),
            text("reports", "The same words get the label of the chosen annotation."), {"Ctrl+E"}, nullptr, menu(),
            [this] { m_model.labelMentions(Where::Here); }, {}, isChosen},
        {"reports.labelEverywhere", text("reports", "Label its equals in all reports"),
            text("reports", "The same words get the label of the chosen annotation; one undo takes all back."),
            {"Ctrl+Shift+E"}, nullptr, menu(), [this] { m_model.labelMentions(Where::Everywhere); }, {}, isChosen},
    };
}

std::vector<shell::Command> ReportsPage::otherCommands()
{
    return {
        {"reports.label", text("reports", "Give a label"),
            text("reports", "The key of a label: to the selected words, else to the chosen annotation."), {}, nullptr,
            {}, nullptr, text("reports", "key of the label")},
        {"reports.status", text("reports", "Set the status"),
            text("reports", "present, absent, uncertain, historical, hypothetical, family"), {}, nullptr, {}, nullptr,
            text("reports", "+ − ? H Y F")},
        {"reports.search", text("reports", "Search"), text("reports", "In texts and labels."), {"Ctrl+F"}, nullptr,
            menu(), [this] { m_search->setFocus(); }},
        {"reports.undo", text("reports", "Undo"), text("reports", "Takes the last act back."), {"Ctrl+Z"}, "undo",
            menu(), [this] { m_model.undo(); }, {}, [this] { return m_model.view().canUndo; }},
        {"reports.redo", text("reports", "Redo"), text("reports", "Does it again."), {"Ctrl+Y", "Ctrl+Shift+Z"}, "redo",
            menu(), [this] { m_model.redo(); }, {}, [this] { return m_model.view().canRedo; }},
    };
}

std::vector<shell::Command> ReportsPage::commands()
{
    std::vector<shell::Command> all = reportCommands();
    for (auto& rows : {annotationCommands(), otherCommands()})
        all.insert(all.end(), rows.begin(), rows.end());
    return all;
}

} // namespace hounsfield::reporting
