"""`backend accounts` on the folder of a service, as a process of its own beside the one that serves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from msgspec.structs import replace

from artist_console.backend.app import create_app
from artist_console.backend.opening import open_service
from artist_console.backend.serving import Serving
from artist_console.backend.sign_in.desk import make_desk
from artist_console.backend.sign_in.routes import sign_in_router
from artist_console.backend.sign_in.settings import SignInSettings
from artist_console.formats.manifest import Operator
from artist_console.formats.sign_in_wire import ONE_TIME_CODE
from artist_console.host.paths import ProfileFolder
from tests.formats.manifests import HEADER, KEY, in_model, manifest
from tests.journeys.terminal import Terminal


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    home = tmp_path / "home"
    home.mkdir()
    return Terminal(tmp_path / "service", home)


@pytest.fixture
def url(terminal: Terminal) -> Iterator[str]:
    """A service that runs over the folder."""
    folder = ProfileFolder(terminal.data)
    folder.create()
    service = open_service(folder, host_name="Fieldnote")
    serving = Serving(create_app(service, sign_in_router(make_desk(service, SignInSettings()))))
    try:
        yield serving.base_url
    finally:
        serving.stop()
        service.close()


def sign_in(url: str, code: str) -> requests.Response:
    form = {"grant_type": ONE_TIME_CODE, "code": code, "device_name": "Laptop"}
    return requests.post(f"{url}/oauth/token", data=form, timeout=60)


def roster(url: str, token: str) -> requests.Response:
    return requests.get(f"{url}/v1/account", headers={"Authorization": f"Bearer {token}"}, timeout=60)


def test_an_account_is_made_invited_and_signed_out_beside_a_running_service(
    terminal: Terminal, url: str
) -> None:
    added = terminal.asked("backend", "accounts", "add", "Ola Brandt", "--artist", "Ola Brandt")
    assert added["account"]["artists"] == ["Ola Brandt"]
    token = sign_in(url, added["code"]).json()
    seen = roster(url, token["access_token"]).json()
    assert (seen["name"], [artist["name"] for artist in seen["artists"]]) == ("Ola Brandt", ["Ola Brandt"])

    former = terminal.asked("backend", "accounts", "invite", "ola brandt")
    newer = terminal.asked("backend", "accounts", "invite", "Ola Brandt", "--without-second-step")
    assert sign_in(url, former["code"]).status_code == 400
    assert sign_in(url, newer["code"]).status_code == 200
    assert terminal.asked("backend", "accounts", "list")["accounts"][0]["devices"] == 2

    said = terminal.run("backend", "accounts", "revoke-devices", "Ola Brandt")
    assert said.stdout == "2 devices of Ola Brandt signed out.\n"
    assert roster(url, token["access_token"]).status_code == 403
    assert "Ola Brandt (Ola Brandt): has not signed in" in terminal.run("backend", "accounts", "list").stdout


def test_the_same_artist_is_found_again_and_not_doubled(terminal: Terminal, url: str) -> None:
    first = terminal.asked("backend", "accounts", "add", "Ola", "--artist", "Ola Brandt")
    second = terminal.asked("backend", "accounts", "add", "Her brother", "--artist", "ola  brandt")
    shown = [roster(url, sign_in(url, a["code"]).json()["access_token"]).json() for a in (first, second)]
    assert shown[0]["artists"] == shown[1]["artists"]


def test_what_cannot_be_done_is_told_in_a_sentence(terminal: Terminal) -> None:
    missing = terminal.run("backend", "accounts", "list")
    assert (missing.returncode, missing.stdout) == (1, "")
    assert "There is no service in" in missing.stderr
    assert not terminal.data.exists()
    folder = ProfileFolder(terminal.data)
    folder.create()
    open_service(folder, host_name="Fieldnote").close()
    assert terminal.run("backend", "accounts", "list").stdout == "There are no accounts.\n"
    assert terminal.run("backend", "accounts", "add", "Ola").returncode == 0
    for arguments, words in (
        (("add", "OLA "), "There is an account called OLA already"),
        (("add", "n" * 201), "at most 200 characters"),
        (("invite", "Nobody"), "No account is called Nobody"),
        (("revoke-devices", "Nobody"), "No account is called Nobody"),
    ):
        told = terminal.run("backend", "accounts", *arguments)
        assert told.returncode == 1
        assert words in told.stderr


def test_an_account_of_an_organisation_and_its_key_are_made_and_the_key_is_ended(
    terminal: Terminal, url: str, tmp_path: Path
) -> None:
    added = terminal.asked("backend", "accounts", "add", "Harmonia", "--organisation", "Harmonia Lab")
    assert added["account"]["organisation"] == "Harmonia Lab"
    token = sign_in(url, added["code"]).json()["access_token"]
    posted = requests.post(
        f"{url}/v1/manifests",
        data=manifest(in_model("SEXXX2500001"), header=replace(HEADER, operator=Operator("Harmonia lab"))),
        headers={"Authorization": f"Bearer {token}"},
        timeout=60,
    )
    assert posted.status_code == 202, posted.text
    listed = terminal.asked("backend", "accounts", "list")["accounts"]
    assert {a["name"]: a["organisation"] for a in listed}["Harmonia"] == "Harmonia Lab"

    key = tmp_path / "harmonia.jwk"
    key.write_text(json.dumps({**KEY.public.jwk(), "use": "sig"}))
    known = terminal.asked("backend", "accounts", "add-key", "harmonia lab", str(key))
    assert known == {
        "organisation": "Harmonia Lab",
        "kid": KEY.public.kid,
        "fingerprint": KEY.public.fingerprint,
    }
    terminal.asked("backend", "accounts", "end-key", "Harmonia Lab", KEY.public.kid)
    ended = terminal.run("backend", "accounts", "end-key", "Harmonia Lab", KEY.public.kid)
    assert (ended.returncode, "has no key" in ended.stderr) == (1, True), ended


@pytest.mark.parametrize("content", ["", "{}", "[" * 50_000, '{"kty":"OKP","crv":"Ed25519","d":"x","x":"y"}'])
def test_what_is_no_public_key_is_told(terminal: Terminal, url: str, tmp_path: Path, content: str) -> None:
    terminal.asked("backend", "accounts", "add", "Harmonia", "--organisation", "Harmonia Lab")
    key = tmp_path / "key.jwk"
    key.write_text(content)
    told = terminal.run("backend", "accounts", "add-key", "Harmonia Lab", str(key))
    assert told.returncode == 1
    assert "key" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_key_of_an_organisation_that_is_not_known_needs_its_role(
    terminal: Terminal, url: str, tmp_path: Path
) -> None:
    key = tmp_path / "harmonia.jwk"
    key.write_text(json.dumps(KEY.public.jwk()))
    unknown = terminal.refused("backend", "accounts", "add-key", "Harmonia", str(key))
    assert "No organisation is called Harmonia" in unknown
    terminal.asked("backend", "accounts", "add-key", "Harmonia", str(key), "--role", "operator")
    ola = terminal.asked("backend", "accounts", "add", "Ola Brandt", "--artist", "Ola Brandt")
    token = sign_in(url, ola["code"]).json()["access_token"]
    own = {"Authorization": f"Bearer {token}"}
    listed = requests.post(
        f"{url}/v1/imports",
        params={"kind": "catalogue", "file_name": "c.csv"},
        data=b"title,artist,isrc\nOlas Own,Ola Brandt,SEXXX2500009\n",
        headers=own,
        timeout=60,
    ).json()
    brought = requests.post(
        f"{url}/v1/imports",
        params={"kind": "manifest", "file_name": "m.jsonl"},
        data=manifest(in_model("SEXXX2500009"), key=KEY),
        headers=own,
        timeout=60,
    ).json()
    for job in (listed, brought):
        while job["state"] in ("waiting", "running"):
            job = requests.get(f"{url}/v1/imports/{job['id']}", headers=own, timeout=60).json()
        assert job["state"] == "done", job
    (said,) = requests.get(f"{url}/v1/inclusions", headers=own, timeout=60).json()["items"]
    assert (said["grade"], said["stated_by"]) == ("operator_signed", "Harmonia")


def test_the_directory_needs_no_profile_and_says_what_it_is(terminal: Terminal) -> None:
    found = terminal.asked("directory", "udio")
    assert {each["key"] for each in found["organisations"]} >= {"universal-music", "warner-music"}
    assert "no agreements known here" in found["says"]
    shown = terminal.done("directory", "spotify")
    assert "16 October 2025" in shown
    assert "https://newsroom.spotify.com/" in shown
    assert "public announcements" in shown
    assert "Nothing is known here of Nobody" in terminal.done("directory", "Nobody")
