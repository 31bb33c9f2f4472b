"""Rows by kind, with their place in the feed and their reach. Queries for readers take the keys they hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from artist_console.backend.reach import Target, grants, row_id, subjects_of
from artist_console.formats.encoding import encode
from artist_console.formats.kinds import Kind
from artist_console.formats.wire import Row, decode_row

from . import names
from .tables import counter, departures, ledger, reach, rows

_SLICE = 5_000  # names in one IN list


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row as it stands; `body` None: it is gone, or has left the reader's reach."""

    number: int
    position: int
    kind: Kind
    id: str
    body: bytes | None


def position(connection: Connection) -> int:
    """The position of the last change."""
    return int(connection.execute(sa.select(counter.c.value).where(counter.c.name == "feed")).scalar() or 0)


def take_positions(connection: Connection, count: int) -> int:
    """Take so many positions in this transaction and give the first."""
    last = position(connection) + count
    raised = connection.execute(counter.update().where(counter.c.name == "feed").values(value=last))
    if not raised.rowcount:
        connection.execute(counter.insert().values(name="feed", value=last))
    return last - count + 1


# -- writing


def put(
    connection: Connection,
    new: Sequence[tuple[Kind, Row]],
    keys: Mapping[Target, Collection[str]] | None = None,
) -> int:
    """Write rows and say how many changed; a row that stands already as given is left alone.

    Rows of people come before rows that name them. `keys` adds reach to that which follows from the rows.
    """
    if not new:
        return 0
    numbers = _write_bodies(connection, new)
    merged = {_merged_key(id): row.id for kind, row in new if kind is Kind.WORK for id in row.merged_ids}
    names.keep(connection, "", merged)
    artists = _ArtistsOf(connection, new)
    given: dict[str, dict[Target, frozenset[str]]] = {}
    for kind, row in new:
        target = (kind, row_id(kind, row))
        own = grants(kind, row, artists)
        if keys and target in keys:
            own = own | {target: own[target] | frozenset(keys[target])}
        given[f"{kind.value}/{target[1]}"] = own
    _write_reach(connection, given, numbers.by_target, numbers.changed)
    return len(numbers.changed)


def remove(connection: Connection, kind: Kind, id: str) -> None:
    """Leave a tombstone; those who saw the row are told."""
    connection.execute(
        rows.update()
        .where(rows.c.kind == kind.value, rows.c.id == id, rows.c.gone == 0)
        .values(gone=1, body=None, position=take_positions(connection, 1))
    )


@dataclass(frozen=True, slots=True)
class _Numbers:
    by_target: dict[Target, int]
    changed: set[int]


def _write_bodies(connection: Connection, new: Sequence[tuple[Kind, Row]]) -> _Numbers:
    bodies: dict[Target, bytes | None] = {}
    for kind, row in new:
        # The body of a ledger entry stands in the ledger and never changes.
        bodies[(kind, row_id(kind, row))] = None if kind is Kind.ENTRY else encode(row)
    known = _known(connection, bodies)
    fresh = [t for t in bodies if t not in known]
    altered = [t for t, at in known.items() if at.gone or (bodies[t] is not None and at.body != bodies[t])]
    numbers = {target: at.number for target, at in known.items()}
    changed: set[int] = set()
    if fresh or altered:
        first = take_positions(connection, len(fresh) + len(altered))
        if fresh:
            values = [
                {"number": n, "kind": t[0].value, "id": t[1], "position": n, "body": bodies[t], "gone": 0}
                for n, t in enumerate(fresh, first)
            ]
            connection.execute(rows.insert(), values)
            numbers |= {target: n for n, target in enumerate(fresh, first)}
        for place, target in enumerate(altered, first + len(fresh)):
            connection.execute(
                rows.update()
                .where(rows.c.number == known[target].number)
                .values(position=place, body=bodies[target], gone=0)
            )
        changed = {numbers[target] for target in (*fresh, *altered)}
    return _Numbers(numbers, changed)


@dataclass(frozen=True, slots=True)
class _Known:
    number: int
    body: bytes | None
    gone: bool


def _known(connection: Connection, targets: Iterable[Target]) -> dict[Target, _Known]:
    found: dict[Target, _Known] = {}
    for kind, ids in _by_kind(targets).items():
        for some in _slices(ids):
            query = sa.select(rows.c.id, rows.c.number, rows.c.body, rows.c.gone).where(
                rows.c.kind == kind.value, rows.c.id.in_(some)
            )
            for id, number, body, gone in connection.execute(query):
                found[(kind, id)] = _Known(number, body, bool(gone))
    return found


def _by_kind(targets: Iterable[Target]) -> dict[Kind, list[str]]:
    groups: dict[Kind, list[str]] = {}
    for kind, id in targets:
        groups.setdefault(kind, []).append(id)
    return groups


def _slices(names: Sequence[str]) -> Iterable[Sequence[str]]:
    return (names[at : at + _SLICE] for at in range(0, len(names), _SLICE))


class _ArtistsOf:
    """Artists of a work, from the rows being written or else from those that stand."""

    def __init__(self, connection: Connection, new: Sequence[tuple[Kind, Row]]) -> None:
        self._artists: dict[str, tuple[str, ...]] = {
            row.id: tuple(row.artists) for kind, row in new if kind is Kind.WORK
        }
        asked = {subject for _, row in new for subject in subjects_of(row)} - set(self._artists)
        for some in _slices(sorted(asked)):
            query = sa.select(rows.c.id, rows.c.body).where(
                rows.c.kind == Kind.WORK.value, rows.c.id.in_(some), rows.c.gone == 0
            )
            for id, body in connection.execute(query):
                self._artists[id] = tuple(decode_row(Kind.WORK, body).artists)

    def __call__(self, subject: str) -> tuple[str, ...]:
        return self._artists.get(subject, (subject,))


_Grant = tuple[int, str, str]  # number, key, via


def _write_reach(
    connection: Connection,
    given: Mapping[str, Mapping[Target, frozenset[str]]],
    numbers: dict[Target, int],
    changed: set[int],
) -> None:
    missing = {target for targets in given.values() for target in targets} - set(numbers)
    numbers = numbers | {target: at.number for target, at in _known(connection, missing).items()}
    wanted: set[_Grant] = {
        (numbers[target], key, via)
        for via, targets in given.items()
        for target, keys in targets.items()
        if target in numbers
        for key in keys
    }
    standing: set[_Grant] = set()
    for some in _slices(sorted(given)):
        query = sa.select(reach.c.number, reach.c.key, reach.c.via).where(reach.c.via.in_(some))
        standing |= {(number, key, via) for number, key, via in connection.execute(query)}
    _add_grants(connection, wanted - standing, changed)
    _drop_grants(connection, standing - wanted)


def _add_grants(connection: Connection, grants: set[_Grant], changed: set[int]) -> None:
    if not grants:
        return
    older = {(number, key) for number, key, _ in grants if number not in changed}
    held = _held(connection, {number for number, _ in older})
    connection.execute(
        reach.insert(), [{"number": n, "key": key, "via": via} for n, key, via in sorted(grants)]
    )
    # A row that comes into somebody's reach later than it came into being must pass by in the feed once more.
    came = sorted({number for number, key in older if (number, key) not in held})
    if came:
        first = take_positions(connection, len(came))
        connection.execute(
            rows.update().where(rows.c.number == sa.bindparam("of")).values(position=sa.bindparam("at")),
            [{"of": number, "at": place} for place, number in enumerate(came, first)],
        )
    connection.execute(
        departures.delete().where(
            departures.c.number == sa.bindparam("of"), departures.c.key == sa.bindparam("had")
        ),
        [{"of": number, "had": key} for number, key, _ in grants],
    )


def _drop_grants(connection: Connection, grants: set[_Grant]) -> None:
    if not grants:
        return
    connection.execute(
        reach.delete().where(
            reach.c.number == sa.bindparam("of"),
            reach.c.key == sa.bindparam("had"),
            reach.c.via == sa.bindparam("by"),
        ),
        [{"of": number, "had": key, "by": via} for number, key, via in grants],
    )
    held = _held(connection, {number for number, _, _ in grants})
    lost = sorted({(number, key) for number, key, _ in grants} - held)
    if lost:
        first = take_positions(connection, len(lost))
        connection.execute(
            departures.insert(),
            [{"number": n, "key": key, "position": at} for at, (n, key) in enumerate(lost, first)],
        )


def _held(connection: Connection, numbers: set[int]) -> set[tuple[int, str]]:
    held: set[tuple[int, str]] = set()
    ordered = sorted(numbers)
    for start in range(0, len(ordered), _SLICE):
        query = sa.select(reach.c.number, reach.c.key).where(
            reach.c.number.in_(ordered[start : start + _SLICE])
        )
        held |= {(number, key) for number, key in connection.execute(query)}
    return held


# -- reading

_ROWS_WITH_BODIES = rows.outerjoin(
    ledger, sa.and_(rows.c.kind == Kind.ENTRY.value, ledger.c.row_id == rows.c.id)
)
_COLUMNS = (
    rows.c.number,
    rows.c.position,
    rows.c.kind,
    rows.c.id,
    sa.func.coalesce(rows.c.body, ledger.c.body).label("body"),
    rows.c.gone,
)


def _seen_with(keys: Collection[str]) -> sa.ColumnElement[bool]:
    return sa.exists().where(reach.c.number == rows.c.number, reach.c.key.in_(sorted(keys)))


def _stored(found: Any) -> StoredRow:
    number, place, kind, id, body, gone = found
    return StoredRow(number, place, Kind(kind), id, None if gone else body)


def one(connection: Connection, kind: Kind, id: str, keys: Collection[str]) -> StoredRow | None:
    """The row if it stands and is in reach."""
    query = (
        sa.select(*_COLUMNS)
        .select_from(_ROWS_WITH_BODIES)
        .where(rows.c.kind == kind.value, rows.c.id == id, rows.c.gone == 0, _seen_with(keys))
    )
    found = connection.execute(query).one_or_none()
    return _stored(found) if found is not None else None


def listed(
    connection: Connection, kind: Kind, keys: Collection[str], after: int, limit: int
) -> list[StoredRow]:
    """Rows of one kind in reach, in the order they came, after a number."""
    query = (
        sa.select(*_COLUMNS)
        .select_from(_ROWS_WITH_BODIES)
        .where(rows.c.kind == kind.value, rows.c.gone == 0, rows.c.number > after, _seen_with(keys))
        .order_by(rows.c.number)
        .limit(limit)
    )
    return [_stored(found) for found in connection.execute(query)]


def standing(
    connection: Connection, keys: Collection[str], after: int, until: int, limit: int
) -> list[StoredRow]:
    """A page of a snapshot: all rows in reach whose number lies in (after, until]."""
    query = (
        sa.select(*_COLUMNS)
        .select_from(_ROWS_WITH_BODIES)
        .where(rows.c.gone == 0, rows.c.number > after, rows.c.number <= until, _seen_with(keys))
        .order_by(rows.c.number)
        .limit(limit)
    )
    return [_stored(found) for found in connection.execute(query)]


def changed(
    connection: Connection, keys: Collection[str], after: int, until: int, limit: int
) -> list[StoredRow]:
    """Changes in reach with positions in (after, until], in their order; what left the reach has no body."""
    query = (
        sa.select(*_COLUMNS)
        .select_from(_ROWS_WITH_BODIES)
        .where(rows.c.position > after, rows.c.position <= until, _seen_with(keys))
        .order_by(rows.c.position)
        .limit(limit)
    )
    found = [_stored(row) for row in connection.execute(query)]
    left = (
        sa.select(departures.c.number, departures.c.position, rows.c.kind, rows.c.id)
        .select_from(departures.join(rows, rows.c.number == departures.c.number))
        .where(
            departures.c.position > after,
            departures.c.position <= until,
            departures.c.key.in_(sorted(keys)),
            ~_seen_with(keys),
        )
        .order_by(departures.c.position)
        .limit(limit)
    )
    found += [StoredRow(n, at, Kind(kind), id, None) for n, at, kind, id in connection.execute(left)]
    return sorted(found, key=lambda row: row.position)[:limit]


def between_scopes(
    connection: Connection,
    seen: Collection[str],
    unseen: Collection[str],
    after: int,
    limit: int,
    *,
    left_since: int | None,
) -> list[StoredRow]:
    """Rows that the keys `seen` reach and `unseen` do not, by number: what a changed scope adds or takes.

    With `left_since` (a position) also rows that are gone, or left the reach of `seen` after it.
    """
    reached: sa.ColumnElement[bool] = _seen_with(seen)
    if left_since is not None:
        left = sa.exists().where(
            departures.c.number == rows.c.number,
            departures.c.key.in_(sorted(seen)),
            departures.c.position > left_since,
        )
        reached = sa.or_(reached, left)
    query = (
        sa.select(*_COLUMNS)
        .select_from(_ROWS_WITH_BODIES)
        .where(rows.c.number > after, reached, ~_seen_with(unseen))
        .order_by(rows.c.number)
        .limit(limit)
    )
    if left_since is None:
        query = query.where(rows.c.gone == 0)
    return [_stored(found) for found in connection.execute(query)]


def last_changed(connection: Connection, until: int) -> StoredRow | None:
    """The row that changed last at a position or before it; without its body."""
    query = (
        sa.select(rows.c.number, rows.c.position, rows.c.kind, rows.c.id)
        .where(rows.c.position <= until)
        .order_by(rows.c.position.desc())
        .limit(1)
    )
    return _bare(connection.execute(query).one_or_none())


def numbered(connection: Connection, number: int) -> StoredRow | None:
    """The row of a number, standing or gone; without its body."""
    query = sa.select(rows.c.number, rows.c.position, rows.c.kind, rows.c.id).where(rows.c.number == number)
    return _bare(connection.execute(query).one_or_none())


def _bare(found: Any) -> StoredRow | None:
    return (
        None if found is None else StoredRow(found.number, found.position, Kind(found.kind), found.id, None)
    )


def all_of(connection: Connection, kind: Kind) -> list[Row]:
    """Every standing row of a kind, decoded, whoever may see it: for the rules, never for a reader."""
    query = (
        sa.select(sa.func.coalesce(rows.c.body, ledger.c.body))
        .select_from(_ROWS_WITH_BODIES)
        .where(rows.c.kind == kind.value, rows.c.gone == 0)
        .order_by(rows.c.number)
    )
    return [decode_row(kind, body) for body in connection.execute(query).scalars()]


def each_of(connection: Connection, kind: Kind, at_once: int = 1_000) -> Iterator[Row]:
    """The same, one after the other, without all of them in memory."""
    after = 0
    while True:
        query = (
            sa.select(rows.c.number, rows.c.body)
            .where(rows.c.kind == kind.value, rows.c.gone == 0, rows.c.number > after)
            .order_by(rows.c.number)
            .limit(at_once)
        )
        found = connection.execute(query).all()
        yield from (decode_row(kind, body) for _, body in found)
        if len(found) < at_once:
            return
        after = found[-1].number


def ids_there(connection: Connection, kind: Kind, ids: Collection[str]) -> frozenset[str]:
    """Those of the ids that rows of a kind stand under."""
    found: set[str] = set()
    for part in _slices(sorted(ids)):
        query = sa.select(rows.c.id).where(rows.c.kind == kind.value, rows.c.gone == 0, rows.c.id.in_(part))
        found.update(connection.execute(query).scalars())
    return frozenset(found)


def some_of(connection: Connection, kind: Kind, ids: Collection[str]) -> dict[str, Row]:
    """Standing rows of a kind by id, decoded, whoever may see them."""
    found: dict[str, Row] = {}
    for part in _slices(sorted(ids)):
        query = sa.select(rows.c.id, rows.c.body).where(
            rows.c.kind == kind.value, rows.c.gone == 0, rows.c.id.in_(part)
        )
        found |= {id: decode_row(kind, body) for id, body in connection.execute(query)}
    return found


def present_id(connection: Connection, merged: str) -> str | None:
    """The id of the work that a merged one has become; None where it was never merged."""
    return names.find(connection, "", [_merged_key(merged)]).get(_merged_key(merged))


def _merged_key(id: str) -> str:
    return f"merged/{id}"
