"""The Merkle tree: the published answers, the definition of the RFC, and nothing tampered with passes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.formats.merkle import (
    EMPTY_ROOT,
    CompactRange,
    Tree,
    consistency_path,
    inclusion_path,
    leaf_hash,
    node_hash,
    peaks_of,
    root_of,
    verify_consistency,
    verify_inclusion,
)

# The leaves and answers that logs of certificates have been tested with since RFC 6962.
LEAVES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (5, 8): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 3): ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",),
    (1, 5): (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}
CONSISTENCY: dict[tuple[int, int], tuple[str, ...]] = {
    (1, 1): (),
    (1, 8): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (2, 8): (
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (6, 8): (
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (2, 5): (
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}
KNOWN = Tree(leaf_hash(leaf) for leaf in LEAVES)
LONGEST = 300
MANY = [leaf_hash(n.to_bytes(2)) for n in range(LONGEST)]
TREE = Tree(MANY)


def mth(leaves: Sequence[bytes]) -> bytes:
    """2.1.1, word for word, over hashes of leaves."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = _k(len(leaves))
    return node_hash(mth(leaves[:k]), mth(leaves[k:]))


def path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """2.1.3.1, word for word."""
    if len(leaves) == 1:
        return []
    k = _k(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m: int, leaves: Sequence[bytes], whole: bool) -> list[bytes]:
    """2.1.4.1, word for word."""
    n = len(leaves)
    if m == n:
        return [] if whole else [mth(leaves)]
    k = _k(n)
    if m <= k:
        return [*subproof(m, leaves[:k], whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


def _k(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def test_roots_are_those_that_everybody_finds() -> None:
    for size, root in enumerate(ROOTS):
        assert root_of(leaf_hash(leaf) for leaf in LEAVES[:size]).hex() == root


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_inclusion_paths_are_those_that_everybody_finds(index: int, size: int) -> None:
    found = inclusion_path(index, size, KNOWN.node)
    assert tuple(each.hex() for each in found) == INCLUSION[index, size]
    assert verify_inclusion(leaf_hash(LEAVES[index]), index, size, found, bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("first", "second"), CONSISTENCY)
def test_consistency_paths_are_those_that_everybody_finds(first: int, second: int) -> None:
    found = consistency_path(first, second, KNOWN.node)
    assert tuple(each.hex() for each in found) == CONSISTENCY[first, second]
    roots = bytes.fromhex(ROOTS[first]), bytes.fromhex(ROOTS[second])
    assert verify_consistency(first, second, found, *roots)


sizes = st.integers(1, LONGEST)


@given(sizes)
@settings(deadline=None)
def test_a_tree_that_grows_has_the_root_of_the_definition(size: int) -> None:
    grown = CompactRange().extend(MANY[:size])
    assert grown.root() == mth(MANY[:size])
    assert grown.peaks == tuple(TREE.node(*each) for each in peaks_of(size))


@given(st.data(), sizes)
@settings(deadline=None)
def test_every_inclusion_path_is_that_of_the_definition_and_proves_its_leaf(
    data: st.DataObject, size: int
) -> None:
    index = data.draw(st.integers(0, size - 1))
    found = inclusion_path(index, size, TREE.node)
    assert list(found) == path(index, MANY[:size])
    assert verify_inclusion(MANY[index], index, size, found, mth(MANY[:size]))


@given(st.data(), sizes)
@settings(deadline=None)
def test_every_consistency_path_is_that_of_the_definition_and_proves_the_growth(
    data: st.DataObject, second: int
) -> None:
    first = data.draw(st.integers(1, second))
    found = consistency_path(first, second, TREE.node)
    assert list(found) == subproof(first, MANY[:second], True)
    assert verify_consistency(first, second, found, mth(MANY[:first]), mth(MANY[:second]))


def test_all_small_trees_are_proved_and_nothing_else_of_the_same_sizes() -> None:
    roots = [mth(MANY[:size]) for size in range(34)]
    for size in range(1, 34):
        for index in range(size):
            found = inclusion_path(index, size, TREE.node)
            for other in range(34):
                holds = verify_inclusion(MANY[index], index, size, found, roots[other])
                assert holds == (other == size)
                at_other = verify_inclusion(MANY[index], other, size, found, roots[size])
                assert at_other == (other == index)
        for first in range(1, size + 1):
            found = consistency_path(first, size, TREE.node)
            for other in range(34):
                assert verify_consistency(first, size, found, roots[first], roots[other]) == (other == size)
                assert verify_consistency(first, size, found, roots[other], roots[size]) == (other == first)


_FLIPS = st.tuples(st.integers(0, 31), st.integers(1, 255))


def flipped(of: bytes, flip: tuple[int, int]) -> bytes:
    at, bits = flip
    return of[:at] + bytes([of[at] ^ bits]) + of[at + 1 :]


@given(st.data(), sizes, _FLIPS)
@settings(deadline=None)
def test_an_inclusion_with_any_byte_hash_or_number_changed_is_refused(
    data: st.DataObject, size: int, flip: tuple[int, int]
) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaf, root = MANY[index], mth(MANY[:size])
    found = list(inclusion_path(index, size, TREE.node))
    assert not verify_inclusion(flipped(leaf, flip), index, size, found, root)
    assert not verify_inclusion(leaf, index, size, found, flipped(root, flip))
    for at in range(len(found)):
        changed = [*found[:at], flipped(found[at], flip), *found[at + 1 :]]
        assert not verify_inclusion(leaf, index, size, changed, root)
        assert not verify_inclusion(leaf, index, size, found[:at] + found[at + 1 :], root)
    assert not verify_inclusion(leaf, index, size, [*found, root], root)
    for one, other in pairwise(range(len(found))):
        moved = [*found[:one], found[other], found[one], *found[other + 1 :]]
        assert not verify_inclusion(leaf, index, size, moved, root)
    other_index = data.draw(st.integers(-1, size).filter(lambda n: n != index))
    assert not verify_inclusion(leaf, other_index, size, found, root)
    # A shape of the same tree at another size is refused by its root, which belongs to one size: see below.
    other_size = data.draw(st.integers(0, LONGEST).filter(lambda n: n != size))
    assert not verify_inclusion(leaf, index, other_size, found, mth(MANY[:other_size]))


@given(st.data(), st.integers(2, LONGEST), _FLIPS)
@settings(deadline=None)
def test_a_consistency_with_any_byte_hash_or_size_changed_is_refused(
    data: st.DataObject, second: int, flip: tuple[int, int]
) -> None:
    first = data.draw(st.integers(1, second - 1))
    old, new = mth(MANY[:first]), mth(MANY[:second])
    found = list(consistency_path(first, second, TREE.node))
    assert not verify_consistency(first, second, found, flipped(old, flip), new)
    assert not verify_consistency(first, second, found, old, flipped(new, flip))
    assert not verify_consistency(first, second, [], old, new)
    for at in range(len(found)):
        changed = [*found[:at], flipped(found[at], flip), *found[at + 1 :]]
        assert not verify_consistency(first, second, changed, old, new)
        assert not verify_consistency(first, second, found[:at] + found[at + 1 :], old, new)
    assert not verify_consistency(first, second, [*found, new], old, new)
    other = data.draw(st.integers(0, LONGEST).filter(lambda n: n != first))
    assert not verify_consistency(other, second, found, mth(MANY[:other]), new)
    other = data.draw(st.integers(0, LONGEST).filter(lambda n: n != second))
    assert not verify_consistency(first, other, found, old, mth(MANY[:other]))


def test_the_empty_tree_begins_every_tree_and_holds_nothing() -> None:
    assert verify_consistency(0, 5, [], EMPTY_ROOT, TREE.root())
    assert not verify_consistency(0, 5, [TREE.root()], EMPTY_ROOT, TREE.root())
    assert not verify_consistency(0, 5, [], MANY[0], TREE.root())
    assert not verify_inclusion(EMPTY_ROOT, 0, 0, [], EMPTY_ROOT)
    with pytest.raises(ValueError, match="no leaf 5"):
        inclusion_path(5, 5, TREE.node)
    with pytest.raises(ValueError, match="never one of 6"):
        consistency_path(6, 5, TREE.node)


def test_a_node_is_never_taken_for_a_leaf() -> None:
    """Without the first byte, the two hashes below a node would be a leaf with the node's own hash."""
    left, right = MANY[0], MANY[1]
    assert leaf_hash(left + right) != node_hash(left, right)


def test_a_range_that_lacks_a_peak_is_none() -> None:
    with pytest.raises(ValueError, match="as many peaks"):
        CompactRange(3, (MANY[0],))
