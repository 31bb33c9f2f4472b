"""Files of lines on their way in: cut, wrong, sealed by whom, and a process that ends in between."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.ids import StatementId
from artist_console.domain.statement_checks import SealState
from artist_console.domain.statements import Line, Statement
from artist_console.formats import accounts, signed_head, wire
from artist_console.formats.kinds import Kind
from artist_console.formats.receipts import ReceiptSigner, SignerRole
from artist_console.formats.register_digest import RegisterDigests
from artist_console.formats.signatures import SigningKey
from artist_console.formats.statement_seal import make_seal
from artist_console.store import statements
from artist_console.store.opening import Store, open_store
from artist_console.sync import lines as fetching
from artist_console.sync.file_pieces import FilePiece
from artist_console.sync.lines import Fetching, LinesNotGenuine, LinesUnreadable
from artist_console.sync.problems import EndedEarly, NotFound, Unreachable
from tests.store.conftest import JOURNAL_KEY, MIRROR_KEY
from tests.store.records import NOW, hear
from tests.store.statement_files import a_line, a_statement, files_in, with_file

KEY = SigningKey(bytes(range(32)))
OTHER = SigningKey(bytes(range(1, 33)))
SIGNER = ReceiptSigner("Harmonia", SignerRole.HOSTED_SERVICE)


@dataclass
class Shelf:
    """The part of a service that gives files, with what may go wrong on the way planned for its calls."""

    files: Mapping[str, bytes]
    key: SigningKey = KEY
    host: str = "Harmonia"
    heard_at: datetime | None = None
    wrong: Callable[[int, FilePiece], FilePiece] = lambda call, piece: piece
    ends_at: int | None = None  # the number of the call that gets no answer
    asked: list[tuple[int, int]] = field(default_factory=list)

    def statement_file(self, statement: StatementId, start: int, length: int) -> FilePiece:
        call = len(self.asked)
        self.asked.append((start, length))
        if call == self.ends_at:
            raise Unreachable(host=self.host)
        if statement not in self.files:
            raise NotFound(host=self.host)
        data = self.files[statement]
        sha256 = hashlib.sha256(data).hexdigest()
        return self.wrong(call, FilePiece(start, len(data), sha256, data[start : start + length]))

    def keys(self) -> wire.SignerKeys:
        public = self.key.public
        return wire.SignerKeys(
            [wire.SignerKey(**public.jwk(), kid=public.kid, name="Harmonia", role="hosted_service")]
        )

    def account(self) -> accounts.Account:
        raise NotImplementedError

    def push(self, batch: wire.PushBatch) -> wire.PushReply:
        raise NotImplementedError

    def feed(self, cursor: str | None, wait_s: int = 0) -> wire.FeedPage:
        raise NotImplementedError

    def snapshot(self, next: str | None) -> wire.SnapshotPage:
        raise NotImplementedError

    def register_digests(self, after: str) -> RegisterDigests:
        raise NotImplementedError

    def heads(self, after: str) -> signed_head.HeadsPage:
        raise NotImplementedError

    def ledger_head(self, artist: Any) -> signed_head.HeadReply:
        raise NotImplementedError

    def consistency(self, artist: Any, first: int, second: int) -> signed_head.ConsistencyReply:
        raise NotImplementedError


@contextmanager
def a_store(folder: Path) -> Iterator[Store]:
    with open_store(
        folder / "journal.db", folder / "mirror.db", JOURNAL_KEY, MIRROR_KEY, files=files_in(folder)
    ) as store:
        yield store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with a_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "PIECE_BYTES", 1_000)


LINES = tuple(a_line(number, words=f"line {number * 7919}") for number in range(1, 400))


def sealed(statement: Statement, key: SigningKey = KEY) -> Statement:
    return replace(statement, seal=make_seal(statement, key, SIGNER))


def heard(store: Store, lines: tuple[Line, ...] = LINES, key: SigningKey = KEY) -> tuple[Statement, bytes]:
    """A statement that a round has heard of, and the file that the service has of it."""
    named, data = with_file(a_statement(lines), lines)
    named = sealed(named, key)
    hear(store, [(Kind.STATEMENT, named)])
    return named, data


def fetch(store: Store, shelf: Shelf) -> int:
    """What a round does about lines."""
    round = Fetching(store, shelf, NOW)
    round.sweep()
    return sum(round.fetch(lack) for lack in statements.lacking(store)) + round.look_at_seals_again()


def files_of(folder: Path) -> set[str]:
    return {each.name for each in (folder / "statements").iterdir()}


@pytest.mark.usefixtures("small_pieces")
def test_a_file_comes_in_pieces_and_its_lines_are_here(store: Store, tmp_path: Path) -> None:
    statement, data = heard(store)
    shelf = Shelf({statement.id: data})
    assert fetch(store, shelf) == len(LINES)
    assert len(shelf.asked) == -(-len(data) // 1_000) > 3
    assert statements.lines(store, statement.id) == LINES
    assert statements.seal_state(store, statement.id) is SealState.HOLDS
    assert files_of(tmp_path) == {f"{statement.lines_sha256}.sealed"}
    assert fetch(store, shelf) == 0
    assert len(shelf.asked) == -(-len(data) // 1_000)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 4), max_size=4))
def test_a_fetch_that_was_cut_goes_on_behind_what_came(cuts: list[int]) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(fetching, "PIECE_BYTES", 1_000)
        asked: list[tuple[int, int]] = []
        for cut in cuts:
            with a_store(Path(folder)) as store:  # each time another process
                statement, data = heard(store)
                shelf = Shelf({statement.id: data}, ends_at=cut)
                if len(data) - 1_000 * len(asked) > 1_000 * cut:
                    with pytest.raises(Unreachable):
                        fetch(store, shelf)
                    asked += shelf.asked[:-1]
                    assert not statements.is_complete(store, statement.id)
                    assert statements.totals(store) == ()
        with a_store(Path(folder)) as store:
            statement, data = heard(store)
            shelf = Shelf({statement.id: data})
            assert fetch(store, shelf) == len(LINES)
            asked += shelf.asked
            assert [start for start, _ in asked] == list(range(0, len(data), 1_000))
            assert statements.lines(store, statement.id) == LINES


@pytest.mark.usefixtures("small_pieces")
def test_a_file_that_is_not_its_hash_is_fetched_once_more(store: Store, tmp_path: Path) -> None:
    statement, data = heard(store)

    def once_wrong(call: int, piece: FilePiece) -> FilePiece:
        return replace(piece, content=bytes(len(piece.content))) if call == 1 else piece

    shelf = Shelf({statement.id: data}, wrong=once_wrong)
    assert fetch(store, shelf) == len(LINES)
    assert len(shelf.asked) == 2 * -(-len(data) // 1_000)
    assert statements.lines(store, statement.id) == LINES


def test_a_file_that_stays_wrong_is_told_and_nothing_of_it_is_taken(store: Store, tmp_path: Path) -> None:
    statement, data = heard(store)
    wrong = data[:-1] + bytes([data[-1] ^ 1])
    shelf = Shelf({statement.id: data}, wrong=lambda call, piece: replace(piece, content=wrong))
    with pytest.raises(LinesNotGenuine, match="Harmonia Lab"):
        fetch(store, shelf)
    assert len(shelf.asked) == 2
    assert files_of(tmp_path) == set()
    assert not statements.is_complete(store, statement.id)
    assert statements.totals(store) == ()
    shelf.wrong = lambda call, piece: piece
    assert fetch(store, shelf) == len(LINES)


@pytest.mark.parametrize("other", [{"sha256": "b" * 64}, {"total": 5}])
def test_a_piece_of_another_file_is_told(store: Store, other: dict[str, Any]) -> None:
    statement, data = heard(store)
    shelf = Shelf({statement.id: data}, wrong=lambda call, piece: replace(piece, **other))
    with pytest.raises(LinesNotGenuine):
        fetch(store, shelf)
    assert len(shelf.asked) == 1


def test_lines_of_another_statement_are_told(store: Store) -> None:
    lines = (a_line(1, "another"),)
    named, data = with_file(a_statement(lines, "another"), lines)
    hear(store, [(Kind.STATEMENT, sealed(replace(named, id=StatementId("statement-1"))))])
    with pytest.raises(LinesUnreadable, match="of another statement"):
        fetch(store, Shelf({"statement-1": data}))
    assert statements.totals(store) == ()


def test_what_is_no_file_of_lines_is_told(store: Store) -> None:
    data = b"PAR1 and then nothing"
    named = replace(a_statement(LINES), lines_sha256=hashlib.sha256(data).hexdigest(), lines_bytes=len(data))
    hear(store, [(Kind.STATEMENT, named)])
    with pytest.raises(LinesUnreadable):
        fetch(store, Shelf({named.id: data}))


def test_a_statement_that_left_the_reach_meanwhile_is_no_trouble(store: Store) -> None:
    statement, _ = heard(store)
    assert fetch(store, Shelf({})) == 0
    assert not statements.is_complete(store, statement.id)


# Whose seal it is


def changed_behind_its_seal(statement: Statement) -> Statement:
    return replace(statement, declared_total=Decimal(1))


def test_a_seal_that_is_over_something_else_is_broken(store: Store) -> None:
    statement, data = heard(store)
    hear(store, [(Kind.STATEMENT, changed_behind_its_seal(statement))])
    fetch(store, Shelf({statement.id: data}))
    assert statements.seal_state(store, statement.id) is SealState.BROKEN


def test_a_seal_of_an_unknown_key_is_looked_at_again_when_the_key_is_known(
    store: Store, tmp_path: Path
) -> None:
    from artist_console.store import heads  # beside its one use
    from artist_console.store.heads import KeyKnown, ServiceKey
    from artist_console.store.opening import Part

    statement, data = heard(store, key=OTHER)
    shelf = Shelf({statement.id: data})
    fetch(store, shelf)
    assert statements.seal_state(store, statement.id) is SealState.KEY_UNKNOWN
    with store.transaction(Part.JOURNAL):
        heads.keep_key(store, ServiceKey(OTHER.public, "Harmonia", "", KeyKnown.FIRST_SIGHT, NOW))
    asked = len(shelf.asked)
    fetch(store, shelf)
    assert statements.seal_state(store, statement.id) is SealState.HOLDS
    assert len(shelf.asked) == asked  # the file is here


def test_a_service_that_changes_its_key_does_not_vouch_with_the_new_one(store: Store) -> None:
    first, data = heard(store)
    fetch(store, Shelf({first.id: data}))
    lines = (a_line(1, "later"),)
    later, more = with_file(a_statement(lines, "later"), lines)
    hear(store, [(Kind.STATEMENT, sealed(later, OTHER))])
    fetch(store, Shelf({"later": more}, key=OTHER))
    assert statements.seal_state(store, later.id) is SealState.KEY_UNKNOWN


# A process that ends in between


class Ended(Exception):
    """The process ends here."""


def test_wherever_a_process_ends_the_next_one_has_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every call to the disk and every commit of fetching is once the last that is made."""
    for last in range(200):
        with TemporaryDirectory() as name:
            folder = Path(name)
            ended = _fetch_until(folder, last, monkeypatch)
            with a_store(folder) as store:
                statement, data = heard(store)
                complete = statements.is_complete(store, statement.id)
                assert bool(statements.totals(store)) is complete
                if complete:  # said to be here: then it is
                    assert statements.lines(store, statement.id) == LINES
                fetch(store, Shelf({statement.id: data}))
                assert statements.lines(store, statement.id) == LINES
                assert statements.lacking(store) == ()
                fetch(store, Shelf({}))  # sweeps what the end left
            assert files_of(folder) == {f"{statement.lines_sha256}.sealed"}
        if not ended:
            assert last > 10
            return
    raise AssertionError("it never came through")


def _fetch_until(folder: Path, last: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Fetch, and end at the `last` call that changes a disk; gives whether it came to that."""
    import os

    from artist_console.host import fetched_files, files, kept_files, sealed_files

    calls = 0

    def count() -> None:
        nonlocal calls
        calls += 1
        if calls > last:
            raise Ended

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            count()
            return real(*args, **more)

        return call

    with a_store(folder) as store, monkeypatch.context() as patch:
        patch.setattr(fetching, "PIECE_BYTES", 1_000)
        statement, data = heard(store)
        patch.setattr(os, "replace", counted(os.replace))
        patch.setattr(os, "fsync", counted(os.fsync))
        patch.setattr(sealed_files.SealedFile, "append", counted(sealed_files.SealedFile.append))
        patch.setattr(sealed_files.SealedFile, "close_up", counted(sealed_files.SealedFile.close_up))
        patch.setattr(kept_files, "flush_folder", counted(files.flush_folder))
        patch.setattr(fetched_files, "sha256_of", counted(sealed_files.sha256_of))
        patch.setattr(Store, "run_many", counted(Store.run_many))
        patch.setattr(Store, "run", counted(Store.run))
        try:
            fetch(store, Shelf({statement.id: data}))
        except Ended:
            return True
    return False


def test_a_mirror_that_says_more_than_is_here_is_believed_in_nothing(store: Store, tmp_path: Path) -> None:
    """The rename was lost with the power, the row that speaks of it was not."""
    statement, data = heard(store)
    fetch(store, Shelf({statement.id: data}))
    (tmp_path / "statements" / f"{statement.lines_sha256}.sealed").unlink()
    assert not statements.is_complete(store, statement.id)
    assert fetch(store, Shelf({statement.id: data})) == len(LINES)
    assert statements.lines(store, statement.id) == LINES


def test_a_file_that_is_here_is_not_fetched_again_when_the_mirror_was_dropped(tmp_path: Path) -> None:
    with a_store(tmp_path) as store:
        statement, data = heard(store)
        fetch(store, Shelf({statement.id: data}))
    for path in tmp_path.glob("mirror.db*"):
        path.unlink()
    with a_store(tmp_path) as store:
        heard(store)
        shelf = Shelf({statement.id: data})
        assert fetch(store, shelf) == len(LINES)
        assert shelf.asked == []
        assert statements.lines(store, statement.id) == LINES


def test_a_piece_that_ended_early_leaves_what_came_before(store: Store) -> None:
    statement, data = heard(store)

    def ends(call: int, piece: FilePiece) -> FilePiece:
        raise EndedEarly(host="Harmonia")

    with pytest.raises(EndedEarly):
        fetch(store, Shelf({statement.id: data}, wrong=ends))
    assert fetch(store, Shelf({statement.id: data})) == len(LINES)
