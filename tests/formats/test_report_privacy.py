"""What leaves in a report: of others only whether all agreed, nobody else's money, nothing unreleased."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from artist_console.domain.facts import RecordedAnswer
from artist_console.domain.ids import FactId, WorkId
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.parties import GroupRule, Membership, PartyKind, Standing
from artist_console.domain.programmes import ScopeKind
from artist_console.domain.registers import ANY_USE, PartyStance
from artist_console.domain.uses import Right, Use
from artist_console.domain.works import RegisteredShare, Registration, SaidField, SourceNote, WorkCredit
from artist_console.formats.encoding import encode
from artist_console.formats.proof_checks import CheckState
from artist_console.formats.report_checks import check_content, check_outcomes
from artist_console.formats.report_content import Part, ReportContent
from artist_console.formats.report_outcomes import recompute, state_outcomes
from artist_console.formats.report_parts import Known, Result
from artist_console.formats.report_privacy import Chosen, content_for, without_private
from tests.domain.world import (
    LABEL,
    MARA,
    OLA,
    OTHER_RECORDING,
    PROGRAMME,
    RECORDING,
    SINCE,
    SONG,
    amended,
    stake,
    work_subject,
)
from tests.formats.report_world import TRUSTED, all_rows, answered_world, header, report_of, verified


def _with_co_owner(shares: bool, answers: bool) -> ReportContent:
    """Ola holds half of Mara's song; the report is Mara's."""
    made = answered_world()
    made.entries[OLA] = []
    amended(made, 1, share_bp=5_000, standing=Standing.SHARES)
    made.stakeholders.append(stake(OLA, SONG, Right.COMPOSITION, Standing.SHARES, 5_000))
    made.parties = [replace(p, shares_answers=shares) if p.id == OLA else p for p in made.parties]
    if answers:
        made.allow(artist=OLA)
        made.allow(work_subject(SONG), artist=OLA)
    return all_rows(made)


def test_a_needed_answer_that_is_not_shared_cannot_be_recomputed_and_never_differs() -> None:
    rows = replace(_with_co_owner(shares=False, answers=True), header=header())
    # A service that knows Ola's yes states "allowed"; the reader of Mara's report is not told of it.
    full = state_outcomes(rows, rows.facts(also=[OLA]))
    hidden = replace(rows, entries=rows.ledger(MARA), outcomes=full)
    allowed = next(o for o in full if o.subject == RECORDING and o.use is Use.TRAIN_GENERATIVE)
    assert allowed.outcome is PermissionOutcome.ALLOWED
    found = recompute(hidden)
    assert found.differ == ()
    assert found.cannot > 0
    assert check_outcomes(hidden, recompute(hidden)).state is CheckState.CANNOT
    assert "cannot be recomputed" in check_outcomes(hidden, recompute(hidden)).text


@pytest.mark.parametrize("agreed", [True, False])
def test_of_a_co_owner_a_report_tells_only_whether_everyone_agreed(agreed: bool) -> None:
    content = content_for(_with_co_owner(shares=False, answers=agreed), header())
    assert all(entry.artist == MARA for entry in content.entries)
    told = {(o.work, o.right, o.programme, o.use): o.everyone_agreed for o in content.others_answers}
    assert told.get((SONG, Right.COMPOSITION, PROGRAMME, Use.TRAIN_GENERATIVE), False) is agreed
    assert sum(told.values()) == int(agreed)
    ola = next(party for party in content.parties if party.id == OLA)
    assert (ola.name, ola.kind) == ("Name not shared", PartyKind.PERSON)
    recomputed = recompute(content)
    assert recomputed.differ == ()
    outcome = next(o for o in content.outcomes if o.subject == RECORDING and o.use is Use.TRAIN_GENERATIVE)
    expected = PermissionOutcome.ALLOWED if agreed else PermissionOutcome.UNDECIDED
    assert outcome.outcome is expected


@pytest.mark.parametrize("stance", [PartyStance.ALLOWED, PartyStance.REFUSED, None])
def test_of_somebody_without_a_ledger_too_only_that_is_told(stance: PartyStance | None) -> None:
    everything = _with_co_owner(shares=False, answers=False)
    parties = tuple(replace(p, is_artist=False) if p.id == OLA else p for p in everything.parties)
    said = RecordedAnswer(
        FactId("said"),
        OLA,
        "",
        None,
        ANY_USE,
        stance or PartyStance.UNREACHABLE,
        date(2025, 1, 1),
        SINCE,
        "By phone",
    )
    answers = (said,) if stance else ()
    everything = replace(
        everything, parties=parties, recorded_answers=answers, entries=everything.ledger(MARA)
    )
    content = content_for(everything, header())
    assert content.recorded_answers == ()
    told = {(o.work, o.programme, o.use): o.everyone_agreed for o in content.others_answers}
    assert told[(SONG, PROGRAMME, Use.TRAIN_GENERATIVE)] is (stance is PartyStance.ALLOWED)
    outcome = next(o for o in content.outcomes if o.subject == RECORDING and o.use is Use.TRAIN_GENERATIVE)
    assert (outcome.outcome is PermissionOutcome.ALLOWED) == (stance is PartyStance.ALLOWED)
    assert recompute(content).differ == ()


def test_a_co_owner_who_shares_keeps_the_name() -> None:
    content = content_for(_with_co_owner(shares=True, answers=False), header())
    assert next(party for party in content.parties if party.id == OLA).name == "Ola"


def test_a_refusal_that_is_not_shared_is_not_betrayed_by_the_outcome() -> None:
    rows = _with_co_owner(shares=False, answers=False)
    made = answered_world()  # Ola refused everything here
    refused = replace(rows, entries=all_rows(made).entries, receipts=())
    content = content_for(refused, header())
    outcome = next(o for o in content.outcomes if o.subject == RECORDING and o.use is Use.TRAIN_GENERATIVE)
    assert outcome.outcome is PermissionOutcome.UNDECIDED
    assert check_outcomes(content, recompute(content)).state is not CheckState.FAILED


def test_money_of_others_and_outside_the_period_stays_here() -> None:
    everything = all_rows(answered_world())
    assert {statement.payee for statement in everything.statements} == {MARA, OLA}
    own = content_for(everything, header())
    assert {statement.payee for statement in own.statements} == {MARA}
    assert {line.statement for line in own.lines} == {statement.id for statement in own.statements}
    both = content_for(everything, header(), Chosen(money_of=frozenset({MARA, OLA})))
    assert {statement.payee for statement in both.statements} == {MARA, OLA}
    for since, until, kept in (
        (date(2025, 10, 1), None, 0),
        (None, date(2025, 6, 30), 0),
        (date(2025, 9, 30), None, 1),
        (None, date(2025, 7, 1), 1),
    ):
        head = header(period_from=since, period_until=until)
        assert len(content_for(everything, head).statements) == kept


def test_parts_that_were_not_chosen_are_not_there() -> None:
    everything = all_rows(answered_world())
    bare = content_for(everything, header(parts=(Part.WORKS,)))
    assert bare.works
    for kind in ("receipts", "outcomes", "inclusions", "datasets", "statements", "lines"):
        assert bare.rows(kind) == ()
    assert verified(report_of(bare)).result is Result.GENUINE


def _with_an_unreleased_recording() -> ReportContent:
    made = answered_world()
    made.works = [
        replace(w, unreleased=True, title="Secret Harbour") if w.id == OTHER_RECORDING else w
        for w in made.works
    ]
    made.stakeholders.append(stake(MARA, OTHER_RECORDING, Right.MASTER, Standing.CONTROLS, 10_000))
    made.refuse(work_subject(OTHER_RECORDING))
    everything = all_rows(made)
    first, *rest = everything.lines
    told = replace(
        first,
        work=OTHER_RECORDING,
        words="Secret Harbour",
        title="Secret Harbour (demo)",
        release="Secret EP",
        identifier="SECRET000001",
        upc="SECRET00000002",
    )
    return replace(everything, lines=(told, *rest))


def test_an_unreleased_work_is_left_out_unless_it_is_named() -> None:
    everything = _with_an_unreleased_recording()
    content = content_for(everything, header())
    spelled = b"".join(encode(content.rows(kind)) for kind in _kinds_with_titles())
    assert b"secret" not in spelled.lower()
    assert OTHER_RECORDING.encode() not in spelled
    data = report_of(content)
    assert verified(data).result is Result.GENUINE
    checked = check_content(verified(data), Known.of(TRUSTED))
    assert CheckState.FAILED not in {check.state for check in checked.checks}
    assert b"Secret" not in data
    named = content_for(everything, header(), Chosen(named_works=frozenset({OTHER_RECORDING})))
    assert OTHER_RECORDING in {work.id for work in named.works}
    assert without_private(named) == without_private(without_private(named))


def _kinds_with_titles() -> tuple[str, ...]:
    """All kinds but the ledger and its receipts, where the id stays for the sake of the chain."""
    return (
        "works",
        "releases",
        "stakeholders",
        "controls",
        "agreements",
        "recorded_answers",
        "others_answers",
        "inclusions",
        "statements",
        "lines",
        "outcomes",
    )


def test_a_recording_of_an_unreleased_song_keeps_its_outcome_and_cannot_be_recomputed() -> None:
    made = answered_world()
    made.works = [replace(w, unreleased=True) if w.id == SONG else w for w in made.works]
    content = content_for(all_rows(made), header())
    stated = next(o for o in content.outcomes if o.subject == RECORDING and o.use is Use.TRAIN_GENERATIVE)
    assert stated.outcome is PermissionOutcome.ALLOWED
    assert recompute(content).differ == ()
    assert check_outcomes(content, recompute(content)).state is CheckState.CANNOT


def test_a_group_is_answered_by_its_members_whose_ledgers_stay_theirs() -> None:
    made = answered_world()
    group = replace(
        next(p for p in made.parties if p.id == MARA),
        kind=PartyKind.GROUP,
        group_rule=GroupRule.ALL,
        members=(Membership(OLA),),
    )
    made.parties = [group if p.id == MARA else p for p in made.parties]
    content = content_for(all_rows(made), header())
    assert {entry.artist for entry in content.entries} == {MARA}
    stated = next(o for o in content.outcomes if o.subject == RECORDING and o.use is Use.TRAIN_GENERATIVE)
    assert stated.outcome is PermissionOutcome.REFUSED  # the member refused everything
    assert recompute(content).differ == ()
    assert check_outcomes(content, recompute(content)).state is CheckState.CANNOT


def test_people_whom_no_row_names_and_agreements_about_other_works_do_not_leave() -> None:
    made = answered_world()
    theirs = replace(made.works[1], id=WorkId("olas"), title="Ola's own", artists=(OLA,))
    made.works.append(theirs)
    made.agreements += [
        replace(made.agreements[0], id="theirs", scope=ScopeKind.NAMED_WORKS, works=(theirs.id,)),  # type: ignore[arg-type]
        replace(
            made.agreements[0],
            id="both",  # type: ignore[arg-type]
            scope=ScopeKind.NAMED_WORKS,
            works=(theirs.id, RECORDING),
        ),
    ]
    content = content_for(all_rows(made), header())
    assert theirs.id not in {work.id for work in content.works}
    assert {party.id for party in content.parties}.isdisjoint({OLA, LABEL})
    named = {agreement.id: agreement.works for agreement in content.agreements}
    assert named["both"] == (RECORDING,)  # type: ignore[index]
    assert "theirs" not in named


def test_a_credit_is_kept_as_printed_without_saying_who_it_is() -> None:
    made = answered_world()
    made.works[0] = replace(made.works[0], credits=(WorkCredit("O. Berg", "producer", OLA),))
    content = content_for(all_rows(made), header())
    work = next(work for work in content.works if work.id == RECORDING)
    assert work.credits == (WorkCredit("O. Berg", "producer", None),)


def test_what_others_hold_and_registered_of_a_song_stays_here() -> None:
    made = answered_world()
    made.works[1] = replace(
        made.works[1],
        shares=(RegisteredShare("O. Berg", "composer", "00008715000", 5_000),),
        registrations=(Registration("Berg Music", "B-1", "PRS", "T1", "AS"),),
        sources=(SourceNote("berg.v22", 3, said=(SaidField("shares", "O. Berg 50/-/-"),)),),
    )
    content = content_for(all_rows(made), header())
    work = next(work for work in content.works if work.id == made.works[1].id)
    assert (work.shares, work.registrations) == ((), ())
    assert work.sources == (SourceNote("berg.v22", 3),)
    assert check_outcomes(content, recompute(content)).state is not CheckState.FAILED
