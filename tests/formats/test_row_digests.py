"""One hash for all rows: that of RFC 9162, and the same from a part of them and the leaves of the rest."""

from __future__ import annotations

import io
import random
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.formats import merkle
from artist_console.formats.row_digests import (
    MalformedProof,
    Roots,
    leaf_of,
    proof_line,
    proof_lines,
    rebuilt_root,
)

_RECORDS = st.lists(st.binary(max_size=20), max_size=70)


def _root(records: list[bytes]) -> str:
    roots = Roots()
    roots.extend(records)
    return roots.root


def _redacted(records: list[bytes], kept: list[bool]) -> tuple[bytes, list[bytes]]:
    """The proof file, and the records that are left."""
    proof = b"".join(
        proof_line(None if here else leaf_of(record)) for record, here in zip(records, kept, strict=True)
    )
    return proof, [record for record, here in zip(records, kept, strict=True) if here]


@given(_RECORDS)
@settings(deadline=None)
def test_the_root_is_the_tree_head_of_rfc_9162(records: list[bytes]) -> None:
    assert _root(records) == merkle.root_of(map(merkle.leaf_hash, records)).hex()


@pytest.mark.parametrize("first", [0, 1, 1000, 1024, 1025])
def test_a_long_table_has_the_same_root_however_it_comes(first: int) -> None:
    records = [b"row %d" % n for n in range(4_200)]
    kept = [n % 7 > 1 for n in range(len(records))]
    roots = Roots()
    for record in records[:first]:
        roots.append(record)
    for end in (2_047, 2_048, 2_049, 4_095, 4_200):
        roots.extend(records[roots.rows : end])
        leaves = list(map(merkle.leaf_hash, records[:end]))
        assert (roots.rows, roots.root) == (end, merkle.root_of(leaves).hex())
        proof, left = _redacted(records[:end], kept[:end])
        assert rebuilt_root(proof_lines(io.BytesIO(proof)), left) == (end, end - len(left), roots.root)


@given(st.integers(1, 40), st.integers(0, 4_200), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=20)
def test_rows_that_are_folded_together_give_the_same_root(
    begun: int, more: int, chance: random.Random
) -> None:
    records = [str(number).encode() for number in range(begun + more)]
    roots = Roots()
    for record in records[:begun]:
        roots.append(record)
    roots.extend(records[begun:])
    whole = merkle.root_of(map(merkle.leaf_hash, records)).hex()
    assert (roots.rows, roots.root) == (len(records), whole)
    proof, left = _redacted(records, [chance.random() < 0.9 for _ in records])
    here = Roots()
    found = rebuilt_root(proof_lines(io.BytesIO(proof)), left, here)
    assert found == (len(records), len(records) - len(left), whole)
    assert (here.rows, here.root) == (len(left), _root(left))


def test_a_tree_of_three_is_what_the_rfc_writes_down() -> None:
    a, b, c = (sha256(b"\x00" + each).digest() for each in (b"a", b"b", b"c"))
    ab = sha256(b"\x01" + a + b).digest()
    assert _root([b"a", b"b", b"c"]) == sha256(b"\x01" + ab + c).hexdigest()
    assert _root([]) == sha256().hexdigest()


@given(_RECORDS, st.randoms(use_true_random=False))
@settings(deadline=None)
def test_any_part_of_the_rows_and_the_leaves_of_the_rest_give_the_root(
    records: list[bytes], chance: random.Random
) -> None:
    kept = [chance.random() < 0.5 for _ in records]
    proof, left = _redacted(records, kept)
    found = rebuilt_root(proof_lines(io.BytesIO(proof)), left)
    assert found == (len(records), len(records) - len(left), _root(records))


@given(st.lists(st.binary(min_size=1, max_size=8), min_size=1, max_size=20, unique=True), st.data())
@settings(deadline=None)
def test_a_row_that_is_changed_moved_or_taken_gives_another_root_or_none(
    records: list[bytes], data: st.DataObject
) -> None:
    kept = data.draw(st.lists(st.booleans(), min_size=len(records), max_size=len(records)))
    proof, left = _redacted(records, kept)
    root = _root(records)
    lines = proof.splitlines()
    if left:
        at = data.draw(st.integers(0, len(left) - 1))
        changed = [*left]
        changed[at] += b"!"
        assert rebuilt_root(lines, changed)[2] != root
        for wrong in (left[:at] + left[at + 1 :], [*left, b"more"]):
            with pytest.raises(MalformedProof):
                rebuilt_root(lines, wrong)
    if len(left) > 1:
        assert rebuilt_root(lines, [*left[1:], left[0]])[2] != root
    assert rebuilt_root([*lines, b"0" * 64], left)[2] != root
    assert rebuilt_root(lines[:-1], left[: lines[:-1].count(b"+")])[2] != root


@pytest.mark.parametrize(
    "line",
    [b"", b"-", b"++", b"+\r", b"0" * 63, b"0" * 65, b"A" * 64, b" " + b"0" * 63, b"g" * 64, "é".encode()],
)
def test_a_line_that_is_none_is_refused(line: bytes) -> None:
    with pytest.raises(MalformedProof):
        rebuilt_root(proof_lines(io.BytesIO(line + b"\n")), [b"row"])


def test_a_proof_is_read_in_steps_under_a_limit() -> None:
    lines = [b"+" if n % 3 else b"%064x" % n for n in range(9_000)]
    assert list(proof_lines(io.BytesIO(b"\n".join([*lines, b""])))) == lines
    assert list(proof_lines(io.BytesIO(b""))) == []
    for bad in (b"+", b"+\n0", b"0" * 1_000_000):
        with pytest.raises(MalformedProof):
            list(proof_lines(io.BytesIO(bad)))
