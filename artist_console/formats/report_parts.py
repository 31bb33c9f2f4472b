"""What comes of reading and checking a report: values that trust is a part of.

Bytes become `UnverifiedReport`, then a `Verification` with every check and its result; only where that passed
does it hold a `Report`. How it is checked is the business of `report`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import BinaryIO

from .known_signers import Known
from .package import Package
from .package_signer import PackageSigner
from .proof_checks import CheckState, ProofCheck, Sentence
from .report_rows import Report, UnverifiedContent
from .report_words import DOES_NOT_TELL

__all__ = [
    "CannotBeChecked",
    "Gap",
    "Known",
    "NotGenuine",
    "Obstacle",
    "Progress",
    "Result",
    "UnverifiedReport",
    "Verification",
    "silently",
]

# Hears how far a long reading is, in bytes (done, of how many), and may end it by raising.
Progress = Callable[[int, int], None]


def silently(_done: int, _total: int) -> None:
    """For callers that do not watch."""


@dataclass(frozen=True, slots=True)
class UnverifiedReport:
    """A file that somebody handed over, its container read under limits. Nothing in it is believed.

    Holds the open file; whoever opened it closes it.
    """

    source: BinaryIO = field(repr=False)
    package: Package
    means_to_be_one: bool  # whether the file anywhere names what only a report holds


class Result(Enum):
    """What came of checking a report (DESIGN, "Reports")."""

    GENUINE = "genuine"
    GENUINE_OLD_KEY = "genuine_old_key"  # by a known signer, with a key that it has replaced since
    SIGNER_NOT_KNOWN = "signer_not_known"
    SIGNER_REVOKED = "signer_revoked"  # unchanged, by a key that the reader no longer trusts
    NOT_GENUINE = "not_genuine"
    CANNOT_BE_CHECKED = "cannot_be_checked"


class Obstacle(Enum):
    """Why a report cannot be checked."""

    NOT_A_REPORT = "not_a_report"
    NEWER_FORMAT = "newer_format"
    TOO_LARGE = "too_large"
    DAMAGED = "damaged"  # it ends early, or what lists its files cannot be read
    NO_SIGNATURE = "no_signature"


@dataclass(frozen=True, slots=True)
class Gap:
    """Rows that were taken out of a redacted copy: `removed` of the `of` that the original's table has."""

    table: str
    removed: int
    of: int

    @property
    def is_whole(self) -> bool:
        return self.removed == self.of


@dataclass(frozen=True, slots=True)
class Verification:
    """Every check of a report and what follows. `report` only where it is unchanged since it was signed."""

    result: Result
    headline: Sentence
    checks: tuple[ProofCheck, ...]
    signatures: tuple[PackageSigner, ...]  # of a redacted copy: those of the original
    sha256: str  # of the descriptor, "" without one: what is printed as the hash of the report
    report: Report | None
    unverified: UnverifiedContent | None
    gaps: tuple[Gap, ...] = ()  # of a redacted copy
    redacted_by: tuple[PackageSigner, ...] = ()  # who signed the redacted copy itself; may be nobody
    parts_changed: tuple[str, ...] = ()  # names of files; of NOT_GENUINE where they can be told
    obstacle: Obstacle | None = None  # of CANNOT_BE_CHECKED
    does_not_tell: tuple[str, ...] = DOES_NOT_TELL

    @property
    def is_unchanged(self) -> bool:
        return self.report is not None

    @property
    def is_consistent(self) -> bool:
        """Whether no check failed."""
        return all(check.state is not CheckState.FAILED for check in self.checks)

    @property
    def signer(self) -> PackageSigner | None:
        """The signer that the result speaks of: of those that are known the one whose key is best."""
        known = [(each.known, each) for each in self.signatures if each.known is not None]
        if not known:
            return next(iter(self.signatures), None)
        return min(known, key=lambda pair: (pair[0].revoked is not None, pair[0].replaced is not None))[1]


class NotGenuine(Exception):
    """Ends a verification: `part` in words is what was changed, `names` the files concerned."""

    def __init__(self, part: str, names: Iterable[str] = ()) -> None:
        super().__init__(part)
        self.part = part
        self.names = tuple(names)


class CannotBeChecked(Exception):
    """Ends a verification: `why` goes into the headline."""

    def __init__(self, why: str, obstacle: Obstacle) -> None:
        super().__init__(why)
        self.why = why
        self.obstacle = obstacle
