"""The child with limits: what it may not do, and what is said when it ends without an answer."""

from __future__ import annotations

import io
import subprocess
import sys
import textwrap

import pytest

from artist_console.formats.table_copy import write_copy
from artist_console.host.limited_child import Limits, ReadingApartFailed, Refused, ask

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits of processes are those of POSIX")

# Does one thing under the limits and says what came of it.
CHILD = """
import os, socket, sys
from artist_console.host.limited_child import Refused, answer

def work(source):
    data = source.read()
    {work}

sys.exit(answer(work, memory_mb=64, processor_s=1))
"""


def ended(work: str) -> subprocess.CompletedProcess[bytes]:
    code = CHILD.format(work=textwrap.dedent(work).strip().replace("\n", "\n    "))
    return subprocess.run([sys.executable, "-c", code], input=b"a file", capture_output=True, check=False)


def said_of(attempt: str) -> str:
    """What a thing that is refused says."""
    return ended(
        f"""
try:
    {attempt}
except OSError as error:
    return type(error).__name__.encode() + b" " + os.strerror(error.errno).encode()
return b"was done"
"""
    ).stdout.decode()


def test_its_answer_is_what_the_work_gives() -> None:
    told = ended("return data.upper()")
    assert (told.returncode, told.stdout) == (0, b"A FILE")


def test_a_file_that_is_refused_has_a_reason() -> None:
    told = ended("raise Refused('it is no such file')")
    assert (told.returncode, told.stdout) == (3, b"it is no such file")


@pytest.mark.parametrize(
    "attempt",
    [
        "open('/etc/passwd', 'rb')",
        "open('/tmp/written-by-a-child', 'wb')",
        "socket.socket()",
        "socket.create_connection(('127.0.0.1', 9))",
        "os.pipe()",
        "os.dup(0)",
    ],
)
def test_it_can_open_nothing_and_reach_nobody(attempt: str) -> None:
    assert said_of(attempt) == "OSError Too many open files"


def test_it_ends_where_it_wants_more_memory() -> None:
    assert ended("return bytes(200_000_000)[:1]").returncode == 4


def test_it_ends_where_it_takes_more_processor_time() -> None:
    assert ended("while True: pass").returncode < 0


def test_what_it_was_given_in_its_environment_is_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ARTIST_CONSOLE_PASSPHRASE", "secret")
    from artist_console.host.limited_child import _environment

    assert "secret" not in _environment().values()


def test_a_file_that_is_no_parquet_is_refused() -> None:
    with pytest.raises(Refused, match="no Parquet file"):
        ask("parquet", io.BytesIO(b"PAR1 and nothing more"))


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(clock_s=0), "it takes more than 0 seconds"),
        (Limits(file_bytes=3), "it is larger than files that are read this way"),
    ],
)
def test_a_limit_that_is_met_is_told_in_a_sentence(limits: Limits, reason: str) -> None:
    with pytest.raises(ReadingApartFailed) as told:
        ask("parquet", io.BytesIO(b"PAR1" * 4), limits)
    assert told.value.fields["reason"] == reason


def test_a_file_that_unpacks_to_more_than_the_memory_is_told() -> None:
    out = io.BytesIO()
    rows = b"".join(b"a" * 2_000_000 + b",0\r\n" for _ in range(40))  # 80 MB, packed into some kilobytes
    write_copy(io.BytesIO(b"\xef\xbb\xbfa,salt\r\n" + rows), [("a", "string"), ("salt", "string")], out)
    assert len(out.getvalue()) < 100_000
    with pytest.raises(ReadingApartFailed) as told:
        ask("parquet", out, Limits(memory_mb=50))
    assert told.value.fields["reason"] == "it needs more memory than such a file may use"


def test_a_child_that_fails_in_another_way_is_told_too() -> None:
    with pytest.raises(ReadingApartFailed, match="ended without an answer"):
        ask("no such job", io.BytesIO(b"x"))
