"""Public lists as cards: what each is, where it came from, and the models documented as trained on it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands import lists as lists_commands
from artist_console.commands.imports import FileKind
from artist_console.commands.lists import ListCard
from artist_console.domain.ids import DatasetVersionId
from artist_console.domain.inclusion import DocumentedModel
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.sections import KeyValues, Note
from artist_console.ui.widgets.states import StateStack

_WEB = ("https://", "http://")


class ListsDialog(Sheet):
    """Every public list that was brought in, or one of them."""

    def __init__(self, desk: Desk, parent: QWidget, dataset: DatasetVersionId | None = None) -> None:
        title = say("lists", "Public lists") if dataset is None else say("lists", "A public list")
        super().__init__(desk.theme, "lists", title, 760, 680, parent)
        self._desk, self._dataset = desk, dataset
        listed = say("lists", "A list shows that somebody listed a work. It does not show that a model was "
                     "trained on it, nor that the list is still in use.")  # fmt: skip
        self.set_heading(title, listed)
        content = QWidget()
        self.cards = QVBoxLayout(content)
        self.cards.setContentsMargins(0, 0, 0, 0)
        self.cards.setSpacing(16)
        self.states = StateStack(desk.theme, content)
        self.states.retry.connect(self._ask)
        self.inside.addWidget(self.states, 1)
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(None, close, safe=close)
        self.states.show_loading(say("lists", "Reading the lists"))
        self._ask()

    def _ask(self) -> None:
        dataset = self._dataset
        if dataset is None:
            self._desk.ask(self, "lists", lists_commands.list_cards, self.show_cards, self._failed)
        else:
            self._desk.ask(
                self,
                "lists",
                lambda console: (lists_commands.list_card(console, dataset),),
                self.show_cards,
                self._failed,
            )

    def _failed(self, problem: Problem) -> None:
        self.states.show_error(problem)

    def show_cards(self, cards: tuple[ListCard, ...]) -> None:
        clear_layout(self.cards)
        for card in cards:
            self.cards.addWidget(self._card(card))
        self.cards.addStretch(1)
        if cards:
            self.states.show_content()
            return
        bring = Button(self._desk.theme, say("lists", "Import a list…"), icon=Icon.IMPORT)
        bring.clicked.connect(self._import)
        self.states.show_empty(
            say("lists", "No public list yet"),
            say("lists", "Download the list that a dataset is made from, and bring it in here."),
            bring,
        )

    def _import(self) -> None:
        self.accept()
        self._desk.import_wished.emit(FileKind.DATASET_LIST)

    def _card(self, found: ListCard) -> Card:
        theme, figures, dataset = self._desk.theme, self._desk.figures, found.dataset
        card = Card(theme, f"{dataset.name} {dataset.version}".strip())
        told = KeyValues(theme)
        facts = (
            (say("lists", "Published by"), dataset.publisher),
            (say("lists", "Licence"), dataset.licence),
            (say("lists", "Where it was obtained"), dataset.obtained_from),
            (say("lists", "Brought in on"), figures.day(dataset.brought_on) if dataset.brought_on else ""),
            (say("lists", "Rows"), figures.number(dataset.rows) if dataset.rows is not None else ""),
        )
        for name, value in facts:
            told.add(name, value or say("lists", "Not known"))
        if dataset.sha256:
            told.add(say("lists", "Hash of the file"), dataset.sha256, copy=True)
        card.add(told)
        card.add(label(self._hits_words(found), tone=Token.TEXT_2, wrap=True))
        if found.hits:
            rows = LinkButton(theme, say("lists", "Look at the rows…"))
            rows.setAccessibleName(say("lists", "Look at the rows of {list}…", list=isolate(dataset.name)))
            rows.clicked.connect(partial(self._show_rows, dataset.id))
            card.body.addLayout(row(rows, None))
        card.body.addLayout(self._documented(found.documented))
        return card

    def _hits_words(self, found: ListCard) -> str:
        if not found.hits:
            return say("lists", "No row of it looks like a work of yours.")
        works = say_count("lists", "It names 1 work of yours", "It names {n} works of yours", found.works)
        if not found.open:
            return say("lists", "{works}; every row has its answer.", works=works)
        waiting = say_count("lists", "1 row has no answer", "{n} rows have no answer", found.open)
        return say("lists", "{works}; {rows}.", works=works, rows=waiting)

    def _documented(self, models: tuple[DocumentedModel, ...]) -> QVBoxLayout:
        """What public sources say; documented is not the same as used."""
        if not models:
            nothing = say("lists", "No public source is known here that names a model trained on it.")
            return column(label(nothing, TextRole.SMALL, Token.TEXT_3, wrap=True))
        told = column(label(say("lists", "Documented as trained on it"), weight="strong"), gap=10)
        for model in models:
            told.addLayout(self._model(model))
        caveat = say(
            "lists",
            "That is what a public source says of the whole list. Nobody states it of your work.",
        )
        told.addWidget(Note(self._desk.theme, caveat, Tint.NEUTRAL, Icon.INFO))
        return told

    def _model(self, model: DocumentedModel) -> QVBoxLayout:
        named = " · ".join(part for part in (model.name, model.publisher) if part)
        told = column(label(named, weight="medium", wrap=True), gap=2)
        if model.says:
            told.addWidget(label(model.says, tone=Token.TEXT_2, wrap=True))
        checked = (
            say("lists", "Source checked on {day}", day=self._desk.figures.day(model.checked_on))
            if model.checked_on is not None
            else say("lists", "Source not looked up yet")
        )
        source = label(f"{checked}: {isolate(model.source)}", TextRole.SMALL, Token.TEXT_3, wrap=True)
        told.addWidget(source)
        if model.source.startswith(_WEB):
            link = LinkButton(self._desk.theme, say("lists", "Open the source"))
            link.setAccessibleName(say("lists", "Open the source about {model}", model=isolate(model.name)))
            link.clicked.connect(partial(self._open_source, model.source))
            told.addLayout(row(link, None))
        return told

    def _open_source(self, address: str) -> None:
        QDesktopServices.openUrl(QUrl(address))

    def _show_rows(self, dataset: DatasetVersionId) -> None:
        self._desk.sheet_wished.emit(f"list-hits/{dataset}")
