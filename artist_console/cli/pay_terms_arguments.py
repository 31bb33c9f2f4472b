"""What can be typed after `pay-terms`, `direction` and `split`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date

from artist_console.domain.uses import Right

TERMS: dict[str, str] = {
    "list": "list what payees are paid by issuers of statements: rates, advances, reserves, commission, tax",
    "add": "keep the terms of a payee with an issuer, or of everybody whom the issuer pays",
    "change": "change terms that are kept",
    "remove": "forget terms",
}
DIRECTIONS: dict[str, str] = {
    "list": "list letters of direction: who has which part of their money paid to whom",
    "add": "keep a letter of direction",
    "remove": "forget a letter of direction",
}
SPLITS: dict[str, str] = {
    "list": "list who is paid what of works, as it was said by hand",
    "set": "say who is paid what of a right of a work; it is for paying alone and permits nothing",
    "remove": "forget who is paid what",
}
Day = Callable[[str], date]


def add_terms(name: str, parser: argparse.ArgumentParser, day: Day) -> None:
    if name in ("change", "remove"):
        parser.add_argument("terms", metavar="TERMS", help="id, or the last signs of it")
    if name not in ("add", "change"):
        return
    parser.add_argument("--issuer", required=name == "add", metavar="NAME", help="who issues the statements")
    words = "who is paid, by name or id (default: everybody whom the issuer pays)"
    parser.add_argument("--payee", metavar="NAME", help=words)
    words = "part that is paid on, such as 0.5 or 50%%; with :WHAT only for a right, a use or a programme"
    parser.add_argument("--rate", dest="rates", action="append", metavar="PART[:WHAT]", help=words)
    words = "part of a line that a right has, such as master=80%%; together they are all of it"
    parser.add_argument("--right-part", dest="right_parts", action="append", metavar="RIGHT=PART", help=words)
    words = "what is still to be recouped when the terms begin, such as 1200.00"
    parser.add_argument("--recoupable", metavar="AMOUNT", help=words)
    parser.add_argument("--currency", metavar="CUR", help="of the amount")
    words = "of a period's earnings, at most this part is set against it (default: all)"
    parser.add_argument("--recouped-share", metavar="PART", help=words)
    parser.add_argument("--reserve", metavar="PART", help="held back of what is left")
    parser.add_argument(
        "--reserve-periods", type=int, metavar="N", help="after so many periods it comes back"
    )
    parser.add_argument("--commission", metavar="PART", help="kept for a manager, of what is left")
    parser.add_argument("--commission-to", metavar="NAME", help="who gets a statement of the commission")
    parser.add_argument("--mandate", metavar="ID", help="due only while this mandate is in force")
    parser.add_argument("--tax", metavar="PART", help="withheld of what is left")
    _dates(parser, day, "the contract and its clause")


def add_directions(name: str, parser: argparse.ArgumentParser, day: Day) -> None:
    if name == "remove":
        parser.add_argument("direction", metavar="LETTER", help="id, or the last signs of it")
    if name != "add":
        return
    words = "who directs: their share, by name or id"
    parser.add_argument("--by", required=True, metavar="NAME", help=words)
    words = "who is paid in place of them; need hold no right, and is added where not known"
    parser.add_argument("--to", required=True, metavar="NAME", help=words)
    parser.add_argument("--share", required=True, metavar="PART", help="such as 25%%, of their share")
    parser.add_argument("--payer", metavar="NAME", help="who issues the statements (default: everybody)")
    parser.add_argument("--work", metavar="WORK", help="only for this work, by title, identifier or id")
    rights = [right.value for right in Right]
    parser.add_argument("--right", choices=rights, help="only for this right")
    _dates(parser, day, "the letter: its date, where it lies")


def add_splits(name: str, parser: argparse.ArgumentParser, day: Day) -> None:
    rights = [right.value for right in Right]
    if name == "remove":
        words = "id, or the last signs of it; or the work, where the right is named, too"
        parser.add_argument("split", metavar="SPLIT", help=words)
        parser.add_argument("right", metavar="RIGHT", nargs="?", choices=rights, help="of the work")
        return
    words = "by title, identifier or id"
    if name == "list":
        parser.add_argument("work", metavar="WORK", nargs="?", help=words)
        return
    parser.add_argument("work", metavar="WORK", help=words)
    parser.add_argument("right", metavar="RIGHT", choices=rights, help=", ".join(rights))
    words = "who is paid and which share, such as “Mara Quist=50%%”; added where not known"
    parser.add_argument("shares", metavar="PARTY=SHARE", nargs="+", help=words)
    _dates(parser, day, "who or what says so")


def _dates(parser: argparse.ArgumentParser, day: Day, source: str) -> None:
    parser.add_argument("--from", dest="since", type=day, metavar="DATE", help="first day")
    parser.add_argument("--until", type=day, metavar="DATE", help="last day")
    parser.add_argument("--source", metavar="TEXT", help=source)
