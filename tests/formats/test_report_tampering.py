"""Whatever is done to a report after it was signed, it is not genuine, and nothing stumbles over it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.domain.works import Work
from artist_console.formats.canonical import canonical_bytes
from artist_console.formats.data_package import DESCRIPTOR
from artist_console.formats.proof_checks import CheckState
from artist_console.formats.report import MOST_PARTS
from artist_console.formats.report_content import ReportContent, in_order
from artist_console.formats.report_out import sign_again
from artist_console.formats.report_parts import Obstacle, Result, Verification
from artist_console.formats.report_privacy import content_for
from artist_console.formats.report_signatures import SIGNATURE_TYP
from artist_console.formats.signatures import KnownKey, sign_named
from tests.formats.report_world import (
    SIGNER,
    STRANGER,
    TRUSTED,
    all_rows,
    answered_world,
    files_in,
    header,
    package_of,
    report_of,
    verified,
)

CONTENT = content_for(all_rows(answered_world()), header())
DATA = report_of(CONTENT)
FILES = files_in(DATA)
TABLES = tuple(name for name in FILES if name.endswith(".csv"))
# Small, so that every byte of it can be tried.
SMALL = report_of(ReportContent(header(), parties=CONTENT.parties[:1], works=CONTENT.works[:1]))
BOTH = io.BytesIO()
sign_again(io.BytesIO(SMALL), BOTH, STRANGER, "Somebody")


def _is_told(found: Verification) -> bool:
    """Told as damaged or changed: not as another file, not as newer, and with nothing to be believed."""
    assert found.report is None
    assert any(check.state is not CheckState.PASSED for check in found.checks)
    return found.result is Result.NOT_GENUINE or found.obstacle in (Obstacle.DAMAGED, Obstacle.NO_SIGNATURE)


@pytest.mark.parametrize("data", [SMALL, BOTH.getvalue()], ids=["one signature", "two"])
def test_no_byte_of_a_report_can_be_changed_unnoticed(data: bytes) -> None:
    assert verified(data).result is Result.GENUINE
    changed = bytearray(data)
    # What both reports have in common is gone through once.
    for at in range(len(data)) if data is SMALL else _places_of(data, "signature-2.jws"):
        changed[at] ^= 1 << (at % 8)
        assert verified(bytes(changed)).result is Result.NOT_GENUINE, at
        changed[at] ^= 1 << (at % 8)


def _places_of(data: bytes, name: str) -> range:
    at = data.index(name.encode())
    return range(at - 30, at + len(name) + len(files_in(data)[name]))


@given(st.integers(0, len(DATA) - 1), st.integers(1, 255), st.sampled_from([TRUSTED, ()]))
@settings(deadline=None, max_examples=300)
def test_any_other_byte_anywhere_is_noticed(at: int, mask: int, known: tuple[KnownKey, ...]) -> None:
    changed = bytearray(DATA)
    changed[at] ^= mask
    found = verified(bytes(changed), known)
    assert found.result is Result.NOT_GENUINE
    assert found.headline.text.startswith("Changed after signing: ")


@given(st.data())
@settings(deadline=None)
def test_bytes_taken_out_or_put_in_are_noticed(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(DATA)))
    until = data.draw(st.integers(at, min(len(DATA), at + 40)))
    changed = DATA[:at] + data.draw(st.binary(max_size=20)) + DATA[until:]
    assert changed == DATA or verified(changed).report is None


def test_a_report_that_ends_early_cannot_be_checked() -> None:
    for length in range(80, len(SMALL), 7):
        found = verified(SMALL[:length])
        assert (found.result, found.obstacle) == (Result.CANNOT_BE_CHECKED, Obstacle.DAMAGED), length
    assert "ends early" in found.headline.text


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_missing_is_told(name: str) -> None:
    found = verified(package_of((each, body) for each, body in FILES.items() if each != name))
    assert _is_told(found)
    if name in TABLES:
        assert found.parts_changed == (name,)
        assert found.headline.text == f"Changed after signing: {name}."


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_cut_is_told(name: str) -> None:
    body = FILES[name]
    for cut in (body[:-1], body[1:], body[: len(body) // 2], body.rsplit(b"\r\n", 2)[0] + b"\r\n", b""):
        assert _is_told(verified(package_of((FILES | {name: cut}).items())))


@pytest.mark.parametrize("name", FILES)
def test_a_file_with_another_name_is_told(name: str) -> None:
    for other in ("other.csv", f"x{name}"):
        renamed = [(other if each == name else each, body) for each, body in FILES.items()]
        assert _is_told(verified(package_of(renamed)))


@pytest.mark.parametrize("first", FILES)
def test_files_that_changed_their_places_or_their_contents_are_told(first: str) -> None:
    second = next(name for name in reversed(FILES) if name != first)
    contents = FILES | {first: FILES[second], second: FILES[first]}
    assert _is_told(verified(package_of(contents.items())))
    names = [{first: second, second: first}.get(name, name) for name in FILES]
    assert _is_told(verified(package_of((name, FILES[name]) for name in names)))


@pytest.mark.parametrize("name", ["extra.csv", "notes.txt", "signature-3.jws", "signature.jws", "zz"])
def test_a_file_that_was_added_is_told_wherever_it_stands(name: str) -> None:
    files = list(FILES.items())
    for at in range(len(files) + 1):
        found = verified(package_of([*files[:at], (name, b"more"), *files[at:]]))
        assert _is_told(found)
        assert found.parts_changed == (name,)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_stands_twice_is_told(name: str) -> None:
    """Both in the way of a zip, and behind the end."""
    # `write_package` refuses a name that stands twice: so another of the same length, which is then changed.
    other = f"{'q' * (len(name) - 4)}{name[-4:]}"
    twice = package_of([*FILES.items(), (other, FILES[name])]).replace(other.encode(), name.encode())
    assert _is_told(verified(twice))
    assert _is_told(verified(DATA + DATA))


def test_a_report_that_another_program_packed_anew_says_so() -> None:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as anew:
            for name, body in FILES.items():
                anew.writestr(name, body)
        found = verified(out.getvalue())
        assert _is_told(found)
        assert found.headline.text == "Changed after signing: the package around the files."


def test_a_description_of_thousands_of_files_that_never_were_is_told_in_a_few() -> None:
    described = json.loads(FILES[DESCRIPTOR])
    (readme,) = described["artist_console"]["files"]
    described["artist_console"]["files"] += [readme | {"name": f"f{number}.txt"} for number in range(20_000)]
    sealed = canonical_bytes(described)
    seal = sign_named(sealed, SIGNER, SIGNATURE_TYP, "Fieldnote").encode()
    found = verified(package_of((FILES | {DESCRIPTOR: sealed, "signature-1.jws": seal}).items()))
    assert found.headline.text == "Changed after signing: f0.txt and 19,999 other files."
    assert len(found.parts_changed) == MOST_PARTS
    assert len(found.checks) < 20


def test_a_second_signature_that_does_not_hold_is_told_though_the_first_does() -> None:
    files = files_in(SMALL)
    of_another_report = FILES["signature-1.jws"]
    for seal in (of_another_report, files["signature-1.jws"], b"", b"a.b.c", b"." * 5000, b"\xff"):
        listed = [*list(files.items())[:2], ("signature-2.jws", seal), *list(files.items())[2:]]
        assert verified(package_of(listed)).result is Result.NOT_GENUINE


def test_all_that_was_changed_is_named() -> None:
    works, lines = (FILES[f"{name}.csv"] for name in ("works", "lines"))
    changed = FILES | {"works.csv": works.replace(b"Harbour", b"Harbor "), "lines.csv": lines + b"\r\n"}
    found = verified(package_of(changed.items()))
    assert found.parts_changed == ("works.csv", "lines.csv")
    assert found.headline.text == "Changed after signing: works.csv and one other file."


def test_a_changed_report_shows_what_can_be_read_and_believes_none_of_it() -> None:
    works = FILES["works.csv"].replace(b"Harbour", b"Harbor ").replace(b"recording,Salt", b"recordin,Salt")
    found = verified(package_of((FILES | {"works.csv": works}).items()))
    assert found.unverified is not None
    assert found.unverified.header == CONTENT.header
    rows, faults = found.unverified.rows("works", 100)
    expected = in_order(CONTENT).works
    assert len(rows) == len(expected) - 1
    assert all(isinstance(row, Work) for row in rows)
    assert "Harbor " in rows[0].title
    assert [(fault.file, fault.line) for fault in faults] == [("works.csv", 3)]
    assert tuple(found.unverified.each("parties")) == in_order(CONTENT).parties


def test_a_report_that_ends_early_shows_what_is_whole() -> None:
    found = verified(DATA[: DATA.index(b"lines.csv\xef\xbb\xbf")])
    assert found.unverified is not None
    assert found.unverified.header == CONTENT.header
    assert tuple(found.unverified.each("works")) == in_order(CONTENT).works
    assert "lines" not in found.unverified.tables
    assert tuple(found.unverified.each("lines")) == ()


def test_the_rows_of_a_file_that_is_not_verified_are_read_only_as_far_as_they_are_asked_for() -> None:
    found = verified(package_of((FILES | {"README.txt": b""}).items()))
    assert found.unverified is not None
    rows, faults = found.unverified.rows("parties", 2)
    assert (rows, faults) == (in_order(CONTENT).parties[:2], ())
    garbage = FILES["parties.csv"].split(b"\r\n")[0] + b"\r\n" + b"odd\r\n" * 100_000
    found = verified(package_of((FILES | {"parties.csv": garbage}).items()))
    assert found.unverified is not None
    rows, faults = found.unverified.rows("parties", 10)
    assert (rows, len(faults)) == ((), 10)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: b"",
        lambda body: body[3:],
        lambda body: body.replace(b"title", b"tilte", 1),
        lambda body: body.replace(b"\r\n", b"\n"),
        lambda body: body + b'"' * 999,
        lambda body: b"\xef\xbb\xbf" + b"x" * 5_000_000,
    ],
)
def test_no_table_is_too_damaged_to_be_told(spoil: Callable[[bytes], bytes]) -> None:
    found = verified(package_of((FILES | {"works.csv": spoil(FILES["works.csv"])}).items()))
    assert found.parts_changed == ("works.csv",)
    assert found.unverified is not None
    _, faults = found.unverified.rows("works", 100)
    assert faults


def test_the_description_is_what_every_report_is_recognised_by() -> None:
    """A package in which only the description is left is still a damaged report, and no unknown file."""
    assert _is_told(verified(package_of([(DESCRIPTOR, FILES[DESCRIPTOR])])))
