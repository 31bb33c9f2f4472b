"""Ctrl-C during an import: the job is stopped where it can be, and what became of the file is said."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from artist_console.backend.imports import jobs
from artist_console.cli.ending import ended_well
from artist_console.commands import imports
from artist_console.commands.imports import FileKind, Interrupted, import_file
from artist_console.commands.works import find_works
from artist_console.domain.work_rows import WorksQuery
from tests.commands.desks import Desk

CATALOGUE = "title,artist\nLow Tide,Mira Sand\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "own.csv"
    path.write_text(CATALOGUE, encoding="utf-8")
    return path


def works_of(desk: Desk) -> int:
    return find_works(desk.console, WorksQuery()).total


def pressing_ctrl_c(monkeypatch: pytest.MonkeyPatch, when: Callable[[], bool] = lambda: True) -> None:
    """Ctrl-C while the command waits for the job, once."""
    pressed = threading.Event()
    real = time.sleep

    def sleep(seconds: float) -> None:
        if not pressed.is_set() and when():
            pressed.set()
            raise KeyboardInterrupt
        real(seconds)

    monkeypatch.setattr("artist_console.commands.imports.time.sleep", sleep)


def test_a_job_under_way_is_stopped_and_leaves_nothing(
    mara: Desk, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = works_of(mara)
    real = jobs.Jobs._reader

    def slow(*given: Any) -> Any:
        progress = given[3]
        take_over = real(*given)

        def taking(connection: Any) -> Any:
            for step in range(2_000):  # until somebody stops it
                progress(step, None)
                threading.Event().wait(0.01)
            return take_over(connection)

        return taking

    monkeypatch.setattr(jobs.Jobs, "_reader", slow)
    pressing_ctrl_c(monkeypatch)
    with pytest.raises(Interrupted, match=r"^Interrupted; nothing of own\.csv was taken over\.$"):
        import_file(mara.console, FileKind.CATALOGUE, path)
    monkeypatch.undo()
    assert works_of(mara) == before
    assert "1 recording was added." in import_file(mara.console, FileKind.CATALOGUE, path).value.words


def test_what_is_done_already_is_said_to_be(mara: Desk, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*given: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(imports, "sync", stopped)
    with pytest.raises(Interrupted, match=r"taken over already\. See it with: artist-console sync$"):
        import_file(mara.console, FileKind.CATALOGUE, path)


def test_what_nobody_can_tell_is_not_promised(
    mara: Desk, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*given: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(imports, "_handed_over", stopped)
    with pytest.raises(Interrupted, match="may be taken over all the same"):
        import_file(mara.console, FileKind.CATALOGUE, path)


def test_the_command_says_it_and_ends_as_shells_expect(capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(by: BaseException) -> int:
        raise by

    assert ended_well(lambda: interrupted(Interrupted("Interrupted; nothing was taken over."))) == 130
    assert capsys.readouterr().err == "artist-console: Interrupted; nothing was taken over.\n"
    assert ended_well(lambda: interrupted(KeyboardInterrupt())) == 130
    assert capsys.readouterr().err == "artist-console: Interrupted.\n"
