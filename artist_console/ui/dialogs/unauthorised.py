"""An answer that came without a mandate: the artist makes it their own, or leaves it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from artist_console.commands import unauthorised as unauthorised_commands
from artist_console.commands.unauthorised import UnauthorisedView
from artist_console.domain.ids import DecisionId
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.review_words import LISTED
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.layout import clear_layout, column
from artist_console.ui.widgets.sections import Note


class UnauthorisedDialog(Sheet):
    """Says what was sent and why it does not apply. Adopting passes the review like any answer."""

    def __init__(self, desk: Desk, decision: DecisionId, parent: QWidget) -> None:
        title = say("unauthorised", "An answer without a mandate")
        super().__init__(desk.theme, "unauthorised", title, 620, 460, parent)
        self._desk = desk
        self.view: UnauthorisedView | None = None
        self.later = Button(desk.theme, say("unauthorised", "Not now"))
        self.later.clicked.connect(self.reject)
        self.leave = Button(desk.theme, say("unauthorised", "Leave it"))
        self.leave.clicked.connect(self._leave)
        self.adopt = Button(desk.theme, say("unauthorised", "Make it mine…"), icon=Icon.CHECK)
        self.adopt.clicked.connect(self._adopt)
        for button in (self.leave, self.adopt):
            button.setEnabled(False)
        self.set_buttons(self.later, None, self.leave, self.adopt, safe=self.later)
        desk.ask(
            self,
            "unauthorised",
            lambda console: unauthorised_commands.one(console, decision),
            self._show,
            self._failed,
        )

    def _show(self, view: UnauthorisedView) -> None:
        self.view = view
        theme, figures = self._desk.theme, self._desk.figures
        clear_layout(self.inside)
        sender = view.sent_by or say("unauthorised", "Somebody")
        self.set_heading(
            say("unauthorised", "{who} answered for {artist}", who=sender, artist=view.artist_name),
            say("unauthorised", "Received {when}", when=figures.day_and_time(view.received_at)),
        )
        self.inside.addWidget(label(view.why, wrap=True))
        card = Card(theme)
        for each in view.answers[:LISTED]:
            words = column(label(each.words, wrap=True), gap=0)
            if each.conditions:
                kept = " · ".join(each.conditions)
                words.addWidget(label(kept, TextRole.SMALL, Token.TEXT_2, wrap=True))
            card.body.addLayout(words)
        if len(view.answers) > LISTED:
            more = say("unauthorised", "and {n} more", n=figures.number(len(view.answers) - LISTED))
            card.add(label(more, TextRole.SMALL, Token.TEXT_2))
        self.inside.addWidget(card)
        follows = say(
            "unauthorised",
            "It applies nowhere. Make it mine: you review it, and it counts as your own answer to the terms"
            " of today. Leave it: nothing changes, and you are not asked again.",
        )
        self.inside.addWidget(Note(theme, follows, Tint.NEUTRAL, Icon.INFO))
        self.inside.addStretch(1)
        for button in (self.leave, self.adopt):
            button.setEnabled(True)

    def _adopt(self) -> None:
        if self.view is not None:
            self.accept()
            self._desk.decide(self.view.wishes)

    def _leave(self) -> None:
        view = self.view
        if view is not None:
            self._desk.act(
                self,
                lambda console: unauthorised_commands.leave(console, view),
                self._left,
                self._failed,
            )

    def _left(self, _count: int) -> None:
        self._desk.say(say("unauthorised", "Left as it is. You are not asked again."))
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))
