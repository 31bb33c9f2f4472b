"""What can be typed after `statement` and `rates`, and how `earnings totals` is asked to convert."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from artist_console.cli.earnings_arguments import line_number

COMMANDS: dict[str, str] = {
    "list": "list the statements that are here, the latest period first",
    "show": "show one statement: from earned to paid, its checks, its first lines",
    "allocate": "divide a statement above payee level among its payees, or correct what was allocated of it",
    "export": "write a statement as XLSX, CSV, PDF or DSR, or what an artist earned in a period as PDF",
}
RATES: dict[str, str] = {
    "add": "keep a rate table: the ECB's eurofxref-hist.zip or .csv, or one with date, currency and rate",
    "list": "list the rate tables that are here",
    "remove": "forget a rate table and its file",
}
FORMATS = ("xlsx", "csv", "pdf", "dsr")

_STATEMENT = "id of a statement, or the last signs of it"


def add_arguments(
    name: str,
    parser: argparse.ArgumentParser,
    day: Callable[[str], date],
    path: Callable[[str], Path],
    count: Callable[[str], int],
) -> None:
    if name == "show":
        parser.add_argument("statement", metavar="STATEMENT", help=_STATEMENT)
        parser.add_argument("--lines", type=count, default=20, metavar="N", help="how many (default: 20)")
        words = "lines to begin behind"
        parser.add_argument("--offset", type=line_number, default=0, metavar="N", help=words)
    if name == "allocate":
        parser.add_argument("statement", metavar="STATEMENT", help=_STATEMENT)
    if name == "export":
        parser.add_argument(
            "file", type=path, metavar="FILE", help="ending in .xlsx, .csv, .pdf or .tsv (DSR)"
        )
        parser.add_argument("--statement", metavar="STATEMENT", help=f"{_STATEMENT} (default: the only one)")
        parser.add_argument("--format", choices=FORMATS, help="whatever the ending of the file says")
        words = "a PDF of all statements of these months; with --artist where there are several"
        parser.add_argument("--since", type=day, metavar="DATE", help=words)
        parser.add_argument("--until", type=day, metavar="DATE", help="to the month of this day")
        parser.add_argument("--replace", action="store_true", help="replace a file that is there already")


def add_rates(name: str, parser: argparse.ArgumentParser, path: Callable[[str], Path]) -> None:
    if name == "add":
        parser.add_argument("file", type=path, metavar="FILE", help="CSV, or a zip with one in it")
        parser.add_argument("--name", default="", metavar="TEXT", help="what to call it here")
        parser.add_argument("--source", default="", metavar="TEXT", help="who states the rates")
        words = "currency of which one unit is what the rates say (default: what the file says, else EUR)"
        parser.add_argument("--base", default="", metavar="CUR", help=words)
    if name == "remove":
        parser.add_argument("table", metavar="TABLE", help="name or id of a rate table")


def add_conversion(parser: argparse.ArgumentParser, day: Callable[[str], date]) -> None:
    """For a command that tells totals: what they come to in another currency, about."""
    words = "tell too what they come to in this currency, about, by a rate table"
    parser.add_argument("--in", dest="into", metavar="CUR", help=words)
    parser.add_argument("--rates", default="", metavar="NAME", help="which table (default: the latest rates)")
    parser.add_argument("--at", dest="rates_at", type=day, metavar="DATE", help="rates of this day")
