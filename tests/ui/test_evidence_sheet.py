"""Evidence files in the window: opened without an account, changed by a byte, saved in parts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from artist_console.commands.evidence import BundleVerdict
from artist_console.ui.dialogs.evidence_file import EvidenceFileDialog
from artist_console.ui.dialogs.trust_signer import TrustSignerDialog
from artist_console.ui.import_words import drop_words
from artist_console.ui.pages.reports import ReportsScreen
from artist_console.ui.text import PlainLabel
from artist_console.ui.widgets.buttons import LinkButton
from tests.ui.lettered_profile import REPLY, answer_it, evidence_of, write_a_letter
from tests.ui.sample_profile import OpenWindow, open_folder


@pytest.fixture
def evidence(qapp: QApplication, sample_copy: Path, tmp_path: Path) -> Path:
    """A bundle of one case: a letter that was sent, and the reply."""
    out = tmp_path / "Mara - evidence.acevidence"
    with open_folder(sample_copy) as profile:
        console = profile.console()
        try:
            case = answer_it(console, write_a_letter(console), tmp_path)
            evidence_of(console, case, out)
        finally:
            console.store.close()
    return out


@pytest.fixture
def reviewer(open_window: Callable[[Path], OpenWindow], tmp_path: Path) -> OpenWindow:
    """A window on a new profile: no account, no artist, nothing synced."""
    return open_window(tmp_path / "reviewer")


def opened(window: OpenWindow, path: Path) -> EvidenceFileDialog:
    window.main.open_report(str(path))
    return window.panel(EvidenceFileDialog)


def words_in(dialog: EvidenceFileDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(PlainLabel))


def test_somebody_without_an_account_sees_that_nothing_changed_and_who_is_not_known(
    reviewer: OpenWindow, evidence: Path
) -> None:
    dialog = opened(reviewer, evidence)
    assert dialog.found is not None
    assert dialog.found.verdict is BundleVerdict.SIGNER_UNKNOWN
    said = words_in(dialog)
    assert "Unchanged since it was signed. The signer is not known to you" in said
    assert dialog.found.fingerprint in said
    for check in dialog.found.checks:
        assert check.words in said
    for words in dialog.found.does_not_tell:
        assert words in said


def test_where_it_was_made_this_computer_is_named_as_its_signer(
    open_window: Callable[[Path], OpenWindow], sample_copy: Path, evidence: Path
) -> None:
    dialog = opened(open_window(sample_copy), evidence)
    assert dialog.found is not None
    assert dialog.found.verdict is BundleVerdict.GENUINE
    assert "Unchanged since this computer signed it" in words_in(dialog)


def test_a_changed_byte_is_told_and_nothing_of_the_content_is_shown(
    reviewer: OpenWindow, evidence: Path
) -> None:
    data = bytearray(evidence.read_bytes())
    at = data.find(b"bundle.json") + 400
    data[at] ^= 1
    evidence.write_bytes(data)
    dialog = opened(reviewer, evidence)
    assert dialog.found is not None
    assert dialog.found.content is None
    assert dialog.found.verdict in (BundleVerdict.CHANGED, BundleVerdict.CANNOT_BE_CHECKED)
    assert "Nothing of it is shown" in words_in(dialog)
    assert not dialog.index.isEnabled()
    assert not dialog.findChildren(LinkButton)


def test_its_signer_can_be_made_known_and_the_result_says_so(reviewer: OpenWindow, evidence: Path) -> None:
    dialog = opened(reviewer, evidence)
    dialog.trust.click()
    question = reviewer.panel(TrustSignerDialog)
    assert dialog.found is not None
    assert question.fingerprint.text() == dialog.found.fingerprint
    assert not question.trust_button.isEnabled()  # first it is said whether the words were compared
    question.comparing.compared.click()
    question.name.setText("Nora at Slipway")
    question.trust_button.click()
    reviewer.settle()
    assert dialog.found.verdict is BundleVerdict.GENUINE
    assert "Unchanged since Nora at Slipway signed it" in words_in(dialog)


def test_a_file_of_it_is_saved_byte_for_byte(reviewer: OpenWindow, evidence: Path, tmp_path: Path) -> None:
    dialog = opened(reviewer, evidence)
    assert dialog.found is not None
    assert dialog.found.content is not None
    (case,) = dialog.found.content.cases
    reply = next(event.file for event in case.events if event.file is not None)
    dialog.save_to(reply.file, str(tmp_path / "out.txt"))
    reviewer.settle()
    assert (tmp_path / "out.txt").read_bytes() == REPLY
    assert dialog.problem.isHidden()


def test_a_bundle_that_was_replaced_meanwhile_is_not_taken_for_the_one_that_was_checked(
    reviewer: OpenWindow, evidence: Path, tmp_path: Path
) -> None:
    dialog = opened(reviewer, evidence)
    evidence.write_bytes(b"something else")
    dialog.save_to("README.txt", str(tmp_path / "out.txt"))
    reviewer.settle()
    assert not (tmp_path / "out.txt").exists()
    assert "has changed since it was opened" in dialog.problem.words.text()


def test_something_that_is_no_bundle_gets_a_sentence(reviewer: OpenWindow, tmp_path: Path) -> None:
    path = tmp_path / "photo.acevidence"
    path.write_bytes(b"\x89PNG")
    dialog = opened(reviewer, path)
    assert dialog.found is not None
    assert dialog.found.verdict is BundleVerdict.CANNOT_BE_CHECKED


def test_a_file_that_is_gone_gets_a_sentence(reviewer: OpenWindow, tmp_path: Path) -> None:
    dialog = opened(reviewer, tmp_path / "gone.acevidence")
    assert dialog.found is None
    assert "gone.acevidence" in words_in(dialog)


def test_it_can_be_dropped_anywhere_and_what_will_happen_is_said_before(
    reviewer: OpenWindow, evidence: Path
) -> None:
    assert drop_words([evidence]) == f"Let go to check the evidence file {evidence.name}"
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(evidence))])
    event = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    reviewer.main.dropEvent(event)
    dialog = reviewer.panel(EvidenceFileDialog)
    assert dialog.path == evidence


def test_the_screen_of_reports_opens_it_too(reviewer: OpenWindow, evidence: Path) -> None:
    reviewer.show("reports")
    screen = reviewer.main.screen_of("reports")
    assert isinstance(screen, ReportsScreen)
    screen.open_path(str(evidence))
    assert reviewer.panel(EvidenceFileDialog).found is not None
