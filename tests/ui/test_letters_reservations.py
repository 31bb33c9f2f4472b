"""Reservations in the window: what a site would say, its files, a check of a real site, and what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from artist_console.commands.reservations import CheckRow, Reservation, list_checks, list_reservations
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.reservations import Manner
from artist_console.domain.site_checks import Place, Verdict, whole_verdict
from artist_console.ui.dialogs.new_letter import NewLetterDialog
from artist_console.ui.dialogs.note_reservation import NoteReservationDialog
from artist_console.ui.dialogs.site_files import SiteFilesDialog
from artist_console.ui.dialogs.site_works import SiteWorksDialog
from artist_console.ui.pages.letters_reservations import ReservationsPart
from artist_console.ui.text import PlainLabel
from tests.sync.certificates import Authority
from tests.sync.servers import http
from tests.sync.sites import WebSite, a_site
from tests.ui.reserving_profile import (
    SOUGHT,
    plan_of,
    put_on,
    refuse_everything,
    reservations_of,
    take_refusal_back,
)
from tests.ui.sample_profile import OpenWindow

HERE = "This speaks for files on this site, not for copies on streaming services."


@pytest.fixture
def site() -> Iterator[WebSite]:
    with a_site({}) as site:
        yield site


@pytest.fixture
def part(window: OpenWindow) -> ReservationsPart:
    """Of somebody who controls her music and refuses everything."""
    window.choose_artist(SOUGHT)
    refuse_everything(window)
    return reservations_of(window)


def words_in(widget: object) -> str:
    labels = widget.findChildren(PlainLabel)  # type: ignore[attr-defined]
    said = "\n".join(each.text() for each in labels if not each.isHidden())
    return said.replace("\u2068", "").replace("\u2069", "")


def look(window: OpenWindow, part: ReservationsPart, address: str) -> None:
    part.site.address.setText(address)
    QTest.keyClick(part.site.address, Qt.Key.Key_Return)
    window.settle()


def works_of(part: ReservationsPart) -> int | None:
    """How many works the plan that is shown is about; None where none is shown."""
    return len(part.site.plan.ground.works) if part.site.plan is not None else None


def checked(window: OpenWindow, part: ReservationsPart) -> dict[Place, Verdict]:
    part.site.check.click()
    window.settle()
    check = part.site.check_view.check
    assert check is not None
    return {each.place: each.verdict for each in check.places}


# What would be said


def test_what_the_files_say_and_cannot_express_is_shown_use_by_use(
    window: OpenWindow, part: ReservationsPart
) -> None:
    look(window, part, "https://music.example")
    said = words_in(part.site.plan_view)
    assert "Train a model that makes music" in said
    assert "train-ai (Content-Usage)" in said
    assert "Content-Usage has no word for training models that generate nothing." in said
    assert HERE in said
    assert "that is no permission" in said
    assert "No signal for machines has words for these" in said
    assert part.site.make.isVisible()


def test_whoever_does_not_control_the_rights_is_told_why_and_led_to_a_notice(window: OpenWindow) -> None:
    window.choose_artist("Mara")
    part = reservations_of(window)
    look(window, part, "https://music.example")
    said = words_in(part.site.plan_view)
    assert "It is not recorded that you control the recordings on the site." in said
    assert HERE in said
    assert part.site.make.isHidden()
    part.site.plan_view.notice.click()
    dialog = window.panel(NewLetterDialog)
    assert dialog._start.kind is LetterKind.PERFORMER_NOTICE
    assert dialog._start.artists == (window.desk.artist,)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Give the address of your site"),
        ("not a site", "is no address of a site"),
        ("http://music.example", "is not reached over https"),
    ],
)
def test_what_is_wrong_with_an_address_stands_beside_it(
    window: OpenWindow, part: ReservationsPart, typed: str, words: str
) -> None:
    look(window, part, typed)
    assert words in part.site.address.accessibleDescription()
    part.site.check.click()
    window.settle()
    assert words in part.site.address.accessibleDescription()
    assert part.site.plan is None
    assert part.site.check_view.isHidden()


def test_named_works_and_a_mail_address_count_and_a_change_asks_for_another_look(
    window: OpenWindow, part: ReservationsPart
) -> None:
    look(window, part, "https://music.example")
    every = works_of(part)
    part.site.more.set_open(True)
    part.site.options.which.click()
    dialog = window.panel(SiteWorksDialog)
    window.settle()
    first = dialog.picker.model.every[0].value
    dialog.picker.choose([first])
    dialog.take.click()
    window.settle()
    assert works_of(part) is None, "what was shown is not what would be written"
    assert part.site.make.isHidden()
    part.site.options.mail.setText("nonsense")
    part.site.look()
    window.settle()
    assert "is no address of mail" in part.site.problem.words.text()
    part.site.options.mail.setText("rights@music.example")
    part.site.look()
    window.settle()
    named = works_of(part)
    assert every is not None
    assert named is not None
    assert named < every


# The files


def test_the_files_are_written_and_each_says_where_it_goes_and_a_copy_is_kept(
    window: OpenWindow, part: ReservationsPart, tmp_path: Path
) -> None:
    look(window, part, "https://music.example")
    folder = tmp_path / "for the site"
    part.site.make_files(str(folder))
    dialog = window.panel(SiteFilesDialog)
    said = words_in(dialog)
    assert part.site.plan is not None
    for file in part.site.plan.files:
        assert file.name in said
        assert (folder / file.name).read_bytes() == file.body
    assert "Goes to https://music.example/.well-known/tdmrep.json" in said
    dialog.close()
    window.settle()
    assert "Files on a site" in words_in(part.reservations)
    found: list[tuple[Reservation, ...]] = []
    window.desk.ask(window.desk, "kept", list_reservations, found.append)
    window.settle()
    (kept,) = found[0]
    assert kept.manner is Manner.SITE_FILE
    part.reservations.save_copies(kept.id, str(tmp_path / "copies"))
    window.settle()
    assert (tmp_path / "copies" / "site/robots.txt").read_bytes() == (folder / "site/robots.txt").read_bytes()


def test_what_has_changed_since_it_was_shown_is_not_written(
    window: OpenWindow, part: ReservationsPart, tmp_path: Path
) -> None:
    look(window, part, "https://music.example")
    shown = part.site.plan
    assert shown is not None
    take_refusal_back(window)
    part.site.plan = shown
    part.site.make_files(str(tmp_path / "site"))
    window.settle()
    assert "have changed since this was shown" in part.site.problem.words.text()
    assert not (tmp_path / "site").exists()


def test_a_folder_with_other_things_is_left_alone(
    window: OpenWindow, part: ReservationsPart, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    look(window, part, "https://music.example")
    part.site.make_files(str(folder))
    window.settle()
    assert "holds other things: thesis.txt" in part.site.problem.words.text()
    assert [path.name for path in folder.iterdir()] == ["thesis.txt"]
    assert "Nothing is reserved yet" in words_in(part.reservations)


# The check


def test_a_site_is_checked_place_by_place_and_kept_as_proof_with_what_changed(
    window: OpenWindow, part: ReservationsPart, site: WebSite, tmp_path: Path
) -> None:
    put_on(site, plan_of(window, site))
    assert site.asked == [], "nobody is asked before the button"
    part.site.address.setText(site.origin)
    assert set(checked(window, part).values()) == {Verdict.AS_WRITTEN}
    part.site.check_view.keep.click()
    window.settle()
    assert "The first check of this site" in words_in(part.checks)
    site.answers["/robots.txt"] = http(b"User-agent: *\nAllow: /\n", kind="text/plain")
    found = checked(window, part)
    assert found[Place.ROBOTS] in (Verdict.MISSING, Verdict.DIFFERS)
    part.site.check_view.keep.click()
    window.settle()
    assert "Otherwise than at the check before: robots.txt" in words_in(part.checks)
    rows: list[tuple[CheckRow, ...]] = []
    window.desk.ask(window.desk, "rows", list_checks, rows.append)
    window.settle()
    latest, first = rows[0]
    assert whole_verdict(first.check.places) is Verdict.AS_WRITTEN
    part.checks.save_copies(latest.check.id, str(tmp_path / "proof"))
    window.settle()
    assert (tmp_path / "proof" / "robots.txt").read_bytes() == b"User-agent: *\nAllow: /\n"


def test_what_is_missing_anothers_and_elsewhere_is_told_with_what_to_do(
    window: OpenWindow, part: ReservationsPart, site: WebSite
) -> None:
    site.answers["/.well-known/tdmrep.json"] = http(
        b"", status="302 Found", headers=("Location: https://other.example/x.json",)
    )
    part.site.address.setText(site.origin)
    found = checked(window, part)
    assert found[Place.ROBOTS] is Verdict.MISSING
    assert found[Place.TDMREP] is Verdict.CANNOT_TELL
    said = words_in(part.site.check_view)
    assert "leads to another site: https://other.example/x.json. It was not followed." in said
    assert said.count("(error 404). Put the file there.") == 1
    assert "The server has no page at" in said, "of its head nobody is told to put a file there"
    site.answers["/.well-known/tdmrep.json"] = http(b"<html>a page of the host</html>", kind="text/html")
    assert checked(window, part)[Place.TDMREP] is not Verdict.AS_WRITTEN
    QTest.keyClicks(part.site.address, "x")
    assert part.site.check_view.isHidden(), "what was looked at is of another address"


def test_a_site_whose_certificate_nobody_vouches_for_is_told_once_and_is_no_proof(
    window: OpenWindow, part: ReservationsPart, tmp_path: Path
) -> None:
    pair = Authority(tmp_path).signs("127.0.0.1")
    with a_site({}, pair) as secure:
        part.site.address.setText(secure.origin)
        found = checked(window, part)
    assert set(found.values()) <= {Verdict.CANNOT_TELL, Verdict.MISSING}
    assert words_in(part.site.check_view).count("securely") == 1
    assert part.site.check_view.keep.isHidden(), "nothing answered, so there is nothing to keep"


# Kept otherwise


def test_one_made_by_letter_is_noted_with_its_copy(
    window: OpenWindow, part: ReservationsPart, tmp_path: Path
) -> None:
    copy = tmp_path / "letter.pdf"
    copy.write_bytes(b"%PDF-1.7 a letter")
    part.reservations.note.click()
    dialog = window.panel(NoteReservationDialog)
    assert dialog.focusWidget() is dialog.manner, "it begins at its first field"
    dialog.save.click()
    assert "to whom it was sent" in dialog.place.accessibleDescription()
    dialog.place.setText("Harmonia Lab")
    dialog.copy.take(str(copy))
    dialog.save.click()
    window.settle()
    said = words_in(part.reservations)
    assert "Letter, " in said
    assert "Harmonia Lab" in said
    assert "SHA-256 of the copies" in said
