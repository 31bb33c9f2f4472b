"""The Merkle tree of a ledger (RFC 9162, section 2.1): roots, the two kinds of paths, and their checks.

With it a ledger can be shown to hold an entry, or to have grown without a change, by a few hashes instead of
all entries. A leaf is the canonical bytes of a ledger entry without its head (`wire.entry_bytes`): the same
bytes that the chain and `entry_sha256` of a receipt are over, so that one spelling proves all three, and a
leaf stands by itself; with the head in it, a leaf could not be made by who holds the entry alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256().digest()

# Gives the hash over the leaves [place << level, (place + 1) << level): a whole subtree of 2^level leaves.
Node = Callable[[int, int], bytes]


@dataclass(frozen=True, slots=True)
class PlacedNode:
    """The hash of one whole subtree and where it stands."""

    level: int
    place: int
    hash: bytes


def leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def peaks_of(size: int) -> tuple[tuple[int, int], ...]:
    """Level and place of the whole subtrees that a tree of `size` leaves is made of, from left to right."""
    return tuple(
        (level, (size >> level) - 1) for level in reversed(range(size.bit_length())) if size >> level & 1
    )


@dataclass(frozen=True, slots=True)
class CompactRange:
    """All that a tree needs to grow: its size and the hashes of its peaks, from left to right."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if len(self.peaks) != self.size.bit_count():
            raise ValueError("a tree has as many peaks as its size has bits")

    def root(self) -> bytes:
        """MTH of the leaves so far (RFC 9162, 2.1.1)."""
        if not self.peaks:
            return EMPTY_ROOT
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root

    def append(self, leaf: bytes) -> tuple[CompactRange, tuple[PlacedNode, ...]]:
        """The range with one more leaf (its hash), and the subtrees that became whole by it, leaf first."""
        peaks = list(self.peaks)
        level, place, top = 0, self.size, leaf
        whole = [PlacedNode(level, place, top)]
        while place & 1:
            top = node_hash(peaks.pop(), top)
            level, place = level + 1, place >> 1
            whole.append(PlacedNode(level, place, top))
        return CompactRange(self.size + 1, (*peaks, top)), tuple(whole)

    def extend(self, leaves: Iterable[bytes]) -> CompactRange:
        """The range with more leaves (their hashes)."""
        grown = self
        for leaf in leaves:
            grown, _ = grown.append(leaf)
        return grown


def root_of(leaves: Iterable[bytes]) -> bytes:
    """MTH of leaves given by their hashes."""
    return CompactRange().extend(leaves).root()


class Tree:
    """Every whole subtree of a list of leaves, in memory: gives `Node`."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]
        self._range = CompactRange()
        for leaf in leaves:
            self.append(leaf)

    @property
    def size(self) -> int:
        return self._range.size

    def append(self, leaf: bytes) -> None:
        self._range, whole = self._range.append(leaf)
        for each in whole:
            if each.level == len(self._levels):
                self._levels.append([])
            self._levels[each.level].append(each.hash)

    def node(self, level: int, place: int) -> bytes:
        return self._levels[level][place]

    def root(self) -> bytes:
        return self._range.root()

    def root_at(self, size: int) -> bytes:
        """The root when the tree had this size."""
        return CompactRange(size, tuple(self.node(*each) for each in peaks_of(size))).root()


# Paths. Leaves are counted from 0 here, as in the RFC; a ledger counts its entries from 1.


def inclusion_nodes(index: int, size: int) -> tuple[tuple[int, int], ...]:
    """The leaf ranges [first, end) whose hashes are PATH(index, D_size) (RFC 9162, 2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    found: list[tuple[int, int]] = []
    first, end = 0, size
    while end - first > 1:
        middle = first + _split(end - first)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((first, middle))
            first = middle
    return tuple(reversed(found))


def consistency_nodes(first_size: int, second_size: int) -> tuple[tuple[int, int], ...]:
    """The leaf ranges [first, end) whose hashes are PROOF(first_size, D_second_size) (2.1.4.1).

    Empty where the sizes are the same, or the first is 0: then there is nothing to be consistent with.
    """
    if not 0 <= first_size <= second_size:
        raise ValueError(f"a tree of {second_size} leaves was never one of {first_size}")
    found: list[tuple[int, int]] = []
    first, end, known = 0, second_size, True  # `known`: the left end is the whole of the former tree
    while 0 < first_size < end:
        middle = first + _split(end - first)
        if first_size <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((first, middle))
            first, known = middle, False
    if not known:
        found.append((first, end))
    return tuple(reversed(found))


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1


def subtrees_of(first: int, end: int) -> tuple[tuple[int, int], ...]:
    """Level and place of the whole subtrees that a range of a path is made of, from left to right."""
    # A range of a path begins at a multiple of the power of two that it does not exceed.
    return tuple((level, place + (first >> level)) for level, place in peaks_of(end - first))


def nodes_needed(ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Level and place of every whole subtree that a path is worked out from."""
    return tuple(node for first, end in ranges for node in subtrees_of(first, end))


def path_of(ranges: Iterable[tuple[int, int]], node: Node) -> tuple[bytes, ...]:
    """The hashes of ranges, from whole subtrees."""
    return tuple(
        CompactRange(end - first, tuple(node(*each) for each in subtrees_of(first, end))).root()
        for first, end in ranges
    )


def inclusion_path(index: int, size: int, node: Node) -> tuple[bytes, ...]:
    return path_of(inclusion_nodes(index, size), node)


def consistency_path(first_size: int, second_size: int, node: Node) -> tuple[bytes, ...]:
    return path_of(consistency_nodes(first_size, second_size), node)


# Checks


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the tree of this size and root holds this leaf (its hash) at this index (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    fn, sn = index, size - 1
    found = leaf
    for each in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            found = node_hash(each, found)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            found = node_hash(found, each)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and found == root


def verify_consistency(
    first_size: int, second_size: int, path: Sequence[bytes], first_root: bytes, second_root: bytes
) -> bool:
    """Whether the second tree begins with the first (2.1.4.2).

    The RFC leaves two cases open: trees of the same size are the same or they are not, and every tree begins
    with the empty one. Neither has a path.
    """
    if not 0 <= first_size <= second_size:
        return False
    if first_size == second_size:
        return not path and first_root == second_root
    if first_size == 0:
        return not path and first_root == EMPTY_ROOT
    if not path:
        return False
    hashes = [first_root, *path] if first_size.bit_count() == 1 else list(path)
    fn, sn = first_size - 1, second_size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = hashes[0]
    for each in hashes[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(each, fr), node_hash(each, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, each)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == first_root and sr == second_root
