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

_EVERYBODY = ""  # under which stands what is said about all works, a person, or nothing in particular


class UseClasses:
    """The classes of uses on one ground."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._scopes = _scopes_by_subject(ground.facts)
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
            for subject in _subjects(scene)
            for of_programme in {programme, None}
            for scope in self._scopes.get((subject, of_programme), ())
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


def _subjects(scene: Scene) -> Iterable[str]:
    """Everything that an answer can name to be about a scene."""
    yield _EVERYBODY
    for carrier in (scene.subject.id, *scene.songs):
        yield carrier
        work = scene.facts.works.get(WorkId(carrier))
        if work is not None:
            yield work.id
            yield from work.merged_ids
        yield from (held.release for held in scene.facts.memberships.get(WorkId(carrier), ()))


def _scopes_by_subject(facts: FactBook) -> Mapping[tuple[str, ProgrammeId | None], frozenset[UseScope]]:
    """The scopes of uses of everything that anybody said, by what it is about and in which programme."""
    found: defaultdict[tuple[str, ProgrammeId | None], set[UseScope]] = defaultdict(set)
    decisions = [recording.decision for said in facts.said.values() for recording in said]
    decisions += [proposal for proposals in facts.proposals.values() for proposal in proposals]
    for decision in decisions:
        register = decision.register
        named = register.subject.kind in (SubjectKind.WORK, SubjectKind.RELEASE)
        subject = register.subject.id if named else _EVERYBODY
        found[subject, register.programme].update(_scopes(decision))
    for answers in facts.recorded_answers.values():
        for answer in answers:
            known = answer.subject in facts.works
            found[answer.subject if known else _EVERYBODY, answer.programme].add(answer.use)
    for work, _, programme, use in facts.others:
        found[work, programme].add(UseScope.of(use))
    return {place: frozenset(scopes) for place, scopes in found.items()}


def _scopes(decision: Decision) -> Iterable[UseScope]:
    yield decision.register.use
    if decision.conditions.minimum_rate is not None:  # is tested against the rate of each use
        yield from (UseScope.of(use) for use in decision.register.use.uses)
