"""The container: opened by any program, and exactly one spelling of it accepted, under limits."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.formats.deflated_package import (
    DEFLATED,
    MAX_FILES,
    MAX_UNPACKED_BYTES,
    STORED,
    PackageFault,
    PackedFile,
    is_plain_name,
    pack,
    read_package,
    write_package,
)

FILES = (
    pack("manifest.json", b'{"a":1}', plain=True),
    pack("rows.jsonl", b'{"id":"one"}\n' * 50),
    pack("empty.txt", b""),
)
DATA = write_package(FILES)
_NAMES = st.from_regex(r"[a-z][a-z_]{0,8}\.(json|csv|txt)", fullmatch=True)


def _faults(data: bytes) -> set[PackageFault]:
    return {fault for fault, _ in read_package(data).faults}


@given(st.dictionaries(_NAMES, st.binary(max_size=400), min_size=1, max_size=6), st.booleans())
@settings(deadline=None)
def test_what_is_written_is_read_back_and_any_program_reads_it_too(
    contents: dict[str, bytes], plain: bool
) -> None:
    files = tuple(pack(name, content, plain=plain) for name, content in contents.items())
    data = write_package(files)
    package = read_package(data)
    assert package.faults == ()
    assert package.files == files
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {info.filename: archive.read(info) for info in archive.infolist()} == contents
    assert write_package(package.files) == data


def test_what_shrinks_is_deflated_and_the_rest_is_stored() -> None:
    assert [file.method for file in FILES] == [STORED, DEFLATED, STORED]
    assert pack("zeros.txt", bytes(10_000_000)).method == STORED  # would pass for a bomb


@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
@settings(deadline=None)
def test_a_changed_byte_is_a_fault_or_a_changed_file(at: int, mask: int) -> None:
    changed = bytearray(DATA)
    changed[at] ^= mask
    package = read_package(bytes(changed))
    assert package.faults or package.files != FILES


@given(st.integers(0, len(DATA) - 1))
@settings(deadline=None)
def test_a_file_that_ends_early_says_so_and_gives_what_is_whole(length: int) -> None:
    package = read_package(DATA[:length])
    expected = PackageFault.ENDS_EARLY if package.files else PackageFault.NOT_A_PACKAGE
    assert package.faults == ((expected, ""),)
    assert package.files == FILES[: len(package.files)]


@given(st.binary(min_size=1, max_size=64))
@settings(deadline=None)
def test_nothing_may_stand_before_or_behind(extra: bytes) -> None:
    assert read_package(DATA + extra).faults == ((PackageFault.NOT_AS_WRITTEN, ""),)
    before = read_package(extra + DATA)
    assert before.faults
    assert set(before.files) <= set(FILES)


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_are_read_without_harm(data: bytes) -> None:
    assert read_package(data).faults
    assert read_package(b"PK\x03\x04" + data).faults


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
    ],
    ids=["comment", "extra field", "symbolic link", "other stamps"],
)
def test_what_hides_around_the_files_is_a_fault(data: bytes) -> None:
    assert _faults(data) == {PackageFault.NOT_AS_WRITTEN}


@pytest.mark.parametrize(
    "name",
    [
        "../a.txt",
        "/a.txt",
        "a/b.txt",
        "a\\b.txt",
        "c:a.txt",
        ".hidden",
        "con.txt",
        "NUL",
        "a..txt",
        "a b.txt",
        "",
        "a\x00.txt",
        "ä.txt",
        "a.txt ",
        "a.TXT.",
        "lpt1.csv",
        "-rf",
        "a\n",
        "averyveryveryveryveryveryveryveryveryveryveryverylongname.txt",
    ],
)
def test_odd_names_are_refused(name: str) -> None:
    assert not is_plain_name(name)
    data = write_package([PackedFile("b.txt", b"b", b"b", STORED)])
    if name.isascii():
        odd = write_package([PackedFile(name, b"c", b"c", STORED)])
        assert PackageFault.ODD_NAME in _faults(odd)
    assert _faults(data) == set()


def test_a_name_that_stands_twice_gives_neither_of_the_two() -> None:
    for names in (("a.txt", "a.txt"), ("a.txt", "A.txt")):
        files = [PackedFile(name, name.encode(), name.encode(), STORED) for name in names]
        package = read_package(write_package(files))
        assert [fault for fault, _ in package.faults] == [PackageFault.NAME_TWICE]
    assert read_package(write_package([FILES[0], FILES[0]])).file("manifest.json") is None


def test_a_bomb_is_not_unpacked() -> None:
    zeros = bytes(50_000_000)
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflater.compress(zeros) + deflater.flush()
    assert _faults(write_package([PackedFile("bomb.txt", zeros, packed, DEFLATED)])) == {
        PackageFault.TOO_LARGE
    }
    many = [PackedFile(f"f{n}.txt", b"x", b"x", STORED) for n in range(MAX_FILES + 1)]
    assert _faults(write_package(many)) == {PackageFault.TOO_LARGE}
    assert _faults(write_package(many[:-1])) == set()


def _claiming(size: int, packed: bytes) -> bytes:
    """One deflated file whose headers claim an unpacked size."""
    name, crc = b"a.txt", 0
    stamp = (20, 0, 8, 0, 0x21, crc, len(packed), size)
    local = struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", *stamp, len(name), 0) + name + packed
    central = (
        struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 20, *stamp, len(name), 0, 0, 0, 0, 0, 0) + name
    )
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end


def test_claimed_sizes_are_limited_and_must_be_true() -> None:
    packed = zlib.compress(b"hello", wbits=-15)
    assert _faults(_claiming(MAX_UNPACKED_BYTES + 1, packed)) == {PackageFault.TOO_LARGE}
    assert _faults(_claiming(4, packed)) == {PackageFault.FILE_DAMAGED}
    assert _faults(_claiming(6, packed)) == {PackageFault.FILE_DAMAGED}
    assert _faults(_claiming(5, packed + b"!")) == {PackageFault.FILE_DAMAGED}
    assert _faults(_claiming(5, packed[:-1])) == {PackageFault.FILE_DAMAGED}
    assert _faults(_claiming(5, b"\xff" * 9)) == {PackageFault.FILE_DAMAGED}
