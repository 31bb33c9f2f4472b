"""`pay-terms`, `direction` and `statement allocate`: how money is paid on, and the paying on itself."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from artist_console.cli import lookups
from artist_console.cli.output import Answer, Plain
from artist_console.cli.tables import Column, pairs, plain, table
from artist_console.commands import directions, earnings, pay_terms
from artist_console.commands.console import Console
from artist_console.commands.directions import DirectionRow, DirectionWish
from artist_console.commands.pay_terms import PayTermsRow, PayTermsWish
from artist_console.domain.ids import FactId, MandateId, PartyId
from artist_console.domain.money import read_amount
from artist_console.domain.pay_terms import PayRate, RightPart
from artist_console.domain.periods import Period
from artist_console.domain.problems import InputProblem
from artist_console.domain.uses import Right, Use

_WHOLE_BP = 10_000
EVERYBODY = "everybody"


class NotAPart(InputProblem):
    title_template = "“{text}” is no part of a whole"
    advice_template = "Write it from 0 to 1, such as 0.5, or per cent, such as 50%"


class NothingSaid(InputProblem):
    title_template = "Nothing was said to change about these terms"
    advice_template = "Give what is new, such as --rate or --tax"


def run_list(console: Console, given: argparse.Namespace) -> Answer:
    found = pay_terms.list_pay_terms(console, lookups.artist(console, given.artist))
    facts: Plain = {"pay_terms": [_terms_facts(row) for row in found]}
    if not found:
        return Answer("No pay terms are kept here.", facts)
    columns = (
        Column("Issuer", shrinks=True),
        Column("Payee", shrinks=True),
        Column("Rates", shrinks=True, wraps=True),
        Column("Taken", shrinks=True, wraps=True),
        Column("Days", shrinks=True, least=10),
        Column("Id"),
    )
    rows = [
        (
            row.terms.issuer,
            row.payee_name or EVERYBODY,
            ", ".join([*map(_rate_words, row.terms.rates), *map(_part_words, row.terms.right_parts)]),
            ", ".join(words for _, words in _taken(row)),
            days_words(row.terms.period),
            row.terms.id[-8:],
        )
        for row in found
    ]
    return Answer(table(columns, rows), facts)


def run_add(console: Console, given: argparse.Namespace) -> Answer:
    wished = _wish(console, given, PayTermsWish(given.issuer))
    return _terms_answer(pay_terms.set_pay_terms(console, wished).value)


def run_change(console: Console, given: argparse.Namespace) -> Answer:
    row = _terms(console, given.terms)
    before = pay_terms.as_wish(row)
    wished = _wish(console, given, before)
    if wished == before:
        raise NothingSaid
    return _terms_answer(pay_terms.set_pay_terms(console, wished).value)


def run_remove(console: Console, given: argparse.Namespace) -> Answer:
    row = _terms(console, given.terms)
    pay_terms.remove_pay_terms(console, row.terms.id)
    text = "The terms are forgotten. What was allocated by them stays until it is allocated again."
    return Answer(text, {"removed": row.terms.id})


def run_directions(console: Console, given: argparse.Namespace) -> Answer:
    found = directions.list_directions(console, lookups.artist(console, given.artist))
    facts: Plain = {"directions": [_direction_facts(row) for row in found]}
    if not found:
        return Answer("No letter of direction is kept here.", facts)
    columns = (
        Column("By", shrinks=True),
        Column("To", shrinks=True),
        Column("Share", right=True),
        Column("For", shrinks=True, wraps=True),
        Column("Days", shrinks=True, least=10),
        Column("Id"),
    )
    rows = [
        (
            row.directed_by_name,
            row.payee_name,
            _percent(Decimal(row.direction.share_bp) / _WHOLE_BP),
            _about(row),
            days_words(row.direction.period),
            row.direction.id[-8:],
        )
        for row in found
    ]
    return Answer(table(columns, rows), facts)


def run_add_direction(console: Console, given: argparse.Namespace) -> Answer:
    by, name = party_named(console, given.by)
    if by is None:
        raise InputProblem(
            "“{name}” is not known here", "Name whoever directs as works or artists name them", name=name
        )
    to, to_name = party_named(console, given.to)
    share = part_of(given.share) * _WHOLE_BP
    if share != int(share):
        raise InputProblem(
            "“{text}” is finer than a basis point", "Write it with two decimals per cent", text=given.share
        )
    wished = DirectionWish(
        by,
        int(share),
        to,
        to_name if to is None else "",
        payer=given.payer or "",
        work=lookups.work(console, given.work).work if given.work else None,
        right=Right(given.right) if given.right else None,
        since=given.since,
        until=given.until,
        source=given.source or "",
    )
    row = directions.set_direction(console, wished).value
    text = (
        f"{plain(row.directed_by_name)} has {_percent(share / _WHOLE_BP)} of their share paid to"
        f" {plain(row.payee_name)}. It counts for what is allocated from now on."
    )
    return Answer(text, _direction_facts(row))


def run_remove_direction(console: Console, given: argparse.Namespace) -> Answer:
    ids = [row.direction.id for row in directions.list_directions(console)]
    id = lookups.ending_in(ids, given.direction, "letter", "letters", "direction list")
    directions.remove_direction(console, id)
    text = "The letter is forgotten. What was allocated by it stays until it is allocated again."
    return Answer(text, {"removed": id})


_DONE = (
    ("statements_added", "statements were written"),
    ("lines_allocated", "lines were divided among payees"),
    ("lines_reversed", "lines were taken back, as they no longer hold"),
    ("lines_unattributed", "lines, or parts of them, are nobody's that is known"),
    ("lines_held", "lines, or parts of them, are held until the splits agree"),
    ("lines_of_others", "lines, or parts of them, are for others, whom this statement does not pay"),
)


def run_allocate(console: Console, given: argparse.Namespace) -> Answer:
    ids = [row.statement.id for row in earnings.statements(console)]
    id = lookups.ending_in(ids, given.statement, "statement", "statements", "statement list")
    done = pay_terms.allocate_statement(console, id).value
    facts: Plain = {"statement": done.statement, "counts": done.counts, "written": list(done.written)}
    if not done.written:
        return Answer("Nothing is new: what stands already is what follows from the facts.", facts)
    told = [(f"{done.counts[name]:,}", words) for name, words in _DONE if done.counts.get(name)]
    text = pairs(told)
    here = {row.statement.id for row in earnings.statements(console)}
    unseen = sum(each not in here for each in done.written)
    if unseen:
        text += f"\n{unseen} of the statements are of payees whose money is not shown here."
    return Answer(text, facts)


# -- from what is typed


def _wish(console: Console, given: argparse.Namespace, before: PayTermsWish) -> PayTermsWish:
    said: dict[str, Any] = {
        "issuer": given.issuer,
        "rates": tuple(_rate(console, text) for text in given.rates) if given.rates else None,
        "right_parts": tuple(map(_right_part, given.right_parts)) if given.right_parts else None,
        "recoupable": _said(given.recoupable, _amount),
        "currency": given.currency,
        "recouped_share": _said(given.recouped_share, part_of),
        "reserve_rate": _said(given.reserve, part_of),
        "reserve_periods": given.reserve_periods,
        "commission_rate": _said(given.commission, part_of),
        "commission_mandate": _said(given.mandate, MandateId),
        "tax_rate": _said(given.tax, part_of),
        "since": given.since,
        "until": given.until,
        "source": given.source,
    }
    wished = replace(before, **{name: value for name, value in said.items() if value is not None})
    if given.payee is not None:
        id, name = party_named(console, given.payee)
        wished = replace(wished, payee=id, payee_name=name if id is None else "")
    if given.commission_to is not None:
        id, name = party_named(console, given.commission_to)
        wished = replace(wished, commission_to=id, commission_to_name=name if id is None else "")
    return wished


def _said(text: str | None, read: Callable[[str], Any]) -> Any:
    return read(text) if text is not None else None


def part_of(text: str) -> Decimal:
    """A part of 1, or per cent, exactly."""
    bare = text.strip()
    percent = bare.endswith("%")
    read = read_amount(bare.removesuffix("%").strip())
    if read.value is None:
        raise NotAPart(text=text)
    value = read.value.scaleb(-2) if percent else read.value
    if not 0 <= value <= 1:
        raise NotAPart(text=text)
    return value


def _amount(text: str) -> Decimal:
    read = read_amount(text)
    if read.value is None:
        raise InputProblem("“{text}” is no amount", "Write it as 1200.00", text=text)
    return read.value


def _rate(console: Console, text: str) -> PayRate:
    value, _, about = text.partition(":")
    rate, about = PayRate(part_of(value)), about.strip()
    if not about:
        return rate
    if about in {right.value for right in Right}:
        return replace(rate, right=Right(about))
    if about in {use.value for use in Use}:
        return replace(rate, use=Use(about))
    return replace(rate, programme=lookups.programme(console, about).programme.id)


def _right_part(text: str) -> RightPart:
    name, _, value = text.partition("=")
    rights = {right.value: right for right in Right}
    if name.strip() not in rights:
        raise InputProblem(
            "“{name}” is no right", "Name one of: {rights}", name=name.strip(), rights=", ".join(rights)
        )
    return RightPart(rights[name.strip()], part_of(value))


def party_named(console: Console, text: str) -> tuple[PartyId | None, str]:
    """A party that is known here, by id or by a name that no other has; else the name alone."""
    parties = pay_terms.parties(console)
    wanted = " ".join(text.casefold().split())
    if text in parties:
        return PartyId(text), text
    found = [id for id, name in parties.items() if " ".join(name.casefold().split()) == wanted]
    if len(found) > 1:
        raise InputProblem("{count} are called “{name}”", "Name one by id", count=len(found), name=text)
    return (found[0] if found else None), text.strip()


def _terms(console: Console, text: str) -> PayTermsRow:
    ids: list[FactId] = [row.terms.id for row in pay_terms.list_pay_terms(console)]
    id = lookups.ending_in(ids, text, "terms", "terms", "pay-terms list")
    return pay_terms.show_pay_terms(console, id)


# -- to what is shown


def _terms_answer(row: PayTermsRow) -> Answer:
    rows = [
        ("Issuer", row.terms.issuer),
        ("Payee", row.payee_name or EVERYBODY),
        *[("Rate", _rate_words(rate)) for rate in row.terms.rates],
        *[("Right", _part_words(part)) for part in row.terms.right_parts],
        *_taken(row),
        ("Days", days_words(row.terms.period)),
    ]
    text = f"{pairs(rows)}\nIt counts for what is allocated from now on."
    return Answer(text, _terms_facts(row))


def _taken(row: PayTermsRow) -> list[tuple[str, str]]:
    """What is taken, in the order in which it is."""
    terms = row.terms
    found: list[tuple[str, str]] = []
    if terms.recoupable:
        found.append(("Recouped", f"{terms.recoupable:f} {terms.currency} to recoup"))
    if terms.reserve_rate:
        found.append(("Reserve", f"{_percent(terms.reserve_rate)} held for {terms.reserve_periods} periods"))
    if terms.commission_rate:
        whose = f" for {row.commission_to_name}" if row.commission_to_name else ""
        found.append(("Commission", f"{_percent(terms.commission_rate)} commission{whose}"))
    if terms.tax_rate:
        found.append(("Tax", f"{_percent(terms.tax_rate)} tax"))
    return found


def _rate_words(rate: PayRate) -> str:
    about = [
        each
        for each in (rate.programme, rate.use and rate.use.value, rate.right and rate.right.value)
        if each
    ]
    return _percent(rate.rate) + (f" ({' '.join(about)})" if about else "")


def _part_words(part: RightPart) -> str:
    return f"{part.right.value} {_percent(part.part)}"


def _percent(part: Decimal) -> str:
    return f"{(part * 100).normalize():f} %"


def days_words(period: Period) -> str:
    if period.since is None and period.until is None:
        return "always"
    since = f"from {period.since.isoformat()}" if period.since is not None else ""
    until = f"until {period.until.isoformat()}" if period.until is not None else ""
    return " ".join(part for part in (since, until) if part)


def _about(row: DirectionRow) -> str:
    letter = row.direction
    parts = [row.work_title or "all works", letter.right.value if letter.right is not None else ""]
    return " · ".join(part for part in (*parts, letter.payer) if part)


def _terms_facts(row: PayTermsRow) -> dict[str, Plain]:
    terms = row.terms
    return {
        "id": terms.id,
        "issuer": terms.issuer,
        "payee": terms.payee,
        "payee_name": row.payee_name,
        "rates": [
            {"rate": each.rate, "programme": each.programme, "use": each.use, "right": each.right}
            for each in terms.rates
        ],
        "right_parts": [
            {"right": each.right, "part": each.part, "programme": each.programme, "use": each.use}
            for each in terms.right_parts
        ],
        "recoupable": terms.recoupable,
        "currency": terms.currency,
        "recouped_share": terms.recouped_share,
        "reserve_rate": terms.reserve_rate,
        "reserve_periods": terms.reserve_periods,
        "commission_rate": terms.commission_rate,
        "commission_to": terms.commission_to,
        "commission_to_name": row.commission_to_name,
        "commission_mandate": terms.commission_mandate,
        "tax_rate": terms.tax_rate,
        "since": terms.period.since,
        "until": terms.period.until,
        "source": terms.source,
    }


def _direction_facts(row: DirectionRow) -> dict[str, Plain]:
    letter = row.direction
    return {
        "id": letter.id,
        "directed_by": letter.directed_by,
        "directed_by_name": row.directed_by_name,
        "payee": letter.payee,
        "payee_name": row.payee_name,
        "share_bp": letter.share_bp,
        "payer": letter.payer,
        "work": letter.work,
        "work_title": row.work_title,
        "right": letter.right,
        "since": letter.period.since,
        "until": letter.period.until,
        "source": letter.source,
    }
