"""Replacing the key that signs reports: others follow by the chain, and nothing is ever half done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from artist_console.commands.key_rotation import replace_key
from artist_console.commands.keys import make_recovery_code, recover_keys
from artist_console.commands.own_keys import NEXT_KEY
from artist_console.commands.profiles import Profile, open_profile
from artist_console.commands.signers import (
    SignersUnreadable,
    Signs,
    known_signers,
    own_handovers,
    read_file,
    read_signers,
    write_file,
)
from artist_console.formats.handovers import ChainFault, read_chain
from artist_console.formats.known_signers import Known
from artist_console.formats.signatures import KnownKey, SigningKey
from artist_console.host.passphrase import WrongPassphrase
from artist_console.host.paths import ProfileFolder
from artist_console.host.secrets import NewKeys, open_secrets
from tests.backend.world import Clock
from tests.commands.desks import outside


@pytest.fixture
def folder(tmp_path: Path) -> ProfileFolder:
    return ProfileFolder(tmp_path / "profile")


def opened(folder: ProfileFolder, clock: Clock | None = None) -> Profile:
    return open_profile(folder, outside(clock or Clock()), may_be_new=True)


def knows(profile: Profile) -> Known:
    """What somebody else knows who was told the present key."""
    return Known.of([KnownKey(profile.load_signing_key().public, "Mara", "you")])


def test_whoever_knows_the_first_key_knows_the_fourth_by_its_chain(folder: ProfileFolder) -> None:
    clock = Clock()
    with opened(folder, clock) as profile:
        others = knows(profile)
        for _ in range(3):
            clock.now += timedelta(days=30)
            done = replace_key(profile)
        key = profile.load_signing_key().public
        carried = own_handovers(folder.signers, key)
    assert done.fingerprint == key.fingerprint
    assert len(carried) == 3
    found = others.look_up(key, read_chain(carried))
    assert isinstance(found, KnownKey)
    assert found.name == "Mara"
    assert found.introduced_by.startswith("3 handovers")
    assert others.look_up(key) is None, "only the chain says so"


def test_the_new_key_is_there_when_the_profile_is_opened_again(folder: ProfileFolder) -> None:
    with opened(folder) as profile:
        receipt, data, former = profile.keys.receipt, profile.keys.data, profile.keys.report
        replace_key(profile)
        report = profile.keys.report
    with opened(folder) as profile:
        assert (profile.keys.receipt, profile.keys.data) == (receipt, data)
        assert profile.keys.report == report != former
        assert open_secrets(folder).get(NEXT_KEY) is None


def test_both_keys_stay_known_here_and_the_former_is_said_to_be_replaced(folder: ProfileFolder) -> None:
    with opened(folder) as profile:
        former = profile.load_signing_key().public
        replace_key(profile)
        present = profile.load_signing_key().public
    known = known_signers(folder.signers)
    before, after = known.look_up(former), known.look_up(present)
    assert isinstance(before, KnownKey)
    assert isinstance(after, KnownKey)
    assert (before.replaced is not None, after.replaced) == (True, None)
    assert before.introduced_by == after.introduced_by == "this profile"
    assert [each.signs for each in read_signers(folder.signers)].count(Signs.RECEIPTS) == 1


def test_a_key_that_is_taken_back_hands_nothing_over(folder: ProfileFolder) -> None:
    with opened(folder) as profile:
        others = knows(profile)
        former = profile.load_signing_key().public
        done = replace_key(profile, taken_back="The computer was stolen")
        present = profile.load_signing_key().public
    assert not done.handed_over
    assert own_handovers(folder.signers, present) == ()
    assert others.look_up(present) is None
    known = known_signers(folder.signers).look_up(former)
    assert isinstance(known, KnownKey)
    assert known.revoked is not None
    assert known.revoked[1] == "The computer was stolen"


def test_a_chain_begins_anew_after_a_key_was_taken_back(folder: ProfileFolder) -> None:
    with opened(folder) as profile:
        replace_key(profile)
        middle = profile.load_signing_key().public
        replace_key(profile, taken_back="")
        others = knows(profile)
        replace_key(profile)
        present = profile.load_signing_key().public
    carried = own_handovers(folder.signers, present)
    assert len(carried) == 1
    assert isinstance(others.look_up(present, read_chain(carried)), KnownKey)
    assert known_signers(folder.signers).look_up(middle) is not None


def test_a_clock_that_was_put_back_breaks_no_chain(folder: ProfileFolder) -> None:
    clock = Clock()
    with opened(folder, clock) as profile:
        first = replace_key(profile)
        clock.now -= timedelta(days=400)
        second = replace_key(profile)
        carried = own_handovers(folder.signers, profile.load_signing_key().public)
    assert second.on == first.on
    assert len(read_chain(carried)) == 2


def test_a_printed_recovery_code_opens_the_key_that_came_after_it(folder: ProfileFolder) -> None:
    with opened(folder) as profile:
        code = make_recovery_code(profile, replaces=False)
        replace_key(profile)
        replace_key(profile)
        keys = profile.keys.by_name
    folder.keys.unlink()
    recover_keys(folder, code, NewKeys.FILE)
    with opened(folder) as profile:
        assert profile.keys.by_name == keys


@pytest.mark.parametrize("ended_after", ["the_list", "the_key", "the_name"])
def test_an_end_in_the_middle_is_gone_on_with(folder: ProfileFolder, ended_after: str) -> None:
    with opened(folder) as profile:
        former = profile.keys.report
        code = make_recovery_code(profile, replaces=False)
        before = folder.recovery.read_bytes()
        replace_key(profile)
        report = profile.keys.report
    # As it stood after each of the steps that follow the one from which on the new key counts.
    secrets = open_secrets(folder)
    write_file(folder.signers, replace(read_file(folder.signers), replacing=True))
    if ended_after != "the_name":
        secrets.put(NEXT_KEY, report)
        folder.recovery.write_bytes(before)
    if ended_after == "the_list":
        secrets.put("report", former)
    with opened(folder) as profile:
        assert profile.keys.report == report
        assert profile.load_signing_key().public.kid == SigningKey(report).public.kid
    assert not read_file(folder.signers).replacing
    assert open_secrets(folder).get(NEXT_KEY) is None
    folder.keys.unlink()
    recover_keys(folder, code, NewKeys.FILE)
    with opened(folder) as profile:
        assert profile.keys.report == report


def test_a_damaged_recovery_file_keeps_no_profile_shut(
    folder: ProfileFolder, caplog: pytest.LogCaptureFixture
) -> None:
    folder.create()
    folder.recovery.write_text("nothing of the kind")
    with opened(folder) as profile:
        former = profile.keys.report
        replace_key(profile)
        report = profile.keys.report
    assert [each.levelname for each in caplog.records if "recovery.json" in each.message] == ["WARNING"]
    caplog.clear()
    secrets = open_secrets(folder)
    secrets.put(NEXT_KEY, report)
    secrets.put("report", former)
    write_file(folder.signers, replace(read_file(folder.signers), replacing=True))
    with opened(folder) as profile:
        assert profile.keys.report == report


def test_a_new_key_that_never_came_to_count_changes_nothing(folder: ProfileFolder) -> None:
    with opened(folder) as profile:
        former = profile.keys.report
    open_secrets(folder).put(NEXT_KEY, b"n" * 32)
    with opened(folder) as profile:
        assert profile.keys.report == former
        replace_key(profile)
        assert profile.keys.report not in (former, b"n" * 32)


def test_a_wrong_passphrase_changes_nothing(folder: ProfileFolder) -> None:
    word = "four words of my own"
    made = open_profile(
        folder, outside(Clock()), may_be_new=True, new_keys=NewKeys.PASSPHRASE, passphrase=lambda: word
    )
    with made as profile:
        before = (folder.keys.read_bytes(), folder.signers.read_bytes(), profile.keys.by_name)
        with pytest.raises(WrongPassphrase):
            replace_key(profile, passphrase=lambda: "another one that is wrong")
        assert (folder.keys.read_bytes(), folder.signers.read_bytes(), profile.keys.by_name) == before
        replace_key(profile, passphrase=lambda: word)
        report = profile.keys.report
    with open_profile(folder, outside(Clock()), may_be_new=False, passphrase=lambda: word) as profile:
        assert profile.keys.report == report


def test_a_list_whose_handover_was_changed_is_not_believed(folder: ProfileFolder) -> None:
    with opened(folder) as profile:
        replace_key(profile)
    content = read_file(folder.signers)
    line = content.handovers[0]
    at = line.index('"payload":"') + 40
    changed = line[:at] + ("A" if line[at] != "A" else "B") + line[at + 1 :]
    write_file(folder.signers, replace(content, handovers=(changed,)))
    with pytest.raises(SignersUnreadable):
        known_signers(folder.signers)


def test_a_fork_on_disk_makes_neither_known(folder: ProfileFolder) -> None:
    """Two computers that hold a copy of the same profile, each of which replaced the key."""
    with opened(folder) as profile:
        others = knows(profile)
        former = profile.keys.report
        replace_key(profile)
        one = profile.load_signing_key().public
        profile.keys = replace(profile.keys, report=former)
        replace_key(profile)
        two = profile.load_signing_key().public
    here = known_signers(folder.signers)
    both = Known(others.keys, here.handovers)
    assert both.look_up(one) is ChainFault.FORK
    assert both.look_up(two) is ChainFault.FORK
    assert all(each.on >= date(2025, 1, 1) for each in here.handovers)
