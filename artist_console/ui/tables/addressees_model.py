"""Addressees as a table: who, how they are reached and where that was read, and what is the person's own."""

from __future__ import annotations

from enum import IntEnum

from artist_console.domain.addressees import Addressee
from artist_console.ui.delegates.cells import Cell, TextCell
from artist_console.ui.letter_words import addressee_kind_words, contact_source_words, contact_words
from artist_console.ui.tables.fixed_rows import FixedRows
from artist_console.ui.text import say
from artist_console.ui.tokens import Token


class AddresseeColumn(IntEnum):
    NAME = 0
    CONTACT = 1
    OWN = 2


class AddresseesModel(FixedRows[Addressee]):
    """In the order in which the command gives them: by name."""

    def headers(self) -> tuple[str, ...]:
        return (say("addressee", "Name"), say("addressee", "Contact"), say("addressee", "By whom"))

    def place_of(self, id: str) -> int | None:
        return next((place for place, each in enumerate(self.rows) if each.id == id), None)

    def cell(self, row: Addressee, column: int) -> Cell:
        contact = row.contact_for()
        match AddresseeColumn(column):
            case AddresseeColumn.NAME:
                second = " · ".join(part for part in (addressee_kind_words(row.kind), row.country) if part)
                return TextCell(row.name, second, weight="medium")
            case AddresseeColumn.CONTACT:
                source = contact_source_words(contact, self._figures) if contact is not None else ""
                return TextCell(contact_words(contact), source, tone=Token.TEXT_2)
            case AddresseeColumn.OWN:
                return TextCell(own_words(row), tone=Token.TEXT_2)


def own_words(addressee: Addressee) -> str:
    """Who put it there."""
    if addressee.id.startswith("known/"):
        return say("addressee", "Changed by you") if addressee.own else say("addressee", "From the directory")
    if addressee.id.startswith("party/"):
        return say("addressee", "Changed by you") if addressee.own else say("addressee", "From your records")
    return say("addressee", "Added by you")
