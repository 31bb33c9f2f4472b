"""`report create`: a report of what is here is written and signed."""

from __future__ import annotations

import argparse
from pathlib import Path

from artist_console.cli import lookups
from artist_console.cli.output import Answer, Plain
from artist_console.cli.tables import pairs
from artist_console.commands import report_making
from artist_console.commands.console import Console
from artist_console.commands.report_making import ReportPart
from artist_console.commands.syncing import status
from artist_console.domain.problems import FileProblem


def run_create(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.artist(console, given.artist)
    _spare_other_files(given.out)
    parts = frozenset(part for part in ReportPart if part.value not in given.without)
    made = report_making.create(console, given.out, artist, parts, (given.since, given.until))
    shown = [
        ("Report", str(made.path)),
        ("About", ", ".join(made.artist_names)),
        ("Holds", ", ".join(_counted(what, count) for what, count in made.counts if count)),
        ("Signed by", made.signer),
        ("Key", made.fingerprint),
        ("SHA-256", made.sha256),
    ]
    lines = [pairs(shown)]
    waiting = status(console).waiting if ReportPart.DECISIONS in parts else 0
    if waiting:
        answers = "1 answer waits and is" if waiting == 1 else f"{waiting} answers wait and are"
        lines += ["", f"{answers} not in it: a report holds what is recorded. First: artist-console sync"]
    facts: Plain = {
        "path": str(made.path),
        "sha256": made.sha256,
        "size_bytes": made.size_bytes,
        "artists": list(made.artist_names),
        "counts": dict(made.counts),
        "waiting": waiting,
        "signer": made.signer,
        "fingerprint": made.fingerprint,
    }
    return Answer("\n".join(lines), facts)


class WouldBeLost(FileProblem):
    title_template = "{name} is there already and is no report, so nothing was written"
    advice_template = "Choose another name with --out"


def _spare_other_files(path: Path) -> None:
    """A report may replace a report; a slip of the hand replaces no catalogue. Raises WouldBeLost."""
    if not path.is_file():
        return
    try:
        with path.open("rb") as file:
            start = file.read(64)
    except OSError as error:
        raise WouldBeLost(name=str(path)) from error
    if start and not (start.startswith(b"PK\x03\x04") and b"datapackage.json" in start):
        raise WouldBeLost(name=str(path))


def _counted(many: str, count: int) -> str:
    return f"1 {many.removesuffix('s')}" if count == 1 else f"{count} {many}"
