"""An account sees what is its own or open to it by a mandate, and nothing of others, however it asks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from artist_console.backend.seed import fill
from artist_console.domain.mandates import Power
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.formats.encoding import encode
from artist_console.formats.kinds import Kind

from .places import Place
from .world import (
    DECIDES,
    FERRY,
    MANAGER,
    MARA,
    MARA_ACCOUNT,
    MARAS_STATEMENT,
    OLA,
    OLA_ACCOUNT,
    OLAS,
    OLAS_RELEASE,
    OLAS_STATEMENT,
    SALT,
    START,
    Backend,
    Device,
    a_backend,
    a_decision,
    a_mandate,
    mandate_step,
)

OLAS_OWN = (OLAS, OLAS_RELEASE, OLAS_STATEMENT, "inc-ola", "Ola's Song", "Alone", "Ola Brandt")
SINGLE = {
    "artists": OLA,
    "works": OLAS,
    "releases": OLAS_RELEASE,
    "inclusions": "inc-ola",
    "statements": OLAS_STATEMENT,
}


@pytest.fixture
def backend(place: Place) -> Iterator[Backend]:
    with a_backend(place) as running:
        ola = running.sign_in(OLA_ACCOUNT)
        ola.push(a_decision(by=OLA_ACCOUNT, artist=OLA, id="olas-decision"))
        yield running


@pytest.fixture
def mara(backend: Backend) -> Device:
    return backend.sign_in(MARA_ACCOUNT)


def changing(backend: Backend) -> Any:
    return backend.running.service.changing()


def feed_from(
    device: Device, cursor: str | None = None
) -> tuple[list[dict[str, Any]], str, dict[str, list[str]]]:
    """All items after a cursor, the new cursor, and what came and went of scopes."""
    items: list[dict[str, Any]] = []
    scopes: dict[str, list[str]] = {"scope_added": [], "scope_removed": []}
    while True:
        page = device.get("feed", **({"cursor": cursor} if cursor else {}))
        items += page["items"]
        cursor = page["cursor"]
        for name, artists in scopes.items():
            artists += page[name]
        if not page["more"]:
            return items, str(cursor), scopes


def snapshot_of(device: Device) -> dict[str, Any]:
    rows: dict[str, Any] = {}
    next: str | None = None
    while True:
        page = device.get("snapshot", **({"next": next} if next else {}))
        rows |= {f"{i['kind']}/{i['id']}": i["body"] for i in page["items"]}
        next = page["next"]
        if next is None:
            return rows


def apply(rows: dict[str, Any], items: list[dict[str, Any]]) -> dict[str, Any]:
    for item in items:
        key = f"{item['kind']}/{item['id']}"
        if item["body"] is None:
            rows.pop(key, None)
        else:
            rows[key] = item["body"]
    return rows


@pytest.mark.parametrize(
    "path", [*SINGLE, "programmes", "terms", "agreements", "feed", "snapshot", "account"]
)
def test_nothing_of_another_artist_is_in_any_list(mara: Device, path: str) -> None:
    text = json.dumps(mara.get(path))
    assert not [word for word in (*OLAS_OWN, "olas-decision") if word in text]


@pytest.mark.parametrize(("path", "id"), SINGLE.items())
def test_what_is_out_of_reach_answers_like_what_does_not_exist(mara: Device, path: str, id: str) -> None:
    known, unknown = mara.ask("GET", f"{path}/{id}"), mara.ask("GET", f"{path}/nothing")
    assert (known.status_code, known.content) == (404, unknown.content)


@pytest.mark.parametrize("path", [f"ledger/{OLA}", f"statements/{OLAS_STATEMENT}/lines"])
def test_ledger_and_lines_of_another_answer_like_nothing(mara: Device, path: str) -> None:
    unknown = mara.ask("GET", path.replace(OLA, "x").replace(OLAS_STATEMENT, "x"))
    assert (mara.ask("GET", path).status_code, mara.ask("GET", path).content) == (404, unknown.content)


def test_the_own_is_there_in_every_way(mara: Device) -> None:
    mara.push(a_decision(id="maras-decision"))
    assert mara.get(f"works/{SALT}")["title"] == "Salt Lines"
    assert {r["id"] for r in mara.get("releases")["items"]} == {FERRY}
    assert [line["number"] for line in mara.get(f"statements/{MARAS_STATEMENT}/lines")["lines"]] == [1, 2]
    assert mara.get(f"statements/{MARAS_STATEMENT}/lines", after=1, limit=1)["lines"][0]["number"] == 2
    assert mara.get(f"ledger/{MARA}")["items"][0]["decision"]["id"] == "maras-decision"
    assert f"entry/{MARA}/1" in snapshot_of(mara)
    assert [w["id"] for w in mara.get("works", artist=MARA, limit=1)["items"]] == [SALT]
    assert mara.get("works", artist=OLA)["items"] == []


def test_lists_go_on_where_the_page_before_ended(mara: Device) -> None:
    first = mara.get("works", limit=1)
    second = mara.get("works", limit=1, after=first["next"])
    assert first["items"] + second["items"] == mara.get("works")["items"]


def test_snapshot_and_feed_come_to_the_same(mara: Device) -> None:
    items, cursor, _ = feed_from(mara)
    rows = apply({}, items)
    assert rows == snapshot_of(mara)
    mara.push(a_decision())
    later, _, _ = feed_from(mara, cursor)
    assert [i["kind"] for i in later] == ["entry", "receipt"]
    assert apply(rows, later) == snapshot_of(mara)


def test_a_mandate_to_see_works_shows_no_money(place: Place) -> None:
    with a_backend(place, mandate_step(a_mandate(DECIDES, (Power.SEE_WORKS,)))) as backend:
        manager = backend.sign_in(MANAGER)
        rows = snapshot_of(manager)
        assert f"work/{SALT}" in rows
        assert not [key for key in rows if key.startswith("statement/")]
        assert manager.ask("GET", f"statements/{MARAS_STATEMENT}/lines").status_code == 404


def test_a_mandate_to_see_money_shows_lines(place: Place) -> None:
    mandate = a_mandate(DECIDES, (Power.SEE_WORKS, Power.SEE_MONEY))
    with a_backend(place, mandate_step(mandate)) as backend:
        assert backend.sign_in(MANAGER).get(f"statements/{MARAS_STATEMENT}/lines")["lines"]


def test_when_a_mandate_comes_and_goes_the_feed_brings_and_takes_what_it_opens(
    backend: Backend, mara: Device
) -> None:
    manager = backend.sign_in(MANAGER)
    items, cursor, _ = feed_from(manager)
    rows = apply({}, items)
    assert f"work/{SALT}" not in rows
    body = encode({"mandate": replace(a_mandate(), id="")})
    given = mara.ask("POST", "mandates", data=body, headers={"Content-Type": "application/json"})
    assert given.status_code == 201, given.text
    items, cursor, scopes = feed_from(manager, cursor)
    assert scopes == {"scope_added": [MARA], "scope_removed": []}
    assert apply(rows, items) == snapshot_of(manager)
    assert f"work/{SALT}" in rows
    assert manager.get("account")["artists"][0]["artist"] == MARA
    id = given.json()["entry"]["mandate"]["id"]
    assert mara.ask("POST", f"mandates/{id}/revoke").status_code == 200
    backend.clock.now += timedelta(seconds=1)
    items, cursor, scopes = feed_from(manager, cursor)
    assert scopes == {"scope_added": [], "scope_removed": [MARA]}
    assert apply(rows, items) == snapshot_of(manager)
    assert f"work/{SALT}" not in rows
    assert f"mandate/{id}" in rows
    assert manager.get("account")["artists"] == []
    assert feed_from(manager, cursor)[0] == []


def test_a_mandate_that_ends_by_the_calendar_takes_its_rows_with_it(place: Place) -> None:
    mandate = a_mandate(until=date(2025, 6, 2))
    with a_backend(place, mandate_step(mandate)) as backend:
        manager = backend.sign_in(MANAGER)
        items, cursor, _ = feed_from(manager)
        rows = apply({}, items)
        backend.clock.now += timedelta(days=2)
        items, _, scopes = feed_from(manager, cursor)
        assert scopes["scope_removed"] == [MARA]
        assert apply(rows, items) == snapshot_of(manager)


def test_only_the_artist_gives_and_takes_back_a_mandate(place: Place) -> None:
    with a_backend(place, mandate_step(a_mandate())) as backend:
        manager, ola = backend.sign_in(MANAGER), backend.sign_in(OLA_ACCOUNT)
        body = encode({"mandate": a_mandate()})
        headers = {"Content-Type": "application/json"}
        assert manager.ask("POST", "mandates", data=body, headers=headers).status_code == 404
        for device in (manager, ola):
            unknown = device.ask("POST", "mandates/none/revoke")
            known = device.ask("POST", f"mandates/{DECIDES}/revoke")
            assert (known.status_code, known.content) == (404, unknown.content)


def test_a_work_that_leaves_an_artist_leaves_their_feed(backend: Backend, mara: Device) -> None:
    items, cursor, _ = feed_from(mara)
    rows = apply({}, items)
    with changing(backend) as connection:
        moved = Work(SALT, WorkKind.RECORDING, "Salt Lines", (OLA,))
        fill(connection, backend.running.service, [(Kind.WORK, moved)])
    items, cursor, _ = feed_from(mara, cursor)
    assert apply(rows, items) == snapshot_of(mara)
    assert f"work/{SALT}" not in rows
    ola = backend.sign_in(OLA_ACCOUNT)
    assert ola.get(f"works/{SALT}")["artists"] == [OLA]


def test_a_row_that_comes_into_reach_late_passes_by_in_the_feed(backend: Backend, mara: Device) -> None:
    _, cursor, _ = feed_from(mara)
    with changing(backend) as connection:
        shared = Work(OLAS, WorkKind.RECORDING, "Ola's Song", (OLA, MARA))
        fill(connection, backend.running.service, [(Kind.WORK, shared)])
    items, _, _ = feed_from(mara, cursor)
    assert {f"{i['kind']}/{i['id']}" for i in items} >= {f"work/{OLAS}", f"party/{OLA}"}


@pytest.mark.parametrize("query", ["cursor=x", "cursor=" + "A" * 200])
def test_a_cursor_that_was_not_made_here_has_expired(mara: Device, query: str) -> None:
    assert mara.ask("GET", f"feed?{query}").status_code == 410


def test_a_cursor_of_another_account_or_turned_by_a_byte_has_expired(backend: Backend, mara: Device) -> None:
    cursor = mara.get("feed")["cursor"]
    ola = backend.sign_in(OLA_ACCOUNT)
    assert ola.ask("GET", "feed", params={"cursor": cursor}).status_code == 410
    turned = ("B" if cursor[0] != "B" else "C") + cursor[1:]
    assert mara.ask("GET", "feed", params={"cursor": turned}).status_code == 410


def test_a_cursor_outlives_a_restart(backend: Backend, mara: Device) -> None:
    cursor = mara.get("feed")["cursor"]
    backend.restart()
    assert mara.get("feed", cursor=cursor)["items"] == []
    assert backend.clock.now == START
