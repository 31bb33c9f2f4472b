"""A browser on one visit: how it is known again, and which page comes next.

A visit is bound to its browser by a cookie of its own; what forms carry against forgery, and what goes to an
issuer outside, is derived from that cookie, so that it is kept nowhere.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy.engine import Connection

from artist_console.backend.storage import accounts, credentials, devices, visits
from artist_console.backend.storage.hashes import sha256_of
from artist_console.backend.storage.visits import VISIT_LIFE, Asked, Purpose, Stage, Visit
from artist_console.domain.ids import AccountId

from . import pages
from .desk import SignInDesk
from .pages import Frame, Page

_COOKIE = "artist_console_visit_"
_NAME_SIGNS = 12
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Go:
    """The browser goes elsewhere."""

    url: str


Outcome = Page | Go


class Stopped(Exception):
    """The visit cannot go on so; the page says why."""

    def __init__(self, page: Page) -> None:
        super().__init__(page.title)
        self.page = page


@dataclass(frozen=True)
class Visitor:
    """One request of a browser."""

    desk: SignInDesk
    issuer: str
    address: str
    cookies: Mapping[str, str]

    @cached_property
    def now(self) -> datetime:
        return self.desk.service.clock()

    @property
    def host(self) -> str:
        return self.desk.service.signer.name

    def begin(
        self, purpose: Purpose, stage: Stage, asked: Asked | None = None
    ) -> tuple[Visit, tuple[str, str]]:
        """A new visit, and the cookie that makes it this browser's. Raises Stopped."""
        id, secret = self.desk.service.new_id(), secrets.token_urlsafe(_SECRET_BYTES)
        visit = Visit(id, sha256_of(secret), purpose, stage, asked or Asked(), None, self.now + VISIT_LIFE)
        with self.desk.service.database.writing() as connection:
            kept = visits.begin(connection, visit, self.address, self.now)
        if not kept:
            title, words = "Too many pages are open", "Wait ten minutes, then begin again in Artist Console."
            raise Stopped(pages.stopped(Frame(self.host), title, words, 429, VISIT_LIFE))
        return visit, (_cookie_name(id), secret)

    def find(self, connection: Connection, at: str) -> Visit:
        """The visit that this browser is on. Raises Stopped: there is none, or it is another browser's."""
        visit = visits.find(connection, at, self.now)
        secret = self.cookies.get(_cookie_name(at), "")
        if visit is None or not hmac.compare_digest(sha256_of(secret), visit.browser_sha256):
            title = "This page has run out"
            words = "Begin again in Artist Console. Your browser has to accept cookies of this service."
            raise Stopped(pages.stopped(Frame(self.host), title, words, 400))
        return visit

    def check_form(self, visit: Visit, token: str) -> None:
        """Raises Stopped: the form was not sent from our page in this browser."""
        if not hmac.compare_digest(self.derived(visit, "form").encode(), token.encode()):
            title, words = "This form was not sent from here", "Begin again in Artist Console."
            raise Stopped(pages.stopped(Frame(self.host), title, words, 403))

    def derived(self, visit: Visit, what: str) -> str:
        """A secret of this visit and browser for one thing."""
        secret = self.cookies.get(_cookie_name(visit.id), "")
        digest = hmac.digest(secret.encode(), f"{what}/{visit.id}".encode(), "sha256")
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def frame(self, visit: Visit) -> Frame:
        outside = self.desk.settings.outside
        return Frame(
            self.host,
            visit.id,
            self.derived(visit, "form"),
            outside.name if outside is not None else "",
            outside is not None and outside.only,
        )

    def with_cookie(self, cookie: tuple[str, str]) -> Visitor:
        """The same browser once it has the cookie."""
        return Visitor(self.desk, self.issuer, self.address, {**self.cookies, cookie[0]: cookie[1]})

    def show(self, connection: Connection, visit: Visit, said: str = "") -> Page:
        """The page that a visit is at."""
        frame = self.frame(visit)
        if visit.stage is Stage.USER_CODE:
            return pages.user_code(frame)
        if visit.stage is Stage.INVITATION:
            return pages.invitation(frame, outside=bool(visit.asked.subject))
        if visit.account is None:
            return pages.sign_in(frame, visit)
        if visit.stage is Stage.SECOND_STEP:
            return pages.second_step(frame)
        name = accounts.account_name(connection, visit.account) or ""
        if visit.stage is Stage.CONSENT:
            leads_to = visit.asked.redirect_uri.removesuffix("/signed-in")
            return pages.consent(frame, visit, name, leads_to)
        known = credentials.of_account(connection, visit.account)
        return pages.account(
            frame,
            name,
            [device.name for device in devices.listed(connection, visit.account, self.now)],
            sign_in_name=known.sign_in_name if known is not None else "",
            has_second_step=known is not None and known.second_step is not None,
            said=said,
        )


def signed_in(visit: Visit, account: AccountId) -> Visit:
    """Somebody has shown who they are: what they came for comes next."""
    stage = Stage.ACCOUNT if visit.purpose is Purpose.ACCOUNT else Stage.CONSENT
    return visit.at(stage, account=account)


def step_of_visit(visit: Visit) -> Go:
    """To the page of the visit, so that reloading it sends nothing twice."""
    return Go(f"/oauth/step?at={visit.id}")


def _cookie_name(id: str) -> str:
    return f"{_COOKIE}{id[:_NAME_SIGNS]}"
