"""What can be typed after `check-audio`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

WORDS = "compare an audio file with a list that has hashes, fingerprints or ISCC codes; nothing is sent"


def add_arguments(parser: argparse.ArgumentParser, read_path: Callable[[str], Path]) -> None:
    parser.add_argument("file", type=read_path, metavar="FILE", help="audio file")
    parser.add_argument(
        "--list", dest="listed", required=True, type=read_path, metavar="LIST", help="the list"
    )
    words = "the program fpcalc, where it is not in its usual place"
    parser.add_argument("--fpcalc", type=read_path, metavar="PROGRAM", help=words)
