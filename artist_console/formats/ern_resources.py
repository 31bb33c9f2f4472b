"""Recordings of a DDEX message, with their editions, songs, contributors and what is disclosed about AI."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from artist_console.domain.works import AiPart, WorkIdentifier

from .ern_elements import (
    Children,
    Notes,
    by_territory,
    children,
    distinct,
    first,
    inner,
    is_true,
    line_of,
    own_code,
    reference_in,
    spaced,
    text,
    year_in,
)
from .ern_parties import NOBODY, Artists, Parties, People, together
from .ern_titles import Titles, read_titles, shown_artists
from .ern_xml import Element
from .incoming import Credit, SongRow, Writer
from .table_cells import ReadDuration, read_iso_duration

_CONTRIBUTORS = ("Contributor", "ResourceContributor", "IndirectResourceContributor")
_DETAILS = "SoundRecordingDetailsByTerritory"
_OF_EDITIONS = frozenset({"EditionContributor", "EditionType", "PLine", "ResourceId", "Type"})
_WANTED = frozenset(
    {
        "AdditionalTitle",
        "ContainsAI",
        "Contributor",
        "DisplayArtist",
        "DisplayArtistName",
        "DisplayTitle",
        "DisplayTitleText",
        "Duration",
        "FormalTitle",
        "IndirectResourceContributor",
        "IndirectSoundRecordingId",
        "PLine",
        "ReferenceTitle",
        "ResourceContributor",
        "ResourceId",
        "ResourceMusicalWorkReferenceList",
        "ResourceReference",
        _DETAILS,
        "SoundRecordingEdition",
        "SoundRecordingId",
        "VersionType",
        "WorkId",
    }
)


class Edition(NamedTuple):
    """One master of a recording, with the code that is its own."""

    isrc: str = ""
    version: str = ""
    others: tuple[WorkIdentifier, ...] = ()
    people: People = NOBODY


@dataclass(slots=True)
class Recording:
    """What a message says of a recording, whatever releases it stands on."""

    row: int
    reference: str
    titles: Titles
    artists: Artists
    editions: list[Edition]
    year: int | None
    duration_s: Decimal | None
    songs: tuple[SongRow, ...]
    people: People
    contains_ai: AiPart | None


class _Song(NamedTuple):
    title: str
    iswc: str
    others: tuple[WorkIdentifier, ...]
    writers: tuple[Writer, ...]


@dataclass(slots=True)
class Resources:
    """The recordings of one message by reference. Videos are counted and left out."""

    parties: Parties
    notes: Notes
    recordings: dict[str, Recording] = field(default_factory=dict)
    videos: int = 0
    _works: dict[str, _Song] = field(default_factory=dict)
    _durations: dict[str, ReadDuration] = field(default_factory=dict)

    def read(self, resource_list: Element | None, work_list: Element | None) -> None:
        for element in work_list.findall("MusicalWork") if work_list is not None else ():
            self._work(element)
        for element in resource_list if resource_list is not None else ():
            if element.tag == "SoundRecording":
                recording = self._recording(element)
                if recording is not None:
                    self.recordings.setdefault(recording.reference, recording)
            elif element.tag == "Video":
                self.videos += 1

    def _recording(self, element: Element) -> Recording | None:
        found = children(element, _WANTED)
        reference = reference_in(found["ResourceReference"][0]) if "ResourceReference" in found else ""
        if not reference:
            return None
        details = by_territory(found, _DETAILS) if _DETAILS in found else []
        titles = read_titles(found, details)
        if not titles.title:
            self.notes.leave_out(element, "DisplayTitleText", "The recording has no title.")
            return None
        holders = [found, *details] if details else [found]
        main = holders[:2]
        if details:
            people = self._people(main)
        else:
            people = self.parties.people(found["Contributor"]) if "Contributor" in found else NOBODY
        contains_ai = self.notes.ai_part(found["ContainsAI"][0]) if "ContainsAI" in found else None
        editions, year = self._editions(found)
        recording = Recording(
            line_of(element),
            reference,
            titles,
            shown_artists(holders, self.parties),
            editions,
            _year(main) if year is None else year,
            self._duration(found),
            self._songs(found, titles.title, people.writers),
            people,
            contains_ai,
        )
        if contains_ai is not None:
            self._compare(found["ContainsAI"][0], recording)
        return recording

    def _people(self, holders: Sequence[Children]) -> People:
        listed = [each[name] for each in holders for name in _CONTRIBUTORS if name in each]
        if len(listed) == 1:
            return self.parties.people(listed[0])
        return together(map(self.parties.people, listed)) if listed else NOBODY

    def _compare(self, element: Element, recording: Recording) -> None:
        """DDEX's rule: All allows generative AI alone among the contributors, None allows none of it."""
        parts = [*recording.people.parts]
        for edition in recording.editions:
            parts += edition.people.parts
        ai = [part.party.name for part in parts if part.ai in (AiPart.PARTLY, AiPart.ALL)]
        ai += [each.name for each in recording.artists.credits if each.ai in (AiPart.PARTLY, AiPart.ALL)]
        if recording.contains_ai is AiPart.NONE and ai:
            what = (
                "The recording is said to hold nothing made by generative AI, but a contribution of"
                f" {_listed(ai)} is said to be; both are kept."
            )
            self.notes.warn(element, what)
        people = [part.party.name for part in parts if not part.is_ai]
        if recording.contains_ai is AiPart.ALL and people:
            what = (
                f"All of the recording is said to be made by generative AI, but {_listed(people)} is listed"
                " as a contributor; both are kept."
            )
            self.notes.warn(element, what)

    # Editions

    def _editions(self, found: Children) -> tuple[list[Edition], int | None]:
        """The recording's own codes (4.1, 4.2, 3.8) and those of its editions (4.3), each code once."""
        editions: list[Edition] = []
        year = None
        if "ResourceId" in found or "SoundRecordingId" in found:
            editions.append(self._edition(found, ""))
        several = found.get("SoundRecordingEdition", ())
        for n, element in enumerate(several):
            inside = children(element, _OF_EDITIONS)
            editions.append(self._edition(inside, _edition_name(inside, n) if len(several) > 1 else ""))
            if year is None and "PLine" in inside:
                year = _year((inside,))
        return editions if len(editions) == 1 else _each_code_once(editions), year

    def _edition(self, found: Children, version: str) -> Edition:
        isrcs: list[str] = []
        replaced: list[str] = []
        own: list[WorkIdentifier] = []
        for holder in found.get("ResourceId") or found.get("SoundRecordingId") or ():
            is_replaced = is_true(holder.get("IsReplaced"))
            for child in holder:
                if child.tag != "ISRC":
                    if (code := own_code(child)) is not None:
                        own.append(code)
                elif is_replaced:
                    replaced.append(self.notes.isrc(child))
                else:
                    isrcs.append(self.notes.isrc(child))
                    if len(isrcs) > 1 and isrcs[-1] not in isrcs[:-1]:
                        what = f"The recording has another ISRC already, {isrcs[0]}; both are kept."
                        self.notes.warn(child, what)
        people = self.parties.people(found["EditionContributor"]) if "EditionContributor" in found else NOBODY
        if len(isrcs) == 1 and not replaced and not own:
            return Edition(isrcs[0], version, (), people)
        isrcs = distinct(isrcs)
        further = [WorkIdentifier("isrc", each) for each in distinct((*isrcs[1:], *replaced))]
        return Edition(isrcs[0] if isrcs else "", version, tuple(dict.fromkeys((*further, *own))), people)

    def _duration(self, found: Children) -> Decimal | None:
        stated = (found["Duration"][0].text or "").strip() if "Duration" in found else ""
        if not stated:
            return None
        read = self._durations.get(stated)
        if read is None:
            read = self._durations[stated] = read_iso_duration(stated)
        if read.reason:
            self.notes.warn(found["Duration"][0], read.reason)
        return read.seconds

    # Songs

    def _songs(self, found: Children, title: str, writers: tuple[Writer, ...]) -> tuple[SongRow, ...]:
        """The songs that a recording embodies: one per ISWC, or one known by its writers only."""
        holders = found.get("WorkId") or found.get("IndirectSoundRecordingId") or ()
        if (
            len(holders) == 1
            and len(holders[0]) == 1
            and holders[0][0].tag == "ISWC"
            and not holders[0].attrib
        ):
            iswc = self.notes.iswc(holders[0][0])
            if iswc and "ResourceMusicalWorkReferenceList" not in found:
                return (SongRow(title, iswc, writers),)
        songs = self._coded(holders) if holders else []
        for holder in found.get("ResourceMusicalWorkReferenceList", ()):
            for each in holder.iterfind("ResourceMusicalWorkReference/ResourceMusicalWorkReference"):
                if text(each) in self._works:
                    songs.append(self._works[text(each)])
        songs = songs if len(songs) < 2 else list(dict.fromkeys(songs))
        if len(songs) > 1:  # a medley: whose title and writers are whose is told by a list of works alone
            return tuple(SongRow(each.title, each.iswc, each.writers, each.others) for each in songs)
        if songs:
            song = songs[0]
            return (SongRow(song.title or title, song.iswc, writers or song.writers, song.others),)
        return (SongRow(title, "", writers),) if writers else ()

    def _coded(self, holders: Sequence[Element]) -> list[_Song]:
        """Songs by their codes. Codes without an ISWC beside them belong to the one song that has one."""
        named: dict[str, list[WorkIdentifier]] = {}
        loose: list[WorkIdentifier] = []
        for holder in holders:
            iswc = ""
            own: list[WorkIdentifier] = []
            for child in holder:
                if child.tag == "ISWC":
                    iswc = self.notes.iswc(child)
                elif (code := own_code(child)) is not None:
                    own.append(code)
            if iswc and is_true(holder.get("IsReplaced")):
                own.append(WorkIdentifier("iswc", iswc))
                iswc = ""
            if iswc:
                named.setdefault(iswc, []).extend(own)
            else:
                loose += own
        if len(named) > 1:
            return [_Song("", iswc, tuple(dict.fromkeys(own)), ()) for iswc, own in named.items()]
        if not named and not loose:
            return []
        iswc, own = next(iter(named.items()), ("", []))
        return [_Song("", iswc, tuple(dict.fromkeys((*own, *loose))), ())]

    def _work(self, element: Element) -> None:
        """A song of 3.8's list of works, which recordings refer to."""
        found = children(element)
        coded = (self._coded(found.get("MusicalWorkId", ())) or [_Song("", "", (), ())])[0]
        title = next(
            (title for each in found.get("ReferenceTitle", ()) if (title := inner(each, "TitleText"))), ""
        )
        people = self.parties.people(found.get("MusicalWorkContributor", []))
        song = _Song(title, coded.iswc, coded.others, people.writers)
        for reference in found.get("MusicalWorkReference", ()):
            self._works[text(reference)] = song


def _edition_name(found: Children, n: int) -> str:
    """An edition that differs is told by its kind, and where it has none by its number."""
    kind = first(found, "Type") or first(found, "EditionType")
    if kind:
        return spaced(kind) if kind != "NonImmersiveEdition" else ""
    return f"Edition {n + 1}" if n else ""


def _each_code_once(editions: list[Edition]) -> list[Edition]:
    """Numbers without an ISRC beside them are of the recording as a whole: they go to its first edition."""
    told: dict[str, Edition] = {}
    for each in editions:
        same = told.get(each.isrc)
        told[each.isrc] = each if same is None else _joined(same, each)
    loose = told.pop("", None)
    if loose is None:
        return list(told.values()) or [Edition()]
    coded = list(told.values())
    return [_joined(coded[0], loose), *coded[1:]] if coded else [loose]


def _joined(edition: Edition, other: Edition) -> Edition:
    return Edition(
        edition.isrc,
        edition.version,
        tuple(dict.fromkeys((*edition.others, *other.others))),
        together((edition.people, other.people)),
    )


def _year(holders: Iterable[Children]) -> int | None:
    for holder in holders:
        for each in holder.get("PLine", ()):
            year = year_in(each)
            if year is not None:
                return year
    return None


def _listed(names: Sequence[str]) -> str:
    shown = distinct(names)
    return ", ".join(shown[:3]) + (f" and {len(shown) - 3} more" if len(shown) > 3 else "")


def credits_on(recording: Recording, edition: Edition) -> tuple[Credit, ...]:
    """Everybody credited on one edition; display artists only where something about AI is disclosed."""
    credits = recording.people.credits
    if edition.people is NOBODY and not recording.artists.credits:
        return credits
    return tuple(dict.fromkeys((*credits, *edition.people.credits, *recording.artists.credits)))
