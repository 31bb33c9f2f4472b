"""What is known of a public list as a whole: the card of its dataset version.

What the person says of it comes first, then what the list says of itself. The id follows from account and
file, so that the same list finds itself, and another edition is a version of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields, replace
from pathlib import PurePath

from artist_console.domain.ids import DatasetVersionId
from artist_console.domain.inclusion import Basis, DatasetVersion
from artist_console.formats.incoming import DatasetRow

from .job import Order, stable_id

_PUBLIC_DOMAIN = re.compile(r"public\s*domain\s*mark|publicdomain/mark|^public\s*domain$", re.IGNORECASE)
_OPEN = re.compile(
    r"creativecommons\.org/(?:licenses|publicdomain)|\bcc[\s-]?(?:0|by|zero|sampling)|creative\s+commons|attribution"
    r"|free\s+art\s+license|art\s+libre|\bodc-?by\b|\bmit\b",
    re.IGNORECASE,
)
_ENDINGS = re.compile(r"(?:\.(?:csv|tsv|txt|json|jsonl|ndjson|xlsx|gz|zip))+$", re.IGNORECASE)
# What a later import of the same file may fill in, and may not change.
_FILLED_IN = ("version", "publisher", "licence", "documented", "known_as", "brought_on")


def basis_of(licence: str) -> Basis:
    """On what the list itself says that the use rests."""
    if _PUBLIC_DOMAIN.search(licence.strip()):
        return Basis.PUBLIC_DOMAIN
    return Basis.OPEN_LICENCE if _OPEN.search(licence) else Basis.UNDECLARED


def dataset_id(order: Order) -> DatasetVersionId:
    return DatasetVersionId(stable_id("dataset", order.account, order.sha256))


@dataclass(slots=True)
class RowsInCommon:
    """What all rows of a list have in common, told while they pass."""

    licences: set[str] = field(default_factory=set)
    publishers: set[str] = field(default_factory=set)

    def add(self, row: DatasetRow) -> None:
        # Two are enough to know that they have nothing in common.
        if len(self.licences) < 2:
            self.licences.add(row.licence)
        if len(self.publishers) < 2:
            self.publishers.add(row.publisher)

    @property
    def licence(self) -> str:
        return next(iter(self.licences)) if len(self.licences) == 1 else ""

    @property
    def publisher(self) -> str:
        return next(iter(self.publishers)) if len(self.publishers) == 1 else ""


def card_of(order: Order, common: RowsInCommon, rows: int) -> DatasetVersion:
    """The dataset version as far as this file and this order tell."""
    return DatasetVersion(
        dataset_id(order),
        list_name(order),
        version=order.version,
        publisher=order.publisher or common.publisher,
        public=True,
        sha256=order.sha256,
        licence=common.licence,
        obtained_from=order.obtained_from or order.file_name,
        rows=rows,
        brought_on=order.at.date(),
    )


def list_name(order: Order) -> str:
    """As the person calls it, else the file without its endings."""
    return order.name or _ENDINGS.sub("", PurePath(order.file_name).name) or order.file_name


def filled_in(kept: DatasetVersion, told: DatasetVersion) -> DatasetVersion:
    """The card as it stands, with what it lacked so far."""
    names = {each.name for each in fields(DatasetVersion)} & set(_FILLED_IN)
    return replace(kept, **{name: getattr(told, name) for name in names if not getattr(kept, name)})
