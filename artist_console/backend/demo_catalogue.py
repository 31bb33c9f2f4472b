"""Recordings, songs and releases of the sample world, with the gaps and doubles that real catalogues have."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from artist_console.backend.demo_identity import chance, days_before, ident
from artist_console.backend.demo_people import (
    CO_WRITERS,
    ROSTER,
    Act,
    party_id,
    person_slug,
)
from artist_console.backend.demo_titles import RELEASE_WORDS, REMIXERS, VERSIONS, titles
from artist_console.domain.identifiers import iswc_check_digit, upc_check_digit
from artist_console.domain.ids import PartyId, ReleaseId, WorkId
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import (
    Relation,
    RelationKind,
    Release,
    ReleaseTrack,
    SourceNote,
    Work,
    WorkCredit,
)


@dataclass(frozen=True, slots=True)
class Planned:
    """A release that the sample needs by name: kind, days before today, titles of its tracks."""

    title: str
    kind: str
    days: int
    tracks: tuple[str, ...]


# "Title|Version" is a version of the song of that title; "Title@ola" is made together with another artist.
PLANNED: dict[str, tuple[Planned, ...]] = {
    "mara": (
        Planned("Kitchen Tapes", "collection", 2870, (
            "Ten Past Never", "Rain on Tin", "Sugar and Rust", "Kettle Song", "Old Friends, New Coats",
            "Moth", "The Good Plates", "Sunday Ironing", "Third Cup", "Crumbs", "Back Door",
            "Salt Lines|Demo")),
        Planned("Small Rooms", "album", 1330, (
            "Glasshouse", "Paper Boats", "Two Candles@ola", "Window Seat", "Slow Radio", "Landlady",
            "Borrowed Kettle", "The Spare Key", "Attic Weather", "Stairwell", "Lights Off")),
        Planned("Night Ferry", "album", 545, (
            "Salt Lines", "Harbour Lights", "Cold Water Choir", "Lantern Year", "Ferryman's Daughter",
            "Breakwater", "Tidal Clock", "North Quay", "Last Boat Home")),
        Planned("Norrsken EP", "ep", 255, ("Norrsken", "Norrsken|Instrumental", "First Thaw", "Birch")),
    ),
    "ola": (
        Planned("Hemväg", "album", 800, ("Kvällståget", "Sista bussen", "Hemväg", "Grusväg", "Tröskel")),
    ),
    "ines": (Planned("Maré Alta", "single", 130, ("Maré Alta", "Maré Alta|Acoustic")),),
    "sana": (Planned("Shaam", "ep", 400, ("شام کا سفر", "Paper Kites", "Paper Kites|Live")),),
    "layla": (Planned("Layl", "ep", 320, ("ليل المدينة", "Jasmine Hour", "نافذة على البحر")),),
    "hikari": (
        Planned("七月の灯台", "album", 420, ("七月の灯台", "遠い電車", "透明な手紙", "Glass Season")),
    ),
    "aleksi": (
        Planned("Night Depot Remixes", "ep", 200, (
            "Afterglow Hotel*twin", "Static Parade*twin", "Neon Tides*twin")),
        Planned("Raja", "album", 610, ("Raja", "Jäätie", "Rautakello", "Valohetki", "Savusignaali")),
    ),
    "twin": (
        Planned("Afterglow Hotel", "album", 900, (
            "Afterglow Hotel", "Static Parade", "Neon Tides", "Room 212", "Minibar", "Checkout")),
        Planned("Two Lights", "album", 240, ("Two Lights", "Harbour Radio", "Signal Fire", "Long Weekend")),
    ),
    "paper": (Planned("Windfall", "album", 700, ("Windfall", "Cider Ghost", "Barn Telephone", "Hornet")),),
    "solveig": (
        Planned("Hraunljóð", "album", 1500, ("Hraunljóð", "Birkisteinn", "Þokunótt", "Silfurtjörn")),
    ),
    "zoe": (Planned("Zomerhuis", "album", 660, ("Zomerhuis", "Glasbrug", "Regenjas", "Torenvogel")),),
    "kofi": (Planned("Two Rivers Suite", "album", 980, ("Waltz for Abena", "Osu Market", "Two Rivers")),),
}  # fmt: skip


@dataclass
class Catalogue:
    """What the generators fill, and the works that later ones need by name."""

    today: date
    works: dict[WorkId, Work] = field(default_factory=dict)
    releases: list[Release] = field(default_factory=list)
    recording: dict[tuple[str, str, str], WorkId] = field(default_factory=dict)  # act, title, version
    song: dict[tuple[str, str], WorkId] = field(default_factory=dict)
    writers: dict[WorkId, tuple[PartyId, ...]] = field(default_factory=dict)  # beside the artists

    counts: Counter[PartyId] = field(default_factory=Counter)  # works per artist

    def add(self, work: Work) -> WorkId:
        self.works[work.id] = work
        self.counts.update(work.artists)
        return work.id

    def of(self, act: Act) -> list[Work]:
        return [work for work in self.works.values() if act.id in work.artists]

    def release(self, title: str) -> Release:
        return next(release for release in self.releases if release.title == title)

    def named(self, act: str, title: str, version: str = "") -> WorkId:
        return self.recording[act, title, version]


def catalogue(today: date) -> Catalogue:
    """Every artist's works: first the releases needed by name, then others until the number is reached."""
    made = Catalogue(today)
    for act in ROSTER:
        _Maker(act, made).fill()
    return made


class _Maker:
    """Fills one artist's part."""

    def __init__(self, act: Act, into: Catalogue) -> None:
        self.act, self.into = act, into
        self.random = chance("catalogue", act.slug)
        self.pool = iter(titles(act.tongue, self.random))
        self.taken: set[str] = set()
        self.songs: list[str] = []
        self.count = 0  # running number of recordings, for ISRCs

    @property
    def left(self) -> int:
        return self.act.works - self.into.counts[self.act.id]

    def fill(self) -> None:
        for planned in PLANNED.get(self.act.slug, ()):
            self._release(planned.title, planned.kind, planned.days, planned.tracks)
        words = [
            w for w in RELEASE_WORDS[self.act.tongue] if not any(w == r.title for r in self.into.releases)
        ]
        days = 300 + self.random.randrange(60)
        number = 0
        while self.left > 6:
            kind = self.random.choice(("album", "album", "ep", "single"))
            size = {"album": 9, "ep": 4, "single": 1}[kind] + self.random.randrange(3)
            tracks = self._tracks(size)
            title = words[number] if number < len(words) and kind != "single" else tracks[0].split("|")[0]
            self._release(title, kind, days, tuple(tracks))
            number += kind != "single"
            days += 90 + self.random.randrange(200)
        while self.left > 0:
            self._unreleased()

    def _tracks(self, size: int) -> list[str]:
        """Titles until the release or the artist's number is full; some are versions of one before."""
        room = self.left
        tracks: list[str] = []
        before = list(self.songs)
        while len(tracks) < size and room > 0:
            if before and (room == 1 or self.random.random() < 0.22):
                title, version = self.random.choice(before), self.random.choice(VERSIONS)
                if (self.act.slug, title, version) in self.into.recording or f"{title}|{version}" in tracks:
                    room -= room == 1  # nothing else would fit in the last place
                    continue
                tracks.append(f"{title}|{version}")
                room -= 1
            elif room >= 2:
                title = self._title()
                tracks.append(title)
                before.append(title)
                room -= 2
            else:
                break
        return tracks or [self._title()]

    def _title(self) -> str:
        for title in self.pool:
            if title not in self.taken and (self.act.slug, title) not in self.into.song:
                self.taken.add(title)
                return title
        raise AssertionError(f"the pool of titles of {self.act.slug} is too small")

    def _release(self, title: str, kind: str, days: int, tracks: tuple[str, ...]) -> None:
        released = days_before(self.into.today, days)
        id = ReleaseId(ident("release", self.act.slug, title, str(days)))
        works = [self._track(track, released) for track in tracks]
        body = f"299{chance('upc', id).randrange(10**9):09d}"  # 200 to 299 stay inside a shop: nobody's
        number = self.random.random()
        self.into.releases.append(
            Release(
                id,
                title,
                (self.act.id,),
                kind,
                f"0{body}{upc_check_digit(body)}" if number > 0.06 else "",
                self.act.label,
                released,
                tuple(ReleaseTrack(work, place) for place, work in enumerate(works, 1)),
            )
        )

    def _track(self, track: str, released: date) -> WorkId:
        if "*" in track:
            title, _, of = track.partition("*")
            return self._remix(title, of, released)
        title, _, other = track.partition("@")
        title, _, version = title.partition("|")
        artists = (self.act.id, party_id(other)) if other else (self.act.id,)
        song = self.into.song.get((self.act.slug, title)) or self._song(title, artists, released)
        first = self.into.recording.get((self.act.slug, title, ""))
        relations = [Relation(RelationKind.EMBODIES, song)]
        if first is not None and version:
            kind = RelationKind.RERECORDING_OF if version == "Acoustic" else RelationKind.VERSION_OF
            relations.append(Relation(kind, first))
        return self._recording(title, version, artists, tuple(relations), released)

    def _remix(self, title: str, of: str, released: date) -> WorkId:
        source = self.into.recording[of, title, ""]
        song = self.into.song[of, title]
        relations = (Relation(RelationKind.EMBODIES, song), Relation(RelationKind.REMIX_OF, source))
        return self._recording(title, f"{self.act.name} Remix", (self.act.id,), relations, released)

    def _song(self, title: str, artists: tuple[PartyId, ...], released: date) -> WorkId:
        id = WorkId(ident("song", self.act.slug, title))
        others: tuple[PartyId, ...] = ()
        if self.random.random() < 0.3 and not self.act.self_declared and title not in _HAS_A_STORY:
            others = tuple(
                party_id(person_slug(name))
                for name, _ in self.random.sample(CO_WRITERS, 1 + (self.random.random() < 0.25))
            )
        nine = f"999{chance('iswc', id).randrange(10**6):06d}"
        number = self.random.random()
        writers = tuple(
            WorkCredit(name, "composer", party)
            for party, name in ((party_id(person_slug(name)), name) for name, _ in CO_WRITERS)
            if party in others
        )
        song = Work(
            id,
            WorkKind.COMPOSITION,
            title,
            artists,
            identifier=f"T{nine}{iswc_check_digit(nine)}" if number > 0.24 else "",
            credits=(WorkCredit(self.act.name, "composer", self.act.id), *writers),
            year=released.year,
            sources=(SourceNote("works-registration.csv", 2 + len(self.into.works)),),
        )
        self.into.add(song)
        self.into.song[self.act.slug, title] = id
        self.songs.append(title)
        self.into.writers[id] = others
        return id

    def _recording(
        self,
        title: str,
        version: str,
        artists: tuple[PartyId, ...],
        relations: tuple[Relation, ...],
        released: date | None,
    ) -> WorkId:
        self.count += 1
        id = WorkId(ident("recording", self.act.slug, title, version))
        year = (released or self.into.today).year
        code = f"XX{self.act.registrant}{year % 100:02d}{self._designation(title):05d}"
        number = self.random.random()
        credits = [WorkCredit(self.act.name, "main_artist", self.act.id)]
        if self.random.random() < 0.05 and title not in _HAS_A_STORY:
            credits.append(WorkCredit(self.random.choice(REMIXERS), "featured_artist"))
        note = "" if self.random.random() > 0.04 else "Two sources give different lengths for this recording."
        recording = Work(
            id,
            WorkKind.RECORDING,
            title,
            artists,
            version=version,
            identifier="" if released is None or (number < 0.05 and title not in _HAS_A_STORY) else code,
            credits=tuple(credits),
            relations=relations,
            aliases=_LATIN.get(title, ()),
            duration_s=Decimal(95 + self.random.randrange(260)),
            year=year if released else None,
            unreleased=released is None,
            sources=(SourceNote("catalogue.csv", 1 + len(self.into.works), warning=note),),
        )
        self.into.add(recording)
        self.into.recording[self.act.slug, title, version] = id
        return id

    def _designation(self, title: str) -> int:
        """The last five digits: a block of its own per artist of a label."""
        if title == "Salt Lines" and self.count < 40:
            return 417 if (self.act.slug, title, "Demo") in self.into.recording else 400
        return 1000 * (1 + ROSTER.index(self.act)) + self.count

    def _unreleased(self) -> None:
        if self.left >= 2:
            title = self._title()
            today = self.into.today - timedelta(days=30)
            song = self._song(title, (self.act.id,), today)
            relations = (Relation(RelationKind.EMBODIES, song),)
            self._recording(title, "", (self.act.id,), relations, None)
            return
        title = self.random.choice(self.songs)
        song = self.into.song[self.act.slug, title]
        embodies = (Relation(RelationKind.EMBODIES, song),)
        version = f"Rough mix {self.count + 1}"
        self._recording(title, version, (self.act.id,), embodies, None)


_HAS_A_STORY = frozenset(title for all in PLANNED.values() for p in all for title in p.tracks)
_LATIN: dict[str, tuple[str, ...]] = {
    "七月の灯台": ("Shichigatsu no tōdai", "Lighthouse in July"),
    "遠い電車": ("Tōi densha",),
    "透明な手紙": ("Tōmei na tegami",),
    "ليل المدينة": ("Layl al-madina",),
    "نافذة على البحر": ("Nafidha ala al-bahr",),
    "شام کا سفر": ("Shaam ka safar",),
}
