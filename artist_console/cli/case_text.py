"""Cases as text; `case_facts` has them as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from artist_console.cli.showing import SIGNS_OF_AN_ID
from artist_console.cli.tables import Column, bullets, line_width, plain, table, wrapped
from artist_console.commands.cases import CaseRow, OutcomeTold
from artist_console.commands.evidence_words import COPY
from artist_console.domain.case_evidence import checked_words
from artist_console.domain.case_standing import in_force
from artist_console.domain.cases import CaseEvent, CaseState, EventKind, Outcome, OutcomeKind, SeenFile
from artist_console.domain.phrases import day_in_words

_MOST_LINES = 40  # of a reply that are shown; a mail can quote a year of mails

STATE: dict[CaseState, str] = {
    CaseState.DRAFTED: "drafted, not sent as far as is noted",
    CaseState.SENT: "sent, waits for an answer",
    CaseState.ANSWERED: "answered; what follows is not recorded",
    CaseState.OPEN: "open, an outcome is recorded",
    CaseState.CLOSED: "closed",
}
OUTCOME: dict[OutcomeKind, str] = {
    OutcomeKind.SAYS_INCLUDED: "says it is included",
    OutcomeKind.SAYS_NOT_INCLUDED: "says it is not included",
    OutcomeKind.SAYS_TRAINED: "says it was trained on",
    OutcomeKind.SAYS_LICENSED: "says it is licensed",
    OutcomeKind.SAYS_NOT_LICENSED: "says it is not licensed",
    OutcomeKind.SAYS_LEFT_OUT: "says it is left out of what comes",
    OutcomeKind.SAYS_REMOVED: "says it is removed",
    OutcomeKind.REFUSES: "refuses",
    OutcomeKind.AGREES: "agrees",
    OutcomeKind.ASKS_BACK: "asks back",
    OutcomeKind.OTHER: "says something else",
}
_EVENT: dict[EventKind, str] = {
    EventKind.DRAFTED: "letter drafted",
    EventKind.SENT: "sent",
    EventKind.REPLY: "reply",
    EventKind.OUTCOME: "outcome",
    EventKind.NOTE: "note",
    EventKind.NEXT_DATE: "next date",
    EventKind.OWNER: "taken care of by",
    EventKind.CLOSED: "closed",
    EventKind.REOPENED: "taken up again",
}


def row_text(row: CaseRow) -> str:
    stands = row.standing
    said = f"{STATE[stands.state]}, since {day_in_words(stands.since)}"
    if stands.overdue_days is not None:
        said += f" · overdue by {_days(stands.overdue_days)}"
    elif stands.next_on is not None:
        said += f" · next: {day_in_words(stands.next_on)}"
    if stands.unanswered_days:
        said += f" · no reply for {_days(stands.unanswered_days)}"
    about = row.case.title.removesuffix(f": {row.case.addressee_name}")
    head = plain(f"{about} · {row.case.addressee_name} · {row.artist_name}")
    return f"{head}\n  {plain(said)}\n  {plain(row.case.id)}"


def rows_table(rows: Sequence[CaseRow]) -> str:
    """Cases below each other, a line each; due is a day, or how long it has been over."""
    columns = (
        Column("Case"),
        Column("State"),
        Column("Due"),
        Column("To", shrinks=True),
        Column("Artist", shrinks=True),
        Column("About", shrinks=True),
    )
    return table(
        columns,
        [
            (
                f"…{row.case.id[-SIGNS_OF_AN_ID:]}",
                row.standing.state.value,
                _due_text(row),
                row.case.addressee_name,
                row.artist_name,
                row.case.title.removesuffix(f": {row.case.addressee_name}"),
            )
            for row in rows
        ],
    )


def _due_text(row: CaseRow) -> str:
    stands = row.standing
    if stands.overdue_days is not None:
        return f"{_days(stands.overdue_days)} over"
    return stands.next_on.isoformat() if stands.next_on is not None else ""


def case_text(row: CaseRow, told: Sequence[OutcomeTold]) -> str:
    counted = {event.id for event in in_force(row.case)}
    parts = [row_text(row)]
    if row.case.owner:
        parts.append(plain(f"Taken care of by {row.case.owner}"))
    if row.work_titles:
        parts.append(plain(f"Works: {', '.join(row.work_titles)}"))
    for letter in row.case.letters:
        head = f"Letter {letter.id} to {letter.to_name}: {letter.subject} (sha256 {letter.sha256})"
        parts.append(
            plain(head) + "\n\n" + "\n".join(f"  {plain(line)}" for line in letter.text.splitlines())
        )
    parts.append("What happened\n" + bullets([_event_text(e, e.id in counted) for e in row.case.events]))
    parts += [_reply_text(event) for event in in_force(row.case) if event.kind is EventKind.REPLY]
    if told:
        parts.append("What works show of it\n" + bullets([_told_text(each) for each in told]))
    return "\n\n".join(parts)


def _event_text(event: CaseEvent, counts: bool) -> str:
    said = f"{day_in_words(event.on)}: {_EVENT[event.kind]}"
    if event.kind is EventKind.NEXT_DATE:
        said += f" {day_in_words(event.until)}" if event.until is not None else " taken away"
    if event.how is not None:
        said += f" by {event.how.value}"
    if event.number:
        said += f", {event.number}"
    if event.outcome is not None:
        said += f": {event.outcome.said_by} {OUTCOME[event.outcome.kind]}. {_words_said(event.outcome)}"
    if event.words:
        said += f": {event.words}"
    if event.file is not None:
        said += f" · {_file_text(event.file)}"
    mark = "" if counts or not (event.of or event.kind in _COUNTED) else " · put right or taken back later"
    return plain(f"{said}{mark} ({event.id})")


def _words_said(outcome: Outcome) -> str:
    """Their words, or those of whoever recorded it."""
    if outcome.quoted or not outcome.words:
        return f"“{outcome.words}”"
    return f"As you noted, not in their words: {outcome.words}"


def _reply_text(event: CaseEvent) -> str:
    """What the reply says, as far as it was read: the whole of it is in the file."""
    file = event.file
    text = file.text.strip("\n") if file is not None else ""
    if file is None or not text.strip():
        return plain(f"Reply {event.id} holds no words that were read; save it with: case show --files DIR")
    lines = [line for each in text.splitlines() for line in wrapped(each, line_width() - 2) or [""]]
    shown = [f"  {line}".rstrip() for line in lines[:_MOST_LINES]]
    more = len(lines) - _MOST_LINES
    if more > 0:
        shown.append(f"  and {'1 more line' if more == 1 else f'{more} more lines'}")
    head = plain(f"Reply {event.id} of {day_in_words(event.on)}: {file.subject or file.file.name}")
    return f"{head}\n\n" + "\n".join(shown)


_COUNTED = frozenset({EventKind.SENT, EventKind.REPLY, EventKind.OUTCOME})


def _file_text(file: SeenFile) -> str:
    said = [file.file.name]
    if file.sender:
        said.append(f"from {file.sender}")
    if file.subject:
        said.append(f"“{file.subject}”")
    if file.dkim is not None:
        said.append(checked_words(file.dkim, file.sender))
    if file.copy is not None:
        said.append(COPY[file.copy])
    return " · ".join([*said, *file.left_out])


def _told_text(told: OutcomeTold) -> str:
    return plain(f"{told.work_title or told.work}: {told.words}")


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
