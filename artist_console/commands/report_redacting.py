"""A copy of a report without some of it: what goes, what goes with it, what can no longer be worked out.

The copy still proves what is left in it (`formats.report_redaction`). It can be made by anybody who has the
report, needs no key and no network, and says at which places something is missing.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from artist_console.commands.console import Console
from artist_console.commands.redaction_words import (
    LedgerGap,
    no_longer_checked,
    still_told,
    why_in_words,
)
from artist_console.commands.report_wish import signer_name
from artist_console.commands.reports import OpenedReport
from artist_console.domain.identifiers import show_isrc, show_iswc
from artist_console.domain.ids import PartyId, WorkId
from artist_console.domain.parties import Party
from artist_console.domain.phrases import Sentence
from artist_console.domain.problems import FileProblem, InputProblem, UnknownThing
from artist_console.domain.works import Work
from artist_console.formats.known_signers import Known
from artist_console.formats.records import MalformedTable
from artist_console.formats.redaction_out import write_redacted
from artist_console.formats.redaction_reach import Cause, Reach, Redaction, TableReach, reach_of
from artist_console.formats.report import read_report, verify
from artist_console.formats.report_parts import Progress, UnverifiedReport, silently
from artist_console.formats.report_rows import Report, ReportChanged
from artist_console.formats.report_tables import TABLES, title_of
from artist_console.formats.row_cells import MalformedRow
from artist_console.formats.signatures import SigningKey
from artist_console.host.files import open_file, replacing

# By its length, how an identifier stands in print.
_PRINTED = {12: show_isrc, 11: show_iswc}


class OnlyUnchanged(InputProblem):
    title_template = "Only of an unchanged report a copy can be made that proves what is left in it"
    advice_template = "Ask the sender for a new copy"


class OverItself(FileProblem):
    title_template = "The copy would replace the report that it is made of"
    advice_template = "Choose another name"


class RowsCannotBeRead(InputProblem):
    title_template = "A row of the report cannot be read: {why}"
    advice_template = "Ask whoever signed the report for another one"


@dataclass(frozen=True, slots=True)
class RedactionWish:
    """What is to be taken out of a copy."""

    tables: frozenset[str] = frozenset()  # whole, by kind
    works: frozenset[WorkId] = frozenset()  # with everything that names them
    artists: frozenset[PartyId] = frozenset()  # with their works, and everything that names one of them
    rows: Mapping[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)  # by kind: their keys
    leave_mentions: bool = False  # rows stay where a title or name stands only in their words
    leave: frozenset[str] = frozenset()  # tables that stay though they tell of what goes

    @property
    def is_empty(self) -> bool:
        return not (self.tables or self.works or self.artists or any(self.rows.values()))


@dataclass(frozen=True, slots=True)
class ChoosableTable:
    kind: str
    title: str
    rows: int


@dataclass(frozen=True, slots=True)
class ChoosableWork:
    id: WorkId
    title: str
    identifier: str
    artist_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RedactionChoices:
    """What can be taken out of a report."""

    tables: tuple[ChoosableTable, ...]  # in the order of the package
    works: tuple[ChoosableWork, ...]  # by title
    artists: tuple[tuple[PartyId, str], ...]  # by name


@dataclass(frozen=True, slots=True)
class TableGoes:
    """What goes of one table, and why."""

    kind: str
    title: str
    gone: int
    of: int
    along: bool  # all of it goes, because it tells of what goes; can be left
    mentions: int  # rows that go only because a title or name stands in their words
    why: tuple[Sentence, ...]

    @property
    def whole(self) -> bool:
        return self.gone == self.of


@dataclass(frozen=True, slots=True)
class RedactionPreview:
    """What a copy would lack, before it is written."""

    tables: tuple[TableGoes, ...]  # of which something goes
    files: tuple[str, ...]  # beside the tables, that go
    works_beside: tuple[ChoosableWork, ...]  # not chosen, but their own row names what was
    no_longer_checked: tuple[Sentence, ...]
    still_told: tuple[Sentence, ...]

    @property
    def gone(self) -> int:
        """Rows, in all."""
        return sum(each.gone for each in self.tables)


@dataclass(frozen=True, slots=True)
class RedactedFile:
    """A copy that was written."""

    path: Path
    sha256: str  # of its own descriptor: the hash of the copy
    original_sha256: str
    size_bytes: int
    removed: tuple[tuple[str, int], ...]  # by kind, of the rows that the original has
    signer: str  # "" where nobody signed the copy itself
    fingerprint: str


def choices(opened: OpenedReport) -> RedactionChoices:
    """What can be taken out. Raises OnlyUnchanged, ReportChanged, RowsCannotBeRead, FileProblem."""
    with _verified(opened) as (_, report):
        names = {each.id: each.name for each in _parties(report)}
        works = sorted(_works(report), key=lambda each: (each.title.casefold(), each.id))
        artists = {each.id: each.name for each in report.descriptor.artist_console.artists}
        return RedactionChoices(
            tuple(ChoosableTable(kind, title_of(kind), info.rows) for kind, info in report.tables.items()),
            tuple(_choosable(each, names) for each in works),
            tuple(sorted(artists.items(), key=lambda pair: (pair[1].casefold(), pair[0]))),
        )


def preview(opened: OpenedReport, wish: RedactionWish, progress: Progress = silently) -> RedactionPreview:
    """What a copy would lack. Raises UnknownThing, and as `choices` does."""
    with _verified(opened) as (unverified, report):
        redaction = _redaction(report, wish)
        return _previewed(report, wish, redaction, _reach(unverified, report, redaction, progress))


def write_copy(
    opened: OpenedReport,
    wish: RedactionWish,
    path: Path,
    now: datetime,
    *,
    key: SigningKey | None = None,
    signer_name: str = "",
    progress: Progress = silently,
) -> RedactedFile:
    """Write the copy; the file is whole or as it was. With a key, the copy is signed as what it is.

    Raises NothingTaken, NothingLeft, OverItself, FileProblem, and as `preview` does.
    """
    if path.exists() and os.path.samefile(path, opened.path):
        raise OverItself()
    with _verified(opened) as (unverified, report):
        reach = _reach(unverified, report, _redaction(report, wish), progress)
        with replacing(path) as out:
            made = write_redacted(
                unverified.source,
                unverified.package,
                report.descriptor,
                reach,
                out,
                now.astimezone(UTC),
                key,
                signer_name,
            )
    return RedactedFile(
        path,
        made.sha256,
        made.original_sha256,
        made.size,
        tuple(made.removed.items()),
        signer_name if key is not None else "",
        key.public.fingerprint if key is not None else "",
    )


def write_copy_in(
    console: Console,
    opened: OpenedReport,
    wish: RedactionWish,
    path: Path,
    *,
    signed: bool,
    progress: Progress = silently,
) -> RedactedFile:
    """The same in a profile, whose key signs the copy where that is wished."""
    key, name = (console.signing_key, signer_name(console)) if signed else (None, "")
    return write_copy(opened, wish, path, console.clock(), key=key, signer_name=name, progress=progress)


@contextmanager
def _verified(opened: OpenedReport) -> Iterator[tuple[UnverifiedReport, Report]]:
    """The file once more, as it was opened."""
    if not opened.verified:
        raise OnlyUnchanged()
    with open_file(opened.path) as source:
        unverified = read_report(source)
        found = verify(unverified, Known())
        if found.report is None or found.sha256 != opened.sha256:
            raise ReportChanged()
        try:
            yield unverified, found.report
        except (MalformedTable, MalformedRow) as error:
            raise RowsCannotBeRead(why=error) from error


def _works(report: Report) -> tuple[Work, ...]:
    return report.rows("works")


def _parties(report: Report) -> tuple[Party, ...]:
    return report.rows("parties")


def _redaction(report: Report, wish: RedactionWish) -> Redaction:
    """The wish in terms of the file: ids and words to be looked for. Raises UnknownThing."""
    _refuse_unknown(report, wish)
    works = [
        work for work in _works(report) if work.id in wish.works or not wish.artists.isdisjoint(work.artists)
    ]
    artists = [party for party in _parties(report) if party.id in wish.artists]
    ids = {*wish.works, *wish.artists, *(id for work in works for id in (work.id, *work.merged_ids))}
    words = {text for work in works for text in _words_of_work(work)}
    words |= {text for artist in artists for text in (artist.name, *artist.aliases)}
    words |= {each.name for each in report.descriptor.artist_console.artists if each.id in wish.artists}
    return Redaction(
        tables=wish.tables,
        ids=frozenset(ids),
        words=frozenset() if wish.leave_mentions else frozenset(filter(None, words)),
        rows=wish.rows,
        leave=wish.leave,
    )


def _words_of_work(work: Work) -> Iterator[str]:
    yield work.title
    yield from work.aliases
    yield work.identifier
    if len(work.identifier) in _PRINTED:
        yield _PRINTED[len(work.identifier)](work.identifier)
    yield from (each.value for each in work.other_identifiers)


def _refuse_unknown(report: Report, wish: RedactionWish) -> None:
    for kind in sorted({*wish.tables, *wish.leave, *wish.rows}):
        if kind not in TABLES:
            raise UnknownThing(
                "There is no table “{kind}” in reports", "They are: {all}", kind=kind, all=", ".join(TABLES)
            )
    for kind in sorted({*wish.tables, *wish.rows}):
        if kind not in report.tables:
            raise UnknownThing(
                "This report has no table “{kind}”",
                "It has: {all}",
                kind=kind,
                all=", ".join(report.tables),
            )
    missing = wish.works - {work.id for work in _works(report)}
    if missing:
        raise UnknownThing("The work {work} is not in this report", "Look it up in it", work=min(missing))
    known = {party.id for party in _parties(report)}
    known |= {each.id for each in report.descriptor.artist_console.artists}
    if wish.artists - known:
        raise UnknownThing(
            "The artist {artist} is not in this report", "Look it up in it", artist=min(wish.artists - known)
        )


def _reach(unverified: UnverifiedReport, report: Report, redaction: Redaction, progress: Progress) -> Reach:
    reach = reach_of(unverified.source, unverified.package, report.descriptor, redaction, progress)
    for kind, keys in redaction.rows.items():
        found = reach.tables.get(kind, TableReach(0, None))
        if found.as_one is None and found.count(Cause.CHOSEN) < len(keys):
            raise UnknownThing(
                "Of the rows chosen from “{kind}”, {n} cannot be found in this report",
                "A row is named by what tells it apart: {key}",
                kind=kind,
                n=len(keys) - found.count(Cause.CHOSEN),
                key=", ".join(_key_of(report, kind)),
            )
    return reach


def _key_of(report: Report, kind: str) -> list[str]:
    resource = report.descriptor.resource(kind)
    return resource.schema.primaryKey if resource is not None else []


def _previewed(report: Report, wish: RedactionWish, redaction: Redaction, reach: Reach) -> RedactionPreview:
    names = {each.id: each.name for each in _parties(report)}
    here = {kind for kind in report.tables if kind not in reach.tables or not reach.tables[kind].is_whole}
    words = _redaction(report, _with_mentions(wish)).words
    return RedactionPreview(
        tables=tuple(
            TableGoes(
                kind,
                title_of(kind),
                each.gone,
                each.of,
                each.as_one is Cause.ALONG,
                each.count(Cause.MENTIONED),
                why_in_words(each),
            )
            for kind, each in reach.tables.items()
        ),
        files=tuple(sorted(reach.files)),
        works_beside=tuple(_choosable(each, names) for each in _beside(report, redaction, reach)),
        no_longer_checked=tuple(no_longer_checked(reach, here, _ledger_gaps(report, reach))),
        still_told=tuple(still_told(reach, report.descriptor, words, wish.artists, wish.leave)),
    )


def _with_mentions(wish: RedactionWish) -> RedactionWish:
    return RedactionWish(works=wish.works, artists=wish.artists)


def _beside(report: Report, redaction: Redaction, reach: Reach) -> Iterator[Work]:
    """Works that were not chosen and whose own row goes all the same."""
    found = reach.tables.get("works")
    if found is None or found.as_one is not None:
        return
    for work, cause in zip(_works(report), found.causes, strict=True):
        if cause in (Cause.NAMED, Cause.MENTIONED) and work.id not in redaction.ids:
            yield work


def _ledger_gaps(report: Report, reach: Reach) -> Iterable[LedgerGap]:
    found = reach.tables.get("entries")
    if found is None or found.as_one is not None:
        return
    names = {each.id: each.name for each in report.descriptor.artist_console.artists}
    of: Counter[str] = Counter()
    gone: Counter[str] = Counter()
    for entry, cause in zip(report.rows("entries"), found.causes, strict=True):
        of[entry.artist] += 1
        gone[entry.artist] += bool(cause)
    for artist, count in of.items():
        if gone[artist]:
            yield LedgerGap(names.get(PartyId(artist), artist), gone[artist], count)


def _choosable(work: Work, names: Mapping[PartyId, str]) -> ChoosableWork:
    title = f"{work.title} ({work.version})" if work.version else work.title
    return ChoosableWork(
        work.id, title, work.identifier, tuple(names.get(each, each) for each in work.artists)
    )
