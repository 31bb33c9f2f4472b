"""Two sides that read a ledger alike have one digest; any difference gives another."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.decisions import Decision, Recording, all_effective, effective
from artist_console.domain.ids import AccountId, ActId, ArtistId, DecisionId, ProgrammeId
from artist_console.domain.registers import ALL_MY_WORKS, Register, Stance, Subject, SubjectKind, UseScope
from artist_console.domain.uses import Family, Use
from artist_console.formats.accounts import is_older
from artist_console.formats.register_digest import digest_of_registers

NOW = datetime(2025, 11, 18, 12, tzinfo=UTC)

registers = st.builds(
    Register,
    st.just(ArtistId("mara")),
    st.just(ALL_MY_WORKS) | st.sampled_from("ab").map(lambda id: Subject(SubjectKind.WORK, id)),
    st.none() | st.just(ProgrammeId("p")),
    st.sampled_from([None, Use.TRAIN_GENERATIVE, Family.VOICE_LIKENESS]).map(UseScope.of),
)


@st.composite
def said(draw: st.DrawFn) -> tuple[Recording, ...]:
    """A ledger as the fold reads it."""
    made = draw(st.lists(st.tuples(registers, st.sampled_from(Stance)), max_size=12))
    return tuple(
        Recording(
            n, NOW, Decision(DecisionId(f"d{n}"), register, stance, AccountId("a"), NOW, ActId(f"act{n}"))
        )
        for n, (register, stance) in enumerate(made, 1)
    )


@given(said())
def test_all_registers_at_once_show_what_each_shows_by_itself(ledger: tuple[Recording, ...]) -> None:
    together = all_effective(ledger)
    for register in {recording.decision.register for recording in ledger}:
        assert together.get(register) == effective(register, ledger)


@given(said(), said())
def test_ledgers_have_one_digest_exactly_when_their_registers_show_the_same(
    one: tuple[Recording, ...], other: tuple[Recording, ...]
) -> None:
    shown = [{r: d.id for r, d in all_effective(ledger).items()} for ledger in (one, other)]
    digests = [digest_of_registers(all_effective(ledger)) for ledger in (one, other)]
    assert (digests[0] == digests[1]) is (shown[0] == shown[1])


@pytest.mark.parametrize(
    ("version", "than", "older"),
    [
        ("0.1.0", "0.1.1", True),
        ("0.10", "0.9", False),
        ("1.0.0", "1", False),
        ("", "0.1", True),
        ("9" * 50, "1.0", True),
        ("1.x.3", "1.0.2", False),
    ],
)
def test_versions_come_in_the_order_of_their_numbers(version: str, than: str, older: bool) -> None:
    assert is_older(version, than) is older
