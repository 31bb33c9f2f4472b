"""How money is paid on: terms with each issuer, who is paid what, letters of direction."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands.console import Console
from artist_console.commands.directions import DirectionRow, list_directions
from artist_console.commands.issuers import known_issuers
from artist_console.commands.pay_terms import PayTermsRow, list_pay_terms
from artist_console.commands.pay_terms_form import in_percent
from artist_console.commands.splits import SplitRow, list_splits
from artist_console.domain import words
from artist_console.domain.changes import Changes
from artist_console.domain.ids import ArtistId
from artist_console.domain.parties import WHOLE_BP
from artist_console.domain.periods import Period
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.direction_editor import DirectionEditor
from artist_console.ui.dialogs.pay_terms_editor import PayTermsEditor
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.dialogs.split_editor import SplitEditor
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, sentence
from artist_console.ui.money_words import exact_money
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import Tint, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.cards import ListRow
from artist_console.ui.widgets.layout import clear_layout
from artist_console.ui.widgets.sections import Note, SectionHeading
from artist_console.ui.widgets.states import StateStack


@dataclass(frozen=True, slots=True)
class _Known:
    terms: tuple[PayTermsRow, ...]
    letters: tuple[DirectionRow, ...]
    splits: tuple[SplitRow, ...]
    issuers: tuple[str, ...]


class PayTermsDialog(Sheet):
    """The three lists; a row opens its form."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        title = say("pay-terms", "Pay terms and letters of direction")
        super().__init__(desk.theme, "pay-terms", title, 760, 700, parent)
        self.set_heading(
            title,
            say(
                "pay-terms",
                "By these your part of what a label or operator reports is worked out. Statements of what "
                "you are paid are checked against them, never changed.",
            ),
        )
        self._desk = desk
        self._known = _Known((), (), (), ())
        content = QWidget()
        self._rows = QVBoxLayout(content)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        self.states = StateStack(desk.theme, content)
        self.states.retry.connect(self.reload)
        self.inside.addWidget(self.states, 1)
        self.add_terms = Button(desk.theme, say("pay-terms", "Add terms…"), icon=Icon.PLUS)
        self.add_terms.clicked.connect(self._add_terms)
        self.add_split = Button(desk.theme, say("pay-terms", "Add a split…"), icon=Icon.PLUS)
        self.add_split.clicked.connect(self._add_split)
        self.add_letter = Button(desk.theme, say("pay-terms", "Add a letter…"), icon=Icon.PLUS)
        self.add_letter.clicked.connect(self._add_letter)
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(self.add_terms, self.add_split, self.add_letter, None, close, safe=close)
        desk.changed.connect(self._follow)
        self.states.show_loading(say("pay-terms", "Reading the terms"))
        self.reload()

    def _follow(self, changes: Changes) -> None:
        if changes & Changes.STATEMENTS:
            self.reload()

    def reload(self) -> None:
        artist = self._desk.artist
        self._desk.ask(self, "terms", lambda console: _known(console, artist), self._show, self._failed)

    def _failed(self, problem: Problem) -> None:
        self.states.show_error(problem)

    def _show(self, known: _Known) -> None:
        self._known = known
        theme = self._desk.theme
        clear_layout(self._rows)
        self._rows.addWidget(SectionHeading(theme, say("pay-terms", "Terms"), small=True))
        for row in known.terms:
            self._rows.addWidget(self._terms_row(row))
        if not known.terms:
            nothing = say(
                "pay-terms",
                "None yet. Without a rate nothing can be worked out of what a label or operator reports; "
                "such lines stay in sight as not attributed.",
            )
            self._rows.addWidget(label(nothing, tone=Token.TEXT_2, wrap=True))
        self._rows.addSpacing(14)
        self._rows.addWidget(SectionHeading(theme, say("pay-terms", "Who is paid what"), small=True))
        for split in known.splits:
            self._rows.addWidget(self._split_row(split))
            for note in split.notes:
                self._rows.addWidget(Note(theme, sentence(note), Tint.ASK, Icon.QUESTION))
        if not known.splits:
            unsaid = say(
                "pay-terms",
                "Nothing is said here. Shares on record are paid by; without any, nothing can be worked out "
                "of what a recording or song earned.",
            )
            self._rows.addWidget(label(unsaid, tone=Token.TEXT_2, wrap=True))
        self._rows.addSpacing(14)
        self._rows.addWidget(SectionHeading(theme, say("pay-terms", "Letters of direction"), small=True))
        for letter in known.letters:
            self._rows.addWidget(self._letter_row(letter))
        if not known.letters:
            none = say("pay-terms", "None. Everybody is paid their own share.")
            self._rows.addWidget(label(none, tone=Token.TEXT_2, wrap=True))
        self._rows.addSpacing(14)
        then = say(
            "pay-terms",
            "A change counts for what is worked out from now on. What was worked out before is corrected by "
            "new lines, never overwritten.",
        )
        self._rows.addWidget(Note(theme, then, Tint.NEUTRAL, Icon.INFO))
        self._rows.addStretch(1)
        self.states.show_content()

    def _terms_row(self, row: PayTermsRow) -> ListRow:
        terms = row.terms
        payee = row.payee_name or say("pay-terms", "everybody it pays")
        title = say("pay-terms", "{issuer} pays {payee}", issuer=isolate(terms.issuer), payee=isolate(payee))
        shown = ListRow(
            self._desk.theme,
            Icon.DOCUMENT,
            Tint.NEUTRAL,
            title,
            " · ".join(self._terms_parts(row)),
            end=self._period_words(terms.period),
        )
        shown.opened.connect(lambda: self._open_terms(row))
        return shown

    def _terms_parts(self, row: PayTermsRow) -> list[str]:
        terms, figures = row.terms, self._desk.figures
        parts = []
        if len(terms.rates) == 1:
            parts.append(say("pay-terms", "{n} % of a line", n=in_percent(terms.rates[0].rate)))
        elif terms.rates:
            parts.append(say_count("pay-terms", "1 rate", "{n} rates", len(terms.rates)))
        if terms.right_parts:
            parts.append(say("pay-terms", "divides between rights"))
        if terms.recoupable:
            open_ = exact_money(figures, terms.currency, terms.recoupable)
            parts.append(say("pay-terms", "{amount} to be earned back", amount=open_))
        if terms.reserve_rate:
            parts.append(say("pay-terms", "{n} % held back", n=in_percent(terms.reserve_rate)))
        if terms.commission_rate:
            rate = in_percent(terms.commission_rate)
            who = isolate(row.commission_to_name)
            parts.append(say("pay-terms", "{n} % commission to {who}", n=rate, who=who))
        if terms.tax_rate:
            parts.append(say("pay-terms", "{n} % tax", n=in_percent(terms.tax_rate)))
        return parts or [say("pay-terms", "Nothing is said yet")]

    def _letter_row(self, row: DirectionRow) -> ListRow:
        letter = row.direction
        title = say(
            "pay-terms",
            "{n} % of what {who} is due goes to {payee}",
            n=in_percent(Decimal(letter.share_bp) / WHOLE_BP),
            who=isolate(row.directed_by_name),
            payee=isolate(row.payee_name),
        )
        detail = " · ".join(
            (
                isolate(row.work_title) or say("pay-terms", "all recordings and songs"),
                isolate(letter.payer) or say("pay-terms", "all statements"),
                *((isolate(letter.source),) if letter.source else ()),
            )
        )
        end = self._period_words(letter.period)
        shown = ListRow(self._desk.theme, Icon.LETTER, Tint.NEUTRAL, title, detail, end=end)
        shown.opened.connect(lambda: self._open_letter(row))
        return shown

    def _split_row(self, row: SplitRow) -> ListRow:
        split = row.split
        right = domain_words(words.RIGHT[split.right])
        title = say("pay-terms", "{work}, {right}", work=isolate(row.work_title), right=right)
        shares = [
            say("pay-terms", "{payee} {n} %", payee=isolate(name), n=in_percent(Decimal(share) / WHOLE_BP))
            for name, share in row.shares
        ]
        detail = " · ".join((*shares, *((isolate(split.source),) if split.source else ())))
        end = self._period_words(split.period)
        shown = ListRow(self._desk.theme, Icon.DOCUMENT, Tint.NEUTRAL, title, detail, end=end)
        shown.opened.connect(lambda: self._open_split(row))
        return shown

    def _period_words(self, period: Period) -> str:
        figures = self._desk.figures
        if period.since is not None and period.until is not None:
            since, until = figures.day(period.since), figures.day(period.until)
            return say("pay-terms", "{since} to {until}", since=since, until=until)
        if period.since is not None:
            return say("pay-terms", "since {day}", day=figures.day(period.since))
        if period.until is not None:
            return say("pay-terms", "until {day}", day=figures.day(period.until))
        return ""

    # Forms

    def _add_terms(self) -> None:
        self._open_terms(None)

    def _add_letter(self) -> None:
        self._open_letter(None)

    def _add_split(self) -> None:
        self._open_split(None)

    def _open_split(self, row: SplitRow | None) -> None:
        SplitEditor(self._desk, row, self).open()

    def _open_terms(self, row: PayTermsRow | None) -> None:
        PayTermsEditor(self._desk, row, self._known.issuers, self).open()

    def _open_letter(self, row: DirectionRow | None) -> None:
        DirectionEditor(self._desk, row, self._known.issuers, self).open()


def _known(console: Console, artist: ArtistId | None) -> _Known:
    return _Known(
        list_pay_terms(console, artist),
        list_directions(console, artist),
        list_splits(console, artist=artist),
        known_issuers(console),
    )
