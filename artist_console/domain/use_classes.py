"""Uses of one work in one programme that the permission rule cannot tell apart.

The rule reads a use in three ways: which rights it touches, which agreements cover it, and which answers
cover it. Where all three are the same the outcome is the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy

from .decisions import Decision
from .facts import FactBook
from .grounds import Ground, Scene
from .ids import ProgrammeId, WorkId
from .registers import SubjectKind, UseScope
from .uses import Use


class UseClasses:
    """The classes of uses on one ground."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._scopes = _Scopes(ground.facts)
        self._known: dict[tuple[ProgrammeId | None, frozenset[UseScope]], Mapping[Use, int]] = {}

    def on(self, ground: Ground) -> UseClasses:
        """The same over the same facts at another instant."""
        other = copy(self)
        other._ground, other._known = ground, {}
        return other

    def of(self, scene: Scene, programme: ProgrammeId | None) -> Mapping[Use, int]:
        """A number for every use, the same for those that are alike for this work in this programme."""
        scopes = frozenset(
            scope
            for kind, subject in _subjects(scene)
            for of_programme, scope in self._scopes.about(kind, subject)
            if of_programme in (None, programme)
        )
        key = (programme, scopes)
        if key not in self._known:
            self._known[key] = self._told_apart(programme, scopes)
        return self._known[key]

    def _told_apart(self, programme: ProgrammeId | None, scopes: Iterable[UseScope]) -> Mapping[Use, int]:
        covered = tuple(scope.uses for scope in scopes)
        numbers: dict[object, int] = {}
        return {
            use: numbers.setdefault(
                (
                    self._ground.rights(programme, use),
                    id(self._ground.in_force(programme, use)),
                    tuple(use in uses for uses in covered),
                ),
                len(numbers),
            )
            for use in Use
        }


_Columns = tuple[ProgrammeId | None, UseScope]


def _subjects(scene: Scene) -> Iterable[tuple[SubjectKind, str]]:
    """Everything that an answer can name to be about a scene."""
    yield SubjectKind.ALL, ""
    for carrier in (scene.subject.id, *scene.songs):
        yield SubjectKind.WORK, carrier
        work = scene.facts.works.get(WorkId(carrier))
        if work is not None and (work.id != carrier or work.merged_ids):
            yield from ((SubjectKind.WORK, id) for id in (work.id, *work.merged_ids))
        for held in scene.facts.memberships.get(WorkId(carrier), ()):
            yield SubjectKind.RELEASE, held.release


class _Scopes:
    """The programmes and uses of everything that anybody said, by what it is about.

    What is said about a person stands with what is said about all works: it may count for any of them.
    """

    def __init__(self, facts: FactBook) -> None:
        self._facts = facts
        self._beside: defaultdict[tuple[SubjectKind, str], set[_Columns]] = defaultdict(set)
        decisions = [r.decision for said in facts.said.values() for r in said]
        for decision in decisions:
            if decision.register.subject.kind is SubjectKind.PERSON:
                self._beside[SubjectKind.ALL, ""].update(_columns(decision))
        for proposals in facts.proposals.values():
            for proposal in proposals:
                subject = proposal.register.subject
                named = subject.kind in (SubjectKind.WORK, SubjectKind.RELEASE)
                place = (subject.kind, subject.id) if named else (SubjectKind.ALL, "")
                self._beside[place].update(_columns(proposal))
        for answers in facts.recorded_answers.values():
            for answer in answers:
                known = answer.subject in facts.works
                place = (SubjectKind.WORK, answer.subject) if known else (SubjectKind.ALL, "")
                self._beside[place].add((answer.programme, answer.use))
        for work, _, programme, use in facts.others:
            self._beside[SubjectKind.WORK, work].add((programme, UseScope.of(use)))

    def about(self, kind: SubjectKind, id: str) -> Iterable[_Columns]:
        for artist in self._facts.said:
            for recording in self._facts.said_on(artist, kind, id):
                yield from _columns(recording.decision)
        yield from self._beside.get((kind, id), ())


def _columns(decision: Decision) -> Iterable[_Columns]:
    register = decision.register
    yield register.programme, register.use
    if decision.conditions.minimum_rate is not None:  # is tested against the rate of each use
        yield from ((register.programme, UseScope.of(use)) for use in register.use.uses)
