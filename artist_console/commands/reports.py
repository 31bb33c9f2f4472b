"""Reports are opened and checked without account or network, explained and compared."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum
from pathlib import Path

from artist_console.commands.cells import Explained
from artist_console.commands.console import Console, Result
from artist_console.commands.earnings import LineView, line_view
from artist_console.commands.fact_links import links_of
from artist_console.commands.history import CheckLine, check_line
from artist_console.commands.names import programme_name, subject_words, use_words
from artist_console.commands.report_tables import ReportTables, ReportWork, tables_of
from artist_console.commands.signers import Signer, add_signer, known_keys, read_signers
from artist_console.domain import words, work_words
from artist_console.domain.changes import Changes
from artist_console.domain.ids import ArtistId, ProgrammeId, StatementId, WorkId
from artist_console.domain.permission import Permission, Question, permission
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.registers import Subject, SubjectKind, UseScope
from artist_console.domain.statement_checks import check
from artist_console.domain.statements import StatementCheck
from artist_console.domain.uses import Use
from artist_console.formats.package import MAX_PACKAGE_BYTES
from artist_console.formats.proof_checks import CheckState
from artist_console.formats.report import read_report, verify
from artist_console.formats.report_checks import OUTCOMES
from artist_console.formats.report_content import ROW_TYPES, ReportContent, content_from
from artist_console.formats.report_parts import Known, Obstacle, Verification
from artist_console.formats.report_parts import Result as Checked
from artist_console.formats.report_table import OverviewRow
from artist_console.formats.report_tables import LINES
from artist_console.host.files import read_bounded


class ReportVerdict(Enum):
    """The result line at the top, worst last."""

    GENUINE = "genuine"  # unchanged since a signer known here signed it
    GENUINE_OLD_KEY = "genuine_old_key"  # the same, with a key that the signer has replaced since
    SIGNER_UNKNOWN = "signer_unknown"  # unchanged, but nobody here knows the signer
    SIGNER_REVOKED = "signer_revoked"  # unchanged, by a key that is no longer trusted here
    CHANGED = "changed"  # changed after signing
    CANNOT_BE_CHECKED = "cannot_be_checked"  # newer format, damaged, no signature


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
    words: str  # "12 of 40 rows of Statements were taken out."


@dataclass(frozen=True, slots=True)
class NewerReport:
    """A later report of the same series that this profile has opened or made, or that was given along."""

    name: str  # of its file
    path: str  # where it was then
    made_at: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """A report as opened: what the checks say first, then what it holds."""

    path: Path
    verdict: ReportVerdict
    headline: str  # the result line: "Unchanged since Fieldnote signed it."
    checks: tuple[CheckLine, ...]
    does_not_tell: tuple[str, ...]  # "What this does not tell you"
    title: str
    artist_names: tuple[str, ...]
    period: tuple[date | None, date | None]
    made_at: datetime | None
    signer: str  # as the report names it
    signer_kid: str
    fingerprint: str
    introduced_by: (
        str  # who made the signer known here: "this computer", "you, on 3 March 2025"; empty: unknown
    )
    sha256: str  # of the file
    tables: ReportTables | None  # None where nothing can safely be read
    verified: bool  # False: `tables` is shown under a heading that it is not verified
    consistent: bool  # no check failed: False also where an unchanged report contradicts its own rows
    headline_template: str  # `headline` before its fields were filled, for the interface to translate
    headline_fields: tuple[tuple[str, str], ...]
    size_bytes: int
    content: ReportContent | None = field(repr=False, compare=False)  # what `tables` was made of
    signatures: tuple[ReportSignature, ...] = ()  # of a redacted copy: those of the original
    redacted_by: tuple[ReportSignature, ...] = ()  # who signed the redacted copy itself; may be nobody
    counts: tuple[TableCount, ...] = ()  # in the order of the package
    gaps: tuple[ReportGap, ...] = ()  # of a redacted copy
    parts_changed: tuple[str, ...] = ()  # names of files, where that can be told
    first: tuple[OverviewRow, ...] = ()  # the beginning of the overview: the first screen
    obstacle: Obstacle | None = None  # why it cannot be checked
    instant: datetime | None = None  # permissions are as of then
    series: str = ""  # the same for reports of the same maker about the same artists
    newer: NewerReport | None = None


@dataclass(frozen=True, slots=True)
class TrustedSigner:
    """A signer whose reports and receipts count as known here."""

    kid: str
    name: str
    fingerprint: str
    since: date
    own: bool  # a key of this profile


@dataclass(frozen=True, slots=True)
class ReportDifference:
    """One thing that differs between two reports."""

    work: WorkId
    title: str
    what: str  # "added", "gone", "changed"
    words: str  # from what to what


@dataclass(frozen=True, slots=True)
class ReportComparison:
    added: tuple[ReportDifference, ...]
    gone: tuple[ReportDifference, ...]
    changed: tuple[ReportDifference, ...]


def open_report(path: Path, signers: Path | None = None) -> OpenedReport:
    """Open and check a report with no account and no network; `signers` is the list of those known here.

    Raises FileProblem where the file cannot be read at all; everything else is told by the verdict.
    """
    data = read_bounded(path, MAX_PACKAGE_BYTES)
    found = verify(read_report(io.BytesIO(data)), Known.of(known_keys(signers)))
    content = _all_of(found)
    header = content.header if content is not None else None
    tables = None
    if content is not None and not found.is_unchanged:
        tables = tables_of(content, computed=False)
    elif content is not None:
        # Most of the time goes into the outcomes: where that check came out, none of them differs.
        differ = any(c.name == OUTCOMES and c.state is CheckState.FAILED for c in found.checks)
        tables = tables_of(content, may_differ=differ)
    signer = found.signer
    return OpenedReport(
        path=path,
        verdict=_VERDICT[found.result],
        headline=found.headline.text,
        checks=tuple(check_line(check) for check in found.checks),
        does_not_tell=found.does_not_tell,
        title=header.title if header is not None else "",
        artist_names=_artist_names(tables, content if found.report is not None else None),
        period=(header.period_from, header.period_until) if header is not None else (None, None),
        made_at=header.made_at if header is not None else None,
        signer=signer.claimed_name if signer is not None else "",
        signer_kid=signer.key.kid if signer is not None else "",
        fingerprint=signer.key.fingerprint if signer is not None else "",
        introduced_by=signer.known.introduced_by if signer is not None and signer.known is not None else "",
        sha256=found.sha256,
        tables=tables,
        verified=found.is_unchanged,
        consistent=found.is_consistent,
        headline_template=found.headline.template,
        headline_fields=found.headline.fields,
        size_bytes=len(data),
        content=content,
    )


def _all_of(found: Verification) -> ReportContent | None:
    """Every row that can be read, of a report that is unchanged or not."""
    if found.report is not None:
        return replace(found.report.content(), lines=tuple(found.report.each(LINES)))
    unverified = found.unverified
    if unverified is None or unverified.header is None:
        return None
    return content_from(unverified.header, {kind: tuple(unverified.each(kind)) for kind in ROW_TYPES})


_VERDICT: Mapping[Checked, ReportVerdict] = {
    Checked.GENUINE: ReportVerdict.GENUINE,
    Checked.GENUINE_OLD_KEY: ReportVerdict.GENUINE_OLD_KEY,
    Checked.SIGNER_REVOKED: ReportVerdict.SIGNER_REVOKED,
    Checked.SIGNER_NOT_KNOWN: ReportVerdict.SIGNER_UNKNOWN,
    Checked.NOT_GENUINE: ReportVerdict.CHANGED,
    Checked.CANNOT_BE_CHECKED: ReportVerdict.CANNOT_BE_CHECKED,
}


def open_in(console: Console, path: Path) -> OpenedReport:
    """The same, with the signers that are known in this profile."""
    return open_report(path, console.folder.signers)


def trust(console: Console, report: OpenedReport, name: str) -> Result[TrustedSigner]:
    """Make the signer of an unchanged report known here, under the name that the person knows them by."""
    if not report.verified:
        raise InputProblem(
            "Only the signer of an unchanged report can be trusted", "Ask the sender for a new copy"
        )
    data = read_bounded(report.path, MAX_PACKAGE_BYTES)
    signer = verify(read_report(io.BytesIO(data)), Known()).signer
    if signer is None or signer.key.kid != report.signer_kid:
        raise InputProblem("The file has changed since it was opened", "Open it again")
    path = console.folder.signers
    add_signer(path, Signer(signer.key, name.strip() or signer.claimed_name, console.today, own=False))
    known = next(each for each in trusted_signers(console) if each.kid == signer.key.kid)
    return Result(known, Changes.REPORTS | Changes.SETTINGS)


def trusted_signers(console: Console) -> tuple[TrustedSigner, ...]:
    """The signers known here, own ones first."""
    found = [
        TrustedSigner(each.key.kid, each.name, each.key.fingerprint, each.since, each.own)
        for each in read_signers(console.folder.signers)
    ]
    return tuple(sorted(found, key=lambda each: (not each.own, each.name.casefold(), each.kid)))


def _artist_names(tables: ReportTables | None, content: ReportContent | None) -> tuple[str, ...]:
    if content is not None:
        return tuple(content.party_name(artist) for artist in content.header.artists)
    return tuple(dict.fromkeys(row.artist_name for row in tables.works)) if tables is not None else ()


def explain(
    report: OpenedReport, artist: ArtistId, work: WorkId, programmes: Iterable[ProgrammeId] = ()
) -> Mapping[tuple[ProgrammeId, Use], Permission]:
    """The permissions of one work with the traces that led to them, computed from the report's own rows.

    Over the named programmes, or all that the report holds. Raises UnknownThing for a work that it does not.
    """
    content = report.content
    if content is None or not report.verified or all(each.id != work for each in content.works):
        raise UnknownThing("The work {work} is not in this report", "Open the report again", work=work)
    facts = content.facts()
    subject = Subject(SubjectKind.WORK, work)
    wanted = set(programmes) or set(facts.programmes)
    return {
        (id, use): permission(Question(artist, subject, id, use, content.header.instant), facts)
        for id in sorted(wanted)
        for use in Use
        if use in facts.programmes[id].uses
    }


def explain_in_words(
    report: OpenedReport, artist: ArtistId, work: WorkId
) -> Mapping[tuple[ProgrammeId, Use], Explained]:
    """The same with what is behind each sentence, as "Why?" tells it. Raises UnknownThing."""
    found = explain(report, artist, work)
    assert report.content is not None, "what is explained has content"
    facts = report.content.facts()
    return {
        (programme, use): Explained(
            subject_words(facts, each.question.subject),
            programme_name(facts, programme),
            use_words(UseScope.of(use)),
            each,
            links_of(each, facts),
        )
        for (programme, use), each in found.items()
    }


def statement_of(report: OpenedReport, id: StatementId) -> tuple[StatementCheck, tuple[LineView, ...]]:
    """The checks and lines of a statement of a report, in the words of the other pages."""
    content = report.content
    found = next((s for s in content.statements if s.id == id), None) if content is not None else None
    if content is None or found is None:
        raise UnknownThing("This statement is not in the report", "Open the report again")
    lines = content.lines_of(found)
    facts = content.facts()
    return check(found, lines), tuple(line_view(line, facts) for line in lines)


def compare(first: OpenedReport, second: OpenedReport) -> ReportComparison:
    """What the second report says of works and uses that the first does not, and the other way round."""
    before, after = _by_work(first), _by_work(second)
    return ReportComparison(
        added=tuple(
            ReportDifference(id, row.work.title, "added", "") for id, row in after.items() if id not in before
        ),
        gone=tuple(
            ReportDifference(id, row.work.title, "gone", "") for id, row in before.items() if id not in after
        ),
        changed=tuple(
            difference
            for id, row in after.items()
            if id in before
            for difference in _differences(before[id], row)
        ),
    )


def _by_work(report: OpenedReport) -> dict[WorkId, ReportWork]:
    return {row.work.id: row for row in report.tables.works} if report.tables is not None else {}


def _differences(before: ReportWork, after: ReportWork) -> Iterable[ReportDifference]:
    former = {(cell.programme, cell.use): cell for cell in before.cells}
    for cell in after.cells:
        old = former.get((cell.programme, cell.use))
        was = work_words.OUTCOME[old.outcome] if old is not None else "not in it"
        now = work_words.OUTCOME[cell.outcome]
        if was != now:
            what = f"{cell.programme_name}, {words.USE[cell.use][0]}: {was} → {now}"
            yield ReportDifference(after.work.id, after.work.title, "changed", what)
