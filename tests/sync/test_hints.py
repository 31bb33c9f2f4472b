"""Waiting for a hint that something changed: told at once, and let go of at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from artist_console.store import profile
from artist_console.sync.api import Api
from artist_console.sync.hints import Listening
from artist_console.sync.problems import Unreachable
from tests.store.records import artist_rows
from tests.sync.devices import Device, Service
from tests.sync.servers import answering

Waiter = Callable[[Api], "Waiting"]


class Waiting:
    """A wait in a thread of its own."""

    def __init__(self, listening: Listening, wait_s: int = 25) -> None:
        self.found: object = None
        self.thread = threading.Thread(target=self._wait, args=(listening, wait_s))
        self.thread.start()

    def _wait(self, listening: Listening, wait_s: int) -> None:
        try:
            self.found = listening.wait(wait_s)
        except Unreachable as problem:
            self.found = problem

    def end(self, within_s: float) -> object:
        self.thread.join(within_s)
        assert not self.thread.is_alive(), "it still waits"
        return self.found


def waits_in(service: Service) -> None:
    """Until the service holds a request open."""
    event = service.backend.service.hub.ticket()
    ends = time.monotonic() + 10
    while not event._waiters and time.monotonic() < ends:  # type: ignore[attr-defined]
        time.sleep(0.005)
    assert event._waiters  # type: ignore[attr-defined]


def test_a_change_is_told_while_it_is_waited_for(service: Service, device: Device) -> None:
    device.sync()
    place = profile.feed_place(device.store)
    with device.calling() as api:
        waiting = Waiting(Listening(api, place))
        waits_in(service)
        service.add(artist_rows(1, 1))
        service.add(artist_rows(0, 7))
        assert waiting.end(10) is True


def test_nothing_new_is_no_hint(service: Service, device: Device) -> None:
    device.sync()
    with device.calling() as api:
        assert Listening(api, profile.feed_place(device.store)).wait(1) is False


def test_a_wait_ends_at_once_when_it_is_stopped(service: Service, device: Device) -> None:
    device.sync()
    api = Api(service.backend.base_url, service.backend.token)
    listening = Listening(api, profile.feed_place(device.store))
    waiting = Waiting(listening)
    waits_in(service)
    since = time.monotonic()
    listening.stop()
    assert isinstance(waiting.end(20), Unreachable)
    assert time.monotonic() - since < 5, "25 s were asked for"


def test_a_wait_that_begins_after_it_was_stopped_does_not_wait(service: Service, device: Device) -> None:
    device.sync()
    api = Api(service.backend.base_url, service.backend.token)
    listening = Listening(api, profile.feed_place(device.store))
    listening.stop()
    assert isinstance(Waiting(listening).end(20), Unreachable)


def test_a_server_that_never_answers_does_not_hold_a_stop_up() -> None:
    with answering(b"", then_hang=True) as server:
        api = Api(server.base_url, "token")
        listening = Listening(api, profile.FeedPlace("cursor", "epoch"))
        waiting = Waiting(listening)
        ends = time.monotonic() + 10
        while not server.asked and time.monotonic() < ends:
            time.sleep(0.005)
        listening.stop()
        assert isinstance(waiting.end(5), Unreachable)


@pytest.mark.parametrize("epoch", ["another", None])
def test_a_new_epoch_is_a_hint(service: Service, device: Device, epoch: str | None) -> None:
    device.sync()
    here = profile.feed_place(device.store)
    with device.calling() as api:
        assert Listening(api, profile.FeedPlace(here.cursor, epoch)).wait(1) is True


def test_without_a_cursor_a_round_is_worth_running_at_once(device: Device) -> None:
    with device.calling() as api:
        assert Listening(api, profile.FeedPlace(None, None)).wait(25) is True
