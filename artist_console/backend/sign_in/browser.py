"""The pages of signing in as routes: what a browser sends becomes a step, and its outcome an answer."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.datastructures import Cookie
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.params import RawBody

from artist_console.backend.storage.visits import VISIT_LIFE, Stage
from artist_console.domain.problems import Problem
from artist_console.formats.sign_in_wire import AUTHORIZE_PATH, DEVICE_PAGE_PATH

from . import beginning, outside_steps, own_account, pages, steps
from .addresses import NotReachable, address_of, issuer_of
from .beginning import Began
from .desk import SignInDesk, TheDesk
from .forms import MAX_FORM_BYTES, BadForm, Form, read_form, read_query
from .pages import Frame
from .passwords import Busy
from .style import stylesheet_source
from .visitor import Go, Outcome, Stopped, Visitor

_log = logging.getLogger(__name__)

AnyRequest = Request[Any, Any, Any]
Step = Callable[[Visitor, Form], Outcome]

_NO_TLS = "This service signs nobody in under this address: it needs https. Ask whoever runs it."


def browser_router() -> Router:
    """The pages; trouble is told on one, too."""
    return Router(
        "/",
        route_handlers=_routes(),
        exception_handlers={
            HTTPException: _http_trouble,
            Problem: _problem,
            Exception: _fault,
        },
    )


def _routes() -> list[HTTPRouteHandler]:
    return [
        _beginning(AUTHORIZE_PATH, beginning.authorize),
        _beginning(DEVICE_PAGE_PATH, beginning.for_device),
        _beginning("/oauth/account", lambda visitor, form: beginning.for_account(visitor)),
        _page("/oauth/step", _show),
        _page("/oauth/invitation", _invitation),
        _page("/oauth/external", outside_steps.leave),
        _page(outside_steps.CALLBACK_PATH, outside_steps.come_back),
        _form("/oauth/sign-in", steps.sign_in),
        _form("/oauth/second-step", steps.second),
        _form("/oauth/invitation", steps.invitation),
        _form(DEVICE_PAGE_PATH, steps.user_code),
        _form("/oauth/consent", steps.consent),
        _form("/oauth/account", own_account.change),
    ]


def _show(visitor: Visitor, form: Form) -> Outcome:
    with visitor.desk.service.database.reading() as connection:
        return visitor.show(connection, visitor.find(connection, form.get("at")))


def _invitation(visitor: Visitor, form: Form) -> Began:
    """On the way of a visit, or as its beginning: the address that a host sends to somebody."""
    if form.get("at"):
        return steps.show_invitation(visitor, form), None
    return beginning.for_account(visitor, Stage.INVITATION)


def _beginning(path: str, begin: Callable[[Visitor, Form], Began]) -> HTTPRouteHandler:
    return _page(path, begin)


def _page(path: str, step: Callable[[Visitor, Form], Began | Outcome]) -> HTTPRouteHandler:
    @get(path, sync_to_thread=True, include_in_schema=False, name=f"GET {path}")
    def handler(request: AnyRequest, desk: TheDesk) -> Response[str]:
        return _answered(request, desk, step, lambda: read_query(request.scope.get("query_string", b"")))

    return handler


def _form(path: str, step: Step) -> HTTPRouteHandler:
    @post(
        path,
        sync_to_thread=True,
        include_in_schema=False,
        request_max_body_size=MAX_FORM_BYTES,
        name=f"POST {path}",
    )
    def handler(request: AnyRequest, desk: TheDesk, body: RawBody) -> Response[str]:
        content_type = request.headers.get("content-type", "")
        return _answered(request, desk, step, lambda: read_form(content_type, body))

    return handler


def _answered(
    request: AnyRequest,
    desk: SignInDesk,
    step: Callable[[Visitor, Form], Began | Outcome],
    read: Callable[[], Form],
) -> Response[str]:
    host, cookie, secure = desk.service.signer.name, None, False
    try:
        issuer = issuer_of(request, desk.settings.public_url)
        secure = issuer.startswith("https:")
        visitor = Visitor(desk, issuer, address_of(request), dict(request.cookies))
        found = step(visitor, read())
        outcome, cookie = found if isinstance(found, tuple) else (found, None)
    except Stopped as stopped:
        outcome = stopped.page
    except NotReachable:
        outcome = pages.stopped(Frame(host), "Not under this address", _NO_TLS, 400)
    except BadForm:
        outcome = beginning.not_asked_well(host)
    except Busy:
        outcome = pages.stopped(Frame(host), "A moment", "Many people sign in. Go back and try again.", 503)
    return _response(outcome, cookie, secure=secure)


def _http_trouble(request: AnyRequest, error: HTTPException) -> Response[str]:
    if error.status_code >= 500:
        return _fault(request, error)
    return _told(request, "This cannot be answered", "Begin again in Artist Console.", error.status_code)


def _problem(request: AnyRequest, error: Problem) -> Response[str]:
    _log.warning("signing in: %s", type(error).__name__)
    return _told(request, "Nothing was saved", error.sentence, 507)


def _fault(request: AnyRequest, error: Exception) -> Response[str]:
    """A fault of the program: logged here, told without its inside."""
    _log.error("signing in failed", exc_info=error)
    return _told(request, "The service failed", "Nothing was changed. Try again later.", 500)


def _told(request: AnyRequest, title: str, words: str, status: int) -> Response[str]:
    host = request.app.state.service.signer.name
    return _response(pages.stopped(Frame(host), title, words, status), None, secure=False)


def _response(outcome: Outcome, cookie: tuple[str, str] | None, *, secure: bool) -> Response[str]:
    cookies = [_cookie(*cookie, secure=secure)] if cookie is not None else []
    if isinstance(outcome, Go):
        headers = {"Location": outcome.url, **_headers("")}
        return Response("", status_code=303, headers=headers, cookies=cookies, media_type="text/plain")
    headers = _headers(outcome.leads_to)
    if outcome.wait is not None:
        headers["Retry-After"] = str(round(outcome.wait.total_seconds()))
    return Response(
        outcome.html(), status_code=outcome.status, headers=headers, cookies=cookies, media_type="text/html"
    )


def _cookie(name: str, value: str, *, secure: bool) -> Cookie:
    """Lax: an issuer outside sends the browser back by a link."""
    return Cookie(
        name,
        value=value,
        path="/oauth",
        max_age=round(VISIT_LIFE.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=secure,
    )


def _headers(leads_to: str) -> dict[str, str]:
    # Browsers hold a redirect after a form to form-action, too. No policy can name [::1]: there any http.
    ends = "" if not leads_to else " http:" if "[" in leads_to else f" {leads_to}"
    policy = (
        "default-src 'none'",
        f"style-src {stylesheet_source()}",
        f"form-action 'self'{ends}",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
    return {
        "Content-Security-Policy": "; ".join(policy),
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
