"""Letters and cases, deadlines, reservations, and switches elsewhere: what can be done, and how it stands."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from artist_console.domain.changes import Changes
from artist_console.domain.ids import ArtistId
from artist_console.ui import later
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.pages.letters_cases import CasesPart
from artist_console.ui.pages.letters_drops import DropLine, dropped_files
from artist_console.ui.pages.screen import Screen
from artist_console.ui.places import part_of
from artist_console.ui.text import say, say_count
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.pills import PillGroup

if TYPE_CHECKING:
    from artist_console.commands.cases import CaseRow


class PartName(Enum):
    CASES = "cases"
    DEADLINES = "deadlines"
    RESERVATIONS = "reservations"
    ELSEWHERE = "elsewhere"


class Part(Protocol):
    """What the page asks of each of its parts, which are widgets."""

    def show_scope(self, artist: ArtistId | None) -> None: ...

    def reload(self) -> None: ...


@runtime_checkable
class HasSections(Protocol):
    """A part that a place can lead into the middle of."""

    def show_section(self, name: str) -> None: ...


class LettersScreen(Screen):
    """Four parts below one title. Files dropped here belong to a case; which one is said before."""

    key = "letters"
    shows = Changes.CASES | Changes.CONSENT | Changes.WORKS | Changes.ARTISTS | Changes.SYNC

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAcceptDrops(True)
        self._build_head()
        self.cases = CasesPart(desk)
        self.cases.counted.connect(self._show_count)
        self.cases.write_wished.connect(self.write)
        self.parts: dict[PartName, QWidget] = {PartName.CASES: self.cases}
        self._out_of_date_parts: set[PartName] = set()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.cases)
        self.drop_line = DropLine(desk.theme)
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self._stack, 1)
        self.set_content(content, margins=False)
        self._build_actions()

    def _build_head(self) -> None:
        theme = self.desk.theme
        self.reply_button = Button(theme, say("letters", "Drop in a reply…"), icon=Icon.IMPORT)
        self.reply_button.clicked.connect(self.choose_reply)
        self.add_action(self.reply_button)
        self.write_button = Button(theme, say("letters", "Write a letter…"), ButtonKind.PRIMARY, Icon.LETTER)
        self.write_button.clicked.connect(self.write)
        self.add_action(self.write_button)
        self.pills = PillGroup(theme, say("letters", "Parts of this page"))
        self.pills.set_pills([(part, _part_words(part), None) for part in _offered_parts()])
        self.pills.chosen.connect(self._choose_part)
        self.add_filter(self.pills)
        self.calendar_button = Button(
            theme, say("letters", "Calendar file…"), ButtonKind.QUIET, Icon.CALENDAR
        )
        self.calendar_button.clicked.connect(self.save_calendar)
        self.addressees_button = Button(theme, say("letters", "Addressees…"), ButtonKind.QUIET, Icon.PEOPLE)
        self.addressees_button.clicked.connect(self.show_addressees)
        self.filter_end(self.addressees_button)
        self.filter_end(self.calendar_button)

    def _build_actions(self) -> None:
        for words, do in (
            (say("letters", "Write a letter…"), self.write),
            (say("letters", "Drop in a reply…"), self.choose_reply),
            (say("letters", "Calendar file…"), self.save_calendar),
            (say("letters", "Addressees…"), self.show_addressees),
        ):
            self._offer(words, do)

    def _offer(self, words: str, do: Callable[[], None]) -> None:
        action = QAction(words, self)
        action.setShortcut(QKeySequence())
        action.triggered.connect(do)
        self.addAction(action)

    # Parts

    @property
    def part(self) -> PartName:
        """The part that is shown."""
        shown = self._stack.currentWidget()
        return next(name for name, widget in self.parts.items() if widget is shown)

    def show_part(self, name: PartName) -> None:
        if name not in _offered_parts():
            return
        if name not in self.parts:
            made = _make_part(name, self.desk)
            self.parts[name] = made
            self._stack.addWidget(made)
            _part(made).show_scope(self.artist)
            self._out_of_date_parts.add(name)
        if self.part is PartName.CASES and name is not PartName.CASES:
            self.cases.leave()
        self.pills.set_current(name)
        self._stack.setCurrentWidget(self.parts[name])
        if name in self._out_of_date_parts:
            self._out_of_date_parts.discard(name)
            _part(self.parts[name]).reload()
        if name is PartName.CASES:
            self.cases.enter()

    def _choose_part(self, chosen: object) -> None:
        if isinstance(chosen, PartName):
            self.show_part(chosen)
            item = "" if chosen is PartName.CASES else f"{chosen.value}/"
            self.desk.item_opened.emit(self.key, item)

    def show_scope(self, artist: ArtistId | None) -> None:
        for part in self.parts.values():
            _part(part).show_scope(artist)
        super().show_scope(artist)

    def reload(self) -> None:
        """The part that is shown; the others when they are shown next."""
        self._out_of_date_parts = set(self.parts) - {self.part}
        _part(self.parts[self.part]).reload()

    def _show_count(self, cases: int) -> None:
        self.set_count(say_count("letters", "1 case", "{n} cases", cases) if cases else "")

    # Places

    def open_item(self, item: str) -> None:
        case = part_of(item, "case")
        kind, _, rest = item.partition("/")
        if case:
            self.show_part(PartName.CASES)
            self.cases.open_case(case)
        elif kind == "letter":
            self.write()
        elif kind == "addressee":
            self.desk.sheet_wished.emit(item)
        elif kind in {name.value for name in PartName}:
            self.show_part(PartName(kind))
            self._bring_into_sight(PartName(kind), rest)

    def _bring_into_sight(self, name: PartName, what: str) -> None:
        part: object = self.parts.get(name)
        if isinstance(part, HasSections):
            part.show_section(what)

    def close_item(self) -> None:
        self.show_part(PartName.CASES)

    def enter(self) -> None:
        if self.part is PartName.CASES:
            self.cases.enter()

    def main_stop(self) -> QWidget | None:
        return self.cases.main_stop() if self.part is PartName.CASES else None

    def find_in_page(self) -> None:
        if self.part is PartName.CASES:
            self.cases.focus_filter()

    # Doing

    def write(self) -> None:
        """Write a letter, about nothing in particular yet."""
        later.new_letter()(self.desk, self.window()).open()

    def choose_reply(self) -> None:
        """A file from the disk, for whoever does not drag."""
        self.cases.doings.choose_files()

    def save_calendar(self) -> None:
        later.calendar_file()(self.desk, self.artist, self.window()).open()

    def show_addressees(self) -> None:
        self.desk.sheet_wished.emit("addressee/all")

    # Files held over the page

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self._tell_drop(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self._tell_drop(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.bar(None)

    def dropEvent(self, event: QDropEvent) -> None:
        self.bar(None)
        files = dropped_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.cases.doings.take_files(files, self._case_below(event))

    def _tell_drop(self, event: QDropEvent) -> None:
        below = self._case_below(event)
        self.drop_line.show_for(dropped_files(event.mimeData()), below.case.title if below else "")
        self.bar(self.drop_line)

    def _case_below(self, event: QDropEvent) -> CaseRow | None:
        if self.part is not PartName.CASES:
            return None
        return self.cases.case_at(self.cases.mapFrom(self, event.position().toPoint()))


def _part(widget: QWidget) -> Part:
    """A part by what the page asks of it: Qt's widgets cannot be of a protocol by declaration."""
    return cast(Part, widget)


def _offered_parts() -> tuple[PartName, ...]:
    """Those that there are; each is loaded when it is first shown."""
    return tuple(name for name in PartName if name is PartName.CASES or later.letters_part(name.value))


def _make_part(name: PartName, desk: Desk) -> QWidget:
    made = later.letters_part(name.value)
    assert made is not None, "only parts that are offered are shown"
    return made(desk)


def _part_words(name: PartName) -> str:
    return {
        PartName.CASES: say("letters", "Cases"),
        PartName.DEADLINES: say("letters", "Deadlines"),
        PartName.RESERVATIONS: say("letters", "Reservations"),
        PartName.ELSEWHERE: say("letters", "Elsewhere"),
    }[name]
