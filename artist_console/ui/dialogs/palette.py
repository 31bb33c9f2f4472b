"""Ctrl+K: one field for works, artists, programmes, cases, addressees and every command of the menus."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from artist_console.commands.cases import CaseRow
from artist_console.commands.name_search import Named, find_named
from artist_console.domain import work_words
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.work_rows import WorkSummary
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.artist_switcher import folded
from artist_console.ui.dialogs.choices import Choice, ChoiceList
from artist_console.ui.dialogs.popup import Popup
from artist_console.ui.icons import Icon
from artist_console.ui.letter_words import addressee_kind_words, case_chip
from artist_console.ui.meanings import domain_words, where_chip
from artist_console.ui.places import Place
from artist_console.ui.tables.works_cells import work_title
from artist_console.ui.text import say

_WIDTH = 620
_TOP = 120
_MOST_WORKS = 6
_MOST_OTHERS = 4
_MOST_COMMANDS = 8


class Palette(Popup):
    """Results in groups, the first one chosen, Enter opens it."""

    def __init__(self, desk: Desk, actions: Sequence[QAction], parent: QWidget) -> None:
        width = min(_WIDTH, parent.width() - 80)
        super().__init__(desk.theme, say("palette", "Search and commands"), parent, width)
        self._desk = desk
        self._actions = [action for action in actions if action.isEnabled() and action.text()]
        self.choices = ChoiceList(
            desk.theme, say("palette", "Search works, programmes, cases, addressees, commands")
        )
        self.choices.typed.connect(self._search)
        self.choices.chosen.connect(self._take)
        self.inside.addWidget(self.choices)
        self._show(Named())
        self.choices.setFocus()

    def open_over(self, window: QWidget) -> None:
        self._before = window.focusWidget()
        self.fit()
        self.move(window.mapToGlobal(QPoint((window.width() - self.width()) // 2, _TOP)))
        self.show()
        self.choices.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _search(self, text: str) -> None:
        wanted = text.strip()
        if not wanted:
            self._show(Named())
            return
        artist = self._desk.artist
        self._desk.ask(
            self,
            "search",
            lambda console: find_named(console, wanted, artist, _MOST_WORKS, _MOST_OTHERS),
            self._show,
        )

    def _show(self, found: Named) -> None:
        text, works = found.text, found.works
        wanted = folded(text)
        choices: list[Choice] = []
        if works:
            choices.append(Choice(say("palette", "Works")))
            choices += [_work_choice(work, with_artist=self._desk.artist is None) for work in works]
        artists = [row for row in self._desk.artists if text and wanted in folded(row.name)][:_MOST_OTHERS]
        if artists:
            choices.append(Choice(say("palette", "Artists")))
            choices += [Choice(row.name, row.label, row.id, picture=row.id) for row in artists]
        asked = [
            row
            for row in found.programmes
            if text and wanted in folded(f"{row.programme.name} {row.operator_name}")
        ][:_MOST_OTHERS]
        if asked:
            choices.append(Choice(say("palette", "Programmes")))
            choices += [
                Choice(
                    row.programme.name,
                    row.operator_name,
                    Place("consent", f"programme/{row.programme.id}"),
                    Icon.PROGRAMME,
                )
                for row in asked
            ]
        if found.cases:
            choices.append(Choice(say("palette", "Cases")))
            choices += [_case_choice(row, with_artist=self._desk.artist is None) for row in found.cases]
        if found.addressees:
            choices.append(Choice(say("palette", "Addressees")))
            choices += [
                Choice(
                    each.name,
                    addressee_kind_words(each.kind),
                    Place("letters", f"addressee/{each.id}"),
                    Icon.PEOPLE,
                )
                for each in found.addressees
            ]
        commands = [action for action in self._actions if not text or wanted in folded(plain_text(action))]
        if commands:
            choices.append(Choice(say("palette", "Do")))
            choices += [_command_choice(action) for action in commands[: _MOST_COMMANDS if text else None]]
        if not choices:
            choices.append(Choice(say("palette", "Nothing has this name.")))
        self.choices.show_choices(choices)
        self.fit()

    def _take(self, value: object) -> None:
        self.accept()
        match value:
            case Place():
                self._desk.go(value)
            case QAction():
                value.trigger()
            case str():
                row = next((row for row in self._desk.artists if row.id == value), None)
                if row is not None:
                    self._desk.choose_artist(row.id)


def plain_text(action: QAction) -> str:
    """The words of an action without the mark of its menu key."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")


def _work_choice(work: WorkSummary, *, with_artist: bool) -> Choice:
    kind = domain_words(work_words.WORK_KIND[work.kind])
    parts = [kind, work.artist_name if with_artist else "", work.release_title, where_chip(work).shown]
    detail = " · ".join(part for part in parts if part)
    icon = Icon.SONG if work.kind is WorkKind.COMPOSITION else Icon.WORKS
    return Choice(work_title(work), detail, Place("works", f"work/{work.work}"), icon)


def _case_choice(row: CaseRow, *, with_artist: bool) -> Choice:
    parts = [row.artist_name if with_artist else "", case_chip(row.standing).shown]
    detail = " · ".join(part for part in parts if part)
    return Choice(row.case.title, detail, Place("letters", f"case/{row.case.id}"), Icon.LETTER)


def _command_choice(action: QAction) -> Choice:
    keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
    icon = action.property("icon")
    return Choice(
        plain_text(action), "", action, icon if isinstance(icon, Icon) else Icon.ARROW_RIGHT, keys=keys
    )
