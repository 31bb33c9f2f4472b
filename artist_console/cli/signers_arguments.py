"""What can be typed after `signers`: one function gives each of its commands its arguments."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

WORDS = "whose signatures are known here: keys to compare, cards, keys that no longer count"
COMMANDS: dict[str, str] = {
    "list": "list the keys of this profile and the signers that you know, with how each was introduced",
    "show": "show a signer, or a card before it is taken in, with the words to compare",
    "trust": "make the signer of a card, a report or an evidence bundle known here",
    "rename": "call a signer by another name here",
    "revoke": "mark a signer's key as no longer good: what it signed counts as by nobody known",
    "forget": "take a signer off the list: it is not known any more",
    "card": "write the card of this profile's key, to hand to others",
}
WHO = "name, first digits of the key, or its words"


def add_arguments(name: str, parser: argparse.ArgumentParser, path: Callable[[str], Path]) -> None:
    """The arguments of one command."""
    if name == "show":
        parser.add_argument("who", metavar="SIGNER|FILE", help=f"{WHO}; or the file of a card")
    if name == "trust":
        parser.add_argument("file", type=path, metavar="FILE", help="a card, a report or an evidence bundle")
        parser.add_argument(
            "--name", default="", help="what you call them (default: what they call themselves)"
        )
        said = parser.add_mutually_exclusive_group()
        said.add_argument(
            "--compared",
            default="",
            metavar="WORDS",
            help="the words or digits that the signer told you in another way, all of them",
        )
        said.add_argument(
            "--not-compared",
            action="store_true",
            help="take the file's word for whose key it is; the list says so from then on",
        )
    if name in ("rename", "revoke", "forget"):
        parser.add_argument("who", metavar="SIGNER", help=WHO)
    if name == "rename":
        parser.add_argument("name", metavar="NAME", help="what you call them")
    if name == "revoke":
        parser.add_argument("--reason", default="", metavar="TEXT", help="why, for yourself")
        parser.add_argument("--undo", action="store_true", help="take a mark off that was made here")
    if name == "card":
        parser.add_argument("--out", type=path, required=True, metavar="FILE", help="where to write it")
        parser.add_argument("--replace", action="store_true", help="replace a file that is there already")
        parser.add_argument("--name", default="", help="the name on it (default: the name of your account)")
