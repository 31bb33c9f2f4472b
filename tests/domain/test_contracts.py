"""What a contract leaves the artist: which right, where, when, and from which clause."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from artist_console.domain.contract_rows import Origin, OriginKind, origin_of, own_holders
from artist_console.domain.contracts import AiClause, ContractKind, Hold, Owned, Owner
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import FactId, PartyId
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.parties import Stakeholder, Standing
from artist_console.domain.periods import Period
from artist_console.domain.permission import Permission, Question, permission
from artist_console.domain.programmes import ApprovalClause
from artist_console.domain.territories import Territories, everywhere_but
from artist_console.domain.uses import Right, Use
from artist_console.domain.works import Relation, RelationKind

from .contract_world import SIGNED, a_contract, name_of, over, owns, rows
from .world import (
    LABEL,
    MARA,
    NOW,
    OTHER_RECORDING,
    PROGRAMME,
    RECORDING,
    RELEASE,
    SONG,
    World,
    agreement,
    amended,
    at,
    control,
    work_subject,
    world,
)


def artists(
    found: list[Stakeholder], right: Right = Right.MASTER, subject: str = RECORDING
) -> list[Stakeholder]:
    return [row for row in found if (row.party, row.right, row.subject) == (MARA, right, subject)]


def ask(book: FactBook, when: datetime = NOW, place: str | None = None, work: str = RECORDING) -> Permission:
    question = Question(MARA, work_subject(work), PROGRAMME, Use.TRAIN_GENERATIVE, when, place)  # type: ignore[arg-type]
    return permission(question, book)


EVERYTHING = (Right.MASTER, Right.COMPOSITION, Right.LYRICS)


def nobody_known() -> World:
    made = world()
    made.stakeholders.clear()
    return made


def unlicensed(made: World) -> World:
    """No agreement is known, so none promises to ask the artist."""
    made.agreements.clear()
    return made


# Clause by clause


@pytest.mark.parametrize(
    ("hold", "clause", "standing"),
    [
        (Hold.OWNS, AiClause.APPROVAL, Standing.APPROVES),
        (Hold.OWNS, AiClause.CONSULT, Standing.WISH),
        (Hold.OWNS, AiClause.BLANKET, Standing.WISH),
        (Hold.OWNS, AiClause.NONE, Standing.WISH),
        (Hold.EXCLUSIVE, AiClause.NONE, Standing.WISH),
        (Hold.EXCLUSIVE, AiClause.APPROVAL, Standing.APPROVES),
        (Hold.NON_EXCLUSIVE, AiClause.BLANKET, Standing.WISH),
        (Hold.EXERCISES, AiClause.NONE, Standing.THROUGH_BODY),
        (Hold.EXERCISES, AiClause.BLANKET, Standing.THROUGH_BODY),
        (Hold.EXERCISES, AiClause.APPROVAL, Standing.APPROVES),
        (Hold.SHARES, AiClause.NONE, Standing.SHARES),
        (Hold.SHARES, AiClause.BLANKET, Standing.WISH),
    ],
)
def test_each_clause_leaves_its_standing(hold: Hold, clause: AiClause, standing: Standing) -> None:
    made = rows(world().book(), [a_contract(clause, hold=hold)])
    held = [row for row in artists(made) if row.period.contains(NOW)]
    assert [row.standing for row in held] == [standing]


def test_a_licence_beside_the_artists_own_that_is_silent_about_ai_changes_nothing() -> None:
    assert rows(world().book(), [a_contract(AiClause.NONE, hold=Hold.NON_EXCLUSIVE)]) == []


def test_the_source_names_contract_and_clause_and_never_the_words_of_the_clause() -> None:
    contract = a_contract(AiClause.CONSULT)
    (row,) = (r for r in artists(rows(world().book(), [contract])) if r.period.contains(NOW))
    assert row.source == "Contract with Fieldnote of 3 March 2019, clause 14.3; being consulted is not a veto"
    silent = a_contract(AiClause.NONE)
    (row,) = (r for r in artists(rows(world().book(), [silent])) if r.period.contains(NOW))
    assert row.source == "Contract with Fieldnote of 3 March 2019, which says nothing about AI"


def test_a_row_leads_back_to_what_it_was_worked_out_from() -> None:
    found = rows(world().book(), [a_contract(id="c9")], [owns(Owned.SONGS, id="o9")])
    assert {origin_of(row.id) for row in found if row.right is Right.MASTER and row.period.contains(NOW)} == {
        Origin(OriginKind.CONTRACT, FactId("c9"))
    }
    assert {origin_of(row.id) for row in found if row.right is Right.LYRICS} == {
        Origin(OriginKind.OWNERSHIP, FactId("o9"))
    }
    assert origin_of("stake-mara") is None
    assert len({row.id for row in found}) == len(found)


def test_a_label_that_owns_the_recording_controls_it_and_the_artists_no_is_an_objection() -> None:
    made = unlicensed(nobody_known())
    made.refuse()
    book = over(made.book(), [a_contract(rights=EVERYTHING)])
    assert {row.standing for row in book.stakeholders[RECORDING] if row.party == LABEL} == {Standing.CONTROLS}
    assert ask(book).outcome is PermissionOutcome.OBJECTED


def test_a_label_that_has_to_ask_is_stopped_by_a_no() -> None:
    made = unlicensed(nobody_known())
    made.refuse()
    signed = a_contract(AiClause.APPROVAL, rights=EVERYTHING)
    assert ask(over(made.book(), [signed])).outcome is PermissionOutcome.REFUSED


def test_a_name_known_only_here_is_one_party_however_it_is_spelled_and_a_person_by_itself() -> None:
    one = a_contract(id="1", counterparty=None, counterparty_name="Tiny  Label")
    two = a_contract(id="2", counterparty=None, counterparty_name="tiny label")
    assert one.other_side == two.other_side
    band = replace(one, kind=ContractKind.BAND)
    assert "tiny" not in one.other_side
    assert band.other_side != one.other_side
    book = over(nobody_known().book(), [one, two])
    assert book.parties[one.other_side].name == "Tiny  Label"
    assert sum(row.party == one.other_side for row in book.stakeholders[RECORDING]) == 1


def test_voice_name_and_image_stay_the_persons_whatever_was_signed() -> None:
    assert rows(world().book(), [a_contract(rights=(Right.VOICE, Right.LIKENESS))]) == []


# What it covers


def test_song_rights_are_of_the_songs_and_of_recordings_whose_song_is_not_known() -> None:
    made = rows(world().book(), [a_contract(rights=(Right.COMPOSITION,))])
    assert {row.subject for row in made} == {SONG, OTHER_RECORDING}
    made = rows(world().book(), [a_contract()])
    assert {row.subject for row in made} == {RECORDING, OTHER_RECORDING}


def test_a_song_that_the_artist_only_covers_is_not_the_artists() -> None:
    made = world()
    cover = next(work for work in made.works if work.id == OTHER_RECORDING)
    other = Relation(RelationKind.COVERS, SONG)
    made.works[made.works.index(cover)] = replace(cover, relations=(other,))
    found = rows(made.book(), said=[owns(Owned.SONGS)])
    assert {row.subject for row in found} == {SONG}


def test_named_works_and_releases_bring_the_songs_in_them() -> None:
    named = a_contract(works=(RECORDING,), rights=(Right.MASTER, Right.COMPOSITION))
    found = rows(world().book(), [named])
    assert {(row.subject, row.right) for row in found} == {
        (RECORDING, Right.MASTER),
        (SONG, Right.COMPOSITION),
    }
    on_release = a_contract(releases=(RELEASE,))
    tracks = {track.work for track in world().releases[0].tracks}
    assert {row.subject for row in rows(world().book(), [on_release])} == tracks


def test_works_of_others_are_left_alone() -> None:
    made = world()
    for index, work in enumerate(made.works):
        made.works[index] = replace(work, artists=(LABEL,))
    assert rows(made.book(), [a_contract()], [owns()]) == []


# Places


def test_a_contract_for_some_countries_leaves_the_rest_as_it_was() -> None:
    made = unlicensed(world())
    made.refuse()
    book = over(made.book(), [a_contract(rights=EVERYTHING, territories=Territories(("AT", "DE")))])
    assert ask(book, place="DE").outcome is PermissionOutcome.OBJECTED
    assert ask(book, place="US").outcome is PermissionOutcome.REFUSED
    assert ask(book).outcome is PermissionOutcome.DIFFERS


def test_what_one_says_it_owns_counts_where_no_contract_reaches() -> None:
    book = over(nobody_known().book(), [a_contract(territories=Territories(("DE",)))], [owns()])
    held = {
        row.territories: row.standing
        for row in artists(list(book.stakeholders[RECORDING]))
        if row.period.contains(NOW)
    }
    assert held == {Territories(("DE",)): Standing.WISH, everywhere_but(["DE"]): Standing.CONTROLS}


# Days


def test_before_it_was_signed_things_are_as_they_were() -> None:
    book = over(world().book(), [a_contract(signed_on=date(2025, 6, 1))])
    found = artists(list(book.stakeholders[RECORDING]))
    assert [(row.period, row.standing) for row in sorted(found, key=lambda r: str(r.period.since))] == [
        (Period(date(2025, 6, 1)), Standing.WISH),
        (Period(None, date(2025, 5, 31)), Standing.CONTROLS),
    ]


def test_an_exclusive_licence_ends_with_its_term_and_a_transfer_does_not() -> None:
    term = Period(SIGNED, date(2024, 12, 31))
    for hold, standing in ((Hold.EXCLUSIVE, Standing.CONTROLS), (Hold.OWNS, Standing.WISH)):
        book = over(world().book(), [a_contract(hold=hold, period=term)])
        now = [r.standing for r in artists(list(book.stakeholders[RECORDING])) if r.period.contains(NOW)]
        assert now == [standing], hold


def test_when_rights_come_back_a_refusal_carries_over() -> None:
    made = unlicensed(nobody_known())
    made.refuse(day=1)
    contract = a_contract(rights=EVERYTHING, reversion_on=date(2025, 10, 1))
    book = over(made.book(), [contract])
    assert ask(book, at(30)).outcome is PermissionOutcome.OBJECTED
    assert ask(book).outcome is PermissionOutcome.REFUSED
    (row,) = (r for r in artists(list(book.stakeholders[RECORDING])) if r.period.contains(NOW))
    assert row.standing is Standing.CONTROLS
    assert row.source == "Contract with Fieldnote of 3 March 2019: the rights came back on 1 October 2025"


def test_when_rights_come_back_a_yes_is_asked_again() -> None:
    made = world()
    made.allow_both(day=1)
    contract = a_contract(reversion_on=date(2025, 10, 1))
    book = over(made.book(), [contract])
    found = ask(book)
    assert found.outcome is PermissionOutcome.UNDECIDED
    assert any("a yes is asked again" in step.text for step in found.trace)
    made.allow_both(day=300)
    assert ask(over(made.book(), [contract])).outcome is PermissionOutcome.ALLOWED


@pytest.mark.parametrize("fault", [{"share_bp": 5_000}, {"disputed": True}])
def test_rights_that_come_back_bring_their_split_with_them(fault: dict[str, Any]) -> None:
    made = world()
    amended(made, 0, **fault)
    made.allow_both()
    assert made.ask().outcome is PermissionOutcome.UNDECIDED
    book = over(made.book(), [a_contract(reversion_on=date(2020, 1, 1))])
    assert ask(book).outcome is PermissionOutcome.UNDECIDED


def test_a_yes_that_had_power_all_along_is_not_asked_again() -> None:
    """Another row of the same right begins later: the right did not come back, it was there."""
    made = world()
    made.allow_both(day=1)
    contract = a_contract(AiClause.APPROVAL, reversion_on=date(2025, 10, 1))
    assert ask(over(made.book(), [contract])).outcome is PermissionOutcome.ALLOWED


def test_what_somebody_else_owned_under_the_contract_is_the_artists_when_it_comes_back() -> None:
    contract = a_contract(reversion_on=date(2025, 10, 1))
    said = [owns(owner=Owner.SOMEBODY_ELSE)]
    book = over(nobody_known().book(), [contract], said)
    now = [r.standing for r in artists(list(book.stakeholders[RECORDING])) if r.period.contains(NOW)]
    assert now == [Standing.CONTROLS]


# Several


def test_of_two_contracts_the_one_that_leaves_less_counts_and_the_source_tells_of_the_other() -> None:
    asks = a_contract(AiClause.APPROVAL, "c1")
    open_to_all = a_contract(AiClause.BLANKET, "c2", counterparty=PartyId("publisher"), clause_number="7")
    own = own_holders(MARA, [asks, open_to_all], (), world().book(), name_of)
    (row,) = (r for r in artists(list(own.rows)) if r.period.contains(NOW))
    assert row.standing is Standing.WISH
    assert row.source == (
        "Contract with Publisher of 3 March 2019, clause 7. Another contract says otherwise:"
        " Contract with Fieldnote of 3 March 2019, clause 14.3"
    )
    doubts = {(doubt.subject, doubt.counted.id, doubt.other.id) for doubt in own.doubts}
    assert doubts == {(RECORDING, "c2", "c1"), (OTHER_RECORDING, "c2", "c1")}


def test_that_all_is_mine_does_not_fit_a_contract_that_gave_it_away() -> None:
    own = own_holders(MARA, [a_contract()], [owns()], world().book(), name_of)
    assert {doubt.other for doubt in own.doubts} == {Origin(OriginKind.OWNERSHIP, FactId("o1"))}
    licence = a_contract(hold=Hold.EXCLUSIVE)
    assert own_holders(MARA, [licence], [owns()], world().book(), name_of).doubts == ()


def test_what_is_said_of_a_named_work_stands_before_what_is_said_of_all() -> None:
    said = [owns(id="all"), owns(owner=Owner.SHARED, id="one", share_bp=2_500, works=(RECORDING,))]
    found = artists(rows(nobody_known().book(), said=said))
    assert [(row.standing, row.share_bp) for row in found] == [(Standing.SHARES, 2_500)]


def test_shares_of_a_band_are_what_is_left_and_more_than_all_is_disputed() -> None:
    def band(share: int, id: str) -> object:
        return a_contract(
            AiClause.NONE, id, kind=ContractKind.BAND, hold=Hold.SHARES, share_bp=share,
            counterparty=None, counterparty_name=f"Member {id}",
        )  # fmt: skip

    found = rows(nobody_known().book(), [band(2_500, "c1"), band(2_500, "c2")])  # type: ignore[list-item]
    now = [row for row in found if row.subject == RECORDING and row.period.contains(NOW)]
    assert sorted((row.party == MARA, row.share_bp) for row in now) == [
        (False, 2_500),
        (False, 2_500),
        (True, 5_000),
    ]
    too_much = rows(nobody_known().book(), [band(9_000, "c1"), band(2_500, "c2")])  # type: ignore[list-item]
    assert [row.disputed for row in artists(too_much) if row.period.contains(NOW)] == [True]


def test_a_contract_mends_no_fault_of_a_split() -> None:
    made = world()
    made.stakeholders[0] = replace(made.stakeholders[0], share_bp=5_000)
    made.allow_both()
    assert ask(made.book()).outcome is PermissionOutcome.UNDECIDED
    assert ask(over(made.book(), [a_contract()])).outcome is not PermissionOutcome.ALLOWED


def test_a_yes_with_a_wish_is_never_drawn_as_the_artists_licence() -> None:
    made = nobody_known()
    made.controls = [control(LABEL, row.work, row.right) for row in made.controls]
    made.agreements = [agreement(LABEL, EVERYTHING, ApprovalClause.BLANKET)]
    made.allow_both()
    contract = a_contract(rights=EVERYTHING)
    assert ask(over(made.book(), [contract])).outcome is PermissionOutcome.LICENSED_BY_OTHERS


def test_own_voice_is_said_of_the_person_and_of_the_recordings() -> None:
    found = rows(nobody_known().book(), said=[owns(Owned.VOICE)])
    assert {(row.subject, row.standing) for row in found} == {
        (MARA, Standing.PERSONAL),
        (RECORDING, Standing.PERSONAL),
        (OTHER_RECORDING, Standing.PERSONAL),
    }
    others = rows(nobody_known().book(), said=[owns(Owned.VOICE, Owner.SOMEBODY_ELSE)])
    assert MARA not in {row.subject for row in others}


def test_days_before_and_after_meet_without_gap() -> None:
    contract = a_contract(reversion_on=date(2030, 1, 1))
    found = sorted(
        artists(rows(world().book(), [contract], [owns()])), key=lambda r: r.period.since or date.min
    )
    for one, following in pairwise(found):
        assert one.period.until is not None
        assert following.period.since == one.period.until + timedelta(days=1)
    assert found[0].period.since is None
    assert found[-1].period.until is None
    assert datetime(2030, 1, 1, tzinfo=UTC).date() in {row.period.since for row in found}
