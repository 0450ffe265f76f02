#include "ui/training/synthetic_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/training/training_model.h"

#include <algorithm>
#include <numeric>

namespace hounsfield::training {

SyntheticBar::SyntheticBar(TrainingModel& model, QWidget* parent)
    : QFrame(parent)
    , m_model(model)
    , m_rows(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("syntheticBar"));
    m_rows->setContentsMargins(16, 4, 16, 4);
    rebuild();
}

void SyntheticBar::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        rebuild();
    QFrame::changeEvent(event);
}

void SyntheticBar::refresh()
{
    if (m_model.synthetic() != m_shown)
        rebuild();
    for (QPushButton* button : findChildren<QPushButton*>())
        button->setEnabled(m_model.view().stage != TrainingModel::Stage::Training);
}

void SyntheticBar::rebuild()
{
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        if (QWidget* row = item->widget()) {
            row->hide();
            row->deleteLater(); // its button may be what was clicked
        }
        delete item;
    }
    m_shown = m_model.synthetic();
    for (const auto& folder : m_shown) {
        auto* row = new QWidget(this);
        auto* line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        auto* words =
            new QLabel(tr("◆ Synthetic images are learned from too: %1")
                           .arg(QString::fromStdString((folder.parent_path().filename() / folder.filename()).string())),
                row);
        words->setObjectName(QStringLiteral("syntheticFolder"));
        words->setProperty("role", "warning");
        words->setToolTip(QString::fromStdString(folder.string()));
        words->setWordWrap(true);
        auto* remove = new QPushButton(tr("Take out"), row);
        remove->setObjectName(QStringLiteral("removeSynthetic"));
        remove->setToolTip(tr("Train without these images; their files stay where they are"));
        connect(remove, &QPushButton::clicked, this, [this, folder] {
            auto others = m_model.synthetic();
            std::erase(others, folder);
            m_model.setSynthetic(others);
        });
        line->addWidget(words, 1);
        line->addWidget(remove);
        m_rows->addWidget(row);
    }
    setVisible(!m_shown.empty());
}

} // namespace hounsfield::training
