"""What can be typed about deadlines, position sheets and evidence bundles."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

DEADLINES: dict[str, str] = {
    "list": "list every date that something waits for, with what silence means there",
    "calendar": "write the dates into a file that calendar programs take in (.ics)",
}
POSITION_SHEET = "write one page for negotiations: what was decided, what is known, what is open"
EXPORT = "write cases with letters, proof and replies into one signed file for a lawyer"
VERIFY = "check an evidence bundle; needs no account, no network"

ReadPath = Callable[[str], Path]


def _out(parser: argparse.ArgumentParser, read_path: ReadPath) -> None:
    parser.add_argument("--out", required=True, type=read_path, metavar="FILE", help="where to write it")
    parser.add_argument("--replace", action="store_true", help="replace a file that is there already")


def add_deadlines(
    name: str, parser: argparse.ArgumentParser, read_day: Callable[[str], date], read_path: ReadPath
) -> None:
    if name == "list":
        parser.add_argument("--until", type=read_day, metavar="DATE", help="none after this day")
        return
    _out(parser, read_path)
    words = "only of which kind a date is: for a calendar that others see"
    parser.add_argument("--without-titles", action="store_true", help=words)


def add_position_sheet(parser: argparse.ArgumentParser, read_path: ReadPath) -> None:
    parser.add_argument("artist", metavar="ARTIST", help="name or id")
    _out(parser, read_path)
    words = "count unreleased works and open cases too: not for the other side"
    parser.add_argument("--for-ourselves", action="store_true", help=words)


def add_export(parser: argparse.ArgumentParser, read_path: ReadPath) -> None:
    words = "id of a case, or the last signs of it (default: all of --artist)"
    parser.add_argument("cases", nargs="*", metavar="CASE", help=words)
    _out(parser, read_path)
    parser.add_argument(
        "--name-work",
        action="append",
        default=[],
        metavar="WORK",
        help="an unreleased work that may be named",
    )
    parser.add_argument("--notes", action="store_true", help="notes in the cases too")
    words = "leave out what went along with the letters; names and hashes stay"
    parser.add_argument("--without-attachments", action="store_true", help=words)


def add_verify(parser: argparse.ArgumentParser, read_path: ReadPath) -> None:
    parser.add_argument("file", type=read_path, metavar="FILE")
