"""The container: opened by any program, and exactly one spelling of it accepted, under limits, in steps."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.formats.package import (
    MAX_FILES,
    STEP_BYTES,
    Entry,
    Member,
    PackageDamaged,
    PackageFault,
    digest_of,
    is_plain_name,
    open_entry,
    read_entry,
    read_package,
    write_package,
)
from artist_console.formats.signatures import sha256_hex

CONTENTS = {"datapackage.json": b'{"a":1}', "rows.csv": b"id\r\none\r\n" * 30, "empty.txt": b""}
_NAMES = st.from_regex(r"[a-z][a-z_]{0,8}\.(json|csv|txt)", fullmatch=True)


def written(contents: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    write_package(out, (Member.of(name, content) for name, content in contents.items()))
    return out.getvalue()


DATA = written(CONTENTS)


def raw(*files: tuple[str, bytes], method: int = 0, extra: bytes = b"", claimed: int = 0) -> bytes:
    """A container by hand, spelled as ours is as far as these allow."""
    body, directory = b"", b""
    for name, content in files:
        size = len(content) + claimed
        stamp = (0, method, 0, 0x21, zlib.crc32(content), len(content), size, len(name), len(extra))
        directory += struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, 20, *stamp, 0, 0, 0, 0, len(body))
        directory += name.encode() + extra
        body += struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 20, *stamp) + name.encode() + extra + content
    count = len(files)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + end


def faults_of(data: bytes) -> set[PackageFault]:
    return {fault for fault, _ in read_package(io.BytesIO(data)).faults}


def held(data: bytes) -> dict[str, bytes]:
    """Every file whose CRC holds."""
    source = io.BytesIO(data)
    found = {}
    for entry in read_package(source).entries:
        if digest_of(source, entry).crc_holds:
            found[entry.name] = read_entry(source, entry, len(data))
    return found


@given(st.dictionaries(_NAMES, st.binary(max_size=400), min_size=1, max_size=6))
@settings(deadline=None)
def test_what_is_written_is_read_back_and_any_program_reads_it_too(contents: dict[str, bytes]) -> None:
    data = written(contents)
    source = io.BytesIO(data)
    package = read_package(source)
    assert (package.faults, package.size) == ((), len(data))
    assert [entry.name for entry in package.entries] == list(contents)
    assert held(data) == contents
    for entry in package.entries:
        assert digest_of(source, entry).sha256 == sha256_hex(contents[entry.name])
        assert open_entry(source, entry).read() == contents[entry.name]
        assert package.entry(entry.name) == entry
    with zipfile.ZipFile(source) as archive:
        assert archive.testzip() is None
        assert {info.filename: archive.read(info) for info in archive.infolist()} == contents
    again = io.BytesIO()
    write_package(again, (Member.copied(source, entry) for entry in package.entries))
    assert again.getvalue() == data


def test_it_is_spelled_as_the_document_says() -> None:
    assert raw(*CONTENTS.items()) == DATA


@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
@settings(deadline=None, max_examples=400)
def test_a_changed_byte_is_a_fault_or_a_changed_file(at: int, mask: int) -> None:
    changed = bytearray(DATA)
    changed[at] ^= mask
    data = bytes(changed)
    assert faults_of(data) or held(data) != CONTENTS


def test_a_file_that_ends_early_says_so_and_gives_what_is_whole() -> None:
    for length in range(len(DATA)):
        package = read_package(io.BytesIO(DATA[:length]))
        expected = PackageFault.ENDS_EARLY if package.entries else PackageFault.NOT_A_PACKAGE
        assert package.faults == ((expected, ""),), length
        assert held(DATA[:length]).items() <= CONTENTS.items()


@given(st.binary(min_size=1, max_size=64))
@settings(deadline=None)
def test_nothing_may_stand_before_or_behind(extra: bytes) -> None:
    assert read_package(io.BytesIO(DATA + extra)).faults == ((PackageFault.NOT_AS_WRITTEN, ""),)
    assert faults_of(extra + DATA)
    assert held(extra + DATA).items() <= CONTENTS.items()


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_are_read_without_harm(data: bytes) -> None:
    assert faults_of(data)
    assert faults_of(b"PK\x03\x04" + data)


def _zipped(*names: str, comment: bytes = b"", extra: bytes = b"", mode: int = 0) -> bytes:
    """A zip of another program, with files of these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            info = zipfile.ZipInfo(name)
            info.extra = extra
            info.external_attr = mode << 16
            archive.writestr(info, b"content")
        archive.comment = comment
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        _zipped("a.txt", comment=b"hello"),
        _zipped("a.txt", extra=b"\x01\x00\x02\x00ab"),
        _zipped("a.txt", mode=0o120777),
        _zipped("a.txt"),
        raw(("a.txt", b"a"), extra=b"\x01\x00\x02\x00ab"),
    ],
    ids=["comment", "extra field", "symbolic link", "other stamps", "extra field alone"],
)
def test_what_hides_around_the_files_is_a_fault(data: bytes) -> None:
    assert faults_of(data) == {PackageFault.NOT_AS_WRITTEN}


@pytest.mark.parametrize(
    "name",
    [
        "../a.txt", "/a.txt", "a/b.txt", "a/", "a\\b.txt", "c:a.txt", ".hidden", "con.txt", "NUL", "a..txt",
        "a b.txt", "", "a\x00.txt", "ä.txt", "a.txt ", "a.TXT.", "lpt1.csv", "-rf", "a\n", "a" * 200,
        "averyveryveryveryveryveryveryveryveryveryveryverylongname.txt",
    ],
)  # fmt: skip
def test_odd_names_are_refused(name: str) -> None:
    assert not is_plain_name(name)
    if name.isascii():
        assert faults_of(raw((name, b"c"))) == {PackageFault.ODD_NAME}
    with pytest.raises(ValueError, match="plain name"):
        written({name: b"c"})


def test_a_name_that_stands_twice_gives_neither_of_the_two() -> None:
    for second in ("a.txt", "A.txt"):
        package = read_package(io.BytesIO(raw(("a.txt", b"1"), (second, b"2"), ("b.txt", b"3"))))
        assert package.faults == ((PackageFault.NAME_TWICE, second),)
        assert [entry.name for entry in package.entries] == ["b.txt"]
        with pytest.raises(ValueError, match="twice"):
            write_package(io.BytesIO(), [Member.of("a.txt", b"1"), Member.of(second, b"2")])


def test_what_is_packed_or_lies_about_its_size_is_not_given() -> None:
    bomb = zlib.compress(bytes(1_000_000), 9, wbits=-15)
    for data in (raw(("a.txt", bomb), method=8), raw(("a.txt", b"abc"), claimed=1)):
        assert PackageFault.FILE_DAMAGED in faults_of(data)
        assert held(data) == {}


def test_too_much_is_refused_before_it_is_looked_at() -> None:
    many = [(f"f{n}.txt", b"x") for n in range(MAX_FILES + 1)]
    assert faults_of(raw(*many)) == {PackageFault.TOO_LARGE}
    assert faults_of(raw(*many[:-1])) == set()
    assert read_package(io.BytesIO(raw(*many[:4])), most_files=3).faults == ((PackageFault.TOO_LARGE, ""),)
    assert read_package(io.BytesIO(DATA), most_bytes=len(DATA) - 1).faults == ((PackageFault.TOO_LARGE, ""),)
    with pytest.raises(ValueError, match="more than a package can be"):
        written(dict(many))


def test_a_file_is_read_under_its_limit_and_only_as_its_header_says() -> None:
    source = io.BytesIO(DATA)
    entry = read_package(source).entries[1]
    assert read_entry(source, entry, entry.size) == CONTENTS["rows.csv"]
    for odd, limit in ((entry, entry.size - 1), (replace(entry, crc=1), 9_999), (replace(entry, size=3), 9)):
        with pytest.raises(PackageDamaged, match=r"^rows\.csv is "):
            read_entry(source, odd, limit)
    assert not digest_of(source, replace(entry, crc=1)).crc_holds
    assert not digest_of(source, replace(entry, size=len(DATA))).crc_holds
    with pytest.raises(PackageDamaged):
        read_entry(source, replace(entry, size=len(DATA)), len(DATA))


def test_content_that_changes_while_it_is_written_is_noticed() -> None:
    whole = Member.of("a.txt", b"abc")
    for content in (b"ab", b"abcd", b"abd"):

        def other(content: bytes = content) -> io.BytesIO:
            return io.BytesIO(content)

        with pytest.raises(ValueError, match=r"a\.txt changed"):
            write_package(io.BytesIO(), [replace(whole, opened=other)])


def test_windows_have_places_of_their_own_also_in_threads() -> None:
    contents = {f"f{n}.bin": bytes([n]) * (700_000 + n) for n in range(6)}
    source = io.BytesIO(written(contents))
    entries = read_package(source).entries
    first, second = open_entry(source, entries[1]), open_entry(source, entries[2])
    assert (first.read(3), second.read(3), first.read(2)) == (b"\x01" * 3, b"\x02" * 3, b"\x01" * 2)
    second.seek(-1, io.SEEK_END)
    assert (second.read(), second.tell(), second.read()) == (b"\x02", entries[2].size, b"")
    second.seek(0)
    assert len(second.read()) == entries[2].size
    first.close()
    assert not source.closed
    with ThreadPoolExecutor(4) as pool:
        digests = list(pool.map(lambda entry: digest_of(source, entry).sha256, [*entries] * 3))
    assert digests == [sha256_hex(contents[entry.name]) for entry in entries] * 3


def _hollow(path: Path, size: int) -> Iterable[Member]:
    """A large file of zeros that takes no room."""
    with path.open("wb") as file:
        file.truncate(size)
    crc = 0
    for _ in range(size // STEP_BYTES):
        crc = zlib.crc32(bytes(STEP_BYTES), crc)
    return [Member.of("small.txt", b"s"), Member("large.bin", size, crc, lambda: path.open("rb"))]


def test_a_large_file_is_never_in_memory_as_a_whole(tmp_path: Path) -> None:
    size = 64 * STEP_BYTES
    members = _hollow(tmp_path / "zeros", size)
    told: list[int] = []
    tracemalloc.start()
    try:
        with (tmp_path / "p.zip").open("wb") as out:
            write_package(out, members)
        with (tmp_path / "p.zip").open("rb") as source:
            package = read_package(source)
            large = package.entry("large.bin")
            assert large is not None
            assert digest_of(source, large, told.append).crc_holds
            window = open_entry(source, large)
            assert sum(map(len, iter(lambda: window.read(99_999), b""))) == size
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert package.faults == ()
    assert sum(told) == size
    assert peak < 8 * STEP_BYTES


def test_a_header_that_lies_about_its_size_hides_no_file_behind_it() -> None:
    body = b"x" * 300
    data = bytearray(raw(("a.txt", body), ("b.txt", b"b"), ("c.txt", b"c")))
    for claimed in (301, 310, 299, 0, 340):
        data[18:26] = struct.pack("<II", claimed, claimed)
        assert held(bytes(data)).items() >= {"b.txt": b"b", "c.txt": b"c"}.items(), claimed
        assert PackageFault.NOT_AS_WRITTEN in faults_of(bytes(data))


def test_a_search_for_what_is_left_ends() -> None:
    marks = b"PK\x03\x04" * 100_000  # each could begin a file, none does
    assert faults_of(marks) == {PackageFault.NOT_A_PACKAGE}
    package = read_package(io.BytesIO(b"\x00" + bytes(3 * STEP_BYTES - 3) + DATA))
    assert [entry.name for entry in package.entries] == list(CONTENTS)
    assert package.faults == ((PackageFault.NOT_AS_WRITTEN, ""),)
    assert isinstance(package.entries[0], Entry)
