"""A report computed offline agrees with the window about recorded answers, and tells nothing private."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from artist_console.commands.consent import decide
from artist_console.commands.permissions import explain
from artist_console.commands.recorded_answers import GivenAnswer, record_answer
from artist_console.commands.report_inside import look_into
from artist_console.commands.report_making import ReportWish, choices, create_wished
from artist_console.commands.reports import OpenedReport, ReportVerdict, open_in
from artist_console.domain.ids import PartyId
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.parties import Standing
from artist_console.domain.registers import PartyStance, UseScope
from artist_console.domain.uses import Right, Use
from tests.backend.world import MARA, PROGRAMME
from tests.commands.agreeing import FIELDNOTE, PETRA, ROWS, SONG, TIDE, stake
from tests.commands.desks import Desk, a_desk, an_allow

USE = Use.TRAIN_GENERATIVE
SECRET = "canary of words"
SOURCE = "canary of source"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Mara allowed what is hers; the label has a say about the recording, Petra owns half of the song."""
    with a_desk(
        tmp_path / "mara", rows=[*ROWS, stake(FIELDNOTE, TIDE, Right.MASTER, Standing.APPROVES)]
    ) as made:
        decide(made.console, [an_allow(TIDE), an_allow(SONG)])
        made.sync()
        yield made


def record(desk: Desk, party: PartyId, stance: PartyStance, evidence: Path | None = None) -> None:
    record_answer(
        desk.console,
        MARA,
        GivenAnswer(
            party,
            stance,
            date(2025, 5, 20),
            None,
            PROGRAMME,
            UseScope.of(USE),
            SECRET,
            SOURCE,
            evidence,
        ),
    )


def in_window(desk: Desk) -> PermissionOutcome:
    return explain(desk.console, TIDE, PROGRAMME, USE, MARA).outcome


def report(desk: Desk, path: Path, *, answer_words: bool = False) -> OpenedReport:
    create_wished(desk.console, path, ReportWish((MARA,), answer_words=answer_words))
    opened = open_in(desk.console, path)
    assert opened.verdict is ReportVerdict.GENUINE
    return opened


def in_report(opened: OpenedReport) -> PermissionOutcome:
    tables = look_into(opened).tables
    assert tables is not None
    row = next(row for row in tables.works if row.work.id == TIDE)
    assert not row.differs
    return next(cell.outcome for cell in row.cells if cell.use is USE)


@pytest.mark.parametrize("petra", [PartyStance.ALLOWED, PartyStance.UNREACHABLE, None])
@pytest.mark.parametrize("label", [PartyStance.ALLOWED, PartyStance.REFUSED, PartyStance.UNREACHABLE, None])
def test_a_report_says_what_the_window_says(
    desk: Desk, tmp_path: Path, label: PartyStance | None, petra: PartyStance | None
) -> None:
    for party, stance in ((FIELDNOTE, label), (PETRA, petra)):
        if stance is not None:
            record(desk, party, stance)
    shown = in_window(desk)
    if (label, petra) == (PartyStance.ALLOWED, PartyStance.ALLOWED):
        assert shown is PermissionOutcome.ALLOWED
    if label is PartyStance.REFUSED:
        assert shown is PermissionOutcome.REFUSED
    assert in_report(report(desk, tmp_path / "r.acreport")) is shown


def test_a_no_that_is_not_shared_leaves_as_not_everyone_has_agreed(desk: Desk, tmp_path: Path) -> None:
    record(desk, FIELDNOTE, PartyStance.ALLOWED)
    record(desk, PETRA, PartyStance.REFUSED)
    assert in_window(desk) is PermissionOutcome.REFUSED
    opened = report(desk, tmp_path / "r.acreport")
    assert in_report(opened) is PermissionOutcome.UNDECIDED
    assert not any("differs" in check.words for check in look_into(opened).checks)


def unpacked(path: Path) -> str:
    """Everything that the report holds, as text."""
    with zipfile.ZipFile(path) as report:
        return "\n".join(report.read(name).decode("utf-8", "replace") for name in report.namelist())


def test_words_and_evidence_stay_here_unless_the_words_are_chosen(desk: Desk, tmp_path: Path) -> None:
    letter = tmp_path / "canary-letter.pdf"
    letter.write_bytes(b"canary of evidence")
    record(desk, FIELDNOTE, PartyStance.ALLOWED, letter)
    record(desk, PETRA, PartyStance.ALLOWED, letter)
    assert choices(desk.console, (MARA,)).answers_with_words == 1, "of those who may be named"
    path = tmp_path / "r.acreport"
    report(desk, path)
    assert "canary" not in unpacked(path)
    assert "Petra" not in unpacked(path)
    report(desk, path, answer_words=True)
    told = unpacked(path)
    assert SECRET in told
    assert SOURCE in told
    assert "canary-letter" not in told
    assert "canary of evidence" not in told
    assert hashlib.sha256(b"canary of evidence").hexdigest() not in told
    assert "Petra" not in told
