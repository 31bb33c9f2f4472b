"""Journals of every layout that there was: each opens with all that it held, also after an interrupted start.

`layouts/journal` keeps the numbered files as they were handed out, and rows as each version wrote them.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import apsw
import pytest

from artist_console.domain.problems import StorageProblem
from artist_console.store import journal
from artist_console.store.migrations import migrations_of, version_of
from artist_console.store.opening import open_with_key
from artist_console.store.problems import DiskFailed, DiskFull
from tests.store.conftest import JOURNAL_KEY, Place
from tests.store.disks import FailingDisk, RecordingDisk, after_power_loss, registered
from tests.store.records import decide

LAYOUTS = Path(__file__).parent / "layouts" / "journal"
NEWEST = migrations_of("journal")[-1].number
OLDEST = 1  # what grows most

# `ARTIST_CONSOLE_LONG_TESTS=1` tries every moment; otherwise every fifth, another fifth for each fault.
LONG = bool(os.environ.get("ARTIST_CONSOLE_LONG_TESTS"))
STEP = 1 if LONG else 5
CRASHES = 400 if LONG else 30

Rows = dict[str, list[Any]]


def handed_out(number: int) -> str:
    (file,) = LAYOUTS.glob(f"{number:04}_*.sql")
    return file.read_text(encoding="utf-8")


def build(path: Path, layout: int, *, vfs: str | None = None) -> Rows:
    """A journal as the version with this layout left it; gives its rows."""
    connection = apsw.Connection(str(path), vfs=vfs)
    connection.pragma("cipher", "aegis")
    connection.pragma("key", f"raw:{JOURNAL_KEY.hex()}")
    connection.execute("PRAGMA synchronous = EXTRA; PRAGMA journal_mode = WAL")
    for number in range(1, layout + 1):
        connection.execute("BEGIN")
        connection.execute(handed_out(number))
        content = LAYOUTS / f"content-{number}.sql"
        if content.exists():
            connection.execute(content.read_text(encoding="utf-8"))
        connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    found = rows_of(connection)
    connection.close()
    return found


def rows_of(connection: apsw.Connection, database: str = "main") -> Rows:
    tables = connection.execute(
        f"SELECT name FROM {database}.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {
        name: sorted(connection.execute(f"SELECT * FROM {database}.{name}"), key=repr)
        for (name,) in sorted(tables)
    }


def schema_of(connection: apsw.Connection) -> list[Any]:
    return sorted(connection.execute("SELECT type, name, sql FROM main.sqlite_schema"), key=repr)


def look(path: Path) -> tuple[int, Rows]:
    """What is in a journal, without bringing it to any layout."""
    connection = open_with_key(path, JOURNAL_KEY, None)
    try:
        return version_of(connection, "main"), rows_of(connection)
    finally:
        connection.close()


def holds(found: Rows, before: Rows) -> bool:
    """Whether everything that was there is there, as it was; later layouts may add to it."""
    return all(found[name] == rows for name, rows in before.items())


@pytest.mark.parametrize("migration", migrations_of("journal"), ids=lambda each: f"{each.number:04}")
def test_a_file_that_was_handed_out_is_never_changed(migration: Any) -> None:
    assert list(LAYOUTS.glob(f"{migration.number:04}_*.sql")), (
        "copy the new file into tests/store/layouts/journal, and write rows of it beside it"
    )
    assert handed_out(migration.number) == migration.sql


@pytest.mark.parametrize("layout", range(1, NEWEST + 1))
def test_a_journal_of_every_layout_opens_with_all_that_it_held(place: Place, layout: int) -> None:
    before = build(place.journal, layout)
    assert all(before[name] for name in ("decision", "outcome", "receipt", "pin", "draft"))
    with place.open() as store:
        assert version_of(store.connection, "main") == NEWEST
        assert holds(rows_of(store.connection), before)
        assert store.value("PRAGMA main.integrity_check") == "ok"
        assert store.rows("PRAGMA main.foreign_key_check") == []
        read = [entry.decision.id for entry in journal.pending(store)]
        assert read == [row[1] for row in sorted(before["decision"])][3:]  # the first three are dealt with
        journal.append(store, [decide()])
        grown = schema_of(store.connection)
    fresh = Place(place.folder / "fresh")
    fresh.folder.mkdir()
    with fresh.open() as store:
        assert grown == schema_of(store.connection)
    if layout < NEWEST:
        assert look(place.folder / f"journal.version-{layout}.db") == (layout, before)
    assert not list(place.folder.glob("*unfinished*"))


@pytest.mark.parametrize(
    ("error", "problem", "once"),
    [(apsw.FullError, DiskFull, False), (apsw.IOError, DiskFailed, True)],
    ids=["full from then on", "failing once"],
)
def test_whichever_write_fails_the_journal_stays_usable(
    tmp_path: Path, error: type[apsw.Error], problem: type[StorageProblem], once: bool
) -> None:
    disk = FailingDisk(f"growing-{error.__name__}-{once}", error, once=once)
    original = Place(tmp_path / "original")
    original.folder.mkdir()
    before = build(original.journal, OLDEST)
    refused = 0
    with registered(disk):
        for allowed in range(int(once) % STEP, 400, STEP):
            place = Place(tmp_path / str(allowed))
            shutil.copytree(original.folder, place.folder)
            disk.left, disk.struck = allowed, False
            told = trouble_of_opening(place, disk)
            disk.left = None
            refused += told is not None
            assert told is None or type(told) is problem
            # As the former version of the program would find it, and then as this one does.
            version, found = look(place.journal)
            assert OLDEST <= version <= NEWEST
            assert holds(found, before)
            with place.open() as store:
                assert holds(rows_of(store.connection), before)
                assert store.value("PRAGMA main.integrity_check") == "ok"
            if not disk.struck:
                break
        else:
            pytest.fail("no start came through")
    assert refused >= 5


def trouble_of_opening(place: Place, disk: FailingDisk) -> StorageProblem | None:
    try:
        place.open(vfs=disk.vfs_name).close()
    except StorageProblem as problem:
        return problem
    return None


class Kill(random.Random):
    """No chance at all: what was written stays, in full. So the files are after a process was killed."""

    def choice(self, seq: Any) -> Any:
        assert seq[0] == "all"
        return seq[0]

    def random(self) -> float:
        return 0.0


@pytest.mark.parametrize("what", ["kill", "power loss"])
def test_an_end_at_any_moment_of_the_change_leaves_a_usable_journal(tmp_path: Path, what: str) -> None:
    disk = RecordingDisk(f"growing-{what.replace(' ', '-')}")
    original = Place(tmp_path / "original")
    original.folder.mkdir()
    with registered(disk):
        before = build(original.journal, OLDEST, vfs=disk.vfs_name)
        built = len(disk.calls)
        original.open(vfs=disk.vfs_name).close()
    cuts = range(built, len(disk.calls) + 1)
    assert len(cuts) > 10
    versions = set()
    for seed in (*range(0, len(cuts), STEP), len(cuts) - 1) if what == "kill" else range(CRASHES):
        chance = Kill() if what == "kill" else random.Random(seed)
        cut = cuts[seed] if what == "kill" else chance.choice(cuts)
        place = Place(tmp_path / str(seed))
        place.folder.mkdir()
        for name, content in after_power_loss(disk.calls[:cut], chance).items():
            (place.folder / name).write_bytes(content)
        version, found = look(place.journal)
        versions.add(version)
        assert holds(found, before), f"{what} {seed}"
        with place.open() as store:
            assert holds(rows_of(store.connection), before)
            assert store.value("PRAGMA main.integrity_check") == "ok"
    assert versions >= {OLDEST, NEWEST}


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.store.conftest import Place
from tests.store.disks import FailingDisk
import apsw
class Killing(FailingDisk):
    def _count(self):
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        if self.left is not None:
            self.left -= 1
disk = Killing("killing", apsw.IOError, once=False)
disk.left = int(sys.argv[2])
Place(Path(sys.argv[1])).open(vfs=disk.vfs_name).close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("writes", [0, 7, 25, 40])
def test_a_process_that_is_really_killed_in_the_change_leaves_a_usable_journal(
    place: Place, writes: int
) -> None:
    before = build(place.journal, OLDEST)
    here = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", KILLED, str(place.folder), str(writes)]
    ended = subprocess.run(command, cwd=here, check=False, timeout=120, capture_output=True)
    assert ended.returncode == -9, ended.stderr
    assert holds(look(place.journal)[1], before)
    with place.open() as store:
        assert holds(rows_of(store.connection), before)
