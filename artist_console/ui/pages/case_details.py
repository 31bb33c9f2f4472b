"""One case beside the table: where it stands, what happened, the exact letter, and what can be done next."""

from __future__ import annotations

from enum import Enum
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands.case_beside import BesideCase, beside_case
from artist_console.commands.cases import CaseRow
from artist_console.domain.cases import REPLY_PATIENCE_DAYS, CaseEvent, CaseState, EventKind
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.letter_words import case_chip
from artist_console.ui.meanings import sentence
from artist_console.ui.pages.case_events import add_event
from artist_console.ui.pages.case_letters import add_letter
from artist_console.ui.pages.letters_drops import DropLine, dropped_files
from artist_console.ui.places import Place
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, LinkButton
from artist_console.ui.widgets.chips import Chip
from artist_console.ui.widgets.details import DetailsPanel
from artist_console.ui.widgets.held_focus import HeldFocus
from artist_console.ui.widgets.layout import FlowLayout, column, row
from artist_console.ui.widgets.sections import Disclosure, Note

_WORKS_AT_FIRST = 6
_EVENTS_AT_FIRST = 6


class CaseAction(Enum):
    """What can be done about a case."""

    SENT = "sent"
    REPLY = "reply"
    OUTCOME = "outcome"
    NEXT_DATE = "next_date"
    FOLLOW_UP = "follow_up"
    NOTE = "note"
    OWNER = "owner"
    CLOSE = "close"
    REOPEN = "reopen"
    EXPORT = "export"
    SAVE_LETTERS = "save_letters"
    COPY_LINK = "copy_link"


def action_words(action: CaseAction) -> str:
    return {
        CaseAction.SENT: say("case", "Record sending…"),
        CaseAction.REPLY: say("case", "Add a reply…"),
        CaseAction.OUTCOME: say("case", "Record what they say…"),
        CaseAction.NEXT_DATE: say("case", "Set next date…"),
        CaseAction.FOLLOW_UP: say("case", "Follow up…"),
        CaseAction.NOTE: say("case", "Note…"),
        CaseAction.OWNER: say("case", "Who looks after it…"),
        CaseAction.CLOSE: say("case", "Close the case…"),
        CaseAction.REOPEN: say("case", "Open it again"),
        CaseAction.EXPORT: say("case", "Export an evidence file…"),
        CaseAction.SAVE_LETTERS: say("case", "Save the letter…"),
        CaseAction.COPY_LINK: say("case", "Copy link"),
    }[action]


_FIRST = {
    CaseState.DRAFTED: (CaseAction.SENT, CaseAction.SAVE_LETTERS, CaseAction.REPLY),
    CaseState.SENT: (CaseAction.REPLY, CaseAction.FOLLOW_UP, CaseAction.SENT),
    CaseState.ANSWERED: (CaseAction.OUTCOME, CaseAction.REPLY, CaseAction.FOLLOW_UP),
    CaseState.OPEN: (CaseAction.FOLLOW_UP, CaseAction.REPLY, CaseAction.OUTCOME),
    CaseState.CLOSED: (CaseAction.REOPEN,),
}
# Whoever may only look can still take copies.
_FOR_ALL = frozenset({CaseAction.EXPORT, CaseAction.SAVE_LETTERS, CaseAction.COPY_LINK})
_THEN = (CaseAction.NEXT_DATE, CaseAction.NOTE, CaseAction.OWNER, CaseAction.EXPORT, CaseAction.CLOSE)


def offered_actions(caserow: CaseRow) -> tuple[CaseAction, ...]:
    """What fits where the case stands, the likeliest first."""
    first = _FIRST[caserow.standing.state]
    if caserow.standing.state is CaseState.CLOSED:
        return (*first, CaseAction.NOTE, CaseAction.EXPORT)
    if CaseAction.OUTCOME not in first and any(e.kind is EventKind.REPLY for e in caserow.case.events):
        first = (*first, CaseAction.OUTCOME)
    return (*first, *_THEN)


class CaseDetailsPanel(DetailsPanel):
    """Emits what is wished; files dropped on it belong to the case that it shows."""

    action_wished = Signal(object, object)  # CaseAction, CaseRow
    file_wished = Signal(object, object)  # CaseRow, CaseEvent: save a copy of its file
    outcome_wished = Signal(object, object)  # CaseRow, CaseEvent of the reply
    mistake_wished = Signal(object, object)  # CaseRow, CaseEvent that was noted by mistake
    attachment_wished = Signal(object, object)  # CaseRow, AttachedFile of a letter
    mail_wished = Signal(object)  # Letter
    dropped = Signal(object, object)  # CaseRow, tuple[Path, ...]

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk.theme, parent)
        self._desk = desk
        self.row: CaseRow | None = None
        self._beside: BesideCase | None = None
        self._buttons: dict[CaseAction, Button] = {}
        self.setAcceptDrops(True)
        self.drop_line = DropLine(desk.theme)
        inside = self.layout()
        assert inside is not None, "the panel has laid itself out"
        inside.addWidget(self.drop_line)

    def button(self, action: CaseAction) -> Button:
        """The button of an action that is offered, for focus and tests."""
        return self._buttons[action]

    def show_row(self, shown: CaseRow) -> None:
        """Show a case; its works and what they show follow when they are known."""
        if self.row is None or self.row.case.id != shown.case.id:
            self._beside = None
        self.row = shown
        id = shown.case.id
        self._fill(shown)
        self._desk.ask(self, "beside", lambda console: (id, beside_case(console, id)), self._take_beside)

    def _take_beside(self, found: tuple[str, BesideCase]) -> None:
        id, beside = found
        if self.row is not None and self.row.case.id == id and beside != self._beside:
            self._beside = beside
            self._fill(self.row)

    def _fill(self, shown: CaseRow) -> None:
        held = HeldFocus(self)
        case = shown.case
        self.open_kind("case", case.id)
        opened = say("case", "Opened on {day}", day=self._desk.figures.day(case.opened_at))
        self.set_head(
            "",
            case.title,
            say("case", "To {name}", name=isolate(case.addressee_name)),
            " · ".join(part for part in (shown.artist_name, opened) if part),
        )
        self._add_standing(shown)
        self._add_events(shown)
        self._add_letters(shown)
        self._add_works()
        offered = next((each for each in self._buttons.values() if each.isEnabled()), self.close_button)
        held.give_back(offered)

    # Where it stands

    def _add_standing(self, shown: CaseRow) -> None:
        theme = self._desk.theme
        box = QWidget()
        told = column(row(Chip(theme, case_chip(shown.standing)), None), gap=8)
        told.addWidget(label(self._standing_words(shown), tone=Token.TEXT_2, wrap=True))
        if shown.case.owner:
            words = say("case", "{name} looks after it.", name=isolate(shown.case.owner))
            told.addWidget(label(words, tone=Token.TEXT_2, wrap=True))
        may_not = self._beside.why_not_change if self._beside is not None else None
        if may_not is not None:
            words = say("case", "You can look at this case and not change it. {why}", why=sentence(may_not))
            told.addWidget(Note(theme, words, Tint.ASK, Icon.EYE))
        box.setLayout(told)
        self.add(box)
        buttons, links = QWidget(), QWidget()
        likely, further = FlowLayout(buttons, gap=6), FlowLayout(links, gap=12)
        self._buttons = {}
        first = _FIRST[shown.standing.state]
        for action in offered_actions(shown):
            words = action_words(action)
            button = Button(theme, words) if action in first else LinkButton(theme, words)
            button.setEnabled(may_not is None or action in _FOR_ALL)
            button.clicked.connect(partial(self._wish, action))
            self._buttons[action] = button
            (likely if action in first else further).addWidget(button)
        self.add(buttons)
        self.add(links)

    def _wish(self, action: CaseAction) -> None:
        if self.row is not None:
            self.action_wished.emit(action, self.row)

    def _standing_words(self, shown: CaseRow) -> str:
        """State and next date in sentences; what patience gives and what was noted are told apart."""
        standing, figures = shown.standing, self._desk.figures
        parts = [_state_sentence(shown, figures.day(standing.since))]
        if standing.next_on is not None:
            day = figures.day(standing.next_on)
            late = standing.overdue_days
            if late is not None:
                words = say_count("case", "{day} was a day ago.", "{day} was {n} days ago.", late, day=day)
                parts.append(words)
            elif standing.noted:
                parts.append(say("case", "Your next date is {day}.", day=day))
            elif shown.case.letters and shown.case.letters[-1].reply_by == standing.next_on:
                parts.append(say("case", "The letter asks for a reply by {day}.", day=day))
            else:
                words = say(
                    "case",
                    "You are reminded on {day}: the letter names no date, so {n} days are given.",
                    day=day,
                    n=REPLY_PATIENCE_DAYS,
                )
                parts.append(words)
        return " ".join(part for part in parts if part)

    # What happened

    def _add_events(self, shown: CaseRow) -> None:
        section = self.add_section(say("case", "What happened"))
        section.setSpacing(14)
        events = tuple(reversed(shown.case.events))
        for event in events[:_EVENTS_AT_FIRST]:
            self._add_event(section, shown, event)
        older = events[_EVENTS_AT_FIRST:]
        if older:
            inside = QVBoxLayout()
            inside.setSpacing(14)
            for event in older:
                self._add_event(inside, shown, event)
            box = QWidget()
            box.setLayout(inside)
            words = say_count("case", "1 earlier event", "{n} earlier events", len(older))
            section.addWidget(Disclosure(self._desk.theme, words, box))
        if not events:
            section.addWidget(label(say("case", "Nothing is noted yet."), tone=Token.TEXT_2))

    def _add_event(self, section: QVBoxLayout, shown: CaseRow, event: CaseEvent) -> None:
        may_change = self._beside is None or self._beside.why_not_change is None
        add_event(
            self._desk,
            section,
            shown,
            event,
            save=lambda: self.file_wished.emit(shown, event),
            record=lambda: self.outcome_wished.emit(shown, event),
            take_back=(lambda: self.mistake_wished.emit(shown, event)) if may_change else None,
        )

    # The letter

    def _add_letters(self, shown: CaseRow) -> None:
        for place, letter in enumerate(reversed(shown.case.letters)):
            newest = place == 0
            heading = say("case", "The letter") if newest else say("case", "An earlier letter")
            section = self.add_section(heading)
            add_letter(
                self._desk,
                section,
                letter,
                is_open=newest and shown.standing.state is CaseState.DRAFTED,
                open_mail=partial(self.mail_wished.emit, letter),
                save=partial(self.attachment_wished.emit, shown),
            )

    # Works

    def _add_works(self) -> None:
        works = self._beside.works if self._beside is not None else ()
        if not works:
            return
        section = self.add_section(say_count("case", "The work", "The {n} works", len(works)))
        section.setSpacing(2)
        for work, title in works[:_WORKS_AT_FIRST]:
            section.addLayout(self._work(work, title))
        rest = works[_WORKS_AT_FIRST:]
        if rest:
            box = QWidget()
            box.setLayout(column(*(self._work(work, title) for work, title in rest), gap=2))
            words = say_count("case", "1 more work", "{n} more works", len(rest))
            section.addWidget(Disclosure(self._desk.theme, words, box))

    def _work(self, work: str, title: str) -> QVBoxLayout:
        told = self._beside.told if self._beside is not None else ()
        lines = [
            label(each.words, TextRole.SMALL, Token.TEXT_2, wrap=True) for each in told if each.work == work
        ]
        for line in lines:
            line.setContentsMargins(3, 0, 0, 4)
        if not title:
            gone = say("case", "A work that is not in the catalogue any more")
            return column(label(gone, tone=Token.TEXT_2, wrap=True), *lines, gap=1)
        link = LinkButton(self._desk.theme, title)
        link.setAccessibleName(say("case", "Open the work {title}", title=title))
        link.clicked.connect(partial(self._desk.go, Place("works", f"work/{work}")))
        return column(row(link, None), *lines, gap=0)

    # Files held over it

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        files = dropped_files(event.mimeData())
        if files and self.row is not None:
            event.acceptProposedAction()
            self.drop_line.show_for(files, self.row.case.title)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.drop_line.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.drop_line.hide()
        files = dropped_files(event.mimeData())
        if files and self.row is not None:
            event.acceptProposedAction()
            self.dropped.emit(self.row, files)


def _state_sentence(shown: CaseRow, since: str) -> str:
    match shown.standing.state:
        case CaseState.DRAFTED:
            return say(
                "case", "The letter was written on {day}. Nothing was sent, as far as is noted.", day=since
            )
        case CaseState.SENT:
            return say("case", "Sent on {day}, as you noted. No reply is here yet.", day=since)
        case CaseState.ANSWERED:
            return say("case", "A reply came on {day}. What it says is not recorded yet.", day=since)
        case CaseState.OPEN:
            return say("case", "What they say was recorded on {day}. The case goes on.", day=since)
        case CaseState.CLOSED:
            return say("case", "Closed on {day}.", day=since)
