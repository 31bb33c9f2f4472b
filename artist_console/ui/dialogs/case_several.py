"""The cases that one reply belongs to, where the mail that it answers held several letters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from artist_console.commands.case_files import FileRole, Recognised
from artist_console.commands.cases import CaseRow
from artist_console.ui.text import isolate, label, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import CheckBox
from artist_console.ui.widgets.inset import beside_scroll_bar
from artist_console.ui.widgets.layout import clear_layout, column

_MOST_SEEN = 5  # rows, before the list scrolls


class SeveralCases(QWidget):
    """A box for each case that the mail answers, all ticked; only one, where it was dropped on that case."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.boxes: dict[str, CheckBox] = {}
        self._rows = column(gap=4)
        inside = QWidget()
        inside.setLayout(beside_scroll_bar(self._rows))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(inside)
        words = say("case-file", "The mail that it answers held several letters. Keep the reply in")
        why = say("case-file", "It is kept once, with an entry in each case; each waits for its own outcome.")
        self.setLayout(
            column(
                label(words, weight="medium", wrap=True),
                self._scroll,
                label(why, TextRole.SMALL, Token.TEXT_3, wrap=True),
                gap=6,
            )
        )
        self.hide()

    @property
    def is_offered(self) -> bool:
        return len(self.boxes) > 1

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the cases that are ticked, in the order of the boxes."""
        return tuple(id for id, box in self.boxes.items() if box.isChecked())

    def offer(self, found: Recognised, rows: Sequence[CaseRow], dropped_on: str = "") -> None:
        """The cases that a reply answers; of one, or of none for certain, nothing is offered."""
        clear_layout(self._rows)
        self.boxes = {}
        if found.role is not FileRole.REPLY:
            return
        by_id = {each.case.id: each for each in rows}
        answered = [by_id[id] for id in dict.fromkeys(match.case for match in found.matches) if id in by_id]
        among = {each.case.id for each in answered}
        for each in answered if len(answered) > 1 else ():
            box = CheckBox(self._theme, _case_words(each))
            box.setChecked(dropped_on in (each.case.id, "") or dropped_on not in among)
            box.toggled.connect(self.changed)
            self.boxes[each.case.id] = box
            self._rows.addWidget(box)
        seen = min(len(self.boxes), _MOST_SEEN)
        self._scroll.setFixedHeight(seen * (self._theme.height("smallest") + 10))


def _case_words(each: CaseRow) -> str:
    return say(
        "case-file",
        "{artist}: {title}, to {name}",
        artist=isolate(each.artist_name),
        title=isolate(each.case.title.removesuffix(f": {each.case.addressee_name}")),
        name=isolate(each.case.addressee_name),
    )
