"""What a person reads: works, matrix, review, history, conflicts, overview, money. Through the real store."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from artist_console.backend.seed import Act, seed
from artist_console.commands import artists, earnings, overview, programmes, roster, work_details, works
from artist_console.commands.authority import RosterPower
from artist_console.commands.conflicts import conflicts, resolve
from artist_console.commands.consent import decide
from artist_console.commands.drafts import clear_drafts, drafts, save_drafts
from artist_console.commands.earnings import EarningsQuery
from artist_console.commands.history import history
from artist_console.commands.inclusions import list_inclusions
from artist_console.commands.matrix import MatrixRowKind, MatrixView, matrix, wish_at
from artist_console.commands.receipts import receipt
from artist_console.commands.report_inside import look_into
from artist_console.commands.report_making import create
from artist_console.commands.reports import open_report
from artist_console.commands.review import ReviewResult, review
from artist_console.commands.syncing import SyncState, outbox, status
from artist_console.domain.decisions import AnswerKind
from artist_console.domain.ids import WorkId
from artist_console.domain.problems import UnknownThing
from artist_console.domain.registers import ALL_MY_WORKS, Conditions, Stance, Subject, SubjectKind
from artist_console.domain.uses import Family, Use
from artist_console.domain.work_rows import WorkFilter, WorksQuery
from artist_console.store import journal
from tests.backend.world import (
    FERRY,
    HARBOUR,
    MANAGER,
    MARA,
    MARA_ACCOUNT,
    MARAS_STATEMENT,
    PROGRAMME,
    SALT,
    START,
    a_decision,
    a_mandate,
    mandate_step,
    work_subject,
)
from tests.commands.desks import Desk, a_desk, a_voice, a_wish, an_allow

OPEN = frozenset({"all", f"release/{FERRY}", "family/training"})


def test_the_works_of_the_account_are_listed_and_counted(mara: Desk) -> None:
    page = works.find_works(mara.console, WorksQuery())
    assert [(row.title, row.reported) for row in page.rows] == [
        ("Harbour Lights", False),
        ("Salt Lines", True),
    ]
    assert works.count_works(mara.console, WorksQuery())[WorkFilter.REPORTED] == 1


def test_a_refusal_shows_in_the_row_with_a_clock_until_it_is_confirmed(mara: Desk) -> None:
    decide(mara.console, [a_wish(subject=work_subject(SALT))])
    row = works.summaries_of(mara.console, SALT)[0]
    assert (row.refused, row.waiting) == (True, True)
    mara.sync()
    row = works.summaries_of(mara.console, SALT)[0]
    assert (row.refused, row.waiting) == (True, False)


def test_details_say_why_where_and_what_was_said(mara: Desk) -> None:
    decide(mara.console, [a_wish(subject=work_subject(SALT))])
    details = work_details.show_work(mara.console, SALT)
    assert [release.title for release in details.releases] == ["Night Ferry"]
    assert details.places[0].dataset == "" or details.places[0].stated_by == "Harmonia"
    assert details.why[-1].rule == "outcome"
    assert {cell.answer for cell in details.cells} == {AnswerKind.REFUSED}
    assert all(cell.waiting for cell in details.cells)
    assert [row.stance for row in details.history] == [Stance.REFUSE]
    # Lines of April 2025 lie in the twelve months to June.
    assert details.earned == (("EUR", Decimal("2.460000000002")),)


def test_a_work_that_is_not_known_is_told(mara: Desk) -> None:
    with pytest.raises(UnknownThing):
        work_details.show_work(mara.console, WorkId("nothing"))


@pytest.mark.parametrize("view", MatrixView)
def test_every_pair_of_row_and_column_has_a_cell(mara: Desk, view: MatrixView) -> None:
    shown = matrix(mara.console, MARA, view, OPEN)
    assert set(shown.cells) == {(row.key, column.key) for row in shown.rows for column in shown.columns}
    assert [row.kind for row in shown.rows] == [
        MatrixRowKind.ALL,
        MatrixRowKind.RELEASE,
        MatrixRowKind.WORK,
        MatrixRowKind.WORK,
        MatrixRowKind.PERSON,
    ]


def test_a_closed_row_hides_what_is_under_it(mara: Desk) -> None:
    shown = matrix(mara.console, MARA, MatrixView.BY_USE, frozenset())
    assert [row.key for row in shown.rows] == ["all", f"person/{MARA}"]
    assert [column.family for column in shown.columns] == list(Family)


def test_a_cell_follows_the_level_above_until_it_has_its_own_answer(mara: Desk) -> None:
    release = Subject(SubjectKind.RELEASE, FERRY)
    decide(mara.console, [a_wish(subject=release, use=Family.TRAINING)])
    cells = matrix(mara.console, MARA, MatrixView.BY_USE, OPEN).cells
    own = cells[f"release/{FERRY}", "family/training"]
    assert (own.own, own.answer, own.waiting) == (Stance.REFUSE, AnswerKind.REFUSED, True)
    below = cells[f"release/{FERRY}/work/{SALT}", "use/train.lyrics"]
    assert (below.own, below.answer, below.follows) == (None, AnswerKind.REFUSED, "Night Ferry")
    above = cells["all", "family/training"]
    assert (above.own, above.answer, above.differs) == (None, None, True)
    elsewhere = cells[f"work/{HARBOUR}", "family/training"]
    assert (elsewhere.answer, elsewhere.waiting) == (AnswerKind.UNDECIDED, False)


def test_a_refusal_on_a_cell_of_the_matrix_is_a_wide_wish(mara: Desk) -> None:
    shown = matrix(mara.console, MARA, MatrixView.BY_USE, OPEN)
    wish = wish_at(shown, "all", "family/training", Stance.REFUSE)
    assert wish == a_wish(use=Family.TRAINING)
    decide(mara.console, [wish])
    assert (
        matrix(mara.console, MARA, MatrixView.BY_USE, OPEN).cells["all", "family/training"].own
        is Stance.REFUSE
    )


def test_an_allow_given_twice_is_met_by_a_wider_no_as_one_line(mara: Desk) -> None:
    decide(mara.console, [an_allow()])
    decide(mara.console, [an_allow(conditions=Conditions(walled_garden_only=True))])
    decide(mara.console, [an_allow(HARBOUR)])
    found = review(mara.console, [a_wish()])
    assert len(found.narrower_allows) == 3  # each has to be ended or kept
    assert sorted(found.narrower_words) == [
        f"Allowed Train a model that makes music for “{title}” in Harmonia 2"
        for title in ("Harbour Lights", "Salt Lines")
    ]


def test_a_review_changes_nothing_and_puts_every_wish_somewhere(mara: Desk) -> None:
    decide(mara.console, [an_allow()])
    wishes = [an_allow(HARBOUR), a_voice(), a_wish(), a_wish(Stance.ALLOW, ALL_MY_WORKS, Use.DISTILL)]
    found = review(mara.console, wishes)
    assert sum(len(group.items) for group in found.groups) + len(found.left_out) == len(wishes)
    assert [each.use for each in found.left_out] == ["Prompts with your name"]
    assert len(found.narrower_allows) == 1
    assert found.count == 2
    assert {group.result for group in found.groups} >= {
        ReviewResult.CANNOT_BE_MADE,
        ReviewResult.NOT_CHECKED,
    }
    assert [terms.number for terms in found.terms] == [1]
    assert len(journal.entries(mara.console.store)) == 1


def test_a_review_for_somebody_else_says_for_whom_and_by_which_mandate(manager: Desk) -> None:
    found = review(manager.console, [a_wish()])
    assert found.on_behalf_of == "You decide for Mara Quist, by the mandate of 1 January 2025."


def test_history_names_what_stood_before_and_the_receipt_checks(mara: Desk) -> None:
    decide(mara.console, [a_wish()])
    (made,) = decide(mara.console, [a_wish(Stance.CLEAR)]).value
    mara.sync()
    rows = history(mara.console, MARA)
    assert [(row.stance, row.former, row.n) for row in rows] == [
        (Stance.CLEAR, Stance.REFUSE, 2),
        (Stance.REFUSE, None, 1),
    ]
    view = receipt(mara.console, made.id)
    assert (view.genuine, view.signer_known, view.n) == (True, True, 2)
    assert "this computer" in view.signer


def test_a_decision_made_elsewhere_brings_its_receipt_with_the_ledger(tmp_path: Path) -> None:
    with a_desk(tmp_path) as desk:
        desk.console.store.close()
        desk.profile.disconnect()
        place = (desk.profile.folder.backend, desk.profile.keys.backend, desk.profile.keys.receipt)
        elsewhere = a_decision(subject=work_subject(SALT), programme=PROGRAMME)
        seed(*place, steps=[Act(MARA_ACCOUNT, START, (elsewhere,))])
        desk.profile.keep_here()
        desk.console = desk.profile.console()
        desk.sync()
        (row,) = history(desk.console, MARA)
        assert (row.decision, row.outcome, row.receipt) == (elsewhere.id, None, True)
        view = receipt(desk.console, elsewhere.id)
        assert (view.genuine, view.signer_known, view.n) == (True, True, 1)
        path = tmp_path / "all.acreport"
        create(desk.console, path)
        opened = look_into(open_report(path))
        assert opened.tables is not None
        assert [decision.receipt for decision in opened.tables.history] == [True]


def test_there_is_no_receipt_before_the_sync(mara: Desk) -> None:
    (made,) = decide(mara.console, [a_wish()]).value
    with pytest.raises(UnknownThing, match="no receipt"):
        receipt(mara.console, made.id)


@pytest.mark.parametrize("keep_mine", [True, False])
def test_a_yes_that_missed_a_no_waits_for_a_choice(tmp_path: Path, keep_mine: bool) -> None:
    mandate = mandate_step(a_mandate())
    with a_desk(tmp_path, mandate, owner=MANAGER) as desk:
        decide(desk.console, [an_allow()])
        desk.console.store.close()
        desk.profile.disconnect()
        no = a_decision(use=an_allow().use, subject=work_subject(SALT), programme=PROGRAMME)
        place = (desk.profile.folder.backend, desk.profile.keys.backend, desk.profile.keys.receipt)
        seed(*place, steps=[Act(MARA_ACCOUNT, START, (no,))])
        desk.profile.keep_here()
        desk.console = desk.profile.console()
        desk.sync()
        (found,) = conflicts(desk.console)
        assert found.saved is not None
        assert found.saved.id == no.id
        assert found.words == "Until you choose, the refusal counts."
        assert status(desk.console).state is SyncState.CONFLICTS
        kinds = [row.kind for row in overview.overview(desk.console).changed]
        assert overview.ChangeKind.CONFLICT in kinds
        made = resolve(desk.console, found.decision, keep_mine).value
        kinds = [row.kind for row in overview.overview(desk.console).changed]
        assert overview.ChangeKind.CONFLICT not in kinds, "it is settled"
        assert [row.settled for row in history(desk.console) if row.decision == found.decision] == [True]
        assert len(made) == keep_mine
        assert conflicts(desk.console) == ()
        with pytest.raises(UnknownThing):
            resolve(desk.console, found.decision, keep_mine)


def test_the_outbox_empties_with_the_sync(mara: Desk) -> None:
    assert status(mara.console).state is SyncState.UP_TO_DATE
    decide(mara.console, [a_wish()])
    (row,) = outbox(mara.console)
    assert row.words == "Refused every use for all my music"
    assert status(mara.console).state is SyncState.WAITING
    mara.sync()
    assert outbox(mara.console) == ()
    assert status(mara.console).state is SyncState.UP_TO_DATE


def test_drafts_are_kept_across_restarts_and_the_last_on_a_register_counts(mara: Desk) -> None:
    save_drafts(mara.console, [a_wish(), a_wish(Stance.CLEAR), an_allow()])
    mara.reopen()
    assert [wish.stance for wish in drafts(mara.console)] == [Stance.CLEAR, Stance.ALLOW]
    clear_drafts(mara.console)
    assert drafts(mara.console) == ()


def test_places_carry_their_evidence(mara: Desk) -> None:
    (place,) = list_inclusions(mara.console, MARA)
    assert (place.work_title, place.stated_by, place.evidence.source) == (
        "Salt Lines",
        "Harmonia",
        "manifest.json",
    )
    assert list_inclusions(mara.console, MARA, public_only=True) == ()


def test_money_is_exact_to_the_last_digit(mara: Desk) -> None:
    view = earnings.earnings(mara.console, EarningsQuery(artist=MARA))
    assert [(flow.currency, flow.earned) for flow in view.flow] == [("EUR", Decimal("2.460000000002"))]
    assert earnings.totals(mara.console, MARA) == (("EUR", Decimal("2.460000000002")),)
    levels = [row.level.value for row in view.rows]
    assert levels == ["period", "programme", "statement"]
    assert [row.parent for row in view.rows] == ["", view.rows[0].key, view.rows[1].key]
    shown = earnings.lines(mara.console, MARAS_STATEMENT)
    assert [(row.line.number, row.work_title) for row in shown] == [(1, "Salt Lines"), (2, "Salt Lines")]
    assert earnings.check_statement(mara.console, MARAS_STATEMENT).checks
    assert [row.statement.id for row in earnings.statements(mara.console)] == [MARAS_STATEMENT]


def test_the_overview_counts_what_is_there_and_marks_what_is_new(mara: Desk) -> None:
    found = overview.overview(mara.console)
    assert (found.works, found.reported, found.operators_reporting) == (2, 1, 0)
    overview.mark_seen(mara.console)
    mara.clock.now = START.replace(hour=13)
    decide(mara.console, [a_wish()])
    later = overview.overview(mara.console)
    assert [row.title for row in later.changed if row.new] == ["Refuse: All my music"]
    assert "1 answer" in later.since_words


def test_answers_of_one_act_are_one_line_of_what_changed(mara: Desk) -> None:
    overview.mark_seen(mara.console)
    mara.clock.now = START.replace(hour=13)
    decide(mara.console, [a_wish(subject=work_subject(work)) for work in (SALT, HARBOUR)])
    later = overview.overview(mara.console)
    assert [(row.title, row.count) for row in later.changed if row.new] == [("Refuse: 2 works", 2)]
    assert "2 answers" in later.since_words


def test_programmes_say_which_terms_are_in_effect(mara: Desk) -> None:
    rows = {row.programme.name: row for row in programmes.list_programmes(mara.console)}
    assert rows["Harmonia 2"].terms is not None
    assert (rows["Northlight"].terms, rows["Northlight"].coming_terms is None) == (None, False)


def test_the_roster_says_what_a_manager_may_do(manager: Desk) -> None:
    (row,) = roster.roster(manager.console)
    assert (row.name, row.may, row.works, row.reported) == ("Mara Quist", RosterPower.DECIDE, 2, 1)
    assert artists.list_artists(manager.console)[0].mandate is not None
