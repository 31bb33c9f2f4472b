"""A DDEX sales report (DSR flat file) as lines: several profiles and versions, in bounded memory.

Where a report has money for single uses, each is a line. Where money stands on its summaries only, it is
shared out by usage, and every such line is marked as an estimate. Unknown records are skipped and told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, localcontext

from artist_console.domain.currencies import is_currency
from artist_console.domain.money import read_amount
from artist_console.domain.periods import PAID_YEARS
from artist_console.domain.statements import PRECISION, AmountPrecision, LineKind, Making, exact_sum
from artist_console.domain.uses import Right

from .dsr_ai import AiCategory, category_of
from .dsr_blocks import NONE, Block, BlockNames, Named, work_row
from .dsr_records import (
    FOOT,
    MONEY,
    NAMING,
    SKIPPED,
    SRFO,
    SUMMARIES,
    USAGE,
    Code,
    Fields,
    fields_by_comment,
    fields_of,
)
from .dsr_summaries import Summaries, Summary, summary_of
from .dsr_text import DsrFiles, Record
from .income_words import AiIncomeWords
from .incoming import CatalogueRow, StatementRow
from .statement_notes import RowNotes
from .table_cells import read_count, read_date

BY_USAGE = "dsr.usage_share"  # the method of a line whose money was shared out by usage: an estimate
BY_USAGE_VERSION = "1"
_DECIMALS = 12
_HEADS = ("HEAD", "SRHE")
_LONG_NUMBER = 10  # digits
_MOST_WAITING = 50_000  # uses of one block
_RIGHTS = {
    "performingright": Right.COMPOSITION,
    "mechanicalright": Right.COMPOSITION,
    "reproductionright": Right.COMPOSITION,
    "graphicright": Right.LYRICS,
    "lyricright": Right.LYRICS,
    "makeavailableright": Right.MASTER,
    "neighboringright": Right.MASTER,
    "neighbouringright": Right.MASTER,
}
_KNOWN_TABLES = (SUMMARIES, NAMING, USAGE, MONEY)


class DsrLines:
    """The lines of one report. What is told of the whole of it is complete at its end."""

    def __init__(self, files: DsrFiles, words: AiIncomeWords, head: Mapping[str, str]) -> None:
        self.notes = RowNotes()
        self.rows_read = 0
        self.some_ai = False
        self.some_without_month = False
        self.estimated = False
        self._files = files
        self._words = words
        self._head = head
        self._summaries = Summaries()
        self._weights: dict[str, int] | None = None
        self._shared: dict[str, list[Decimal]] = {}
        self._named_summaries: set[str] = set()
        self._not_shared_out: set[str] = set()
        self._some_money = False
        self._comments: dict[str, tuple[str, ...]] = {}
        self._unknown: dict[str, int] = {}
        self._blocks = 0
        self._parts = self._feet = 0
        self._lines_of_part = self._records_of_part = 0
        self._said: list[str] = []
        self._names = BlockNames(self.notes)
        self._months: dict[str, date | None] = {}
        self._kinds: dict[tuple[str, str], LineKind] = {}
        self._controllers: set[str] = set()

    # Lines

    def lines(self) -> Iterator[StatementRow]:
        block = Block()
        for record in self._records():
            known, at = self._known(record)
            if known is None:
                continue
            if known is SUMMARIES:
                self._summaries.add(summary_of(record, at))
                continue
            id = record.cell(at.get("block"))
            if "block" in at and id != block.id:
                yield from self._end_of(block)
                block = Block(id)
                self._blocks += 1
            if known is NAMING:
                block.keep(record, at)
            elif known is USAGE:
                yield from self._by_usage(block, record, at)
            else:
                yield from self._money(block, record, at)
        yield from self._end_of(block)
        yield from self._of_summaries()
        self._end()

    def works(self) -> Iterator[CatalogueRow]:
        """The recordings and songs that the report names."""
        block = Block()
        for record in self._records():
            known, at = self._known(record)
            if known is None or known is SUMMARIES:
                continue
            id = record.cell(at.get("block"))
            if "block" in at and id != block.id:
                yield from self._names.works_of(block)
                block = Block(id)
            if known is NAMING:
                block.keep(record, at)
            elif "title" in at:
                named = self._names.by(record, at)
                if named.title:
                    yield work_row(record.number, named)
        yield from self._names.works_of(block)
        self._end()

    def declared(self, currencies: Sequence[str]) -> tuple[tuple[str, Decimal], ...]:
        """What the summaries of the financial profile say is paid in the end, per currency."""
        found: dict[str, list[Decimal]] = {}
        for summaries in self._summaries.by_id.values():
            for summary in summaries:
                if summary.final is not None:
                    found.setdefault(summary.currency, []).append(summary.final)
        return tuple(
            (currency, exact_sum(amounts))
            for currency, amounts in sorted(found.items())
            if currency in currencies
        )

    def warnings(self) -> tuple[str, ...]:
        told = list(self._said)
        for part in self._files.missing[:3]:
            told.append(
                f"Part {part} of the report is not here: totals are partial until all parts are in one zip."
            )
        if self.estimated:
            told.append(
                "The report has money only for all uses together. It was shared out by usage: the amounts of"
                " single works are estimates."
            )
        if len(self._controllers) > 1:
            names = ", ".join(sorted(self._controllers)[:5])
            told.append(f"The report has amounts for several rights controllers ({names}).")
        for code, count in sorted(self._unknown.items()):
            told.append(
                f"1 record of type {code} is not known here and was skipped."
                if count == 1
                else f"{count:,} records of type {code} are not known here and were skipped."
            )
        return (*self._files.warnings, *told)

    # Records

    def _records(self) -> Iterator[Record]:
        has_ended = False
        for record in self._files.records():
            kind = record.code.type
            if kind in _HEADS and not record.is_comment:
                # Comments may stand before the head: of the first part they belong to it.
                self._lines_of_part = 0 if self._parts else self._lines_of_part
                self._records_of_part = 0
                self._parts += 1
            self._lines_of_part += record.number - self.rows_read
            self.rows_read = record.number
            if record.is_comment:
                self._comments.setdefault(str(record.code), record.cells)
                continue
            self._records_of_part += 1
            if kind in _HEADS:
                has_ended = False
                continue
            if has_ended:
                self._tell(
                    "Records stand behind the end of the report (FOOT): they may be there twice, and totals"
                    " too high."
                )
            if kind in ("FOOT", "SRFO"):
                has_ended = True
                self._feet += 1
                self._check_foot(record)
            elif record.is_cut:
                what = "The file ends in this record."
                self.notes.reject(record.number, str(record.code), what, record.cells)
            else:
                yield record

    def _tell(self, what: str) -> None:
        if what not in self._said:
            self._said.append(what)

    def _check_foot(self, record: Record) -> None:
        """What the end of a report states is not always right; where it differs, it is told."""
        is_foot = record.code.type == "FOOT"
        at = FOOT if is_foot else SRFO
        found = {
            "lines": (self._lines_of_part, self._records_of_part),  # with comments, and without
            "summaries": (self._summaries.count,),
            "blocks": (self._blocks,) if is_foot and len(self._files.heads) == 1 else (),
        }
        for name, counts in found.items():
            text = record.cell(at.get(name))
            if name == "lines" and not text.isdecimal():
                self._tell("The end of the report (FOOT) does not say how many lines it has: is it whole?")
            if counts and text.isdecimal() and len(text) < _LONG_NUMBER and int(text) not in counts:
                held = f"{counts[-1]:,}"
                self._said.append(f"The report states {int(text):,} {name} and holds {held}: is it whole?")

    def _known(self, record: Record) -> tuple[Mapping[str, Mapping[str, Fields]] | None, Fields]:
        code = record.code
        for table in _KNOWN_TABLES:
            at, is_exact = fields_of(table, code)
            if at is None:
                continue
            if not is_exact:
                at = self._newer(record, code, at)
            return table, at
        if code.type not in SKIPPED:
            name = str(code)
            if name in self._unknown or len(self._unknown) < 50:
                self._unknown[name] = self._unknown.get(name, 0) + 1
        return None, {}

    def _newer(self, record: Record, code: Code, at: Fields) -> Fields:
        names = self._comments.get(str(code))
        if names is not None:
            return fields_by_comment(names, at)
        self.notes.warn_once(
            record.number,
            str(code),
            f"This version of {code.type} is not known here; it is read as the one before.",
        )
        return at

    # Money of single uses

    def _money(self, block: Block, record: Record, at: Fields) -> Iterator[StatementRow]:
        self._some_money = True
        if record.code.type == "SU03":
            block.sold, block.sold_told = (record, at), False
            block.waiting.append((record, at))
            if len(block.waiting) > _MOST_WAITING:
                yield from self._end_of(block)
        elif record.code.type == "LI01":
            block.allocated = True
            sold = block.sold
            summary = self._summary(record.cell(at["summary"]) or self._summary_of(sold))
            yield from self._line(record, at, "amount", summary, self._names.of(block, sold), sold, block)
        else:
            summary = self._summary(record.cell(at["summary"]))
            named = self._names.by(record, at)
            yield from self._line(record, at, "amount", summary, named, (record, at), block)

    def _end_of(self, block: Block) -> Iterator[StatementRow]:
        """Uses of a block without any allocated amount: their revenue is what there is."""
        waiting = block.waiting if not block.allocated else []
        for record, at in waiting:
            summary = self._summary(record.cell(at["summary"]))
            named = self._names.of(block, (record, at))
            yield from self._line(record, at, "net", summary, named, (record, at), Block())
        block.waiting = []

    @staticmethod
    def _summary_of(sold: tuple[Record, Fields] | None) -> str:
        return sold[0].cell(sold[1].get("summary")) if sold is not None else ""

    def _summary(self, id: str) -> Summary | None:
        if id:
            self._named_summaries.add(id)
            return self._summaries.of(id)
        return self._summaries.only()

    def _line(
        self,
        record: Record,
        at: Fields,
        amount_field: str,
        summary: Summary | None,
        named: Named,
        sold: tuple[Record, Fields] | None,
        block: Block,
    ) -> Iterator[StatementRow]:
        if summary is None:
            what = _no_summary(record.cell(at.get("summary")))
            self.notes.reject(record.number, str(record.code), what, record.cells)
            return
        amount = read_amount(record.cell(at.get(amount_field)))
        if amount.value is None:
            self.notes.reject(record.number, str(record.code), amount.reason, record.cells)
            return
        used, used_at = sold if sold is not None else (record, at)
        controller = record.cell(at.get("controller"))
        if controller and controller != NONE and len(self._controllers) < 100:
            self._controllers.add(controller)
        category = category_of(used.cell(used_at.get("category")))
        quantity = None
        if not block.sold_told or record is used:
            quantity = read_count(used.cell(used_at.get("usages")))
            block.sold_told = True
        original = read_amount(record.cell(at["original"])).value if "original" in at else None
        yield from self._row(
            record.number,
            summary,
            named,
            amount.value,
            used.cell(used_at.get("since")),
            quantity,
            category if category.kind is not None else summary.category,
            right=_RIGHTS.get(record.cell(at.get("rights")).lower()),
            words=(
                ("Rights controller", controller),
                ("Right", record.cell(at.get("rights"))),
                ("Share", record.cell(at.get("share"))),
            ),
            original=original,
        )

    # Money of summaries, shared out

    def _by_usage(self, block: Block, record: Record, at: Fields) -> Iterator[StatementRow]:
        id = record.cell(at["summary"])
        summary = self._summary(id)
        weight = _weight(record, at)
        if summary is None:
            what = _no_summary(id)
            self.notes.reject(record.number, str(record.code), what, record.cells)
            return
        if weight is None:
            self.notes.reject(
                record.number, str(record.code), "The number of usages is no whole number.", record.cells
            )
            return
        if weight == 0:
            return  # bears no royalty
        pool = self._summaries.pool(id)
        total = self._total_weight(id)
        if pool is None:
            what = f"Summary “{id[:40]}” names no revenue to share out that can be read."
            self.notes.reject(record.number, str(record.code), what, record.cells)
            return
        if total <= 0 or self._files.missing:  # the revenue stays one line, of the summary
            why = (
                "usages of the missing parts have a share in it"
                if total > 0
                else "its usages come to nothing"
            )
            what = f"The revenue of summary “{id[:40]}” is not shared out: {why}."
            self.notes.warn_once(record.number, str(record.code), what)
            self._not_shared_out.add(id)
            return
        making = Making(pool, Decimal(weight), Decimal(total), Decimal(1), 10_000, _DECIMALS)
        amount = making.amount()
        self._share(id, amount)
        self.estimated = True
        named = self._names.by(record, at) if "title" in at else self._names.of(block, (record, at))
        yield from self._row(
            record.number,
            summary,
            named,
            amount,
            "",
            weight,
            summary.category,
            making=making,
            method=BY_USAGE,
        )

    def _share(self, id: str, amount: Decimal) -> None:
        shared = self._shared.setdefault(id, [])
        shared.append(amount)
        if len(shared) > 1_000:
            self._shared[id] = [exact_sum(shared)]

    def _total_weight(self, id: str) -> int:
        """The royalty-bearing usages of a summary in the whole report, counted once."""
        if self._weights is None:
            self._weights = {}
            for record in self._files.records():
                at, _ = fields_of(USAGE, record.code)
                if at is None or record.is_comment or record.is_cut:
                    continue
                if record.code.version and (names := self._comments.get(str(record.code))):
                    at = at if fields_of(USAGE, record.code)[1] else fields_by_comment(names, at)
                key = record.cell(at["summary"])
                self._weights[key] = self._weights.get(key, 0) + (_weight(record, at) or 0)
        return self._weights.get(id, 0)

    def _of_summaries(self) -> Iterator[StatementRow]:
        """What follows no single use: fees, what rounding left of shares, summaries without any records."""
        for id, summaries in self._summaries.by_id.items():
            for n, summary in enumerate(summaries):
                amounts = [amount for _, amount, _ in summary.fees]
                words = [("Fee", kind or "independent of usage") for kind, _, _ in summary.fees]
                category, method = summary.category, ""
                pool = self._summaries.pool(id) if n == 0 else None
                if pool is not None and id in self._shared:
                    left = _difference(pool, exact_sum(self._shared[id]))
                    if left:
                        amounts.append(left)
                        words.append(("What rounding left of summary", id))
                        category, method = AiCategory(LineKind.UNATTRIBUTED), BY_USAGE
                elif pool and not self._some_money:
                    if id in self._named_summaries and id not in self._not_shared_out:
                        self._tell(f"No use of summary “{id[:40]}” bears a royalty: its revenue is no line.")
                    else:
                        amounts.append(pool)
                        words.append(("All of summary", id))
                if amounts:
                    quantity = read_count(summary.usages) if id not in self._shared else None
                    yield from self._row(
                        summary.row,
                        summary,
                        Named(),
                        exact_sum(amounts),
                        "",
                        quantity,
                        category,
                        words=tuple(words),
                        method=method,
                    )

    # What a line says

    def _row(
        self,
        row: int,
        summary: Summary,
        named: Named,
        amount: Decimal,
        since: str,
        quantity: int | None,
        category: AiCategory,
        *,
        right: Right | None = None,
        words: tuple[tuple[str, str], ...] = (),
        making: Making | None = None,
        method: str = "",
        original: Decimal | None = None,
    ) -> Iterator[StatementRow]:
        """One line; none where its currency is none."""
        is_own = category.kind is not None and bool(category.values)
        service = summary.service or self._head.get("service", "") or self._head.get("sender", "")
        store = category.text("store") or service
        sales_type = category.text("sales") or ("" if is_own else summary.use_type)
        kind = category.kind or self._kind(store, sales_type, summary.use_type)
        self.some_ai |= kind is not LineKind.OTHER
        month = self._month(since or summary.since or self._head.get("since", ""))
        self.some_without_month |= month is None
        territory = summary.territory
        if is_own and territory.lower() == "worldwide":
            territory = category.text("territory")
        currency = summary.currency
        if not is_currency(currency, month):
            what = f"Its summary is in “{currency[:20]}”, which is not the code of a currency then."
            self.notes.reject(row, "Currency", what)
            return
        told = category.text("words") or " · ".join(
            f"{label}: {text}"
            for label, text in (
                ("Service", service),
                ("Use", summary.use_type),
                ("Model", summary.model),
                *words,
            )
            if text
        )
        yield StatementRow(
            row=row,
            title=named.title,
            artist=named.artist,
            isrc=named.isrc,
            upc=category.text("upc") or named.upc,
            store=store,
            month=month,
            territory=territory,
            quantity=None if category.text("quantity") == "none" else quantity,
            amount=amount,
            currency=currency,
            kind=kind,
            words=told[:2_000],
            iswc=named.iswc,
            release=category.text("release") or named.release,
            label=named.label,
            sales_type=sales_type,
            original_amount=category.number("original") if is_own else original,
            original_currency=category.text("original_currency") or summary.original_currency,
            rate=category.number("exchange_rate") or summary.rate,
            precision=(
                AmountPrecision.SPREADSHEET if category.text("spreadsheet") == "1" else AmountPrecision.EXACT
            ),
            use=category.use,
            right=category.right or right,
            method=category.text("method") or method,
            method_version=category.text("version") or (BY_USAGE_VERSION if method == BY_USAGE else ""),
            confidence_low=category.number("low"),
            confidence_high=category.number("high"),
            making=category.making or making,
            corrects=category.count("corrects"),
            model=category.text("model"),
            programme=category.text("programme"),
        )

    def _kind(self, *texts: str) -> LineKind:
        key = (texts[0], "|".join(texts[1:]))
        if key not in self._kinds:
            if len(self._kinds) > 10_000:
                self._kinds.clear()
            self._kinds[key] = self._words.kind_in(texts) or LineKind.OTHER
        return self._kinds[key]

    def _month(self, text: str) -> date | None:
        if text not in self._months:
            if len(self._months) > 10_000:
                self._months.clear()
            value = read_date(text).value
            self._months[text] = value.replace(day=1) if value and value.year in PAID_YEARS else None
        return self._months[text]

    def _end(self) -> None:
        if self._feet < self._parts:
            self._said.append(
                "The report has no record at its end (FOOT): it may be cut, and totals partial."
            )


def _no_summary(id: str) -> str:
    return f"The record belongs to summary “{id[:40]}”, which is not in the file."


def _weight(record: Record, at: Fields) -> int | None:
    """Usages that bear a royalty, less what was returned; None where the record does not tell."""
    if record.cell(at.get("bearing")).lower() in ("false", "0", "no"):
        return 0
    usages = read_count(record.cell(at["usages"]))
    returns = read_count(record.cell(at.get("returns"))) if record.cell(at.get("returns")) else 0
    return None if usages is None or returns is None else usages - returns


def _difference(first: Decimal, second: Decimal) -> Decimal:
    with localcontext() as context:
        context.prec = PRECISION
        return first - second
