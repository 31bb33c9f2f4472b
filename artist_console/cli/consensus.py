"""`consensus …` and `uses without-yes`: who has to agree, and what does not rest on the own yes."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace

from artist_console.cli import lookups
from artist_console.cli.decided import spare
from artist_console.cli.lookups import SeveralFit
from artist_console.cli.output import Answer, Plain
from artist_console.cli.tables import Column, bullets, line_width, pairs, plain, table, wrapped
from artist_console.commands import consensus as boards
from artist_console.commands.consensus import BoardView, RecordedRow
from artist_console.commands.console import Console
from artist_console.commands.recorded_answers import (
    AnswerKept,
    GivenAnswer,
    change_answer,
    record_answer,
    remove_answer,
    save_evidence,
)
from artist_console.commands.reminders import mailto, reminder
from artist_console.commands.without_yes import GROUPS, WithoutYesRow, WithoutYesView, uses_without_yes
from artist_console.domain import words
from artist_console.domain.consensus import (
    AGREED_WORDS,
    STANDING_WORDS,
    STATE_WORDS,
    AgreeState,
    BoardGroup,
    BoardRow,
    percent,
)
from artist_console.domain.ids import PartyId, ProgrammeId, WorkId
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import UnknownThing
from artist_console.domain.registers import PartyStance
from artist_console.domain.uses import Use
from artist_console.domain.without_yes_words import GROUP_MEANS, LISTING_MEANS

_NOT_SHARED = "(does not share)"


# The board


def run_show(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.the_artist(console, given.artist)
    work = lookups.work(console, given.work, artist.id)
    programme, use = _about(console, given)
    view = boards.consensus_board(console, artist.id, work.work, programme, use)
    return Answer(_board_text(view), _board_facts(view))


def _about(console: Console, given: argparse.Namespace) -> tuple[ProgrammeId | None, Use | None]:
    programme = lookups.programme(console, given.programme).programme.id if given.programme else None
    return programme, lookups.use(given.use) if given.use else None


def _board_text(view: BoardView) -> str:
    board = view.board
    asked = f"{len(board.cells)} programmes and uses together" if len(board.cells) != 1 else _cell(view)
    lines = [
        plain(f"{view.title}: {AGREED_WORDS[board.agreed]}"),
        plain(f"Asked about: {asked}"),
    ]
    for group in board.groups:
        right = words.RIGHT[group.right]
        lines += ["", plain(f"{right} of “{group.title}”: {AGREED_WORDS[group.agreed]}")]
        columns = [
            Column("Holder", shrinks=True, least=14),
            Column("Share", right=True),
            Column("Standing", shrinks=True),
            Column("Where", shrinks=True),
            Column("Answer", shrinks=True, least=12),
        ]
        lines.append(table(columns, [_board_line(each) for each in group.rows]))
        lines += _notes(view, group)
    return "\n".join(lines)


def _cell(view: BoardView) -> str:
    programme, use = view.board.cells[0]
    name = view.names.get(programme, "") if programme else "any programme"
    return f"{name}, {words.USE[use][0]}"


def _board_line(row: BoardRow) -> tuple[str, ...]:
    holder = row.holder or (_NOT_SHARED if row.state is AgreeState.NOT_SHARED else "-")
    share = f"{percent(row.share_bp)} %" if row.share_bp is not None else ""
    standing = STANDING_WORDS[row.standing] if row.standing is not None else ""
    where = "everywhere" if row.territories == ("WW",) else ", ".join(row.territories)
    return (f"{holder} (you)" if row.is_own else holder, share, standing, where, STATE_WORDS[row.state])


def _notes(view: BoardView, group: BoardGroup) -> list[str]:
    """Below a right: what those who do not share come to, and what was recorded."""
    found: list[str] = []
    if group.others is not None:
        found.append(f"Of those who do not share: {AGREED_WORDS[group.others].lower()}.")
    for row in group.rows:
        if row.reason is not None:
            found.append(row.reason.text)
        found += [_recorded_words(view.records[id]) for id in row.records if id in view.records]
    return [bullets(found)] if found else []


def _recorded_words(row: RecordedRow) -> str:
    parts = [f"{row.party_name}, recorded: {row.stance.value}, {day_in_words(row.on)}"]
    parts += [part for part in (row.words, row.source, row.evidence_name) if part]
    return "; ".join(part.rstrip(".") for part in parts) + "."


def _board_facts(view: BoardView) -> Plain:
    board = view.board
    return {
        "artist": board.artist,
        "work": board.work,
        "title": view.title,
        "agreed": board.agreed,
        "cells": [{"programme": programme, "use": use} for programme, use in board.cells],
        "groups": [
            {
                "right": group.right,
                "carrier": group.carrier,
                "title": group.title,
                "agreed": group.agreed,
                "others": group.others,
                "rows": [_row_facts(row) for row in group.rows],
            }
            for group in board.groups
        ],
        "recorded": [_recorded_facts(row) for row in view.records.values()],
    }


def _row_facts(row: BoardRow) -> Plain:
    return {
        "party": row.party,
        "holder": row.holder,
        "own": row.is_own,
        "share_bp": row.share_bp,
        "standing": row.standing,
        "territories": row.territories,
        "state": row.state,
        "reason": row.reason.text if row.reason is not None else "",
        "recorded": row.records,
        "cells": [
            {"programme": cell.programme, "use": cell.use, "place": cell.place, "state": cell.state}
            for cell in row.cells
        ],
    }


# Recorded answers


def run_answers(console: Console, given: argparse.Namespace) -> Answer:
    party = _party(console, given.party).id if given.party else None
    rows = boards.recorded_answers(console, party)
    columns = [
        Column("Who", shrinks=True, least=12),
        Column("Answer"),
        Column("Day"),
        Column("About", shrinks=True),
        Column("Programme", shrinks=True),
        Column("Use", shrinks=True),
        Column("Id"),
    ]
    shown = [
        (
            row.party_name,
            row.stance.value,
            row.on.isoformat(),
            row.subject_title,
            row.programme_name or "any",
            row.use_words,
            row.id[-8:] if row.kept_here else "(service)",
        )
        for row in rows
    ]
    text = table(columns, shown) if rows else "No answer of somebody without an account is recorded here."
    return Answer(text, {"answers": [_recorded_facts(row) for row in rows]})


def run_record(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.the_artist(console, given.artist)
    answer = GivenAnswer(
        party=_party(console, given.party).id,
        stance=PartyStance(given.stance),
        on=given.on or console.today,
        work=lookups.work(console, given.work, artist.id).work if given.work else None,
        programme=lookups.programme(console, given.programme).programme.id if given.programme else None,
        use=lookups.use_scope(given.use),
        words=given.words or "",
        source=given.source or "",
        evidence=given.evidence,
    )
    return _kept(record_answer(console, artist.id, answer).value)


def run_change(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.the_artist(console, given.artist)
    former = _recorded(console, given.answer)
    answer = GivenAnswer(
        party=former.party,
        stance=former.stance,
        on=former.on,
        work=WorkId(former.subject) if former.subject else None,
        programme=former.programme,
        use=former.use,
        words=former.words,
        source=former.source,
        evidence=given.evidence,
        drop_evidence=given.without_evidence,
    )
    if given.stance is not None:
        answer = replace(answer, stance=PartyStance(given.stance))
    if given.on is not None:
        answer = replace(answer, on=given.on)
    if given.work is not None:
        answer = replace(answer, work=lookups.work(console, given.work, artist.id).work)
    if given.programme is not None:
        answer = replace(answer, programme=lookups.programme(console, given.programme).programme.id)
    if given.use is not None:
        answer = replace(answer, use=lookups.use_scope(given.use))
    if given.words is not None:
        answer = replace(answer, words=given.words)
    if given.source is not None:
        answer = replace(answer, source=given.source)
    return _kept(change_answer(console, artist.id, former.id, answer).value)


def run_remove(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.the_artist(console, given.artist)
    return _kept(remove_answer(console, artist.id, _recorded(console, given.answer).id).value)


def run_evidence(console: Console, given: argparse.Namespace) -> Answer:
    row = _recorded(console, given.answer)
    spare(given.out, replace=given.replace)
    path = save_evidence(console, row.id, given.out)
    text = f"Written to {plain(str(path))}. The copy is not encrypted."
    return Answer(text, {"path": str(path), "name": row.evidence_name, "sha256": row.evidence_sha256})


def _kept(kept: AnswerKept) -> Answer:
    first = f"Recorded in this profile. {_recorded_words(kept.row)}" if kept.row is not None else "Removed."
    follows = [sentence.text for sentence in kept.follows]
    text = "\n".join([*wrapped(first, line_width()), bullets(follows)])
    facts: Plain = {
        "answer": _recorded_facts(kept.row) if kept.row is not None else None,
        "follows": follows,
    }
    return Answer(text, facts)


def _recorded_facts(row: RecordedRow) -> Plain:
    return {
        "id": row.id,
        "party": row.party,
        "party_name": row.party_name,
        "subject": row.subject,
        "subject_title": row.subject_title,
        "programme": row.programme,
        "use": {"kind": row.use.kind, "name": row.use.name},
        "stance": row.stance,
        "on": row.on,
        "words": row.words,
        "source": row.source,
        "evidence": row.evidence_name,
        "evidence_sha256": row.evidence_sha256,
        "kept_here": row.kept_here,
    }


def _recorded(console: Console, text: str) -> RecordedRow:
    """One kept here, by its id or the last signs of it."""
    rows = [row for row in boards.recorded_answers(console) if row.kept_here]
    found = [row for row in rows if row.id == text] or [row for row in rows if row.id.endswith(text)]
    if not found:
        raise UnknownThing(
            "No answer “{text}” is recorded in this profile",
            "See the ids with: artist-console consensus answers",
            text=text,
        )
    if len(found) > 1:
        which = "; ".join(f"{row.party_name} {row.id}" for row in found[:5])
        raise SeveralFit(text=text, things="recorded answers", which=which)
    return found[0]


def _party(console: Console, text: str) -> boards.Holder:
    """Somebody who holds a right of a work and may be named, by id or name, whole before in part."""
    rows = boards.holders(console)
    wanted = text.casefold()
    found: Sequence[boards.Holder] = (
        [row for row in rows if row.id == text]
        or [row for row in rows if row.name.casefold() == wanted]
        or [row for row in rows if wanted in row.name.casefold()]
    )
    if not found:
        raise UnknownThing(
            "Nobody “{text}” is known here who holds a right of a work and may be named",
            "See who has to agree with: artist-console consensus show WORK",
            text=text,
        )
    if len(found) > 1:
        which = "; ".join(f"{row.name} ({row.id})" for row in found[:5])
        raise SeveralFit(text=text, things="people", which=which)
    return found[0]


# Reminders


def run_remind(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.the_artist(console, given.artist)
    work = lookups.work(console, given.work, artist.id)
    programme, use = _about(console, given)
    party: PartyId | None = _party(console, given.party).id if given.party else None
    draft = reminder(console, artist.id, work.work, party, programme, use)
    subject, body = draft.subject.text, draft.text
    link = mailto(given.mail, subject, body)
    shown = "\n".join(plain(line) for line in (subject, "", *body.split("\n")))
    return Answer(f"{shown}\n{link}", {"to": draft.to_name, "subject": subject, "body": body, "mailto": link})


# Uses without a yes


def run_without_yes(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.the_artist(console, given.artist)
    view = uses_without_yes(console, artist.id)
    facts: Plain = {
        "artist": view.artist,
        "artist_name": view.artist_name,
        "uses": [_use_facts(row) for row in view.rows],
    }
    return Answer(_uses_text(view), facts)


def _uses_text(view: WithoutYesView) -> str:
    if not view.rows:
        return "\n".join(
            wrapped(
                "Nothing is known here that rests on somebody else's word. That does not show that there is"
                " nothing.",
                line_width(),
            )
        )
    lines: list[str] = []
    for group in GROUPS:
        rows = [row for row in view.of(group) if not row.is_listing]
        lines += _uses_group(words.BASIS_GROUP[group], GROUP_MEANS[group], rows)
    listed = [row for row in view.rows if row.is_listing]
    if listed:
        lines += _uses_group("Listed publicly", LISTING_MEANS, listed)
    return "\n".join(lines[1:])


def _uses_group(name: str, means: str, rows: Sequence[WithoutYesRow]) -> list[str]:
    lines = ["", f"{name} ({len(rows)})", *wrapped(means, line_width())]
    for row in rows:
        lines += ["", *wrapped(_use_title(row), line_width()), pairs(_use_pairs(row))]
    return lines


def _use_title(row: WithoutYesRow) -> str:
    what = f"“{row.titles[0]}”" if len(row.works) == 1 else f"{len(row.works)} works"
    where = row.programme_name or row.place
    return f"{row.said_by}, {where}: {what}" if where else f"{row.said_by}: {what}"


def _use_pairs(row: WithoutYesRow) -> list[tuple[str, str]]:
    uses = ", ".join(row.use_words) or "not stated"
    rights = ", ".join(words.RIGHT[right].lower() for right in row.rights)
    since = f", since {day_in_words(row.since)}" if row.since is not None else ""
    found = [("On what", f"{row.basis}{since}"), ("Uses", f"{uses} ({rights})")]
    if row.state_words is not None:
        found.append(("State", f"{row.state_words.text} {f'({row.place})' if row.place else ''}".strip()))
    if row.silence is not None:
        found.append(("Objecting", row.silence.text))
    found += [
        ("You", row.said_words.text),
        ("Evidence", f"{words.grade_words(row.grade, row.said_by)}. {row.rests_on.text}"),
        ("Next", " ".join(step.text for step in row.next_steps)),
    ]
    return found


def _use_facts(row: WithoutYesRow) -> Plain:
    return {
        "key": row.key,
        "group": row.group,
        "said_by": row.said_by,
        "programme": row.programme,
        "programme_name": row.programme_name,
        "uses": row.uses,
        "rights": row.rights,
        "works": row.works,
        "basis": row.basis,
        "state": row.state,
        "place": row.place,
        "since": row.since,
        "rests_on": row.rests_on.text,
        "agreement": row.agreement,
        "statements": row.statements,
        "grade": row.grade,
        "listing": row.is_listing,
        "object_until": row.deadline,
        "silence": row.silence.text if row.silence is not None else "",
        "refused": row.said.refused,
        "allowed": row.said.allowed,
        "undecided": row.said.undecided,
        "said": row.said_words.text,
        "next": [step.text for step in row.next_steps],
    }
