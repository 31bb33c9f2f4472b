"""Proposals: the artist signs or declines with the service, and nobody else; nothing is queued."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from artist_console.commands.attention import waiting
from artist_console.commands.consent import decide
from artist_console.commands.permissions import explain
from artist_console.commands.proposals import (
    OnlyTheArtistSigns,
    PartlyAnswered,
    ProposalSettled,
    SigningNeedsTheService,
    decline,
    proposal,
    proposals,
    sign,
)
from artist_console.domain.decisions import AnswerKind
from artist_console.domain.ids import DecisionId
from artist_console.domain.problems import InputProblem
from artist_console.domain.registers import Stance
from artist_console.domain.uses import Use
from artist_console.domain.waiting import WaitingKind
from artist_console.formats.wire import CoSign
from tests.backend.world import (
    HARBOUR,
    MANAGER,
    MARA,
    PROGRAMME,
    SALT,
    work_subject,
)
from tests.commands.desks import Desk, a_wish
from tests.commands.proposing import with_a_proposal


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Desk]:
    with with_a_proposal(tmp_path / "asked") as desk:
        yield desk


def answer(desk: Desk, work: str = SALT) -> AnswerKind:
    return explain(desk.console, work_subject(work).id, PROGRAMME, Use.TRAIN_GENERATIVE, MARA).answer.kind  # type: ignore[arg-type]


def waits(desk: Desk) -> list[str]:
    return [item.target for item in waiting(desk.console) if item.kind is WaitingKind.PROPOSAL]


def test_a_proposal_says_who_proposed_what_and_when(asked: Desk) -> None:
    (view,) = proposals(asked.console)
    assert (view.artist_name, view.is_mine, view.allows) == ("Mara Quist", True, True)
    assert view.proposed_by == "Nils Holm"
    assert [(each.words, each.programme) for each in view.answers] == [
        ("Salt Lines · Train a model that makes music", "Harmonia 2"),
        ("Harbour Lights · Train a model that makes music", "Harmonia 2"),
    ]
    assert view.answers[0].terms == "Version 1 of 1 January 2025"
    assert waits(asked) == ["p-salt"]


def test_a_signature_makes_all_of_the_act_the_artists_own(asked: Desk) -> None:
    assert answer(asked) is AnswerKind.UNDECIDED
    assert sign(asked.console, DecisionId("p-harbour")).value == 2
    assert answer(asked) is answer(asked, HARBOUR) is AnswerKind.ALLOWED
    assert waits(asked) == []
    with pytest.raises(ProposalSettled):
        proposal(asked.console, DecisionId("p-salt"))


def test_declined_it_counts_for_nothing(asked: Desk) -> None:
    decline(asked.console, DecisionId("p-salt"))
    assert answer(asked) is AnswerKind.UNDECIDED
    assert (proposals(asked.console), waits(asked)) == ((), [])


def test_without_the_service_it_stays_as_it_is(asked: Desk) -> None:
    asked.console.api = None
    for act in (sign, decline):
        with pytest.raises(SigningNeedsTheService, match="when you are back online"):
            act(asked.console, DecisionId("p-salt"))
    assert waits(asked) == ["p-salt"]
    assert answer(asked) is AnswerKind.UNDECIDED


def test_whoever_proposed_it_cannot_sign_it(tmp_path: Path) -> None:
    with with_a_proposal(tmp_path, MANAGER) as desk:
        (view,) = proposals(desk.console)
        assert not view.is_mine
        with pytest.raises(OnlyTheArtistSigns, match="Mara Quist"):
            sign(desk.console, DecisionId("p-salt"))


def test_a_no_that_was_not_seen_stands_against_a_proposed_yes(asked: Desk) -> None:
    """The ledger as it was when the proposal was shown is what the signature is in sight of."""
    (view,) = proposals(asked.console)
    decide(asked.console, [a_wish(Stance.REFUSE)])
    asked.sync()
    with pytest.raises(InputProblem, match="look again"):
        sign(asked.console, DecisionId("p-salt"), view.seen)
    assert answer(asked) is AnswerKind.REFUSED
    (again,) = proposals(asked.console)
    assert again.seen.n > view.seen.n
    sign(asked.console, DecisionId("p-salt"), again.seen)
    assert answer(asked) is AnswerKind.ALLOWED, "signed in sight of the refusal"


def test_what_was_signed_is_told_when_the_rest_fails(asked: Desk) -> None:
    service = asked.console.api
    assert service is not None
    # Somebody signs one of the two elsewhere, after it was shown here.
    view = proposal(asked.console, DecisionId("p-salt"))
    service.decline(DecisionId("p-harbour"), CoSign(seen=view.seen))
    with pytest.raises(PartlyAnswered, match="1 of 2"):
        sign(asked.console, DecisionId("p-salt"), view.seen)
    assert answer(asked) is AnswerKind.ALLOWED
    assert answer(asked, HARBOUR) is AnswerKind.UNDECIDED
    assert proposals(asked.console) == ()
