"""The states that every page has: loading, empty, an error; and the stack that shows one of them.

Nothing is shown for the first 300 ms of loading; what was there stays usable while it refreshes.
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from artist_console.domain.problems import Problem
from artist_console.ui.icons import Icon
from artist_console.ui.text import label, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.painting import fill_round, mirrored, painter_for
from artist_console.ui.widgets.sections import Disclosure

SHAPES_MS = 300
WORDS_MS = 2_000
CANCEL_MS = 10_000
_WIDEST = 460


class _Picture(QWidget):
    """An icon alone, larger."""

    def __init__(self, theme: Theme, icon: Icon, tint: Tint) -> None:
        super().__init__()
        self._theme = theme
        self.icon = icon
        self._tint = tint
        self.setFixedSize(44, 44)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_for(self)
        colours = self._theme.tint(self._tint)
        fill_round(painter, QRectF(self.rect()), 12, colours.back)
        box = QRectF(self.rect()).adjusted(11, 11, -11, -11)
        self._theme.icons.paint(painter, box, self.icon, colours.on_back)


class EmptyState(QWidget):
    """What will be here, from where, and one thing to do."""

    def __init__(
        self,
        theme: Theme,
        title: str = "",
        words: str = "",
        action: QWidget | None = None,
        icon: Icon = Icon.LAYERS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture = _Picture(theme, icon, Tint.NEUTRAL)
        self._title = label("", TextRole.SECTION, wrap=True)
        self._words = label("", TextRole.BODY, Token.TEXT_2, wrap=True)
        for part in (self._title, self._words):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        texts = QWidget()
        texts.setLayout(column(self._title, self._words, gap=6))
        texts.setMaximumWidth(_WIDEST)
        texts.setMinimumWidth(220)
        middle = row(gap=0)
        middle.addStretch(1)
        middle.addWidget(texts, 20)
        middle.addStretch(1)
        self._actions = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 32, 24, 32)
        layout.setSpacing(6)
        layout.addStretch(2)
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(8)
        layout.addLayout(middle)
        layout.addSpacing(10)
        layout.addLayout(self._actions)
        layout.addStretch(3)
        self.show_state(title, words, action, icon)

    def show_state(
        self, title: str, words: str = "", action: QWidget | None = None, icon: Icon | None = None
    ) -> None:
        self._title.setText(title)
        self._words.show_words(words)
        self.setAccessibleName(". ".join(part for part in (title, words) if part))
        if icon is not None:
            self._picture.icon = icon
            self._picture.update()
        if action is not None and self._actions.indexOf(action) >= 0:
            return
        clear_layout(self._actions)
        if action is not None:
            self._actions.addWidget(action, 0, Qt.AlignmentFlag.AlignHCenter)
            action.show()


class ErrorState(QWidget):
    """What happened, what it means, what can be done; technical details folded, with Copy."""

    retry = Signal()

    def __init__(
        self,
        theme: Theme,
        title: str = "",
        words: str = "",
        detail: str = "",
        parent: QWidget | None = None,
        *,
        can_retry: bool = True,
    ) -> None:
        super().__init__(parent)
        self._picture = _Picture(theme, Icon.TRIANGLE, Tint.ASK)
        self._title = label("", TextRole.SECTION, wrap=True)
        self._words = label("", TextRole.BODY, Token.TEXT_2, wrap=True)
        self._detail = label("", TextRole.SMALL, Token.TEXT_2, wrap=True, selectable=True)
        self.again = Button(theme, say("error", "Try again"), icon=Icon.SYNC)
        self.again.clicked.connect(self.retry)
        if not can_retry:
            self.again.hide()  # never shown here: without a parent it would be a window and take the keyboard
        self.copy = Button(theme, say("error", "Copy"), ButtonKind.QUIET, Icon.COPY)
        self.copy.clicked.connect(self._copy)
        inside = QWidget()
        inner = QVBoxLayout(inside)
        inner.setContentsMargins(26, 0, 26, 0)
        inner.addWidget(self._detail)
        inner.addLayout(row(self.copy, None))
        self.details = Disclosure(theme, say("error", "Details"), inside)
        texts = QVBoxLayout()
        texts.setSpacing(6)
        texts.addWidget(self._title)
        texts.addWidget(self._words)
        texts.addSpacing(6)
        texts.addLayout(row(self.again, None))
        texts.addWidget(self.details)
        line = row(gap=16)
        line.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.addLayout(line)
        layout.addStretch(1)
        self.show_error(title, words, detail)

    def show_error(self, title: str, words: str = "", detail: str = "") -> None:
        self._title.setText(title)
        self._words.show_words(words)
        self._detail.setText(detail)
        self.details.setVisible(bool(detail))
        self.details.set_open(False)
        self.setAccessibleName(". ".join(part for part in (title, words) if part))

    def show_problem(self, problem: Problem, detail: str = "") -> None:
        """A Problem in its own words."""
        title = say("problem", problem.title_template, **problem.fields)
        advice = say("problem", problem.advice_template, **problem.fields) if problem.advice_template else ""
        self.show_error(title, advice, detail)

    def _copy(self) -> None:
        parts = (self._title.text(), self._words.text(), self._detail.text())
        QGuiApplication.clipboard().setText("\n".join(part for part in parts if part))


class LoadingRows(QWidget):
    """Grey shapes of rows after 300 ms, what and how far after 2 s, Cancel after 10 s."""

    cancelled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shapes = False
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)
        self._words = label("", TextRole.SMALL, Token.TEXT_2)
        self._words.hide()
        self._cancel = Button(theme, say("loading", "Cancel"), ButtonKind.QUIET)
        self._cancel.clicked.connect(self.cancelled)
        self._cancel.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 24, 12)
        layout.addStretch(1)
        layout.addLayout(row(self._words, None, self._cancel))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.update)

    @property
    def shows_shapes(self) -> bool:
        return self._shapes

    def start(self, words: str = "") -> None:
        """Begin; `words` say what is loaded."""
        self._words.setText(words)
        self._words.hide()
        self._cancel.hide()
        self._shapes = False
        self._since.start()
        self._timer.start(SHAPES_MS)
        self.update()

    def show_progress(self, words: str) -> None:
        """How far it is; seen from 2 s on."""
        self._words.setText(words)

    def finish(self) -> None:
        self._timer.stop()
        self._shapes = False
        self._words.hide()
        self._cancel.hide()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, 240)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._shapes:
            return
        painter = painter_for(self)
        colour = self._theme.colour(Token.SUNKEN if not self._theme.is_high_contrast else Token.DISABLED)
        mirrors = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        whole = QRectF(self.rect())
        height = self._theme.height("row")
        y = 12.0
        while y + height < whole.height() - 40:
            for left, width, thick, off in ((24, 32, 32, 8), (70, 150, 11, 11), (70, 90, 9, 28)):
                box = QRectF(left, y + off, width, thick)
                fill_round(painter, mirrored(box, whole, mirrors), 4, colour)
            for part in (0.42, 0.68):
                box = QRectF(whole.width() * part, y + height / 2 - 9, whole.width() * 0.14, 18)
                fill_round(painter, mirrored(box, whole, mirrors), 9, colour)
            y += height

    def _next(self) -> None:
        passed = self._since.elapsed()
        self._shapes = True
        if passed < WORDS_MS - 5:
            self._timer.start(int(WORDS_MS - passed))
        else:
            self._words.setVisible(bool(self._words.text()))
            if passed < CANCEL_MS - 5:
                self._timer.start(int(CANCEL_MS - passed))
            else:
                self._cancel.show()
        self.update()


class StateStack(QWidget):
    """Content, or what stands in its place."""

    retry = Signal()
    cancelled = Signal()

    def __init__(self, theme: Theme, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = content
        self._theme = theme
        # Made when they are first shown: most pages never show them, and the first paint waits for none.
        self._loading: LoadingRows | None = None
        self._empty: EmptyState | None = None
        self._error: ErrorState | None = None
        self._stack = QStackedLayout(self)
        self._stack.addWidget(content)

    @property
    def loading(self) -> LoadingRows:
        if self._loading is None:
            self._loading = LoadingRows(self._theme)
            self._loading.cancelled.connect(self.cancelled)
            self._stack.addWidget(self._loading)
        return self._loading

    @property
    def empty(self) -> EmptyState:
        if self._empty is None:
            self._empty = EmptyState(self._theme)
            self._stack.addWidget(self._empty)
        return self._empty

    @property
    def error(self) -> ErrorState:
        if self._error is None:
            self._error = ErrorState(self._theme)
            self._error.retry.connect(self.retry)
            self._stack.addWidget(self._error)
        return self._error

    def _end_loading(self) -> None:
        if self._loading is not None:
            self._loading.finish()

    @property
    def shown(self) -> QWidget | None:
        return self._stack.currentWidget()

    def show_content(self) -> None:
        self._end_loading()
        self._stack.setCurrentWidget(self.content)

    def show_loading(self, words: str = "") -> None:
        """Begin to load where nothing is there yet; content that is shown stays while it refreshes."""
        self.loading.start(words)
        self._stack.setCurrentWidget(self.loading)

    def show_empty(
        self, title: str, words: str = "", action: QWidget | None = None, icon: Icon | None = None
    ) -> None:
        self._end_loading()
        self.empty.show_state(title, words, action, icon)
        self._stack.setCurrentWidget(self.empty)

    def show_error(self, what: Problem | str, words: str = "", detail: str = "") -> None:
        self._end_loading()
        if isinstance(what, Problem):
            self.error.show_problem(what, detail)
        else:
            self.error.show_error(what, words, detail)
        self._stack.setCurrentWidget(self.error)
