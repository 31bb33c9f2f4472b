"""The pages on which people sign in: plain HTML, no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from artist_console.backend.storage.visits import Purpose, Visit

from .markup import Markup, join, named, plain, raw, tag
from .passwords import SHORTEST
from .style import stylesheet

NO_NAME = "A device without a name"
_REACH = "It will read your works and your money, and record answers as yours, until you sign it out."


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it is sent."""

    body: Markup
    title: str
    host: str
    status: int = 200
    leads_to: str = ""  # an origin that a form of this page may end at, besides our own
    wait: timedelta | None = None

    def html(self) -> str:
        head = tag(
            "head",
            tag("meta", charset="utf-8"),
            tag("meta", name="viewport", content="width=device-width,initial-scale=1"),
            tag("meta", name="robots", content="noindex"),
            tag("title", f"{plain(self.title)} · Artist Console"),
            tag("style", raw(stylesheet())),
        )
        body = tag(
            "body",
            tag("header", "Artist Console"),
            tag("main", tag("h1", self.title), self.body),
            tag("footer", "This service is run by ", named(self.host), "."),
        )
        return f"<!doctype html>\n{tag('html', head, body, lang='en')}"


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of one visit shares."""

    host: str
    visit: str = ""
    token: str = ""  # against forms from elsewhere (CSRF)
    outside: str = ""  # the name of the issuer outside
    outside_only: bool = False

    def form(self, action: str, *children: str | None) -> Markup:
        hidden = join(
            tag("input", type="hidden", name="at", value=self.visit),
            tag("input", type="hidden", name="csrf", value=self.token),
        )
        return tag("form", hidden, *children, method="post", action=action, autocomplete="on")

    def link(self, path: str, words: str, class_: str = "") -> Markup:
        if class_:
            return tag("a", words, href=f"{path}?at={self.visit}", class_=class_)
        return tag("a", words, href=f"{path}?at={self.visit}")

    def page(self, title: str, *children: str | None, status: int = 200) -> Page:
        return Page(join(*children), title, self.host, status)


def device_of(visit: Visit) -> str:
    return visit.asked.device_name or NO_NAME


def sign_in(frame: Frame, visit: Visit, trouble: str = "", name: str = "") -> Page:
    outside = (
        frame.link("/oauth/external", f"Sign in with {frame.outside}", "button quiet")
        if frame.outside
        else None
    )
    form = frame.form(
        "/oauth/sign-in",
        _field("name", "Name", value=name, autocomplete="username", focus=not name),
        _secret("password", "Password", "current-password"),
        tag("button", "Sign in", type="submit"),
    )
    return frame.page(
        "Sign in",
        _why(visit),
        _trouble(trouble),
        None if frame.outside_only else form,
        outside,
        tag("p", frame.link("/oauth/invitation", "I have an invitation")),
    )


def _why(visit: Visit) -> Markup | None:
    if visit.purpose is Purpose.ACCOUNT:
        return None
    return tag("p", named(device_of(visit)), " asks to act for you.")


def second_step(frame: Frame, trouble: str = "") -> Page:
    return frame.page(
        "Second step",
        tag("p", "Type the code that your authenticator app shows."),
        _trouble(trouble),
        frame.form("/oauth/second-step", _code_field("code", "Code"), tag("button", "Go on", type="submit")),
    )


def invitation(frame: Frame, trouble: str = "", name: str = "", *, outside: bool = False) -> Page:
    """A code from the host; with an identity outside it is linked, else a password is set."""
    code = _field("code", "Code of the invitation", autocomplete="off", focus=True, class_="code")
    if outside:
        return frame.page(
            "Your invitation",
            tag("p", "Nobody here has signed in as you with ", named(frame.outside), " before."),
            tag("p", "Type the code that the host gave you. After that you sign in without it."),
            _trouble(trouble),
            frame.form("/oauth/invitation", code, tag("button", "Go on", type="submit")),
        )
    return frame.page(
        "Your invitation",
        tag("p", "Type the code that the host gave you, and choose how you sign in from now on."),
        _trouble(trouble),
        frame.form(
            "/oauth/invitation",
            code,
            _field("name", "Name to sign in with", value=name, autocomplete="username"),
            _secret("new_password", f"Password, {SHORTEST} characters or more", "new-password"),
            _secret("again", "The password again", "new-password"),
            tag("button", "Set the password", type="submit"),
        ),
    )


def user_code(frame: Frame, trouble: str = "", code: str = "") -> Page:
    return frame.page(
        "Sign a device in",
        tag("p", "Type the code that the device shows."),
        _trouble(trouble),
        frame.form(
            "/oauth/device",
            _code_field("user_code", "Code", code, numeric=False),
            tag("button", "Go on", type="submit"),
        ),
    )


def consent(frame: Frame, visit: Visit, account: str, leads_to: str) -> Page:
    rows = [("Device", device_of(visit)), ("Account", account)]
    if visit.purpose is Purpose.DEVICE:
        rows.append(("Code", f"{visit.asked.user_code[:4]}-{visit.asked.user_code[4:]}"))
        warning = "Say yes only if you hold this device and it shows this code. If you were sent it, say no."
    else:
        warning = "Say yes only if you began this in Artist Console on this computer."
    page = frame.page(
        "Let this device act for you",
        tag("dl", *(tag("div", tag("dt", term), tag("dd", named(words))) for term, words in rows)),
        tag("p", _REACH),
        tag("p", warning, class_="note ask"),
        frame.form(
            "/oauth/consent",
            tag("button", "Yes, let it act for me", type="submit", name="answer", value="yes"),
            tag("button", "No", type="submit", name="answer", value="no", class_="quiet"),
        ),
    )
    return replace(page, leads_to=leads_to)


def answered(frame: Frame, visit: Visit, *, allowed: bool) -> Page:
    name = named(device_of(visit))
    if allowed:
        words = tag("p", name, " may act for you now. Go back to it; this page can be closed.")
        return frame.page("Signed in", words)
    return frame.page("Not signed in", tag("p", name, " may not act for you. This page can be closed."))


def account(
    frame: Frame, name: str, devices: Sequence[str], *, sign_in_name: str, has_second_step: bool, said: str
) -> Page:
    shown = [tag("div", tag("dd", named(device or NO_NAME))) for device in devices]
    return frame.page(
        "Your account",
        tag("p", "You are signed in as ", named(name), "."),
        tag("p", said, class_="note info") if said else None,
        tag("h2", "Devices that act for you"),
        tag("dl", *shown) if shown else tag("p", "None."),
        tag("p", "Sign a device out in Artist Console, under Settings."),
        *(_own_secrets(frame, sign_in_name, has_second_step=has_second_step) if sign_in_name else ()),
    )


def _own_secrets(frame: Frame, sign_in_name: str, *, has_second_step: bool) -> tuple[Markup, ...]:
    step = "Switch the second step off" if has_second_step else "Switch a second step on"
    return (
        tag("h2", "Second step"),
        tag("p", "Besides the password, a code from an app on your phone."),
        frame.form(
            "/oauth/account",
            _code_field("code", "Code that the app shows") if has_second_step else None,
            tag("button", step, type="submit", name="action", value="step", class_="quiet"),
        ),
        tag("h2", "Password"),
        frame.form(
            "/oauth/account",
            # Seen by keepers of passwords alone.
            tag("input", type="text", value=sign_in_name, autocomplete="username", hidden=True),
            _secret("password", "The present password", "current-password"),
            _secret("new_password", f"New password, {SHORTEST} characters or more", "new-password"),
            _secret("again", "The new password again", "new-password"),
            tag(
                "button",
                "Change the password",
                type="submit",
                name="action",
                value="password",
                class_="quiet",
            ),
        ),
    )


def new_second_step(frame: Frame, secret: str, address: str, trouble: str = "") -> Page:
    grouped = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return frame.page(
        "Second step",
        tag("p", "Type this key into an authenticator app, or open it there:"),
        tag("p", grouped, class_="note info code"),
        tag("p", tag("a", "Open in the authenticator app of this device", href=address)),
        tag("p", "Then type the code that the app shows. Without it nothing changes."),
        _trouble(trouble),
        frame.form(
            "/oauth/account",
            _code_field("code", "Code"),
            tag("button", "Switch the second step on", type="submit", name="action", value="confirm"),
        ),
    )


def stopped(frame: Frame, title: str, words: str, status: int, wait: timedelta | None = None) -> Page:
    return replace(frame.page(title, tag("p", words), status=status), wait=wait)


def _trouble(words: str) -> Markup | None:
    return tag("p", words, class_="note deny", role="alert") if words else None


def _field(
    name: str, label: str, value: str = "", autocomplete: str = "", focus: bool = False, class_: str = "text"
) -> Markup:
    field = tag(
        "input",
        type="text",
        id=name,
        name=name,
        value=value,
        required=True,
        maxlength="200",
        autocomplete=autocomplete,
        autocapitalize="none",
        spellcheck="false",
        autofocus=focus,
        class_=class_,
    )
    return join(tag("label", label, for_=name), field)


def _secret(name: str, label: str, autocomplete: str) -> Markup:
    field = tag(
        "input",
        type="password",
        id=name,
        name=name,
        required=True,
        maxlength="200",
        autocomplete=autocomplete,
    )
    return join(tag("label", label, for_=name), field)


def _code_field(name: str, label: str, value: str = "", numeric: bool = True) -> Markup:
    field = tag(
        "input",
        type="text",
        id=name,
        name=name,
        value=value,
        required=True,
        maxlength="40",
        inputmode="numeric" if numeric else "text",
        autocomplete="one-time-code" if numeric else "off",
        autocapitalize="characters",
        spellcheck="false",
        autofocus=True,
        class_="code",
    )
    return join(tag("label", label, for_=name), field)


def with_status(page: Page, status: int) -> Page:
    return replace(page, status=status)
