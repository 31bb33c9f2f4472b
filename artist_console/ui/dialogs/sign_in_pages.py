"""The pages of signing in: the address, who runs the service, a one-time code, waiting for a person."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTime, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from artist_console.commands.signing_in import AskOnAnotherDevice, KeptIn, Way, WhoRuns
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words
from artist_console.ui.text import elided, label, say, say_count
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, CheckBox
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import column, row
from artist_console.ui.widgets.sections import Note

_LONGEST_ADDRESS = 300
_LONGEST_CODE = 100


class Page(QWidget):
    """One step. `take_focus` puts the keyboard where this step begins."""

    def take_focus(self) -> None:
        self.setFocus()


class AddressPage(Page):
    """The address of the service."""

    entered = Signal()

    def __init__(self, theme: Theme, address: str) -> None:
        super().__init__()
        self.edit = QLineEdit(address)
        self.edit.setPlaceholderText("https://")
        self.edit.setMaxLength(_LONGEST_ADDRESS)
        self.edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.edit.returnPressed.connect(self.entered)
        hint = say("sign-in", "Nothing of this profile is sent before you have signed in.")
        self.setLayout(column(Field(theme, say("sign-in", "Address"), self.edit, hint), gap=10))

    @property
    def address(self) -> str:
        return self.edit.text().strip()

    def take_focus(self) -> None:
        self.edit.setFocus()
        self.edit.selectAll()


class ServicePage(Page):
    """Who runs the service, what it can read, and the ways in that it offers."""

    browser_wished = Signal()
    device_wished = Signal()
    code_wished = Signal()

    def __init__(self, theme: Theme, service: WhoRuns, places: tuple[KeptIn, ...]) -> None:
        super().__init__()
        lines = column(gap=12)
        who = (
            say(
                "sign-in",
                "The service at {host} says that {name} runs it.",
                host=service.host,
                name=service.name,
            )
            if service.name
            else say("sign-in", "The service at {host} does not say who runs it.", host=service.host)
        )
        lines.addWidget(label(who, wrap=True))
        for title, listed, icon in (
            (say("sign-in", "Whoever runs it can read"), service.can_read, Icon.EYE),
            (say("sign-in", "They cannot read"), service.cannot_read, Icon.SHIELD),
        ):
            lines.addWidget(_listed(theme, title, listed, icon))
        self.keep = CheckBox(theme, say("sign-in", "Stay signed in on this computer"))
        self.keep.setChecked(KeptIn.KEYRING in places)
        self.keep.setVisible(KeptIn.KEYRING in places)
        lines.addWidget(self.keep)
        if KeptIn.KEYRING not in places:
            words = say(
                "sign-in",
                "This profile has no keyring, so the sign-in ends when you close the application. What you"
                " decide meanwhile waits for the next one.",
            )
            lines.addWidget(Note(theme, words, Tint.NEUTRAL, Icon.KEY))
        self.browser = Button(theme, say("sign-in", "In the browser"), icon=Icon.GLOBE)
        self.browser.clicked.connect(self.browser_wished)
        self.device = Button(theme, say("sign-in", "On another device…"), icon=Icon.COMPUTER)
        self.device.clicked.connect(self.device_wished)
        self.code = Button(theme, say("sign-in", "With a one-time code…"), icon=Icon.KEY)
        self.code.clicked.connect(self.code_wished)
        for button, way in (
            (self.browser, Way.BROWSER),
            (self.device, Way.DEVICE_CODE),
            (self.code, Way.ONE_TIME_CODE),
        ):
            button.setVisible(way in service.ways)
        lines.addWidget(label(say("sign-in", "How do you want to sign in?"), weight="strong", wrap=True))
        lines.addLayout(row(self.browser, self.device, self.code, None))
        self.setLayout(lines)

    @property
    def kept(self) -> KeptIn:
        return KeptIn.KEYRING if self.keep.isChecked() else KeptIn.MEMORY

    def take_focus(self) -> None:
        offered = (each for each in (self.browser, self.device, self.code) if not each.isHidden())
        first = next(offered, None)
        if first is not None:
            first.setFocus()


def _listed(theme: Theme, title: str, listed: tuple[str, ...], icon: Icon) -> Card:
    card = Card(theme)
    card.add(label(title, weight="medium", wrap=True))
    for words in listed:
        card.add(label(say("sign-in", "• {what}", what=domain_words(words)), tone=Token.TEXT_2, wrap=True))
    return card


class CodePage(Page):
    """A one-time code."""

    entered = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.edit = QLineEdit()
        self.edit.setMaxLength(_LONGEST_CODE)
        self.edit.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.edit.returnPressed.connect(self.entered)
        self.field = Field(theme, say("sign-in", "One-time code"), self.edit)
        self.setLayout(column(self.field, gap=10))

    @property
    def code(self) -> str:
        return self.edit.text().strip()

    def show_fault(self, words: str) -> None:
        self.field.show_fault(words)
        self.edit.setFocus()

    def take_focus(self) -> None:
        self.edit.setFocus()


class WaitingPage(Page):
    """What the person does elsewhere, and what they need for it."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__()
        self._theme = theme
        self.words = label(words, wrap=True)
        self._more = column(gap=10)
        self.copy = Button(theme, "", icon=Icon.COPY)
        self.copy.clicked.connect(self._copy)
        self.copy.hide()
        self._copied = ""
        lines = column(self.words, gap=14)
        lines.addLayout(self._more)
        lines.addLayout(row(self.copy, None))
        self.setLayout(lines)

    def take_focus(self) -> None:
        self.copy.setFocus()

    def show_address(self, page: str, *, opened: bool) -> None:
        """The page that was opened, for where no browser came up."""
        if not opened:
            words = say(
                "sign-in", "No browser came up. Copy the address and open it in one on this computer."
            )
            self.words.setText(words)
        self._offer(say("sign-in", "Copy the address"), page)

    def show_code(self, asked: AskOnAnotherDevice) -> None:
        """The code to type on another device, and where."""
        self.words.setText(
            say("sign-in", "Open this page on a phone or another computer, and type the code there.")
        )
        page = elided(asked.page, TextRole.BODY, Token.TEXT, "strong", middle=True)
        code = label(asked.code, TextRole.TITLE)
        code.setAccessibleName(say("sign-in", "Code: {code}", code=" ".join(asked.code)))
        until = QTime.currentTime().addSecs(int(asked.within.total_seconds()))
        minutes = max(1, round(asked.within.total_seconds() / 60))
        ends = say_count(
            "sign-in",
            "It is good for 1 minute, until {time}.",
            "It is good for {n} minutes, until {time}.",
            minutes,
            time=until.toString("HH:mm"),
        )
        for part in (page, code, label(ends, TextRole.SMALL, Token.TEXT_2)):
            self._more.addWidget(part)
            part.show()
        self._offer(say("sign-in", "Copy the code"), asked.code)

    def _offer(self, words: str, text: str) -> None:
        self._copied = text
        self.copy.set_words(words)
        self.copy.show()
        self.copy.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._copied)
