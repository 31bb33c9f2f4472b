"""Reports are opened and checked without account or network: whether they are unchanged, and a first screen.

This is the first of two steps: no row is read but those of the first screen. What is inside, and what comes
of checking it, is the business of `report_inside`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from pathlib import Path

from artist_console.commands import report_series
from artist_console.commands.console import Console, Result
from artist_console.commands.history import CheckLine, check_line
from artist_console.commands.report_series import SeenReport
from artist_console.commands.signer_list import free_name
from artist_console.commands.signers import Signer, add_signer, known_signers, read_signers
from artist_console.domain.changes import Changes
from artist_console.domain.problems import InputProblem
from artist_console.formats.data_package import OVERVIEW
from artist_console.formats.known_signers import Known
from artist_console.formats.package_signer import PackageSigner
from artist_console.formats.proof_checks import counted, sentence
from artist_console.formats.records import MalformedTable
from artist_console.formats.report import read_report, verify
from artist_console.formats.report_parts import Obstacle, Verification
from artist_console.formats.report_parts import Result as Checked
from artist_console.formats.report_rows import Report, ReportChanged, UnverifiedContent
from artist_console.formats.report_table import OverviewRow
from artist_console.formats.report_tables import TABLE_WORDS, codec_of
from artist_console.formats.row_cells import MalformedRow
from artist_console.host.files import open_file

FIRST_ROWS = 200  # of the overview: more than any screen shows

# Hears how far a reading is, in bytes (done, of how many), and may end it by raising.
Progress = Callable[[int, int], None]


def _silently(_done: int, _total: int) -> None:
    """For callers that do not watch."""


class ReportVerdict(Enum):
    """The result line at the top, worst last."""

    GENUINE = "genuine"  # unchanged since a signer known here signed it
    GENUINE_OLD_KEY = "genuine_old_key"  # the same, with a key that the signer has replaced since
    SIGNER_UNKNOWN = "signer_unknown"  # unchanged, but nobody here knows the signer
    SIGNER_REVOKED = "signer_revoked"  # unchanged, by a key that is no longer trusted here
    CHANGED = "changed"  # changed after signing
    CANNOT_BE_CHECKED = "cannot_be_checked"  # newer format, damaged, no signature


_VERDICT: Mapping[Checked, ReportVerdict] = {
    Checked.GENUINE: ReportVerdict.GENUINE,
    Checked.GENUINE_OLD_KEY: ReportVerdict.GENUINE_OLD_KEY,
    Checked.SIGNER_NOT_KNOWN: ReportVerdict.SIGNER_UNKNOWN,
    Checked.SIGNER_REVOKED: ReportVerdict.SIGNER_REVOKED,
    Checked.NOT_GENUINE: ReportVerdict.CHANGED,
    Checked.CANNOT_BE_CHECKED: ReportVerdict.CANNOT_BE_CHECKED,
}


@dataclass(frozen=True, slots=True)
class ReportSignature:
    """One signature of a report. `name` is the signer's own word, `known_as` the reader's."""

    name: str
    kid: str
    fingerprint: str
    known_as: str  # "" where nobody here knows the key
    introduced_by: str  # "this profile", "you, on 3 March 2025", "a handover of ..."; "" for an unknown one
    replaced: date | None = None  # when the signer replaced the key
    revoked: tuple[date, str] | None = None  # since when the key is not trusted here, and why


@dataclass(frozen=True, slots=True)
class TableCount:
    """How many rows of a kind are here, and how many were taken out of a redacted copy."""

    kind: str  # field of ReportContent, or "overview"
    title: str  # in words
    rows: int
    removed: int = 0


@dataclass(frozen=True, slots=True)
class ReportGap:
    """What was taken out of a redacted copy: `removed` of the `of` rows that the original has."""

    kind: str
    title: str  # of the table, in words
    removed: int
    of: int
    words: str  # "12 of 40 rows of “Statements” were taken out."
    template: str  # of `words`, and its fields, for the interface to translate
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NewerReport:
    """A later report of the same series that this profile has opened or made, or that was given along."""

    name: str  # of its file
    path: str  # where it was then
    made_at: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """A report as opened: what the checks of the file say, and the first screen. Holds no open file."""

    path: Path
    verdict: ReportVerdict
    headline: str  # the result line: "Unchanged since Fieldnote signed it."
    headline_template: str  # the same before its fields were filled, for the interface to translate
    headline_fields: tuple[tuple[str, str], ...]
    checks: tuple[CheckLine, ...]  # of the file; those of what it says come with `look_into`
    does_not_tell: tuple[str, ...]  # "What this does not tell you"
    title: str
    artist_names: tuple[str, ...]
    period: tuple[date | None, date | None]
    made_at: datetime | None
    made_by: str
    instant: datetime | None  # permissions are as of then
    series: str  # the same for reports of the same maker about the same artists
    signatures: tuple[ReportSignature, ...]  # of a redacted copy: those of the original
    redacted_by: tuple[ReportSignature, ...]  # who signed the redacted copy itself; may be nobody
    redacted_on: datetime | None
    sha256: str  # the hash of the report: of its signed description; "" without one
    size_bytes: int  # of the file
    counts: tuple[TableCount, ...]  # in the order of the package
    gaps: tuple[ReportGap, ...]  # of a redacted copy
    parts_changed: tuple[str, ...]  # names of files, where that can be told
    first: tuple[OverviewRow, ...]  # the beginning of the overview
    verified: bool  # False: what is shown stands under a heading that it is not verified
    obstacle: Obstacle | None  # why it cannot be checked
    consistent: bool  # no check of the file failed
    newer: NewerReport | None = None
    found: Verification = field(repr=False, compare=False, kw_only=True)
    known: Known = field(repr=False, compare=False, kw_only=True)
    stamp: tuple[int, int] = field(repr=False, compare=False, kw_only=True)  # size and time of the file

    @property
    def is_report(self) -> bool:
        """Whether the file is a report at all, be it one that cannot be checked."""
        return self.obstacle is not Obstacle.NOT_A_REPORT

    @property
    def has_content(self) -> bool:
        """Whether anything of it can be shown."""
        return self.verified or bool(self.counts)

    @property
    def _speaker(self) -> ReportSignature | None:
        """The signature that the verdict speaks of."""
        speaker = self.found.signer
        return next((each for each in self.signatures if speaker and each.kid == speaker.key.kid), None)

    @property
    def signer(self) -> str:
        """As the report names it."""
        return self._speaker.name if self._speaker is not None else ""

    @property
    def signer_kid(self) -> str:
        return self._speaker.kid if self._speaker is not None else ""

    @property
    def fingerprint(self) -> str:
        return self._speaker.fingerprint if self._speaker is not None else ""

    @property
    def introduced_by(self) -> str:
        """Who made the signer known here: "this profile", "you, on 3 March 2025"; empty: unknown."""
        return self._speaker.introduced_by if self._speaker is not None else ""


@dataclass(frozen=True, slots=True)
class TrustedSigner:
    """A signer whose reports and receipts count as known here."""

    kid: str
    name: str
    fingerprint: str
    since: date
    own: bool  # a key of this profile


def open_report(path: Path, signers: Path | None = None, progress: Progress = _silently) -> OpenedReport:
    """Open and check a report with no account and no network; `signers` is the list of those known here.

    Raises FileProblem where the file cannot be read at all; everything else is told by the verdict.
    """
    known = known_signers(signers)
    with open_file(path) as source:
        stat = os.fstat(source.fileno())
        found = verify(read_report(source), known, progress)
        content = found.report or found.unverified
        first = tuple(_first_rows(content)) if content is not None else ()
    header = content.header if content is not None else None
    description = found.report.descriptor if found.report is not None else None
    redaction = description.redaction if description is not None else None
    artists = description.artist_console.artists if description is not None else ()
    return OpenedReport(
        path=path,
        verdict=_VERDICT[found.result],
        headline=found.headline.text,
        headline_template=found.headline.template,
        headline_fields=found.headline.fields,
        checks=tuple(check_line(check) for check in found.checks),
        does_not_tell=found.does_not_tell,
        title=header.title if header is not None else "",
        artist_names=tuple(artist.name for artist in artists),
        period=(header.period_from, header.period_until) if header is not None else (None, None),
        made_at=header.made_at if header is not None else None,
        made_by=header.made_by if header is not None else "",
        instant=header.instant if header is not None else None,
        series=header.series if header is not None else "",
        signatures=tuple(map(_signature, found.signatures)),
        redacted_by=tuple(map(_signature, found.redacted_by)),
        redacted_on=redaction.on if redaction is not None else None,
        sha256=found.sha256,
        size_bytes=stat.st_size,
        counts=_counts(content),
        gaps=tuple(_gap(gap.table, gap.removed, gap.of) for gap in found.gaps),
        parts_changed=found.parts_changed,
        first=first,
        verified=found.is_unchanged,
        obstacle=found.obstacle,
        consistent=found.is_consistent,
        found=found,
        known=known,
        stamp=_stamp(stat),
    )


def _first_rows(content: Report | UnverifiedContent) -> Iterator[OverviewRow]:
    if isinstance(content, UnverifiedContent):
        yield from content.rows(OVERVIEW, FIRST_ROWS)[0]
        return
    codec = codec_of(OVERVIEW)
    try:
        for record in content.records(OVERVIEW, FIRST_ROWS):
            yield codec.row(record)
    except (MalformedRow, MalformedTable):
        return  # the check of what is inside tells of it


def _counts(content: Report | UnverifiedContent | None) -> tuple[TableCount, ...]:
    if content is None:
        return ()
    return tuple(
        TableCount(kind, TABLE_WORDS[kind].title, info.rows, info.removed)
        for kind, info in content.tables.items()
        if kind in TABLE_WORDS
    )


def _signature(signer: PackageSigner) -> ReportSignature:
    known = signer.known
    return ReportSignature(
        name=signer.claimed_name,
        kid=signer.key.kid,
        fingerprint=signer.key.fingerprint,
        known_as=known.name if known is not None else "",
        introduced_by=known.introduced_by if known is not None else "",
        replaced=known.replaced if known is not None else None,
        revoked=known.revoked if known is not None else None,
    )


def _gap(kind: str, removed: int, of: int) -> ReportGap:
    title = TABLE_WORDS[kind].title if kind in TABLE_WORDS else kind
    if removed == of:
        words = sentence("“{table}” was taken out whole.", table=title)
    else:
        template = counted(
            "1 of {of} rows of “{table}” was taken out.",
            "{n} of {of} rows of “{table}” were taken out.",
            removed,
        )
        words = sentence(template, n=removed, of=of, table=title)
    return ReportGap(kind, title, removed, of, words.text, words.template, words.fields)


def _stamp(stat: os.stat_result) -> tuple[int, int]:
    return stat.st_size, stat.st_mtime_ns


@contextmanager
def reading(opened: OpenedReport) -> Iterator[Verification]:
    """What was found of a report, on its file opened once more, for rows to be read inside the block.

    Raises FileProblem where the file is gone, ReportChanged where it is not the one that was opened.
    """
    with open_file(opened.path) as source:
        if _stamp(os.fstat(source.fileno())) != opened.stamp:
            raise ReportChanged()
        anew, former = read_report(source), opened.found.report
        if former is None:
            yield verify(anew, opened.known)
            return
        removed = {gap.table: gap.removed for gap in opened.found.gaps}
        report = Report(source, anew.package, former.descriptor, former.sha256, removed)
        yield replace(opened.found, report=report)


# In a profile


def open_in(console: Console, path: Path, progress: Progress = _silently) -> OpenedReport:
    """The same with the signers known in this profile, which remembers that it has seen the report."""
    opened = open_report(path, console.folder.signers, progress)
    seen = report_series.remember(console.folder.reports_seen, _seen(opened))
    return replace(opened, newer=_newest(opened, seen))


def with_newer(opened: Iterable[OpenedReport]) -> tuple[OpenedReport, ...]:
    """Reports that were given together: each with the newest of its series among them, unless it is that."""
    given = tuple(opened)
    seen = [each for report in given for each in _seen(report)]
    return tuple(
        report if report.newer is not None else replace(report, newer=_newest(report, seen))
        for report in given
    )


def _seen(opened: OpenedReport) -> tuple[SeenReport, ...]:
    """What is remembered of a report: nothing of one that is changed, or belongs to no series."""
    if not opened.verified or not opened.series or opened.made_at is None:
        return ()
    kids = frozenset(each.kid for each in opened.signatures)
    trusted = any(each.known_as and each.revoked is None for each in opened.signatures)
    return (
        SeenReport(opened.series, opened.made_at, opened.sha256, str(opened.path.absolute()), kids, trusted),
    )


def _newest(opened: OpenedReport, seen: Iterable[SeenReport]) -> NewerReport | None:
    found = [
        later
        for own in _seen(opened)
        for later in seen
        if report_series.is_newer(later, own) and later.sha256 != opened.sha256
    ]
    newest = max(found, key=lambda each: each.made_at, default=None)
    if newest is None:
        return None
    return NewerReport(Path(newest.path).name, newest.path, newest.made_at, newest.sha256)


def trust(console: Console, report: OpenedReport, name: str) -> Result[TrustedSigner]:
    """Make the signer of an unchanged report known here, under the name that the person knows them by.

    Raises InputProblem, also where the name is that of a key of this profile.
    """
    if not report.verified or report.found.signer is None:
        raise InputProblem(
            "Only the signer of an unchanged report can be trusted", "Ask the sender for a new copy"
        )
    signer = report.found.signer
    path = console.folder.signers
    called = free_name(path, signer.key.kid, name.strip() or signer.claimed_name)
    add_signer(path, Signer(signer.key, called, console.today, own=False))
    known = next(each for each in trusted_signers(console) if each.kid == signer.key.kid)
    return Result(known, Changes.REPORTS | Changes.SETTINGS)


def trusted_signers(console: Console) -> tuple[TrustedSigner, ...]:
    """The signers known here, own ones first."""
    found = [
        TrustedSigner(each.key.kid, each.name, each.key.fingerprint, each.since, each.own)
        for each in read_signers(console.folder.signers)
    ]
    return tuple(sorted(found, key=lambda each: (not each.own, each.name.casefold(), each.kid)))
