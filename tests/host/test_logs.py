"""The log of a profile: on this computer only, and without what an error quotes."""

from __future__ import annotations

import io
import logging
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from artist_console.host.logs import start_log, stop_log

SECRET = "Midnight Ferry, 12.50 EUR"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    handler = start_log(tmp_path)
    yield tmp_path / "artist-console.log"
    stop_log(handler)


def fail() -> None:
    try:
        raise KeyError(SECRET)
    except KeyError as error:
        raise ValueError(SECRET) from error


def log_failure(logger: logging.Logger) -> None:
    try:
        fail()
    except ValueError:
        logger.info("import %s failed", "im-1", exc_info=True)


def test_a_line_names_its_module(log: Path) -> None:
    logging.getLogger("artist_console.sync.engine").info("round %s done", "r-1")
    assert log.read_text().rstrip().endswith("INFO artist_console.sync.engine round r-1 done")


def test_an_error_and_its_cause_are_told_without_their_messages(log: Path) -> None:
    log_failure(logging.getLogger("artist_console.x"))
    text = log.read_text()
    assert SECRET not in text
    assert "in fail" in text
    assert text.index("ValueError") < text.index("KeyError")


def test_what_another_handler_wrote_of_an_error_does_not_reach_the_file(log: Path) -> None:
    other = logging.StreamHandler(io.StringIO())
    logger = logging.getLogger("artist_console.x")
    logger.addHandler(other)  # runs first, and leaves its text in the record
    try:
        log_failure(logger)
    finally:
        logger.removeHandler(other)
    assert SECRET in other.stream.getvalue()
    assert SECRET not in log.read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of POSIX")
def test_the_file_is_private(log: Path) -> None:
    logging.getLogger("artist_console.x").info("started")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_a_stopped_log_leaves_the_logger_as_it_was(tmp_path: Path) -> None:
    logger = logging.getLogger("artist_console")
    before = (logger.level, list(logger.handlers))
    stop_log(start_log(tmp_path))
    assert (logger.level, list(logger.handlers)) == before


def test_a_log_that_cannot_be_written_disturbs_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    handler = start_log(tmp_path / "not there")
    try:
        logging.getLogger("artist_console.test").warning("something happened")
    finally:
        stop_log(handler)
    assert capsys.readouterr().err == ""


def test_a_full_log_makes_room_and_the_oldest_goes(log: Path) -> None:
    logger = logging.getLogger("artist_console.x")
    for number in range(5_200):
        logger.info("%s %s", number, "." * 1_000)
    files = sorted(log.parent.iterdir())
    assert [file.name for file in files] == [log.name, *(f"{log.name}.{age}" for age in (1, 2, 3))]
    assert all(file.stat().st_size < 1_002_000 for file in files)
    told = [int(line.split()[4]) for file in reversed(files) for line in file.read_text().splitlines()]
    assert told == list(range(told[0], 5_200))
