"""What one's own site answered, place by place: as decided, otherwise, missing or another's; what to do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands.reservations import SiteCheck
from artist_console.domain.phrases import Sentence
from artist_console.domain.site_checks import Place, PlaceCheck, whole_verdict
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import sentence
from artist_console.ui.reservation_looks import place_words, verdict_chip
from artist_console.ui.text import isolate, label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.chips import Chip
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.sections import Note, Rule, SectionHeading


class SiteCheckView(QWidget):
    """The last check; it is kept as proof only when the person asks for that."""

    keep_wished = Signal(object)  # SiteCheck

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.check: SiteCheck | None = None
        theme = desk.theme
        self._inside = QVBoxLayout()
        self._inside.setSpacing(8)
        self.keep = Button(theme, say("reservation", "Keep this as proof"), icon=Icon.SAVE)
        self.keep.clicked.connect(self._wish_to_keep)
        self.kept = label("", tone=Token.TEXT_2, wrap=True)
        line = row(self.keep, self.kept, gap=12)
        line.setStretch(1, 1)
        says = SectionHeading(theme, say("reservation", "What the site says now"), small=True)
        self.setLayout(column(Rule(theme), says, self._inside, line, gap=10))
        self.hide()

    def show_check(self, check: SiteCheck) -> None:
        self.check = check
        clear_layout(self._inside)
        verdict = verdict_chip(whole_verdict(check.places))
        when = say(
            "reservation",
            "{site}, asked on {when}",
            site=isolate(check.origin + check.path),
            when=self._desk.figures.day_and_time(check.at),
        )
        head = row(label(when, weight="strong", wrap=True), Chip(self._desk.theme, verdict), gap=12)
        head.setStretch(0, 1)
        self._inside.addLayout(head)
        unreached = unreached_words(check)
        if unreached is not None:
            self._inside.addWidget(Note(self._desk.theme, sentence(unreached), Tint.ASK, Icon.GLOBE))
            self.keep.hide()
            self.kept.show_words("")
            self.show()
            return
        for place in check.places:
            self._inside.addWidget(Rule(self._desk.theme))
            self._inside.addLayout(self._place(place))
        self.keep.show()
        self.keep.setEnabled(True)
        self.kept.show_words(
            say(
                "reservation",
                "Bytes, headers and hashes, dated by this computer. Nobody else signs the date.",
            )
        )
        self.show()

    def clear(self) -> None:
        """What was looked at is not meant any more."""
        self.check = None
        clear_layout(self._inside)
        self.hide()

    def _place(self, place: PlaceCheck) -> QVBoxLayout:
        chip = verdict_chip(place.verdict)
        name = label(place_words(place.place), weight="medium")
        name.setAccessibleName(
            say("reservation", "{place}: {verdict}", place=place_words(place.place), verdict=chip.shown)
        )
        told = column(row(name, None, Chip(self._desk.theme, chip)), gap=2)
        for each in place.told:
            told.addWidget(label(sentence(each), TextRole.BODY, Token.TEXT_2, wrap=True, selectable=True))
        return told

    def _wish_to_keep(self) -> None:
        if self.check is not None:
            self.keep.setEnabled(False)
            self.keep_wished.emit(self.check)

    def show_kept(self) -> None:
        """The dated copy is kept."""
        self.keep.hide()
        self.kept.show_words(say("reservation", "A dated copy is kept; it stands among the earlier checks."))

    def show_not_kept(self) -> None:
        self.keep.setEnabled(True)


def unreached_words(check: SiteCheck) -> Sentence | None:
    """Why nothing answered, once for the whole site; None where the site answered anything.

    There is nothing to keep then: a proof of what a site says needs an answer.
    """
    if not check.answers or any(each.status is not None for each in check.answers):
        return None
    if len({each.trouble for each in check.answers}) != 1:
        return None
    of_page = next((each for each in check.places if each.place is Place.HEADERS), None)
    return of_page.told[-1] if of_page is not None and of_page.told else None
