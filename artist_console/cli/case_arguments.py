"""What can be typed about cases: `case list`, `show`, `sent`, `add-reply`, `outcome`, `next`, `note` …"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from artist_console.domain.cases import CaseState, OutcomeKind, SentBy

CASES: dict[str, str] = {
    "list": "list cases: overdue first, then by the next date",
    "show": "show one case with its letters and everything that happened",
    "sent": "note that letters were sent: drop in the sent mail, or name the case and how",
    "add-reply": "keep a reply: a mail (.eml), a PDF, a picture or a text",
    "outcome": "record what a reply says; where it says where works are, the works show it",
    "take-back": "say that a sending, a reply or an outcome was noted by mistake",
    "next": "note until when something is due, or take the date away",
    "note": "add a note, or say who takes care of it",
    "close": "close a case",
    "reopen": "take up a closed case",
}
_CASE = "id of a case, or the last signs of it"


def add_arguments(
    name: str,
    parser: argparse.ArgumentParser,
    read_day: Callable[[str], date],
    read_path: Callable[[str], Path],
) -> None:
    if name == "list":
        parser.add_argument("text", nargs="?", default="", metavar="TEXT", help="title, name or work")
        states = [state.value for state in CaseState]
        parser.add_argument("--state", choices=states, help="only cases that stand so")
        return
    if name == "sent":
        _sent(parser, read_day, read_path)
        return
    if name == "add-reply":
        _reply(parser, read_day, read_path)
        return
    parser.add_argument("case", metavar="CASE", help=_CASE)
    if name == "show":
        words = "write the files of its events into this folder"
        parser.add_argument("--files", type=read_path, metavar="DIR", help=words)
    elif name == "outcome":
        _outcome(parser, read_day)
    elif name == "take-back":
        parser.add_argument("event", metavar="EVENT", help="id of what was noted, or the last signs of it")
        parser.add_argument("--note", default="", metavar="TEXT", help="why; kept on this computer")
    elif name == "next":
        when = parser.add_mutually_exclusive_group(required=True)
        when.add_argument("--on", type=read_day, metavar="DATE", help="until when")
        when.add_argument("--none", action="store_true", help="take the date away")
    elif name == "note":
        parser.add_argument("words", nargs="?", default="", metavar="TEXT", help="kept on this computer")
        parser.add_argument("--owner", metavar="NAME", help="who takes care of it; empty: nobody")
    elif name == "close":
        parser.add_argument("--note", default="", metavar="TEXT", help="why; kept on this computer")


def _sent(
    parser: argparse.ArgumentParser, read_day: Callable[[str], date], read_path: Callable[[str], Path]
) -> None:
    words = f"{_CASE} (default: those whose letters the file holds)"
    parser.add_argument("case", nargs="?", metavar="CASE", help=words)
    parser.add_argument(
        "--file", type=read_path, metavar="FILE", help="proof: the sent mail, a picture, a PDF"
    )
    parser.add_argument("--letter", metavar="ID", help="which letter of the case (default: the last)")
    parser.add_argument("--how", choices=[how.value for how in SentBy], default=SentBy.MAIL.value)
    parser.add_argument(
        "--on", type=read_day, metavar="DATE", help="the day of it (default: that of the mail, else today)"
    )
    parser.add_argument("--number", default="", metavar="TEXT", help="number of the post or of a form")
    _other(parser)


def _reply(
    parser: argparse.ArgumentParser, read_day: Callable[[str], date], read_path: Callable[[str], Path]
) -> None:
    parser.add_argument("file", type=read_path, metavar="FILE", help="the reply as a file")
    which = parser.add_mutually_exclusive_group()
    words = f"{_CASE}; repeatable (default: the one that the mail answers)"
    which.add_argument("--case", action="append", default=[], metavar="CASE", help=words)
    words = "all cases that the mail answers: one mail can hold several letters"
    which.add_argument("--every", action="store_true", help=words)
    key = parser.add_mutually_exclusive_group()
    key.add_argument(
        "--dkim-key", metavar="TEXT", help="key of the mail's signature, as a name server has it"
    )
    key.add_argument("--dkim-key-file", type=read_path, metavar="FILE", help="a file with such keys")
    words = "the day it came (default: the day that the mail names, else today)"
    parser.add_argument("--on", type=read_day, metavar="DATE", help=words)
    _other(parser)


def _other(parser: argparse.ArgumentParser) -> None:
    words = "keep a file of any other kind as it is; it is never opened"
    parser.add_argument("--as-other", action="store_true", help=words)


def _outcome(parser: argparse.ArgumentParser, read_day: Callable[[str], date]) -> None:
    parser.add_argument("kind", choices=[kind.value.replace("_", "-") for kind in OutcomeKind])
    words = "the sentence as it stands in the reply; any other words are kept as your summary"
    parser.add_argument("--words", default="", metavar="TEXT", help=words)
    words = "the reply it came of, or the outcome that it puts right (default: the only reply)"
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--of", metavar="ID", help=words)
    words = "it stands in no reply: told by phone or in person, which counts as self-reported"
    which.add_argument("--without-file", action="store_true", help=words)
    words = "a work it speaks of, by title, identifier or id; repeatable (default: those of the case)"
    parser.add_argument("--work", action="append", default=[], metavar="WORK", help=words)
    parser.add_argument("--programme", metavar="NAME", help="the programme it names, by name or id")
    parser.add_argument("--dataset", metavar="NAME", help="the dataset it names, by name or id")
    parser.add_argument("--model", metavar="NAME", help="the model it names, by name or id")
    parser.add_argument("--as-of", type=read_day, metavar="DATE", help="the day it speaks of")
    words = "who says it (default: the addressee); it counts by who that is, as far as known here"
    parser.add_argument("--said-by", default="", metavar="NAME", help=words)
