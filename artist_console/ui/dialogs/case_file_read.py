"""What was read of a file for a case, and where it may belong: looked at, shown, and told in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout

from artist_console.commands import case_files
from artist_console.commands import cases as case_commands
from artist_console.commands.case_files import FileRole, MatchedBy, Recognised
from artist_console.commands.cases import CaseRow
from artist_console.commands.console import Console
from artist_console.domain.cases import SeenFile
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.letter_words import dkim_look, dkim_words
from artist_console.ui.text import elided, from_outside, isolate, label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.layout import clear_layout, row
from artist_console.ui.widgets.sections import Disclosure, KeyValues, Note

_TEXT_SHOWN = 6_000  # signs: more than a letter; the file holds all of them


@dataclass(frozen=True, slots=True)
class Looked:
    """What was read of a file, before anything is kept."""

    seen: SeenFile
    found: Recognised
    rows: tuple[CaseRow, ...]


def show_read(into: QVBoxLayout, seen: SeenFile, desk: Desk) -> None:
    """Sender, subject, day, what could be checked, what was left out, and the words, in place of what was."""
    clear_layout(into)
    theme, figures = desk.theme, desk.figures
    facts = KeyValues(theme)
    for name, value in (
        (say("case-file", "From"), seen.sender),
        (say("case-file", "Subject"), seen.subject),
        (say("case-file", "Day"), figures.day(seen.sent_on) if seen.sent_on is not None else ""),
    ):
        if value:
            facts.add(name, value)
    into.addWidget(facts)
    if seen.sender:
        as_said = say("case-file", "Sender and day are what the mail says of itself.")
        into.addWidget(label(as_said, TextRole.SMALL, Token.TEXT_3, wrap=True))
    if seen.dkim is not None:
        into.addWidget(Note(theme, dkim_words(seen.dkim, seen.sender), *dkim_look(seen.dkim)))
    for words in seen.left_out:
        into.addWidget(Note(theme, words, Tint.ASK, Icon.INFO))
    if seen.text:
        paper = Card(theme, padding=14)
        paper.add(from_outside(seen.text[:_TEXT_SHOWN].strip()))
        fold = Disclosure(theme, say("case-file", "What was read of it"), paper)
        fold.set_open(True)
        into.addWidget(fold)
    digest = elided(seen.file.sha256, TextRole.SMALL, Token.TEXT_3, middle=True)
    line = row(label("SHA-256", TextRole.SMALL, Token.TEXT_3), digest, gap=8)
    line.setStretch(1, 1)
    into.addLayout(line)


def look_at(console: Console, path: Path, key: str | None, as_other: bool) -> Looked:
    """Read a file and find where it belongs; keep nothing. Raises FileProblem, NotACaseFile, NoKeyRead."""
    read = case_files.read_case_file(path, key, as_other=as_other)
    found = Recognised(FileRole.NOT_KNOWN) if as_other else case_files.recognise_file(console, path)
    return Looked(read.seen, found, _open_first(case_commands.list_cases(console)))


def _open_first(rows: Sequence[CaseRow]) -> tuple[CaseRow, ...]:
    return tuple(sorted(rows, key=lambda each: each.case.title.casefold()))


def case_words(each: CaseRow) -> str:
    return say(
        "case-file",
        "{title}, to {name}",
        title=isolate(each.case.title),
        name=isolate(each.case.addressee_name),
    )


def why_words(by: MatchedBy) -> str:
    return {
        MatchedBy.MESSAGE_ID: say("case-file", "It names your letter."),
        MatchedBy.ANSWERS: say("case-file", "It names the mail that it answers: one of this case."),
        MatchedBy.TEXT: say("case-file", "Your letter stands in it, word for word, with its address."),
        MatchedBy.ATTACHED: say("case-file", "A file that went along with your letter is in it."),
        MatchedBy.WORDS_ALONE: say("case-file", "The words of your letter are in it. That is a guess."),
        MatchedBy.INSIDE: say("case-file", "A mail inside of it answers one of this case. That is a guess."),
        MatchedBy.SAME_FILE: say("case-file", "The same file is in this case already."),
        MatchedBy.PEOPLE: say("case-file", "Sender or subject fit. That is a guess."),
    }[by]
