"""A statement above payee level becomes statements of its payees; what stands is never rewritten."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artist_console.backend.allocating import AllocationResult, allocate_statement
from artist_console.backend.allocation_run import COMMISSIONS
from artist_console.backend.refusals import Refused
from artist_console.backend.signing import Signer
from artist_console.backend.statement_files import StatementFiles
from artist_console.backend.storage import rows
from artist_console.backend.storage.database import Database
from artist_console.domain.directions import Direction
from artist_console.domain.ids import AccountId, FactId, MandateId, PartyId, StatementId, WorkId
from artist_console.domain.mandates import Mandate, MandateEvidence, Power
from artist_console.domain.parties import Party, PartyKind, Stakeholder, Standing
from artist_console.domain.pay_terms import PayRate, PayTerms
from artist_console.domain.periods import Recorded
from artist_console.domain.statements import (
    Line,
    LineKind,
    Making,
    Statement,
    StatementLevel,
    StatementSource,
    exact_sum,
)
from artist_console.domain.step_chains import chain_fault
from artist_console.domain.uses import Right
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Work
from artist_console.formats.kinds import Kind
from artist_console.formats.receipts import SignerRole
from artist_console.formats.signatures import SigningKey

from .places import InFile
from .world import DATA_KEY, SIGNING_KEY

ADA, BEN, CLEO, LABEL = (PartyId(name) for name in ("ada", "ben", "cleo", "label"))
W, X = WorkId("w"), WorkId("x")
ISSUER = "Fieldnote Records"
THEN = datetime(2025, 1, 1, tzinfo=UTC)
NOW = datetime(2025, 6, 1, tzinfo=UTC)
RECORDED = Recorded(THEN)
SIGNER = Signer(SigningKey(SIGNING_KEY), "here", SignerRole.HOSTED_SERVICE, "epoch")
PEOPLE = [(Kind.PARTY, Party(id, id.title(), PartyKind.PERSON, is_artist=True)) for id in (ADA, BEN, CLEO)]
WORKS = [(Kind.WORK, Work(id, WorkKind.RECORDING, id, (ADA,))) for id in (W, X)]


def share(party: PartyId, bp: int, work: WorkId = W, **more: Any) -> tuple[Kind, Any]:
    id = FactId(f"{party}-{work}")
    row = Stakeholder(id, party, work, Right.MASTER, Standing.SHARES, RECORDED, bp)
    return (Kind.STAKEHOLDER, replace(row, **more))


def terms(payee: PartyId | None = None, rate: str = "1", **more: Any) -> tuple[Kind, Any]:
    row = PayTerms(FactId(f"t-{payee}"), ISSUER, payee, RECORDED, (PayRate(Decimal(rate)),))
    return (Kind.PAY_TERMS, replace(row, **more))


def gross_line(number: int, amount: str, work: WorkId | None = W, **more: Any) -> Line:
    row = Line(
        StatementId("gross"),
        number,
        LineKind.USAGE_GENERATION,
        Decimal(amount),
        "EUR",
        date(2025, 3, 1),
        work,
    )
    return replace(row, **more)


@dataclass
class Desk:
    """A database with the world above, and its files of lines."""

    database: Database
    files: StatementFiles = field(default_factory=lambda: StatementFiles(SIGNER, bytes(32)))

    def put(self, *new: tuple[Kind, Any]) -> None:
        with self.database.writing() as connection:
            rows.put(connection, list(new))

    def gross(self, lines: Sequence[Line], id: str = "gross", month: int = 3, **more: Any) -> Statement:
        name = StatementId(id)
        statement = Statement(
            name, ISSUER, ADA, date(2025, month, 1), date(2025, month, 28), "EUR", len(lines), None,
            StatementSource.API, date(2025, month, 28), "", level=StatementLevel.LICENSOR_GROSS,
        )  # fmt: skip
        statement = replace(statement, **more)
        with self.database.writing() as connection:
            self.files.put(connection, statement, [replace(line, statement=name) for line in lines])
        return statement

    def read(self, id: StatementId) -> tuple[Line, ...]:
        with self.database.reading() as connection, self.files.reading(connection, id) as file:
            assert file is not None
            return file.lines(statement_order=False)

    def allocate(self, id: str = "gross", **more: Any) -> AllocationResult:
        with self.database.writing() as connection:
            return allocate_statement(connection, self.files, StatementId(id), at=NOW, **more)

    def statements(self) -> list[Statement]:
        with self.database.reading() as connection:
            return rows.all_of(connection, Kind.STATEMENT)

    def nets(self, payee: PartyId, layout: str = "allocation") -> list[Statement]:
        return [
            each
            for each in self.statements()
            if each.payee == payee and each.level is StatementLevel.PAYEE_NET and each.layout == layout
        ]

    def lines(self, payee: PartyId, layout: str = "allocation") -> list[Line]:
        return [line for each in self.nets(payee, layout) for line in self.read(each.id)]

    def left(self) -> list[Line]:
        return [
            line
            for each in self.statements()
            if each.allocated_from is not None and each.level is not StatementLevel.PAYEE_NET
            for line in self.read(each.id)
        ]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    database = InFile(tmp_path / "backend.db", DATA_KEY).open()
    try:
        made = Desk(database)
        made.put(*PEOPLE, *WORKS)
        yield made
    finally:
        database.close()


def amounts(lines: Sequence[Line]) -> list[tuple[str, str]]:
    return [(line.kind.value, str(line.amount)) for line in lines]


def total(lines: Sequence[Line]) -> Decimal:
    return exact_sum(line.amount for line in lines)


def test_each_payee_gets_a_statement_with_nothing_but_their_own_lines(desk: Desk) -> None:
    desk.put(share(ADA, 7_500), share(BEN, 2_500), terms())
    making = Making(Decimal(1000), Decimal(1), Decimal(8), Decimal(1), 10_000, 2)
    desk.gross([gross_line(1, "125.00", making=making), gross_line(2, "0.01"), gross_line(3, "7", None)])
    done = desk.allocate()
    assert done.counts == {
        "lines_allocated": 2, "lines_unattributed": 1, "lines_reversed": 0, "statements_added": 3,
    }  # fmt: skip
    (net,) = desk.nets(BEN)
    assert (net.allocated_from, net.declared_total, net.line_count) == ("gross", Decimal("31.2525"), 2)
    first, second = desk.lines(BEN)
    assert (first.amount, first.allocated_from, first.allocated_statement) == (Decimal("31.25"), 1, "gross")
    assert (first.number, second.number, second.amount) == (1, 2, Decimal("0.0025"))
    assert first.making is not None
    assert first.making.amount() == first.amount
    assert chain_fault(first.steps, first.amount) is None
    left = desk.left()
    assert amounts(left) == [("unattributed", "7")]
    assert (left[0].allocated_from, left[0].method, left[0].method_version) == (3, "no_work", "unattributed")
    assert total(desk.lines(ADA)) + total(desk.lines(BEN)) + total(left) == Decimal("132.01")


def test_allocating_again_with_the_same_facts_writes_nothing(desk: Desk) -> None:
    desk.put(share(ADA, 7_500), share(BEN, 2_500), terms(rate="0.3"), terms(BEN, tax_rate=Decimal("0.1")))
    desk.gross([gross_line(1, "125.00"), gross_line(2, "0.000000000001"), gross_line(3, "7", None)])
    desk.allocate()
    before = desk.statements()
    again = desk.allocate()
    assert (again.counts["statements_added"], again.written) == (0, [])
    assert desk.statements() == before


def test_a_corrected_split_takes_back_and_puts_right_by_lines_that_name_their_lines(desk: Desk) -> None:
    desk.put(share(ADA, 7_500), share(BEN, 2_500), share(ADA, 10_000, X), terms())
    desk.gross([gross_line(1, "100"), gross_line(2, "10", X)])
    desk.allocate()
    before = {each.id: (each, desk.read(each.id)) for each in desk.nets(ADA)}
    desk.put(share(ADA, 5_000), share(CLEO, 2_500))
    done = desk.allocate()
    assert done.counts["lines_reversed"] == 1
    assert amounts(desk.lines(ADA)) == [
        ("usage.generation", "75"), ("usage.generation", "10"),
        ("reversal", "-75"), ("usage.generation", "50"),
    ]  # fmt: skip
    old, _, taken, new = desk.lines(ADA)
    assert (taken.corrects_statement, taken.corrects) == (old.statement, old.number)
    assert (new.corrects_statement, new.corrects) == (old.statement, old.number)
    assert amounts(desk.lines(CLEO)) == [("usage.generation", "25")]
    assert len(desk.nets(BEN)) == 1
    assert {each.id: (each, desk.read(each.id)) for each in desk.nets(ADA) if each.id in before} == before
    assert desk.allocate().written == []


def test_what_was_held_is_paid_once_the_split_agrees(desk: Desk) -> None:
    desk.put(share(ADA, 7_500), share(BEN, 2_600), terms())
    desk.gross([gross_line(1, "100")])
    assert desk.allocate().counts["lines_held"] == 1
    assert [line.method for line in desk.left()] == ["split_total"]
    assert desk.left()[0].method_version == "held"
    desk.put(share(BEN, 2_500))
    desk.allocate()
    assert amounts(desk.left()) == [("unattributed", "100"), ("reversal", "-100")]
    assert total(desk.lines(ADA)) == 75
    assert total(desk.lines(BEN)) == 25


def test_a_statement_that_replaces_another_corrects_what_came_of_that(desk: Desk) -> None:
    desk.put(share(ADA, 5_000), share(BEN, 5_000), terms())
    desk.gross([gross_line(1, "100"), gross_line(2, "20"), gross_line(3, "1")])
    desk.allocate()
    desk.gross([gross_line(1, "100"), gross_line(2, "30")], "better", replaces=StatementId("gross"))
    with pytest.raises(Refused, match="replaced"):
        desk.allocate()
    desk.allocate("better")
    assert amounts(desk.lines(ADA))[3:] == [
        ("reversal", "-10"), ("usage.generation", "15"), ("reversal", "-0.5"),
    ]  # fmt: skip
    assert total(desk.lines(ADA)) == total(desk.lines(BEN)) == 65
    assert desk.allocate("better").written == []


def test_a_correction_in_the_file_names_the_payees_line_and_is_for_who_had_the_month(desk: Desk) -> None:
    desk.put(share(ADA, 10_000), terms())
    desk.gross([gross_line(1, "100"), gross_line(2, "5")])
    desk.allocate()
    later = date(2025, 4, 1)
    taking = gross_line(
        7, "-5", kind=LineKind.REVERSAL, month=later, corrects=2, corrects_statement=StatementId("gross")
    )
    own = gross_line(9, "1", kind=LineKind.ADJUSTMENT, month=later, corrects=8)
    desk.gross([taking, gross_line(8, "50", month=later), own], "april", 4)
    desk.allocate("april")
    first, second = desk.nets(ADA)
    named = {line.kind: line for line in desk.read(second.id)}
    assert named[LineKind.REVERSAL].corrects_statement == first.id
    assert named[LineKind.REVERSAL].corrects == 2
    assert named[LineKind.ADJUSTMENT].corrects_statement is None
    assert named[LineKind.ADJUSTMENT].corrects == named[LineKind.USAGE_GENERATION].number
    assert desk.allocate("april").written == []


def test_an_advance_is_recouped_over_periods_and_a_reserve_comes_back(desk: Desk) -> None:
    agreed = terms(
        ADA, recoupable=Decimal(130), currency="EUR", reserve_rate=Decimal("0.1"), reserve_periods=2
    )
    desk.put(share(ADA, 10_000), agreed)
    taken = []
    for month in range(1, 5):
        line = gross_line(1, "100", month=date(2025, month, 1))
        desk.gross([line], f"g{month}", month)
        desk.allocate(f"g{month}")
        net = desk.nets(ADA)[-1]
        taken.append(amounts(desk.read(net.id))[1:])
    assert taken == [
        [("recoupment", "-100")],
        [("recoupment", "-30"), ("reserve.held", "-7")],
        [("reserve.held", "-10")],
        [("reserve.held", "-10"), ("reserve.released", "7")],
    ]
    released = desk.read(desk.nets(ADA)[-1].id)[-1]
    assert released.corrects_statement == desk.nets(ADA)[1].id
    assert all(desk.allocate(f"g{month}").written == [] for month in (4, 3, 2, 1))


def test_deductions_follow_when_a_split_is_corrected(desk: Desk) -> None:
    desk.put(share(ADA, 10_000), terms(ADA, tax_rate=Decimal("0.2")), terms())
    desk.gross([gross_line(1, "100")])
    desk.allocate()
    desk.put(share(ADA, 5_000), share(BEN, 5_000))
    desk.allocate()
    assert amounts(desk.lines(ADA)) == [
        ("usage.generation", "100"), ("tax.withheld", "-20"),
        ("reversal", "-100"), ("usage.generation", "50"), ("tax.withheld", "10"),
    ]  # fmt: skip
    assert desk.lines(ADA)[-1].corrects == 2
    assert total(desk.lines(ADA)) == 40


def test_a_commission_comes_to_whoever_holds_the_mandate_while_it_is_in_force(desk: Desk) -> None:
    mandate = Mandate(
        MandateId("m"), ADA, AccountId("manager"), (Power.SEE_MONEY,), MandateEvidence.DOCUMENT,
        date(2025, 1, 1), until=date(2025, 3, 31),
    )  # fmt: skip
    agreed = terms(ADA, commission_rate=Decimal("0.15"), commission_mandate=mandate.id, commission_to=LABEL)
    desk.put((Kind.PARTY, Party(LABEL, "Management", PartyKind.ORGANISATION)), (Kind.MANDATE, mandate))
    desk.put(share(ADA, 10_000), agreed)
    desk.gross([gross_line(1, "100")])
    desk.gross([gross_line(1, "100", month=date(2025, 4, 1))], "april", 4)
    desk.allocate()
    desk.allocate("april")
    assert amounts(desk.lines(ADA)) == [
        ("usage.generation", "100"), ("commission", "-15"), ("usage.generation", "100"),
    ]  # fmt: skip
    assert amounts(desk.lines(LABEL, COMMISSIONS)) == [("commission", "15")]
    (paid,) = desk.nets(LABEL, COMMISSIONS)
    with desk.database.reading() as connection:
        assert rows.one(connection, Kind.STATEMENT, paid.id, ["account/manager"]) is not None
        assert rows.one(connection, Kind.STATEMENT, desk.nets(ADA)[0].id, ["account/manager"]) is None


def test_a_letter_of_direction_pays_somebody_who_holds_nothing(desk: Desk) -> None:
    letter = Direction(FactId("l"), ADA, CLEO, 2_000, RECORDED, ISSUER, source="Letter of 3 March")
    desk.put(share(ADA, 10_000), terms(), (Kind.DIRECTION, letter))
    desk.gross([gross_line(1, "100")])
    desk.allocate()
    assert total(desk.lines(ADA)) == 80
    assert total(desk.lines(CLEO)) == 20
    assert desk.lines(CLEO)[0].steps[-1].source == "Letter of 3 March"


def test_who_brought_a_file_in_pays_only_those_whose_money_they_account_for(desk: Desk) -> None:
    desk.put(share(ADA, 5_000), share(BEN, 5_000), terms())
    desk.gross([gross_line(1, "100")])
    assert desk.allocate(payees=frozenset({ADA})).counts["lines_of_others"] == 1
    assert desk.nets(BEN) == []
    assert [(line.method, line.amount) for line in desk.left()] == [("others", Decimal(50))]


def test_more_payees_than_files_at_once_come_to_the_same(desk: Desk) -> None:
    people = [PartyId(f"p{n:02}") for n in range(11)]
    desk.put(*((Kind.PARTY, Party(each, each, PartyKind.PERSON)) for each in people))
    desk.put(
        *(share(each, 10_000 // 11 if n else 10_000 - 10 * (10_000 // 11)) for n, each in enumerate(people))
    )
    desk.put(terms(rate="0.7"))
    desk.gross([gross_line(n, f"{n}.37") for n in range(1, 30)])
    desk.allocate()
    assert all(len(desk.nets(each)) == 1 for each in people)
    whole = exact_sum(Decimal(f"{n}.37") for n in range(1, 30))
    assert total([*(line for each in people for line in desk.lines(each)), *desk.left()]) == whole
    assert desk.allocate().written == []


def test_what_is_a_payees_own_is_never_allocated(desk: Desk) -> None:
    desk.put(share(ADA, 10_000), terms())
    desk.gross([gross_line(1, "100"), gross_line(2, "1", None)])
    with pytest.raises(Refused):
        desk.allocate("nothing")
    for id in desk.allocate().written:
        with pytest.raises(Refused, match="nothing to divide"):
            desk.allocate(id)
    desk.gross([gross_line(1, "100"), gross_line(2, "1", currency="USD")], "mixed")
    with pytest.raises(Refused, match="one currency"):
        desk.allocate("mixed")


ROUNDS = st.lists(
    st.tuples(
        st.lists(st.integers(1, 9_999), max_size=2, unique=True).map(sorted),
        st.sampled_from(("0", "0.333", "1")),
        st.sampled_from((None, Decimal("0.17"))),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


@given(ROUNDS, st.lists(st.decimals(-1000, 1000, places=13), min_size=1, max_size=3))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_however_often_facts_are_corrected_all_statements_come_to_the_statement_above(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[Any], given_amounts: list[Decimal]
) -> None:
    database = InFile(tmp_path_factory.mktemp("round") / "backend.db", DATA_KEY).open()
    try:
        desk = Desk(database)
        desk.put(*PEOPLE, *WORKS)
        desk.gross([gross_line(n, str(amount)) for n, amount in enumerate(given_amounts, 1)])
        for cuts, rate, tax, disputed in rounds:
            shares = [end - start for start, end in zip((0, *cuts), (*cuts, 10_000), strict=True)]
            shares += [0] * (3 - len(shares))
            split = [
                share(each, bp, disputed=disputed) for each, bp in zip((ADA, BEN, CLEO), shares, strict=True)
            ]
            desk.put(*split, terms(rate=rate), terms(ADA, rate=rate, tax_rate=tax or Decimal(0)))
            desk.allocate()
            everything = [line for each in (ADA, BEN, CLEO) for line in desk.lines(each)]
            tax_lines = [line for line in everything if line.kind is LineKind.TAX_WITHHELD]
            assert total(everything) + total(desk.left()) - total(tax_lines) == exact_sum(given_amounts)
            for line in everything:
                assert chain_fault(line.steps, line.amount) is None
            for statement in desk.statements():
                if statement.allocated_from is not None:
                    assert statement.declared_total == total(desk.read(statement.id))
            assert desk.allocate().written == []
    finally:
        database.close()
