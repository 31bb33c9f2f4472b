"""What can be typed after `consensus`: one function gives each of its commands its arguments."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from artist_console.domain.registers import PartyStance

COMMANDS: dict[str, str] = {
    "show": "who has to agree about a work, by right and territory, and who has",
    "answers": "list answers of people without an account, as they are recorded here",
    "record": "record what somebody without an account answered; it stays in this profile",
    "change": "put another answer in the place of a recorded one; what is not given stays",
    "remove": "remove a recorded answer, and its file",
    "evidence": "write a copy of the file behind a recorded answer",
    "remind": "draft a reminder to somebody whose answer is missing; you send it",
}


def add_arguments(
    name: str,
    parser: argparse.ArgumentParser,
    path: Callable[[str], Path],
    day: Callable[[str], date],
) -> None:
    """The arguments of one command; `path` and `day` read what is typed."""
    stances = [stance.value for stance in PartyStance]
    match name:
        case "show":
            parser.add_argument("work", metavar="WORK", help="title, identifier or id")
            _about_use(parser)
        case "answers":
            parser.add_argument("party", nargs="?", metavar="PARTY", help="only of this one, by name or id")
        case "record":
            parser.add_argument("party", metavar="PARTY", help="whose answer, by name or id")
            parser.add_argument("stance", choices=stances)
            _answer(parser, path, day)
        case "change":
            parser.add_argument("answer", metavar="ANSWER", help="id, or the last signs of it")
            parser.add_argument("stance", nargs="?", choices=stances)
            _answer(parser, path, day)
            parser.add_argument("--without-evidence", action="store_true", help="let go of the attached file")
        case "remove":
            parser.add_argument("answer", metavar="ANSWER", help="id, or the last signs of it")
        case "evidence":
            parser.add_argument("answer", metavar="ANSWER", help="id, or the last signs of it")
            parser.add_argument("--out", required=True, type=path, metavar="FILE", help="where to write it")
            parser.add_argument("--replace", action="store_true", help="replace a file that is there already")
        case "remind":
            parser.add_argument("work", metavar="WORK", help="title, identifier or id")
            parser.add_argument(
                "party", nargs="?", metavar="PARTY", help="by name or id (default: names nobody)"
            )
            _about_use(parser)
            parser.add_argument("--mail", default="", metavar="ADDRESS", help="address of the mailto link")


def _about_use(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--programme", metavar="NAME", help="by name or id (default: all that ask today)")
    parser.add_argument("--use", metavar="USE", help="key of the use (default: all but voice and likeness)")


def _answer(parser: argparse.ArgumentParser, path: Callable[[str], Path], day: Callable[[str], date]) -> None:
    parser.add_argument("--work", metavar="WORK", help="about this work (default: everything)")
    parser.add_argument("--programme", metavar="NAME", help="for this one, by name or id (default: any)")
    parser.add_argument("--use", metavar="USE", help="key of a use or family (default: every use)")
    parser.add_argument("--on", type=day, metavar="DATE", help="said or tried on this day (default: today)")
    parser.add_argument("--words", metavar="TEXT", help="what was said, or what was tried")
    parser.add_argument("--source", metavar="TEXT", help="where it can be found again")
    parser.add_argument("--evidence", type=path, metavar="FILE", help="a file to attach, up to 20 MB")
