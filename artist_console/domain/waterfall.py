"""From an operator's pool to what a payee is due, step by step, in one currency; it always adds up exactly.

A pool that several lines are paid from is counted once. What a division leaves without an end is shown to
DECIMALS decimals, and what that leaves over stands in the step for rounding: nothing is lost in between.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from enum import Enum
from itertools import pairwise

from .line_checks import fault_of, less
from .line_steps import Step, StepKind
from .parties import WHOLE_BP
from .phrases import Sentence, say
from .statements import PRECISION, Line, LineKind, MoneyNature, exact_sum, is_earned, nature_of
from .words import LINE_KIND

DECIMALS = 18
_ZERO = Decimal(0)


class StepForm(Enum):
    """How a step is drawn."""

    START = "start"
    DOWN = "down"
    UP = "up"
    TOTAL = "total"  # what there is at this point; changes nothing


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """One step. `amount`: by how much it changes what there is; of a start and a total: what there is."""

    key: str
    words: Sentence
    amount: Decimal
    after: Decimal
    kind: StepForm
    nature: MoneyNature | None = None  # of money that comes in; None: of a pool, or of all together
    source: str = ""  # who or what says so


@dataclass(frozen=True, slots=True)
class Waterfall:
    """Steps in their order; the last is `net`, exactly what the lines say.

    `exact`: all of it follows from what the lines say of themselves; else `words` say what does not.
    """

    currency: str
    steps: tuple[WaterfallStep, ...]
    exact: bool
    words: tuple[Sentence, ...]
    net: Decimal
    lines: int


# What becomes of a pool, or of a line above, in this order.
_STAGES = (
    StepKind.WEIGHT,
    StepKind.RATE,
    StepKind.RIGHT,
    StepKind.SPLIT,
    StepKind.DIRECTION,
    StepKind.ROUNDING,
)
_STAGE_WORDS: dict[StepKind, tuple[str, str]] = {  # what goes down; what comes up, where it does
    StepKind.WEIGHT: ("For other works, by weight", "By weight"),
    StepKind.RATE: ("Kept by operator and licensor", "Added by the rate"),
    StepKind.RIGHT: ("For other rights", "For this right"),
    StepKind.SPLIT: ("For others, by share", "By share"),
    StepKind.DIRECTION: ("Passed on by letter of direction", "Received by letter of direction"),
    StepKind.ROUNDING: ("Rounding", "Rounding"),
}
_POOL = "Pool that it was paid from"
_POOLS = "Pools that it was paid from ({n})"
_ABOVE = "The amount that it is a part of"
_FROM_POOLS = "Your part of it"
_NET = "What comes out"
NOT_SAID = "The line does not say how it was made, so it cannot be followed to a pool."
SOME_NOT_SAID = "{n} of {all} lines do not say how they were made: they stand as they are stated."
DIFFERS = (
    "{n} of {all} lines do not follow from what they say of their making; the difference stands by itself."
)
LINE_DIFFERS = (
    "The amount does not follow from what the line says of its making; the difference stands by itself."
)
_DIFFERENCE = "Not explained by what the lines say"

_TAKEN = (
    LineKind.COMMISSION,
    LineKind.COST,
    LineKind.SPLIT_TRANSFER,
    LineKind.RECOUPMENT,
    LineKind.RESERVE_HELD,
    LineKind.RESERVE_RELEASED,
    LineKind.TAX_WITHHELD,
)


class WaterfallSum:
    """Adds up lines of one currency into a waterfall; takes them one by one, so that a page is enough.

    Lines are parts of a tree: pools, what was paid from them, and what became of it. What several lines were
    parted from is counted once. Parts of one line above are expected to stand together, as allocation writes
    them; if not, the line above counts again, and the waterfall still adds up.
    """

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self._lines = 0
        self._made = 0
        self._wrong = 0
        self._pools: dict[int, Decimal] = {}
        self._above: list[Decimal] = []  # lines above whose pool is not known
        self._group: tuple[object, ...] = ()  # the line above whose parts are being added ...
        self._parted: set[int] = set()  # ... the marks of what was parted of it already ...
        self._there: set[int] = set()  # ... and of what came of that
        self._changes: defaultdict[StepKind, list[Decimal]] = defaultdict(list)
        self._sources: defaultdict[StepKind, dict[str, None]] = defaultdict(dict)
        self._from_pools: list[Decimal] = []
        self._others: defaultdict[LineKind, list[Decimal]] = defaultdict(list)

    def add(self, line: Line) -> None:
        """Count a line in. Raises ValueError for one in another currency."""
        if line.currency != self.currency:
            raise ValueError(f"{line.currency} is not {self.currency}")
        self._lines += 1
        path = path_of(line) if is_earned(line.kind) else ()
        if not path:
            self._others[line.kind].append(line.amount)
            return
        self._made += 1
        self._wrong += fault_of(line) is not None
        self._from_pools.append(line.amount)
        for step in path:
            if step.source:
                self._sources[step.kind][step.source] = None
        group = _group_of(line)
        if group != self._group:
            self._group = group
            self._parted.clear()
            self._there.clear()
        mark = self._begin(line, path, group)
        for before, step in pairwise(path):
            self._part(mark, before.amount, step)
            mark = hash((mark, step.kind, step.part, step.whole, step.amount, step.source))

    def _begin(self, line: Line, path: tuple[Step, ...], group: tuple[object, ...]) -> int:
        first = path[0]
        if first.kind is StepKind.POOL and len(path) > 1:
            weight = next((step.whole for step in path if step.kind is StepKind.WEIGHT), None)
            mark = hash((first.amount, weight, line.programme, line.month, line.use, line.kind))
            if mark not in self._pools:
                self._pools[mark] = first.amount
                self._changes[path[1].kind].append(first.amount.copy_negate())
            self._parted.add(hash((group, mark)))
            return hash((group, mark))
        mark = hash((group, "line", first.amount))
        if mark not in self._there:
            self._there.add(mark)
            self._above.append(first.amount)
        return mark

    def _part(self, mark: int, before: Decimal, step: Step) -> None:
        """Count what a step leaves, and once what it was taken from."""
        after = hash((mark, step.kind, step.part, step.whole, step.amount, step.source))
        if mark not in self._parted:
            self._parted.add(mark)
            self._changes[step.kind].append(before.copy_negate())
        if after not in self._there:
            self._there.add(after)
            self._changes[step.kind].append(step.amount)

    def finish(self) -> Waterfall:
        """The waterfall of all that was added."""
        writing = _Writing()
        if self._made:
            self._pool_steps(writing)
        self._kind_steps(writing)
        net = exact_sum((*self._from_pools, *(a for held in self._others.values() for a in held)))
        writing.total("net", say(_NET), net)
        words = []
        if self._made < self._lines:
            words.append(say(SOME_NOT_SAID, n=f"{self._lines - self._made:,}", all=f"{self._lines:,}"))
        if self._wrong:
            words.append(say(DIFFERS, n=f"{self._wrong:,}", all=f"{self._lines:,}"))
        exact = not self._wrong and self._made == self._lines
        return Waterfall(self.currency, tuple(writing.steps), exact, tuple(words), net, self._lines)

    def _pool_steps(self, writing: _Writing) -> None:
        pools = list(self._pools.values())
        if pools:
            words = say(_POOL) if len(pools) == 1 else say(_POOLS, n=f"{len(pools):,}")
            writing.start("pool", words, exact_sum(pools), _named(self._sources[StepKind.POOL]))
        if self._above:
            above = exact_sum(self._above)
            if pools:
                writing.by("above", say(_ABOVE), above)
            else:
                writing.start("above", say(_ABOVE), above, _named(self._sources[StepKind.LINE]))
        for kind in _STAGES:
            change = exact_sum(self._changes[kind]) if kind in self._changes else _ZERO
            writing.change(kind.value, _STAGE_WORDS[kind], change, _named(self._sources[kind]))
        mine = exact_sum(self._from_pools)
        writing.rest(mine, is_rounding=not self._wrong)
        if self._others:
            writing.total("from_pools", say(_FROM_POOLS), mine)

    def _kind_steps(self, writing: _Writing) -> None:
        """What comes in beside the pools, by kind; then what is taken off."""
        taken = [kind for kind in _TAKEN if kind in self._others]
        earned = [kind for kind in LineKind if kind in self._others and kind not in _TAKEN]
        for kind in (*earned, *taken):
            writing.by(kind.value, say(LINE_KIND[kind][0]), exact_sum(self._others[kind]), nature_of(kind))


class _Writing:
    """Steps as they are written, each from what there was before it."""

    def __init__(self) -> None:
        self.steps: list[WaterfallStep] = []
        self.now = _ZERO

    def start(self, key: str, words: Sentence, amount: Decimal, source: str = "") -> None:
        self.now = amount
        self.steps.append(WaterfallStep(key, words, amount, amount, StepForm.START, None, source))

    def by(
        self, key: str, words: Sentence, amount: Decimal, nature: MoneyNature | None = None, source: str = ""
    ) -> None:
        self.now = exact_sum((self.now, amount))
        form = StepForm.DOWN if amount < 0 else StepForm.UP
        self.steps.append(WaterfallStep(key, words, amount, self.now, form, nature, source))

    def to(self, key: str, words: tuple[str, str], after: Decimal, source: str = "") -> None:
        """A step that leads to `after`."""
        self.change(key, words, less(after, self.now), source)

    def change(self, key: str, words: tuple[str, str], change: Decimal, source: str = "") -> None:
        """A step; one that changes nothing is not told."""
        if change:
            self.by(key, say(words[0] if change < 0 else words[1]), change, None, source)

    def rest(self, amount: Decimal, *, is_rounding: bool) -> None:
        """To the amount that is stated: what a cut division left over, or what nothing explains."""
        left = less(amount, self.now)
        if is_rounding and left and self.steps[-1].key.startswith(StepKind.ROUNDING.value):
            last = self.steps.pop()
            self.now = less(last.after, last.amount)
        if is_rounding:
            self.to(StepKind.ROUNDING.value, _STAGE_WORDS[StepKind.ROUNDING], amount)
        else:
            self.to("difference", (_DIFFERENCE, _DIFFERENCE), amount)

    def total(self, key: str, words: Sentence, amount: Decimal) -> None:
        assert amount == self.now, "a waterfall adds up"
        self.steps.append(WaterfallStep(key, words, amount, amount, StepForm.TOTAL))


def path_of(line: Line) -> tuple[Step, ...]:
    """A line from where it starts, step by step; empty where it does not say, or divides by zero.

    Amounts have an end: what a division leaves without one is cut.
    """
    if line.steps:
        return tuple(replace(step, amount=_shown(step.amount)) for step in line.steps)
    making = line.making
    if making is None or making.total_weight == 0:
        return ()
    with localcontext() as context:
        context.prec = PRECISION
        weighed = making.pool * making.weight / making.total_weight
        rated = weighed * making.rate
        shared = rated * making.share_bp / WHOLE_BP
    return (
        Step(StepKind.POOL, making.pool),
        Step(StepKind.WEIGHT, _shown(weighed), making.weight, making.total_weight),
        Step(StepKind.RATE, _shown(rated), making.rate, Decimal(1)),
        Step(StepKind.SPLIT, _shown(shared), Decimal(making.share_bp), Decimal(WHOLE_BP)),
        Step(StepKind.ROUNDING, making.amount()),
    )


def _group_of(line: Line) -> tuple[object, ...]:
    """The line that a line is a part of; itself where it is none."""
    if line.allocated_from is None:
        return (line.statement, line.number, "itself")
    return (line.allocated_statement, line.allocated_from)


def _shown(amount: Decimal) -> Decimal:
    """An amount with an end: what a division leaves without one is cut where nobody can be paid by it."""
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -DECIMALS:
        return amount
    with localcontext() as context:
        context.prec = PRECISION
        return amount.quantize(Decimal(1).scaleb(-DECIMALS), rounding=ROUND_HALF_EVEN)


def _named(sources: Iterable[str]) -> str:
    """The first of the sources, and how many more there are."""
    names = list(sources)
    if len(names) < 2:
        return names[0] if names else ""
    return f"{names[0]} +{len(names) - 1}"


def waterfall_of_line(line: Line) -> Waterfall:
    """One line, each of its own steps by itself."""
    writing = _Writing()
    path = path_of(line)
    if not path:
        writing.start("amount", say(LINE_KIND[line.kind][0]), line.amount)
        writing.total("net", say(_NET), line.amount)
        return Waterfall(line.currency, tuple(writing.steps), False, (say(NOT_SAID),), line.amount, 1)
    first = path[0]
    is_pool = first.kind is StepKind.POOL
    writing.start(
        "pool" if is_pool else "above", say(_POOL if is_pool else _ABOVE), first.amount, first.source
    )
    for place, step in enumerate(path[1:], 1):
        writing.to(f"{step.kind.value}-{place}", _words_of(step.kind), step.amount, step.source)
    wrong = fault_of(line)
    writing.rest(line.amount, is_rounding=wrong is None)
    writing.total("net", say(_NET), line.amount)
    words = (say(LINE_DIFFERS), wrong.words) if wrong is not None else ()
    return Waterfall(line.currency, tuple(writing.steps), wrong is None, words, line.amount, 1)


def _words_of(kind: StepKind) -> tuple[str, str]:
    return _STAGE_WORDS.get(kind, (_ABOVE, _ABOVE))


def waterfalls(lines: Iterable[Line]) -> tuple[Waterfall, ...]:
    """One waterfall per currency of the lines, by code."""
    sums: dict[str, WaterfallSum] = {}
    for line in lines:
        sums.setdefault(line.currency, WaterfallSum(line.currency)).add(line)
    return tuple(sums[code].finish() for code in sorted(sums))
