"""A removal: how far it has come, and noting what the person did or was told."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from artist_console.commands import removals as removal_commands
from artist_console.domain.changes import Changes
from artist_console.domain.problems import Problem
from artist_console.domain.removal_steps import RemovalMark, RemovalStep
from artist_console.domain.removals import RemovalCase
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.new_letter import NewLetterDialog
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.letter_start import about_removal
from artist_console.ui.meanings import problem_words
from artist_console.ui.places import Place
from artist_console.ui.removal_words import STEPS, due_words, step_chip, step_words
from artist_console.ui.text import isolate, label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, LinkButton, Select
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.chips import Chip
from artist_console.ui.widgets.day_edit import DayEdit
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.sections import Note, SectionHeading
from artist_console.ui.widgets.states import StateStack

_SHOWN_AT_FIRST = 30


def case_lines(desk: Desk, case: RemovalCase, *, with_work: bool) -> QVBoxLayout:
    """A case in the details of a work and in the list of all: where, how far, what is due, what it means."""
    named = " · ".join(
        part for part in (case.work_title if with_work else "", case.place, case.operator) if part
    )
    name = label(named, weight="medium", wrap=True)
    told = column(name, row(Chip(desk.theme, step_chip(case)), None), gap=5)
    due = due_words(case, desk.figures.day(case.deadline) if case.deadline is not None else "")
    if due:
        late = case.overdue_days is not None
        told.addWidget(Note(desk.theme, due, Tint.ASK, Icon.CALENDAR if not late else Icon.CLOCK))
    for words in case.words:
        told.addWidget(label(words, tone=Token.TEXT_2, wrap=True))
    return told


class RemovalDialog(Sheet):
    """What happened, on which day, and a note. What stands in the profile already can be taken back."""

    def __init__(self, desk: Desk, case: RemovalCase, parent: QWidget) -> None:
        super().__init__(desk.theme, "removal", say("removal", "Record what happened"), 580, 680, parent)
        self._desk, self._case = desk, case
        self.set_heading(
            say("removal", "Record what happened"),
            say("removal", "{work} in {place}", work=isolate(case.work_title), place=isolate(case.place)),
        )
        theme, region = desk.theme, desk.settings.language
        self.step = Select(theme, say("removal", "What happened"))
        self.step.addItem(say("removal", "Choose"), None)
        for step, words in STEPS:
            self.step.addItem(say("removal", words), step)
        self.step_field = Field(theme, say("removal", "What happened"), self.step)
        self.inside.addWidget(self.step_field)
        self.day = DayEdit(theme, desk.figures, region)
        self.day.show_day(desk.clock().astimezone().date())
        self.day_field = Field(theme, say("removal", "On which day"), self.day)
        self.promised = DayEdit(theme, desk.figures, region)
        hint = say("removal", "If they named a day. Empty: none was named.")
        self.promised_field = Field(theme, say("removal", "Answer promised by"), self.promised, hint)
        days = row(self.day_field, self.promised_field, gap=16)
        days.setStretch(0, 1)
        days.setStretch(1, 1)
        for field in (self.day_field, self.promised_field):
            days.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        self.inside.addLayout(days)
        self.note = QPlainTextEdit()
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(theme.px(72))
        such_as = say("removal", "Such as: by mail to their legal team, answer of Ms Berg.")
        self.inside.addWidget(Field(theme, say("removal", "Note"), self.note, such_as))
        own = say(
            "removal",
            "It stays in this profile and is your note, not a statement of {who}. Nothing is sent.",
            who=isolate(case.operator),
        )
        self.inside.addWidget(Note(theme, own, Tint.NEUTRAL, Icon.LOCK))
        self.inside.addWidget(SectionHeading(theme, say("removal", "What is known so far"), small=True))
        self._history = QVBoxLayout()
        self._history.setSpacing(8)
        self.inside.addLayout(self._history)
        self.inside.addStretch(1)
        self.write = LinkButton(theme, say("removal", "Write a letter…"))
        self.write.clicked.connect(self._write)
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.record = Button(theme, say("removal", "Record it"), ButtonKind.PRIMARY)
        self.record.clicked.connect(self._record)
        self.set_buttons(self.write, None, cancel, self.record, safe=cancel)
        self._show_history()
        self.step.setFocus()

    def _show_history(self) -> None:
        clear_layout(self._history)
        for mark in reversed(self._case.history):
            self._history.addLayout(self._mark(mark))
        if not self._case.history:
            self._history.addWidget(label(say("removal", "Nothing is noted yet."), tone=Token.TEXT_2))

    def _mark(self, mark: RemovalMark) -> QVBoxLayout:
        day = self._desk.figures.day(mark.on)
        if mark.said_by:
            words = say("removal", "{day} · stated by {who}", day=day, who=isolate(mark.said_by))
        else:
            words = say("removal", "{day} · your note", day=day)
        said = mark_words(mark)
        told = column(label(said, weight="medium", wrap=True), gap=1)
        told.addWidget(label(words, TextRole.SMALL, Token.TEXT_3, wrap=True))
        if mark.note:
            told.addWidget(label(mark.note, tone=Token.TEXT_2, wrap=True))
        if not mark.said_by:
            forget = LinkButton(self._desk.theme, say("removal", "Take this note back"))
            forget.setAccessibleName(say("removal", "Take this note back: {step}, {day}", step=said, day=day))
            forget.clicked.connect(partial(self._forget, mark.id))
            told.addLayout(row(forget, None))
        return told

    # Doing

    def _record(self) -> None:
        step = self.step.currentData()
        self.step_field.show_fault("" if step else say("removal", "Choose what happened."))
        day = self.day.day
        self.day_field.show_fault("" if day else say("removal", "Write the day, such as 3 May 2026."))
        unread = not self.promised.is_empty and self.promised.day is None
        self.promised_field.show_fault(say("removal", "This day cannot be read.") if unread else "")
        if not isinstance(step, RemovalStep) or day is None or unread:
            return
        case, note, promised = self._case.id, self.note.toPlainText(), self.promised.day
        self.record.setEnabled(False)
        self._desk.act(
            self,
            lambda console: removal_commands.mark_removal(console, case, step, day, note, promised),
            self._done,
            self._failed,
        )

    def _write(self) -> None:
        """Asking for it is a letter of its own; what is noted here stays as it is."""
        NewLetterDialog(self._desk, self, about_removal(self._case)).open()

    def _done(self, _case: RemovalCase) -> None:
        self._desk.say(say("removal", "Recorded on this computer. Nobody has been told."))
        self.accept()

    def _forget(self, mark: str) -> None:
        case = self._case.id
        self._desk.act(
            self,
            lambda console: removal_commands.unmark_removal(console, case, mark),
            self._forgotten,
            self._failed,
        )

    def _forgotten(self, case: RemovalCase) -> None:
        self._case = case
        self._show_history()
        self.step.setFocus()

    def _failed(self, problem: Problem) -> None:
        self.record.setEnabled(True)
        self.show_problem(problem_words(problem))


def mark_words(mark: RemovalMark) -> str:
    """A step of the history; one that somebody else states is not written as a note of the person's."""
    if not mark.said_by:
        return step_words(mark.step)
    if mark.step is RemovalStep.OPEN:
        return say("removal", "The work is reported there")
    if mark.step is RemovalStep.REQUESTED:
        return say("removal", "Removal was asked for")
    return step_words(mark.step)


def focus_first_link(cards: QVBoxLayout) -> None:
    """The keyboard stood on a card that is made anew: it goes to the first one."""
    item = cards.itemAt(0)
    card = item.widget() if item is not None else None
    link = card.findChild(LinkButton) if card is not None else None
    if link is not None:
        link.setFocus(Qt.FocusReason.OtherFocusReason)


class RemovalsDialog(Sheet):
    """Every removal of the artists who are shown: what is overdue first."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(desk.theme, "removals", say("removal", "Removals"), 760, 720, parent)
        self._desk = desk
        self.set_heading(
            say("removal", "Removals"),
            say(
                "removal",
                "Where you said no and a work is reported. Taking a work out does not un-train a model: what "
                "was learned from it stays learned.",
            ),
        )
        self._cases: tuple[RemovalCase, ...] = ()
        self._shown = 0
        self._content = content = QWidget()
        self._cards = QVBoxLayout(content)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(12)
        self.states = StateStack(desk.theme, content)
        self.states.retry.connect(self.reload)
        self.inside.addWidget(self.states, 1)
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(None, close, safe=close)
        self.states.show_loading(say("removal", "Reading the removals"))
        desk.changed.connect(self._follow)
        self.reload()

    def _follow(self, changes: Changes) -> None:
        if changes & Changes.INCLUSIONS:
            self.reload()

    def reload(self) -> None:
        artist = self._desk.artist
        self._desk.ask(
            self,
            "removals",
            lambda console: removal_commands.list_removals(console, artist),
            self.show_cases,
            self._failed,
        )

    def _failed(self, problem: Problem) -> None:
        self.states.show_error(problem)

    def show_cases(self, cases: tuple[RemovalCase, ...]) -> None:
        self._cases = cases
        self._fill(max(_SHOWN_AT_FIRST, self._shown))
        if cases:
            self.states.show_content()
        else:
            self.states.show_empty(
                say("removal", "Nothing to remove"),
                say("removal", "A refusal of a work that somebody reports will be followed here."),
            )

    def _fill(self, most: int) -> None:
        self._shown = most
        held = any(part.hasFocus() for part in self._content.findChildren(QWidget))
        clear_layout(self._cards)
        for case in self._cases[:most]:
            self._cards.addWidget(self._card(case))
        if len(self._cases) > most:
            more = LinkButton(self._desk.theme, say("removal", "See all {n}", n=len(self._cases)))
            more.clicked.connect(partial(self._fill, len(self._cases)))
            self._cards.addLayout(row(more, None))
        self._cards.addStretch(1)
        if held:
            focus_first_link(self._cards)

    def _card(self, case: RemovalCase) -> Card:
        card = Card(self._desk.theme, padding=16)
        card.body.addLayout(case_lines(self._desk, case, with_work=True))
        record = LinkButton(self._desk.theme, say("removal", "Record what happened…"))
        write = LinkButton(self._desk.theme, say("removal", "Write a letter…"))
        work = LinkButton(self._desk.theme, say("removal", "Open the work"))
        for link in (record, write, work):
            about = " · ".join((case.work_title, case.place))
            link.setAccessibleName(say("removal", "{action}: {case}", action=link.words, case=about))
        record.clicked.connect(partial(self._record, case))
        work.clicked.connect(partial(self._go_to, case))
        write.clicked.connect(partial(self._write, case))
        card.body.addLayout(row(record, write, work, None, gap=14))
        return card

    def _record(self, case: RemovalCase) -> None:
        RemovalDialog(self._desk, case, self).open()

    def _write(self, case: RemovalCase) -> None:
        NewLetterDialog(self._desk, self, about_removal(case)).open()

    def _go_to(self, case: RemovalCase) -> None:
        self.accept()
        self._desk.go(Place("works", f"work/{case.work}"))
