"""`earnings totals|lines|check|reconcile|waterfall|sources`: what was earned, checked and compared."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from artist_console.cli import lookups, rates
from artist_console.cli.earnings_facts import (
    check_facts,
    flow_facts,
    line_facts,
    reconcile_facts,
    source_facts,
    waterfall_facts,
)
from artist_console.cli.findings import FileIsThere
from artist_console.cli.output import Answer, Plain
from artist_console.cli.tables import Column, bullets, pairs, plain, table
from artist_console.commands import earnings, reconcile, sources, waterfall
from artist_console.commands.console import Console
from artist_console.commands.earnings import EarningsBy, EarningsQuery, EarningsView, LineView, StatementRow
from artist_console.commands.objections import objection
from artist_console.commands.reconcile import RECONCILE_WORDS, ReconcileKind, ReconcileRow
from artist_console.commands.sources import SourceCertainty
from artist_console.commands.waterfall import StepForm, Waterfall, WaterfallStep
from artist_console.domain.earnings import twelve_months_to
from artist_console.domain.ids import StatementId
from artist_console.domain.line_figures import LineFilter
from artist_console.domain.money import money_in_words
from artist_console.domain.phrases import period_in_words
from artist_console.domain.problems import InputProblem
from artist_console.domain.statements import CheckResult, LineKind, StatementCheck, exact_sum
from artist_console.domain.work_kinds import WorkKind

RESULTS = {
    CheckResult.ADDS_UP: "adds up",
    CheckResult.DOES_NOT_ADD_UP: "does not add up",
    CheckResult.PART_CANNOT_BE_CHECKED: "part cannot be checked",
    CheckResult.NOT_CHECKED: "not checked",
}
_CERTAINTY = {
    SourceCertainty.SAID: "said here",
    SourceCertainty.CERTAIN: "certain",
    SourceCertainty.LIKELY: "likely",
    SourceCertainty.UNKNOWN: "not known",
}
ARITHMETIC_ONLY = "“Adds up” is arithmetic only: it cannot show use that was not reported."


class NothingSaid(InputProblem):
    title_template = "What {name} is, is not said"
    advice_template = "Add --kind with a kind of income, --not-ai, or --forget"


class WhichName(InputProblem):
    title_template = "Which name is meant, is not said"
    advice_template = "Add --name with the name as statements write it"


# Totals


def run_totals(console: Console, given: argparse.Namespace) -> Answer:
    """Raises what the conversion and the look-ups raise."""
    query = _query(console, given)
    whole = given.since is None and given.until is None
    if whole:
        query = _within(query, console)
    view = earnings.earnings(console, query)
    totals = tuple((flow.currency, flow.earned) for flow in view.flow if _is_told(view, flow.currency))
    span = "the last twelve months" if whole else "the months asked for"
    facts: dict[str, Plain] = {
        "totals": [{"currency": currency, "amount": amount} for currency, amount in totals],
        "since": given.since,
        "until": given.until,
        "flow": [flow_facts(flow) for flow in view.flow],
        "by": given.by,
        "rows": _breakdown_facts(view, given.by),
        "lines_recognised": view.recognised,
        "lines_not_recognised": view.unrecognised,
    }
    answer = Answer(_totals_text(view, totals, span, given.by), facts)
    return rates.with_conversion(console, answer, totals, given)


def _is_told(view: EarningsView, currency: str) -> bool:
    """A currency in which nothing was recognised as AI income has no total: it is not zero."""
    return any(month.currency == currency for month in view.months)


def _totals_text(view: EarningsView, totals: Sequence[tuple[str, Decimal]], span: str, by: str) -> str:
    if not totals:
        text = f"No AI income is recorded for {span}. That does not show that nothing was earned."
        if view.unrecognised:
            text += f"\n{_unrecognised(view)}"
        return text
    text = f"Earned from AI programmes in {span}\n\n"
    text += table([Column("Currency"), Column("Amount", right=True)], [(c, f"{a:f}") for c, a in totals])
    rows = _breakdown(view, by)
    columns = [Column(by.capitalize(), shrinks=True), Column("Amount", right=True), Column("Cur.")]
    if rows:
        text += "\n\n" + table(columns, [(name, f"{amount:f}", code) for name, code, amount in rows])
    if view.unrecognised:
        text += f"\n\n{_unrecognised(view)}"
    return text


def _unrecognised(view: EarningsView) -> str:
    if not view.recognised:
        return (
            f"{earnings.NOTHING_RECOGNISED} All of it is other income. See: artist-console earnings sources"
        )
    told = "1 line was" if view.unrecognised == 1 else f"{view.unrecognised:,} lines were"
    return f"{told} not recognised as AI income. See: artist-console earnings sources"


def _breakdown(view: EarningsView, by: str) -> list[tuple[str, str, Decimal]]:
    """Name, currency and amount."""
    if by == "work":
        return [
            (
                f"{total.title} (song)" if total.kind is WorkKind.COMPOSITION else total.title,
                total.currency,
                total.amount,
            )
            for total in view.top_works
        ]
    if by == "artist":
        return [(total.name, total.currency, total.amount) for total in view.by_artist]
    sums: dict[tuple[str, str], list[Decimal]] = {}
    for month in view.months:
        name = f"{month.month:%Y-%m}" if by == "month" else month.label
        sums.setdefault((name, month.currency), []).append(month.amount)
    rows = [(name, code, exact_sum(amounts)) for (name, code), amounts in sums.items()]
    if by != "month":
        rows.sort(key=lambda row: (row[1], -row[2], row[0].casefold()))
    return rows


def _breakdown_facts(view: EarningsView, by: str) -> list[Plain]:
    return [
        {by: name, "currency": currency, "amount": amount} for name, currency, amount in _breakdown(view, by)
    ]


def _query(console: Console, given: argparse.Namespace) -> EarningsQuery:
    artist = lookups.artist(console, given.artist)
    return EarningsQuery(
        artist=artist,
        work=lookups.work(console, given.work, artist).work if given.work else None,
        programme=lookups.programme(console, given.programme).programme.id if given.programme else None,
        since=given.since,
        until=given.until,
        by=EarningsBy.KIND if given.by == "kind" else EarningsBy.PROGRAMME,
        kind=LineKind(given.kind) if given.kind else None,
        use=lookups.use(given.use) if given.use else None,
        territory=given.territory,
        source=given.source,
    )


def _within(query: EarningsQuery, console: Console) -> EarningsQuery:
    return replace(query, since=twelve_months_to(console.today), until=console.today)


# Lines


def run_lines(console: Console, given: argparse.Namespace) -> Answer:
    """Raises UnknownThing and what the look-ups raise."""
    row = earnings.statement(console, _statement(console, given.statement))
    id = row.statement.id
    if given.line is not None:
        view = earnings.line(console, id, given.line)
        return Answer(_line_text(view), {"statement": id, "lines": [line_facts(view)], "count": 1})
    where = LineFilter(
        work=lookups.work(console, given.work).work if given.work else None,
        programme=lookups.programme(console, given.programme).programme.id if given.programme else None,
        kind=LineKind(given.kind) if given.kind else None,
        use=lookups.use(given.use) if given.use else None,
        territory=given.territory,
        source=given.source,
        since=given.since.replace(day=1) if given.since else None,
        until=given.until.replace(day=1) if given.until else None,
    )
    count = earnings.line_count(console, id, where)
    lines = earnings.lines(console, id, given.offset, given.limit, where=where)
    facts: Plain = {"statement": id, "lines": [line_facts(view) for view in lines], "count": count}
    if not lines:
        return Answer("No line of it matches." if not count else "There are no more lines.", facts)
    columns = (
        Column("Line", right=True),
        Column("Work", shrinks=True),
        Column("Programme", shrinks=True),
        Column("Kind", shrinks=True),
        Column("Month"),
        Column("Amount", right=True),
        Column("Cur."),
    )
    rows = [
        (
            str(view.line.number),
            view.work_title,
            view.programme_name or view.line.source,
            view.kind_words,
            f"{view.line.month:%Y-%m}",
            f"{view.line.amount:f}",
            view.line.currency,
        )
        for view in lines
    ]
    text = table(columns, rows)
    left = count - given.offset - len(lines)
    if left > 0:
        text += f"\n\n{left:,} more: --offset {given.offset + len(lines)}"
    return Answer(text, facts)


def _line_text(view: LineView) -> str:
    line, meaning = view.line, view.meaning
    head = [
        ("Line", str(line.number)),
        ("What", view.kind_words),
        ("Work", view.work_title),
        ("Programme", view.programme_name),
        ("Source", line.source),
        ("Use", view.use_words),
        ("Month", f"{line.month:%B %Y}"),
        ("Territory", line.territory),
        ("Amount", money_in_words(line.amount, line.currency)),
        ("Corrects", view.corrects.removeprefix("Corrects ")),
    ]
    sentences = [meaning.kind, meaning.nature, meaning.method, meaning.confidence, meaning.precision]
    said = [each.text for each in (*sentences, meaning.converted) if each is not None]
    if view.wrong:
        said.append(view.wrong)
    parts = [pairs((name, value) for name, value in head if value), bullets(said)]
    made = [
        *view.making,
        *(
            (step.name, " · ".join(part for part in (step.factor, step.after, step.source) if part))
            for step in view.steps
        ),
    ]
    parts.append("How it was made\n" + pairs(made) if made else "The line does not say how it was made.")
    return "\n\n".join(parts)


# Checks


def run_check(console: Console, given: argparse.Namespace) -> Answer:
    """Raises what the look-ups raise."""
    if given.statement is not None:
        rows: Sequence[StatementRow] = (earnings.statement(console, _statement(console, given.statement)),)
    else:
        rows = earnings.statements(console, lookups.artist(console, given.artist))
    checked = [(row, earnings.check_statement(console, row.statement.id)) for row in rows]
    days = {row.statement.id: objection(console, row.statement.id) for row, _ in checked}
    facts: Plain = {"statements": [check_facts(row, found, days[row.statement.id]) for row, found in checked]}
    if not checked:
        return Answer("No statement is here yet. Most programmes report once a quarter.", facts)
    if len(checked) == 1 or given.statement is not None:
        row, found = checked[0]
        return Answer("\n\n".join([_check_text(row, found), plain(days[row.statement.id].words.text)]), facts)
    wrong = [(row, found) for row, found in checked if found.result is CheckResult.DOES_NOT_ADD_UP]
    part = [row for row, found in checked if found.result is CheckResult.PART_CANNOT_BE_CHECKED]
    lines = [
        f"{len(checked):,} statements: {len(checked) - len(wrong) - len(part):,} add up,"
        f" {len(wrong):,} do not, of {len(part):,} a part cannot be checked.",
        ARITHMETIC_ONLY,
        *(_check_text(row, found, only_wrong=True) for row, found in wrong),
    ]
    return Answer("\n\n".join(lines), facts)


def _check_text(row: StatementRow, found: StatementCheck, *, only_wrong: bool = False) -> str:
    statement = row.statement
    period = period_in_words(statement.period_from, statement.period_until)
    head = plain(
        f"{statement.issuer} to {row.payee_name}, {period}: {RESULTS[found.result]} ({statement.id[-8:]})"
    )
    told = [
        f"{RESULTS[check.result].capitalize()}: {check.words}"
        for check in found.checks
        if not only_wrong or check.result is CheckResult.DOES_NOT_ADD_UP
    ]
    tail = "" if only_wrong else f"\n{ARITHMETIC_ONLY}"
    return f"{head}\n{bullets(told)}{tail}"


# Reconcile


def run_reconcile(console: Console, given: argparse.Namespace) -> Answer:
    """Raises FileIsThere, NoSuchTable, FileProblem and what the look-ups raise."""
    artist = lookups.artist(console, given.artist)
    view = reconcile.reconcile(
        console,
        artist,
        lookups.work(console, given.work, artist).work if given.work else None,
        lookups.programme(console, given.programme).programme.id if given.programme else None,
        ReconcileKind(given.kind.replace("-", "_")) if given.kind else None,
        given.since,
        given.until,
    )
    facts: dict[str, Plain] = {
        "rows": [reconcile_facts(row) for row in view.rows],
        "amounts": [
            {"kind": kind, "currency": currency, "amount": amount} for kind, currency, amount in view.amounts
        ],
    }
    if given.out is not None:
        if given.out.exists() and not given.replace:
            raise FileIsThere(name=str(given.out))
        reconcile.save_reconcile(given.out, view.rows)
        facts["file"] = str(given.out)
        count = "1 row" if len(view.rows) == 1 else f"{len(view.rows):,} rows"
        return Answer(plain(f"{count} written to {given.out}"), facts)
    if not view.rows:
        return Answer("Nothing is found that does not meet. That does not show that all use was paid.", facts)
    parts = [
        "\n\n".join(
            [f"{RECONCILE_WORDS[kind][0]}. {RECONCILE_WORDS[kind][1]}", *map(_unmet_text, view.of(kind))]
        )
        for kind in ReconcileKind
        if view.of(kind)
    ]
    return Answer("\n\n".join(parts), facts)


def _unmet_text(row: ReconcileRow) -> str:
    each = row.unmet
    head = " · ".join(part for part in (row.work_title, row.programme_name, row.artist_name) if part)
    paid = money_in_words(each.amount, each.currency) if each.amount is not None else ""
    about = " · ".join(part for part in (row.statement_words, paid) if part)
    lines = [plain(head or each.issuer), *([plain(f"  {about}")] if about else [])]
    return "\n".join([*lines, bullets(sentence.text for sentence in each.words)])


# Waterfall


def run_waterfall(console: Console, given: argparse.Namespace) -> Answer:
    """Raises UnknownThing and what the look-ups raise."""
    if given.of_work is not None:
        artist = lookups.artist(console, given.artist)
        work = lookups.work(console, given.of_work, artist)
        programme = lookups.programme(console, given.programme).programme.id if given.programme else None
        query = EarningsQuery(artist=artist, programme=programme, since=given.since, until=given.until)
        found = waterfall.waterfall_of_work(console, work.work, query)
    else:
        id = _statement(console, given.statement)
        found = (
            waterfall.waterfall_of_statement(console, id)
            if given.line is None
            else waterfall.waterfall_of_line(console, id, given.line)
        )
    facts: Plain = {"waterfalls": [waterfall_facts(each) for each in found]}
    if not found:
        return Answer("No line is here that could be followed.", facts)
    return Answer("\n\n".join(_waterfall_text(each) for each in found), facts)


def _waterfall_text(found: Waterfall) -> str:
    columns = (
        Column("Step", shrinks=True, least=16, wraps=True),
        Column("Change", right=True),
        Column(f"Then, {found.currency}", right=True),
        Column("Says", shrinks=True),
    )
    rows = [
        (
            step.words.text,
            _change(step, found.currency),
            _bare(step.after, found.currency),
            step.source,
        )
        for step in found.steps
    ]
    words = [sentence.text for sentence in found.words]
    return "\n\n".join([table(columns, rows), *([bullets(words)] if words else [])])


def _change(step: WaterfallStep, currency: str) -> str:
    if step.kind not in (StepForm.UP, StepForm.DOWN):
        return ""
    sign = "" if step.amount < 0 else "+"
    return sign + _bare(step.amount, currency)


def _bare(amount: Decimal, currency: str) -> str:
    """Every digit that says something; the currency stands above."""
    return money_in_words(amount, currency).removesuffix(f" {currency}")


# Sources


def run_sources(console: Console, given: argparse.Namespace) -> Answer:
    """Raises WhichName, NothingSaid and what `sources` raises."""
    says = given.kind or given.not_ai or given.forget
    if given.name is None and (says or given.programme or given.note):
        raise WhichName()
    if given.name is not None:
        if not says:
            raise NothingSaid(name=given.name)
        if given.forget:
            sources.forget_source(console, given.name)
        else:
            kind = LineKind(given.kind) if given.kind else None
            programme = lookups.programme(console, given.programme).programme.id if given.programme else None
            sources.name_source(console, given.name, kind, programme, given.note)
    rows = sources.list_sources(console)
    facts: Plain = {"sources": [source_facts(row) for row in rows]}
    if not rows:
        return Answer("No statement here names a store or service.", facts)
    columns = (
        Column("Name", shrinks=True),
        Column("Known", shrinks=True),
        Column("What it is", shrinks=True),
        Column("Programme", shrinks=True),
        Column("Counts"),
        Column("Lines", right=True),
    )
    table_rows = [
        (
            row.source,
            _CERTAINTY[row.certainty],
            row.kind_words,
            row.programme_name,
            "yes" if row.counts else "no",
            f"{row.lines:,}",
        )
        for row in rows
    ]
    likely = [f"{row.source}: {row.why.text}" for row in rows if row.certainty is SourceCertainty.LIKELY]
    parts = [table(columns, table_rows), *([bullets(likely)] if likely else [])]
    return Answer("\n\n".join(parts), facts)


def _statement(console: Console, text: str) -> StatementId:
    known = sorted(row.statement.id for row in earnings.statements(console))
    return lookups.ending_in(known, text, "statement", "statements", "statement list")
