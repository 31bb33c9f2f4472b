"""What the money page is narrowed down to: programme, kind of money, use, territory, store, work.

Whatever holds stands as a chip that can be taken away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from artist_console.commands.earnings import EarningsQuery, EarningsView
from artist_console.domain import words
from artist_console.domain.ids import ProgrammeId, WorkId
from artist_console.domain.line_figures import LineFilter
from artist_console.domain.statements import LineKind
from artist_console.domain.uses import Use
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words
from artist_console.ui.text import isolate, say, visible_line
from artist_console.ui.theme import Theme
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.page import Page
from artist_console.ui.widgets.pills import RemovablePill

_WORKS_OFFERED = 20


@dataclass(frozen=True, slots=True)
class Narrowing:
    """None and "" do not narrow down."""

    programme: ProgrammeId | None = None
    kind: LineKind | None = None
    use: Use | None = None
    territory: str = ""
    source: str = ""
    work: WorkId | None = None

    @property
    def is_narrow(self) -> bool:
        return self != Narrowing()

    def lines(self) -> LineFilter:
        """The lines of a statement that the same narrowing leaves."""
        return LineFilter(
            work=self.work,
            programme=self.programme,
            kind=self.kind,
            use=self.use,
            territory=self.territory,
            source=self.source,
        )

    def of(self, query: EarningsQuery) -> EarningsQuery:
        """The query narrowed down."""
        return replace(
            query,
            programme=self.programme,
            kind=self.kind,
            use=self.use,
            territory=self.territory,
            source=self.source,
            work=self.work,
        )


class EarningsFilters(QObject):
    """The Filter button of a page, its menu, and the chips beside it."""

    changed = Signal()

    def __init__(self, theme: Theme, page: Page) -> None:
        super().__init__(page)
        self._theme = theme
        self._page = page
        self._view: EarningsView | None = None
        self._titles: dict[WorkId, str] = {}
        self._chips: list[RemovablePill] = []
        self._named: dict[str, str] = {}
        self.narrowing = Narrowing()
        self.button = Button(theme, say("earnings", "Filter"), ButtonKind.QUIET, Icon.FILTER)
        self.menu = QMenu(page)
        self.menu.aboutToShow.connect(self._fill)
        self.button.setMenu(self.menu)

    # What can be chosen

    def offer(self, view: EarningsView) -> None:
        """Offer what the money of this artist has; a work that is filtered by keeps its title."""
        if self._view is None or not self.narrowing.is_narrow:
            # What is narrowed down to would leave itself as the only choice.
            self._view = view
        self._titles |= {
            each.work: each.title for each in view.top_works if each.work is not None and each.title
        }
        self._show_chips()

    def choose(self, **changes: Any) -> None:
        """Narrow down further, or less, by the names of `Narrowing`."""
        narrowing = replace(self.narrowing, **changes)
        if narrowing != self.narrowing:
            self.narrowing = narrowing
            self._show_chips()
            self.changed.emit()

    def clear(self) -> None:
        """Narrow down no more."""
        if self.narrowing.is_narrow:
            self.narrowing = Narrowing()
            self._show_chips()
            self.changed.emit()

    def forget(self) -> None:
        """Another artist: what narrowed down does not hold there."""
        self.narrowing = Narrowing()
        self._view = None
        self._show_chips()

    def name_work(self, work: WorkId, title: str) -> None:
        self._titles[work] = title

    def _fill(self) -> None:
        menu, view = self.menu, self._view
        menu.clear()
        if view is None:
            return
        now = self.narrowing
        works: dict[WorkId, str] = {}
        for each in view.top_works[:_WORKS_OFFERED]:
            if each.work is not None:
                works.setdefault(each.work, each.title)
        kinds = [(kind, domain_words(said)) for kind, said in view.kinds]
        uses = [(use, domain_words(said)) for use, said in view.uses]
        for title, name, offered, held in (
            (say("earnings", "Programme"), "programme", view.programmes, now.programme),
            (say("earnings", "Kind of money"), "kind", kinds, now.kind),
            (say("earnings", "Use"), "use", uses, now.use),
            (say("earnings", "Territory"), "territory", [(t, t) for t in view.territories], now.territory),
            (say("earnings", "Store or service"), "source", [(s, s) for s in view.sources], now.source),
            (say("earnings", "Recording or song"), "work", tuple(works.items()), now.work),
        ):
            self._submenu(title, name, offered, held)
        menu.addSeparator()
        menu.addAction(say("earnings", "Clear filters"), self.clear).setEnabled(now.is_narrow)

    def _submenu(self, title: str, name: str, offered: Iterable[tuple[Any, str]], held: object) -> None:
        choices: Sequence[tuple[Any, str]] = tuple(offered)
        submenu = self.menu.addMenu(title)
        submenu.setEnabled(bool(choices))
        for value, said in choices:
            action = submenu.addAction(visible_line(said).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value == held)
            action.setData((name, value))
        submenu.triggered.connect(self._choose_action)

    def _choose_action(self, action: QAction) -> None:
        name, value = action.data()
        if value == getattr(self.narrowing, name):
            value = getattr(Narrowing(), name)  # pressed again: let go
        self.choose(**{name: value})

    # What holds

    def named(self) -> dict[str, str]:
        """What holds now: the name of each field that narrows down, and its words."""
        now = self.narrowing
        held: dict[str, str] = {}
        if now.programme is not None:
            known = dict(self._view.programmes) if self._view is not None else {}
            held["programme"] = isolate(known.get(now.programme, now.programme))
        if now.kind is not None:
            held["kind"] = domain_words(words.LINE_KIND[now.kind][0])
        if now.use is not None:
            held["use"] = domain_words(words.USE[now.use][0])
        if now.territory:
            held["territory"] = isolate(now.territory)
        if now.source:
            held["source"] = isolate(now.source)
        if now.work is not None:
            held["work"] = isolate(self._titles.get(now.work, say("earnings", "One recording or song")))
        return held

    def words(self) -> tuple[str, ...]:
        """What holds now, as sentences for paper."""
        return tuple(say("earnings", "Only: {words}.", words=said) for said in self.named().values())

    def _show_chips(self) -> None:
        named = self.named()
        if named == self._named:
            return  # one of them may have the keyboard
        self._named = named
        for chip in self._chips:
            self._page.filters.removeWidget(chip)
            chip.deleteLater()
        self._chips = []
        for name, said in named.items():
            self._chip(said, name)

    def _chip(self, said: str, name: str) -> None:
        chip = RemovablePill(self._theme, said)
        chip.setProperty("narrows", name)
        chip.removed.connect(self._drop_sender)
        self._page.add_filter(chip)
        self._chips.append(chip)

    def _drop_sender(self) -> None:
        name = str(self.sender().property("narrows"))
        self.button.setFocus()
        self.choose(**{name: getattr(Narrowing(), name)})
