"""Signatures of mails: made by dkimpy, checked with keys that are here, and nobody is asked."""

from __future__ import annotations

import socket
from typing import NoReturn

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.cases import DkimResult
from artist_console.formats.mail_keys import Key, read_keys
from artist_console.formats.mail_signature import Checked, check

from .signed_mail import DOMAIN, MAIL, SELECTOR, record, rsa_key, signed

RSA = rsa_key()
ED25519 = Ed25519PrivateKey.generate()
BOTH = pytest.mark.parametrize("key", [RSA, ED25519], ids=["rsa", "ed25519"])
# Of 512 bits, made with openssl: `cryptography` makes none that is so short.
SHORT = (
    "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAL9Ov+UsF7a7jShQp2knsH29I4Yz+8oN"
    "YWMPi6XQ8Hv5wG0BmeIQ3qR9Z8MaVGKw45/DjGlCPQD8egf+zDWWIPcCAwEAAQ=="
)
PrivateKey = RSAPrivateKey | Ed25519PrivateKey


@pytest.fixture(autouse=True)
def no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever asks a name server fails the test."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)


def keys(key: PrivateKey) -> tuple[Key, ...]:
    return read_keys(record(key))


def result(found: Checked) -> DkimResult:
    return found.dkim.result


@BOTH
@pytest.mark.parametrize(
    "canonical", [(a, b) for a in (b"simple", b"relaxed") for b in (b"simple", b"relaxed")]
)
def test_a_signature_fits_the_key_that_is_supplied(key: PrivateKey, canonical: tuple[bytes, bytes]) -> None:
    found = check(signed(key, canonical=canonical), keys(key))
    assert result(found) is DkimResult.FITS_SUPPLIED_KEY
    assert (found.dkim.domain, found.dkim.selector) == (DOMAIN, SELECTOR)
    assert found.told == ()


@BOTH
def test_a_key_that_came_with_the_mail_is_told_apart(key: PrivateKey) -> None:
    assert result(check(signed(key), (), keys(key))) is DkimResult.FITS_KEY_IN_FILE
    assert result(check(signed(key), keys(key), keys(key))) is DkimResult.FITS_SUPPLIED_KEY


def test_a_mail_without_signature_and_one_without_key() -> None:
    assert result(check(MAIL)) is DkimResult.NONE
    assert result(check(signed(RSA))) is DkimResult.NO_KEY
    assert check(signed(RSA)).dkim.domain == DOMAIN


def test_a_signature_named_in_the_body_is_none() -> None:
    assert result(check(MAIL + b"\r\nDKIM-Signature: v=1\r\n", keys(RSA))) is DkimResult.NONE


@BOTH
def test_another_key_does_not_fit(key: PrivateKey) -> None:
    others = keys(rsa_key() if isinstance(key, RSAPrivateKey) else Ed25519PrivateKey.generate())
    assert result(check(signed(key), others)) is DkimResult.DOES_NOT_FIT
    assert result(check(signed(key), keys(ED25519 if key is RSA else RSA))) is DkimResult.DOES_NOT_FIT


@BOTH
def test_a_changed_text_or_signed_header_does_not_fit(key: PrivateKey) -> None:
    whole = signed(key)
    for old, new in ((b"Nordic", b"nordic"), (b"Our recordings", b"our recordings"), (b"rights@", b"right@")):
        assert result(check(whole.replace(old, new), keys(key))) is DkimResult.DOES_NOT_FIT, old


@given(st.data())
def test_any_byte_flipped_in_what_is_signed_fits_no_more(data: st.DataObject) -> None:
    whole = bytearray(signed(ED25519, canonical=(b"simple", b"simple")))
    place = data.draw(st.integers(len(whole) - len(MAIL), len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    found = result(check(bytes(whole), keys(ED25519)))
    assert found not in (DkimResult.FITS_SUPPLIED_KEY, DkimResult.FITS_KEY_IN_FILE)


@given(st.data())
def test_any_byte_of_the_signature_may_be_another_and_nothing_breaks(data: st.DataObject) -> None:
    whole = bytearray(signed(RSA))
    whole[data.draw(st.integers(0, len(whole) - len(MAIL) - 1))] = data.draw(st.integers(0, 255))
    assert isinstance(result(check(bytes(whole), keys(RSA))), DkimResult)


def test_a_second_sender_put_before_the_signed_one_does_not_fit() -> None:
    assert result(check(b"From: eve@evil.example\r\n" + signed(RSA), keys(RSA))) is DkimResult.DOES_NOT_FIT


def test_line_ends_of_another_system_change_nothing() -> None:
    assert result(check(signed(RSA).replace(b"\r\n", b"\n"), keys(RSA))) is DkimResult.FITS_SUPPLIED_KEY


def test_an_end_that_has_passed_is_told_and_the_bytes_fit_all_the_same() -> None:
    found = check(signed(RSA, more=((b"x", b"1000000000"),)), keys(RSA))
    assert result(found) is DkimResult.FITS_SUPPLIED_KEY
    assert "until 2001-09-09" in found.told[0]
    endless = check(signed(RSA, more=((b"x", b"9" * 40),)), keys(RSA))
    assert "end that cannot be read" in endless.told[0]


def test_a_body_length_is_told_and_what_was_added_behind_it() -> None:
    found = check(signed(RSA, length=True) + b"We license everything to you.\r\n", keys(RSA))
    assert result(found) is DkimResult.FITS_SUPPLIED_KEY
    assert "covers only the first 40 of" in found.told[0]
    assert check(signed(RSA, length=True), keys(RSA)).told == ()
    cut = signed(RSA, length=True)[:-20]
    assert result(check(cut, keys(RSA))) is DkimResult.CANNOT_BE_CHECKED


def test_an_unsigned_sender_makes_the_signature_say_nothing() -> None:
    whole = signed(RSA).replace(b"h=from", b"h=x-me")
    found = check(whole, keys(RSA))
    assert result(found) is DkimResult.CANNOT_BE_CHECKED
    assert "does not cover the sender" in found.told[0]


def test_an_unsigned_subject_is_told() -> None:
    found = check(signed(RSA, headers=(b"from",)), keys(RSA))
    assert result(found) is DkimResult.FITS_SUPPLIED_KEY
    assert "does not cover: subject, date" in found.told[0]


def test_the_signature_of_another_domain_than_the_senders_is_told() -> None:
    found = check(signed(RSA, domain="mailer.example"), keys(RSA))
    assert result(found) is DkimResult.FITS_SUPPLIED_KEY
    assert found.told[0] == "It was signed by mailer.example, and the sender writes as harmonia.example."


def test_of_two_signatures_the_one_that_fits_counts_the_senders_before_another() -> None:
    other = rsa_key()
    twice = signed(other, signed(RSA), domain="mailer.example")
    assert check(twice, keys(RSA)).dkim.domain == DOMAIN
    both = read_keys(
        f"sel1._domainkey.mailer.example TXT {record(other)}\nsel1._domainkey.{DOMAIN} TXT {record(RSA)}"
    )
    found = check(twice, both)
    assert (result(found), found.dkim.domain) == (DkimResult.FITS_SUPPLIED_KEY, DOMAIN)


def test_a_key_of_another_domain_is_not_tried() -> None:
    (key,) = read_keys(f'sel1._domainkey.other.example. 3600 IN TXT "{record(RSA)}"')
    assert result(check(signed(RSA), (key,))) is DkimResult.NO_KEY


@pytest.mark.parametrize(
    "text",
    [
        "v=DKIM1; p=",  # taken back
        "v=DKIM1; k=rsa; p=AAAA",
        "v=DKIM1; k=ed25519; p=AAAA",
        "v=DKIM1; k=gost; p=AAAA",
        "v=DKIM2; p=AAAA",
        "v=DKIM1; h=sha1; p=AAAA",
        "v=DKIM1; s=other; p=AAAA",
        "v=DKIM1; p=!!!!",
        "v=DKIM1; k=rsa; p=ü",
    ],
)
def test_a_key_that_is_none_cannot_check_anything(text: str) -> None:
    assert result(check(signed(RSA), read_keys(text))) is DkimResult.CANNOT_BE_CHECKED


def test_a_short_key_and_sha1_are_not_taken() -> None:
    assert result(check(signed(RSA), read_keys(f"p={SHORT}"))) is DkimResult.CANNOT_BE_CHECKED
    old = check(signed(RSA, algorithm=b"rsa-sha1"), keys(RSA))
    assert result(old) is DkimResult.CANNOT_BE_CHECKED
    assert "SHA-1" in old.told[0]


@pytest.mark.parametrize(
    "header",
    [
        b"DKIM-Signature: nonsense\r\n",
        b"DKIM-Signature: v=1; a=rsa-sha256; d=x.example; s=y; h=from; bh=!!; b=!!\r\n",
        b"DKIM-Signature: v=1; v=1\r\n",
        b"DKIM-Signature:" + b" \t" * 5_000 + b"\r\n",
        b"DKIM-Signature: v=1; b=" + b"\r\n " * 1_000 + b"\r\n",
        b" begins with a space\r\nDKIM-Signature: v=1\r\n",
        b"DKIM-Signature: " + b"a" * 20_000 + b"\r\n",
    ],
)
def test_a_damaged_signature_cannot_be_checked(header: bytes) -> None:
    assert result(check(header + MAIL, keys(RSA))) is DkimResult.CANNOT_BE_CHECKED


def test_a_mail_that_would_cost_too_much_is_not_checked() -> None:
    spaces = signed(RSA) + b" " * 200_000 + b"x"
    assert result(check(spaces, keys(RSA))) is DkimResult.CANNOT_BE_CHECKED
    lines = signed(RSA) + b"\r\n" * 500_000
    assert result(check(lines, keys(RSA))) is DkimResult.CANNOT_BE_CHECKED


def test_keys_are_read_as_name_servers_print_them() -> None:
    found = read_keys(
        's1._domainkey.a.example. 3600 IN TXT ( "v=DKIM1; k=rsa; " "p=AAAA"\n  "BBBB" )\n'
        's2._domainkey.b.example\tdescriptive text "v=DKIM1\\; p=CCCC"\n'
    )
    assert found == (
        Key("v=DKIM1;k=rsa;p=AAAABBBB", "s1", "a.example"), Key("v=DKIM1;p=CCCC", "s2", "b.example")
    )  # fmt: skip
    assert read_keys("k=rsa; p=AAAA") == (Key("k=rsa;p=AAAA"),)
    assert read_keys("Dear Sir, here is no key.") == ()


# RFC 8463, appendix A: one message that others have signed, with both kinds of keys.
RFC_8463 = (
    b"DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n"
    b" d=football.example.com; i=@football.example.com;\r\n"
    b" q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n"
    b" subject : date : message-id : from : subject : date;\r\n"
    b" bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
    b" b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\r\n"
    b" Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\r\n"
    b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n"
    b" d=football.example.com; i=@football.example.com;\r\n"
    b" q=dns/txt; s=test; t=1528637909; h=from : to : subject :\r\n"
    b" date : message-id : from : subject : date;\r\n"
    b" bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
    b" b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3\r\n"
    b" DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz\r\n"
    b" dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=\r\n"
    b"From: Joe SixPack <joe@football.example.com>\r\n"
    b"To: Suzie Q <suzie@shopping.example.net>\r\n"
    b"Subject: Is dinner ready?\r\n"
    b"Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n"
    b"Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n"
    b"\r\n"
    b"Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n"
)
RFC_KEYS = {
    "brisbane": "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    "test": "v=DKIM1; k=rsa; "
    "p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2"
    "jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3"
    "Ip3G+2kryOTIKT+l/K4w3QIDAQAB",
}


@pytest.mark.parametrize("selector", RFC_KEYS)
def test_the_message_of_the_standard_fits_its_keys(selector: str) -> None:
    line = f'{selector}._domainkey.football.example.com. IN TXT "{RFC_KEYS[selector]}"'
    found = check(RFC_8463, read_keys(line))
    assert (result(found), found.dkim.selector) == (DkimResult.FITS_SUPPLIED_KEY, selector)
    changed = RFC_8463.replace(b"lost", b"won ")
    assert result(check(changed, read_keys(line))) is DkimResult.DOES_NOT_FIT
