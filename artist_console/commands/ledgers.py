"""Whole ledgers: checked in this profile or from a file, exported for others, and the keys that sign them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from artist_console.commands.console import Console, Result
from artist_console.commands.history import CheckLine, check_line
from artist_console.commands.receipt_checks import GIVEN_KEY, given_keys
from artist_console.commands.signers import How, Signer, add_signer, known_keys
from artist_console.domain.changes import Changes
from artist_console.domain.decisions import LedgerEntry
from artist_console.domain.ids import ArtistId
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import UnknownThing
from artist_console.formats.ledger_checks import GivenConflict, GivenKey, LedgerChecking, LedgerFound
from artist_console.formats.ledger_file import (
    MAX_FILE_BYTES,
    MAX_LINE_BYTES,
    LedgerPart,
    MalformedLedgerFile,
    check_ledger_lines,
    ledger_lines,
)
from artist_console.formats.proof_checks import ProofCheck, cannot, failed
from artist_console.formats.signatures import MalformedSignature, PublicKey, read_jws, sha256_hex
from artist_console.host.files import write_atomic
from artist_console.host.lines import bounded_lines
from artist_console.store import heads, heard, journal, mirror, profile, receipts
from artist_console.store.heads import KeptHead, KeyKnown, ServiceKey
from artist_console.store.opening import Part


class LedgerVerdict(Enum):
    """The result line at the top, worst last."""

    HOLDS = "holds"
    NOT_ALL_CHECKED = "not_all_checked"  # nothing speaks against it, but something could not be checked
    CANNOT_BE_CHECKED = "cannot_be_checked"  # unreadable, or no signature that could be checked
    CHANGED = "changed"  # something in it does not fit


@dataclass(frozen=True, slots=True)
class CheckedLedger:
    """One ledger: what every check said, and how far its keeper vouches for it."""

    artist: str
    artist_name: str
    verdict: LedgerVerdict
    entries: int  # that follow each other from the first on
    head: str  # hex; after the last of them
    signed_size: int | None  # of the newest signed head that is true of it; None: there is none
    signed_at: datetime | None
    root: str  # hex; of that signed head
    signer: str
    checks: tuple[CheckLine, ...]


@dataclass(frozen=True, slots=True)
class CheckedLedgers:
    """All ledgers of a profile or a file."""

    verdict: LedgerVerdict
    headline: str
    ledgers: tuple[CheckedLedger, ...]
    checks: tuple[CheckLine, ...]  # about all of it: that a file cannot be read
    does_not_tell: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExportedLedgers:
    path: Path
    ledgers: int
    entries: int
    signed_heads: int
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TrustedKey:
    kid: str
    fingerprint: str
    name: str


class NoLedger(UnknownThing):
    title_template = "There is no ledger on this computer yet"
    advice_template = "Record an answer and sync, or choose another artist"


_HEADLINE = {
    LedgerVerdict.HOLDS: "Everything that was checked holds.",
    LedgerVerdict.NOT_ALL_CHECKED: "Nothing speaks against it; not all of it could be checked.",
    LedgerVerdict.CANNOT_BE_CHECKED: "Cannot be checked.",
    LedgerVerdict.CHANGED: "Something does not fit what was signed.",
}
_WORST_LAST = tuple(LedgerVerdict)
_DOES_NOT_TELL = (
    "Whether its keeper shows somebody else another ledger: compare the root of the newest signed head.",
    "Whether something was never recorded: what is in no ledger leaves no trace in one.",
)
_WAITING_ONE = "What waits to be sent: 1 of your decisions is in no ledger yet."
_WAITING = "What waits to be sent: {n} of your decisions are in no ledger yet."


# In this profile


def verify_ledgers(
    console: Console, artist: ArtistId | None = None, key_file: Path | None = None
) -> CheckedLedgers:
    """Check the ledgers that are here, without the network. Raises NoLedger."""
    keys = _keys_here(console, key_file)
    checked = tuple(_verify(console, each, keys) for each in _artists(console, artist))
    waiting = len(journal.undelivered(console.store, artist))
    more = (_WAITING_ONE if waiting == 1 else _WAITING.format(n=f"{waiting:,}"),) if waiting else ()
    return _told(checked, (), (*_DOES_NOT_TELL, *more))


def _artists(console: Console, artist: ArtistId | None) -> list[ArtistId]:
    found = [ArtistId(each) for each in sorted(mirror.tips(console.store)) if artist in (None, each)]
    if not found:
        raise NoLedger
    return found


def _keys_here(console: Console, key_file: Path | None) -> dict[str, GivenKey]:
    """Keys of the service as they became known, those the person trusts, and those given this time."""
    found: dict[str, GivenKey] = {}
    for kid, each in heads.keys(console.store).items():
        by_hand = f"you, on {day_in_words(each.at)}" if each.how is KeyKnown.PERSON else ""
        found[kid] = GivenKey(each.key, by_hand)
    return found | _keys_trusted(console.folder.signers, key_file)


def _keys_trusted(signers: Path | None, key_file: Path | None) -> dict[str, GivenKey]:
    found = {each.key.kid: GivenKey(each.key, each.introduced_by) for each in known_keys(signers)}
    given = given_keys(key_file) if key_file is not None else ()
    return found | {key.kid: GivenKey(key, GIVEN_KEY) for key in given}


def _verify(console: Console, artist: ArtistId, keys: Mapping[str, GivenKey]) -> CheckedLedger:
    store = console.store
    kept = heads.all_kept(store, artist)
    ahead = _ahead(kept)
    checking = LedgerChecking(artist, keys, profile.epoch(store), known_here=True)
    for each in kept[:-1] if ahead is not None else kept:
        checking.add_head(each.text)
    for given in _conflicts(console, artist):
        checking.add_conflict(given)
    for entry, receipt in _entries(console, artist):
        checking.take(entry, receipt, claims_head=True)
    found = checking.found()
    if ahead is None:
        return _checked(found, _name(console, artist))
    words = "The service has signed {n} entries, and not all of them are here. Sync, then check again."
    more = cannot("signed_head", words, n=ahead.claims.size)
    return _checked(found, _name(console, artist), more)


def _ahead(kept: Sequence[KeptHead]) -> KeptHead | None:
    """The newest head, where not all of its entries had come when it was kept."""
    newest = kept[-1] if kept else None
    return newest if newest is not None and newest.tree.size < newest.claims.size else None


def _conflicts(console: Console, artist: ArtistId) -> list[GivenConflict]:
    return [
        GivenConflict(each.kind.value, each.kept, each.shown, each.n)
        for each in heads.conflicts(console.store, artist)
    ]


def _entries(console: Console, artist: ArtistId) -> list[tuple[LedgerEntry, str | None]]:
    given = receipts.all_of(console.store, artist)
    return [(entry, given.get(entry.n)) for entry in mirror.ledger(console.store, artist)]


def _name(console: Console, artist: ArtistId) -> str:
    cards = heard.artists(console.store, [artist])
    return cards[0].name if cards else ""


def _checked(found: LedgerFound, name: str, *more: ProofCheck) -> CheckedLedger:
    checks = (*found.checks, *more)
    signed = found.signed
    return CheckedLedger(
        artist=found.artist,
        artist_name=name,
        verdict=_verdict(found, all_passed=found.all_passed and not more),
        entries=found.end.n,
        head=found.end.head,
        signed_size=signed.size if signed is not None else None,
        signed_at=signed.signed_at if signed is not None else None,
        root=signed.root if signed is not None else "",
        signer=signed.signer.name if signed is not None else "",
        checks=tuple(check_line(each) for each in checks),
    )


def _verdict(found: LedgerFound, *, all_passed: bool) -> LedgerVerdict:
    if found.has_failed:
        return LedgerVerdict.CHANGED
    if not found.is_signed:
        return LedgerVerdict.CANNOT_BE_CHECKED
    return LedgerVerdict.HOLDS if all_passed else LedgerVerdict.NOT_ALL_CHECKED


def _told(
    ledgers: tuple[CheckedLedger, ...], checks: tuple[CheckLine, ...], does_not_tell: tuple[str, ...]
) -> CheckedLedgers:
    verdicts = [each.verdict for each in ledgers] or [LedgerVerdict.CANNOT_BE_CHECKED]
    verdicts += [LedgerVerdict.CANNOT_BE_CHECKED] if checks else []
    worst = max(verdicts, key=_WORST_LAST.index)
    return CheckedLedgers(worst, _HEADLINE[worst], ledgers, checks, does_not_tell)


# Files


def export_ledgers(console: Console, path: Path, artist: ArtistId | None = None) -> ExportedLedgers:
    """Write ledgers as a file that others can check. Raises NoLedger, FileProblem."""
    parts = [_part(console, each) for each in _artists(console, artist)]
    keys = [given.key for given in _keys_here(console, None).values()]
    content = b"".join(ledger_lines(parts, _signing(parts, keys), console.clock()))
    write_atomic(path, content)
    return ExportedLedgers(
        path,
        len(parts),
        sum(len(part.entries) for part in parts),
        sum(len(part.heads) for part in parts),
        len(content),
        sha256_hex(content),
    )


def _part(console: Console, artist: ArtistId) -> LedgerPart:
    kept = heads.all_kept(console.store, artist)
    if _ahead(kept) is not None:
        kept = kept[:-1]
    return LedgerPart(
        artist,
        _name(console, artist),
        profile.epoch(console.store),
        [each.text for each in kept],
        _conflicts(console, artist),
        _entries(console, artist),
    )


def _signing(parts: Sequence[LedgerPart], keys: Iterable[PublicKey]) -> list[PublicKey]:
    """Those of the keys that something in the parts names: others are nobody's business."""
    named = {_kid(text) for part in parts for text in part.heads}
    named |= {_kid(receipt) for part in parts for _, receipt in part.entries if receipt is not None}
    return [key for key in keys if key.kid in named]


def _kid(jws: str) -> str:
    try:
        return read_jws(jws).kid
    except MalformedSignature:
        return ""


def verify_ledger_file(
    path: Path, signers: Path | None = None, key_file: Path | None = None
) -> CheckedLedgers:
    """Check an exported file with no account, no profile and no network.

    Raises FileProblem where it cannot be read at all, InputProblem for a key that is none; everything else is
    told by the verdict.
    """
    known = _keys_trusted(signers, key_file)
    checked: list[CheckedLedger] = []
    try:
        for each in check_ledger_lines(bounded_lines(path, MAX_LINE_BYTES, MAX_FILE_BYTES), known):
            checked.append(_checked(each.found, each.name))
    except MalformedLedgerFile as error:
        words = "{name} is not an exported ledger that can be read: {why}. Ask for the file as it was saved."
        torn = check_line(failed("form", words, name=path.name, why=error))
        return _told(tuple(checked), (torn,), ())
    return _told(tuple(checked), (), _DOES_NOT_TELL)


# Keys


def trust_key(console: Console, key_file: Path, name: str = "") -> Result[tuple[TrustedKey, ...]]:
    """Make the key of a service known by hand: its heads count from now on. Raises InputProblem."""
    found = given_keys(key_file)
    shown = name.strip() or (console.account.host if console.account is not None else "")
    with console.store.transaction(Part.JOURNAL):
        for key in found:
            heads.keep_key(console.store, ServiceKey(key, shown, "", KeyKnown.PERSON, console.clock()))
    for key in found:
        add_signer(console.folder.signers, Signer(key, shown, console.today, own=False, how=How.SERVICE))
    trusted = tuple(TrustedKey(key.kid, key.fingerprint, shown) for key in found)
    return Result(trusted, Changes.REPORTS | Changes.SETTINGS)
