"""What can be typed after `reservation`: site, check, list, note, save."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from artist_console.domain.reservations import Manner

WORDS = "notices against data mining: files for your own site, a check of it, and what was reserved"
COMMANDS: dict[str, str] = {
    "site": "what your decisions say on your own site; with --out as files to put there",
    "check": "fetch what your site says to machines and compare it with your decisions",
    "list": "list reservations and the checks that were kept, latest first",
    "note": "note a reservation that was made by letter, in a registry or by a society",
    "save": "write the copies behind a reservation or a kept check",
}
_OTHERWISE = [manner.value for manner in Manner if manner is not Manner.SITE_FILE]


def add_arguments(
    name: str,
    parser: argparse.ArgumentParser,
    day: Callable[[str], date],
    path: Callable[[str], Path],
) -> None:
    """The arguments of one command; `day` and `path` read what is typed."""
    match name:
        case "site":
            _address(parser)
            parser.add_argument("--out", type=path, metavar="DIR", help="an empty folder, or a new one")
            _works(parser, "on the site (default: all released ones); may be repeated")
            parser.add_argument("--mail", default="", metavar="ADDRESS", help="where to ask; it is published")
            parser.add_argument(
                "--robots", type=path, metavar="FILE", help="the robots.txt that the site has now"
            )
        case "check":
            _address(parser)
            _works(parser, "on the site (default: all released ones); may be repeated")
            parser.add_argument("--keep", action="store_true", help="keep a dated copy as proof")
            parser.add_argument(
                "--tell-only", action="store_true", help="tell what it says, without comparing"
            )
        case "note":
            parser.add_argument("manner", choices=_OTHERWISE)
            parser.add_argument("place", metavar="TO", help="whom it was sent to, or which registry")
            parser.add_argument("--on", type=day, metavar="DAY", help="the day of it (default: today)")
            parser.add_argument("--use", action="append", default=[], metavar="USE", help="may be repeated")
            _works(parser, "it is about (default: all); may be repeated")
            parser.add_argument("--note", default="", metavar="TEXT")
            parser.add_argument("--file", type=path, metavar="FILE", help="a copy, kept here")
        case "save":
            parser.add_argument("kept", metavar="ID", help="of a reservation or check, or its last signs")
            parser.add_argument("--out", required=True, type=path, metavar="DIR", help="an empty folder")
        case _:
            pass


def _address(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "address",
        nargs="?",
        default="",
        metavar="ADDRESS",
        help="of the site, such as https://music.example (default: that of your last reservation)",
    )


def _works(parser: argparse.ArgumentParser, words: str) -> None:
    parser.add_argument(
        "--work",
        action="append",
        default=[],
        metavar="WORK",
        help=f"title, identifier or id of a work {words}",
    )
