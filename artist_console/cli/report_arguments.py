"""What can be typed about reports: to make one, and to look at those that are there."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

WORDS = "signed reports: make, check, look into"
# Name below `report` -> what it does.
COMMANDS: dict[str, str] = {
    "create": "write a signed report",
    "verify": "check a report; needs no account, no network",
    "show": "check a report and print what it holds",
}
# Words of the parts, as they are typed. Works are in every report: the other parts are about them.
PARTS = ("inclusions", "decisions", "permissions", "findings", "cases", "statements")

ReadDay = Callable[[str], date]
ReadInstant = Callable[[str], datetime]
ReadName = Callable[[str], str]
ReadPath = Callable[[str], Path]


def add_arguments(
    name: str,
    parser: argparse.ArgumentParser,
    read_day: ReadDay,
    read_instant: ReadInstant,
    read_name: ReadName,
    read_path: ReadPath,
) -> None:
    """The arguments of one of COMMANDS."""
    if name == "create":
        _create(parser, read_day, read_instant, read_name, read_path)
        return
    parser.add_argument("file", type=read_path, metavar="FILE")


def _create(
    parser: argparse.ArgumentParser,
    read_day: ReadDay,
    read_instant: ReadInstant,
    read_name: ReadName,
    read_path: ReadPath,
) -> None:
    parser.add_argument("--out", required=True, type=read_path, metavar="FILE", help="where to write it")
    words = "only this artist, by name or id"
    parser.add_argument("--artist", type=read_name, metavar="NAME", help=words)
    words = "leave this out; repeatable"
    parser.add_argument("--without", action="append", default=[], choices=PARTS, help=words)
    parser.add_argument("--since", type=read_day, metavar="DATE", help="earnings from the month of this day")
    parser.add_argument("--until", type=read_day, metavar="DATE", help="earnings to the month of this day")
