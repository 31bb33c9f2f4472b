"""The feed of changes and the snapshot, cut to the reader's reach; cursors that only this backend can make.

A cursor holds a position and the scope that it was issued under. When the scope has changed since (a mandate
came, ended or was taken back, by a decision or by the calendar), the feed first passes what that adds and
takes, in pages, and then goes on.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Collection, Iterable

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from artist_console.formats.wire import GONE, PAGE_ROWS, FeedItem, FeedPage, ProblemType, SnapshotPage

from .refusals import Refused
from .storage import rows
from .storage.accounts import Scope
from .storage.rows import StoredRow
from .storage.settings import Identity
from .storage.tables import scopes

_MAC_BYTES = 16
_LONGEST_CURSOR = 1_000


class _Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a reader is. `crossing`: on the way from the scope `under` to `to`, past the row number `row`."""

    account: str
    position: int
    under: str  # hash of a scope
    to: str = ""
    crossing: str = ""  # "", "added", "removed"; of a snapshot "snapshot"
    row: int = 0
    anchor: int = 0  # number of the row that had changed last ...
    at: int = 0  # ... and the position of that change
    mark: str = ""  # which row that was: an older copy of the database comes to the same number by another


def feed_page(
    connection: Connection, identity: Identity, scope: Scope, cursor: str | None, limit: int = PAGE_ROWS
) -> FeedPage:
    """What has changed after the cursor; without one, everything there ever was.

    Raises Refused (410) where the cursor is not one of this backend's, this account's and this epoch's.
    """
    here = _hash(scope.keys)
    top = rows.position(connection)
    if cursor is None:
        place = _Place(scope.account, 0, here)
    else:
        place = _read(identity, cursor, scope, {"", "added", "removed"})
    if place.position > top or not _holds_anchor(connection, place):
        raise _expired()
    if place.crossing == "" and place.under != here:
        place = msgspec.structs.replace(place, to=here, crossing="removed", row=0)
    if place.crossing:
        return _crossing_page(connection, identity, place, limit)
    found = rows.changed(connection, scope.keys, place.position, top, limit)
    more = len(found) == limit
    after = _anchored(connection, _Place(scope.account, found[-1].position if more else top, here))
    return FeedPage(identity.epoch, _write(identity, after), [_item(row) for row in found], more)


def _crossing_page(connection: Connection, identity: Identity, place: _Place, limit: int) -> FeedPage:
    former, to = _recall(connection, place.under), _recall(connection, place.to)
    removing = place.crossing == "removed"
    seen, unseen = (former, to) if removing else (to, former)
    since = place.position if removing else None
    found = rows.between_scopes(connection, seen, unseen, place.row, limit, left_since=since)
    items = [_item(row, gone=removing) for row in found]
    if len(found) == limit:
        after = msgspec.structs.replace(place, row=found[-1].number)
    elif removing:
        after = msgspec.structs.replace(place, crossing="added", row=0)
    else:
        after = msgspec.structs.replace(place, under=place.to, to="", crossing="", row=0)
    told = removing and place.row == 0
    return FeedPage(
        identity.epoch,
        _write(identity, after),
        items,
        True,
        sorted(_artists(to) - _artists(former)) if told else [],
        sorted(_artists(former) - _artists(to)) if told else [],
    )


def snapshot_page(
    connection: Connection, identity: Identity, scope: Scope, next: str | None, limit: int = PAGE_ROWS
) -> SnapshotPage:
    """Part of everything in reach. What changes while the pages are fetched comes again in the feed.

    Raises Refused (410) where `next` is foreign or the reach has changed since the first page.
    """
    here = _hash(scope.keys)
    if next is None:
        taken_at = _Place(scope.account, rows.position(connection), here, crossing="snapshot")
        place = _anchored(connection, taken_at)
    else:
        place = _read(identity, next, scope, {"snapshot"})
    if place.under != here or not _holds_anchor(connection, place):
        raise _expired()
    found = rows.standing(connection, scope.keys, place.row, place.position, limit)
    more = len(found) == limit
    on = msgspec.structs.replace(place, row=found[-1].number) if more else None
    return SnapshotPage(
        identity.epoch,
        [_item(row) for row in found],
        _write(identity, on) if on is not None else None,
        _write(identity, msgspec.structs.replace(place, crossing="", row=0)),
    )


def _item(row: StoredRow, gone: bool = False) -> FeedItem:
    body = GONE if gone or row.body is None else msgspec.Raw(row.body)
    return FeedItem(row.position, row.kind, row.id, body)


def _artists(keys: Iterable[str]) -> set[str]:
    return {key.split("/")[1] for key in keys if key.startswith("artist/")}


# -- scopes by their hash


def knows_scope(connection: Connection, scope: Scope) -> bool:
    """Whether cursors can be issued under this scope: else it is to be remembered first."""
    query = sa.select(scopes.c.sha256).where(scopes.c.sha256 == _hash(scope.keys))
    return connection.execute(query).scalar() is not None


def remember_scope(connection: Connection, scope: Scope) -> None:
    """Inside a writing transaction. Idempotent."""
    if not knows_scope(connection, scope):
        connection.execute(scopes.insert().values(sha256=_hash(scope.keys), held=_text(scope.keys)))


def _text(keys: Collection[str]) -> str:
    return json.dumps(sorted(keys))


def _hash(keys: Collection[str]) -> str:
    return hashlib.sha256(_text(keys).encode()).hexdigest()


def _recall(connection: Connection, sha256: str) -> frozenset[str]:
    text = connection.execute(sa.select(scopes.c.held).where(scopes.c.sha256 == sha256)).scalar()
    if text is None:
        raise _expired()
    return frozenset(json.loads(text))


# -- cursors


def _anchored(connection: Connection, place: _Place) -> _Place:
    """The place with the row that had changed last by then."""
    last = rows.last_changed(connection, place.position)
    if last is None:
        return place
    return msgspec.structs.replace(place, anchor=last.number, at=last.position, mark=_mark_of(last))


def _holds_anchor(connection: Connection, place: _Place) -> bool:
    """Whether the row that had changed last is the same one, and has not gone back since.

    Else the database is an older copy that has come to the same position by other changes, put back without
    a new epoch: what it changed on the way would never be told.
    """
    if not place.anchor:
        return True
    row = rows.numbered(connection, place.anchor)
    return row is not None and row.position >= place.at and _mark_of(row) == place.mark


def _mark_of(row: StoredRow) -> str:
    return hashlib.sha256(f"{row.kind.value}/{row.id}".encode()).hexdigest()[:16]


def _write(identity: Identity, place: _Place) -> str:
    body = msgspec.json.encode(place)
    return base64.urlsafe_b64encode(_mac(identity, body) + body).rstrip(b"=").decode()


def _read(identity: Identity, cursor: str, scope: Scope, crossings: set[str]) -> _Place:
    if len(cursor) > _LONGEST_CURSOR:
        raise _expired()
    try:
        data = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        mac, body = data[:_MAC_BYTES], data[_MAC_BYTES:]
        if not hmac.compare_digest(mac, _mac(identity, body)):
            raise _expired()
        place = msgspec.json.decode(body, type=_Place)
    except (binascii.Error, ValueError) as error:
        raise _expired() from error
    if place.account != scope.account or place.crossing not in crossings:
        raise _expired()
    return place


def _mac(identity: Identity, body: bytes) -> bytes:
    message = identity.epoch.encode() + b"/" + body
    return hmac.new(identity.cursor_key, message, hashlib.sha256).digest()[:_MAC_BYTES]


def _expired() -> Refused:
    return Refused(ProblemType.CURSOR_EXPIRED, 410)
