"""A small service that signs in, on a real socket, which can be told to do what a service never should."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import urlopen

from artist_console.formats import sign_in_wire as wire

Fields = dict[str, str]


@dataclass
class Family:
    """One device: the refresh tokens that are good, the newest last, and the access tokens."""

    device: str
    name: str
    good: list[str] = field(default_factory=list)
    access: set[str] = field(default_factory=set)
    revoked: bool = False


@dataclass
class Authority:
    """What it holds and what it was asked. The lists and switches are for the tests to set."""

    base_url: str = ""
    account: str = "account-1"
    families: list[Family] = field(default_factory=list)
    codes: dict[str, Fields] = field(default_factory=dict)
    one_time_codes: set[str] = field(default_factory=set)
    asked: list[tuple[str, Fields]] = field(default_factory=list)  # path and fields of each request
    heads: list[tuple[str, str]] = field(default_factory=list)  # path and Authorization of each
    metadata: dict[str, object] = field(default_factory=dict)  # in place of what it would say
    device_answers: list[str] = field(default_factory=list)  # errors before the token
    lose_replies: int = 0  # of the token endpoint: done, and the line is cut
    before_reply: Callable[[str], None] = lambda path: None
    token_answer: tuple[int, str, bytes] | None = None
    interval: int = 1
    redirect_extra: Fields = field(default_factory=dict)
    device_begun: Fields = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    # -- what is said

    def says(self) -> dict[str, object]:
        at = self.base_url
        return {
            "issuer": at,
            "authorization_endpoint": at + wire.AUTHORIZE_PATH,
            "token_endpoint": at + wire.TOKEN_PATH,
            "device_authorization_endpoint": at + wire.DEVICE_AUTHORIZATION_PATH,
            "revocation_endpoint": at + wire.REVOKE_PATH,
            "response_types_supported": ["code"],
            "grant_types_supported": [
                wire.AUTHORIZATION_CODE,
                wire.REFRESH_TOKEN,
                wire.DEVICE_CODE,
                wire.ONE_TIME_CODE,
            ],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["none"],
            "service_name": "Nordlys Collective",
        } | self.metadata

    def authorize(self, given: Fields) -> str:
        code = secrets.token_urlsafe(16)
        self.codes[code] = given
        back = {"code": code, "state": given["state"], "iss": self.base_url} | self.redirect_extra
        return given["redirect_uri"] + "?" + urlencode(back)

    def token(self, given: Fields) -> tuple[int, dict[str, object]]:
        with self.lock:
            kind = given.get("grant_type", "")
            if kind == wire.REFRESH_TOKEN:
                return self._refreshed(given["refresh_token"])
            if kind == wire.AUTHORIZATION_CODE:
                begun = self.codes.pop(given.get("code", ""), None)
                if begun is None or not _proves(given.get("code_verifier", ""), begun["code_challenge"]):
                    return 400, {"error": "invalid_grant"}
                assert given["redirect_uri"] == begun["redirect_uri"]
                return self._begun(begun.get("device_name", ""))
            if kind == wire.DEVICE_CODE:
                if self.device_answers:
                    return 400, {"error": self.device_answers.pop(0)}
                return self._begun("device")
            if kind == wire.ONE_TIME_CODE:
                if given["code"] not in self.one_time_codes:
                    return 400, {"error": "invalid_grant"}
                self.one_time_codes.discard(given["code"])
                return self._begun(given.get("device_name", ""))
            return 400, {"error": "unsupported_grant_type"}

    def _begun(self, name: str) -> tuple[int, dict[str, object]]:
        family = Family(f"device-{len(self.families)}", name)
        self.families.append(family)
        return 200, self._give(family)

    def _give(self, family: Family) -> dict[str, object]:
        access, refresh = "access-" + secrets.token_urlsafe(16), "refresh-" + secrets.token_urlsafe(16)
        family.good.append(refresh)
        family.access.add(access)
        return {
            "access_token": access,
            "refresh_token": refresh,
            "token_type": "Bearer",
            "expires_in": 600,
            "account": self.account,
            "device": family.device,
        }

    def _refreshed(self, token: str) -> tuple[int, dict[str, object]]:
        for family in self.families:
            if token not in family.good:
                continue
            if family.revoked:
                problem = "urn:artist-console:problem:device-revoked"
                return 400, {"error": "invalid_grant", "problem": problem}
            # Its use ends those before it; those after it were never used, so their replies may be lost.
            family.good = family.good[family.good.index(token) :][:1]
            return 200, self._give(family)
        return 400, {"error": "invalid_grant"}

    def expire_access(self) -> None:
        with self.lock:
            for family in self.families:
                family.access.clear()

    def family_of(self, head: str) -> Family | None:
        token = head.removeprefix("Bearer ")
        return next((family for family in self.families if token in family.access), None)

    def tokens_asked(self) -> list[Fields]:
        return [fields for path, fields in self.asked if path == wire.TOKEN_PATH]

    @property
    def secrets(self) -> list[str]:
        return [token for family in self.families for token in (*family.good, *family.access)]


def _proves(verifier: str, challenge: str) -> bool:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == challenge


class _Answers(BaseHTTPRequestHandler):
    authority: Authority

    def do_GET(self) -> None:
        self._answer({})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self._answer(dict(parse_qsl(body)))

    def _answer(self, fields: Fields) -> None:
        it = self.authority
        parts = urlsplit(self.path)
        fields |= dict(parse_qsl(parts.query))
        with it.lock:
            it.asked.append((parts.path, fields))
            it.heads.append((parts.path, self.headers.get("Authorization", "")))
        if parts.path == wire.METADATA_PATH:
            self._say(200, it.says())
        elif parts.path == wire.AUTHORIZE_PATH:
            self._say(302, {}, headers={"Location": it.authorize(fields)})
        elif parts.path == wire.TOKEN_PATH:
            self._token(fields)
        elif parts.path == wire.DEVICE_AUTHORIZATION_PATH:
            self._say(200, self._device_begun())
        elif parts.path == wire.REVOKE_PATH:
            self._revoke(fields)
        else:
            self._signed_in(parts.path)

    def _token(self, fields: Fields) -> None:
        it = self.authority
        if it.token_answer is not None:
            status, kind, body = it.token_answer
            self._send(status, kind, body)
            return
        status, answer = it.token(fields)
        it.before_reply(wire.TOKEN_PATH)
        with it.lock:
            lost = it.lose_replies > 0
            it.lose_replies -= lost
        if lost:
            self.close_connection = True
            return
        self._say(status, answer)

    def _device_begun(self) -> dict[str, object]:
        page = self.authority.base_url + wire.DEVICE_PAGE_PATH
        return {
            "device_code": "device-code-secret",
            "user_code": "WDJB-MJHT",
            "verification_uri": page,
            "verification_uri_complete": page + "?user_code=WDJB-MJHT",
            "expires_in": 900,
            "interval": self.authority.interval,
        } | self.authority.device_begun

    def _revoke(self, fields: Fields) -> None:
        with self.authority.lock:
            families = self.authority.families
            families[:] = [family for family in families if fields["token"] not in family.good]
        self._say(200, {})

    def _signed_in(self, path: str) -> None:
        it = self.authority
        family = it.family_of(self.headers.get("Authorization", ""))
        if family is None:
            self._problem(401, "not-signed-in")
        elif family.revoked:
            self._problem(403, "device-revoked")
        elif path == "/v1/account":
            self._say(200, _ACCOUNT | {"id": it.account})
        elif path.startswith("/v1/devices"):
            gone = path.removeprefix("/v1/devices/").removesuffix("/revoke")
            for each in it.families:
                each.revoked = each.revoked or each.device == gone
            self._say(200, {"devices": [_shown(each, family) for each in it.families if not each.revoked]})
        else:
            self._problem(404, "not-found")

    def _problem(self, status: int, kind: str) -> None:
        body = {"type": f"urn:artist-console:problem:{kind}", "title": "Title", "status": status}
        self._send(status, "application/problem+json", json.dumps(body).encode())

    def _say(self, status: int, body: dict[str, Any], headers: Fields | None = None) -> None:
        self._send(status, "application/json", json.dumps(body).encode(), headers)

    def _send(self, status: int, kind: str, body: bytes, headers: Fields | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is written."""


_ACCOUNT = {"name": "Ines Vale", "artists": [], "host": "Nordlys Collective", "api_version": "v1"}


def _shown(family: Family, asking: Family) -> dict[str, object]:
    when = "2025-11-18T12:00:00Z"
    this_one = family is asking
    return {
        "id": family.device,
        "name": family.name,
        "signed_in_at": when,
        "seen_at": when,
        "this_one": this_one,
    }


def browse(page: str) -> bool:
    """A browser that opens a page in the background and goes where it is led."""

    def go() -> None:
        with contextlib.suppress(OSError), urlopen(page, timeout=10) as answer:
            answer.read()  # an OSError: nobody listens there any longer

    threading.Thread(target=go, daemon=True).start()
    return True


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


@contextmanager
def authority() -> Iterator[Authority]:
    it = Authority()
    answers = type("Answers", (_Answers,), {"authority": it})
    with _Server(("127.0.0.1", 0), answers) as server:
        it.base_url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield it
        finally:
            server.shutdown()
            thread.join()
