"""Evidence for counsel: cases with letters, replies and what they are about in one signed file; its check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path

from artist_console.commands import evidence_rows
from artist_console.commands.console import Console
from artist_console.commands.evidence_gathering import Gathering
from artist_console.commands.evidence_papers import case_title, index_paper, letter_copy
from artist_console.commands.history import CheckLine, check_line
from artist_console.commands.paper import Paper
from artist_console.commands.signers import known_signers, read_signers
from artist_console.domain.cases import Case
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.letters import Letter
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.formats import evidence_bundle as bundles
from artist_console.formats.evidence_bundle import BundleResult
from artist_console.formats.evidence_content import (
    RECEIPTS_FILE,
    BundleCase,
    BundleReceipt,
    EvidenceContent,
)
from artist_console.formats.evidence_files import PlainFile
from artist_console.formats.report_content import ReceiptKey
from artist_console.formats.signatures import base64url, sha256_hex
from artist_console.host.files import open_file, replacing
from artist_console.store import cases, mirror

FILE_ENDING = bundles.FILE_ENDING
Draw = Callable[[Paper], bytes]


class NoCase(UnknownThing):
    title_template = "There is no case {case} here"
    advice_template = "See: artist-console case list"


class NotAnEvidenceName(InputProblem):
    title_template = "{name} does not end in .acevidence"
    advice_template = "Give it that ending: by it others see what it is, and a double click opens it"


class NothingChosen(InputProblem):
    title_template = "No case was chosen"
    advice_template = "Choose at least one case"


@dataclass(frozen=True, slots=True)
class BundleWish:
    """What a bundle is to hold. Cases by id; without one, all of the artist."""

    cases: tuple[str, ...] = ()
    artist: ArtistId | None = None
    named_works: frozenset[WorkId] = frozenset()  # unreleased works that may be named
    notes: bool = False  # notes in the cases, and words beside what was recorded
    attachments: bool = True  # what went along with the letters


@dataclass(frozen=True, slots=True)
class BundlePreview:
    """What a bundle would hold and leave out, before anything is drawn or signed."""

    title: str
    period: tuple[date, date]
    files: int  # beside those of every bundle
    most_files: int
    counts: tuple[tuple[str, int], ...]  # in words: ("letters", 3)
    left_out: tuple[str, ...]
    signer: str
    fingerprint: str

    @property
    def fits(self) -> bool:
        return self.files <= self.most_files


@dataclass(frozen=True, slots=True)
class BundleFile:
    """A bundle that was written."""

    path: Path
    sha256: str
    size_bytes: int
    title: str
    counts: tuple[tuple[str, int], ...]
    left_out: tuple[str, ...]
    signer: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class _Made:
    content: EvidenceContent
    receipts: tuple[BundleReceipt, ...]
    files: Mapping[str, PlainFile]  # without the letters as PDF
    letters: tuple[tuple[str, Letter], ...]  # the name of the PDF, and what is drawn into it


def preview_bundle(console: Console, wish: BundleWish) -> BundlePreview:
    """Raises NoCase, NothingChosen or NamesUnreleased."""
    made = _make(console, wish)
    content = made.content
    return BundlePreview(
        title=content.title,
        period=(content.period_from, content.period_until),
        files=len(made.files) + len(made.letters),
        most_files=bundles.MOST_OTHER_FILES,
        counts=_counts(made),
        left_out=content.left_out,
        signer=content.made_by,
        fingerprint=console.signing_key.public.fingerprint,
    )


def export_bundle(console: Console, wish: BundleWish, out: Path, draw: Draw) -> BundleFile:
    """Write the signed bundle; the file is whole or not there. `draw` makes a PDF of a paper.

    Raises NotAnEvidenceName, NoCase, NothingChosen, NamesUnreleased, EvidenceProblem (too many or too large
    files among them) or FileProblem.
    """
    if out.suffix != FILE_ENDING:
        raise NotAnEvidenceName(name=out.name)
    made = _make(console, wish)
    count = len(made.files) + len(made.letters)
    if count > bundles.MOST_OTHER_FILES:  # before so many papers are drawn
        raise bundles.TooManyFiles(count=count, most=bundles.MOST_OTHER_FILES)
    key = console.signing_key
    drawn = {
        name: PlainFile.of(name, draw(letter_copy(letter)), "application/pdf")
        for name, letter in made.letters
    }
    files = [file for _, file in sorted({**made.files, **drawn}.items())]
    digest = bundles.content_hash(made.content)
    fingerprint = key.public.fingerprint
    index = draw(index_paper(made.content, digest, files, made.receipts, fingerprint))
    with replacing(out) as file:
        written = bundles.write_bundle(file, made.content, files, index, key, made.content.made_by)
    return BundleFile(
        path=out,
        sha256=written.sha256,
        size_bytes=written.size_bytes,
        title=made.content.title,
        counts=_counts(made),
        left_out=made.content.left_out,
        signer=made.content.made_by,
        fingerprint=fingerprint,
    )


def _make(console: Console, wish: BundleWish) -> _Made:
    chosen = _chosen(console, wish)
    facts = mirror.facts(console.store, console.clock())
    gathering = Gathering(console, facts, wish.named_works, wish.notes, wish.attachments)
    gathering.leave_out(evidence_rows.CONTRACTS)
    rows = tuple(evidence_rows.bundle_case(case, gathering) for case in chosen)
    works = evidence_rows.bundle_works(chosen, gathering)
    findings = evidence_rows.bundle_findings(chosen, gathering)
    removals = evidence_rows.bundle_removals(chosen, gathering)
    rows = evidence_rows.without_what_stays_out(rows, findings, removals)
    receipts = evidence_rows.bundle_receipts(chosen, gathering)
    lines = bundles.receipt_lines(receipts)
    if lines:
        gathering.add(RECEIPTS_FILE, lines, "application/jsonl")
    since, until = evidence_rows.period_of(rows, console.today)
    content = EvidenceContent(
        title=_title(rows),
        made_at=console.clock(),
        made_by=console.account.name if console.account is not None else "this computer",
        period_from=since,
        period_until=until,
        cases=rows,
        works=works,
        findings=findings,
        removals=removals,
        receipt_keys=tuple(
            ReceiptKey(each.name, base64url(each.key.raw)) for each in read_signers(console.folder.signers)
        )
        if receipts
        else (),
        receipts_sha256=sha256_hex(lines) if lines else "",
        left_out=tuple(gathering.left_out),
    )
    letters = {letter.id: letter for case in chosen for letter in case.letters}
    drawn = tuple((row.pdf_file, letters[row.id]) for case in rows for row in case.letters)
    return _Made(content, receipts, gathering.files, drawn)


def _chosen(console: Console, wish: BundleWish) -> tuple[Case, ...]:
    known = {case.id: case for case in cases.all(console.store)}
    if wish.cases:
        missing = next((id for id in wish.cases if id not in known), None)
        if missing is not None:
            raise NoCase(case=missing)
        found = [known[id] for id in dict.fromkeys(wish.cases)]
    else:
        found = [case for case in known.values() if wish.artist is not None and case.artist == wish.artist]
    if not found:
        raise NothingChosen
    return tuple(sorted(found, key=lambda case: (case.opened_at, case.id)))


def _title(rows: tuple[BundleCase, ...]) -> str:
    if len(rows) == 1:
        return case_title(rows[0])
    names = tuple(dict.fromkeys(row.artist_name for row in rows))
    return f"{names[0] if len(names) == 1 else f'{len(names)} artists'}: {len(rows)} cases"


def _counts(made: _Made) -> tuple[tuple[str, int], ...]:
    content = made.content
    replies = sum(event.file is not None for case in content.cases for event in case.events)
    return (
        ("cases", len(content.cases)),
        ("letters", len(made.letters)),
        ("proofs and replies", replies),
        ("works", len(content.works)),
        ("findings", len(content.findings)),
        ("removals", len(content.removals)),
        ("receipts", len(made.receipts)),
    )


class BundleVerdict(Enum):
    """The result line at the top, worst last; the values are those of a report's."""

    GENUINE = "genuine"
    SIGNER_UNKNOWN = "signer_unknown"
    CHANGED = "changed"
    CANNOT_BE_CHECKED = "cannot_be_checked"


_VERDICT: Mapping[BundleResult, BundleVerdict] = {
    BundleResult.GENUINE: BundleVerdict.GENUINE,
    BundleResult.SIGNER_NOT_KNOWN: BundleVerdict.SIGNER_UNKNOWN,
    BundleResult.NOT_GENUINE: BundleVerdict.CHANGED,
    BundleResult.CANNOT_BE_CHECKED: BundleVerdict.CANNOT_BE_CHECKED,
}


@dataclass(frozen=True, slots=True)
class BundleCheck:
    """A bundle as checked: what the checks say first, then what it holds."""

    path: Path
    verdict: BundleVerdict
    headline: str
    headline_template: str  # `headline` before its fields were filled, for the interface to translate
    headline_fields: tuple[tuple[str, str], ...]
    checks: tuple[CheckLine, ...]
    does_not_tell: tuple[str, ...]
    signer: str  # as the bundle names it
    signer_kid: str
    fingerprint: str
    introduced_by: str  # who made the signer known here; empty: unknown
    sha256: str  # of the file
    content: EvidenceContent | None  # None where it is not what was signed
    receipts: tuple[BundleReceipt, ...]
    made_at: datetime | None


def verify_bundle(path: Path, signers: Path | None = None) -> BundleCheck:
    """Check a bundle with no profile, account or network; `signers` is the list of those known here.

    Raises FileProblem where the file cannot be read at all; everything else is told by the verdict.
    """
    with open_file(path) as source:
        found = bundles.verify_bundle(source, known_signers(signers))
    signer, evidence = found.signer, found.evidence
    content = evidence.content if evidence is not None else None
    return BundleCheck(
        path=path,
        verdict=_VERDICT[found.result],
        headline=found.headline.text,
        headline_template=found.headline.template,
        headline_fields=found.headline.fields,
        checks=tuple(check_line(check) for check in found.checks),
        does_not_tell=found.does_not_tell,
        signer=signer.claimed_name if signer is not None else "",
        signer_kid=signer.key.kid if signer is not None else "",
        fingerprint=signer.key.fingerprint if signer is not None else "",
        introduced_by=signer.known.introduced_by if signer is not None and signer.known is not None else "",
        sha256=found.sha256,
        content=content,
        receipts=evidence.receipts if evidence is not None else (),
        made_at=content.made_at if content is not None else None,
    )
