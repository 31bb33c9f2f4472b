"""Tokens are renewed by one thread, stored before they are used, and survive whatever happens in between."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field

import pytest

from artist_console.domain.problems import NetworkProblem, Problem, SetupProblem
from artist_console.host.secret_text import SecretText
from artist_console.sync.api import Api
from artist_console.sync.cancelling import Cancellation
from artist_console.sync.connection import Connection
from artist_console.sync.oauth import AuthorizationServer
from artist_console.sync.problems import SignInAgain, Unreachable
from artist_console.sync.sign_in_problems import DeviceRevoked, SignInNotKept, SignInNotRead
from artist_console.sync.signing_in import in_browser, tokens_of, with_code
from artist_console.sync.tokens import Granted, RenewedTokens, again

from .authority import Authority, Family, authority, browse
from .servers import answering, http


@dataclass
class Kept:
    """Where the refresh token is kept: it can fail as a keyring does."""

    refresh: str | None = None
    fails: bool = False
    stored: list[str] = field(default_factory=list)

    def load(self) -> SecretText | None:
        self._check()
        return SecretText(self.refresh) if self.refresh is not None else None

    def store(self, refresh: SecretText) -> None:
        self._check()
        self.refresh = refresh.reveal()
        self.stored.append(self.refresh)

    def _check(self) -> None:
        if self.fails:
            raise SetupProblem("The keyring is locked", "Unlock it")


def signed_in(service: Authority) -> tuple[Kept, Family]:
    """A device that signed in once and keeps its refresh token."""
    _, first = service.token(
        {"grant_type": "urn:artist-console:grant:one-time-code", "code": one_time(service)}
    )
    return Kept(str(first["refresh_token"])), service.families[-1]


def one_time(service: Authority) -> str:
    service.one_time_codes.add("CODE")
    return "CODE"


def api_of(service: Authority, kept: Kept) -> Api:
    return Api(service.base_url, tokens_of(service.base_url, kept))


def refreshes(service: Authority) -> int:
    return sum(fields.get("grant_type") == "refresh_token" for fields in service.tokens_asked())


def test_a_kept_sign_in_is_renewed_when_it_is_first_needed() -> None:
    with authority() as service:
        kept, _ = signed_in(service)
        with api_of(service, kept) as api:
            assert service.asked == []  # nothing before it is needed
            assert api.account().id == "account-1"
            assert api.account().id == "account-1"
        assert refreshes(service) == 1


def test_a_token_that_has_run_out_is_renewed_once_and_the_same_is_asked_again() -> None:
    with authority() as service:
        kept, _ = signed_in(service)
        with api_of(service, kept) as api:
            api.account()
            service.expire_access()
            assert api.account().id == "account-1"
        assert refreshes(service) == 2
        asked = [path for path, _ in service.heads if path == "/v1/account"]
        assert len(asked) == 3  # one before, one refused, one again


def test_a_token_that_is_refused_again_after_its_renewal_is_told() -> None:
    with authority() as service:
        kept, _ = signed_in(service)
        service.before_reply = lambda path: service.expire_access()
        with api_of(service, kept) as api, pytest.raises(SignInAgain):
            api.account()
        assert refreshes(service) == 2


@pytest.mark.parametrize("round", range(5))
def test_fifty_threads_that_are_refused_lead_to_one_renewal(round: int) -> None:
    with authority() as service, ThreadPoolExecutor(50) as pool:
        kept, family = signed_in(service)
        with api_of(service, kept) as api:
            api.account()
            service.expire_access()
            begin = threading.Barrier(50)

            def ask(_: int) -> str:
                begin.wait()
                return api.account().id

            assert list(pool.map(ask, range(50))) == ["account-1"] * 50
        assert refreshes(service) == 2
        assert kept.refresh == family.good[-1]


@pytest.mark.parametrize("round", range(20))
def test_threads_that_race_leave_one_lineage(round: int) -> None:
    renewals = []
    lock = threading.Lock()

    def refresh(token: SecretText) -> Granted:
        with lock:
            renewals.append(token.reveal())
            n = len(renewals)
        return Granted(SecretText(f"a{n}"), 600, SecretText(f"r{n}"), "account", "device")

    kept = Kept("r0")
    tokens = RenewedTokens("host", refresh, kept)
    begin = threading.Barrier(16)

    def use(_: int) -> str:
        begin.wait()
        return tokens.access().reveal()

    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(use, range(16))) == {"a1"}
        begin.reset()
        first = SecretText("a1")
        renewed = set(pool.map(lambda _: (begin.wait(), tokens.renew(first).reveal())[1], range(16)))
    assert renewed == {"a2"}
    assert renewals == ["r0", "r1"]
    assert kept.stored == ["r1", "r2"]


def test_the_new_one_is_stored_before_it_is_used() -> None:
    with authority() as service:
        kept, family = signed_in(service)
        order: list[str] = []
        store = kept.store
        kept.store = lambda refresh: (order.append("stored"), store(refresh))[1]  # type: ignore[method-assign]
        with api_of(service, kept) as api:
            api.account()
            order.append("used" if api.account().id else "")
        assert order == ["stored", "used"]
        assert kept.refresh == family.good[-1]


def test_a_lost_reply_costs_nothing() -> None:
    with authority() as service:
        kept, _ = signed_in(service)
        before = kept.refresh
        service.lose_replies = 1
        with api_of(service, kept) as api:
            with pytest.raises(Unreachable):
                api.account()
            assert kept.refresh == before
            assert api.account().id == "account-1"


def test_a_sudden_end_between_storing_and_using_costs_nothing() -> None:
    with authority() as service:
        kept, _ = signed_in(service)
        with api_of(service, kept) as api:
            api.account()
        for _ in range(20):  # each start renews, stores, and ends before anything else
            tokens_of(service.base_url, kept).access()
        with api_of(service, kept) as api:
            assert api.account().id == "account-1"


def test_a_sudden_end_between_the_reply_and_storing_costs_nothing() -> None:
    with authority() as service:
        kept, _ = signed_in(service)
        before = kept.refresh
        for _ in range(20):
            service.token(
                {"grant_type": "refresh_token", "refresh_token": before or ""}
            )  # the end comes here
        with api_of(service, kept) as api:
            assert api.account().id == "account-1"


def test_a_keyring_that_fails_at_the_wrong_moment_leaves_the_former_one_in_use() -> None:
    with authority() as service:
        kept, _ = signed_in(service)
        before = kept.refresh
        with api_of(service, kept) as api:
            service.before_reply = lambda path: setattr(kept, "fails", True)
            with pytest.raises(SignInNotKept) as told:
                api.account()
            assert isinstance(told.value, NetworkProblem)  # tried again by itself
            assert "The keyring is locked" in told.value.sentence
            assert kept.refresh == before
            service.before_reply = lambda path: None
            kept.fails = False
            assert api.account().id == "account-1"
        assert kept.refresh != before


def test_a_keyring_that_is_locked_at_the_start_is_told_and_asked_again_later() -> None:
    with authority() as service:
        kept, _ = signed_in(service)
        kept.fails = True
        with api_of(service, kept) as api:
            with pytest.raises(SignInNotRead):
                api.account()
            kept.fails = False
            assert api.account().id == "account-1"


def test_a_sign_in_that_is_no_longer_known_is_asked_about_once() -> None:
    with authority() as service:
        kept = Kept("refresh-of-before")
        with api_of(service, kept) as api:
            for _ in range(3):
                with pytest.raises(SignInAgain):
                    api.account()
        assert refreshes(service) == 1
        assert kept.refresh == "refresh-of-before"


def test_without_a_sign_in_nothing_is_asked() -> None:
    with authority() as service, api_of(service, Kept()) as api:
        with pytest.raises(SignInAgain):
            api.account()
        assert service.asked == []


def test_a_device_that_was_taken_off_the_list_stops() -> None:
    with authority() as service:
        kept, family = signed_in(service)
        with api_of(service, kept) as api:
            api.account()
            family.revoked = True
            for _ in range(3):
                with pytest.raises(DeviceRevoked) as told:
                    api.account()
            assert "exported" in told.value.sentence
        assert [path for path, _ in service.asked].count("/v1/account") == 2


def test_a_device_that_was_taken_off_while_it_was_off_stops_at_its_renewal() -> None:
    with authority() as service:
        kept, family = signed_in(service)
        family.revoked = True
        with api_of(service, kept) as api, pytest.raises(DeviceRevoked):
            api.account()


def test_a_renewal_that_cannot_reach_the_service_is_told_to_all_who_wait() -> None:
    asked: list[SecretText] = []
    began, go_on = threading.Event(), threading.Event()

    def refresh(token: SecretText) -> Granted:
        asked.append(token)
        began.set()
        go_on.wait(10)
        raise Unreachable(host="music.example")

    tokens = RenewedTokens("music.example", refresh, Kept("r0"))

    def ask(_: int) -> Problem:
        try:
            tokens.access()
        except Problem as problem:
            return problem
        raise AssertionError("a token came about")

    with ThreadPoolExecutor(10) as pool:
        told = [pool.submit(ask, n) for n in range(10)]
        assert began.wait(10)
        go_on.set()
        problems = [each.result(10) for each in told]
    assert {type(problem) for problem in problems} == {Unreachable}
    assert len({id(problem) for problem in problems}) == 10


def test_a_thread_that_fails_by_a_fault_leaves_the_turn_to_the_next() -> None:
    faults = [True]

    def refresh(token: SecretText) -> Granted:
        if faults and faults.pop():
            raise ZeroDivisionError
        return Granted(SecretText("a"), 600, SecretText("r"), "account", "device")

    tokens = RenewedTokens("host", refresh, Kept("r0"))
    with pytest.raises(ZeroDivisionError):
        tokens.access()
    assert tokens.access().reveal() == "a"


def test_a_token_is_renewed_before_it_runs_out() -> None:
    now, given = [0.0], iter(range(100))

    def refresh(token: SecretText) -> Granted:
        return Granted(SecretText(f"a{next(given)}"), 600, SecretText("r"), "account", "device")

    tokens = RenewedTokens("host", refresh, Kept("r0"), clock_s=lambda: now[0])
    assert tokens.access().reveal() == "a0"
    now[0] = 569.0
    assert tokens.access().reveal() == "a0"
    now[0] = 571.0
    assert tokens.access().reveal() == "a1"


def test_a_wait_on_a_line_of_its_own_shares_the_sign_in() -> None:
    with authority() as service:
        kept, _ = signed_in(service)
        with api_of(service, kept) as api:
            api.account()
            with api.beside() as other:
                other.account()
            assert api.account().id == "account-1"
        assert refreshes(service) == 1


def test_a_problem_told_again_is_the_same_and_another() -> None:
    told = SignInAgain(host="music.{example}")
    copied = again(told)
    assert copied is not told
    assert copied.sentence == told.sentence
    assert type(copied) is SignInAgain


@pytest.mark.parametrize(
    "answer",
    [
        b"[]",
        b"7",
        b"not json",
        b"access_token=a&token_type=Bearer&refresh_token=r",
        b"{}",
        b'{"access_token": "canary", "token_type": "mac", "expires_in": 600, "refresh_token": "r", '
        b'"account": "a", "device": "d"}',
        b'{"access_token": "", "token_type": "Bearer", "expires_in": 600, "refresh_token": "r", '
        b'"account": "a", "device": "d"}',
        b'{"access_token": "canary", "token_type": "Bearer", "expires_in": "soon", "refresh_token": "r", '
        b'"account": "a", "device": "d"}',
        b'{"access_token": "canary", "token_type": "Bearer", "expires_in": 600, "refresh_token": "'
        + b"x" * 5_000
        + b'", "account": "a", "device": "d"}',
    ],
)
def test_an_answer_with_no_token_in_it_changes_nothing(answer: bytes) -> None:
    with authority() as service:
        kept, _ = signed_in(service)
        before = kept.refresh
        with api_of(service, kept) as api:
            service.token_answer = (200, "application/json", answer)
            with pytest.raises(NetworkProblem) as told:
                api.account()
            assert "canary" not in told.value.sentence
            assert kept.refresh == before
            service.token_answer = None
            assert api.account().id == "account-1"


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (500, "text/html", b"<h1>Oh</h1>"),
        (503, "application/json", b"{}"),
        (302, "text/html", b""),
        (200, "text/html", b"<h1>Sign in to this network</h1>"),
        (400, "text/html", b"<h1>Bad</h1>"),
        (401, "text/plain", b"no"),
    ],
)
def test_trouble_on_the_way_does_not_end_a_sign_in(status: int, kind: str, body: bytes) -> None:
    with authority() as service:
        kept, _ = signed_in(service)
        with api_of(service, kept) as api:
            service.token_answer = (status, kind, body)
            with pytest.raises(Problem):
                api.account()
            service.token_answer = None
            if status != 401:
                assert api.account().id == "account-1"


def test_no_token_stands_in_a_problem_or_in_what_a_traceback_shows() -> None:
    with authority() as service:
        kept, _ = signed_in(service)
        with api_of(service, kept) as api:
            api.account()
            seen: list[str] = []
            for spoil in (
                lambda: setattr(service, "token_answer", (500, "text/html", b"")),
                lambda: setattr(service, "token_answer", (200, "application/json", b"[1")),
                lambda: setattr(service, "lose_replies", 5),
            ):
                service.token_answer = None
                spoil()
                secret = [*service.secrets, kept.refresh or ""]
                service.expire_access()
                with pytest.raises(Problem) as told:
                    api.account()
                seen.append(_shown(told.value))
            assert not any(token in text for text in seen for token in secret)


def _shown(error: BaseException | None) -> str:
    """Everything that a careless report of an error would hold, of its causes too."""
    parts: list[str] = []
    while error is not None:
        parts += [str(error), repr(error), repr(vars(error))]
        trace = error.__traceback__
        while trace is not None:
            if "artist_console" in trace.tb_frame.f_code.co_filename:
                parts += [repr(value) for value in trace.tb_frame.f_locals.values()]
            trace = trace.tb_next
        error = error.__cause__ or error.__context__
    return "\n".join(parts)


def test_a_redirect_elsewhere_is_not_followed_and_nothing_goes_there() -> None:
    with answering(http(b"{}")) as elsewhere:
        answer = http(b"", status="302 Found", headers=(f"Location: {elsewhere.base_url}/v1/account",))
        with answering(answer) as service, Api(service.base_url, "secret-token") as api:
            with pytest.raises(NetworkProblem, match="another address"):
                api.account()
            assert b"secret-token" in service.asked[0]
        assert elsewhere.asked == []


def test_no_token_is_logged_however_much_is(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), authority() as service:
        service.one_time_codes.add("CODE")
        with closing(Connection(service.base_url)) as line:
            granted = with_code(AuthorizationServer(line), "CODE", "Studio")
            server = AuthorizationServer(line)
            browsed = in_browser(server, "Studio", browse, lambda page: None, Cancellation())
        kept = Kept(granted.refresh.reveal())
        with api_of(service, kept) as api:
            api.account()
            service.expire_access()
            api.account()
        seen = [*service.secrets, kept.refresh or "", browsed.access.reveal(), granted.access.reveal()]
        asked = [fields for _, fields in service.asked]
    proofs = [fields[name] for fields in asked for name in ("code_verifier", "state") if name in fields]
    assert caplog.records
    assert len(proofs) == 2
    assert not any(secret in caplog.text for secret in (*seen, *proofs))
