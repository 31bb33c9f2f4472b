"""What organisations have publicly announced about AI and music: marked as such, with date and source."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands import directory
from artist_console.commands.directory import Announcement, Organisation
from artist_console.domain.parties import OrganisationRole
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.text import isolate, label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, LinkButton
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.fields import SearchField
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.sections import Note
from artist_console.ui.widgets.states import StateStack

_WEB = ("https://", "http://")
_SHOWN_AT_FIRST = 20


def role_words(role: OrganisationRole) -> str:
    return {
        OrganisationRole.OPERATOR: say("directory", "AI company"),
        OrganisationRole.LICENSOR: say("directory", "licensor"),
        OrganisationRole.LICENSING_BODY: say("directory", "licensing body"),
        OrganisationRole.DISTRIBUTOR: say("directory", "distributor"),
        OrganisationRole.LABEL: say("directory", "label"),
        OrganisationRole.PUBLISHER: say("directory", "publisher"),
        OrganisationRole.SOCIETY: say("directory", "society"),
        OrganisationRole.MANAGEMENT: say("directory", "management"),
    }[role]


class AnnouncementsDialog(Sheet):
    """One card an organisation, newest announcement first; a field narrows them."""

    def __init__(self, desk: Desk, parent: QWidget, text: str = "") -> None:
        super().__init__(
            desk.theme, "announcements", say("directory", "Public announcements"), 780, 720, parent
        )
        self._desk = desk
        self._found: tuple[Organisation, ...] = ()
        self.set_heading(
            say("directory", "Public announcements"),
            say(
                "directory",
                "What was made public about AI and music. None of it says that a work of yours is used or "
                "licensed, and terms that were not published are not known here.",
            ),
        )
        self.search = SearchField(desk.theme, say("directory", "Organisation or partner"))
        self.search.searched.connect(self.show_matching)
        self.inside.addWidget(self.search)
        content = QWidget()
        self._cards = QVBoxLayout(content)
        self._cards.setContentsMargins(0, 4, 0, 0)
        self._cards.setSpacing(12)
        self.states = StateStack(desk.theme, content)
        self.inside.addWidget(self.states, 1)
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(None, close, safe=close)
        self.search.set_words(text)
        self.show_matching(text)
        self.search.setFocus()

    @property
    def found(self) -> tuple[Organisation, ...]:
        return self._found

    def show_matching(self, text: str) -> None:
        self._found = directory.organisations(text)
        self._fill(_SHOWN_AT_FIRST)
        if self._found:
            self.states.show_content()
        else:
            self.states.show_empty(
                say("directory", "No organisation of this name is in the directory."),
                say("directory", "That it is not listed does not show that it has no agreements."),
            )

    def _fill(self, most: int) -> None:
        clear_layout(self._cards)
        for each in self._found[:most]:
            self._cards.addWidget(self._card(each))
        if len(self._found) > most:
            more = LinkButton(self._desk.theme, say("directory", "See all {n}", n=len(self._found)))
            more.clicked.connect(partial(self._fill, len(self._found)))
            self._cards.addLayout(row(more, None))
        self._cards.addStretch(1)

    def _card(self, each: Organisation) -> Card:
        card = Card(self._desk.theme, each.name, padding=16)
        card.body.setSpacing(10)
        roles = ", ".join(role_words(role) for role in each.roles)
        if roles:
            card.add(label(roles, TextRole.SMALL, Token.TEXT_3, wrap=True))
        for announcement in reversed(each.announcements):
            card.body.addLayout(self._announcement(each, announcement))
        if not each.announcements:
            nothing = say("directory", "No announcement about AI is in the directory.")
            card.add(label(nothing, tone=Token.TEXT_2, wrap=True))
        return card

    def _announcement(self, each: Organisation, told: Announcement) -> QVBoxLayout:
        figures = self._desk.figures
        lines = column(label(told.title, weight="medium", wrap=True), gap=3)
        lines.addWidget(label(told.says, tone=Token.TEXT_2, wrap=True, selectable=True))
        if told.with_:
            partners = say("directory", "With {names}", names=", ".join(isolate(name) for name in told.with_))
            lines.addWidget(label(partners, TextRole.SMALL, Token.TEXT_2, wrap=True))
        marked = say("directory", "Public announcement of {day}.", day=figures.day(told.on))
        checked = say("directory", "Source checked on {day}.", day=figures.day(told.checked_on))
        lines.addWidget(Note(self._desk.theme, f"{marked} {checked}", Tint.NEUTRAL, Icon.GLOBE))
        if told.source.startswith(_WEB):
            link = LinkButton(self._desk.theme, say("directory", "Open the source"))
            link.setAccessibleName(say("directory", "Open the source: {title}", title=told.title))
            link.clicked.connect(partial(self._open_source, told.source))
            lines.addLayout(row(link, label(told.source, TextRole.SMALL, Token.TEXT_3, wrap=True), gap=8))
        return lines

    def _open_source(self, address: str) -> None:
        QDesktopServices.openUrl(QUrl(address))
