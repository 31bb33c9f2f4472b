"""What can be typed about reports that are there: to check, show, compare, export, redact and sign them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

# Name below `report` -> what it does.
COMMANDS: dict[str, str] = {
    "verify": "check reports; needs no account, no network",
    "show": "check reports and print what they hold",
    "compare": "say what a later report says that an earlier one does not",
    "export": "write tables of reports as PDF, XLSX or CSV",
    "redact": "write copies without some of it, which still verify",
    "sign": "add a signature of this profile to reports",
}
# Tables as people read them: the values of `report_sheets.ReportTable`, which is loaded when it is needed.
EXPORTED = (
    *("works", "permissions", "places", "history", "statements", "lines", "months", "findings", "cases"),
    *("agreements", "contracts", "parties"),
)
FORMATS = ("pdf", "xlsx", "csv", "zip")

ReadName = Callable[[str], str]
ReadPath = Callable[[str], Path]


def add_arguments(
    name: str, parser: argparse.ArgumentParser, read_name: ReadName, read_path: ReadPath
) -> None:
    """The arguments of one of COMMANDS."""
    if name == "compare":
        _compare(parser, read_path)
        return
    also = ", an evidence file, a receipt," if name == "verify" else ""
    words = f"a report{also} or a pattern such as reports/*.acreport"
    parser.add_argument("files", nargs="+", type=read_path, metavar="FILE", help=words)
    match name:
        case "verify":
            words = "only whether they are unchanged and who signed: no look at whether the rows agree"
            parser.add_argument("--quick", action="store_true", help=words)
        case "export":
            _export(parser, read_path)
        case "redact":
            _redact(parser, read_name, read_path)
        case "sign":
            _out(parser, read_path)


def _out(parser: argparse.ArgumentParser, read_path: ReadPath) -> None:
    words = "where to write it; of several reports, a folder that is there"
    parser.add_argument("--out", required=True, type=read_path, metavar="PATH", help=words)
    parser.add_argument("--replace", action="store_true", help="replace a file that is there already")


def _compare(parser: argparse.ArgumentParser, read_path: ReadPath) -> None:
    parser.add_argument("before", type=read_path, metavar="BEFORE", help="the earlier report")
    parser.add_argument("after", type=read_path, metavar="AFTER", help="the later report")
    words = "write the differences there too; the ending says how: .xlsx, .csv or .pdf"
    parser.add_argument("--out", type=read_path, metavar="FILE", help=words)
    parser.add_argument("--replace", action="store_true", help="replace a file that is there already")


def _export(parser: argparse.ArgumentParser, read_path: ReadPath) -> None:
    _out(parser, read_path)
    words = "only this table; repeatable (default: all)"
    parser.add_argument("--table", action="append", default=[], choices=EXPORTED, metavar="TABLE", help=words)
    words = "what is written into a folder; of a single file its ending says so"
    parser.add_argument("--format", choices=FORMATS, help=words)


def _redact(parser: argparse.ArgumentParser, read_name: ReadName, read_path: ReadPath) -> None:
    parser.add_argument(
        "--out",
        type=read_path,
        metavar="PATH",
        help="where to write it; of several reports, a folder that is there. Without it nothing is written:"
        " what would go is told",
    )
    parser.add_argument("--replace", action="store_true", help="replace a file that is there already")

    def several(option: str, metavar: str, words: str) -> None:
        parser.add_argument(
            option, action="append", default=[], type=read_name, metavar=metavar, help=f"{words}; repeatable"
        )

    several("--table", "TABLE", "take out a table, such as statements, by its name in the report")
    several(
        "--work", "WORK", "take out a recording or song, by title, identifier or id, with all that names it"
    )
    several(
        "--artist", "ARTIST", "take out an artist, by name or id, with all that names them or their works"
    )
    several("--row", "TABLE:KEY", "take out one row, by what tells it apart, such as inclusions:ID")
    several("--leave", "TABLE", "leave a table though it tells of what goes")
    words = "leave rows in which a title or name stands only in words"
    parser.add_argument("--leave-mentions", action="store_true", help=words)
    words = "sign the copies with the key of this profile, beside the signatures of the reports"
    parser.add_argument("--sign", action="store_true", help=words)
