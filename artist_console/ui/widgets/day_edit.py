"""A field for a day: typed as people write it, or taken from a calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QToolButton, QVBoxLayout, QWidget

from artist_console.ui.days import read_day
from artist_console.ui.figures import DEFAULT_LOCALE, Figures
from artist_console.ui.icons import Icon
from artist_console.ui.text import say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import IconButton
from artist_console.ui.widgets.layout import row

# Qt's names of the buttons that change the month; its own arrows are black in every theme.
_BEFORE, _AFTER = "qt_calendar_prevmonth", "qt_calendar_nextmonth"


class DayEdit(QWidget):
    """`edit` holds what was typed, `day` what it means; the calendar opens with its button or Alt+Down."""

    def __init__(self, theme: Theme, figures: Figures, region: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._figures, self._region = theme, figures, region
        self.edit = QLineEdit()
        self.button = IconButton(theme, Icon.CALENDAR, say("day", "Open the calendar"))
        self.button.clicked.connect(self.open_calendar)
        line = row(self.edit, self.button, gap=4)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.setFocusProxy(self.edit)
        self.edit.editingFinished.connect(self._write_out)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)
        self.button.set_name(say("day", "Open the calendar: {field}", field=name))

    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        self.edit.setAccessibleDescription(description)

    @property
    def is_empty(self) -> bool:
        return not self.edit.text().strip()

    @property
    def day(self) -> date | None:
        """None where it is empty, or cannot be read."""
        return read_day(self.edit.text(), self._region)

    def show_day(self, day: date | None) -> None:
        self.edit.setText(self._figures.day(day) if day is not None else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
            return
        super().keyPressEvent(event)

    def _write_out(self) -> None:
        """Show what was understood: 3/4/27 is another day elsewhere."""
        if self.day is not None:
            self.show_day(self.day)

    def open_calendar(self) -> None:
        self.calendar = CalendarPopup(self._theme, self._region, self.day, self)
        self.calendar.chosen.connect(self._take)
        self.calendar.open_below(self)

    def _take(self, day: date) -> None:
        self.show_day(day)
        self.edit.setFocus()


class CalendarPopup(QFrame):
    """A month at a time. Arrows move, Page up and down change the month, Enter takes, Esc leaves."""

    chosen = Signal(object)  # date

    def __init__(self, theme: Theme, region: str, day: date | None, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(say("day", "Calendar"))
        self.month = QCalendarWidget()
        self.month.setLocale(QLocale(region or DEFAULT_LOCALE))
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setGridVisible(False)
        self.month.setAccessibleName(say("day", "Days"))
        if day is not None:
            self.month.setSelectedDate(QDate(day.year, day.month, day.day))
        self.month.activated.connect(self._take)
        self.month.clicked.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self.month)
        self._dress(theme)

    def open_below(self, field: QWidget) -> None:
        """Where there is room: below the field, else above it."""
        size = self.sizeHint().expandedTo(QSize(300, 0))
        self.resize(size)
        at = field.mapToGlobal(QPoint(0, field.height() + 4))
        screen = field.screen().availableGeometry()
        if at.y() + size.height() > screen.bottom():
            at = field.mapToGlobal(QPoint(0, -size.height() - 4))
        at.setX(max(screen.left(), min(at.x(), screen.right() - size.width())))
        self.move(at)
        self.show()
        self.month.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def _take(self, day: QDate) -> None:
        self.chosen.emit(date(day.year(), day.month(), day.day()))
        self.close()

    def _dress(self, theme: Theme) -> None:
        """Qt's own calendar in our colours: it lives for one choice, so a new theme finds none open."""
        colours = {token.value: theme.colour(token).name() for token in Token}
        self.setStyleSheet(_LOOK % (colours | {"size": theme.font(TextRole.BODY).pixelSize()}))
        arrows = ((_BEFORE, Icon.CHEVRON_LEFT), (_AFTER, Icon.CHEVRON_RIGHT))
        for name, icon in arrows:
            button = self.month.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(theme.icons.icon(icon, theme.colour(Token.TEXT), theme.colour(Token.DISABLED)))
        plain, heading = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(QBrush(theme.colour(Token.TEXT)))
        heading.setForeground(QBrush(theme.colour(Token.TEXT_2)))
        heading.setBackground(QBrush(theme.colour(Token.SURFACE)))
        for weekday in Qt.DayOfWeek:
            self.month.setWeekdayTextFormat(weekday, plain)
        self.month.setHeaderTextFormat(heading)


_LOOK = """
CalendarPopup { background: %(surface)s; border: 1px solid %(control_line)s; border-radius: 8px; }
QCalendarWidget QWidget { background: %(surface)s; color: %(text)s; alternate-background-color: %(surface)s; }
QCalendarWidget QAbstractItemView {
  background: %(surface)s; color: %(text)s; font-size: %(size)spx; outline: 0;
  selection-background-color: %(accent)s; selection-color: %(on_accent)s;
}
QCalendarWidget QAbstractItemView:disabled { color: %(disabled)s; }
QCalendarWidget QToolButton {
  color: %(text)s; background: transparent; border: none; border-radius: 6px; padding: 4px 8px;
  font-size: %(size)spx; font-weight: 600; min-width: 24px; min-height: 24px;
}
QCalendarWidget QToolButton:hover { background: %(hover)s; }
QCalendarWidget QToolButton:focus { border: 2px solid %(focus)s; }
QCalendarWidget QToolButton::menu-indicator { image: none; }
"""
