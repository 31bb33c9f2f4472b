"""What can be typed after `addressee`: one function gives each of its commands its arguments."""

from __future__ import annotations

import argparse

from artist_console.domain.addressees import AddresseeKind

COMMANDS: dict[str, str] = {
    "list": "list whom letters can be written to, with where each contact was read",
    "show": "show one addressee in full",
    "add": "add an addressee of your own",
    "change": "change an addressee; what is not given stays",
    "remove": "take back what you changed or added; what ships comes back",
}
_MOST_PLACES = 99
_WHO = "id, or the name, whole or in part"


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """The arguments of one command. Fields are text: the command says of each what is wrong with it."""
    if name == "list":
        parser.add_argument("text", nargs="?", default="", metavar="TEXT", help="only those so called")
        kinds = [kind.value for kind in AddresseeKind]
        parser.add_argument("--kind", choices=kinds, help="only those of this kind")
    if name in ("show", "change", "remove"):
        parser.add_argument("addressee", metavar="ADDRESSEE", help=_WHO)
    if name in ("add", "change"):
        _fields(parser)
        _contact(parser)
    if name == "change":
        parser.add_argument(
            "--contact", type=_place, metavar="N", help="change the contact with this number instead"
        )
        parser.add_argument(
            "--drop-contact",
            type=_place,
            action="append",
            default=[],
            metavar="N",
            help="remove the contact with this number; repeatable",
        )
    if name == "remove":
        parser.add_argument("--yes", action="store_true", help="remove it without asking again")


def _fields(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", metavar="NAME", help="who it is")
    parser.add_argument("--kind", metavar="KIND", help="operator, label, publisher, society, person, …")
    parser.add_argument("--country", metavar="CC", help="where it sits, two letters")
    parser.add_argument("--language", metavar="LANG", help="in which it is best written to: en, de, fr, es")
    parser.add_argument("--home", metavar="URL", help="its site")
    parser.add_argument(
        "--also", dest="also_called", action="append", metavar="NAME", help="other name; repeatable"
    )
    parser.add_argument("--party", metavar="ID", help="the party of the records that it is")
    parser.add_argument("--note", metavar="TEXT")


def _contact(parser: argparse.ArgumentParser) -> None:
    contact = parser.add_argument_group("one contact, added to those that are there")
    contact.add_argument("--purpose", metavar="KIND", help="copyright, privacy, licensing, general, …")
    contact.add_argument("--email", metavar="MAIL")
    contact.add_argument("--form", metavar="URL", help="address of a form, https")
    contact.add_argument("--postal", action="append", metavar="LINE", help="a line of it; repeatable")
    contact.add_argument("--postal-country", metavar="CC", help="of the postal address, two letters")
    contact.add_argument("--says", metavar="TEXT", help="what its owner says it is for")
    contact.add_argument("--source", metavar="URL", help="the page you read it on")
    contact.add_argument("--checked-on", metavar="DAY", help="when you read it")


def _place(text: str) -> str:
    """The number of a contact, still as text: what is given several times is read as text everywhere."""
    if not (text.isascii() and text.isdecimal() and 0 < int(text) <= _MOST_PLACES):
        raise argparse.ArgumentTypeError(f"{text!r} is not the number of a contact, such as 1")
    return text
