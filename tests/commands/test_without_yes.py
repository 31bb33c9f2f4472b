"""Uses that do not rest on the artist's yes, over a real profile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from artist_console.commands.consent import decide
from artist_console.commands.without_yes import WithoutYesRow, uses_without_yes
from artist_console.domain.ids import AgreementId, PartyId
from artist_console.domain.inclusion import Basis, BasisGroup
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.parties import Party, PartyKind, Standing
from artist_console.domain.problems import UnknownThing
from artist_console.domain.programmes import ApprovalClause
from artist_console.domain.registers import Stance
from artist_console.domain.uses import Right, Use
from artist_console.domain.without_yes import GROUPS
from artist_console.domain.without_yes_words import BASIS, GROUP_MEANS
from artist_console.formats.kinds import Kind
from tests.backend.world import HARBOUR, MARA, PROGRAMME, SALT, work_subject
from tests.commands.agreeing import (
    BLANKET,
    LATE,
    MODEL,
    NOTICE,
    OBJECT_UNTIL,
    ROWS,
    TIDE,
    agreement,
    control,
    stake,
    statement,
)
from tests.commands.desks import Desk, a_desk, a_wish, an_allow


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "mara", rows=ROWS) as made:
        yield made


def rows(desk: Desk) -> tuple[WithoutYesRow, ...]:
    return uses_without_yes(desk.console, MARA).rows


def row(desk: Desk, key: str) -> WithoutYesRow:
    (only,) = [each for each in rows(desk) if each.key.startswith(key)]
    return only


def test_the_three_groups_hold_agreements_and_statements_by_their_basis(desk: Desk) -> None:
    view = uses_without_yes(desk.console, MARA)
    found = {group: {(r.said_by, r.titles) for r in view.of(group)} for group in GROUPS}
    assert found == {
        BasisGroup.LICENSED_BY_OTHERS: {
            ("Fieldnote", ("Late Ferry",)),
            ("Fieldnote", ("Harbour Lights",)),
            ("Harmonia", ("Harbour Lights",)),
        },
        BasisGroup.CLAIMED_UNDER_THE_LAW: {("Harmonia", ("Low Tide",))},
        BasisGroup.NO_BASIS_STATED: {("Nobody", ("Late Ferry",)), ("Harmonia", ("Salt Lines",))},
    }


def test_what_asks_the_artist_is_no_use_without_a_yes(desk: Desk) -> None:
    assert not any(r.agreement in ("own-recording", "own-song") for r in rows(desk))


def test_an_open_deadline_comes_first_and_says_what_silence_means(desk: Desk) -> None:
    first = rows(desk)[0]
    assert (first.agreement, first.deadline) == (NOTICE, OBJECT_UNTIL)
    assert first.silence is not None
    assert (
        first.silence.text == "You can object until 1 July 2025. Fieldnote says it will take silence as yes."
    )
    assert "refuse and send your no to Fieldnote by 1 July 2025" in first.next_steps[0].text
    assert first.said_words.text == "You have not decided."


def test_a_row_says_who_what_since_when_and_on_what_it_rests(desk: Desk) -> None:
    blanket = row(desk, f"agreement/{BLANKET}")
    assert (blanket.programme_name, blanket.basis) == ("Harmonia 2", "As a whole, without asking")
    assert blanket.uses == (Use.TRAIN_GENERATIVE, Use.GEN_REMIX)
    assert blanket.rights == (Right.MASTER,)
    assert blanket.since is not None
    assert blanket.grade is EvidenceGrade.LICENSOR_STATED
    trained = row(desk, "statement/contract_blanket")
    assert (trained.agreement, trained.place) == (BLANKET, "Harmonia 2")
    assert trained.rests_on.text.startswith("Agreement of Fieldnote with Harmonia 2.")
    assert trained.grade is EvidenceGrade.OPERATOR_STATED
    law = row(desk, "statement/tdm_exception")
    assert law.basis == "By an exception for text and data mining"
    assert law.next_steps[0].text == "Ask Harmonia on which law of which country it relies."


def test_a_no_is_told_as_against_your_wish(desk: Desk) -> None:
    decide(desk.console, [a_wish(Stance.REFUSE, work_subject(HARBOUR))])
    blanket = row(desk, f"agreement/{BLANKET}")
    assert blanket.against_wish
    assert blanket.said_words.text == "You refused: it is against your wish."
    assert "Your no can be sent to Fieldnote" in blanket.next_steps[0].text


def test_who_objected_in_time_is_not_licensed_by_silence_afterwards(desk: Desk) -> None:
    decide(desk.console, [a_wish(Stance.REFUSE, work_subject(LATE))])
    desk.sync()
    during = row(desk, f"agreement/{NOTICE}")
    assert during.against_wish
    assert "recorded here is not told" in during.next_steps[0].text
    desk.clock.now = datetime(2025, 7, 2, 12, tzinfo=UTC)
    assert not any(r.agreement == NOTICE for r in rows(desk))


def test_silence_until_the_day_has_passed_is_licensed_by_others(desk: Desk) -> None:
    desk.clock.now = datetime(2025, 7, 2, 12, tzinfo=UTC)
    after = row(desk, f"agreement/{NOTICE}")
    assert after.deadline is None
    assert after.silence is not None
    assert after.silence.text == "The day to object was 1 July 2025. Fieldnote says it took silence as yes."
    decide(desk.console, [a_wish(Stance.REFUSE, work_subject(LATE))])
    assert row(desk, f"agreement/{NOTICE}").against_wish, (
        "a no that came too late changes the wish, not the claim"
    )


def test_a_yes_with_power_takes_a_use_from_the_list(tmp_path: Path) -> None:
    """Mara shares the recording that Fieldnote licensed as a whole: her yes makes the licence rest on it."""
    more = [
        *[each for each in ROWS if getattr(each[1], "id", "") != f"stake-{MARA}-{HARBOUR}-master"],
        stake(MARA, HARBOUR, Right.MASTER, Standing.SHARES),
    ]
    with a_desk(tmp_path / "shares", rows=more) as desk:
        assert row(desk, f"agreement/{BLANKET}").uses == (Use.TRAIN_GENERATIVE, Use.GEN_REMIX)
        decide(desk.console, [an_allow(HARBOUR, Use.TRAIN_GENERATIVE)])
        assert row(desk, f"agreement/{BLANKET}").uses == (Use.GEN_REMIX,)


def test_a_yes_without_power_stays_and_says_so(desk: Desk) -> None:
    decide(desk.console, [an_allow(HARBOUR, use) for use in (Use.TRAIN_GENERATIVE, Use.GEN_REMIX)])
    desk.sync()
    blanket = row(desk, f"agreement/{BLANKET}")
    assert blanket.said_words.text == "You allowed it, but your yes permits nothing here by itself."
    assert not blanket.against_wish


def test_what_left_is_no_use(tmp_path: Path) -> None:
    later = statement(
        "inc-removed", HARBOUR, Basis.CONTRACT_BLANKET, InclusionState.RETRAINED_WITHOUT, model=MODEL,
        programme=PROGRAMME, use=Use.TRAIN_GENERATIVE,
    )  # fmt: skip
    later = (later[0], replace(later[1], as_of=date(2025, 5, 20)))
    with a_desk(tmp_path / "left", rows=[*ROWS, later]) as desk:
        assert not any(r.state is InclusionState.TRAINED for r in rows(desk))


def test_an_artist_that_is_not_here_is_a_sentence(desk: Desk) -> None:
    with pytest.raises(UnknownThing):
        uses_without_yes(desk.console, PartyId("nobody"))


def test_the_public_list_says_that_listed_is_not_used(desk: Desk) -> None:
    listed = row(desk, "statement/undeclared/suspected")
    assert listed.programme is None
    assert listed.next_steps[0].text == "Being listed is not the same as being used in a model."


def test_like_statements_about_many_works_are_one_row(tmp_path: Path) -> None:
    more = [
        statement(f"more-{work}", work, Basis.UNDECLARED, InclusionState.SUSPECTED, dataset="open-list",
                  stated_by="Nobody", grade=EvidenceGrade.PUBLIC_DATASET)
        for work in (SALT, TIDE)
    ]  # fmt: skip
    with a_desk(tmp_path / "many", rows=[*ROWS, *more]) as desk:
        assert row(desk, "statement/undeclared/suspected").titles == ("Late Ferry", "Low Tide", "Salt Lines")


def test_the_agreement_of_a_publisher_does_not_explain_the_use_of_a_recording(tmp_path: Path) -> None:
    publisher = PartyId("a-publisher")
    more = [
        (Kind.PARTY, Party(publisher, "Slow Songs", PartyKind.ORGANISATION)),
        control(publisher, HARBOUR, Right.COMPOSITION),
        agreement(AgreementId("a-songs"), publisher, HARBOUR, ApprovalClause.BLANKET),
    ]
    with a_desk(tmp_path / "publisher", rows=[*more, *ROWS]) as desk:
        assert {r.said_by for r in rows(desk)} >= {"Slow Songs", "Fieldnote"}
        assert row(desk, "statement/contract_blanket").agreement == BLANKET


def test_every_basis_and_clause_has_words() -> None:
    assert set(BASIS) == set(Basis)
    assert set(GROUP_MEANS) == set(GROUPS)
