""" "Check my site": fetch what it says to machines, compare it with what was decided, keep a dated copy.

It asks the network, and only when somebody asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from artist_console.commands.console import Console, Result
from artist_console.commands.site_plans import SitePlan, block_words, known_crawlers
from artist_console.domain.changes import Changes
from artist_console.domain.contracts import AttachedFile
from artist_console.domain.ids import ArtistId
from artist_console.domain.problems import UnknownThing
from artist_console.domain.site_address import read_address
from artist_console.domain.site_checks import (
    KeptAnswer,
    KeptCheck,
    SiteAnswer,
    SiteCheck,
    changes_since,
)
from artist_console.formats.site_comparing import compare
from artist_console.store import kept_reservations, private
from artist_console.store.private import PrivateKind
from artist_console.sync.site import look_at

_ENDINGS = {"/.well-known/tdmrep.json": "tdmrep.json", "/robots.txt": "robots.txt"}


class NoSuchCheck(UnknownThing):
    title_template = "No check {check} is kept here"
    advice_template = "See: artist-console reservation list"


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A kept check, and what is otherwise than at the one before it of the same site."""

    check: KeptCheck
    changed: tuple[str, ...]  # paths and places; empty for the first as well
    first: bool


def check_site(console: Console, address: str, plan: SitePlan | None = None) -> SiteCheck:
    """Ask the site now. With a plan its address and path count, and what it says is judged.

    Raises NotASite or NotHttps; trouble with the site stands in the check.
    """
    where = plan.address if plan is not None else read_address(address)
    answers = look_at(where)
    places = compare(
        answers,
        plan.facts if plan is not None else None,
        block_words(plan) if plan is not None else (),
        [crawler.agent for crawler in known_crawlers()],
    )
    return SiteCheck(
        id=console.new_id(),
        artist=plan.artist if plan is not None else None,
        origin=where.origin,
        path=where.path,
        at=console.clock(),
        compared=plan is not None,
        places=places,
        answers=answers,
    )


def keep_check(console: Console, check: SiteCheck) -> Result[KeptCheck]:
    """Keep the dated copy: bytes, hashes and headers. The date is this computer's alone."""
    now = console.clock()
    kept = KeptCheck(
        id=check.id,
        artist=check.artist,
        origin=check.origin,
        path=check.path,
        at=check.at,
        compared=check.compared,
        places=check.places,
        answers=tuple(_kept_answer(console, answer) for answer in check.answers),
    )
    private.put(console.store, PrivateKind.SITE_CHECK, check.artist or "", [kept], now)
    return Result(kept, Changes.CASES)


def _kept_answer(console: Console, answer: SiteAnswer) -> KeptAnswer:
    file: AttachedFile | None = None
    if answer.body:
        name = _ENDINGS.get(answer.path, "page.html")
        attached = private.attach(console.store, name, answer.body, console.clock())
        file = AttachedFile(attached.sha256, name, attached.size)
    return KeptAnswer(
        answer.path,
        answer.answered,
        answer.leads_to,
        answer.status,
        answer.headers,
        answer.trouble,
        file,
    )


def list_checks(console: Console, artist: ArtistId | None = None) -> tuple[CheckRow, ...]:
    """The latest first; each with what changed since the one before it of the same site and path."""
    before: dict[tuple[str, str], KeptCheck] = {}
    rows: list[CheckRow] = []
    for check in kept_reservations.checks(console.store):
        former = before.get((check.origin, check.path))
        before[check.origin, check.path] = check
        if artist is None or check.artist in (None, artist):
            changed = changes_since(former, check) if former is not None else ()
            rows.append(CheckRow(check, changed, former is None))
    return tuple(reversed(rows))


def check_copy(console: Console, id: str, path: str) -> bytes:
    """The bytes that a kept check got for a path. Raises NoSuchCheck."""
    kept = next((each for each in kept_reservations.checks(console.store) if each.id == id), None)
    answer = next((a for a in kept.answers if a.path == path), None) if kept is not None else None
    body = None
    if answer is not None and answer.file is not None:
        body = private.attached_bytes(console.store, answer.file.sha256)
    if body is None:
        raise NoSuchCheck(check=id)
    return body
