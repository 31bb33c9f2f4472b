"""Compare one audio file with a list that holds hashes, fingerprints or content codes, on this computer.

Nothing is sent anywhere. An equal hash is the same file; fingerprints and codes tell alike sound by a number.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import MappingProxyType

from artist_console.domain.problems import FileProblem, InputProblem
from artist_console.formats import fingerprints, iscc_codes
from artist_console.formats.dataset_list import open_dataset_list
from artist_console.formats.dataset_list_columns import is_audio_list_header
from artist_console.formats.incoming import DatasetRow
from artist_console.host.fingerprinting import Fingerprinted, fingerprint

_CHUNK = 1 << 20
_EVERY = 200
_ISCC_ALIKE = 0.08  # five bits of 64: other music came to twelve
_NO_ISCC = "iscc-core is not installed here (extra “audio”), so ISCC codes were not compared."
PROVES = {
    "same_file": "The list holds this very file: an equal hash cannot happen by chance.",
    "alike": "The list holds audio that sounds the same, as far as the number says. It may be another copy,"
    " master or edit of the recording, or a recording that contains it.",
}
DOES_NOT_PROVE = (
    "It does not show that a model was trained on it, nor who has the rights. That nothing was found does not"
    " show that the recording is not in the list: rows without such codes are not compared."
)


class Mark(Enum):
    """By what a row was compared."""

    SHA256 = "sha256"
    MD5 = "md5"
    CHROMAPRINT = "chromaprint"
    ISCC = "iscc"


@dataclass(frozen=True, slots=True)
class AudioHit:
    """One row of the list that is this file, or sounds like it."""

    row: int
    title: str
    artist: str
    list_id: str
    by: Mark
    differs: float | None  # part of the bits of fingerprint or code; None for a hash
    words: str

    @property
    def same_file(self) -> bool:
        return self.differs is None


@dataclass(frozen=True, slots=True)
class AudioCheck:
    """What came of it. `compared` counts rows by what they were compared by."""

    file_name: str
    sha256: str
    list_name: str
    rows: int
    compared: Mapping[Mark, int]
    hits: tuple[AudioHit, ...]  # the same file first, then the most alike
    notes: tuple[str, ...]  # what could not be compared, and why

    @property
    def proves(self) -> str:
        """What it shows, in plain words; empty where nothing was found."""
        if not self.hits:
            return ""
        return PROVES["same_file" if any(hit.same_file for hit in self.hits) else "alike"]

    @property
    def does_not_prove(self) -> str:
        return DOES_NOT_PROVE


@dataclass(frozen=True, slots=True)
class _Ours:
    """What is known of the file."""

    sha256: str
    md5: str
    chromaprint: tuple[int, ...]
    units: tuple[fingerprints.IsccUnit, ...]


def check_audio(
    file: Path,
    list_file: Path,
    columns: Mapping[str, str] = MappingProxyType({}),
    progress: Callable[[int], None] = lambda _: None,
    program: str | None = None,
) -> AudioCheck:
    """Compare a file with each row of a list. `program` is fpcalc where it is not in its usual place.

    Raises FileProblem, InputProblem, ColumnsUnknown.
    """
    hits: list[AudioHit] = []
    compared: Counter[Mark] = Counter()
    try:
        with list_file.open("rb") as stream:
            reader = open_dataset_list(stream, list_file.name, columns, is_audio_list_header)
            ours, notes = _what_is_known(file, program, reader.fields)
            for row in reader:
                if isinstance(row, DatasetRow) and row.audio:
                    hit = _compare(ours, row, compared)
                    if hit is not None:
                        hits.append(hit)
                if reader.rows_read % _EVERY == 0:
                    progress(reader.rows_read)
    except OSError as error:
        raise _unreadable(list_file) from error
    if not compared and not notes:
        notes = ("No row of the list has a code that this file could be compared by.",)
    hits.sort(key=lambda hit: (hit.differs or 0.0, hit.row))
    return AudioCheck(
        file.name, ours.sha256, list_file.name, reader.rows_read, dict(compared), tuple(hits), notes
    )


def _what_is_known(file: Path, program: str | None, wanted: frozenset[str]) -> tuple[_Ours, tuple[str, ...]]:
    """Of the file, as far as the list has something to compare with; and what could not be found out."""
    sha256, md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    notes: list[str] = []
    sound = Fingerprinted()
    codes: tuple[str, ...] = ()
    try:
        with file.open("rb") as stream:
            while part := stream.read(_CHUNK):
                sha256.update(part)
                md5.update(part)
            if not stream.tell():
                raise InputProblem("“{file}” is empty", "Choose the audio file again", file=file.name)
            if wanted & {Mark.CHROMAPRINT.value, Mark.ISCC.value}:
                sound = fingerprint(file, program)
                notes += [sound.why] if sound.why else []
            if Mark.ISCC.value in wanted:
                codes = iscc_codes.codes_of(stream, sound.numbers)
                notes += [] if codes else [_NO_ISCC]
    except OSError as error:
        raise _unreadable(file) from error
    units = tuple(unit for code in codes if (unit := fingerprints.read_iscc_unit(code)) is not None)
    return _Ours(sha256.hexdigest(), md5.hexdigest(), sound.numbers, units), tuple(notes)


def _compare(ours: _Ours, row: DatasetRow, compared: Counter[Mark]) -> AudioHit | None:
    """The strongest thing that row and file have in common."""
    said = dict(row.audio)
    for mark, own in ((Mark.SHA256, ours.sha256), (Mark.MD5, ours.md5)):
        if mark.value in said:
            compared[mark] += 1
            if said[mark.value].strip().lower() == own:
                return _hit(row, mark, None, "the same file, by its hash")
    if "chromaprint" in said and ours.chromaprint:
        theirs = fingerprints.read_chromaprint(said["chromaprint"])
        likeness = fingerprints.compare(ours.chromaprint, theirs) if theirs else None
        if likeness is not None:
            compared[Mark.CHROMAPRINT] += 1
            if likeness.same:
                over = f"over {likeness.seconds:.0f} s"
                words = f"sounds the same: {likeness.differs:.1%} of the fingerprint differ {over}"
                return _hit(row, Mark.CHROMAPRINT, likeness.differs, words)
    return _by_code(ours, row, said.get("iscc", ""), compared)


def _by_code(ours: _Ours, row: DatasetRow, said: str, compared: Counter[Mark]) -> AudioHit | None:
    if not said or not ours.units:
        return None
    units = [unit for code in iscc_codes.units_of(said) if (unit := fingerprints.read_iscc_unit(code))]
    compared[Mark.ISCC] += bool(units)
    apart = [
        differs
        for theirs in units
        for own in ours.units
        if theirs.is_audio and (differs := fingerprints.compare_iscc(own, theirs)) is not None
    ]
    if any(not theirs.is_audio and theirs in ours.units for theirs in units):
        return _hit(row, Mark.ISCC, 0.0, "the same content, by its ISCC")
    if apart and min(apart) <= _ISCC_ALIKE:
        return _hit(
            row, Mark.ISCC, min(apart), f"sounds alike: {min(apart):.1%} of the ISCC audio code differ"
        )
    return None


def _hit(row: DatasetRow, by: Mark, differs: float | None, words: str) -> AudioHit:
    return AudioHit(row.row, row.title, row.artist, row.list_id, by, differs, words)


def _unreadable(path: Path) -> FileProblem:
    return FileProblem(
        "“{file}” cannot be read", "Look whether it is there and may be opened", file=path.name
    )
