"""Every check of a whole ledger: chain, receipts, signed heads, and what speaks against its keeper.

One pass over the entries, whether they come from a profile or from a file. What is signed is believed only
with a key that is known; a key that somebody merely handed over with the ledger is told as that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from artist_console.domain.decisions import LedgerEntry, Pin
from artist_console.domain.phrases import day_in_words

from .canonical import NotCanonical
from .ledger_proof import head_over
from .merkle import EMPTY_ROOT, CompactRange, leaf_hash, verify_inclusion
from .proof_checks import CheckState, ProofCheck, cannot, counted, failed, passed
from .receipts import verify_receipt
from .signatures import PublicKey, SignatureFault
from .signed_head import MalformedHead, SignedHead, VerifiedHead, read_head, verify_head
from .wire import entry_bytes


@dataclass(frozen=True, slots=True)
class GivenKey:
    """A key that signatures are checked with. `introduced_by` empty: nobody here vouches for it."""

    key: PublicKey
    introduced_by: str = ""


@dataclass(frozen=True, slots=True)
class GivenConflict:
    """Two heads that should contradict each other; `shown` empty where entries were taken away."""

    kind: str
    kept: str | None
    shown: str
    n: int


@dataclass(frozen=True, slots=True)
class LedgerFound:
    """What the checks of one ledger came to."""

    artist: str
    checks: tuple[ProofCheck, ...]
    end: Pin  # how far the entries hold
    signed: SignedHead | None  # the newest signed head that is true of them
    is_signed: bool  # whether any signature was checked with a key

    @property
    def has_failed(self) -> bool:
        return any(check.state is CheckState.FAILED for check in self.checks)

    @property
    def all_passed(self) -> bool:
        return all(check.state is CheckState.PASSED for check in self.checks)


@dataclass
class _Receipts:
    """What the receipts came to, counted."""

    good: int = 0
    missing: int = 0
    unknown: int = 0
    first_bad: int | None = None


@dataclass
class _Head:
    text: str
    claims: SignedHead
    is_true: bool = False


@dataclass
class LedgerChecking:
    """Takes the entries of one ledger in order, from the first on; `found` says what came of it."""

    artist: str
    keys: Mapping[str, GivenKey]
    epoch: str | None  # of its keeper now: heads from before a restore may be of entries that are gone
    known_here: bool  # the evidence is this profile's own, rather than what somebody says in a file
    _end: Pin = field(default_factory=Pin)
    _tree: CompactRange = field(default_factory=CompactRange)
    _bad_at: int | None = None
    _receipts: _Receipts = field(default_factory=_Receipts)
    _heads: list[_Head] = field(default_factory=list)
    _of_size: dict[int, list[_Head]] = field(default_factory=dict)
    _torn: list[str] = field(default_factory=list)
    _conflicts: list[GivenConflict] = field(default_factory=list)
    _used: dict[str, GivenKey] = field(default_factory=dict)
    _proved: int = 0
    _unproved: int | None = None
    _roots: dict[int, str] = field(default_factory=dict)
    _plain: dict[str, PublicKey] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._plain = {kid: given.key for kid, given in self.keys.items()}

    # -- what there is

    def add_head(self, text: str) -> None:
        """A signed head of this ledger, oldest first; before the entries."""
        try:
            claims = read_head(text).claims
        except MalformedHead as error:
            self._torn.append(str(error))
            return
        if claims.artist != self.artist:
            self._torn.append("it is of another ledger")
            return
        head = _Head(text, claims, claims.size == 0 and claims.root == EMPTY_ROOT.hex())
        self._heads.append(head)
        self._of_size.setdefault(claims.size, []).append(head)

    def add_conflict(self, given: GivenConflict) -> None:
        """Evidence against the keeper; before the entries."""
        self._conflicts.append(given)
        shown = self._believed(given.shown)
        if shown is not None:
            self._of_size.setdefault(shown.size, [])

    @property
    def newest(self) -> SignedHead | None:
        return self._heads[-1].claims if self._heads else None

    def take(
        self,
        entry: LedgerEntry,
        receipt: str | None,
        path: Sequence[bytes] | None = None,
        *,
        claims_head: bool = False,
    ) -> None:
        """The next entry, with its receipt, and its path to the root of the newest head.

        `claims_head`: the entry says which head it has; else the one that follows is taken.
        """
        if self._bad_at is not None:
            return
        n = self._end.n + 1
        try:
            spelled = entry_bytes(entry)
        except NotCanonical:
            spelled = b""
        head = head_over(self._end.head, spelled)
        if not spelled or (entry.artist, entry.n) != (self.artist, n) or (claims_head and entry.head != head):
            self._bad_at = n
            return
        leaf = leaf_hash(spelled)
        self._end = Pin(n, head)
        self._tree, _ = self._tree.append(leaf)
        self._compare_heads()
        self._take_receipt(replace(entry, head=head), receipt)
        if path is not None:
            self._take_path(leaf, n, tuple(path))

    def _compare_heads(self) -> None:
        if self._end.n not in self._of_size:
            return
        root = self._tree.root().hex()
        self._roots[self._end.n] = root
        for head in self._of_size[self._end.n]:
            head.is_true = (head.claims.root, head.claims.head) == (root, self._end.head)

    def _take_receipt(self, entry: LedgerEntry, receipt: str | None) -> None:
        if receipt is None:
            self._receipts.missing += 1
            return
        check = verify_receipt(receipt, self._plain, entry)
        if check.state is CheckState.FAILED:
            self._receipts.first_bad = self._receipts.first_bad or entry.n
        elif check.key is None:
            self._receipts.unknown += 1
        else:
            self._receipts.good += 1
            self._used[check.key.kid] = self.keys[check.key.kid]

    def _take_path(self, leaf: bytes, n: int, path: tuple[bytes, ...]) -> None:
        newest = self.newest
        holds = newest is not None and verify_inclusion(
            leaf, n - 1, newest.size, path, bytes.fromhex(newest.root)
        )
        if holds:
            self._proved += 1
        else:
            self._unproved = self._unproved or n

    # -- what came of it

    def found(self) -> LedgerFound:
        checks = [self._chain(), *self._of_receipts()]
        signed = self._of_heads(checks)
        checks += self._of_paths()
        checks += [each for given in self._conflicts for each in self._of_conflict(given)]
        checks += self._signers()
        true = [head.claims for head in self._heads if head.is_true]
        return LedgerFound(
            self.artist, tuple(checks), self._end, true[-1] if true and signed else None, bool(self._used)
        )

    def _chain(self) -> ProofCheck:
        if self._bad_at is not None:
            words = (
                "Entry {n} does not follow from those before it: something was changed, moved or left out."
            )
            return failed("chain", words, n=self._bad_at)
        if self._end.n == 0:
            return passed("chain", "The ledger holds no entry.")
        words = counted(
            "The only entry is the first one; the head after it is {head}.",
            "All {n} entries follow each other without a gap; the head after the last is {head}.",
            self._end.n,
        )
        return passed("chain", words, n=self._end.n, head=self._end.head)

    def _of_receipts(self) -> list[ProofCheck]:
        found, name = self._receipts, "receipts"
        checks: list[ProofCheck] = []
        if found.first_bad is not None:
            words = "The receipt of entry {n} was changed after it was signed, or is of another entry."
            checks.append(failed(name, words, n=found.first_bad))
        if found.good:
            words = counted(
                "{n} entry has a signed receipt that fits.",
                "{n} entries have a signed receipt that fits.",
                found.good,
            )
            checks.append(passed(name, words, n=found.good))
        if found.missing:
            words = counted(
                "{n} entry is here without its receipt.",
                "{n} entries are here without their receipts.",
                found.missing,
            )
            checks.append(cannot(name, words, n=found.missing))
        if found.unknown:
            words = counted(
                "{n} receipt is signed with a key that is not known here.",
                "{n} receipts are signed with keys that are not known here.",
                found.unknown,
            )
            checks.append(cannot(name, words, n=found.unknown))
        return checks

    def _of_heads(self, checks: list[ProofCheck]) -> bool:
        """Adds the checks of all heads; gives whether the newest one is signed with a key that is here."""
        name = "signed_head"
        checks += [failed(name, "A signed head cannot be read: {why}.", why=why) for why in self._torn]
        if not self._heads:
            words = "No signed head of this ledger is here: nobody vouches for all of it at once."
            checks.append(cannot(name, words))
            return False
        newest = self._heads[-1]
        verified = self._verified(newest, checks)
        if verified is not None:
            checks.append(self._of_newest(newest))
        self._of_earlier(checks)
        if newest.is_true and newest.claims.size < self._end.n and self._bad_at is None:
            words = counted(
                "{n} entry came after the newest signed head.",
                "{n} entries came after the newest signed head.",
                self._end.n - newest.claims.size,
            )
            checks.append(cannot(name, words, n=self._end.n - newest.claims.size))
        return verified is not None

    def _verified(self, head: _Head, checks: list[ProofCheck]) -> VerifiedHead | None:
        """Adds to the checks what is wrong with the signature."""
        name = "signed_head"
        size = head.claims.size
        match verify_head(read_head(head.text), self._plain):
            case SignatureFault.KEY_NOT_KNOWN:
                words = "The head of {n} entries is signed with a key that is not known here."
                checks.append(cannot(name, words, n=size))
                return None
            case SignatureFault.DOES_NOT_MATCH:
                words = "The head of {n} entries was changed after it was signed."
                checks.append(failed(name, words, n=size))
                return None
            case verified:
                self._used[verified.key.kid] = self.keys[verified.key.kid]
                return verified

    def _of_newest(self, head: _Head) -> ProofCheck:
        if not head.is_true:
            return self._not_true(head)
        words = "The entries up to number {n} are exactly those that {name} signed on {day}."
        claims = head.claims
        return passed(
            "signed_head", words, n=claims.size, name=claims.signer.name, day=day_in_words(claims.signed_at)
        )

    def _not_true(self, head: _Head) -> ProofCheck:
        claims = head.claims
        if self.epoch is not None and claims.epoch != self.epoch:
            words = (
                "Before it was restored, {name} had signed a head of {n} entries. Those entries are not all"
                " here any more."
            )
            return cannot("restored", words, name=claims.signer.name, n=claims.size)
        words = (
            "{name} signed a head of {n} entries on {day} that is not true of this ledger: something was"
            " changed, taken away or left out."
        )
        day = day_in_words(claims.signed_at)
        return failed("signed_head", words, name=claims.signer.name, n=claims.size, day=day)

    def _of_earlier(self, checks: list[ProofCheck]) -> None:
        holding = 0
        for head in self._heads[:-1]:
            if self._verified(head, checks) is None:
                continue
            if head.is_true:
                holding += 1
            else:
                checks.append(self._not_true(head))
        if holding:
            words = counted(
                "{n} earlier signed head is true of this ledger as well: it only grew.",
                "{n} earlier signed heads are true of this ledger as well: it only grew.",
                holding,
            )
            checks.append(passed("earlier_heads", words, n=holding))

    def _of_paths(self) -> list[ProofCheck]:
        if self._unproved is not None:
            words = "The path of entry {n} does not lead to the newest signed head."
            return [failed("inclusion", words, n=self._unproved)]
        if not self._proved:
            return []
        words = counted(
            "{n} path leads from its entry to the newest signed head.",
            "{n} paths lead from their entries to the newest signed head.",
            self._proved,
        )
        return [passed("inclusion", words, n=self._proved)]

    # -- evidence

    def _of_conflict(self, given: GivenConflict) -> list[ProofCheck]:
        if not given.shown:
            return []  # the head that was kept stands among the heads and is not true
        if self._is_evident(given):
            words = "Two ledgers were signed that cannot both be true: they differ at entry {n} or before."
            return [failed("conflict", words, n=given.n)]
        if self.known_here:
            words = "What the service signed did not fit what it had shown (entry {n})."
            return [failed("conflict", words, n=given.n)]
        words = "The file says that the signer contradicted itself at entry {n}; it does not show that."
        return [cannot("conflict", words, n=given.n)]

    def _is_evident(self, given: GivenConflict) -> bool:
        """Whether a head, signed with a key that is here, contradicts another one or the signed entries."""
        shown = self._believed(given.shown)
        if shown is None:
            return False
        kept = self._believed(given.kept) if given.kept is not None else None
        if kept is not None and shown.contradicts(kept):
            return True
        root = self._roots.get(shown.size)
        newest = self._heads[-1] if self._heads else None
        covered = (
            newest is not None
            and newest.is_true
            and newest.claims.size >= shown.size
            and newest.claims.epoch == shown.epoch
        )
        return root is not None and covered and shown.root != root

    def _believed(self, text: str) -> SignedHead | None:
        try:
            found = verify_head(read_head(text), self._plain)
        except MalformedHead:
            return None
        if isinstance(found, VerifiedHead) and found.claims.artist == self.artist:
            return found.claims
        return None

    def _signers(self) -> list[ProofCheck]:
        checks = []
        for given in self._used.values():
            if given.introduced_by:
                words = "Signed with the key {fingerprint}, known by {who}."
                checks.append(
                    passed("signer", words, fingerprint=given.key.fingerprint, who=given.introduced_by)
                )
            else:
                words = (
                    "Signed with the key {fingerprint}, for which nobody here vouches. Ask its owner for the"
                    " fingerprint, and compare."
                )
                checks.append(cannot("signer", words, fingerprint=given.key.fingerprint))
        return checks
