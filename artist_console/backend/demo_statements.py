"""Three years of statements in three currencies, all but two adding up.

Pool lines recompute exactly through their making. One statement declares less than its own lines, on purpose;
one, read from a file, declares neither total nor balance.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from random import Random

from artist_console.backend.demo_catalogue import Catalogue
from artist_console.backend.demo_identity import chance, first_of_month, ident, last_of_month
from artist_console.backend.demo_inclusions import VOICE1
from artist_console.backend.demo_people import BY_SLUG, ROSTER, Act, Deal, Songs
from artist_console.backend.demo_programmes import HARMONIA, NORTHLIGHT, OPENSTEM, VOICE
from artist_console.domain.ids import ModelVersionId, ProgrammeId, StatementId, WorkId
from artist_console.domain.inclusion import InclusionStatement
from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.statements import (
    Line,
    LineKind,
    Making,
    Statement,
    StatementSource,
    exact_sum,
    is_earned,
)
from artist_console.domain.uses import Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.formats import encoding

MONTHS = 36
SHORT_BY = Decimal("6.90")
_K = LineKind
_PLACES = ("SE", "DE", "GB", "US", "JP", "NO", "FR")
_CENT = Decimal("0.01")
_MILLIONTH = Decimal("0.000001")
# How often a work is played, beside which the others are drawn.
_KNOWN = {"Salt Lines": 60, "Norrsken": 90, "Harbour Lights": 40, "First Thaw": 26, "Ferryman's Daughter": 18}


@dataclass(frozen=True, slots=True)
class Books:
    """All statements and their lines."""

    statements: tuple[Statement, ...]
    lines: dict[StatementId, tuple[Line, ...]]
    short: StatementId  # declares less than its own lines
    unchecked: StatementId  # declares nothing that could be checked


@dataclass(frozen=True, slots=True)
class _Paying:
    """A work that a programme pays for, from a day on; `model` from when it was trained, if it was."""

    work: WorkId
    programme: ProgrammeId
    since: date
    trained_on: date | None
    model: ModelVersionId | None
    plays: int


@dataclass(frozen=True, slots=True)
class _Issuer:
    name: str
    months: int  # in one period
    songs: bool  # pays for songs rather than recordings
    share_bp: int
    rate: Decimal
    programmes: tuple[ProgrammeId, ...] = (HARMONIA, OPENSTEM, NORTHLIGHT)


def issuers_of(act: Act) -> tuple[_Issuer, ...]:
    """Who pays an artist, by what was signed."""
    rate = Decimal("0.35")
    masters: tuple[_Issuer, ...]
    match act.deal:
        case Deal.LABEL_ASKS:
            months = 1 if act.label == "Fieldnote Records" else 3
            masters = (_Issuer(act.label, months, False, 2_500, rate),)
        case Deal.MAJOR | Deal.MAJOR_APPROVAL | Deal.IMPRINT:
            masters = (_Issuer("Meridian Music", 3, False, 1_800, Decimal("0.30")),)
        case Deal.DISTRIBUTOR:
            masters = (_Issuer("Slipway Distribution", 3, False, 10_000, Decimal("0.12")),)
        case Deal.DIRECT:
            masters = (
                _Issuer("Harmonia Lab", 3, False, 10_000, Decimal("0.12"), (HARMONIA,)),
                _Issuer("OpenStem", 3, False, 10_000, Decimal("0.12"), (OPENSTEM,)),
            )
        case Deal.UNKNOWN:
            masters = ()
    match act.songs:
        case Songs.PUBLISHER_ASKS:
            return (*masters, _Issuer("Lantern Street Publishing", 3, True, 5_000, Decimal("0.08")))
        case Songs.MAJOR_PUBLISHER:
            return (*masters, _Issuer("Meridian Songs", 3, True, 5_000, Decimal("0.08")))
        case Songs.SOCIETY:
            return (*masters, _Issuer("Tonverein Nord", 3, True, 10_000, Decimal("0.06")))
        case _:
            return masters


def books(today: date, catalogue: Catalogue, inclusions: Sequence[InclusionStatement]) -> Books:
    """Every artist's statements, oldest first."""
    statements: list[Statement] = []
    lines: dict[StatementId, tuple[Line, ...]] = {}
    for act in ROSTER:
        recordings = _paying(act, catalogue, inclusions)
        for issuer in issuers_of(act):
            paying = _songs_of(recordings, act, catalogue) if issuer.songs else recordings
            ledger = _Account(
                today, act, issuer, catalogue, [p for p in paying if p.programme in issuer.programmes]
            )
            for statement, held in ledger.statements():
                statements.append(statement)
                lines[statement.id] = held
    label = [s for s in statements if s.payee == BY_SLUG["mara"].id and s.issuer == "Fieldnote Records"]
    short, unchecked = label[-3], label[-4]
    _amend(statements, replace(short, declared_total=_less(short.declared_total)))
    _amend(
        statements,
        replace(
            unchecked,
            declared_total=None,
            opening_balance=None,
            closing_balance=None,
            source=StatementSource.IMPORTED,
            layout="label-csv",
        ),
    )
    return Books(tuple(statements), lines, short.id, unchecked.id)


def _less(total: Decimal | None) -> Decimal | None:
    return None if total is None else total - SHORT_BY


def _amend(statements: list[Statement], changed: Statement) -> None:
    place = next(i for i, statement in enumerate(statements) if statement.id == changed.id)
    statements[place] = changed


_PAYS = frozenset({InclusionState.IN_DATASET, InclusionState.TRAINED})


def _paying(act: Act, catalogue: Catalogue, inclusions: Iterable[InclusionStatement]) -> list[_Paying]:
    """The artist's recordings by programme, from the first report of each."""
    first: dict[tuple[WorkId, ProgrammeId], InclusionStatement] = {}
    trained: dict[tuple[WorkId, ProgrammeId], InclusionStatement] = {}
    for said in inclusions:
        work = catalogue.works[said.work]
        if said.state not in _PAYS or said.programme is None or act.id not in work.artists[:1]:
            continue
        if work.kind is WorkKind.COMPOSITION or said.programme == VOICE:
            continue
        key = (said.work, said.programme)
        first.setdefault(key, said)
        if said.state is InclusionState.TRAINED:
            trained.setdefault(key, said)
    unpaid = _unpaid(catalogue)
    rows = []
    for (id, programme), said in first.items():
        if id in unpaid:
            continue
        work = catalogue.works[id]
        at_work = trained.get((id, programme))
        plays = _KNOWN.get(work.title) or 3 + int(chance("plays", id).paretovariate(1.3) * 3) % 40
        rows.append(
            _Paying(
                id,
                programme,
                said.as_of,
                at_work.as_of if at_work else None,
                at_work.model if at_work else None,
                plays,
            )
        )
    return rows


def _unpaid(catalogue: Catalogue) -> frozenset[WorkId]:
    """Reported, and no statement pays for it: a finding."""
    return frozenset({catalogue.named("mara", "Lantern Year"), catalogue.named("zoe", "Glasbrug")})


def _songs_of(recordings: Iterable[_Paying], act: Act, catalogue: Catalogue) -> list[_Paying]:
    """The songs in the recordings, each once per programme, from the first report."""
    songs: dict[tuple[WorkId, ProgrammeId], _Paying] = {}
    for paying in recordings:
        for song in catalogue.works[paying.work].compositions:
            if act.id in catalogue.works[song].artists[:1]:
                songs.setdefault((song, paying.programme), replace(paying, work=song, trained_on=None))
    return list(songs.values())


@dataclass
class _Account:
    """One issuer's account with one artist, period by period."""

    today: date
    act: Act
    issuer: _Issuer
    catalogue: Catalogue
    paying: list[_Paying]
    balance: Decimal = Decimal(0)
    advance_left: Decimal = Decimal(0)
    held: list[Decimal] = field(default_factory=list)  # reserves, oldest first
    made: list[tuple[Statement, tuple[Line, ...]]] = field(default_factory=list)

    def statements(self) -> Iterator[tuple[Statement, tuple[Line, ...]]]:
        months = self.issuer.months
        last = first_of_month(self.today, 1)
        while months == 3 and last.month % 3:
            last = first_of_month(last, 1)
        for back in range(MONTHS - MONTHS % months, 0, -months):
            begins = first_of_month(last, back - 1)
            ends = last_of_month(first_of_month(begins, 1 - months))
            received = ends + timedelta(days=12 if months == 1 else 26)
            if received <= self.today:
                made = self._statement(begins, ends, received, number=MONTHS // months - back // months)
                if made is not None:
                    self.made.append(made)
                    yield made

    def _statement(
        self, begins: date, ends: date, received: date, number: int
    ) -> tuple[Statement, tuple[Line, ...]] | None:
        id = StatementId(ident("statement", self.issuer.name, self.act.slug, str(begins)))
        page = _Page(id, self.act.currency, chance("lines", id))
        for place in range(self.issuer.months):
            self._month(page, first_of_month(begins, -place), number)
        self._specials(page, begins, number)
        if not page.lines:
            return None
        self._settle(page, first_of_month(ends))
        total = exact_sum(line.amount for line in page.lines)
        opening, due = self.balance, self.balance + total
        paid = max(due, Decimal(0)).quantize(_CENT, ROUND_HALF_EVEN)
        self.balance = due - paid
        lines = tuple(page.lines)
        return (
            Statement(
                id,
                self.issuer.name,
                self.act.id,
                begins,
                ends,
                self.act.currency,
                len(lines),
                total,
                StatementSource.API,
                received,
                hashlib.sha256(encoding.encode(list(lines))).hexdigest(),
                opening,
                self.balance,
                paid,
            ),
            lines,
        )

    def _month(self, page: _Page, month: date, number: int) -> None:
        """What each work earned in one month, by the method of its programme."""
        for row in self.paying:
            if last_of_month(month) < row.since:
                continue
            if row.programme == HARMONIA:
                self._pool(page, row, month, _K.POOL_SUBSCRIPTION, Use.TRAIN_GENERATIVE, number)
                if row.model is not None and row.plays > 14 and month.month % 3 == 0:
                    self._estimate(page, row, month, _K.USAGE_OUTPUT_ATTRIBUTED)
            elif row.programme == OPENSTEM:
                page.counted(row.work, OPENSTEM, Use.GEN_STEMS, month, _K.USAGE_GENERATION,
                             row.plays, Decimal("0.0375") * self.issuer.share_bp / 10_000)  # fmt: skip
                if month.month % 3 == 0:
                    self._pool(page, row, month, _K.POOL_SUBSCRIPTION, Use.GEN_STEMS, number)
            else:
                self._pool(page, row, month, _K.USAGE_STREAM_DERIVATIVE, Use.GEN_COVER, number)
                if row.plays > 8 and month.month % 6 == 0:
                    self._estimate(page, row, month, _K.USAGE_OUTPUT_ANALOGY)
            self._fees(page, row, month)

    def _pool(self, page: _Page, row: _Paying, month: date, kind: LineKind, use: Use, number: int) -> None:
        weight = Decimal(row.plays * 1_930 + page.random.randrange(900) * row.plays)
        pool = Decimal(148_000 + 3_750 * number * self.issuer.months) + Decimal(month.month * 211) / 100
        total = Decimal(46_210_337 + 91_700 * month.month)
        making = Making(pool, weight, total, self.issuer.rate, self.issuer.share_bp, 6)
        place = page.random.choice(_PLACES) if kind is _K.USAGE_STREAM_DERIVATIVE else ""
        page.add(kind, making.amount(), month, row.work, row.programme, use, making=making, territory=place,
                 method="pro rata by plays", method_version="2", quantity=int(weight))  # fmt: skip

    def _estimate(self, page: _Page, row: _Paying, month: date, kind: LineKind) -> None:
        """An amount that a model estimated, with its range."""
        share = Decimal(self.issuer.share_bp) / 10_000
        amount = (Decimal(row.plays) * page.random.randrange(40, 90) * share / 25).quantize(_MILLIONTH)
        by_influence = kind is _K.USAGE_OUTPUT_ATTRIBUTED
        use = Use.TRAIN_GENERATIVE if by_influence else Use.GEN_COVER
        page.add(kind, amount, month, row.work, row.programme, use, model=row.model,
                 method="influence estimate" if by_influence else "likeness of outputs",
                 method_version="1.4" if by_influence else "0.9",
                 low=(amount * Decimal("0.71")).quantize(_MILLIONTH),
                 high=(amount * Decimal("1.33")).quantize(_MILLIONTH))  # fmt: skip

    def _fees(self, page: _Page, row: _Paying, month: date) -> None:
        if row.trained_on is not None and first_of_month(row.trained_on) == month and not self.issuer.songs:
            fee = Decimal(2 + row.plays // 4)
            page.add(_K.FEE_TRAINING, fee, month, row.work, row.programme, Use.TRAIN_GENERATIVE,
                     model=row.model, method="fixed fee per work")  # fmt: skip

    def _specials(self, page: _Page, begins: date, number: int) -> None:
        """Lines that come once, from a contract rather than from counting."""
        who, slug = self.issuer.name, self.act.slug
        last = first_of_month(begins, 1 - self.issuer.months)
        if (slug, who) == ("twin", "Meridian Music"):
            if number == 1:
                self.advance_left = Decimal("9000.00")
                page.add(_K.ADVANCE, self.advance_left, last, words="Advance on Two Lights")
            if number == 4:
                page.add(_K.BACKPAY, Decimal("412.80"), last, None, HARMONIA, words="Before the agreement")
            if number == 6:
                page.add(_K.EQUITY, Decimal("1250.00"), last, words="Sale of a stake in an operator")
            if number in (3, 7):
                page.add(_K.COST, Decimal("-180.00"), last, words="Audit of the usage reports")
            if number % 3 == 2:
                page.add(_K.UNATTRIBUTED, Decimal("61.35"), last, None, NORTHLIGHT, words="No work matched")
        if (slug, who) == ("twin", "Meridian Songs") and number == 8:
            song = next(iter(self.catalogue.works[self.catalogue.named("twin", "Neon Tides")].compositions))
            page.add(_K.SETTLEMENT, Decimal("730.00"), last, song, NORTHLIGHT, Use.TRAIN_LYRICS,
                     words="Settlement of claims about lyrics")  # fmt: skip
        if (slug, who) == ("solveig", "Harmonia Lab") and number in (2, 6, 10):
            page.add(_K.MINIMUM_GUARANTEE, Decimal("600.00"), last, None, HARMONIA, words="Yearly guarantee")
        if (slug, who) == ("layla", "Slipway Distribution") and number in (9, 10):
            work = self.catalogue.named("layla", "نافذة على البحر")
            page.add(_K.VOICE_MODEL, Decimal("350.00"), last, work, VOICE, Use.TRAIN_VOICE, model=VOICE1,
                     words="Voice model, by its own agreement")  # fmt: skip
        if (slug, who) == ("aleksi", "Slipway Distribution") and number >= 9:
            work = self.catalogue.named("aleksi", "Valohetki")  # nothing is reported of it
            page.counted(work, NORTHLIGHT, Use.GEN_MASHUP, last, _K.USAGE_GENERATION, 4, Decimal("0.02"))
        if who == "Harmonia Lab" and number in (8, 10) and page.lines:
            page.add(_K.FEE_VERSION, Decimal("45.00"), last, None, HARMONIA, words="Another version")
        if who == "Slipway Distribution" or slug == "paper":
            self._sales(page, begins)
        if (slug, who) == ("mara", "Fieldnote Records") and page.lines:
            self._corrections(page, last, number)

    def _sales(self, page: _Page, begins: date) -> None:
        """Ordinary streaming income, which is never AI income."""
        for place in range(self.issuer.months):
            month = first_of_month(begins, -place)
            weight = Decimal(240_000 + page.random.randrange(90_000))
            making = Making(Decimal("88400.15"), weight, Decimal(9_840_221), Decimal("0.52"), 4_000, 6)
            page.add(_K.OTHER, making.amount(), month, making=making, method="pro rata by plays",
                     method_version="2", words="Streaming, all stores")  # fmt: skip

    def _corrections(self, page: _Page, month: date, number: int) -> None:
        """A line taken back and put right; a line of an earlier statement put right; a share passed on."""
        if number == MONTHS - 4:
            first = page.lines[0]
            page.add(_K.REVERSAL, -first.amount, month, first.work, first.programme, first.use,
                     corrects=first.number, words="Counted twice")  # fmt: skip
        if number == MONTHS - 3 and self.made:
            statement, lines = self.made[-1]
            former = lines[1 % len(lines)]
            more = (former.amount * Decimal("0.05")).quantize(_MILLIONTH)
            page.add(_K.ADJUSTMENT, more, month, former.work,
                     former.programme, former.use, corrects=former.number, corrects_statement=statement.id,
                     words="Late usage report")  # fmt: skip
        if number % 4 == 1:
            candles = self.catalogue.named("mara", "Two Candles")
            page.add(_K.SPLIT_TRANSFER, Decimal("-4.25"), month, candles, words="Half of clearing it")

    def _settle(self, page: _Page, month: date) -> None:
        """What is set against the advance, held, released, kept as commission and withheld as tax."""
        earned = exact_sum(line.amount for line in page.lines if is_earned(line.kind))
        if self.advance_left and earned > 0:
            part = min(self.advance_left, (earned * Decimal("0.6")).quantize(_CENT, ROUND_HALF_EVEN))
            self.advance_left -= part
            page.add(_K.RECOUPMENT, -part, month, words=f"Left of the advance: {self.advance_left}")
        if self.issuer.name == "Slipway Distribution" and earned > 0:
            fee = (earned * Decimal("0.15")).quantize(_MILLIONTH, ROUND_HALF_EVEN)
            page.add(_K.COMMISSION, -fee, month, words="15 % of AI income")
        if self.act.currency == "USD" and self.issuer.name != "Meridian Music" and earned > 0:
            tax = (earned * Decimal("0.10")).quantize(_CENT, ROUND_HALF_EVEN)
            page.add(_K.TAX_WITHHELD, -tax, month, words="10 % withholding tax")
        if self.act.deal is Deal.LABEL_ASKS and not self.issuer.songs:
            reserve = (max(earned, Decimal(0)) * Decimal("0.08")).quantize(_CENT, ROUND_HALF_EVEN)
            if len(self.held) >= 3:
                page.add(_K.RESERVE_RELEASED, self.held.pop(0), month, words="Held three periods ago")
            if reserve:
                page.add(_K.RESERVE_HELD, -reserve, month, words="8 % for later corrections")
                self.held.append(reserve)


@dataclass
class _Page:
    """The lines of one statement while it is written."""

    statement: StatementId
    currency: str
    random: Random
    lines: list[Line] = field(default_factory=list)

    def add(
        self,
        kind: LineKind,
        amount: Decimal,
        month: date,
        work: WorkId | None = None,
        programme: ProgrammeId | None = None,
        use: Use | None = None,
        *,
        model: ModelVersionId | None = None,
        territory: str = "",
        quantity: int | None = None,
        method: str = "",
        method_version: str = "",
        low: Decimal | None = None,
        high: Decimal | None = None,
        making: Making | None = None,
        corrects: int | None = None,
        corrects_statement: StatementId | None = None,
        words: str = "",
    ) -> None:
        number = len(self.lines) + 1
        line = Line(self.statement, number, kind, amount, self.currency, month, work, programme, use, model)
        self.lines.append(
            replace(
                line,
                territory=territory,
                quantity=quantity,
                method=method,
                method_version=method_version,
                confidence_low=low,
                confidence_high=high,
                making=making,
                corrects=corrects,
                corrects_statement=corrects_statement,
                words=words,
            )
        )

    def counted(
        self,
        work: WorkId,
        programme: ProgrammeId,
        use: Use,
        month: date,
        kind: LineKind,
        plays: int,
        rate: Decimal,
    ) -> None:
        """So many times something was made, at a fixed rate."""
        times = plays * (20 + self.random.randrange(25))
        self.add(kind, (rate * times).quantize(_MILLIONTH), month, work, programme, use, quantity=times,
                 method="counted generations", method_version="1")  # fmt: skip
