"""The way to an OpenID Connect issuer outside, and back."""

from __future__ import annotations

import hmac
import logging

import msgspec

from artist_console.backend.storage import credentials, visits
from artist_console.backend.storage.visits import Stage, Visit

from . import pages
from .forms import Form
from .outside import OutsideClient
from .outside_http import OutsideTrouble
from .pages import Frame
from .visitor import Go, Outcome, Stopped, Visitor, signed_in, step_of_visit

_log = logging.getLogger(__name__)

CALLBACK_PATH = "/oauth/callback"


def leave(visitor: Visitor, form: Form) -> Outcome:
    """To the issuer."""
    client = _client(visitor)
    with visitor.desk.service.database.reading() as connection:
        visit = visitor.find(connection, form.get("at"))
    if visit.stage is not Stage.SIGN_IN:
        return step_of_visit(visit)
    try:
        return Go(
            client.address(
                f"{visitor.issuer}{CALLBACK_PATH}",
                _state(visitor, visit),
                visitor.derived(visit, "nonce"),
                visitor.derived(visit, "verifier"),
            )
        )
    except OutsideTrouble as error:
        raise Stopped(_failed(visitor, client, error)) from None


def come_back(visitor: Visitor, form: Form) -> Outcome:
    """From the issuer, with a code, or with a no."""
    client = _client(visitor)
    database = visitor.desk.service.database
    state = form.get("state")
    with database.reading() as connection:
        visit = visitor.find(connection, state.partition(".")[0])
    if not hmac.compare_digest(state.encode(), _state(visitor, visit).encode()):
        raise Stopped(_failed(visitor, client, OutsideTrouble("the answer belongs to another visit")))
    if visit.stage is not Stage.SIGN_IN:
        return step_of_visit(visit)
    named = form.get("iss")
    if named and named != client.issuer.issuer:
        raise Stopped(_failed(visitor, client, OutsideTrouble("another issuer answered")))
    if not form.get("code"):
        raise Stopped(_failed(visitor, client, OutsideTrouble("the issuer let nobody in")))
    try:
        subject = client.subject(
            form.get("code"),
            visitor.derived(visit, "verifier"),
            f"{visitor.issuer}{CALLBACK_PATH}",
            visitor.derived(visit, "nonce"),
        )
    except OutsideTrouble as error:
        raise Stopped(_failed(visitor, client, error)) from None
    issuer = client.issuer.issuer
    with database.writing() as connection:
        account = credentials.identified(connection, issuer, subject)
        if account is not None:
            visits.keep(connection, signed_in(visit, account))
        else:
            asked = msgspec.structs.replace(visit.asked, issuer=issuer, subject=subject)
            visits.keep(connection, visit.at(Stage.INVITATION, asked=asked))
    return step_of_visit(visit)


def _state(visitor: Visitor, visit: Visit) -> str:
    return f"{visit.id}.{visitor.derived(visit, 'state')}"


def _client(visitor: Visitor) -> OutsideClient:
    if visitor.desk.outside is None:
        title, words = "There is nothing here", "This service signs in by name and password."
        raise Stopped(pages.stopped(Frame(visitor.host), title, words, 404))
    return visitor.desk.outside


def _failed(visitor: Visitor, client: OutsideClient, error: OutsideTrouble) -> pages.Page:
    _log.warning("signing in outside: %s", error)
    title = "Nobody was signed in"
    words = f"{client.issuer.name} did not say who you are: {error}. Begin again in Artist Console."
    return pages.stopped(Frame(visitor.host), title, words, 502)
