"""The proof behind a statement that a work is somewhere: who, when, what was signed, and its limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands.inclusions import PlaceRow
from artist_console.domain import words
from artist_console.domain.inclusion import Evidence, MatchBand
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.looks import band_chip, grade_chip
from artist_console.ui.meanings import domain_words, state_chip
from artist_console.ui.places import Place
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.chips import Chip
from artist_console.ui.widgets.layout import column, row
from artist_console.ui.widgets.sections import Disclosure, KeyValues, Note

_WIDTH = 800  # a hash of 64 characters in one line
_HEIGHT = 680
_ROWS_SHOWN = 3
_COULD_BE_SIGNED = frozenset(
    {EvidenceGrade.OPERATOR_STATED, EvidenceGrade.LICENSOR_STATED, EvidenceGrade.SELF_REPORTED}
)
_MOST_ROWS = 100


class EvidenceDialog(Sheet):
    """All places of a work with the evidence of each. Listed and used stay two separate cards."""

    def __init__(self, desk: Desk, title: str, places: tuple[PlaceRow, ...], parent: QWidget) -> None:
        heading = say("evidence", "Evidence for {title}", title=title)
        super().__init__(desk.theme, "evidence", heading, _WIDTH, _HEIGHT, parent)
        self._desk = desk
        self.inside.setSpacing(14)
        for place in places:
            self.inside.addWidget(self._card(place))
        if not places:
            nothing = domain_words(words.STATE_MEANS[InclusionState.NOTHING_REPORTED])
            self.inside.addWidget(label(nothing, tone=Token.TEXT_2, wrap=True))
        self.inside.addStretch(1)
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(None, close, safe=close)

    def _card(self, place: PlaceRow) -> Card:
        theme = self._desk.theme
        card = Card(theme, _place_words(place), Chip(theme, grade_chip(place.grade)), padding=16)
        card.body.setSpacing(10)
        card.body.addLayout(row(Chip(theme, state_chip(place.state, place.stated_by)), None))
        for against in place.against:
            said = say("evidence", "Contradicted, as of the same day: {words}. Both are kept.", words=against)
            card.add(Note(theme, said, Tint.CONFLICT, Icon.TWO_ARROWS))
        facts = KeyValues(theme)
        for key, value in self._facts(place):
            facts.add(key, value, copy=key == _hash_words())
        card.add(facts)
        if place.case:
            link = LinkButton(theme, say("evidence", "Show the case that it comes from"))
            link.clicked.connect(partial(self._show_case, place.case))
            card.body.addLayout(row(link, None))
        if place.listed:
            self._add_rows(card.body, place.listed)
        card.add(Note(theme, what_it_does_not_prove(place), Tint.NEUTRAL, Icon.INFO))
        return card

    def _show_case(self, case: str) -> None:
        self.accept()
        self._desk.go(Place("letters", f"case/{case}"))

    def _facts(self, place: PlaceRow) -> list[tuple[str, str]]:
        figures, proof = self._desk.figures, place.evidence
        alone = not place.listed
        facts = [
            (say("evidence", "Stated by") if alone else say("evidence", "Listed by"), place.stated_by),
            (say("evidence", "As of") if alone else say("evidence", "Compared on"), figures.day(place.as_of)),
            (say("evidence", "Programme"), place.programme_name),
            (say("evidence", "Operator"), place.operator_name),
            (say("evidence", "Model comes from"), ", ".join(place.parents)),
            (say("evidence", "On what basis"), domain_words(words.BASIS_GROUP[place.basis_group])),
            (say("evidence", "Agreement"), place.agreement),
            (say("evidence", "Source"), proof.source),
            (say("evidence", "Row"), figures.number(proof.row) if alone and proof.row is not None else ""),
            (say("evidence", "In its own words"), proof.words if alone else ""),
            (say("evidence", "Signed with the key"), proof.signed_by or self._unsigned(place)),
            (_hash_words(), proof.sha256),
            (say("evidence", "How it was checked"), proof.checked_how if alone else ""),
        ]
        return [(key, value) for key, value in facts if value]

    def _unsigned(self, place: PlaceRow) -> str:
        """Said where a signature would be looked for."""
        if place.grade in _COULD_BE_SIGNED:
            return say("evidence", "Nothing was signed")
        return ""

    def _add_rows(self, inside: QVBoxLayout, rows: Sequence[Evidence]) -> None:
        heading = say_count("evidence", "1 row of the list", "{n} rows of the list", len(rows))
        inside.addWidget(label(heading, weight="medium"))
        for each in rows[:_ROWS_SHOWN]:
            inside.addLayout(self._row(each))
        rest = rows[_ROWS_SHOWN:_MOST_ROWS]
        if rest:
            more = QWidget()
            more.setLayout(column(*(self._row(each) for each in rest), gap=10))
            words_of = say_count("evidence", "1 more row", "{n} more rows", len(rows) - _ROWS_SHOWN)
            inside.addWidget(Disclosure(self._desk.theme, words_of, more))

    def _row(self, proof: Evidence) -> QVBoxLayout:
        """A row as delivered, where it stands, and how it was matched."""
        listed = proof.listed
        number = ""
        if proof.row is not None:
            number = say("evidence", "Row {n}", n=isolate(self._desk.figures.number(proof.row)))
        head = row(label(number, TextRole.SMALL, Token.TEXT_3), gap=8)
        if listed is not None:
            head.addWidget(Chip(self._desk.theme, band_chip(listed.band)))
        head.addStretch(1)
        told = column(head, gap=2)
        told.addWidget(label(proof.words, wrap=True, selectable=True))
        if proof.checked_how:
            told.addWidget(label(proof.checked_how, TextRole.SMALL, Token.TEXT_2, wrap=True))
        return told


def _place_words(place: PlaceRow) -> str:
    """What the card is about: listed in a dataset and used in a model are two things."""
    if place.is_listing or place.grade is EvidenceGrade.PUBLIC_DATASET:
        return say("evidence", "Listed in {name}", name=place.dataset or place.stated_by)
    if place.model:
        return say("evidence", "Model {name}", name=place.model)
    if place.dataset:
        return say("evidence", "Dataset {name}", name=place.dataset)
    return place.programme_name or place.stated_by


def listed_words(rows: Sequence[Evidence]) -> str:
    """How many rows of a list speak of the work, and how surely at best."""
    bands = Counter(each.listed.band for each in rows if each.listed is not None)
    if not bands:
        return ""
    best = next(band for band in MatchBand if bands[band])
    how = band_chip(best).shown
    return say_count("evidence", "1 row of it: {how}.", "{n} rows of it, at best: {how}.", len(rows), how=how)


def what_it_does_not_prove(place: PlaceRow) -> str:
    """The sentence that keeps a statement from meaning more than it says."""
    if place.evidence.does_not_prove:
        return place.evidence.does_not_prove
    if place.grade is EvidenceGrade.PUBLIC_DATASET:
        return say(
            "evidence", "Being listed is not the same as being used in a model. You can ask the operator."
        )
    if place.state is InclusionState.ATTESTED_ABSENT:
        return say(
            "evidence", "It says that the work was not included on that day. It says nothing of later days."
        )
    if place.grade in (EvidenceGrade.OPERATOR_SIGNED, EvidenceGrade.AUDITED):
        return say("evidence", "It shows what was signed. It cannot show uses that nobody reported.")
    return say("evidence", "It is somebody's word. Nothing here proves it or disproves it.")


def _hash_words() -> str:
    return say("evidence", "Hash of the file")
