#pragma once

#include <QObject>
#include <QStringList>
#include <QTimer>

#include "core/reports/contradictions.h"
#include "ui/reports/reports_core.h"
#include "ui/shell/background_task.h"

#include <deque>
#include <optional>

namespace hounsfield::reporting {

/// What the reports page knows: the project's reports, which one is open, what was said of it, the queue. Without
/// widgets. Every act is in memory at once and in the project's history a moment later, one after the other; `isSaved`
/// says when.
class ReportsModel : public QObject {
    Q_OBJECT
  public:
    enum class Order { AsImported, UncertainFirst, DisagreementFirst };
    enum class Shown { All, ToDo, Confirmed };

    struct View {
        std::int64_t total = 0, confirmed = 0;
        int place = -1, listed = 0; ///< of the open report among those of the queue
        bool isReading = false, isSaved = true;
        std::optional<Error> problem;
        QString hint; ///< what has just been done or found, in a sentence
        bool canUndo = false, canRedo = false;
    };

    ReportsModel(ReportsCore core, shell::BackgroundTasks& tasks, QObject* parent = nullptr);
    ~ReportsModel() override;

    View view() const;
    const std::vector<reports::ReportLabel>& labels() const { return m_labels; }
    QString colourOf(const std::string& label) const;

    // ---- the queue
    const std::vector<std::size_t>& queue() const { return m_queue; } ///< numbers of reports
    std::size_t size() const { return m_reports.size(); }
    const ReadReport& report(std::size_t number) const { return m_reports[number]; }
    const ReadReport* open() const;                                  ///< the open report; null: none
    void openPlace(int place);                                       ///< of the queue
    void openReport(const std::string& key);                         ///< listed or not
    const reports::StoredReport* find(const std::string& key) const; ///< null: there is none
    void openNext(); ///< the next one of the queue that is not confirmed, else the next
    void step(int by);
    void setOrder(Order order);
    void setShown(Shown shown);
    void setSearch(const QString& words); ///< in text, name and labels
    Order order() const { return m_order; }
    Shown shown() const { return m_shown; }

    /// What a learned model says of all reports: reports × labels. From now on the uncertain ones are those it is least
    /// sure of, and rules and model can disagree.
    struct ModelReading {
        std::vector<std::string> labels;
        double threshold = 0.5;
        std::vector<std::string> keys;
        std::vector<float> probabilities;
    };
    void setModelReading(const ModelReading& reading);

    // ---- the chosen annotation of the open report
    const std::string& chosen() const { return m_chosen; } ///< its id; empty: none
    const reports::Annotation* chosenSpan() const;
    void choose(const std::string& id);
    void chooseNext(int by); ///< by place in the text
    /// The finding of the rules at the place of an annotation; null when there is none.
    const reports::Finding* findingOf(const reports::Annotation& span) const;
    /// The same whatever its label.
    const reports::Finding* findingAt(const reports::Annotation& span) const;

    /// What does not fit in the open report: within its text, against its labels and against its tied marks.
    std::vector<reports::Contradiction> contradictions() const;

    // ---- import
    void readProject(); ///< what is stored; does nothing while it is so already
    /// Texts and tables; a table is shown to the person first (`previewed`).
    void importFiles(const QStringList& paths);
    void importTable(const reports::TableRequest& request);
    void paste(const QString& text);
    /// Texts with what was said of them. @param reader  by whom; empty: by this person
    void importDocuments(std::vector<reports::Document> documents, const QString& reader);

    // ---- acts on the open report; each is one undo
    void confirm(); ///< everything that is suggested, and on to the next
    void reject();  ///< the chosen annotation
    void setAttribute(const std::string& name, const std::string& value); ///< of the chosen one; empty: takes it away
    void setNote(const QString& note);
    void giveLabel(std::size_t number, reports::Span selection); ///< to the selection, else to the chosen annotation
    void extend(reports::Span selection);                        ///< the chosen annotation by one more piece
    void toggleDocumentLabel(std::size_t number);
    void relate(const std::string& from, const std::string& to, const std::string& type);
    void removeRelation(const std::string& id);
    void setStudy(const std::string& studyInstanceUID); ///< that it belongs to; empty: none
    void reopen();                                      ///< a confirmed report is to do again

    /// Where the words of the chosen annotation stand without its label: in the open report, or in all.
    enum class Where { Here, Everywhere };
    struct Mentions {
        std::int64_t count = 0, reports = 0;
    };
    Mentions mentions(Where where) const; ///< looks through all texts
    /// Those everywhere, counted when the choice has rested for a moment; none while that is so.
    const std::optional<Mentions>& counted() const { return m_counted; }
    void labelMentions(Where where);

    /// A disagreement with another reader is settled (`ReadersModel`).
    void saveSettled(reports::StoredReport report, const std::string& reader, const std::string& disagreement);
    const std::shared_ptr<const reports::RuleSet>& rules() const { return m_rules; }
    const std::vector<reports::LocalRule>& localRules() const { return m_localRules; }
    void saveRule(const reports::LocalRule& rule); ///< all reports are read anew
    void removeRule(const std::string& id);
    const std::vector<std::string>& readers() const { return m_readers; } ///< others, by name

    void undo();
    void redo();
    void setLabels(std::vector<reports::ReportLabel> labels);
    const reports::ReportKeys& keys() const { return m_keys; } ///< those that a person has chosen
    QString chosenKey(const std::string& id) const;            ///< of a status or command; empty: it has its own
    void setKeys(reports::ReportKeys keys);
    /// What the person asked for cannot be; the page says why.
    void refuse(const Text& why);
    void dismissProblem();

  signals:
    void changed();        ///< the view, the open report or its annotations
    void saved();          ///< the project holds everything that was done
    void queueChanged();   ///< which reports are listed, or their states
    void opened();         ///< another report is open
    void readersChanged(); ///< reports were read anew: who else said something of them
    void previewed(const hounsfield::reports::TableRequest& request, const hounsfield::reports::Preview& preview);

  private:
    struct Saved;
    using Act = std::function<Result<std::optional<ReadReports>>(study::Project&, const Monitor&)>;

    void save(const char* act, std::vector<reports::StoredReport> written);
    void saveOpen(const char* act, reports::StoredReport report);
    void run(Act act);
    void runNext();
    void takeSaved(Result<Saved> saved);
    void takeAll(ReadReports all);
    void reread(std::function<Result<void>(study::Project&, const Monitor&)> first);
    bool later(std::function<void()> act);
    void import(
        std::vector<reports::Document> documents, const std::vector<Text>& problems, const QString& reader = {});
    void fail(const Error& error);
    void say(const QString& hint);
    void sortQueue();
    void countLater();
    bool isListed(const reports::StoredReport& report) const;

    ReportsCore m_core;
    shell::BackgroundTasks& m_tasks;
    std::deque<Act> m_waiting;
    std::vector<std::function<void()>> m_later; ///< acts that wait until the project is read anew
    int m_rereads = 0;                          ///< asked for and not taken yet
    bool m_isBusy = false, m_isRead = false, m_isReading = false;
    bool m_isSound = true; ///< the last job at the project went well

    std::vector<ReadReport> m_reports;
    std::vector<std::string> m_readers;
    std::shared_ptr<const reports::RuleSet> m_rules =
        std::make_shared<const reports::RuleSet>(reports::RuleSet::shipped());
    std::vector<reports::LocalRule> m_localRules;
    std::vector<reports::ReportLabel> m_labels = reports::chestLabels();
    reports::ReportKeys m_keys;
    struct Score {
        double doubt = 0;               ///< 0 … 1 of the model's least sure label
        std::int64_t disagreements = 0; ///< labels on which rules and model differ
    };
    std::unordered_map<std::string, Score> m_scores; ///< by the key of the text
    double doubtOf(std::size_t number) const;

    std::vector<std::size_t> m_queue;
    std::string m_openKey, m_chosen;
    std::optional<Mentions> m_counted;
    QTimer m_countTimer;
    std::size_t m_open = 0;
    Order m_order = Order::AsImported;
    Shown m_shown = Shown::All;
    QString m_search;
    QString m_hint;
    std::optional<Error> m_problem;
    std::string m_undoable, m_redoable;
};

} // namespace hounsfield::reporting
