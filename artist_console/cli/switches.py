"""The commands about switches elsewhere."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from artist_console.cli import lookups
from artist_console.cli.output import Answer, Plain
from artist_console.cli.tables import bullets, plain
from artist_console.commands import switches
from artist_console.commands.console import Console
from artist_console.commands.switches import SwitchRow
from artist_console.domain.phrases import day_in_words
from artist_console.domain.switch_words import OWNER, SETS_NOTHING, STATE, permitted_words
from artist_console.domain.switches import SwitchNote, SwitchState


def run(console: Console, given: argparse.Namespace) -> Answer:
    """Run one of the commands of `switch`."""
    match given.command:
        case "switch list":
            return _list(console, given)
        case "switch set":
            return _set(console, given)
        case _:
            return _check(console, given)


def _list(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.the_artist(console, given.artist)
    rows = switches.list_switches(console, artist.id)
    return Answer(_list_text(rows), {"artist": artist.id, "switches": [_row_facts(row) for row in rows]})


def _set(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.the_artist(console, given.artist).id
    state = SwitchState(given.state.replace("-", "_"))
    made = switches.set_switch(
        console, artist, given.switch, state, given.on, given.note, given.picture
    ).value
    stands = f"{made.name}: {STATE[made.state]}, as of {day_in_words(made.on)}."
    return Answer(plain(f"{stands} Noted on this computer alone."), {"note": _note_facts(made)})


def _check(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.the_artist(console, given.artist).id
    work = lookups.work(console, given.work, artist).work if given.work else None
    made = switches.check_videos(console, artist, tuple(given.videos), work).value
    facts: dict[str, Plain] = {"read_out": [_note_facts(each) for each in made], "note": SETS_NOTHING}
    return Answer("\n".join([*map(_readout, made), SETS_NOTHING]), facts)


def _list_text(rows: Iterable[SwitchRow]) -> str:
    lines = []
    for row in rows:
        day = f", {day_in_words(row.note.on)}" if row.note is not None else ""
        lines.append(plain(f"{row.known.name} ({row.known.key}): {STATE[row.state]}{day}"))
        told = [row.known.controls, f"Where: {row.known.where}"]
        if row.known.default is not None:
            told.append(f"As delivered: {STATE[row.known.default]}")
        read = row.known.checked_on
        told.append(
            f"Read on {day_in_words(read)}: {row.known.source}"
            if read
            else f"Not looked up: {row.known.source}"
        )
        if row.note is not None and row.note.note:
            told.append(f"Your note: {row.note.note}")
        told += [_readout(each) for each in row.readouts]
        lines.append(bullets(plain(line) for line in told))
    return "\n".join(lines)


def _readout(each: SwitchNote) -> str:
    return plain(f"Video {each.video}, {day_in_words(each.on)}: training by {permitted_words(each)}")


def _row_facts(row: SwitchRow) -> dict[str, Plain]:
    known = row.known
    return {
        "key": known.key,
        "name": known.name,
        "owner": known.owner,
        "kind": known.kind,
        "kind_words": OWNER[known.kind],
        "controls": known.controls,
        "where": known.where,
        "on_means": known.turns,
        "default": known.default,
        "uses": list(known.uses),
        "source": known.source,
        "checked_on": known.checked_on,
        "state": row.state,
        "note": _note_facts(row.note) if row.note is not None else None,
        "read_out": [_note_facts(each) for each in row.readouts],
        "earlier_notes": row.earlier,
    }


def _note_facts(each: SwitchNote) -> dict[str, Plain]:
    return {
        "id": each.id,
        "switch": each.switch,
        "state": each.state,
        "on": each.on,
        "source": each.source,
        "permits": each.permits,
        "note": each.note,
        "picture": each.picture_name,
        "picture_sha256": each.picture,
        "work": each.work,
        "video": each.video,
        "permitted": list(each.permitted),
    }
