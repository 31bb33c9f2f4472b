"""Statements of earnings: their lines, what each line means, and what checks of them come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from enum import Enum

from .ids import ModelVersionId, PartyId, ProgrammeId, StatementId, WorkId
from .line_steps import Step
from .phrases import Sentence
from .uses import Right, Use

# Real statements carry up to 18 decimals; products of five of them need room before the declared rounding.
PRECISION = 100


class LineKind(Enum):
    """What a line is (keys of PRODUCT)."""

    __hash__ = object.__hash__  # by identity: sums look it up for every one of thousands of amounts

    FEE_TRAINING = "fee.training"
    FEE_VERSION = "fee.version"
    MINIMUM_GUARANTEE = "mg"
    POOL_SUBSCRIPTION = "pool.subscription"
    USAGE_GENERATION = "usage.generation"
    USAGE_OUTPUT_ATTRIBUTED = "usage.output.attributed"
    USAGE_OUTPUT_ANALOGY = "usage.output.analogy"
    USAGE_STREAM_DERIVATIVE = "usage.stream.derivative"
    VOICE_MODEL = "voice.model"
    SETTLEMENT = "settlement"
    EQUITY = "equity"
    BACKPAY = "backpay"
    ADVANCE = "advance"
    RECOUPMENT = "recoupment"
    COST = "cost"
    SPLIT_TRANSFER = "split.transfer"
    RESERVE_HELD = "reserve.held"
    RESERVE_RELEASED = "reserve.released"
    ADJUSTMENT = "adjustment"
    REVERSAL = "reversal"
    TAX_WITHHELD = "tax.withheld"
    COMMISSION = "commission"
    UNATTRIBUTED = "unattributed"
    OTHER = "other"  # money that is not from an AI programme, see docs/decisions/0006


class MoneyNature(Enum):
    """Money of different natures never shares one look."""

    __hash__ = object.__hash__  # as above

    FIXED = "fixed"
    COUNTED = "counted"
    ESTIMATED = "estimated"  # attributed by a model's estimate; carries its confidence
    DEDUCTION = "deduction"


_NATURE: Mapping[LineKind, MoneyNature] = {
    LineKind.USAGE_OUTPUT_ATTRIBUTED: MoneyNature.ESTIMATED,
    LineKind.USAGE_OUTPUT_ANALOGY: MoneyNature.ESTIMATED,
    LineKind.POOL_SUBSCRIPTION: MoneyNature.COUNTED,
    LineKind.USAGE_GENERATION: MoneyNature.COUNTED,
    LineKind.USAGE_STREAM_DERIVATIVE: MoneyNature.COUNTED,
    LineKind.OTHER: MoneyNature.COUNTED,
    LineKind.RECOUPMENT: MoneyNature.DEDUCTION,
    LineKind.COST: MoneyNature.DEDUCTION,
    LineKind.RESERVE_HELD: MoneyNature.DEDUCTION,
    LineKind.TAX_WITHHELD: MoneyNature.DEDUCTION,
    LineKind.COMMISSION: MoneyNature.DEDUCTION,
}

# Kinds that are no earnings by themselves but say what happens to them.
SETTLING = frozenset(
    {
        LineKind.ADVANCE,
        LineKind.RECOUPMENT,
        LineKind.COST,
        LineKind.RESERVE_HELD,
        LineKind.RESERVE_RELEASED,
        LineKind.TAX_WITHHELD,
        LineKind.COMMISSION,
        LineKind.SPLIT_TRANSFER,
        LineKind.UNATTRIBUTED,
    }
)


def nature_of(kind: LineKind) -> MoneyNature:
    return _NATURE.get(kind, MoneyNature.FIXED)


def is_ai_income(kind: LineKind) -> bool:
    """Whether a line is money of an AI programme at all: earned, set against, held or taken."""
    return kind is not LineKind.OTHER


def is_earned(kind: LineKind) -> bool:
    """Whether a line is AI earnings, rather than other money or what was set against, held back or taken."""
    return is_ai_income(kind) and kind not in SETTLING


@dataclass(frozen=True, slots=True)
class Making:
    """How a pool line was made: pool x weight / total weight x rate x share, rounded to `decimals`."""

    pool: Decimal
    weight: Decimal
    total_weight: Decimal
    rate: Decimal  # the licensor's rate, 1 = all of it
    share_bp: int
    decimals: int

    def amount(self) -> Decimal:
        """The amount that follows, exactly rounded half-even to the declared decimals."""
        with localcontext() as context:
            context.prec = PRECISION
            exact = self.pool * self.weight / self.total_weight * self.rate * self.share_bp / 10_000
            return exact.quantize(Decimal(1).scaleb(-self.decimals), rounding=ROUND_HALF_EVEN)


class AmountPrecision(Enum):
    """How exactly an amount was delivered."""

    EXACT = "exact"  # as decimal text
    SPREADSHEET = "spreadsheet"  # as a spreadsheet's binary number: the shortest text that means the same one


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a statement. `number` and the statement identify it; corrections name another line."""

    statement: StatementId
    number: int
    kind: LineKind
    amount: Decimal
    currency: str
    month: date  # first day of the month in which it was earned
    work: WorkId | None = None
    programme: ProgrammeId | None = None
    use: Use | None = None
    model: ModelVersionId | None = None
    territory: str = ""
    quantity: int | None = None
    method: str = ""
    method_version: str = ""
    confidence_low: Decimal | None = None  # of an estimated amount, in the same currency
    confidence_high: Decimal | None = None
    making: Making | None = None
    corrects: int | None = None  # number of the corrected line ...
    corrects_statement: StatementId | None = None  # ... and its statement, where that is another one
    words: str = ""  # as delivered: title, store, note
    title: str = ""  # of the recording or song, as delivered
    artist: str = ""
    identifier: str = ""  # ISRC, else ISWC, in canonical form
    upc: str = ""  # 14 digits
    release: str = ""
    source: str = ""  # store or service, as delivered: by it a line is told to be of a programme
    sales_type: str = ""
    right: Right | None = None
    precision: AmountPrecision = AmountPrecision.EXACT
    original_amount: Decimal | None = None  # before conversion, where the issuer converts ...
    original_currency: str = ""
    exchange_rate: Decimal | None = None  # ... with the rate it names
    steps: tuple[Step, ...] = ()
    allocated_from: int | None = None  # number of the line that this one is a part of ...
    allocated_statement: StatementId | None = None  # ... and its statement


class StatementSource(Enum):
    API = "api"  # posted by the issuer, sealed by the backend
    IMPORTED = "imported"  # read from a file: "imported as is", never the issuer's signature


class StatementLevel(Enum):
    """Whose money the lines are about. Only lines above a payee's are allocated."""

    POOL = "pool"  # what an operator pays out for all
    LICENSOR_GROSS = "licensor_gross"  # what a label, distributor or publisher received
    PAYEE_NET = "payee_net"  # what a payee is due: linked and checked, never allocated again


@dataclass(frozen=True, slots=True)
class Statement:
    """Issuer x payee x accounting period. Totals are as declared: `statement_checks` says if they hold."""

    id: StatementId
    issuer: str
    payee: PartyId
    period_from: date
    period_until: date
    currency: str
    line_count: int
    declared_total: Decimal | None
    source: StatementSource
    received_on: date
    sha256: str  # of the file, or of the canonical lines
    opening_balance: Decimal | None = None
    closing_balance: Decimal | None = None
    paid: Decimal | None = None
    layout: str = ""
    replaces: StatementId | None = None
    signed_by: str = ""
    level: StatementLevel = StatementLevel.PAYEE_NET
    lines_sha256: str = ""  # of the file that holds the lines, see docs/formats/lines-file.md
    lines_bytes: int = 0
    seal: str = ""  # JWS over what the statement says and the hash of its lines
    file_name: str = ""  # of the file that it was read from
    rows_left_out: int = 0  # of that file; the totals are partial then
    allocated_from: StatementId | None = None  # the statement above, of which these lines are parts


class CheckResult(Enum):
    ADDS_UP = "adds_up"
    DOES_NOT_ADD_UP = "does_not_add_up"
    PART_CANNOT_BE_CHECKED = "part_cannot_be_checked"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a statement. `line` is where it first goes wrong, `difference` by how much."""

    name: str
    result: CheckResult
    sentence: Sentence
    line: int | None = None
    difference: Decimal | None = None
    other: StatementId | None = None  # another statement that it speaks of

    @property
    def words(self) -> str:
        return self.sentence.text


@dataclass(frozen=True, slots=True)
class StatementCheck:
    checks: tuple[Check, ...]

    @property
    def result(self) -> CheckResult:
        """The worst of all checks; a statement without lines is not checked."""
        results = {check.result for check in self.checks}
        for worst in (CheckResult.DOES_NOT_ADD_UP, CheckResult.PART_CANNOT_BE_CHECKED, CheckResult.ADDS_UP):
            if worst in results:
                return worst
        return CheckResult.NOT_CHECKED


def exact_sum(amounts: Iterable[Decimal]) -> Decimal:
    """Add without losing a digit, whatever the surrounding decimal context."""
    with localcontext() as context:
        context.prec = PRECISION
        return sum(amounts, Decimal(0))
