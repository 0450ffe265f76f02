#pragma once

#include <QImage>
#include <QStringList>
#include <QWidget>

#include <vector>

namespace hounsfield::synthesising {

/// Pictures of classes one below the other, each with its name above, as large as there is room: a class takes one row
/// or several.
class SampleGrid : public QWidget {
    Q_OBJECT
  public:
    explicit SampleGrid(QWidget* parent = nullptr);

    void setPictures(const std::vector<QImage>& pictures, int perClass, const QStringList& names);
    void setEmptySentence(const QString& sentence);
    /// Where picture i is drawn.
    QRect rectOf(int i) const;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

  protected:
    void paintEvent(QPaintEvent*) override;

  private:
    struct Form {
        int columns = 1, side = 8;
    };
    Form form() const;
    int classes() const;
    int sideWith(int columns) const;
    int nameHeight() const;

    std::vector<QImage> m_pictures;
    int m_perClass = 1;
    QStringList m_names;
    QString m_empty;
};

} // namespace hounsfield::synthesising
