"""Signing in to a real hosted service and out of it: three ways, and what must not change when they fail."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import keyring
import pytest
import requests

from artist_console.backend.embedded import start_embedded
from artist_console.commands.profiles import Outside, Profile, open_profile
from artist_console.commands.service import BadAddress, known_service, normal_address
from artist_console.commands.signing_in import (
    AnotherService,
    AskOnAnotherDevice,
    Cancellation,
    DeviceRevoked,
    KeptIn,
    NoKeyringHere,
    OwnService,
    SignIns,
    SignInStopped,
    ThisDevice,
    WaitingDecisions,
    Way,
)
from artist_console.commands.syncing import NotConnected
from artist_console.domain.problems import Problem, SetupProblem, UnknownThing
from artist_console.host.keyring_troubles import KeysUnreachable
from artist_console.host.paths import ProfileFolder
from artist_console.store import journal
from artist_console.store import profile as bound
from artist_console.store.problems import AnotherAccount
from artist_console.sync.problems import CodeNotGood, SignInAgain, Unreachable
from artist_console.sync.sign_in_problems import (
    NoBrowser,
    NoSignInThere,
    OtherIssuer,
    SignInDenied,
    SignInNotKept,
    WayNotOffered,
)
from tests.backend.sign_in.world import MARA, OLA, Browser, Hosted, a_hosted_service
from tests.host.keyrings import MemoryKeyring
from tests.store.records import decide
from tests.sync.authority import Family, authority
from tests.sync.servers import answering, http
from tests.ui.sample_profile import connect_to

PAST_ACCESS = timedelta(minutes=11)


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Hosted]:
    with a_hosted_service(tmp_path) as running:
        yield running


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryKeyring]:
    """A computer with a keyring."""
    monkeypatch.delenv("ARTIST_CONSOLE_KEYRING")
    former = keyring.get_keyring()
    working = MemoryKeyring()
    keyring.set_keyring(working)
    yield working
    keyring.set_keyring(former)


def opened(folder: Path) -> Profile:
    outside = Outside(start_embedded, connect_to)
    return open_profile(ProfileFolder(folder), outside, may_be_new=True)


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    with opened(tmp_path / "device") as found:
        yield found


@pytest.fixture
def kept_profile(tmp_path: Path, ring: MemoryKeyring) -> Iterator[Profile]:
    """A profile with its keys in a keyring."""
    with opened(tmp_path / "device") as found:
        yield found


def account_of(profile: Profile) -> str:
    api = profile.connect()
    assert api is not None
    return api.account().id


def files_of(profile: Profile) -> dict[str, bytes]:
    """Every file but those that any opening of the store touches."""
    return {
        path.name: path.read_bytes()
        for path in profile.folder.root.rglob("*")
        if path.is_file() and ".db" not in path.name and "log" not in path.parts
    }


def leave_a_decision(profile: Profile) -> None:
    with closing(profile.open_store()) as store:
        journal.append(store, [decide()])


def waiting_in(profile: Profile) -> int:
    with closing(profile.open_store()) as store:
        return journal.count_pending(store)


class Person:
    """Somebody at the browser of this computer, who signs in and answers."""

    def __init__(self, answer: str = "yes") -> None:
        self.answer = answer
        self.opened: list[str] = []
        self.page = ""

    def open(self, address: str) -> bool:
        self.opened.append(address)
        threading.Thread(target=self._use, args=(address,), daemon=True).start()
        return True

    def _use(self, address: str) -> None:
        browser = Browser(address.partition("/oauth")[0]).open(address)
        browser.sign_in().answer(self.answer)
        self.page = requests.get(browser.left_for, timeout=30).text


# -- before


def test_who_runs_a_service_is_told_before_anything_is_sent_to_it(profile: Profile) -> None:
    with authority() as service:
        found = SignIns(profile).who_runs(service.base_url + "/")
        assert found.name == "Nordlys Collective"
        assert found.host == service.base_url.removeprefix("http://")
        assert found.ways == (Way.BROWSER, Way.DEVICE_CODE, Way.ONE_TIME_CODE)
        assert any("Contracts" in words for words in found.cannot_read)
        assert [path for path, _ in service.asked] == ["/.well-known/oauth-authorization-server"]
        assert service.heads[0][1] == ""


def test_a_real_service_says_how_to_sign_in(host: Hosted, profile: Profile) -> None:
    found = SignIns(profile).who_runs(host.url)
    assert found.name == "Fieldnote"
    assert found.ways == (Way.BROWSER, Way.DEVICE_CODE, Way.ONE_TIME_CODE)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("music.example", "https://music.example"),
        ("  https://Music.Example/ ", "https://music.example"),
        ("HTTPS://music.example:443", "https://music.example"),
        ("https://music.example:8443/console/", "https://music.example:8443/console"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("https://müsik.example", "https://xn--msik-0ra.example"),
        ("https://[::1]:80/", "https://[::1]:80"),
    ],
)
def test_an_address_is_taken_as_it_is_meant(typed: str, address: str) -> None:
    assert normal_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "ftp://music.example",
        "https://",
        "https://ines:secret@music.example",
        "https://music.example@evil.example",
        "https://music.example?x=1",
        "https://music.example#x",
        "https://music.example\\@evil.example",
        "https://a b.example",
        "https://music.example:99999",
        "javascript:alert(1)",
        "https://" + "a" * 400 + ".example",
    ],
)
def test_what_is_no_address_is_told(typed: str) -> None:
    with pytest.raises(BadAddress) as told:
        normal_address(typed)
    assert told.value.sentence.endswith(".")


@pytest.mark.parametrize(
    ("metadata", "kind"),
    [
        ({"issuer": "https://other.example"}, OtherIssuer),
        ({"issuer": 7}, NoSignInThere),
        ({"token_endpoint": "https://evil.example/token"}, NoSignInThere),
        ({"authorization_endpoint": "javascript:alert(1)"}, NoSignInThere),
        ({"revocation_endpoint": "http://127.0.0.1:1/revoke"}, NoSignInThere),
        ({"device_authorization_endpoint": ""}, NoSignInThere),
    ],
)
def test_a_service_that_leads_elsewhere_is_sent_nothing(
    metadata: dict[str, object], kind: type[Problem], profile: Profile
) -> None:
    with authority() as service:
        service.metadata = metadata
        with pytest.raises(Problem) as told:
            SignIns(profile).by_one_time_code(service.base_url, "CODE", KeptIn.MEMORY)
        assert type(told.value).__name__ in (kind.__name__, "Nonsense")
        assert [path for path, _ in service.asked] == ["/.well-known/oauth-authorization-server"]
    assert known_service(profile.folder) is None


@pytest.mark.parametrize(
    "answer",
    [
        http(b"<h1>Hello</h1>", kind="text/html"),
        http(b"", status="404 Not Found"),
        http(b"[]"),
        http(b"{}"),
        http(b"", status="302 Found", headers=("Location: https://elsewhere.example/",)),
    ],
)
def test_what_is_no_service_is_told(answer: bytes, profile: Profile) -> None:
    with answering(answer) as server, pytest.raises(NoSignInThere):
        SignIns(profile).who_runs(server.base_url)


# -- in the browser


def test_signing_in_in_the_browser(host: Hosted, profile: Profile) -> None:
    person, told = Person(), list[str]()
    found = SignIns(profile).by_browser(host.url, KeptIn.MEMORY, person.open, told.append, Cancellation())
    assert (found.account_name, found.host, found.address) == ("Mara", "Fieldnote", host.url)
    assert told == person.opened
    assert person.opened[0].startswith(f"{host.url}/oauth/authorize?")
    assert account_of(profile) == MARA
    with closing(profile.open_store()) as store:
        owner = bound.account(store)
        assert owner is not None
        assert owner.id == MARA
        assert bound.backend(store) == host.url


def test_a_person_who_declines_changes_nothing(host: Hosted, profile: Profile) -> None:
    before = files_of(profile)
    person = Person("no")
    with pytest.raises(SignInDenied):
        SignIns(profile).by_browser(host.url, KeptIn.MEMORY, person.open, lambda _: None, Cancellation())
    assert files_of(profile) == before
    assert host.live_devices() == 0


def test_stopping_while_the_browser_is_open_ends_it_at_once(host: Hosted, profile: Profile) -> None:
    cancel = Cancellation()
    before = set(threading.enumerate())
    with pytest.raises(SignInStopped):
        SignIns(profile).by_browser(
            host.url, KeptIn.MEMORY, lambda page: True, lambda page: cancel.cancel(), cancel
        )
    assert known_service(profile.folder) is None
    assert not {thread for thread in set(threading.enumerate()) - before if not thread.daemon}


def test_where_there_is_no_browser_it_is_told(host: Hosted, profile: Profile) -> None:
    with pytest.raises(NoBrowser, match="another device"):
        SignIns(profile).by_browser(
            host.url, KeptIn.MEMORY, lambda page: False, lambda page: None, Cancellation()
        )


def test_stopping_while_the_service_is_silent_ends_it_at_once(profile: Profile) -> None:
    cancel = Cancellation()
    with answering(b"", then_hang=True) as server:

        def stop() -> None:
            while not server.asked:
                threading.Event().wait(0.01)
            cancel.cancel()

        stopping = threading.Thread(target=stop)
        stopping.start()
        with pytest.raises(SignInStopped):
            SignIns(profile).by_one_time_code(server.base_url, "CODE", KeptIn.MEMORY, cancel)
        stopping.join()


# -- on another device


def test_signing_in_on_another_device(host: Hosted, profile: Profile) -> None:
    shown: list[AskOnAnotherDevice] = []

    def use(asked: AskOnAnotherDevice) -> None:
        shown.append(asked)
        browser = Browser(host.url).open("/oauth/device")
        browser.submit("/oauth/device", user_code=asked.code)
        browser.sign_in().answer()

    found = SignIns(profile).by_device_code(host.url, KeptIn.MEMORY, use, Cancellation())
    assert found.account_name == "Mara"
    assert shown[0].page.startswith(host.url)
    assert account_of(profile) == MARA


def test_stopping_while_the_other_device_is_awaited_ends_it_at_once(host: Hosted, profile: Profile) -> None:
    cancel = Cancellation()
    with pytest.raises(SignInStopped):
        SignIns(profile).by_device_code(host.url, KeptIn.MEMORY, lambda asked: cancel.cancel(), cancel)
    assert known_service(profile.folder) is None


def test_a_way_that_is_not_offered_is_told(profile: Profile) -> None:
    with authority() as service:
        service.metadata = {"grant_types_supported": ["authorization_code", "refresh_token"]}
        with pytest.raises(WayNotOffered):
            SignIns(profile).by_device_code(
                service.base_url, KeptIn.MEMORY, lambda asked: None, Cancellation()
            )


# -- a code


def test_signing_in_with_a_one_time_code(host: Hosted, profile: Profile) -> None:
    found = SignIns(profile).by_one_time_code(host.url, f" {host.code()} ", KeptIn.MEMORY)
    assert found.kept_in is KeptIn.MEMORY
    assert account_of(profile) == MARA


def test_a_code_that_was_used_is_told_and_changes_nothing(
    host: Hosted, profile: Profile, tmp_path: Path
) -> None:
    code = host.code()
    SignIns(profile).by_one_time_code(host.url, code, KeptIn.MEMORY)
    with opened(tmp_path / "other") as other:
        before = files_of(other)
        with pytest.raises(CodeNotGood):
            SignIns(other).by_one_time_code(host.url, code, KeptIn.MEMORY)
        assert files_of(other) == before


# -- where it is kept


def test_a_sign_in_in_the_keyring_outlives_the_program(
    host: Hosted, kept_profile: Profile, ring: MemoryKeyring
) -> None:
    SignIns(kept_profile).by_one_time_code(host.url, host.code(), KeptIn.KEYRING)
    folder = kept_profile.folder.root
    kept_profile.close()
    with opened(folder) as again:
        assert account_of(again) == MARA
    assert all(len(text.encode("utf-16-le")) // 2 <= 1_280 for text in ring.entries.values())


def test_a_sign_in_in_memory_ends_with_the_program(host: Hosted, kept_profile: Profile) -> None:
    SignIns(kept_profile).by_one_time_code(host.url, host.code(), KeptIn.MEMORY)
    folder = kept_profile.folder.root
    kept_profile.close()
    with opened(folder) as again, pytest.raises(SignInAgain):
        account_of(again)


def test_no_file_of_the_profile_holds_a_token(host: Hosted, profile: Profile) -> None:
    SignIns(profile).by_one_time_code(host.url, host.code(), KeptIn.MEMORY)
    account_of(profile)
    place = profile.signed_in
    assert place is not None
    assert place.held is not None
    token = place.held.reveal().encode()
    files = [path for path in profile.folder.root.rglob("*") if path.is_file()]
    assert files
    assert not any(token in path.read_bytes() for path in files)
    assert token.decode() not in repr(profile)
    assert token.decode() not in repr(place)


def test_without_a_keyring_keeping_it_there_is_refused_before_anything_is_asked(
    host: Hosted, profile: Profile
) -> None:
    assert SignIns(profile).places() == (KeptIn.MEMORY,)
    with pytest.raises(NoKeyringHere, match="this session only"):
        SignIns(profile).by_one_time_code(host.url, host.code(), KeptIn.KEYRING)
    assert host.live_devices() == 0


def test_with_a_keyring_both_places_are_offered(kept_profile: Profile) -> None:
    assert SignIns(kept_profile).places() == (KeptIn.KEYRING, KeptIn.MEMORY)


def test_a_keyring_that_locks_during_the_sign_in_leaves_everything_as_it_was(
    host: Hosted, kept_profile: Profile, ring: MemoryKeyring
) -> None:
    before, entries = files_of(kept_profile), dict(ring.entries)

    def use(asked: AskOnAnotherDevice) -> None:
        browser = Browser(host.url).open("/oauth/device")
        browser.submit("/oauth/device", user_code=asked.code).sign_in().answer()
        ring.locked = True

    with pytest.raises(SetupProblem) as told:
        SignIns(kept_profile).by_device_code(host.url, KeptIn.KEYRING, use, Cancellation())
    ring.locked = False
    assert isinstance(told.value, KeysUnreachable)
    assert files_of(kept_profile) == before
    assert ring.entries == entries
    assert host.live_devices() == 0  # what was granted was given back


def test_a_keyring_that_locks_while_the_program_runs_costs_nothing(
    host: Hosted, kept_profile: Profile, ring: MemoryKeyring
) -> None:
    SignIns(kept_profile).by_one_time_code(host.url, host.code(), KeptIn.KEYRING)
    host.clock.now += PAST_ACCESS
    ring.locked = True
    with pytest.raises(SignInNotKept):
        account_of(kept_profile)
    ring.locked = False
    assert account_of(kept_profile) == MARA


def test_a_token_that_no_keyring_holds_is_told_and_nothing_is_kept(
    kept_profile: Profile, ring: MemoryKeyring
) -> None:
    entries = dict(ring.entries)
    with authority() as service:
        answer = {
            "access_token": "a",
            "refresh_token": "r" * 2_000,
            "token_type": "Bearer",
            "expires_in": 600,
            "account": "account-1",
            "device": "d",
        }
        service.families.append(Family("device-0", "x", access={"a"}))
        service.token_answer = (200, "application/json", json.dumps(answer).encode())
        with pytest.raises(SetupProblem, match="longer than a keyring takes"):
            SignIns(kept_profile).by_one_time_code(service.base_url, "CODE", KeptIn.KEYRING)
    assert ring.entries == entries
    assert known_service(kept_profile.folder) is None


def test_a_kept_sign_in_is_given_to_its_own_service_alone(host: Hosted, kept_profile: Profile) -> None:
    SignIns(kept_profile).by_one_time_code(host.url, host.code(), KeptIn.KEYRING)
    folder = kept_profile.folder
    kept_profile.close()
    with authority() as other:
        folder.service.write_text(json.dumps({"address": other.base_url, "sign_in": "keyring"}))
        with opened(folder.root) as again, pytest.raises(SignInAgain):
            account_of(again)
        assert other.asked == []


# -- one service, one account


def test_another_account_is_refused_and_everything_stays(host: Hosted, profile: Profile) -> None:
    SignIns(profile).by_one_time_code(host.url, host.code(MARA), KeptIn.MEMORY)
    leave_a_decision(profile)
    before = files_of(profile)
    with pytest.raises(AnotherAccount):
        SignIns(profile).by_one_time_code(host.url, host.code(OLA), KeptIn.MEMORY)
    assert files_of(profile) == before
    assert host.live_devices(OLA) == 0
    assert account_of(profile) == MARA  # the former sign-in goes on
    assert waiting_in(profile) == 1


def test_another_service_is_refused_before_anything_is_asked(host: Hosted, profile: Profile) -> None:
    SignIns(profile).by_one_time_code(host.url, host.code(), KeptIn.MEMORY)
    before = files_of(profile)
    with authority() as other:
        other.one_time_codes.add("CODE")
        with pytest.raises(AnotherService) as told:
            SignIns(profile).by_one_time_code(other.base_url, "CODE", KeptIn.MEMORY)
        assert host.url in told.value.title
        assert other.asked == []
    assert files_of(profile) == before
    assert account_of(profile) == MARA


def test_another_service_is_refused_also_where_its_address_was_moved_away(
    host: Hosted, profile: Profile
) -> None:
    SignIns(profile).by_one_time_code(host.url, host.code(), KeptIn.MEMORY)
    profile.folder.service.unlink()
    with authority() as other, pytest.raises(AnotherService):
        SignIns(profile).by_one_time_code(other.base_url, "CODE", KeptIn.MEMORY)


def test_a_profile_with_a_private_service_connects_to_no_other(profile: Profile) -> None:
    profile.keep_here()
    with authority() as other:
        with pytest.raises(OwnService):
            SignIns(profile).by_one_time_code(other.base_url, "CODE", KeptIn.MEMORY)
        assert other.asked == []


def test_signing_in_again_takes_the_place_of_the_former_sign_in(host: Hosted, profile: Profile) -> None:
    for _ in range(3):
        SignIns(profile).by_one_time_code(host.url, host.code(), KeptIn.MEMORY)
    assert host.live_devices() == 1
    assert account_of(profile) == MARA


# -- out again


def test_signing_out_with_decisions_that_wait_needs_a_choice(host: Hosted, profile: Profile) -> None:
    SignIns(profile).by_one_time_code(host.url, host.code(), KeptIn.MEMORY)
    leave_a_decision(profile)
    with pytest.raises(WaitingDecisions) as told:
        SignIns(profile).sign_out(leave_waiting=False)
    assert told.value.count == 1
    assert account_of(profile) == MARA  # nothing was ended

    found = SignIns(profile).sign_out(leave_waiting=True)

    assert (found.told, found.waiting) == (True, 1)
    assert host.live_devices() == 0
    with pytest.raises(SignInAgain):
        account_of(profile)
    assert waiting_in(profile) == 1


def test_signed_out_the_queue_waits_for_its_own_account(host: Hosted, profile: Profile) -> None:
    SignIns(profile).by_one_time_code(host.url, host.code(MARA), KeptIn.MEMORY)
    leave_a_decision(profile)
    SignIns(profile).sign_out(leave_waiting=True)
    with pytest.raises(AnotherAccount):
        SignIns(profile).by_one_time_code(host.url, host.code(OLA), KeptIn.MEMORY)
    SignIns(profile).by_one_time_code(host.url, host.code(MARA), KeptIn.MEMORY)
    assert account_of(profile) == MARA
    assert waiting_in(profile) == 1


def test_signing_out_takes_the_sign_in_out_of_the_keyring(
    host: Hosted, kept_profile: Profile, ring: MemoryKeyring
) -> None:
    entries = set(ring.entries)
    SignIns(kept_profile).by_one_time_code(host.url, host.code(), KeptIn.KEYRING)
    assert set(ring.entries) != entries
    SignIns(kept_profile).sign_out(leave_waiting=False)
    assert set(ring.entries) == entries


def test_signing_out_while_the_service_is_away_says_that_it_does_not_know(
    host: Hosted, profile: Profile
) -> None:
    SignIns(profile).by_one_time_code(host.url, host.code(), KeptIn.MEMORY)
    host.serving.stop()
    found = SignIns(profile).sign_out(leave_waiting=False)
    assert found.told is False
    with pytest.raises(SignInAgain):
        account_of(profile)


def test_without_a_service_there_is_nothing_to_sign_out_of(profile: Profile) -> None:
    with pytest.raises(NotConnected):
        SignIns(profile).sign_out(leave_waiting=True)


# -- devices


def test_devices_are_listed_and_taken_off(host: Hosted, profile: Profile, tmp_path: Path) -> None:
    SignIns(profile).by_one_time_code(host.url, host.code(), KeptIn.MEMORY)
    with opened(tmp_path / "other") as other:
        SignIns(other).by_one_time_code(host.url, host.code(), KeptIn.MEMORY)
        leave_a_decision(other)
        found = SignIns(profile).devices()
        assert sorted(device.this_one for device in found) == [False, True]
        (that,) = (device.id for device in found if not device.this_one)

        left = SignIns(profile).revoke_device(that)

        assert [device.this_one for device in left] == [True]
        with pytest.raises(DeviceRevoked):
            account_of(other)
        assert waiting_in(other) == 1
    with pytest.raises(ThisDevice):
        SignIns(profile).revoke_device(left[0].id)
    with pytest.raises(UnknownThing):
        SignIns(profile).revoke_device("no such device")


def test_a_revoked_device_may_sign_in_again_and_sends_what_waits(
    host: Hosted, profile: Profile, tmp_path: Path
) -> None:
    SignIns(profile).by_one_time_code(host.url, host.code(), KeptIn.MEMORY)
    leave_a_decision(profile)
    with opened(tmp_path / "other") as other:
        SignIns(other).by_one_time_code(host.url, host.code(), KeptIn.MEMORY)
        (mine,) = (device.id for device in SignIns(other).devices() if not device.this_one)
        SignIns(other).revoke_device(mine)
    with pytest.raises(DeviceRevoked):
        account_of(profile)
    SignIns(profile).by_one_time_code(host.url, host.code(), KeptIn.MEMORY)
    assert account_of(profile) == MARA
    assert waiting_in(profile) == 1


# -- against the real service, what only it knows


def test_an_access_token_that_ran_out_is_renewed(host: Hosted, profile: Profile) -> None:
    SignIns(profile).by_one_time_code(host.url, host.code(), KeptIn.MEMORY)
    for _ in range(20):
        host.clock.now += PAST_ACCESS
        assert account_of(profile) == MARA
    assert host.live_devices() == 1


def test_a_copied_profile_that_replays_an_old_token_ends_the_sign_in_of_both(
    host: Hosted, kept_profile: Profile, ring: MemoryKeyring, tmp_path: Path
) -> None:
    SignIns(kept_profile).by_one_time_code(host.url, host.code(), KeptIn.KEYRING)
    stolen = dict(ring.entries)
    for _ in range(3):
        host.clock.now += PAST_ACCESS
        account_of(kept_profile)
    folder = kept_profile.folder.root
    kept_profile.close()
    ring.entries |= stolen
    with opened(folder) as thief, pytest.raises((SignInAgain, DeviceRevoked)):
        account_of(thief)
    assert host.live_devices() == 0


def test_the_service_goes_away_and_comes_back(host: Hosted, profile: Profile) -> None:
    SignIns(profile).by_one_time_code(host.url, host.code(), KeptIn.MEMORY)
    api = profile.connect()
    assert api is not None
    host.clock.now += PAST_ACCESS
    host.serving.stop()
    with pytest.raises(Unreachable):
        api.account()
