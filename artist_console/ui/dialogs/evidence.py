"""The proof behind a statement that a work is somewhere: who, when, and what it does not prove."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from artist_console.commands.inclusions import PlaceRow
from artist_console.domain import words
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.looks import grade_chip
from artist_console.ui.meanings import domain_words, state_chip
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.chips import Chip
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import KeyValues, Note, Rule

_WIDTH = 740  # a hash of 64 characters in one line
_HEIGHT = 560


class EvidenceDialog(QDialog):
    """All places of a work with the evidence of each. Listed and used stay two separate lines."""

    def __init__(self, desk: Desk, title: str, places: tuple[PlaceRow, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("evidence", "Evidence for {title}", title=title))
        self.setModal(True)
        self.resize(_WIDTH, _HEIGHT)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(12)
        inside.addWidget(label(self.windowTitle(), TextRole.SECTION, wrap=True))
        for place in places:
            self._add_place(inside, place)
        if not places:
            inside.addWidget(
                label(
                    domain_words(words.STATE_MEANS[InclusionState.NOTHING_REPORTED]),
                    tone=Token.TEXT_2,
                    wrap=True,
                )
            )
        inside.addStretch(1)
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        outside.addWidget(scrolled(body), 1)
        outside.addWidget(Rule(desk.theme))
        outside.addLayout(row(None, close, margins=(24, 12, 24, 12)))

    def _add_place(self, inside: QVBoxLayout, place: PlaceRow) -> None:
        theme = self._desk.theme
        inside.addWidget(Rule(theme))
        inside.addLayout(
            row(
                label(place.programme_name or place.dataset or place.model, weight="strong"),
                None,
                Chip(theme, grade_chip(place.grade)),
            )
        )
        inside.addLayout(row(Chip(theme, state_chip(place.state, place.stated_by)), None))
        facts = KeyValues(theme)
        for key, value in self._facts(place):
            facts.add(key, value, copy=key == _hash_words())
        inside.addWidget(facts)
        for against in place.against:
            inside.addWidget(Note(theme, against, Tint.CONFLICT, Icon.TWO_ARROWS))
        inside.addWidget(Note(theme, what_it_does_not_prove(place), Tint.NEUTRAL, Icon.INFO))

    def _facts(self, place: PlaceRow) -> list[tuple[str, str]]:
        figures, proof = self._desk.figures, place.evidence
        facts = [
            (say("evidence", "Stated by"), place.stated_by),
            (say("evidence", "As of"), figures.day(place.as_of)),
            (say("evidence", "Programme"), place.programme_name),
            (say("evidence", "Operator"), place.operator_name),
            (say("evidence", "Listed in the dataset"), place.dataset),
            (say("evidence", "Used in the model"), place.model),
            (say("evidence", "Model comes from"), ", ".join(place.parents)),
            (say("evidence", "On what basis"), domain_words(words.BASIS_GROUP[place.basis_group])),
            (say("evidence", "Agreement"), place.agreement),
            (say("evidence", "Source"), proof.source),
            (say("evidence", "Row"), figures.number(proof.row) if proof.row is not None else ""),
            (say("evidence", "In its own words"), proof.words),
            (say("evidence", "Signed with the key"), proof.signed_by),
            (_hash_words(), proof.sha256),
            (say("evidence", "How it was checked"), proof.checked_how),
        ]
        return [(key, value) for key, value in facts if value]


def what_it_does_not_prove(place: PlaceRow) -> str:
    """The sentence that keeps a statement from meaning more than it says."""
    if place.evidence.does_not_prove:
        return place.evidence.does_not_prove
    if place.grade is EvidenceGrade.PUBLIC_DATASET:
        return say(
            "evidence", "Being listed is not the same as being used in a model. You can ask the operator."
        )
    if place.grade in (EvidenceGrade.OPERATOR_SIGNED, EvidenceGrade.AUDITED):
        return say("evidence", "It shows what was signed. It cannot show uses that nobody reported.")
    return say("evidence", "It is somebody's word. Nothing here proves it or disproves it.")


def _hash_words() -> str:
    return say("evidence", "Hash of the file")
