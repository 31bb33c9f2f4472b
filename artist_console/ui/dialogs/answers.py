"""What waits for an answer has a dialog of its own: a proposal, a yes that ends, new terms, no mandate."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from artist_console.domain.ids import ArtistId, DecisionId, TermsId
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.ending import EndingDialog
from artist_console.ui.dialogs.new_terms import NewTermsDialog
from artist_console.ui.dialogs.proposal import ProposalDialog
from artist_console.ui.dialogs.unauthorised import UnauthorisedDialog


def answer_dialog(desk: Desk, kind: str, id: str, artist: ArtistId, parent: QWidget) -> QDialog | None:
    """The dialog for "proposal", "ending" or "terms" and an id; None for what is answered in the matrix."""
    match kind:
        case "proposal":
            return ProposalDialog(desk, DecisionId(id), parent)
        case "ending":
            return EndingDialog(desk, DecisionId(id), parent)
        case "unauthorised":
            return UnauthorisedDialog(desk, DecisionId(id), parent)
        case "terms":
            return NewTermsDialog(desk, artist, TermsId(id), parent)
        case _:
            return None
