#include "ui/synthesis/blind_test_view.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/synthesis/blind_test_model.h"
#include "ui/synthesis/sample_grid.h"
#include "ui/synthesis/verdict_words.h"
#include "ui/training/figures.h"

namespace hounsfield::synthesising {

using Stage = BlindTestModel::Stage;

namespace {

QString percent(double share)
{
    return QLocale().toString(100 * share, 'f', 0) + QStringLiteral(" %");
}

} // namespace

BlindTestView::BlindTestView(SynthesisModel& synthesis, BlindTestModel& model, QWidget* parent)
    : QWidget(parent)
    , m_synthesis(synthesis)
    , m_model(model)
    , m_title(new QLabel(this))
    , m_words(new QLabel(this))
    , m_picture(new SampleGrid(this))
    , m_countLabel(new QLabel(this))
    , m_count(new QSpinBox(this))
    , m_start(new QPushButton(this))
    , m_real(new QPushButton(this))
    , m_made(new QPushButton(this))
    , m_back(new QPushButton(this))
    , m_giveUp(new QPushButton(this))
    , m_earlier(new QLabel(this))
{
    setFocusPolicy(Qt::StrongFocus);
    m_title->setObjectName(QStringLiteral("blindTitle"));
    m_title->setStyleSheet(QStringLiteral("font-size: 20px; font-weight: 600;"));
    m_words->setObjectName(QStringLiteral("blindWords"));
    m_words->setProperty("role", "quiet");
    m_earlier->setObjectName(QStringLiteral("blindEarlier"));
    m_earlier->setProperty("role", "quiet");
    for (QLabel* label : {m_title, m_words, m_earlier})
        label->setWordWrap(true);
    m_picture->setObjectName(QStringLiteral("blindPicture"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->addWidget(m_title);
    column->addWidget(m_words);
    column->addWidget(m_picture, 1);
    column->addWidget(makeFoot());
    column->addWidget(m_earlier);
    connect(&model, &BlindTestModel::changed, this, &BlindTestView::refresh);
    connect(m_start, &QPushButton::clicked, this, [this] {
        m_model.start(m_count->value());
        setFocus();
    });
    connect(m_real, &QPushButton::clicked, this, [this] { m_model.answer(false); });
    connect(m_made, &QPushButton::clicked, this, [this] { m_model.answer(true); });
    connect(m_back, &QPushButton::clicked, &model, &BlindTestModel::back);
    connect(m_giveUp, &QPushButton::clicked, &model, &BlindTestModel::giveUp);
    retranslate();
}

QWidget* BlindTestView::makeFoot()
{
    m_count->setObjectName(QStringLiteral("blindCount"));
    m_count->setRange(20, 50);
    m_count->setSingleStep(2);
    m_count->setValue(30);
    m_countLabel->setBuddy(m_count);
    m_start->setObjectName(QStringLiteral("blindStart"));
    m_real->setObjectName(QStringLiteral("blindReal"));
    m_made->setObjectName(QStringLiteral("blindMade"));
    m_back->setObjectName(QStringLiteral("blindBack"));
    m_giveUp->setObjectName(QStringLiteral("blindGiveUp"));
    for (QPushButton* button : {m_real, m_made, m_back, m_giveUp})
        button->setFocusPolicy(Qt::TabFocus); // a click leaves the keys with the test
    auto* foot = new QWidget(this);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 4, 0, 4);
    row->addWidget(m_countLabel);
    row->addWidget(m_count);
    row->addWidget(m_start);
    row->addWidget(m_real);
    row->addWidget(m_made);
    row->addWidget(m_back);
    row->addStretch(1);
    row->addWidget(m_giveUp);
    return foot;
}

void BlindTestView::retranslate()
{
    setAccessibleName(tr("Blind test"));
    m_countLabel->setText(tr("Images"));
    m_count->setAccessibleName(tr("Images in the test"));
    m_start->setText(tr("Start the test"));
    m_start->setToolTip(tr("Half of the images are real ones that the generator never saw, half are made"));
    m_real->setText(tr("Real (R)"));
    m_real->setToolTip(tr("This is a patient's image; key R or Left"));
    m_made->setText(tr("Made (M)"));
    m_made->setToolTip(tr("This was made by the generator; key M or Right"));
    m_back->setText(tr("Back"));
    m_back->setToolTip(tr("Take the last answer back; Backspace"));
    m_giveUp->setText(tr("Give up"));
    m_giveUp->setToolTip(tr("End the test without a score"));
    m_picture->setAccessibleName(tr("The image that is asked about"));
    refresh();
}

void BlindTestView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void BlindTestView::keyPressEvent(QKeyEvent* event)
{
    if (m_model.view().stage != Stage::Asking)
        return QWidget::keyPressEvent(event);
    switch (event->key()) {
    case Qt::Key_R:
    case Qt::Key_Left:
        return m_model.answer(false);
    case Qt::Key_M:
    case Qt::Key_Right:
        return m_model.answer(true);
    case Qt::Key_Backspace:
        return m_model.back();
    default:
        QWidget::keyPressEvent(event);
    }
}

void BlindTestView::refreshWords()
{
    const auto view = m_model.view();
    if (view.stage == Stage::Asking) {
        m_title->setText(tr("%1 of %2: real or made?").arg(view.at + 1).arg(view.count));
        return m_words->setText(tr("R or Left: real. M or Right: made. Backspace: back."));
    }
    if (view.stage == Stage::Done && view.score.value) {
        const int right = view.answers[0][0] + view.answers[1][1];
        m_title->setText(tr("%1 of %2 right: %3, interval %4 to %5")
                             .arg(right)
                             .arg(view.count)
                             .arg(percent(*view.score.value), percent(view.score.low), percent(view.score.high)));
        const QString detail = tr("Made images taken for real: %1 of %2. Real ones taken for made: %3 of %4.")
                                   .arg(view.answers[1][0])
                                   .arg(view.answers[1][0] + view.answers[1][1])
                                   .arg(view.answers[0][1])
                                   .arg(view.answers[0][0] + view.answers[0][1]);
        const QString meaning = view.score.low > 0.5    ? tr("You tell them apart.")
                                : view.score.high < 0.5 ? tr("You take one for the other.")
                                                        : tr("This is what guessing may give.");
        return m_words->setText(detail + QLatin1Char(' ') + meaning);
    }
    m_title->setText(view.stage == Stage::Preparing ? tr("Preparing the images …") : tr("Can you tell them apart?"));
    m_words->setText(tr("Real images that the generator never saw and made ones come in random order. The score, with "
                        "its interval, comes at the end; half right is what guessing gives."));
}

void BlindTestView::refresh()
{
    const auto view = m_model.view();
    const bool isAsking = view.stage == Stage::Asking;
    refreshWords();
    m_picture->setEmptySentence(view.canStart                    ? tr("Start the test.")
                                : view.stage == Stage::Preparing ? QString()
                                                                 : tr("There is no generator yet."));
    m_picture->setPictures(isAsking ? std::vector<QImage>{view.picture} : std::vector<QImage>{}, 1, {});
    for (QWidget* widget :
        {static_cast<QWidget*>(m_countLabel), static_cast<QWidget*>(m_count), static_cast<QWidget*>(m_start)})
        widget->setVisible(!isAsking);
    m_start->setEnabled(view.canStart);
    for (QPushButton* button : {m_real, m_made, m_back, m_giveUp})
        button->setVisible(isAsking);
    m_back->setEnabled(view.at > 0);
    QStringList lines;
    const RunPointer run = m_synthesis.run();
    for (std::size_t i = run ? run->blind.size() : 0; i > 0 && lines.size() < 5; --i) {
        const BlindScore& one = run->blind[i - 1];
        const auto share = shareOf(one.right, one.images);
        lines << tr("%1: %2 of %3 right, interval %4 to %5")
                     .arg(training::dateText(one.when))
                     .arg(one.right)
                     .arg(one.images)
                     .arg(percent(share.low), percent(share.high));
    }
    m_earlier->setText(lines.join(QLatin1Char('\n')));
    m_earlier->setVisible(!lines.isEmpty() && !isAsking);
}

} // namespace hounsfield::synthesising
