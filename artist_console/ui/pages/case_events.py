"""One thing that happened in a case: what, when, who noted it, its words and what its file shows."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands.cases import CaseRow
from artist_console.domain.case_standing import in_force, open_replies, takes_back
from artist_console.domain.cases import CaseEvent, CopyFound, EventKind, SeenFile, SentBy
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.letter_words import (
    copy_words,
    dkim_look,
    dkim_words,
    event_look,
    event_words,
    words_said,
)
from artist_console.ui.text import from_outside, isolate, label, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.icon_mark import IconMark
from artist_console.ui.widgets.layout import column, row
from artist_console.ui.widgets.sections import Disclosure, Note

_LINK_EDGE = 3  # between the edge of a link and its words
_CORRECTED = frozenset({EventKind.SENT, EventKind.REPLY, EventKind.OUTCOME})


def add_event(
    desk: Desk,
    section: QVBoxLayout,
    shown: CaseRow,
    event: CaseEvent,
    *,
    save: Callable[[], None],
    record: Callable[[], None],
    take_back: Callable[[], None] | None,
) -> None:
    """A line with its icon; below it whatever belongs to this kind of event.

    Without `take_back` the person may only look.
    """
    icon, tint = event_look(event.kind)
    title = event_words(event, desk.figures)
    if takes_back(event):
        title = say("case", "Taken back: {what}", what=title)
    told = column(_beside_links(from_outside(title, weight="medium")), gap=2)
    if event.kind in _CORRECTED and not takes_back(event) and event not in in_force(shown.case):
        words = say("case", "Corrected or taken back by a later entry.")
        told.addWidget(_beside_links(label(words, TextRole.SMALL, Tint.ASK, wrap=True)))
    told.addWidget(_beside_links(label(_when(desk, event), TextRole.SMALL, Token.TEXT_3, wrap=True)))
    if event.number and event.how is not SentBy.MAIL:  # the Message-ID of a mail is for matching alone
        words = say("case", "Number: {number}", number=isolate(event.number))
        told.addWidget(_from_outside(words))
    if event.words:
        told.addWidget(_from_outside(event.words))
    if event.outcome is not None and event.outcome.words:
        quoted = words_said(event.outcome)
        told.addWidget(_from_outside(quoted))
    if event.file is not None:
        _add_file(desk, told, event.file, save)
    links = row(gap=12)
    if event in open_replies(shown.case) and take_back is not None:
        link = LinkButton(desk.theme, say("case", "Record what they say…"))
        link.setAccessibleName(say("case", "Record what they say in: {event}", event=title))
        link.clicked.connect(record)
        links.addWidget(link)
    if take_back is not None and event.kind in _CORRECTED and event in in_force(shown.case):
        mistake = LinkButton(desk.theme, say("case", "Take this back…"))
        mistake.setAccessibleName(say("case", "Take this back: {event}", event=title))
        mistake.clicked.connect(take_back)
        links.addWidget(mistake)
    links.addStretch(1)
    told.addLayout(links)
    line = row(gap=10)
    line.addLayout(column(IconMark(desk.theme, icon, tint), None, margins=(0, 2, 0, 0)))
    line.addLayout(told, 1)
    section.addLayout(line)


def _when(desk: Desk, event: CaseEvent) -> str:
    """The day that it speaks of and, where that is another, the day on which it was noted."""
    day = desk.figures.day(event.on)
    noted = event.at.astimezone().date()
    if noted == event.on:
        # A letter was written by whoever signs it; all else was noted by somebody.
        is_told = bool(event.who) and event.kind is not EventKind.DRAFTED
        return say("case", "{day}, noted by {who}", day=day, who=isolate(event.who)) if is_told else day
    return say("case", "{day}, noted on {noted}", day=day, noted=desk.figures.day(noted))


def _add_file(desk: Desk, told: QVBoxLayout, seen: SeenFile, save: Callable[[], None]) -> None:
    theme = desk.theme
    if seen.sender:
        sender = say("case", "From {sender}, as the mail says", sender=isolate(seen.sender))
        told.addWidget(_from_outside(sender))
    if seen.subject:
        told.addWidget(_from_outside(seen.subject))
    if seen.matches:
        said = seen.copy is CopyFound.SAID
        look = (Tint.ASK, Icon.INFO) if said else (Tint.INFO, Icon.CHECK)
        told.addWidget(_note(theme, copy_words(seen.copy), *look))
    if seen.dkim is not None:
        told.addWidget(_note(theme, dkim_words(seen.dkim, seen.sender), *dkim_look(seen.dkim)))
    for words in seen.left_out:
        told.addWidget(_note(theme, words, Tint.ASK, Icon.INFO))
    if seen.text:
        box = QWidget()
        inside = column(from_outside(seen.text.strip(), tone=Token.TEXT_2), margins=(8, 0, 0, 4))
        box.setLayout(inside)
        told.addWidget(Disclosure(theme, say("case", "Its words"), box))
    link = LinkButton(theme, say("case", "Save {file}…", file=seen.file.name))
    link.clicked.connect(save)
    told.addLayout(row(link, None))


def _from_outside(words: str) -> QWidget:
    return _beside_links(from_outside(words, tone=Token.TEXT_2))


def _note(theme: Theme, words: str, tint: Tint, icon: Icon) -> QWidget:
    return _beside_links(Note(theme, words, tint, icon))


def _beside_links(shown: QWidget) -> QWidget:
    """The words of a link begin a little after its edge; what stands above and below begins where they do."""
    shown.setContentsMargins(_LINK_EDGE, 0, 0, 0)
    return shown
