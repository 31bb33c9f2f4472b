"""What can be typed after `keys`: one function gives each of its commands its arguments."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

COMMANDS: dict[str, str] = {
    "show": "where the keys of this profile are, and their fingerprints; reads no key",
    "recovery-code": "make a code that opens the keys where keyring or passphrase is lost; told once",
    "recover": "put the keys that a recovery code opens into a place anew; asks for the code",
    "move": "put the keys into the keyring, behind a passphrase, or into a file",
    "change-passphrase": "close up the keys under another passphrase; asks for both",
    "replace": "have a new key sign reports; whoever knows the present one will know the new one",
}
PLACES = ("keyring", "passphrase", "file")


def add_arguments(name: str, parser: argparse.ArgumentParser, path: Callable[[str], Path]) -> None:
    """The arguments of one command. A passphrase or a code is never one: every process can read those."""
    if name == "recovery-code":
        parser.add_argument("--out", type=path, metavar="FILE", help="also write it as a page to print, HTML")
        parser.add_argument("--replace", action="store_true", help="end the code that was made before")
    if name == "replace":
        parser.add_argument(
            "--taken",
            action="store_true",
            help="somebody else may have the present key: take it back instead; others compare the new words",
        )
        parser.add_argument(
            "--reason", default="", metavar="TEXT", help="why, for others to read (with --taken)"
        )
    if name in ("recover", "move"):
        parser.add_argument(
            "--to",
            choices=PLACES,
            required=name == "move",
            help="where they go" + (" (default: a keyring that works)" if name == "recover" else ""),
        )
