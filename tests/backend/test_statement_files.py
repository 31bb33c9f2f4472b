"""Files of lines in the service: published with their statement or not at all, sealed, given by ranges."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from artist_console.backend.line_staging import Staging
from artist_console.backend.service import Service
from artist_console.backend.storage import lines as stored
from artist_console.backend.storage import rows
from artist_console.backend.storage.tables import line_pieces
from artist_console.backend.storage.tables import lines as former_lines
from artist_console.domain.statement_checks import SealState
from artist_console.domain.statements import Line, Statement
from artist_console.formats.encoding import encode
from artist_console.formats.kinds import Kind
from artist_console.formats.lines_file import LinesFile
from artist_console.formats.statement_seal import seal_state
from artist_console.host.sealed_files import SealBroken

from .places import Place
from .world import LINES, MARA, MARA_ACCOUNT, MARAS_STATEMENT, OLAS_STATEMENT, Backend, Device, a_backend

OWN = tuple(line for line in LINES if line.statement == MARAS_STATEMENT)


@pytest.fixture
def backend(place: Place) -> Iterator[Backend]:
    with a_backend(place) as running:
        yield running


@pytest.fixture
def service(backend: Backend) -> Service:
    return backend.running.service


@pytest.fixture
def mara(backend: Backend) -> Device:
    return backend.sign_in(MARA_ACCOUNT)


def row(service: Service) -> Statement:
    with service.database.reading() as connection:
        found: Statement = rows.some_of(connection, Kind.STATEMENT, [MARAS_STATEMENT])[MARAS_STATEMENT]
    return found


def held(service: Service) -> tuple[Line, ...]:
    with (
        service.database.reading() as connection,
        service.statement_files.reading(connection, MARAS_STATEMENT) as file,
    ):
        assert file is not None
        return file.lines(statement_order=False)


def pieces(service: Service) -> dict[tuple[str, int], bytes]:
    with service.database.reading() as connection:
        found = connection.execute(sa.select(line_pieces)).all()
    return {(each.sha256, each.place): bytes(each.piece) for each in found}


def test_a_statement_names_the_file_of_its_lines_and_its_seal_holds(service: Service) -> None:
    statement = row(service)
    assert held(service) == OWN
    key = service.signer.key.public
    assert seal_state(statement, {key.kid: key}) is SealState.HOLDS
    assert seal_state(replace(statement, lines_sha256="0" * 64), {key.kid: key}) is SealState.BROKEN


def test_what_is_given_is_the_file_that_the_statement_names(mara: Device) -> None:
    named = mara.get(f"statements/{MARAS_STATEMENT}")
    answer = mara.ask("GET", f"statements/{MARAS_STATEMENT}/file")
    assert answer.status_code == 200
    assert hashlib.sha256(answer.content).hexdigest() == named["lines_sha256"]
    assert answer.headers["etag"] == f'"{named["lines_sha256"]}"'
    assert len(answer.content) == named["lines_bytes"]
    with LinesFile.open(io.BytesIO(answer.content)) as file:
        assert file.lines(statement_order=False) == OWN


def test_ranges_put_together_are_the_file_and_others_are_refused_or_ignored(mara: Device) -> None:
    path = f"statements/{MARAS_STATEMENT}/file"
    whole = mara.ask("GET", path).content
    size, half = len(whole), len(whole) // 2
    asked = {
        f"bytes=0-{half - 1}": (206, whole[:half]),
        f"bytes={half}-": (206, whole[half:]),
        "bytes=-5": (206, whole[-5:]),
        f"bytes=3-{size * 2}": (206, whole[3:]),
        f"bytes={size}-": (416, b""),
        "bytes=5-3": (200, whole),
        "bytes=0-1,4-5": (200, whole),
        "lines=0-1": (200, whole),
    }
    for said, expected in asked.items():
        answer = mara.ask("GET", path, headers={"Range": said})
        assert (answer.status_code, answer.content) == expected, said
    part = mara.ask("GET", path, headers={"Range": f"bytes={half}-"})
    assert part.headers["content-range"] == f"bytes {half}-{size - 1}/{size}"
    other = mara.ask("GET", path, headers={"Range": "bytes=0-1", "If-Range": '"another"'})
    assert (other.status_code, other.content) == (200, whole)


def test_a_file_out_of_reach_answers_like_one_that_is_not_there(mara: Device) -> None:
    for id in (OLAS_STATEMENT, "nobody"):
        assert mara.ask("GET", f"statements/{id}/file").status_code == 404


def test_file_and_row_are_published_together_or_not_at_all(service: Service) -> None:
    before, kept = row(service), pieces(service)
    other = [replace(line, title="Another") for line in OWN]

    def publish_and_fail() -> None:
        with service.changing() as connection:
            service.statement_files.put(connection, before, other)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        publish_and_fail()
    assert (row(service), pieces(service), held(service)) == (before, kept, OWN)


def test_another_file_takes_the_place_of_the_former_one_and_nothing_of_that_stays(service: Service) -> None:
    former = row(service).lines_sha256
    other = tuple(replace(line, title="Another") for line in OWN)
    with service.changing() as connection:
        service.statement_files.put(connection, row(service), other)
    assert held(service) == other
    assert former not in {sha256 for sha256, _ in pieces(service)}


def test_the_same_lines_again_change_nothing(service: Service) -> None:
    before, kept = row(service), pieces(service)
    with service.database.reading() as connection:
        position = rows.position(connection)
    with service.changing() as connection:
        service.statement_files.put(connection, before, OWN)
        assert rows.position(connection) == position
    assert (row(service), pieces(service)) == (before, kept)


def test_what_lies_in_the_database_tells_nothing_and_a_changed_piece_is_told(
    service: Service, mara: Device
) -> None:
    statement = row(service)
    (first,) = [piece for (sha256, _), piece in pieces(service).items() if sha256 == statement.lines_sha256]
    assert b"PAR1" not in first
    harmed = first[:-1] + bytes([first[-1] ^ 1])
    with service.changing() as connection:
        of_it = line_pieces.c.sha256 == statement.lines_sha256
        connection.execute(line_pieces.update().where(of_it).values(piece=harmed))
    with pytest.raises(SealBroken):
        held(service)
    for asked in ("file", "lines"):
        answer = mara.ask("GET", f"statements/{MARAS_STATEMENT}/{asked}")
        assert answer.status_code == 500
        told = answer.json()
        assert told["type"].endswith(":broken")
        assert "is damaged, or was sealed with other keys" in told["detail"]


def test_a_statement_that_goes_takes_its_file_along(service: Service, mara: Device) -> None:
    sha256 = row(service).lines_sha256
    with service.changing() as connection:
        service.statement_files.remove(connection, MARAS_STATEMENT)
    assert sha256 not in {held for held, _ in pieces(service)}
    assert mara.ask("GET", f"statements/{MARAS_STATEMENT}/file").status_code == 404


def test_rows_of_lines_of_an_earlier_version_become_files_when_the_service_starts(backend: Backend) -> None:
    service = backend.running.service
    as_it_was = replace(row(service), lines_sha256="", lines_bytes=0, seal="")
    with service.changing() as connection:
        stored.drop(connection, MARAS_STATEMENT)
        rows.put(connection, [(Kind.STATEMENT, as_it_was)])
        values = [{"statement": line.statement, "number": line.number, "body": encode(line)} for line in OWN]
        connection.execute(former_lines.insert(), values)
        before = rows.position(connection)
    backend.restart()
    service = backend.running.service
    assert held(service) == OWN
    assert replace(row(service), lines_sha256="", lines_bytes=0, seal="") == as_it_was
    assert row(service).seal
    with service.database.reading() as connection:
        assert rows.position(connection) > before  # whoever had the row is given the new one
        assert stored.statements_of_rows(connection) == ()


def test_lines_are_written_outside_of_the_transaction_that_publishes_them(
    service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / "temporary"
    own.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(own))
    statement = replace(row(service), payee=MARA)
    lines = [replace(OWN[0], number=number, title=f"Song {number * 7919}") for number in range(3_000)]
    with service.statement_files.writing(MARAS_STATEMENT) as written:
        written.add(lines)
        written.finish()
        with service.changing() as connection:
            service.statement_files.publish(connection, statement, written)
    assert held(service) == tuple(lines)
    assert list(own.iterdir()) == []


@pytest.mark.parametrize("size", [0, 1, 256 * 1024, 256 * 1024 + 1, 1_500_000])
def test_what_is_staged_is_read_as_it_was_written(
    size: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    data = bytes(number * 7 % 251 for number in range(size))
    with Staging(in_memory=1) as staging:
        for start in range(0, size, 100_000):
            staging.write(data[start : start + 100_000])
        assert (staging.size, staging.sha256) == (size, hashlib.sha256(data).hexdigest())
        with staging.written() as source:
            assert source.read() == data
        on_disk = b"".join(path.read_bytes() for path in tmp_path.rglob("lines"))
        assert bool(on_disk) is (size > 256 * 1024)
        assert data[:100] not in on_disk or not size
    assert list(tmp_path.iterdir()) == []
