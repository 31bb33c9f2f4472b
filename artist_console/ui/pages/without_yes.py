"""Licensed by others, claimed under the law, no basis stated: uses that do not rest on the artist's yes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from artist_console.commands import without_yes
from artist_console.commands.without_yes import GROUPS, WithoutYesRow, WithoutYesView
from artist_console.domain import words
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.problems import Problem
from artist_console.domain.registers import ALL_MY_WORKS, ANY_USE, Register, Subject, SubjectKind, UseScope
from artist_console.domain.without_yes_words import GROUP_MEANS
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.choices import Choice
from artist_console.ui.dialogs.which_works import WhichWorksDialog
from artist_console.ui.dialogs.why import WhyDialog
from artist_console.ui.looks import grade_chip
from artist_console.ui.meanings import domain_words, sentence, state_chip
from artist_console.ui.paragraphs import paragraph
from artist_console.ui.places import Place
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.chips import Chip, ChipMeaning, ChipValue
from artist_console.ui.widgets.layout import FlowLayout, clear_layout, column, row
from artist_console.ui.widgets.page import MARGIN, ScrollPage
from artist_console.ui.widgets.painting import focus_ring, painter_for, shows_focus
from artist_console.ui.widgets.press import ENTER
from artist_console.ui.widgets.sections import SectionHeading
from artist_console.ui.widgets.states import StateStack

_NAMED_TITLES = 3


class WithoutYesPage(QWidget):
    """A list with a heading per group. `show_artist` says whose; `reload` asks again."""

    counted = Signal(int)  # how many there are, for whoever shows a number

    def __init__(self, desk: Desk, artist: ArtistId | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._artist = artist
        self.cards: tuple[UseCard, ...] = ()
        self.setAccessibleName(say("without-yes", "Not your own yes"))
        self._inside = column(gap=10, margins=(MARGIN, 4, MARGIN, MARGIN))
        content = QWidget()
        content.setLayout(self._inside)
        self.scroller = ScrollPage(content)
        self.states = StateStack(desk.theme, self.scroller)
        self.states.retry.connect(self.reload)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.states)

    def show_artist(self, artist: ArtistId | None) -> None:
        """Whose works; None says that one artist has to be chosen."""
        self._artist = artist
        self.reload()

    def reload(self) -> None:
        """Ask again. What is on the screen stays until the answer is there."""
        if self._artist is None:
            self._show_none(
                say("without-yes", "Choose an artist"),
                say("without-yes", "What others say they licensed is shown for one artist at a time."),
            )
            return
        artist = self._artist
        self._desk.ask(
            self,
            "without yes",
            lambda console: without_yes.uses_without_yes(console, artist),
            self._show,
            self._failed,
        )

    def main_stop(self) -> QWidget | None:
        """The first of the list; None while there is none."""
        return self.cards[0] if self.cards else None

    def _failed(self, problem: Problem) -> None:
        self.states.show_error(problem)

    def _show(self, view: WithoutYesView) -> None:
        self.counted.emit(len(view.rows))
        if not view.rows:
            self._show_none(
                say("without-yes", "Nothing is known that rests on somebody else's word"),
                say(
                    "without-yes",
                    "Uses that others say they licensed, that are claimed under the law, or that name no"
                    " basis appear here when a service reports them or you import a list. That none is"
                    " known here does not show that there is none.",
                ),
            )
            return
        at = next((n for n, card in enumerate(self.cards) if card.hasFocus()), None)
        clear_layout(self._inside)
        cards: list[UseCard] = []
        self._add_deadlines(view)
        for group in GROUPS:
            rows = view.of(group)
            name = domain_words(words.BASIS_GROUP[group])
            heading = SectionHeading(
                self._desk.theme,
                say("without-yes", "{group} · {n}", group=name, n=self._desk.figures.number(len(rows))),
            )
            self._inside.addSpacing(8)
            self._inside.addWidget(heading)
            if not rows:
                self._inside.addWidget(
                    paragraph(say("without-yes", "None is known here."), tone=Token.TEXT_3)
                )
                continue
            self._inside.addWidget(paragraph(domain_words(GROUP_MEANS[group])))
            for each in rows:
                card = UseCard(self._desk, view.artist, each)
                card.stepped.connect(self._step)
                self._inside.addWidget(card)
                cards.append(card)
        self._inside.addStretch(1)
        self.cards = tuple(cards)
        self.states.show_content()
        if at is not None and cards:
            cards[min(at, len(cards) - 1)].setFocus()

    def _add_deadlines(self, view: WithoutYesView) -> None:
        """Open deadlines are told first, wherever they stand below."""
        open_rows = [each for each in view.rows if each.deadline is not None]
        if open_rows and open_rows[0].deadline is not None:
            self._inside.addWidget(
                paragraph(
                    say_count(
                        "without-yes",
                        "You can object to 1 of these. The day is {date}.",
                        "You can object to {n} of these. The first day is {date}.",
                        len(open_rows),
                        date=self._desk.figures.day(open_rows[0].deadline),
                    ),
                    tone=Token.TEXT,
                    weight="strong",
                )
            )

    def _show_none(self, title: str, told: str) -> None:
        self.cards = ()
        self.states.show_empty(title, told, None)

    def _step(self, card: QWidget, by: int) -> None:
        at = next((n for n, each in enumerate(self.cards) if each is card), 0) + by
        if 0 <= at < len(self.cards):
            self.cards[at].setFocus(Qt.FocusReason.TabFocusReason)
            self.scroller.show_part(self.cards[at])


class UseCard(Card):
    """One use: who says so, what, since when, on what, until when one can object, and what comes next."""

    stepped = Signal(object, int)  # this card, and how far

    def __init__(self, desk: Desk, artist: ArtistId, each: WithoutYesRow) -> None:
        super().__init__(desk.theme)
        self._desk, self._artist, self.row = desk, artist, each
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body.setSpacing(6)
        self.body.addLayout(self._head())
        if each.silence is not None:
            self.add(paragraph(sentence(each.silence), tone=Token.TEXT, weight="strong"))
        self.add(paragraph(" ".join(self._sentences()), tone=Token.TEXT))
        self.add(paragraph(" ".join((sentence(each.rests_on), *map(sentence, each.next_steps)))))
        self.body.addLayout(self._actions())
        self.setAccessibleName(self._spoken())

    def _head(self) -> QVBoxLayout:
        theme = self._desk.theme
        chips = QWidget()
        flow = FlowLayout(chips, gap=6)
        for value in self._chips():
            flow.addWidget(Chip(theme, value))
        return column(
            label(self._title(), TextRole.BODY, weight="strong", wrap=True),
            label(self._second(), TextRole.SMALL, Token.TEXT_2, wrap=True),
            chips,
            gap=3,
        )

    def _title(self) -> str:
        each = self.row
        about = each.titles[0] if len(each.works) == 1 else self._count()
        where = each.programme_name or each.place
        if not where:
            return say("without-yes", "{who}: {what}", who=each.said_by, what=about)
        return say("without-yes", "{who}, {where}: {what}", who=each.said_by, where=where, what=about)

    def _count(self) -> str:
        return say_count("without-yes", "1 work", "{n} works", len(self.row.works))

    def _second(self) -> str:
        each = self.row
        parts = [domain_words(each.basis)]
        if each.use_words:
            parts.append(", ".join(domain_words(use) for use in each.use_words))
        parts.append(", ".join(domain_words(words.RIGHT[right]).lower() for right in each.rights))
        if each.since is not None:
            parts.append(say("without-yes", "since {date}", date=self._desk.figures.day(each.since)))
        return " · ".join(part for part in parts if part)

    def _chips(self) -> list[ChipValue]:
        each = self.row
        found: list[ChipValue] = []
        if each.deadline is not None:
            day = self._desk.figures.short_day(each.deadline, self._desk.clock().date())
            found.append(
                ChipValue(ChipMeaning.ENDS_SOON, say("without-yes", "Object until {date}", date=day))
            )
        if each.against_wish:
            found.append(
                ChipValue(ChipMeaning.LICENSED_AGAINST_WISH, say("without-yes", "Against your wish"))
            )
        if each.state is not None:
            found.append(state_chip(each.state, each.said_by))
        found.append(grade_chip(each.grade))
        return found

    def _sentences(self) -> list[str]:
        each = self.row
        found = [sentence(each.said_words)]
        if len(each.works) > 1:
            named = ", ".join(f"“{title}”" for title in each.titles[:_NAMED_TITLES])
            left = len(each.titles) - _NAMED_TITLES
            one, many = "Among them {titles} and 1 more.", "Among them {titles} and {n} more."
            found.append(
                say_count("without-yes", one, many, left, titles=named)
                if left > 0
                else say("without-yes", "These are {titles}.", titles=named)
            )
        return found

    def _spoken(self) -> str:
        parts = [self._title(), self._second(), *(chip.shown for chip in self._chips())]
        if self.row.silence is not None:
            parts.append(sentence(self.row.silence))
        parts += [*self._sentences(), sentence(self.row.rests_on), *map(sentence, self.row.next_steps)]
        return ". ".join(part.rstrip(".") for part in parts)

    def _actions(self) -> QHBoxLayout:
        theme = self._desk.theme
        title = self._title()
        only = len(self.row.works) == 1
        show = LinkButton(
            theme, say("without-yes", "Open the work") if only else say("without-yes", "Show the works…")
        )
        show.setAccessibleName(say("without-yes", "Open: {what}", what=title))
        show.clicked.connect(self.open)
        why = LinkButton(theme, say("without-yes", "Why?"))
        why.setAccessibleName(say("without-yes", "Why: {what}", what=title))
        why.clicked.connect(self.explain)
        return row(show, why, None, gap=14)

    # Keys and menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case key if key in ENTER:
                self.open()
            case Qt.Key.Key_Down:
                self.stepped.emit(self, 1)
            case Qt.Key.Key_Up:
                self.stepped.emit(self, -1)
            case Qt.Key.Key_Menu:
                self._menu(self.mapToGlobal(self.rect().center()))
            case _:
                super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu(event.globalPos())

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.addAction(say("without-yes", "Open"), self.open)
        menu.addAction(say("without-yes", "Why?"), self.explain)
        menu.popup(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if shows_focus(self):
            painter = painter_for(self)
            focus_ring(painter, self._desk.theme, self.rect().toRectF(), self._desk.theme.radius("card"))

    # Leading somewhere

    def open(self) -> None:
        """To the work; of several, first a list to choose from."""
        works = self.row.works
        if len(works) == 1:
            self._go(works[0])
            return
        choices = [Choice(title, value=work) for work, title in zip(works, self.row.titles, strict=True)]
        # A reload takes this card away; the dialog stays.
        dialog = WhichWorksDialog(self._desk, self._title(), choices, self.window())
        dialog.chosen.connect(self._go)
        dialog.open()

    def _go(self, work: WorkId) -> None:
        self._desk.go(Place("works", f"work/{work}"))

    def explain(self) -> None:
        """The trace of the cells it is about."""
        WhyDialog(self._desk, self._register(), self._title(), self.window()).open()

    def _register(self) -> Register:
        each = self.row
        subject = Subject(SubjectKind.WORK, each.works[0]) if len(each.works) == 1 else ALL_MY_WORKS
        use = UseScope.of(each.uses[0]) if len(each.uses) == 1 else ANY_USE
        return Register(self._artist, subject, each.programme, use)
