"""What can be typed after `unauthorised`: one function gives each of its commands its arguments."""

from __future__ import annotations

import argparse

COMMANDS: dict[str, str] = {
    "list": "list answers that somebody gave without a mandate; they apply nowhere",
    "adopt": "make one your own answer, to the terms of today",
    "leave": "leave one as it is, and be asked no more",
}


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """The arguments of one command."""
    if name == "list":
        return
    parser.add_argument("answer", metavar="ANSWER", help="id of one of its answers, or the last signs of it")
    if name == "adopt":
        parser.add_argument("--yes", action="store_true", help="make a yes your own without asking again")
