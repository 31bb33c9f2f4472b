"""People and companies of a DDEX message, listed (4.x) or inside elements (3.8), and their credits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from artist_console.domain.identifiers import Read, read_dpid, read_ipi_name, read_isni
from artist_console.domain.works import AiPart

from .ern_elements import Notes, children, default_first, distinct, is_true, ordered, snake, text, value_of
from .ern_xml import Element
from .incoming import Credit, Writer

GENERATIVE_AI = "Generative AI"
_SPECIAL = {"GenerativeAI": GENERATIVE_AI, "VariousArtists": "Various Artists"}
_MAIN = frozenset({"MainArtist", "Main Artist", "FeaturedMainArtist", "Artist", ""})
_FEATURED = frozenset({"FeaturedArtist", "Featured Artist", "FeaturedSubArtist"})
_WRITERS = frozenset(
    {
        "adapter",
        "arranger",
        "author",
        "composer",
        "composer_lyricist",
        "librettist",
        "lyricist",
        "music_publisher",
        "non_lyric_author",
        "original_publisher",
        "songwriter",
        "sub_arranger",
        "sub_lyricist",
        "sub_publisher",
        "substituted_publisher",
        "translator",
        "writer",
    }
)
_CODES: MappingProxyType[str, tuple[str, Callable[[str], Read]]] = MappingProxyType(
    {
        "ISNI": ("isni", read_isni),
        "IpiNameNumber": ("ipi", read_ipi_name),
        "IPINameNumber": ("ipi", read_ipi_name),
        "DPID": ("dpid", read_dpid),
    }
)
_ROLES = frozenset(
    {
        "Role",
        "ResourceContributorRole",
        "IndirectResourceContributorRole",
        "MusicalWorkContributorRole",
        "DisplayArtistRole",
        "ArtistRole",
    }
)
_REFERENCES = frozenset({"ContributorPartyReference", "ArtistPartyReference"})
_OF_NAMES = frozenset({"PartyName", "PartyId"})


@dataclass(frozen=True, slots=True)
class Party:
    name: str
    aliases: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()  # kind of PartyIdentifier and value

    @property
    def ipi(self) -> str:
        return next((value for kind, value in self.codes if kind == "ipi"), "")


# Compared as the objects that they are: they are looked up by the thousand, and equal ones are made once.
@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What somebody did: one contributor or display artist, read once."""

    party: Party
    roles: tuple[str, ...]
    ai: AiPart | None
    special: str  # VariousArtists, GenerativeAI ...: no party at all

    @property
    def is_ai(self) -> bool:
        return self.special == "GenerativeAI"


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Contributors or display artists of one recording, in their order. Equal lists are made once as well."""

    parts: tuple[Part, ...] = ()
    credits: tuple[Credit, ...] = ()  # everybody, each role once
    writers: tuple[Writer, ...] = ()  # of them, who wrote the song


NOBODY = People()
_EACH = object()  # begins the next one in a key


@dataclass(frozen=True, slots=True)
class Artists:
    main: tuple[str, ...] = ()
    featured: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    codes: tuple[tuple[str, str, str], ...] = ()  # name, kind, value
    credits: tuple[Credit, ...] = ()  # display artists of whom something about AI is disclosed


@dataclass(slots=True)
class Parties:
    """The parties of one message. Lists of people that are written alike all over it are made once."""

    notes: Notes
    _listed: dict[str, Party] = field(default_factory=dict)
    _people: dict[tuple[object, ...], People] = field(default_factory=dict)
    _artists: dict[People, Artists] = field(default_factory=dict)

    def list_up(self, elements: Iterable[Element]) -> None:
        for element in elements:
            for reference in children(element).get("PartyReference", ()):
                self._listed[text(reference)] = self.party(element)

    def name_of(self, reference: str) -> str:
        party = self._listed.get(reference)
        return party.name if party is not None else ""

    def party(self, element: Element) -> Party:
        """A party as it is written inside an element."""
        found = children(element)
        names = distinct(_names(found.get("PartyName", ())))
        codes: dict[tuple[str, str], None] = {}
        for each in found.get("PartyId", ()):
            for kind, value in self._codes(each):
                codes[(kind, value)] = None
        return Party(names[0] if names else "", tuple(names[1:]), tuple(codes))

    def _codes(self, element: Element) -> Iterator[tuple[str, str]]:
        """4.x has an element for each kind of number, 3.8 marks the number itself."""
        for child in element:
            if child.tag in _CODES:
                kind, read = _CODES[child.tag]
                value = self.notes.code(child, read)
                if value:
                    yield kind, value
        namespace = (element.get("Namespace") or "").strip().upper()
        for mark, name in (("IsISNI", "ISNI"), ("IsDPID", "DPID"), ("", "IpiNameNumber")):
            if (mark and is_true(element.get(mark))) or namespace in (mark[2:] or "IPI", name):
                kind, read = _CODES[name]
                value = self.notes.code(element, read)
                if value:
                    yield kind, value

    # Lists of people

    def people(self, elements: Sequence[Element]) -> People:
        """Those of whom the message gives a name. Most of a message is such lists, most stood above."""
        key: list[object] = []
        add = key.append
        for element in elements:
            add(_EACH)
            add(element.get("SequenceNumber"))
            for child in element:
                add(child.tag)
                add(child.text or (child[0].text if len(child) else None))
        alike = tuple(key)
        found = self._people.get(alike)
        if found is None:
            told = len(self.notes.found)
            parts = [self._part(each) for each in ordered(elements)]
            found = _people_of(tuple(part for part in parts if part.party.name))
            # Attributes are not in the key, and what was told is told of each place.
            if told == len(self.notes.found) and not any(map(_has_attributes, key)):
                self._people[alike] = found
        return found

    def _part(self, element: Element) -> Part:
        reference = special = ""
        roles: list[str] = []
        ai: AiPart | None = None
        for child in element:
            name = child.tag
            if name in _REFERENCES:
                reference = text(child)
            elif name in _ROLES:
                roles.append(value_of(child))
            elif name == "AiContribution":
                ai = self.notes.ai_part(child)
            elif name in ("SpecialContributor", "SpecialDisplayArtist"):
                special = value_of(child)
        if special == "GenerativeAI":
            if ai is AiPart.NONE:
                what = "Generative AI is listed as a contributor that contributed nothing; both are kept."
                self.notes.warn(element, what)
            ai = ai or AiPart.ALL
        elif ai is AiPart.ALL:
            what = "All of a contribution is said to be by generative AI, yet it is listed as another's."
            self.notes.warn(element, what)
        if special:
            party = Party(_SPECIAL.get(special, special))
        else:
            party = self._listed.get(reference) or self.party(element)
        return Part(party, tuple(roles), ai, special)

    def artists(self, people: People) -> Artists:
        """Main and featured artists among the display artists, with their other names and numbers."""
        found = self._artists.get(people)
        if found is None:
            found = self._artists[people] = _artists_of(people.parts)
        return found


def _people_of(parts: tuple[Part, ...]) -> People:
    credits: dict[Credit, None] = {}
    writers: dict[Writer, None] = {}
    for part in parts:
        for role in map(snake, part.roles or ("",)):
            credits[Credit(part.party.name, role, part.ai)] = None
            if role in _WRITERS:
                writers[Writer(part.party.name, role, part.party.ipi, ai=part.ai)] = None
    return People(parts, tuple(credits), tuple(writers))


def together(lists: Iterable[People]) -> People:
    """Several lists as one."""
    return _people_of(tuple(part for each in lists for part in each.parts))


def _has_attributes(name_or_text: object) -> bool:
    """Whether attributes of such an element, or of one with such a text, say something of their own."""
    return isinstance(name_or_text, str) and (name_or_text in _OF_NAMES or "UserDefined" in name_or_text)


def _names(elements: Sequence[Element]) -> Iterator[str]:
    """Every spelling of a name. A name by law stands beside the artist's only where it is the only one."""
    shown = [each for each in elements if not is_true(each.get("IsLegalName"))]
    transcribed = []
    for element in default_first(shown or elements):
        for child in element:
            if child.tag == "FullName":
                yield text(child)
            elif child.tag == "FullNameAsciiTranscribed":
                transcribed.append(text(child))
    yield from transcribed


def _artists_of(parts: tuple[Part, ...]) -> Artists:
    main: dict[str, Party] = {}
    featured: dict[str, Party] = {}
    credits: dict[Credit, None] = {}
    for part in parts:
        is_main = not part.roles or not _MAIN.isdisjoint(part.roles)
        if part.ai is not None:
            credits[Credit(part.party.name, "main_artist" if is_main else snake(part.roles[0]), part.ai)] = (
                None
            )
        if part.special:
            continue
        if is_main:
            main.setdefault(part.party.name, part.party)
        elif not _FEATURED.isdisjoint(part.roles):
            featured.setdefault(part.party.name, part.party)
    featured = {name: party for name, party in featured.items() if name not in main}
    both = {**main, **featured}
    return Artists(
        tuple(main),
        tuple(featured),
        tuple((name, alias) for name, party in both.items() for alias in party.aliases),
        tuple((name, *code) for name, party in both.items() for code in party.codes),
        tuple(credits),
    )
