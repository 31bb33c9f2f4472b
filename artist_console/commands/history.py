"""What was decided, by whom, and the proof of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from artist_console.commands.authority import mandates_known
from artist_console.commands.console import Console
from artist_console.commands.names import (
    account_name,
    condition_words,
    decision_words,
    party_name,
    programme_name,
    subject_words,
    terms_words,
)
from artist_console.commands.signers import keys_known
from artist_console.domain.decisions import Decision, EntryKind, Outcome
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ActId, ArtistId, DecisionId, MandateId, WorkId
from artist_console.domain.mandates import MandateEvidence
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import UnknownThing
from artist_console.domain.registers import ALL_MY_WORKS, Register, Stance, Subject, SubjectKind, UseScope
from artist_console.formats.proof_checks import CheckState, ProofCheck
from artist_console.formats.receipts import SIGNED_BY, verify_receipt
from artist_console.host.files import write_atomic
from artist_console.store import journal, mirror
from artist_console.store.opening import Store

__all__ = [
    "CheckLine",
    "CheckState",
    "HistoryRow",
    "ReceiptView",
    "check_line",
    "describe",
    "history",
    "receipt",
]


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One decision, own or from the ledger; the newest first in every list."""

    decision: DecisionId
    artist: ArtistId
    when: datetime  # recorded by the backend; the person's own clock while it waits
    made_by: str
    on_behalf_of: str  # the artist's name where somebody else decided, else empty
    mandate: MandateId | None
    subject: str  # "All my music", a title, a person
    programme: str  # name; empty: every programme
    use: UseScope
    stance: Stance
    former: Stance | None  # what stood on the same register before
    terms: str  # "version 2 of 1 March 2025"; empty for a refusal
    outcome: Outcome | None  # None: not delivered yet, or made elsewhere and in the ledger
    receipt: bool
    n: int | None  # place in the artist's ledger
    settled: bool = False  # it met another answer, or was not applied, and a person has dealt with that
    act: ActId | None = None  # what was recorded together
    about: Subject | None = None


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check, its result of three, and a sentence about it: a template with named fields."""

    state: CheckState
    template: str
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        """The sentence in English."""
        return self.template.format_map(dict(self.fields))

    @property
    def passed(self) -> bool:
        return self.state is CheckState.PASSED

    @property
    def lacking(self) -> bool:
        """Not passed only because something that the check needs is not here."""
        return self.state is CheckState.CANNOT


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """A receipt: one page to read, print, save or check."""

    decision: DecisionId
    artist_name: str
    jws: str  # as it came from the signer; what "Save" writes
    genuine: bool
    checks: tuple[CheckLine, ...]
    lines: tuple[tuple[str, str], ...]  # label and text, top to bottom
    signer: str  # who signed, in words: "this computer", a host's name
    signer_known: bool
    fingerprint: str  # of the signer's key
    n: int  # place in the ledger
    head: str  # hex


def history(
    console: Console,
    artist: ArtistId | None = None,
    *,
    subject: Subject | None = None,
    with_wider: bool = False,
    limit: int = 500,
    offset: int = 0,
) -> tuple[HistoryRow, ...]:
    """Decisions of the ledgers in reach and of this computer, newest first.

    With a subject: those on that subject itself; `with_wider` those too that cover it, on a release that
    holds it or on all music.
    """
    facts = mirror.facts(console.store, console.clock())
    wanted = _with_wider(facts, subject) if subject is not None and with_wider else (subject,)
    own = {entry.decision.id: entry for entry in _all_entries(console, artist)}
    artists = (artist,) if artist is not None else tuple(facts.said)
    told = _Told(console, facts)
    rows: dict[DecisionId, HistoryRow] = {}
    for each in artists:
        former: dict[Register, Stance] = {}
        for entry in mirror.ledger(console.store, each):
            decision = entry.decision
            if decision is None or entry.kind not in (EntryKind.DECISION, EntryKind.PROPOSAL):
                continue
            rows[decision.id] = told.row(
                decision, entry.recorded_at, entry.n, own.get(decision.id), former.get(decision.register)
            )
            if entry.kind is EntryKind.DECISION:
                former[decision.register] = decision.stance
        for mine in sorted(own.values(), key=lambda entry: entry.place):
            made = mine.decision
            if made.register.artist == each and made.id not in rows:
                rows[made.id] = told.row(made, made.made_at, mine.n, mine, former.get(made.register))
                former[made.register] = made.stance
    listed = [
        (place, row, decision_subject)
        for place, (row, decision_subject) in enumerate(
            (row, told.subjects[row.decision]) for row in rows.values()
        )
        if subject is None or decision_subject in wanted
    ]
    listed.sort(key=lambda each: (each[1].when, each[0]), reverse=True)
    return tuple(row for _, row, _ in listed[offset : offset + limit])


def _with_wider(facts: FactBook, subject: Subject) -> tuple[Subject, ...]:
    """A work with the releases that hold it, and all music; a release with all music."""
    if subject.kind not in (SubjectKind.WORK, SubjectKind.RELEASE):
        return (subject,)
    held = facts.memberships.get(WorkId(subject.id), ()) if subject.kind is SubjectKind.WORK else ()
    releases = dict.fromkeys(Subject(SubjectKind.RELEASE, each.release) for each in held)
    return (subject, *releases, ALL_MY_WORKS)


def _all_entries(console: Console, artist: ArtistId | None) -> tuple[journal.Entry, ...]:
    return journal.entries(console.store, artist, limit=-1)


class _Told:
    """Decisions as rows of the history, with names looked up once."""

    def __init__(self, console: Console, facts: FactBook) -> None:
        self._console = console
        self._facts = facts
        self._mandates = {mandate.id: mandate for mandate in mandates_known(console)}
        self.subjects: dict[DecisionId, Subject] = {}

    def row(
        self,
        decision: Decision,
        when: datetime,
        n: int | None,
        own: journal.Entry | None,
        former: Stance | None,
    ) -> HistoryRow:
        register = decision.register
        self.subjects[decision.id] = register.subject
        mandates = tuple(self._mandates.values())
        behalf = decision.mandate is not None
        return HistoryRow(
            decision=decision.id,
            artist=register.artist,
            when=when,
            made_by=account_name(self._console, self._facts, decision.made_by, register.artist, mandates),
            on_behalf_of=party_name(self._facts, register.artist) if behalf else "",
            mandate=decision.mandate,
            subject=subject_words(self._facts, register.subject),
            programme=programme_name(self._facts, register.programme),
            use=register.use,
            stance=decision.stance,
            former=former,
            terms=terms_words(self._facts, decision.terms),
            outcome=own.outcome if own is not None else None,
            receipt=_latest_receipt(self._console.store, decision.id) is not None,
            n=n,
            settled=own is not None and own.settled is not None,
            act=decision.act,
            about=register.subject,
        )


def check_line(check: ProofCheck) -> CheckLine:
    return CheckLine(check.state, check.words.template, check.words.fields)


def receipt(console: Console, decision: DecisionId) -> ReceiptView:
    """The receipt of a decision, checked against the keys known here and the ledger as it came.

    Raises UnknownThing when there is none: the decision waits or was not applied.
    """
    store = console.store
    latest = _latest_receipt(store, decision)
    mine = journal.entry(store, decision)
    recorded = mirror.entry_of(store, decision)
    if latest is None or (mine is None and recorded is None):
        raise UnknownThing(
            "There is no receipt for this decision on this computer yet", "Sync, then look again"
        )
    about = recorded if recorded is not None else mine.decision if mine is not None else None
    assert about is not None, "one of the two is there"
    checked = verify_receipt(latest.jws, keys_known(console), about)
    claims = checked.receipt
    facts = mirror.facts(store, console.clock())
    made = recorded.decision if recorded is not None and recorded.decision is not None else None
    made = made or (mine.decision if mine is not None else None)
    assert made is not None, "a receipt is about a decision"
    artist_name = party_name(facts, made.register.artist)
    lines = [
        ("Artist", artist_name),
        ("Answer", decision_words(facts, made)),
        ("Made", day_in_words(made.made_at)),
        ("Terms", terms_words(facts, made.terms)),
        ("Conditions", ", ".join(condition_words(made.conditions))),
    ]
    if claims is not None:
        lines += [
            ("Recorded", f"{claims.recorded_at:%d %B %Y, %H:%M} UTC"),
            ("Place in the ledger", str(claims.n)),
            ("Head of the ledger", claims.head),
            ("Signed by", claims.signer.name),
            ("What this says", SIGNED_BY[claims.signer.role]),
        ]
        if claims.mandate is not None:
            known_as = _MANDATE_EVIDENCE.get(claims.mandate.evidence, "not known to the signer")
            lines.append(("By mandate", f"{_mandate_words(console, claims.mandate.id)}, {known_as}"))
    return ReceiptView(
        decision=decision,
        artist_name=artist_name,
        jws=latest.jws,
        genuine=checked.state is CheckState.PASSED,
        checks=tuple(check_line(c) for c in checked.checks),
        lines=tuple((label, text) for label, text in lines if text),
        signer=claims.signer.name if claims is not None else "",
        signer_known=checked.key is not None,
        fingerprint=checked.key.fingerprint if checked.key is not None else "",
        n=latest.n or 0,
        head=latest.head or "",
    )


def _latest_receipt(store: Store, decision: DecisionId) -> journal.StoredReceipt | None:
    """What answered a decision made here, else what came with the ledger for one made elsewhere."""
    own = journal.receipts(store, decision)
    if own:
        return own[-1]
    given, recorded = mirror.receipt_of(store, decision), mirror.entry_of(store, decision)
    if given is None or recorded is None:
        return None
    return journal.StoredReceipt(given.receipt, recorded.n, recorded.head, recorded.recorded_at)


def _mandate_words(console: Console, mandate: str) -> str:
    """When it was given and to whom; of one that is not known here the id, which is all there is."""
    known = next((each for each in mandates_known(console) if each.id == mandate), None)
    if known is None:
        return f"{mandate}, which is not on this computer"
    given = f"given on {day_in_words(known.given_on)}"
    return f"{given} to {known.holder_name}" if known.holder_name else given


_MANDATE_EVIDENCE: Mapping[MandateEvidence | None, str] = {
    MandateEvidence.CONFIRMED_BY_ARTIST: "confirmed by the artist",
    MandateEvidence.DOCUMENT: "shown by a document",
    MandateEvidence.STATED_BY_HOLDER: "stated by its holder",
}


def describe(console: Console, decisions: Iterable[Decision]) -> tuple[str, ...]:
    """What was decided, one line each: "Refused Training for “Glass Harbour”"."""
    facts = mirror.facts(console.store, console.clock())
    return tuple(decision_words(facts, decision) for decision in decisions)


def save_receipt(console: Console, decision: DecisionId, path: Path) -> Path:
    """Write the signed receipt as it came from its signer. Raises UnknownThing, FileProblem."""
    return save_text(path, receipt(console, decision).jws)


def save_text(path: Path, text: str) -> Path:
    """Write a file a person asked for, beside its target first. Raises FileProblem."""
    write_atomic(path, text.encode())
    return path
