"""What can be typed after `backend accounts`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

COMMANDS: Mapping[str, str] = {
    "list": "list the accounts: who may sign in, and how",
    "add": "make an account, and an invitation for its person",
    "invite": "make a new invitation: sets a password, or signs one device in",
    "revoke-devices": "sign every device of an account out, at once",
}


def add_arguments(name: str, parser: argparse.ArgumentParser, name_of: Callable[[str], str]) -> None:
    parser.add_argument("--database", metavar="ADDRESS", help="of a PostgreSQL database, as of backend serve")
    if name == "list":
        return
    parser.add_argument("name", type=name_of, metavar="NAME", help="of the account, or its id")
    if name == "add":
        parser.add_argument(
            "--artist",
            type=name_of,
            action="append",
            default=[],
            metavar="NAME",
            help="the account is this artist, by name or id; a new name becomes an artist; repeatable",
        )
    if name == "invite":
        parser.add_argument(
            "--without-second-step",
            action="store_true",
            help="for somebody who has lost the app with the codes",
        )
