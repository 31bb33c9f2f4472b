"""Signing in with an OpenID Connect issuer outside, and everything that may be wrong with what it says."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt

from artist_console.backend.sign_in.settings import OutsideIssuer, SignInSettings, read_settings
from artist_console.domain.problems import SetupProblem

from .issuer import CLIENT_ID, CLIENT_SECRET, Issuer, an_issuer, other_keys
from .world import MARA, OLA, Browser, Hosted, a_hosted_service


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with an_issuer() as running:
        yield running


@pytest.fixture
def hosted(tmp_path: Path, issuer: Issuer) -> Iterator[Hosted]:
    outside = OutsideIssuer(issuer.url, CLIENT_ID, CLIENT_SECRET, "Guild <b>login</b>")
    with a_hosted_service(tmp_path, SignInSettings(outside=outside)) as running:
        yield running


def leave(browser: Browser) -> Browser:
    """By the link of the page, to the issuer, and back."""
    browser.open("/oauth/external", at=browser.fields["at"])
    return come_back(browser)


def come_back(browser: Browser) -> Browser:
    browser.open(browser.left_for)
    return browser.open(browser.left_for)


def linked(hosted: Hosted) -> None:
    browser = leave(hosted.browser().authorize())
    assert "Nobody here has signed in as you with Guild <b>login</b> before" in browser.words
    browser.submit("/oauth/invitation", code=hosted.code(OLA))
    assert "Let this device act for you" in browser.words


def test_an_identity_outside_is_linked_by_an_invitation_and_signs_in_from_then_on(hosted: Hosted) -> None:
    linked(hosted)
    browser = leave(hosted.browser().authorize())
    assert "Let this device act for you" in browser.words
    token = hosted.redeem(browser.answer().came_back["code"]).json()
    assert token["account"] == OLA
    assert hosted.rows("external_identities") == 1
    issuer_of_ours = hosted.browser().authorize()
    assert "Sign in with Guild <b>login</b>" in issuer_of_ours.words
    assert issuer_of_ours.sign_in().status == 200


def test_an_invitation_links_once_and_a_wrong_one_nobody(hosted: Hosted, issuer: Issuer) -> None:
    code = hosted.code(OLA)
    browser = leave(hosted.browser().authorize())
    browser.submit("/oauth/invitation", code="AAAAA-AAAAA-AAAAA-AAAAA")
    assert browser.status == 403
    browser.submit("/oauth/invitation", code=code)
    issuer.subject = "sub-2"
    other = leave(hosted.browser().authorize())
    other.submit("/oauth/invitation", code=code)
    assert "was used already" in other.words
    assert hosted.rows("external_identities") == 1


def test_a_host_may_leave_signing_in_to_the_issuer_alone(tmp_path: Path, issuer: Issuer) -> None:
    outside = OutsideIssuer(issuer.url, CLIENT_ID, CLIENT_SECRET, "Guild", only=True)
    with a_hosted_service(tmp_path, SignInSettings(outside=outside)) as hosted:
        browser = hosted.browser().authorize()
        assert browser.left_for.startswith(f"{issuer.url}/authorize?")
        come_back(browser)
        browser.submit("/oauth/invitation", code=hosted.code(MARA))
        assert "Let this device act for you" in browser.words
        own = hosted.browser().open("/oauth/invitation")
        own.submit(
            "/oauth/invitation", code=hosted.code(MARA), name="x", new_password="y" * 20, again="y" * 20
        )
        assert own.status == 403
        device = hosted.browser().open("/oauth/device")
        device.submit("/oauth/device", user_code=hosted.begin_device()["user_code"])
        assert device.left_for.startswith(f"{issuer.url}/authorize?")
        assert "Let this device act for you" in come_back(device).words


Bend = Callable[[Issuer], None]


def claim(**changed: Any) -> Bend:
    def bend(issuer: Issuer) -> None:
        issuer.claims = lambda claims: {k: v for k, v in (claims | changed).items() if v is not None}

    return bend


def key(name: str) -> Bend:
    def bend(issuer: Issuer) -> None:
        issuer.key, issuer.alg = other_keys()[name]

    return bend


def unsigned(issuer: Issuer) -> None:
    def strip(answer: dict[str, Any]) -> dict[str, Any]:
        payload = answer["id_token"].split(".")[1]
        return answer | {"id_token": f"eyJhbGciOiJub25lIn0.{payload}."}

    issuer.answer = strip


def another_key(issuer: Issuer) -> None:
    stranger = Issuer(port=issuer.port)

    def resign(answer: dict[str, Any]) -> dict[str, Any]:
        claims = jwt.decode(answer["id_token"], issuer.key).claims
        return answer | {"id_token": jwt.encode({"alg": "RS256", "kid": "one"}, claims, stranger.key)}

    issuer.answer = resign


def answered(**changed: Any) -> Bend:
    def bend(issuer: Issuer) -> None:
        issuer.answer = lambda answer: {k: v for k, v in (answer | changed).items() if v is not None}

    return bend


def says_of_itself(**changed: Any) -> Bend:
    def bend(issuer: Issuer) -> None:
        issuer.metadata = lambda metadata: {k: v for k, v in (metadata | changed).items() if v is not None}

    return bend


def status(issuer: Issuer) -> None:
    issuer.status = 503


WRONG: list[tuple[str, Bend]] = [
    ("another issuer", claim(iss="https://evil.example")),
    ("no issuer", claim(iss=None)),
    ("another client", claim(aud="somebody else")),
    ("several clients", claim(aud=[CLIENT_ID, "somebody else"])),
    ("another party", claim(azp="somebody else")),
    ("no client", claim(aud=None)),
    ("over", claim(exp=int(time.time()) - 3_600)),
    ("no end", claim(exp=None)),
    ("not begun", claim(iat=int(time.time()) + 3_600)),
    ("not before an hour", claim(nbf=int(time.time()) + 3_600)),
    ("another nonce", claim(nonce="replayed")),
    ("no nonce", claim(nonce=None)),
    ("nobody", claim(sub=None)),
    ("an empty name", claim(sub="")),
    ("a number for a name", claim(sub=7)),
    ("a long name", claim(sub="s" * 256)),
    ("no signature", unsigned),
    ("a key that is not the issuer's", another_key),
    ("our own secret as the key", key("our secret")),
    ("no ID token", answered(id_token=None)),
    ("a list for an ID token", answered(id_token=["x"])),
    ("no token at all", answered(id_token="x.y")),
    ("another name of itself", says_of_itself(issuer="https://evil.example")),
    ("no token endpoint", says_of_itself(token_endpoint=None)),
    ("keys without TLS", says_of_itself(jwks_uri="http://evil.example/keys")),
    ("tokens without TLS", says_of_itself(token_endpoint="http://evil.example/token")),
    ("a file for keys", says_of_itself(jwks_uri="file:///etc/passwd")),
    ("no service", status),
]


@pytest.mark.parametrize("bend", [case[1] for case in WRONG], ids=[case[0] for case in WRONG])
def test_nobody_is_signed_in_by_what_does_not_hold(hosted: Hosted, issuer: Issuer, bend: Bend) -> None:
    bend(issuer)
    before = hosted.everything()
    browser = hosted.browser().authorize()
    at = browser.fields["at"]
    browser.open("/oauth/external", at=at)
    if browser.left_for:
        come_back(browser)
    assert (browser.status, "Nobody was signed in" in browser.words) == (502, True)
    assert CLIENT_SECRET not in browser.page
    assert "Sign in" in browser.open("/oauth/step", at=at).words
    assert hosted.everything() == before


def test_other_kinds_of_keys_are_good_too_and_a_new_key_is_fetched(hosted: Hosted, issuer: Issuer) -> None:
    linked(hosted)
    issuer.new_key()
    assert "Let this device act" in leave(hosted.browser().authorize()).words
    key("EC")(issuer)
    assert "Let this device act" in leave(hosted.browser().authorize()).words
    assert issuer.asked.count("/keys") == 3
    assert issuer.asked.count("/.well-known/openid-configuration") == 1


def test_an_answer_for_another_browser_or_another_visit_is_not_taken(hosted: Hosted) -> None:
    linked(hosted)
    mine = hosted.browser().authorize()
    mine.open("/oauth/external", at=mine.fields["at"])
    mine.open(mine.left_for)
    callback = mine.left_for
    stranger = hosted.browser().open(callback)
    assert "This page has run out" in stranger.words
    state = callback.partition("state=")[2].partition("&")[0]
    for bent in (f"state=x{state}", f"state={state}x", "state="):
        assert mine.open(callback.replace(f"state={state}", bent)).status in (400, 502)
    for path in (f"/oauth/callback?state={state}&error=access_denied", callback.replace("iss=http", "iss=x")):
        mine.open(path)
        assert "Nobody was signed in" in mine.words
    assert "Let this device act" in mine.open(callback).words


def test_without_an_issuer_there_is_no_way_there(tmp_path: Path) -> None:
    with a_hosted_service(tmp_path) as hosted:
        browser = hosted.browser().authorize()
        at = browser.fields["at"]
        assert browser.open("/oauth/external", at=at).status == 404
        assert browser.open("/oauth/callback", state=f"{at}.x", code="x").status == 404


PREFIX = "ARTIST_CONSOLE_OIDC_"


def test_the_host_names_the_issuer_in_the_environment_and_its_secret_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from a file\n")
    given = {
        f"{PREFIX}ISSUER": "https://guild.example/realm/",
        f"{PREFIX}CLIENT_ID": "console",
        f"{PREFIX}CLIENT_SECRET_FILE": str(file),
        f"{PREFIX}ONLY": "yes",
    }
    settings = read_settings(given, "https://console.example.org/")
    assert settings.public_url == "https://console.example.org"
    outside = settings.outside
    assert outside == OutsideIssuer(
        "https://guild.example/realm/", "console", "from a file", "guild.example", only=True
    )
    assert "from a file" not in repr(settings)
    assert read_settings({}) == SignInSettings()


@pytest.mark.parametrize(
    ("given", "public_url"),
    [
        ({f"{PREFIX}ISSUER": "https://guild.example"}, ""),
        ({f"{PREFIX}ISSUER": "https://guild.example", f"{PREFIX}CLIENT_ID": "x"}, ""),
        ({f"{PREFIX}ISSUER": "http://guild.example", f"{PREFIX}CLIENT_ID": "x"}, ""),
        ({}, "http://console.example.org"),
        ({}, "https://user@console.example.org"),
        ({}, "https://console.example.org?x"),
        ({}, "console.example.org"),
    ],
)
def test_settings_that_would_not_work_are_told(given: dict[str, str], public_url: str) -> None:
    with pytest.raises(SetupProblem):
        read_settings(given, public_url)
