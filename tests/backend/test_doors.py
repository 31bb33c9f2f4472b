"""TLS of the service's own, a proxy in front of it, and nothing in the open without either."""

from __future__ import annotations

import os
import socket
import ssl
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests
from litestar.types import ASGIApp, Receive, Scope, Send

from artist_console.backend.app import create_app
from artist_console.backend.doors import (
    Door,
    HalfACertificate,
    NoAddress,
    NotInTheOpen,
    OpenDoor,
    TwoDoors,
    open_door,
)
from artist_console.backend.serving import Serving
from artist_console.backend.tls import (
    CertificateOver,
    CertificateUnreadable,
    KeyOfAnother,
    KeyUnreadable,
    read_certificate,
)

from .certificates import make_certificate
from .world import DAY, START, a_backend

SINCE = START - DAY


@contextmanager
def served(tmp_path: Path, door: OpenDoor) -> Iterator[Serving]:
    """The application of a backend, served once more through a door."""
    with a_backend(tmp_path) as backend:
        tls = door.renewing.context if door.renewing is not None else None
        serving = Serving(
            create_app(backend.running.service), door.host, door.port, guard=door.guard, tls=tls
        )
        try:
            yield serving
        finally:
            serving.stop()


def own_tls(tmp_path: Path, said: list[str]) -> tuple[Path, Path, OpenDoor, datetime]:
    """A certificate that is good today, as whoever connects looks at the real clock."""
    now = datetime.now(UTC)
    certificate, key = make_certificate(tmp_path, now - DAY)
    return certificate, key, open_door(Door(certificate=certificate, key=key), now, said.append), now


def said_by(door: Door) -> list[str]:
    said: list[str] = []
    open_door(door, START, said.append)
    return said


def test_with_a_certificate_it_answers_by_tls_and_asks_browsers_to_stay(tmp_path: Path) -> None:
    certificate, _, door, _ = own_tls(tmp_path, [])
    with served(tmp_path, door) as serving:
        assert serving.base_url.startswith("https://")
        with socket.create_connection(("127.0.0.1", serving.port), timeout=60) as plain:
            plain.sendall(b"GET /v1/keys HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            with suppress(ConnectionError):
                assert b"HTTP" not in plain.recv(1000)
        answer = requests.get(f"{serving.base_url}/v1/keys", verify=certificate, timeout=60)
        assert answer.status_code == 401
        assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_nothing_older_than_tls_1_2_is_spoken(tmp_path: Path) -> None:
    certificate, _, door, _ = own_tls(tmp_path, [])
    with served(tmp_path, door) as serving:

        def speak(version: ssl.TLSVersion) -> str | None:
            context = ssl.create_default_context(cafile=certificate)
            context.set_ciphers("DEFAULT:@SECLEVEL=0")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # of asking for an old version
                context.minimum_version = context.maximum_version = version
            with (
                socket.create_connection(("127.0.0.1", serving.port), timeout=60) as plain,
                context.wrap_socket(plain, server_hostname="127.0.0.1") as spoken,
            ):
                return spoken.version()

        with pytest.raises((ssl.SSLError, ConnectionError)):
            speak(ssl.TLSVersion.TLSv1_1)
        assert speak(ssl.TLSVersion.TLSv1_2) == "TLSv1.2"
        assert speak(ssl.TLSVersion.TLSv1_3) == "TLSv1.3"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_without_tls_it_listens_to_this_computer_only(host: str) -> None:
    with pytest.raises(NotInTheOpen):
        open_door(Door(host), START, print)
    assert open_door(Door(host, behind_proxy="192.0.2.7"), START, print).scheme == "http"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_computer_needs_no_tls(host: str) -> None:
    assert open_door(Door(host), START, print).scheme == "http"


def test_what_does_not_belong_together_is_told(tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path, SINCE)
    other, others_key = make_certificate(tmp_path, SINCE, stem="other")
    for door, problem in (
        (Door(certificate=certificate), HalfACertificate),
        (Door(key=key), HalfACertificate),
        (Door(certificate=certificate, key=key, behind_proxy="10.0.0.1"), TwoDoors),
        (Door(behind_proxy="proxy.example"), NoAddress),
        (Door(certificate=certificate, key=others_key), KeyOfAnother),
        (Door(certificate=key, key=key), CertificateUnreadable),
        (Door(certificate=other, key=certificate), KeyUnreadable),
    ):
        with pytest.raises(problem):
            open_door(door, START, print)


def test_a_certificate_is_good_for_its_days_and_told_before_they_end(tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path, SINCE, SINCE + timedelta(days=31))
    door = Door(certificate=certificate, key=key)
    assert said_by(door) == ["The certificate is good until 2025-07-01, 30 days from now."]
    near = read_certificate(certificate, key, START + timedelta(days=20))
    assert near.words(START + timedelta(days=20)).endswith("10 days from now. Renew it.")
    for late in (START + timedelta(days=31), START - timedelta(days=2)):
        with pytest.raises(CertificateOver):
            read_certificate(certificate, key, late)


def test_a_name_that_the_certificate_does_not_bear_is_told(tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path, SINCE, name="*.console.test")
    door = Door(certificate=certificate, key=key, public_url="https://mara.console.test/")
    assert len(said_by(door)) == 1
    (told,) = said_by(replace(door, public_url="https://elsewhere.test"))[1:]
    assert "elsewhere.test" in told


@pytest.mark.skipif(sys.platform == "win32", reason="files have no modes there")
def test_a_key_that_others_can_read_is_told(tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path, SINCE)
    key.chmod(0o644)
    assert any("0644" in line for line in said_by(Door(certificate=certificate, key=key)))
    key.chmod(0o640)
    assert not any("mode" in line for line in said_by(Door(certificate=certificate, key=key)))


def test_a_renewed_certificate_is_taken_up_and_a_half_written_one_is_not(tmp_path: Path) -> None:
    said: list[str] = []
    certificate, key, door, now = own_tls(tmp_path, said)
    assert door.renewing is not None
    with served(tmp_path, door) as serving:
        url = f"{serving.base_url}/v1/keys"
        renewed, renewed_key = make_certificate(tmp_path, now - DAY, stem="new")
        former = certificate.read_bytes()
        os.replace(renewed, certificate)
        door.renewing.look(now)
        (tmp_path / "former.pem").write_bytes(former)
        assert requests.get(url, verify=tmp_path / "former.pem", timeout=60).status_code == 401
        os.replace(renewed_key, key)
        door.renewing.look(now)
        assert said[-1].startswith("A renewed certificate was taken up.")
        assert requests.get(url, verify=certificate, timeout=60).status_code == 401


def test_near_its_end_it_is_told_once_a_day(tmp_path: Path) -> None:
    certificate, key = make_certificate(tmp_path, SINCE, SINCE + timedelta(days=10))
    said: list[str] = []
    door = open_door(Door(certificate=certificate, key=key), START, said.append)
    assert door.renewing is not None
    for hours in (0, 1, 23, 24, 30, 49):
        door.renewing.look(START + timedelta(hours=hours))
    assert len(said) == 1 + 3


def asked_behind_proxy(tmp_path: Path, proxy: str, **headers: str) -> requests.Response:
    door = open_door(Door(behind_proxy=proxy), START, print)
    with served(tmp_path, door) as serving:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return requests.get(f"{serving.base_url}/v1/keys", headers=named, timeout=60)


def test_behind_a_proxy_only_the_proxy_is_answered(tmp_path: Path) -> None:
    assert asked_behind_proxy(tmp_path, "127.0.0.1", X_Forwarded_Proto="https").status_code == 401
    assert asked_behind_proxy(tmp_path, "192.0.2.0/24", X_Forwarded_Proto="https").status_code == 403


def test_what_came_to_the_proxy_without_tls_is_not_answered(tmp_path: Path) -> None:
    assert asked_behind_proxy(tmp_path, "127.0.0.1", X_Forwarded_Proto="http").status_code == 403


def test_forwarded_headers_are_believed_from_the_proxy_alone(tmp_path: Path) -> None:
    """Without a proxy nobody may say where a request comes from: tries to sign in are counted by it."""
    seen: list[tuple[str, str]] = []

    def noting(app: ASGIApp) -> ASGIApp:
        async def note(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http":
                seen.append((scope["scheme"], scope["client"][0] if scope["client"] else ""))
            await app(scope, receive, send)

        return note

    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    with a_backend(tmp_path) as backend:
        app = create_app(backend.running.service)
        for door in (Door(), Door(behind_proxy="127.0.0.0/8")):
            guard = open_door(door, START, print).guard
            serving = Serving(app, guard=lambda inner, guard=guard: guard(noting(inner)))  # type: ignore[misc]
            try:
                requests.get(serving.base_url, headers=headers, timeout=60)
            finally:
                serving.stop()
    assert seen == [("http", "127.0.0.1"), ("https", "198.51.100.7")]
