"""Settings, Keys and trust: the key that signs your reports, and the signers that you know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from artist_console.commands import signer_cards, signer_list
from artist_console.commands.console import Console, Result
from artist_console.commands.reports import TrustedSigner
from artist_console.commands.settings import ProfileInfo
from artist_console.commands.signer_cards import ENDING, SavedCard
from artist_console.commands.signer_list import ListedSigner, MetKey, present_key
from artist_console.commands.signers import NOT_COMPARED
from artist_console.ui import later
from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.signer_words import own_name, short_words
from artist_console.ui.text import label, say
from artist_console.ui.tokens import Tint, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.cards import Card, ListRow
from artist_console.ui.widgets.key_words import KeyWords
from artist_console.ui.widgets.layout import FlowLayout, clear_layout, row
from artist_console.ui.widgets.sections import Disclosure, Rule

AskPath = Callable[[QWidget], str]


@dataclass(frozen=True, slots=True)
class _Shown:
    signers: tuple[ListedSigner, ...]
    met: tuple[MetKey, ...]


@dataclass(frozen=True, slots=True)
class _Met:
    """A key of the service, as the dialog that trusts a signer asks for it."""

    signer: str
    fingerprint: str


class KeysCard(Card):
    """The page shows it; every change applies at once."""

    def __init__(
        self, desk: Desk, ask_where: AskPath | None = None, ask_which: AskPath | None = None
    ) -> None:
        super().__init__(desk.theme, say("keys", "Keys and trust"))
        self._desk = desk
        self.ask_where = ask_where or _ask_where
        self.ask_which = ask_which or _ask_which
        theme = desk.theme
        self.add(label(say("keys", "The key that signs your reports"), weight="strong"))
        self.words = KeyWords(theme)
        self.add(self.words)
        lead = say(
            "keys",
            "Read these words to whoever gets a report of yours, by telephone or in person, so that they"
            " know it is yours. They are no password: nobody can open or sign anything with them.",
        )
        self.add(label(lead, tone=Token.TEXT_2, wrap=True))
        self.save = Button(theme, say("keys", "Save my card…"), icon=Icon.DOWNLOAD)
        self.save.clicked.connect(self._save_card)
        self.replace = Button(theme, say("keys", "Replace this key…"), icon=Icon.SYNC)
        self.replace.clicked.connect(lambda: desk.account_wished.emit("replace_key"))
        self._add_flow(self.save, self.replace)
        self.own = self._rows()
        self.add(Rule(theme))
        self.add(label(say("keys", "Where the keys are kept"), weight="strong"))
        self.kept = label("", tone=Token.TEXT_2, wrap=True)
        self.code_words = label("", tone=Token.TEXT_2, wrap=True)
        self.add(self.kept)
        self.add(self.code_words)
        self.recovery = Button(theme, say("settings", "Recovery code…"), icon=Icon.KEY)
        self.recovery.clicked.connect(lambda: desk.account_wished.emit("recovery_code"))
        self.body.addLayout(row(self.recovery, None))
        self.add(Rule(theme))
        self.add(label(say("keys", "Signers that you know"), weight="strong"))
        self.signers = self._rows()
        self.nothing = label("", tone=Token.TEXT_2, wrap=True)
        self.add(self.nothing)
        self.take = Button(theme, say("keys", "Take in a card…"), icon=Icon.IMPORT)
        self.take.clicked.connect(self._take_card)
        self._add_flow(self.take)
        self.met_words = label(say("keys", "Seen, and trusted by nobody"), weight="strong")
        self.add(self.met_words)
        self.met = self._rows()
        self.add(Disclosure(theme, say("keys", "What each step means"), self._meanings()))
        self._show(_Shown((), ()))

    def _rows(self) -> QVBoxLayout:
        rows = QVBoxLayout()
        rows.setSpacing(2)
        self.body.addLayout(rows)
        return rows

    def _add_flow(self, *buttons: Button) -> None:
        box = QWidget()
        flow = FlowLayout(box, gap=8)
        for button in buttons:
            flow.addWidget(button)
        self.add(box)

    def _meanings(self) -> QWidget:
        box = QWidget()
        lines = QVBoxLayout(box)
        lines.setContentsMargins(0, 4, 0, 4)
        lines.setSpacing(8)
        for words in (
            say(
                "keys",
                "Known: you said whose key it is. Reports with it then open as “unchanged since” that name."
                " It says who signed, not that what they say is true.",
            ),
            say(
                "keys",
                "Compared: the signer told you the words or digits in another way than the file came, and"
                " all of them matched. Without that anybody could have made the file; the list and every"
                " check say so.",
            ),
            say(
                "keys",
                "A card: a small file with a key and a name, to hand to others. The words are not in it on"
                " purpose: words from the same file prove nothing.",
            ),
            say(
                "keys",
                "A handover: the former key and the new one both signed that the one follows the other."
                " Whoever knows the former knows the new one. Two that contradict each other count for"
                " nothing.",
            ),
            say(
                "keys",
                "Taken back: a key says of itself that it is no longer good, or you marked it so. What it"
                " signed counts as by nobody you know, also what is older: whoever has a key can write any"
                " day.",
            ),
        ):
            lines.addWidget(label(words, tone=Token.TEXT_2, wrap=True))
        return box

    # Showing

    def load(self) -> None:
        self._desk.ask(self, "signers", _shown, self._show)

    def show_info(self, info: ProfileInfo) -> None:
        match info.keys_kept_in:
            case "keyring":
                kept = say("keys", "In the keyring of this computer.")
            case "passphrase":
                kept = say("keys", "In a file of the profile, behind your passphrase.")
            case "file":
                kept = say("keys", "In a file of the profile. Whoever reads your files can read it.")
        self.kept.setText(kept)
        self.code_words.setText(
            say("keys", "A recovery code was made. It opens this profile where the keys are lost.")
            if info.has_recovery_code
            else say("keys", "No recovery code yet. If the keys are lost, nothing else opens your decisions.")
        )

    def _show(self, shown: _Shown) -> None:
        present = present_key(shown.signers)
        self.words.show_key(present.fingerprint if present is not None else "")
        for place in (self.own, self.signers, self.met):
            clear_layout(place)
        for each in shown.signers:
            if each.own and each != present:
                self.own.addWidget(self._row(each))
            elif not each.own:
                self.signers.addWidget(self._row(each))
        known = any(not each.own for each in shown.signers)
        self.nothing.show_words(
            ""
            if known
            else say("keys", "None yet. Reports tell you who signed them, and a card says whose a key is.")
        )
        self.met_words.setVisible(bool(shown.met))
        for met in shown.met:
            self.met.addWidget(self._met_row(met))

    @staticmethod
    def _tint(each: ListedSigner) -> Tint:
        if not each.is_good:
            return Tint.DENY
        if each.own:
            return Tint.NEUTRAL
        return Tint.ASK if each.replaced is not None or each.how in NOT_COMPARED else Tint.INFO

    def _row(self, each: ListedSigner) -> ListRow:
        name = own_name(each) if each.own else each.name
        shown = ListRow(
            self._desk.theme, Icon.KEY, self._tint(each), name, short_words(each, self._desk.figures)
        )
        shown.setProperty("kid", each.kid)
        shown.opened.connect(lambda: self.open_signer(each))
        return shown

    def _met_row(self, met: MetKey) -> ListRow:
        day = self._desk.figures.day(met.since)
        detail = say("keys", "Shown by the service you are connected to, on {day}", day=day)
        shown = ListRow(self._desk.theme, Icon.QUESTION, Tint.ASK, met.name, detail)
        shown.opened.connect(lambda: self._ask_met(met))
        return shown

    # Doing

    def open_signer(self, signer: ListedSigner) -> None:
        """One signer in front of the page."""
        later.signer_dialog()(self._desk, signer, self.window()).open()

    def _ask_met(self, met: MetKey) -> None:
        kid = met.key.kid

        def trust(console: Console, name: str) -> Result[TrustedSigner]:
            done = signer_list.trust_met(console, kid, name, compared=False)
            found = done.value
            known = TrustedSigner(found.kid, found.name, found.fingerprint, found.since, found.own)
            return Result(known, done.changes)

        signed = _Met(met.name, met.key.fingerprint)
        later.trust_dialog()(self._desk, signed, self.window(), trust).open()

    def _save_card(self) -> None:
        path = self.ask_where(self)
        if path:
            self._desk.ask(
                self, "card", lambda console: signer_cards.save_card(console, Path(path)), self._saved
            )

    def _saved(self, saved: SavedCard) -> None:
        words = say(
            "keys",
            "Your card is in {name}. Tell the words to whoever gets it, in another way than you send it.",
            name=saved.path.name,
        )
        self._desk.say(words)

    def _take_card(self) -> None:
        path = self.ask_which(self)
        if path:
            self.open_card(Path(path))

    def open_card(self, path: Path) -> None:
        """A card in front of the page; nothing is taken in by that."""
        later.signer_card_dialog()(self._desk, path, self.window()).open()


def _shown(console: Console) -> _Shown:
    return _Shown(signer_list.signers_here(console), signer_list.met_keys(console))


def _ask_where(parent: QWidget) -> str:
    path, _ = QFileDialog.getSaveFileName(
        parent, say("keys", "Save my card"), f"my-card{ENDING}", say("keys", "Cards (*{end})", end=ENDING)
    )
    return path


def _ask_which(parent: QWidget) -> str:
    path, _ = QFileDialog.getOpenFileName(
        parent,
        say("keys", "Take in a card"),
        "",
        say("keys", "Cards (*{end});;All files (*)", end=ENDING),
    )
    return path
