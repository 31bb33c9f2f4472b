"""Many at once, on a real socket: whoever comes first, one lineage is left.

`ARTIST_CONSOLE_RACES=20` runs each race twenty times.
"""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests

from artist_console.formats.sign_in_wire import ONE_TIME_CODE

from .world import OLA, PASSWORD, Hosted, a_hosted_service

AT_ONCE = 50
TIMES = range(int(os.environ.get("ARTIST_CONSOLE_RACES", "2")))
every_time = pytest.mark.parametrize("time", TIMES)


@pytest.fixture
def hosted(tmp_path: Path) -> Iterator[Hosted]:
    with a_hosted_service(tmp_path) as running:
        yield running


def all_at_once(ask: Callable[[], requests.Response]) -> list[requests.Response]:
    """Every one holds its breath until all are ready."""
    start = threading.Barrier(AT_ONCE)

    def one() -> requests.Response:
        start.wait(60)
        return ask()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [future.result() for future in [pool.submit(one) for _ in range(AT_ONCE)]]


def outcomes(answers: list[requests.Response]) -> Counter[str]:
    return Counter("token" if a.status_code == 200 else a.json()["error"] for a in answers)


ONE = Counter({"token": 1, "invalid_grant": AT_ONCE - 1})


@every_time
def test_refreshes_at_once_leave_one_lineage(hosted: Hosted, time: int) -> None:
    held = hosted.sign_in()
    answers = all_at_once(lambda: hosted.refresh(held["refresh_token"]))
    assert outcomes(answers) == Counter({"token": AT_ONCE})
    successors = [answer.json()["refresh_token"] for answer in answers]
    assert len(set(successors)) == AT_ONCE
    assert {answer.json()["device"] for answer in answers} == {held["device"]}
    # The first that is used goes on; of all the others not one is good any more.
    second = hosted.refresh(successors[7]).json()
    assert hosted.rows("refresh_tokens") == 2
    assert hosted.works(second["access_token"])
    assert hosted.rows("devices") == 1


@every_time
def test_of_successors_used_at_once_one_goes_on_and_the_next_ends_the_family(
    hosted: Hosted, time: int
) -> None:
    held = hosted.sign_in()
    successors = iter([hosted.refresh(held["refresh_token"]).json()["refresh_token"] for _ in range(AT_ONCE)])
    taking = threading.Lock()

    def use_one() -> requests.Response:
        with taking:
            mine = next(successors)
        return hosted.refresh(mine)

    assert outcomes(all_at_once(use_one)) == ONE
    assert hosted.live_devices() == 0
    assert hosted.rows("refresh_tokens") == 0


@every_time
def test_redemptions_of_a_code_at_once_leave_one_lineage_which_the_second_use_ends(
    hosted: Hosted, time: int
) -> None:
    code = hosted.authorization_code()
    assert outcomes(all_at_once(lambda: hosted.redeem(code))) == ONE
    assert hosted.rows("devices") == 1
    assert hosted.live_devices() == 0


@every_time
def test_redemptions_of_a_one_time_code_at_once_leave_one_lineage(hosted: Hosted, time: int) -> None:
    code = hosted.code()
    ask = lambda: hosted.token(grant_type=ONE_TIME_CODE, code=code, device_name="x")  # noqa: E731
    assert outcomes(all_at_once(ask)) == ONE
    assert (hosted.rows("devices"), hosted.live_devices()) == (1, 1)
    assert hosted.rows("refresh_tokens") == 1


@every_time
def test_redemptions_of_a_device_code_at_once_leave_one_lineage(hosted: Hosted, time: int) -> None:
    begun = hosted.begin_device()
    hosted.answer_device(begun["device_code"], allowed=True)
    assert outcomes(all_at_once(lambda: hosted.ask_for_device(begun["device_code"]))) == ONE
    assert (hosted.rows("devices"), hosted.live_devices()) == (1, 1)


@every_time
def test_one_yes_sent_many_times_at_once_gives_one_code(hosted: Hosted, time: int) -> None:
    browser = hosted.browser().authorize().sign_in()
    form = browser.fields | {"answer": "yes"}
    cookies: Any = browser.session.cookies

    def say_yes() -> requests.Response:
        return hosted.post("/oauth/consent", form, cookies=cookies)

    answers = all_at_once(say_yes)
    assert Counter(answer.status_code for answer in answers) == Counter({303: 1, 400: AT_ONCE - 1})
    assert hosted.rows("authorization_codes") == 1


@every_time
def test_one_invitation_used_many_times_at_once_sets_one_password(hosted: Hosted, time: int) -> None:
    code = hosted.code(OLA)
    browsers = iter([hosted.browser().open("/oauth/invitation") for _ in range(AT_ONCE)])
    taking = threading.Lock()

    def use() -> requests.Response:
        with taking:
            browser = next(browsers)
        browser.submit("/oauth/invitation", code=code, name="Ola", new_password=PASSWORD, again=PASSWORD)
        assert browser.last is not None
        return browser.last

    # Many come from one address, so those who are late are told to wait, or that the code was used.
    statuses = Counter(answer.status_code for answer in all_at_once(use))
    assert statuses[200] == 1, statuses
    assert set(statuses) <= {200, 403, 429}
    assert hosted.rows("credentials") == 2
