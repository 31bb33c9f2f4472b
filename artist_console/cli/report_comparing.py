"""`report compare`: what a later report says that an earlier one does not."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from artist_console.cli.decided import spare
from artist_console.cli.output import Answer, Plain
from artist_console.cli.report_files import Told, files_of, gone_through, worst
from artist_console.cli.reporting import code_of
from artist_console.cli.tables import bullets, pairs, plain
from artist_console.commands.report_compare import (
    ComparedSide,
    LinesDifference,
    ReportComparison,
    ReportDifference,
    TopicComparison,
    compare,
    each_difference,
)
from artist_console.commands.report_difference_export import export_difference
from artist_console.commands.report_export import Draw, NoSuchFormat, format_of
from artist_console.commands.reports import OpenedReport, open_report
from artist_console.domain.problems import InputProblem, Problem

_SHOWN = 100  # differences of each topic on a terminal


class NotTwo(InputProblem):
    title_template = "Two reports are compared, and these are {count}"
    advice_template = "Name the earlier report, then the later one"


def run_compare(given: argparse.Namespace, signers: Path | None, draw: Draw) -> Answer:
    files = (*files_of([given.before]), *files_of([given.after]))
    if len(files) != 2:
        raise NotTwo(count=len(files))
    if given.out is not None:
        if format_of(given.out.name) is None:
            raise NoSuchFormat(name=given.out.name)
        spare(given.out, replace=given.replace)
    opened = []
    for _, found in gone_through(files, lambda path, told: open_report(path, signers, told), json=given.json):
        if isinstance(found, Problem):
            raise found
        opened.append(found)
    first, second = opened
    if not (first.verified and second.verified):
        return _not_compared(first, second)

    def look(_path: Path, told: Told) -> ReportComparison:
        compared = compare(first, second, lambda done, total, _: told(done, total))
        if given.out is not None:
            export_difference(first, second, compared, given.out, draw, told=told)
        return compared

    ((_, compared),) = gone_through(files[1:], look, json=given.json)
    assert isinstance(compared, ReportComparison), "a problem with one file alone is raised"
    code = worst([code_of(first), code_of(second)])
    facts = _facts(first, second, compared, given.out)
    if given.json:
        # Told in full: a program is not served by the first hundred.
        facts["differences"] = [_difference(each) for each in each_difference(first, second)]
    return Answer("\n".join(_lines(first, second, compared, given.out)), facts, code)


def _not_compared(first: OpenedReport, second: OpenedReport) -> Answer:
    """A report that anybody may have changed is held against nothing."""
    lines = [plain(f"{each.path.name}: {each.headline}") for each in (first, second)]
    facts: Plain = {
        "before": _opened(first),
        "after": _opened(second),
        "compared": False,
        "same_series": None,
        "topics": [],
        "money": [],
        "others": [],
        "differences": [],
        "path": None,
    }
    text = "\n".join([*lines, "", "Nothing was compared: both have to be unchanged."])
    return Answer(text, facts, worst([code_of(first), code_of(second)]))


def _opened(found: OpenedReport) -> dict[str, Plain]:
    return {
        "file": str(found.path),
        "title": found.title,
        "made_at": found.made_at,
        "signer": found.signer,
        "verdict": found.verdict,
        "headline": found.headline,
        "sha256": found.sha256,
    }


def _lines(
    first: OpenedReport, second: OpenedReport, found: ReportComparison, out: Path | None
) -> Iterator[str]:
    yield pairs([("Before", _side(found.first, first)), ("After", _side(found.second, second))])
    if first.made_at is not None and second.made_at is not None and second.made_at < first.made_at:
        yield "The report named first was made later than the other one."
    if not found.same_series:
        yield "They are not of one series: another maker, or other artists."
    if found.is_empty:
        yield from ("", "Nothing differs of what could be compared.")
    for topic in found.topics:
        yield from _topic(topic)
    if found.money:
        yield from ("", "Lines of statements", bullets(map(_money, found.money)))
    if found.others:
        others = (f"{each.title}: {_counts(each.added, each.gone, each.changed)}" for each in found.others)
        yield from ("", "Other tables", bullets(map(plain, others)))
    if out is not None:
        yield from ("", plain(f"All differences are in {out}."))


def _side(side: ComparedSide, opened: OpenedReport) -> str:
    made = f", {side.made_at.date().isoformat()}" if side.made_at is not None else ""
    return f"{side.path.name}{made}: {opened.headline}"


def _topic(topic: TopicComparison) -> Iterator[str]:
    if topic.is_empty and not topic.notes:
        return
    counts = _counts(topic.added, topic.gone, topic.changed)
    yield ""
    yield plain(f"{topic.title}: {counts}" if topic.compared else topic.title)
    shown = topic.rows[:_SHOWN]
    if shown:
        yield bullets(plain(_in_words(each)) for each in shown)
    more = topic.more + len(topic.rows) - len(shown)
    if more:
        yield f"… and {more:,} more; --out or --json has them all."
    for note in topic.notes:
        yield plain(note.text)


def _in_words(each: ReportDifference) -> str:
    return f"{each.what}: {each.title}" + (f": {each.words}" if each.words else "")


def _counts(added: int, gone: int, changed: int) -> str:
    told = [f"{n:,} {word}" for n, word in ((added, "added"), (gone, "gone"), (changed, "changed")) if n]
    return ", ".join(told) or "nothing differs"


def _money(each: LinesDifference) -> str:
    return plain(
        f"{each.currency}: {each.added:,} added ({each.added_amount:f}), {each.gone:,} gone"
        f" ({each.gone_amount:f}), {each.changed:,} changed ({each.changed_from:f} to {each.changed_to:f})"
    )


def _facts(
    first: OpenedReport, second: OpenedReport, found: ReportComparison, out: Path | None
) -> dict[str, Plain]:
    return {
        "before": _opened(first),
        "after": _opened(second),
        "compared": True,
        "same_series": found.same_series,
        "topics": [
            {
                "topic": each.topic,
                "compared": each.compared,
                "added": each.added,
                "gone": each.gone,
                "changed": each.changed,
                "notes": [note.text for note in each.notes],
            }
            for each in found.topics
        ],
        "money": [
            {
                "currency": each.currency,
                "added": each.added,
                "added_amount": each.added_amount,
                "gone": each.gone,
                "gone_amount": each.gone_amount,
                "changed": each.changed,
                "changed_from": each.changed_from,
                "changed_to": each.changed_to,
            }
            for each in found.money
        ],
        "others": [
            {"table": each.kind, "added": each.added, "gone": each.gone, "changed": each.changed}
            for each in found.others
        ],
        "path": str(out) if out is not None else None,
    }


def _difference(each: ReportDifference) -> dict[str, Plain]:
    return {
        "topic": each.topic,
        "change": each.change,
        "title": each.title,
        "words": each.words,
        "work": each.work,
        "statement": each.statement,
    }
