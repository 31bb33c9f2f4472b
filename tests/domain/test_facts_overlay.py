"""Decisions laid over a book of facts, as the review shows them before anything is recorded."""

from __future__ import annotations

from datetime import UTC, datetime

from artist_console.domain.decisions import Decision
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import AccountId, ActId, ArtistId, DecisionId, FactId, PartyId
from artist_console.domain.parties import Party, PartyKind, Stakeholder, Standing
from artist_console.domain.periods import Recorded
from artist_console.domain.registers import ALL_MY_WORKS, ANY_USE, Register, Stance, SubjectKind
from artist_console.domain.uses import Right, Use

NOW = datetime(2025, 11, 18, 9, 0, tzinfo=UTC)
MARA = ArtistId("mara")


def refusal(id: str) -> Decision:
    register = Register(MARA, ALL_MY_WORKS, None, ANY_USE)
    return Decision(DecisionId(id), register, Stance.REFUSE, AccountId("mara-account"), NOW, ActId(id))


def test_decisions_laid_over_a_book_are_found_and_the_book_stays_as_it_was() -> None:
    book = FactBook.of(parties=[Party(MARA, "Mara", PartyKind.PERSON, is_artist=True)], ledgers={MARA: ()})
    over = book.with_decisions([refusal("one"), refusal("two")], NOW)
    about = over.said_about(MARA, [(SubjectKind.ALL, "")], None, Use.DISTILL)
    assert [recording.decision.id for recording in about] == ["one", "two"]
    assert [recording.n for recording in about] == [1, 2]
    assert book.said_about(MARA, [(SubjectKind.ALL, "")], None, Use.DISTILL) == ()


def test_decisions_are_laid_after_those_that_are_there() -> None:
    book = FactBook.of(ledgers={MARA: ()}).with_decisions([refusal("one")], NOW)
    over = book.with_decisions([refusal("two")], NOW)
    assert [recording.n for recording in over.said[MARA]] == [1, 2]
    register = refusal("two").register
    assert [r.decision.id for r in over.registers_of(MARA)[register]] == ["one", "two"]
    assert [r.decision.id for r in book.registers_of(MARA)[register]] == ["one"]


def test_rows_of_the_own_side_stand_among_the_others_in_the_order_of_a_report() -> None:
    def row(id: str, party: str) -> Stakeholder:
        since = Recorded(NOW)
        return Stakeholder(FactId(id), PartyId(party), "work", Right.MASTER, Standing.CONTROLS, since)

    book = FactBook.of(stakeholders=[row("b", "label")])
    over = book.with_own_holders(MARA, [row("a", "mara"), row("c", "paper")])
    assert [each.id for each in over.stakeholders["work"]] == ["a", "b", "c"]
