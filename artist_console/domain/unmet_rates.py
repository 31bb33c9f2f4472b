"""Lines that pay by a lower rate than is agreed: by the terms of payment noted here, or a programme's own.

What stands between an operator and a payee may keep a part by an agreement of its own. So the rates in a
programme's terms are compared only with what the operator itself pays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, localcontext

from .finding_records import NOON, Records
from .ids import ArtistId, ProgrammeId, StatementId, WorkId
from .money import money_in_words
from .parties import WHOLE_BP
from .pay_terms import PayTerms, rate_for, terms_on
from .phrases import Sentence, period_in_words, say
from .programmes import Rate
from .share_checks import in_percent
from .statements import PRECISION, Line, Statement, exact_sum, is_earned
from .unmet import ReconcileKind, Unmet

FEW_LINES = 5
# "per generation", "per output": one of what a line counts. Units in other words are not compared.
_PER_COUNT = re.compile(r"per (?:generation|output|use|stream|play|unit)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RatedLine:
    """A line that tells its rate, or counts, with the statement that it is of."""

    statement: Statement
    line: Line


@dataclass(frozen=True, slots=True)
class _Below:
    """One line that is below what is agreed; rates as parts of 1, or as amounts for one of what it counts."""

    line: Line
    agreed: Decimal
    found: Decimal
    expected: Decimal  # amount
    is_part: bool
    by: Sentence  # what says so


def tells_a_rate(line: Line) -> bool:
    """Whether a line can be compared at all."""
    return is_earned(line.kind) and (line.making is not None or bool(line.quantity))


def below_agreement(
    records: Records, rated: Iterable[RatedLine], agreed: Sequence[PayTerms]
) -> Iterator[Unmet]:
    """Per statement, work and programme: what was paid by a lower rate than is agreed, and the agreed one."""
    groups: defaultdict[tuple[str, ...], list[_Below]] = defaultdict(list)
    statements: dict[StatementId, Statement] = {}
    for each in rated:
        if each.statement.payee not in records.artists or not tells_a_rate(each.line):
            continue
        found = _of_pay_terms(each, agreed) or _of_programme(each, records)
        if found is not None:
            line, statements[each.statement.id] = each.line, each.statement
            key = (each.statement.id, line.work or "", line.programme or "", line.currency)
            groups[*key, str(found.agreed), str(found.found)].append(found)
    for group, held in sorted(groups.items()):
        yield _row(statements[StatementId(group[0])], group, held, records)


def _of_pay_terms(each: RatedLine, agreed: Sequence[PayTerms]) -> _Below | None:
    """By the rate that the issuer has with everybody, or with the payee."""
    line, making = each.line, each.line.making
    if making is None or making.total_weight == 0 or line.steps:
        return None
    issuer, month = each.statement.issuer, line.month
    common = terms_on(agreed, issuer, None, month)
    own = terms_on(agreed, issuer, each.statement.payee, month)
    for terms, is_own in ((common, False), (own, True)):
        rate = rate_for(terms, line.programme, line.use, line.right)
        if terms is None or rate is None:
            continue
        # The part of the payee stands in the share; where none is told, the rate is all that there is.
        of_share = is_own and making.share_bp != WHOLE_BP
        if is_own and not of_share and common is not None:
            continue
        found = Decimal(making.share_bp) / WHOLE_BP if of_share else making.rate
        if found >= rate:
            continue
        if of_share:
            share = rate * WHOLE_BP
            if share != int(share):
                continue
            expected = replace(making, share_bp=int(share)).amount()
        else:
            expected = replace(making, rate=rate).amount()
        by = (
            say("Agreed by: {source}.", source=terms.source) if terms.source else say("Agreed as noted here.")
        )
        return _Below(line, rate, found, expected, True, by)
    return None


def _of_programme(each: RatedLine, records: Records) -> _Below | None:
    """By what the terms in force offer for one of what is counted, where the operator itself pays."""
    line = each.line
    if line.programme is None or line.use is None or line.making is not None or not line.quantity:
        return None
    programme = records.facts.programmes.get(line.programme)
    if programme is None or not _is_called(each.statement.issuer, programme.operator, records):
        return None
    terms = records.facts.terms_at(line.programme, datetime.combine(line.month, NOON))
    offered = next((rate for rate in (terms.rates if terms is not None else ()) if _fits(rate, line)), None)
    if terms is None or offered is None or line.amount < 0:
        return None
    with localcontext() as context:
        context.prec = PRECISION
        expected = offered.amount * line.quantity
        found = line.amount / line.quantity
    if line.amount >= expected:
        return None
    by = say(
        "By the programme's terms, version {number}: {unit}.", number=str(terms.number), unit=offered.unit
    )
    return _Below(line, offered.amount, round(found, 12), expected, False, by)


def _fits(rate: Rate, line: Line) -> bool:
    return (
        rate.use is line.use
        and rate.currency == line.currency
        and _PER_COUNT.fullmatch(rate.unit.strip()) is not None
    )


def _is_called(issuer: str, operator: str, records: Records) -> bool:
    party = next((each for id, each in records.facts.parties.items() if id == operator), None)
    names = (party.name, *party.aliases) if party is not None else ()
    return " ".join(issuer.casefold().split()) in {" ".join(name.casefold().split()) for name in names}


def _row(statement: Statement, group: tuple[str, ...], held: Sequence[_Below], records: Records) -> Unmet:
    first, currency = held[0], held[0].line.currency
    amount = exact_sum(each.line.amount for each in held)
    expected = exact_sum(each.expected for each in held)
    if first.is_part:
        rates = (f"{in_percent(first.found * 100)} %", f"{in_percent(first.agreed * 100)} %")
    else:
        rates = (money_in_words(first.found, currency), money_in_words(first.agreed, currency))
    missing = money_in_words(exact_sum((expected, amount.copy_negate())), currency)
    period = period_in_words(statement.period_from, statement.period_until)
    work = WorkId(group[1]) if group[1] else None
    known = records.facts.works.get(work) if work is not None else None
    words = (
        say(
            "Paid at {found}; {agreed} is agreed. By that it would be {money} more.",
            found=rates[0],
            agreed=rates[1],
            money=missing,
        ),
        first.by,
        say("The agreement may have changed since, or say more than is noted here."),
    )
    asked = say(
        "The statement for {period} pays “{work}” at {found}. As the artist understands the agreement, the"
        " rate is {agreed}; by that it would be {money} more. By which rate is it paid, and why?",
        period=period,
        work=known.title if known is not None else first.line.title or first.line.words,
        found=rates[0],
        agreed=rates[1],
        money=missing,
    )
    return Unmet(
        key="/".join((ReconcileKind.RATE_BELOW_AGREEMENT.value, *group)),
        kind=ReconcileKind.RATE_BELOW_AGREEMENT,
        artist=ArtistId(statement.payee),
        work=work,
        programme=ProgrammeId(group[2]) if group[2] else None,
        since=min(each.line.month for each in held),
        until=max(each.line.month for each in held),
        words=words,
        asked=asked,
        statement=statement.id,
        issuer=statement.issuer,
        currency=currency,
        amount=amount,
        expected=expected,
        lines=tuple(each.line.number for each in held[:FEW_LINES]),
    )
