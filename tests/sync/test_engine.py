"""Rounds of two devices with the real service: nothing lost, doubled, reordered or overruled in silence."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from artist_console.backend.storage import settings
from artist_console.domain.decisions import AnswerKind, Outcome
from artist_console.domain.ids import AccountId, ActId, ProgrammeId, StatementId
from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.registers import Stance, UseScope, UseScopeKind
from artist_console.domain.statements import CheckResult, Line, LineKind, Statement, StatementSource
from artist_console.domain.work_rows import OwnStance, WorksQuery
from artist_console.formats import ledger_proof, receipts, wire
from artist_console.formats.accounts import Account, RosterArtist
from artist_console.formats.kinds import Kind
from artist_console.formats.signatures import SigningKey
from artist_console.store import (
    heard,
    journal,
    mirror,
    profile,
    projection,
    restored,
    statements,
    tries,
    works,
)
from artist_console.store.opening import Part
from artist_console.store.problems import AnotherAccount
from artist_console.sync import agreement
from artist_console.sync import lines as lines_coming
from artist_console.sync.engine import Progress, run_round
from artist_console.sync.problems import ClientTooOld, CursorExpired, SignInAgain, Unreachable
from tests.store.records import (
    PROGRAMME,
    TODAY,
    artist_id,
    artist_rows,
    decide,
    listed,
    on_work,
    programme_rows,
    row_id,
    work_id,
)
from tests.sync.devices import SIGNING_KEY, START, Device, Service

NewDevice = Callable[[], Device]


def ledger_of(service: Service) -> list[str]:
    """The ids of the decisions in the ledger of the service itself, in order."""
    with service.backend.service.database.reading() as connection:
        state = service.backend.service.ledgers.state(connection, artist_id(0))
    return [recording.decision.id for recording in state.said.recordings]


def outcome_of(device: Device, decision: str) -> Outcome | None:
    found = journal.entry(device.store, decision)  # type: ignore[arg-type]
    assert found is not None
    return found.outcome


def answer(device: Device, work: int = 1) -> AnswerKind:
    """What this device shows for one cell: the mirror with its own undelivered decisions over it."""
    from artist_console.domain.permission import Question, permission
    from artist_console.domain.registers import Subject, SubjectKind
    from artist_console.domain.uses import Use

    question = Question(
        artist_id(0), Subject(SubjectKind.WORK, work_id(0, work)), PROGRAMME, Use.TRAIN_GENERATIVE, START
    )
    return permission(question, mirror.facts(device.store, START)).answer.kind


def allow(device: Device, work: int = 1, act: str = "") -> str:
    """An allow made in sight of what the device shows."""
    wish = decide(Stance.ALLOW, on_work(0, work), act=act)
    shown = mirror.facts(device.store, START).said.get(artist_id(0), ())
    base = [r.decision.id for r in shown if r.decision.register == wish.register]
    pin = journal.pins(device.store).get(artist_id(0))
    made = replace(wish, base=base[-1] if base else None, **({"seen": pin} if pin else {}))
    journal.append(device.store, [made])
    return made.id


def refuse(device: Device, work: int | None = None) -> str:
    made = decide(Stance.REFUSE, on_work(0, work)) if work is not None else decide()
    journal.append(device.store, [made])
    return made.id


def test_the_first_round_brings_everything_in_reach(device: Device) -> None:
    report = device.sync()
    held = {(kind, id) for kind, id in device.store.rows("SELECT kind, id FROM mirror.row")}
    # A dataset is shown to those whose works are stated to be in it.
    sent = [pair for pair in programme_rows() + artist_rows(0, 4) if pair[0] is not Kind.DATASET]
    assert held == {(kind.value, row_id(kind, row)) for kind, row in sent}
    assert report.received == len(held)
    assert works.find(device.store, WorksQuery()).total == 5
    account = profile.account(device.store)
    assert account is not None
    assert [a.artist for a in account.artists] == [artist_id(0)]
    assert profile.last_sync(device.store) == START
    assert projection.is_current(device.store, TODAY)


def test_a_round_without_news_changes_nothing(device: Device) -> None:
    device.sync()
    report = device.sync()
    assert (report.sent, report.received, report.restored) == (0, 0, False)


def test_a_decision_reaches_the_ledger_and_the_other_device(service: Service, new_device: NewDevice) -> None:
    one, other = new_device(), new_device()
    one.sync()
    other.sync()
    made = refuse(one, 2)
    projection.refresh(one.store, TODAY)
    before = works.summary(one.store, work_id(0, 2))
    assert before is not None
    assert (before.own, before.waiting) == (OwnStance.REFUSE, True)
    report = one.sync()
    assert (report.sent, report.accepted) == (1, 1)
    assert ledger_of(service) == [made]
    for device in (one, other):
        device.sync()
        shown = works.summary(device.store, work_id(0, 2))
        assert shown is not None
        assert (shown.own, shown.waiting) == (OwnStance.REFUSE, False)


def test_the_receipt_proves_the_decision_without_a_network(service: Service, device: Device) -> None:
    device.sync()
    made = refuse(device)
    device.sync()
    service.stop()
    entry = mirror.entry_of(device.store, made)  # type: ignore[arg-type]
    assert entry is not None
    (kept,) = journal.receipts(device.store, made)  # type: ignore[arg-type]
    key = SigningKey(SIGNING_KEY).public
    check = receipts.verify_receipt(kept.jws, {key.kid: key}, entry)
    assert check.receipt is not None, check.checks
    assert ledger_proof.check_chain(mirror.ledger(device.store, artist_id(0))).holds
    assert journal.pins(device.store)[artist_id(0)].head == entry.head == kept.head


@pytest.mark.parametrize("lost", ["request", "reply"])
@pytest.mark.parametrize("after", range(4))
def test_a_line_that_is_cut_anywhere_loses_and_doubles_nothing(
    service: Service, device: Device, lost: str, after: int
) -> None:
    device.sync()
    made = [refuse(device, 1), allow(device, 2), refuse(device)]
    device.line.after = after
    setattr(device.line, "lose_requests" if lost == "request" else "lose_replies", 1)
    with pytest.raises(Unreachable):
        device.sync()
    last = profile.last_round(device.store)
    assert last.failures == 1
    assert last.problem.startswith("The service on this computer cannot be reached")
    assert last.next_try is not None
    device.close()
    device.sync()
    assert ledger_of(service) == made
    assert [outcome_of(device, id) for id in made] == [Outcome.ACCEPTED] * 3
    assert len(mirror.ledger(device.store, artist_id(0))) == 3
    assert profile.last_round(device.store).failures == 0


def test_a_stale_allow_is_a_conflict_and_the_refusal_stands(service: Service, new_device: NewDevice) -> None:
    one, other = new_device(), new_device()
    one.sync()
    other.sync()
    no = refuse(one)
    yes = allow(other)
    assert answer(other) is AnswerKind.ALLOWED
    one.sync()
    report = other.sync()
    assert report.conflicts == 1
    assert answer(other) is AnswerKind.REFUSED
    (waiting,) = journal.needing_person(other.store)
    assert (waiting.decision.id, waiting.outcome) == (yes, Outcome.CONFLICT)
    assert waiting.words
    assert waiting.against == no
    assert ledger_of(service) == [no]
    assert any(item.target == yes for item in projection.waiting_items(other.store))


def test_a_refusal_from_an_outdated_device_applies_all_the_same(
    service: Service, new_device: NewDevice
) -> None:
    one, other = new_device(), new_device()
    one.sync()
    other.sync()
    allow(one)
    one.sync()
    refuse(other)
    report = other.sync()
    assert report.accepted == 1
    one.sync()
    assert answer(one) is AnswerKind.REFUSED
    assert answer(other) is AnswerKind.REFUSED


def test_an_act_travels_whole_even_when_it_is_larger_than_a_batch(service: Service, device: Device) -> None:
    device.sync()
    single = refuse(device, 3)
    act = [replace(decide(Stance.REFUSE, on_work(0, 1), act="big"), made_at=START) for _ in range(250)]
    journal.append(device.store, act)
    after = refuse(device, 2)
    report = device.sync()
    assert report.accepted == 252
    assert ledger_of(service) == [single, *(d.id for d in act), after]


def test_a_decision_made_during_a_round_is_not_lost(service: Service, device: Device) -> None:
    device.sync()
    made = [refuse(device, 1)]
    with device.calling() as api:

        def meanwhile(progress: Progress) -> None:
            if progress.stage in ("sending", "receiving") and len(made) < 4:
                made.append(refuse(device, 2))

        run_round(device.store, api, service.clock, meanwhile)
    device.sync()
    assert ledger_of(service) == made


def test_a_row_that_is_taken_away_leaves_the_table_and_the_search(service: Service, device: Device) -> None:
    device.sync()
    assert works.find(device.store, WorksQuery(text="überfahrt")).total == 1
    service.take_away(Kind.WORK, work_id(0, 2))
    device.sync()
    assert mirror.get(device.store, Kind.WORK, work_id(0, 2)) is None
    assert works.find(device.store, WorksQuery(text="überfahrt")).total == 0
    assert works.find(device.store, WorksQuery()).total == 4


def test_news_of_the_service_reach_the_table(service: Service, device: Device) -> None:
    device.sync()
    service.add([(Kind.INCLUSION, listed(work_id(0, 1)))])
    report = device.sync()
    assert report.received == 2  # the statement, and the dataset that it brings into reach
    shown = works.summary(device.store, work_id(0, 1))
    assert shown is not None
    assert shown.where is InclusionState.SUSPECTED
    assert shown.stated_by == "Open Songs"


def statement_rows(count: int) -> tuple[Statement, list[Line]]:
    id = StatementId("statement-1")
    lines = [
        Line(
            id,
            number,
            LineKind.FEE_TRAINING,
            Decimal("0.100000000000000001"),
            "EUR",
            date(2025, 9, 1),
            work=work_id(0, number % 2),
            programme=ProgrammeId(PROGRAMME),
        )
        for number in range(1, count + 1)
    ]
    total = sum((line.amount for line in lines), Decimal(0))
    statement = Statement(
        id,
        "Harmonia Lab",
        artist_id(0),
        date(2025, 9, 1),
        date(2025, 9, 30),
        "EUR",
        count,
        total,
        StatementSource.API,
        date(2025, 10, 2),
        "a" * 64,
    )
    return statement, lines


def test_lines_of_a_statement_come_in_pieces_and_add_up_exactly(
    service: Service, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    device.sync()
    statement, lines = statement_rows(2_500)
    service.add([(Kind.STATEMENT, statement)], lines)
    monkeypatch.setattr(lines_coming, "PIECE_BYTES", 4_000)
    device.line.after, device.line.lose_replies = 5, 1
    with pytest.raises(Unreachable):
        device.sync()
    assert not statements.is_complete(device.store, statement.id)
    assert statements.totals(device.store) == ()
    device.sync()
    assert statements.lines(device.store, statement.id) == tuple(lines)
    assert statements.check_result(device.store, statement.id) is CheckResult.PART_CANNOT_BE_CHECKED
    amounts = [t.amount for t in statements.totals(device.store, payee=artist_id(0))]
    assert sum(amounts, Decimal(0)) == statement.declared_total
    shown = works.summary(device.store, work_id(0, 1))
    assert shown is not None
    assert shown.earned == (("EUR", Decimal("125.00000000000000125")),)


def test_a_restored_service_gets_the_whole_journal_again_in_order(service: Service, device: Device) -> None:
    device.sync()
    first = [refuse(device, 1), allow(device, 2)]
    device.sync()
    service.back_up()
    later = [refuse(device, 3), refuse(device)]
    device.sync()
    service.restore()
    assert ledger_of(service) == first
    report = device.sync()
    assert report.restored
    assert report.confirmed_again == 2
    assert report.accepted == 2
    assert ledger_of(service) == [*first, *later]
    told = restored.restored(device.store)
    assert told is not None
    assert (told.confirmed, told.attention, told.waiting) == (4, 0, 0)
    assert device.sync().restored is False
    assert len(mirror.ledger(device.store, artist_id(0))) == 4
    restored.note_read(device.store)
    assert restored.restored(device.store) is None


def test_what_a_restored_service_does_not_take_again_is_counted_apart(
    service: Service, new_device: NewDevice
) -> None:
    one, two = new_device(), new_device()
    one.sync()
    two.sync()
    service.back_up()
    allow(one, 2)
    one.sync()
    service.restore()
    refuse(two)
    two.sync()
    one.sync()
    told = restored.restored(one.store)
    assert told is not None
    assert (told.confirmed, told.attention, told.waiting) == (0, 1, 0)
    # The other device had sent nothing before, so there is nothing to tell.
    assert restored.restored(two.store) is None


def test_a_copied_profile_is_no_restored_service(service: Service, device: Device, tmp_path: Path) -> None:
    device.sync()
    refuse(device, 1)
    device.sync()
    device.close()
    shutil.copytree(device.folder, tmp_path / "copy")
    copy = Device(tmp_path / "copy", service)
    try:
        made = [refuse(device, 2), refuse(copy, 3)]
        device.sync()
        copy.sync()
        assert ledger_of(service)[1:] == made
        assert restored.restored(copy.store) is None
    finally:
        copy.close()


def test_registers_are_compared_once_a_day(
    service: Service, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    compare = agreement.disagreements
    monkeypatch.setattr(
        agreement, "disagreements", lambda store, api: asked.append("once") or compare(store, api)
    )
    refuse(device, 1)
    device.sync()
    device.sync()
    assert asked == [], "the first round fetched everything"
    service.clock.now += timedelta(days=1)
    device.sync()
    device.sync()
    assert len(asked) == 1
    service.clock.now -= timedelta(days=30)
    device.sync()
    assert len(asked) == 2, "a clock that was set back does not put it off for a month"


def test_registers_that_differ_are_fetched_anew_and_a_diagnostic_is_written(
    service: Service, device: Device, caplog: pytest.LogCaptureFixture
) -> None:
    device.sync()
    refuse(device, 1)
    allow(device, 2)
    device.sync()
    # The entry is changed together with its head, so that nothing but the digest can show it.
    (body, key) = device.store.row(
        "SELECT r.body, r.key FROM mirror.row r JOIN mirror.ledger l ON l.key = r.key WHERE l.n = 1"
    )
    bent = body.replace(b'"refuse"', b'"clear"')
    assert bent != body
    with device.store.transaction(Part.MIRROR):
        device.store.run("UPDATE mirror.row SET body = :bent WHERE key = :key", {"bent": bent, "key": key})
    service.clock.now += timedelta(days=2)
    device.sync()
    assert (
        device.store.value("SELECT body FROM mirror.row WHERE id = :id", {"id": f"{artist_id(0)}/1"}) == body
    )
    assert "registers of 1 artists differ" in caplog.text


def test_a_clock_that_is_off_is_noted_and_orders_nothing(service: Service, device: Device) -> None:
    with device.calling() as api:
        run_round(device.store, api, lambda: datetime.now(UTC) + timedelta(hours=3))
    assert abs(profile.clock_offset_s(device.store) + 3 * 3600) <= 2
    refuse(device, 1)
    device.sync()
    with service.backend.service.database.reading() as connection:
        offset = connection.exec_driver_sql("SELECT clock_offset_s FROM streams").scalar()
    # The client says its own clock; that of this service was set by hand.
    assert offset is not None
    assert abs(offset - (datetime.now(UTC) - START).total_seconds()) < 600


def test_a_service_that_needs_a_newer_application_gets_nothing_and_the_queue_stays(
    service: Service, device: Device
) -> None:
    with service.backend.service.changing() as connection:
        settings.need_client(connection, "99.1")
    made = refuse(device, 1)
    with pytest.raises(ClientTooOld) as told:
        device.sync()
    assert "99.1" in told.value.sentence
    assert profile.last_round(device.store).next_try is None
    assert [entry.decision.id for entry in journal.pending(device.store)] == [made]
    batch = wire.PushBatch(stream_id="s", items=[])
    with device.calling() as api, pytest.raises(ClientTooOld):
        api.push(batch)


def test_tries_and_the_last_answer_of_what_waits_are_counted(service: Service, device: Device) -> None:
    device.sync()
    refuse(device, 1)
    for _ in range(2):
        device.line.lose_requests = 1
        with pytest.raises(Unreachable):
            device.sync()
    (tried,) = tries.of_waiting(device.store).values()
    assert tried.count == 2
    assert "cannot be reached" in tried.answer
    device.sync()
    assert tries.of_waiting(device.store) == {}


def test_a_service_that_was_rewound_in_silence_is_found_out(service: Service, device: Device) -> None:
    device.sync()
    service.back_up()
    made = [refuse(device, 1), refuse(device, 2)]
    device.sync()
    service.restore(says_so=False)
    made.append(refuse(device, 3))
    report = device.sync()
    assert report.restored
    assert ledger_of(service) == made


def test_a_device_that_lost_its_mirror_gets_it_back(device: Device) -> None:
    device.sync()
    made = refuse(device, 1)
    device.sync()
    waiting = refuse(device, 2)
    device.close()
    for path in device.folder.glob("mirror.db*"):
        path.unlink()
    assert works.find(device.store, WorksQuery()).total == 0
    report = device.sync()
    assert not report.restored
    assert works.find(device.store, WorksQuery()).total == 5
    assert [outcome_of(device, id) for id in (made, waiting)] == [Outcome.ACCEPTED] * 2


def test_a_snapshot_that_was_cut_goes_on_where_it_stopped(service: Service, device: Device) -> None:
    service.add([p for n in range(1, 3) for p in artist_rows(n, 5)])
    service.add(artist_rows(0, 1200))
    # account, pins, first page
    device.line.after, device.line.lose_replies = 3, 1
    with pytest.raises(Unreachable):
        device.sync()
    assert profile.snapshot_next(device.store) is not None
    assert heard.is_empty(device.store)
    device.close()
    device.sync()
    assert works.find(device.store, WorksQuery(artist=artist_id(0))).total == 1_320


def test_a_foreign_place_in_the_feed_costs_a_snapshot_and_nothing_else(device: Device) -> None:
    device.sync()
    made = refuse(device)
    from artist_console.store.opening import Part

    with device.store.transaction(Part.MIRROR):
        profile.put(device.store, "cursor", "made-up")
    with device.calling() as api, pytest.raises(CursorExpired):
        api.feed("made-up")
    report = device.sync()
    assert not report.restored
    assert outcome_of(device, made) is Outcome.ACCEPTED
    assert works.find(device.store, WorksQuery()).total == 5


def test_another_account_never_sends_what_waits(service: Service, device: Device) -> None:
    device.sync()
    refuse(device)
    stranger = AccountId("account-2")
    service.backend.service.fixed_tokens.clear()
    with pytest.raises(SignInAgain):
        device.sync()
    assert profile.last_round(device.store).next_try is None
    from artist_console.backend.storage import accounts

    with service.backend.service.changing() as connection:
        accounts.add_account(connection, stranger, "Somebody else")
    service.backend.service.fixed_tokens[accounts.sha256_of(service.backend.token)] = stranger
    with pytest.raises(AnotherAccount):
        device.sync()
    assert ledger_of(service) == []
    assert journal.count_pending(device.store) == 1


def test_what_changed_on_the_roster_is_known_after_a_round(service: Service, device: Device) -> None:
    device.sync()
    service.add(artist_rows(1, 2))
    from artist_console.backend.storage import accounts
    from tests.store.records import ACCOUNT

    with service.backend.service.changing() as connection:
        accounts.own_artist(connection, ACCOUNT, artist_id(1))
    device.sync()
    account = profile.account(device.store)
    assert account == Account(
        id=ACCOUNT,
        name="Ines Vale",
        artists=[
            RosterArtist(artist_id(0), "Mara Lindqvist"),
            RosterArtist(artist_id(1), "Óscar Ferré"),
        ],
        host="this computer",
    )
    assert works.find(device.store, WorksQuery(artist=artist_id(1))).total == 3


def test_progress_tells_what_is_going_on(device: Device) -> None:
    seen: list[str] = []
    refuse(device)
    with device.calling() as api:
        run_round(device.store, api, device.service.clock, lambda progress: seen.append(progress.stage))
    assert list(dict.fromkeys(seen)) == ["sending", "receiving", "working_out"]


def test_an_act_that_waits_for_a_decision_of_the_person_does_not_hold_up_the_rest(
    service: Service, new_device: NewDevice
) -> None:
    one, other = new_device(), new_device()
    one.sync()
    other.sync()
    no = refuse(one, 1)
    one.sync()
    stale = allow(other, 1, act=ActId("stale"))
    fine = allow(other, 2, act=ActId("fine"))
    report = other.sync()
    assert (report.conflicts, report.accepted) == (1, 1)
    assert outcome_of(other, stale) is Outcome.CONFLICT
    assert ledger_of(service) == [no, fine]


def test_a_decision_that_the_service_cannot_read_is_parked_and_the_rest_goes_on(
    service: Service, device: Device
) -> None:
    device.sync()
    before = refuse(device, 1)
    wish = decide(Stance.REFUSE, on_work(0, 2))
    unheard_of = UseScope(UseScopeKind.KEY, "train.future")
    unreadable = replace(wish, register=replace(wish.register, use=unheard_of))
    journal.append(device.store, [unreadable])
    after = [refuse(device, 3), allow(device, 2)]
    report = device.sync()
    assert (report.parked, report.accepted) == (1, 3)
    assert ledger_of(service) == [before, *after]
    (parked,) = journal.needing_person(device.store)
    assert parked.decision == unreadable
    assert parked.parked.startswith("The service on this computer did not take it")
    assert journal.count_pending(device.store) == 0
    assert device.sync().sent == 0
    assert journal.pins(device.store)[artist_id(0)].n == 3
