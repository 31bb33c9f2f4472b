"""The bar below the matrix: the current place or selection, what is said about it, and the answer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from artist_console.domain.registers import Stance
from artist_console.ui.text import elided, label, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.three_state import ThreeStateControl

_CONTROL_WIDTH = 376
# Narrower than this, the control stands below the words.
_BESIDE = 700


class ConsentBar(Card):
    """Shows what the screen tells it; answers leave it as wishes."""

    stance_wished = Signal(object)  # Stance
    why_wished = Signal()
    conditions_wished = Signal()
    tell_wished = Signal()  # a letter to whoever runs the programme
    board_wished = Signal()  # who has to agree
    drop_wished = Signal()  # take the choice that is not reviewed away
    clear_wished = Signal()  # choose nothing

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent, strong=False, padding=10)
        self.setAccessibleName(say("consent", "The current place"))
        self.title = elided("", TextRole.BODY, weight="strong")
        self.why = LinkButton(theme, say("consent", "Why?"))
        self.why.clicked.connect(self.why_wished)
        self.tell = LinkButton(theme, say("consent", "Tell them…"))
        self.tell.clicked.connect(self.tell_wished)
        self.conditions = LinkButton(theme, say("consent", "Conditions…"))
        self.conditions.clicked.connect(self.conditions_wished)
        self.board = LinkButton(theme, say("consent", "Who has to agree…"))
        self.board.clicked.connect(self.board_wished)
        self.drop = LinkButton(theme, say("consent", "Drop this choice"))
        self.drop.clicked.connect(self.drop_wished)
        self.clear = LinkButton(theme, say("consent", "Choose nothing"))
        self.clear.clicked.connect(self.clear_wished)
        self.words = label("", TextRole.BODY, Token.TEXT_2, wrap=True)
        self.words.setMinimumWidth(160)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.control = ThreeStateControl(theme)
        self.control.setMinimumWidth(_CONTROL_WIDTH)
        self.control.chosen.connect(self.stance_wished)
        head = row(
            self.title, self.why, self.board, self.conditions, self.tell, self.drop, self.clear, None, gap=12
        )
        left = QVBoxLayout()
        left.setSpacing(2)
        left.addLayout(head)
        left.addWidget(self.words)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(16)
        self._line.setContentsMargins(6, 0, 0, 0)
        self._line.addLayout(left, 1)
        self._line.addWidget(self.control, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.setContentsMargins(10, 8, 10, 8)
        self.body.addLayout(self._line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_place(
        self, title: str, value: Stance | None, *, drafted: bool, many: bool, board: bool = False
    ) -> None:
        """Name the place at once; what is said about it follows by `show_words`."""
        self.title.setText(title)
        self.control.setAccessibleName(say("consent", "Decision for {place}", place=title))
        self.control.set_value(value)
        self.drop.setVisible(drafted)
        self.clear.setVisible(many)
        self.why.setVisible(not many)
        self.tell.setVisible(not many)
        self.board.setVisible(board)

    def show_words(self, words: str, follow_words: str) -> None:
        self.words.setText(words)
        self.control.set_follow_words(follow_words)

    def allow_answers(self, *, refuse: bool, follow: bool, allow: bool, hint: str = "") -> None:
        """What can be answered here at all, and why not where something cannot."""
        self.control.set_enabled_stances(refuse=refuse, follow=follow, allow=allow)
        self.conditions.setVisible(allow)
        self.control.part(Stance.ALLOW).setAccessibleDescription(hint)

    def focus_control(self) -> None:
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE
        wanted = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._line.direction() is not wanted:
            self._line.setDirection(wanted)
