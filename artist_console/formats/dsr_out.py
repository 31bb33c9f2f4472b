"""A statement as a DDEX sales report (DSR), a flat file of the UGC profile 1.2, with real money per line.

DDEX has no values for AI uses in these reports yet, so they go out as `UserDefined`; what they are stands in
cells that the profile leaves free, as docs/formats/dsr.md describes. A reader that knows nothing of that
reads works, usages, months, countries and exact amounts all the same.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal, localcontext
from typing import BinaryIO
from urllib.parse import quote

from artist_console.domain.statements import (
    PRECISION,
    AmountPrecision,
    Line,
    LineKind,
    StatementLevel,
    exact_sum,
)
from artist_console.domain.territories import ISO_COUNTRIES

from .statement_table_out import NamedLine

PROFILE, PROFILE_VERSION, MESSAGE_VERSION = "UGCProfile", "1.2", "dsrf/30"
WORLDWIDE = "Worldwide"
NONE = "-"  # in a cell that must hold something
_ISRC_LENGTH = 12
_TOGETHER = 500  # lines written at once
_MOST_IN_NAME = 40
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SPECIAL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029|\\\\]")

_HEADINGS = (
    "#HEAD MessageVersion Profile ProfileVersion MessageId MessageCreatedDateTime FileNumber NumberOfFiles "
    "UsageStartDate UsageEndDate SenderPartyId SenderName ServiceDescription RecipientPartyId RecipientName "
    "RepresentedRepertoire",
    "#SY02.02 SummaryRecordId DistributionChannel DistributionChannelDPID CommercialModel UseType Territory "
    "ServiceDescription Usages Users CurrencyOfReporting NetRevenue RightsController RightsControllerPartyId "
    "AllocatedUsages AllocatedRevenue AllocatedNetRevenue RightsType ContentCategory CurrencyOfTransaction "
    "ExchangeRate RightsTypePercentage",
    "#AS02.02 BlockId ResourceReference DspResourceId ISRC Title SubTitle DisplayArtistName "
    "DisplayArtistPartyId Duration ResourceType ISWC ComposerAuthor ComposerAuthorPartyId Arranger "
    "ArrangerPartyId MusicPublisher MusicPublisherPartyId WorkContributor WorkContributorPartyId "
    "ProprietaryWorkId IsMasterRecording",
    "#SU03.02 BlockId SalesTransactionId SummaryRecordId DspResourceId Usages NetRevenue ValidityPeriodStart "
    "ValidityPeriodEnd ContentCategory IsRoyaltyBearing",
    "#LI01.02 BlockId SummaryRecordId RightsController RightsControllerPartyId RightsControllerWorkId "
    "RightSharePercentage RightsType AllocatedNetRevenue AllocatedAmount AllocatedUsages",
    "#FOOT NumberOfLinesInFile NumberOfLinesInReport NumberOfSummaryRecords NumberOfBlocksInFile "
    "NumberOfBlocksInReport",
)
_RECORDS_OF_A_BLOCK = 3


@dataclass(frozen=True, slots=True)
class DsrHead:
    """What the report says of itself. Party ids are DDEX's (PADPIDA...), empty where none is known."""

    message_id: str
    created_at: datetime  # aware
    sender: str
    recipient: str
    since: date
    until: date  # included
    level: StatementLevel = StatementLevel.PAYEE_NET
    service: str = ""
    sender_id: str = ""
    recipient_id: str = ""


@dataclass(frozen=True, slots=True)
class _Group:
    """What the lines of one summary record share."""

    service: str
    kind: LineKind
    use: str
    territory: str
    currency: str
    month: date
    level: StatementLevel

    @property
    def category(self) -> str:
        use = f";use={self.use}" if self.use else ""
        return f"ai:{self.kind.value}{use};level={self.level.value}"


@dataclass(slots=True)
class _Sum:
    number: int
    usages: int = 0
    amount: Decimal = Decimal(0)
    waiting: list[Decimal] = field(default_factory=list)


def write_dsr(out: BinaryIO, head: DsrHead, lines: Callable[[], Iterable[NamedLine]]) -> int:
    """Write the report; gives the number of its blocks, one for each line.

    `lines` is asked twice, since the summaries stand before what they sum up, and gives the same both times.
    """
    sums = _sums(head, lines())
    for heading in _HEADINGS:
        out.write(heading.replace(" ", "\t").encode() + b"\n")
    out.write(_record(_head(head)))
    for group, total in sums.items():
        out.write(_record(_summary(group, total)))
    blocks = 0
    held: list[bytes] = []
    for blocks, named in enumerate(lines(), 1):
        group = _group(head, named)
        held += [_record(record) for record in _block(blocks, sums[group].number, group, head, named)]
        if len(held) >= _TOGETHER:
            out.write(b"".join(held))
            held = []
    out.write(b"".join(held))
    count = 2 + len(sums) + _RECORDS_OF_A_BLOCK * blocks
    out.write(_record(("FOOT", str(count), str(count), str(len(sums)), str(blocks), str(blocks))))
    return blocks


def file_name(head: DsrHead, territories: Iterable[str]) -> str:
    """As DDEX names such files: DSR_<recipient>_<sender>_<service>_<period>_<territory>_1of1_<time>.tsv."""
    found = set(territories)
    where = found.pop() if len(found) == 1 else "multi" if found else WORLDWIDE
    where = where if where in ISO_COUNTRIES or where == "multi" else WORLDWIDE
    parts = (
        _in_name(head.recipient_id or head.recipient),
        _in_name(head.sender_id or head.sender),
        _in_name(head.service or head.sender),
        _period(head.since, head.until),
        where,
        "1of1",
        f"{head.created_at.astimezone(UTC):%Y%m%dT%H%M%S}",
    )
    return "DSR_" + "_".join(parts) + ".tsv"


# Records


def _head(head: DsrHead) -> Iterable[str]:
    yield from ("HEAD", MESSAGE_VERSION, PROFILE, PROFILE_VERSION, head.message_id)
    yield f"{head.created_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"
    yield from ("1", "1", head.since.isoformat(), head.until.isoformat())
    yield from (head.sender_id, head.sender or NONE, head.service, head.recipient_id, head.recipient, "")


def _sums(head: DsrHead, lines: Iterable[NamedLine]) -> dict[_Group, _Sum]:
    found: dict[_Group, _Sum] = {}
    for named in lines:
        group = _group(head, named)
        total = found.get(group)
        if total is None:
            total = found[group] = _Sum(len(found) + 1)
        total.usages += named.line.quantity or 0
        total.waiting.append(named.line.amount)
        if len(total.waiting) >= _TOGETHER:
            _settle(total)
    for total in found.values():
        _settle(total)
    return found


def _settle(total: _Sum) -> None:
    total.amount = exact_sum((total.amount, *total.waiting))
    total.waiting.clear()


def _group(head: DsrHead, named: NamedLine) -> _Group:
    line = named.line
    return _Group(
        line.source or named.programme or head.service or head.sender or NONE,
        line.kind,
        line.use.value if line.use is not None else "",
        line.territory if line.territory in ISO_COUNTRIES else WORLDWIDE,
        line.currency,
        line.month,
        head.level,
    )


def _summary(group: _Group, total: _Sum) -> Iterable[str]:
    use = "Unknown" if group.kind is LineKind.OTHER else "UserDefined"
    yield from ("SY02.02", str(total.number), "", "", "UserDefined", use, group.territory, group.service)
    yield from (str(total.usages), "", group.currency, f"{total.amount:f}")
    yield from ("", "", "", "", "", "", group.category, "", "", "")


def _block(
    number: int, summary: int, group: _Group, head: DsrHead, named: NamedLine
) -> Iterator[Iterable[str]]:
    line = named.line
    block, amount = str(number), f"{line.amount:f}"
    quantity = str(line.quantity or 0)
    yield _resource(block, named)
    last = line.month.replace(day=monthrange(line.month.year, line.month.month)[1])
    category = ";".join(
        (group.category, *(f"{key}={quote(value, safe='')}" for key, value in _details(named)))
    )
    yield (
        *("SU03.02", block, str(line.number), str(summary), line.work or NONE, quantity, amount),
        *(line.month.isoformat(), last.isoformat(), category, "true"),
    )
    share = _percent(line.making.share_bp) if line.making is not None else "100"
    yield (
        *("LI01.02", block, str(summary), head.recipient or NONE, "", "", share, "", amount, amount),
        quantity,
    )


def _resource(block: str, named: NamedLine) -> Iterable[str]:
    line = named.line
    is_isrc = len(line.identifier) == _ISRC_LENGTH
    title = line.title or named.work_title
    isrc, iswc = (line.identifier, "") if is_isrc else ("", line.identifier)
    kind = "SoundRecording" if is_isrc else "UserDefinedResource"
    yield from ("AS02.02", block, "A1", line.work or NONE, isrc, title or NONE, "", line.artist or NONE)
    yield from ("", "", kind, iswc, "", "", "", "", "", "", "", "", "", "")


def _details(named: NamedLine) -> Iterator[tuple[str, str]]:
    """What else the line says, for the free cell of its own."""
    line = named.line
    if line.quantity is None:
        yield "quantity", "none"
    if line.territory and line.territory not in ISO_COUNTRIES:
        yield "territory", line.territory
    if line.precision is AmountPrecision.SPREADSHEET:
        yield "spreadsheet", "1"
    texts: tuple[tuple[str, object], ...] = (
        ("store", line.source),
        ("programme", named.programme),
        ("method", line.method),
        ("version", line.method_version),
        ("low", line.confidence_low),
        ("high", line.confidence_high),
        ("model", named.model or line.model),
        ("right", line.right.value if line.right is not None else None),
        ("upc", line.upc),
        ("release", line.release),
        ("sales", line.sales_type),
        ("corrects", line.corrects),
        ("corrects_statement", line.corrects_statement),
        ("original", line.original_amount),
        ("original_currency", line.original_currency),
        ("exchange_rate", line.exchange_rate),
        *_making(line),
        ("words", line.words),
    )
    for key, value in texts:
        text = f"{value:f}" if isinstance(value, Decimal) else str(value) if value is not None else ""
        if text:
            yield key, text


def _making(line: Line) -> tuple[tuple[str, object], ...]:
    making = line.making
    if making is None:
        return ()
    return (
        ("pool", making.pool),
        ("weight", making.weight),
        ("total", making.total_weight),
        ("rate", making.rate),
        ("share", making.share_bp),
        ("decimals", making.decimals),
    )


def _percent(basis_points: int) -> str:
    with localcontext() as context:
        context.prec = PRECISION
        return format(Decimal(basis_points) / 100, "f")


def _record(cells: Iterable[str]) -> bytes:
    return ("\t".join(map(_cell, cells)) + "\n").encode("utf-8", "replace")


def _cell(text: str) -> str:
    """Without what would end a cell, a line or one of several values in a cell."""
    if _SPECIAL.search(text) is None:
        return text
    return _BREAKS.sub(" ", text).replace("\\", "\\\\").replace("|", "\\|")


# Names


def _in_name(text: str) -> str:
    """Without what separates the parts of the name, and what a file cannot have in its name."""
    plain = unicodedata.normalize("NFC", text)
    kept = re.sub(r"[^\w.-]+|_", "-", plain).strip("-.")
    return kept[:_MOST_IN_NAME] or "unknown"


def _period(since: date, until: date) -> str:
    """2026, 2026-Q3, 2026-08, else both days."""
    is_whole = since.day == 1 and until.day == monthrange(until.year, until.month)[1]
    if is_whole and since.year == until.year:
        months = (since.month, until.month)
        if months == (1, 12):
            return str(since.year)
        if since.month == until.month:
            return f"{since:%Y-%m}"
        if since.month % 3 == 1 and until.month == since.month + 2:
            return f"{since.year}-Q{since.month // 3 + 1}"
    return f"{since.isoformat()}--{until.isoformat()}"
