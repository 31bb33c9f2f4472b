"""The sender's details of letters: kept once, read and changed here. They stay in the profile."""

from __future__ import annotations

import re
from dataclasses import dataclass

from artist_console.commands.console import Console, Result
from artist_console.commands.contract_form import Fault
from artist_console.domain.changes import Changes
from artist_console.domain.ids import ArtistId
from artist_console.domain.letter_needs import one_line, several_lines
from artist_console.domain.letter_sender import OF_ALL, Sender
from artist_console.domain.problems import InputProblem
from artist_console.domain.territories import ISO_COUNTRIES
from artist_console.store import private
from artist_console.store.private import PrivateKind

MOST_LINE, MOST_LINES, MOST_MAIL = 200, 8, 254  # characters; lines; RFC 5321
_MAIL = re.compile(r"[^\s@<>()\[\]\\,;:\"]+@[^\s@<>()\[\]\\,;:\".]+(\.[^\s@<>()\[\]\\,;:\".]+)+")
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{2,40}")

NEEDS_COUNTRY = (
    "An address needs its country: an answer from abroad would not find it. Two letters such as SE or GB."
)
NOT_A_COUNTRY = "“{text}” is not a country code. Use two letters such as SE or GB."
NOT_A_MAIL = "“{text}” is not one mail address. Write it such as name@example.org."
NOT_A_PHONE = "“{text}” is not a telephone number. Write it such as +46 8 123 456."
TOO_LONG = f"A line has at most {MOST_LINE} characters, and an address at most {MOST_LINES} lines."


@dataclass(frozen=True, slots=True)
class SenderText:
    """What was written into each field."""

    name: str = ""
    postal: str = ""  # lines
    country: str = ""
    email: str = ""
    phone: str = ""


class BadSender(InputProblem):
    """Nothing was changed. `faults` name their fields."""

    title_template = "The sender’s details were not kept: {first}"
    advice_template = "Correct it and keep them again"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(first=" ".join(fault.words for fault in faults))
        self.faults = faults


def own_sender(console: Console, artist: ArtistId | None = None) -> Sender | None:
    """The details that were given for this artist, or with None for everything; without looking further."""
    return private.get(console.store, PrivateKind.SENDER, artist or OF_ALL, Sender)


def sender_of(console: Console, artist: ArtistId | None = None) -> Sender | None:
    """The details that a letter of this artist bears: the artist's own, else those for everything."""
    own = own_sender(console, artist) if artist is not None else None
    return own or own_sender(console)


def check_sender(text: SenderText) -> tuple[Fault, ...]:
    """What is wrong with what was written, field by field."""
    lines = [text.name, text.phone, *text.postal.splitlines()]
    postal, country = several_lines(text.postal), text.country.strip().upper()
    mail, phone = text.email.strip(), one_line(text.phone)
    faults: list[Fault] = []
    if any(len(line) > MOST_LINE for line in lines) or postal.count("\n") >= MOST_LINES:
        faults.append(Fault("postal", TOO_LONG))
    if postal and not country:
        faults.append(Fault("country", NEEDS_COUNTRY))
    elif country and country not in ISO_COUNTRIES:
        faults.append(Fault("country", NOT_A_COUNTRY.format(text=one_line(country)[:20])))
    if mail and (len(mail) > MOST_MAIL or _MAIL.fullmatch(mail) is None):
        faults.append(Fault("email", NOT_A_MAIL.format(text=one_line(mail)[:60])))
    if phone and _PHONE.fullmatch(phone) is None:
        faults.append(Fault("phone", NOT_A_PHONE.format(text=phone[:60])))
    return tuple(faults)


def save_sender(console: Console, text: SenderText, artist: ArtistId | None = None) -> Result[Sender | None]:
    """Keep them in place of the former ones; with every field empty they are forgotten. Raises BadSender."""
    faults = check_sender(text)
    if faults:
        raise BadSender(faults)
    made = Sender(
        id=artist or OF_ALL,
        name=one_line(text.name),
        postal=tuple(line for line in several_lines(text.postal).split("\n") if line),
        country=text.country.strip().upper() if text.postal.strip() else "",
        email=text.email.strip(),
        phone=one_line(text.phone),
    )
    if made == Sender(id=made.id):
        private.remove(console.store, PrivateKind.SENDER, made.id)
        return Result(None, Changes.CASES)
    private.put(console.store, PrivateKind.SENDER, artist or "", [made], console.clock())
    return Result(made, Changes.CASES)


def text_of(sender: Sender | None) -> SenderText:
    """The details as they are written into the fields, to be changed."""
    if sender is None:
        return SenderText()
    return SenderText(sender.name, "\n".join(sender.postal), sender.country, sender.email, sender.phone)
