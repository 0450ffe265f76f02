#pragma once

#include <QBoxLayout>
#include <QLabel>

#include <initializer_list>

namespace hounsfield::reporting {

/// The widget, found by tests and style sheets under its name.
template <typename Widget> Widget* named(Widget* widget, const char* name)
{
    widget->setObjectName(QString::fromLatin1(name));
    return widget;
}

/// A label that breaks its lines. @param role  of the style sheet: "heading", "quiet", "bad" …
inline QLabel* wrapped(const char* name, const char* role, QWidget* parent)
{
    auto* label = named(new QLabel(parent), name);
    label->setProperty("role", role);
    label->setWordWrap(true);
    return label;
}

inline void addAll(QBoxLayout* layout, std::initializer_list<QWidget*> widgets)
{
    for (QWidget* each : widgets)
        layout->addWidget(each);
}

} // namespace hounsfield::reporting
