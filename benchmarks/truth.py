"""A truth set for matching: real rows, rows made to mislead, and works of which is known what they are.

Works are real rows written another way, in thirteen ways, and decoys: real artists with real titles of
others, numbered series, generic titles. What is the same song is told by the rows that were drawn, and by
letters and digits alone, without any code of the application: whatever else it finds counts as wrong.
"""

from __future__ import annotations

import csv
import gzip
import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

Random = random.Random
Song = tuple[str, str]  # title, artist

_FILES = (
    ("billboard-mcgill/billboard-2.0-index.csv.gz", "title", "artist"),
    ("harmonix/metadata.csv.gz", "Title", "Artist"),
    ("salami/metadata.csv.gz", "SONG_TITLE", "ARTIST"),
    ("stable-audio-open-fma/fma_dataset_attribution2.csv.gz", "title", "author"),
)
_GENERIC = ("Intro", "Outro", "Interlude", "Untitled", "Prelude", "Theme", "Skit", "Overture", "Remix")
_SERIES = ("Symphony No. {n}", "Etude {n}", "Sonata No. {n} in {key}", "Live Set {n}", "Track {n}", "Op. {n}")
_KEYS = ("C", "D", "E flat", "F sharp minor", "G", "A minor", "B flat major")


@dataclass(frozen=True, slots=True)
class TruthRow:
    """A row of a list, as `domain.matching` wants it."""

    title: str
    artist: str
    identifier: str = ""
    other_identifiers: tuple[tuple[str, str], ...] = ()
    url: str = ""
    duration_s: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TruthWork:
    """A work as an artist's catalogue has it, and the song that it is."""

    title: str
    artist: str
    version: str
    song: Song
    way: str  # how it was written another way; "decoy" where it was made up


@dataclass(frozen=True, slots=True)
class Truth:
    rows: tuple[TruthRow, ...]
    works: tuple[TruthWork, ...]


def real_songs(folder: Path) -> list[Song]:
    """Title and artist of every real row that has both, in the order of the files."""
    found: list[Song] = []
    for name, title, artist in _FILES:
        with gzip.open(folder / name, "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                song = row[title].replace("_", " ").strip(), row[artist].replace("_", " ").strip()
                if all(song):
                    found.append(song)
    return found


def make_truth(
    songs: Sequence[Song], drawn: Callable[[Song], bool], seed: int, rows: int, works: int
) -> Truth:
    """`drawn` says of which songs works may be made: tuning and test draw from different ones."""
    chance = Random(seed)
    listed = [*songs, *(_decoy(chance, songs) for _ in range(max(0, rows - len(songs))))]
    chance.shuffle(listed)
    distinct = list(dict.fromkeys(song for song in songs if drawn(song)))
    ways = list(WAYS.items())
    made: list[TruthWork] = []
    for number, song in enumerate(chance.sample(distinct, min(works // 2, len(distinct)))):
        name, way = ways[number % len(ways)]
        title, artist = way(chance, song)
        made.append(TruthWork(title, artist, "", song, name))
    while len(made) < works:
        song = _decoy(chance, songs)
        made.append(TruthWork(*song, "", song, "decoy"))
    return Truth(tuple(TruthRow(*song) for song in listed), tuple(made))


def _decoy(chance: Random, songs: Sequence[Song]) -> Song:
    title, artist = chance.choice(songs)[0], chance.choice(songs)[1]
    kind = chance.random()
    if kind < 0.4:
        return title, artist
    if kind < 0.55:
        made = chance.choice(_SERIES).format(n=chance.randint(1, 40), key=chance.choice(_KEYS))
        return made, artist
    if kind < 0.65:
        return chance.choice(_GENERIC), artist
    if kind < 0.8:  # the same artist, another title out of the same words
        other = chance.choice(songs)[0].split()
        words = [*title.split()[: chance.randint(1, 3)], *other[-chance.randint(1, 2) :]]
        return " ".join(words), artist
    name = [*chance.choice(songs)[1].split()[:1], *chance.choice(songs)[1].split()[-1:]]
    words = [*title.split()[:2], *chance.choice(songs)[0].split()[-2:]]
    return " ".join(words), " ".join(name)


# Thirteen ways to write a song another way


def _as_it_is(_: Random, song: Song) -> Song:
    return song


def _case(chance: Random, song: Song) -> Song:
    change = chance.choice((str.upper, str.lower, str.title))
    return change(song[0]), change(song[1])


def _accents(chance: Random, song: Song) -> Song:
    marks = {"a": "á", "e": "é", "i": "í", "o": "ö", "u": "ü", "n": "ñ", "c": "ç"}

    def change(text: str) -> str:
        return "".join(marks.get(char, char) if chance.random() < 0.4 else char for char in text)

    return change(song[0]), change(song[1])


def _punctuation(chance: Random, song: Song) -> Song:
    text = song[0].replace("'", "’").replace(",", "").replace(".", "").replace(":", " -")
    return text + chance.choice(("", "!", "...", " ?")), song[1].replace(".", "").replace("'", "’")


def _the(_: Random, song: Song) -> Song:
    artist = song[1][4:] if song[1].lower().startswith("the ") else f"The {song[1]}"
    return song[0], artist


def _and(_: Random, song: Song) -> Song:
    def change(text: str) -> str:
        return (
            re.sub(r"\band\b", "&", text, flags=re.IGNORECASE)
            if re.search(r"\band\b", text, re.IGNORECASE)
            else text.replace("&", "and")
        )

    return change(song[0]), change(song[1])


def _guest(chance: Random, song: Song) -> Song:
    form = chance.choice((" (feat. {})", " ft. {}", " [featuring {}]", " (with {})"))
    return song[0] + form.format(chance.choice(("Ada Pier", "Jo Low & Mira Sand"))), song[1]


def _remastered(chance: Random, song: Song) -> Song:
    form = chance.choice(
        (" - Remastered {}", " ({} Remaster)", " - {} Digital Remaster", " (Deluxe Edition)")
    )
    return song[0] + form.format(chance.randint(1990, 2024)), song[1]


def _live(chance: Random, song: Song) -> Song:
    return song[0] + chance.choice((" (Live)", " - Live at the Pier, 1999", " [Live Version]")), song[1]


def _other_letters(_: Random, song: Song) -> Song:
    """Cyrillic letters of the same sound, as a transliterated name has them."""
    letters = dict(zip("abvgdeziklmnoprstuf", "абвгдезиклмнопрстуф", strict=True))

    def change(text: str) -> str:
        return "".join(letters.get(char, char) for char in text.lower())

    if re.search(r"[chjqwxy]", (song[0] + song[1]).lower()):
        return song[0].replace("-", "‐"), song[1].replace("'", "ʼ")
    return change(song[0]), change(song[1])


def _more_artists(chance: Random, song: Song) -> Song:
    form = chance.choice(("{}, Ada Pier", "Ada Pier & {}", "{} x Jo Low", "{} feat. Ada Pier"))
    return song[0], form.format(song[1])


def _typo(chance: Random, text: str) -> str:
    places = [n for n, char in enumerate(text[:-1]) if char.isalpha()]
    if len(places) < 4:
        return text
    at = chance.choice(places[1:])
    kind = chance.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + chance.choice("aeiorstln") + text[at + 1 :]


def _typo_in_title(chance: Random, song: Song) -> Song:
    return _typo(chance, song[0]), song[1]


def _typo_in_artist(chance: Random, song: Song) -> Song:
    return song[0], _typo(chance, song[1])


WAYS: dict[str, Callable[[Random, Song], Song]] = {
    "as it is": _as_it_is,
    "case": _case,
    "accents": _accents,
    "punctuation": _punctuation,
    "the": _the,
    "and": _and,
    "guest": _guest,
    "remaster": _remastered,
    "live": _live,
    "letters": _other_letters,
    "more artists": _more_artists,
    "typo in title": _typo_in_title,
    "typo in artist": _typo_in_artist,
}


# What is the same song


# Another version of a song is the song: a list that holds one lists the work.
_VERSIONS = (
    "feat|ft|live|remaster|remastered|album|radio|single|instrumental|acoustic|remix|mix|version|edit|demo"
)


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.replace("&", "and")).casefold()
    letters = "".join(char for char in text if char.isalnum())
    return letters or "".join(text.split())


def _names(artist: str) -> frozenset[str]:
    several = re.split(r"[,;/&]|\b(?:feat|ft|featuring|with|and|x|vs)\b\.?", artist.lower())
    return frozenset(
        plain for each in (artist, *several) if (plain := _plain(re.sub(r"^the ", "", each.strip().lower())))
    )


@dataclass(frozen=True, slots=True)
class Same:
    """A song by letters and digits alone."""

    title: str
    names: frozenset[str]

    @classmethod
    def of(cls, title: str, artist: str) -> Same:
        bare = re.sub(rf"[(\[](?:[^)\]]*\b)?(?:{_VERSIONS})\b[^)\]]*[)\]]", "", title.lower())
        bare = re.sub(rf" [-‐] (?:{_VERSIONS})$", "", bare)
        return cls(_plain(bare) or _plain(title), _names(artist))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.title == other.title and bool(self.names & other.names)

    def __hash__(self) -> int:
        return hash(self.title)
