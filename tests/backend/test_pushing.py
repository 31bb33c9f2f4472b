"""What becomes of pushed decisions, over real sockets and a real database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from artist_console.domain.decisions import Decision, EntryKind, LedgerEntry, Outcome, Pin
from artist_console.domain.mandates import Power
from artist_console.domain.registers import Stance, Subject, SubjectKind, UseScope
from artist_console.domain.unauthorised import Unauthorised
from artist_console.domain.uses import Family, Use
from artist_console.formats.kinds import Kind
from artist_console.formats.ledger_proof import check_chain
from artist_console.formats.proof_checks import CheckState
from artist_console.formats.receipts import verify_receipt
from artist_console.formats.signatures import PublicKey
from artist_console.formats.wire import PushBatch, PushItem, decode_row, digest_of

from .places import Place
from .world import (
    DAY,
    HARBOUR,
    MANAGER,
    MARA,
    MARA_ACCOUNT,
    OLA,
    OLA_ACCOUNT,
    OLAS,
    PROGRAMME,
    PROPOSES,
    SALT,
    Backend,
    Device,
    a_backend,
    a_decision,
    a_mandate,
    an_allow,
    mandate_step,
    work_subject,
)


@pytest.fixture
def backend(place: Place) -> Iterator[Backend]:
    """With a manager who decides for Mara."""
    with a_backend(place, mandate_step(a_mandate())) as running:
        yield running


@pytest.fixture
def mara(backend: Backend) -> Device:
    return backend.sign_in(MARA_ACCOUNT)


@pytest.fixture
def manager(backend: Backend) -> Device:
    return backend.sign_in(MANAGER)


def ledger(device: Device, artist: str = MARA) -> list[LedgerEntry]:
    items = device.get(f"ledger/{artist}")["items"]
    return [decode_row(Kind.ENTRY, json.dumps(item).encode()) for item in items]


def outcomes(reply: object) -> list[Outcome]:
    return [item.outcome for item in reply.outcomes]  # type: ignore[attr-defined]


def test_a_refusal_is_accepted_chained_and_proven(mara: Device) -> None:
    decision = a_decision()
    reply = mara.push(decision)
    assert outcomes(reply) == [Outcome.ACCEPTED]
    entries = ledger(mara)
    assert entries[-1].decision == decision
    assert check_chain(entries).holds
    assert reply.heads[MARA] == Pin(entries[-1].n, entries[-1].head)
    key = PublicKey.from_jwk(mara.get("keys")["keys"][0])
    receipt = reply.outcomes[0].receipt
    assert receipt is not None
    assert verify_receipt(receipt, {key.kid: key}, entries[-1]).state is CheckState.PASSED


def test_an_allow_with_the_terms_in_effect_is_accepted(mara: Device) -> None:
    assert outcomes(mara.push(an_allow(seen=mara.pin()))) == [Outcome.ACCEPTED]


def test_the_same_bytes_sent_again_get_the_same_answer_and_change_nothing(mara: Device) -> None:
    batch = mara.batch(a_decision(), a_decision(Stance.REFUSE, work_subject(SALT)))
    first, second = mara.send(batch), mara.send(batch)
    assert first.json() == second.json()
    assert [e.kind for e in ledger(mara)].count(EntryKind.DECISION) == 2


def test_a_decision_that_another_stream_brings_again_is_a_duplicate_with_its_receipt(mara: Device) -> None:
    decision = a_decision()
    receipt = mara.push(decision).outcomes[0].receipt
    mara.stream, mara.next_seq = "another", 1
    again = mara.push(decision).outcomes[0]
    assert (again.outcome, again.receipt) == (Outcome.DUPLICATE, receipt)


def test_a_gap_names_the_number_that_is_expected(mara: Device) -> None:
    mara.push(a_decision())
    answer = mara.send(mara.batch(a_decision(), first=3))
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("sequence-gap")
    assert answer.json()["expected_seq"] == 2


def test_another_decision_at_a_place_that_is_taken_is_a_fork(mara: Device) -> None:
    mara.push(a_decision())
    answer = mara.send(mara.batch(a_decision(), first=1))
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("stream-forked")


def test_a_digest_of_another_decision_is_refused_and_nothing_is_recorded(mara: Device) -> None:
    good, other = a_decision(), a_decision()
    batch = PushBatch(mara.stream, [PushItem(1, digest_of(other), good)])
    before = mara.pin()
    assert mara.send(batch).status_code == 400
    assert mara.pin() == before


def test_refusals_never_share_an_act_with_allows(mara: Device) -> None:
    batch = mara.batch(a_decision(act="one"), an_allow(act="one"))
    assert mara.send(batch).status_code == 400
    assert mara.send(mara.batch(a_decision(), an_allow())).status_code == 200


def test_an_act_belongs_to_one_artist(mara: Device) -> None:
    assert mara.send(mara.batch(a_decision(act="one"), a_decision(act="one", artist=OLA))).status_code == 400


def test_an_act_travels_whole(mara: Device) -> None:
    mara.push(a_decision(act="one"))
    assert mara.send(mara.batch(a_decision(act="one"))).status_code == 400


def test_more_than_a_hundred_decisions_travel_only_as_one_act(mara: Device) -> None:
    many = [a_decision(Stance.REFUSE, work_subject(f"w{n}")) for n in range(101)]
    assert mara.send(mara.batch(*many)).status_code == 413
    act = [replace(decision, act=many[0].act) for decision in many]
    assert set(outcomes(mara.push(*act))) == {Outcome.ACCEPTED}


def test_an_allow_made_before_another_devices_refusal_was_seen_is_a_conflict(
    backend: Backend, mara: Device
) -> None:
    phone = backend.sign_in(MARA_ACCOUNT)
    seen = phone.pin()
    refusal = a_decision()
    mara.push(refusal)
    reply = phone.push(an_allow(seen=seen))
    assert outcomes(reply) == [Outcome.CONFLICT]
    assert reply.outcomes[0].against == refusal.id
    assert ledger(mara)[-1].decision == refusal


def test_an_allow_after_the_own_refusal_of_the_same_stream_is_no_conflict(mara: Device) -> None:
    seen = mara.pin()
    assert outcomes(mara.push(a_decision(), an_allow(seen=seen))) == [Outcome.ACCEPTED, Outcome.ACCEPTED]


def test_an_allow_over_an_answer_that_is_no_longer_there_is_a_conflict(mara: Device) -> None:
    first = an_allow(seen=mara.pin())
    mara.push(first)
    second = an_allow(seen=mara.pin())  # its base says that nothing stood there
    assert outcomes(mara.push(second)) == [Outcome.CONFLICT]
    third = an_allow(seen=mara.pin(), base=first.id)
    assert outcomes(mara.push(third)) == [Outcome.ACCEPTED]


def test_a_stale_refusal_applies_and_says_so(mara: Device) -> None:
    mara.push(a_decision())
    assert outcomes(mara.push(a_decision())) == [Outcome.ACCEPTED_OVER]


@pytest.mark.parametrize("n", [-1, 1 << 31, 1 << 63, 10**40])
def test_a_pin_at_a_place_that_no_ledger_can_have_is_one_that_does_not_match(mara: Device, n: int) -> None:
    reply = mara.push(a_decision(), pins={MARA: Pin(n, "00" * 32)})
    assert reply.rewound


def test_a_pin_that_was_never_here_does_not_count_as_seen(backend: Backend, mara: Device) -> None:
    mara.push(a_decision())
    phone = backend.sign_in(MARA_ACCOUNT)
    assert outcomes(phone.push(an_allow(seen=Pin(99, "ef" * 32)))) == [Outcome.CONFLICT]


def test_an_act_of_allows_is_all_or_nothing(backend: Backend, mara: Device) -> None:
    phone = backend.sign_in(MARA_ACCOUNT)
    seen = phone.pin()
    mara.push(a_decision(Stance.REFUSE, work_subject(SALT)))
    before = mara.pin()
    reply = phone.push(an_allow(SALT, act="one", seen=seen), an_allow(HARBOUR, act="one", seen=seen))
    assert outcomes(reply) == [Outcome.CONFLICT, Outcome.CONFLICT]
    assert [item.against is not None for item in reply.outcomes] == [True, False]
    assert mara.pin() == before


@pytest.mark.parametrize(
    "wrong",
    [
        lambda d: replace(d, terms=None),
        lambda d: replace(d, terms_sha256="00" * 32),
        lambda d: replace(d, register=replace(d.register, programme=None)),
        lambda d: replace(d, register=replace(d.register, use=UseScope.of(Family.TRAINING))),
        lambda d: replace(d, register=replace(d.register, subject=Subject(SubjectKind.ALL))),
        lambda d: replace(d, register=replace(d.register, subject=work_subject("nowhere"))),
        lambda d: replace(d, register=replace(d.register, subject=work_subject(OLAS))),
    ],
)
def test_a_yes_that_is_not_about_one_cell_and_its_terms_is_not_applied(mara: Device, wrong: object) -> None:
    reply = mara.push(wrong(an_allow(seen=mara.pin())))  # type: ignore[operator]
    assert outcomes(reply) == [Outcome.NOT_AUTHORISED]
    assert reply.outcomes[0].words


def test_voice_is_never_allowed_in_bulk(mara: Device) -> None:
    seen = mara.pin()
    both = [an_allow(w, Use.GEN_VOICE, act="one", seen=seen) for w in (SALT, HARBOUR)]
    assert outcomes(mara.push(*both)) == [Outcome.NOT_AUTHORISED] * 2
    assert outcomes(mara.push(an_allow(SALT, Use.GEN_VOICE, seen=seen))) == [Outcome.ACCEPTED]


def test_nobody_answers_for_another_artist(backend: Backend) -> None:
    ola = backend.sign_in(OLA_ACCOUNT)
    reply = ola.push(a_decision(by=OLA_ACCOUNT))
    assert outcomes(reply) == [Outcome.NOT_AUTHORISED]
    assert reply.heads == {}


def test_nobody_sends_what_another_account_made(mara: Device) -> None:
    assert outcomes(mara.push(a_decision(by=MANAGER))) == [Outcome.NOT_AUTHORISED]


def test_a_mandate_that_was_taken_back_meanwhile_does_not_authorise(
    backend: Backend, mara: Device, manager: Device
) -> None:
    decision = a_decision(by=MANAGER)
    assert mara.ask("POST", "mandates/m-decides/revoke").status_code == 200
    backend.clock.now += timedelta(seconds=1)
    assert outcomes(manager.push(decision)) == [Outcome.NOT_AUTHORISED]


def told(device: Device) -> list[Unauthorised]:
    """What somebody answered for the artist without a mandate, as the feed tells it."""
    page = device.get("snapshot")
    return [
        decode_row(Kind.UNAUTHORISED, json.dumps(item["body"]).encode())
        for item in page["items"]
        if item["kind"] == Kind.UNAUTHORISED.value
    ]


def test_the_artist_alone_is_told_what_came_after_a_mandate_had_ended(
    backend: Backend, mara: Device, manager: Device
) -> None:
    decision = a_decision(by=MANAGER)
    mara.ask("POST", "mandates/m-decides/revoke")
    backend.clock.now += timedelta(days=89)
    manager.push(decision)
    (row,) = told(mara)
    assert (row.decision, row.artist, row.words) == (
        decision,
        MARA,
        "No mandate that lets this account answer for the artist is in force.",
    )
    assert row.sent_by == "Manager"
    assert told(manager) == []
    # The same decision in another stream is known, and tells nobody anything new.
    backend.sign_in(MANAGER, "another").push(decision)
    assert len(told(mara)) == 1


def test_an_act_without_a_mandate_is_told_whole(backend: Backend, mara: Device, manager: Device) -> None:
    mara.ask("POST", "mandates/m-decides/revoke")
    backend.clock.now += timedelta(seconds=1)
    manager.push(*(a_decision(subject=work_subject(w), by=MANAGER, act="both") for w in (SALT, HARBOUR)))
    assert {row.decision.register.subject.id for row in told(mara)} == {SALT, HARBOUR}


def test_nobody_is_told_of_strangers_or_of_what_comes_long_after(backend: Backend, mara: Device) -> None:
    stranger = backend.sign_in(OLA_ACCOUNT)
    stranger.push(a_decision(by=OLA_ACCOUNT))
    mara.ask("POST", "mandates/m-decides/revoke")
    backend.clock.now += timedelta(days=91)
    backend.sign_in(MANAGER).push(a_decision(by=MANAGER))
    assert told(backend.sign_in(MARA_ACCOUNT)) == []


def test_a_managers_allow_over_the_artists_refusal_is_proposed(mara: Device, manager: Device) -> None:
    mara.push(a_decision())
    reply = manager.push(an_allow(by=MANAGER, seen=manager.pin()))
    assert outcomes(reply) == [Outcome.PROPOSED]
    assert ledger(mara)[-1].kind is EntryKind.PROPOSAL


def test_a_manager_cannot_take_back_the_artists_refusal_by_refusing_and_clearing(
    mara: Device, manager: Device
) -> None:
    own = a_decision()
    mara.push(own)
    managers = a_decision(by=MANAGER, base=own.id)
    assert outcomes(manager.push(managers)) == [Outcome.ACCEPTED]
    clear = a_decision(Stance.CLEAR, by=MANAGER, base=managers.id, seen=manager.pin())
    assert outcomes(manager.push(clear)) == [Outcome.PROPOSED]


def test_a_manager_takes_back_an_own_refusal(manager: Device) -> None:
    managers = a_decision(by=MANAGER)
    manager.push(managers)
    clear = a_decision(Stance.CLEAR, by=MANAGER, base=managers.id, seen=manager.pin())
    assert outcomes(manager.push(clear)) == [Outcome.ACCEPTED]


def test_voice_needs_the_artists_own_answer(manager: Device) -> None:
    reply = manager.push(an_allow(SALT, Use.GEN_VOICE, by=MANAGER, seen=manager.pin()))
    assert outcomes(reply) == [Outcome.PROPOSED]
    refusal = a_decision(use=UseScope.of(Family.VOICE_LIKENESS), by=MANAGER)
    assert outcomes(manager.push(refusal)) == [Outcome.PROPOSED]


def test_a_signed_proposal_counts_and_a_declined_one_does_not(mara: Device, manager: Device) -> None:
    mara.push(a_decision())
    first = an_allow(SALT, by=MANAGER, seen=manager.pin())
    second = an_allow(HARBOUR, by=MANAGER, seen=manager.pin())
    manager.push(first, second)
    assert mara.ask("POST", f"proposals/{first.id}/co-sign", json={}).status_code == 200
    assert mara.ask("POST", f"proposals/{second.id}/decline", json={"words": "No."}).status_code == 200
    entries = ledger(mara)
    assert [e.kind for e in entries[-2:]] == [EntryKind.CO_SIGNATURE, EntryKind.PROPOSAL_DECLINED]
    assert check_chain(entries).holds
    assert mara.ask("POST", f"proposals/{first.id}/co-sign", json={}).status_code == 404


def test_only_the_artist_signs_a_proposal(mara: Device, manager: Device) -> None:
    mara.push(a_decision())
    proposal = an_allow(by=MANAGER, seen=manager.pin())
    manager.push(proposal)
    unknown = manager.ask("POST", "proposals/none/co-sign", json={})
    known = manager.ask("POST", f"proposals/{proposal.id}/co-sign", json={})
    assert (known.status_code, known.json()) == (404, unknown.json())


def test_signing_a_proposal_without_having_seen_a_later_refusal_is_a_conflict(
    backend: Backend, mara: Device, manager: Device
) -> None:
    mara.push(a_decision())
    proposal = an_allow(by=MANAGER, seen=manager.pin())
    manager.push(proposal)
    seen = mara.pin()
    backend.sign_in(MARA_ACCOUNT).push(a_decision(Stance.REFUSE, work_subject(SALT)))
    body = {"seen": {"n": seen.n, "head": seen.head}}
    assert mara.ask("POST", f"proposals/{proposal.id}/co-sign", json=body).status_code == 409


def test_everything_from_a_mandate_that_proposes_is_proposed(place: Place) -> None:
    mandate = a_mandate(PROPOSES, (Power.SEE_WORKS, Power.PROPOSE))
    with a_backend(place, mandate_step(mandate)) as backend:
        manager = backend.sign_in(MANAGER)
        assert outcomes(manager.push(a_decision(by=MANAGER))) == [Outcome.PROPOSED]
        assert outcomes(manager.push(an_allow(by=MANAGER, seen=manager.pin()))) == [Outcome.PROPOSED]


@pytest.mark.parametrize(
    ("limits", "decision", "outcome"),
    [
        ({"programmes": (PROGRAMME,)}, a_decision(by=MANAGER), Outcome.NOT_AUTHORISED),
        ({"programmes": (PROGRAMME,)}, a_decision(by=MANAGER, programme=PROGRAMME), Outcome.ACCEPTED),
        ({"uses": (Use.RESEARCH_MIR,)}, a_decision(by=MANAGER), Outcome.NOT_AUTHORISED),
        (
            {"uses": (Use.RESEARCH_MIR,)},
            a_decision(by=MANAGER, use=UseScope.of(Use.RESEARCH_MIR)),
            Outcome.ACCEPTED,
        ),
        ({"until": date(2025, 5, 31)}, a_decision(by=MANAGER), Outcome.NOT_AUTHORISED),
    ],
)
def test_a_mandate_reaches_as_far_as_its_limits(
    place: Place, limits: dict[str, object], decision: Decision, outcome: Outcome
) -> None:
    with a_backend(place, mandate_step(a_mandate(**limits))) as backend:
        assert outcomes(backend.sign_in(MANAGER).push(decision)) == [outcome]


def test_a_backend_that_is_older_than_what_was_seen_says_so_and_records_nothing(mara: Device) -> None:
    before = mara.pin()
    reply = mara.push(a_decision(), pins={MARA: Pin(before.n + 5, "ab" * 32)})
    assert reply.rewound
    assert reply.outcomes == []
    assert mara.pin() == before


def test_a_pin_of_an_artist_out_of_reach_says_nothing(mara: Device) -> None:
    """Who does not hold a head hears the same of a ledger out of reach as of one that does not exist."""
    for artist in (OLA, "nobody"):
        reply = mara.push(pins={artist: Pin(5, "ab" * 32)})
        assert reply.rewound
        assert reply.heads == {}


def test_what_is_recorded_outlives_a_restart(backend: Backend, mara: Device) -> None:
    decision = a_decision()
    first = mara.push(decision)
    entries = ledger(mara)
    backend.restart()
    assert ledger(mara) == entries
    again = mara.send(mara.batch(decision, first=1)).json()
    assert again["outcomes"][0]["receipt"] == first.outcomes[0].receipt
    assert outcomes(mara.push(a_decision())) == [Outcome.ACCEPTED_OVER]
    assert check_chain(ledger(mara)).holds


def test_decisions_made_under_a_mandate_outlive_it(backend: Backend, mara: Device, manager: Device) -> None:
    decision = a_decision(by=MANAGER)
    manager.push(decision)
    mara.ask("POST", "mandates/m-decides/revoke")
    backend.clock.now += DAY
    assert any(e.decision == decision and e.kind is EntryKind.DECISION for e in ledger(mara))


def test_a_body_nested_too_deeply_is_malformed(mara: Device) -> None:
    headers = {"Content-Type": "application/json"}
    for path in ("push", "mandates"):
        answer = mara.ask("POST", path, data=b"[" * 100_000, headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (400, "urn:artist-console:problem:malformed")
