"""Proofs of a ledger as the service gives them: signed once, true at every size, for whom it is open to."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext

from artist_console.backend.storage import heads as stored
from artist_console.backend.storage import settings
from artist_console.backend.storage.heads import nodes, signed_heads
from artist_console.backend.storage.revisions import r0004_heads
from artist_console.domain.decisions import LedgerEntry, Pin
from artist_console.domain.mandates import Power
from artist_console.formats.encoding import encode
from artist_console.formats.kinds import Kind
from artist_console.formats.merkle import leaf_hash, root_of, verify_consistency, verify_inclusion
from artist_console.formats.receipts import ReceiptSigner, SignerRole
from artist_console.formats.signatures import PublicKey
from artist_console.formats.signed_head import SignedHead, VerifiedHead, read_head, read_path, verify_head
from artist_console.formats.wire import decode_row, entry_bytes

from .places import Place
from .world import (
    MANAGER,
    MARA,
    MARA_ACCOUNT,
    OLA,
    OLA_ACCOUNT,
    Backend,
    Device,
    a_backend,
    a_decision,
    a_mandate,
    mandate_step,
)

LENGTH = 21


@pytest.fixture
def backend(tmp_path: Path) -> Iterator[Backend]:
    with a_backend(tmp_path) as running:
        yield running


@pytest.fixture
def mara(backend: Backend) -> Device:
    return backend.sign_in(MARA_ACCOUNT)


def grown(device: Device, length: int = LENGTH) -> list[LedgerEntry]:
    """A ledger of some length, in pushes of one and of several, as it is told."""
    while device.pin().n < length:
        left = length - device.pin().n
        device.push(*(a_decision() for _ in range(min(left, 1 + device.pin().n % 4))))
    return entries(device)


def entries(device: Device, artist: str = MARA) -> list[LedgerEntry]:
    items = device.get(f"ledger/{artist}")["items"]
    return [decode_row(Kind.ENTRY, encode(item)) for item in items]


def leaves(told: list[LedgerEntry]) -> list[bytes]:
    return [leaf_hash(entry_bytes(entry)) for entry in told]


def head_text(device: Device, artist: str = MARA) -> str:
    text: str = device.get(f"ledger/{artist}/head")["head"]
    return text


def head(device: Device, artist: str = MARA) -> SignedHead:
    """The signed head, verified with the key that the service names."""
    keys = {key["kid"]: PublicKey.from_jwk(key) for key in device.get("keys")["keys"]}
    found = verify_head(read_head(head_text(device, artist)), keys)
    assert isinstance(found, VerifiedHead)
    return found.claims


def test_the_signed_head_is_that_of_the_ledger_as_it_is_told(backend: Backend, mara: Device) -> None:
    for length in (1, 2, 5):
        told = grown(mara, length)
        claims = head(mara)
        assert claims.pin == Pin(length, told[-1].head)
        assert claims.root == root_of(leaves(told)).hex()
        assert claims.artist == MARA
        assert claims.epoch == backend.running.service.identity.epoch
        assert claims.signer == ReceiptSigner("this computer", SignerRole.THIS_COMPUTER)


def test_a_ledger_with_nothing_in_it_has_a_head(mara: Device) -> None:
    assert (head(mara).size, head(mara).head) == (0, "")
    assert mara.get("heads") == {"heads": [], "next": None}


def test_one_size_is_signed_once_whenever_it_is_asked_for(backend: Backend, mara: Device) -> None:
    grown(mara, 3)
    first = head_text(mara)
    backend.clock.now += timedelta(days=1)
    assert head_text(mara) == first
    backend.restart()
    assert head_text(mara) == first
    assert mara.get("heads")["heads"] == [first]
    mara.push(a_decision())
    assert head(mara).size == 4
    with backend.running.service.database.reading() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(signed_heads)).scalar() == 2


def test_those_who_ask_at_the_same_moment_get_the_same_text(backend: Backend, mara: Device) -> None:
    grown(mara, 3)
    devices = [backend.sign_in(MARA_ACCOUNT) for _ in range(8)]
    with ThreadPoolExecutor(8) as asking:
        assert len(set(asking.map(head_text, devices))) == 1


def test_a_new_epoch_signs_anew(backend: Backend, mara: Device) -> None:
    grown(mara, 3)
    before = head(mara)
    with backend.running.service.changing() as connection:
        epoch = settings.begin_epoch(connection)
    backend.restart()
    after = head(mara)
    assert (after.epoch, after.root, after.pin) == (epoch, before.root, before.pin)
    assert not after.contradicts(before)


def test_every_entry_is_proved_at_every_size(mara: Device) -> None:
    hashes = leaves(grown(mara))
    for size in range(1, LENGTH + 1):
        root = root_of(hashes[:size])
        for n in range(1, size + 1):
            answer = mara.get(f"ledger/{MARA}/inclusion", n=n, size=size)
            assert (answer["n"], answer["size"]) == (n, size)
            assert verify_inclusion(hashes[n - 1], n - 1, size, read_path(answer["path"]), root)
    assert mara.get(f"ledger/{MARA}/inclusion", n=1)["size"] == LENGTH


def test_every_growth_is_proved(mara: Device) -> None:
    hashes = leaves(grown(mara))
    for second in range(LENGTH + 1):
        for first in range(second + 1):
            answer = mara.get(f"ledger/{MARA}/consistency", first=first, second=second)
            path = read_path(answer["path"])
            roots = root_of(hashes[:first]), root_of(hashes[:second])
            assert verify_consistency(first, second, path, *roots)
    assert mara.get(f"ledger/{MARA}/consistency", first=1)["second"] == LENGTH


@pytest.mark.parametrize(
    "path",
    [
        *("inclusion?n=4", "inclusion?n=1&size=4", "inclusion?n=0", "inclusion", "inclusion?n=3&size=2"),
        *("consistency?first=4", "consistency?first=1&second=4", "consistency", "consistency?first=-1"),
    ],
)
def test_what_the_ledger_does_not_reach_is_told(mara: Device, path: str) -> None:
    grown(mara, 3)
    answer = mara.ask("GET", f"ledger/{MARA}/{path}")
    assert answer.status_code == 400
    assert answer.json()["type"] == "urn:artist-console:problem:malformed"


@pytest.mark.parametrize("what", ["head", "inclusion?n=1", "consistency?first=1"])
def test_out_of_reach_and_not_there_are_answered_alike(backend: Backend, mara: Device, what: str) -> None:
    grown(mara, 2)
    ola = backend.sign_in(OLA_ACCOUNT)
    hidden = ola.ask("GET", f"ledger/{MARA}/{what}")
    absent = ola.ask("GET", f"ledger/nobody/{what}")
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert ola.get("heads")["heads"] == []


def test_a_mandate_opens_the_proofs_with_the_ledger_and_closes_them(tmp_path: Path) -> None:
    mandate = a_mandate(powers=(Power.SEE_WORKS,))
    with a_backend(tmp_path, mandate_step(mandate)) as backend:
        manager, mara = backend.sign_in(MANAGER), backend.sign_in(MARA_ACCOUNT)
        assert head_text(manager) == head_text(mara)
        assert manager.get("heads") == mara.get("heads")
        assert mara.ask("POST", f"mandates/{mandate.id}/revoke").status_code in (200, 201)
        assert manager.ask("GET", f"ledger/{MARA}/head").status_code == 404
        assert manager.get("heads")["heads"] == []


def test_the_heads_of_many_ledgers_come_in_pages(
    backend: Backend, mara: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("artist_console.backend.heads.PAGE_HEADS", 1)
    with backend.running.service.changing() as connection:
        connection.execute(sa.text("INSERT INTO own_artists VALUES ('a-mara', 'ola')"))
    ola = backend.sign_in(OLA_ACCOUNT)
    ola.push(a_decision(by=OLA_ACCOUNT, artist=OLA))
    grown(mara, 2)
    first = mara.get("heads")
    second = mara.get("heads", after=first["next"])
    assert second["next"] is None
    told = [read_head(text).claims.artist for text in (*first["heads"], *second["heads"])]
    assert told == [MARA, OLA]


@pytest.mark.parametrize("table", ["ledger_nodes", "signed_heads"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET artist = 'x'",
        "DELETE FROM {}",
        "INSERT OR REPLACE INTO {} SELECT * FROM {} LIMIT 1",
    ],
)
def test_nothing_of_it_is_changed_or_removed(
    backend: Backend, mara: Device, table: str, statement: str
) -> None:
    grown(mara, 3)
    head(mara)
    with (
        pytest.raises(sa.exc.IntegrityError, match="append-only"),
        backend.running.service.database.writing() as connection,
    ):
        connection.exec_driver_sql(statement.format(table, table))


def test_ledgers_from_before_get_their_hashes(backend: Backend, mara: Device) -> None:
    hashes = leaves(grown(mara))
    with backend.running.service.database.writing() as connection:
        before = {tuple(row) for row in connection.execute(sa.select(nodes))}
        for table in ("ledger_nodes", "signed_heads"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        r0004_heads.upgrade(Operations(MigrationContext.configure(connection)))
        assert {tuple(row) for row in connection.execute(sa.select(nodes))} == before
        assert len(before) == 2 * LENGTH - LENGTH.bit_count()
    mara.push(a_decision())
    hashes = leaves(entries(mara))
    assert head(mara).root == root_of(hashes).hex()


def test_hashes_of_a_push_that_is_rolled_back_are_not_kept(backend: Backend, mara: Device) -> None:
    grown(mara, 3)

    def fails(connection: Any) -> None:
        written = backend.running.service.ledgers.append(
            connection, replace(entries(mara)[-1], decision=None)
        )
        assert stored.range_at(connection, MARA, written.entry.n).size == 4
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), backend.running.service.changing() as connection:
        fails(connection)
    assert head(mara).size == 3
    told = grown(mara, 4)
    assert head(mara).root == root_of(leaves(told)).hex()


def test_proofs_are_the_same_on_both_databases(place: Place) -> None:
    with a_backend(place) as backend:
        mara = backend.sign_in(MARA_ACCOUNT)
        hashes = leaves(grown(mara, 7))
        first = head_text(mara)
        claims = head(mara)
        assert claims.root == root_of(hashes).hex()
        backend.restart()
        assert head_text(mara) == first
        for size in (1, 4, 6, 7):
            path = read_path(mara.get(f"ledger/{MARA}/consistency", first=size)["path"])
            assert verify_consistency(size, 7, path, root_of(hashes[:size]), root_of(hashes))
            path = read_path(mara.get(f"ledger/{MARA}/inclusion", n=size)["path"])
            assert verify_inclusion(hashes[size - 1], size - 1, 7, path, root_of(hashes))
        with ThreadPoolExecutor(4) as asking:
            mara.push(a_decision())
            assert len(set(asking.map(head_text, [mara] * 4))) == 1


def test_a_tree_that_is_remembered_is_not_that_of_another_history(backend: Backend, mara: Device) -> None:
    """The database is put back under a running service, and grows to the same length otherwise."""
    grown(mara, 3)
    ledgers = backend.running.service.ledgers
    remembered = dict(ledgers._trees)
    mara.push(a_decision())
    ledgers._trees.update(remembered)
    mara.push(a_decision())
    ledgers._trees[MARA] = (remembered[MARA][0], ledgers._trees[MARA][1])
    mara.push(a_decision())
    assert head(mara).root == root_of(leaves(entries(mara))).hex()
