"""A trace in words, the same wherever it is read: in the window, as copied text, on paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication, QTextCursor, QTextDocument

from artist_console.commands.cells import Explained
from artist_console.commands.fact_links import Link
from artist_console.domain import words, work_words
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.reasons import reason_of
from artist_console.ui import paper
from artist_console.ui.meanings import domain_words, sentence
from artist_console.ui.paper import HEADING, POINTS, SMALL, TITLE, add, font, new_document
from artist_console.ui.text import say


@dataclass(frozen=True, slots=True)
class CellWords:
    """One cell in words: what it is about, what is so, why, and the sentences with what is behind them."""

    title: str
    subject: str
    outcome: str
    reason: str
    meaning: str  # empty where the reason says it
    steps: tuple[tuple[str, tuple[str, ...]], ...]
    whole: tuple[str, ...]


def cell_words(each: Explained) -> CellWords:
    found = each.permission
    meaning = ""
    if found.outcome is not PermissionOutcome.REFUSED:
        meaning = domain_words(words.OUTCOME_MEANS[found.outcome])
    links = each.links.steps or ((),) * len(found.trace)
    return CellWords(
        title=say("why", "{programme} · {use}", programme=each.programme, use=domain_words(each.use)),
        subject=each.subject,
        outcome=domain_words(work_words.OUTCOME[found.outcome]),
        reason=sentence(reason_of(found)),
        meaning=meaning,
        steps=tuple(
            (sentence(step), link_words(behind)) for step, behind in zip(found.trace, links, strict=True)
        ),
        whole=link_words(each.links.whole),
    )


def link_words(links: Iterable[Link]) -> tuple[str, ...]:
    return tuple(sentence(link.words) for link in links)


def as_text(title: str, cells: Sequence[CellWords]) -> str:
    """What is copied: plain lines."""
    lines = [title]
    for cell in cells:
        lines += ["", cell.title, cell.subject, cell.outcome, cell.reason]
        lines += [cell.meaning] if cell.meaning else []
        for number, (said, behind) in enumerate(cell.steps, 1):
            lines.append(say("why", "{n}. {sentence}", n=number, sentence=said))
            lines += [behind_words(behind)] if behind else []
        lines += [behind_words(cell.whole)] if cell.whole else []
    return "\n".join(lines) + "\n"


def behind_words(names: Sequence[str]) -> str:
    return say("why", "Behind it: {facts}", facts=" · ".join(names))


def pdf(title: str, foot: str, cells: Sequence[CellWords], family: str) -> bytes:
    """The same on paper."""
    return paper.pdf(document(title, cells, family), title, foot, family)


def document(title: str, cells: Sequence[CellWords], family: str) -> QTextDocument:
    made = new_document(family, QGuiApplication.layoutDirection())
    cursor = QTextCursor(made)
    body, small = font(family, POINTS), font(family, SMALL)
    add(cursor, title, font(family, TITLE, strong=True), after=6, first=True)
    for cell in cells:
        add(cursor, cell.title, font(family, HEADING, strong=True), before=16)
        add(cursor, cell.subject, small, after=4)
        add(cursor, cell.outcome, font(family, POINTS, strong=True), after=2)
        add(cursor, cell.reason, body, after=2)
        if cell.meaning:
            add(cursor, cell.meaning, body, after=2)
        for number, (said, behind) in enumerate(cell.steps, 1):
            step = say("why", "{n}. {sentence}", n=number, sentence=said)
            add(cursor, step, body, before=4, inset=10)
            if behind:
                add(cursor, behind_words(behind), small, inset=22)
        if cell.whole:
            add(cursor, behind_words(cell.whole), small, before=6, inset=10)
    return made
