"""Two answers that met: one's own and the saved one, side by side. Nothing is preselected."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from artist_console.commands import conflicts as conflicts_commands
from artist_console.commands.conflicts import ConflictView
from artist_console.domain import words
from artist_console.domain.decisions import Decision
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import Problem
from artist_console.domain.registers import Stance, UseScopeKind
from artist_console.domain.uses import Family, Use
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.review_words import condition_words
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.text import label, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, RadioButton, one_of
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.chips import Chip, ChipMeaning, ChipValue
from artist_console.ui.widgets.layout import clear_layout, row
from artist_console.ui.widgets.painting import fill_round, painter_for
from artist_console.ui.widgets.sections import Note

_CHIPS = {
    Stance.ALLOW: ChipMeaning.ALLOWED,
    Stance.REFUSE: ChipMeaning.REFUSED,
    Stance.CLEAR: ChipMeaning.UNDECIDED,
}
_LINE = 2.0


class AnswerCard(Card):
    """An answer with who gave it; a press anywhere on it chooses it."""

    def __init__(self, theme: Theme, title: str, chip: ChipValue) -> None:
        super().__init__(theme, strong=True)
        self.choice = RadioButton(theme, title)
        self.choice.toggled.connect(self.update)
        self.add(self.choice)
        self.body.addLayout(row(Chip(theme, chip), None))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(say("conflict", "{title}: {answer}", title=title, answer=chip.shown))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._spoken = [chip.shown]

    def say_more(self, said: str, *, quiet: bool = False) -> None:
        role, tone = (TextRole.SMALL, Token.TEXT_2) if quiet else (TextRole.BODY, Token.TEXT)
        self.add(label(said, role, tone, wrap=True))
        self._spoken.append(said)
        self.choice.setAccessibleDescription(". ".join(self._spoken))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.choice.setChecked(True)
        self.choice.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.choice.isChecked():
            super().paintEvent(event)
            return
        painter = painter_for(self)
        theme = self._theme
        fill_round(
            painter,
            QRectF(self.rect()),
            theme.radius("card"),
            theme.colour(Token.SELECTED),
            theme.colour(Token.ACCENT),
            _LINE,
        )


class ConflictDialog(Sheet):
    """A queue of conflicts; each is settled by a choice or left for later."""

    def __init__(self, desk: Desk, artist: ArtistId | None, parent: QWidget) -> None:
        super().__init__(desk.theme, "conflict", say("conflict", "Two answers"), 700, 440, parent)
        self._desk = desk
        self._artist = artist
        self.queue: tuple[ConflictView, ...] = ()
        self._at = 0
        self.mine: AnswerCard | None = None
        self.saved: AnswerCard | None = None
        theme = desk.theme
        self.later = Button(theme, say("conflict", "Decide later"), ButtonKind.QUIET)
        self.later.clicked.connect(self._leave)
        self.place = label("", TextRole.SMALL, Token.TEXT_2)
        self.use = Button(theme, say("conflict", "Use the chosen answer"), ButtonKind.PRIMARY)
        self.use.setEnabled(False)
        self.use.clicked.connect(self._settle)
        self.set_buttons(self.later, None, self.place, self.use, safe=self.later)
        desk.ask(
            self,
            "conflicts",
            lambda console: conflicts_commands.conflicts(console, artist),
            self._take,
            self._failed,
        )

    def _take(self, found: tuple[ConflictView, ...]) -> None:
        self.queue = found
        self._at = 0
        self._show()

    def _show(self) -> None:
        clear_layout(self.inside)
        self.use.setEnabled(False)
        if self._at >= len(self.queue):
            self.mine = self.saved = None
            self.set_heading(say("conflict", "No answers wait for a choice"))
            self.place.show_words("")
            self.use.hide()
            self.later.set_words(say("dialog", "Close"))
            self.inside.addStretch(1)
            return
        view = self.queue[self._at]
        self.set_heading(
            say("conflict", "Two answers for {what}", what=_about(view)),
            say("conflict", "Somebody else answered too. Choose which answer counts from now on."),
        )
        self.mine = self._card(say("conflict", "Your answer"), view.mine)
        self.mine.say_more(
            say("conflict", "{who}, on {device}", who=view.mine_by, device=domain_words(view.mine_device))
        )
        self.mine.say_more(self._desk.figures.day_and_time(view.mine_at), quiet=True)
        self.saved = self._card(say("conflict", "Saved answer"), view.saved)
        if view.saved is not None and view.saved_at is not None:
            own = view.saved_by == view.mine_by
            self.saved.say_more(
                say("conflict", "{who}, on another device", who=view.saved_by)
                if own
                else say("conflict", "{who}, on a device that is not known here", who=view.saved_by)
            )
            self.saved.say_more(self._desk.figures.day_and_time(view.saved_at), quiet=True)
        for card in (self.mine, self.saved):
            # The body of a card ends where its words end, both cards alike.
            card.body.addStretch(1)
            card.choice.toggled.connect(self._enable)
        one_of(self.mine.choice, self.saved.choice)
        self.inside.addLayout(row(self.mine, self.saved, gap=16))
        told = say("conflict", "{until} Both answers stay in the history.", until=domain_words(view.words))
        self.inside.addWidget(label(told, tone=Token.TEXT_2, wrap=True))
        if view.mine.mandate is not None and view.mine.stance is not Stance.REFUSE:
            self.inside.addWidget(
                Note(
                    self._desk.theme,
                    say(
                        "conflict",
                        "Where {artist} said no in person, your yes is proposed to them.",
                        artist=view.artist_name,
                    ),
                    Tint.INFO,
                    Icon.PEOPLE,
                )
            )
        self.inside.addStretch(1)
        left = len(self.queue)
        at = say("conflict", "{n} of {all}", n=self._at + 1, all=left)
        self.place.show_words(at if left > 1 else "")
        self.mine.choice.setFocus(Qt.FocusReason.TabFocusReason)

    def _card(self, title: str, decision: Decision | None) -> AnswerCard:
        stance = decision.stance if decision is not None else Stance.CLEAR
        chip = ChipValue(_CHIPS[stance])
        if decision is None:
            chip = ChipValue(ChipMeaning.UNDECIDED, say("conflict", "Taken back"))
        card = AnswerCard(self._desk.theme, title, chip)
        if decision is not None:
            register = decision.register
            about = say("conflict", "For {use}", use=_use_words(register.use.kind, register.use.name))
            card.say_more(about, quiet=True)
            for condition in condition_words(self._desk, decision.conditions):
                card.say_more(condition, quiet=True)
        return card

    def _enable(self) -> None:
        cards = (self.mine, self.saved)
        self.use.setEnabled(any(card is not None and card.choice.isChecked() for card in cards))

    def _settle(self) -> None:
        if self.mine is None:
            return
        view, keep_mine = self.queue[self._at], self.mine.choice.isChecked()
        self.use.setEnabled(False)
        self._desk.act(
            self,
            lambda console: conflicts_commands.resolve(console, view.decision, keep_mine),
            self._settled,
            self._failed,
        )

    def _settled(self, made: tuple[Decision, ...]) -> None:
        self._desk.say(
            say("conflict", "Your answer was made again. It is sent with the next sync.")
            if made
            else say("conflict", "The saved answer counts. Yours stays in the history.")
        )
        self._next()

    def _leave(self) -> None:
        """It stays in Waiting; the next one is shown."""
        self._next()

    def _next(self) -> None:
        self._at += 1
        if self._at >= len(self.queue):
            self.accept()
        else:
            self._show()

    def _failed(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))
        self._enable()


def _about(view: ConflictView) -> str:
    use = _use_words(view.use.kind, view.use.name)
    parts = (view.subject, use, view.programme_name)
    return " · ".join(part for part in parts if part)


def _use_words(kind: UseScopeKind, name: str) -> str:
    match kind:
        case UseScopeKind.ANY:
            return say("conflict", "every use")
        case UseScopeKind.FAMILY:
            return domain_words(words.FAMILY[Family(name)][0])
        case UseScopeKind.KEY:
            return domain_words(words.USE[Use(name)][0])
