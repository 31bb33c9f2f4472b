"""Random worlds for the allocation: a few people, works, splits, letters of direction, terms, and lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from artist_console.domain.allocation import Facts
from artist_console.domain.directions import Direction
from artist_console.domain.ids import FactId, PartyId, ProgrammeId, StatementId, WorkId
from artist_console.domain.parties import WHOLE_BP, Stakeholder, Standing
from artist_console.domain.pay_terms import PayRate, PayTerms, RightPart
from artist_console.domain.periods import Period, Recorded
from artist_console.domain.statements import Line, LineKind, Making, StatementLevel
from artist_console.domain.uses import Right, Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import Relation, RelationKind, Work

ISSUER = "Fieldnote Records"
GROSS = StatementId("gross")
RECORDED = Recorded(datetime(2025, 1, 1, tzinfo=UTC))
PEOPLE = tuple(PartyId(name) for name in ("ada", "ben", "cleo", "dora"))
RECORDING, OTHER, SONG, SECOND_SONG = (WorkId(name) for name in ("recording", "other", "song", "song-2"))
WORKS = {
    work.id: work
    for work in (
        Work(
            RECORDING,
            WorkKind.RECORDING,
            "Recording",
            (PEOPLE[0],),
            relations=tuple(Relation(RelationKind.EMBODIES, song) for song in (SONG, SECOND_SONG)),
        ),
        Work(OTHER, WorkKind.RECORDING, "Other", (PEOPLE[1],)),
        Work(SONG, WorkKind.COMPOSITION, "Song", (PEOPLE[0],)),
        Work(SECOND_SONG, WorkKind.COMPOSITION, "Second song", (PEOPLE[2],)),
    )
}
MONTHS = (date(2025, 3, 1), date(2025, 4, 1))
RIGHTS = (Right.MASTER, Right.COMPOSITION)


@dataclass(frozen=True)
class World:
    facts: Facts
    lines: tuple[Line, ...]


def amounts(most: int = 10_000) -> st.SearchStrategy[Decimal]:
    """Of up to 18 decimals, on both sides of nothing."""
    return st.builds(
        lambda units, places: Decimal(units).scaleb(-places),
        st.integers(-most * 10**6, most * 10**6),
        st.integers(0, 18),
    )


def parts_of_one() -> st.SearchStrategy[Decimal]:
    return st.builds(
        lambda n, p: Decimal(n % (10**p + 1)).scaleb(-p), st.integers(0, 10**7), st.integers(0, 7)
    )


@st.composite
def splits(draw: st.DrawFn) -> tuple[Stakeholder, ...]:
    """For each work and right a split: whole, off by a little or much, disputed, without shares, or none."""
    rows: list[Stakeholder] = []
    for subject in WORKS:
        for right in RIGHTS:
            cut = sorted(draw(st.lists(st.integers(1, WHOLE_BP - 1), max_size=3, unique=True)))
            shares = [end - start for start, end in zip((0, *cut), (*cut, WHOLE_BP), strict=True)]
            off = draw(st.sampled_from((0, 0, 0, 0, 3, -6, 7, -400)))
            shares[0] += off if shares[0] + off > 0 else 0
            said = draw(
                st.sampled_from(("shares", "shares", "shares", "shares", "none", "alone", "disputed"))
            )
            if said == "none":
                continue
            if said == "alone":
                shares = [0]
            until = draw(st.sampled_from((None, None, date(2025, 3, 31))))
            for place, share in enumerate(shares):
                rows.append(
                    Stakeholder(
                        FactId(f"{subject}-{right.value}-{place}"),
                        draw(st.sampled_from(PEOPLE)),
                        subject,
                        right,
                        Standing.CONTROLS if said == "alone" else Standing.SHARES,
                        RECORDED,
                        None if said == "alone" else share,
                        period=Period(None, until),
                        source="Split sheet",
                        disputed=said == "disputed",
                    )
                )
    return tuple(rows)


@st.composite
def letters(draw: st.DrawFn) -> tuple[Direction, ...]:
    return tuple(
        Direction(
            FactId(f"letter-{place}"),
            draw(st.sampled_from(PEOPLE)),
            draw(st.sampled_from((*PEOPLE, PartyId("producer")))),
            draw(st.integers(1, WHOLE_BP)),
            RECORDED,
            draw(st.sampled_from(("", ISSUER, "  fieldnote   RECORDS ", "Somebody else"))),
            draw(st.sampled_from((None, RECORDING))),
            draw(st.sampled_from((None, *RIGHTS))),
            Period(draw(st.sampled_from((None, date(2025, 4, 1))))),
        )
        for place in range(draw(st.integers(0, 4)))
    )


@st.composite
def pay_terms(draw: st.DrawFn) -> tuple[PayTerms, ...]:
    rows: list[PayTerms] = []
    for payee in (None, *PEOPLE):
        if draw(st.booleans()):
            rates = [PayRate(draw(parts_of_one()))]
            if draw(st.booleans()):
                rates.append(PayRate(draw(parts_of_one()), right=Right.MASTER))
            parts: tuple[RightPart, ...] = ()
            if payee is None and draw(st.booleans()):
                master = draw(parts_of_one())
                parts = (RightPart(Right.MASTER, master), RightPart(Right.COMPOSITION, 1 - master))
            rows.append(PayTerms(FactId(f"terms-{payee}"), ISSUER, payee, RECORDED, tuple(rates), parts))
    return tuple(rows)


@st.composite
def makings(draw: st.DrawFn) -> Making:
    total = draw(st.integers(1, 10**9))
    return Making(
        draw(amounts()),
        Decimal(draw(st.integers(0, total))),
        Decimal(total),
        draw(parts_of_one()),
        draw(st.sampled_from((WHOLE_BP, WHOLE_BP, 4_000))),
        draw(st.integers(2, 12)),
    )


@st.composite
def lines_above(draw: st.DrawFn, number: int) -> Line:
    making = draw(st.none() | makings())
    amount = making.amount() if making is not None else draw(amounts())
    if making is not None and draw(st.integers(0, 9)) == 0:
        amount += 1  # the issuer's own arithmetic is wrong
    return Line(
        GROSS,
        number,
        draw(st.sampled_from((LineKind.POOL_SUBSCRIPTION, LineKind.USAGE_GENERATION, LineKind.OTHER))),
        amount,
        "EUR",
        draw(st.sampled_from(MONTHS)),
        draw(st.sampled_from((None, WorkId("nobody-knows"), *WORKS, *WORKS))),
        draw(st.sampled_from((None, ProgrammeId("programme")))),
        draw(st.sampled_from((None, Use.TRAIN_GENERATIVE, Use.GEN_COVER))),
        territory=draw(st.sampled_from(("", "SE"))),
        making=making,
        right=draw(st.sampled_from((None, None, *RIGHTS))),
    )


@st.composite
def worlds(draw: st.DrawFn) -> World:
    holders = draw(splits())
    by_subject: dict[str, tuple[Stakeholder, ...]] = {}
    for row in holders:
        by_subject[row.subject] = (*by_subject.get(row.subject, ()), row)
    facts = Facts(
        ISSUER,
        draw(st.sampled_from((StatementLevel.POOL, StatementLevel.LICENSOR_GROSS))),
        WORKS,
        by_subject,
        draw(letters()),
        draw(pay_terms()),
        payees=draw(st.sampled_from((None, None, frozenset(PEOPLE[:2])))),
    )
    count = draw(st.integers(1, 4))
    return World(facts, tuple(draw(lines_above(number)) for number in range(1, count + 1)))
