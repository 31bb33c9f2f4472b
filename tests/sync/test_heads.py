"""Signed heads in rounds with the real service: what holds is kept, and every way to lie is caught."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from artist_console.domain.ids import ArtistId
from artist_console.formats.merkle import leaf_hash, root_of
from artist_console.formats.signatures import SigningKey
from artist_console.formats.signed_head import SignedHead
from artist_console.formats.wire import entry_bytes
from artist_console.store import heads, journal, mirror, profile, restored
from artist_console.store.heads import ConflictKind, KeyKnown, ServiceKey
from artist_console.store.opening import Part
from artist_console.sync.head_problems import HeadKeyUnknown, HeadNotGenuine, HeadTooOld, LedgerForked
from artist_console.sync.problems import Nonsense, Unreachable
from tests.store.records import artist_id, decide
from tests.sync import devices
from tests.sync.devices import START, Device, Service, serving
from tests.sync.lying import LyingLine, signed_anew, with_head

ARTIST = artist_id(0)
STRANGER = SigningKey(bytes(range(100, 132)))
OTHER = "ab" * 32


@pytest.fixture
def new_device(tmp_path: Path, service: Service) -> Iterator[Callable[[], Device]]:
    made: list[Device] = []

    def new() -> Device:
        made.append(Device(tmp_path / f"device-{len(made)}", service, LyingLine()))
        return made[-1]

    yield new
    for device in made:
        device.close()


@pytest.fixture
def device(new_device: Callable[[], Device]) -> Device:
    return new_device()


def line(device: Device) -> LyingLine:
    assert isinstance(device.line, LyingLine)
    return device.line


def decided(device: Device, count: int = 1) -> None:
    """Decisions recorded, sent, and their ledger fetched."""
    journal.append(device.store, [decide() for _ in range(count)])
    device.sync()


def highest(device: Device, artist: ArtistId = ARTIST) -> SignedHead:
    epoch = profile.epoch(device.store)
    assert epoch is not None
    kept = heads.highest(device.store, artist, epoch)
    assert kept is not None
    return kept.claims


def size_kept(device: Device) -> int:
    return highest(device).size


def evidence(device: Device) -> list[tuple[ConflictKind, int]]:
    return [(each.kind, each.n) for each in heads.conflicts(device.store)]


def test_the_head_of_what_was_sent_is_verified_and_kept(device: Device) -> None:
    device.sync()
    assert heads.tops(device.store, str(profile.epoch(device.store))) == {}
    for size in (1, 3, 4):
        decided(device, size - len(mirror.ledger(device.store, ARTIST)))
        ledger = mirror.ledger(device.store, ARTIST)
        claims = highest(device)
        assert (claims.size, claims.head) == (size, ledger[-1].head)
        assert claims.root == root_of(leaf_hash(entry_bytes(entry)) for entry in ledger).hex()
    assert [kept.claims.size for kept in heads.all_kept(device.store, ARTIST)] == [1, 3, 4]
    assert evidence(device) == []


def test_a_round_with_nothing_new_asks_nothing_about_heads(device: Device) -> None:
    decided(device)
    assert line(device).about_ledgers() == [f"ledger/{ARTIST}/head"]
    device.sync()
    assert line(device).about_ledgers() == []
    device.close()  # the program is started again
    device.sync()
    assert line(device).about_ledgers() == []


def test_many_ledgers_are_asked_for_together(tmp_path: Path) -> None:
    with serving(tmp_path, artists=5) as service:
        device = Device(tmp_path / "device", service, LyingLine())
        device.sync()
        journal.append(device.store, [decide(artist=artist_id(n)) for n in range(5)])
        line(device).about_ledgers()
        device.sync()
        assert line(device).about_ledgers() == ["heads"]
        for n in range(5):
            assert highest(device, artist_id(n)).size == 1
        journal.append(device.store, [decide(artist=artist_id(3))])
        device.sync()
        assert line(device).about_ledgers() == [f"ledger/{artist_id(3)}/head"]
        device.close()


def test_the_key_of_a_service_is_kept_at_first_sight_and_as_that(device: Device) -> None:
    decided(device)
    (known,) = heads.keys(device.store).values()
    assert known.key == SigningKey(devices.SIGNING_KEY).public
    assert (known.how, known.name) == (KeyKnown.FIRST_SIGHT, "this computer")
    assert line(device).asked.count("/v1/keys") == 1
    decided(device)
    assert line(device).asked.count("/v1/keys") == 1


def test_what_was_lost_on_its_way_is_asked_for_again(device: Device) -> None:
    device.sync()
    journal.append(device.store, [decide()])
    line(device).before["/head"] = lambda: setattr(line(device), "lose_requests", 1)
    with pytest.raises(Unreachable):
        device.sync()
    assert heads.all_kept(device.store, ARTIST) == ()
    device.sync()
    assert size_kept(device) == 1


def test_a_ledger_that_grows_meanwhile_is_led_to_by_a_proof(new_device: Callable[[], Device]) -> None:
    one, other = new_device(), new_device()
    other.sync()
    one.sync()
    decided(one, 3)
    journal.append(one.store, [decide()])
    line(one).before["/head"] = lambda: decided(other, 3)
    line(one).about_ledgers()
    one.sync()
    assert line(one).about_ledgers() == [f"ledger/{ARTIST}/head", f"ledger/{ARTIST}/consistency"]
    assert len(mirror.ledger(one.store, ARTIST)) == 4
    assert size_kept(one) == 7
    assert journal.pins(one.store)[ARTIST].n == 7, "a service that goes back behind it is noticed"
    one.sync()
    kept = heads.highest(one.store, ARTIST, str(profile.epoch(one.store)))
    assert kept is not None
    assert (kept.claims.size, kept.tree.size) == (7, 7), "the entries have come and fit"
    line(one).about_ledgers()
    one.sync()
    assert line(one).about_ledgers() == []
    assert evidence(one) == []


# Lies


def refused(device: Device, problem: type[Exception]) -> None:
    """The head is refused, again and again; what was decided arrives all the same."""
    for _ in range(2):
        journal.append(device.store, [decide()])
        with pytest.raises(problem):
            device.sync()
        assert journal.count_pending(device.store) == 0
        assert profile.last_round(device.store).problem_kind == problem.__name__


def test_a_lie_about_the_root_is_caught_and_kept_as_evidence(device: Device) -> None:
    decided(device, 2)
    line(device).lies["/head"] = with_head(lambda text: signed_anew(text, root=OTHER))
    refused(device, LedgerForked)
    assert evidence(device) == [(ConflictKind.NOT_ITS_ENTRIES, 3), (ConflictKind.NOT_ITS_ENTRIES, 4)]
    shown = heads.conflicts(device.store)[0]
    assert shown.kept == heads.all_kept(device.store, ARTIST)[0].text
    assert size_kept(device) == 2
    with pytest.raises(LedgerForked):
        device.sync()
    assert len(evidence(device)) == 2, "the same again is no new evidence"
    line(device).lies.clear()
    device.sync()
    assert size_kept(device) == 4


def test_a_lie_about_the_chain_is_caught(device: Device) -> None:
    decided(device)
    line(device).lies["/head"] = with_head(lambda text: signed_anew(text, head=OTHER))
    refused(device, LedgerForked)


def test_a_lie_about_the_first_head_is_caught(device: Device) -> None:
    line(device).lies["/head"] = with_head(lambda text: signed_anew(text, root=OTHER))
    refused(device, LedgerForked)
    assert heads.all_kept(device.store, ARTIST) == ()
    assert heads.conflicts(device.store)[0].kept is None


def test_a_fork_is_caught_where_a_longer_ledger_does_not_begin_with_this_one(
    new_device: Callable[[], Device],
) -> None:
    one, other = new_device(), new_device()
    other.sync()
    decided(one, 2)
    journal.append(one.store, [decide()])
    line(one).before["/head"] = lambda: decided(other)
    line(one).lies["/head"] = with_head(lambda text: signed_anew(text, root=OTHER))
    with pytest.raises(LedgerForked):
        one.sync()
    assert evidence(one) == [(ConflictKind.FORKED, 4)]
    assert size_kept(one) == 2


def test_a_proof_of_something_else_is_caught(new_device: Callable[[], Device]) -> None:
    one, other = new_device(), new_device()
    other.sync()
    decided(one, 2)
    for lie, problem in (
        (lambda answer: {**answer, "path": answer["path"][:-1]}, LedgerForked),
        (lambda answer: {**answer, "path": [OTHER] * 65}, Nonsense),
        (lambda answer: {**answer, "path": ["x"]}, Nonsense),
        (lambda answer: {**answer, "first": answer["first"] - 1}, Nonsense),
    ):
        line(one).lies["/consistency"] = lie
        journal.append(one.store, [decide()])
        line(one).before["/head"] = lambda: decided(other)
        with pytest.raises(problem):
            one.sync()
    line(one).lies.clear()
    one.sync()
    assert size_kept(one) == len(mirror.ledger(one.store, ARTIST)) == 10


def test_two_heads_of_one_size_are_kept_both(new_device: Callable[[], Device]) -> None:
    one, other = new_device(), new_device()
    other.sync()
    decided(one)
    journal.append(one.store, [decide()])
    line(one).before["/head"] = lambda: decided(other)
    one.sync()
    assert size_kept(one) == 3
    line(one).lies["/head"] = with_head(lambda text: signed_anew(text, root=OTHER))
    with pytest.raises(LedgerForked):
        one.sync()
    (found,) = heads.conflicts(one.store)
    assert (found.kind, found.n) == (ConflictKind.FORKED, 3)
    assert found.kept == heads.all_kept(one.store, ARTIST)[-1].text
    assert found.shown == signed_anew(found.kept, root=OTHER)


def test_an_old_head_is_refused_and_is_no_evidence(device: Device) -> None:
    decided(device)
    old = heads.all_kept(device.store, ARTIST)[0].text
    decided(device)
    line(device).lies["/head"] = with_head(lambda _: old)
    refused(device, HeadTooOld)
    assert size_kept(device) == 2
    assert evidence(device) == []


def test_an_old_head_that_was_never_true_is_evidence(device: Device) -> None:
    decided(device, 3)
    line(device).lies["/head"] = with_head(lambda text: signed_anew(text, size=2, root=OTHER))
    refused(device, LedgerForked)
    assert evidence(device)[0] == (ConflictKind.NOT_ITS_ENTRIES, 2)


def test_a_head_that_another_signed_in_its_name_is_refused(device: Device) -> None:
    decided(device)

    def forged(text: str) -> str:
        header, payload, _ = text.split(".")
        return f"{header}.{payload}.{signed_anew(text, STRANGER).rpartition('.')[2]}"

    line(device).lies["/head"] = with_head(forged)
    refused(device, HeadNotGenuine)
    assert size_kept(device) == 1
    assert evidence(device) == []


def test_another_key_counts_only_once_a_person_made_it_known(device: Device, service: Service) -> None:
    decided(device)
    line(device).lies["/head"] = with_head(lambda text: signed_anew(text, STRANGER))
    refused(device, HeadKeyUnknown)
    line(device).lies["/v1/keys"] = lambda answer: {
        "keys": [{**answer["keys"][0], **STRANGER.public.jwk(), "kid": STRANGER.public.kid}]
    }
    with pytest.raises(HeadKeyUnknown) as told:
        device.sync()
    assert STRANGER.public.fingerprint in str(told.value)
    assert len(heads.keys(device.store)) == 1, "what a service says of its keys later changes nothing"
    with device.store.transaction(Part.JOURNAL):
        heads.keep_key(
            device.store, ServiceKey(STRANGER.public, "Harmonia", "operator", KeyKnown.PERSON, START)
        )
    device.sync()
    assert size_kept(device) == 3


@pytest.mark.parametrize(
    "lie",
    [
        lambda _: {"head": "x.y.z"},
        lambda _: {"head": ""},
        lambda _: {"heads": []},
        with_head(lambda text: signed_anew(text, artist=ArtistId("somebody"))),
        with_head(lambda text: signed_anew(text, epoch="another")),
    ],
)
def test_what_is_no_head_of_this_ledger_is_refused(device: Device, lie: Callable[[Any], Any]) -> None:
    decided(device)
    line(device).lies["/head"] = lie
    refused(device, Nonsense)
    assert size_kept(device) == 1


def test_one_ledger_that_does_not_hold_leaves_the_others_alone(tmp_path: Path) -> None:
    with serving(tmp_path, artists=2) as service:
        device = Device(tmp_path / "device", service, LyingLine())
        device.sync()
        journal.append(device.store, [decide(artist=artist_id(n)) for n in range(2)])
        line(device).lies[f"{artist_id(0)}/head"] = with_head(lambda text: signed_anew(text, root=OTHER))
        with pytest.raises(LedgerForked):
            device.sync()
        assert heads.all_kept(device.store, artist_id(0)) == ()
        assert highest(device, artist_id(1)).size == 1
        device.close()


# Services that go back


def test_a_service_that_goes_back_without_saying_so_leaves_evidence(
    service: Service, new_device: Callable[[], Device]
) -> None:
    one, other = new_device(), new_device()
    decided(one)
    other.sync()
    service.back_up()
    decided(one, 2)
    before = highest(one)
    service.restore(says_so=False)
    decided(other)
    assert one.sync().restored
    assert restored.restored(one.store) is not None
    assert evidence(one) == [(ConflictKind.WENT_BACK, 3)]
    (found,) = heads.conflicts(one.store)
    assert found.kept == heads.all_kept(one.store, ARTIST)[1].text
    after = highest(one)
    assert after.epoch == before.epoch
    assert after.size == 4, "what was decided here was sent again, behind what came meanwhile"
    assert not one.sync().restored
    decided(one)
    assert size_kept(one) == 5
    assert len(evidence(one)) == 1


def test_a_service_that_goes_back_behind_a_head_that_was_ahead_is_noticed(
    service: Service, new_device: Callable[[], Device]
) -> None:
    one, other = new_device(), new_device()
    decided(one)
    other.sync()
    service.back_up()
    journal.append(one.store, [decide()])
    line(one).before["/head"] = lambda: decided(other)
    one.sync()
    assert size_kept(one) == 3
    service.restore(says_so=False)
    assert one.sync().restored
    assert evidence(one) == [(ConflictKind.WENT_BACK, 3)]


def test_a_service_that_was_restored_and_says_so_is_not_accused(service: Service, device: Device) -> None:
    decided(device)
    service.back_up()
    decided(device, 2)
    service.restore()
    assert device.sync().restored
    assert evidence(device) == []
    assert size_kept(device) == 3
    assert len({kept.claims.epoch for kept in heads.all_kept(device.store, ARTIST)}) == 2
