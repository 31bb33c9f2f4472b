"""`case list`, `show`, `sent`, `add-reply`, `outcome`, `take-back`, `next`, `note`, `close` and `reopen`."""

from __future__ import annotations

import argparse
from pathlib import Path

from artist_console.cli import lookups
from artist_console.cli.case_facts import case_facts, row_facts
from artist_console.cli.case_text import case_text, row_text, rows_table
from artist_console.cli.output import Answer, Plain
from artist_console.commands import case_files, cases
from artist_console.commands.case_places import named_places
from artist_console.commands.cases import CaseRow
from artist_console.commands.console import Console
from artist_console.domain.case_matching import FileRole
from artist_console.domain.case_quotes import why_no_quote
from artist_console.domain.case_standing import current, in_force, reply_of
from artist_console.domain.cases import Case, CaseEvent, CaseState, EventKind, Outcome, OutcomeKind, SentBy
from artist_console.domain.ids import DatasetVersionId
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.host.files import read_bounded

_MOST_KEY_BYTES = 200_000


def run_list(console: Console, given: argparse.Namespace) -> Answer:
    state = CaseState(given.state) if given.state else None
    rows = cases.list_cases(console, lookups.artist(console, given.artist), state, given.text)
    text = rows_table(rows) if rows else "No case is kept here."
    return Answer(text, {"cases": [row_facts(row) for row in rows]})


def run_show(console: Console, given: argparse.Namespace) -> Answer:
    row = _row(console, given.case)
    saved = _save_files(console, row, given.files) if given.files is not None else ()
    return _told(console, row.case.id, saved)


def run_sent(console: Console, given: argparse.Namespace) -> Answer:
    if given.case is None:
        if given.file is None:
            raise InputProblem(
                "Neither a case nor a sent mail is named", "Name the case, or give the mail with --file"
            )
        done = cases.add_sent_mail(console, given.file).value
        rows = [cases.show_case(console, case.id) for case in done]
        return Answer(rows_table(rows), {"cases": [row_facts(row) for row in rows]})
    case = _row(console, given.case).case
    ids = [letter.id for letter in case.letters]
    letter = (
        lookups.ending_in(ids, given.letter, "letter", "letters", "case show") if given.letter else ids[-1]
    )
    on = given.on or console.today
    cases.mark_sent(
        console, case.id, letter, on, SentBy(given.how), given.number, given.file, as_other=given.as_other
    )
    row = cases.show_case(console, case.id)
    return Answer(row_text(row), {"cases": [row_facts(row)]})


def run_add_reply(console: Console, given: argparse.Namespace) -> Answer:
    key = given.dkim_key
    if given.dkim_key_file is not None:
        key = read_bounded(given.dkim_key_file, _MOST_KEY_BYTES).decode("utf-8", "replace")
    named = [_row(console, text).case.id for text in given.case]
    ids = named or _answered_cases(console, given.file, every=given.every)
    done = cases.add_reply_to_all(
        console, ids, given.file, dkim_key=key, on=given.on, as_other=given.as_other
    ).value
    if len(done) == 1 and not given.every:
        return _told(console, done[0].id)
    rows = [cases.show_case(console, case.id) for case in done]
    told = [cases.outcomes_told(console, case.id) for case in done]
    facts: Plain = {"cases": [case_facts(*each) for each in zip(rows, told, strict=True)]}
    return Answer(rows_table(rows), facts)


def run_outcome(console: Console, given: argparse.Namespace) -> Answer:
    case = _row(console, given.case).case
    kind = OutcomeKind(given.kind.replace("-", "_"))
    works = tuple(lookups.work(console, text, case.artist).work for text in given.work) or case.works
    outcome = Outcome(
        kind,
        given.said_by,
        given.words,
        works,
        lookups.programme(console, given.programme).programme.id if given.programme else None,
        _dataset(console, given.dataset) if given.dataset else None,
        lookups.model(console, given.model) if given.model else None,
        given.as_of,
    )
    of = "" if given.without_file else _reply_meant(case, given.of)
    recorded = cases.record_outcome(console, case.id, of, outcome).value.events[-1]
    return _told(console, case.id, note=_why_not_theirs(console, case.id, recorded))


def run_take_back(console: Console, given: argparse.Namespace) -> Answer:
    case = _row(console, given.case).case
    ids = [event.id for event in case.events]
    event = lookups.ending_in(ids, given.event, "event", "events", "case show")
    cases.take_back(console, case.id, event, given.note)
    return _told(console, case.id)


def run_next(console: Console, given: argparse.Namespace) -> Answer:
    case = _row(console, given.case).case.id
    cases.set_next(console, case, None if given.none else given.on)
    return _one(console, case)


def run_note(console: Console, given: argparse.Namespace) -> Answer:
    case = _row(console, given.case).case.id
    if given.owner is not None:
        cases.set_owner(console, case, given.owner)
    if given.words or given.owner is None:
        cases.add_note(console, case, given.words)
    return _one(console, case)


def run_close(console: Console, given: argparse.Namespace) -> Answer:
    case = _row(console, given.case).case.id
    cases.close_case(console, case, given.note)
    return _one(console, case)


def run_reopen(console: Console, given: argparse.Namespace) -> Answer:
    case = _row(console, given.case).case.id
    cases.reopen_case(console, case)
    return _one(console, case)


# What was typed


def _row(console: Console, text: str) -> CaseRow:
    rows = {row.case.id: row for row in cases.list_cases(console)}
    return rows[lookups.ending_in(list(rows), text, "case", "cases", "case list")]


def _reply_meant(case: Case, of: str | None) -> str:
    """The id of the reply that is named, or of the only one; empty where there is none."""
    if of:
        return lookups.ending_in([event.id for event in case.events], of, "event", "events", "case show")
    replies = [event for event in in_force(case) if event.kind is EventKind.REPLY]
    if len(replies) > 1:
        named = "; ".join(f"{each.id} of {day_in_words(each.on)}{_about(each)}" for each in replies)
        raise InputProblem(
            "This case has {n} replies: {replies}",
            "Name the one that says it with --of, or give --without-file for what was told otherwise",
            n=len(replies), replies=named,
        )  # fmt: skip
    return replies[0].id if replies else ""


def _about(reply: CaseEvent) -> str:
    file = reply.file
    return f", “{file.subject or file.file.name}”" if file is not None else ""


def _why_not_theirs(console: Console, case: str, recorded: CaseEvent) -> str:
    """Why the words of an outcome are not shown as those of the reply; empty where they are."""
    if recorded.outcome is None or recorded.outcome.quoted or not recorded.outcome.words:
        return ""
    known = cases.show_case(console, case).case
    return why_no_quote(current(known, reply_of(known, recorded)))


def _dataset(console: Console, text: str) -> DatasetVersionId:
    names = named_places(console).datasets
    wanted = text.casefold()
    whole = [id for id, name in names if id == text or name.casefold() == wanted]
    found = whole or [id for id, name in names if wanted in name.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise InputProblem("“{text}” fits {n} datasets", "Name one by its id", text=text, n=len(found))
    raise UnknownThing(
        "No dataset “{text}” is known here",
        "Name the programme alone; the name stays in the words",
        text=text,
    )


def _answered_cases(console: Console, path: Path, *, every: bool) -> list[str]:
    """The one case that a mail answers, or `every` one: a mail can answer letters of several artists."""
    found = case_files.recognise_file(console, path)
    named = list(dict.fromkeys(match.case for match in found.matches))
    if found.role is FileRole.REPLY and named and (every or len(named) == 1):
        return named
    if found.role is FileRole.PROOF_OF_SENDING:
        raise InputProblem(
            "{name} holds a letter of yours and is no reply", "Note it with: artist-console case sent --file",
            name=path.name,
        )  # fmt: skip
    if found.role is FileRole.REPLY and named:
        raise InputProblem(
            "{name} answers letters of {n} cases: {cases}",
            "Name those it belongs to, each with --case, or take all of them with --every",
            name=path.name, n=len(named), cases=", ".join(named),
        )  # fmt: skip
    likely = [*named, *(match.case for match in found.candidates)][:5]
    which = "Name it with --case, or several, each with --case"
    if likely:
        which += f"; likely: {', '.join(likely)}"
    raise InputProblem("Which case {name} belongs to cannot be told from it", which, name=path.name)


def _save_files(console: Console, row: CaseRow, folder: Path) -> tuple[Path, ...]:
    """One file per event that has one, named by its place in the case; never over a file that is there."""
    folder.mkdir(parents=True, exist_ok=True)
    saved = []
    for number, event in enumerate(row.case.events, 1):
        if event.file is None:
            continue
        safe = "".join(sign if sign.isalnum() or sign in "._- " else "_" for sign in event.file.file.name)
        path = folder / f"{number:03d}-{safe[-100:].lstrip('.') or 'file'}"
        if path.exists():
            raise InputProblem("{name} is there already", "Choose an empty folder", name=str(path))
        saved.append(case_files.save_file(console, row.case.id, event.id, path))
    return tuple(saved)


# What is shown


def _told(console: Console, case: str, saved: tuple[Path, ...] = (), note: str = "") -> Answer:
    row, told = cases.show_case(console, case), cases.outcomes_told(console, case)
    text = f"{note}\n\n{case_text(row, told)}" if note else case_text(row, told)
    if saved:
        text += "\n\n" + "\n".join(f"Written: {path}" for path in saved)
    return Answer(text, case_facts(row, told))


def _one(console: Console, case: str) -> Answer:
    row = cases.show_case(console, case)
    facts: Plain = {"cases": [row_facts(row)]}
    return Answer(row_text(row), facts)
