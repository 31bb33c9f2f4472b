"""The ways in as messages: what is asked of a service, how often, and what ends the asking."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from urllib.parse import parse_qsl, urlsplit

import pytest

from artist_console.domain.problems import NetworkProblem, Problem
from artist_console.sync.cancelling import Cancellation
from artist_console.sync.connection import Connection
from artist_console.sync.oauth import AuthorizationServer, new_challenge
from artist_console.sync.sign_in_problems import (
    SignInDenied,
    SignInFailed,
    SignInRanOut,
    SignInStopped,
)
from artist_console.sync.signing_in import AskOnAnotherDevice, in_browser, on_another_device
from artist_console.sync.tokens import Granted

from .authority import Authority, authority, browse


class Clock:
    """Time that passes when somebody waits."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


def by_device(
    service: Authority, show: Callable[[AskOnAnotherDevice], None] = lambda asked: None
) -> tuple[Granted, list[float]]:
    clock = Clock()
    with closing(Connection(service.base_url)) as line:
        granted = on_another_device(
            AuthorizationServer(line), "Studio", show, Cancellation(), wait=clock.wait, clock_s=clock
        )
    return granted, clock.waits


def test_a_service_that_asks_to_slow_down_is_asked_less_often() -> None:
    with authority() as service:
        service.interval = 5
        service.device_answers = ["authorization_pending", "slow_down", "authorization_pending", "slow_down"]
        granted, waits = by_device(service)
    assert granted.account == "account-1"
    assert waits == [5, 5, 10, 10, 15]


@pytest.mark.parametrize(("interval", "first"), [(0, 1), (-3, 1), (100_000, 60)])
def test_a_pause_that_makes_no_sense_is_made_sensible(interval: int, first: float) -> None:
    with authority() as service:
        service.interval = interval
        _, waits = by_device(service)
    assert waits == [first]


def test_a_line_that_fails_for_a_while_is_asked_again_later() -> None:
    with authority() as service:
        service.device_answers = ["authorization_pending"]
        service.lose_replies = 1
        _, waits = by_device(service)
    assert waits == [1, 2]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ("access_denied", SignInDenied),
        ("expired_token", SignInRanOut),
        ("invalid_grant", SignInFailed),
        ("<b>odd</b>", SignInFailed),
    ],
)
def test_what_ends_the_asking_is_told(error: str, kind: type[Problem]) -> None:
    with authority() as service:
        service.device_answers = [error, "authorization_pending"]
        with pytest.raises(kind):
            by_device(service)
        assert len(service.tokens_asked()) == 1


def test_a_code_that_nobody_types_ends_with_its_time() -> None:
    with authority() as service:
        service.device_answers = ["authorization_pending"] * 2_000
        service.interval = 60
        with pytest.raises(SignInRanOut):
            by_device(service)
        assert len(service.tokens_asked()) == 15  # of 900 seconds


def test_stopping_ends_the_asking_at_once() -> None:
    cancel = Cancellation()
    with authority() as service, closing(Connection(service.base_url)) as line:
        service.device_answers = ["authorization_pending"] * 100
        with pytest.raises(SignInStopped):
            on_another_device(AuthorizationServer(line), "Studio", lambda asked: cancel.cancel(), cancel)
        assert service.tokens_asked() == []


@pytest.mark.parametrize(
    "page", ["https://evil.example/device", "javascript:alert(1)", "file:///etc/passwd", "//evil.example"]
)
def test_a_page_elsewhere_is_not_shown(page: str) -> None:
    shown: list[AskOnAnotherDevice] = []
    with authority() as service:
        service.device_begun = {"verification_uri": page}
        with pytest.raises(NetworkProblem):
            by_device(service, shown.append)
    assert shown == []


def test_the_browser_is_asked_with_a_proof_and_a_state_that_nobody_can_guess() -> None:
    asked: list[dict[str, str]] = []
    with authority() as service:
        for _ in range(2):
            cancel = Cancellation()

            def open_browser(page: str, cancel: Cancellation = cancel) -> bool:
                asked.append(dict(parse_qsl(urlsplit(page).query)))
                cancel.cancel()
                return True

            with closing(Connection(service.base_url)) as line, pytest.raises(SignInStopped):
                in_browser(
                    AuthorizationServer(line), "Studio & more", open_browser, lambda page: None, cancel
                )
    first, second = asked
    assert first["response_type"] == "code"
    assert first["client_id"] == "artist-console"
    assert first["code_challenge_method"] == "S256"
    assert first["device_name"] == "Studio & more"
    assert first["redirect_uri"].startswith("http://127.0.0.1:")
    assert first["redirect_uri"].endswith("/signed-in")
    assert len(first["state"]) >= 43
    assert len(first["code_challenge"]) == 43
    assert first["state"] != second["state"]
    assert first["code_challenge"] != second["code_challenge"]
    assert "client_secret" not in first


def test_nobody_who_comes_back_in_time_is_told() -> None:
    with authority() as service, closing(Connection(service.base_url)) as line, pytest.raises(SignInRanOut):
        in_browser(
            AuthorizationServer(line),
            "Studio",
            lambda page: True,
            lambda page: None,
            Cancellation(),
            within_s=0.05,
        )


@pytest.mark.parametrize("round", range(20))
def test_the_code_of_the_browser_is_redeemed_once_with_its_proof(round: int) -> None:
    with authority() as service, closing(Connection(service.base_url)) as line:
        granted = in_browser(AuthorizationServer(line), "Studio", browse, lambda page: None, Cancellation())
        assert granted.account == "account-1"
        assert service.codes == {}
        assert [family.name for family in service.families] == ["Studio"]
        (fields,) = service.tokens_asked()
        assert len(fields["code_verifier"]) >= 43


def test_an_answer_mixed_in_from_another_service_has_no_effect() -> None:
    with authority() as service, closing(Connection(service.base_url)) as line:
        service.redirect_extra = {"iss": "https://other.example"}
        with pytest.raises(SignInRanOut):
            in_browser(
                AuthorizationServer(line),
                "Studio",
                browse,
                lambda page: None,
                Cancellation(),
                within_s=0.5,
            )
        assert service.tokens_asked() == []


def test_a_code_that_the_service_takes_back_is_told() -> None:
    with authority() as service, closing(Connection(service.base_url)) as line:
        body = json.dumps({"error": "invalid_grant", "error_description": "<b>call us</b>"}).encode()
        service.token_answer = (400, "application/json", body)
        with pytest.raises(SignInFailed) as told:
            in_browser(AuthorizationServer(line), "Studio", browse, lambda page: None, Cancellation())
        assert "invalid_grant" in told.value.title
        assert "call us" not in told.value.sentence


def test_no_two_proofs_are_the_same() -> None:
    proofs = {new_challenge().challenge for _ in range(100)}
    assert len(proofs) == 100
    assert "SecretText" in repr(new_challenge())
