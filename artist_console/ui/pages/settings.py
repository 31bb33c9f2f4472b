"""Settings: what this profile is, how it looks, what is kept where. Changes apply at once."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands import settings as settings_commands
from artist_console.commands.settings import ProfileInfo
from artist_console.domain.changes import Changes
from artist_console.domain.ids import FactId
from artist_console.host.settings import TEXT_SIZES_PERCENT, Theme
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.letter_sender import SenderLine
from artist_console.ui.figures import region_name
from artist_console.ui.icons import Icon
from artist_console.ui.pages.screen import Screen
from artist_console.ui.pages.settings_contracts import ContractsCard
from artist_console.ui.pages.settings_keys import KeysCard
from artist_console.ui.places import part_of
from artist_console.ui.text import label, say
from artist_console.ui.tokens import Token
from artist_console.ui.widgets.buttons import Button, CheckBox, Select
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import column, row
from artist_console.ui.widgets.sections import KeyValues

_WIDTH = 760
_TEXT_SIZE_STEP = 10

# Regions that write money and dates differently; the interface itself speaks English.
_REGIONS = (
    "",
    "en_GB",
    "en_US",
    "de_DE",
    "fr_FR",
    "es_ES",
    "it_IT",
    "nl_NL",
    "sv_SE",
    "nb_NO",
    "da_DK",
    "fi_FI",
    "pl_PL",
    "pt_BR",
    "ja_JP",
    "ar_EG",
)


class SettingsScreen(Screen):
    """Sections below each other, each a card."""

    key = "settings"
    shows = Changes.SETTINGS | Changes.SYNC | Changes.REPORTS | Changes.WORKS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._loading = False
        self._tells_nobody = False  # until it is known who runs the service
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setSpacing(16)
        for card in (
            self._account(),
            self._contracts(),
            self._sync(),
            self._appearance(),
            self._language(),
            self._privacy(),
            self._keys(),
        ):
            card.setMaximumWidth(_WIDTH)
            lines.addWidget(card)
        lines.addStretch(1)
        self.set_content(body, scrolls=True)
        desk.settings_changed.connect(self._show_settings)
        self._show_settings()

    def reload(self) -> None:
        self.desk.ask(self, "info", settings_commands.profile_info, self._show_info)
        self.keys.load()
        self.contracts.load(self.artist)

    def open_item(self, item: str) -> None:
        """A contract opens in front of the page."""
        contract = part_of(item, "contract")
        if contract:
            self.contracts.open_contract(FactId(contract))

    # Sections

    def _account(self) -> Card:
        card = Card(self.desk.theme, say("settings", "Account and data"))
        self.account = KeyValues(self.desk.theme)
        card.add(self.account)
        self.sign_in = self._account_button(say("settings", "Sign in…"), "sign_in", Icon.KEY)
        self.devices = self._account_button(say("settings", "Devices…"), "devices", Icon.COMPUTER)
        self.sign_out = self._account_button(say("settings", "Sign out…"), "sign_out", None)
        card.body.addLayout(row(self.sign_in, self.devices, self.sign_out, None))
        self.sender_line = SenderLine(self.desk)
        card.add(self.sender_line)
        return card

    def _account_button(self, words: str, what: str, icon: Icon | None) -> Button:
        button = Button(self.desk.theme, words, icon=icon)
        button.clicked.connect(lambda: self.desk.account_wished.emit(what))
        button.hide()
        return button

    def _contracts(self) -> Card:
        self.contracts = ContractsCard(self.desk)
        return self.contracts

    def _sync(self) -> Card:
        card = Card(self.desk.theme, say("settings", "Sync"))
        self.sync_box = CheckBox(self.desk.theme, say("settings", "Send decisions and fetch news by itself"))
        self.sync_box.toggled.connect(self._choose_sync)
        self.sync_words = label("", tone=Token.TEXT_2, wrap=True)
        now = Button(self.desk.theme, say("settings", "Sync now"), icon=Icon.SYNC)
        now.clicked.connect(self.desk.sync_now)
        card.body.addLayout(column(self.sync_box, self.sync_words, row(now, None), gap=8))
        return card

    def _appearance(self) -> Card:
        theme = self.desk.theme
        card = Card(theme, say("settings", "Appearance"))
        self.theme_choice = Select(theme, say("settings", "Colours"))
        for value, said in (
            (Theme.SYSTEM, say("settings", "As the system")),
            (Theme.LIGHT, say("settings", "Light")),
            (Theme.DARK, say("settings", "Dark")),
        ):
            self.theme_choice.addItem(said, value)
        self.theme_choice.activated.connect(self._choose_theme)
        self.text_size = Select(theme, say("settings", "Text size"))
        for percent in range(TEXT_SIZES_PERCENT.start, TEXT_SIZES_PERCENT.stop, _TEXT_SIZE_STEP):
            self.text_size.addItem(say("settings", "{n} %", n=percent), percent)
        self.text_size.activated.connect(self._choose_text_size)
        self.contrast_box = CheckBox(theme, say("settings", "High contrast"))
        self.contrast_box.toggled.connect(self._choose_contrast)
        self.motion_box = CheckBox(theme, say("settings", "Reduced motion"))
        self.motion_box.toggled.connect(self._choose_motion)
        fields = row(
            Field(theme, say("settings", "Colours"), self.theme_choice),
            Field(theme, say("settings", "Text size"), self.text_size),
            None,
            gap=16,
        )
        self.theme_choice.setMinimumWidth(180)
        self.text_size.setMinimumWidth(120)
        card.body.addLayout(column(fields, self.contrast_box, self.motion_box, gap=8))
        return card

    def _language(self) -> Card:
        theme = self.desk.theme
        card = Card(theme, say("settings", "Language and region"))
        self.region = Select(theme, say("settings", "Region"))
        for name in _REGIONS:
            self.region.addItem(self._region_words(name), name)
        self.region.setMinimumWidth(260)
        self.region.activated.connect(self._choose_region)
        hint = say("settings", "How money, numbers and dates are written. The interface speaks English.")
        card.body.addLayout(row(Field(theme, say("settings", "Region"), self.region, hint), None))
        return card

    def _privacy(self) -> Card:
        card = Card(self.desk.theme, say("settings", "Privacy: what is kept where"))
        self.sizes = KeyValues(self.desk.theme)
        card.add(self.sizes)
        for said in (
            say(
                "settings",
                "Everything that was synced is kept encrypted in the folder above, for this computer only.",
            ),
            say("settings", "Diagnostics are local files without names, titles or amounts. Nothing is sent."),
        ):
            card.add(label(said, tone=Token.TEXT_2, wrap=True))
        return card

    def _keys(self) -> Card:
        self.keys = KeysCard(self.desk)
        self.recovery = self.keys.recovery
        return self.keys

    # Showing

    def _show_info(self, info: ProfileInfo) -> None:
        figures = self.desk.figures
        self._tells_nobody = info.embedded
        self.sender_line.load()
        self._show_sync_words()
        for button in (self.sign_in, self.devices, self.sign_out):
            button.setVisible(bool(info.service_address))
        self.account.clear()
        self.account.add(say("settings", "Account"), info.account_name or say("settings", "None yet"))
        service = say("settings", "A private service on this computer") if info.embedded else info.host
        self.account.add(say("settings", "Service"), service or say("settings", "None yet"))
        if info.service_address:
            self.account.add(say("settings", "Address"), info.service_address, copy=True)
        self.account.add(say("settings", "Folder"), str(info.folder), copy=True)
        self.account.add(say("settings", "Decisions recorded here"), figures.number(info.decisions))
        last = figures.day_and_time(info.last_sync) if info.last_sync else say("settings", "Not yet")
        self.account.add(say("settings", "Last sync"), last)
        self.sizes.clear()
        for name, size in info.sizes_bytes:
            self.sizes.add(name, _size_words(size, self))
        self.keys.show_info(info)

    def _show_settings(self) -> None:
        chosen = self.desk.settings
        self._loading = True
        self.theme_choice.setCurrentIndex(self.theme_choice.findData(chosen.theme))
        self.text_size.setCurrentIndex(self.text_size.findData(chosen.text_size_percent))
        self.contrast_box.setChecked(chosen.high_contrast)
        self.motion_box.setChecked(chosen.reduced_motion)
        self.sync_box.setChecked(chosen.sync_enabled)
        self.region.setCurrentIndex(max(0, self.region.findData(chosen.language)))
        self._show_sync_words()
        self._loading = False

    def _show_sync_words(self) -> None:
        enabled = self.desk.settings.sync_enabled
        if self._tells_nobody:
            said = (
                say("settings", "The private service on this computer records decisions at once.")
                if enabled
                else say("settings", "Decisions wait for the private service until you press Sync now.")
            )
            said = say("settings", "{said} Nobody else is told by that.", said=said)
        elif enabled:
            said = say("settings", "Decisions are sent as soon as the service can be reached.")
        else:
            said = say("settings", "Decisions stay on this computer until you press Sync now.")
        self.sync_words.setText(said)

    # Choosing

    def _change(self, **changes: object) -> None:
        if not self._loading:
            self.desk.change_settings(**changes)

    def _choose_theme(self) -> None:
        self._change(theme=Theme(self.theme_choice.currentData()))

    def _choose_text_size(self) -> None:
        self._change(text_size_percent=self.text_size.currentData())

    def _choose_contrast(self, on: bool) -> None:
        self._change(high_contrast=on)

    def _choose_motion(self, on: bool) -> None:
        self._change(reduced_motion=on)

    def _choose_sync(self, on: bool) -> None:
        self._change(sync_enabled=on)

    def _choose_region(self) -> None:
        self._change(language=self.region.currentData())

    def _region_words(self, name: str) -> str:
        return region_name(name) if name else say("settings", "British English (default)")


def _size_words(size: int, screen: SettingsScreen) -> str:
    figures = screen.desk.figures
    if size < 1_000_000:
        return say("settings", "{n} KB", n=figures.number(-(-size // 1000)))
    return say("settings", "{n} MB", n=figures.number(-(-size // 1_000_000)))
