"""datapackage.json of a report: a Frictionless Data Package in canonical JSON, which is what is signed.

In every version of the format, `artist_console.format` and `.version` stand in a datapackage.json that
signature-1.jws signs: so a reader of today tells a report of tomorrow from a changed one.
docs/report-format.md describes it for other programs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from artist_console.domain.ids import ArtistId

from .canonical import NotCanonical, canonical_bytes
from .encoding import as_plain
from .package import is_plain_name
from .report_content import ReportHeader
from .strict_json import MalformedJson, read_json

FORMAT = "artist-console-report"
VERSION = 2
DESCRIPTOR = "datapackage.json"
MAX_DESCRIPTOR_BYTES = 4 * 1024 * 1024
MAX_NESTING = 32  # of ours, nothing lies deeper than seven
OVERVIEW = "overview"  # the table that people read in a spreadsheet
ORIGINAL = "original-"  # in a redacted copy, before the names of what came from the original
PROOF_ENDING = ".proof"  # in a redacted copy, of what says which rows of a table were taken out
_HASH = "sha256:"


class MalformedDescriptor(ValueError):
    """A descriptor that is not one of this version. `str()` says where."""


class NewerFormat(ValueError):
    """A descriptor of a later version of the format."""


class Contributor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    role: str
    title: str


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A column, in the types of Table Schema."""

    name: str
    type: str
    description: str = ""


class Schema(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    fields: list[Field]
    primaryKey: list[str]
    missingValues: list[str]


class Resource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table as CSV. `hash` is "sha256:" and hex digits."""

    name: str
    path: str
    title: str
    description: str
    profile: str
    format: str
    mediatype: str
    encoding: str
    bytes: int
    hash: str
    schema: Schema

    @property
    def sha256(self) -> str:
        return self.hash.removeprefix(_HASH)


class TableSeal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many rows a table has, and the root of their salted digests (RFC 9162)."""

    rows: int
    root: str


class FileSeal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file beside the tables, outside what the Data Package lists."""

    name: str
    bytes: int
    hash: str
    mediatype: str

    @property
    def sha256(self) -> str:
        return self.hash.removeprefix(_HASH)


class ArtistSeal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An artist whose ledger is here, and where it ends: 0 and "" when nothing was recorded."""

    id: ArtistId
    name: str
    n: int
    head: str


class RedactionSeal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was taken out of a copy, as the copy says: checked against the original's descriptor."""

    original: str  # SHA-256 of the original's datapackage.json
    removed: dict[str, int]  # by table: rows taken out
    whole: list[str]  # tables taken out whole
    on: datetime


class Own(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The member of the descriptor that is ours."""

    format: str
    version: int
    header: ReportHeader
    artists: list[ArtistSeal]
    tables: dict[str, TableSeal]
    files: list[FileSeal]
    redaction: RedactionSeal | None


class Descriptor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    profile: str
    name: str
    title: str
    created: datetime
    contributors: list[Contributor]
    resources: list[Resource]
    artist_console: Own

    @property
    def header(self) -> ReportHeader:
        return self.artist_console.header

    @property
    def redaction(self) -> RedactionSeal | None:
        return self.artist_console.redaction

    def resource(self, name: str) -> Resource | None:
        return next((each for each in self.resources if each.name == name), None)

    def file(self, name: str) -> FileSeal | None:
        return next((each for each in self.artist_console.files if each.name == name), None)

    @property
    def listed(self) -> Mapping[str, tuple[int, str]]:
        """Size and SHA-256 of every file of the package but descriptor and signatures, in their order."""
        tables = {each.path: (each.bytes, each.sha256) for each in self.resources}
        return tables | {each.name: (each.bytes, each.sha256) for each in self.artist_console.files}


class _OwnVersion(msgspec.Struct, frozen=True):
    format: str
    version: int


class _Version(msgspec.Struct, frozen=True):
    artist_console: _OwnVersion


def table_path(name: str) -> str:
    return f"{name}.csv"


def hash_of(sha256: str) -> str:
    """A hash as a Data Package spells it."""
    return _HASH + sha256


def descriptor_of(
    header: ReportHeader,
    artists: list[ArtistSeal],
    resources: list[Resource],
    tables: Mapping[str, TableSeal],
    files: list[FileSeal],
    redaction: RedactionSeal | None = None,
) -> Descriptor:
    """The descriptor of a report with these tables and files."""
    return Descriptor(
        profile="data-package",
        name=FORMAT,
        title=header.title,
        created=header.made_at.astimezone(UTC),
        contributors=[Contributor("author", header.made_by)],
        resources=resources,
        artist_console=Own(FORMAT, VERSION, header, artists, dict(tables), files, redaction),
    )


def resource_of(
    name: str, title: str, description: str, schema: Mapping[str, Any], size: int, sha256: str
) -> Resource:
    """A table with the Table Schema that `RowCodec.schema` gives."""
    return Resource(
        name=name,
        path=table_path(name),
        title=title,
        description=description,
        profile="tabular-data-resource",
        format="csv",
        mediatype="text/csv",
        encoding="utf-8",
        bytes=size,
        hash=hash_of(sha256),
        schema=msgspec.convert(schema, Schema),
    )


def without_words(resource: Resource) -> Resource:
    """The same table without what is only said of it."""
    schema = resource.schema
    fields = [Field(each.name, each.type) for each in schema.fields]
    bare = Schema(fields, schema.primaryKey, schema.missingValues)
    return msgspec.structs.replace(resource, title="", description="", schema=bare)


def descriptor_bytes(descriptor: Descriptor) -> bytes:
    """The canonical bytes: what is signed, and what the hash of a report is of. Raises NotCanonical."""
    return canonical_bytes(as_plain(descriptor))


def read_descriptor(data: bytes) -> Descriptor:
    """Read a descriptor without believing it. Raises MalformedDescriptor or NewerFormat.

    Names are plain, each is there once, and the tables that Data Package and our member list are the same.
    """
    if len(data) > MAX_DESCRIPTOR_BYTES:
        raise MalformedDescriptor("it is larger than a descriptor can be")
    plain = _plain(data)
    said: _Version = _converted(plain, _Version)
    if said.artist_console.format != FORMAT:
        raise MalformedDescriptor("it is the descriptor of something else")
    if said.artist_console.version > VERSION:
        raise NewerFormat(f"version {said.artist_console.version}")
    if said.artist_console.version != VERSION:
        raise MalformedDescriptor(f"version {said.artist_console.version} was never in use")
    descriptor: Descriptor = _converted(plain, Descriptor)
    if not says_no_more(plain, as_plain(descriptor)):
        raise MalformedDescriptor("it holds something that this version does not show")
    _check(descriptor)
    return descriptor


def _plain(data: bytes) -> Any:
    try:
        plain = read_json(data.decode("utf-8"))
        spelled = canonical_bytes(plain)
    except UnicodeDecodeError as error:
        raise MalformedDescriptor("it is not text in UTF-8") from error
    except (MalformedJson, NotCanonical, RecursionError) as error:
        raise MalformedDescriptor(str(error)) from error
    if spelled != data:
        raise MalformedDescriptor("it is not in canonical spelling")
    if _is_deeper(plain, MAX_NESTING):
        raise MalformedDescriptor("it is nested too deeply")
    return plain


def _is_deeper(value: Any, limit: int) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return limit == 0 or any(_is_deeper(each, limit - 1) for each in inner)


def _converted(plain: Any, kind: type[Any]) -> Any:
    try:
        return msgspec.convert(plain, kind)
    except (msgspec.MsgspecError, RecursionError, ValueError) as error:
        raise MalformedDescriptor(str(error)) from error


def says_no_more(said: Any, shown: Any) -> bool:
    """Whether everything that is said is shown: what an older version wrote says less, never more."""
    if isinstance(said, dict) and isinstance(shown, dict):
        return all(name in shown and says_no_more(value, shown[name]) for name, value in said.items())
    if isinstance(said, list) and isinstance(shown, list | tuple):
        return len(said) == len(shown) and all(map(says_no_more, said, shown))
    return type(said) is type(shown) and bool(said == shown)


def _is_of_a_copy(name: str) -> bool:
    """Whether a copy of a report with such a file could not be told from the report."""
    return name.lower().startswith(ORIGINAL) or name.endswith(PROOF_ENDING)


def _is_in_calendar(time: datetime) -> bool:
    """Whether the same moment can be told in every zone: in the first year, or the last, not all can."""
    return 1 < time.year < 9999


def _check(descriptor: Descriptor) -> None:
    header, own = descriptor.header, descriptor.artist_console
    redacted_on = own.redaction.on if own.redaction is not None else None
    times = (descriptor.created, header.made_at, header.instant, header.known_on, redacted_on)
    if any(time is not None and time.tzinfo is None for time in times):
        raise MalformedDescriptor("a time has no zone")
    if not all(time is None or _is_in_calendar(time) for time in times):
        raise MalformedDescriptor("a time lies outside of the calendar")
    names = [each.path for each in descriptor.resources] + [each.name for each in own.files]
    if not all(map(is_plain_name, names)):
        raise MalformedDescriptor("a name is none that a file of a report has")
    if len({name.lower() for name in names}) != len(names):
        raise MalformedDescriptor("a file is listed twice")
    if own.redaction is None and any(map(_is_of_a_copy, names)):
        raise MalformedDescriptor("it lists a file that only a redacted copy has")
    if any(each.path != table_path(each.name) for each in descriptor.resources):
        raise MalformedDescriptor("a table and its file have different names")
    if {each.name for each in descriptor.resources} != set(own.tables):
        raise MalformedDescriptor("the tables are not those that the package lists")
    hashes = [each.hash for each in descriptor.resources] + [each.hash for each in own.files]
    if not all(each.startswith(_HASH) for each in hashes):
        raise MalformedDescriptor("a hash is not SHA-256")
    if tuple(artist.id for artist in own.artists) != header.artists:
        raise MalformedDescriptor("the artists are not those of the report")
    # What other programs read of it says the same as what is ours.
    rebuilt = descriptor_of(header, own.artists, descriptor.resources, own.tables, own.files, own.redaction)
    if rebuilt != descriptor:
        raise MalformedDescriptor("its title, maker or time are not those of the report")
