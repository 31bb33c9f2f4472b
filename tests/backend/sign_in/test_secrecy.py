"""No token, code or password stands where somebody could read it: logs, errors, representations, the file."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from artist_console.backend.sign_in.forms import Form
from artist_console.backend.sign_in.server import Hidden
from artist_console.backend.storage.database import Database
from artist_console.formats.encoding import decode
from artist_console.formats.sign_in_wire import DeviceAuthorization, TokenReply

from .world import OLA, PASSWORD, VERIFIER, Hosted, a_hosted_service


@pytest.fixture
def hosted(tmp_path: Path) -> Iterator[Hosted]:
    with a_hosted_service(tmp_path) as running:
        yield running


def every_way(hosted: Hosted) -> set[str]:
    """All ways in and their errors once; gives every secret that was seen on the way."""
    secrets = {PASSWORD, VERIFIER}
    browser = hosted.browser().authorize().sign_in("Mara", "a wrong password").sign_in()
    secrets |= {"a wrong password", *browser.session.cookies.values(), browser.fields["csrf"]}
    code = browser.answer().came_back["code"]
    held = hosted.redeem(code).json()
    following = hosted.refresh(held["refresh_token"]).json()
    hosted.works(following["access_token"])
    begun = hosted.begin_device()
    hosted.answer_device(begun["device_code"], allowed=True)
    device = hosted.ask_for_device(begun["device_code"]).json()
    one_time = hosted.code(OLA)
    other = hosted.token(grant_type="urn:artist-console:grant:one-time-code", code=one_time).json()
    hosted.revoke(other["refresh_token"])
    hosted.refresh(other["refresh_token"])
    hosted.redeem(code)
    hosted.refresh(held["refresh_token"])
    invited = hosted.browser().open("/oauth/invitation")
    invitation = hosted.code(OLA)
    invited.submit("/oauth/invitation", code=invitation, name="Ola", new_password="o" * 9 + "pqrs", again="x")
    hosted.get("account", "a token that nobody knows")
    secrets |= {code, one_time, invitation, "o" * 9 + "pqrs", "a token that nobody knows"}
    secrets |= {begun["device_code"], begun["user_code"]}
    for token in (held, following, device, other):
        secrets |= {token["access_token"], token["refresh_token"]}
    return secrets


def test_no_log_and_no_representation_holds_a_secret(
    hosted: Hosted, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        for name in ("authlib", "artist_console", "litestar", "uvicorn", "sqlalchemy.engine"):
            logging.getLogger(name).setLevel(logging.DEBUG)
        try:
            secrets = every_way(hosted)
        finally:
            for name in ("authlib", "artist_console", "litestar", "uvicorn", "sqlalchemy.engine"):
                logging.getLogger(name).setLevel(logging.NOTSET)
    ours = [record for record in caplog.records if not record.name.startswith("urllib3")]
    assert [record for record in ours if record.name.startswith("authlib")]
    written = "\n".join(record.getMessage() for record in ours) + repr(hosted.service) + repr(hosted.desk)
    assert [secret for secret in secrets if secret in written] == []


def test_no_error_repeats_what_was_sent(hosted: Hosted) -> None:
    canary = "canary7f3a"
    for form in (
        {"grant_type": canary},
        {"grant_type": "refresh_token", "refresh_token": f"{canary}.{canary}"},
        {"grant_type": "authorization_code", "client_id": "artist-console", "code": canary},
        {"grant_type": "refresh_token", "refresh_token": "x", "client_secret": canary},
        {"grant_type": "urn:artist-console:grant:one-time-code", "code": canary},
    ):
        answer = hosted.token(**form)
        assert answer.status_code == 400
        named = form["grant_type"] == canary  # only the name of a grant that is not offered
        assert named or canary not in answer.text
    page = hosted.browser().authorize().sign_in(canary, canary).page
    assert page.count(canary) == 1  # the name, in its own field


def test_what_holds_secrets_shows_none(hosted: Hosted) -> None:
    begun = hosted.begin_device()
    assert begun["device_code"] not in repr(decode(DeviceAuthorization, _bytes(begun)))
    held = hosted.sign_in()
    reply = decode(TokenReply, _bytes(held))
    assert held["access_token"] not in repr(reply)
    assert held["refresh_token"] not in str(reply)
    assert "secret" not in repr(Hidden(token="secret"))
    assert "secret" not in repr(Form({"password": "secret"}))


def _bytes(message: object) -> bytes:
    return json.dumps(message).encode()


def test_nothing_in_the_database_lets_anybody_in(hosted: Hosted) -> None:
    secrets = every_way(hosted)
    kept = dump(hosted.service.database)
    # What a person compares on the page of a visit is not what lets anybody in: see `visits`.
    assert [secret for secret in secrets if secret in kept] == []


def dump(database: Database) -> str:
    with database.reading() as connection:
        tables = sa.inspect(connection).get_table_names()
        queries = [sa.text(f'SELECT * FROM "{table}"') for table in tables]
        return "\n".join(str(tuple(row)) for query in queries for row in connection.execute(query))
