"""Pictures of every screen in both themes and two sizes, from what an opened profile holds."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from artist_console.commands import roster
from artist_console.commands.addressees import list_addressees
from artist_console.commands.cases import list_cases
from artist_console.commands.console import Console, Result
from artist_console.commands.evidence import BundleFile, BundleWish, export_bundle
from artist_console.commands.opening import Opening
from artist_console.commands.roster import RosterRow
from artist_console.commands.works import WorksPage, find_works
from artist_console.domain.addressees import Addressee
from artist_console.domain.changes import Changes
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.problems import FileProblem, NetworkProblem
from artist_console.domain.work_rows import WorkFilter, WorksQuery, WorkSummary
from artist_console.host.settings import Settings
from artist_console.host.settings import Theme as ThemeChoice
from artist_console.ui.delegates.cells import ROW_ROLE
from artist_console.ui.dialogs.new_letter import NewLetterDialog
from artist_console.ui.drawing import PaperDrawer
from artist_console.ui.letter_start import LetterStart
from artist_console.ui.main_window import MainWindow
from artist_console.ui.pages.earnings import EarningsScreen
from artist_console.ui.pages.letters import LettersScreen
from artist_console.ui.pages.reports import ReportsScreen
from artist_console.ui.pages.works import WorksScreen
from artist_console.ui.pieces import Pieces
from artist_console.ui.places import EVIDENCE_SUFFIX, Place
from artist_console.ui.qt_messages import keep_qt_messages
from artist_console.ui.screen_names import SCREENS
from artist_console.ui.screenshot_cases import make_cases
from artist_console.ui.screenshot_kept import keep_some, show_plan
from artist_console.ui.screenshot_money import MoneyState, show_money
from artist_console.ui.screenshot_reports import ReportFiles, ReportState, make_reports, show_report
from artist_console.ui.start import Session, make_application
from artist_console.ui.tables.works_model import WorksColumn

SIZES = ((1440, 900), (960, 600))
THEMES = (ThemeChoice.LIGHT, ThemeChoice.DARK)
_PAUSE_S = 0.002
_LONGEST_MS = 60_000
_ROWS_LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class _Scene:
    """A name for the file and the place that is shown; `several` shows all artists."""

    name: str
    place: Place
    several: bool = False
    details: bool = False
    report: ReportState | None = None  # of the page of reports
    opens: bool = False  # the place opens something over the page, which is taken by itself
    sheet: str = ""  # item of what opens over the page, and is taken by itself
    letter_steps: int | None = None  # a letter that is being written, so many steps on
    money: MoneyState | None = None  # of the money page


def render(opening: Opening, folder: Path) -> tuple[Path, ...]:
    """Write `<screen>-<theme>-<width>x<height>.png` for every screen; the settings of the profile stay.

    Raises FileProblem where a picture cannot be written.
    """
    keep_qt_messages()
    app = make_application()
    folder.mkdir(parents=True, exist_ok=True)
    session = Session(app, opening, settings=Settings())
    window = session.window
    try:
        window.show()
        window.start()
        settle(session)
        sitter = _sitter(session)
        with TemporaryDirectory() as private:
            reports = _make_reports(session, sitter, Path(private))
            case = _make_cases(session, sitter, Path(private))
            _keep_some(session, sitter)
            _make_evidence(session, case, reports.now.with_suffix(EVIDENCE_SUFFIX))
            pictures = _all(session, sitter, reports, case, folder)
    finally:
        session.end()
    return tuple(pictures)


def _all(
    session: Session, sitter: ArtistId | None, reports: ReportFiles, case: str, folder: Path
) -> list[Path]:
    pictures = []
    window = session.window
    reported = _most_reported(session)
    for theme in THEMES:
        session.desk.change_settings(theme=theme)
        for width, height in SIZES:
            window.resize(width, height)
            for scene in _scenes(window, reports, reported, case):
                _show(session, scene, sitter, reports)
                path = folder / f"{scene.name}-{theme.value}-{width}x{height}.png"
                with _over(session, scene, sitter) as shown:
                    take(shown, path)
                pictures.append(path)
    return pictures


@contextmanager
def _over(session: Session, scene: _Scene, sitter: ArtistId | None) -> Iterator[QWidget]:
    """The window, or what opens over it for a scene."""
    window = session.window
    if not (scene.sheet or scene.opens) and scene.letter_steps is None:
        yield window
        return
    if scene.letter_steps is not None:
        _open_letter(session, scene.letter_steps, sitter)
    elif scene.sheet:
        session.desk.sheet_wished.emit(scene.sheet)
    settle(session)
    sheet = QApplication.activeModalWidget()
    yield sheet or window
    if sheet is not None:
        sheet.close()
        settle(session)


def _make_cases(session: Session, sitter: ArtistId | None, folder: Path) -> str:
    """Cases of the artist, where there are none yet; the id of one with a history. Empty: there is none."""
    found: list[str] = []

    def make(console: Console) -> Result[str]:
        rows = list_cases(console, sitter)
        if sitter is not None and not rows:
            return Result(make_cases(console, sitter, folder).told.id, Changes.CASES | Changes.WORKS)
        longest = max(rows, key=lambda row: len(row.case.events), default=None)
        return Result(longest.case.id if longest is not None else "", Changes.NONE)

    session.desk.act(session.window, make, found.append)
    settle(session)
    return found[0] if found else ""


def _keep_some(session: Session, sitter: ArtistId | None) -> None:
    if sitter is not None:
        session.desk.act(session.window, lambda console: keep_some(console, sitter))
        settle(session)


def _make_evidence(session: Session, case: str, path: Path) -> None:
    """A signed evidence file of a case, where there is one."""
    if not case:
        return
    drawer = PaperDrawer(session.desk.theme.font().family(), session.window)
    wish = BundleWish((case,))
    made: list[BundleFile] = []
    session.desk.long_work(
        lambda console, progress: export_bundle(console, wish, path, drawer.for_work(progress)), made.append
    )
    settle(session)


def _open_letter(session: Session, steps: int, sitter: ArtistId | None) -> None:
    """A letter of the artist to organisations of the records, some steps on its way."""
    whom: list[tuple[Addressee, ...]] = []
    session.desk.ask(session.window, "whom", list_addressees, whom.append)
    settle(session)
    ids = tuple(each.id for each in whom[0] if each.id.startswith("party/"))[:3]
    start = LetterStart(LetterKind.POSITION, (sitter,) if sitter is not None else (), ids)
    dialog = NewLetterDialog(session.desk, session.window, start)
    dialog.open()
    settle(session)
    for _ in range(steps):
        dialog.go_on()
        settle(session)


def _make_reports(session: Session, sitter: ArtistId | None, folder: Path) -> ReportFiles:
    """Signed reports of the artist, so that Reports has something to show."""
    name = session.desk.name_of(sitter) if sitter is not None else "All artists"
    files = ReportFiles.at(folder, name)
    session.desk.ask(
        session.window, "report", lambda console: make_reports(console, files, sitter), lambda _: None
    )
    settle(session)
    return files


def take(widget: QWidget, path: Path) -> None:
    """One picture of a widget as it is."""
    if not widget.grab().save(str(path), "PNG"):
        raise FileProblem("The picture {name} could not be written", "Choose another folder", name=str(path))


def settle(session: Session) -> None:
    """Wait until nothing is under way and everything is laid out."""
    waited = QElapsedTimer()
    waited.start()
    quiet = 0
    while quiet < 3:
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        at_rest = session.background.is_idle and session.window.is_settled
        making = at_rest and any(each.is_running for each in session.window.findChildren(Pieces))
        quiet = quiet + 1 if at_rest and not making else 0
        if not quiet:
            time.sleep(_PAUSE_S)  # the lanes have Python meanwhile
        if waited.elapsed() > _LONGEST_MS:
            raise NetworkProblem("The window did not come to rest", "Try again")


def _scenes(window: MainWindow, reports: ReportFiles, reported: WorkId | None, case: str) -> Iterator[_Scene]:
    if len(window.desk.artists) > 1:
        yield _Scene("overview-all", Place("overview"), several=True)
    for screen in SCREENS:
        yield _Scene(screen.key, Place(screen.key))
        if screen.key == WorksScreen.key:
            yield _Scene("works-details", Place(screen.key), details=True)
            yield from _sheets(reported)
        if screen.key == EarningsScreen.key:
            for state in MoneyState:
                several = state in (MoneyState.ALL, MoneyState.ASK)
                yield _Scene(f"earnings-{state}", Place(screen.key), several=several, money=state)
        if screen.key == ReportsScreen.key:
            for shown in ReportState:
                yield _Scene(f"reports-{shown}", Place(screen.key), report=shown)
            yield _Scene("sheet-create-report", Place(screen.key, "create/"), opens=True)
        if screen.key == "letters":
            yield _Scene("letters-case", Place(screen.key, f"case/{case}" if case else ""))
            yield _Scene("letters-deadlines", Place(screen.key, "deadlines/"))
            yield _Scene("sheet-letter", Place(screen.key), letter_steps=0)
            yield _Scene("sheet-letter-whom", Place(screen.key), letter_steps=1)
            yield _Scene("sheet-letter-review", Place(screen.key), letter_steps=4)
            yield from _beside_cases(window, reports.now.with_suffix(EVIDENCE_SUFFIX))


def _beside_cases(window: MainWindow, evidence: Path) -> Iterator[_Scene]:
    """The other parts of the page of letters, and what opens over it."""
    for part in ("reservations", "elsewhere"):
        yield _Scene(f"letters-{part}", Place("letters", f"{part}/all"))
    yield _Scene("sheet-addressee", Place("letters"), several=True, sheet="addressee/all")
    if window.desk.artists:
        yield _Scene("sheet-position", Place("letters"), several=True, sheet="position/")
    if evidence.exists():
        yield _Scene("sheet-evidence", Place("letters"), sheet=f"evidence-file/{evidence}")


def _sheets(reported: WorkId | None) -> Iterator[_Scene]:
    """What opens over the pages about where works are."""
    for kind in ("hits", "findings", "removals", "list", "coverage", "announcements"):
        yield _Scene(f"sheet-{kind}", Place("works"), several=True, sheet=f"{kind}/")
    if reported is not None:
        for kind in ("lineage", "timeline"):
            yield _Scene(f"sheet-{kind}", Place("works"), several=True, sheet=f"{kind}/{reported}")


def _most_reported(session: Session) -> WorkId | None:
    """The work that the most models are said to be trained on."""
    found: list[WorksPage] = []
    query = WorksQuery(filter=WorkFilter.REPORTED)
    session.desk.ask(session.window, "reported", lambda console: find_works(console, query), found.append)
    settle(session)
    rows = found[0].rows if found else ()
    return max(rows, key=lambda row: row.models).work if rows else None


def _sitter(session: Session) -> ArtistId | None:
    """The artist with the most to show: much that waits, much that is reported, and no limits."""
    found: list[tuple[RosterRow, ...]] = []
    session.desk.ask(session.window, "sitter", roster.roster, found.append)
    settle(session)
    rows = found[0] if found else ()
    return max(rows, key=lambda row: (not row.limits, row.waiting * row.reported)).artist if rows else None


def _show(session: Session, scene: _Scene, sitter: ArtistId | None, reports: ReportFiles) -> None:
    window, desk = session.window, session.desk
    desk.choose_artist(None if scene.several else sitter)
    window.desk.details_closed.emit()
    window.show_place(scene.place)
    if not scene.place.item:
        window.desk.details_closed.emit()
    settle(session)
    screen = window.screen_of(scene.place.page)
    if isinstance(screen, WorksScreen) and not scene.details:
        screen.table.scrollToTop()
    if isinstance(screen, EarningsScreen) and scene.money is not None:
        show_money(screen, scene.money, partial(settle, session))
    if isinstance(screen, ReportsScreen) and scene.report is not None:
        show_report(screen, scene.report, reports, partial(settle, session))
    if isinstance(screen, LettersScreen) and scene.place.item == "reservations/all":
        show_plan(screen)
    if isinstance(screen, WorksScreen) and scene.details:
        row = max(
            range(min(screen.model.total, _ROWS_LOOKED_AT)), key=lambda row: _worth(screen, row), default=0
        )
        index = screen.model.index(row, WorksColumn.WORK)
        screen.table.setCurrentIndex(index)
        screen.table.scrollTo(index)
        screen.table.opened.emit(index)
    settle(session)


def _worth(screen: WorksScreen, row: int) -> tuple[int, int]:
    """A work with something to show: money, then places."""
    summary = screen.model.index(row, WorksColumn.WORK).data(ROW_ROLE)
    return (len(summary.earned), summary.models) if isinstance(summary, WorkSummary) else (0, 0)
