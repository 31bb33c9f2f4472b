"""A line to a real service on which answers about ledgers can be replaced by others, signed or not."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import msgspec
import requests

from artist_console.formats.canonical import canonical_bytes
from artist_console.formats.encoding import as_plain
from artist_console.formats.signatures import SigningKey, sign_jws
from artist_console.formats.signed_head import JWS_TYP, read_head
from tests.sync.devices import SIGNING_KEY, Wire

Lie = Callable[[Any], Any]  # from the true answer, as JSON
REAL = SigningKey(SIGNING_KEY)


class LyingLine(Wire):
    """Replaces answers whose path ends so, and keeps the paths that were asked."""

    def __init__(self) -> None:
        super().__init__()
        self.lies: dict[str, Lie] = {}
        self.before: dict[str, Callable[[], None]] = {}  # what happens just before a path is asked
        self.asked: list[str] = []

    def send(self, request: Any, *args: Any, **more: Any) -> requests.Response:
        path = urlsplit(request.url).path
        self.asked.append(path)
        for ending in [each for each in self.before if path.endswith(each)]:
            self.before.pop(ending)()
        answer = super().send(request, *args, **more)
        lie = next((lie for ending, lie in self.lies.items() if path.endswith(ending)), None)
        if lie is not None and answer.status_code == 200:
            body = json.dumps(lie(json.loads(answer.content))).encode()
            answer._content = body
            answer.headers["Content-Length"] = str(len(body))
        return answer

    def about_ledgers(self) -> list[str]:
        """The paths asked since the last time, as far as they are about proofs."""
        found = [p.removeprefix("/v1/") for p in self.asked if p.endswith(("/head", "/heads", "consistency"))]
        self.asked.clear()
        return found


def signed_anew(text: str, key: SigningKey = REAL, **changed: Any) -> str:
    """A signed head with other members, signed with the key of the service or another."""
    claims = msgspec.structs.replace(read_head(text).claims, **changed)
    return sign_jws(canonical_bytes(as_plain(claims)), key, JWS_TYP)


def with_head(change: Callable[[str], str]) -> Lie:
    return lambda answer: {"head": change(answer["head"])}
