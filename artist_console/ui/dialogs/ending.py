"""A yes that ends, or has ended: give it again for longer, refuse, or let it end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from artist_console.commands import expiring as expiring_commands
from artist_console.commands.expiring import EndingView
from artist_console.commands.wishes import Wish
from artist_console.domain.ids import DecisionId
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.review import ReviewDialog
from artist_console.ui.dialogs.review_words import LISTED
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.day_edit import DayEdit
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import clear_layout, column
from artist_console.ui.widgets.sections import Note

_YEAR = 365
_DAY_WIDTH = 300


class EndingDialog(Sheet):
    """Three answers of the same size. Giving it again passes the review, on the same conditions."""

    def __init__(self, desk: Desk, decision: DecisionId, parent: QWidget) -> None:
        super().__init__(desk.theme, "ending", say("ending", "Your yes ends"), 640, 520, parent)
        self._desk = desk
        self.view: EndingView | None = None
        theme = desk.theme
        self.later = Button(theme, say("ending", "Not now"))
        self.later.clicked.connect(self.reject)
        self.refuse = Button(theme, say("ending", "Refuse"), icon=Icon.CROSS)
        self.refuse.clicked.connect(self._refuse)
        self.let_end = Button(theme, say("ending", "Let it end"), icon=Icon.QUESTION)
        self.let_end.clicked.connect(self._let_end)
        self.renew = Button(theme, say("ending", "Allow for longer…"), icon=Icon.CHECK)
        self.renew.clicked.connect(self._renew)
        for button in (self.refuse, self.let_end, self.renew):
            button.setEnabled(False)
        self.set_buttons(self.later, None, self.refuse, self.let_end, self.renew, safe=self.later)
        desk.ask(
            self,
            "ending",
            lambda console: expiring_commands.ending(console, decision),
            self._show,
            self._failed,
        )

    def _show(self, view: EndingView) -> None:
        self.view = view
        theme, figures = self._desk.theme, self._desk.figures
        clear_layout(self.inside)
        day = figures.day(view.until)
        self.set_heading(
            say("ending", "Your yes ended on {day}", day=day)
            if view.ended
            else say("ending", "Your yes ends on {day}", day=day),
            say("ending", "{artist}, for {programme}", artist=view.artist_name, programme=view.programme),
        )
        self.day = DayEdit(theme, figures, self._desk.settings.language)
        self.day.show_day(_a_year_after(view.until, self._today()))
        self.day_field = Field(
            theme,
            say("ending", "If you allow it for longer: the new last day"),
            self.day,
            say("ending", "The other conditions stay. Empty: no last day."),
        )
        self.day.setMaximumWidth(theme.px(_DAY_WIDTH))
        self.inside.addWidget(self.day_field)
        self.inside.addWidget(Note(theme, self._what_follows(view), Tint.NEUTRAL, Icon.INFO))
        card = Card(theme)
        for each in view.answers[:LISTED]:
            words = column(label(each.words, wrap=True), gap=0)
            if each.conditions:
                kept = " · ".join(each.conditions)
                words.addWidget(label(kept, TextRole.SMALL, Token.TEXT_2, wrap=True))
            card.body.addLayout(words)
        if len(view.answers) > LISTED:
            more = say("ending", "and {n} more", n=figures.number(len(view.answers) - LISTED))
            card.add(label(more, TextRole.SMALL, Token.TEXT_2))
        self.inside.addWidget(card)
        self.inside.addStretch(1)
        if view.ended:
            self.let_end.set_words(say("ending", "Leave undecided"))
        for button in (self.refuse, self.let_end, self.renew):
            button.setEnabled(True)

    def _what_follows(self, view: EndingView) -> str:
        if view.ended:
            return say("ending", "Nothing is allowed now. Left undecided, that stays so and nothing waits.")
        return say(
            "ending",
            "Let it end: the yes holds until its last day and then permits nothing. You are not asked again.",
        )

    def _today(self) -> date:
        return self._desk.clock().astimezone().date()

    # Answers

    def _renew(self) -> None:
        view = self.view
        if view is None:
            return
        self.day_field.show_fault("")
        until = self.day.day
        if until is None and not self.day.is_empty:
            words = say("ending", "Write day, month and year, such as 31 March 2027 or 2027-03-31.")
        elif until is not None and until < self._today():
            words = say("ending", "This day has passed. Choose one to come.")
        else:
            self._review(view.renewed(until, self._today()))
            return
        self.day_field.show_fault(words)
        self.day.setFocus()

    def _review(self, wishes: Sequence[Wish]) -> None:
        dialog = ReviewDialog(self._desk, wishes, self)
        dialog.confirmed.connect(self._answered)
        dialog.open()

    def _answered(self, decisions: Sequence[object]) -> None:
        said = say_count("ending", "1 answer recorded.", "{n} answers recorded.", len(decisions))
        self._desk.say(said, say("deciding", "Undo"), self._desk.undo)
        self.accept()

    def _refuse(self) -> None:
        if self.view is not None:
            self.accept()
            self._desk.decide(self.view.refusals)

    def _let_end(self) -> None:
        view = self.view
        if view is None:
            return
        if view.ended:
            self.accept()
            self._desk.decide(view.clears)
            return
        ids = [each.decision.id for each in view.answers]
        self._desk.act(
            self,
            lambda console: expiring_commands.let_run_out(console, view.artist, ids),
            self._let_go,
            self._failed,
        )

    def _let_go(self, _count: int) -> None:
        view = self.view
        assert view is not None, "nothing is let go before it is shown"
        day = self._desk.figures.day(view.until)
        self._desk.say(say("ending", "The yes ends on {day}. You are not asked again.", day=day))
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))


def _a_year_after(until: date, today: date) -> date:
    """A day to begin with: as long again as people mostly choose, from the last day or from today."""
    return max(until, today) + timedelta(days=_YEAR)
