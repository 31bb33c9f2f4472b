"""What opens over the pages about where works are: hits, lists, lineage, timelines, findings ...

Each has an item of a place, so that links, rows of Overview, menus and the details of a work lead to it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from artist_console.domain.ids import ArtistId, DatasetVersionId, ModelVersionId, WorkId
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.addressees import AddresseesDialog
from artist_console.ui.dialogs.announcements import AnnouncementsDialog
from artist_console.ui.dialogs.coverage import CoverageDialog
from artist_console.ui.dialogs.evidence_file import EvidenceFileDialog
from artist_console.ui.dialogs.findings import FindingsDialog
from artist_console.ui.dialogs.hits import HitsDialog
from artist_console.ui.dialogs.lineage import LineageDialog
from artist_console.ui.dialogs.lists import ListsDialog
from artist_console.ui.dialogs.new_letter import NewLetterDialog
from artist_console.ui.dialogs.pay_terms import PayTermsDialog
from artist_console.ui.dialogs.position_sheet import PositionSheetDialog
from artist_console.ui.dialogs.programme_setup import ProgrammeSetupDialog
from artist_console.ui.dialogs.removal import RemovalsDialog
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.dialogs.signer_card import SignerCardDialog
from artist_console.ui.dialogs.sources import SourcesDialog
from artist_console.ui.dialogs.timeline import TimelineDialog, of_model, of_work


def open_sheet(desk: Desk, item: str, parent: QWidget) -> bool:
    """Open what an item names ("hits/…", "lineage/…"); False for one that names nothing known."""
    kind, _, id = item.partition("/")
    make = _SHEETS.get(kind)
    if make is None:
        return False
    make(desk, id, parent).open()
    return True


def _hits(desk: Desk, id: str, parent: QWidget) -> Sheet:
    return HitsDialog(desk, parent, artist=desk.artist, work=WorkId(id) if id else None)


def _hits_of_list(desk: Desk, id: str, parent: QWidget) -> Sheet:
    return HitsDialog(desk, parent, artist=desk.artist, dataset=DatasetVersionId(id) if id else None)


def _lists(desk: Desk, id: str, parent: QWidget) -> Sheet:
    return ListsDialog(desk, parent, DatasetVersionId(id) if id else None)


def _lineage(desk: Desk, id: str, parent: QWidget) -> Sheet:
    return LineageDialog(desk, WorkId(id), parent)


def _timeline(desk: Desk, id: str, parent: QWidget) -> Sheet:
    return TimelineDialog(desk, of_work(WorkId(id), desk.artist), parent)


def _timeline_of_model(desk: Desk, id: str, parent: QWidget) -> Sheet:
    return TimelineDialog(desk, of_model(ModelVersionId(id)), parent)


def _findings(desk: Desk, id: str, parent: QWidget) -> Sheet:
    dismissed = id == "dismissed"
    work = WorkId(id) if id and not dismissed else None
    return FindingsDialog(desk, parent, work=work, dismissed=dismissed)


def _removals(desk: Desk, _id: str, parent: QWidget) -> Sheet:
    return RemovalsDialog(desk, parent)


def _programme(desk: Desk, id: str, parent: QWidget) -> Sheet:
    return ProgrammeSetupDialog(desk, parent, id)


def _coverage(desk: Desk, _id: str, parent: QWidget) -> Sheet:
    return CoverageDialog(desk, parent)


def _announcements(desk: Desk, text: str, parent: QWidget) -> Sheet:
    return AnnouncementsDialog(desk, parent, text)


def _position(desk: Desk, ids: str, parent: QWidget) -> Sheet:
    """Of the artists that are named; of all in reach where none is."""
    return PositionSheetDialog(desk, tuple(ArtistId(id) for id in ids.split(",") if id), parent)


def _addressee(desk: Desk, id: str, parent: QWidget) -> Sheet:
    return AddresseesDialog(desk, parent, id)


def _evidence_file(desk: Desk, path: str, parent: QWidget) -> Sheet:
    return EvidenceFileDialog(desk, Path(path), parent)


def _signer_card(desk: Desk, path: str, parent: QWidget) -> Sheet:
    return SignerCardDialog(desk, Path(path), parent)


def _sources(desk: Desk, source: str, parent: QWidget) -> Sheet:
    return SourcesDialog(desk, parent, source)


def _pay_terms(desk: Desk, _id: str, parent: QWidget) -> Sheet:
    return PayTermsDialog(desk, parent)


def _letter(desk: Desk, _id: str, parent: QWidget) -> Sheet:
    """A letter about nothing in particular yet."""
    return NewLetterDialog(desk, parent)


_SHEETS: dict[str, Callable[[Desk, str, QWidget], Sheet]] = {
    "addressee": _addressee,
    "announcements": _announcements,
    "evidence-file": _evidence_file,
    "hits": _hits,
    "list-hits": _hits_of_list,
    "list": _lists,
    "findings": _findings,
    "coverage": _coverage,
    "pay-terms": _pay_terms,
    "position": _position,
    "programme": _programme,
    "removals": _removals,
    "signer-card": _signer_card,
    "sources": _sources,
    "lineage": _lineage,
    "timeline": _timeline,
    "write": _letter,
    "model-timeline": _timeline_of_model,
}
