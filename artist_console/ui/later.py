"""The parts of the window that nobody sees at the first paint: panels, dialogs and what serves them.

Each is loaded when it is first needed, or in an idle moment after the first paint (`REST`), so that no first
click waits. What the window loads late stands here and in `screens`, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from artist_console.ui.desk import Desk

if TYPE_CHECKING:
    from artist_console.commands.console import Console
    from artist_console.commands.model_works import ModelWorks
    from artist_console.domain.ids import ModelVersionId
    from artist_console.ui.account_doings import AccountDoings
    from artist_console.ui.badges import Badges
    from artist_console.ui.case_doings import CaseDoings
    from artist_console.ui.deciding import Decider
    from artist_console.ui.dialogs.artist_switcher import ArtistSwitcher
    from artist_console.ui.dialogs.calendar_file import CalendarFileDialog
    from artist_console.ui.dialogs.contract import ContractDialog
    from artist_console.ui.dialogs.interview import InterviewDialog
    from artist_console.ui.dialogs.new_letter import NewLetterDialog
    from artist_console.ui.dialogs.notifications import NotificationsPanel
    from artist_console.ui.dialogs.palette import Palette
    from artist_console.ui.dialogs.receipt import ReceiptDialog
    from artist_console.ui.dialogs.receipt_file import ReceiptFileDialog
    from artist_console.ui.dialogs.sample import SampleDialog
    from artist_console.ui.dialogs.signer import SignerDialog
    from artist_console.ui.dialogs.signer_card import SignerCardDialog
    from artist_console.ui.dialogs.sync_panel import SyncPanel
    from artist_console.ui.dialogs.trust_signer import TrustSignerDialog
    from artist_console.ui.first_steps import FirstSteps
    from artist_console.ui.frame.drop_hint import DropHint
    from artist_console.ui.frame.finishing import FinishingCover
    from artist_console.ui.importing import Importer
    from artist_console.ui.letter_start import LetterStart
    from artist_console.ui.pages.case_details import CaseDetailsPanel
    from artist_console.ui.pages.work_details import WorkDetailsPanel
    from artist_console.ui.sync_control import SyncControl

HelpPage = Callable[[Desk, QWidget], QDialog]


def badges() -> type[Badges]:
    from artist_console.ui.badges import Badges  # late: the first paint

    return Badges


def decider() -> type[Decider]:
    from artist_console.ui.deciding import Decider  # late: the first paint

    return Decider


def importer() -> type[Importer]:
    from artist_console.ui.importing import Importer  # late: the first paint

    return Importer


def sync_control() -> type[SyncControl]:
    from artist_console.ui.sync_control import SyncControl  # late: the first paint

    return SyncControl


def works_in_model() -> Callable[[Console, ModelVersionId], ModelWorks]:
    from artist_console.commands.model_works import works_in_model  # late: the first paint

    return works_in_model


def work_details() -> type[WorkDetailsPanel]:
    from artist_console.ui.pages.work_details import WorkDetailsPanel  # late: the first paint

    return WorkDetailsPanel


def first_steps() -> type[FirstSteps]:
    from artist_console.ui.first_steps import FirstSteps  # late: only a new profile, or one that signs in

    return FirstSteps


def finishing_cover() -> type[FinishingCover]:
    from artist_console.ui.frame.finishing import FinishingCover  # late: the last moment of the window

    return FinishingCover


def drop_hint() -> type[DropHint]:
    from artist_console.ui.frame.drop_hint import DropHint  # late: the first paint

    return DropHint


def drop_words() -> Callable[[list[Path]], str]:
    from artist_console.ui.import_words import drop_words  # late: the first paint

    return drop_words


def sample_dialog() -> type[SampleDialog]:
    from artist_console.ui.dialogs.sample import SampleDialog  # late: the first paint

    return SampleDialog


def palette() -> type[Palette]:
    from artist_console.ui.dialogs.palette import Palette  # late: the first paint

    return Palette


def artist_switcher() -> type[ArtistSwitcher]:
    from artist_console.ui.dialogs.artist_switcher import ArtistSwitcher  # late: the first paint

    return ArtistSwitcher


def notifications() -> type[NotificationsPanel]:
    from artist_console.ui.dialogs.notifications import NotificationsPanel  # late: the first paint

    return NotificationsPanel


def sync_panel() -> type[SyncPanel]:
    from artist_console.ui.dialogs.sync_panel import SyncPanel  # late: the first paint

    return SyncPanel


def receipt() -> type[ReceiptDialog]:
    from artist_console.ui.dialogs.receipt import ReceiptDialog  # late: the first paint

    return ReceiptDialog


def account_doings() -> type[AccountDoings]:
    from artist_console.ui.account_doings import AccountDoings  # late: the first paint

    return AccountDoings


def open_sheet() -> Callable[[Desk, str, QWidget], bool]:
    from artist_console.ui.where_sheets import open_sheet  # late: the first paint

    return open_sheet


def contract_dialog() -> type[ContractDialog]:
    from artist_console.ui.dialogs.contract import ContractDialog  # late: the first paint

    return ContractDialog


def signer_dialog() -> type[SignerDialog]:
    from artist_console.ui.dialogs.signer import SignerDialog  # late: only once somebody looks

    return SignerDialog


def signer_card_dialog() -> type[SignerCardDialog]:
    from artist_console.ui.dialogs.signer_card import SignerCardDialog  # late: only with a card

    return SignerCardDialog


def trust_dialog() -> type[TrustSignerDialog]:
    from artist_console.ui.dialogs.trust_signer import TrustSignerDialog  # late: only once somebody asks

    return TrustSignerDialog


def interview_dialog() -> type[InterviewDialog]:
    from artist_console.ui.dialogs.interview import InterviewDialog  # late: the first paint

    return InterviewDialog


def receipt_file() -> type[ReceiptFileDialog]:
    from artist_console.ui.dialogs.receipt_file import ReceiptFileDialog  # late: the first paint

    return ReceiptFileDialog


def shortcuts_page() -> HelpPage:
    from artist_console.ui.dialogs.about import shortcuts_dialog  # late: the first paint

    return shortcuts_dialog


def glossary_page() -> HelpPage:
    from artist_console.ui.dialogs.about import glossary_dialog  # late: the first paint

    return glossary_dialog


def about_page() -> HelpPage:
    from artist_console.ui.dialogs.about import about_dialog  # late: the first paint

    return about_dialog


def case_details() -> type[CaseDetailsPanel]:
    from artist_console.ui.pages.case_details import CaseDetailsPanel  # late: the rows come first

    return CaseDetailsPanel


def case_doings() -> type[CaseDoings]:
    from artist_console.ui.case_doings import CaseDoings  # late: the rows come first

    return CaseDoings


def new_letter() -> type[NewLetterDialog]:
    from artist_console.ui.dialogs.new_letter import NewLetterDialog  # late: the rows come first

    return NewLetterDialog


def letter_start() -> type[LetterStart]:
    from artist_console.ui.letter_start import LetterStart  # late: the first paint

    return LetterStart


def letters_part(name: str) -> Callable[[Desk], QWidget] | None:
    """A part of the page of letters by its name; None for one that there is not."""
    match name:
        case "deadlines":
            from artist_console.ui.pages.letters_deadlines import DeadlinesPart  # late: cases come first

            return DeadlinesPart
        case "reservations":
            from artist_console.ui.pages.letters_reservations import ReservationsPart  # late: cases first

            return ReservationsPart
        case "elsewhere":
            from artist_console.ui.pages.letters_elsewhere import ElsewherePart  # late: cases come first

            return ElsewherePart
        case _:
            return None


def calendar_file() -> type[CalendarFileDialog]:
    from artist_console.ui.dialogs.calendar_file import CalendarFileDialog  # late: the rows come first

    return CalendarFileDialog


# In the order in which a person is likely to want them.
REST: tuple[Callable[[], object], ...] = (
    badges,
    sync_control,
    work_details,
    decider,
    palette,
    artist_switcher,
    notifications,
    sync_panel,
    receipt,
    open_sheet,
    importer,
    finishing_cover,
    drop_hint,
    sample_dialog,
    shortcuts_page,
)
