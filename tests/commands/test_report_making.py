"""A report is made of a real profile: what is chosen, looked at first, written in steps, or stopped."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artist_console.backend.seed import GivenMandate
from artist_console.commands import contracts, report_making
from artist_console.commands.consent import decide
from artist_console.commands.contract_form import ContractText
from artist_console.commands.report_making import (
    CHOSEN_FREELY,
    ReportPart,
    ReportWish,
    choices,
    create_wished,
    preview,
)
from artist_console.commands.report_preview import Kept, Preview
from artist_console.commands.report_wish import NothingToReport, NotYetADay, PeriodEndsFirst, series_of
from artist_console.domain.cases import EventKind
from artist_console.domain.ids import MandateId, PartyId
from artist_console.domain.mandates import Power
from artist_console.domain.problems import FileProblem
from artist_console.formats.report import read_report, verify
from artist_console.formats.report_parts import Known, Result
from artist_console.formats.report_rows import Report
from artist_console.formats.signatures import KnownKey
from artist_console.store import private
from artist_console.store.private import PrivateKind
from tests.backend.world import (
    DAY,
    HARBOUR,
    MANAGER,
    MARA,
    OLA,
    OLA_ACCOUNT,
    OLAS,
    SALT,
    START,
    a_mandate,
    mandate_step,
    work_subject,
)
from tests.commands.case_world import a_case, an_event
from tests.commands.desks import Desk, a_desk, a_wish

TEXT = ContractText(
    kind="label",
    hold="owns",
    other_side="Fieldnote",
    rights=("master",),
    ai_clause="consult",
    ai_words="canary of the clause",
    clause_number="14.3",
    signed_on="2019-03-03",
    notice_address="canary of the address",
)


@pytest.fixture
def filled(mara: Desk) -> Desk:
    """Mara refused something, has a contract, a case with a note, and a draft."""
    decide(mara.console, [a_wish(subject=work_subject(SALT))])
    mara.sync()
    contracts.save_contract(mara.console, MARA, TEXT)
    note = an_event("k-1-3", EventKind.NOTE, words="canary of a note")
    draft = replace(a_case("k-2"), events=a_case("k-2").events[:1], addressee_name="canary of a draft")
    private.put(mara.console.store, PrivateKind.CASE, MARA, [a_case("k-1", note), draft], START)
    return mara


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Desk]:
    """Somebody who sees works and money of Mara and of Ola."""
    sees = (Power.SEE_WORKS, Power.SEE_MONEY)
    maras, olas = a_mandate(powers=sees), replace(a_mandate(MandateId("m-ola"), sees), artist=OLA)
    steps = (mandate_step(maras), GivenMandate(OLA_ACCOUNT, START - DAY, olas))
    with a_desk(tmp_path / "manager", *steps, owner=MANAGER) as desk:
        yield desk


def report_at(desk: Desk, path: Path) -> Report:
    """The report, which has to be genuine for who made it."""
    key = desk.console.signing_key.public
    found = verify(read_report(io.BytesIO(path.read_bytes())), Known.of((KnownKey(key, "Mara", "here"),)))
    assert found.result is Result.GENUINE
    assert found.report is not None
    return found.report


def made(desk: Desk, path: Path, wish: ReportWish) -> Report:
    create_wished(desk.console, path, wish)
    return report_at(desk, path)


def kept(found: Preview) -> dict[Kept | ReportPart, int]:
    return {line.what: line.count for line in found.stays}


def test_a_report_is_about_the_artists_that_were_chosen(manager: Desk, tmp_path: Path) -> None:
    both = made(manager, tmp_path / "both.acreport", ReportWish((OLA, MARA)))
    assert both.header.artists == (MARA, OLA)
    assert {work.id for work in both.rows("works")} == {SALT, HARBOUR, OLAS}
    one = made(manager, tmp_path / "one.acreport", ReportWish((MARA,)))
    assert {work.id for work in one.rows("works")} == {SALT, HARBOUR}
    assert {statement.payee for statement in one.rows("statements")} == {MARA}
    assert kept(preview(manager.console, ReportWish((MARA,))))[Kept.OTHERS_MONEY] == 1
    wish = ReportWish((MARA,), money_of_others=frozenset({OLA}))
    chosen = made(manager, tmp_path / "chosen.acreport", wish)
    assert {statement.payee for statement in chosen.rows("statements")} == {MARA, OLA}
    assert Kept.OTHERS_MONEY not in kept(preview(manager.console, wish))
    assert Kept.OTHERS_MONEY in {line.what for line in preview(manager.console, wish).seen}


def test_nobody_who_is_not_known_can_be_reported_on(filled: Desk, tmp_path: Path) -> None:
    with pytest.raises(NothingToReport):
        create_wished(filled.console, tmp_path / "r.acreport", ReportWish((PartyId("nobody"),)))
    assert list(tmp_path.glob("*.acreport")) == []


def test_contracts_cases_and_their_words_leave_as_far_as_they_were_chosen(
    filled: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "r.acreport"
    report = made(filled, path, ReportWish((MARA,)))
    assert report.rows("contracts") == ()
    (case,) = report.rows("cases")
    assert (case.id, case.addressee, case.contact) == ("k-1", "Harmonia", ())
    assert b"canary" not in path.read_bytes()
    assert b"rights@harmonia.example" not in path.read_bytes()
    (contract, _) = choices(filled.console, (MARA,)).contracts[0]
    wish = ReportWish((MARA,), contracts=frozenset({contract}), contact_data=True)
    report = made(filled, path, wish)
    (row,) = report.rows("contracts")
    assert (row.clause_number, row.ai_words) == ("14.3", "")
    assert row.notice_address == "canary of the address"
    assert report.rows("cases")[0].contact == ("rights@harmonia.example", "Quay 1", "Sweden")
    report = made(filled, path, replace(wish, contract_words=True))
    assert report.rows("contracts")[0].ai_words == "canary of the clause"
    assert b"canary of a note" not in path.read_bytes()
    assert b"canary of a draft" not in path.read_bytes()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.frozensets(st.sampled_from(CHOSEN_FREELY)), chosen=st.booleans())
def test_a_preview_counts_what_the_report_then_holds(
    filled: Desk, tmp_path: Path, parts: frozenset[ReportPart], chosen: bool
) -> None:
    ids = frozenset(id for id, _ in choices(filled.console).contracts) if chosen else frozenset()
    wish = ReportWish(parts=parts, contracts=ids)
    looked_at = preview(filled.console, wish)
    written = create_wished(filled.console, tmp_path / "r.acreport", wish)
    assert dict(looked_at.counts) == dict(written.counts)
    assert {line.what for line in looked_at.seen} - set(Kept) <= {ReportPart.WORKS, *parts}
    assert not {line.what for line in looked_at.stays} & set(parts)


def test_a_preview_says_what_stays_and_why(filled: Desk) -> None:
    found = kept(preview(filled.console, ReportWish((MARA,))))
    assert found[Kept.CONTRACTS] == 1
    assert found[Kept.CONTACT_DATA] == 1
    assert Kept.LETTERS in found
    decide(filled.console, [a_wish()])
    assert kept(preview(filled.console, ReportWish((MARA,))))[Kept.WAITING] == 1
    without = preview(filled.console, ReportWish((MARA,), parts=frozenset()))
    assert {*CHOSEN_FREELY} & kept(without).keys() >= {ReportPart.DECISIONS, ReportPart.STATEMENTS}
    assert [line.what for line in without.seen] == [ReportPart.WORKS]


def test_what_follows_is_as_of_the_day_that_was_chosen(filled: Desk, tmp_path: Path) -> None:
    before = datetime(2025, 5, 1, 23, 59, 59, tzinfo=UTC)
    now = made(filled, tmp_path / "now.acreport", ReportWish((MARA,)))
    then = made(filled, tmp_path / "then.acreport", ReportWish((MARA,), as_of=before, as_known_then=True))
    assert (then.header.instant, then.header.known_on) == (before, before)
    assert now.header.known_on is None
    refused = {o.answer.value for o in now.rows("outcomes") if o.subject == SALT}
    assert "refused" in refused
    assert {o.answer.value for o in then.rows("outcomes")} == {"undecided"}
    assert len(then.rows("entries")) == len(now.rows("entries")), "a ledger is always whole"


def test_days_that_cannot_be_are_told(filled: Desk, tmp_path: Path) -> None:
    path = tmp_path / "r.acreport"
    with pytest.raises(NotYetADay):
        create_wished(filled.console, path, ReportWish(as_of=START + timedelta(days=400)))
    with pytest.raises(PeriodEndsFirst):
        create_wished(filled.console, path, ReportWish(period=(date(2025, 5, 1), date(2025, 4, 1))))
    assert not path.exists()


def test_reports_about_the_same_artists_are_a_series(filled: Desk, tmp_path: Path) -> None:
    first = made(filled, tmp_path / "1.acreport", ReportWish((MARA,)))
    second = made(filled, tmp_path / "2.acreport", ReportWish((MARA,), parts=frozenset(), title="Another"))
    assert first.header.series == second.header.series == series_of(filled.console, (MARA,))
    assert second.header.title == "Another"
    assert len(first.header.series) == 32
    assert series_of(filled.console, (MARA, OLA)) != first.header.series


def test_progress_goes_on_and_a_stop_leaves_nothing_behind(filled: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / "r.acreport"
    told: list[tuple[int, int, str]] = []
    create_wished(filled.console, path, ReportWish(), lambda *now: told.append(now))
    steps = [done for done, _, _ in told]
    assert steps == sorted(steps)
    assert {total for _, total, _ in told} == {1_000}
    assert len({words for _, _, words in told}) == 4
    before = path.read_bytes()

    class Stopped(Exception):
        pass

    for step in sorted(set(steps)):

        def stop(done: int, _total: int, _words: str, at: int = step) -> None:
            if done >= at:
                raise Stopped

        with pytest.raises(Stopped):
            create_wished(filled.console, path, ReportWish(), stop)
        assert [each.name for each in folder.iterdir()] == ["r.acreport"]
        assert path.read_bytes() == before


def test_a_folder_that_is_not_there_is_a_sentence(filled: Desk, tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="could not be written"):
        create_wished(filled.console, tmp_path / "nowhere" / "r.acreport", ReportWish())


def test_lines_travel_with_the_latest_statements_until_a_report_is_full(
    filled: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lines(most: int) -> Sequence[int]:
        monkeypatch.setattr(report_making, "MOST_STATEMENT_LINES", most)
        report = made(filled, tmp_path / "r.acreport", ReportWish((MARA,)))
        return [line.number for line in report.each("lines")]

    whole = lines(1_000_000)
    assert whole
    assert whole == sorted(whole)
    assert lines(len(whole)) == whole
    assert lines(len(whole) - 1) == []
