"""What can be typed about reports: to make one, and to look at those that are there."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from artist_console.cli import report_file_arguments

WORDS = "signed reports: make, check, look into, compare, export, redact, sign"
# Name below `report` -> what it does.
COMMANDS: dict[str, str] = {"create": "write a signed report", **report_file_arguments.COMMANDS}
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
    report_file_arguments.add_arguments(name, parser, read_name, read_path)


def _create(
    parser: argparse.ArgumentParser,
    read_day: ReadDay,
    read_instant: ReadInstant,
    read_name: ReadName,
    read_path: ReadPath,
) -> None:
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--out", type=read_path, metavar="FILE", help="where to write it")
    words = "write nothing: say part by part what would be in it and what stays here, and why"
    where.add_argument("--preview", action="store_true", help=words)
    parser.add_argument("--replace", action="store_true", help="replace a file that is there already")
    _several(parser, "--artist", "artists", read_name, "NAME", "about this artist, by name or id")
    parser.add_argument("--title", type=read_name, metavar="TEXT", help="title of the report")
    words = "only this beside the works; repeatable (default: everything)"
    parser.add_argument("--part", dest="parts", action="append", default=[], choices=PARTS, help=words)
    words = "leave this out; repeatable"
    parser.add_argument("--without", action="append", default=[], choices=PARTS, help=words)
    words = "statements and cases from this day"
    parser.add_argument("--since", type=read_day, metavar="DATE", help=words)
    parser.add_argument("--until", type=read_day, metavar="DATE", help="statements and cases to this day")
    words = "permissions, and why, as of this day (default: now)"
    parser.add_argument("--as-of", type=read_instant, metavar="DATE", help=words)
    words = "with --as-of: only by what had been recorded by then"
    parser.add_argument("--as-known-then", action="store_true", help=words)
    chosen = parser.add_argument_group("left out unless chosen")
    _several(chosen, "--name-work", "named_works", read_name, "WORK", "this unreleased work, by title or id")
    _several(chosen, "--money-of", "money_of", read_name, "NAME", "statements to this other person")
    _several(chosen, "--contract", "contracts", read_name, "CONTRACT", "this contract: the other side, or id")
    words = "with --contract: what they say, in their own words"
    chosen.add_argument("--contract-words", action="store_true", help=words)
    chosen.add_argument("--rates", action="store_true", help="what programmes and agreements pay")
    words = "names and addresses of private persons, and where letters went"
    chosen.add_argument("--contact-data", action="store_true", help=words)
    words = "what was said in answers that were recorded by hand, and in replies"
    chosen.add_argument("--answer-words", action="store_true", help=words)


def _several(
    parser: argparse._ActionsContainer, option: str, dest: str, read: ReadName, name: str, words: str
) -> None:
    parser.add_argument(
        option, dest=dest, action="append", default=[], type=read, metavar=name, help=f"{words}; repeatable"
    )
