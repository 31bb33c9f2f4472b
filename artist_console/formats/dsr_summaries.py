"""The summaries of a DDEX sales report: what was paid for which use, and what of it there is to share out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from artist_console.domain.money import read_amount
from artist_console.domain.statements import exact_sum

from .dsr_ai import NO_CATEGORY, AiCategory, category_of
from .dsr_records import Fields
from .dsr_text import Record, values_of


@dataclass(frozen=True, slots=True)
class Summary:
    """One summary record, or several of one number for several rights controllers."""

    row: int
    id: str
    use_type: str
    model: str
    territory: str
    service: str
    currency: str
    original_currency: str = ""
    rate: Decimal | None = None
    usages: str = ""
    category: AiCategory = NO_CATEGORY
    since: str = ""
    allocated: Decimal | None = None  # what is paid for it, where the report says so
    net: Decimal | None = None  # what was earned with it
    fees: tuple[tuple[str, Decimal, Decimal | None], ...] = ()  # what for, amount, before conversion
    final: Decimal | None = None

    @property
    def pool(self) -> Decimal | None:
        """What there is to share out by usage."""
        return self.allocated if self.allocated else self.net


def summary_of(record: Record, at: Fields) -> Summary:
    """Read a summary; what it does not say is empty or None."""

    def text(name: str) -> str:
        return record.cell(at.get(name))

    def number(name: str) -> Decimal | None:
        return _sum(values_of(text(name)))

    allocated = number("allocated")
    allocated_net = number("allocated_net")
    return Summary(
        record.number,
        text("id"),
        text("use"),
        text("model"),
        text("territory"),
        text("service"),
        text("currency").upper(),
        text("original_currency").upper(),
        number("rate"),
        text("usages"),
        category_of(text("category")),
        text("since"),
        # Where what is payable is not stated, what of the revenue was allocated stands for it.
        allocated if allocated else allocated_net if allocated_net else allocated,
        number("net"),
        _fees(record, at),
        number("final"),
    )


def _fees(record: Record, at: Fields) -> tuple[tuple[str, Decimal, Decimal | None], ...]:
    kinds, amounts, originals = (
        values_of(record.cell(at.get(name))) for name in ("fee_types", "fees", "fees_original")
    )
    found = []
    for n, text in enumerate(amounts):
        amount = read_amount(text).value
        if amount:
            original = read_amount(originals[n]).value if n < len(originals) else None
            found.append((kinds[n] if n < len(kinds) else "", amount, original))
    return tuple(found)


def _sum(cells: Iterable[str]) -> Decimal | None:
    values = [value for cell in cells if (value := read_amount(cell).value) is not None]
    return exact_sum(values) if values else None


@dataclass(slots=True)
class Summaries:
    """Those of one report, by their numbers."""

    by_id: dict[str, list[Summary]] = field(default_factory=dict)
    count: int = 0

    def add(self, summary: Summary) -> None:
        self.count += 1
        self.by_id.setdefault(summary.id, []).append(summary)

    def of(self, id: str) -> Summary | None:
        """The summary of a number; its currency where another record of that number says it."""
        found = self.by_id.get(id)
        if not found:
            return None
        return next((each for each in found if each.currency), found[0])

    def only(self) -> Summary | None:
        """The one summary of a report that has one."""
        return self.of(next(iter(self.by_id))) if len(self.by_id) == 1 else None

    def pool(self, id: str) -> Decimal | None:
        """What there is to share out for a number: what was allocated of it, else all that was earned."""
        found = self.by_id.get(id, [])
        allocated = [each.allocated for each in found if each.allocated]
        if allocated:
            return exact_sum(allocated)
        return next((each.net for each in found if each.net is not None), None)
