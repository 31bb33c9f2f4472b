"""What an evidence file holds, as cards: the cases with their files, and what the records say beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from artist_console.commands.evidence import BundleCheck
from artist_console.commands.evidence_members import BundleCase, BundleEvent, BundleLetter, EvidenceContent
from artist_console.domain.cases import EventKind
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.letter_words import (
    copy_words,
    dkim_words,
    kind_words,
    outcome_said,
    sent_words,
    state_words,
    words_said,
)
from artist_console.ui.meanings import domain_words
from artist_console.ui.text import from_outside, isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.layout import column, row
from artist_console.ui.widgets.sections import Disclosure, KeyValues, Note, Rule

Save = Callable[[str], None]  # takes the name of a file in the bundle
_MOST_WORKS = 200


def content_cards(desk: Desk, found: BundleCheck, save: Save) -> Iterator[Card]:
    """Only of a bundle whose content is what was signed."""
    content = found.content
    if content is None:
        return
    yield _whole(desk, found, content)
    for case in content.cases:
        yield _case(desk, case, save)
    if content.findings or content.removals or found.receipts:
        yield _records(desk, found, content)


def _whole(desk: Desk, found: BundleCheck, content: EvidenceContent) -> Card:
    theme, figures = desk.theme, desk.figures
    card = Card(theme, say("evidence-file", "What is in it"))
    facts = KeyValues(theme)
    facts.add(say("evidence-file", "About"), content.title)
    period = say(
        "evidence-file",
        "{since} to {until}",
        since=figures.day(content.period_from),
        until=figures.day(content.period_until),
    )
    facts.add(say("evidence-file", "Period"), period)
    letters = sum(len(case.letters) for case in content.cases)
    held = (
        (say_count("evidence-file", "1 case", "{n} cases", len(content.cases)), content.cases),
        (say_count("evidence-file", "1 letter", "{n} letters", letters), letters),
        (say_count("evidence-file", "1 work", "{n} works", len(content.works)), content.works),
        (say_count("evidence-file", "1 receipt", "{n} receipts", len(found.receipts)), found.receipts),
    )
    facts.add(say("evidence-file", "In it"), ", ".join(words for words, there in held if there))
    card.add(facts)
    if content.works:
        titles = column(gap=2)
        for work in content.works[:_MOST_WORKS]:
            named = " · ".join(
                part for part in (isolate(work.title), work.version, isolate(work.identifier)) if part
            )
            titles.addWidget(label(named, TextRole.SMALL, Token.TEXT_2, wrap=True, selectable=True))
        inside = Card(theme, padding=12)
        inside.body.addLayout(titles)
        card.add(Disclosure(theme, say("evidence-file", "The works it is about"), inside))
    for words in content.left_out:
        said = say("evidence-file", "Left out: {what}", what=domain_words(words))
        card.add(Note(theme, said, Tint.NEUTRAL, Icon.INFO))
    return card


def _case(desk: Desk, case: BundleCase, save: Save) -> Card:
    theme, figures = desk.theme, desk.figures
    card = Card(theme, case.title)
    facts = KeyValues(theme)
    facts.add(say("evidence-file", "For"), case.artist_name)
    facts.add(say("evidence-file", "To"), case.addressee_name)
    facts.add(say("evidence-file", "About"), kind_words(case.kind))
    stands = say(
        "evidence-file",
        "{state}, since {day}",
        state=state_words(case.state),
        day=figures.day(case.since),
    )
    facts.add(say("evidence-file", "Where it stood"), stands)
    card.add(facts)
    for letter in case.letters:
        card.add(Rule(theme))
        card.body.addLayout(_letter(desk, letter, save))
    for event in case.events:
        if event.kind is not EventKind.DRAFTED:
            card.add(Rule(theme))
            card.body.addLayout(_event(desk, event, save))
    return card


def _letter(desk: Desk, letter: BundleLetter, save: Save) -> QVBoxLayout:
    written = say(
        "evidence-file",
        "Letter to {name}, written on {day}, signed {who}",
        name=isolate(letter.to_name),
        day=desk.figures.day(letter.written_at),
        who=isolate(letter.signed_by),
    )
    links = row(gap=12)
    links.addWidget(_link(desk, say("evidence-file", "Save the letter (PDF)…"), letter.pdf_file, save))
    links.addWidget(_link(desk, say("evidence-file", "Save its exact words…"), letter.text_file, save))
    links.addStretch(1)
    told = column(
        from_outside(letter.subject, weight="medium"),
        label(written, TextRole.SMALL, Token.TEXT_3, wrap=True),
        links,
        gap=2,
    )
    for each in letter.attachments:
        if each.file:
            words = say("evidence-file", "Save what went along: {file}…", file=isolate(each.name))
            told.addLayout(row(_link(desk, words, each.file, save), None))
    return told


def _event(desk: Desk, event: BundleEvent, save: Save) -> QVBoxLayout:
    day = desk.figures.day(event.on)
    noted = (
        say("evidence-file", "{day}, noted by {who}", day=day, who=isolate(event.who)) if event.who else day
    )
    told = column(
        label(_event_words(event), weight="medium", wrap=True),
        label(noted, TextRole.SMALL, Token.TEXT_3, wrap=True),
        gap=2,
    )
    if event.number:
        number = say("evidence-file", "Number: {number}", number=isolate(event.number))
        told.addWidget(from_outside(number, tone=Token.TEXT_2))
    if event.outcome is not None and event.outcome.words:
        quoted = words_said(event.outcome, own=False)
        told.addWidget(from_outside(quoted, tone=Token.TEXT_2))
    if event.words:
        told.addWidget(from_outside(event.words, tone=Token.TEXT_2))
    seen = event.file
    if seen is None:
        return told
    if seen.sender:
        sender = say("evidence-file", "From {sender}, as the mail says", sender=isolate(seen.sender))
        told.addWidget(from_outside(sender, TextRole.SMALL, Token.TEXT_2))
    if seen.matches:
        told.addWidget(label(copy_words(seen.copy), TextRole.SMALL, Token.TEXT_2, wrap=True))
    if seen.dkim is not None:
        told.addWidget(label(dkim_words(seen.dkim, seen.sender), TextRole.SMALL, Token.TEXT_2, wrap=True))
    if seen.file:
        words = say("evidence-file", "Save {file}…", file=isolate(seen.name))
        told.addLayout(row(_link(desk, words, seen.file, save), None))
    return told


def _event_words(event: BundleEvent) -> str:
    match event.kind:
        case EventKind.SENT:
            return sent_words(event.how)
        case EventKind.REPLY:
            return say("case", "A reply came")
        case EventKind.OUTCOME if event.outcome is not None:
            return outcome_said(event.outcome.kind, event.outcome.said_by)
        case EventKind.NOTE:
            return say("case", "A note")
        case EventKind.CLOSED:
            return say("case", "Closed")
        case EventKind.REOPENED:
            return say("case", "Opened again")
        case _:
            return say("evidence-file", "An entry")


def _records(desk: Desk, found: BundleCheck, content: EvidenceContent) -> Card:
    """What the records of whoever made it say beside the cases."""
    theme = desk.theme
    card = Card(theme, say("evidence-file", "What the records said"))
    lines: QVBoxLayout = column(gap=8)
    for finding in content.findings:
        lines.addWidget(label(finding.title, weight="medium", wrap=True))
        lines.addWidget(label(" ".join(finding.words), tone=Token.TEXT_2, wrap=True))
    for removal in content.removals:
        words = say(
            "evidence-file",
            "Removal of {work} from {place}: refused on {day}.",
            work=isolate(removal.work_title),
            place=isolate(removal.place or removal.operator),
            day=desk.figures.day(removal.refused_on),
        )
        lines.addWidget(label(words, wrap=True))
    if found.receipts:
        inside = Card(theme, padding=12)
        for each in found.receipts[:_MOST_WORKS]:
            words = say("evidence-file", "Receipt {n}: {words}", n=each.n, words=each.words)
            inside.add(label(words, TextRole.SMALL, Token.TEXT_2, wrap=True))
        title = say_count("evidence-file", "1 receipt", "{n} receipts", len(found.receipts))
        lines.addWidget(Disclosure(theme, title, inside))
    card.body.addLayout(lines)
    return card


def _link(desk: Desk, words: str, name: str, save: Save) -> LinkButton:
    link = LinkButton(desk.theme, words)
    link.clicked.connect(partial(_saves, save, name))
    return link


def _saves(save: Save, name: str, _checked: bool = False) -> None:
    save(name)
