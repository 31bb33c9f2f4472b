"""Cases as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from artist_console.cli.output import Plain
from artist_console.commands.cases import CaseRow, OutcomeTold
from artist_console.domain.case_standing import in_force
from artist_console.domain.cases import CaseEvent, Outcome, SeenFile
from artist_console.domain.letters import Letter


def row_facts(row: CaseRow) -> Mapping[str, Plain]:
    case, stands = row.case, row.standing
    return {
        "id": case.id,
        "artist": case.artist,
        "artist_name": row.artist_name,
        "kind": case.kind,
        "title": case.title,
        "addressee": case.addressee,
        "addressee_name": case.addressee_name,
        "works": list(case.works),
        "owner": case.owner,
        "state": stands.state,
        "since": stands.since,
        "next_on": stands.next_on,
        "noted": stands.noted,
        "overdue_days": stands.overdue_days,
        "unanswered_days": stands.unanswered_days,
    }


def case_facts(row: CaseRow, told: Sequence[OutcomeTold]) -> Mapping[str, Plain]:
    counted = {event.id for event in in_force(row.case)}
    return {
        **row_facts(row),
        "letters": [_letter_facts(letter) for letter in row.case.letters],
        "events": [_event_facts(event, event.id in counted) for event in row.case.events],
        "told": [
            {
                "event": each.event,
                "work": each.work,
                "work_title": each.work_title,
                "applied": each.applied,
                "words": each.words,
            }
            for each in told
        ],
    }


def _letter_facts(letter: Letter) -> Mapping[str, Plain]:
    return {
        "id": letter.id,
        "subject": letter.subject,
        "text": letter.text,
        "sha256": letter.sha256,
        "written_at": letter.written_at,
        "reply_by": letter.reply_by,
    }


def _event_facts(event: CaseEvent, counts: bool) -> Mapping[str, Plain]:
    return {
        "id": event.id,
        "kind": event.kind,
        "on": event.on,
        "at": event.at,
        "who": event.who,
        "words": event.words,
        "letter": event.letter,
        "how": event.how,
        "number": event.number,
        "of": event.of,
        "until": event.until,
        "counts": counts,
        "file": _file_facts(event.file) if event.file is not None else None,
        "outcome": _outcome_facts(event.outcome) if event.outcome is not None else None,
    }


def _file_facts(file: SeenFile) -> Mapping[str, Plain]:
    dkim: Plain = None
    if file.dkim is not None:
        dkim = {"result": file.dkim.result, "domain": file.dkim.domain, "selector": file.dkim.selector}
    return {
        "name": file.file.name,
        "size": file.file.size,
        "sha256": file.file.sha256,
        "media_type": file.media_type,
        "sender": file.sender,
        "subject": file.subject,
        "sent_on": file.sent_on,
        "text": file.text,
        "matches": file.matches,
        "copy": file.copy,
        "dkim": dkim,
        "left_out": list(file.left_out),
    }


def _outcome_facts(outcome: Outcome) -> Mapping[str, Plain]:
    return {
        "kind": outcome.kind,
        "said_by": outcome.said_by,
        "words": outcome.words,
        "works": list(outcome.works),
        "programme": outcome.programme,
        "dataset": outcome.dataset,
        "model": outcome.model,
        "as_of": outcome.as_of,
        "grade": outcome.grade,
        "grade_why": outcome.grade_why,
        "quoted": outcome.quoted,
    }
