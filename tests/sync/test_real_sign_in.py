"""The client's tokens against the real authorization server: races, lost replies, sudden ends, revocation."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from artist_console.backend.storage.hashes import sha256_of
from artist_console.commands.service import KeptIn, SignInPlace
from artist_console.host.paths import ProfileFolder
from artist_console.host.secret_text import SecretText
from artist_console.store import journal, profile
from artist_console.store.opening import Store, open_store
from artist_console.sync.engine import run_round
from artist_console.sync.problems import SignInAgain
from artist_console.sync.sign_in_problems import DeviceRevoked
from artist_console.sync.signing_in import reach
from tests.backend.sign_in.world import MARA, Hosted, a_hosted_service
from tests.store.records import decide

PAST_ACCESS = timedelta(minutes=11)
THREADS = 12


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with a_hosted_service(tmp_path_factory.mktemp("hosted")) as running:
        yield running


@pytest.fixture
def place(host: Hosted, tmp_path: Path) -> SignInPlace:
    """A device that signed in."""
    granted = host.sign_in()
    return SignInPlace(ProfileFolder(tmp_path), host.url, KeptIn.MEMORY, SecretText(granted["refresh_token"]))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "journal.db", tmp_path / "mirror.db", bytes(32), bytes(range(32)))
    yield opened
    opened.close()


def token_of(place: SignInPlace) -> str:
    assert place.held is not None
    return place.held.reveal()


def generation(host: Hosted, place: SignInPlace) -> int:
    """How many refresh tokens came one after the other until this one."""
    digest = sha256_of(token_of(place))
    query = sa.text("SELECT generation FROM refresh_tokens WHERE sha256 = :digest")
    with host.service.database.reading() as connection:
        return int(connection.execute(query, {"digest": digest}).scalar() or 0)


def test_threads_that_race_twenty_times_leave_one_lineage(host: Hosted, place: SignInPlace) -> None:
    live, stored = host.live_devices(), [token_of(place)]
    with reach(host.url, place) as api, ThreadPoolExecutor(THREADS) as pool:
        for _ in range(20):
            host.clock.now += PAST_ACCESS
            begin = threading.Barrier(THREADS)

            def ask(_: int, begin: threading.Barrier = begin) -> str:
                begin.wait()
                return api.account().id

            assert list(pool.map(ask, range(THREADS))) == [MARA] * THREADS
            stored.append(token_of(place))
    assert len(set(stored)) == 21
    assert generation(host, place) == 21  # one more for each time it had run out: none came about in vain
    assert host.live_devices() == live


def test_twenty_lost_replies_one_after_the_other_cost_nothing(host: Hosted, place: SignInPlace) -> None:
    for _ in range(20):
        assert host.refresh(token_of(place)).status_code == 200  # nobody hears it
    with reach(host.url, place) as api:
        assert api.account().id == MARA


def test_twenty_sudden_ends_after_storing_cost_nothing(host: Hosted, place: SignInPlace) -> None:
    for _ in range(20):
        before = token_of(place)
        with reach(host.url, place) as api:
            api.account()
        assert token_of(place) != before
        host.clock.now += PAST_ACCESS


def test_a_revoked_device_stops_its_round_and_keeps_the_queue(
    host: Hosted, place: SignInPlace, store: Store
) -> None:
    journal.append(store, [decide()])
    with reach(host.url, place) as api:
        mine = next(device for device in api.devices().devices if device.this_one)
        other = host.sign_in("Another")
        assert host.post(
            f"/v1/devices/{mine.id}/revoke", headers={"Authorization": f"Bearer {other['access_token']}"}
        ).ok
        for _ in range(2):
            with pytest.raises(DeviceRevoked):
                run_round(store, api, host.clock)
    assert journal.count_pending(store) == 1
    last = profile.last_round(store)
    assert last.problem_kind == "DeviceRevoked"
    assert last.next_try is None


def test_a_refused_renewal_stops_the_round_and_keeps_the_queue(
    host: Hosted, place: SignInPlace, store: Store
) -> None:
    journal.append(store, [decide()])
    place.held = SecretText("x" * 43)
    with reach(host.url, place) as api, pytest.raises(SignInAgain):
        run_round(store, api, host.clock)
    assert journal.count_pending(store) == 1
    assert profile.last_round(store).next_try is None
