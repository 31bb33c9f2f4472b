"""The sample world: the same every time, complete, adding up, and accepted by the rules of the service.

Most tests look through the eyes of the manager: what a first sync brings, as facts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from artist_console.backend.demo import SampleWorld, sample, seed_sample
from artist_console.backend.demo_decisions import SampleAct
from artist_console.backend.demo_people import ROSTER
from artist_console.backend.feeding import snapshot_page
from artist_console.backend.pushing import receive
from artist_console.backend.service import Service, make_service
from artist_console.backend.storage import accounts
from artist_console.backend.storage.database import open_database
from artist_console.domain import answers
from artist_console.domain.decisions import LedgerEntry, Outcome
from artist_console.domain.earnings import earned_by_work, paid_uses, twelve_months_to
from artist_console.domain.facts import FactBook
from artist_console.domain.finding import Finding
from artist_console.domain.finding_kinds import FindingKind
from artist_console.domain.finding_records import Records
from artist_console.domain.findings import find
from artist_console.domain.identifiers import read_isni, read_isrc, read_iswc, read_upc
from artist_console.domain.ids import ArtistId, ProgrammeId, WorkId
from artist_console.domain.inclusion import Asset, Basis, BasisGroup, MatchBand, ModelRelation, group_of
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.mandates import Mandate, MandateEvidence, Power
from artist_console.domain.match_answers import is_hit
from artist_console.domain.outcomes import PermissionOutcome
from artist_console.domain.parties import Standing, split_fault
from artist_console.domain.permission import Question, permission
from artist_console.domain.permission_classes import OutcomeTable
from artist_console.domain.programmes import ApprovalClause, ScopeKind, Silence
from artist_console.domain.registers import Subject, SubjectKind
from artist_console.domain.removal_steps import RemovalStep
from artist_console.domain.removals import cases
from artist_console.domain.statement_checks import check
from artist_console.domain.statements import CheckResult, LineKind, Statement
from artist_console.domain.summaries import summarise
from artist_console.domain.uses import Right, Use
from artist_console.domain.waiting import WaitingItem, WaitingKind, waiting
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.work_rows import OwnStance, WorkSummary
from artist_console.formats.encoding import encode
from artist_console.formats.kinds import Kind
from artist_console.formats.receipts import SignerRole
from artist_console.formats.wire import PushBatch, PushItem, decode_row, digest_of

TODAY = date(2025, 11, 18)
NOW = datetime(2025, 11, 18, 12, tzinfo=UTC)
DATA_KEY, SIGNING_KEY = bytes(range(32)), bytes(range(32, 64))


@pytest.fixture(scope="module")
def world() -> SampleWorld:
    return sample(TODAY)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The sample in a real backend's database, judged and signed."""
    path: Path = tmp_path_factory.mktemp("sample") / "backend.db"
    seed_sample(path, DATA_KEY, SIGNING_KEY, TODAY)
    opened = open_database(path, DATA_KEY)
    made = make_service(
        opened, SIGNING_KEY, host_name="this computer", role=SignerRole.THIS_COMPUTER, clock=lambda: NOW
    )
    yield made
    made.close()


@dataclass
class Seen:
    """What the manager's first sync brings."""

    rows: dict[Kind, list[Any]]
    facts: FactBook
    entries: dict[ArtistId, list[LedgerEntry]]


def _snapshot(service: Service, account: Any) -> dict[Kind, list[Any]]:
    rows: defaultdict[Kind, list[Any]] = defaultdict(list)
    with service.database.reading() as connection:
        scope = accounts.scope_of(connection, account, NOW)
        following: str | None = None
        while True:
            page = snapshot_page(connection, service.identity, scope, following)
            for item in page.items:
                if item.body is not None:
                    rows[item.kind].append(decode_row(item.kind, item.body))
            following = page.next
            if following is None:
                return rows


def _book(rows: dict[Kind, list[Any]]) -> tuple[FactBook, dict[ArtistId, list[LedgerEntry]]]:
    entries: defaultdict[ArtistId, list[LedgerEntry]] = defaultdict(list)
    for entry in rows[Kind.ENTRY]:
        entries[entry.artist].append(entry)
    book = FactBook.of(
        parties=rows[Kind.PARTY],
        works=rows[Kind.WORK],
        releases=rows[Kind.RELEASE],
        programmes=rows[Kind.PROGRAMME],
        terms=rows[Kind.TERMS],
        stakeholders=rows[Kind.STAKEHOLDER],
        controls=rows[Kind.CONTROL],
        agreements=rows[Kind.AGREEMENT],
        opt_ins=rows[Kind.OPT_IN],
        attestations=rows[Kind.ATTESTATION],
        recorded_answers=rows[Kind.RECORDED_ANSWER],
        others=rows[Kind.OTHERS_ANSWER],
        ledgers=entries,
    )
    return book, dict(entries)


@pytest.fixture(scope="module")
def seen(service: Service, world: SampleWorld) -> Seen:
    rows = _snapshot(service, world.manager)
    return Seen(rows, *_book(rows))


@pytest.fixture(scope="module")
def findings(seen: Seen, world: SampleWorld) -> tuple[Finding, ...]:
    paid = paid_uses(world.statements, [line for held in world.lines.values() for line in held])
    return find(
        seen.facts,
        seen.rows[Kind.INCLUSION],
        seen.rows[Kind.MODEL],
        seen.rows[Kind.DATASET],
        seen.rows[Kind.STATEMENT],
        paid,
        seen.rows[Kind.MANDATE],
        TODAY,
    )


@pytest.fixture(scope="module")
def table(seen: Seen) -> OutcomeTable:
    return OutcomeTable(seen.facts, NOW)


@pytest.fixture(scope="module")
def summaries(
    seen: Seen, world: SampleWorld, findings: tuple[Finding, ...], table: OutcomeTable
) -> tuple[WorkSummary, ...]:
    inclusions = defaultdict(list)
    for said in seen.rows[Kind.INCLUSION]:
        inclusions[said.work].append(said)
    made: list[WorkSummary] = []
    for act in ROSTER:
        statements = {s.id for s in world.statements if s.payee == act.id}
        own_lines = [line for id in statements for line in world.lines[id]]
        made += summarise(
            act.id,
            [work for work in seen.rows[Kind.WORK] if act.id in work.artists],
            seen.facts,
            table,
            inclusions,
            earned_by_work(own_lines, twelve_months_to(TODAY), TODAY),
            findings,
            (),
            TODAY,
            seen.rows[Kind.REQUEST],
        )
    return tuple(made)


@pytest.fixture(scope="module")
def items(
    seen: Seen, world: SampleWorld, findings: tuple[Finding, ...], table: OutcomeTable
) -> tuple[WaitingItem, ...]:
    return waiting(
        [act.id for act in ROSTER],
        seen.facts,
        table,
        seen.rows[Kind.REQUEST],
        (world.stale,),
        findings,
        seen.rows[Kind.INCLUSION],
        [(s, check(s, world.lines[s.id]).result) for s in world.statements],
        seen.rows[Kind.MANDATE],
        TODAY,
    )


def _of(world: SampleWorld, kind: Kind) -> list[Any]:
    return [row for found, row in world.rows if found is kind]


def test_the_same_day_gives_the_same_world(world: SampleWorld) -> None:
    again = sample(TODAY)

    assert encode([row for _, row in again.rows]) == encode([row for _, row in world.rows])
    assert again.steps == world.steps
    assert again.lines == world.lines


def test_another_day_keeps_ids_and_titles_and_moves_dates(world: SampleWorld) -> None:
    later = sample(date(2026, 3, 2))

    def named(of: SampleWorld) -> set[tuple[str, str]]:
        return {(work.id, work.title) for work in _of(of, Kind.WORK)}

    assert named(later) == named(world)
    assert {r.released_on for r in _of(later, Kind.RELEASE)} != {
        r.released_on for r in _of(world, Kind.RELEASE)
    }


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 12, 31)])
def test_it_can_be_made_on_any_day(day: date) -> None:
    made = sample(day)

    faulty = [s.id for s in made.statements if check(s, made.lines[s.id]).result is not CheckResult.ADDS_UP]
    assert set(faulty) == {made.short, made.unchecked}
    assert {line.kind for held in made.lines.values() for line in held} == set(LineKind)


def test_fourteen_artists_have_their_announced_number_of_works(world: SampleWorld) -> None:
    count = Counter(artist for work in _of(world, Kind.WORK) for artist in work.artists)

    assert len(ROSTER) == 14
    assert {act.name: count[act.id] for act in ROSTER} == {act.name: act.works for act in ROSTER}
    assert len(_of(world, Kind.WORK)) == pytest.approx(1_600, abs=40)
    assert count[ROSTER[0].id] == 128


def test_every_row_survives_the_wire(world: SampleWorld) -> None:
    for kind, row in world.rows:
        assert decode_row(kind, encode(row)) == row


def test_identifiers_are_valid_single_and_nobodys(world: SampleWorld) -> None:
    works = _of(world, Kind.WORK)
    codes = [work.identifier for work in works if work.identifier]
    recordings = [work for work in works if work.kind is WorkKind.RECORDING]

    assert len(set(codes)) == len(codes)
    for work in works:
        read = read_isrc if work.kind is WorkKind.RECORDING else read_iswc
        assert work.identifier == read(work.identifier).value
        assert read(work.identifier).reason == ""
    assert all(work.identifier[:2] in ("XX", "") for work in recordings)  # no country has this code
    assert any(not work.identifier and not work.unreleased for work in recordings)
    for release in _of(world, Kind.RELEASE):
        assert read_upc(release.upc).reason == ""
        assert release.upc == read_upc(release.upc).value
    for party in _of(world, Kind.PARTY):
        assert all(read_isni(each.value).reason == "" for each in party.identifiers)


def test_titles_are_in_several_scripts_and_there_are_groups_remixes_and_unreleased_works(
    world: SampleWorld,
) -> None:
    titles = "".join(work.title for work in _of(world, Kind.WORK))
    relations = {r.kind.value for work in _of(world, Kind.WORK) for r in work.relations}

    for first, last in (("\u3040", "\u9fff"), ("\u0600", "\u06ff"), ("\u00c0", "\u017f")):
        assert any(first <= letter <= last for letter in titles)
    assert {"embodies", "version_of", "remix_of", "rerecording_of"} <= relations
    assert any(party.members for party in _of(world, Kind.PARTY))
    assert any(work.unreleased for work in _of(world, Kind.WORK))
    assert any(len(work.artists) > 1 for work in _of(world, Kind.WORK))


def test_the_service_accepts_or_proposes_every_decision(
    service: Service, seen: Seen, world: SampleWorld
) -> None:
    said = [decision for step in world.steps if isinstance(step, SampleAct) for decision in step.decisions]
    recorded = {e.decision.id for held in seen.entries.values() for e in held if e.decision is not None}

    assert {decision.id for decision in said} == recorded
    assert any(seen.facts.proposals.values())


def test_the_managers_late_answer_becomes_a_conflict_by_the_ordinary_rule(
    service: Service, world: SampleWorld
) -> None:
    batch = PushBatch("stream-of-the-sample", [PushItem(1, digest_of(world.stale), world.stale)])

    with service.database.writing() as connection:
        reply = receive(connection, service.desk, world.manager, batch, 0, NOW)

    assert [outcome.outcome for outcome in reply.outcomes] == [Outcome.CONFLICT]


def test_the_manager_sees_every_artist_and_nobody_elses_money(seen: Seen, world: SampleWorld) -> None:
    artists = {act.id for act in ROSTER}

    assert {mandate.artist for mandate in seen.rows[Kind.MANDATE]} == artists
    assert {statement.payee for statement in world.statements} <= artists
    assert len(seen.rows[Kind.STATEMENT]) == len(world.statements)


def test_an_artist_sees_only_the_own_statements(service: Service, world: SampleWorld) -> None:
    mara = ROSTER[0]

    rows = _snapshot(service, mara.account)

    assert {statement.payee for statement in rows[Kind.STATEMENT]} == {mara.id}
    assert {entry.artist for entry in rows[Kind.ENTRY]} == {mara.id}


def test_mandates_differ_one_ends_soon_and_one_only_looks(seen: Seen) -> None:
    mandates: list[Mandate] = seen.rows[Kind.MANDATE]
    powers = {frozenset(mandate.powers) for mandate in mandates}

    assert any(mandate.until is not None and (mandate.until - TODAY).days == 9 for mandate in mandates)
    assert any(Power.DECIDE in held for held in powers)
    assert any(Power.PROPOSE in held and Power.DECIDE not in held for held in powers)
    assert any(Power.PROPOSE not in held for held in powers)
    assert {mandate.evidence for mandate in mandates} == set(MandateEvidence)


def test_three_currencies_three_years_and_figures_that_add_up(world: SampleWorld) -> None:
    results = {s.id: check(s, world.lines[s.id]).result for s in world.statements}
    odd = {id: result for id, result in results.items() if result is not CheckResult.ADDS_UP}

    assert len({s.currency for s in world.statements}) == 3
    assert (TODAY - min(s.period_from for s in world.statements)).days >= 3 * 365
    assert odd == {
        world.short: CheckResult.DOES_NOT_ADD_UP,
        world.unchecked: CheckResult.PART_CANNOT_BE_CHECKED,
    }
    declared = check(_statement(world, world.short), world.lines[world.short])
    assert [each.difference for each in declared.checks if each.difference is not None] == [Decimal("-6.90")]


def _statement(world: SampleWorld, id: str) -> Statement:
    return next(statement for statement in world.statements if statement.id == id)


def test_each_account_goes_on_where_its_last_statement_ended(world: SampleWorld) -> None:
    accounts_kept: defaultdict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in world.statements:
        if statement.id != world.unchecked:
            accounts_kept[statement.issuer, statement.payee].append(statement)

    for held in accounts_kept.values():
        for former, following in pairwise(held):
            assert former.period_until < following.period_from
            if (following.period_from - former.period_until).days == 1:
                assert following.opening_balance == former.closing_balance


def test_corrections_name_a_line_that_is_there(world: SampleWorld) -> None:
    corrections = [line for held in world.lines.values() for line in held if line.corrects is not None]

    assert {line.kind for line in corrections} == {LineKind.REVERSAL, LineKind.ADJUSTMENT}
    for line in corrections:
        numbers = {other.number for other in world.lines[line.corrects_statement or line.statement]}
        assert line.corrects in numbers


def test_estimated_amounts_carry_their_range(world: SampleWorld) -> None:
    estimated = [
        line
        for held in world.lines.values()
        for line in held
        if line.kind in (LineKind.USAGE_OUTPUT_ATTRIBUTED, LineKind.USAGE_OUTPUT_ANALOGY)
    ]

    assert estimated
    for line in estimated:
        assert line.confidence_low is not None
        assert line.confidence_high is not None
        assert line.confidence_low < line.amount < line.confidence_high


def test_the_service_holds_the_lines_as_they_were_made(service: Service, world: SampleWorld) -> None:
    with (
        service.database.reading() as connection,
        service.statement_files.reading(connection, world.short) as file,
    ):
        assert file is not None
        held = file.lines(statement_order=False)

    assert held == world.lines[world.short]


def test_every_state_grade_basis_and_asset_is_there(seen: Seen, summaries: tuple[WorkSummary, ...]) -> None:
    said = seen.rows[Kind.INCLUSION]

    assert {s.state for s in said} | {s.where for s in summaries} == set(InclusionState)
    assert {s.grade for s in said} == set(EvidenceGrade)
    assert {s.basis for s in said} == set(Basis)
    assert {group_of(s.basis) for s in said} == set(BasisGroup)
    assert {s.asset for s in said} == set(Asset)
    assert {p.relation for model in seen.rows[Kind.MODEL] for p in model.parents} == set(ModelRelation)


def test_every_state_is_the_shown_one_of_some_work(summaries: tuple[WorkSummary, ...]) -> None:
    assert {summary.where for summary in summaries} == set(InclusionState)


def test_every_standing_clause_scope_and_silence_is_there(seen: Seen) -> None:
    assert {row.standing for row in seen.rows[Kind.STAKEHOLDER]} == set(Standing)
    assert {row.clause for row in seen.rows[Kind.AGREEMENT]} == set(ApprovalClause)
    assert {row.scope for row in seen.rows[Kind.AGREEMENT]} >= {ScopeKind.LABEL, ScopeKind.ALL_CONTROLLED}
    assert {row.silence_means for row in seen.rows[Kind.REQUEST]} == set(Silence)
    assert {opt.accepted for opt in seen.rows[Kind.OPT_IN]} == {True, False}


def test_some_splits_disagree_and_most_add_up(seen: Seen) -> None:
    groups: defaultdict[tuple[str, Right], list[Any]] = defaultdict(list)
    for row in seen.rows[Kind.STAKEHOLDER]:
        groups[row.subject, row.right].append(row)
    faults = [fault for (_, right), rows in groups.items() if (fault := split_fault(right, tuple(rows)))]

    assert any(fault.total_bp is None for fault in faults)
    assert any(fault.total_bp is not None and fault.total_bp < 10_000 for fault in faults)
    assert any(fault.total_bp is not None and fault.total_bp > 10_000 for fault in faults)
    assert len(faults) < len(groups) / 20


def _outcomes(seen: Seen, table: OutcomeTable) -> set[PermissionOutcome]:
    return {
        table.outcome(artist, work.id, programme.id, use)[1]
        for work in seen.rows[Kind.WORK]
        for artist in work.artists
        for programme in seen.rows[Kind.PROGRAMME]
        for use in programme.uses
    }


def test_every_outcome_is_there(seen: Seen, table: OutcomeTable) -> None:
    assert _outcomes(seen, table) == set(PermissionOutcome)


def test_the_works_table_shows_nearly_every_outcome_by_itself(summaries: tuple[WorkSummary, ...]) -> None:
    shown = {summary.outcome for summary in summaries}

    # New terms come programme by programme and a complete list exists for one: there a work differs by use.
    missing = {PermissionOutcome.TERMS_CHANGED, PermissionOutcome.NOT_LICENSED}
    assert shown == set(PermissionOutcome) - missing
    assert {summary.own for summary in summaries} == set(OwnStance)


def test_every_reason_for_having_no_answer_is_there(seen: Seen) -> None:
    found: set[answers.Silence] = set()
    for work in seen.rows[Kind.WORK]:
        if found == set(answers.Silence):
            break
        for programme, use in ((p, u) for p in seen.rows[Kind.PROGRAMME] for u in p.uses[:2]):
            subject = Subject(SubjectKind.WORK, work.id)
            asked = permission(Question(work.artists[0], subject, programme.id, use, NOW), seen.facts)
            found |= {each.silence for each in asked.needed if each.silence is not None}

    assert found == set(answers.Silence)


def test_a_voice_is_allowed_and_another_refused(seen: Seen) -> None:
    voice = next(p for p in seen.rows[Kind.PROGRAMME] if p.name == "Northlight Voice")

    def asked(slug: str, use: Use) -> PermissionOutcome:
        act = next(act for act in ROSTER if act.slug == slug)
        subject = Subject(SubjectKind.PERSON, act.id)
        question = Question(act.id, subject, ProgrammeId(voice.id), use, NOW)
        return permission(question, seen.facts).outcome

    assert asked("layla", Use.TRAIN_VOICE) is PermissionOutcome.ALLOWED
    assert asked("mara", Use.TRAIN_VOICE) is PermissionOutcome.REFUSED


def test_every_kind_of_finding_is_there(findings: tuple[Finding, ...]) -> None:
    # A switch elsewhere is noted by a person, in the profile; no service has any.
    assert {found.kind for found in findings} == set(FindingKind) - {FindingKind.SET_OTHERWISE}


def test_one_use_came_twelve_days_after_a_refusal(findings: tuple[Finding, ...], seen: Seen) -> None:
    (found,) = [f for f in findings if f.kind is FindingKind.USED_AFTER_REFUSAL]

    assert seen.facts.works[found.work or WorkId("")].title == "Lantern Year"
    assert any("12 days before" in sentence.text for sentence in found.words)


def test_every_kind_of_waiting_is_there(items: tuple[WaitingItem, ...]) -> None:
    # What came without a mandate is told to the artist alone, and the sample is a manager's.
    # Cases are private: no service has them.
    assert {item.kind for item in items} == set(WaitingKind) - {WaitingKind.UNAUTHORISED, WaitingKind.CASE}


def test_the_worklist_stays_short_enough_to_work_through(items: tuple[WaitingItem, ...]) -> None:
    count = Counter(item.artist for item in items)

    assert max(count.values()) <= 10
    assert len(items) <= 60


def test_the_table_answers_as_the_rule_does(seen: Seen, table: OutcomeTable) -> None:
    for work in seen.rows[Kind.WORK][::37]:
        for programme in seen.rows[Kind.PROGRAMME]:
            use = programme.uses[len(work.title) % len(programme.uses)]
            subject = Subject(SubjectKind.WORK, work.id)
            asked = permission(Question(work.artists[0], subject, programme.id, use, NOW), seen.facts)
            told = table.outcome(work.artists[0], work.id, programme.id, use)
            assert told == (asked.answer.kind, asked.outcome)


def test_there_is_a_removal_in_every_step_that_can_be_stated(seen: Seen) -> None:
    records = Records(
        seen.facts,
        seen.rows[Kind.INCLUSION],
        seen.rows[Kind.MODEL],
        seen.rows[Kind.DATASET],
        (),
        (),
        (),
        TODAY,
    )
    found = list(cases(records))

    # That a request was received is told to a person, not reported.
    assert {case.step for case in found} == set(RemovalStep) - {RemovalStep.ACKNOWLEDGED}
    assert any(case.overdue_days for case in found)


def test_public_lists_have_rows_of_every_band_and_documented_models(world: SampleWorld) -> None:
    rows = [said.evidence.listed for said in _of(world, Kind.INCLUSION) if is_hit(said)]

    assert {row.band for row in rows if row is not None} == set(MatchBand)
    assert None not in rows
    assert any(dataset.documented for dataset in _of(world, Kind.DATASET))
    assert {parent.relation for model in _of(world, Kind.MODEL) for parent in model.parents} == set(
        ModelRelation
    )
