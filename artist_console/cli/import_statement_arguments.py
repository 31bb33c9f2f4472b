"""What can be typed behind `import statement`: what the file does not say itself, and only looking at it."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

# As a text, like the kinds of lines: the first rows wait for no rule about money.
LEVELS = ("licensor-gross", "payee-net", "pool")
_SIGNS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "\\t": "\t"}


def add_arguments(
    parser: argparse.ArgumentParser,
    path: Callable[[str], Path],
    column: Callable[[str], tuple[str, str]],
    currency: Callable[[str], str],
    month: Callable[[str], str],
) -> None:
    """The options of a statement; the file and whose it is are those of every import."""
    parser.add_argument(
        "more",
        nargs="*",
        type=path,
        metavar="FILE",
        help="the other files of one set of DDEX DSR (1of2, 2of2)",
    )
    parser.add_argument("--currency", type=currency, metavar="CUR", help="where the file names none")
    parser.add_argument("--month", type=month, metavar="YYYY-MM", help="where the file names none")
    parser.add_argument("--issuer", metavar="NAME", default="", help="who sent it, where it does not say")
    parser.add_argument(
        "--column",
        type=column,
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help="which column is which, where the file does not say: amount=Netto; repeatable",
    )
    parser.add_argument(
        "--level",
        type=_level,
        metavar="LEVEL",
        help="whose money it is: payee-net (what you are paid), licensor-gross (what your label received)"
        " or pool (what the operator pays out for all)",
    )
    parser.add_argument(
        "--decimal",
        choices=("point", "comma"),
        default="",
        help="what marks the decimals: 1,234.56 or 1.234,56",
    )
    parser.add_argument(
        "--days",
        choices=("day-first", "month-first"),
        default="",
        help="how days such as 3/4/2025 are written",
    )
    parser.add_argument(
        "--delimiter", type=_delimiter, metavar="SIGN", help="between the cells: , ; | or tab"
    )
    parser.add_argument("--encoding", default="", metavar="NAME", help="of the characters: windows-1252")
    parser.add_argument(
        "--header-row", type=_row, metavar="N", help="which row names the columns, counted from 1"
    )
    former = parser.add_mutually_exclusive_group()
    former.add_argument(
        "--replaces", metavar="STATEMENT", help="it is a corrected version: count it in place of this one"
    )
    former.add_argument(
        "--keep-both", action="store_true", help="it only looks like one that is here: count both"
    )
    parser.add_argument(
        "--look", action="store_true", help="only show what it is and its first rows; nothing is taken over"
    )
    parser.add_argument(
        "--rejected", type=path, metavar="CSV", help="save the rows that were left out, with the reason"
    )


def _level(text: str) -> str:
    level = text.strip().lower().replace("_", "-")
    if level not in LEVELS:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(LEVELS)}")
    return level


def _delimiter(text: str) -> str:
    sign = _SIGNS.get(text.strip().lower(), text)
    if len(sign) != 1 or sign.isalnum() or sign in "\"'\r\n":
        raise argparse.ArgumentTypeError(f"{text!r} is not one sign such as ; or tab")
    return sign


def _row(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not the number of a row, counted from 1")
    return int(text)
