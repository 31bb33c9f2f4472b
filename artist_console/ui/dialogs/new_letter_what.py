"""The first step of a letter: for whom, and of which kind. What cannot be written says why."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands import letters as letter_commands
from artist_console.commands.letter_drafts import KindOffer
from artist_console.domain.ids import ArtistId
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.letter_templates import AboutWhat
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.letter_start import LetterStart
from artist_console.ui.pages.case_letters import not_legal_advice, source_words
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.soon import soon
from artist_console.ui.tables.pick_model import PickRow
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import LinkButton, RadioButton, one_of
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.inset import below_choice, beside_scroll_bar
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.picker import Picker
from artist_console.ui.widgets.sections import Note
from artist_console.ui.widgets.states import StateStack

_FACTS_WIDTH = 280


class WhatStep(QWidget):
    """Kinds that are possible come first; the one that is looked at shows what its template rests on."""

    changed = Signal()
    offered = Signal()  # the kinds are there

    def __init__(self, desk: Desk, start: LetterStart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._start = desk, start
        self._wanted: LetterKind | None = start.kind
        self.artists: tuple[ArtistId, ...] = start.artists or _likely_artists(desk)
        self.offers: tuple[KindOffer, ...] = ()
        self.choices: dict[LetterKind, RadioButton] = {}
        theme = desk.theme
        self.whose = label("", tone=Token.TEXT_2, wrap=True)
        self.change = LinkButton(theme, say("new-letter", "Choose artists…"))
        self.change.clicked.connect(self._open_artists)
        self.change.setVisible(len(desk.artists) > 1)
        whose = row(self.whose, self.change, gap=12)
        whose.setStretch(0, 1)
        self.picker = Picker(
            theme,
            say("new-letter", "Artists"),
            say("new-letter", "Find an artist"),
            say("new-letter", "Artist"),
        )
        self.picker.setFixedHeight(theme.px(240))
        self.picker.show_rows(
            [
                PickRow(each.id, each.name, say_count("new-letter", "1 work", "{n} works", each.works))
                for each in desk.artists
            ]
        )
        self.picker.choose(self.artists)
        self.picker.chosen_changed.connect(self._take_artists)
        self.picker.setVisible(not self.artists)
        self._kinds = QVBoxLayout()
        self._kinds.setSpacing(10)
        self._kinds.setContentsMargins(0, 2, 0, 8)
        box = QWidget()
        box.setLayout(beside_scroll_bar(self._kinds))
        self.facts = Card(theme, padding=14)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(8)
        self.facts.body.addLayout(self._facts)
        self.facts.body.addStretch(1)
        self.facts.setFixedWidth(theme.px(_FACTS_WIDTH))
        beside = row(gap=16)
        self.area = scrolled(box)
        beside.addWidget(self.area, 1)
        beside.addWidget(self.facts, 0, Qt.AlignmentFlag.AlignTop)
        content = QWidget()
        content.setLayout(beside)
        self.states = StateStack(theme, content)
        self.states.retry.connect(self.load)
        layout = column(whose, self.picker, gap=8)
        layout.addWidget(self.states, 1)
        self.setLayout(layout)
        self._show_whose()
        self.load()

    @property
    def offer(self) -> KindOffer | None:
        """The chosen kind."""
        chosen = next((kind for kind, button in self.choices.items() if button.isChecked()), None)
        return next((each for each in self.offers if each.kind is chosen), None)

    @property
    def is_ready(self) -> bool:
        return self.offer is not None and bool(self.artists)

    @property
    def missing(self) -> str:
        """What is still to be chosen."""
        if not self.artists:
            return say("new-letter", "Choose for whom it is written.")
        return say("new-letter", "Choose what to write.") if self.offer is None else ""

    def first_stop(self) -> QWidget:
        if not self.artists:
            return self.picker
        chosen = next((each for each in self.choices.values() if each.isChecked()), None)
        return chosen or next((each for each in self.choices.values() if each.isEnabled()), self)

    # For whom

    def _open_artists(self) -> None:
        self.picker.setVisible(self.picker.isHidden())
        if not self.picker.isHidden():
            self.picker.setFocus()

    def _take_artists(self) -> None:
        chosen = tuple(ArtistId(str(value)) for value in self.picker.chosen)
        if chosen != self.artists:
            self.artists = chosen
            self._show_whose()
            self.load()

    def _show_whose(self) -> None:
        if not self.artists:
            self.whose.setText(say("new-letter", "For whom?"))
        elif len(self.artists) <= 3:
            names = ", ".join(isolate(self._desk.name_of(each)) for each in self.artists)
            self.whose.setText(say("new-letter", "For {names}", names=names))
        else:
            self.whose.setText(say("new-letter", "For {n} artists, a letter each", n=len(self.artists)))

    # Kinds

    def load(self) -> None:
        artists = self.artists
        if not artists:
            self._show_offers(((), ()))
            return
        self._desk.ask(
            self,
            "kinds",
            lambda console: (
                letter_commands.kinds(console, artists),
                letter_commands.may_not_write(console, artists),
            ),
            self._show_offers,
            self._failed,
        )

    def _failed(self, problem: Problem) -> None:
        self.states.show_error(problem)

    def _show_offers(self, found: tuple[tuple[KindOffer, ...], tuple[str, ...]]) -> None:
        offers, may_not = found
        shared = " ".join(may_not)
        # What holds for every kind is told once, at the end.
        offers = tuple(replace(each, why_not="") if each.why_not == shared else each for each in offers)
        offer = self.offer
        kept = offer.kind if offer is not None else self._wanted
        clear_layout(self._kinds)
        self.offers, self.choices = offers, {}
        offers = tuple(self._as_begun(each) for each in offers)
        self.offers = offers
        possible = [each for each in offers if each.possible]
        others = [each for each in offers if not each.possible]
        for each in possible:
            self._add_row(each)
        if others:
            self._kinds.addSpacing(6)
            words = say("new-letter", "Not possible now")
            self._kinds.addWidget(label(words, TextRole.SMALL, Token.TEXT_3, weight="medium"))
        for each in others:
            self._add_row(each)
        if may_not:
            self._kinds.addSpacing(6)
        for sentence in may_not:
            self._kinds.addWidget(label(sentence, TextRole.SMALL, Tint.ASK, wrap=True))
        self._kinds.addStretch(1)
        one_of(*self.choices.values())
        wanted = self.choices.get(kept) if kept is not None else None
        if wanted is not None and wanted.isEnabled():
            wanted.setChecked(True)
            soon(self, self._bring_into_sight)
        self.states.show_content()
        self._show_facts()
        self.offered.emit()

    def _bring_into_sight(self) -> None:
        chosen = next((each for each in self.choices.values() if each.isChecked()), None)
        if chosen is not None:
            self.area.ensureWidgetVisible(chosen)

    def _as_begun(self, offer: KindOffer) -> KindOffer:
        """A kind that is about something which nobody named here says where it begins."""
        about = self._start.about
        where = ""
        for what in offer.about:
            if what is AboutWhat.STATEMENT and about.statement is None:
                where = say(
                    "new-letter",
                    "It begins at a statement: open it in Earnings, and choose “Ask about this…”.",
                )
            elif what is AboutWhat.CASE and not self._start.case:
                where = say("new-letter", "It begins at a case: open the case, and choose “Follow up…”.")
            elif what is AboutWhat.FINDING and not about.finding:
                where = say("new-letter", "It begins at a finding: open it, and choose “Write about this…”.")
            elif what is AboutWhat.REMOVAL and not about.removal:
                where = say("new-letter", "It begins at a removal: open it, and choose “Write a letter…”.")
            elif what is AboutWhat.PROGRAMME and about.programme is None:
                where = say(
                    "new-letter", "It begins at a programme: open it in Consent, and choose “Tell them…”."
                )
        if not where or not offer.possible:
            return offer
        return replace(offer, possible=False, why_not=where)

    def _add_row(self, offer: KindOffer) -> None:
        made = self._row(offer)
        self._kinds.addWidget(made)
        made.show()  # now, not with the next layout: what is not shown does not take the keyboard

    def _row(self, offer: KindOffer) -> QWidget:
        choice = RadioButton(self._desk.theme, offer.name)
        choice.setEnabled(offer.possible)
        choice.toggled.connect(self._show_facts)
        self.choices[offer.kind] = choice
        below = [
            label(offer.says, TextRole.SMALL, Token.TEXT_2 if offer.possible else Token.TEXT_3, wrap=True)
        ]
        choice.setAccessibleDescription(offer.says if offer.possible else offer.why_not or offer.says)
        if not offer.possible and offer.why_not:
            below.append(label(offer.why_not, TextRole.SMALL, Tint.ASK, wrap=True))
        told = QWidget()
        words = below_choice(self._desk.theme, column(*below, gap=2))
        told.setLayout(column(choice, words, gap=1))
        return told

    def _show_facts(self, _on: bool = True) -> None:
        clear_layout(self._facts)
        offer = self.offer
        self.facts.setVisible(offer is not None)
        if offer is not None:
            self._facts.addWidget(label(offer.name, weight="strong", wrap=True))
            version = say(
                "new-letter",
                "Template version {version}, checked on {day}.",
                version=isolate(offer.version),
                day=self._desk.figures.day(offer.checked_on) if offer.checked_on is not None else "–",
            )
            self._facts.addWidget(label(version, TextRole.SMALL, Token.TEXT_2, wrap=True))
            for words in self._facts_of(offer):
                self._facts.addWidget(label(words, TextRole.SMALL, Token.TEXT_2, wrap=True))
            self._facts.addWidget(Note(self._desk.theme, not_legal_advice(), Tint.NEUTRAL, Icon.INFO))
        self.changed.emit()

    def _facts_of(self, offer: KindOffer) -> list[str]:
        lines = []
        if offer.in_person:
            lines.append(say("new-letter", "The artist signs it in person, also where a manager writes it."))
        if offer.reply_days is not None:
            lines.append(
                say_count(
                    "new-letter",
                    "It asks for a reply within 1 day.",
                    "It asks for a reply within {n} days.",
                    offer.reply_days,
                )
            )
        if not offer.sources:
            lines.append(say("new-letter", "It cites no source of its own."))
        lines.extend(source_words(self._desk, source) for source in offer.sources)
        return lines


def _likely_artists(desk: Desk) -> tuple[ArtistId, ...]:
    """Whoever is chosen at the top; with all artists, that is asked for."""
    if desk.artist is not None:
        return (desk.artist,)
    return (desk.artists[0].id,) if len(desk.artists) == 1 else ()
