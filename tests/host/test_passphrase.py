"""Keys behind a passphrase: only that one opens them, and nothing of it or of them can be read beside it."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path

import pytest

from artist_console.host import passphrase
from artist_console.host.key_record import InFile, KeysUnreadable, write_record
from artist_console.host.passphrase import (
    PassphraseNeeded,
    PassphrasesDiffer,
    PassphraseTooShort,
    WrongPassphrase,
)
from artist_console.host.paths import ProfileFolder
from artist_console.host.secrets import NewKeys, SecretStore, open_secrets, put_into

SECRET = bytes(range(32))
WORDS = "four words of my own"


@pytest.fixture
def folder(tmp_path: Path) -> ProfileFolder:
    return ProfileFolder(tmp_path)


def closed(folder: ProfileFolder, words: str = WORDS) -> SecretStore:
    return put_into(folder, {"data": SECRET}, NewKeys.PASSPHRASE, passphrase=lambda: words)


def opened(folder: ProfileFolder, words: str) -> SecretStore:
    return open_secrets(folder, passphrase=lambda: words, environ={})


def test_the_passphrase_opens_what_it_closed(folder: ProfileFolder) -> None:
    assert closed(folder).get("data") == SECRET
    store = opened(folder, WORDS)
    assert store.where() == "passphrase"
    assert store.get("data") == SECRET
    assert store.get("another") is None


def test_the_file_holds_neither_key_nor_passphrase_and_names_the_cost(folder: ProfileFolder) -> None:
    closed(folder)
    content = folder.keys.read_bytes()
    assert b"AAECAwQFBgcI" not in content
    assert WORDS.encode() not in content
    cost = json.loads(content)["argon2id"]
    assert cost["memory_kib"] >= 64 * 1024
    assert cost["passes"] >= 3
    if sys.platform != "win32":
        assert stat.S_IMODE(folder.keys.stat().st_mode) == 0o600


@pytest.mark.parametrize("words", ["four words of my own ", "Four words of my own", "", "another one"])
def test_a_wrong_passphrase_is_told_and_changes_nothing(folder: ProfileFolder, words: str) -> None:
    closed(folder)
    before = folder.keys.read_bytes()
    with pytest.raises(WrongPassphrase):
        opened(folder, words).get("data")
    with pytest.raises(WrongPassphrase):
        opened(folder, words).put("data", bytes(32))
    assert folder.keys.read_bytes() == before


def test_it_is_asked_for_once_and_only_when_a_secret_is_wanted(folder: ProfileFolder) -> None:
    closed(folder)
    asked = []

    def ask() -> str:
        asked.append(1)
        return WORDS

    store = open_secrets(folder, passphrase=ask, environ={})
    assert (store.where(), len(asked)) == ("passphrase", 0)
    for _ in range(3):
        assert store.get("data") == SECRET
    store.put("more", b"m" * 32)
    assert len(asked) == 1


def test_what_is_added_and_forgotten_stays_behind_the_same_passphrase(folder: ProfileFolder) -> None:
    store = closed(folder)
    store.put("token", b"t" * 32)
    assert opened(folder, WORDS).get("token") == b"t" * 32
    store.forget("token")
    again = opened(folder, WORDS)
    assert again.get("token") is None
    assert again.get("data") == SECRET


def test_the_same_letters_composed_in_another_way_are_the_same_passphrase(folder: ProfileFolder) -> None:
    closed(folder, "Zw\u00f6lf gr\u00fcne Boote")
    assert opened(folder, "Zwo\u0308lf gru\u0308ne Boote").get("data") == SECRET


@pytest.mark.parametrize("field", ["memory_kib", "passes", "lanes", "salt", "wrapped"])
def test_a_changed_file_opens_with_no_passphrase(folder: ProfileFolder, field: str) -> None:
    closed(folder)
    content = json.loads(folder.keys.read_text())
    if field == "wrapped":
        content["wrapped"] = "A" + content["wrapped"][1:] if content["wrapped"][0] != "A" else "B"
    elif field == "salt":
        content["argon2id"]["salt"] = "AAAAAAAAAAAAAAAAAAAAAA=="
    else:
        content["argon2id"][field] += 1
    folder.keys.write_text(json.dumps(content))
    with pytest.raises((WrongPassphrase, KeysUnreadable)):
        opened(folder, WORDS).get("data")


def test_a_file_that_became_another_kind_meanwhile_is_told(folder: ProfileFolder) -> None:
    store = closed(folder)
    write_record(folder.keys, InFile({}))
    with pytest.raises(KeysUnreadable):
        store.get("data")


def test_a_file_that_the_environment_names_holds_it_on_its_first_line(
    folder: ProfileFolder, tmp_path: Path
) -> None:
    closed(folder)
    file = tmp_path / "words"
    file.write_text(f"{WORDS}\nsomething else\n")
    environ = {"ARTIST_CONSOLE_PASSPHRASE_FILE": str(file)}
    assert open_secrets(folder, environ=environ).get("data") == SECRET
    assert passphrase.new_passphrase(environ) == WORDS


def test_where_nobody_can_be_asked_it_is_told_what_to_do(
    folder: ProfileFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed(folder)
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(PassphraseNeeded, match="ARTIST_CONSOLE_PASSPHRASE_FILE"):
        open_secrets(folder, environ={}).get("data")
    with pytest.raises(PassphraseNeeded, match="Nobody is here"):
        passphrase.new_passphrase({})


def test_a_new_passphrase_is_long_enough_and_typed_twice_the_same() -> None:
    with pytest.raises(PassphraseTooShort, match="at least 10"):
        passphrase.checked("short one")
    with pytest.raises(PassphrasesDiffer):
        passphrase.checked(WORDS, f"{WORDS}.")
    assert passphrase.checked(WORDS, WORDS) == WORDS


def test_a_passphrase_that_is_too_short_leaves_the_former_place(
    folder: ProfileFolder, tmp_path: Path
) -> None:
    put_into(folder, {"data": SECRET}, NewKeys.FILE)
    file = tmp_path / "words"
    file.write_text("short")
    with pytest.raises(PassphraseTooShort):
        put_into(
            folder,
            {"data": SECRET},
            NewKeys.PASSPHRASE,
            environ={"ARTIST_CONSOLE_PASSPHRASE_FILE": str(file)},
        )
    assert open_secrets(folder, environ={}).where() == "file"


def test_no_repr_shows_key_or_passphrase(folder: ProfileFolder) -> None:
    store = closed(folder)
    store.get("data")
    assert WORDS not in repr(store)
    assert repr(SECRET) not in repr(vars(store))
