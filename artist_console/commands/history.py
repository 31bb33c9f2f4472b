"""What was decided: by whom, for whom, from what to what, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from artist_console.commands.authority import mandates_known
from artist_console.commands.console import Console
from artist_console.commands.names import (
    account_name,
    decision_words,
    party_name,
    programme_name,
    subject_words,
    terms_words,
)
from artist_console.domain.decisions import Decision, EntryKind, LedgerEntry, Outcome
from artist_console.domain.facts import FactBook
from artist_console.domain.history_states import HistoryState
from artist_console.domain.ids import (
    AccountId,
    ActId,
    ArtistId,
    DecisionId,
    MandateId,
    ProgrammeId,
    TermsId,
    WorkId,
)
from artist_console.domain.mandates import Mandate
from artist_console.domain.phrases import day_in_words
from artist_console.domain.registers import (
    ALL_MY_WORKS,
    UNCONDITIONAL,
    Conditions,
    Register,
    Stance,
    Subject,
    SubjectKind,
    UseScope,
)
from artist_console.formats.kinds import Kind
from artist_console.formats.proof_checks import CheckState, ProofCheck
from artist_console.store import journal, mirror, receipts

__all__ = [
    "CheckLine",
    "CheckState",
    "HistoryRow",
    "HistoryState",
    "check_line",
    "describe",
    "history",
    "mandate_words",
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
    artist_name: str = ""
    mandate_words: str = ""  # when the mandate was given, and to whom
    programme_id: ProgrammeId | None = None
    terms_id: TermsId | None = None
    state: HistoryState = HistoryState.RECORDED
    conditions: Conditions = UNCONDITIONAL  # of a yes


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


def history(
    console: Console,
    artist: ArtistId | None = None,
    *,
    subject: Subject | None = None,
    with_wider: bool = False,
    limit: int | None = 500,
    offset: int = 0,
) -> tuple[HistoryRow, ...]:
    """Decisions of the ledgers in reach and of this computer, newest first; without a limit all of them.

    With a subject: those on that subject itself; `with_wider` those too that cover it, on a release that
    holds it or on all music.
    """
    facts = mirror.facts(console.store, console.clock())
    wanted = None
    if subject is not None:
        wanted = frozenset(_with_wider(facts, subject) if with_wider else (subject,))
    found: list[_Found] = []
    fates = journal.fates(console.store)
    for each, entries in _ledgers(console, (artist,) if artist is not None else tuple(facts.said)):
        found += _of_artist(console, each, entries, fates, wanted)
    found.sort(key=lambda one: one.when, reverse=True)
    told = _Told(console, facts)
    end = None if limit is None else offset + limit
    return tuple(told.row(one) for one in found[offset:end])


@dataclass(frozen=True, slots=True)
class _Found:
    """A decision with what is known of it, before its names are looked up."""

    decision: Decision
    when: datetime
    n: int | None
    former: Stance | None
    is_proposal: bool
    own: journal.OwnFate | None


def _ledgers(
    console: Console, artists: Iterable[ArtistId]
) -> Iterable[tuple[ArtistId, Sequence[LedgerEntry]]]:
    """The ledger of each artist, out of the rows that the book of facts was made of and that are kept."""
    grouped: dict[ArtistId, list[LedgerEntry]] = {artist: [] for artist in artists}
    for entry in mirror.all(console.store, Kind.ENTRY):
        if entry.artist in grouped:
            grouped[entry.artist].append(entry)
    return [(artist, sorted(entries, key=lambda entry: entry.n)) for artist, entries in grouped.items()]


def _of_artist(
    console: Console,
    artist: ArtistId,
    entries: Sequence[LedgerEntry],
    fates: Mapping[DecisionId, journal.OwnFate],
    wanted: frozenset[Subject] | None,
) -> Iterable[_Found]:
    """What stands in the ledger, then what only this computer has; the newest first."""
    found: list[_Found] = []
    former: dict[Register, Stance] = {}
    here: set[DecisionId] = set()
    for entry in entries:
        decision = entry.decision
        if decision is None or entry.kind not in (EntryKind.DECISION, EntryKind.PROPOSAL):
            continue
        here.add(decision.id)
        register = decision.register
        proposal = entry.kind is EntryKind.PROPOSAL
        if wanted is None or register.subject in wanted:
            own = fates.get(decision.id)
            found.append(_Found(decision, entry.recorded_at, entry.n, former.get(register), proposal, own))
        if not proposal:
            former[register] = decision.stance
    missing = [id for id, own in fates.items() if own.artist == artist and id not in here]
    for mine in journal.of_ids(console.store, missing):
        made, own = mine.decision, fates[mine.decision.id]
        register = made.register
        if wanted is None or register.subject in wanted:
            found.append(_Found(made, made.made_at, mine.n, former.get(register), False, own))
        if own.outcome not in journal.NOT_APPLIED and not own.parked:
            former[register] = made.stance
    return reversed(found)


def _with_wider(facts: FactBook, subject: Subject) -> tuple[Subject, ...]:
    """A work with the releases that hold it, and all music; a release with all music."""
    if subject.kind not in (SubjectKind.WORK, SubjectKind.RELEASE):
        return (subject,)
    held = facts.memberships.get(WorkId(subject.id), ()) if subject.kind is SubjectKind.WORK else ()
    releases = dict.fromkeys(Subject(SubjectKind.RELEASE, each.release) for each in held)
    return (subject, *releases, ALL_MY_WORKS)


class _Told:
    """Decisions as rows of the history, with names looked up once."""

    def __init__(self, console: Console, facts: FactBook) -> None:
        self._console = console
        self._facts = facts
        self._mandates = mandates_known(console)
        self._proved = receipts.proved(console.store)
        self._waiting = {each.id for asked in facts.proposals.values() for each in asked}
        self._people: dict[tuple[AccountId, ArtistId], str] = {}
        self._mandate_words: dict[MandateId, str] = {}

    def row(self, found: _Found) -> HistoryRow:
        decision, own, facts = found.decision, found.own, self._facts
        register, mandate = decision.register, decision.mandate
        artist = party_name(facts, register.artist)
        return HistoryRow(
            decision=decision.id,
            artist=register.artist,
            when=found.when,
            made_by=self._person(decision.made_by, register.artist),
            on_behalf_of=artist if mandate is not None else "",
            mandate=mandate,
            subject=subject_words(facts, register.subject),
            programme=programme_name(facts, register.programme),
            use=register.use,
            stance=decision.stance,
            former=found.former,
            terms=terms_words(facts, decision.terms),
            outcome=own.outcome if own is not None else None,
            receipt=decision.id in self._proved,
            n=found.n,
            settled=own is not None and own.settled,
            act=decision.act,
            about=register.subject,
            artist_name=artist,
            mandate_words=self._mandate(mandate) if mandate is not None else "",
            programme_id=register.programme,
            terms_id=decision.terms,
            state=self._state(found),
            conditions=decision.conditions,
        )

    def _person(self, account: AccountId, artist: ArtistId) -> str:
        key = (account, artist)
        if key not in self._people:
            name = account_name(self._console, self._facts, account, artist, self._mandates)
            self._people[key] = name
        return self._people[key]

    def _mandate(self, mandate: MandateId) -> str:
        if mandate not in self._mandate_words:
            self._mandate_words[mandate] = mandate_words(self._mandates, mandate)
        return self._mandate_words[mandate]

    def _state(self, found: _Found) -> HistoryState:
        own = found.own
        if found.decision.id in self._waiting:
            return HistoryState.PROPOSED
        if found.n is not None and not found.is_proposal:
            return HistoryState.RECORDED
        if found.is_proposal:
            said = self._facts.registers_of(found.decision.register.artist)
            signed = any(
                each.decision.id == found.decision.id for each in said.get(found.decision.register, ())
            )
            return HistoryState.RECORDED if signed else HistoryState.DECLINED
        assert own is not None, "what is in no ledger was made here"
        if own.parked:
            return HistoryState.UNREADABLE
        match own.outcome:
            case Outcome.CONFLICT:
                return HistoryState.SETTLED if own.settled else HistoryState.CONFLICT
            case Outcome.NOT_AUTHORISED:
                return HistoryState.NOT_AUTHORISED
            case Outcome.PROPOSED:
                return HistoryState.PROPOSED
            case None:
                return HistoryState.WAITS
            case _:
                return HistoryState.RECORDED


def mandate_words(known: Iterable[Mandate], mandate: str) -> str:
    """When it was given and to whom; of one that is not known here the id, which is all there is."""
    found = next((each for each in known if each.id == mandate), None)
    if found is None:
        return f"{mandate}, which is not on this computer"
    given = f"given on {day_in_words(found.given_on)}"
    return f"{given} to {found.holder_name}" if found.holder_name else given


def check_line(check: ProofCheck) -> CheckLine:
    return CheckLine(check.state, check.words.template, check.words.fields)


def describe(console: Console, decisions: Iterable[Decision]) -> tuple[str, ...]:
    """What was decided, one line each: "Refused Training for “Glass Harbour”"."""
    facts = mirror.facts(console.store, console.clock())
    return tuple(decision_words(facts, decision) for decision in decisions)
