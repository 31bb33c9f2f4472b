"""Marks in audio files in the window: what would be stated, marking with progress, and reading back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from artist_console.commands import marks
from artist_console.commands.marks import mark_runs
from artist_console.domain.marks import MarkRun
from artist_console.formats import c2pa_marks
from artist_console.formats.c2pa_marks import MarksNotInstalled
from artist_console.ui.dialogs.mark_run import MarkRunDialog
from artist_console.ui.dialogs.own_certificate import OwnCertificateDialog
from artist_console.ui.dialogs.which_works import WhichWorksDialog
from artist_console.ui.pages.letters_reservations import ReservationsPart
from artist_console.ui.pages.marks_card import MarksCard
from artist_console.ui.pages.marks_form import MarksForm
from artist_console.ui.text import PlainLabel
from tests.formats.marking import audio_files
from tests.ui.reserving_profile import SOUGHT, refuse_everything, reservations_of
from tests.ui.sample_profile import OpenWindow

PASSPHRASE = "four words that differ"
FILES = audio_files()


@pytest.fixture
def part(window: OpenWindow) -> ReservationsPart:
    window.choose_artist(SOUGHT)
    refuse_everything(window)
    found = reservations_of(window)
    found.marks.writing.set_open(True)
    return found


@pytest.fixture
def music(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    (folder / "notes.txt").write_text("not audio")
    return folder


def form_of(part: ReservationsPart) -> MarksForm:
    assert part.marks.form is not None
    return part.marks.form


def words_in(widget: object) -> str:
    labels = widget.findChildren(PlainLabel)  # type: ignore[attr-defined]
    said = "\n".join(each.text() for each in labels if not each.isHidden())
    return said.replace("\u2068", "").replace("\u2069", "")


def make_certificate(window: OpenWindow, part: ReservationsPart, folder: Path) -> None:
    form_of(part).make_own.click()
    dialog = window.panel(OwnCertificateDialog)
    assert dialog.focusWidget() is dialog.name, "it begins at its first field"
    dialog.folder.take(str(folder))
    dialog.word.setText(PASSPHRASE)
    dialog.again.setText(PASSPHRASE)
    dialog.make.click()
    window.settle()


def test_a_certificate_of_ones_own_is_made_with_its_warning_and_taken_into_the_form(
    window: OpenWindow, part: ReservationsPart, tmp_path: Path
) -> None:
    form_of(part).make_own.click()
    dialog = window.panel(OwnCertificateDialog)
    assert "known to nobody else" in words_in(dialog)
    assert dialog.name.text() == window.desk.name_of(window.desk.artist or "")  # type: ignore[arg-type]
    for edit in (dialog.word, dialog.again):
        assert edit.echoMode() is QLineEdit.EchoMode.Password
    dialog.make.click()
    assert dialog.folder.accessibleDescription() == "Choose a folder."
    dialog.folder.take(str(tmp_path / "keys"))
    dialog.word.setText(PASSPHRASE)
    dialog.make.click()
    assert "not the same" in dialog.again.accessibleDescription()
    dialog.word.setText("short")
    dialog.again.setText("short")
    dialog.make.click()
    window.settle()
    assert dialog.problem.words.text()
    assert not list(tmp_path.glob("keys/*"))
    dialog.word.setText(PASSPHRASE)
    dialog.again.setText(PASSPHRASE)
    dialog.make.click()
    window.settle()
    form = form_of(part)
    assert form.chain.path is not None
    assert form.key.path is not None
    assert form.chain.path.exists()
    assert b"ENCRYPTED" in form.key.path.read_bytes()


def test_what_would_be_stated_is_shown_before_anything_is_written(
    window: OpenWindow, part: ReservationsPart, music: Path
) -> None:
    form = form_of(part)
    assert not form.mark_button.isEnabled()
    form.take_files([str(music)])
    form.look_button.click()
    window.settle()
    said = words_in(form.plan)
    assert f"{len(FILES)} of {len(FILES) + 1} files can be marked" in said
    assert "Training of generative AI: Not allowed" in said
    assert "notes.txt" in said
    assert {path.name: path.read_bytes() for path in music.iterdir() if path.name in FILES} == FILES


def test_a_recording_that_is_named_is_the_one_that_counts(
    window: OpenWindow, part: ReservationsPart, music: Path
) -> None:
    form = form_of(part)
    form.work.button.click()
    dialog = window.panel(WhichWorksDialog)
    value = dialog._works[0].value
    assert isinstance(value, tuple)
    title = str(value[1])
    dialog.choices.chosen.emit(value)
    window.settle()
    form.take_files([str(music / "sine.wav")])
    form.look()
    window.settle()
    assert f"{title}, as you said" in words_in(form.plan)
    form.work.forget()
    assert form.work.work is None
    assert "as you said" not in words_in(form.plan)


def test_files_are_marked_one_by_one_read_back_and_the_originals_stay(
    window: OpenWindow, part: ReservationsPart, music: Path, tmp_path: Path
) -> None:
    make_certificate(window, part, tmp_path / "keys")
    form = form_of(part)
    form.take_files([str(music)])
    form.out.take(str(tmp_path / "marked"))
    form.passphrase.setText(PASSPHRASE)
    form.mark_button.click()
    dialog = window.panel(MarkRunDialog)
    assert form.passphrase.text() == "", "it is used once"
    said = words_in(dialog)
    assert f"{len(FILES)} files were marked" in said
    assert "1 file was left out" in said
    assert "notes.txt" in said
    assert "Platforms may strip this mark." in said
    assert "Marked, and read back as written" in said
    dialog.close()
    window.settle()
    assert {path.name: path.read_bytes() for path in music.iterdir() if path.name in FILES} == FILES
    assert part.marks.before.isVisible()
    part.marks.area.dropped.emit(str(tmp_path / "marked" / "sine.wav"))
    window.settle()
    read = words_in(part.marks.shown)
    assert "Training of generative AI: Not allowed" in read
    assert "is what the certificate says of itself" in read
    assert "This states the artist's position" in read, "who controls the files is not known"
    assert "This is a reservation." not in read
    assert "Train a model that makes music" in read, "keys are told in words"
    assert "train.generative" not in read


def test_a_wrong_passphrase_touches_no_file(
    window: OpenWindow, part: ReservationsPart, music: Path, tmp_path: Path
) -> None:
    make_certificate(window, part, tmp_path / "keys")
    form = form_of(part)
    form.take_files([str(music / "sine.wav")])
    form.replace.click()
    form.passphrase.setText("another one altogether")
    form.mark_button.click()
    window.settle()
    assert "does not open the private key" in form.problem.words.text()
    assert (music / "sine.wav").read_bytes() == FILES["sine.wav"]
    assert form.mark_button.isEnabled()


def test_without_certificate_or_folder_it_says_what_is_missing(
    window: OpenWindow, part: ReservationsPart, music: Path, tmp_path: Path
) -> None:
    form = form_of(part)
    form.take_files([str(music / "sine.wav")])
    form.mark_button.click()
    assert "Choose your certificate" in form.problem.words.text()
    make_certificate(window, part, tmp_path / "keys")
    form.passphrase.setText(PASSPHRASE)
    form.mark_button.click()
    window.settle()
    assert "It is not said where the marked files go" in form.problem.words.text()


def test_what_is_cancelled_keeps_what_was_done(
    window: OpenWindow, part: ReservationsPart, music: Path, tmp_path: Path
) -> None:
    make_certificate(window, part, tmp_path / "keys")
    form = form_of(part)
    form.take_files([str(music)])
    form.out.take(str(tmp_path / "marked"))
    form.passphrase.setText(PASSPHRASE)
    form.mark_button.click()
    form.cancel.click()  # before the first file is through, or soon after
    dialog = window.panel(MarkRunDialog)
    runs: list[tuple[MarkRun, ...]] = []
    window.desk.ask(window.desk, "runs", mark_runs, runs.append)
    window.settle()
    # Stopped before the first file nothing was marked, and no run is kept.
    marked = [each for run in runs[0] for each in run.marked]
    assert all(run.cancelled for run in runs[0])
    assert len(marked) < len(FILES)
    assert "What was done stays" in words_in(dialog)
    assert sorted(p.name for p in (tmp_path / "marked").glob("*")) == sorted(m.name for m in marked)


def test_a_file_without_a_mark_and_one_that_is_no_audio_are_told_apart(
    window: OpenWindow, part: ReservationsPart, music: Path
) -> None:
    part.marks.read(str(music / "sine.wav"))
    window.settle()
    assert "There is no mark in this file" in words_in(part.marks.shown)
    part.marks.read(str(music / "notes.txt"))
    window.settle()
    assert "no mark" not in words_in(part.marks.shown).lower()
    assert words_in(part.marks.shown).count("\n") >= 1


def test_without_the_extra_the_card_says_how_to_install_it(
    window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise MarksNotInstalled

    monkeypatch.setattr(c2pa_marks, "_library", missing)
    assert not marks.is_installed()
    card = MarksCard(window.desk, window.main)
    assert "pip install 'artist-console[c2pa]'" in words_in(card)
    assert card.form is None
    card.show_artist(None)
    card.show_runs(())
    card.refresh()
