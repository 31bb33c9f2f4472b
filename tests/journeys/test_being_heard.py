"""A manager is heard: twelve artists write to four addressees, and what comes back is kept and shown.

The window, both lanes, the store and the embedded backend are the real ones; time is set by hand. What a mail
program does to a draft when it is sent is done here to the bytes of the draft.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import NoReturn, TypeVar

import pytest
from PySide6.QtWidgets import QApplication

from artist_console.commands import evidence
from artist_console.commands.addressees import list_addressees
from artist_console.commands.cases import CaseRow, list_cases
from artist_console.commands.console import Console
from artist_console.commands.deadlines import list_deadlines
from artist_console.commands.evidence import BundleVerdict
from artist_console.commands.overview import overview
from artist_console.commands.work_details import show_work
from artist_console.domain.cases import CaseState, OutcomeKind
from artist_console.domain.ids import WorkId
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.waiting import WaitingKind
from artist_console.ui.dialogs.case_file import CaseFileDialog
from artist_console.ui.dialogs.case_outcome import OutcomeDialog
from artist_console.ui.dialogs.export_evidence import ExportEvidenceDialog
from artist_console.ui.dialogs.new_letter import NewLetterDialog
from artist_console.ui.dialogs.new_letter_result import ResultPage
from artist_console.ui.pages.case_details import CaseAction
from artist_console.ui.pages.letters import LettersScreen
from artist_console.ui.pages.roster import RosterScreen
from tests.journeys.consent_world import Clock, outside
from tests.journeys.hosts import picture
from tests.ui.sample_profile import OpenWindow

T = TypeVar("T")
OPERATOR, OTHER_OPERATOR, LABEL, SOCIETY = "Harmonia Lab", "Northlight", "Fieldnote Records", "Tonverein Nord"
NOT_AMONG_THEM = ("Rune", "Sana")  # one may only be looked at, one's mandate ends during the story


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.now(UTC).replace(microsecond=0))


@pytest.fixture
def window(qapp: QApplication, sample_copy: Path, clock: Clock) -> Iterator[OpenWindow]:
    opened = OpenWindow(qapp, sample_copy, outside=outside(clock))
    yield opened
    opened.close()


def ask(window: OpenWindow, what: Callable[[Console], T]) -> T:
    found: list[T] = []
    window.desk.ask(window.desk, "journey", what, found.append)
    window.settle()
    return found[0]


def cases_to(window: OpenWindow, name: str) -> list[CaseRow]:
    return [row for row in ask(window, list_cases) if row.case.addressee_name == name]


def letters(window: OpenWindow) -> LettersScreen:
    window.show("letters")
    screen = window.main.screen_of("letters")
    assert isinstance(screen, LettersScreen)
    return screen


def write_to_four(window: OpenWindow, folder: Path) -> None:
    """From the roster: twelve artists, four addressees, the review, and a mail draft for each addressee."""
    window.show("roster")
    roster = window.main.screen_of("roster")
    assert isinstance(roster, RosterScreen)
    rows = [n for n, row in enumerate(roster.model.rows) if not row.name.startswith(NOT_AMONG_THEM)]
    assert len(rows) == 12
    roster.model.choose(rows, True)
    roster.bulk.write.click()
    dialog = window.panel(NewLetterDialog)
    dialog.what.choices[LetterKind.POSITION].setChecked(True)
    go_on(window, dialog)
    known = {each.name: each.id for each in ask(window, list_addressees)}
    dialog.whom.picker.choose([known[name] for name in (OPERATOR, OTHER_OPERATOR, LABEL, SOCIETY)])
    for _ in range(3):
        go_on(window, dialog)
    drafted = dialog.review.drafted
    assert drafted is not None
    assert [(group.addressee.name, len(group.drafts)) for group in drafted.groups] == [
        (name, 12) for name in sorted((OPERATOR, OTHER_OPERATOR, LABEL, SOCIETY))
    ]
    assert drafted.not_possible == ()
    assert dialog.review.counts.text().startswith("48 letters to 4 addressees")
    picture(window, dialog, "heard-review")
    assert dialog.next.words == "Keep 48 letters"
    go_on(window, dialog)
    page = dialog.findChild(ResultPage)
    assert page is not None
    page.save.mail.setChecked(True)
    page.save.together.setChecked(True)
    page.save.save_to(str(folder))
    window.settle()
    picture(window, dialog, "heard-kept")
    dialog.accept()
    window.settle()
    assert len(list(folder.glob("*.eml"))) == 4
    assert {row.standing.state for row in ask(window, list_cases)} == {CaseState.DRAFTED}


def go_on(window: OpenWindow, dialog: NewLetterDialog) -> None:
    assert dialog.next.isEnabled(), dialog.hint.text()
    dialog.next.click()
    window.settle()


def sent_copy(draft: Path, at: datetime) -> Path:
    """What lies in the folder "Sent" of a mail program: an own Message-ID, a day, and no marks of a draft."""
    mail = message_from_bytes(draft.read_bytes())
    for gone in ("X-Unsent", "Message-ID", "Date", "X-Artist-Console-Letters"):
        del mail[gone]
    mail["From"] = "Nora Vestberg <nora@example.com>"
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{draft.stem.replace(' ', '.')}@mail.example.com>"
    path = draft.with_name(f"Sent {draft.name}")
    path.write_bytes(mail.as_bytes(policy=SMTP))
    return path


def drop(window: OpenWindow, path: Path, shown: CaseRow | None = None) -> CaseFileDialog:
    letters(window).cases.doings.take_files([path], shown)
    return window.panel(CaseFileDialog)


def reply(folder: Path, name: str, answers: Path, at: datetime, words: str) -> Path:
    mail = EmailMessage()
    mail["From"] = f"{name} <rights@example.org>"
    mail["To"] = "nora@example.com"
    mail["Subject"] = "Re: your letters"
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{name.replace(' ', '.')}@example.org>"
    mail["In-Reply-To"] = message_from_bytes(answers.read_bytes())["Message-ID"]
    mail.set_content(f"Dear Nora,\n\n{words}\n")
    path = folder / f"Reply of {name}.eml"
    path.write_bytes(mail.as_bytes(policy=SMTP))
    return path


def test_twelve_artists_write_to_four_and_what_comes_back_is_kept_shown_and_proved(
    window: OpenWindow, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "drafts"
    folder.mkdir()
    write_to_four(window, folder)

    # Three of the mails are sent, and the copies of the mail program dropped in; one lies there unsent.
    sent = {}
    for name in (OPERATOR, OTHER_OPERATOR, LABEL):
        (draft,) = folder.glob(f"{name}*.eml")
        sent[name] = sent_copy(draft, clock())
        dialog = drop(window, sent[name])
        assert dialog.sent.isChecked()
        dialog.keep.click()
        window.settle()
        rows = cases_to(window, name)
        assert len(rows) == 12
        assert {row.standing.state for row in rows} == {CaseState.SENT}
    assert {row.standing.state for row in cases_to(window, SOCIETY)} == {CaseState.DRAFTED}

    # Three replies, each to one letter.
    clock.days_later(10)
    mara = next(row.case for row in cases_to(window, OPERATOR) if row.artist_name.startswith("Mara"))
    ola = next(row.case for row in cases_to(window, OTHER_OPERATOR) if row.artist_name.startswith("Ola"))
    aleksi = next(row.case for row in cases_to(window, LABEL) if row.artist_name.startswith("Aleksi"))
    said = "Your recordings are part of our dataset."
    for case, name, words in (
        (mara, OPERATOR, said),
        (ola, OTHER_OPERATOR, "We have passed this on to our legal team."),
        (aleksi, LABEL, "We do not represent this artist."),
    ):
        dialog = drop(window, reply(tmp_path, name, sent[name], clock(), words), row_of(window, case.id))
        assert dialog.reply.isChecked()
        dialog.keep.click()
        window.settle()
    waits = {row.case.id for row in ask(window, list_cases) if row.standing.state is CaseState.ANSWERED}
    assert waits == {mara.id, ola.id, aleksi.id}

    # One becomes evidence, and changes what the work shows.
    recording = next(
        work for work in mara.works if ask(window, where_of(work)) is InclusionState.NOTHING_REPORTED
    )
    screen = letters(window)
    screen.cases.doings.do(CaseAction.OUTCOME, row_of(window, mara.id))
    outcome = window.panel(OutcomeDialog)
    outcome.kind.setCurrentIndex(outcome.kind.findData(OutcomeKind.SAYS_INCLUDED))
    outcome.works.choose([recording])
    outcome.words.setPlainText(said)
    assert "becomes evidence" in outcome.follows.text()
    picture(window, outcome, "heard-outcome")
    outcome.record.click()
    window.settle()
    details = ask(window, lambda console: show_work(console, recording, mara.artist))
    assert details.summary.where is InclusionState.IN_DATASET
    (place,) = [each for each in details.places if each.stated_by == OPERATOR]
    assert place.grade is EvidenceGrade.OPERATOR_STATED
    assert place.evidence.words == said
    assert "prove" in place.evidence.does_not_prove or "not that" in place.evidence.does_not_prove

    # Whoever has not answered in time is overdue: in the list, among deadlines and in what waits.
    clock.days_later(14)
    silent = {row.case.id for row in rows_of(window) if row.standing.state is CaseState.SENT}
    assert len(silent) == 33
    assert {row.case.id for row in rows_of(window) if row.standing.overdue_days} == silent
    assert any(each.target == f"case/{id}" for id in silent for each in ask(window, list_deadlines))
    waiting = [each for each in ask(window, overview).waiting if each.kind is WaitingKind.CASE]
    assert waiting, "no reply waits for a person"
    screen = letters(window)
    picture(window, window.main, "heard-overdue")

    # The evidence of Mara's case goes to a lawyer, who opens it with no network and no profile.
    screen.cases.doings.do(CaseAction.EXPORT, row_of(window, mara.id))
    bundle = tmp_path / "Mara.acevidence"
    window.panel(ExportEvidenceDialog).save_to(str(bundle))
    window.settle()
    window.close()

    def refused(*_args: object, **_more: object) -> NoReturn:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    checked = evidence.verify_bundle(bundle)
    assert checked.verdict is BundleVerdict.SIGNER_UNKNOWN
    body = bytearray(bundle.read_bytes())
    body[len(body) // 2] ^= 1
    bundle.write_bytes(body)
    assert evidence.verify_bundle(bundle).verdict not in (
        BundleVerdict.SIGNER_UNKNOWN,
        BundleVerdict.GENUINE,
    )


def row_of(window: OpenWindow, case: str) -> CaseRow:
    return next(row for row in rows_of(window) if row.case.id == case)


def rows_of(window: OpenWindow) -> tuple[CaseRow, ...]:
    return ask(window, list_cases)


def where_of(work: WorkId) -> Callable[[Console], InclusionState]:
    return lambda console: show_work(console, work).summary.where
