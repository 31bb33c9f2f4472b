"""The service answers what a programme may do, by the one rule, over what the account may read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from artist_console.domain.mandates import Power
from artist_console.domain.registers import Stance
from artist_console.domain.uses import Use

from .world import (
    MANAGER,
    MARA,
    MARA_ACCOUNT,
    OLA,
    OLAS,
    PROGRAMME,
    SALT,
    Backend,
    Device,
    a_backend,
    a_decision,
    a_mandate,
    an_allow,
    mandate_step,
)

ASKED = {"work": SALT, "programme": PROGRAMME, "use": Use.TRAIN_GENERATIVE.value}


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[Backend]:
    money = a_mandate(powers=(Power.SEE_MONEY,))
    with a_backend(tmp_path, mandate_step(money)) as running:
        yield running


@pytest.fixture
def mara(backend: Backend) -> Device:
    return backend.sign_in(MARA_ACCOUNT)


def test_an_answer_is_there_as_soon_as_its_decision_is_recorded(mara: Device) -> None:
    assert mara.get("permissions", **ASKED, artist=MARA)["answer"] == "undecided"
    mara.push(an_allow())
    found = mara.get("permissions", **ASKED, artist=MARA)
    assert (found["answer"], found["outcome"]) == ("allowed", "no_agreement_known")
    refusal = a_decision(Stance.REFUSE, seen=mara.pin())
    mara.push(refusal)
    found = mara.get("permissions", **ASKED, artist=MARA)
    assert (found["answer"], found["outcome"]) == ("refused", "refused_unchecked")
    first = found["trace"][0]
    assert first["text"] == "Mara Quist refused this on 1 June 2025, for all works, for every use."
    assert first["facts"] == [{"kind": "decision", "id": refusal.id}]
    assert first["template"].format(**first["fields"]) == first["text"]
    assert {"kind": "decision", "id": refusal.id} in found["facts"]


def test_an_instant_before_the_decision_has_the_answer_of_then(mara: Device) -> None:
    mara.push(a_decision(Stance.REFUSE))
    before = mara.get("permissions", **ASKED, artist=MARA, at="2025-05-01T00:00:00Z")
    assert before["answer"] == "undecided"


def test_a_persons_voice_is_asked_about_by_the_person(mara: Device) -> None:
    found = mara.get("permissions", person=MARA, programme=PROGRAMME, use=Use.GEN_VOICE.value, artist=MARA)
    assert (found["kind"], found["subject"]) == ("person", MARA)


@pytest.mark.parametrize(
    "asked", [{"work": OLAS}, {"work": "nothing"}, {"artist": OLA}, {"programme": "nothing"}]
)
def test_what_is_out_of_reach_is_answered_like_what_does_not_exist(
    mara: Device, asked: dict[str, str]
) -> None:
    answer = mara.ask("GET", "permissions", params={**ASKED, **asked})
    nothing = mara.ask("GET", "permissions", params={**ASKED, "work": "neither"})
    assert (answer.status_code, answer.content) == (404, nothing.content)


def test_a_mandate_about_money_opens_no_permission(backend: Backend) -> None:
    manager = backend.sign_in(MANAGER)
    assert manager.ask("GET", "permissions", params=ASKED).status_code == 404


@pytest.mark.parametrize(
    "asked",
    [
        {"work": None},
        {"person": MARA},
        {"use": "train"},
        {"territory": "sweden"},
        {"at": "2025-05-01T00:00:00"},
    ],
)
def test_a_question_that_cannot_be_read_is_malformed(mara: Device, asked: dict[str, str | None]) -> None:
    answer = mara.ask("GET", "permissions", params={**ASKED, **asked})
    assert answer.status_code == 400, answer.text
    assert answer.json()["type"].endswith("malformed")


def test_without_a_token_nothing_is_answered(backend: Backend, mara: Device) -> None:
    stranger = Device(mara.base_url, "nobody", "s")
    assert stranger.ask("GET", "permissions", params=ASKED).status_code == 401
    stranger.session.close()
