"""Keys and trust in the window: words to compare, cards, signers that are marked and let go, a new key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLayout, QLineEdit

from artist_console.commands.key_rotation import replace_key
from artist_console.commands.key_words import in_lines, words_from
from artist_console.commands.signer_cards import save_card, see_card
from artist_console.commands.signer_list import find_signer, list_signers, present_key, trust_key
from artist_console.commands.signers import How, known_signers
from artist_console.formats.signatures import SigningKey
from artist_console.store import heads
from artist_console.store.heads import KeyKnown, ServiceKey
from artist_console.store.opening import Part
from artist_console.ui.dialogs.replace_key import ReplaceKeyDialog
from artist_console.ui.dialogs.signer import SignerDialog
from artist_console.ui.dialogs.signer_card import SignerCardDialog
from artist_console.ui.dialogs.trust_signer import TrustSignerDialog
from artist_console.ui.pages.settings import SettingsScreen
from artist_console.ui.pages.settings_keys import KeysCard
from artist_console.ui.widgets.cards import ListRow
from artist_console.ui.widgets.key_words import KeyWords
from tests.journeys.hosts import picture
from tests.ui.sample_profile import OpenWindow, open_folder

FIELDNOTE = SigningKey(b"f" * 32).public


@pytest.fixture
def mine(open_window: Callable[[Path], OpenWindow], tmp_path: Path) -> OpenWindow:
    """The window on a new profile without music."""
    return open_window(tmp_path / "mine")


def keys_of(window: OpenWindow) -> KeysCard:
    window.show("settings")
    screen = window.main.screen_of("settings")
    assert isinstance(screen, SettingsScreen)
    return screen.keys


def signers(window: OpenWindow) -> Path:
    return window.profile.folder.signers


def rows_in(place: QLayout) -> list[ListRow]:
    items = [place.itemAt(n) for n in range(place.count())]
    widgets = [item.widget() for item in items if item is not None]
    return [each for each in widgets if isinstance(each, ListRow)]


def rows(card: KeysCard) -> list[str]:
    """What the rows of known signers say."""
    return [each.accessibleName() for each in rows_in(card.signers)]


def words_in(widget: KeysCard | SignerDialog | SignerCardDialog | ReplaceKeyDialog) -> str:
    """All that its labels say, also those that do not show just now."""
    return " ".join(each.text() for each in widget.findChildren(QLabel))


def card_of_mara(tmp_path: Path) -> Path:
    """A card of somebody else, as a file."""
    path = tmp_path / "mara.acsigner"
    with open_folder(tmp_path / "mara") as profile:
        console = profile.console()
        try:
            save_card(console, path, "Mara's office")
        finally:
            console.store.close()
    return path


def new_card_of_mara(tmp_path: Path, taken_back: str | None) -> Path:
    path = tmp_path / "new.acsigner"
    with open_folder(tmp_path / "mara") as profile:
        replace_key(profile, taken_back=taken_back)
        console = profile.console()
        try:
            save_card(console, path, "Mara's office")
        finally:
            console.store.close()
    return path


def test_the_own_key_is_shown_copied_and_saved_as_a_card(mine: OpenWindow, tmp_path: Path) -> None:
    card = keys_of(mine)
    own = present_key(list_signers(signers(mine)))
    assert own is not None
    shown = card.words
    assert shown.digits.text() == own.fingerprint
    assert [each.text() for each in shown.findChildren(QLabel)][:16] == list(own.words)
    assert "They are no password" in words_in(card)
    shown.copy.click()
    assert QGuiApplication.clipboard().text() == "\n".join((*in_lines(own.words), own.fingerprint))
    out = tmp_path / "mine.acsigner"
    card.ask_where = lambda _parent: str(out)
    card.save.click()
    mine.settle()
    assert see_card(signers(mine), out).fingerprint == own.fingerprint


def test_a_card_is_compared_by_typing_what_the_signer_says(mine: OpenWindow, tmp_path: Path) -> None:
    path = card_of_mara(tmp_path)
    card = keys_of(mine)
    assert rows(card) == []
    card.ask_which = lambda _parent: str(path)
    card.take.click()
    mine.settle()
    dialog = mine.panel(SignerCardDialog)
    picture(mine, dialog, "card")
    assert dialog.seen is not None
    assert dialog.comparing is not None
    assert "their own word" in words_in(dialog)
    assert not dialog.trust.isEnabled(), "nothing was compared, and nobody said that"
    QTest.keyClicks(dialog.comparing.typed, " ".join(dialog.seen.words[:15]))
    assert not dialog.trust.isEnabled()
    assert "not all of the key" in words_in(dialog)
    dialog.comparing.not_compared.click()
    assert not dialog.trust.isEnabled(), "what was typed is another key, whatever is ticked"
    QTest.keyClicks(dialog.comparing.typed, f" {dialog.seen.words[15]}")
    assert dialog.comparing.compared.isChecked()
    dialog.name.clear()
    dialog.trust.click()
    assert dialog.isVisible()
    QTest.keyClicks(dialog.name, "Mara")
    dialog.trust.click()
    mine.settle()
    assert find_signer(signers(mine), "Mara").how is How.CARD
    assert ["from a card whose words you compared" in each for each in rows(card)] == [True]


def test_a_key_that_follows_needs_no_comparing_and_one_taken_back_hands_nothing_over(
    mine: OpenWindow, tmp_path: Path
) -> None:
    first = see_card(signers(mine), card_of_mara(tmp_path))
    trust_key(signers(mine), first.card.key, "Mara", first.on, How.COMPARED)
    card = keys_of(mine)
    card.open_card(new_card_of_mara(tmp_path, taken_back=None))
    mine.settle()
    dialog = mine.panel(SignerCardDialog)
    assert "you know as Mara was handed over to this one" in words_in(dialog)
    assert dialog.name.text() == "Mara"
    dialog.trust.click()
    mine.settle()
    assert sorted(each.how.value for each in list_signers(signers(mine)) if not each.own) == [
        "compared",
        "handover",
    ]
    # Then the laptop is stolen.
    card.open_card(new_card_of_mara(tmp_path, taken_back="stolen"))
    mine.settle()
    dialog = mine.panel(SignerCardDialog)
    picture(mine, dialog, "card-takes-back")
    assert not dialog.trust.isEnabled()
    dialog.only_ends.click()
    mine.settle()
    assert [each.is_good for each in list_signers(signers(mine)) if not each.own].count(False) == 1
    assert any("took this key back" in each for each in rows(card))


def test_a_card_that_is_handed_over_opens_in_front(mine: OpenWindow, tmp_path: Path) -> None:
    """As by a double click, a drop, or from the page of reports; whatever it is called."""
    path = card_of_mara(tmp_path).rename(tmp_path / "from a mail.txt")
    mine.main.open_report(str(path))
    mine.settle()
    dialog = mine.panel(SignerCardDialog)
    assert "Mara's office" in words_in(dialog)
    dialog.reject()
    mine.settle()
    assert rows(keys_of(mine)) == []


def test_another_file_is_told_and_nothing_can_be_trusted(mine: OpenWindow, tmp_path: Path) -> None:
    other = tmp_path / "some.acsigner"
    other.write_text("nothing of the kind\n")
    keys_of(mine).open_card(other)
    mine.settle()
    dialog = mine.panel(SignerCardDialog)
    assert "is no card of a signer" in words_in(dialog)
    assert not dialog.trust.isVisible()


def test_a_signer_is_compared_renamed_marked_and_let_go(mine: OpenWindow) -> None:
    trust_key(signers(mine), FIELDNOTE, "Fieldnote", mine.desk.clock().date(), How.NOT_COMPARED)
    card = keys_of(mine)
    assert ["Nobody compared the words" in each for each in rows(card)] == [True]
    (found,) = rows_in(card.signers)
    found.setFocus()
    QTest.keyClick(found, Qt.Key.Key_Return)
    mine.settle()
    dialog = mine.panel(SignerDialog)
    picture(mine, dialog, "signer")
    assert dialog.comparing is not None
    assert isinstance(dialog.findChild(KeyWords), KeyWords)
    dialog.comparing.compared.click()
    mine.settle()
    assert find_signer(signers(mine), "Fieldnote").how is How.COMPARED
    assert not dialog.comparing.compared.isVisible()
    _type(dialog.name, "The label")
    mine.settle()
    assert find_signer(signers(mine), "The label").fingerprint == FIELDNOTE.fingerprint
    _type(dialog.reason, "They lost it")
    dialog.mark.click()
    mine.settle()
    assert FIELDNOTE.kid in known_signers(signers(mine)).revoked
    assert "They lost it" in dialog.past.words.text()
    assert any("no longer good" in each for each in rows(card))
    dialog.unmark.click()
    mine.settle()
    assert known_signers(signers(mine)).revoked == {}
    dialog.forget.click()
    mine.settle()
    assert rows(card) == []
    assert card.nothing.text().startswith("None yet")


def _type(field: QLineEdit, words: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_a_key_that_the_service_showed_is_trusted_by_nobody_until_a_person_says_so(mine: OpenWindow) -> None:
    console = mine.profile.console()
    try:
        with console.store.transaction(Part.JOURNAL):
            seen = ServiceKey(FIELDNOTE, "Harmonia", "hosted", KeyKnown.FIRST_SIGHT, console.clock())
            heads.keep_key(console.store, seen)
    finally:
        console.store.close()
    card = keys_of(mine)
    (found,) = rows_in(card.met)
    assert "Harmonia" in found.accessibleName()
    assert known_signers(signers(mine)).look_up(FIELDNOTE) is None
    found.click()
    mine.settle()
    dialog = mine.panel(TrustSignerDialog)
    dialog.comparing.not_compared.click()
    dialog.trust_button.click()
    mine.settle()
    assert find_signer(signers(mine), "Harmonia").how is How.SERVICE
    assert rows_in(card.met) == []
    assert ["The service you are connected to" in each for each in rows(card)] == [True]


def test_the_key_is_replaced_and_the_page_shows_the_new_words(mine: OpenWindow) -> None:
    card = keys_of(mine)
    before = card.words.fingerprint
    card.replace.click()
    mine.settle()
    dialog = mine.panel(ReplaceKeyDialog)
    picture(mine, dialog, "replace")
    assert not dialog.replace.isEnabled(), "why decides what others have to do, and nothing is preselected"
    assert not dialog.reason_field.isVisible()
    assert not dialog.passphrase_field.isVisible()
    dialog.handing_over.click()
    dialog.replace.click()
    mine.settle()
    picture(mine, dialog, "replaced")
    present = mine.profile.load_signing_key().public.fingerprint
    assert present != before
    assert all(word in words_in(dialog) for word in words_from(present))
    dialog.reject()
    mine.settle()
    assert card.words.fingerprint == present
    assert any("Replaced by another key" in each.accessibleName() for each in rows_in(card.own))


def test_a_key_that_others_may_have_is_taken_back(mine: OpenWindow) -> None:
    card = keys_of(mine)
    before = card.words.fingerprint
    card.replace.click()
    mine.settle()
    dialog = mine.panel(ReplaceKeyDialog)
    dialog.taking_back.click()
    QTest.keyClicks(dialog.reason, "The laptop is gone")
    dialog.replace.click()
    mine.settle()
    former = find_signer(signers(mine), before)
    assert former.revoked is not None
    assert former.revoked[1] == "The laptop is gone"
    assert "read these words" in words_in(dialog)
