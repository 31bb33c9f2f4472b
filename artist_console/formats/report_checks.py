"""Checks of what a report says, once its bytes are known to be those that were signed.

Ledgers, receipts, outcomes, statements and the table: each check is a value with a plain sentence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from artist_console.domain.decisions import EntryReceipt, LedgerEntry
from artist_console.domain.phrases import period_in_words
from artist_console.domain.statement_checks import check
from artist_console.domain.statements import CheckResult, Line
from artist_console.domain.words import USE

from .ledger_proof import check_chain
from .proof_checks import CheckState, ProofCheck, cannot, counted, failed, passed
from .receipts import verify_receipt
from .report_content import ReportContent
from .report_manifest import Manifest
from .report_outcomes import recompute
from .report_table import OUTCOME_WORDS, works_table
from .signatures import PublicKey, by_kid

LEDGERS, RECEIPTS, OUTCOMES, FIGURES, TABLE = "ledgers", "receipts", "outcomes", "figures", "table"


def check_ledgers(content: ReportContent, manifest: Manifest) -> ProofCheck:
    """Each artist's ledger is whole, from its first entry to the head that the manifest names."""
    listed = {artist.id for artist in manifest.artists}
    foreign = next((entry for entry in content.entries if entry.artist not in listed), None)
    if foreign is not None or len(listed) != len(manifest.artists):
        return failed(LEDGERS, "An entry belongs to an artist whom the report does not name.")
    for artist in manifest.artists:
        found = check_chain(content.ledger(artist.id))
        if not found.holds:
            words = "Entry {n} of the ledger of {artist} does not follow from the entries before it."
            return failed(LEDGERS, words, n=found.bad_at, artist=artist.name)
        if (found.end.n, found.end.head) != (artist.n, artist.head):
            words = "The ledger of {artist} ends at entry {n}, not where the report says."
            return failed(LEDGERS, words, n=found.end.n, artist=artist.name)
    count = len(content.entries)
    if len(manifest.artists) == 1:
        words = counted(
            "Nothing was changed, taken out or put in between: 1 entry in the ledger of {artist}.",
            "Nothing was changed, taken out or put in between: {n} entries in the ledger of {artist}.",
            count,
        )
        return passed(LEDGERS, words, n=count, artist=manifest.artists[0].name)
    words = counted(
        "Nothing was changed, taken out or put in between: 1 entry in {artists} ledgers.",
        "Nothing was changed, taken out or put in between: {n} entries in {artists} ledgers.",
        count,
    )
    return passed(LEDGERS, words, n=count, artists=len(manifest.artists))


def check_receipts(content: ReportContent, known: Mapping[str, PublicKey], signer: PublicKey) -> ProofCheck:
    """Each receipt is about an entry of this report and signed with a key that is here or known."""
    if not content.receipts:
        words = "The report holds no receipts: when its answers were recorded, only its signer says."
        return cannot(RECEIPTS, words)
    keys = dict(_own_keys(content)) | {signer.kid: signer} | dict(known)
    entries = {(entry.artist, entry.n): entry for entry in content.entries}
    unknown: Counter[str] = Counter()
    for row in content.receipts:
        entry = entries.get((row.artist, row.n))
        if entry is None:
            words = "A receipt is about entry {n} of a ledger, which is not in the report."
            return failed(RECEIPTS, words, n=row.n)
        state, kid, why = _receipt_state(row, keys, entry)
        if state is CheckState.FAILED:
            return failed(RECEIPTS, "The receipt of entry {n} does not hold: {why}", n=row.n, why=why)
        if state is CheckState.CANNOT or (kid not in known and kid != signer.kid):
            unknown[kid] += 1
    if unknown:
        count = sum(unknown.values())
        words = counted(
            "{n} of {all} receipts is whole, but its signer is not known to you.",
            "{n} of {all} receipts are whole, but their signer is not known to you.",
            count,
        )
        return cannot(RECEIPTS, words, n=count, all=len(content.receipts))
    words = counted(
        "The one receipt is genuine and belongs to an entry of this report.",
        "All {n} receipts are genuine and belong to entries of this report.",
        len(content.receipts),
    )
    return passed(RECEIPTS, words, n=len(content.receipts))


def _receipt_state(
    row: EntryReceipt, keys: Mapping[str, PublicKey], entry: LedgerEntry
) -> tuple[CheckState, str, str]:
    found = verify_receipt(row.receipt, keys, entry)
    why = next((c.text for c in found.checks if c.state is CheckState.FAILED), "")
    return found.state, found.key.kid if found.key else "", why


def _own_keys(content: ReportContent) -> Mapping[str, PublicKey]:
    """Keys that come with the report. What is no key is left: its receipts are of an unknown signer."""
    return by_kid(tuple(row.public for row in content.receipt_keys if row.public is not None))


def check_outcomes(content: ReportContent) -> ProofCheck:
    """What the report says follows is what the permission rule makes of the report's own rows."""
    if not content.outcomes:
        return cannot(OUTCOMES, "The report does not say what is allowed.")
    found = recompute(content)
    if found.differ:
        first = found.differ[0]
        title = next((work.title for work in content.works if work.id == first.subject), first.subject)
        words = counted(
            "What is allowed was worked out again: 1 result differs, “{use}” for “{title}”,"
            " stated as: {said}.",
            "What is allowed was worked out again: {n} results differ; the first is “{use}” for “{title}”,"
            " stated as: {said}.",
            len(found.differ),
        )
        return failed(
            OUTCOMES,
            words,
            n=len(found.differ),
            use=USE[first.use][0],
            title=title,
            said=OUTCOME_WORDS[first.outcome],
        )
    if found.cannot:
        words = "What is allowed was worked out again: {agree} results are the same; {cannot} cannot be"
        words += " recomputed, because an answer that they need is not shared."
        return cannot(OUTCOMES, words, agree=found.agree, cannot=found.cannot)
    words = counted(
        "What is allowed was worked out again from the report's own rows: the one result is the same.",
        "What is allowed was worked out again from the report's own rows: all {n} results are the same.",
        found.agree,
    )
    return passed(OUTCOMES, words, n=found.agree)


def check_figures(content: ReportContent) -> ProofCheck:
    """The arithmetic of every statement, made again from its lines."""
    if not content.statements:
        return cannot(FIGURES, "The report holds no statements.")
    known = {statement.id for statement in content.statements}
    if any(line.statement not in known for line in content.lines):
        return failed(FIGURES, "A line belongs to a statement that is not in the report.")
    lines: defaultdict[str, list[Line]] = defaultdict(list)
    for line in content.lines:
        lines[line.statement].append(line)
    partly = without = 0
    for statement in content.statements:
        if statement.lines_sha256 and statement.line_count and not lines[statement.id]:
            without += 1  # they do not travel: the hash of their file names them
            continue
        found = check(statement, lines[statement.id])
        if found.result is CheckResult.DOES_NOT_ADD_UP:
            first = next(c for c in found.checks if c.result is CheckResult.DOES_NOT_ADD_UP)
            words = "The statement of {issuer} for {period} does not add up. {why}"
            period = period_in_words(statement.period_from, statement.period_until)
            return failed(FIGURES, words, issuer=statement.issuer, period=period, why=first.words)
        partly += found.result is not CheckResult.ADDS_UP
    if without:
        words = counted(
            "The lines of 1 statement are not in the report, which names them by the hash of their file;"
            " {others} others add up as far as they can be checked.",
            "The lines of {without} statements are not in the report, which names them by the hashes of their"
            " files; {others} others add up as far as they can be checked.",
            without,
        )
        return cannot(FIGURES, words, without=without, others=len(content.statements) - without)
    if partly:
        words = counted(
            "The one statement adds up as far as it can be checked; a part is not stated in it.",
            "All {n} statements add up as far as they can be checked; in {partly} of them parts are not"
            " stated.",
            len(content.statements),
        )
        return cannot(FIGURES, words, n=len(content.statements), partly=partly)
    words = counted("The one statement adds up.", "All {n} statements add up.", len(content.statements))
    return passed(FIGURES, words, n=len(content.statements))


def check_table(content: ReportContent, table: bytes | None) -> ProofCheck:
    """works.csv says what the rows say."""
    if table is None:
        return cannot(TABLE, "The report has no table of works.")
    expected = works_table(content)
    if table == expected:
        return passed(TABLE, "The table for spreadsheets, works.csv, says the same as the report.")
    theirs, ours = table.split(b"\r\n"), expected.split(b"\r\n")
    pairs = enumerate(zip(theirs, ours, strict=False), start=1)
    line = next((n for n, (one, other) in pairs if one != other), min(len(theirs), len(ours)) + 1)
    words = "The table for spreadsheets, works.csv, does not say the same as the report; see line {n}."
    return failed(TABLE, words, n=line)
