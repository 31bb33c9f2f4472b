"""`rates`: tables to convert by; and what totals come to in another currency, about."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from decimal import Decimal

from artist_console.cli.output import Answer, Plain
from artist_console.cli.tables import Column, bullets, pairs, plain, table
from artist_console.commands import conversion
from artist_console.commands.console import Console
from artist_console.commands.conversion import KeptRates
from artist_console.domain.conversion import APPROXIMATELY, ApproximateTotal
from artist_console.domain.money import money_in_words


def run_list(console: Console, given: argparse.Namespace) -> Answer:
    found = conversion.tables(console)
    facts: Plain = {"rates": [_facts(kept) for kept in found]}
    if not found:
        words = "No rate table is here. Add one: artist-console rates add eurofxref-hist.zip"
        return Answer(words, facts)
    rows = [
        (kept.name, f"1 {kept.base}", str(len(kept.currencies)), _span(kept), kept.source, kept.id[:8])
        for kept in found
    ]
    columns = (
        Column("Table", shrinks=True),
        Column("For"),
        Column("Currencies", right=True),
        Column("Days"),
        Column("Source", shrinks=True),
        Column("Id"),
    )
    return Answer(table(columns, rows), facts)


def run_add(console: Console, given: argparse.Namespace) -> Answer:
    kept = conversion.add_table(console, given.file, given.name, given.source, given.base).value
    text = "Kept on this computer; nothing was converted.\n\n" + pairs(
        (
            ("Table", kept.name),
            ("Source", kept.source),
            ("For", f"1 {kept.base}"),
            ("Days", _span(kept)),
            ("Currencies", ", ".join(kept.currencies)),
        )
    )
    return Answer(text, {"rates": [_facts(kept)]})


def run_remove(console: Console, given: argparse.Namespace) -> Answer:
    kept = conversion.remove_table(console, given.table).value
    return Answer(plain(f"{kept.name} is forgotten."), {"removed": kept.id})


def with_conversion(
    console: Console, answer: Answer, totals: Sequence[tuple[str, Decimal]], given: argparse.Namespace
) -> Answer:
    """The same answer, and below it what its totals come to in the currency that was asked for.

    Raises NoRates, CannotConvert, UnknownThing.
    """
    into = getattr(given, "into", None)
    if not into:
        return answer
    found = conversion.convert(console, totals, into.upper(), given.rates, given.rates_at)
    text = answer.text + "\n\n" + _text(found)
    assert isinstance(answer.facts, dict), "totals are told as an object"
    return Answer(text, {**answer.facts, "approximately": _total_facts(found)}, answer.code)


def _text(found: ApproximateTotal) -> str:
    if found.is_exact:
        return f"All of it is in {found.into}: nothing was converted."
    if found.about is None:
        lines = [f"None of it can be told in {found.into}."]
    else:
        part = ", for a part of it" if found.is_partial else ""
        lines = [f"{APPROXIMATELY} {money_in_words(found.about, found.into)}{part}"]
        lines += [f"By {plain(found.table)} ({plain(found.source)}):"]
        lines += [bullets(each.text for each in found.basis)]
    missing = [each.why_not.text for each in found.parts if each.why_not is not None]
    if missing:
        lines += ["Left out:", bullets(missing)]
    return "\n".join(lines)


def _total_facts(found: ApproximateTotal) -> Plain:
    return {
        "currency": found.into,
        "about": found.about,
        "exact": found.is_exact,
        "partial": found.is_partial,
        "table": found.table,
        "source": found.source,
        "day": found.day,
        "parts": [
            {
                "currency": part.currency,
                "amount": part.amount,
                "about": part.about,
                "rates": [
                    {"base": found.base, "currency": rate.currency, "rate": rate.value, "day": rate.day}
                    for rate in part.rates
                ],
                "why_not": part.why_not.text if part.why_not is not None else "",
            }
            for part in found.parts
        ],
    }


def _span(kept: KeptRates) -> str:
    if kept.first_day == kept.last_day:
        return kept.last_day.isoformat()
    return f"{kept.first_day.isoformat()} to {kept.last_day.isoformat()}"


def _facts(kept: KeptRates) -> Plain:
    return {
        "id": kept.id,
        "name": kept.name,
        "source": kept.source,
        "base": kept.base,
        "first_day": kept.first_day,
        "last_day": kept.last_day,
        "currencies": list(kept.currencies),
        "file": kept.file_name,
        "sha256": kept.sha256,
        "added_at": kept.added_at,
    }
