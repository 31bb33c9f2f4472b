"""What a visit does with each form: who somebody is, and what they answer.

Hashes of passwords are worked out between two transactions, never inside one: a try is counted in the first,
and what follows from it is written in the second.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.engine import Connection

from artist_console.backend.authentication import read_code
from artist_console.backend.storage import accounts, credentials, sign_ins, visits
from artist_console.backend.storage.credentials import Credentials, folded
from artist_console.backend.storage.visits import Purpose, Stage, Visit
from artist_console.domain.ids import AccountId

from . import pages, second_step, throttle
from .forms import Form
from .pages import Frame, Page
from .passwords import what_is_wrong
from .server import Reply, Request, Server, read_user_code
from .visitor import Go, Outcome, Stopped, Visitor, signed_in, step_of_visit

WRONG = "The name or the password is not right."
WRONG_CODE = "The code is not right, or was used already."
WRONG_INVITATION = "The code is not known, was used already, or has run out. Ask the host for a new one."
NAME_TAKEN = "Somebody else signs in with this name. Choose another one."
NO_DEVICE = "No device waits for this code. Look at it again, or begin again on the device."


def at_stage(visitor: Visitor, connection: Connection, form: Form, *stages: Stage) -> Visit:
    """The visit that a form belongs to. Raises Stopped: not from here, or not what comes next."""
    visit = visitor.find(connection, form.get("at"))
    visitor.check_form(visit, form.get("csrf"))
    if visit.stage not in stages:
        title, words = "This step is done", "Go back to the page that is open, or begin again."
        raise Stopped(pages.stopped(Frame(visitor.host), title, words, 409))
    return visit


def sign_in(visitor: Visitor, form: Form) -> Outcome:
    """Name and password."""
    desk, database = visitor.desk, visitor.desk.service.database
    name = form.get("name")
    counted = throttle.about_account("password", folded(name), visitor.address)
    with database.writing() as connection:
        visit = at_stage(visitor, connection, form, Stage.SIGN_IN)
        if desk.settings.outside is not None and desk.settings.outside.only:
            raise Stopped(_not_here(visitor))
        wait = throttle.book(connection, counted, visitor.now)
        known = credentials.by_name(connection, name)
    if wait is not None:
        return too_often(visitor, wait)
    password = form.get("password")
    if not desk.passwords.fits(password, known.password if known is not None else None) or known is None:
        return _again(pages.sign_in(visitor.frame(visit), visit, WRONG, name))
    renewed = desk.passwords.hashed(password) if desk.passwords.is_of_former_measure(known.password) else ""
    with database.writing() as connection:
        throttle.was_right(connection, counted, visitor.now)
        if renewed:
            credentials.renew_hash(connection, known.account, known.password, renewed)
        return _go_on(connection, visit, _after_password(visit, known))


def _after_password(visit: Visit, known: Credentials) -> Visit:
    if known.second_step is not None:
        return visit.at(Stage.SECOND_STEP, account=known.account)
    return signed_in(visit, known.account)


def _not_here(visitor: Visitor) -> Page:
    title, words = "There are no passwords here", "Sign in with the issuer that the host has chosen."
    return pages.stopped(Frame(visitor.host), title, words, 403)


def second(visitor: Visitor, form: Form) -> Outcome:
    """The code of the second step."""
    with visitor.desk.service.database.writing() as connection:
        visit = at_stage(visitor, connection, form, Stage.SECOND_STEP)
        assert visit.account is not None
        wait = check_second_step(visitor, connection, visit.account, form.get("code"))
        if isinstance(wait, timedelta):
            return too_often(visitor, wait)
        if not wait:
            return _again(pages.second_step(visitor.frame(visit), WRONG_CODE))
        return _go_on(connection, visit, signed_in(visit, visit.account))


def check_second_step(
    visitor: Visitor, connection: Connection, account: AccountId, code: str
) -> bool | timedelta:
    """Whether it is the code of now, for the first time; a time to wait where that may not be tried yet."""
    counted = throttle.about_account("second-step", account, visitor.address)
    wait = throttle.book(connection, counted, visitor.now)
    if wait is not None:
        return wait
    known = credentials.of_account(connection, account)
    if known is None or known.second_step is None:
        return False
    secret = second_step.unseal(known.second_step, visitor.desk.service.sealing_key, account)
    step = second_step.step_of(secret, code, visitor.now) if secret is not None else None
    if step is None or not credentials.use_step(connection, account, step):
        return False
    throttle.was_right(connection, counted, visitor.now)
    return True


def show_invitation(visitor: Visitor, form: Form) -> Outcome:
    """From the page that asks for a password to the one that sets the first."""
    with visitor.desk.service.database.writing() as connection:
        visit = visitor.find(connection, form.get("at"))
        if visit.stage is not Stage.SIGN_IN:
            return step_of_visit(visit)
        return _go_on(connection, visit, visit.at(Stage.INVITATION))


def invitation(visitor: Visitor, form: Form) -> Outcome:
    """A code from the host sets the password, or says who somebody outside is here."""
    desk, database = visitor.desk, visitor.desk.service.database
    code, name = read_code(form.get("code")), form.get("name").strip()
    counted = throttle.about_address("invitation", visitor.address)
    with database.writing() as connection:
        visit = at_stage(visitor, connection, form, Stage.INVITATION)
        wait = throttle.book(connection, counted, visitor.now)
        account = accounts.holder_of_code(connection, code, visitor.now)
    if wait is not None:
        return too_often(visitor, wait)
    outside = bool(visit.asked.subject)
    frame = visitor.frame(visit)
    if account is None:
        return _again(pages.invitation(frame, WRONG_INVITATION, name, outside=outside))
    if outside:
        return _link(visitor, visit, code, counted)
    if desk.settings.outside is not None and desk.settings.outside.only:
        raise Stopped(_not_here(visitor))
    wrong = "Choose a name to sign in with." if not folded(name) else ""
    wrong = wrong or what_is_wrong(form.get("new_password"), form.get("again"), name)
    if wrong:
        with database.writing() as connection:
            throttle.was_right(connection, counted, visitor.now)
        return _again(pages.invitation(frame, wrong, name))
    hashed = desk.passwords.hashed(form.get("new_password"))
    with database.writing() as connection:
        throttle.was_right(connection, counted, visitor.now)
        if not _is_free(connection, account, name):
            return _again(pages.invitation(frame, NAME_TAKEN, name))
        if accounts.use_code(connection, code, visitor.now) is None:
            return _again(pages.invitation(frame, WRONG_INVITATION, name))
        credentials.set_password(connection, account, name, hashed)
        known = credentials.of_account(connection, account)
        assert known is not None
        return _go_on(connection, visit, _after_password(visit, known))


def _is_free(connection: Connection, account: AccountId, name: str) -> bool:
    holder = credentials.by_name(connection, name)
    return holder is None or holder.account == account


def _link(visitor: Visitor, visit: Visit, code: str, counted: tuple[throttle.Counted, ...]) -> Outcome:
    with visitor.desk.service.database.writing() as connection:
        throttle.was_right(connection, counted, visitor.now)
        known = credentials.identified(connection, visit.asked.issuer, visit.asked.subject)
        account = accounts.use_code(connection, code, visitor.now) if known is None else known
        if account is None:
            return _again(pages.invitation(visitor.frame(visit), WRONG_INVITATION, outside=True))
        if known is None:
            credentials.identify(connection, visit.asked.issuer, visit.asked.subject, account)
        return _go_on(connection, visit, signed_in(visit, account))


def user_code(visitor: Visitor, form: Form) -> Outcome:
    """The code that a device shows."""
    typed = read_user_code(form.get("user_code"))
    counted = throttle.about_address("user-code", visitor.address)
    with visitor.desk.service.database.writing() as connection:
        visit = at_stage(visitor, connection, form, Stage.USER_CODE)
        wait = throttle.book(connection, counted, visitor.now)
        if wait is not None:
            return too_often(visitor, wait)
        waiting = sign_ins.waiting_device(connection, typed, visitor.now)
        if waiting is None:
            return _again(pages.user_code(visitor.frame(visit), NO_DEVICE))
        throttle.was_right(connection, counted, visitor.now)
        asked = visits.Asked(device_name=waiting.device_name, device_code=waiting.sha256, user_code=typed)
        _go_on(connection, visit, visit.at(Stage.SIGN_IN, asked=asked))
    if visitor.desk.settings.outside is not None and visitor.desk.settings.outside.only:
        return Go(f"/oauth/external?at={visit.id}")
    return step_of_visit(visit)


def consent(visitor: Visitor, form: Form) -> Outcome:
    """Yes or no. Anything else is no answer."""
    answer = form.get("answer")
    with visitor.desk.service.database.writing() as connection:
        visit = at_stage(visitor, connection, form, Stage.CONSENT)
        if answer not in ("yes", "no"):
            return visitor.show(connection, visit)
        visits.end(connection, visit)
        assert visit.account is not None
        if visit.purpose is Purpose.AUTHORIZE:
            return _to_application(visitor, connection, visit, allowed=answer == "yes")
        still = sign_ins.answer_device(
            connection, visit.asked.device_code, visit.account, visitor.now, allowed=answer == "yes"
        )
    if not still:
        title, words = "The device waits no longer", "Begin again on the device."
        return pages.stopped(Frame(visitor.host), title, words, 409)
    return pages.answered(visitor.frame(visit), visit, allowed=answer == "yes")


def _to_application(visitor: Visitor, connection: Connection, visit: Visit, *, allowed: bool) -> Go:
    """Back to where the application listens, with a code or with a no (RFC 6749, 4.1.2)."""
    asked = visit.asked
    form = Form(
        {
            "response_type": "code",
            "client_id": "artist-console",
            "redirect_uri": asked.redirect_uri,
            "state": asked.state,
            "code_challenge": asked.challenge,
            "code_challenge_method": "S256",
            "device_name": asked.device_name,
        }
    )
    server = Server(connection, visitor.issuer, visitor.now, visitor.desk.service.new_id)
    request = Request("GET", form, {}, visitor.issuer)
    grant = server.get_authorization_grant(request)
    reply: Reply = server.create_authorization_response(request, visit.account if allowed else None, grant)
    return Go(reply.location)


def _go_on(connection: Connection, visit: Visit, further: Visit) -> Go:
    visits.keep(connection, further)
    return step_of_visit(visit)


def _again(page: Page) -> Page:
    """The same page, with what was wrong; no browser keeps it as an answer that worked."""
    return pages.with_status(page, 403)


def too_often(visitor: Visitor, wait: timedelta) -> Page:
    seconds = max(1, round(wait.total_seconds()))
    span = f"{seconds} seconds" if seconds < 100 else f"{round(seconds / 60)} minutes"
    title, words = "Too many tries", f"Wait {span}, then go back and try again."
    return pages.stopped(Frame(visitor.host), title, words, 429, timedelta(seconds=seconds))
