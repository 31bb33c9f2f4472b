"""`removals list`, `mark` and `unmark`."""

from __future__ import annotations

import argparse

from artist_console.cli import lookups
from artist_console.cli.output import Answer, Plain
from artist_console.cli.tables import bullets, plain
from artist_console.commands import removals
from artist_console.commands.console import Console
from artist_console.commands.removals import RemovalCase, RemovalStep
from artist_console.domain.phrases import day_in_words

STEP: dict[RemovalStep, str] = {
    RemovalStep.OPEN: "nothing asked yet",
    RemovalStep.REQUESTED: "asked for",
    RemovalStep.ACKNOWLEDGED: "acknowledged",
    RemovalStep.EXCLUDED_FROM_FUTURE: "left out of future versions",
    RemovalStep.REMOVED: "removed, as is said",
    RemovalStep.TRAINED_BEFORE_REFUSAL: "trained before your refusal",
    RemovalStep.REFUSED_WITH_REASON: "refused",
    RemovalStep.RETRAINED_WITHOUT: "trained again without it, as is said",
}


def run_list(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.artist(console, given.artist)
    work = lookups.work(console, given.work, artist).work if given.work else None
    found = removals.list_removals(console, artist, work)
    text = (
        "\n\n".join(_text(case) for case in found)
        if found
        else "No work is stated to be somewhere after your no."
    )
    return Answer(text, {"removals": [_facts(case) for case in found]})


def run_mark(console: Console, given: argparse.Namespace) -> Answer:
    step = RemovalStep(given.step.replace("-", "_"))
    on = given.on or console.today
    case = removals.mark_removal(
        console, _case(console, given.case).id, step, on, given.note, given.deadline
    ).value
    return Answer(_text(case), _facts(case))


def run_unmark(console: Console, given: argparse.Namespace) -> Answer:
    case = _case(console, given.case)
    notes = [mark.id for mark in case.history if not mark.said_by]
    note = lookups.ending_in(notes, given.mark, "note", "notes", "removals list")
    left = removals.unmark_removal(console, case.id, note).value
    return Answer(_text(left), _facts(left))


def _case(console: Console, text: str) -> RemovalCase:
    found = {case.id: case for case in removals.list_removals(console)}
    return found[lookups.ending_in(list(found), text, "removal case", "removal cases", "removals list")]


def _text(case: RemovalCase) -> str:
    head = f"{case.work_title} · {case.place} · {STEP[case.step]}, since {day_in_words(case.since)}"
    if case.overdue_days is not None:
        head += f" · overdue by {case.overdue_days} {'day' if case.overdue_days == 1 else 'days'}"
    notes = [
        f"{day_in_words(mark.on)}: {STEP[mark.step]}{f', {mark.note}' if mark.note else ''} ({mark.id})"
        for mark in case.history
        if not mark.said_by
    ]
    return "\n".join([plain(head), bullets([*case.words, *notes]), f"  {plain(case.id)}"])


def _facts(case: RemovalCase) -> dict[str, Plain]:
    return {
        "id": case.id,
        "artist": case.artist,
        "work": case.work,
        "work_title": case.work_title,
        "place": case.place,
        "dataset": case.dataset,
        "model": case.model,
        "programme": case.programme,
        "operator": case.operator,
        "refused_on": case.refused_on,
        "step": case.step,
        "since": case.since,
        "deadline": case.deadline,
        "overdue_days": case.overdue_days,
        "said_by": case.said_by,
        "words": list(case.words),
        "history": [
            {
                "id": mark.id,
                "step": mark.step,
                "on": mark.on,
                "note": mark.note,
                "deadline": mark.deadline,
                "said_by": mark.said_by,
            }
            for mark in case.history
        ],
    }
