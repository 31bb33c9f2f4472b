"""What went to and fro in a case: letters that were sent, with their proof, and replies that came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import NoReturn

from artist_console.commands import case_files
from artist_console.commands.case_checks import checked_sending
from artist_console.commands.case_files import CaseFile, MatchedBy, read_case_file
from artist_console.commands.case_ground import MOST_NAME, an_event, changeable, with_event, with_events
from artist_console.commands.console import Console, Result
from artist_console.domain.case_matching import copies_in, copy_of, likely_copies
from artist_console.domain.case_standing import in_force
from artist_console.domain.cases import Case, CaseEvent, CopyFound, EventKind, SeenFile, SentBy
from artist_console.domain.changes import Changes
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import InputProblem
from artist_console.store import cases as kept


class NotSentYet(InputProblem):
    title_template = "{name} is no mail that was sent"
    advice_template = "Save the mail from the folder of sent mails as .eml, and give that one"


class NoLetterInFile(InputProblem):
    title_template = "No letter of a case was found in {name}"
    advice_template = "Choose the case and the letter, and give the file as its proof of sending"


class WordsAlone(NoLetterInFile):
    """Letters with the same words went to several, and the mail does not tell which of them it is."""

    title_template = "{name} holds the words of a letter, and does not show that it went to {to}"
    advice_template = "Choose the case and the letter that it belongs to, and give the file as what you say"


def mark_sent(
    console: Console,
    case: str,
    letter: str,
    on: date,
    how: SentBy,
    number: str = "",
    file: Path | None = None,
    *,
    as_other: bool = False,
) -> Result[Case]:
    """Note that a letter was sent, with its proof; said again of one letter, it puts the former right.

    Raises UnknownCase, MayOnlyLook, InputProblem, FileProblem.
    """
    known = changeable(console, case)
    sent = checked_sending(known, letter, on, console.today)
    seen: SeenFile | None = None
    if file is not None:
        read = read_case_file(file, as_other=as_other)
        seen = _with_copy(read.seen, copy_of(sent, read.compared), letter)
        number = number.strip() or (read.compared.message_id if how is SentBy.MAIL else "")
        case_files.attach(console, read)
    former = [each.id for each in in_force(known) if each.kind is EventKind.SENT and each.letter == letter]
    event = replace(
        an_event(console, EventKind.SENT, on), letter=letter, how=how, number=number.strip()[:MOST_NAME],
        file=seen, of=former[-1] if former else "",
    )  # fmt: skip
    return with_event(console, known, event)


def add_sent_mail(console: Console, path: Path) -> Result[tuple[Case, ...]]:
    """Note every letter that a sent mail holds as sent, with the mail as its proof.

    Raises NotSentYet, NoLetterInFile, WordsAlone, MayOnlyLook, InputProblem, FileProblem; then nothing is
    noted.
    """
    read = read_case_file(path)
    if not read.compared.is_mail or read.compared.is_draft:
        raise NotSentYet(name=path.name)
    known = kept.all(console.store)
    copies = copies_in(known, read.compared)
    if not copies:
        _raise_no_letter(path.name, known, read)
    cases = {case.id: changeable(console, case.id) for case in known if case.id in {m.case for m in copies}}
    day = min(read.day(console.today) or console.today, console.today)
    for match in copies:
        checked_sending(cases[match.case], match.letter, day, console.today)
    added: dict[str, list[CaseEvent]] = {}
    for match in copies:
        former = [
            each
            for each in in_force(cases[match.case])
            if each.kind is EventKind.SENT and each.letter == match.letter
        ]
        if any(_is_file(each, read.seen.file.sha256) for each in former):
            continue
        event = replace(
            an_event(console, EventKind.SENT, day), letter=match.letter, how=SentBy.MAIL,
            number=read.compared.message_id, file=_with_copy(read.seen, match.by, match.letter),
            of=former[-1].id if former else "",
        )  # fmt: skip
        added.setdefault(match.case, []).append(event)
    changes = Changes.CASES
    if added:
        case_files.attach(console, read)
        done = with_events(console, [(cases[id], events) for id, events in added.items()])
        cases |= {case.id: case for case in done.value}
        changes |= done.changes
    return Result(tuple(cases.values()), changes)


def add_reply(
    console: Console,
    case: str,
    path: Path,
    *,
    dkim_key: str | None = None,
    on: date | None = None,
    as_other: bool = False,
) -> Result[Case]:
    """Keep a reply that came: a mail with what could be checked of its signature, a PDF, a picture, a text.

    `on`: the day it came; else the day that the mail names, else today. The same file again changes nothing,
    unless a key shows more of its signature. Raises UnknownCase, MayOnlyLook, InputProblem, FileProblem.
    """
    done = add_reply_to_all(console, [case], path, dkim_key=dkim_key, on=on, as_other=as_other)
    return Result(done.value[0], done.changes)


def add_reply_to_all(
    console: Console,
    cases: Sequence[str],
    path: Path,
    *,
    dkim_key: str | None = None,
    on: date | None = None,
    as_other: bool = False,
) -> Result[tuple[Case, ...]]:
    """The same for a reply to letters of several cases, in all of them or in none; the file is kept once.

    Each case gets an event of its own, and waits for an outcome of its own. `cases`: at least one.
    """
    known = [changeable(console, case) for case in dict.fromkeys(cases)]
    read = read_case_file(path, dkim_key, as_other=as_other)
    if on is not None:
        _check_day(console, on)
    added = []
    for case in known:
        held = copies_in([case], read.compared)
        day, doubt = _day_it_came(case, read, on, console.today)
        seen = replace(read.seen, left_out=(*read.seen.left_out, doubt)) if doubt else read.seen
        if held:
            seen = replace(seen, matches=held[0].letter, copy=_FOUND[held[0].by])
        former = [
            each
            for each in in_force(case)
            if each.kind is EventKind.REPLY and _is_file(each, seen.file.sha256)
        ]
        if former and (dkim_key is None or former[-1].file is None or former[-1].file.dkim == seen.dkim):
            continue
        event = an_event(console, EventKind.REPLY, day)
        added.append((case, [replace(event, file=seen, of=former[-1].id if former else "")]))
    if not added:
        return Result(tuple(known), Changes.NONE)
    case_files.attach(console, read)
    done = with_events(console, added)
    changed = {case.id: case for case in done.value}
    return Result(tuple(changed.get(case.id, case) for case in known), done.changes)


def _is_file(event: CaseEvent, sha256: str) -> bool:
    return event.file is not None and event.file.file.sha256 == sha256


_FOUND: dict[MatchedBy, CopyFound] = {
    MatchedBy.MESSAGE_ID: CopyFound.NAMED,
    MatchedBy.TEXT: CopyFound.TEXT,
    MatchedBy.ATTACHED: CopyFound.ATTACHED,
    MatchedBy.WORDS_ALONE: CopyFound.SAID,
}


def _with_copy(seen: SeenFile, by: MatchedBy | None, letter: str) -> SeenFile:
    if by is not None:
        return replace(seen, matches=letter, copy=_FOUND[by])
    words = "The letter itself was not found in it; it is kept as what you give as proof."
    return replace(seen, left_out=(*seen.left_out, words))


def _raise_no_letter(name: str, known: Sequence[Case], read: CaseFile) -> NoReturn:
    likely = likely_copies(known, read.compared)
    if not likely:
        raise NoLetterInFile(name=name)
    to = {letter.id: letter.to_name for case in known for letter in case.letters}
    raise WordsAlone(name=name, to=", ".join(dict.fromkeys(to[match.letter] for match in likely[:5])))


def _day_it_came(case: Case, read: CaseFile, on: date | None, today: date) -> tuple[date, str]:
    """The day of a reply, and a sentence where that which the mail bears cannot be it.

    A mail says of itself when it was sent; a day off is the difference of clocks.
    """
    says = read.seen.sent_on
    if says is None:
        return on or today, ""
    first = min((letter.written_at.date() for letter in case.letters), default=None)
    if first is not None and says < first - timedelta(days=1):
        why = "before your letter"
    elif says > today + timedelta(days=1):
        why = "to come"
    else:
        return on or min(says, today), ""
    instead = "is the one that was given" if on is not None else "is the one on which it was added"
    return on or today, f"The mail says {day_in_words(says)}, which is {why}; the day {instead}."


def _check_day(console: Console, day: date) -> None:
    if day > console.today:
        raise InputProblem(
            "A reply cannot have come on {day}", "Give the day on which it came", day=day.isoformat()
        )
