"""What a site of one's own answered on a day, and how that stands to what was decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from .contracts import AttachedFile
from .ids import ArtistId
from .phrases import Sentence


class Place(Enum):
    """Where a site says it."""

    TDMREP = "tdmrep"  # /.well-known/tdmrep.json
    ROBOTS = "robots"  # /robots.txt
    HEADERS = "headers"  # of the front page
    META = "meta"  # elements of the front page


class Verdict(Enum):
    AS_WRITTEN = "as_written"
    DIFFERS = "differs"
    MISSING = "missing"
    SAYS_MORE = "says_more"  # than was decided
    NOTHING = "nothing"  # says nothing, and nothing was to be said
    CANNOT_TELL = "cannot_tell"  # no answer that could be read
    TOLD = "told"  # there is no plan to compare with: what it says is told


class Trouble(Enum):
    """Why there is no answer, or not the one that was asked for."""

    NOT_FOUND = "not_found"
    REFUSED = "refused"  # the server wants somebody else, or fewer requests
    SERVER_ERROR = "server_error"
    OTHER_STATUS = "other_status"
    LEADS_ELSEWHERE = "leads_elsewhere"  # a redirect to another site; not followed
    LEADS_NOWHERE = "leads_nowhere"  # a redirect to no address of the web
    LEADS_ON = "leads_on"  # a second redirect; not followed
    TOO_LARGE = "too_large"
    ENDED_EARLY = "ended_early"
    NOT_UNPACKED = "not_unpacked"
    TOO_SLOW = "too_slow"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_OF_ANOTHER = "certificate_of_another"
    NOT_SECURE = "not_secure"
    PROXY = "proxy"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class SiteAnswer:
    """What came back for one address. `body` is as it was sent, unpacked; empty where there is none."""

    path: str
    asked: str  # address
    answered: str  # the address that answered: another one after a redirect
    leads_to: str = ""  # where a redirect leads, followed or not
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    trouble: Trouble | None = None

    def header(self, name: str) -> tuple[str, ...]:
        """The values of a field, one for each time that it was sent."""
        return tuple(value for each, value in self.headers if each.casefold() == name.casefold())


@dataclass(frozen=True, slots=True)
class PlaceCheck:
    """What one place says, compared with the plan, in sentences with what to do."""

    place: Place
    verdict: Verdict
    told: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """One look at a site. `answers` hold the bytes; `compared` says whether there was a plan."""

    id: str
    artist: ArtistId | None
    origin: str
    path: str
    at: datetime
    compared: bool
    places: tuple[PlaceCheck, ...]
    answers: tuple[SiteAnswer, ...]


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer of a check that was kept: its bytes are attached, found by their hash."""

    path: str
    answered: str
    leads_to: str
    status: int | None
    headers: tuple[tuple[str, str], ...]
    trouble: Trouble | None
    file: AttachedFile | None  # None: there was no body


@dataclass(frozen=True, slots=True)
class KeptCheck:
    """A check with its dated copy. The date is this computer's; nobody else signed it."""

    id: str
    artist: ArtistId | None
    origin: str
    path: str
    at: datetime
    compared: bool
    places: tuple[PlaceCheck, ...]
    answers: tuple[KeptAnswer, ...]


def changes_since(former: KeptCheck, now: KeptCheck) -> tuple[str, ...]:
    """The paths whose answers are others than at the former check, and places that are judged otherwise."""
    before = {each.path: _mark(each) for each in former.answers}
    paths = [each.path for each in now.answers if before.get(each.path) != _mark(each)]
    judged = {each.place: each.verdict for each in former.places}
    places = [
        each.place.value
        for each in now.places
        if former.compared and now.compared and judged.get(each.place) is not each.verdict
    ]
    return (*paths, *places)


def _mark(answer: KeptAnswer) -> object:
    return (answer.status, answer.trouble, answer.file.sha256 if answer.file is not None else "")


_GRAVEST_FIRST = (
    Verdict.SAYS_MORE,
    Verdict.DIFFERS,
    Verdict.CANNOT_TELL,
    Verdict.MISSING,
    Verdict.TOLD,
    Verdict.AS_WRITTEN,
    Verdict.NOTHING,
)
_FILES = frozenset({Place.TDMREP, Place.ROBOTS})


def whole_verdict(places: Iterable[PlaceCheck]) -> Verdict:
    """What a check comes to: the gravest of its places.

    Headers and elements that are missing beside the files are told, and do not count here: the files say it.
    """
    found = {each.verdict for each in places if each.place in _FILES or each.verdict is not Verdict.MISSING}
    return next((verdict for verdict in _GRAVEST_FIRST if verdict in found), Verdict.NOTHING)
