"""The bar below a table: what is chosen, the answer for all of it, and the way to the review."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from artist_console.domain.registers import Stance
from artist_console.domain.work_rows import OwnStance
from artist_console.ui.meanings import shown_stance
from artist_console.ui.text import elided, say, say_count
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole
from artist_console.ui.widgets.buttons import Button, ButtonKind, LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.three_state import ThreeStateControl


class BulkBar(Card):
    """An answer is chosen first and reviewed then; nothing is recorded here."""

    review_wished = Signal(object)  # Stance
    clear_wished = Signal()
    write_wished = Signal()  # a letter about what is chosen

    def __init__(self, theme: Theme, follow_words: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent, strong=True, padding=0)
        self.setAccessibleName(say("bulk", "What is chosen"))
        self.words = elided("", TextRole.BODY, weight="strong")
        self.clear = LinkButton(theme, say("bulk", "Clear"))
        self.clear.setAccessibleName(say("bulk", "Choose nothing"))
        self.clear.clicked.connect(self.clear_wished)
        self.write = LinkButton(theme, say("bulk", "Write about this…"))
        self.write.clicked.connect(self.write_wished)
        self.control = ThreeStateControl(theme, follow_words)
        self.control.setAccessibleName(say("bulk", "Decision for everything chosen"))
        self.control.setMinimumWidth(300)
        self.control.chosen.connect(self._choose)
        self.review = Button(theme, "", ButtonKind.PRIMARY)
        self.review.clicked.connect(self._wish_review)
        self._stance: Stance | None = None
        inside = QHBoxLayout()
        inside.setContentsMargins(16, 8, 8, 8)
        inside.setSpacing(12)
        inside.addWidget(self.words)
        inside.addWidget(self.clear)
        inside.addWidget(self.write)
        inside.addStretch(1)
        inside.addWidget(self.control)
        inside.addWidget(self.review, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addLayout(inside)

    def show_chosen(self, said: str, stances: Collection[OwnStance], count: int) -> None:
        """Name what is chosen; the control shows a value only where all of it has the same."""
        self.words.setText(said)
        self._stance = None
        same = next(iter(stances)) if len(stances) == 1 else OwnStance.MIXED
        self.control.set_value(shown_stance(same))
        self.review.set_words(say_count("bulk", "Review 1 change…", "Review {n} changes…", count))
        self.review.setEnabled(False)

    def focus_control(self) -> None:
        self.control.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _choose(self, stance: Stance) -> None:
        self._stance = stance
        self.control.set_value(stance)
        self.review.setEnabled(True)

    def _wish_review(self) -> None:
        if self._stance is not None:
            self.review_wished.emit(self._stance)
