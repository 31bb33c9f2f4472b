"""What is asked wrongly gets the error that its specification names, and nothing changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests

from artist_console.formats.sign_in_wire import (
    AUTHORIZATION_CODE,
    AUTHORIZE_PATH,
    CLIENT_ID,
    DEVICE_AUTHORIZATION_PATH,
    DEVICE_CODE,
    ONE_TIME_CODE,
    REFRESH_TOKEN,
    REVOKE_PATH,
    TOKEN_PATH,
)

from .world import MINUTE, REDIRECT, VERIFIER, Hosted, a_hosted_service, challenge_of

Ask = Callable[[], requests.Response]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Case:
    """`prepare` makes what is needed first and gives the request itself."""

    name: str
    prepare: Callable[[Hosted], Ask]
    error: str
    status: int = 400


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    with a_hosted_service(tmp_path_factory.mktemp("wrong")) as running:
        yield running


def token(**form: str) -> Callable[[Hosted], Ask]:
    """A request to the token endpoint as it stands."""
    return lambda hosted: lambda: hosted.token(**form)


def at(path: str, data: Any, **more: Any) -> Callable[[Hosted], Ask]:
    return lambda hosted: lambda: hosted.post(path, data, **more)


def code(**changed: str) -> Callable[[Hosted], Ask]:
    """A genuine authorization code, with something else in place of what belongs to it ("" leaves it out)."""

    def prepare(hosted: Hosted) -> Ask:
        form = {
            "grant_type": AUTHORIZATION_CODE,
            "code": hosted.authorization_code(),
            "redirect_uri": REDIRECT,
            "code_verifier": VERIFIER,
            "client_id": CLIENT_ID,
        } | changed
        return lambda: hosted.token(**form)

    return prepare


def refresh(**changed: str) -> Callable[[Hosted], Ask]:
    def prepare(hosted: Hosted) -> Ask:
        form = {"grant_type": REFRESH_TOKEN, "refresh_token": hosted.sign_in()["refresh_token"]} | changed
        return lambda: hosted.token(**form)

    return prepare


def one_time(**changed: str) -> Callable[[Hosted], Ask]:
    def prepare(hosted: Hosted) -> Ask:
        form = {"grant_type": ONE_TIME_CODE, "code": hosted.code(), "device_name": "Laptop"} | changed
        return lambda: hosted.token(**form)

    return prepare


def device(answer: bool | None = True, **changed: str) -> Callable[[Hosted], Ask]:
    def prepare(hosted: Hosted) -> Ask:
        begun = hosted.begin_device()
        if answer is not None:
            hosted.answer_device(begun["device_code"], allowed=answer)
        form = {
            "grant_type": DEVICE_CODE,
            "device_code": begun["device_code"],
            "client_id": CLIENT_ID,
        } | changed
        return lambda: hosted.token(**form)

    return prepare


def later(span: timedelta, prepare: Callable[[Hosted], Ask]) -> Callable[[Hosted], Ask]:
    def wait(hosted: Hosted) -> Ask:
        ask = prepare(hosted)
        hosted.clock.now += span
        return ask

    return wait


def swapped(kind: str, name: str, **form: str) -> Callable[[Hosted], Ask]:
    """A genuine token where another kind belongs."""

    def prepare(hosted: Hosted) -> Ask:
        held = hosted.sign_in()[kind]
        return lambda: hosted.token(**form, **{name: held})

    return prepare


def used_device(hosted: Hosted) -> Ask:
    ask = device()(hosted)
    assert ask().status_code == 200
    return ask


def used_one_time(hosted: Hosted) -> Ask:
    ask = one_time()(hosted)
    assert ask().status_code == 200
    return ask


def signed_out(hosted: Hosted) -> Ask:
    held = hosted.sign_in()
    hosted.revoke(held["refresh_token"])
    return lambda: hosted.refresh(held["refresh_token"])


def user_code_for_device_code(hosted: Hosted) -> Ask:
    begun = hosted.begin_device()
    return lambda: hosted.ask_for_device(begun["user_code"])


BAD, NOBODY, WORTHLESS = "invalid_request", "invalid_client", "invalid_grant"
NOT_OFFERED = "unsupported_grant_type"
SECRET = {"client_secret": "s"}
BASIC = {"Authorization": "Basic YXJ0aXN0LWNvbnNvbGU6cw=="}
UNKNOWN = {"client_id": "somebody-else"}
LONG = "n" * 201
CODE_FORM = {"grant_type": AUTHORIZATION_CODE, "client_id": CLIENT_ID}
REFRESH_FORM = {"grant_type": REFRESH_TOKEN, "client_id": CLIENT_ID}

CASES = [
    # what can be read at all
    Case("no grant", token(client_id=CLIENT_ID), BAD),
    Case("an empty grant", token(grant_type="", client_id=CLIENT_ID), BAD),
    Case("nothing", at(TOKEN_PATH, {}, headers=FORM), BAD),
    Case("JSON", at(TOKEN_PATH, b"{}", headers={"Content-Type": "application/json"}), BAD),
    Case("no content type", at(TOKEN_PATH, b"grant_type=refresh_token"), BAD),
    Case("not UTF-8", at(TOKEN_PATH, b"grant_type=%FF%FE", headers=FORM), BAD),
    Case("bytes beyond ASCII", at(TOKEN_PATH, b"grant_type=\xc3\xa9", headers=FORM), BAD),
    Case("a grant twice", at(TOKEN_PATH, [("grant_type", "a"), ("grant_type", "a")]), BAD),
    Case(
        "a code twice", at(TOKEN_PATH, [*CODE_FORM.items(), ("code", "a"), ("code", "b")]), "invalid_request"
    ),
    Case("many fields", at(TOKEN_PATH, {f"f{n}": "x" for n in range(60)}), BAD),
    Case("a long value", token(**CODE_FORM, code="c" * 3_000), BAD),
    Case("a NUL in a code", token(**CODE_FORM, code="a\0b"), BAD),
    Case("a quote in a grant", token(grant_type='"', client_id=CLIENT_ID), BAD),
    # grants that are not offered
    Case(
        "the password grant",
        token(grant_type="password", username="m", password="p"),
        NOT_OFFERED,
    ),
    Case("client credentials", token(grant_type="client_credentials"), NOT_OFFERED),
    Case("the implicit grant", token(grant_type="implicit"), NOT_OFFERED),
    Case("a grant in capitals", token(grant_type="REFRESH_TOKEN"), NOT_OFFERED),
    Case(
        "a JWT",
        token(grant_type="urn:ietf:params:oauth:grant-type:jwt-bearer", assertion="x"),
        NOT_OFFERED,
    ),
    Case(
        "a token exchange",
        token(grant_type="urn:ietf:params:oauth:grant-type:token-exchange", subject_token="x"),
        NOT_OFFERED,
    ),
    # who asks
    Case("a secret with a code", token(**CODE_FORM, **SECRET, code="c"), NOBODY),
    Case("a secret with a refresh", refresh(**SECRET), NOBODY),
    Case("a secret with a one-time code", one_time(**SECRET), NOBODY),
    Case("a secret with a device code", device(**SECRET), NOBODY),
    Case("an assertion", refresh(client_assertion="x", client_assertion_type="y"), NOBODY),
    Case("a header with a secret", at(TOKEN_PATH, CODE_FORM, headers=BASIC), NOBODY, 401),
    Case("another client with a code", token(**(CODE_FORM | UNKNOWN), code="c"), NOBODY),
    Case("another client with a refresh", refresh(**UNKNOWN), NOBODY),
    Case("another client with a one-time code", one_time(**UNKNOWN), NOBODY),
    Case("another client with a device code", device(**UNKNOWN), NOBODY),
    Case("a code without a client", code(client_id=""), NOBODY),
    Case("a device code without a client", device(client_id=""), NOBODY),
    # authorization codes; what uses one up is below
    Case("no code", token(**CODE_FORM, redirect_uri=REDIRECT), BAD),
    Case("an unknown code", code(code="unknown"), WORTHLESS),
    Case("a code after its minute", later(timedelta(seconds=60), code()), WORTHLESS),
    Case("a refresh token for a code", swapped("refresh_token", "code", **CODE_FORM), WORTHLESS),
    Case("an access token for a code", swapped("access_token", "code", **CODE_FORM), WORTHLESS),
    Case("a one-time code for a code", lambda h: code(code=h.code())(h), WORTHLESS),
    # refresh tokens
    Case("no refresh token", token(**REFRESH_FORM), BAD),
    Case("an unknown refresh token", refresh(refresh_token="family.secret"), WORTHLESS),
    Case("a refresh token without a family", refresh(refresh_token="secret"), WORTHLESS),
    Case(
        "an access token for a refresh",
        swapped("access_token", "refresh_token", **REFRESH_FORM),
        "invalid_grant",
    ),
    Case("a code for a refresh", lambda h: refresh(refresh_token=h.authorization_code())(h), WORTHLESS),
    Case("a scope", refresh(scope="everything"), "invalid_scope"),
    Case("a refresh token after ninety days", later(timedelta(days=90), refresh()), WORTHLESS),
    Case("a refresh token of a device that was signed out", signed_out, "invalid_grant"),
    # codes of devices
    Case("no device code", token(grant_type=DEVICE_CODE, client_id=CLIENT_ID), BAD),
    Case("an unknown device code", device(device_code="unknown"), WORTHLESS),
    Case("a user code for a device code", user_code_for_device_code, "invalid_grant"),
    Case("a device code after ten minutes", later(10 * MINUTE, device(None)), "expired_token"),
    Case("a yes that comes too late", later(10 * MINUTE, device()), "expired_token"),
    Case("a device that was refused", device(answer=False), "access_denied"),
    Case("a device code that was used", used_device, "invalid_grant"),
    # one-time codes
    Case("no one-time code", token(grant_type=ONE_TIME_CODE, device_name="x"), BAD),
    Case("an unknown one-time code", one_time(code="AAAAA-AAAAA-AAAAA-AAAAA"), WORTHLESS),
    Case("a one-time code that was used", used_one_time, "invalid_grant"),
    Case("a one-time code after its hour", later(timedelta(hours=1), one_time()), WORTHLESS),
    Case("a long name of a device", one_time(device_name=LONG), BAD),
    Case("a name that breaks a line", one_time(device_name="a\nb"), BAD),
    # where devices without a browser begin
    Case("a device without a client", at(DEVICE_AUTHORIZATION_PATH, {"device_name": "x"}), NOBODY),
    Case("a device of another client", at(DEVICE_AUTHORIZATION_PATH, UNKNOWN), NOBODY),
    Case(
        "a device with a secret",
        at(DEVICE_AUTHORIZATION_PATH, {"client_id": CLIENT_ID, **SECRET}),
        NOBODY,
    ),
    Case(
        "a device with a long name",
        at(DEVICE_AUTHORIZATION_PATH, {"client_id": CLIENT_ID, "device_name": LONG}),
        BAD,
    ),
    Case(
        "a device in JSON",
        at(DEVICE_AUTHORIZATION_PATH, None, json={"client_id": CLIENT_ID}),
        BAD,
    ),
    # where tokens are given back
    Case("revoking nothing", at(REVOKE_PATH, {"client_id": CLIENT_ID}), BAD),
    Case(
        "revoking an empty token", at(REVOKE_PATH, {"client_id": CLIENT_ID, "token": ""}), "invalid_request"
    ),
    Case("revoking with a secret", at(REVOKE_PATH, {"token": "t", **SECRET}), NOBODY),
    Case("revoking for another client", at(REVOKE_PATH, {"token": "t", **UNKNOWN}), NOBODY),
    Case("revoking twice in one", at(REVOKE_PATH, [("token", "a"), ("token", "b")]), BAD),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_gets_its_error_and_nothing_changes(hosted: Hosted, case: Case) -> None:
    ask = case.prepare(hosted)
    before = hosted.everything()
    answer = ask()
    assert (answer.status_code, answer.json()["error"]) == (case.status, case.error), answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert hosted.everything() == before


ASKED = {
    "response_type": "code",
    "client_id": CLIENT_ID,
    "redirect_uri": REDIRECT,
    "state": "st ate&=",
    "code_challenge": challenge_of(VERIFIER),
    "code_challenge_method": "S256",
    "device_name": "Laptop",
}

ANSWERED_THERE = [
    ("no response type", {"response_type": ""}, "unsupported_response_type"),
    ("the implicit way", {"response_type": "token"}, "unsupported_response_type"),
    ("a hybrid way", {"response_type": "code token"}, "unsupported_response_type"),
    ("no challenge", {"code_challenge": ""}, BAD),
    ("no challenge at all", {"code_challenge": "", "code_challenge_method": ""}, BAD),
    ("a plain challenge", {"code_challenge_method": "plain"}, BAD),
    ("a challenge without its method", {"code_challenge_method": ""}, BAD),
    ("a method in small letters", {"code_challenge_method": "s256"}, BAD),
    ("a short challenge", {"code_challenge": "c" * 42}, BAD),
    ("a long challenge", {"code_challenge": "c" * 44}, BAD),
    ("a challenge of other signs", {"code_challenge": "+" * 43}, BAD),
    ("no state", {"state": ""}, BAD),
    ("a scope", {"scope": "openid"}, "invalid_scope"),
]


@pytest.mark.parametrize(
    ("changed", "error"), [c[1:] for c in ANSWERED_THERE], ids=[c[0] for c in ANSWERED_THERE]
)
def test_the_application_is_told_what_it_asked_wrongly(
    hosted: Hosted, changed: dict[str, str], error: str
) -> None:
    before = hosted.everything(), hosted.rows("visits")
    answer = authorize(hosted, ASKED | changed)
    assert answer.status_code == 303
    target = urlsplit(answer.headers["location"])
    assert f"{target.scheme}://{target.netloc}{target.path}" == REDIRECT
    told = dict(parse_qsl(target.query))
    assert (told["error"], told["iss"]) == (error, hosted.url)
    assert told.get("state", "") == (ASKED | changed)["state"]
    assert (hosted.everything(), hosted.rows("visits")) == before


ELSEWHERE = [
    "http://localhost:49152/signed-in",
    "http://127.0.0.2:49152/signed-in",
    "http://127.1:49152/signed-in",
    "http://2130706433:49152/signed-in",
    "http://[::ffff:127.0.0.1]:49152/signed-in",
    "http://[0:0:0:0:0:0:0:1]:49152/signed-in",
    "https://127.0.0.1:49152/signed-in",
    "HTTP://127.0.0.1:49152/signed-in",
    "http://127.0.0.1/signed-in",
    "http://127.0.0.1:/signed-in",
    "http://127.0.0.1:0/signed-in",
    "http://127.0.0.1:65536/signed-in",
    "http://127.0.0.1:49152",
    "http://127.0.0.1:49152/",
    "http://127.0.0.1:49152/signed-in/",
    "http://127.0.0.1:49152/signed-in/../elsewhere",
    "http://127.0.0.1:49152/Signed-In",
    "http://127.0.0.1:49152/signed%2Din",
    "http://127.0.0.1:49152/signed-in?next=http://evil.example",
    "http://127.0.0.1:49152/signed-in#",
    "http://127.0.0.1:49152\\signed-in",
    "http://127.0.0.1:49152@evil.example/signed-in",
    "http://evil.example:49152/signed-in",
    "http://127.0.0.1.evil.example:49152/signed-in",
    "//127.0.0.1:49152/signed-in",
    "javascript:alert(1)",
    "http://127.0.0.1:49152/signed-in\r\nSet-Cookie: a=b",
    "",
]


@pytest.mark.parametrize("redirect", ELSEWHERE)
def test_nobody_is_sent_to_an_address_that_is_not_the_applications(hosted: Hosted, redirect: str) -> None:
    refused_here(hosted, authorize(hosted, ASKED | {"redirect_uri": redirect}), redirect)


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": ""},
        {"client_id": "somebody-else"},
        {"client_id": "<script>"},
        {"state": "a\nb"},
        {"device_name": LONG},
        {"device_name": "a\x1b[2Jb"},
        {"response_type": '"'},
        {"code_challenge": "é"},
    ],
    ids=str,
)
def test_what_cannot_be_trusted_is_answered_on_a_page(hosted: Hosted, changed: dict[str, str]) -> None:
    refused_here(hosted, authorize(hosted, ASKED | changed), "")


@pytest.mark.parametrize("name", sorted(ASKED))
def test_a_parameter_that_stands_there_twice_is_refused_on_a_page(hosted: Hosted, name: str) -> None:
    refused_here(hosted, authorize(hosted, [*ASKED.items(), (name, ASKED[name])]), "")


def authorize(hosted: Hosted, params: Any) -> requests.Response:
    return requests.get(f"{hosted.url}{AUTHORIZE_PATH}", params=params, timeout=60, allow_redirects=False)


def refused_here(hosted: Hosted, answer: requests.Response, redirect: str) -> None:
    assert answer.status_code == 400
    assert "location" not in answer.headers
    assert answer.headers["content-type"].startswith("text/html")
    assert "This is not a sign-in of Artist Console" in answer.text
    assert not redirect or redirect not in answer.text
    assert hosted.rows("visits") == 0


@pytest.mark.parametrize("port", ["1", "80", "49152", "65535"])
@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
def test_any_port_of_the_loopback_address_is_good(hosted: Hosted, host: str, port: str) -> None:
    redirect = f"http://{host}:{port}/signed-in"
    browser = hosted.browser().authorize(redirect_uri=redirect).sign_in().answer()
    assert browser.left_for.startswith(f"{redirect}?code=")
    assert hosted.redeem(browser.came_back["code"], redirect=redirect).status_code == 200


USES_IT_UP = [
    ("no verifier", {"code_verifier": ""}, BAD),
    ("another verifier", {"code_verifier": "w" * 43}, "invalid_grant"),
    ("the challenge as verifier", {"code_verifier": challenge_of(VERIFIER)}, "invalid_grant"),
    ("a short verifier", {"code_verifier": "v" * 42}, BAD),
    ("a long verifier", {"code_verifier": "v" * 129}, BAD),
    ("a verifier of other signs", {"code_verifier": "*" * 43}, BAD),
    ("another port", {"redirect_uri": REDIRECT.replace("49152", "49153")}, "invalid_grant"),
    ("another address", {"redirect_uri": "http://[::1]:49152/signed-in"}, "invalid_grant"),
    ("no address", {"redirect_uri": ""}, "invalid_grant"),
]


@pytest.mark.parametrize(("changed", "error"), [c[1:] for c in USES_IT_UP], ids=[c[0] for c in USES_IT_UP])
def test_what_is_wrong_beside_a_genuine_code_uses_it_up(
    hosted: Hosted, changed: dict[str, str], error: str
) -> None:
    devices, genuine = hosted.rows("devices"), hosted.authorization_code()
    answer = code(**changed, code=genuine)(hosted)()
    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert hosted.redeem(genuine).json()["error"] == "invalid_grant"
    assert hosted.rows("devices") == devices


def test_a_second_use_of_a_code_revokes_what_the_first_gave(hosted: Hosted) -> None:
    genuine = hosted.authorization_code()
    first = hosted.redeem(genuine).json()
    assert hosted.works(first["access_token"])
    assert hosted.redeem(genuine).json()["error"] == "invalid_grant"
    assert hosted.get("account", first["access_token"]).status_code == 403
    assert hosted.refresh(first["refresh_token"]).json()["error"] == "invalid_grant"


def test_a_secret_that_does_not_fit_its_family_signs_the_device_out(hosted: Hosted) -> None:
    held = hosted.sign_in()
    family = held["refresh_token"].partition(".")[0]
    assert hosted.refresh(f"{family}.guessed").json()["problem"].endswith(":device-revoked")
    assert hosted.get("account", held["access_token"]).status_code == 403


def test_a_device_that_asks_too_often_has_to_wait_longer_each_time(hosted: Hosted) -> None:
    begun = hosted.begin_device()
    for _ in range(3):
        assert hosted.ask_for_device(begun["device_code"]).json()["error"] == "authorization_pending"
        hosted.clock.now += timedelta(seconds=5)
    assert hosted.ask_for_device(begun["device_code"]).json()["error"] == "authorization_pending"
    for wait in (10, 15):
        assert hosted.ask_for_device(begun["device_code"]).json()["error"] == "slow_down"
        hosted.clock.now += timedelta(seconds=wait)
        assert hosted.ask_for_device(begun["device_code"]).json()["error"] == "authorization_pending"


def test_an_unknown_token_is_given_back_without_a_word(hosted: Hosted) -> None:
    before = hosted.everything()
    for given in ("unknown", "family.secret"):
        answer = hosted.revoke(given, client_id=CLIENT_ID)
        assert (answer.status_code, answer.json()) == (200, {})
    assert hosted.everything() == before


@pytest.mark.parametrize("path", [TOKEN_PATH, DEVICE_AUTHORIZATION_PATH, REVOKE_PATH])
def test_secrets_are_never_taken_from_an_address(hosted: Hosted, path: str) -> None:
    answer = requests.get(f"{hosted.url}{path}", params={"token": "t"}, timeout=60)
    assert answer.status_code == 405


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer unknown", "Bearer a b", f"Bearer {'t' * 300}", "Token x"],
)
def test_nothing_is_open_without_a_genuine_access_token(hosted: Hosted, header: str) -> None:
    answer = requests.get(f"{hosted.url}/v1/devices", headers={"Authorization": header}, timeout=60)
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:artist-console:problem:not-signed-in")


def test_a_refresh_token_opens_nothing_by_itself(hosted: Hosted) -> None:
    assert hosted.get("account", hosted.sign_in()["refresh_token"]).status_code == 401
