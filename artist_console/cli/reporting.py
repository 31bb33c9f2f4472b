"""`report verify` and `report show`, with the exit codes that say what came of a check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from artist_console.cli import evidence, receipts
from artist_console.cli.output import DONE, NOT_GENUINE, SIGNER_UNKNOWN, TROUBLE, Answer, Plain
from artist_console.cli.report_files import Told, gone_through, of_each, together, unread
from artist_console.cli.report_tables import NOTHING_READ, table_facts, tables_in_words
from artist_console.cli.tables import bullets, pairs, plain
from artist_console.commands.handed_over import PackageKind, what_it_is
from artist_console.commands.history import CheckLine, CheckState
from artist_console.commands.report_inside import ReportInside, TooMuchToShow, look_into
from artist_console.commands.reports import (
    OpenedReport,
    ReportSignature,
    ReportVerdict,
    open_report,
    with_newer,
)
from artist_console.domain.problems import Problem
from artist_console.formats.report_parts import Obstacle
from artist_console.host.files import read_start

NOT_CONSISTENT = (
    "The report is unchanged, but not everything it says follows from its own rows:"
    " see what is marked NOT OK."
)
_MARK = {CheckState.PASSED: "ok", CheckState.CANNOT: "cannot be checked", CheckState.FAILED: "NOT OK"}
# How a receipt begins: a compact signature, or a proof as JSON.
_RECEIPT_BEGINS = (b"eyJ", b"{")
_UNREAD = (Obstacle.NOT_A_REPORT, Obstacle.NEWER_FORMAT, Obstacle.TOO_LARGE)


def code_of(found: OpenedReport) -> int:
    """What a check of a report came to: damaged or altered is one thing, no report at all another."""
    match found.verdict:
        case ReportVerdict.GENUINE | ReportVerdict.GENUINE_OLD_KEY:
            return DONE
        case ReportVerdict.SIGNER_UNKNOWN | ReportVerdict.SIGNER_REVOKED:
            return SIGNER_UNKNOWN
        case ReportVerdict.CHANGED:
            return NOT_GENUINE
        case ReportVerdict.CANNOT_BE_CHECKED:
            return TROUBLE if found.obstacle in _UNREAD else NOT_GENUINE


def refused(found: OpenedReport) -> Answer:
    """The answer where a command needs an unchanged report, and this is none."""
    facts: Plain = {
        "file": str(found.path),
        "verdict": found.verdict,
        "headline": found.headline,
        "problem": "only an unchanged report can be worked with",
    }
    words = f"{found.headline} Only an unchanged report can be worked with, so nothing was written."
    return Answer(plain(words), facts, code_of(found))


@dataclass(frozen=True, slots=True)
class _Looked:
    """A report as it was opened, and what came of looking into it where that was done."""

    opened: OpenedReport
    inside: ReportInside | None
    too_much: TooMuchToShow | None = None  # why nobody looked into it

    @property
    def checks(self) -> tuple[CheckLine, ...]:
        return self.inside.checks if self.inside is not None else self.opened.checks

    @property
    def consistent(self) -> bool:
        return self.inside.consistent if self.inside is not None else self.opened.consistent

    @property
    def needing_a_look(self) -> tuple[CheckLine, ...]:
        """What failed; where no row could be read, what was in the way of every other check."""
        unread = self.inside is not None and self.opened.verified and self.inside.content is None
        first = len(self.opened.checks)
        return tuple(
            check
            for at, check in enumerate(self.checks)
            if check.state is CheckState.FAILED or (unread and at >= first and check.lacking)
        )


def run_verify(files: Sequence[Path], signers: Path | None, *, quick: bool, json: bool) -> Answer:
    """Check each file for what it is: a report, an evidence file or a receipt. `quick`: no row is read."""

    def look(path: Path, told: Told) -> _Looked | Answer:
        if what_it_is(path) is PackageKind.EVIDENCE:
            return _of_kind("evidence", path, evidence.run_verify(path, signers))
        if _is_a_receipt(path):
            return _of_kind("receipt", path, receipts.run_verify(path, signers, None))
        opened = open_report(path, signers, told)
        return _Looked(opened, None) if quick or not opened.verified else _looked_into(opened, told)

    found = gone_through(files, look, json=json)
    reports = [each.opened for _, each in found if isinstance(each, _Looked)]
    later = dict(zip((each.path for each in reports), with_newer(reports), strict=True))
    answers: list[tuple[Path, Answer]] = []
    for path, each in found:
        match each:
            case Problem():
                answers.append((path, unread(path, each)))
            case _Looked():
                told = _Looked(later[path], each.inside, each.too_much)
                answers.append((path, _verified(told, alone=len(files) == 1)))
            case _:
                answers.append((path, each))
    answer = together(answers)
    if len(files) > 1:
        summed = _summed([each.code for _, each in answers])
        return Answer(f"{answer.text}\n\n{summed}", answer.facts, answer.code)
    return answer


def _is_a_receipt(path: Path) -> bool:
    return read_start(path, 3).startswith(_RECEIPT_BEGINS)


def _of_kind(kind: str, path: Path, answer: Answer) -> Answer:
    assert isinstance(answer.facts, dict), "an answer about one file"
    return Answer(answer.text, {"file": str(path), "file_kind": kind} | answer.facts, answer.code)


def _looked_into(opened: OpenedReport, told: Told) -> _Looked:
    try:
        return _Looked(opened, look_into(opened, lambda done, total, _: told(done, total)))
    except TooMuchToShow as problem:
        return _Looked(opened, None, problem)


def _summed(codes: Sequence[int]) -> str:
    """How many files came to what."""
    words = {
        DONE: ("genuine, signer known", "genuine, signers known"),
        SIGNER_UNKNOWN: ("genuine, signer not known here", "genuine, signers not known here"),
        NOT_GENUINE: ("not genuine", "not genuine"),
        TROUBLE: ("could not be read as one", "could not be read as one"),
    }
    counts = [
        f"{codes.count(code)} {one if codes.count(code) == 1 else many}"
        for code, (one, many) in words.items()
        if code in codes
    ]
    return f"{len(codes)} files: {', '.join(counts)}."


def _verified(looked: _Looked, *, alone: bool) -> Answer:
    """All about one report; of one among others what needs a look."""
    found = looked.opened
    lines = [plain(found.headline)]
    if alone:
        lines += ["", *_about_signers(found), bullets(_check(check) for check in looked.checks)]
    else:
        lines += [f"  {plain(_check(check))}" for check in looked.needing_a_look]
    lines += _remarks(looked)
    if alone:
        lines += ["", "What this does not tell you", bullets(found.does_not_tell)]
    return Answer("\n".join(lines), facts_of(looked), code_of(found))


def _about_signers(found: OpenedReport) -> list[str]:
    shown: list[tuple[str, str]] = []
    for each in found.signatures:
        shown += [
            ("Signer", each.name if each.known_as == each.name else f"{each.name} (its own word)"),
            ("Key", each.fingerprint),
            ("Known by", _known_by(each)),
        ]
    for each in found.redacted_by:
        shown += [("Copy signed by", f"{each.name} (its own word)"), ("Key", each.fingerprint)]
    if found.sha256:
        shown.append(("Hash", found.sha256))
    return [pairs(shown), ""] if shown else []


def _known_by(signature: ReportSignature) -> str:
    if not signature.known_as:
        return "nobody here"
    return f"{signature.introduced_by}, as {signature.known_as}"


def _remarks(looked: _Looked) -> list[str]:
    found = looked.opened
    lines: list[str] = []
    if found.gaps:
        lines += ["", "Taken out of this copy", bullets(gap.words for gap in found.gaps)]
    if found.verified and not looked.consistent:
        lines += ["", plain(NOT_CONSISTENT)]
    if looked.too_much is not None:
        lines += ["", plain(looked.too_much.sentence)]
    if found.newer is not None:
        made = found.newer.made_at.date().isoformat()
        lines += ["", plain(f"There is a newer report of this series: {found.newer.name}, made on {made}.")]
    return lines


def _check(check: CheckLine) -> str:
    return f"{_MARK[check.state]}: {check.words}"


def facts_of(looked: _Looked) -> dict[str, Plain]:
    found = looked.opened
    newer = found.newer
    return {
        "file": str(found.path),
        "file_kind": "report",
        "verdict": found.verdict,
        "headline": found.headline,
        "checks": [
            {"state": each.state, "passed": each.passed, "lacking": each.lacking, "words": each.words}
            for each in looked.checks
        ],
        "consistent": looked.consistent,
        "looked_into": looked.inside is not None,
        "obstacle": found.obstacle,
        "parts_changed": list(found.parts_changed),
        "does_not_tell": list(found.does_not_tell),
        "title": found.title,
        "artists": list(found.artist_names),
        "made_at": found.made_at,
        "made_by": found.made_by,
        "instant": found.instant,
        "period_from": found.period[0],
        "period_until": found.period[1],
        "signer": found.signer,
        "kid": found.signer_kid,
        "fingerprint": found.fingerprint,
        "introduced_by": found.introduced_by,
        "signatures": _signature_facts(found.signatures),
        "redacted_by": _signature_facts(found.redacted_by),
        "redacted_on": found.redacted_on,
        "gaps": [{"table": gap.kind, "removed": gap.removed, "of": gap.of} for gap in found.gaps],
        "tables": {each.kind: each.rows for each in found.counts},
        "series": found.series,
        "newer": (
            {"file": newer.path, "made_at": newer.made_at, "sha256": newer.sha256}
            if newer is not None
            else None
        ),
        "sha256": found.sha256,
        "size_bytes": found.size_bytes,
    }


def _signature_facts(signatures: Iterable[ReportSignature]) -> list[Plain]:
    return [
        {
            "name": each.name,
            "kid": each.kid,
            "fingerprint": each.fingerprint,
            "known_as": each.known_as,
            "introduced_by": each.introduced_by,
            "replaced_on": each.replaced,
            "revoked_on": each.revoked[0] if each.revoked is not None else None,
            "revoked_because": each.revoked[1] if each.revoked is not None else "",
        }
        for each in signatures
    ]


def run_show(files: Sequence[Path], signers: Path | None, *, json: bool) -> Answer:
    return of_each(files, lambda path, told: _show(open_report(path, signers, told), told), json=json)


def _show(opened: OpenedReport, told: Told) -> Answer:
    inside = look_into(opened, lambda done, total, _: told(done, total))
    looked = _Looked(opened, inside)
    lines = [plain(opened.headline)]
    facts = facts_of(looked)
    if inside.tables is None:
        lines += ["", "Nothing of this file can be read."]
        return Answer("\n".join(lines), facts | NOTHING_READ, code_of(opened))
    if not opened.verified:
        lines += ["", "NOT VERIFIED. What follows could be read, and anybody may have written it."]
    made = opened.made_at.date().isoformat() if opened.made_at is not None else ""
    about = [("Title", opened.title), ("About", ", ".join(opened.artist_names)), ("Made", made)]
    lines += ["", pairs([(label, text) for label, text in about if text])]
    lines += [*_remarks(looked), *tables_in_words(inside.tables)]
    return Answer("\n".join(lines), facts | table_facts(inside.tables), code_of(opened))
