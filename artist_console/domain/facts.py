"""The facts that the permission rule reads, indexed by what they are about.

The application, the backend, the command line and an offline report each build a `FactBook` from their own
rows and call the same rule. A book is built once for many questions and never changes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar

from .decisions import Decision, LedgerEntry, Recording, ReleaseMembership, open_proposals, recordings
from .ids import AgreementId, ArtistId, FactId, PartyId, ProgrammeId, ReleaseId, TermsId, WorkId
from .parties import Party, Stakeholder
from .periods import Dated, Recorded, as_known_on
from .programmes import Agreement, Attestation, Control, MemberOptIn, Programme, TermsVersion
from .registers import PartyStance, Register, SubjectKind, UseScope
from .uses import Right, Use
from .works import Release, Work


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """The answer of a party who has no ledger here. `words` say what was said, or what was tried."""

    id: FactId
    party: PartyId
    subject: str  # WorkId, PartyId of a person, or "" for everything
    programme: ProgrammeId | None
    use: UseScope
    stance: PartyStance
    on: date
    recorded: Recorded
    words: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class OthersAnswer:
    """What may be told of parties out of reach: whether everyone else needed has agreed, and nothing more."""

    id: FactId
    work: WorkId
    right: Right
    programme: ProgrammeId
    use: Use
    everyone_agreed: bool
    recorded: Recorded


Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")
Row = TypeVar("Row", bound=Dated)


def _grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, tuple[Item, ...]]:
    groups: defaultdict[Key, list[Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return {name: tuple(group) for name, group in groups.items()}


def _in_order(facts: Iterable[Row], known_on: datetime | None) -> list[Row]:
    """Those known by then, by id: the sentences of a trace follow this order, not that in which rows came."""
    return sorted(as_known_on(facts, known_on), key=lambda row: row.id)


@dataclass(frozen=True)
class FactBook:
    """Facts by what they are about. Build with `FactBook.of`; merged works are found under either id."""

    parties: Mapping[PartyId, Party]
    works: Mapping[WorkId, Work]
    releases: Mapping[ReleaseId, Release]
    programmes: Mapping[ProgrammeId, Programme]
    terms: Mapping[TermsId, TermsVersion]
    stakeholders: Mapping[str, tuple[Stakeholder, ...]]  # by subject
    controls: Mapping[WorkId, tuple[Control, ...]]
    agreements: Mapping[ProgrammeId, tuple[Agreement, ...]]
    opt_ins: Mapping[AgreementId, tuple[MemberOptIn, ...]]
    attestations: Mapping[ProgrammeId, tuple[Attestation, ...]]
    recorded_answers: Mapping[PartyId, tuple[RecordedAnswer, ...]]
    others: Mapping[tuple[WorkId, Right, ProgrammeId, Use], OthersAnswer]
    memberships: Mapping[WorkId, tuple[ReleaseMembership, ...]]
    said: Mapping[ArtistId, tuple[Recording, ...]]  # in ledger order; an artist out of reach has no key
    proposals: Mapping[ArtistId, tuple[Decision, ...]]
    groups_of: Mapping[PartyId, tuple[Party, ...]]
    versions: Mapping[ProgrammeId, tuple[TermsVersion, ...]]  # by effective date
    _by_register: Mapping[ArtistId, Mapping[Register, tuple[Recording, ...]]] = field(repr=False)

    @classmethod
    def of(
        cls,
        *,
        parties: Iterable[Party] = (),
        works: Iterable[Work] = (),
        releases: Iterable[Release] = (),
        programmes: Iterable[Programme] = (),
        terms: Iterable[TermsVersion] = (),
        stakeholders: Iterable[Stakeholder] = (),
        controls: Iterable[Control] = (),
        agreements: Iterable[Agreement] = (),
        opt_ins: Iterable[MemberOptIn] = (),
        attestations: Iterable[Attestation] = (),
        recorded_answers: Iterable[RecordedAnswer] = (),
        others: Iterable[OthersAnswer] = (),
        ledgers: Mapping[ArtistId, Iterable[LedgerEntry]] | None = None,
        known_on: datetime | None = None,
    ) -> FactBook:
        """Index the rows as known on `known_on` (everything when None)."""
        works, releases, parties = tuple(works), tuple(releases), tuple(parties)
        terms = tuple(terms)
        canonical = {merged: work.id for work in works for merged in work.merged_ids}

        def home(subject: str) -> str:
            return canonical.get(WorkId(subject), subject)

        said = {
            artist: recordings(e for e in entries if known_on is None or e.recorded_at <= known_on)
            for artist, entries in ((a, tuple(rows)) for a, rows in (ledgers or {}).items())
        }
        return cls(
            parties={party.id: party for party in parties},
            works={id: work for work in works for id in (work.id, *work.merged_ids)},
            releases={release.id: release for release in releases},
            programmes={programme.id: programme for programme in programmes},
            terms={version.id: version for version in terms},
            stakeholders=_grouped(_in_order(stakeholders, known_on), lambda row: home(row.subject)),
            controls=_grouped(_in_order(controls, known_on), lambda row: WorkId(home(row.work))),
            agreements=_grouped(_in_order(agreements, known_on), lambda row: row.programme),
            opt_ins=_grouped(_in_order(opt_ins, known_on), lambda row: row.agreement),
            attestations=_grouped(_in_order(attestations, known_on), lambda row: row.programme),
            recorded_answers=_grouped(_in_order(recorded_answers, known_on), lambda row: row.party),
            others={(o.work, o.right, o.programme, o.use): o for o in as_known_on(others, known_on)},
            memberships=_grouped_memberships(releases, canonical),
            said=said,
            proposals={
                artist: open_proposals(e for e in rows if known_on is None or e.recorded_at <= known_on)
                for artist, rows in (ledgers or {}).items()
            },
            groups_of=_grouped_groups(parties),
            versions=_grouped(
                sorted(terms, key=lambda v: (v.effective_from, v.number)), lambda v: v.programme
            ),
            _by_register={artist: _grouped(own, _register_of) for artist, own in said.items()},
        )

    def registers_of(self, artist: ArtistId) -> Mapping[Register, tuple[Recording, ...]]:
        """Every register that the artist's decisions were written to, with them in ledger order."""
        return self._by_register.get(artist, {})

    def with_decisions(self, decisions: Iterable[Decision], at: datetime) -> FactBook:
        """The same facts with decisions laid over the ledgers, in the order given, as if recorded at `at`."""
        added: defaultdict[ArtistId, list[Decision]] = defaultdict(list)
        for decision in decisions:
            added[decision.register.artist].append(decision)
        said, by_register = dict(self.said), dict(self._by_register)
        for artist, made in added.items():
            own = said.get(artist, ())
            place = own[-1].n + 1 if own else 1
            fresh = tuple(Recording(place + n, at, decision) for n, decision in enumerate(made))
            said[artist] = (*own, *fresh)
            former = self.registers_of(artist)
            by_register[artist] = {
                **former,
                **{key: (*former.get(key, ()), *more) for key, more in _grouped(fresh, _register_of).items()},
            }
        return replace(self, said=said, _by_register=by_register)

    def with_ledger(self, artist: ArtistId, said: Iterable[Recording]) -> FactBook:
        """The same facts with these decisions, given in ledger order, in place of an artist's own."""
        rows = tuple(said)
        by_register = _grouped(rows, _register_of)
        return replace(
            self,
            said={**self.said, artist: rows},
            _by_register={**self._by_register, artist: by_register},
        )

    def with_own_holders(self, artist: ArtistId, rows: Iterable[Stakeholder]) -> FactBook:
        """The same facts with what an artist's own side knows of who holds what.

        Rows of the artist stand in place of the artist's others on the same right of the same subject: what
        was signed outweighs what was not known. Rows of anybody else are added where nothing is recorded of
        that party there.
        """
        added = _grouped(rows, lambda row: self._home(row.subject))
        if not added:
            return self
        stakeholders = dict(self.stakeholders)
        for subject, own in added.items():
            former = stakeholders.get(subject, ())
            spoken = {row.right for row in own if row.party == artist}
            left = tuple(row for row in former if row.party != artist or row.right not in spoken)
            there = {(row.party, row.right) for row in left}
            fresh = tuple(row for row in own if row.party == artist or (row.party, row.right) not in there)
            # By id, as rows are told everywhere: the sentences of a trace follow this order.
            stakeholders[subject] = tuple(sorted((*left, *fresh), key=lambda row: row.id))
        return replace(self, stakeholders=stakeholders)

    def with_recorded_answers(self, rows: Iterable[RecordedAnswer]) -> FactBook:
        """The same facts with answers of parties without a ledger, the same ones counted once."""
        recorded = {party: dict.fromkeys(said) for party, said in self.recorded_answers.items()}
        known = {row.id for said in self.recorded_answers.values() for row in said}
        fresh = [row for row in rows if row.id not in known]
        for row in fresh:
            recorded.setdefault(row.party, {})[row] = None
        answers = {party: tuple(said) for party, said in recorded.items()}
        return replace(self, recorded_answers=answers) if fresh else self

    def with_parties(self, parties: Iterable[Party]) -> FactBook:
        """The same facts with parties that are known here alone."""
        fresh = {party.id: party for party in parties if party.id not in self.parties}
        return replace(self, parties={**self.parties, **fresh}) if fresh else self

    def _home(self, subject: str) -> str:
        known = self.works.get(WorkId(subject))
        return known.id if known is not None else subject

    def terms_at(self, programme: ProgrammeId | None, instant: datetime) -> TermsVersion | None:
        """The terms in effect: the latest version whose day has come."""
        if programme is None:
            return None
        begun = [v for v in self.versions.get(programme, ()) if v.effective_from <= instant.date()]
        return begun[-1] if begun else None

    def is_in_reach(self, party: PartyId) -> bool:
        """Whether this book holds the party's own ledger."""
        return party in self.said

    @cached_property
    def _by_subject(self) -> dict[ArtistId, dict[tuple[str, str], tuple[Recording, ...]]]:
        """Filled artist by artist when first asked: a book laid over another asks about few of them."""
        return {}

    def said_about(
        self,
        artist: ArtistId,
        subjects: Iterable[tuple[SubjectKind, str]],
        programme: ProgrammeId | None,
        use: Use,
    ) -> tuple[Recording, ...]:
        """An artist's decisions on all registers that can cover a cell of these subjects, in ledger order."""
        found = [
            recording
            for kind, id in dict.fromkeys(subjects)
            for recording in self.said_on(artist, kind, id)
            if _can_cover(recording.decision.register, programme, use)
        ]
        return tuple(sorted(found, key=lambda recording: recording.n) if len(found) > 1 else found)

    def said_on(self, artist: ArtistId, kind: SubjectKind, id: str) -> tuple[Recording, ...]:
        """An artist's decisions whose registers name this very subject, in ledger order."""
        if artist not in self.said:
            return ()
        own = self._by_subject.get(artist)
        if own is None:
            own = self._by_subject[artist] = _grouped(self.said[artist], _subject_key)
        return own.get((kind.value, id), ())


def _register_of(recording: Recording) -> Register:
    return recording.decision.register


def _subject_key(recording: Recording) -> tuple[str, str]:
    # Plain text: hashing whole registers, with their enumerations, is what made many answers slow.
    subject = recording.decision.register.subject
    return (subject.kind.value, subject.id)


def _can_cover(register: Register, programme: ProgrammeId | None, use: Use) -> bool:
    return (register.programme is None or register.programme == programme) and register.use.covers(use)


def _grouped_memberships(
    releases: Iterable[Release], canonical: Mapping[WorkId, WorkId]
) -> dict[WorkId, tuple[ReleaseMembership, ...]]:
    pairs = [
        (canonical.get(track.work, track.work), ReleaseMembership(release.id, track))
        for release in releases
        for track in release.tracks
    ]
    return {work: tuple(m for _, m in group) for work, group in _grouped(pairs, lambda pair: pair[0]).items()}


def _grouped_groups(parties: Iterable[Party]) -> dict[PartyId, tuple[Party, ...]]:
    pairs = [(membership.member, group) for group in parties for membership in group.members]
    return {
        member: tuple(g for _, g in held) for member, held in _grouped(pairs, lambda pair: pair[0]).items()
    }
