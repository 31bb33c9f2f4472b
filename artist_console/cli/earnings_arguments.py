"""What can be typed after `earnings`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

COMMANDS: dict[str, str] = {
    "totals": "exact totals per currency, AI income only",
    "lines": "the lines of a statement: what each means, and how it was made",
    "check": "check statements: what adds up, where it first does not and by how much, until when to object",
    "reconcile": "payments beside where works are included and what was allowed: what does not meet",
    "waterfall": "follow a statement, a line or a work from the pool to what comes out",
    "sources": "what names of stores and services in statements are held to be; say what one is",
}
# As texts: what is typed is read before the window opens, and its first rows wait for no rule about money.
LINE_KINDS = (
    "fee.training",
    "fee.version",
    "mg",
    "pool.subscription",
    "usage.generation",
    "usage.output.attributed",
    "usage.output.analogy",
    "usage.stream.derivative",
    "voice.model",
    "settlement",
    "equity",
    "backpay",
    "advance",
    "recoupment",
    "cost",
    "split.transfer",
    "reserve.held",
    "reserve.released",
    "adjustment",
    "reversal",
    "tax.withheld",
    "commission",
    "unattributed",
    "other",
)
RECONCILE_KINDS = (
    "paid-after-refusal",
    "rate-below-agreement",
    "included-not-paid",
    "paid-not-included",
    "use-without-statement",
)
BREAKDOWNS = ("programme", "kind", "month", "work", "artist")

_MOST_LINES = 100_000_000
_DIGITS = 12
_STATEMENT = "id of a statement, or the last signs of it"


def add_arguments(
    name: str,
    parser: argparse.ArgumentParser,
    day: Callable[[str], date],
    path: Callable[[str], Path],
    count: Callable[[str], int],
) -> None:
    """The arguments of one command, but --artist."""
    match name:
        case "totals":
            add_filters(parser, day)
            words = "what else to add up by (default: programme)"
            parser.add_argument("--by", choices=BREAKDOWNS, default="programme", help=words)
        case "lines":
            parser.add_argument("statement", metavar="STATEMENT", help=_STATEMENT)
            add_filters(parser, day)
            parser.add_argument(
                "--line", type=line_number, metavar="N", help="only the line of this number, in full"
            )
            parser.add_argument(
                "--limit", type=count, default=100, metavar="N", help="how many (default: 100)"
            )
            words = "lines to begin behind"
            parser.add_argument("--offset", type=line_number, default=0, metavar="N", help=words)
        case "check":
            parser.add_argument(
                "statement", nargs="?", metavar="STATEMENT", help=f"{_STATEMENT} (default: all)"
            )
        case "reconcile":
            add_work_and_programme(parser)
            parser.add_argument("--kind", choices=RECONCILE_KINDS, help="only of this kind")
            add_days(parser, day)
            parser.add_argument("--out", type=path, metavar="FILE", help="write them as .csv or .xlsx")
            parser.add_argument("--replace", action="store_true", help="replace a file that is there already")
        case "waterfall":
            what = parser.add_mutually_exclusive_group(required=True)
            what.add_argument("statement", nargs="?", metavar="STATEMENT", help=_STATEMENT)
            what.add_argument("--of-work", metavar="WORK", help="of a work: title, identifier or id")
            parser.add_argument("--line", type=line_number, metavar="N", help="of one line of the statement")
            parser.add_argument("--programme", metavar="NAME", help="of a work: only this programme")
            add_days(parser, day)
        case "sources":
            _sources(parser)


def _sources(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", metavar="TEXT", help="say something of this name, as statements write it")
    said = parser.add_mutually_exclusive_group()
    said.add_argument("--kind", type=_kind, metavar="KIND", help="it is AI income of this kind")
    said.add_argument("--not-ai", action="store_true", help="it is no AI income")
    said.add_argument("--forget", action="store_true", help="take back what was said of it")
    parser.add_argument("--programme", metavar="NAME", help="with --kind: the programme that it is")
    parser.add_argument("--note", default="", metavar="TEXT", help="why; kept on this computer")


def add_filters(parser: argparse.ArgumentParser, day: Callable[[str], date]) -> None:
    """Which lines."""
    add_work_and_programme(parser)
    parser.add_argument("--kind", type=_kind, metavar="KIND", help="only this kind, such as fee.training")
    parser.add_argument("--use", metavar="USE", help="only this use, by its key, such as train.generative")
    parser.add_argument(
        "--territory", default="", metavar="CC", help="only this territory, as the lines name it"
    )
    parser.add_argument(
        "--source", default="", metavar="NAME", help="only this store or service, as delivered"
    )
    add_days(parser, day)


def add_work_and_programme(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--work", metavar="WORK", help="only this work, by title, identifier or id")
    parser.add_argument("--programme", metavar="NAME", help="only this programme, by name or id")


def add_days(parser: argparse.ArgumentParser, day: Callable[[str], date]) -> None:
    parser.add_argument("--since", type=day, metavar="DATE", help="from the month of this day")
    parser.add_argument("--until", type=day, metavar="DATE", help="to the month of this day")


def line_number(text: str) -> int:
    """Of a line of a statement; as many as a file can have."""
    if not text.isdecimal() or len(text) > _DIGITS or int(text) > _MOST_LINES:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to {_MOST_LINES:,}")
    return int(text)


def _kind(text: str) -> str:
    key = text.strip().lower()
    if key not in LINE_KINDS:
        raise argparse.ArgumentTypeError(f"{text!r} is no kind of line; they are {', '.join(LINE_KINDS)}")
    return key
