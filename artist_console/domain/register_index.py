"""Many registers of one artist, found by what they meet: what waits is shown on thousands of cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .decisions import uses_meet
from .ids import ProgrammeId
from .registers import ALL_MY_WORKS, Register, Subject, SubjectKind, UseScope

_Columns = tuple[ProgrammeId | None, UseScope]


class RegisterIndex:
    """Answers as `scopes_meet` would for each of the registers, without going through them."""

    def __init__(self, registers: Iterable[Register], works_of: Callable[[Subject], frozenset[str]]) -> None:
        """`works_of` gives the ids of the works under a work or release."""
        self._works_of = works_of
        self._on: dict[Subject, set[_Columns]] = {}
        for register in registers:
            self._on.setdefault(register.subject, set()).add((register.programme, register.use))
        self._releases = [subject for subject in self._on if subject.kind is SubjectKind.RELEASE]
        self._met: dict[Subject, frozenset[_Columns]] = {}

    def meets(self, register: Register) -> bool:
        """Whether one of them can have a cell in common with a register of the same artist."""
        subject = register.subject
        if subject not in self._met:
            self._met[subject] = frozenset().union(
                *(self._on.get(each, ()) for each in self._shared(subject))
            )
        return any(
            register.programme is None or programme is None or register.programme == programme
            for programme, use in self._met[subject]
            if uses_meet(register.use, use)
        )

    def _shared(self, subject: Subject) -> Iterable[Subject]:
        """The subjects answered for that have a work in common with this one, or are the same person."""
        if subject.kind is SubjectKind.PERSON:
            return (subject,)
        if subject.kind is SubjectKind.ALL:
            return [each for each in self._on if each.kind is not SubjectKind.PERSON]
        held = self._works_of(subject)
        works = (Subject(SubjectKind.WORK, id) for id in held)
        shared = [each for each in self._releases if not held.isdisjoint(self._works_of(each))]
        return dict.fromkeys((subject, ALL_MY_WORKS, *works, *shared))
