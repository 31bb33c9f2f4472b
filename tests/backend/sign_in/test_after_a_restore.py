"""A restored service asks every device to sign in again: it accuses none, and brings none back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from artist_console.backend.storage import accounts, devices, settings
from artist_console.backend.storage.database import Database, open_database
from artist_console.backend.storage.devices import Issued, Refresh

from ..world import DATA_KEY, START
from .world import MARA


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "service.db", DATA_KEY)
    with opened.writing() as connection:
        accounts.add_account(connection, MARA, "Mara")
    yield opened
    opened.close()


@pytest.fixture
def issued(database: Database) -> Issued:
    with database.writing() as connection:
        return devices.sign_in(connection, "laptop", MARA, "Laptop", START)


def test_a_token_from_before_is_over_and_no_replay(database: Database, issued: Issued) -> None:
    with database.writing() as connection:
        settings.begin_epoch(connection)
    for token in (issued.refresh_token, issued.refresh_token.split(".")[0] + ".since-the-copy"):
        with database.writing() as connection:
            assert devices.judge(connection, token, START).worth is Refresh.OVER
    with database.reading() as connection:
        assert devices.holder_of(connection, issued.access_token, START) is None
        assert [device.id for device in devices.listed(connection, MARA, START)] == ["laptop"]


def test_a_device_that_was_revoked_after_the_copy_does_not_come_back(
    database: Database, issued: Issued
) -> None:
    with database.writing() as connection:  # the copy, in which the device is still good
        settings.begin_epoch(connection)
        judged = devices.judge(connection, issued.refresh_token, START)
    assert judged.worth is not Refresh.GOOD


def test_signing_in_again_goes_on_as_ever(database: Database, issued: Issued) -> None:
    with database.writing() as connection:
        settings.begin_epoch(connection)
        again = devices.sign_in(connection, "laptop again", MARA, "Laptop", START)
        judged = devices.judge(connection, again.refresh_token, START)
        assert judged.worth is Refresh.GOOD
        devices.go_on(connection, again.refresh_token, judged, START)
