"""An evidence file that somebody handed over: what came of checking it, and what it holds. No account."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from artist_console.commands import evidence_members
from artist_console.commands.console import Console, Result
from artist_console.commands.evidence import BundleCheck, BundleVerdict
from artist_console.commands.evidence_members import INDEX_FILE
from artist_console.commands.reports import TrustedSigner
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.evidence_content import content_cards
from artist_console.ui.dialogs.receipt_parts import check_look
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.dialogs.trust_signer import TrustSignerDialog
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.text import isolate, label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.cards import Banner, Card
from artist_console.ui.widgets.layout import clear_layout, row
from artist_console.ui.widgets.sections import KeyValues, Note

FOLDER_KEPT_AS = "evidence.members"


class EvidenceFileDialog(Sheet):
    """The result first, then what was checked, what is in it, and what it does not tell."""

    def __init__(self, desk: Desk, path: Path, parent: QWidget) -> None:
        title = say("evidence-file", "Evidence file {file}", file=path.name)
        super().__init__(desk.theme, "evidence-file", title, 760, 760, parent)
        self._desk, self.path = desk, path
        self.found: BundleCheck | None = None
        self.inside.setSpacing(14)
        self.index = Button(desk.theme, say("evidence-file", "Save the index to read…"), icon=Icon.SAVE)
        self.index.clicked.connect(partial(self.choose_where, INDEX_FILE))
        self.index.setEnabled(False)
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(self.index, None, close, safe=close)
        self._waiting = label(say("evidence-file", "Checking the file…"), tone=Token.TEXT_2)
        self.inside.addWidget(self._waiting)
        self.inside.addStretch(1)
        self.look()

    def look(self) -> None:
        """Check the file; again where a signer is known now."""
        path = self.path
        self._desk.long_work(
            lambda console, _progress: evidence_members.check_bundle(console, path),
            self._show,
            self._unreadable,
        )

    def _show(self, found: BundleCheck) -> None:
        self.found = found
        theme = self._desk.theme
        clear_layout(self.inside)
        tint, icon, means = _look(found.verdict)
        headline = domain_words(found.headline_template, **dict(found.headline_fields)).rstrip(".")
        self.inside.addWidget(Banner(theme, tint, icon, headline, means))
        checks = Card(theme, say("evidence-file", "What was checked"))
        checks.body.setSpacing(8)
        for check in found.checks:
            check_icon, check_tint = check_look(check)
            checks.add(Note(theme, domain_words(check.words), check_tint, check_icon))
        self.inside.addWidget(checks)
        self.inside.addWidget(self._signer(found))
        if found.content is not None:
            for card in content_cards(self._desk, found, self.choose_where):
                self.inside.addWidget(card)
        else:
            nothing = say(
                "evidence-file", "Nothing of it is shown, because nobody can tell that it is what was signed."
            )
            self.inside.addWidget(label(nothing, tone=Token.TEXT_2, wrap=True))
        if found.does_not_tell:
            rest = Card(theme, say("evidence-file", "What this does not tell you"))
            for words in found.does_not_tell:
                rest.add(label(domain_words(words), TextRole.BODY, Token.TEXT_2, wrap=True))
            self.inside.addWidget(rest)
        self.inside.addStretch(1)
        self.index.setEnabled(found.content is not None)

    def _signer(self, found: BundleCheck) -> Card:
        theme = self._desk.theme
        card = Card(theme, say("evidence-file", "Who signed it"))
        facts = KeyValues(theme)
        if found.signer:
            facts.add(say("evidence-file", "Calls themselves"), found.signer)
        if found.fingerprint:
            facts.add(say("evidence-file", "Key of the signer"), found.fingerprint, copy=True)
        known = found.introduced_by or say("evidence-file", "nobody here")
        facts.add(say("evidence-file", "Known by"), domain_words(known))
        if found.made_at is not None:
            facts.add(say("evidence-file", "Made"), self._desk.figures.day_and_time(found.made_at))
        facts.add(say("evidence-file", "Hash of the file"), found.sha256, copy=True, one_line=True)
        card.add(facts)
        if found.verdict is BundleVerdict.SIGNER_UNKNOWN:
            self.trust = Button(theme, say("evidence-file", "Trust this signer…"), icon=Icon.KEY)
            self.trust.clicked.connect(self._ask_to_trust)
            card.body.addLayout(row(self.trust, None))
        return card

    def _ask_to_trust(self) -> None:
        found = self.found
        if found is None:
            return

        def trust(console: Console, name: str) -> Result[TrustedSigner]:
            return evidence_members.trust_signer(console, found, name)

        dialog = TrustSignerDialog(self._desk, found, self, trust)
        dialog.accepted.connect(self.look)
        dialog.open()

    def _unreadable(self, problem: Problem) -> None:
        clear_layout(self.inside)
        self.inside.addWidget(label(problem_words(problem), tone=Token.TEXT_2, wrap=True))
        self.inside.addStretch(1)

    # One of its files

    def choose_where(self, name: str) -> None:
        """Ask where one of its files goes."""
        dialog = QFileDialog(self, say("evidence-file", "Save {file}", file=name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        folder = self._desk.kept(FOLDER_KEPT_AS)
        if folder and Path(folder).is_dir():
            dialog.setDirectory(folder)
        dialog.selectFile(name)
        dialog.fileSelected.connect(partial(self.save_to, name))
        dialog.open()

    def save_to(self, name: str, path: str) -> None:
        found, out = self.found, Path(path)
        if found is None:
            return
        self.show_problem("")
        self._desk.keep(FOLDER_KEPT_AS, str(out.parent))
        self._desk.long_work(
            lambda _console, _progress: evidence_members.save_member(found, name, out),
            self._saved,
            self._not_saved,
        )

    def _saved(self, path: Path) -> None:
        self._desk.say(say("evidence-file", "Saved as {file}.", file=isolate(path.name)))

    def _not_saved(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))


def _look(verdict: BundleVerdict) -> tuple[Tint, Icon, str]:
    match verdict:
        case BundleVerdict.GENUINE:
            means = say(
                "evidence-file",
                "It shows what was written and what came back, not that anybody did anything.",
            )
            return Tint.INFO, Icon.SHIELD, means
        case BundleVerdict.SIGNER_UNKNOWN:
            means = say("evidence-file", "Compare the key with what the signer tells you in another way.")
            return Tint.NEUTRAL, Icon.QUESTION, means
        case BundleVerdict.CHANGED:
            means = say("evidence-file", "Do not rely on it. Ask the sender for the file as it was saved.")
            return Tint.DENY, Icon.TRIANGLE, means
        case BundleVerdict.CANNOT_BE_CHECKED:
            means = say("evidence-file", "Ask the sender for a new copy of the file.")
            return Tint.NEUTRAL, Icon.QUESTION, means
