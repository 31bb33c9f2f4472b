"""What goes to a hosted service goes to that service alone: certificates, proxies, redirects."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
import requests

from artist_console.sync import connection
from artist_console.sync.api import Api
from artist_console.sync.problems import Nonsense, NotSecure, Unreachable
from artist_console.sync.sign_in_problems import CertificatesUnreadable, ProxyRefused

from .certificates import Authority
from .secure_servers import plain, proxy, secure
from .servers import answering, http

ACCOUNT = http(
    b'{"id": "a", "name": "Ines Vale", "artists": [], "host": "music.example", "api_version": "v1"}'
)
TRUSTING = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR")
PROXYING = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*TRUSTING, *PROXYING):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


def account_at(port: int, host: str = "127.0.0.1") -> str:
    with Api(f"https://{host}:{port}", "secret-token") as api:
        return api.account().id


def test_a_certificate_that_nobody_here_trusts_is_refused_and_nothing_is_sent(authority: Authority) -> None:
    with secure(authority.signs("127.0.0.1"), ACCOUNT) as server:
        with pytest.raises(NotSecure) as told:
            account_at(server.port)
        assert server.asked == []
    assert told.value.title == "The service on this computer cannot be reached securely, so nothing was sent"


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_an_authority_that_the_environment_names_is_trusted(
    variable: str, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, str(authority.bundle))
    with secure(authority.signs("127.0.0.1"), ACCOUNT) as server:
        assert account_at(server.port) == "a"
        assert b"Authorization: Bearer secret-token" in server.asked[0]


def test_an_authority_of_the_computer_is_trusted(
    authority: Authority, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """On Linux, the computer's certificates are where OpenSSL looks; the test stands in for that place."""
    found = ssl.get_default_verify_paths()
    monkeypatch.setattr(
        "ssl.get_default_verify_paths", lambda: found._replace(cafile=None, capath=str(tmp_path / "none"))
    )
    monkeypatch.setattr("truststore._openssl._CA_FILE_CANDIDATES", [str(authority.bundle)])
    with secure(authority.signs("127.0.0.1"), ACCOUNT) as server:
        assert account_at(server.port) == "a"


def test_the_list_that_requests_brings_along_is_not_trusted_beside_the_computers_own(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("certifi.where", lambda: str(authority.bundle))
    monkeypatch.setattr("requests.adapters.DEFAULT_CA_BUNDLE_PATH", str(authority.bundle))
    with secure(authority.signs("127.0.0.1"), ACCOUNT) as server, pytest.raises(NotSecure):
        account_at(server.port)


def test_a_certificate_that_has_run_out_is_refused(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.bundle))
    with secure(authority.signs("127.0.0.1", run_out=True), ACCOUNT) as server:
        with pytest.raises(NotSecure, match="date of this computer"):
            account_at(server.port)
        assert server.asked == []


@pytest.mark.parametrize("host", ["music.example", "127.0.0.2", "localhost"])
def test_a_certificate_of_another_host_is_refused(
    host: str, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.bundle))
    with secure(authority.signs(host), ACCOUNT) as server:
        with pytest.raises(NotSecure):
            account_at(server.port)
        assert server.asked == []


def test_a_certificate_of_another_authority_is_refused(
    authority: Authority, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = Authority(tmp_path, "other")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other.bundle))
    with secure(authority.signs("127.0.0.1"), ACCOUNT) as server, pytest.raises(NotSecure):
        account_at(server.port)


def test_a_line_as_old_as_tls_1_1_is_refused(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.bundle))
    with (
        pytest.warns(DeprecationWarning, match="TLSv1_1"),
        secure(authority.signs("127.0.0.1"), ACCOUNT, ssl.TLSVersion.TLSv1_1) as server,
        pytest.raises(NotSecure),
    ):
        account_at(server.port)


def test_no_setting_of_a_session_turns_verification_off(authority: Authority) -> None:
    session = requests.Session()
    session.verify = False
    with (
        secure(authority.signs("127.0.0.1"), ACCOUNT) as server,
        Api(f"https://127.0.0.1:{server.port}", "t", session=session) as api,
        pytest.raises(NotSecure),
    ):
        api.account()


@pytest.mark.parametrize("content", [None, b"", b"no certificates"])
def test_a_setting_that_names_no_certificates_is_told(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "company.pem"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with pytest.raises(CertificatesUnreadable) as told:
        Api("https://music.example", "t")
    assert "company.pem" in told.value.title
    assert "SSL_CERT_FILE" in told.value.title


def test_plain_http_is_for_this_computer_alone() -> None:
    for address in ("http://music.example", "http://192.168.1.4", "http://127.0.0.1.example"):
        with pytest.raises(NotSecure):
            Api(address, "t")
    with answering(ACCOUNT) as server, Api(server.base_url, "t") as api:
        assert api.account().id == "a"


def test_a_server_without_tls_where_it_is_due_is_told() -> None:
    with plain(ACCOUNT) as server, pytest.raises(NotSecure):
        account_at(server.port)


# -- proxies


def test_a_proxy_of_the_environment_is_used_and_sees_no_token(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.bundle))
    with secure(authority.signs("music.example"), ACCOUNT) as server, proxy(server.port) as way:
        monkeypatch.setenv("HTTPS_PROXY", way.url)
        assert account_at(443, "music.example") == "a"
        assert way.asked[0].startswith(b"CONNECT music.example:443 ")
        assert b"secret-token" not in b"".join(way.asked)
        assert b"Authorization: Bearer secret-token" in server.asked[0]


def test_a_proxy_that_leads_to_another_server_is_refused(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.bundle))
    with secure(authority.signs("evil.example"), ACCOUNT) as server, proxy(server.port) as way:
        monkeypatch.setenv("HTTPS_PROXY", way.url)
        with pytest.raises(NotSecure):
            account_at(443, "music.example")
        assert server.asked == []


def test_a_proxy_that_asks_for_a_sign_in_of_its_own_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with proxy(1, refuses=True) as way:
        monkeypatch.setenv("HTTPS_PROXY", way.url)
        with pytest.raises(ProxyRefused, match="proxy of this network"):
            account_at(443, "music.example")


def test_a_host_that_needs_no_proxy_is_reached_without(
    authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    with proxy(1) as way:
        monkeypatch.setenv("HTTPS_PROXY", way.url)
        monkeypatch.setenv("NO_PROXY", "music.invalid")
        with pytest.raises(Unreachable):
            account_at(443, "music.invalid")
        assert way.asked == []


# -- redirects


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
def test_no_token_follows_a_redirect(
    status: str, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.bundle))
    pair = authority.signs("127.0.0.1")
    with secure(pair, ACCOUNT) as elsewhere:
        leads = http(b"", status=status, headers=(f"Location: https://127.0.0.1:{elsewhere.port}/",))
        with secure(pair, leads) as server:
            with pytest.raises(Nonsense, match="another address"):
                account_at(server.port)
            assert len(server.asked) == 1
        assert elsewhere.asked == []


def test_no_cookie_is_kept() -> None:
    answer = ACCOUNT.replace(b"Connection: close", b"Set-Cookie: who=you; Path=/\r\nConnection: close")
    with answering(answer) as server, Api(server.base_url, "t") as api:
        api.account()
        api.account()
        assert not any(b"Cookie" in asked for asked in server.asked)


def test_a_line_knows_its_limits() -> None:
    assert connection.is_loopback("127.0.0.1")
    assert connection.is_loopback("[::1]")
    assert not connection.is_loopback("127.0.0.1.example")
    assert not connection.is_loopback("localhost.example")
