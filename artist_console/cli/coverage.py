"""`coverage`: how complete catalogues are, and what to fix first."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

from artist_console.cli import lookups
from artist_console.cli.output import Answer, Plain
from artist_console.cli.tables import bullets, plain
from artist_console.commands import coverage as covering
from artist_console.commands.artists import list_artists
from artist_console.commands.console import Console
from artist_console.commands.coverage import Coverage, Fix, FixKind
from artist_console.domain.ids import ArtistId

_SHOWN = 200


def run_coverage(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.artist(console, given.artist)
    names = {row.id: row.name for row in list_artists(console)}
    rows = [covering.coverage(console, artist)]
    if artist is None:
        rows = [*(rows if len(names) > 1 else ()), *covering.roster_coverage(console)]
    wanted = given.fixes or given.kind is not None
    kind = FixKind(given.kind.replace("-", "_")) if given.kind is not None else None
    fixes = covering.fixes(console, artist, kind, _SHOWN) if wanted else ()
    text = "\n\n".join(_text(row, names) for row in rows) or "No artist is here yet."
    if wanted:
        text = f"{text}\n\n{_fixes_text(fixes)}"
    facts: dict[str, Plain] = {"coverage": [_facts(row, names) for row in rows]}
    if wanted:
        facts["fixes"] = [_fix_facts(fix) for fix in fixes]
    return Answer(text, facts)


def _text(row: Coverage, names: Mapping[ArtistId, str]) -> str:
    head = f"{_name(row, names) or 'All artists'}: {row.score} of 100"
    return "\n".join([plain(head), bullets(line.words for line in row.lines)])


def _fixes_text(fixes: Sequence[Fix]) -> str:
    if not fixes:
        return "There is nothing to fix."
    return bullets(f"{fix.title}: {fix.words}" for fix in fixes)


def _name(row: Coverage, names: Mapping[ArtistId, str]) -> str:
    return names.get(row.artist, "") if row.artist is not None else ""


def _facts(row: Coverage, names: Mapping[ArtistId, str]) -> Plain:
    return {
        "artist": row.artist,
        "artist_name": _name(row, names),
        "score": row.score,
        "lines": [
            {"kind": line.kind, "have": line.have, "of": line.of, "words": line.words} for line in row.lines
        ],
        "fixes": row.fixes,
    }


def _fix_facts(fix: Fix) -> Plain:
    return {
        "kind": fix.kind,
        "title": fix.title,
        "words": fix.words,
        "work": fix.work,
        "release": fix.release,
        "artist": fix.artist,
    }
