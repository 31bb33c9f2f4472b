"""What many questions to the permission rule have in common, looked up once.

A `Ground` is a book of facts at one instant; a `Scene` is one work or person on it. Nothing here judges: it
says which rows are present, which agreements are in force and which places can differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from .facts import FactBook
from .ids import PartyId, ProgrammeId, WorkId
from .parties import NEEDED, Stakeholder
from .programmes import Agreement, Attestation, Control, ListOf, TermsVersion
from .registers import Subject, SubjectKind
from .territories import WORLDWIDE, Territories
from .uses import PERSONAL_RIGHTS, SONG_RIGHTS, Right, Use, rights_touched
from .work_kinds import WorkKind

Place = str | None  # None: everywhere that no fact names
Carrier = tuple[Right, str]  # which work or person carries a right


class InForce:
    """The agreements with one programme that are in force and cover one use, by licensor."""

    def __init__(self, agreements: Iterable[Agreement]) -> None:
        found: dict[PartyId, list[Agreement]] = {}
        for agreement in agreements:
            found.setdefault(agreement.licensor, []).append(agreement)
        self._by_licensor = found

    def of(self, licensor: PartyId) -> Iterable[Agreement]:
        return self._by_licensor.get(licensor, ())


class Ground:
    """A book of facts at one instant."""

    def __init__(self, facts: FactBook, instant: datetime) -> None:
        self.facts = facts
        self.instant = instant
        self._terms: dict[ProgrammeId | None, TermsVersion | None] = {}
        self._in_force: dict[tuple[ProgrammeId | None, Use], InForce] = {}
        self._like: dict[tuple[Agreement, ...], InForce] = {}  # one object for uses that are covered alike
        self._rights: dict[tuple[ProgrammeId | None, Use], frozenset[Right]] = {}
        self._territories: dict[ProgrammeId | None, frozenset[Territories]] = {}
        self._days_to_object: dict[ProgrammeId | None, tuple[date, ...]] = {}
        self._attested: dict[ProgrammeId | None, Attestation | None] = {}

    def terms(self, programme: ProgrammeId | None) -> TermsVersion | None:
        """The terms in effect."""
        if programme not in self._terms:
            self._terms[programme] = self.facts.terms_at(programme, self.instant)
        return self._terms[programme]

    def rights(self, programme: ProgrammeId | None, use: Use) -> frozenset[Right]:
        """The rights that a use touches, with those that the programme's terms add."""
        key = (programme, use)
        if key not in self._rights:
            terms = self.terms(programme)
            added = {more.right for more in terms.adds_rights if more.use is use} if terms else set()
            self._rights[key] = rights_touched(use) | added
        return self._rights[key]

    def in_force(self, programme: ProgrammeId | None, use: Use) -> InForce:
        """The agreements that license the use at this instant; the same object where they are the same."""
        key = (programme, use)
        if key not in self._in_force:
            of_programme = self.facts.agreements.get(programme, ()) if programme else ()
            found = tuple(a for a in of_programme if use in a.uses and a.period.contains(self.instant))
            if found not in self._like:
                self._like[found] = InForce(found)
            self._in_force[key] = self._like[found]
        return self._in_force[key]

    def territories(self, programme: ProgrammeId | None) -> frozenset[Territories]:
        """Where the programme's agreements hold, as far as that is not everywhere."""
        if programme not in self._territories:
            of_programme = self.facts.agreements.get(programme, ()) if programme else ()
            found = frozenset(agreement.territories for agreement in of_programme)
            self._territories[programme] = found - {WORLDWIDE}
        return self._territories[programme]

    def days_to_object(self, programme: ProgrammeId | None) -> tuple[date, ...]:
        """The last days to object under the programme's agreements, in force or not."""
        if programme not in self._days_to_object:
            of_programme = self.facts.agreements.get(programme, ()) if programme else ()
            days = (agreement.object_until for agreement in of_programme)
            self._days_to_object[programme] = tuple(day for day in days if day is not None)
        return self._days_to_object[programme]

    def attested(self, programme: ProgrammeId | None) -> Attestation | None:
        """Who attested, by the day asked about, that the programme's list of agreements is complete."""
        if programme not in self._attested:
            day = self.instant.date()
            of_programme = self.facts.attestations.get(programme, ()) if programme else ()
            said = [row for row in of_programme if row.of is ListOf.AGREEMENTS and row.as_of <= day]
            self._attested[programme] = max(said, key=lambda row: (row.as_of, row.id), default=None)
        return self._attested[programme]


class Scene:
    """One work or person on a ground: who holds it, who controls it, where it can differ."""

    def __init__(self, ground: Ground, subject: Subject) -> None:
        facts, instant = ground.facts, ground.instant
        self.ground = ground
        self.facts = facts
        self.work = facts.works.get(WorkId(subject.id)) if subject.kind is SubjectKind.WORK else None
        self.subject = Subject(SubjectKind.WORK, self.work.id) if self.work is not None else subject
        self.songs: tuple[str, ...] = self.work.compositions if self.work is not None else ()
        carriers = (self.subject.id, *self.songs)
        self._holders: Mapping[str, tuple[Stakeholder, ...]] = {
            carrier: tuple(row for row in facts.stakeholders.get(carrier, ()) if row.period.contains(instant))
            for carrier in carriers
        }
        self._controls: Mapping[str, tuple[Control, ...]] = {
            carrier: tuple(
                row for row in facts.controls.get(WorkId(carrier), ()) if row.period.contains(instant)
            )
            for carrier in carriers
        }
        self._held: dict[tuple[Right, str, Place], tuple[Stakeholder, ...]] = {}
        self._carriers: dict[frozenset[Right], tuple[Carrier, ...]] = {}
        self._groups: dict[frozenset[Territories], tuple[tuple[Place, ...], ...]] = {}
        self.found: dict[object, object] = {}  # what a part of the rule keeps for questions alike

    def carriers(self, programme: ProgrammeId | None, use: Use) -> tuple[Carrier, ...]:
        """The rights in question with the work or person that carries each.

        The rights touched by the use and added by the terms, as far as this subject carries them: a song
        carries its own rights only, a person voice and likeness; the songs in a recording carry the
        songwriters' rights. A performer's right counts where a performer's agreement is recorded as needed.
        A use that touches nothing this subject carries keeps its rights: nobody is recorded for them, so it
        is never allowed.
        """
        touched = self.ground.rights(programme, use)
        if touched not in self._carriers:
            own = self._own(touched) or touched
            pairs: list[Carrier] = []
            for right in Right:
                if right in own:
                    songs = self.songs if right in SONG_RIGHTS else ()
                    pairs += [(right, song) for song in songs] or [(right, self.subject.id)]
            self._carriers[touched] = tuple(pairs)
        return self._carriers[touched]

    def _own(self, touched: frozenset[Right]) -> frozenset[Right]:
        if self.subject.kind is SubjectKind.PERSON:
            return touched & PERSONAL_RIGHTS
        if self.work is not None and self.work.kind is WorkKind.COMPOSITION:
            return touched & SONG_RIGHTS
        if Right.MASTER in touched and any(
            row.right is Right.PERFORMANCE and row.standing in NEEDED
            for row in self.facts.stakeholders.get(self.subject.id, ())
        ):
            return touched | {Right.PERFORMANCE}
        return touched

    def holders(self, right: Right, carrier: str, place: Place) -> tuple[Stakeholder, ...]:
        """Who holds a right in a place at this instant."""
        key = (right, carrier, place)
        if key not in self._held:
            self._held[key] = tuple(
                row for row in self._holders[carrier] if row.right is right and row.territories.covers(place)
            )
        return self._held[key]

    def controls(self, right: Right, carrier: str, place: Place) -> tuple[Control, ...]:
        """Who can license a right in a place at this instant."""
        rows = [row for row in self._controls[carrier] if row.territories.covers(place)]
        own = tuple(row for row in rows if row.right is right)
        if right is Right.PERFORMANCE and not own:
            # Performers' consent travels with the master.
            return tuple(row for row in rows if row.right is Right.MASTER)
        return own

    def places(self, programme: ProgrammeId | None) -> tuple[tuple[Place, ...], ...]:
        """Every place that the facts name, and (first) everywhere else; as far as they can differ."""
        of_programme = self.ground.territories(programme)
        if of_programme not in self._groups:
            self._groups[of_programme] = self._told_apart(of_programme)
        return self._groups[of_programme]

    def _told_apart(self, of_programme: frozenset[Territories]) -> tuple[tuple[Place, ...], ...]:
        limits = set(of_programme)
        for carrier in self._holders:
            for row in self.facts.stakeholders.get(carrier, ()):
                if row.territories != WORLDWIDE:
                    limits.add(row.territories)
            for control in self.facts.controls.get(WorkId(carrier), ()):
                if control.territories != WORLDWIDE:
                    limits.add(control.territories)
        if not limits:
            return ((None,),)
        named = sorted(frozenset().union(*(limit.named for limit in limits)))
        groups: dict[tuple[bool, ...], list[Place]] = {}
        for place in (None, *named):
            groups.setdefault(tuple(limit.covers(place) for limit in limits), []).append(place)
        return tuple(tuple(group) for group in groups.values())
