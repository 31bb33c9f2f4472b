"""Programmes set up by hand: by whoever owns the service, and by nobody else."""

from __future__ import annotations

from pathlib import Path

from artist_console.backend.embedded import start_embedded
from artist_console.backend.storage import accounts, rows
from artist_console.backend.storage.hashes import sha256_of
from artist_console.domain.ids import AccountId, PartyId
from artist_console.domain.parties import Party, PartyKind
from artist_console.formats.kinds import Kind

from .world import DATA_KEY, SIGNING_KEY, Clock, Device

NEW = {"operator": "Umbra", "name": "Umbra Studio", "uses": ["train.generative"]}


def test_nobody_but_the_owner_sets_up_or_removes(tmp_path: Path) -> None:
    with start_embedded(tmp_path / "backend.db", DATA_KEY, SIGNING_KEY, clock=Clock()) as backend:
        with backend.service.changing() as connection:
            accounts.add_account(connection, AccountId("guest"), "A guest")
        backend.service.fixed_tokens[sha256_of("guest-token")] = AccountId("guest")
        owner = Device(backend.base_url, backend.token, "stream")
        guest = Device(backend.base_url, "guest-token", "stream")
        assert guest.ask("POST", "programmes", json=NEW).status_code == 403
        made = owner.ask("POST", "programmes", json=NEW)
        assert made.status_code == 200, made.text
        id = made.json()["programme"]["id"]
        assert guest.ask("POST", "programmes", json={**NEW, "id": id}).status_code == 403
        assert guest.ask("DELETE", f"programmes/{id}").status_code == 403
        assert owner.ask("GET", f"programmes/{id}").json()["name"] == "Umbra Studio"
        assert owner.ask("DELETE", f"programmes/{id}").status_code == 200
        assert owner.ask("DELETE", f"programmes/{id}").status_code == 404
        assert owner.ask("GET", f"programmes/{id}").status_code == 404
        for device in (owner, guest):
            device.session.close()


def test_an_operator_who_stands_in_a_file_alone_is_not_taken_for_it(tmp_path: Path) -> None:
    with start_embedded(tmp_path / "backend.db", DATA_KEY, SIGNING_KEY, clock=Clock()) as backend:
        claimed = Party(PartyId("claimed"), "Umbra", PartyKind.ORGANISATION, self_declared=True)
        with backend.service.changing() as connection:
            rows.put(connection, [(Kind.PARTY, claimed)])
        owner = Device(backend.base_url, backend.token, "stream")
        made = owner.ask("POST", "programmes", json=NEW).json()["programme"]
        with backend.service.database.reading() as connection:
            operator = rows.some_of(connection, Kind.PARTY, [made["operator"]])[made["operator"]]
        assert (operator.name, operator.self_declared) == ("Umbra", False)
        owner.session.close()


def test_what_cannot_be_a_programme_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with start_embedded(tmp_path / "backend.db", DATA_KEY, SIGNING_KEY, clock=Clock()) as backend:
        owner = Device(backend.base_url, backend.token, "stream")
        for wrong, word in (
            ({"name": " "}, "programme"),
            ({"operator": "x" * 201}, "operator"),
            ({"uses": []}, "use"),
            ({"summary": "x" * 4_001}, "room"),
            ({"terms": "x" * 500_001}, "terms"),
        ):
            answer = owner.ask("POST", "programmes", json={**NEW, **wrong})
            assert answer.status_code == 400
            assert word in answer.json()["detail"]
        assert owner.ask("POST", "programmes", json={**NEW, "uses": ["fly"]}).status_code == 400
        assert owner.ask("GET", "programmes").json()["items"] == []
        owner.session.close()
