"""The window: the frame, the screens in it, and what moves between them. It shows and asks.

The first thing it asks is whether the profile holds anything; a new one gets the first start instead.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QMoveEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QMenu, QWidget

from artist_console.commands import artists as artists_commands
from artist_console.commands.artists import ArtistRow
from artist_console.commands.console import Console
from artist_console.commands.handed_over import PackageKind, what_it_is
from artist_console.commands.opening import Opening
from artist_console.domain.changes import Changes
from artist_console.domain.ids import ArtistId, DecisionId, WorkId
from artist_console.domain.problems import Problem
from artist_console.host.settings import Settings
from artist_console.host.settings import Theme as ThemeChoice
from artist_console.ui import later
from artist_console.ui.desk import Desk
from artist_console.ui.frame.messages import Message
from artist_console.ui.frame.rail import RailItem
from artist_console.ui.frame.shell import Shell
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import problem_words
from artist_console.ui.menus import (
    PAGE_KEYS,
    Doing,
    Menus,
    menu_titles,
    redo_words,
    short,
    undo_words,
)
from artist_console.ui.navigation import Visits
from artist_console.ui.outside_doings import letter_doings, letter_places, where_doings
from artist_console.ui.pages.screen import Screen
from artist_console.ui.places import EVIDENCE_SUFFIX, REPORT_SUFFIX, Place, read_link
from artist_console.ui.screen_names import SCREENS, ScreenName
from artist_console.ui.screens import screen_class
from artist_console.ui.shortcuts import Action
from artist_console.ui.soon import after_paint, soon
from artist_console.ui.text import say, say_count
from artist_console.ui.theme import Appearance
from artist_console.ui.widgets.states import EmptyState

if TYPE_CHECKING:
    from artist_console.commands.imports import FileKind
    from artist_console.commands.undo import UndoView
    from artist_console.commands.wishes import Wish
    from artist_console.ui.badges import Badges
    from artist_console.ui.deciding import Decider
    from artist_console.ui.first_steps import FirstSteps
    from artist_console.ui.frame.drop_hint import DropHint
    from artist_console.ui.frame.finishing import FinishingCover
    from artist_console.ui.importing import Importer
    from artist_console.ui.sync_control import SyncControl

_WITHOUT_ACCOUNT = frozenset({"reports", "settings"})
_LEAST = (960, 600)
_AT_FIRST = (1440, 900)
_TITLE_BAR = 40  # what the system puts around a window is not known before it is shown


class MainWindow(QMainWindow):
    """Holds the screens; each is made when it is first shown."""

    ready = Signal()  # artists are known and the first screen is shown
    closing = Signal()  # the window is about to end, or waits for what has to be finished before
    settled = Signal()  # once: the first screen has its answers and is painted

    def __init__(self, desk: Desk, opening: Opening | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._opening = opening
        self._visits = Visits()
        self._screens: dict[str, Screen] = {}
        self._messages: list[tuple[datetime, str]] = []
        self._is_new = False
        self._first_steps: FirstSteps | None = None
        self._finishing: FinishingCover | None = None
        self._closes_now = False
        self._drop_hint: DropHint | None = None
        self._settles = False
        self.is_settled = False
        self._unloaded = _parts(desk)
        self._shown = ""  # key of the screen that was arrived at
        self.setWindowTitle("Artist Console")
        self.setMinimumSize(*_LEAST)
        self.setAcceptDrops(True)
        self.frame = Shell(desk.theme)
        self.setCentralWidget(self.frame)
        self.frame.rail.set_app_name("Artist Console")
        self._badges: Badges | None = None
        self._sync: SyncControl | None = None
        self._decider: Decider | None = None
        self._importer: Importer | None = None
        self.menus = Menus(self.menuBar(), self)
        self._fill_menus()
        # A hidden menu bar keeps its keys: the actions belong to the window, too.
        self.addActions(self.menus.actions)
        self.menuBar().hide()
        self._connect()
        self._restore_geometry()
        if opening is not None and opening.sample:
            self.frame.top_bar.set_sample(say("window", "Sample music"))

    # Starting

    def start(self) -> None:
        """Ask what there is to show. Local rows first; the other side comes after them."""
        self.desk.ask(self, "start", _what_there_is, self._begin, self._cannot_begin)

    def _begin(self, found: tuple[bool, tuple[ArtistRow, ...]]) -> None:
        has_account, artists = found
        self._is_new = not has_account and not artists
        self.desk.set_artists(artists)
        self._show_rail()
        self._show_artist()
        self.frame.top_bar.set_account(not self._is_new)
        # A report that was handed over at the start is on the screen already and stays in front.
        if self._shown and self.frame.current_page == self._shown:
            self.frame.rail.set_current(self._shown)
        elif self._is_new:
            self.first_steps.show_choices()
        else:
            page = self.desk.settings.page
            self.show_place(Place(page if page in self._page_keys() else SCREENS[0].key))
        if not self._settles:
            self._settles = True
            self.desk.background.idle.connect(self._settle)
        self.ready.emit()

    def _settle(self) -> None:
        """The first screen has its answers: they are painted before anything else begins."""
        self.desk.background.idle.disconnect(self._settle)
        after_paint(self, self._begin_the_rest)

    def _begin_the_rest(self) -> None:
        self.is_settled = True
        self.settled.emit()
        if not self._is_new:
            self.sync.start()
            self._ask_badges()
        self._load_next()

    def _load_next(self) -> None:
        """One more part of the window in an idle moment, so that the first click on it does not wait."""
        load = next(self._unloaded, None)
        if load is not None:
            load()
            soon(self, self._load_next)

    def _begin_anew(self, found: tuple[bool, tuple[ArtistRow, ...]]) -> None:
        """A new profile holds something now."""
        self._begin(found)
        if not self._is_new:
            soon(self, self.sync.start)
            self._ask_badges()

    def _cannot_begin(self, problem: Problem) -> None:
        shown = EmptyState(
            self.desk.theme, say("window", "This profile could not be opened"), problem_words(problem), None
        )
        self.frame.add_page("problem", shown)
        self.frame.show_page("problem")

    def _page_keys(self) -> tuple[str, ...]:
        return tuple(
            screen.key
            for screen in SCREENS
            if (not self._is_new or screen.key in _WITHOUT_ACCOUNT)
            and (screen.key != "roster" or len(self.desk.artists) > 1)
        )

    def _show_rail(self) -> None:
        keys = self._page_keys()
        items = [RailItem(s.key, s.name(), s.icon) for s in SCREENS if s.key in keys and s.key != "settings"]
        bottom = [RailItem(s.key, s.name(), s.icon) for s in SCREENS if s.key == "settings"]
        self.frame.rail.set_items(items, bottom)

    def _begin_work(self) -> None:
        """A new profile, or one that signed in again, holds an account now."""
        self._is_new = False
        self.desk.ask(self, "start", _what_there_is, self._begin_anew, self._cannot_begin)

    def _connect_to_service(self) -> None:
        self.first_steps.show_connection()

    def _account(self, what: str) -> None:
        """Sign in or out, or the devices of the account."""
        doings = later.account_doings()(self.desk, self._opening, self.sync, self)
        doings.sign_in_wished.connect(self._connect_to_service)
        doings.do(what)

    def _show_sample(self) -> None:
        """What the sample is, and the ways out of it."""
        opening = self._opening
        if opening is None or opening.start_own is None:
            return
        dialog = later.sample_dialog()(self.desk, self, can_remove=opening.remove_sample is not None)
        dialog.own_wished.connect(self._start_own)
        dialog.removal_wished.connect(self._remove_sample)
        dialog.open()

    def _start_own(self) -> None:
        if self._opening is not None and self._opening.start_own is not None:
            self._opening.start_own()
            self.close()

    def _remove_sample(self) -> None:
        if self._opening is not None and self._opening.remove_sample is not None:
            self._opening.remove_sample()
            self.close()

    # Connections

    def _connect(self) -> None:
        desk, frame = self.desk, self.frame
        frame.sample_requested.connect(self._show_sample)
        desk.changed.connect(self._refresh)
        desk.scope_changed.connect(self._show_scope)
        desk.settings_changed.connect(self._follow_settings)
        desk.place_wished.connect(self.show_place)
        desk.item_opened.connect(self._note_item)
        desk.message_wished.connect(self._show_message)
        desk.problem_told.connect(self._show_problem)
        desk.background.problem.connect(self._show_problem)
        desk.details_wished.connect(self._show_details)
        desk.receipt_wished.connect(self._show_receipt)
        desk.seen_wished.connect(self._mark_seen)
        desk.seen.connect(self._ask_badges)
        frame.page_requested.connect(self._show_page)
        frame.artist_requested.connect(self.switch_artist)
        frame.search_requested.connect(self.search)
        frame.sync_requested.connect(self.show_sync)
        frame.notice_followed.connect(self._follow_notice)
        frame.notice_put_away.connect(self._put_notice_away)
        frame.menu_requested.connect(self.show_menu)
        frame.notifications_requested.connect(self.show_notifications)
        frame.details_closed.connect(desk.details_closed)
        desk.decision_wished.connect(self._decide)
        desk.allow_wished.connect(self._allow_asked)
        desk.undo_wished.connect(self._undo)
        desk.redo_wished.connect(self._redo)
        desk.import_wished.connect(self._choose_import)
        desk.sync_wished.connect(self._sync_now)
        desk.account_wished.connect(self._account)
        desk.sheet_wished.connect(self._open_sheet)

    # What serves the desk's wishes is loaded after the first paint, or when it is first wanted

    @property
    def sync(self) -> SyncControl:
        if self._sync is None:
            self._sync = later.sync_control()(self.desk, self)
            self._sync.status_changed.connect(self._show_sync)
            self._sync.round_ended.connect(self._after_round)
        return self._sync

    @property
    def badges(self) -> Badges:
        if self._badges is None:
            self._badges = later.badges()(self.desk, self)
            self._badges.counted.connect(self._show_badges)
        return self._badges

    @property
    def decider(self) -> Decider:
        if self._decider is None:
            self._decider = later.decider()(self.desk, self)
            self._decider.next_told.connect(self._name_last_acts)
        return self._decider

    @property
    def importer(self) -> Importer:
        if self._importer is None:
            self._importer = later.importer()(self.desk, self)
            self._importer.going_on.connect(self._show_going_on)
        return self._importer

    @property
    def first_steps(self) -> FirstSteps:
        if self._first_steps is None:
            steps = later.first_steps()(self.desk, self._opening, self.frame, self.sync, self.importer, self)
            steps.ended.connect(self._begin_work)
            steps.report_wished.connect(self._open_report)
            steps.left.connect(self.close)
            self._first_steps = steps
        return self._first_steps

    def _decide(self, wishes: tuple[Wish, ...]) -> None:
        self.decider.decide(wishes)

    def _allow_asked(self, works: tuple[tuple[ArtistId, WorkId], ...]) -> None:
        self.decider.allow_what_is_asked(works)

    def _undo(self) -> None:
        self.decider.undo()

    def _redo(self) -> None:
        self.decider.redo()

    def _ask_last_acts(self) -> None:
        self.decider.ask_next()

    def _name_last_acts(self, undo: UndoView, redo: UndoView) -> None:
        """The menu says what would be taken back, and what done again."""
        back = say("menu", "Undo: {what}", what=short(undo.words)) if undo.words else undo_words()
        again = say("menu", "Redo: {what}", what=short(redo.words)) if redo.words else redo_words()
        for key, words in ((Action.UNDO, back), (Action.REDO, again)):
            action = self.menus.find(key)
            if action is not None:
                action.setText(words.replace("&", "&&"))

    def _choose_import(self, kind: FileKind | None) -> None:
        self.importer.choose_file(kind)

    def _sync_now(self) -> None:
        self.sync.sync()

    def _fill_menus(self) -> None:
        file, edit, view, go, artist, help_ = menu_titles()
        add = self.menus.add_menu
        add(
            file,
            [
                Doing(say("menu", "Open report…"), self._open_report, Action.OPEN_REPORT, Icon.REPORTS),
                Doing(say("menu", "Check a receipt…"), self._choose_receipt, None, Icon.SHIELD),
                Doing(say("menu", "Import…"), self._import, None, Icon.IMPORT),
                Doing(say("menu", "Create report…"), self._create_report, None, Icon.REPORTS),
                Doing(say("menu", "Export…"), self._export, Action.EXPORT, Icon.EXPORT),
                Doing(say("menu", "Print…"), self._print, Action.PRINT, Icon.PRINT),
                None,
                Doing(say("menu", "Sync now"), self.desk.sync_now, Action.SYNC, Icon.SYNC),
                Doing(say("menu", "What is waiting to be sent"), self.show_sync, None, Icon.CLOUD_CHECK),
                *self._connecting(),
                None,
                Doing(say("menu", "Quit"), self.close, None, Icon.CLOSE),
            ],
        )
        self.menus.edit = add(
            edit,
            [
                Doing(undo_words(), self.desk.undo, Action.UNDO, Icon.UNDO),
                Doing(redo_words(), self.desk.redo, Action.REDO, Icon.REDO),
                Doing(say("menu", "Filter this page"), self.filter_page, Action.FILTER_PAGE, Icon.FILTER),
                None,
            ],
        )
        self.menus.edit.aboutToShow.connect(self._ask_last_acts)
        add(
            view,
            [
                Doing(say("menu", "Light"), self._choose_light, None, Icon.SUN),
                Doing(say("menu", "Dark"), self._choose_dark, None, Icon.MOON),
                Doing(say("menu", "Colours as the system"), self._choose_system, None, Icon.COMPUTER),
                None,
                Doing(say("menu", "Next part of the window"), self._next_part, Action.NEXT_PART),
                Doing(say("menu", "Former part of the window"), self._former_part, Action.FORMER_PART),
                Doing(say("menu", "Notifications"), self.show_notifications, None, Icon.BELL),
            ],
        )
        pages = [
            Doing(screen.name(), self._opener(screen.key), _page_action(screen), screen.icon)
            for screen in SCREENS
        ]
        add(
            go,
            [
                Doing(say("menu", "Back"), self.back, Action.BACK, Icon.ARROW_LEFT),
                Doing(say("menu", "Forward"), self.forward, Action.FORWARD, Icon.ARROW_RIGHT),
                None,
                *pages,
                None,
                *letter_places(self.desk),
                None,
                *where_doings(self.desk),
                None,
                Doing(say("menu", "Search and commands…"), self.search, Action.SEARCH, Icon.SEARCH),
                Doing(say("menu", "Copy link"), self._copy_link, None, Icon.LINK),
            ],
        )
        add(
            artist,
            [
                Doing(say("menu", "Switch artist…"), self.switch_artist, Action.SWITCH_ARTIST, Icon.PERSON),
                Doing(say("menu", "All artists"), self._show_all_artists, None, Icon.ROSTER),
                None,
                *letter_doings(self.desk),
            ],
        )
        add(
            help_,
            [
                Doing(say("menu", "Keyboard shortcuts"), self._show_shortcuts, Action.HELP, Icon.HELP),
                Doing(say("menu", "Glossary"), self._show_glossary, None, Icon.INFO),
                Doing(say("menu", "Public announcements…"), self._show_announcements, None, Icon.GLOBE),
                Doing(say("menu", "About Artist Console"), self._show_about, None, Icon.INFO),
            ],
        )

    def _connecting(self) -> tuple[Doing, ...]:
        """A profile with a private service of its own has nothing to connect to."""
        if self._opening is None or self._opening.sign_ins is None:
            return ()
        return (Doing(say("menu", "Connect to a service…"), self._connect_to_service, None, Icon.GLOBE),)

    def _opener(self, key: str) -> Callable[[], None]:
        def open_page() -> None:
            self._show_page(key)

        return open_page

    # Places

    @property
    def shown_screen(self) -> Screen | None:
        """The screen that is shown."""
        return self._screens.get(self.frame.current_page)

    def screen_of(self, key: str) -> Screen | None:
        """The screen of a key, made if need be; None for a page that this window does not have."""
        if key not in self._screens:
            made = screen_class(key)
            if made is None:
                return None
            screen = made(self.desk)
            self._screens[key] = screen
            self.frame.add_page(key, screen)
        return self._screens[key]

    def _show_page(self, key: str) -> None:
        self.show_place(Place(key))

    def show_place(self, place: Place) -> None:
        """Go to a place; Back returns."""
        if self._arrive(place):
            self._visits.visit(place)

    def _arrive(self, place: Place) -> bool:
        screen = self.screen_of(place.page)
        if screen is None or place.page not in self._page_keys():
            return False
        is_another = self._shown != place.page
        if is_another:
            self._shown = place.page
            self.frame.hide_details()
            self.frame.show_page(place.page)
            screen.show_scope(self.desk.artist)
            screen.enter()
            self.menus.show_screen_actions(screen.offered())
            self.desk.change_settings(page=place.page)
            self.setWindowTitle(say("window", "{page} – Artist Console", page=screen.name()))
        if place.item:
            screen.open_item(place.item)
        else:
            screen.close_item()
        if is_another:
            screen.focus_first()
        return True

    def _note_item(self, page: str, item: str) -> None:
        here = self._visits.here
        if here is not None and here.page == page:
            self._visits.visit(Place(page, item))

    def back(self) -> None:
        place = self._visits.back()
        if place is not None:
            self._arrive(place)

    def forward(self) -> None:
        place = self._visits.forward()
        if place is not None:
            self._arrive(place)

    def open_link(self, link: str) -> bool:
        """Follow a link; it only navigates. False for one that names nothing known."""
        place = read_link(link)
        if place is None:
            return False
        self.show_place(place)
        return True

    def _copy_link(self) -> None:
        here = self._visits.here
        if here is not None:
            QApplication.clipboard().setText(here.link)
            self.desk.say(say("window", "The link to this place was copied."))

    # Refreshing

    def _refresh(self, changes: Changes) -> None:
        for screen in self._screens.values():
            screen.refresh(changes)
        if changes & (Changes.ARTISTS | Changes.WORKS):
            self.desk.ask(self, "artists", artists_commands.list_artists, self._take_artists)
        if changes & ~(Changes.SETTINGS | Changes.REPORTS):
            self._ask_badges()

    def _mark_seen(self) -> None:
        self.badges.mark_seen()

    def _take_artists(self, artists: tuple[ArtistRow, ...]) -> None:
        if artists == self.desk.artists:
            return
        before = self.desk.artist
        self.desk.set_artists(artists)
        self._show_rail()
        self.frame.rail.set_current(self.frame.current_page)
        self._show_artist()
        if self.desk.artist != before:
            self._show_scope(self.desk.artist)

    def _ask_badges(self) -> None:
        self.badges.ask()

    def _show_badges(self, waiting: int, unread: int) -> None:
        spoken = say_count("window", "1 question waits", "{n} questions wait", waiting)
        if "consent" in self._page_keys():
            self.frame.rail.set_badge("consent", waiting, spoken)
        self.frame.top_bar.set_unread(unread, say_count("window", "1 new", "{n} new", unread))

    def _show_scope(self, artist: ArtistId | None) -> None:
        self._show_artist()
        for screen in self._screens.values():
            screen.show_scope(artist)
        self._ask_badges()

    def _show_artist(self) -> None:
        chosen = next((row for row in self.desk.artists if row.id == self.desk.artist), None)
        if chosen is not None:
            second = chosen.label or say_count("window", "1 work", "{n} works", chosen.works)
            self.frame.top_bar.set_artist(chosen.id, chosen.name, second)
        elif self.desk.artists:
            count = say_count("window", "1 artist", "{n} artists", len(self.desk.artists))
            self.frame.top_bar.set_artist("", say("window", "All artists"), count)
        else:
            self.frame.top_bar.set_artist("", say("window", "No artist yet"), "")

    def _follow_settings(self, settings: Settings) -> None:
        self.desk.theme.choose(Appearance.of(settings))

    # Sync

    def _show_sync(self) -> None:
        self.frame.top_bar.set_sync(*self.sync.corner())
        notice = self.sync.notice()
        self.frame.notice.show_line(
            notice.words, notice.action, notice.icon, can_be_put_away=notice.can_be_put_away
        )

    def _put_notice_away(self) -> None:
        self.sync.put_notice_away()

    def _follow_notice(self) -> None:
        place = self.sync.notice_place()
        if self.sync.wants_sign_in:
            self.desk.account_wished.emit("sign_in")
        elif place is not None:
            self.desk.go(place)
        else:
            self.show_sync()

    def _after_round(self, _report: object) -> None:
        self._show_sync()

    def show_sync(self) -> None:
        panel = later.sync_panel()(self.desk, self.sync, self)
        panel.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        panel.open_below(self.frame.top_bar, at_end=True)

    # Panels and dialogs

    def switch_artist(self) -> None:
        if self.desk.artists:
            switcher = later.artist_switcher()(self.desk, self)
            switcher.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            switcher.open_below(self.frame.top_bar)

    def search(self) -> None:
        palette = later.palette()(self.desk, self.menus.offered, self)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette.open_over(self)

    def show_notifications(self) -> None:
        panel = later.notifications()(self.desk, self._messages, self)
        panel.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        panel.open_below(self.frame.top_bar, at_end=True)

    def _show_receipt(self, decision: DecisionId) -> None:
        later.receipt()(self.desk, decision, self).open()

    def _open_sheet(self, item: str) -> None:
        later.open_sheet()(self.desk, item, QApplication.activeModalWidget() or self)

    def _choose_receipt(self) -> None:
        dialog = QFileDialog(self, say("window", "Check a receipt"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [say("window", "Receipts (*.json *.jws *.jwt *.txt)"), say("window", "All files (*)")]
        )
        dialog.fileSelected.connect(self.check_receipt)
        dialog.open()

    def check_receipt(self, path: str) -> None:
        """Show what came of checking a receipt that somebody handed over."""
        later.receipt_file()(self.desk, Path(path), self).open()

    def _show_details(self, details: QWidget | None) -> None:
        if details is None:
            self.frame.hide_details()
        else:
            self.frame.show_details(details)

    def _show_message(self, words: str, action: str, do: object) -> None:
        self._messages.append((self.desk.clock(), words))
        screen = self.shown_screen
        if screen is not None:
            screen.message(words, action, do if callable(do) else None)

    def _show_going_on(self, words: str) -> None:
        """An import is told where the person is, until it ends."""
        shown = self.frame.current_page
        for key, screen in self._screens.items():
            if not words or key != shown:
                screen.messages.end_lasting()
            else:
                message = Message(words, say("dialog", "Cancel"))
                screen.messages.show_lasting(message, self.importer.cancel)
        if self._first_steps is not None:
            self._first_steps.show_going_on(words)

    def _show_problem(self, problem: Problem) -> None:
        """Where no page took it: at the bottom of the page, never a dialog."""
        self._show_message(problem_words(problem), "", None)

    def _show_shortcuts(self) -> None:
        later.shortcuts_page()(self.desk, self).open()

    def _show_glossary(self) -> None:
        later.glossary_page()(self.desk, self).open()

    def _show_announcements(self) -> None:
        self._open_sheet("announcements/")

    def _show_about(self) -> None:
        later.about_page()(self.desk, self).open()

    # Doing

    def filter_page(self) -> None:
        if self.shown_screen is not None:
            self.shown_screen.find_in_page()

    def _import(self) -> None:
        self.importer.choose_file()

    def _open_report(self) -> None:
        dialog = QFileDialog(self, say("window", "Open a report"))
        dialog.setNameFilters(
            [
                say(
                    "window",
                    "Reports and evidence files (*{suffix} *{evidence})",
                    suffix=REPORT_SUFFIX,
                    evidence=EVIDENCE_SUFFIX,
                ),
                say("window", "All files (*)"),
            ]
        )
        dialog.fileSelected.connect(self.open_report)
        dialog.open()

    def open_report(self, path: str) -> None:
        """Show a report, an evidence file or a signer's card; works without any account."""
        match what_it_is(Path(path)):
            case PackageKind.EVIDENCE:
                self._open_sheet(f"evidence-file/{path}")
            case PackageKind.CARD:
                self._open_sheet(f"signer-card/{path}")
            case _:
                self.show_place(Place("reports", f"report/{path}"))

    def _export(self) -> None:
        """What is open on the screen; else a report of what is here."""
        if self.shown_screen is None or not self.shown_screen.export_shown():
            self._create_report()

    def _print(self) -> None:
        if self.shown_screen is None or not self.shown_screen.print_shown():
            self.desk.say(say("window", "Nothing is open here that could be printed."))

    def _create_report(self) -> None:
        self.show_place(Place("reports", f"create/{self.desk.artist or ''}"))

    def _show_all_artists(self) -> None:
        if len(self.desk.artists) > 1:
            self.desk.choose_artist(None)

    def _choose_light(self) -> None:
        self.desk.change_settings(theme=ThemeChoice.LIGHT)

    def _choose_dark(self) -> None:
        self.desk.change_settings(theme=ThemeChoice.DARK)

    def _choose_system(self) -> None:
        self.desk.change_settings(theme=ThemeChoice.SYSTEM)

    def _next_part(self) -> None:
        self.frame.focus_next_part(True)

    def _former_part(self) -> None:
        self.frame.focus_next_part(False)

    # Files dropped anywhere

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            if self._drop_hint is None:
                self._drop_hint = later.drop_hint()(self.desk.theme, self)
            self._drop_hint.show_what(later.drop_words()(files))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._end_drop_hint()

    def _end_drop_hint(self) -> None:
        if self._drop_hint is not None:
            self._drop_hint.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._end_drop_hint()
        self._take_files([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])

    def _take_files(self, names: list[str]) -> None:
        self.importer.take([Path(name) for name in names])

    # The menu bar comes with F10 and goes again: every action is a command of Ctrl+K as well

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F10:
            self.toggle_menu_bar()
            return
        super().keyPressEvent(event)

    def show_menu(self) -> None:
        """The menus below their button, for whoever does not know F10."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each in self.menuBar().actions():
            menu.addAction(each)
        button = self.frame.top_bar.menu_button
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def toggle_menu_bar(self) -> None:
        bar = self.menuBar()
        bar.setVisible(not bar.isVisible())
        if bar.isVisible() and bar.actions():
            bar.setActiveAction(bar.actions()[0])

    # Geometry

    def _restore_geometry(self) -> None:
        room = self.screen().availableSize()
        width, height = _AT_FIRST
        self.resize(min(width, room.width()), min(height, room.height() - _TITLE_BAR))
        try:
            kept = b64decode(self.desk.settings.window, validate=True)
        except (binascii.Error, ValueError):
            return
        if kept:
            self.restoreGeometry(QByteArray(kept))

    def _keep_geometry(self) -> None:
        if self.isVisible():
            self.desk.change_settings(window=b64encode(self.saveGeometry().data()).decode("ascii"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_geometry()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._keep_geometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._keep_geometry()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep_geometry()
        if self._sync is not None:
            self._sync.stop()
        self.desk.save_settings_now()
        self.closing.emit()
        if not self._closes_now and not self.desk.background.is_finished:
            event.ignore()
            self._finish_first()
            return
        super().closeEvent(event)

    def close_now(self) -> None:
        """Close without waiting for anything; an import that runs stops, and nothing of it is kept."""
        self._closes_now = True
        if self._importer is not None:
            self._importer.cancel()
        self.close()

    def _finish_first(self) -> None:
        """What was begun is finished in sight; most often that is over before it can be read."""
        if self._finishing is None:
            self._finishing = later.finishing_cover()(self.desk.theme, self)
            self._finishing.end_wished.connect(self.close_now)
            self.desk.background.finished.connect(self.close_now)
        if self._importer is not None and self._importer.is_running:
            words = say(
                "window",
                "A file is being brought in. Closing now leaves nothing of it; it can be imported again.",
            )
        else:
            words = say("window", "What you did last is being written and sent.")
        self._finishing.show_what(words)

    def come_forward(self, file: str = "") -> None:
        """A second start: show this window, and the file that it was given."""
        self.setWindowState(
            (self.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive
        )
        self.show()
        self.raise_()
        self.activateWindow()
        if file:
            self._take_files([file])


def _what_there_is(console: Console) -> tuple[bool, tuple[ArtistRow, ...]]:
    return console.account is not None, artists_commands.list_artists(console)


def _parts(desk: Desk) -> Iterator[Callable[[], object]]:
    """What the window loads after the first paint."""
    yield desk.figures.load
    yield from later.REST
    for screen in SCREENS:
        yield partial(screen_class, screen.key)


def _page_action(screen: ScreenName) -> Action | None:
    if screen.key == "settings":
        return Action.SETTINGS
    order = ("overview", "works", "consent", "earnings", "roster", "reports", "letters")
    return PAGE_KEYS[order.index(screen.key)] if screen.key in order else None
