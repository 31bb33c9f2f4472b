"""An operator's manifest of what is in its datasets and models, as a stream (docs/formats/manifest.md).

JSON Lines, packed with gzip or not: a header, a line for each inclusion, a closing line with their number
and, where it is signed, a signature over everything before. Nothing of the content is held: a file is read
once to see that it is whole and whose it is, and once more for its lines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO, TypeVar

import msgspec

from artist_console.domain.identifiers import read_isrc, read_iswc
from artist_console.domain.inclusion import Asset, Basis, ModelRelation, TrainingData
from artist_console.domain.inclusion_states import NAMES_A_MODEL, InclusionState
from artist_console.domain.problems import InputProblem
from artist_console.domain.uses import Use

from .incoming import RowNote, Severity
from .manifest_faults import NOT_STATES, STATES, in_words, listed, short
from .signatures import MalformedSignature, SigningKey, UnverifiedJws, read_detached, sign_detached
from .unpacking import OpenedFile

FORMAT = "artist-console-manifest"
VERSION = 1
SIGNATURE_TYPE = "artist-console-manifest+jws"
MAX_HEADER_BYTES = 4 * 1024 * 1024
MAX_LINE_BYTES = 64 * 1024
MAX_LINES = 20_000_000
MAX_PLACES = 10_000
_MOST_WORDS = 1_000
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

Tell = Callable[[int], None]
Message = TypeVar("Message")


class Operator(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who runs the datasets and models, as the manifest names them."""

    name: str
    dpid: str = ""
    id: str = ""  # as the service knows them


class Dataset(msgspec.Struct, frozen=True, omit_defaults=True):
    key: str  # by which lines name it
    name: str
    version: str = ""
    publisher: str = ""
    licence: str = ""
    rows: int | None = None


class Parent(msgspec.Struct, frozen=True, omit_defaults=True):
    """`model` is a key of this manifest; else name and version, of the same operator or another."""

    relation: ModelRelation
    model: str = ""
    name: str = ""
    version: str = ""
    operator: Operator | None = None


class Model(msgspec.Struct, frozen=True, omit_defaults=True):
    key: str
    name: str
    version: str
    trained_on: list[str] = []  # keys of datasets
    parents: list[Parent] = []
    training_data: TrainingData = TrainingData.NOT_STATED
    released_on: date | None = None


class Header(msgspec.Struct, frozen=True, omit_defaults=True):
    format: str
    version: int
    operator: Operator
    as_of: date
    programme: str = ""  # name or id
    datasets: list[Dataset] = []
    models: list[Model] = []


class NamedWork(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a line names its work; identifiers in canonical form once it was read."""

    isrc: str = ""
    iswc: str = ""
    id: str = ""  # as the service knows it
    title: str = ""
    artist: str = ""

    @property
    def words(self) -> str:
        """For a sentence about the line."""
        named = f"“{self.title}” by {self.artist}" if self.title and self.artist else f"“{self.title}”"
        parts = [self.isrc, self.iswc, self.id, named if self.title else ""]
        return next((part for part in parts if part), "no work")


class Inclusion(msgspec.Struct, frozen=True, omit_defaults=True):
    work: NamedWork
    state: InclusionState
    asset: Asset | None = None  # None: a recording's master, a song's composition
    dataset: str = ""
    model: str = ""
    use: Use | None = None
    basis: Basis = Basis.UNDECLARED
    as_of: date | None = None
    words: str = ""


class Complete(msgspec.Struct, frozen=True, omit_defaults=True):
    """The list is complete for one dataset or model: what it does not name is not in it."""

    as_of: date
    dataset: str = ""
    model: str = ""
    words: str = ""


class _CompleteLine(msgspec.Struct, frozen=True, omit_defaults=True):
    complete: Complete


class End(msgspec.Struct, frozen=True, omit_defaults=True):
    lines: int  # between header and closing line
    signature: str = ""


class _EndLine(msgspec.Struct, frozen=True, omit_defaults=True):
    end: End


class _Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """What tells the kinds of lines apart."""

    complete: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    end: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """One line that can be used. `words` is the line as delivered."""

    row: int
    said: Inclusion | Complete
    words: str


@dataclass(frozen=True, slots=True)
class ManifestSeen:
    """What one reading of a whole manifest shows. The signature is not checked yet."""

    header: Header
    lines: int
    signature: UnverifiedJws | None
    complete: tuple[Complete, ...]  # what it says it is complete for
    sha256: str  # of the file as it came


def look_over(file: BinaryIO, file_name: str, tell: Tell) -> ManifestSeen:
    """Read a manifest once: is it whole, whose is it, what is it complete for. `tell` gets rows now and then.

    Raises InputProblem where it is none, is cut off, or its closing line does not fit.
    """
    reading = _Reading(file, file_name)
    complete: list[Complete] = []
    for row, line, _ in reading.lines():
        if row % 2_000 == 0:
            tell(row)
        said = line if isinstance(line, Complete) else None
        if said is not None and len(complete) < MAX_PLACES:
            complete.append(said)
    assert reading.header is not None  # else `lines` would not have ended
    assert reading.end is not None
    signature = None
    if reading.end.signature:
        try:
            signature = read_detached(reading.end.signature, reading.digest)
        except MalformedSignature as error:
            raise InputProblem(
                "The signature of “{file}” cannot be read: {reason}",
                "Ask the operator for the file again; nothing of it was taken over",
                file=file_name,
                reason=error,
            ) from error
    return ManifestSeen(
        reading.header, reading.end.lines, signature, tuple(complete), reading.opened.sha256()
    )


def manifest_lines(file: BinaryIO, file_name: str, seen: ManifestSeen) -> Iterator[ManifestLine | RowNote]:
    """The lines of a manifest that was looked over; a note in place of each that cannot be used."""
    datasets = {dataset.key for dataset in seen.header.datasets}
    models = {model.key for model in seen.header.models}
    for row, line, words in _Reading(file, file_name).lines():
        if isinstance(line, RowNote):
            yield line
            continue
        fault = _fault_of(line, datasets, models)
        if fault:
            yield RowNote(row, "", fault, Severity.REJECTED)
        else:
            yield ManifestLine(row, line, words)


def _fault_of(line: Inclusion | Complete, datasets: set[str], models: set[str]) -> str:
    """Why a line that can be read cannot be used; empty where it can."""
    if bool(line.dataset) == bool(line.model):
        return "Left out: it has to name either a dataset or a model"
    if line.dataset and line.dataset not in datasets:
        return f"Left out: the header has no dataset with the key “{short(line.dataset)}”{_its(datasets)}"
    if line.model and line.model not in models:
        return f"Left out: the header has no model with the key “{short(line.model)}”{_its(models)}"
    if isinstance(line, Complete):
        return ""
    if line.state in NOT_STATES:
        why = f"“{line.state.value}” is nothing that an operator reports of a work"
        return f"Left out: {why}; it can be {listed(STATES)}"
    if line.state in NAMES_A_MODEL and not line.model:
        return f"Left out: “{line.state.value}” is said of a model, and it names a dataset"
    work = line.work
    if not (work.isrc or work.iswc or work.id or (work.title and work.artist)):
        return "Left out: it names no work by ISRC, ISWC, id, or title and artist"
    return ""


def _its(keys: set[str]) -> str:
    return f"; its keys are {listed(sorted(keys), 6)}" if keys else ""


class _Reading:
    """One pass over the lines. `end` and `digest` stand when `lines` has come to its end."""

    def __init__(self, file: BinaryIO, file_name: str) -> None:
        self.opened = OpenedFile(file, file_name)
        self.file_name = file_name
        self.header: Header | None = None
        self.end: End | None = None
        self.digest = b""
        self._hash = hashlib.sha256()

    def lines(self) -> Iterator[tuple[int, Inclusion | Complete | RowNote, str]]:
        """Row, what it says or why it cannot be read, and its words. Raises InputProblem."""
        self.header = self._header()
        row = 1
        while raw := self.opened.stream.readline(MAX_LINE_BYTES + 1):
            row += 1
            if self.end is not None:
                raise self._not_whole("something follows after its closing line")
            if row > MAX_LINES:
                raise self._not_whole(f"it has more than {MAX_LINES:,} lines")
            if len(raw) > MAX_LINE_BYTES:
                raise self._not_whole(f"row {row} has more than {MAX_LINE_BYTES // 1024} KB")
            line = self._line(row, raw)
            if isinstance(line, End):
                self.end = line
                self.digest = self._hash.digest()
                if line.lines != row - 2:
                    raise self._not_whole(
                        f"its closing line says {line.lines:,} lines, and there are {row - 2:,}"
                    )
                continue
            self._hash.update(raw)
            yield row, line, raw.decode("utf-8", "replace").strip()[:_MOST_WORDS]
        if self.end is None:
            raise self._not_whole("it has no closing line, so its end is missing")

    def _header(self) -> Header:
        raw = self.opened.stream.readline(MAX_HEADER_BYTES + 1)
        if len(raw) > MAX_HEADER_BYTES:
            raise self._no_manifest(f"its first row has more than {MAX_HEADER_BYTES // 1024 // 1024} MB")
        # What editors put before a text is no part of it, nor of what is signed.
        raw = raw.removeprefix(_BYTE_ORDER_MARK)
        if raw.startswith(_UTF_16):
            raise self._no_manifest("it is written in UTF-16, and a manifest is in UTF-8")
        if self.opened.workbook or _is_row_of_table(raw):
            raise InputProblem(
                "“{file}” is no manifest: it is a table",
                "Import it as a catalogue, a dataset list or a statement",
                file=self.file_name,
            )
        try:
            header = _decoded(Header, raw)
        except ValueError as error:
            raise self._no_manifest(str(error)) from error
        if header.format != FORMAT:
            raise self._no_manifest("its first row is of another format")
        if header.version != VERSION:
            raise InputProblem(
                "“{file}” is a manifest of version {version}, and this application reads version {known}",
                "Install a newer version of Artist Console, or ask the operator for version {known}",
                file=self.file_name,
                version=header.version,
                known=VERSION,
            )
        self._check_header(header)
        self._hash.update(raw)
        return header

    def _check_header(self, header: Header) -> None:
        if not header.operator.name.strip():
            raise self._no_manifest("its first row does not name the operator")
        places = [*header.datasets, *header.models]
        if not places:
            raise self._no_manifest("it names no dataset and no model")
        if len(places) > MAX_PLACES:
            raise self._no_manifest(f"it names more than {MAX_PLACES:,} datasets and models")
        for group, what in ((header.datasets, "dataset"), (header.models, "model")):
            keys = [place.key for place in group]
            if len(set(keys)) != len(keys) or not all(keys):
                raise self._no_manifest(f"each {what} needs a key of its own")
            if not all(place.name.strip() for place in group):
                raise self._no_manifest(f"a {what} has no name")
        datasets = {dataset.key for dataset in header.datasets}
        models = {model.key for model in header.models}
        for model in header.models:
            for dataset in model.trained_on:
                if dataset not in datasets:
                    raise self._no_manifest(f"model {model.name} names a dataset that is not in it")
            for parent in model.parents:
                if parent.model not in models and not (not parent.model and parent.name.strip()):
                    raise self._no_manifest(f"model {model.name} names a parent that is not in it")
                if parent.model == model.key:
                    raise self._no_manifest(f"model {model.name} is its own parent")

    def _line(self, row: int, raw: bytes) -> Inclusion | Complete | End | RowNote:
        try:
            kind = _decoded(_Line, raw)
            if kind.end is not msgspec.UNSET:
                return _decoded(_EndLine, raw).end
            if kind.complete is not msgspec.UNSET:
                return _decoded(_CompleteLine, raw).complete
            return _tidy(_decoded(Inclusion, raw))
        except ValueError as error:
            return RowNote(row, "", f"Left out: {error}", Severity.REJECTED)

    def _no_manifest(self, reason: str) -> InputProblem:
        return InputProblem(
            "“{file}” is no manifest that can be read: {reason}",
            "Ask the operator for it in the form that docs/formats/manifest.md describes",
            file=self.file_name,
            reason=reason,
        )

    def _not_whole(self, reason: str) -> InputProblem:
        return InputProblem(
            "“{file}” is not whole: {reason}",
            "Ask the operator for the file again; nothing of it was taken over",
            file=self.file_name,
            reason=reason,
        )


def _is_row_of_table(raw: bytes) -> bool:
    """Whether a first row is one of names or values between delimiters."""
    try:
        text = raw.decode("utf-8").strip()
    except UnicodeDecodeError:
        return False
    return not text.startswith(("{", "[", "<", "%")) and any(sign in text for sign in ",;\t|")


def _decoded(message: type[Message], raw: bytes) -> Message:
    """Raises ValueError with what is wrong, in words."""
    try:
        return msgspec.json.decode(raw, type=message)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    except msgspec.ValidationError as error:
        raise ValueError(in_words(str(error), message, raw)) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise ValueError("it is no JSON") from None


def _tidy(line: Inclusion) -> Inclusion:
    """With identifiers in canonical form. Raises ValueError for one that is none."""
    work = line.work
    isrc, iswc = read_isrc(work.isrc), read_iswc(work.iswc)
    for read in (isrc, iswc):
        if not read.value and not read.is_empty:
            raise ValueError(read.reason.rstrip("."))
    named = NamedWork(isrc.value, iswc.value, work.id.strip(), _plain(work.title), _plain(work.artist))
    return msgspec.structs.replace(line, work=named, words=_plain(line.words)[:_MOST_WORDS])


def _plain(text: str) -> str:
    return " ".join(text.split())


# -- writing


def written(header: Header, lines: Iterator[Inclusion | Complete], key: SigningKey | None) -> Iterator[bytes]:
    """A manifest, line by line, signed where a key is given."""
    found = hashlib.sha256()
    count = -1
    for value in _values(header, lines):
        raw = msgspec.json.encode(value) + b"\n"
        found.update(raw)
        count += 1
        yield raw
    signature = sign_detached(found.digest(), key, SIGNATURE_TYPE) if key is not None else ""
    end: dict[str, Any] = {"lines": count} | ({"signature": signature} if signature else {})
    yield msgspec.json.encode({"end": end}) + b"\n"


def _values(header: Header, lines: Iterator[Inclusion | Complete]) -> Iterator[Any]:
    yield header
    for line in lines:
        yield {"complete": line} if isinstance(line, Complete) else line
