"""Whatever is on the other end, the caller gets the message asked for or one clear sentence."""

from __future__ import annotations

import gzip
import socket
from pathlib import Path
from time import perf_counter

import pytest
import requests

from artist_console.domain.problems import AuthorityProblem, InputProblem, NetworkProblem, Problem
from artist_console.formats import accounts, wire
from artist_console.store import journal
from artist_console.sync import connection
from artist_console.sync.api import Api
from artist_console.sync.engine import run_round
from artist_console.sync.problems import (
    CursorExpired,
    Nonsense,
    NotAllowed,
    NotFound,
    NotSecure,
    RequestRefused,
    ServiceBusy,
    ServiceFailed,
    SignInAgain,
    StreamRefused,
    Unreachable,
)
from tests.store.records import decide
from tests.sync.devices import Clock, Device, Service
from tests.sync.servers import answering, http, problem

ACCOUNT = b'{"id": "a", "name": "Ines Vale", "artists": [], "host": "this computer", "api_version": "v1"}'


def ask(answer: bytes) -> Problem:
    """The problem that asking for the account ends in."""
    with answering(answer) as server, Api(server.base_url, "secret-token") as api:
        with pytest.raises(Problem) as told:
            api.account()
        return told.value


def test_a_good_answer_is_given_as_its_type() -> None:
    with answering(http(ACCOUNT)) as server, Api(server.base_url, "t") as api:
        assert api.account() == accounts.Account(id="a", name="Ines Vale", artists=[], host="this computer")
        assert b"Authorization: Bearer t" in server.asked[0]


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (http(b"<html>Please sign in to this network</html>", kind="text/html"), "it is a web page"),
        (http(b"<html></html>", kind="text/html; charset=utf-8", status="404 Not Found"), "it is a web page"),
        (http(b"hello", kind="text/plain"), "it is of another kind"),
        (http(ACCOUNT, kind="text/plain"), "it is of another kind"),
        (http(b"{not json"), "it is not the answer to what was asked"),
        (http(b""), "it is not the answer to what was asked"),
        (http(b"[1, 2, 3]"), "it is not the answer to what was asked"),
        (http(b'{"id": 7}'), "it is not the answer to what was asked"),
        (http(b"\xff\xfe\x00"), "it is not the answer to what was asked"),
        (http(b"[" * 100_000), "it is not the answer to what was asked"),
        (
            http(b"", status="302 Found", headers=("Location: https://elsewhere.example/",)),
            "it leads to another address",
        ),
        (http(b"{}", status="418 Teapot"), "it is of another kind"),
        (
            http(b"{}", status="400 Bad", kind="application/problem+json"),
            "an error 400 without a reason",
        ),
        (http(b"not gzip at all", headers=("Content-Encoding: gzip",)), "it cannot be unpacked"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999999999999\r\n\r\n",
            "it is far too large",
        ),
    ],
)
def test_nonsense_is_told_in_one_sentence(answer: bytes, what: str) -> None:
    told = ask(answer)
    assert isinstance(told, Nonsense)
    assert told.title == f"The service on this computer answered something that makes no sense: {what}"
    assert "secret-token" not in told.sentence


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\x00\x01\x02\x03",
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\nzz\r\n",
        b"HTTP/1.1 nonsense\r\n\r\n",
    ],
    ids=["nothing", "noise", "another protocol", "cut short", "torn chunks", "no status"],
)
def test_a_line_that_ends_early_is_a_service_that_cannot_be_reached(answer: bytes) -> None:
    told = ask(answer)
    assert isinstance(told, Unreachable | Nonsense)


def test_an_answer_that_unpacks_without_end_is_stopped() -> None:
    bomb = gzip.compress(bytes(connection.MAX_ANSWER_BYTES + 1), compresslevel=9)
    told = ask(http(bomb, headers=("Content-Encoding: gzip",)))
    assert isinstance(told, Nonsense)
    assert "far too large" in told.title


def test_a_service_that_is_down_cannot_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with Api(f"http://127.0.0.1:{port}", "t") as api, pytest.raises(Unreachable) as told:
        api.account()
    assert told.value.sentence == (
        "The service on this computer cannot be reached."
        " You can keep working; what waits is sent when the connection is back."
    )


@pytest.mark.parametrize(
    "address", ["http://", "nothing", "ftp://127.0.0.1/", "http://127.0.0.1:99999", "http://[::"]
)
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(NetworkProblem), Api(address, "t") as api:
        api.account()


def test_an_address_that_would_show_the_token_on_its_way_is_refused() -> None:
    with pytest.raises(NotSecure, match="nothing was sent"):
        Api("http://music.example", "t")


def test_a_service_that_says_nothing_is_given_up() -> None:
    with (
        answering(b"", then_hang=True) as server,
        Api(server.base_url, "t", silence_s=0.2) as api,
        pytest.raises(Unreachable),
    ):
        api.account()


def test_a_service_that_trickles_is_given_up() -> None:
    with (
        answering(http(ACCOUNT)) as server,
        Api(server.base_url, "t", whole_s=0.0) as api,
        pytest.raises(Unreachable),
    ):
        api.account()


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (problem("not-signed-in", 401), SignInAgain),
        (http(b"", status="401 Unauthorized"), SignInAgain),
        (problem("not-allowed", 403, detail="The mandate does not cover this."), NotAllowed),
        (problem("not-found", 404), NotFound),
        (problem("sequence-gap", 409), StreamRefused),
        (problem("stream-forked", 409), StreamRefused),
        (problem("cursor-expired", 410), CursorExpired),
        (problem("malformed", 400, detail="Decision 3 cannot be recorded."), RequestRefused),
        (problem("too-large", 413), RequestRefused),
        (
            problem("unreadable-file", 422, "The file ends early", "Ask the sender for a new copy"),
            InputProblem,
        ),
        (problem("storage", 507), ServiceFailed),
        (problem("something-new", 418, detail="Unheard of"), RequestRefused),
        (http(b"<h1>Bad gateway</h1>", status="502 Bad Gateway", kind="text/html"), ServiceFailed),
        (http(b"", status="500 Oh"), ServiceFailed),
        (http(b"", status="429 Too Many", headers=("Retry-After: 17",)), ServiceBusy),
        (http(b"", status="503 Busy", headers=("Retry-After: Wed, 21 Oct 2065 07:28:00 GMT",)), ServiceBusy),
    ],
)
def test_each_refusal_is_its_own_kind_of_problem(answer: bytes, kind: type[Problem]) -> None:
    told = ask(answer)
    assert type(told) is kind
    assert told.sentence.endswith(".")
    assert "{" not in told.sentence


def test_what_a_service_says_is_shown_as_one_plain_line() -> None:
    told = ask(problem("not-allowed", 403, detail="{host} \\u202e \\n <b>no</b> " + "x" * 1_000))
    assert isinstance(told, AuthorityProblem)
    assert told.advice.startswith("{host} <b>no</b> xxx")
    assert len(told.advice) <= 300


def test_how_long_to_wait_is_passed_on() -> None:
    told = ask(http(b"", status="429 Too Many", headers=("Retry-After: 17",)))
    assert isinstance(told, ServiceBusy)
    assert told.retry_after_s == 17.0


def test_a_proxy_of_the_environment_is_not_asked_for_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    with answering(http(b"", status="500 Proxy")) as proxy, answering(http(ACCOUNT)) as server:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.base_url)
        with Api(server.base_url, "t") as api:
            assert api.account().id == "a"
        assert proxy.asked == []


def test_a_netrc_of_the_computer_does_not_take_the_place_of_the_token(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login somebody password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with answering(http(ACCOUNT)) as server:
        session = requests.Session()
        with Api(server.base_url, "t", session=session) as api:
            session.trust_env = True  # as towards a hosted service
            api.account()
        assert b"Authorization: Bearer t" in server.asked[0]


def test_the_token_is_in_no_representation() -> None:
    with Api("http://127.0.0.1:1", "secret-token") as api:
        assert "secret-token" not in repr(api)
        assert "secret-token" not in str(vars(api))
        assert "secret-token" not in str(vars(vars(api)["_tokens"]))


@pytest.mark.parametrize("answer", [http(b"<html>", kind="text/html"), b"", problem("not-signed-in", 401)])
def test_a_round_with_nonsense_leaves_everything_as_it_was(device: Device, answer: bytes) -> None:
    device.sync()
    made = decide()
    journal.append(device.store, [made])
    with answering(answer) as server, Api(server.base_url, "t") as api, pytest.raises(Problem):
        run_round(device.store, api, Clock())
    assert journal.undelivered(device.store) == (made,)
    assert device.sync().accepted == 1


def test_a_file_is_handed_over_and_its_job_asked_for(service: Service, device: Device) -> None:
    with device.calling() as api:
        job = api.start_import(wire.ImportKind.CATALOGUE, "songs & more.csv", b"nothing,of,use\n")
        assert job.file_name == "songs & more.csv"
        assert api.import_job(job.id).id == job.id
        with pytest.raises(NotFound):
            api.import_job("no/such job")


def test_lists_and_keys_are_read(device: Device) -> None:
    with device.calling() as api:
        page = api.rows("works", limit=2)
        assert len(page.items) == 2
        assert page.next is not None
        more = api.rows("works", after=page.next)
        assert len(more.items) == 3
        (key,) = api.keys().keys
        assert key.crv == "Ed25519"


def test_a_call_of_the_service_on_this_computer_does_not_wait_for_a_delayed_acknowledgement(
    device: Device,
) -> None:
    """With Nagle's algorithm at work every call but the first takes 40 ms and more."""
    taken = []
    with device.calling() as api:
        for _ in range(12):
            started = perf_counter()
            api.account()
            taken.append(perf_counter() - started)
    assert min(taken[1:]) < 0.035
