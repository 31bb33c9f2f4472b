"""Counts of every part, told as one table when pytest ends; also where they were counted by workers."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from .counts import Counts
from .table import table

_PROPERTY = "counts of faults"


class _Written(msgspec.Struct):
    """What a report carries from a worker to the process that tells the end."""

    name: str
    figures: dict[str, int]
    seeds: list[int]
    met: dict[str, int]


@pytest.fixture
def counted(request: pytest.FixtureRequest) -> Callable[[Counts], Counts]:
    """Has the counts of a test told at the end, and gives them back."""

    def count(counts: Counts) -> Counts:
        figures = {"runs": counts.runs, **counts.wrong}
        written = _Written(counts.name, figures, list(counts.seeds), dict(counts.met))
        request.node.user_properties.append((_PROPERTY, msgspec.json.encode(written).decode()))
        return counts

    return count


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    found = [
        _read(value)
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, value in report.user_properties
        if name == _PROPERTY
    ]
    if found:
        terminalreporter.section("faults and what came of them")
        for line in table(sorted(found, key=lambda counts: counts.name)):
            terminalreporter.write_line(line)


def _read(text: str) -> Counts:
    written = msgspec.json.decode(text, type=_Written)
    return Counts(written.name, **written.figures, seeds=tuple(written.seeds), met=written.met)
