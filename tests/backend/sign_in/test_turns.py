"""Refresh tokens take turns: whatever is lost, doubled or replayed in whatever order, the rule holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.backend.storage import accounts, devices
from artist_console.backend.storage.database import Database, open_database
from artist_console.backend.storage.devices import Issued, Refresh

from ..world import DATA_KEY, START
from .world import MARA

_ids = count(1)
QUICK = settings(max_examples=60, deadline=None)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    opened = open_database(tmp_path_factory.mktemp("turns") / "turns.db", DATA_KEY)
    with opened.writing() as connection:
        accounts.add_account(connection, MARA, "Mara")
    yield opened
    opened.close()


@dataclass
class Family:
    """The rule in a few lines, beside the real one: who is good, and who came of whom."""

    database: Database
    first: Issued
    tokens: list[str] = field(default_factory=list)
    good: set[str] = field(default_factory=set)
    children: dict[str, set[str]] = field(default_factory=dict)
    ended: bool = False

    def use(self, token: str) -> Refresh:
        with self.database.writing() as connection:
            judged = devices.judge(connection, token, START)
            if judged.worth is not Refresh.GOOD:
                return judged.worth
            issued = devices.go_on(connection, token, judged, START)
        self.tokens.append(issued.refresh_token)
        self.children.setdefault(token, set()).add(issued.refresh_token)
        return Refresh.GOOD

    def foresee(self, token: str) -> Refresh:
        """What using a token has to come to, and what is good afterwards but for what it gives."""
        if self.ended:
            return Refresh.REVOKED
        if token not in self.good:
            self.ended, self.good = True, set()
            return Refresh.REPLAYED
        self.good = {token} | self.children.get(token, set())
        return Refresh.GOOD


def a_family(database: Database) -> Family:
    with database.writing() as connection:
        issued = devices.sign_in(connection, f"device-{next(_ids)}", MARA, "x", START)
    return Family(database, issued, [issued.refresh_token], {issued.refresh_token})


@QUICK
@given(picks=st.lists(st.integers(0, 40), min_size=1, max_size=25))
def test_any_order_of_uses_and_replays_keeps_the_rule(database: Database, picks: list[int]) -> None:
    family = a_family(database)
    for pick in picks:
        # Small numbers are the newest tokens, so that good ones and replays both come often.
        token = family.tokens[-1 - pick % len(family.tokens)]
        expected = family.foresee(token)
        assert family.use(token) is expected
        if expected is Refresh.GOOD:
            family.good.add(family.tokens[-1])
        with database.reading() as connection:
            holder = devices.holder_of(connection, family.first.access_token, START)
        assert holder is not None
        assert holder.revoked is family.ended


@QUICK
@given(fates=st.lists(st.sampled_from(["arrives", "lost", "doubled, first", "doubled, second"]), max_size=25))
def test_a_client_that_asks_again_is_never_taken_for_a_thief(database: Database, fates: list[str]) -> None:
    family = a_family(database)
    held = family.first.refresh_token
    for fate in fates:
        assert family.use(held) is Refresh.GOOD
        first = family.tokens[-1]
        if fate.startswith("doubled"):
            assert family.use(held) is Refresh.GOOD
        if fate != "lost":
            held = first if fate != "doubled, second" else family.tokens[-1]


@QUICK
@given(turns=st.lists(st.booleans(), min_size=2, max_size=12), start=st.integers(0, 5))
def test_a_thief_is_found_out_once_both_have_used_their_own(
    database: Database, turns: list[bool], start: int
) -> None:
    """A copy is taken at some moment; from then on both ask, in any order."""
    family = a_family(database)
    held = family.first.refresh_token
    for _ in range(start):
        assert family.use(held) is Refresh.GOOD
        held = family.tokens[-1]
    own = {True: held, False: held}
    moved: list[bool] = []
    for who in turns:
        worth = family.use(own[who])
        if worth is not Refresh.GOOD:
            break
        if own[who] != held:
            moved.append(who)
        own[who] = family.tokens[-1]
    # Two who both went on from the copy are not both let go on from there.
    assert len(set(moved)) <= 1


def test_what_waits_to_be_used_stays_bounded(database: Database) -> None:
    family = a_family(database)
    for _ in range(80):
        assert family.use(family.first.refresh_token) is Refresh.GOOD
    assert family.use(family.tokens[-1]) is Refresh.GOOD


def test_a_sign_in_that_is_used_never_runs_out_and_one_that_is_not_does(database: Database) -> None:
    family = a_family(database)
    held, now = family.first.refresh_token, START
    for _ in range(5):
        now += timedelta(days=89)
        with database.writing() as connection:
            judged = devices.judge(connection, held, now)
            held = devices.go_on(connection, held, judged, now).refresh_token
    with database.writing() as connection:
        assert devices.judge(connection, held, now + timedelta(days=90)).worth is Refresh.OVER


def test_nothing_that_is_kept_lets_anybody_in(database: Database) -> None:
    family = a_family(database)
    family.use(family.first.refresh_token)
    with database.reading() as connection:
        kept = "".join(
            str(row)
            for table in ("devices", "access_tokens", "refresh_tokens")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
        )
    for token in (*family.tokens, family.first.access_token):
        for part in token.split("."):
            assert part not in kept
