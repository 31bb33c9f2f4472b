"""Releases of a DDEX message: products with their tracks in order, tracks offered alone, purged ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from artist_console.domain.identifiers import read_grid, read_upc
from artist_console.domain.works import WorkIdentifier

from .ern_elements import (
    Children,
    Notes,
    as_number,
    by_territory,
    children,
    default_first,
    first,
    inner,
    is_true,
    line_of,
    ordered,
    own_code,
    reference_in,
    text,
    value_of,
    year_in,
)
from .ern_parties import Parties
from .ern_titles import read_titles, shown_artists
from .ern_xml import Element
from .incoming import Takedown
from .table_cells import read_date

_TRACK_TYPES = frozenset({"TrackRelease", "VideoTrackRelease"})
_KINDS = {"singleresourcerelease": "single", "compilation": "collection", "boxset": "collection"}
_DATES = ("ReleaseDate", "GlobalReleaseDate", "OriginalReleaseDate", "GlobalOriginalReleaseDate")
_MOST_LEVELS = 300  # of groups; the parser takes fewer


@dataclass(frozen=True, slots=True)
class Codes:
    """The identifiers of a release. `isrc` is what 3.8 calls a single track by."""

    upc: str = ""
    grid: str = ""
    isrc: str = ""
    own: tuple[WorkIdentifier, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.upc or self.grid or self.isrc or self.own)

    def taken_down(self, row: int, title: str, on: date | None) -> Takedown:
        return Takedown(row, self.upc, self.grid, self.isrc, title, on, self.own)


@dataclass(frozen=True, slots=True)
class Release:
    """A product. `resources` are references to its recordings, in order."""

    row: int = 1
    references: tuple[str, ...] = ()
    title: str = ""
    artists: tuple[str, ...] = ()
    kind: str = ""
    codes: Codes = field(default_factory=Codes)
    label: str = ""
    released_on: date | None = None
    year: int | None = None
    resources: tuple[str, ...] = ()


@dataclass(slots=True)
class Track:
    """A recording offered alone; 3.8 lists it as a release. There may be thousands."""

    element: Element
    references: tuple[str, ...]
    resources: tuple[str, ...]
    codes: Codes

    @property
    def title(self) -> str:
        found = children(self.element)
        return read_titles(found, by_territory(found, "ReleaseDetailsByTerritory")).title


@dataclass(slots=True)
class Releases:
    """The releases of one message, read once. `known` are the references of its recordings."""

    known: Mapping[str, object]
    parties: Parties
    notes: Notes
    products: list[Release] = field(default_factory=list)
    tracks: list[Track] = field(default_factory=list)
    clips: list[str] = field(default_factory=list)  # references of parts of recordings offered alone

    def read(self, release_list: Element | None) -> None:
        """Where a message has tracks offered alone and nothing else, they are the products."""
        singles: list[Element] = []
        for element in release_list if release_list is not None else ():
            name = element.tag
            if name == "Release":
                # 3.8 lists each track as a release of its own beside the product.
                is_track = not _TRACK_TYPES.isdisjoint(_types(element))
                if is_track and not is_true(element.get("IsMainRelease")):
                    singles.append(element)
                else:
                    self.products.append(self._product(element))
            elif name in _TRACK_TYPES:
                singles.append(element)
            elif name == "ClipRelease":
                self.clips += map(text, element.findall("ReleaseReference"))
        if self.products:
            self.tracks += map(self._track, singles)
        else:
            self.products += map(self._product, singles)

    def _track(self, element: Element) -> Track:
        references: list[str] = []
        resources: list[str] = []
        holders: list[Element] = []
        for child in element:
            name = child.tag
            if name == "ReleaseReference":
                references.append(reference_in(child))
            elif name == "ReleaseId":
                holders.append(child)
            elif name == "ReleaseResourceReference":
                resources.append(reference_in(child))
            elif name == "ReleaseResourceReferenceList":
                resources += [text(each) for each in child if each.tag == "ReleaseResourceReference"]
        known = tuple([each for each in resources if each in self.known])
        return Track(element, tuple(references), known, read_codes(holders, self.notes))

    def _product(self, element: Element) -> Release:
        found = children(element)
        by_place = by_territory(found, "ReleaseDetailsByTerritory")
        details = by_place[0] if by_place else {}
        kinds = [kind for each in found.get("ReleaseType", ()) if (kind := value_of(each).lower())]
        lines = [*found.get("PLine", ()), *details.get("PLine", ())]
        order = dict.fromkeys(_in_order(found, details))
        return Release(
            row=line_of(element),
            references=tuple(text(each) for each in found.get("ReleaseReference", ())),
            title=read_titles(found, by_place).title,
            artists=shown_artists([found, *by_place], self.parties).main,
            kind=_KINDS.get(kinds[0], kinds[0]) if kinds else "",
            codes=read_codes(found.get("ReleaseId", ()), self.notes),
            label=self._label(found, details),
            released_on=_released_on(found, details),
            year=next((year for each in lines if (year := year_in(each)) is not None), None),
            resources=tuple(reference for reference in order if reference in self.known),
        )

    def _label(self, found: Children, details: Children) -> str:
        for reference in default_first(found.get("ReleaseLabelReference", [])):
            name = self.parties.name_of(text(reference))
            if name:
                return name
        return first(details, "LabelName") or first(found, "LabelName")


def read_codes(holders: Iterable[Element], notes: Notes) -> Codes:
    """The identifiers in all of a release's ReleaseId."""
    upc = grid = isrc = ""
    own: list[WorkIdentifier] = []
    for holder in holders:
        if is_true(holder.get("IsReplaced")):
            continue
        for child in holder:
            name = child.tag
            if name == "ICPN":
                upc = upc or notes.code(child, read_upc)
            elif name == "GRid":
                grid = grid or notes.code(child, read_grid)
            elif name == "ISRC":
                isrc = isrc or notes.isrc(child)
            elif (other := own_code(child)) is not None:
                own.append(other)
    return Codes(upc, grid, isrc, tuple(own if len(own) < 2 else dict.fromkeys(own)))


def read_purged(root: Element, on: date | None, notes: Notes) -> tuple[Takedown, ...]:
    """What a PurgeReleaseMessage withdraws; nothing where it names no code."""
    purged = []
    for element in root.findall("PurgedRelease"):
        found = children(element)
        codes = read_codes(found.get("ReleaseId", ()), notes)
        if codes.any:
            title = inner(element, "Title", "TitleText")
            purged.append(codes.taken_down(line_of(element), title, on))
    return tuple(purged)


def _types(element: Element) -> list[str]:
    """The types of a release; 3.8 may state them for each territory."""
    found = [value_of(each) for each in element.findall("ReleaseType")]
    return found or [value_of(each) for each in element.findall("ReleaseDetailsByTerritory/ReleaseType")]


def _released_on(found: Children, details: Children) -> date | None:
    for name in _DATES:
        for holder in (found, details):
            for each in default_first(holder.get(name, [])):
                read = read_date(text(each)).value
                if read is not None:
                    return read
    return None


def _in_order(found: Children, details: Children) -> Iterator[str]:
    """References to resources in the order of the release, through its discs and parts."""
    groups = found.get("ResourceGroup") or details.get("ResourceGroup")
    if groups:
        for group in ordered(groups):
            yield from _in_group(group, 0)
        return
    for holder in found.get("ReleaseResourceReferenceList", ()):
        yield from (text(each) for each in holder if each.tag == "ReleaseResourceReference")
    yield from (text(each) for each in found.get("ReleaseResourceReference", ()))


def _in_group(group: Element, level: int) -> Iterator[str]:
    inside: list[tuple[int, Iterable[str]]] = []
    for element in group:
        if element.tag == "ResourceGroupContentItem":
            number = element.get("SequenceNumber")
            references: list[str] = []
            for child in element:
                name = child.tag
                if name == "ReleaseResourceReference":
                    references.append(reference_in(child))
                elif name == "SequenceNumber":
                    number = number or reference_in(child)
            inside.append((as_number(number), references))
        elif element.tag == "ResourceGroup" and level < _MOST_LEVELS:
            number = element.get("SequenceNumber") or inner(element, "SequenceNumber")
            inside.append((as_number(number), _in_group(element, level + 1)))
    inside.sort(key=itemgetter(0))
    for _, references_in_it in inside:
        yield from references_in_it
