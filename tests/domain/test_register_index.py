"""The index of registers gives what comparing with each of them would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.decisions import scopes_meet
from artist_console.domain.ids import ArtistId, ProgrammeId
from artist_console.domain.register_index import RegisterIndex
from artist_console.domain.registers import ALL_MY_WORKS, Register, Subject, SubjectKind, UseScope
from artist_console.domain.uses import Family, Use

MARA = ArtistId("mara")
UNDER = {"one": frozenset({"a", "b"}), "two": frozenset({"b", "c"}), "empty": frozenset[str]()}

subjects = st.one_of(
    st.just(ALL_MY_WORKS),
    st.sampled_from("abcd").map(lambda id: Subject(SubjectKind.WORK, id)),
    st.sampled_from(sorted(UNDER)).map(lambda id: Subject(SubjectKind.RELEASE, id)),
    st.sampled_from(["mara", "ola"]).map(lambda id: Subject(SubjectKind.PERSON, id)),
)
registers = st.builds(
    Register,
    st.just(MARA),
    subjects,
    st.none() | st.sampled_from(["p", "q"]).map(ProgrammeId),
    st.one_of(st.none(), st.sampled_from(Use), st.sampled_from(Family)).map(UseScope.of),
)


def works_of(subject: Subject) -> frozenset[str]:
    return UNDER[subject.id] if subject.kind is SubjectKind.RELEASE else frozenset({subject.id})


def shares(one: Register, other: Register) -> bool:
    return not works_of(one.subject).isdisjoint(works_of(other.subject))


@given(asked=registers, known=st.lists(registers, max_size=8))
def test_a_register_is_met_exactly_when_one_of_them_meets_it(asked: Register, known: list[Register]) -> None:
    index = RegisterIndex(known, works_of)
    assert index.meets(asked) is any(scopes_meet(asked, each, shares(asked, each)) for each in known)


@given(use=st.sampled_from(Use), scope=st.one_of(st.none(), st.sampled_from(Use), st.sampled_from(Family)))
def test_a_scope_covers_the_uses_it_lists(use: Use, scope: Use | Family | None) -> None:
    assert UseScope.of(scope).covers(use) is (use in UseScope.of(scope).uses)
