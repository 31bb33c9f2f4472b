"""What a block of a DDEX sales report names for the uses in it: recordings, songs and releases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from artist_console.domain.identifiers import Read, read_isrc, read_iswc, read_upc
from artist_console.domain.work_kinds import WorkKind

from .dsr_records import Fields
from .dsr_text import Record, values_of
from .incoming import CatalogueRow
from .statement_notes import RowNotes

NONE = "-"  # in a cell that must hold something
_MOST_NAMED = 10_000  # by the records of one block
_MOST_REMEMBERED = 100_000


@dataclass(slots=True)
class Block:
    """What the records of one block named so far."""

    id: str = ""
    resources: list[tuple[Record, Fields]] = field(default_factory=list)
    works: list[tuple[Record, Fields]] = field(default_factory=list)
    releases: list[tuple[Record, Fields]] = field(default_factory=list)
    sold: tuple[Record, Fields] | None = None  # the last record of money without an allocated amount
    sold_told: bool = False  # its usages stand on a line already
    allocated: bool = False
    waiting: list[tuple[Record, Fields]] = field(default_factory=list)

    def keep(self, record: Record, at: Fields) -> None:
        """A record that names something."""
        kind = record.code.type
        kept = self.works if kind == "MW01" else self.releases if kind[:2] == "RE" else self.resources
        if len(kept) < _MOST_NAMED:
            kept.append((record, at))


@dataclass(frozen=True, slots=True)
class Named:
    title: str = ""
    artist: str = ""
    isrc: str = ""
    iswc: str = ""
    upc: str = ""
    release: str = ""
    label: str = ""


class BlockNames:
    """Reads what records name; wrong identifiers are told once."""

    def __init__(self, notes: RowNotes) -> None:
        self._notes = notes
        self._identifiers: dict[tuple[str, str], Read] = {}

    def of(self, block: Block, sold: tuple[Record, Fields] | None) -> Named:
        """What a record of a block is about: the resource that it refers to, else the first of the block."""
        wanted = set()
        if sold is not None:
            record, at = sold
            wanted = {record.cell(at.get(name)) for name in ("resource", "release", "dsp")} - {""}
        resource = _referred(block.resources, wanted)
        release = _referred(block.releases, wanted)
        work = block.works[0] if block.works else None
        by_resource = self.by(*resource) if resource else Named()
        by_work = self.by(*work) if work else Named()
        by_release = self.by(*release) if release else Named()
        return Named(
            by_resource.title or by_work.title or by_release.title,
            by_resource.artist or by_release.artist or by_work.artist,
            by_resource.isrc,
            by_resource.iswc or by_work.iswc,
            by_release.upc,
            by_release.title,
            by_release.label,
        )

    def by(self, record: Record, at: Fields) -> Named:
        def text(name: str) -> str:
            found = ", ".join(values_of(record.cell(at.get(name))))
            return "" if found == NONE else found

        title = text("title") or text("work_title")
        if title and (more := text("subtitle")):
            title = f"{title} ({more})"
        number = record.number
        first_isrc = next(iter(values_of(record.cell(at.get("isrc")))), "")
        return Named(
            title,
            text("artist") or text("release_artist"),
            self._identifier(number, "ISRC", first_isrc),
            self._identifier(number, "ISWC", next(iter(values_of(record.cell(at.get("iswc")))), "")),
            self._identifier(number, "ICPN", text("upc")),
            text("release_title"),
            text("label"),
        )

    def _identifier(self, row: int, name: str, text: str) -> str:
        if not text:
            return ""
        key = (name, text)
        if key not in self._identifiers:
            if len(self._identifiers) > _MOST_REMEMBERED:
                self._identifiers.clear()
            self._identifiers[key] = _READERS[name](text)
        found = self._identifiers[key]
        if found.reason or found.warning:
            self._notes.warn_once(row, name, found.reason or found.warning)
        return found.value

    def works_of(self, block: Block) -> Iterator[CatalogueRow]:
        release = self.by(*block.releases[0]) if block.releases else Named()
        song = self.by(*block.works[0]) if block.works else Named()
        for record, at in block.resources:
            named = self.by(record, at)
            if named.title:
                yield work_row(record.number, named, release)
        if not block.resources and song.title:
            yield work_row(block.works[0][0].number, song)


_READERS = {"ISRC": read_isrc, "ISWC": read_iswc, "ICPN": read_upc}


def _referred(kept: list[tuple[Record, Fields]], wanted: set[str]) -> tuple[Record, Fields] | None:
    for record, at in kept:
        if wanted & ({record.cell(at.get("reference")), record.cell(at.get("dsp"))} - {""}):
            return record, at
    return kept[0] if kept else None


def work_row(row: int, named: Named, release: Named = Named()) -> CatalogueRow:
    return CatalogueRow(
        row,
        WorkKind.COMPOSITION if named.iswc and not named.isrc else WorkKind.RECORDING,
        named.title,
        tuple(part for part in named.artist.split(", ") if part),
        identifier=named.isrc or named.iswc,
        release_title=named.release or release.title,
        upc=named.upc or release.upc,
        label=named.label or release.label,
    )
