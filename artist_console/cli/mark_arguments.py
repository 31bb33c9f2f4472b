"""What can be typed after `mark`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

COMMANDS: dict[str, str] = {
    "audio": "write what you refused into audio files, as a signed mark; the audio stays the same",
    "show": "show what the marks of audio files state, and whether they hold, whoever made them",
    "certificate": "make a certificate of your own to sign marks with, if you have none",
}
PASSPHRASE_VARIABLE = "ARTIST_CONSOLE_MARK_PASSPHRASE_FILE"
WITHOUT_PROFILE = ("mark show", "mark certificate")


def add_arguments(name: str, parser: argparse.ArgumentParser, read_path: Callable[[str], Path]) -> None:
    """The arguments of one command. A passphrase is never one: every process can read those."""
    if name == "audio":
        words = "audio files, or folders"
        parser.add_argument("files", nargs="+", type=read_path, metavar="FILE", help=words)
        words = "your certificate and those it was issued under, as PEM"
        parser.add_argument("--chain", type=read_path, metavar="FILE", help=words)
        parser.add_argument("--key", type=read_path, metavar="FILE", help="the private key, as PEM")
        where = parser.add_mutually_exclusive_group()
        where.add_argument("--out", type=read_path, metavar="DIR", help="where the marked files go")
        where.add_argument(
            "--replace-originals", action="store_true", help="put them in the place of the originals"
        )
        parser.add_argument("--recursive", action="store_true", help="folders inside folders, too")
        parser.add_argument("--work", metavar="WORK", help="which work they are, by title, identifier or id")
        words = "an address, https://, where more is said; for uses that are refused in part"
        parser.add_argument("--more-at", default="", metavar="URL", help=words)
        parser.add_argument("--plan", action="store_true", help="only tell what would be stated of each file")
    elif name == "show":
        parser.add_argument("files", nargs="+", type=read_path, metavar="FILE", help="audio files")
        words = "certificates of roots that you take as known, as PEM"
        parser.add_argument("--trust", type=read_path, metavar="FILE", help=words)
    else:
        parser.add_argument("--name", required=True, metavar="NAME", help="the name that others know you by")
        words = "a folder for the three files"
        parser.add_argument("--out", required=True, type=read_path, metavar="DIR", help=words)
