"""How a visit begins: an application asks for a sign-in, a device waits, or somebody comes by themselves."""

from __future__ import annotations

from authlib.oauth2.rfc6749 import OAuth2Error

from artist_console.backend.storage.visits import Asked, Purpose, Stage, Visit
from artist_console.formats.sign_in_wire import CLIENT_ID

from . import pages
from .client import is_redirect
from .forms import Form
from .pages import Frame
from .server import Reply, Request, Server, read_user_code
from .visitor import Go, Outcome, Stopped, Visitor, step_of_visit

Began = tuple[Outcome, tuple[str, str] | None]  # what is answered, and a cookie


def authorize(visitor: Visitor, form: Form) -> Began:
    """RFC 6749, 4.1.1. Trouble goes back to the application only where its address is beyond doubt."""
    service = visitor.desk.service
    with service.database.reading() as connection:
        server = Server(connection, visitor.issuer, visitor.now, service.new_id)
        try:
            grant = server.get_consent_grant(Request("GET", form, {}, visitor.issuer))
        except OAuth2Error as error:
            return _refused(visitor, form, server, error), None
    asked = Asked(
        grant.redirect_uri, form.get("state"), form.get("code_challenge"), form.get("device_name").strip()
    )
    visit, cookie = visitor.begin(Purpose.AUTHORIZE, Stage.SIGN_IN, asked)
    return _first(visitor, visit), cookie


def _refused(visitor: Visitor, form: Form, server: Server, error: OAuth2Error) -> Outcome:
    known = form.get("client_id") == CLIENT_ID and is_redirect(form.get("redirect_uri"))
    if not known:
        raise Stopped(not_asked_well(visitor.host))
    error.redirect_uri, error.state = form.get("redirect_uri"), form.get("state")
    reply: Reply = server.handle_error_response(None, error)
    server.execute_hook("after_create_authorization_response", reply)
    return Go(reply.location)


def not_asked_well(host: str) -> pages.Page:
    title = "This is not a sign-in of Artist Console"
    words = "What was asked cannot be answered, and nothing was sent anywhere. Begin again in Artist Console."
    return pages.stopped(Frame(host), title, words, 400)


def for_device(visitor: Visitor, form: Form) -> Began:
    """Somebody holds a device that shows a code; the address may carry it (RFC 8628, 3.3.1)."""
    visit, cookie = visitor.begin(Purpose.DEVICE, Stage.USER_CODE)
    typed = read_user_code(form.get("user_code"))
    code = f"{typed[:4]}-{typed[4:8]}" if typed else ""
    return pages.user_code(visitor.with_cookie(cookie).frame(visit), code=code), cookie


def for_account(visitor: Visitor, stage: Stage = Stage.SIGN_IN) -> Began:
    """Somebody comes to set a first password, or to see to their account."""
    visit, cookie = visitor.begin(Purpose.ACCOUNT, stage)
    return _first(visitor, visit) if stage is Stage.SIGN_IN else step_of_visit(visit), cookie


def _first(visitor: Visitor, visit: Visit) -> Outcome:
    if visitor.desk.settings.outside is not None and visitor.desk.settings.outside.only:
        return Go(f"/oauth/external?at={visit.id}")
    return step_of_visit(visit)
