"""Passwords, the second step, and how wrong tries are slowed down."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

import pyotp
import pytest
from argon2 import PasswordHasher, extract_parameters
from hypothesis import given
from hypothesis import strategies as st

from artist_console.backend.sign_in import second_step, throttle
from artist_console.backend.sign_in.passwords import Passwords, what_is_wrong
from artist_console.backend.sign_in.throttle import ACCOUNT, ADDRESS, PAIR, Limit, after_failure
from artist_console.backend.storage import credentials, visits
from artist_console.backend.storage.database import open_database
from artist_console.backend.storage.visits import Tried

from ..world import DATA_KEY, START
from .world import MARA, PASSWORD, QUICK, SECOND, Browser, Hosted, a_hosted_service

KEY = bytes(range(32))
NEW = "night ferry to the harbour"
STEP = timedelta(seconds=second_step.STEP_S)


@pytest.fixture
def hosted(tmp_path: Path) -> Iterator[Hosted]:
    with a_hosted_service(tmp_path) as running:
        yield running


def kept_password(hosted: Hosted) -> str:
    with hosted.service.database.reading() as connection:
        found = credentials.of_account(connection, MARA)
    assert found is not None
    return found.password


# -- passwords


def test_the_measure_is_that_of_rfc_9106_or_more() -> None:
    passwords = Passwords()
    parameters = extract_parameters(passwords.hashed(PASSWORD))
    assert parameters.type.name == "ID"
    assert parameters.memory_cost >= 64 * 1024
    assert parameters.time_cost >= 3
    assert passwords.fits(PASSWORD, passwords.hashed(PASSWORD))


@given(st.text(max_size=220), st.text(max_size=220))
def test_a_password_fits_itself_alone(one: str, other: str) -> None:
    passwords = Passwords(QUICK)
    try:
        one.encode(), other.encode()
    except UnicodeEncodeError:
        return
    hashed = passwords.hashed(one)
    assert passwords.fits(one, hashed) is (len(one) <= 200)
    if unicodedata.normalize("NFC", one) != unicodedata.normalize("NFC", other):
        assert not passwords.fits(other, hashed)


def test_a_letter_counts_the_same_however_a_keyboard_makes_it() -> None:
    passwords = Passwords(QUICK)
    assert passwords.fits("Ame\u0301lie at sea", passwords.hashed("Am\u00e9lie at sea"))


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("short", "short", "at least 12"),
        ("n" * 201, "n" * 201, "at most 200"),
        ("Mara  Lindqvist", "Mara  Lindqvist", "too easy"),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "too easy"),
        (PASSWORD, PASSWORD + "x", "differ"),
        (PASSWORD, PASSWORD, ""),
    ],
)
def test_a_password_that_cannot_be_taken_is_told_why(password: str, again: str, words: str) -> None:
    told = what_is_wrong(password, again, "mara lindqvist")
    assert words in told
    assert bool(told) is bool(words)


def test_a_wrong_name_and_a_wrong_password_are_told_alike(hosted: Hosted) -> None:
    told = [
        hosted.browser().authorize().sign_in(name, password).words.replace(name, "")
        for name, password in (("Mara", "wrong"), ("Nobody", PASSWORD), ("Ola", PASSWORD))
    ]
    assert len(set(told)) == 1
    assert "The name or the password is not right" in told[0]


def test_a_hash_of_a_former_measure_is_renewed_when_its_password_comes(tmp_path: Path) -> None:
    with a_hosted_service(tmp_path, passwords=Passwords(PasswordHasher(2, 16, 1))) as hosted:
        former = QUICK.hash(PASSWORD)
        with hosted.service.database.writing() as connection:
            credentials.renew_hash(connection, MARA, kept_password_in(connection), former)
        assert hosted.browser().authorize().sign_in("Mara", "wrong").status == 403
        assert kept_password(hosted) == former
        assert hosted.browser().authorize().sign_in().status == 200
        assert extract_parameters(kept_password(hosted)).time_cost == 2


def kept_password_in(connection: object) -> str:
    found = credentials.of_account(connection, MARA)  # type: ignore[arg-type]
    assert found is not None
    return found.password


def test_a_password_is_changed_by_who_knows_it(hosted: Hosted) -> None:
    browser = hosted.browser().open("/oauth/account").sign_in()
    for fields, words in (
        ({"password": "wrong", "new_password": NEW, "again": NEW}, "present password is not right"),
        ({"password": PASSWORD, "new_password": "short", "again": "short"}, "at least 12"),
        ({"password": PASSWORD, "new_password": NEW, "again": PASSWORD}, "differ"),
    ):
        browser.submit("/oauth/account", action="password", **fields)
        assert (browser.status, words in browser.words) == (403, True)
    browser.submit("/oauth/account", action="password", password=PASSWORD, new_password=NEW, again=NEW)
    assert "The password is changed" in browser.words
    assert hosted.browser().authorize().sign_in("Mara", PASSWORD).status == 403
    assert hosted.browser().authorize().sign_in("Mara", NEW).status == 200


def test_an_invitation_to_an_account_with_a_password_sets_another(hosted: Hosted) -> None:
    secret = with_second_step(hosted)
    browser = hosted.browser().open("/oauth/invitation")
    browser.submit("/oauth/invitation", code=hosted.code(), name="Mara", new_password=NEW, again=NEW)
    assert "Second step" in browser.words  # which it does not take the place of
    hosted.clock.now += timedelta(minutes=2)
    browser.submit("/oauth/second-step", code=pyotp.TOTP(secret).at(hosted.clock.now))
    assert "You are signed in as Mara" in browser.words


# -- the second step


def with_second_step(hosted: Hosted) -> str:
    """Mara switches it on by its page; the secret as her phone has it."""
    browser = hosted.browser().open("/oauth/account").sign_in()
    browser.submit("/oauth/account", action="step")
    words = browser.words.partition("open it there:")[2].partition("Open in")[0]
    secret = words.replace(" ", "")
    assert len(secret) == 32
    browser.submit("/oauth/account", action="confirm", code="000000")
    assert (browser.status, secret in browser.words.replace(" ", "")) == (403, True)
    browser.submit("/oauth/account", action="confirm", code=pyotp.TOTP(secret).at(hosted.clock.now))
    assert "The second step is on" in browser.words
    return secret


def at_second_step(hosted: Hosted) -> Browser:
    browser = hosted.browser().authorize().sign_in()
    assert "Second step" in browser.words
    return browser


def test_the_second_step_comes_between_the_password_and_the_yes(hosted: Hosted) -> None:
    totp = pyotp.TOTP(with_second_step(hosted))
    browser = at_second_step(hosted)
    own = browser.fields
    assert browser.submit("/oauth/consent", **own, answer="yes").status == 409
    hosted.clock.now += timedelta(minutes=1)
    code = totp.at(hosted.clock.now)
    browser.submit("/oauth/second-step", **own, code=f"{code[:3]} {code[3:]}")
    assert "Let this device act for you" in browser.words


@pytest.mark.parametrize(("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_off_by_one_step(hosted: Hosted, steps: int, good: bool) -> None:
    totp = pyotp.TOTP(with_second_step(hosted))
    hosted.clock.now += timedelta(minutes=5)
    browser = at_second_step(hosted)
    browser.submit("/oauth/second-step", code=totp.at(hosted.clock.now + steps * STEP))
    assert ("Let this device act" in browser.words) is good


def test_a_code_is_good_once_and_none_before_it(hosted: Hosted) -> None:
    totp = pyotp.TOTP(with_second_step(hosted))
    hosted.clock.now += timedelta(minutes=5)
    later, now, before = (totp.at(hosted.clock.now + step * STEP) for step in (1, 0, -1))
    at_second_step(hosted).submit("/oauth/second-step", code=now)
    for used in (now, before):
        assert at_second_step(hosted).submit("/oauth/second-step", code=used).status == 403
    assert at_second_step(hosted).submit("/oauth/second-step", code=later).status == 200


@pytest.mark.parametrize("code", ["", "12345", "1234567", "12345a", "１２３４５６", "-12345", "0x1234"])
def test_what_is_no_code_of_six_digits_is_none(code: str) -> None:
    assert second_step.step_of(pyotp.random_base32(), code, START) is None


def test_codes_are_guessed_no_more_than_a_few_times(hosted: Hosted) -> None:
    with_second_step(hosted)
    browser = at_second_step(hosted)
    own = browser.fields
    statuses = [browser.submit("/oauth/second-step", **own, code="000000").status for _ in range(8)]
    assert statuses == [403] * 6 + [429] * 2


def test_the_second_step_is_switched_off_with_a_code(hosted: Hosted) -> None:
    secret = with_second_step(hosted)
    hosted.clock.now += timedelta(minutes=5)
    browser = hosted.browser().open("/oauth/account").sign_in()
    browser.submit("/oauth/second-step", code=pyotp.TOTP(secret).at(hosted.clock.now))
    browser.submit("/oauth/account", action="step", code="000000")
    assert "The code is not right" in browser.words
    browser.submit("/oauth/account", action="step", code=pyotp.TOTP(secret).at(hosted.clock.now + STEP))
    assert "The second step is off" in browser.words
    assert "Let this device act" in hosted.browser().authorize().sign_in().words


def test_the_secret_is_sealed_for_its_account_and_with_its_key() -> None:
    sealed = second_step.seal("SECRET", KEY, "mara")
    assert b"SECRET" not in sealed
    assert second_step.unseal(sealed, KEY, "mara") == "SECRET"
    assert second_step.unseal(sealed, KEY, "ola") is None
    assert second_step.unseal(sealed, bytes(32), "mara") is None
    assert second_step.unseal(sealed[:-1], KEY, "mara") is None
    assert second_step.unseal(b"", KEY, "mara") is None


# -- wrong tries


def test_wrong_tries_wait_longer_and_longer_and_nobody_is_locked_out(hosted: Hosted) -> None:
    browser = hosted.browser().authorize()
    own = browser.fields
    waits = []
    for _ in range(60):
        browser.submit("/oauth/sign-in", **own, name="Mara", password="wrong")
        if browser.status == 429:
            assert browser.last is not None
            waits.append(int(browser.last.headers["Retry-After"]))
            hosted.clock.now += timedelta(seconds=waits[-1])
            browser.authorize()
            own = browser.fields
        else:
            assert browser.status == 403
    assert waits[:6] == [2, 4, 8, 16, 32, 64]
    assert max(waits) == 900
    # The right password comes through as soon as the wait is over, and clears the account.
    hosted.clock.now += timedelta(seconds=900)
    assert hosted.browser().authorize().sign_in().status == 200
    assert hosted.browser().authorize().sign_in("Mara", "wrong").status == 403
    # The address still counts, for five minutes at most.
    hosted.clock.now += timedelta(minutes=5)
    assert hosted.browser().authorize().sign_in().status == 200


def test_while_a_wait_lasts_not_even_the_right_password_is_looked_at(hosted: Hosted) -> None:
    browser = hosted.browser().authorize()
    own = browser.fields
    for _ in range(6):
        browser.submit("/oauth/sign-in", **own, name="MARA", password="wrong")
    before = hosted.rows("tries")
    for _ in range(3):
        assert browser.submit("/oauth/sign-in", **own, name="Mara", password=PASSWORD).status == 429
    assert hosted.rows("tries") == before
    hosted.clock.now += 2 * SECOND
    assert browser.submit("/oauth/sign-in", **own, name="Mara", password=PASSWORD).status == 200


def test_many_guesses_at_once_count_as_many(hosted: Hosted) -> None:
    browsers = [hosted.browser().authorize() for _ in range(20)]
    threads = [Thread(target=b.sign_in, args=("Mara", f"wrong {n}")) for n, b in enumerate(browsers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    looked_at = [browser.status for browser in browsers].count(403)
    assert looked_at <= PAIR.free + 1


def test_an_hour_forgets(hosted: Hosted) -> None:
    browser = hosted.browser().authorize()
    own = browser.fields
    for _ in range(7):
        browser.submit("/oauth/sign-in", **own, name="Mara", password="wrong")
    hosted.clock.now += timedelta(hours=1)
    browser.authorize()
    own = browser.fields
    statuses = [browser.submit("/oauth/sign-in", **own, name="Mara", password="x").status for _ in range(6)]
    assert statuses == [403] * 6


def test_a_name_that_is_not_there_waits_like_one_that_is(hosted: Hosted) -> None:
    for name in ("Mara", "Nobody"):
        browser = hosted.browser().authorize()
        own = browser.fields
        statuses = [browser.submit("/oauth/sign-in", **own, name=name, password="x").status for _ in range(7)]
        assert statuses == [403] * 6 + [429]


@given(st.integers(0, 200), st.sampled_from([PAIR, ACCOUNT, ADDRESS]))
def test_a_wait_never_shrinks_and_has_a_longest(failed: int, limit: Limit) -> None:
    this, following = (after_failure(Tried(n), limit, START) for n in (failed, failed + 1))
    assert this.wait_until is not None
    assert following.wait_until is not None
    assert START <= this.wait_until <= following.wait_until <= START + limit.longest
    if failed < limit.free:
        assert this.wait_until == START


def test_an_account_that_is_attacked_from_everywhere_stays_open_to_its_person(tmp_path: Path) -> None:
    """Whatever strangers do from other addresses, the longest wait of its own person is a minute."""
    database = open_database(tmp_path / "tries.db", DATA_KEY)
    now: datetime = START
    with database.writing() as connection:
        for stranger in range(200):
            throttle.book(connection, throttle.about_account("password", "mara", f"192.0.2.{stranger}"), now)
            now += timedelta(seconds=61)
        throttle.book(connection, throttle.about_account("password", "mara", "192.0.2.255"), now)
        wait = throttle.book(connection, throttle.about_account("password", "mara", "198.51.100.1"), now)
        assert wait == timedelta(minutes=1)
        kept = " ".join(str(row) for row in connection.exec_driver_sql("SELECT * FROM tries"))
        assert "192.0.2" not in kept
        assert visits.tried(connection, "unknown") == Tried()
    database.close()
