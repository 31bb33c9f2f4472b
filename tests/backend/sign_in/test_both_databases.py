"""Signing in over SQLite and over PostgreSQL, and what becomes of devices from before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlcipher3 import dbapi2

from artist_console.backend.storage import devices
from artist_console.backend.storage.devices import Refresh
from artist_console.backend.storage.revisions import r0001_first, r0003_sign_in
from artist_console.formats.sign_in_wire import ONE_TIME_CODE

from ..places import Place
from ..world import START
from .test_races import AT_ONCE, ONE, all_at_once, outcomes
from .world import OLA, PASSWORD, Hosted, a_hosted_service


@pytest.fixture
def hosted(place: Place, tmp_path: Path) -> Iterator[Hosted]:
    with a_hosted_service(tmp_path, database=place.open()) as running:
        yield running


def test_every_way_in_and_out(hosted: Hosted) -> None:
    browser = hosted.browser().authorize().sign_in("Mara", "wrong").sign_in().answer()
    held = hosted.redeem(browser.came_back["code"]).json()
    held = hosted.refresh(held["refresh_token"]).json()
    assert hosted.works(held["access_token"])
    begun = hosted.begin_device()
    device = hosted.browser().open("/oauth/device")
    device.submit("/oauth/device", user_code=begun["user_code"])
    device.sign_in().answer()
    assert hosted.works(hosted.ask_for_device(begun["device_code"]).json()["access_token"])
    invited = hosted.browser().open("/oauth/invitation")
    code = hosted.code(OLA)
    invited.submit("/oauth/invitation", code=code, name="Ola", new_password=PASSWORD, again=PASSWORD)
    invited.submit("/oauth/account", action="step")
    secret = invited.words.partition("open it there:")[2].partition("Open in")[0].replace(" ", "")
    invited.submit("/oauth/account", action="confirm", code=pyotp.TOTP(secret).at(hosted.clock.now))
    assert "The second step is on" in invited.words
    assert "Second step" in hosted.browser().authorize().sign_in("OLA").words
    assert hosted.live_devices() == 2
    hosted.revoke(held["refresh_token"])
    assert hosted.get("account", held["access_token"]).status_code == 403
    assert hosted.live_devices() == 1


def test_fifty_at_once_leave_one_lineage(hosted: Hosted) -> None:
    code = hosted.code()
    answers = all_at_once(lambda: hosted.token(grant_type=ONE_TIME_CODE, code=code, device_name="x"))
    assert outcomes(answers) == ONE
    held = next(answer.json() for answer in answers if answer.status_code == 200)
    refreshed = all_at_once(lambda: hosted.refresh(held["refresh_token"]))
    assert outcomes(refreshed) == {"token": AT_ONCE}
    assert hosted.refresh(refreshed[3].json()["refresh_token"]).status_code == 200
    assert hosted.rows("refresh_tokens") == 2
    assert hosted.refresh(refreshed[4].json()["refresh_token"]).status_code == 400
    assert (hosted.rows("devices"), hosted.live_devices()) == (1, 0)


def test_devices_from_before_stay_known_and_sign_in_once_more() -> None:
    engine = sa.create_engine("sqlite://", module=dbapi2)
    with engine.begin() as connection:
        operations = Operations(MigrationContext.configure(connection))
        r0001_first.upgrade(operations)
        connection.exec_driver_sql(
            "INSERT INTO devices VALUES ('d', 'a-mara', 'Laptop', 'hash', '2025-05-01T10:00:00+00:00',"
            " '2025-07-30T10:00:00+00:00', NULL)"
        )
        r0003_sign_in.upgrade(operations)
        assert devices.any_device(connection)
        assert devices.listed(connection, "a-mara", START) == ()
        assert devices.judge(connection, "family.secret", START).worth is Refresh.UNKNOWN
        row = connection.exec_driver_sql("SELECT id, account, name, revoked_at FROM devices").one()
        assert tuple(row) == ("d", "a-mara", "Laptop", None)
        names = set(sa.inspect(connection).get_table_names())
        assert "devices_before" not in names
        assert {"access_tokens", "refresh_tokens", "visits", "tries"} <= names
    engine.dispose()
