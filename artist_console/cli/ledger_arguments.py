"""What can be typed after `ledger`: one function gives each of its commands its arguments."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

COMMANDS: dict[str, str] = {
    "verify": "check whole ledgers: of this profile, or of an exported file with no account and no network",
    "export": "write ledgers with receipts, signed heads and proofs, for others to check",
    "trust": "make the key of a service known, once you have compared its fingerprint",
}


def add_arguments(name: str, parser: argparse.ArgumentParser, path: Callable[[str], Path]) -> None:
    """The arguments of one command."""
    if name == "verify":
        parser.add_argument("file", nargs="?", type=path, metavar="FILE", help="an exported file")
        parser.add_argument(
            "--key", type=path, metavar="JWK-FILE", help="the signer's key, which counts as known this time"
        )
    elif name == "export":
        parser.add_argument("file", type=path, metavar="FILE", help="where to write it, as JSON Lines")
        parser.add_argument("--replace", action="store_true", help="replace a file that is there already")
    else:
        parser.add_argument("file", type=path, metavar="JWK-FILE", help="the public key, as JWK or a set")
        parser.add_argument("--name", default="", metavar="NAME", help="what you know its owner by")
