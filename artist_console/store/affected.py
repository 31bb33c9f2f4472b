"""What a change touches: from marks in the journal and notes of sync rounds to works, artists and texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import msgspec

from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.registers import Register, SubjectKind
from artist_console.formats.kinds import Kind

from . import journal, mirror, private
from .opening import Store

# Rows that only name one work or artist touch no other; all others may touch every row that is shown.
_ABOUT_WORKS = frozenset(
    kind.value for kind in (Kind.WORK, Kind.INCLUSION, Kind.CONTROL, Kind.STAKEHOLDER, Kind.RELEASE)
)
_ABOUT_AN_ARTIST = frozenset(kind.value for kind in (Kind.MANDATE, Kind.STATEMENT))
# Rows by which a service allocates money: what follows comes as a statement.
_ABOUT_PAYING = frozenset(kind.value for kind in (Kind.PAY_TERMS, Kind.DIRECTION, Kind.PAID_SPLIT))
# Rows whose texts can be searched for.
_SEARCHED = frozenset(kind.value for kind in (Kind.WORK, Kind.RELEASE, Kind.PARTY))
EVERYBODY = ArtistId("")


class Mark(msgspec.Struct, frozen=True):
    """How far the tables have seen: places in the journal, private objects, the day, the layout of rows."""

    day: date
    decisions: int
    outcomes: int
    streams: int
    settled: int
    private: int = 0
    layout: int = 1


@dataclass
class Affected:
    """What has to be worked out again."""

    everything: bool = False
    texts: bool = False
    works: set[WorkId] = field(default_factory=set)
    artists: set[ArtistId] = field(default_factory=set)  # whose findings and waiting list may change

    def __bool__(self) -> bool:
        return self.everything or bool(self.works or self.artists)


def mark_now(store: Store, today: date) -> Mark:
    settled = store.value("SELECT count(*) FROM main.settled")
    return Mark(today, *journal.marks(store), settled, private.version(store))


def mark_text(store: Store) -> str | None:
    """The mark that the tables bear, as it is kept."""
    found: str | None = store.value("SELECT value FROM mirror.meta WHERE name = 'projected'")
    return found


def read_mark(text: str | None) -> Mark | None:
    try:
        return msgspec.json.decode(text, type=Mark) if text is not None else None
    except msgspec.MsgspecError:
        return None


def affected_since(store: Store, former: Mark | None, now: Mark) -> Affected:
    """What happened between two marks, and what sync rounds have noted."""
    found = Affected()
    if former is None or _holds_otherwise(former, now) or _is_sent_again(former, now):
        found.everything = found.texts = True
        return found
    for register in _registers_since(store, former, now):
        _add_register(store, found, register)
    if former.settled != now.settled:
        found.artists.update(
            ArtistId(artist)
            for (artist,) in store.rows(
                "SELECT DISTINCT artist FROM main.settled JOIN main.decision USING (place)"
            )
        )
    for kind, id, subject in store.rows("SELECT DISTINCT kind, id, subject FROM mirror.changed"):
        _add_change(store, found, kind, id, subject)
    return found


def _holds_otherwise(former: Mark, now: Mark) -> bool:
    """Whether something changed that every row may rest on. A contract speaks about any work."""
    return (former.day, former.layout, former.private) != (now.day, now.layout, now.private)


def _is_sent_again(former: Mark, now: Mark) -> bool:
    """Whether decisions that had an outcome wait again. The first stream of all changes nothing."""
    return former.streams > 0 and former.streams != now.streams


def _registers_since(store: Store, former: Mark, now: Mark) -> tuple[Register, ...]:
    """The registers of decisions that were made, or answered, since the former mark."""
    if (former.decisions, former.outcomes) == (now.decisions, now.outcomes):
        return ()
    rows = store.rows(
        "SELECT body FROM main.decision WHERE place > :place OR place IN"
        " (SELECT place FROM main.outcome WHERE number > :outcome)",
        {"place": former.decisions, "outcome": former.outcomes},
    )
    return tuple(dict.fromkeys(journal.decision_of(body).register for (body,) in rows))


def _add_register(store: Store, found: Affected, register: Register) -> None:
    found.artists.add(register.artist)
    match register.subject.kind:
        case SubjectKind.WORK:
            found.works.add(_home(store, register.subject.id))
        case SubjectKind.RELEASE:
            found.works.update(
                _home(store, work)
                for (work,) in store.rows(
                    "SELECT work FROM mirror.track WHERE release = :id", {"id": register.subject.id}
                )
            )
        case SubjectKind.ALL | SubjectKind.PERSON:
            _add_artist(store, found, register.artist)


def _home(store: Store, id: str) -> WorkId:
    """The id under which a work stands now: its own, or that of the work it was merged into."""
    stays = store.value("SELECT work FROM mirror.merged WHERE gone = :id", {"id": id})
    return WorkId(stays if stays is not None else id)


def _add_artist(store: Store, found: Affected, artist: str) -> None:
    """All works that an artist, or a group with the artist, has a say in."""
    groups = [
        party.id
        for party in mirror.all(store, Kind.PARTY)
        if any(membership.member == artist for membership in party.members)
    ]
    found.artists.update((ArtistId(artist), *groups))
    for id in (artist, *groups):
        found.works.update(
            WorkId(work)
            for (work,) in store.rows(
                "SELECT work FROM mirror.work_artist WHERE artist = :id"
                " UNION SELECT subject FROM mirror.holder WHERE party = :id",
                {"id": id},
            )
        )


def _add_change(store: Store, found: Affected, kind: str, id: str, subject: str) -> None:
    found.texts |= kind in _SEARCHED
    if kind == Kind.ENTRY.value:
        found.artists.add(ArtistId(subject))
        entry = mirror.get(store, Kind.ENTRY, id)
        decision = entry.decision if entry else None
        if entry is not None and decision is None and entry.names is not None:
            proposal = mirror.entry_of(store, entry.names)
            decision = proposal.decision if proposal else None
        if decision is not None:
            _add_register(store, found, decision.register)
        elif entry is None or entry.names is not None:
            _add_artist(store, found, subject)
    elif kind in _ABOUT_WORKS:
        work = _home(store, subject)
        found.works.add(work)
        found.artists.update(
            ArtistId(artist)
            for (artist,) in store.rows(
                "SELECT artist FROM mirror.work_artist WHERE work = :id", {"id": work}
            )
        )
    elif kind == "line":
        found.artists.update(
            ArtistId(payee)
            for (payee,) in store.rows("SELECT payee FROM mirror.statement WHERE id = :id", {"id": id})
        )
        if subject:
            found.works.add(_home(store, subject))
    elif kind in _ABOUT_AN_ARTIST:
        found.artists.add(ArtistId(subject))
    elif kind == Kind.REQUEST.value:
        _add_artist(store, found, subject)
    elif kind not in _ABOUT_PAYING:
        found.everything = True
