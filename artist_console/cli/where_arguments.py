"""What can be typed about where works are: hits, lists, findings, lineage, timelines, removals."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.removal_steps import RemovalStep

HITS: dict[str, str] = {
    "list": "list rows of public lists that are like your works",
    "confirm": "say of rows that they mean your work",
    "refuse": "say of rows that they do not mean your work; they count for nothing then",
    "clear": "take back what was said of rows",
}
FINDINGS: dict[str, str] = {
    "list": "list what the records show that one may want to act on",
    "dismiss": "put a finding aside, with a note; it comes back when the facts are others",
    "restore": "take up again a finding that was put aside",
    "export": "write findings with their evidence into one PDF file",
}
REMOVALS: dict[str, str] = {
    "list": "list works that are somewhere after your no, and how far their removal has come",
    "mark": "note what you did or were told about a removal; it stays on this computer",
    "unmark": "take back such a note",
}

_WORK = "title, identifier or id"
_FINDING = "id of a finding, or the last signs of it"
_CASE = "id of a case, or the last signs of it"


def add_hits(name: str, parser: argparse.ArgumentParser) -> None:
    if name == "list":
        parser.add_argument("--work", metavar="WORK", help=f"only of this work, by {_WORK}")
        parser.add_argument("--list", dest="dataset", metavar="NAME", help="only of this list, by name or id")
        parser.add_argument(
            "--open", action="store_true", help="only works with rows that nobody has answered"
        )
        return
    parser.add_argument("hits", nargs="+", metavar="HIT", help="id of a row, or the last signs of it")
    if name != "clear":
        words = "rows that say the same in any list are answered too, also those that come later"
        parser.add_argument("--alike", action="store_true", help=words)
        parser.add_argument("--note", default="", metavar="TEXT", help="kept on this computer")


def add_findings(name: str, parser: argparse.ArgumentParser, read_path: Callable[[str], Path]) -> None:
    if name == "list":
        parser.add_argument("--work", metavar="WORK", help=f"only about this work, by {_WORK}")
        kinds = [kind.value.replace("_", "-") for kind in FindingKind]
        parser.add_argument("--kind", choices=kinds, help="only of this kind")
        parser.add_argument("--dismissed", action="store_true", help="those that were put aside")
    elif name == "export":
        parser.add_argument("findings", nargs="*", metavar="ID", help=f"{_FINDING} (default: all)")
        parser.add_argument("--out", required=True, type=read_path, metavar="FILE", help="where to write it")
        parser.add_argument("--replace", action="store_true", help="replace a file that is there already")
    else:
        parser.add_argument("finding", metavar="ID", help=_FINDING)
        if name == "dismiss":
            parser.add_argument("--note", metavar="TEXT", help="why; kept on this computer")


def add_timeline(parser: argparse.ArgumentParser) -> None:
    about = parser.add_mutually_exclusive_group(required=True)
    about.add_argument("work", nargs="?", metavar="WORK", help=_WORK)
    about.add_argument("--model", metavar="NAME", help="of a model version, by name or id")


def add_removals(name: str, parser: argparse.ArgumentParser, read_day: Callable[[str], date]) -> None:
    if name == "list":
        parser.add_argument("--work", metavar="WORK", help=f"only of this work, by {_WORK}")
        return
    parser.add_argument("case", metavar="CASE", help=_CASE)
    if name == "unmark":
        parser.add_argument("mark", metavar="NOTE", help="id of a note, or the last signs of it")
        return
    steps = [step.value.replace("_", "-") for step in RemovalStep if step is not RemovalStep.OPEN]
    parser.add_argument("step", choices=steps)
    parser.add_argument("--on", type=read_day, metavar="DATE", help="the day of it (default: today)")
    parser.add_argument("--deadline", type=read_day, metavar="DATE", help="until when an answer was promised")
    parser.add_argument("--note", default="", metavar="TEXT", help="kept on this computer")
