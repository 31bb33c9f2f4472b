"""One switch elsewhere: what it controls, by which source, how it stands, and what does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands.findings import FindingRow
from artist_console.commands.switches import SwitchRow
from artist_console.domain.switches import KnownSwitch, SwitchState, Turns
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import sentence
from artist_console.ui.switch_looks import meaning_words, noted_words, source_words, state_words
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.pills import PillGroup
from artist_console.ui.widgets.sections import Note


class SwitchView(QWidget):
    """Stays while its values change, so that the keyboard keeps its place."""

    state_wished = Signal(object, object)  # KnownSwitch, SwitchState
    note_wished = Signal(object)  # SwitchRow
    picture_wished = Signal(object)  # SwitchNote
    finding_wished = Signal(object)  # FindingRow

    def __init__(self, desk: Desk, known: KnownSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.known = known
        self.shown: SwitchRow | None = None
        theme = desk.theme
        self.states = PillGroup(theme, say("switch", "How it stands: {name}", name=known.name))
        self.states.set_pills([(state, state_words(state), None) for state in SwitchState])
        self.states.set_current(SwitchState.NOT_LOOKED)
        self.states.chosen.connect(self._wish)
        self.noted = label("", TextRole.SMALL, Token.TEXT_2, wrap=True)
        self.details = LinkButton(theme, say("switch", "Day, note and picture…"))
        self.details.setAccessibleName(say("switch", "Day, note and picture: {name}", name=known.name))
        self.details.clicked.connect(self._wish_details)
        self.picture = LinkButton(theme, say("switch", "Save the picture…"))
        self.picture.clicked.connect(self._wish_picture)
        self.own_note = label("", tone=Token.TEXT_2, wrap=True, selectable=True)
        self._differences = QVBoxLayout()
        self._differences.setSpacing(4)
        where = say("switch", "Where: {where}", where=known.where)
        controls = row(self.states, gap=12, margins=(0, 4, 0, 2))
        controls.setStretch(0, 1)
        links = row(self.details, self.picture, None, gap=12)
        self.setLayout(
            column(
                label(known.name, weight="strong", wrap=True),
                label(known.controls, tone=Token.TEXT_2, wrap=True),
                label(meaning_words(known), tone=Token.TEXT_2, wrap=True),
                label(where, TextRole.SMALL, Token.TEXT_2, wrap=True),
                label(
                    source_words(known, desk.figures),
                    TextRole.SMALL,
                    Token.TEXT_3,
                    wrap=True,
                    selectable=True,
                ),
                controls,
                self.noted,
                self.own_note,
                links,
                self._differences,
                gap=4,
            )
        )
        if known.turns is Turns.NOTHING:
            self.states.hide()
            self.details.hide()
        self.setAccessibleName(known.name)

    def show_row(self, shown: SwitchRow, findings: Sequence[FindingRow]) -> None:
        """How it stands now, and which findings follow from that."""
        self.shown = shown
        note = shown.note
        self.states.set_current(shown.state)
        words = noted_words(note, shown.earlier, self._desk.figures) if note is not None else ""
        self.noted.show_words(words)
        self.own_note.show_words(note.note if note is not None else "")
        self.picture.setVisible(note is not None and bool(note.picture))
        if note is not None:
            self.picture.setAccessibleName(say("switch", "Save the picture {file}", file=note.picture_name))
        clear_layout(self._differences)
        for found in findings:
            self._differences.addLayout(self._difference(found))

    def _difference(self, found: FindingRow) -> QVBoxLayout:
        theme = self._desk.theme
        said = " ".join(sentence(part) for part in found.finding.words)
        link = LinkButton(theme, say("switch", "See the finding…"))
        link.setAccessibleName(say("switch", "See the finding: {title}", title=sentence(found.finding.title)))
        link.clicked.connect(partial(self.finding_wished.emit, found))
        return column(
            Note(theme, said, Tint.DENY, Icon.TRIANGLE), row(link, None, margins=(21, 0, 0, 0)), gap=2
        )

    def focus_states(self) -> None:
        current = self.states.current
        if current is not None:
            self.states.pill(current).setFocus(Qt.FocusReason.OtherFocusReason)

    def _wish(self, chosen: object) -> None:
        if isinstance(chosen, SwitchState):
            self.state_wished.emit(self.known, chosen)

    def _wish_details(self) -> None:
        if self.shown is not None:
            self.note_wished.emit(self.shown)

    def _wish_picture(self) -> None:
        if self.shown is not None and self.shown.note is not None:
            self.picture_wished.emit(self.shown.note)
