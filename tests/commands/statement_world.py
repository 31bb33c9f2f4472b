"""A profile with one rich statement: kinds of money, corrections, makings, Arabic and Japanese titles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from artist_console.backend.seed import seed
from artist_console.commands.profiles import open_profile
from artist_console.domain.ids import StatementId, WorkId
from artist_console.domain.line_steps import Step, StepKind
from artist_console.domain.parties import Party, PartyIdentifier, PartyKind
from artist_console.domain.statements import (
    AmountPrecision,
    Line,
    LineKind,
    Making,
    Statement,
    StatementSource,
    exact_sum,
)
from artist_console.domain.step_chains import followed
from artist_console.domain.uses import Right, Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.formats.kinds import Kind
from artist_console.host.paths import ProfileFolder
from tests.backend.world import ACCOUNTS, MARA, MARA_ACCOUNT, PROGRAMME, ROWS, SALT, Clock
from tests.commands.desks import MORE, Desk, outside

RICH = StatementId("st-rich")
ARABIC, JAPANESE, RUNS = WorkId("w-arabic"), WorkId("w-japanese"), WorkId("w-runs")
ARABIC_TITLE, JAPANESE_TITLE = "يا زهرة في خيالي", "桜の木の下で"
FORMULA = '=HYPERLINK("http://example.org";"click")'
MONTH = date(2025, 4, 1)
MAKING = Making(Decimal("52000.50"), Decimal("12.5"), Decimal("98000"), Decimal("0.5"), 5000, 6)

STEPS = (
    *followed(
        Step(StepKind.POOL, MAKING.pool, source="Pool of April"),
        (
            Step(StepKind.WEIGHT, Decimal(0), MAKING.weight, MAKING.total_weight),
            Step(StepKind.RATE, Decimal(0), MAKING.rate, Decimal(1), "Agreement of 2024"),
            Step(StepKind.SPLIT, Decimal(0), Decimal(MAKING.share_bp), Decimal(10_000), "Split of 2024"),
        ),
    ),
    Step(StepKind.ROUNDING, MAKING.amount()),
)


def a_line(number: int, kind: LineKind, amount: str, **more: Any) -> Line:
    return Line(RICH, number, kind, Decimal(amount), "EUR", MONTH, **more)


RICH_LINES = (
    a_line(1, LineKind.FEE_TRAINING, "250", work=SALT, programme=PROGRAMME, use=Use.TRAIN_GENERATIVE),
    a_line(
        2, LineKind.POOL_SUBSCRIPTION, str(MAKING.amount()), work=SALT, programme=PROGRAMME, making=MAKING,
        territory="SE", identifier="USRC17607839", title="Salt Lines", artist="Mara Quist",
        steps=STEPS,
    ),
    a_line(
        3, LineKind.USAGE_OUTPUT_ATTRIBUTED, "0.000314159265358979", work=ARABIC, programme=PROGRAMME,
        use=Use.GEN_COVER, confidence_low=Decimal("0.0001"), confidence_high=Decimal("0.0009"),
        method="embedding", method_version="2.1", quantity=3, territory="EG", right=Right.COMPOSITION,
    ),
    a_line(
        4, LineKind.USAGE_GENERATION, "12.863765233", work=JAPANESE, programme=PROGRAMME, quantity=1200,
        territory="JP", source="Harmonia | Studio", title=JAPANESE_TITLE, artist="サクラ",
        original_amount=Decimal("2100.12345"), upc="00094631432057",
        original_currency="JPY", exchange_rate=Decimal("163.25"),
    ),
    a_line(5, LineKind.ADJUSTMENT, "-0.69", work=SALT, programme=PROGRAMME, corrects=2, words="Returned"),
    a_line(6, LineKind.RECOUPMENT, "-100", words="Advance of 2023"),
    a_line(7, LineKind.OTHER, "3.30", work=RUNS, title=FORMULA, artist="@cmd", source="Shop",
           precision=AmountPrecision.SPREADSHEET),
    a_line(8, LineKind.UNATTRIBUTED, "0.017", words="No work\twith this\nnumber"),
    a_line(9, LineKind.TAX_WITHHELD, "-7.5", territory="OU"),
)  # fmt: skip
STATEMENT = Statement(
    RICH, "Harmonia", MARA, MONTH, date(2025, 4, 30), "EUR", len(RICH_LINES),
    exact_sum(line.amount for line in RICH_LINES), StatementSource.API, date(2025, 5, 2), "ab" * 32,
    opening_balance=Decimal("10"), paid=Decimal("100"), file_name="harmonia-2025-04.csv",
    closing_balance=exact_sum([Decimal(-90), *(line.amount for line in RICH_LINES)]),
)  # fmt: skip
MORE_ROWS: list[tuple[Kind, Any]] = [
    (
        Kind.PARTY,
        Party(
            MARA, "Mara Quist", PartyKind.PERSON, is_artist=True,
            identifiers=(PartyIdentifier("isni", "0000000121032683"), PartyIdentifier("ipi", "00008715000")),
        ),
    ),
    (Kind.WORK, Work(ARABIC, WorkKind.COMPOSITION, ARABIC_TITLE, (MARA,))),
    (Kind.WORK, Work(JAPANESE, WorkKind.RECORDING, JAPANESE_TITLE, (MARA,))),
    (Kind.WORK, Work(RUNS, WorkKind.RECORDING, FORMULA, (MARA,))),
]  # fmt: skip


@contextmanager
def a_statement_desk(
    root: Path,
    lines: Sequence[Line] = RICH_LINES,
    statement: Statement = STATEMENT,
    rows: Sequence[tuple[Kind, Any]] = (),
) -> Iterator[Desk]:
    """A profile that holds this statement, and those of the small world no more, synced once."""
    clock = Clock()
    folder = ProfileFolder(root)
    base = [
        (kind, row) for kind, row in ROWS if kind is not Kind.STATEMENT and getattr(row, "id", "") != MARA
    ]
    counted = replace(statement, line_count=sum(line.statement == statement.id for line in lines))
    with open_profile(folder, outside(clock), may_be_new=True) as profile:
        seed(
            folder.backend,
            profile.keys.backend,
            profile.keys.receipt,
            rows=[*MORE_ROWS, *base, *MORE, (Kind.STATEMENT, counted), *rows],
            accounts=ACCOUNTS,
            lines=lines,
            steps=(),
            owner=MARA_ACCOUNT,
        )
        profile.keep_here()
        desk = Desk(profile, profile.console(), clock)
        try:
            desk.sync()
            yield desk
        finally:
            desk.console.store.close()
