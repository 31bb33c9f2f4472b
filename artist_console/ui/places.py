"""Places inside the application: a page and what is open on it. A place only navigates, it never decides."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

REPORT_SUFFIX = ".acreport"
EVIDENCE_SUFFIX = ".acevidence"

_SCHEME = "artist-console://"

# What a target of a command ("work/<id>") opens on.
_PAGE_OF = {
    "work": "works",
    "release": "works",
    "finding": "works",
    "inclusion": "works",
    "model": "works",
    "hits": "works",
    "list": "works",
    "list-hits": "works",
    "lineage": "works",
    "timeline": "works",
    "model-timeline": "works",
    "findings": "works",
    "removals": "works",
    "coverage": "works",
    "announcements": "works",
    "decision": "consent",
    "request": "consent",
    "terms": "consent",
    "programme": "consent",
    "proposal": "consent",
    "ending": "consent",
    "unauthorised": "consent",
    "conflict": "consent",
    "statement": "earnings",
    "mandate": "roster",
    "artist": "roster",
    "report": "reports",
    "contract": "settings",
    "case": "letters",
    "letter": "letters",
    "deadlines": "letters",
    "reservations": "letters",
    "elsewhere": "letters",
    "addressee": "letters",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A page by its key, and an item on it such as "work/<id>"; no item is the page by itself."""

    page: str
    item: str = ""

    @property
    def link(self) -> str:
        """The address to copy and to open again."""
        if not self.item:
            return f"{_SCHEME}page/{quote(self.page)}"
        return _SCHEME + quote(self.item)


def place_of(target: str) -> Place | None:
    """The place for a target of a command or for the path of a link; None where it names nothing known."""
    kind, _, rest = target.partition("/")
    if kind == "page" and rest:
        return Place(rest)
    page = _PAGE_OF.get(kind)
    return Place(page, target) if page is not None and rest else None


def read_link(link: str) -> Place | None:
    """The place of a link; None for anything that is none."""
    if not link.startswith(_SCHEME):
        return None
    return place_of(unquote(link.removeprefix(_SCHEME)))


def part_of(item: str, kind: str) -> str:
    """The id in an item of this kind ("work", "work/7" -> "7"); empty for an item of another kind."""
    found, _, rest = item.partition("/")
    return rest if found == kind else ""
