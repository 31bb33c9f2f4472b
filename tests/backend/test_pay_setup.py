"""Pay terms and letters of direction: kept by whoever owns the service, seen by those whose money it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from artist_console.domain.mandates import Power

from .world import (
    DECIDES,
    MANAGER,
    MARA,
    MARA_ACCOUNT,
    OLA,
    OLA_ACCOUNT,
    SALT,
    Backend,
    Device,
    a_backend,
    a_mandate,
    mandate_step,
)

TERMS = {"issuer": "Fieldnote", "payee": OLA, "rates": [{"rate": "0.5"}]}
LETTER = {"directed_by": MARA, "payee": OLA, "share_bp": 2_500}
SEES_MONEY = mandate_step(a_mandate(DECIDES, (Power.SEE_WORKS, Power.SEE_MONEY)))


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[Backend]:
    with a_backend(tmp_path, SEES_MONEY) as made:
        yield made


def seen(device: Device, kind: str) -> list[dict[str, Any]]:
    items = device.get("snapshot")["items"]
    return [item["body"] for item in items if item["kind"] == kind]


def test_nobody_but_the_owner_says_how_money_is_paid_on(backend: Backend) -> None:
    owner, other = backend.sign_in(MARA_ACCOUNT), backend.sign_in(OLA_ACCOUNT)
    for path, body in (("pay-terms", TERMS), ("directions", LETTER)):
        assert other.ask("POST", path, json=body).status_code == 403
        made = owner.ask("POST", path, json=body)
        assert made.status_code == 200, made.text
        id = next(iter(made.json().values()))["id"]
        assert other.ask("DELETE", f"{path}/{id}").status_code == 403
        assert owner.ask("DELETE", f"{path}/{id}").status_code == 200
        assert owner.ask("DELETE", f"{path}/{id}").status_code == 404


def test_terms_are_seen_by_the_payee_and_by_who_set_them_up_and_by_nobody_else(backend: Backend) -> None:
    owner, ola, manager = (backend.sign_in(each) for each in (MARA_ACCOUNT, OLA_ACCOUNT, MANAGER))
    owner.ask("POST", "pay-terms", json=TERMS)
    owner.ask("POST", "pay-terms", json={**TERMS, "payee": None, "rates": [{"rate": "0.1"}]})
    assert [row["payee"] for row in seen(ola, "pay_terms")] == [OLA]
    assert {row["payee"] for row in seen(owner, "pay_terms")} == {OLA, None}
    assert seen(manager, "pay_terms") == []
    owner.ask("POST", "pay-terms", json={**TERMS, "payee": MARA})
    assert [row["payee"] for row in seen(manager, "pay_terms")] == [MARA]


def test_a_letter_is_seen_by_those_whose_money_it_moves(backend: Backend) -> None:
    owner, ola, manager = (backend.sign_in(each) for each in (MARA_ACCOUNT, OLA_ACCOUNT, MANAGER))
    made = owner.ask("POST", "directions", json=LETTER).json()["direction"]
    for device in (owner, ola, manager):
        assert [row["id"] for row in seen(device, "direction")] == [made["id"]]
    assert (
        owner.ask("POST", "directions", json={**LETTER, "id": made["id"], "share_bp": 3_000}).status_code
        == 200
    )
    assert [row["share_bp"] for row in seen(ola, "direction")] == [3_000]
    owner.ask("DELETE", f"directions/{made['id']}")
    assert seen(ola, "direction") == []


def test_somebody_who_is_not_known_is_added_by_name_and_found_again(backend: Backend) -> None:
    owner, ola = backend.sign_in(MARA_ACCOUNT), backend.sign_in(OLA_ACCOUNT)
    body = {"directed_by": MARA, "payee_name": "Studio Nord", "share_bp": 1_000}
    first = owner.ask("POST", "directions", json=body).json()["direction"]
    second = owner.ask("POST", "directions", json={**body, "payee_name": " studio  nord"}).json()["direction"]
    assert first["payee"] == second["payee"]
    assert "Studio Nord" in {row["name"] for row in seen(owner, "party")}
    assert "Studio Nord" not in {row["name"] for row in seen(ola, "party")}
    known = owner.ask("POST", "directions", json={**body, "payee_name": "Harmonia"}).json()["direction"]
    assert known["payee"] == "harmonia"


def test_letters_that_pass_on_more_than_all_are_refused(backend: Backend) -> None:
    owner = backend.sign_in(MARA_ACCOUNT)
    assert owner.ask("POST", "directions", json={**LETTER, "share_bp": 8_000}).status_code == 200
    more = owner.ask("POST", "directions", json={**LETTER, "share_bp": 2_001})
    assert more.status_code == 409
    assert "10,001" in more.json()["detail"]


@pytest.mark.parametrize(
    ("path", "wrong", "word"),
    [
        ("pay-terms", {"issuer": " "}, "issues"),
        ("pay-terms", {"issuer": "x" * 201}, "room"),
        ("pay-terms", {"rates": [{"rate": "1.5"}]}, "rate"),
        ("pay-terms", {"payee": "nobody"}, "not known"),
        ("pay-terms", {"rates": [{"rate": "0.1", "right": "master"}] * 201}, "room"),
        ("pay-terms", {"commission_rate": "0.1", "commission_mandate": DECIDES}, "mandate"),
        ("directions", {"share_bp": 0}, "share"),
        ("directions", {"share_bp": 10_001}, "share"),
        ("directions", {"payee": MARA}, "in place of"),
        ("directions", {"payee": None}, "to be paid"),
        ("directions", {"work": "none"}, "work"),
        ("directions", {"since": "2025-02-01", "until": "2025-01-01"}, "last day"),
    ],
)
def test_what_cannot_be_paid_by_is_refused_in_a_sentence(
    backend: Backend, path: str, wrong: dict[str, Any], word: str
) -> None:
    owner = backend.sign_in(MARA_ACCOUNT)
    answer = owner.ask("POST", path, json={**(TERMS if path == "pay-terms" else LETTER), **wrong})
    assert answer.status_code == 400
    assert word in answer.json()["detail"]
    assert seen(owner, "pay_terms") == seen(owner, "direction") == []


def test_terms_for_the_same_days_are_refused_and_changed_in_place_instead(backend: Backend) -> None:
    owner = backend.sign_in(MARA_ACCOUNT)
    made = owner.ask("POST", "pay-terms", json=TERMS).json()["terms"]
    assert owner.ask("POST", "pay-terms", json=TERMS).status_code == 400
    changed = owner.ask("POST", "pay-terms", json={**TERMS, "id": made["id"], "tax_rate": "0.1"})
    assert changed.json()["terms"]["id"] == made["id"]
    assert [row["tax_rate"] for row in seen(owner, "pay_terms")] == ["0.1"]
    assert owner.ask("POST", "pay-terms", json={**TERMS, "id": "none"}).status_code == 404
    assert owner.ask("POST", "directions", json={**LETTER, "work": SALT}).status_code == 200


SPLIT = {
    "work": SALT,
    "right": "master",
    "shares": [{"party": MARA, "share_bp": 7_500}, {"party": OLA, "share_bp": 2_500}],
}


def test_a_split_is_kept_by_the_owner_alone_and_seen_by_those_who_are_paid_by_it(backend: Backend) -> None:
    owner, ola, manager = (backend.sign_in(each) for each in (MARA_ACCOUNT, OLA_ACCOUNT, MANAGER))
    assert ola.ask("POST", "splits", json=SPLIT).status_code == 403
    made = owner.ask("POST", "splits", json=SPLIT).json()["split"]
    for device in (owner, ola, manager):
        assert [row["id"] for row in seen(device, "paid_split")] == [made["id"]]
    alone = {**SPLIT, "shares": [{"party": MARA, "share_bp": 9_000}]}
    again = owner.ask("POST", "splits", json=alone).json()
    assert (again["split"]["id"], again["ended"]) == (made["id"], [])
    assert seen(ola, "paid_split") == []
    assert ola.ask("DELETE", f"splits/{made['id']}").status_code == 403
    assert owner.ask("DELETE", f"splits/{made['id']}").status_code == 200
    assert owner.ask("DELETE", f"splits/{made['id']}").status_code == 404
    assert seen(owner, "paid_split") == []


def test_a_split_changes_nothing_that_a_permission_rests_on(backend: Backend) -> None:
    owner = backend.sign_in(MARA_ACCOUNT)
    kinds = ("stakeholder", "control", "recorded_answer", "others_answer", "work")
    before = {kind: seen(owner, kind) for kind in kinds}
    owner.ask("POST", "splits", json={**SPLIT, "shares": [{"name": "Studio Nord", "share_bp": 10_000}]})
    assert {kind: seen(owner, kind) for kind in kinds} == before
    assert "Studio Nord" in {row["name"] for row in seen(owner, "party")}


def test_a_later_split_ends_the_one_before_it(backend: Backend) -> None:
    owner = backend.sign_in(MARA_ACCOUNT)
    first = owner.ask("POST", "splits", json=SPLIT).json()["split"]
    later = owner.ask("POST", "splits", json={**SPLIT, "since": "2026-01-01"}).json()
    assert [(each["id"], each["period"]["until"]) for each in later["ended"]] == [(first["id"], "2025-12-31")]
    between = owner.ask("POST", "splits", json={**SPLIT, "since": "2025-06-01"})
    assert between.status_code == 409
    assert "2026-01-01" in between.json()["detail"]
    moved = owner.ask("POST", "splits", json={**SPLIT, "id": later["split"]["id"], "since": None})
    assert moved.status_code == 200
    assert [row["id"] for row in seen(owner, "paid_split")] == [later["split"]["id"]]


@pytest.mark.parametrize(
    ("wrong", "status", "word"),
    [
        ({"work": "none"}, 400, "not known"),
        ({"right": "composition"}, 400, "name the song"),
        ({"shares": []}, 400, "who is paid"),
        ({"shares": [{"share_bp": 10}]}, 400, "who has each share"),
        ({"shares": [{"party": MARA, "share_bp": 0}]}, 400, "above 0"),
        ({"shares": [{"party": MARA, "share_bp": 1}, {"party": MARA, "share_bp": 2}]}, 400, "twice"),
        ({"shares": [{"name": "x" * 201, "share_bp": 1}]}, 400, "room"),
        ({"id": "none"}, 404, ""),
    ],
)
def test_a_split_that_cannot_be_kept_is_refused_in_a_sentence(
    backend: Backend, wrong: dict[str, Any], status: int, word: str
) -> None:
    owner = backend.sign_in(MARA_ACCOUNT)
    answer = owner.ask("POST", "splits", json={**SPLIT, **wrong})
    assert answer.status_code == status, answer.text
    assert word in answer.json()["detail"]
    assert seen(owner, "paid_split") == []
