"""Rail, top bar, pages and details put together. It knows widths and focus, not what is shown."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from artist_console.ui.frame.drawer import DetailsDrawer
from artist_console.ui.frame.notice_line import NoticeLine
from artist_console.ui.frame.rail import Rail
from artist_console.ui.frame.top_bar import TopBar
from artist_console.ui.theme import Theme
from artist_console.ui.widgets.page import Page


class Shell(QWidget):
    """The inside of the window."""

    page_requested = Signal(str)
    artist_requested = Signal()
    search_requested = Signal()
    sync_requested = Signal()
    notifications_requested = Signal()
    notice_followed = Signal()
    notice_put_away = Signal()
    menu_requested = Signal()
    sample_requested = Signal()
    details_closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pages: dict[str, QWidget] = {}
        self._return_to: QWidget | None = None
        self.rail = Rail(theme)
        self.top_bar = TopBar(theme)
        self.notice = NoticeLine(theme)
        self.pages = QStackedWidget()
        self.drawer = DetailsDrawer(theme)
        self._body = QWidget()
        self._beside = QHBoxLayout(self._body)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(0)
        self._beside.addWidget(self.pages, 1)
        self._beside.addWidget(self.drawer)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top_bar)
        right.addWidget(self.notice)
        right.addWidget(self._body, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.rail)
        layout.addLayout(right, 1)
        self._connect()

    def _connect(self) -> None:
        self.rail.page_requested.connect(self.page_requested)
        self.rail.made_anew.connect(self._order_stops)
        self.top_bar.artist_requested.connect(self.artist_requested)
        self.top_bar.search_requested.connect(self.search_requested)
        self.top_bar.sync_requested.connect(self.sync_requested)
        self.top_bar.notifications_requested.connect(self.notifications_requested)
        self.top_bar.sample_requested.connect(self.sample_requested)
        self.top_bar.menu_requested.connect(self.menu_requested)
        self.notice.followed.connect(self.notice_followed)
        self.notice.put_away.connect(self.notice_put_away)
        self.drawer.closed.connect(self.close_details)
        self._body.installEventFilter(self)
        self._theme.changed.connect(self._fit)

    # Pages

    def add_page(self, key: str, page: QWidget) -> None:
        self._pages[key] = page
        self.pages.addWidget(page)

    def page(self, key: str) -> QWidget:
        return self._pages[key]

    def show_page(self, key: str) -> None:
        self.pages.setCurrentWidget(self._pages[key])
        self.rail.set_current(key)

    @property
    def current_page(self) -> str:
        shown = self.pages.currentWidget()
        return next((key for key, page in self._pages.items() if page is shown), "")

    # Details

    def show_details(self, content: QWidget) -> None:
        """Show a panel beside the page, or over it where the window is narrow."""
        if self.drawer.isHidden():
            self._return_to = QApplication.focusWidget()
        self.drawer.show_content(content)
        fresh = self.drawer.isHidden()
        self.drawer.show()
        self._place_drawer(slide=fresh)

    def hide_details(self) -> None:
        """Take the panel away without telling anybody."""
        had_focus = self.drawer.isAncestorOf(QApplication.focusWidget() or self)
        self.drawer.hide()
        self.drawer.show_content(None)
        if had_focus and self._return_to is not None and self._return_to.isVisible():
            self._return_to.setFocus(Qt.FocusReason.OtherFocusReason)
        self._return_to = None

    def close_details(self) -> None:
        """Take the panel away because the person closed it."""
        if not self.drawer.isHidden():
            self.hide_details()
            self.details_closed.emit()

    # Widths

    @property
    def is_narrow(self) -> bool:
        least = self._theme.width("narrow_below")
        # Larger text needs the room of the rail earlier.
        return self.width() < max(least, self._theme.px(least))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.rail.set_narrow(self.is_narrow)
        self._place_drawer()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._body and event.type() is QEvent.Type.Resize:
            self._place_drawer()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_narrow and not self.drawer.isHidden():
            self.close_details()
            return
        super().keyPressEvent(event)

    def _place_drawer(self, *, slide: bool = False) -> None:
        over = self.is_narrow
        if over and self._beside.indexOf(self.drawer) >= 0:
            self._beside.removeWidget(self.drawer)
        elif not over and self._beside.indexOf(self.drawer) < 0:
            self._beside.addWidget(self.drawer)
        self.drawer.set_over(over)
        if over:
            mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            left = 0 if mirrors else self._body.width() - self.drawer.width()
            self.drawer.resize(self.drawer.width(), self._body.height())
            self.drawer.raise_()
            if slide:
                self.drawer.slide_in(QPoint(left, 0))
            else:
                self.drawer.move(left, 0)

    # Tab and F6

    def _order_stops(self) -> None:
        """Tab goes as the eye does: rail, top bar, page. The rail is made anew later than the others."""
        rail, bar = self.rail.stops, self.top_bar.stops
        for former, following in (*pairwise((bar[-1], *rail)), *pairwise((*rail, *bar))):
            self.setTabOrder(former, following)

    def parts(self) -> tuple[QWidget, ...]:
        """Rail, top bar, page and details, as far as they are there."""
        shown = self.pages.currentWidget()
        parts = [self.rail, self.top_bar, *([shown] if shown is not None else []), self.drawer]
        return tuple(part for part in parts if part.isVisible())

    def focus_next_part(self, forward: bool = True) -> None:
        """Give the keyboard to the next part of the window."""
        parts = self.parts()
        focus = QApplication.focusWidget()
        here = next((i for i, part in enumerate(parts) if focus is not None and _holds(part, focus)), -1)
        for step in range(1, len(parts) + 1):
            place = (here + step) % len(parts) if forward else (here - step) % len(parts)
            if _focus_first(parts[place]):
                return


def _holds(part: QWidget, widget: QWidget) -> bool:
    return part is widget or part.isAncestorOf(widget)


def _focus_first(part: QWidget) -> bool:
    """Focus what the part names, or its first stop; whether there was one."""
    named = part.main_stop() if isinstance(part, Page | Rail | TopBar) else None
    # Not along the focus chain: to the binding, whoever is asked for the next one would own it from then on,
    # and take it along when it is deleted.
    for widget in (named, *part.findChildren(QWidget)):
        if widget is None or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        if widget.isVisible() and widget.isEnabled():
            widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
    return False
