"""Checks of the ledgers and receipts that a report holds: whole, or across what was taken out of a copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from artist_console.domain.decisions import EntryReceipt, LedgerEntry, Pin

from .data_package import ArtistSeal
from .ledger_proof import NOTHING_YET, check_chain
from .proof_checks import CheckState, ProofCheck, cannot, counted, failed, passed
from .receipts import verify_receipt
from .report_content import Part, ReportContent
from .signatures import PublicKey, by_kid

LEDGERS, RECEIPTS = "ledgers", "receipts"


def check_ledgers(content: ReportContent, artists: Sequence[ArtistSeal], removed: int = 0) -> ProofCheck:
    """Each artist's ledger is whole, from its first entry to the head that the descriptor names.

    `removed`: how many entries were taken out of a redacted copy; what is left is checked piece by piece.
    """
    if not content.header.holds(Part.DECISIONS):
        return cannot(LEDGERS, "The report was made without decisions: there is no ledger to be checked.")
    listed = {artist.id for artist in artists}
    foreign = next((entry for entry in content.entries if entry.artist not in listed), None)
    if foreign is not None or len(listed) != len(artists):
        return failed(LEDGERS, "An entry belongs to an artist whom the report does not name.")
    missing = 0
    for artist in artists:
        entries = content.ledger(artist.id)
        wrong = _across_gaps(entries, artist) if removed else _whole(entries, artist)
        if wrong is not None:
            return wrong
        missing += artist.n - len(entries)
    if missing != removed:
        words = "{missing} entries are not here, and {removed} are said to have been taken out."
        return failed(LEDGERS, words, missing=missing, removed=removed)
    count = len(content.entries)
    if removed:
        words = counted(
            "A ledger cannot be checked across what was taken out of it: 1 entry is not here. Those that are"
            " here follow from one another wherever they are neighbours.",
            "A ledger cannot be checked across what was taken out of it: {removed} entries are not here."
            " Those that are here follow from one another wherever they are neighbours.",
            removed,
        )
        return cannot(LEDGERS, words, removed=removed)
    if len(artists) == 1:
        words = counted(
            "Nothing was changed, taken out or put in between: 1 entry in the ledger of {artist}.",
            "Nothing was changed, taken out or put in between: {n} entries in the ledger of {artist}.",
            count,
        )
        return passed(LEDGERS, words, n=count, artist=artists[0].name)
    words = counted(
        "Nothing was changed, taken out or put in between: 1 entry in {artists} ledgers.",
        "Nothing was changed, taken out or put in between: {n} entries in {artists} ledgers.",
        count,
    )
    return passed(LEDGERS, words, n=count, artists=len(artists))


def _whole(entries: Iterable[LedgerEntry], artist: ArtistSeal) -> ProofCheck | None:
    """What is wrong with a ledger of which nothing was taken out; None: it is whole."""
    found = check_chain(entries)
    if not found.holds:
        return _does_not_follow(found.bad_at or 0, artist)
    if (found.end.n, found.end.head) != (artist.n, artist.head):
        words = "The ledger of {artist} ends at entry {n}, not where the report says."
        return failed(LEDGERS, words, n=found.end.n, artist=artist.name)
    return None


def _across_gaps(entries: Iterable[LedgerEntry], artist: ArtistSeal) -> ProofCheck | None:
    """The same for one with gaps: neighbours follow from one another, and the last is the head."""
    last = NOTHING_YET
    for entry in entries:
        is_next = entry.n == last.n + 1
        if entry.n <= last.n or (is_next and not check_chain((entry,), last).holds):
            return _does_not_follow(entry.n, artist)
        last = Pin(entry.n, entry.head)
    if last.n > artist.n or (last.n == artist.n and last.head != artist.head):
        words = "The ledger of {artist} ends at entry {n}, not where the report says."
        return failed(LEDGERS, words, n=last.n, artist=artist.name)
    return None


def _does_not_follow(n: int, artist: ArtistSeal) -> ProofCheck:
    words = "Entry {n} of the ledger of {artist} does not follow from the entries before it."
    return failed(LEDGERS, words, n=n, artist=artist.name)


def check_receipts(
    content: ReportContent,
    known: Mapping[str, PublicKey],
    signers: Iterable[PublicKey],
    *,
    entries_removed: bool = False,
) -> ProofCheck:
    """Each receipt is about an entry of this report and signed with a key that is here or known."""
    if not content.receipts:
        words = "The report holds no receipts: when its answers were recorded, only its signer says."
        return cannot(RECEIPTS, words)
    trusted = dict(known) | by_kid(tuple(signers))
    keys = dict(_own_keys(content)) | trusted
    entries = {(entry.artist, entry.n): entry for entry in content.entries}
    unknown: Counter[str] = Counter()
    without_entry = 0
    for row in content.receipts:
        entry = entries.get((row.artist, row.n))
        if entry is None and entries_removed:
            without_entry += 1
            continue
        if entry is None:
            words = "A receipt is about entry {n} of a ledger, which is not in the report."
            return failed(RECEIPTS, words, n=row.n)
        state, kid, why = _receipt_state(row, keys, entry)
        if state is CheckState.FAILED:
            return failed(RECEIPTS, "The receipt of entry {n} does not hold: {why}", n=row.n, why=why)
        if state is CheckState.CANNOT or kid not in trusted:
            unknown[kid] += 1
    if without_entry:
        words = counted(
            "{n} of {all} receipts is about an entry that was taken out, so it cannot be checked.",
            "{n} of {all} receipts are about entries that were taken out, so they cannot be checked.",
            without_entry,
        )
        return cannot(RECEIPTS, words, n=without_entry, all=len(content.receipts))
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
