"""What can be typed after `programmes`: one function gives each of its commands its arguments."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

COMMANDS: dict[str, str] = {
    "list": "list programmes, their terms and uses",
    "add": "set up a programme that was announced and that no operator reports here",
    "change": "change one that was set up by hand",
    "remove": "remove one that was set up by hand, while nothing names it",
}


def add_arguments(
    name: str,
    parser: argparse.ArgumentParser,
    day: Callable[[str], date],
    path: Callable[[str], Path],
) -> None:
    """The arguments of one command."""
    if name == "list":
        return
    if name in ("change", "remove"):
        parser.add_argument("programme", metavar="PROGRAMME", help="by name or id")
    if name == "remove":
        return
    new = name == "add"
    parser.add_argument("--operator", metavar="NAME", required=new, help="who runs it")
    parser.add_argument("--name", metavar="NAME", required=new, help="what it is called")
    parser.add_argument(
        "--use",
        dest="uses",
        action="append",
        metavar="USE",
        required=new,
        help="key of a use or family that it is about; repeatable",
    )
    parser.add_argument("--summary", metavar="TEXT", help="what it does, in plain words")
    parser.add_argument("--source", metavar="TEXT", help="where it was announced, such as an address")
    parser.add_argument("--announced", type=day, metavar="DATE")
    parser.add_argument("--terms", type=path, metavar="FILE", help="the whole text of its terms, as UTF-8")
    parser.add_argument("--terms-from", type=day, metavar="DATE", help="since when they are in effect")
    parser.add_argument("--withdrawal", metavar="TEXT", help="how its terms let a yes be withdrawn")
