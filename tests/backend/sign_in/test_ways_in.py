"""The ways in, each from its first request to a token that works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata

from artist_console.backend.sign_in.settings import SignInSettings
from artist_console.formats.encoding import decode
from artist_console.formats.sign_in_wire import METADATA_PATH, ONE_TIME_CODE, ServerMetadata

from .world import MARA, MINUTE, OLA, PASSWORD, REDIRECT, Hosted, a_hosted_service


@pytest.fixture
def hosted(tmp_path: Path) -> Iterator[Hosted]:
    with a_hosted_service(tmp_path) as running:
        yield running


def test_with_a_browser_a_password_and_a_yes(hosted: Hosted) -> None:
    browser = hosted.browser().authorize()
    assert "Laptop asks to act for you" in browser.words
    browser.sign_in()
    assert "Let this device act for you" in browser.words
    browser.answer()
    assert browser.left_for.startswith(f"{REDIRECT}?")
    back = browser.came_back
    assert (back["state"], back["iss"], set(back)) == ("state-1", hosted.url, {"code", "state", "iss"})
    answer = hosted.redeem(back["code"])
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    token = answer.json()
    assert (token["token_type"], token["expires_in"], token["account"]) == ("Bearer", 600, MARA)
    assert hosted.works(token["access_token"])
    hosted.clock.now += 10 * MINUTE
    assert not hosted.works(token["access_token"])
    assert hosted.works(hosted.refresh(token["refresh_token"]).json()["access_token"])


def test_a_no_goes_back_as_a_no(hosted: Hosted) -> None:
    browser = hosted.browser().authorize().sign_in().answer("no")
    assert browser.came_back["error"] == "access_denied"
    assert browser.came_back["iss"] == hosted.url
    assert hosted.rows("authorization_codes") == 0


def test_with_the_code_that_a_device_shows(hosted: Hosted) -> None:
    begun = hosted.begin_device("Studio")
    assert hosted.ask_for_device(begun["device_code"]).json()["error"] == "authorization_pending"
    browser = hosted.browser().open(begun["verification_uri_complete"])
    browser.submit("/oauth/device", user_code=begun["user_code"].lower().replace("-", " "))
    assert "Studio asks to act for you" in browser.words
    browser.sign_in()
    assert begun["user_code"] in browser.words
    browser.answer()
    assert "Studio may act for you now" in browser.words
    token = hosted.ask_for_device(begun["device_code"]).json()
    assert hosted.works(token["access_token"])
    assert hosted.ask_for_device(begun["device_code"]).json()["error"] == "invalid_grant"
    assert hosted.live_devices() == 1


def test_with_a_one_time_code_of_the_host(hosted: Hosted) -> None:
    code = hosted.code().lower().replace("-", " ")
    first = hosted.token(grant_type=ONE_TIME_CODE, code=code, device_name="Laptop")
    assert hosted.works(first.json()["access_token"])
    again = hosted.token(grant_type=ONE_TIME_CODE, code=code, device_name="Laptop")
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


def test_an_invitation_sets_the_first_password(hosted: Hosted) -> None:
    browser = hosted.browser().authorize(device_name="Olas phone")
    at = browser.fields["at"]
    browser.open("/oauth/invitation", at=at)
    code = hosted.code(OLA)
    browser.submit("/oauth/invitation", code=code, name="Ola B", new_password="short", again="short")
    assert "at least 12 characters" in browser.words
    browser.submit("/oauth/invitation", code=code, name="Mara", new_password=PASSWORD, again=PASSWORD)
    assert "Somebody else signs in with this name" in browser.words
    browser.submit("/oauth/invitation", code=code, name="Ola B", new_password=PASSWORD, again=PASSWORD)
    assert "Let this device act for you" in browser.words
    token = hosted.redeem(browser.answer().came_back["code"]).json()
    assert token["account"] == OLA
    assert "Let this device act" in hosted.browser().authorize().sign_in("ola  B", PASSWORD).words
    other = hosted.browser().open("/oauth/invitation")
    other.submit("/oauth/invitation", code=code, name="Eve", new_password=PASSWORD, again=PASSWORD)
    assert "was used already" in other.words


def test_the_metadata_says_where_everything_is(hosted: Hosted) -> None:
    found = requests.get(f"{hosted.url}{METADATA_PATH}", timeout=60)
    metadata = decode(ServerMetadata, found.content)
    assert metadata.issuer == hosted.url
    assert metadata.token_endpoint == f"{hosted.url}/oauth/token"
    assert metadata.code_challenge_methods_supported == ["S256"]
    assert metadata.authorization_response_iss_parameter_supported


def test_the_metadata_holds_as_rfc_8414_has_it(tmp_path: Path) -> None:
    with a_hosted_service(tmp_path, SignInSettings("https://console.example.org")) as hosted:
        found = requests.get(f"{hosted.url}{METADATA_PATH}", timeout=60).json()
        AuthorizationServerMetadata(found).validate()
        assert found["issuer"] == "https://console.example.org"
        answer = requests.get(f"{hosted.url}/oauth/account", timeout=60, allow_redirects=False)
        assert "Secure" in answer.headers["set-cookie"]


def test_devices_are_listed_and_signed_out_one_by_one(hosted: Hosted) -> None:
    laptop, phone = hosted.sign_in("Laptop"), hosted.sign_in("Phone")
    hosted.sign_in("Other", OLA)
    shown = hosted.get("devices", phone["access_token"]).json()["devices"]
    assert {(d["name"], d["this_one"]) for d in shown} == {("Laptop", False), ("Phone", True)}
    headers = {"Authorization": f"Bearer {phone['access_token']}"}
    path = f"/v1/devices/{laptop['device']}/revoke"
    left = hosted.post(path, headers=headers)
    assert [d["name"] for d in left.json()["devices"]] == ["Phone"]
    told = hosted.get("account", laptop["access_token"])
    assert (told.status_code, told.json()["type"]) == (403, "urn:artist-console:problem:device-revoked")
    refused = hosted.refresh(laptop["refresh_token"])
    assert refused.json()["error"] == "invalid_grant"
    assert refused.json()["problem"] == "urn:artist-console:problem:device-revoked"
    assert hosted.works(phone["access_token"])
    assert hosted.post(path, headers=headers).status_code == 404


def test_nobody_signs_out_the_device_of_another_account(hosted: Hosted) -> None:
    mine, other = hosted.sign_in(), hosted.sign_in(account=OLA)
    headers = {"Authorization": f"Bearer {other['access_token']}"}
    assert hosted.post(f"/v1/devices/{mine['device']}/revoke", headers=headers).status_code == 404
    assert hosted.works(mine["access_token"])


@pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
def test_a_device_signs_itself_out_by_either_token(hosted: Hosted, kind: str) -> None:
    token = hosted.sign_in()
    assert hosted.revoke(token[kind], token_type_hint=kind).status_code == 200
    assert hosted.revoke(token[kind], token_type_hint="something_else").status_code == 200
    assert hosted.get("account", token["access_token"]).status_code == 403
    assert hosted.live_devices() == 0
