"""What somebody sees to on the page of their own account: the second step, and the password."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import timedelta

import msgspec

from artist_console.backend.storage import credentials, visits
from artist_console.backend.storage.credentials import Credentials
from artist_console.backend.storage.visits import Stage, Visit

from . import pages, second_step, throttle
from .forms import Form
from .pages import Page
from .passwords import what_is_wrong
from .steps import WRONG_CODE, at_stage, check_second_step, too_often
from .visitor import Outcome, Stopped, Visitor

_WRONG_PASSWORD = "The present password is not right."


@dataclass(frozen=True, slots=True)
class _Mine:
    visit: Visit
    known: Credentials


def change(visitor: Visitor, form: Form) -> Outcome:
    """One of the forms of the page."""
    with visitor.desk.service.database.reading() as connection:
        visit = at_stage(visitor, connection, form, Stage.ACCOUNT)
        known = credentials.of_account(connection, visit.account or "")
    if known is None:
        raise Stopped(
            pages.stopped(visitor.frame(visit), "There is no password", "Nothing was changed.", 409)
        )
    mine = _Mine(visit, known)
    action = form.get("action")
    if action == "password":
        return _new_password(visitor, mine, form)
    if action == "confirm":
        return _confirm(visitor, mine, form.get("code"))
    if known.second_step is not None:
        return _switch_off(visitor, mine, form.get("code"))
    return _offer(visitor, mine)


def _offer(visitor: Visitor, mine: _Mine) -> Page:
    """A new secret, which counts only once its first code has come back."""
    secret = second_step.new_secret()
    sealed = second_step.seal(secret, visitor.desk.service.sealing_key, mine.known.account)
    asked = msgspec.structs.replace(mine.visit.asked, new_second_step=base64.b64encode(sealed).decode())
    with visitor.desk.service.database.writing() as connection:
        visits.keep(connection, mine.visit.at(Stage.ACCOUNT, asked=asked))
    return _shown(visitor, mine, secret)


def _shown(visitor: Visitor, mine: _Mine, secret: str, trouble: str = "") -> Page:
    address = second_step.address_for_app(secret, mine.known.sign_in_name, visitor.host)
    return pages.new_second_step(visitor.frame(mine.visit), secret, address, trouble)


def _confirm(visitor: Visitor, mine: _Mine, code: str) -> Page:
    account = mine.known.account
    sealed = base64.b64decode(mine.visit.asked.new_second_step)
    secret = second_step.unseal(sealed, visitor.desk.service.sealing_key, account)
    if secret is None or mine.known.second_step is not None:
        return _back(visitor, mine, "Nothing was changed. Begin again with the button below.")
    step = second_step.step_of(secret, code, visitor.now)
    if step is None:
        return pages.with_status(_shown(visitor, mine, secret, WRONG_CODE), 403)
    with visitor.desk.service.database.writing() as connection:
        credentials.set_second_step(connection, account, sealed, step)
    return _back(visitor, mine, "The second step is on. You are asked for a code from now on.")


def _switch_off(visitor: Visitor, mine: _Mine, code: str) -> Page:
    with visitor.desk.service.database.writing() as connection:
        right = check_second_step(visitor, connection, mine.known.account, code)
        if isinstance(right, timedelta):
            return too_often(visitor, right)
        if right:
            credentials.set_second_step(connection, mine.known.account, None, None)
    return _back(visitor, mine, "The second step is off." if right else WRONG_CODE, wrong=not right)


def _new_password(visitor: Visitor, mine: _Mine, form: Form) -> Page:
    database, passwords = visitor.desk.service.database, visitor.desk.passwords
    counted = throttle.about_account("password", mine.known.sign_in_name, visitor.address)
    with database.writing() as connection:
        wait = throttle.book(connection, counted, visitor.now)
    if wait is not None:
        return too_often(visitor, wait)
    if not passwords.fits(form.get("password"), mine.known.password):
        return _back(visitor, mine, _WRONG_PASSWORD, wrong=True)
    with database.writing() as connection:
        throttle.was_right(connection, counted, visitor.now)
    wrong = what_is_wrong(form.get("new_password"), form.get("again"), mine.known.sign_in_name)
    if wrong:
        return _back(visitor, mine, wrong, wrong=True)
    hashed = passwords.hashed(form.get("new_password"))
    with database.writing() as connection:
        credentials.set_password(connection, mine.known.account, mine.known.sign_in_name, hashed)
    return _back(visitor, mine, "The password is changed.")


def _back(visitor: Visitor, mine: _Mine, said: str, *, wrong: bool = False) -> Page:
    with visitor.desk.service.database.reading() as connection:
        page = visitor.show(connection, mine.visit, said)
    return pages.with_status(page, 403) if wrong else page
