"""What is known of a public list as a whole: the card of its dataset version.

What the person says of it comes first, then what the list says of itself, then what is publicly known of a
list that looks like it. The id follows from account and file, so that the same list finds itself, and another
edition is a version of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from pathlib import PurePath

from artist_console.domain.directory import KnownDataset, datasets_of, recognise_list
from artist_console.domain.ids import DatasetVersionId
from artist_console.domain.inclusion import Basis, DatasetVersion
from artist_console.formats.incoming import DatasetRow
from artist_console.host.resources import resource_bytes

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


@cache
def _known_datasets() -> tuple[KnownDataset, ...]:
    return datasets_of(json.loads(resource_bytes("directory/datasets.json")))


def recognised(columns: Sequence[str], order: Order) -> KnownDataset | None:
    """The public list that this one looks like, by its columns and the name of the file."""
    return recognise_list(_known_datasets(), columns, order.file_name)


def dataset_id(order: Order, sha256: str) -> DatasetVersionId:
    """Of a list with this hash."""
    return DatasetVersionId(stable_id("dataset", order.account, sha256))


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


def card_of(
    id: DatasetVersionId, order: Order, common: RowsInCommon, rows: int, known: KnownDataset | None
) -> DatasetVersion:
    """The dataset version as far as this file and this order tell."""
    return DatasetVersion(
        id,
        list_name(order, known),
        version=order.version,
        publisher=order.publisher or common.publisher or (known.publisher if known else ""),
        public=True,
        sha256=order.sha256,
        licence=common.licence or (known.licence if known else ""),
        obtained_from=order.obtained_from or order.file_name,
        rows=rows,
        documented=known.documented if known else (),
        brought_on=order.at.date(),
        known_as=known.key if known else "",
    )


def list_name(order: Order, known: KnownDataset | None) -> str:
    """As the person calls it, else as it is known, else the file without its endings."""
    if not order.name and known:
        return known.name
    return order.name or _ENDINGS.sub("", PurePath(order.file_name).name) or order.file_name


def filled_in(kept: DatasetVersion, told: DatasetVersion) -> DatasetVersion:
    """The card as it stands, with what it lacked so far."""
    names = {each.name for each in fields(DatasetVersion)} & set(_FILLED_IN)
    return replace(kept, **{name: getattr(told, name) for name in names if not getattr(kept, name)})
