"""An artist of the sample who controls their music and refuses everything: what reservations need."""

from __future__ import annotations

from pathlib import Path

from artist_console.commands.consent import KeepChoice, decide
from artist_console.commands.reservations import Site, SitePlan, plan_site
from artist_console.commands.site_plans import headers_of
from artist_console.commands.wishes import Wish
from artist_console.domain.registers import ALL_MY_WORKS, ANY_USE, Stance
from artist_console.ui.pages.letters import LettersScreen, PartName
from artist_console.ui.pages.letters_reservations import ReservationsPart
from tests.sync.servers import http
from tests.sync.sites import WebSite
from tests.ui.sample_profile import OpenWindow

CONTROLS = "Sana Iqbal"
SOUGHT = "Sana"


def refuse_everything(window: OpenWindow) -> None:
    """By the artist who is chosen."""
    artist = window.desk.artist
    assert artist is not None
    wish = Wish(artist, ALL_MY_WORKS, None, ANY_USE, Stance.REFUSE)
    window.desk.act(window.desk, lambda console: decide(console, [wish], KeepChoice.REFUSE_THEM))
    window.settle()


def take_refusal_back(window: OpenWindow) -> None:
    """The wide refusal is taken back; nothing is refused then."""
    artist = window.desk.artist
    assert artist is not None
    wish = Wish(artist, ALL_MY_WORKS, None, ANY_USE, Stance.CLEAR)
    window.desk.act(window.desk, lambda console: decide(console, [wish], KeepChoice.KEEP_THEM))
    window.settle()


def reservations_of(window: OpenWindow) -> ReservationsPart:
    window.show("letters")
    screen = window.main.screen_of("letters")
    assert isinstance(screen, LettersScreen)
    screen.show_part(PartName.RESERVATIONS)
    window.settle()
    part = screen.parts[PartName.RESERVATIONS]
    assert isinstance(part, ReservationsPart)
    return part


def plan_of(window: OpenWindow, site: WebSite) -> SitePlan:
    artist = window.desk.artist
    assert artist is not None
    found: list[SitePlan] = []
    window.desk.ask(
        window.desk, "plan", lambda console: plan_site(console, artist, Site(site.origin)), found.append
    )
    window.settle()
    return found[0]


def put_on(site: WebSite, plan: SitePlan) -> None:
    """As whoever runs the site would: the files, and a front page with headers and elements."""
    kinds = {".json": "application/json", ".txt": "text/plain", ".html": "text/html; charset=utf-8"}
    files = {file.name: file.body for file in plan.files}
    for name, body in files.items():
        if name.startswith("site/"):
            site.answers[name.removeprefix("site")] = http(body, kind=kinds[Path(name).suffix])
    meta = files.get("server/meta.html.txt", b"").decode()
    page = f"<html><head>{meta}</head><body>Mine</body></html>".encode()
    lines = tuple(f"{name}: {value}" for name, value in headers_of(plan))
    site.answers["/"] = http(page, kind="text/html; charset=utf-8", headers=lines)
