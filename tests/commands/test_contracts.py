"""Contracts and the interview: what is kept, what follows for works and reports, what goes and stays."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from artist_console.commands import contracts, interview, reports
from artist_console.commands import report_making as making
from artist_console.commands.consent import decide
from artist_console.commands.contract_form import ContractText
from artist_console.commands.contracts import ContractFaults
from artist_console.commands.interview import AnswerUnreadable
from artist_console.commands.permissions import explain
from artist_console.commands.report_inside import look_into
from artist_console.domain.contracts import AiClause, Owned, Owner
from artist_console.domain.interview import Ask
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.parties import Standing
from artist_console.domain.problems import FileProblem, UnknownThing
from artist_console.domain.uses import Right, Use
from artist_console.store import own_side, private
from tests.backend.world import FERRY, HARBOUR, MARA, PROGRAMME, SALT
from tests.commands.desks import Desk, a_wish

CANARY = "canary-of-the-clause"
TEXT = ContractText(
    other_side="Fieldnote",
    kind="label",
    hold="owns",
    rights=("master", "composition", "lyrics"),
    signed_on="2019-03-03",
    ai_clause="blanket",
    ai_words=CANARY,
    clause_number="14.3",
    objection_days="60",
    notice_address="canary-of-the-address",
    note="canary-of-the-note",
)


def outcome(desk: Desk, work: str = SALT) -> PermissionOutcome:
    return explain(desk.console, work, PROGRAMME, Use.TRAIN_GENERATIVE, MARA).outcome  # type: ignore[arg-type]


def standings(desk: Desk, work: str = SALT) -> dict[Right, Standing]:
    lines = contracts.standing_words(desk.console, work)  # type: ignore[arg-type]
    return {right: line.standing for line in lines for right in line.rights}


def members_of(report: Path) -> bytes:
    with zipfile.ZipFile(report) as package:
        return b"\n".join(package.read(name) for name in package.namelist())


# Keeping


def test_a_contract_is_kept_as_it_was_written_and_sets_the_standing_at_once(mara: Desk) -> None:
    assert set(standings(mara).values()) == {Standing.UNKNOWN}
    kept = contracts.save_contract(mara.console, MARA, TEXT).value
    mara.reopen()
    (row,) = contracts.list_contracts(mara.console, MARA)
    assert row.contract == kept
    assert (row.other_side, row.recordings, row.songs) == ("Fieldnote", 2, 0)
    assert contracts.contract_text(mara.console, kept.id) == replace(TEXT, territories="WW")
    assert set(standings(mara).values()) == {Standing.WISH}


def test_the_words_of_a_work_name_the_clause_and_what_a_no_does(mara: Desk) -> None:
    contracts.save_contract(mara.console, MARA, replace(TEXT, rights=("master",)))
    line = contracts.standing_words(mara.console, SALT)[0]
    assert line.words.text == (
        "Fieldnote owns this recording and your contract (clause 14.3) lets it license AI uses without asking"
        " you. Your no is recorded and can be sent; as far as we know it does not stop the licence."
    )
    assert line.origin is not None
    assert line.origin.id == contracts.list_contracts(mara.console)[0].contract.id


def test_a_changed_contract_takes_the_place_of_the_former_and_keeps_its_day(mara: Desk) -> None:
    former = contracts.save_contract(mara.console, MARA, TEXT).value
    text = replace(TEXT, ai_clause="approval")
    changed = contracts.save_contract(mara.console, MARA, text, former.id).value
    assert changed.recorded == former.recorded
    assert [row.contract.id for row in contracts.list_contracts(mara.console)] == [former.id]
    assert standings(mara)[Right.MASTER] is Standing.APPROVES


def test_removing_a_contract_says_what_goes_and_leaves_the_decisions(mara: Desk, tmp_path: Path) -> None:
    paper = tmp_path / "contract.pdf"
    paper.write_bytes(b"signed")
    kept = contracts.save_contract(mara.console, MARA, TEXT, file=paper).value
    decide(mara.console, [a_wish()])
    assert outcome(mara) is PermissionOutcome.OBJECTED
    told = contracts.removal_of(mara.console, kept.id)
    assert (told.other_side, told.recordings, told.file_name) == ("Fieldnote", 2, "contract.pdf")
    contracts.remove_contract(mara.console, kept.id)
    assert contracts.list_contracts(mara.console) == ()
    assert outcome(mara) is PermissionOutcome.REFUSED_UNCHECKED
    assert kept.file is not None
    assert private.attached_bytes(mara.console.store, kept.file.sha256) is None
    with pytest.raises(UnknownThing):
        contracts.removal_of(mara.console, kept.id)


# Files


def test_the_file_is_read_back_whole_and_goes_when_another_takes_its_place(
    mara: Desk, tmp_path: Path
) -> None:
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"
    one.write_bytes(b"first")
    two.write_bytes(b"second")
    kept = contracts.save_contract(mara.console, MARA, TEXT, file=one).value
    assert kept.file is not None
    assert (kept.file.name, kept.file.size) == ("one.pdf", 5)
    # Saved again without a word about the file, it stays.
    contracts.save_contract(mara.console, MARA, TEXT, kept.id)
    assert contracts.attached_bytes(mara.console, kept.id) == b"first"
    contracts.save_contract(mara.console, MARA, TEXT, kept.id, file=two)
    copy = contracts.save_attached(mara.console, kept.id, tmp_path / "copy.pdf")
    assert copy.read_bytes() == b"second"
    assert private.attached_bytes(mara.console.store, kept.file.sha256) is None
    contracts.save_contract(mara.console, MARA, TEXT, kept.id, without_file=True)
    with pytest.raises(UnknownThing):
        contracts.attached_bytes(mara.console, kept.id)


def test_a_file_that_is_too_big_is_told_and_nothing_is_kept(
    mara: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contracts, "MOST_FILE_BYTES", 10)
    big = tmp_path / "big.pdf"
    big.write_bytes(bytes(11))
    with pytest.raises(FileProblem, match=r"big\.pdf is larger"):
        contracts.save_contract(mara.console, MARA, TEXT, file=big)
    assert contracts.list_contracts(mara.console) == ()


# What cannot be


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("other_side", "  ", "Say with whom it was signed."),
        ("other_side", "Mara Quist", "A contract is with somebody else. Name the other side."),
        ("kind", "friend", "“friend” is not one of: label, publisher, distributor, society, band, other."),
        ("rights", (), "Choose at least one right that it is about."),
        ("rights", ("masters",), "“masters” is not a right."),
        ("territories", "XX", "XX is not a country code"),
        ("signed_on", "3 March 2019", "“3 March 2019” is not a day. Write it as 2019-03-31."),
        ("until", "2018-01-01", "The term ends before the contract was signed."),
        ("reversion_on", "2019-03-03", "Rights cannot come back before they were given."),
        ("ai_words", "", "Copy the exact words of the clause, so that they can be looked up."),
        ("works", ("Nowhere",), "No work “Nowhere” of this artist is known here."),
        ("works", ("Ola's Song",), "No work “Ola's Song” of this artist is known here."),
        ("releases", ("Alone",), "No release “Alone” of this artist is known here."),
        ("share", "50", "A share is stated only where both own a part."),
        ("objection_days", "soon", "Write a number of days from 1 to 3650."),
        ("objection_days", "0", "Write a number of days from 1 to 3650."),
        ("note", "x" * 20_001, "This is longer than 20,000 characters. Attach the file instead."),
    ],
)
def test_what_is_wrong_is_said_of_its_field(
    mara: Desk, field: str, value: str | tuple[str, ...], said: str
) -> None:
    text = replace(TEXT, **{field: value})  # type: ignore[arg-type]
    (fault,) = contracts.check_contract(mara.console, MARA, text)
    assert fault.field == field
    assert said in fault.words
    with pytest.raises(ContractFaults):
        contracts.save_contract(mara.console, MARA, text)
    assert contracts.list_contracts(mara.console) == ()


def test_a_term_that_ends_before_it_begins_is_told(mara: Desk) -> None:
    text = replace(TEXT, signed_on="", since="2020-01-01", until="2019-01-01")
    (fault,) = contracts.check_contract(mara.console, MARA, text)
    assert (fault.field, fault.words) == ("until", "The term ends before it begins.")


def test_words_about_ai_under_a_contract_that_is_said_to_be_silent_are_told(mara: Desk) -> None:
    (fault,) = contracts.check_contract(mara.console, MARA, replace(TEXT, ai_clause="none"))
    assert fault.field == "ai_clause"


def test_works_and_releases_are_found_by_title_and_id(mara: Desk) -> None:
    text = replace(TEXT, works=("harbour lights",), releases=(FERRY,))
    kept = contracts.save_contract(mara.console, MARA, text).value
    assert (kept.works, kept.releases) == ((HARBOUR,), (FERRY,))


def test_a_share_of_the_other_side_is_kept_exactly(mara: Desk) -> None:
    text = replace(TEXT, kind="band", hold="shares", share="33.33", ai_clause="none", ai_words="")
    kept = contracts.save_contract(mara.console, MARA, text).value
    assert kept.share_bp == 3_333
    assert contracts.contract_text(mara.console, kept.id).share == "33.33"
    assert standings(mara)[Right.MASTER] is Standing.SHARES


# What leaves


def test_a_report_says_what_follows_and_never_the_words_of_a_contract(mara: Desk, tmp_path: Path) -> None:
    paper = tmp_path / "canary-of-the-file.pdf"
    paper.write_bytes(b"canary-of-the-bytes")
    contracts.save_contract(mara.console, MARA, TEXT, file=paper)
    decide(mara.console, [a_wish()])
    mara.sync()
    path = tmp_path / "report.acreport"
    making.create(mara.console, path)
    opened = look_into(reports.open_report(path))
    assert opened.tables is not None
    row = next(row for row in opened.tables.works if row.work.id == SALT)
    assert {cell.outcome for cell in row.cells if cell.use is Use.TRAIN_GENERATIVE} == {outcome(mara)}
    assert outcome(mara) is PermissionOutcome.OBJECTED
    assert not row.differs
    inside = members_of(path)
    assert b"a contract, not shown in this report" in inside
    assert b"clause 14.3" not in inside
    assert b"canary" not in inside


def test_a_person_of_the_band_is_not_named_in_a_report(mara: Desk, tmp_path: Path) -> None:
    text = replace(
        TEXT, kind="band", hold="shares", other_side="Ulrike Canary", ai_clause="none", ai_words=""
    )
    contracts.save_contract(mara.console, MARA, text)
    path = tmp_path / "report.acreport"
    making.create(mara.console, path)
    opened = look_into(reports.open_report(path))
    assert opened.tables is not None
    assert not any(row.differs for row in opened.tables.works)
    assert b"Ulrike" not in members_of(path)


def test_nothing_of_a_contract_is_sent_in_a_sync_round(mara: Desk, tmp_path: Path) -> None:
    """Another computer of the same account hears of the decision, and of no contract."""
    contracts.save_contract(mara.console, MARA, TEXT)
    decide(mara.console, [a_wish()])
    mara.sync()
    service = mara.profile.folder.backend
    assert own_side.contracts(mara.console.store)
    assert all(
        b"Fieldnote" not in body and b"canary" not in body
        for (body,) in mara.console.store.rows("SELECT body FROM mirror.row")
    )
    assert service.exists()


# The interview


def go_through(desk: Desk, **answers: str) -> interview.Page:
    """Answer page after page; what is not given is skipped."""
    page = interview.start_again(desk.console, MARA).value
    while page.question is not None:
        ask = page.question.ask
        keys = [ask.value, *(f"{ask.value}.{line.key}" for line in page.question.lines)]
        given = {key: answers.get(key.replace(".", "_"), "") for key in keys}
        page = interview.answer(desk.console, MARA, ask, given).value
    return page


OWNED = {
    "recordings": "owned", "label_name": "Fieldnote", "label_signed": "2019-03-03", "label_ai": "blanket",
    "label_words_number": "14.3", "label_words_words": CANARY, "songs": "mine", "voice": "mine",
}  # fmt: skip


def test_the_interview_has_at_most_ten_pages_on_every_way_through_it(mara: Desk) -> None:
    longest = {"recordings": "licensed", "label_ai": "approval", "songs": "owned", "publisher_ai": "consult"}
    assert interview.start_again(mara.console, MARA).value.of == 4
    assert go_through(mara, **longest).of == 9


def test_answers_survive_a_restart_and_the_page_is_the_same(mara: Desk) -> None:
    interview.answer(mara.console, MARA, Ask.RECORDINGS, {"recordings": "owned"})
    mara.reopen()
    page = interview.interview_page(mara.console, MARA)
    assert page.question is not None
    assert (page.question.ask, page.number, page.of) == (Ask.LABEL, 2, 5)
    assert page.answers["recordings"] == "owned"
    back = interview.go_back(mara.console, MARA).value
    assert back.question is not None
    assert back.question.ask is Ask.RECORDINGS


def test_answers_alone_change_nothing_until_they_are_written_down(mara: Desk) -> None:
    before = private.version(mara.console.store)
    go_through(mara, **OWNED)
    assert private.version(mara.console.store) == before
    assert contracts.list_contracts(mara.console) == ()
    rows = {(row.of, row.standing): row.count for row in interview.what_follows(mara.console, MARA)}
    assert rows[Owned.RECORDINGS, Standing.WISH] == 2
    assert rows[Owned.VOICE, Standing.PERSONAL] == 2
    interview.finish(mara.console, MARA)
    assert interview.what_follows(mara.console, MARA) == contracts.what_is_mine(mara.console, MARA)
    assert interview.is_finished(mara.console, MARA)
    assert standings(mara)[Right.MASTER] is Standing.WISH
    assert standings(mara)[Right.COMPOSITION] is Standing.CONTROLS


def test_gone_through_again_the_answers_take_the_place_of_the_former(mara: Desk) -> None:
    go_through(mara, **OWNED)
    interview.finish(mara.console, MARA)
    (row,) = contracts.list_contracts(mara.console)
    go_through(mara, **{**OWNED, "label_ai": "approval"})
    interview.finish(mara.console, MARA)
    (again,) = contracts.list_contracts(mara.console)
    assert (again.contract.id, again.contract.ai_clause) == (row.contract.id, AiClause.APPROVAL)
    go_through(mara, recordings="mine")
    interview.finish(mara.console, MARA)
    assert contracts.list_contracts(mara.console) == ()
    said = {each.of: each.owner for each in own_side.ownerships(mara.console.store)}
    assert said == {Owned.RECORDINGS: Owner.MINE}


def test_a_contract_to_which_something_was_added_by_hand_stays(mara: Desk) -> None:
    go_through(mara, **OWNED)
    interview.finish(mara.console, MARA)
    (row,) = contracts.list_contracts(mara.console)
    text = replace(contracts.contract_text(mara.console, row.contract.id), objection_days="60")
    contracts.save_contract(mara.console, MARA, text, row.contract.id)
    go_through(mara, recordings="mine")
    interview.finish(mara.console, MARA)
    assert [each.contract.objection_days for each in contracts.list_contracts(mara.console)] == [60]


@pytest.mark.parametrize(
    "answers",
    [
        {"recordings": "licensed"},
        {"recordings": "licensed", "label_ai": "unknown", "label_name": "Fieldnote"},
        {"recordings": "mine", "distributor": "unknown"},
    ],
)
def test_rights_that_an_unread_contract_may_have_given_away_are_never_drawn_as_a_power(
    mara: Desk, answers: dict[str, str]
) -> None:
    go_through(mara, **answers)
    interview.finish(mara.console, MARA)
    assert standings(mara)[Right.MASTER] is Standing.UNKNOWN


def test_skipping_everything_leaves_everything_as_it_was(mara: Desk) -> None:
    go_through(mara)
    assert interview.finish(mara.console, MARA).value == 0
    assert set(standings(mara).values()) == {Standing.UNKNOWN}


def test_a_line_that_cannot_be_read_is_told_and_not_kept(mara: Desk) -> None:
    interview.answer(mara.console, MARA, Ask.RECORDINGS, {"recordings": "owned"})
    with pytest.raises(AnswerUnreadable) as told:
        interview.answer(mara.console, MARA, Ask.LABEL, {"label.name": "F", "label.signed": "in spring"})
    assert told.value.key == "label.signed"
    page = interview.interview_page(mara.console, MARA)
    assert "label.name" not in page.answers
