"""`deadlines list`, `deadlines calendar` and `position-sheet`."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from artist_console.cli import lookups
from artist_console.cli.decided import spare
from artist_console.cli.output import Answer, Plain
from artist_console.cli.tables import bullets, plain
from artist_console.commands import deadlines
from artist_console.commands.console import Console
from artist_console.commands.deadlines import DateNotKnown, Deadline
from artist_console.commands.paper import Paper
from artist_console.commands.position_sheet import position_sheet
from artist_console.domain.deadlines import names_day
from artist_console.host.files import write_atomic

_NOTHING = "No date is known that anything waits for."
_LEAVES_NOTHING = (
    "Take it in again after a change: dates are brought up to date."
    " What is settled by then you take out yourself."
)


def run_list(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.artist(console, given.artist)
    rows = deadlines.list_deadlines(console, artist, given.until)
    unknown = deadlines.dates_not_known(console, artist)
    lines = ["\n\n".join(_text(row) for row in rows) or _NOTHING]
    if unknown:
        lines += ["", "Not known, so in no list of dates", bullets(_unknown(each) for each in unknown)]
    facts: Plain = {
        "deadlines": [_facts(row) for row in rows],
        "not_known": [
            {
                "artist": each.artist,
                "artist_name": each.artist_name,
                "words": each.words.text,
                "target": each.target,
            }
            for each in unknown
        ],
    }
    return Answer("\n".join(lines), facts)


def _unknown(each: DateNotKnown) -> str:
    return f"{each.artist_name}: {each.words.text}"


def _text(row: Deadline) -> str:
    title = f"{row.artist_name}: {row.title.text}" if row.artist_name else row.title.text
    return "\n".join(
        [plain(f"{names_day(row)}, {title}"), bullets([row.silence.text]), f"  {plain(row.target)}"]
    )


def _facts(row: Deadline) -> dict[str, Plain]:
    return {
        "id": row.id,
        "kind": row.kind,
        "on": row.on,
        "artist": row.artist,
        "artist_name": row.artist_name,
        "title": row.title.text,
        "silence": row.silence.text,
        "target": row.target,
        "overdue_days": row.overdue_days,
    }


def run_calendar(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.artist(console, given.artist)
    spare(given.out, replace=given.replace)
    deadlines.save_calendar(console, given.out, artist, without_titles=given.without_titles)
    count = len(deadlines.list_deadlines(console, artist))
    words = "1 date" if count == 1 else f"{count} dates"
    facts: Plain = {"path": str(given.out), "dates": count, "without_titles": given.without_titles}
    return Answer("\n".join([plain(f"Written: {given.out}, {words}."), _LEAVES_NOTHING]), facts)


def run_position_sheet(console: Console, given: argparse.Namespace, draw: Callable[[Paper], bytes]) -> Answer:
    """Write the sheet as a PDF file. Raises FileProblem."""
    artist = lookups.the_artist(console, given.artist)
    spare(given.out, replace=given.replace)
    paper = position_sheet(console, artist.id, given.for_ourselves)
    body = draw(paper)
    write_atomic(given.out, body)
    lines: list[Plain] = [line.plain for line in paper.lines]
    facts: Plain = {
        "path": str(given.out),
        "bytes": len(body),
        "artist": artist.id,
        "artist_name": artist.name,
        "lines": lines,
    }
    return Answer(plain(f"Written: {given.out}"), facts)
