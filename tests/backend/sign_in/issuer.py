"""A small OpenID Connect issuer on a real socket, which can be made to do each thing wrong."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

CLIENT_ID, CLIENT_SECRET = "console at Fieldnote", "issuer secret: +/&="


@dataclass
class Issuer:
    """Signs everybody in as `subject`. `claims` and `answer` bend what it says."""

    port: int = 0
    subject: str = "sub-1"
    key: Any = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}, private=True))
    alg: str = "RS256"
    claims: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
    answer: Callable[[dict[str, Any]], dict[str, Any]] = lambda answer: answer
    metadata: Callable[[dict[str, Any]], dict[str, Any]] = lambda metadata: metadata
    grants: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    status: int = 200

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def new_key(self, kid: str = "two") -> None:
        self.key = RSAKey.generate_key(2048, {"kid": kid}, private=True)

    def discovery(self) -> dict[str, Any]:
        return self.metadata(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
            }
        )

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        code = secrets.token_urlsafe(16)
        self.grants[code] = query
        answer = {"code": code, "state": query["state"], "iss": self.url}
        return f"{query['redirect_uri']}?{urlencode(answer)}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        pair = f"{quote(CLIENT_ID, '')}:{quote(CLIENT_SECRET, '')}"
        expected = f"Basic {base64.b64encode(pair.encode()).decode()}"
        grant = self.grants.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            grant is None
            or authorization != expected
            or challenge != grant["code_challenge"]
            or form.get("redirect_uri") != grant["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = self.claims(
            {
                "iss": self.url,
                "sub": self.subject,
                "aud": CLIENT_ID,
                "exp": now + 300,
                "iat": now,
                "nonce": grant["nonce"],
            }
        )
        header = {"alg": self.alg, "kid": self.key.kid}
        signed = jwt.encode(header, claims, self.key, algorithms=[self.alg])
        return 200, self.answer({"access_token": "a", "token_type": "Bearer", "id_token": signed})


def a_handler(issuer: Issuer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            issuer.asked.append(parts.path)
            if parts.path == "/authorize":
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                self.send_response(302)
                self.send_header("Location", issuer.authorize(query))
                self.end_headers()
            elif parts.path == "/keys":
                self._json(200, {"keys": [issuer.key.as_dict(private=False)]})
            else:
                self._json(issuer.status, issuer.discovery())

        def do_POST(self) -> None:
            issuer.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._json(*issuer.token(form, self.headers.get("Authorization", "")))

        def _json(self, status: int, body: dict[str, Any]) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, *_: Any) -> None:
            """Nothing on the terminal."""

    return Handler


@contextmanager
def an_issuer() -> Iterator[Issuer]:
    issuer = Issuer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), a_handler(issuer))
    issuer.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, name="issuer")
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def other_keys() -> dict[str, tuple[Any, str]]:
    """Keys and the kinds of signatures that they make."""
    return {
        "EC": (ECKey.generate_key("P-256", {"kid": "one"}, private=True), "ES256"),
        "our secret": (OctKey.import_key(CLIENT_SECRET, {"kid": "one"}), "HS256"),
    }
