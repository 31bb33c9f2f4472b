"""A hosted service on a real socket, and an application and a browser that talk to it."""

from __future__ import annotations

import base64
import hashlib
import html
import itertools
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
import sqlalchemy as sa
from argon2 import PasswordHasher

from artist_console.backend.app import create_app
from artist_console.backend.authentication import issue_code
from artist_console.backend.service import Service, make_service
from artist_console.backend.serving import Serving
from artist_console.backend.sign_in.desk import SignInDesk, make_desk
from artist_console.backend.sign_in.passwords import Passwords
from artist_console.backend.sign_in.routes import sign_in_router
from artist_console.backend.sign_in.settings import SignInSettings
from artist_console.backend.storage import accounts, credentials, sign_ins
from artist_console.backend.storage.database import Database, open_database
from artist_console.backend.storage.sign_ins import AuthorizationCode
from artist_console.domain.ids import AccountId
from artist_console.formats.receipts import SignerRole
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

from ..world import DATA_KEY, SIGNING_KEY, Clock

MARA, OLA = AccountId("a-mara"), AccountId("a-ola")
PASSWORD = "salt lines at night ferry"
REDIRECT = "http://127.0.0.1:49152/signed-in"
VERIFIER = "v" * 43
# As cheap as the library allows: the real measure has a test of its own.
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_TABLES = (
    "devices",
    "access_tokens",
    "refresh_tokens",
    "authorization_codes",
    "device_codes",
    "credentials",
    "external_identities",
    "codes",
)


def challenge_of(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


@dataclass
class Hosted:
    """A running hosted service with two accounts; Mara has a password."""

    service: Service
    desk: SignInDesk
    serving: Serving
    clock: Clock

    @property
    def url(self) -> str:
        return self.serving.base_url

    def code(self, account: AccountId = MARA) -> str:
        return issue_code(self.service, account)

    def post(self, path: str, data: Any = None, **more: Any) -> requests.Response:
        """Of a program: no cookies, no redirects."""
        return requests.post(f"{self.url}{path}", data=data, timeout=60, allow_redirects=False, **more)

    def token(self, **form: str) -> requests.Response:
        return self.post(TOKEN_PATH, form)

    def refresh(self, refresh_token: str) -> requests.Response:
        return self.token(grant_type=REFRESH_TOKEN, refresh_token=refresh_token, client_id=CLIENT_ID)

    def redeem(self, code: str, verifier: str = VERIFIER, redirect: str = REDIRECT) -> requests.Response:
        return self.token(
            grant_type=AUTHORIZATION_CODE,
            code=code,
            redirect_uri=redirect,
            code_verifier=verifier,
            client_id=CLIENT_ID,
        )

    def authorization_code(self, redirect: str = REDIRECT, verifier: str = VERIFIER) -> str:
        """One as the browser brings it, without the way there."""
        code = secrets.token_urlsafe(32)
        stands_for = AuthorizationCode(MARA, redirect, challenge_of(verifier), "Laptop")
        with self.service.database.writing() as connection:
            sign_ins.add_authorization_code(connection, code, stands_for, self.clock.now)
        return code

    def answer_device(self, device_code: str, *, allowed: bool) -> None:
        """Somebody says yes or no to a device that waits, without the way there."""
        with self.service.database.writing() as connection:
            found = sign_ins.device_code(connection, device_code)
            assert found is not None
            sign_ins.answer_device(connection, found.sha256, MARA, self.clock.now, allowed=allowed)

    def ask_for_device(self, device_code: str) -> requests.Response:
        return self.token(grant_type=DEVICE_CODE, device_code=device_code, client_id=CLIENT_ID)

    def begin_device(self, name: str = "Studio") -> Any:
        answer = self.post(DEVICE_AUTHORIZATION_PATH, {"client_id": CLIENT_ID, "device_name": name})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def sign_in(self, name: str = "Laptop", account: AccountId = MARA) -> Any:
        """A device, by a one-time code: the shortest way."""
        answer = self.token(grant_type=ONE_TIME_CODE, code=self.code(account), device_name=name)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def revoke(self, token: str, **more: str) -> requests.Response:
        return self.post(REVOKE_PATH, {"token": token, **more})

    def get(self, path: str, token: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {token}"}
        return requests.get(f"{self.url}/v1/{path}", headers=headers, timeout=60)

    def works(self, token: str) -> bool:
        return self.get("account", token).status_code == 200

    def rows(self, table: str) -> int:
        with self.service.database.reading() as connection:
            return int(connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar() or 0)

    def live_devices(self, account: AccountId = MARA) -> int:
        query = "SELECT count(*) FROM devices WHERE revoked_at IS NULL AND account = :account"
        with self.service.database.reading() as connection:
            return int(connection.execute(sa.text(query), {"account": account}).scalar() or 0)

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """All that signing in has kept, to see that nothing changed."""
        with self.service.database.reading() as connection:
            return {
                table: [tuple(row) for row in connection.execute(sa.text(f"SELECT * FROM {table}"))]
                for table in _TABLES
            }

    def browser(self) -> Browser:
        return Browser(self.url)


_INPUT = re.compile(r"<input ([^>]*)>|<button ([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')


@dataclass
class Browser:
    """Opens pages, fills in forms, follows redirects of this service, and stops at those that lead out."""

    url: str
    session: requests.Session = field(default_factory=requests.Session)
    page: str = ""
    status: int = 0
    left_for: str = ""  # where it was sent outside of the service
    last: requests.Response | None = None

    def open(self, path: str, **params: str) -> Browser:
        self._take(
            self.session.get(
                path if path.startswith("http") else f"{self.url}{path}",
                params=params,
                timeout=60,
                allow_redirects=False,
            )
        )
        return self

    def authorize(self, **params: str) -> Browser:
        asked = {
            "response_type": "code",
            "client_id": CLIENT_ID,
            "redirect_uri": REDIRECT,
            "state": "state-1",
            "code_challenge": challenge_of(VERIFIER),
            "code_challenge_method": "S256",
            "device_name": "Laptop",
        } | params
        return self.open(AUTHORIZE_PATH, **{name: value for name, value in asked.items() if value})

    @property
    def fields(self) -> dict[str, str]:
        """The hidden fields of the page's first form."""
        found = {}
        for match in _INPUT.finditer(self.page):
            attributes = dict(_ATTRIBUTE.findall(match[1] or ""))
            if attributes.get("type") == "hidden":
                found.setdefault(attributes["name"], html.unescape(attributes["value"]))
        return found

    def submit(self, path: str, **fields: str) -> Browser:
        self._take(
            self.session.post(
                f"{self.url}{path}", data=self.fields | fields, timeout=60, allow_redirects=False
            )
        )
        return self

    def sign_in(self, name: str = "Mara", password: str = PASSWORD) -> Browser:
        return self.submit("/oauth/sign-in", name=name, password=password)

    def answer(self, answer: str = "yes") -> Browser:
        return self.submit("/oauth/consent", answer=answer)

    @property
    def words(self) -> str:
        """The text of the page, as a person reads it."""
        body = self.page.partition("<main>")[2].partition("</main>")[0]
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())

    @property
    def came_back(self) -> dict[str, str]:
        """What the application is told in the address that the browser was sent to."""
        return dict(parse_qsl(urlsplit(self.left_for).query))

    def _take(self, answer: requests.Response) -> None:
        for _ in range(5):
            location = answer.headers.get("Location", "")
            if answer.status_code != 303 or (location.startswith("http") and not self._ours(location)):
                break
            target = location if location.startswith("http") else f"{self.url}{location}"
            answer = self.session.get(target, timeout=60, allow_redirects=False)
        self.last, self.status, self.page = answer, answer.status_code, answer.text
        self.left_for = answer.headers.get("Location", "")

    def _ours(self, location: str) -> bool:
        return location.startswith(f"{self.url}/")


_numbers = itertools.count(1)


@contextmanager
def a_hosted_service(
    folder: Path,
    settings: SignInSettings | None = None,
    passwords: Passwords | None = None,
    database: Database | None = None,
) -> Iterator[Hosted]:
    clock = Clock()
    database = database or open_database(folder / f"hosted-{next(_numbers)}.db", DATA_KEY)
    service = make_service(
        database, SIGNING_KEY, host_name="Fieldnote", role=SignerRole.HOSTED_SERVICE, clock=clock
    )
    desk = make_desk(service, settings or SignInSettings(), passwords or Passwords(QUICK))
    with database.writing() as connection:
        for account, name in ((MARA, "Mara"), (OLA, "Ola")):
            accounts.add_account(connection, account, name)
        credentials.set_password(connection, MARA, "Mara", desk.passwords.hashed(PASSWORD))
    serving = Serving(create_app(service, sign_in_router(desk)))
    try:
        yield Hosted(service, desk, serving, clock)
    finally:
        serving.stop()
        service.close()


def a_verifier() -> str:
    return secrets.token_urlsafe(32)


SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
