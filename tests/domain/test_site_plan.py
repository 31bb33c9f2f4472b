"""What a site may say follows from the ledger alone: rules that hold whatever an artist decided."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.decisions import Decision, EntryKind, LedgerEntry
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import AccountId, ActId, DecisionId, FactId, PartyId, ProgrammeId, WorkId
from artist_console.domain.parties import Party, PartyKind, Stakeholder, Standing
from artist_console.domain.periods import Recorded
from artist_console.domain.registers import (
    ALL_MY_WORKS,
    Register,
    Stance,
    Subject,
    SubjectKind,
    UseScope,
)
from artist_console.domain.signal_terms import Signal, term
from artist_console.domain.site_plan import SiteGround, site_ground, why_not
from artist_console.domain.uses import Family, Right, Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work

NOW = datetime(2026, 1, 1, tzinfo=UTC)
MARA, PROGRAMME = PartyId("mara"), ProgrammeId("harmonia")
WORKS = (WorkId("one"), WorkId("two"))

subjects = st.sampled_from([ALL_MY_WORKS, *(Subject(SubjectKind.WORK, work) for work in WORKS)])
scopes = st.sampled_from([None, *Family, *Use]).map(UseScope.of)


@st.composite
def decisions(draw: st.DrawFn, stance: Stance | None = None) -> tuple[Register, Stance]:
    what = stance or draw(st.sampled_from(Stance))
    if what is Stance.ALLOW:  # narrow, for a programme that is named
        work = draw(st.sampled_from(WORKS))
        use = UseScope.of(draw(st.sampled_from(Use)))
        return Register(MARA, Subject(SubjectKind.WORK, work), PROGRAMME, use), what
    programme = draw(st.sampled_from([None, None, PROGRAMME]))
    return Register(MARA, draw(subjects), programme, draw(scopes)), what


# What a site can say at all: a no to all works in any programme, to much or to one use that a term means.
wide_refusals = st.sampled_from(
    [None, Family.TRAINING, Family.RESEARCH, Use.TRAIN_GENERATIVE, Use.TRAIN_FINETUNE, Use.RESEARCH_MIR]
).map(lambda what: (Register(MARA, ALL_MY_WORKS, None, UseScope.of(what)), Stance.REFUSE))
ledgers = st.lists(st.one_of(wide_refusals, decisions()), max_size=6)


def ground(said: list[tuple[Register, Stance]], standing: Standing = Standing.CONTROLS) -> SiteGround:
    entries = [
        LedgerEntry(
            MARA,
            n,
            "",
            EntryKind.DECISION,
            NOW - timedelta(days=30) + timedelta(minutes=n),
            AccountId("a"),
            Decision(DecisionId(f"d{n}"), register, stance, AccountId("a"), NOW, ActId(f"a{n}")),
        )
        for n, (register, stance) in enumerate(said, start=1)
    ]
    book = FactBook.of(
        parties=[Party(MARA, "Mara", PartyKind.PERSON, is_artist=True)],
        works=[Work(work, WorkKind.RECORDING, work, (MARA,)) for work in WORKS],
        stakeholders=[
            Stakeholder(FactId(work), MARA, work, Right.MASTER, standing, Recorded(NOW - timedelta(days=60)))
            for work in WORKS
        ],
        ledgers={MARA: entries},
    )
    return site_ground(MARA, (), book, NOW)


def reserved(found: SiteGround) -> set[tuple[Signal, str]]:
    return {(each.term.signal, each.term.key) for each in found.categories if each.reserved}


@given(ledgers)
def test_what_is_reserved_is_refused_for_all_works(said: list[tuple[Register, Stance]]) -> None:
    found = ground(said)
    refused = found.refused.get(Right.MASTER, frozenset())
    for category in found.categories:
        assert category.reserved is (bool(category.term.meant) and set(category.term.meant) <= refused)
        assert category.reserved or not category.term.meant or category.missing


@given(ledgers, decisions(Stance.REFUSE))
def test_one_more_refusal_takes_no_reservation_away(
    said: list[tuple[Register, Stance]], more: tuple[Register, Stance]
) -> None:
    assert reserved(ground(said)) <= reserved(ground([*said, more]))


@given(ledgers, decisions(Stance.ALLOW))
def test_a_yes_to_one_programme_changes_nothing_for_all_others(
    said: list[tuple[Register, Stance]], more: tuple[Register, Stance]
) -> None:
    assert reserved(ground(said)) == reserved(ground([*said, more]))


@given(ledgers, st.sampled_from(sorted(set(Standing) - {Standing.CONTROLS}, key=str)))
def test_without_control_nothing_is_ever_reserved(
    said: list[tuple[Register, Stance]], standing: Standing
) -> None:
    found = ground(said, standing)
    assert reserved(found) == set()
    assert why_not(found)


def test_search_is_never_reserved() -> None:
    found = ground([(Register(MARA, ALL_MY_WORKS, None, UseScope.of(None)), Stance.REFUSE)])
    assert (Signal.AIPREF, "search") not in reserved(found)
    assert term(Signal.AIPREF, "search").meant == ()
