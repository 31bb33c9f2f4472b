"""DDEX Electronic Release Notification -> rows of a catalogue: NewReleaseMessage 4.1 to 4.3.2, and 3.8.

Reads what the catalogue needs (recordings, releases, artists, contributors, songs) and leaves deals and files
alone. Real messages differ in detail, so elements are found by local name and nothing is validated: a wrong
check digit is told and kept. DDEX's schemas are not part of this program (ern.ddex.net).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from artist_console.domain.identifiers import Read, read_ipi_name, read_isrc, read_iswc, read_upc
from artist_console.domain.problems import InputProblem
from artist_console.domain.work_kinds import WorkKind

from .incoming import CatalogueRow, Credit, ReadCatalogue, RowNote, Severity, SongRow, Writer
from .table_cells import read_date, read_iso_duration
from .tables import unpack

if TYPE_CHECKING:
    from lxml import etree

_KNOWN = frozenset({"41", "411", "42", "43", "431", "432", "382", "383"})
_NAMESPACE = re.compile(r"http://(?:service\.)?ddex\.net/xml/(?:ern/)?(\d{2,3})(?:/.*)?")
_TRACK_TYPES = frozenset({"TrackRelease", "VideoTrackRelease"})
_RELEASE_KINDS = {"singleresourcerelease": "single", "compilation": "collection", "boxset": "collection"}
_MAIN = frozenset({"MainArtist", "Main Artist", "FeaturedMainArtist", ""})
_FEATURED = frozenset({"FeaturedArtist", "Featured Artist", "FeaturedSubArtist"})
_WRITERS = frozenset(
    {
        *(
            "author",
            "composer",
            "composer_lyricist",
            "lyricist",
            "songwriter",
            "writer",
            "arranger",
            "adapter",
        ),
        *(
            "music_publisher",
            "original_publisher",
            "sub_publisher",
            "translator",
            "sub_lyricist",
            "sub_arranger",
        ),
    }
)
_DATES = ("ReleaseDate", "GlobalReleaseDate", "OriginalReleaseDate", "GlobalOriginalReleaseDate")
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))

Element: TypeAlias = "etree._Element"


def read_ern(data: bytes, file_name: str) -> ReadCatalogue:
    """Read a NewReleaseMessage; one row per recording and release.

    Raises InputProblem when the file is no such message, is damaged, or carries a DTD.
    """
    unpacked = unpack(data, file_name)
    root, version = _parse(unpacked.data, file_name)
    message = _Message(root)
    rows = message.rows()
    if not rows:
        raise InputProblem(
            "“{file}” names no sound recording",
            "Ask the sender for the message with the recordings of the release.",
            file=file_name,
        )
    warnings = message.warnings()
    if version not in _KNOWN:
        warnings = (f"ERN {version} is not a version that was tried here; check what was read.", *warnings)
    return ReadCatalogue(
        f"ern-{version}", rows, tuple(message.notes), unpacked.sha256, warnings, message.sender()
    )


def is_ern(data: bytes) -> bool:
    """Whether a file looks like a message of the ERN family, from its first bytes."""
    head = data[:4_000].replace(b"\0", b"")
    return b"NewReleaseMessage" in head or (b"ddex.net/xml/" in head and b"<" in head)


def _parse(data: bytes, file_name: str) -> tuple[Element, str]:
    """The root with namespaces taken off all names, and the version its namespace names ("432")."""
    if any(doctype in data for doctype in _DOCTYPES):
        raise _refused(file_name)
    # Late: a window that shows no release message need not load an XML library before its first paint.
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", None) or 1
        raise InputProblem(
            "“{file}” is not valid XML (near line {line}), so nothing of it was used",
            "It may end early: download it again or ask the sender for a new copy.",
            file=file_name,
            line=line,
        ) from error
    if cast(Any, root.getroottree().docinfo).doctype:  # the stubs lack it
        raise _refused(file_name)
    name = etree.QName(root)
    version = _NAMESPACE.fullmatch(name.namespace or "")
    if name.localname == "NewReleaseMessage" and version is None:
        raise InputProblem(
            "“{file}” is a NewReleaseMessage, but not of DDEX (its namespace is “{namespace}”)",
            "Ask for the ERN NewReleaseMessage (version 4.1 to 4.3.2 or 3.8) of the release.",
            file=file_name,
            namespace=(name.namespace or "")[:80],
        )
    if version is None or name.localname != "NewReleaseMessage":
        raise InputProblem(
            "“{file}” is a {kind}, not a DDEX NewReleaseMessage",
            "Ask for the ERN NewReleaseMessage (version 4.1 to 4.3.2 or 3.8) of the release.",
            file=file_name,
            kind=name.localname[:60],
        )
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = etree.QName(element).localname
    return root, version[1]


def _refused(file_name: str) -> InputProblem:
    return InputProblem(
        "“{file}” carries a document type, which no DDEX message does and which can be harmful",
        "Ask the sender for a plain message.",
        file=file_name,
    )


def _text(element: Element | None, path: str = ".") -> str:
    """The text at a path, spaces tidied; empty when it is not there."""
    found = element.find(path) if element is not None else None
    return " ".join((found.text or "").split()) if found is not None else ""


def _line(element: Element) -> int:
    line: object = element.sourceline
    return line if isinstance(line, int) else 1


def _role(element: Element) -> str:
    """A role as text: 4.3.2 wraps it in Value, senders' own stand in an attribute."""
    text = _text(element, "Value") or _text(element)
    holder = element.find("Value")
    own = (holder if holder is not None else element).get("UserDefinedValue", "")
    return own or text if text == "UserDefined" else text


def _snake(role: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[\s\-/]+", "_", role).lower().strip("_") or "contributor"


def _order(element: Element) -> int:
    """The sequence number as attribute or child; those without one come last and keep their order."""
    number = element.get("SequenceNumber") or _text(element, "SequenceNumber")
    return int(number) if re.fullmatch(r"[0-9]{1,6}", number) else 1_000_000


def _default_first(elements: list[Element]) -> list[Element]:
    """The one that holds unless another applies: marked as default, else without language, else the first."""

    def rank(element: Element) -> int:
        if element.get("IsDefault") == "true":
            return 0
        return 2 if element.get("LanguageAndScriptCode") else 1

    return sorted(elements, key=rank)


@dataclass(frozen=True, slots=True)
class _Party:
    name: str
    aliases: tuple[str, ...] = ()
    ipi: str = ""


@dataclass(frozen=True, slots=True)
class _Release:
    title: str = ""
    artists: tuple[str, ...] = ()
    kind: str = ""
    upc: str = ""
    label: str = ""
    released_on: date | None = None
    year: int | None = None
    positions: tuple[tuple[str, int], ...] = ()  # resource reference, position from 1


@dataclass(frozen=True, slots=True)
class _Titles:
    title: str
    version: str
    aliases: tuple[str, ...]


@dataclass(slots=True)
class _Message:
    """One message being read: its parties and the notes so far."""

    root: Element
    notes: list[RowNote] = field(default_factory=list)
    parties: dict[str, _Party] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for element in self.root.findall("PartyList/Party"):
            self.parties[_text(element, "PartyReference")] = self._party(element)

    def rows(self) -> tuple[CatalogueRow, ...]:
        recordings = [
            element
            for element in self.root.findall("ResourceList/SoundRecording")
            if _text(element, "ResourceReference")
        ]
        references = {_text(element, "ResourceReference") for element in recordings}
        releases = [self._release(element, references) for element in self._products()]
        rows: list[CatalogueRow] = []
        for element in recordings:
            reference = _text(element, "ResourceReference")
            places = [
                (release, position)
                for release in releases
                for each, position in release.positions
                if each == reference
            ]
            alone: list[tuple[_Release, int | None]] = [(_Release(), None)]
            for release, position in places or alone:
                rows += self._recording(element, release, position)
        # A recording on two releases has its notes once.
        self.notes = list(dict.fromkeys(self.notes))
        return tuple(rows)

    def warnings(self) -> tuple[str, ...]:
        said = []
        if _text(self.root, "MessageHeader/MessageControlType") == "TestMessage":
            said.append("The sender marked this as a test message.")
        videos = len(self.root.findall("ResourceList/Video"))
        if videos:
            said.append(f"Videos are not read: {videos} left out.")
        return tuple(said)

    def sender(self) -> str:
        return _text(self.root, "MessageHeader/MessageSender/PartyName/FullName")

    def _note(self, element: Element, what: str) -> None:
        self.notes.append(RowNote(_line(element), str(element.tag), what, Severity.WARNING))

    def _identifier(self, element: Element | None, read: Callable[[str], Read]) -> str:
        if element is None:
            return ""
        found = read(element.text or "")
        if found.reason or found.warning:
            self._note(element, found.reason or found.warning)
        return found.value

    def _party(self, element: Element) -> _Party:
        names = [_text(name, "FullName") for name in _default_first(element.findall("PartyName"))]
        names = [name for name in dict.fromkeys(names) if name]
        ipi = next((each for each in element.iter("IpiNameNumber", "IPINameNumber")), None)
        return _Party(names[0] if names else "", tuple(names[1:]), self._identifier(ipi, read_ipi_name))

    def _named(self, element: Element, reference: str) -> _Party:
        """The party an element speaks of: by reference (4.x) or written inside it (3.8)."""
        found = self.parties.get(_text(element, reference)) if element.find(reference) is not None else None
        return found or self._party(element)

    # Releases

    def _products(self) -> list[Element]:
        """The releases that are products; 3.8 lists each track as a release of its own beside them."""
        releases = self.root.findall("ReleaseList/Release")
        products = [
            each for each in releases if not _TRACK_TYPES & {_role(kind) for kind in each.iter("ReleaseType")}
        ]
        return products or releases

    def _release(self, element: Element, references: set[str]) -> _Release:
        details = element.find("ReleaseDetailsByTerritory")
        artists, _, _ = self._artists(element, details)
        years = (_text(element, "PLine/Year"), _text(details, "PLine/Year"))
        kinds = [kind for each in element.findall("ReleaseType") if (kind := _role(each))]
        return _Release(
            self._titles(element, details).title,
            artists,
            _RELEASE_KINDS.get(kinds[0].lower(), kinds[0].lower()) if kinds else "",
            self._identifier(element.find("ReleaseId/ICPN"), read_upc),
            self._label(element, details),
            self._released_on(element, details),
            next((int(year) for year in years if re.fullmatch(r"[0-9]{4}", year)), None),
            tuple(
                (reference, n)
                for n, reference in enumerate(dict.fromkeys(_in_order(element, details, references)), 1)
            ),
        )

    def _label(self, element: Element, details: Element | None) -> str:
        for reference in _default_first(element.findall("ReleaseLabelReference")):
            party = self.parties.get(_text(reference))
            if party is not None and party.name:
                return party.name
        return _text(details, "LabelName") or _text(element, "LabelName")

    def _released_on(self, element: Element, details: Element | None) -> date | None:
        for name in _DATES:
            for holder in (element, details):
                found = read_date(_text(holder, name)).value
                if found is not None:
                    return found
        reference = _text(element, "ReleaseReference")
        starts = [
            start
            for deal in self.root.findall("DealList/ReleaseDeal")
            if reference in {_text(each) for each in deal.findall("DealReleaseReference")}
            for name in ("StartDate", "StartDateTime")
            for each in deal.iterfind(f"Deal/DealTerms/ValidityPeriod/{name}")
            if (start := read_date(_text(each)).value) is not None
        ]
        return min(starts, default=None)

    # Recordings

    def _recording(self, element: Element, release: _Release, position: int | None) -> Iterator[CatalogueRow]:
        details = element.find("SoundRecordingDetailsByTerritory")
        titles = self._titles(element, details)
        if not titles.title:
            what = "The recording has no title."
            self.notes.append(RowNote(_line(element), "DisplayTitleText", what, Severity.REJECTED))
            return
        artists, featured, artist_aliases = self._artists(element, details)
        credits, writers = self._contributors(element, details)
        for n, (isrc, edition) in enumerate(self._editions(element)):
            yield CatalogueRow(
                row=_line(element),
                kind=WorkKind.RECORDING,
                title=titles.title,
                artists=artists or release.artists,
                version=titles.version or (edition if n else ""),
                featured=featured,
                identifier=isrc,
                release_title=release.title,
                release_artists=release.artists,
                release_kind=release.kind,
                upc=release.upc,
                label=release.label,
                duration_s=self._duration(element),
                year=_year_of(element, details) or release.year,
                released_on=release.released_on,
                position=position,
                aliases=titles.aliases,
                artist_aliases=artist_aliases,
                songs=self._songs(element, titles.title, writers),
                credits=credits,
            )

    def _editions(self, element: Element) -> list[tuple[str, str]]:
        """ISRC and kind of each edition of a recording; one without ISRC where the message names none."""
        found: dict[str, str] = {}
        for holder in (element, *element.findall("SoundRecordingEdition")):
            for path in ("ResourceId/ISRC", "SoundRecordingId/ISRC"):
                for isrc in holder.findall(path):
                    value = self._identifier(isrc, read_isrc)
                    if value:
                        found.setdefault(value, _snake(_text(holder, "EditionType") or "edition"))
        return list(found.items()) or [("", "")]

    def _duration(self, element: Element) -> Decimal | None:
        stated = element.find("Duration")
        if stated is None or not _text(stated):
            return None
        read = read_iso_duration(_text(stated))
        if read.reason:
            self._note(stated, read.reason)
        return read.seconds

    def _titles(self, element: Element, details: Element | None) -> _Titles:
        """The title without its version, and every other spelling of it as an alias."""
        composed = _default_first(element.findall("DisplayTitle"))
        if details is not None:
            by_territory = details.findall("Title")
            shown = [each for each in by_territory if each.get("TitleType", "") in ("DisplayTitle", "")]
            composed += _default_first(shown) + [each for each in by_territory if each not in shown]
        composed += element.findall("ReferenceTitle")
        displayed = [_text(each) for each in _default_first(element.findall("DisplayTitleText"))]
        spellings = [_text(each, "TitleText") for each in composed] + displayed
        spellings += [_text(each, "TitleText") for each in element.findall("AdditionalTitle")]
        spellings = [each for each in dict.fromkeys(spellings) if each]
        if not spellings:
            return _Titles("", "", ())
        version = ""
        if composed and _text(composed[0], "TitleText"):
            version = ", ".join(filter(None, (_text(each) for each in composed[0].findall("SubTitle"))))
        return _Titles(spellings[0], version, tuple(spellings[1:]))

    def _artists(
        self, element: Element, details: Element | None
    ) -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...]]:
        """Main artists, featured artists, and other spellings of the main ones."""
        main: dict[str, None] = {}
        featured: dict[str, None] = {}
        aliases: dict[tuple[str, str], None] = {}
        for holder in (element, details):
            for each in sorted(holder.findall("DisplayArtist") if holder is not None else [], key=_order):
                party = self._named(each, "ArtistPartyReference")
                roles = {
                    _role(role) for name in ("DisplayArtistRole", "ArtistRole") for role in each.findall(name)
                }
                if not party.name:
                    continue
                if roles & _MAIN or not roles:
                    main[party.name] = None
                    aliases.update(dict.fromkeys((party.name, alias) for alias in party.aliases))
                elif roles & _FEATURED:
                    featured[party.name] = None
        if not main:
            for holder in (element, details):
                names = _default_first(holder.findall("DisplayArtistName")) if holder is not None else []
                shown = [name for name in (_text(each) for each in names) if name]
                if shown:
                    main[shown[0]] = None
                    aliases.update(dict.fromkeys((shown[0], other) for other in shown[1:]))
                    break
        return tuple(main), tuple(name for name in featured if name not in main), tuple(aliases)

    def _contributors(
        self, element: Element, details: Element | None
    ) -> tuple[tuple[Credit, ...], tuple[Writer, ...]]:
        credits: dict[Credit, None] = {}
        writers: dict[Writer, None] = {}
        kinds = {
            "Contributor": "Role",
            "ResourceContributor": "ResourceContributorRole",
            "IndirectResourceContributor": "IndirectResourceContributorRole",
        }
        for holder in (element, details):
            for kind, role_name in kinds.items() if holder is not None else ():
                for each in sorted(holder.findall(kind) if holder is not None else [], key=_order):
                    party = self._named(each, "ContributorPartyReference")
                    for role in (_snake(_role(role)) for role in each.findall(role_name)):
                        if not party.name:
                            continue
                        credits[Credit(party.name, role)] = None
                        if role in _WRITERS:
                            writers[Writer(party.name, role, party.ipi)] = None
        return tuple(credits), tuple(writers)

    def _songs(self, element: Element, title: str, writers: tuple[Writer, ...]) -> tuple[SongRow, ...]:
        """The songs that a recording embodies: one per ISWC, or one known by its writers only."""
        codes = [self._identifier(iswc, read_iswc) for iswc in element.iter("ISWC")]
        codes = [code for code in dict.fromkeys(codes) if code]
        if len(codes) > 1:  # a medley: whose title and writers are whose is not said
            return tuple(SongRow("", code) for code in codes)
        if codes or writers:
            return (SongRow(title, codes[0] if codes else "", writers),)
        return ()


def _year_of(element: Element, details: Element | None) -> int | None:
    for holder in (*element.findall("SoundRecordingEdition"), element, details):
        year = _text(holder, "PLine/Year")
        if re.fullmatch(r"[0-9]{4}", year):
            return int(year)
    return None


def _in_order(element: Element, details: Element | None, references: set[str]) -> Iterator[str]:
    """References to recordings in the order of the release, through its discs and parts."""
    holder = element if element.find("ResourceGroup") is not None or details is None else details
    if holder.find("ResourceGroup") is not None:
        for group in sorted(holder.findall("ResourceGroup"), key=_order):
            yield from _in_group(group, references)
        return
    for each in element.iterfind("ReleaseResourceReferenceList/ReleaseResourceReference"):
        if _text(each) in references:
            yield _text(each)
    for each in element.iterfind("ReleaseResourceReference"):
        if _text(each) in references:
            yield _text(each)


def _in_group(group: Element, references: set[str]) -> Iterator[str]:
    """Depth is bounded by the parser, which refuses more than 256 levels."""
    inside = [each for each in group if each.tag in ("ResourceGroup", "ResourceGroupContentItem")]
    for each in sorted(inside, key=_order):
        if each.tag == "ResourceGroup":
            yield from _in_group(each, references)
        else:
            for reference in each.findall("ReleaseResourceReference"):
                if _text(reference) in references:
                    yield _text(reference)
