"""What can be typed to sign in to a service, out of it, and about the devices of an account."""

from __future__ import annotations

import argparse
from collections.abc import Callable

COMMANDS: dict[str, str] = {
    "sign-in": "sign in to a service that somebody else hosts: in the browser, or otherwise",
    "sign-out": "end the sign-in on this computer; what waits stays here",
}
DEVICES: dict[str, str] = {
    "list": "list the devices that may act for the account",
    "revoke": "take a device off the list: it can no longer sync",
}
ALL = (*COMMANDS, *(f"devices {name}" for name in DEVICES))


def add_arguments(name: str, parser: argparse.ArgumentParser, text: Callable[[str], str]) -> None:
    """The arguments of one command. A password is never one: the browser asks for it."""
    if name == "sign-in":
        parser.add_argument("address", type=text, metavar="ADDRESS", help="such as https://music.example")
        way = parser.add_mutually_exclusive_group()
        way.add_argument("--device", action="store_true", help="by a code that you type on another device")
        way.add_argument(
            "--code", type=text, metavar="CODE", help="with a one-time code; - reads it from standard input"
        )
        parser.add_argument(
            "--keep-in-memory",
            action="store_true",
            help="keep no sign-in: sync once, and sign out again",
        )
        parser.add_argument("--yes", action="store_true", help="connect without asking again")
    if name == "sign-out":
        parser.add_argument(
            "--leave-waiting",
            action="store_true",
            help="also where decisions were not sent yet; they stay here",
        )
    if name == "revoke":
        parser.add_argument("id", type=text, metavar="ID", help="as `devices list` shows it")
