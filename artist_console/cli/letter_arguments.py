"""What can be typed about letters."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from artist_console.domain.addressees import ContactPurpose
from artist_console.domain.letter_kinds import Attach, Capacity, Language, LetterKind
from artist_console.domain.letter_text import MOST_LISTED

COMMANDS: dict[str, str] = {
    "kinds": "list the kinds of letters, what each needs, and why one cannot be written",
    "list": "list the letters that are kept",
    "sender": "show or set your name and address as letters bear them; kept in the profile alone",
    "draft": "draft letters from artists to addressees; keeps them only with --keep, and sends nothing",
    "show": "show a kept letter as it stands",
    "export": "write kept letters as PDF, mail drafts or text, with what goes along",
}
FORMS = ("pdf", "eml", "text")
_LETTER = "id of a letter, or the last signs of it"


def dashed(values: type[LetterKind] | type[Attach]) -> list[str]:
    return [each.value.replace("_", "-") for each in values]


def add_arguments(name: str, parser: argparse.ArgumentParser, read_path: Callable[[str], Path]) -> None:
    match name:
        case "list":
            parser.add_argument(
                "--kind", choices=dashed(LetterKind), metavar="KIND", help="only of this kind"
            )
        case "sender":
            _add_sender(parser)
        case "draft":
            _add_draft(parser)
        case "show":
            parser.add_argument("letter", metavar="LETTER", help=_LETTER)
        case "export":
            parser.add_argument("letters", nargs="*", metavar="LETTER", help=_LETTER)
            _add_filter(parser)
            parser.add_argument("--out", required=True, type=read_path, metavar="DIR", help="where to write")
            parser.add_argument("--form", choices=FORMS, default="pdf", help="as what (default: pdf)")
            words = "of mail drafts, one to each addressee with each letter as PDF"
            parser.add_argument("--per-addressee", action="store_true", help=words)
            parser.add_argument("--replace", action="store_true", help="replace files that are there already")


def _add_sender(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("show", "set"), metavar="show|set", help="show or set them")
    words = "those of this artist alone, by name or id (default: those of everything that is written here)"
    parser.add_argument("--artist", metavar="ARTIST", help=words)
    parser.add_argument("--name", metavar="NAME", help="as you sign")
    words = "a line of the postal address; repeatable, in order"
    parser.add_argument("--line", dest="lines", action="append", metavar="TEXT", help=words)
    parser.add_argument("--country", metavar="CC", help="of the postal address, two letters")
    parser.add_argument("--email", metavar="ADDRESS", help="where answers go")
    parser.add_argument("--phone", metavar="TEXT", help="telephone")


def _add_filter(parser: argparse.ArgumentParser) -> None:
    """In place of ids: the last letter of each case that fits all that is given."""
    for name, dest, meta, words in (
        ("--artist", "artists", "ARTIST", "those from this artist, by name or id; repeatable"),
        ("--case", "cases", "CASE", "that of this case, by its id or the last signs of it; repeatable"),
        ("--addressee", "addressees", "ADDRESSEE", "those to this addressee, by name or id; repeatable"),
    ):
        parser.add_argument(name, dest=dest, action="append", metavar=meta, help=words)
    parser.add_argument("--kind", choices=dashed(LetterKind), metavar="KIND", help="those of this kind")
    parser.add_argument("--unsent", action="store_true", help="those of which no sending is noted")


def _add_draft(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=dashed(LetterKind), metavar="KIND", help="see: letter kinds")
    parser.add_argument(
        "--artist",
        dest="artists",
        action="append",
        metavar="ARTIST",
        help="from this artist, by name or id; repeatable (default: the only one there is)",
    )
    words = "to this addressee, by name or id; repeatable"
    parser.add_argument("--to", dest="addressees", action="append", metavar="ADDRESSEE", help=words)
    words = "only these works, by title, identifier or id; repeatable"
    parser.add_argument("--work", dest="works", action="append", metavar="WORK", help=words)
    parser.add_argument("--language", choices=[each.value for each in Language], help="of the letter")
    parser.add_argument("--country", metavar="CC", help="whose law it cites (default: the addressee's)")
    parser.add_argument("--as", dest="capacity", choices=[each.value for each in Capacity], help="as what")
    words = "to the addressee's contact for this, where another would be taken"
    parser.add_argument("--contact", choices=[each.value for each in ContactPurpose], help=words)
    words = "the member that signs for a group in person, by name (default: the first)"
    parser.add_argument("--signer", metavar="NAME", help=words)
    words = "a value that the letter needs, such as deadline=2026-12-31; repeatable"
    parser.add_argument("--value", dest="values", action="append", metavar="NAME=TEXT", help=words)
    words = "let this go along; repeatable"
    parser.add_argument("--attach", action="append", choices=dashed(Attach), help=words)
    words = f"name all works in the letter, even more than {MOST_LISTED}, which else go along as a list"
    parser.add_argument("--list-in-letter", action="store_true", help=words)
    parser.add_argument("--programme", metavar="PROGRAMME", help="about this programme, by name or id")
    for thing in ("finding", "statement", "removal"):
        words = f"about this {thing}, by its id or the last signs of it"
        parser.add_argument(f"--{thing}", metavar="ID", help=words)
    parser.add_argument("--case", metavar="ID", help="a follow-up: the case that it adds to")
    parser.add_argument("--keep", action="store_true", help="keep the drafts, each as a case")
