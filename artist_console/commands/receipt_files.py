"""Receipts saved as files that others can check: as they were signed, as a proof, as a consent record."""

from __future__ import annotations

from pathlib import Path

from artist_console.commands.authority import mandates_known
from artist_console.commands.consent import cell_of
from artist_console.commands.console import Console
from artist_console.commands.names import account_name, party_name, programme_name, subject_words
from artist_console.commands.receipts import NoReceipt
from artist_console.commands.signers import keys_known
from artist_console.domain.decisions import Decision, EntryKind, LedgerEntry
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import AccountId, DecisionId, ReleaseId, WorkId
from artist_console.domain.parties import PartyKind
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.receipt_forms import ReceiptForm
from artist_console.domain.registers import Register, Stance, Subject, SubjectKind, UseScopeKind
from artist_console.domain.work_kinds import WorkKind
from artist_console.formats.consent_record import RecordFacts, RecordParty, consent_record
from artist_console.formats.receipt_proof import MAX_LATER, make_proof
from artist_console.formats.receipts import (
    MalformedReceipt,
    SignerRole,
    UnverifiedReceipt,
    read_receipt,
)
from artist_console.host.files import write_atomic
from artist_console.store import mirror
from artist_console.store import receipts as kept


class NoEntry(UnknownThing):
    title_template = "The ledger entry of this decision is not on this computer yet"
    advice_template = "Sync, then save the proof again; the receipt alone can be saved now"


def save_receipt(
    console: Console,
    decision: DecisionId,
    path: Path,
    form: ReceiptForm = ReceiptForm.JWS,
    *,
    with_later: bool = False,
) -> Path:
    """Write a receipt as a file. Raises NoReceipt, NoEntry, FileProblem."""
    write_atomic(path, receipt_file(console, decision, form, with_later=with_later), mode=0o644)
    return path


def save_page(path: Path, page: bytes) -> Path:
    """Write a receipt as it was drawn for paper. Raises FileProblem."""
    write_atomic(path, page, mode=0o644)
    return path


def receipt_file(
    console: Console, decision: DecisionId, form: ReceiptForm, *, with_later: bool = False
) -> bytes:
    """A receipt in one of its forms. `with_later`: a proof with the entries up to the last signed head."""
    latest = kept.latest(console.store, decision)
    if latest is None:
        raise NoReceipt
    if form is ReceiptForm.JWS:
        return latest.jws.encode()
    entry = mirror.entry_of(console.store, decision)
    if entry is None:
        raise NoEntry
    signed = _read(latest.jws)
    if form is ReceiptForm.CONSENT_RECORD:
        return consent_record(_record_facts(console, entry, signed))
    later, last = _later(console, entry) if with_later else ((), None)
    key = keys_known(console).get(signed.jws.kid)
    before = kept.head_before(console.store, entry.artist, entry.n)
    return make_proof(latest.jws, key, entry, before, later, last)


def _read(jws: str) -> UnverifiedReceipt:
    try:
        return read_receipt(jws)
    except MalformedReceipt as error:
        raise InputProblem(
            "The receipt of this decision cannot be read: {why}",
            "Sync again; if it stays so, ask whoever keeps the service",
            why=error,
        ) from error


def _later(console: Console, entry: LedgerEntry) -> tuple[tuple[LedgerEntry, ...], str | None]:
    """The entries after one, up to the last whose receipt is here."""
    later = kept.entries_after(console.store, entry.artist, entry.n, MAX_LATER)
    while later:
        signed = kept.receipt_at(console.store, entry.artist, later[-1].n)
        if signed is not None:
            return later, signed
        later = later[:-1]
    return (), None


def _record_facts(console: Console, entry: LedgerEntry, signed: UnverifiedReceipt) -> RecordFacts:
    decision = entry.decision
    assert decision is not None, "a receipt of a decision is about an entry with one"
    facts = mirror.facts(console.store, console.clock())
    register = decision.register
    entries = _on_register(console, facts, register)
    programme = facts.programmes.get(register.programme) if register.programme is not None else None
    mandates = {each.id: each.evidence.value for each in mandates_known(console)}
    return RecordFacts(
        register=register,
        entries=entries,
        claims=signed.claims,
        receipt=signed.text,
        subject_title=subject_words(facts, register.subject),
        subject_identifiers=_identifiers(facts, register.subject),
        terms=facts.terms,
        parties=_parties(console, facts, register, entries, signed),
        programme_name=programme_name(facts, register.programme),
        operator=programme.operator if programme is not None else "",
        mandates=mandates,
    )


def _on_register(console: Console, facts: FactBook, register: Register) -> tuple[LedgerEntry, ...]:
    """What was recorded on a register, and the wider refusals by which an allow on it fell; oldest first."""
    narrow = register.use.kind is UseScopeKind.KEY and register.programme is not None
    cell = cell_of(facts, register) if narrow else None
    proposals: dict[DecisionId, Decision] = {}
    found: list[LedgerEntry] = []
    stands: DecisionId | None = None  # the allow that counts
    for entry in mirror.ledger(console.store, register.artist):
        decision = entry.decision
        if entry.names in proposals:
            found.append(entry)
            if entry.kind is EntryKind.CO_SIGNATURE:
                signed = proposals[entry.names]
                stands = signed.id if signed.stance is Stance.ALLOW else None
        elif decision is None or entry.kind not in (EntryKind.DECISION, EntryKind.PROPOSAL):
            continue
        elif decision.register == register:
            found.append(entry)
            if entry.kind is EntryKind.PROPOSAL:
                proposals[decision.id] = decision
            else:
                stands = decision.id if decision.stance is Stance.ALLOW else None
        elif stands is not None and cell is not None and entry.kind is EntryKind.DECISION:
            covers = decision.stance is Stance.REFUSE and cell.lies_in(decision.register, entry.recorded_at)
            if covers and stands not in decision.keeps:
                found.append(entry)
                stands = None
    return tuple(found)


def _identifiers(facts: FactBook, subject: Subject) -> dict[str, str]:
    if subject.kind is SubjectKind.WORK:
        work = facts.works.get(WorkId(subject.id))
        if work is not None and work.identifier:
            return {"isrc" if work.kind is WorkKind.RECORDING else "iswc": work.identifier}
    if subject.kind is SubjectKind.RELEASE:
        release = facts.releases.get(ReleaseId(subject.id))
        if release is not None and release.upc:
            return {"upc": release.upc}
    return {}


def _parties(
    console: Console,
    facts: FactBook,
    register: Register,
    entries: tuple[LedgerEntry, ...],
    signed: UnverifiedReceipt,
) -> tuple[RecordParty, ...]:
    """The artist, whoever acted, the operator, and who keeps the ledger; each once."""
    artist = facts.parties.get(register.artist)
    kind = artist.kind.value if artist is not None else PartyKind.PERSON.value
    found = [RecordParty(register.artist, artist.name if artist else "", "pii_principal", kind)]
    mandates = mandates_known(console)
    for account in dict.fromkeys(entry.recorded_for for entry in entries):
        acted = [e.decision for e in entries if e.recorded_for == account and e.decision is not None]
        role = "representative" if any(each.mandate is not None for each in acted) else "pii_principal"
        name = account_name(console, facts, AccountId(account), register.artist, mandates)
        found.append(RecordParty(account, name, role, PartyKind.PERSON.value))
    programme = facts.programmes.get(register.programme) if register.programme is not None else None
    if programme is not None:
        name = party_name(facts, programme.operator)
        found.append(RecordParty(programme.operator, name, "pii_controller", PartyKind.ORGANISATION.value))
    signer = signed.claims.signer
    keeper = "software" if signer.role is SignerRole.THIS_COMPUTER else PartyKind.ORGANISATION.value
    found.append(RecordParty(signed.jws.kid, signer.name, "record_keeper", keeper))
    return tuple(found)
