"""The list of signers: how each was introduced, cards that are taken in, keys that no longer count."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from artist_console.commands.console import Console
from artist_console.commands.key_rotation import replace_key
from artist_console.commands.profiles import Profile, open_profile
from artist_console.commands.signer_cards import (
    CardTakenBack,
    NotACard,
    NotWhatWasSaid,
    check_said,
    looks_like_a_card,
    save_card,
    see_card_here,
    take_card,
    take_revocations,
)
from artist_console.commands.signer_list import (
    NoName,
    NoSuchSigner,
    OwnKey,
    OwnName,
    SeveralSigners,
    find_signer,
    forget,
    list_signers,
    mark_compared,
    present_key,
    rename,
    revoke,
    signers_here,
    take_mark_off,
    trust_key,
)
from artist_console.commands.signers import How, Signs, known_keys, known_signers, read_file
from artist_console.formats.handovers import ChainFault
from artist_console.formats.known_signers import Known
from artist_console.formats.signatures import KnownKey, SigningKey
from artist_console.host.paths import ProfileFolder
from tests.backend.world import START, Clock
from tests.commands.desks import outside

FIELDNOTE = SigningKey(b"f" * 32).public
OTHER = SigningKey(b"o" * 32).public


class Desk:
    """A person with a profile of their own."""

    def __init__(self, profile: Profile, console: Console, clock: Clock) -> None:
        self.profile, self.console, self.clock = profile, console, clock
        self.signers = profile.folder.signers

    def card(self, path: Path) -> Path:
        save_card(self.console, path, "Mara's office")
        return path


@contextmanager
def desk_in(root: Path) -> Iterator[Desk]:
    clock = Clock()
    with open_profile(ProfileFolder(root), outside(clock), may_be_new=True) as profile:
        console = profile.console()
        try:
            yield Desk(profile, console, clock)
        finally:
            console.store.close()


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "mine") as desk:
        yield desk


@pytest.fixture
def mara(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path / "mara") as desk:
        yield desk


def whom(known: Known, kid: str) -> KnownKey:
    return known.keys[kid]


# The list


def test_the_own_key_that_signs_reports_comes_first(mine: Desk) -> None:
    trust_key(mine.signers, FIELDNOTE, "Fieldnote", START.date(), How.COMPARED)
    listed = signers_here(mine.console)
    assert [(each.own, each.signs) for each in listed] == [
        (True, Signs.REPORTS),
        (True, Signs.RECEIPTS),
        (False, None),
    ]
    assert present_key(listed) == listed[0]
    assert len(listed[0].words) == 16


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (How.COMPARED, "you, on 1 March 2026"),
        (How.NOT_COMPARED, "you, on 1 March 2026, without comparing its words"),
        (How.CARD, "you, on 1 March 2026, from a card whose words you compared"),
        (How.CARD_NOT_COMPARED, "you, on 1 March 2026, from a card whose words you did not compare"),
        (How.SERVICE, "you, on 1 March 2026, as a key of the service that you are connected to"),
    ],
)
def test_how_a_signer_was_introduced_is_told_to_every_check(mine: Desk, how: How, words: str) -> None:
    trust_key(mine.signers, FIELDNOTE, "Fieldnote", START.date().replace(2026, 3, 1), how)
    assert whom(known_signers(mine.signers), FIELDNOTE.kid).introduced_by == words
    assert [each.introduced_by for each in list_signers(mine.signers) if not each.own] == [words]


def test_a_list_made_before_anybody_said_how_counts_as_not_compared(mine: Desk) -> None:
    row = '{"signers": [{"x": "%s", "name": "Fieldnote", "since": "2026-03-01", "own": false}]}'
    mine.signers.write_text(row % FIELDNOTE.jwk()["x"])
    assert [each.how for each in list_signers(mine.signers)] == [How.NOT_COMPARED]


def test_what_was_compared_once_stays_compared(mine: Desk) -> None:
    day = START.date()
    trust_key(mine.signers, FIELDNOTE, "Fieldnote", day, How.COMPARED)
    again = trust_key(mine.signers, FIELDNOTE, "Fieldnote Records", day + timedelta(1), How.NOT_COMPARED)
    assert (again.name, again.since, again.how) == ("Fieldnote Records", day, How.COMPARED)
    first = trust_key(mine.signers, OTHER, "Other", day, How.NOT_COMPARED)
    assert mark_compared(mine.console, first.kid).value.how is How.COMPARED


def test_a_signer_is_found_by_name_by_digits_and_by_words(mine: Desk) -> None:
    made = trust_key(mine.signers, FIELDNOTE, "Fieldnote", START.date(), How.COMPARED)
    for what in ("fieldnote", made.kid, made.fingerprint, made.fingerprint[:9], " ".join(made.words)):
        assert find_signer(mine.signers, what) == made
    for what in ("Harmonia", "", made.fingerprint[:4]):
        with pytest.raises(NoSuchSigner):
            find_signer(mine.signers, what)
    trust_key(mine.signers, OTHER, "Fieldnote", START.date(), How.COMPARED)
    with pytest.raises(SeveralSigners) as refused:
        find_signer(mine.signers, "Fieldnote")
    assert made.fingerprint[:9] in str(refused.value)


def test_a_name_is_one_line_and_is_there(mine: Desk) -> None:
    made = trust_key(mine.signers, FIELDNOTE, "Field\nnote", START.date(), How.COMPARED)
    assert made.name == "Field note"
    assert rename(mine.console, made.kid, " The  label ").value.name == "The label"
    for name in ("", " \n", "x" * 201):
        with pytest.raises(NoName):
            rename(mine.console, made.kid, name)


def test_no_signer_is_called_what_a_key_of_this_profile_is_called(mine: Desk, tmp_path: Path) -> None:
    """Whoever signs calls itself what it likes, and “this computer signed it” is for one alone."""
    own = next(each for each in list_signers(mine.signers) if each.own)
    with pytest.raises(OwnName):
        trust_key(mine.signers, FIELDNOTE, own.name.upper(), START.date(), How.NOT_COMPARED)
    assert all(each.own for each in list_signers(mine.signers))
    with desk_in(tmp_path / "hers") as hers:
        seen = see_card_here(mine.console, hers.card(tmp_path / "hers.acsigner"))
    with pytest.raises(OwnName):
        take_card(mine.console, seen, own.name, compared=True)
    made = trust_key(mine.signers, FIELDNOTE, "Fieldnote", START.date(), How.COMPARED)
    with pytest.raises(OwnName):
        rename(mine.console, made.kid, f" {own.name} ")
    assert rename(mine.console, own.kid, own.name).value.own


def test_a_marked_key_is_known_and_revoked_and_counts_for_nobody_who_knows_of_keys_alone(mine: Desk) -> None:
    made = trust_key(mine.signers, FIELDNOTE, "Fieldnote", START.date(), How.COMPARED)
    revoke(mine.console, made.kid, "They lost  their laptop")
    found = known_signers(mine.signers).look_up(FIELDNOTE)
    assert isinstance(found, KnownKey)
    assert found.revoked == (START.date(), "They lost their laptop")
    assert FIELDNOTE not in [each.key for each in known_keys(mine.signers)]
    trust_key(mine.signers, FIELDNOTE, "Fieldnote", START.date(), How.COMPARED)
    assert find_signer(mine.signers, "Fieldnote").revoked is not None, "trusting again is no way round it"
    assert take_mark_off(mine.console, made.kid).value.is_good


def test_a_forgotten_signer_is_not_known_any_more(mine: Desk) -> None:
    made = trust_key(mine.signers, FIELDNOTE, "Fieldnote", START.date(), How.COMPARED)
    forget(mine.console, made.kid)
    assert known_signers(mine.signers).look_up(FIELDNOTE) is None
    with pytest.raises(NoSuchSigner):
        forget(mine.console, made.kid)


def test_an_own_key_is_neither_forgotten_nor_marked(mine: Desk) -> None:
    own = signers_here(mine.console)[0]
    for refused in (lambda: forget(mine.console, own.kid), lambda: revoke(mine.console, own.kid, "")):
        with pytest.raises(OwnKey):
            refused()


# Cards


def test_a_card_is_seen_before_anything_is_taken_in(mine: Desk, mara: Desk, tmp_path: Path) -> None:
    path = mara.card(tmp_path / "mara.acsigner")
    before = mine.signers.read_bytes()
    seen = see_card_here(mine.console, path)
    assert (seen.name, seen.known_as, seen.follows, seen.taken_back) == ("Mara's office", "", "", None)
    assert seen.words == signers_here(mara.console)[0].words
    assert mine.signers.read_bytes() == before
    assert looks_like_a_card(path)


def test_a_card_says_how_it_was_taken_in(mine: Desk, mara: Desk, tmp_path: Path) -> None:
    seen = see_card_here(mine.console, mara.card(tmp_path / "mara.acsigner"))
    assert take_card(mine.console, seen, "Mara", compared=False).value.how is How.CARD_NOT_COMPARED
    check_said(seen, " ".join(seen.words).upper())
    for said in ("", seen.fingerprint[:9], " ".join(seen.words[:15])):
        with pytest.raises(NotWhatWasSaid):
            check_said(seen, said)
    assert take_card(mine.console, seen, "Mara", compared=True).value.how is How.CARD


def test_a_new_key_follows_from_the_one_that_was_compared(mine: Desk, mara: Desk, tmp_path: Path) -> None:
    first = see_card_here(mine.console, mara.card(tmp_path / "one.acsigner"))
    take_card(mine.console, first, "Mara", compared=True)
    replace_key(mara.profile)
    replace_key(mara.profile)
    seen = see_card_here(mine.console, mara.card(tmp_path / "two.acsigner"))
    assert (seen.follows, len(seen.card.handovers)) == ("Mara", 2)
    taken = take_card(mine.console, seen, "Mara", compared=False).value
    assert taken.how is How.HANDOVER
    assert taken.introduced_by.startswith("a handover from the key that you knew as Mara, taken in on ")
    # The first is known to be replaced from now on, with no report that says so.
    assert find_signer(mine.signers, first.fingerprint).replaced is not None


def test_a_key_that_was_taken_back_hands_nothing_over_and_does_not_count(
    mine: Desk, mara: Desk, tmp_path: Path
) -> None:
    first = see_card_here(mine.console, mara.card(tmp_path / "one.acsigner"))
    take_card(mine.console, first, "Mara", compared=True)
    replace_key(mara.profile, taken_back="The laptop is gone")
    seen = see_card_here(mine.console, mara.card(tmp_path / "two.acsigner"))
    assert (seen.follows, seen.takes_back, seen.taken_back) == ("", ("Mara",), None)
    # Nobody has to be trusted for that: the key says it of itself.
    assert take_revocations(mine.console, seen).value == ("Mara",)
    gone = find_signer(mine.signers, first.fingerprint)
    assert gone.revoked is not None
    assert (gone.revoked[1], gone.revoked_by_itself) == ("The laptop is gone", True)
    assert not take_mark_off(mine.console, gone.kid).value.is_good, "only what was marked here is taken off"
    again = see_card_here(mine.console, tmp_path / "one.acsigner")
    with pytest.raises(CardTakenBack):
        take_card(mine.console, again, "Mara", compared=True)


def test_a_thief_who_hands_over_what_was_taken_back_gets_nowhere(
    mine: Desk, mara: Desk, tmp_path: Path
) -> None:
    first = see_card_here(mine.console, mara.card(tmp_path / "one.acsigner"))
    take_card(mine.console, first, "Mara", compared=True)
    revoke(mine.console, first.kid, "stolen")
    replace_key(mara.profile)
    seen = see_card_here(mine.console, mara.card(tmp_path / "two.acsigner"))
    assert (seen.follows, seen.chain_fault) == ("", ChainFault.REVOKED)


def test_a_revocation_outlasts_letting_go_of_the_signer(mine: Desk, mara: Desk, tmp_path: Path) -> None:
    first = see_card_here(mine.console, mara.card(tmp_path / "one.acsigner"))
    take_card(mine.console, first, "Mara", compared=True)
    replace_key(mara.profile, taken_back="")
    take_revocations(mine.console, see_card_here(mine.console, mara.card(tmp_path / "two.acsigner")))
    forget(mine.console, first.kid)
    with pytest.raises(CardTakenBack):
        take_card(mine.console, see_card_here(mine.console, tmp_path / "one.acsigner"), "Mara", compared=True)


@pytest.mark.parametrize("content", [b"", b"{}", b"PK\x03\x04", b'{"payload":"' + b"A" * 1000, b"\xff" * 50])
def test_another_file_is_no_card(mine: Desk, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "some.acsigner"
    path.write_bytes(content)
    with pytest.raises(NotACard):
        see_card_here(mine.console, path)
    assert read_file(mine.signers).handovers == ()
