"""A receipt: signed proof of one decision, one page to read, check, copy, print and save."""

from __future__ import annotations

from enum import Enum, auto
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from artist_console.commands import receipt_files, receipts
from artist_console.commands.console import Console
from artist_console.commands.history import CheckLine
from artist_console.commands.receipts import ReceiptView
from artist_console.domain.ids import DecisionId
from artist_console.domain.problems import Problem
from artist_console.domain.receipt_forms import ReceiptForm
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.receipt_parts import check_look, long_value
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.receipt_page import Page, paint, pdf
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.cards import Banner, Card
from artist_console.ui.widgets.layout import clear_layout
from artist_console.ui.widgets.sections import KeyValues, Note


class SaveAs(Enum):
    """What the page offers to save."""

    PDF = auto()
    PROOF = auto()
    PROOF_WITH_LATER = auto()
    JWS = auto()
    CONSENT_RECORD = auto()


_ENDING = {
    SaveAs.PDF: "pdf",
    SaveAs.PROOF: "json",
    SaveAs.PROOF_WITH_LATER: "json",
    SaveAs.JWS: "jws",
    SaveAs.CONSENT_RECORD: "json",
}
_FORM = {
    SaveAs.PROOF: ReceiptForm.PROOF,
    SaveAs.PROOF_WITH_LATER: ReceiptForm.PROOF,
    SaveAs.JWS: ReceiptForm.JWS,
    SaveAs.CONSENT_RECORD: ReceiptForm.CONSENT_RECORD,
}
# Longer than a line, and compared by machine rather than by eye.
_LONG = frozenset({"Head of the ledger"})


class ReceiptDialog(Sheet):
    """Names its signer first: this computer, a hosted service, the operator."""

    def __init__(self, desk: Desk, decision: DecisionId, parent: QWidget) -> None:
        super().__init__(desk.theme, "receipt", say("receipt", "Receipt"), 660, 680, parent)
        self._desk = desk
        self._decision = decision
        self.view: ReceiptView | None = None
        self.copy_button = Button(desk.theme, say("receipt", "Copy"), icon=Icon.COPY)
        self.copy_button.clicked.connect(self._copy)
        self.print_button = Button(desk.theme, say("receipt", "Print…"), icon=Icon.PRINT)
        self.print_button.clicked.connect(self._print)
        self.save_button = Button(desk.theme, say("receipt", "Save as…"), icon=Icon.SAVE)
        self.save_button.clicked.connect(self._show_forms)
        self._buttons_of_one = (self.copy_button, self.print_button, self.save_button)
        for button in self._buttons_of_one:
            button.setEnabled(False)
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(*self._buttons_of_one, None, close, safe=close)
        desk.ask(
            self,
            "receipt",
            lambda console: receipts.receipt(console, decision),
            self._show,
            self._missing,
        )

    def _show(self, view: ReceiptView) -> None:
        self.view = view
        theme = self._desk.theme
        clear_layout(self.inside)
        self.set_heading(say("receipt", "Receipt {n} of {artist}", n=view.n, artist=view.artist_name))
        tint, icon, title, detail = result_of(view)
        banner = Banner(theme, tint, icon, title, detail)
        self.inside.addWidget(banner)
        facts = KeyValues(theme)
        for name, said in view.lines:
            if name not in _LONG:
                facts.add(domain_words(name), said)
        if view.fingerprint:
            facts.add(say("receipt", "Key of the signer"), view.fingerprint, copy=True)
        card = Card(theme)
        card.add(facts)
        for name, said in view.lines:
            if name in _LONG:
                card.body.addLayout(long_value(theme, domain_words(name), said))
        self.inside.addWidget(card)
        checks = Card(theme, say("receipt", "What was checked"))
        for check in view.checks:
            icon, tint = check_look(check)
            checks.add(Note(theme, domain_words(check.words), tint, icon))
        self.inside.addWidget(checks)
        self.inside.addStretch(1)
        for button in self._buttons_of_one:
            button.setEnabled(True)

    def _missing(self, problem: Problem) -> None:
        clear_layout(self.inside)
        self.set_heading(say("receipt", "No receipt yet"))
        self.inside.addWidget(label(problem_words(problem), tone=Token.TEXT_2, wrap=True))
        told = say("receipt", "Recorded on this computer. Nobody has been told until a receipt is here.")
        self.inside.addWidget(label(told, TextRole.SMALL, Token.TEXT_2, wrap=True))
        self.inside.addStretch(1)

    # Copy and save

    def as_text(self) -> str:
        """The page in words, then the signed receipt itself."""
        view = self.view
        if view is None:
            return ""
        lines = [self.windowTitle(), ""]
        lines += [say("receipt", "{name}: {value}", name=name, value=said) for name, said in view.lines]
        lines += ["", *(check.words for check in view.checks), "", view.jws]
        return "\n".join(lines)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.as_text())
        self._desk.say(say("receipt", "The receipt was copied."))

    def _show_forms(self) -> None:
        """What it can be saved as; each says what it is good for."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(say("receipt", "Page to read (PDF)…"), partial(self._choose_file, SaveAs.PDF))
        menu.addSeparator()
        menu.addAction(
            say("receipt", "Proof that others can check…"), partial(self._choose_file, SaveAs.PROOF)
        )
        with_later = menu.addAction(
            say("receipt", "Proof with what was decided since…"),
            partial(self._choose_file, SaveAs.PROOF_WITH_LATER),
        )
        with_later.setEnabled(self.view is not None and self.view.later > 0)
        menu.addAction(say("receipt", "Signed text alone (JWS)…"), partial(self._choose_file, SaveAs.JWS))
        menu.addAction(
            say("receipt", "Consent record (shape of ISO/IEC TS 27560)…"),
            partial(self._choose_file, SaveAs.CONSENT_RECORD),
        )
        menu.popup(self.save_button.mapToGlobal(self.save_button.rect().bottomLeft()))

    def _choose_file(self, what: SaveAs) -> None:
        view = self.view
        if view is None:
            return
        dialog = QFileDialog(self, say("receipt", "Save the receipt"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(_ENDING[what])
        dialog.selectFile(self.name_for(what))
        dialog.fileSelected.connect(partial(self.save_to, what=what))
        dialog.open()

    def name_for(self, what: SaveAs) -> str:
        """A telling name: whose receipt, which, and what it is."""
        view = self.view
        assert view is not None, "nothing is saved before it is shown"
        fields = {"artist": view.artist_name, "n": view.n, "ending": _ENDING[what]}
        match what:
            case SaveAs.CONSENT_RECORD:
                name = say("receipt", "{artist} - consent record {n}.{ending}", **fields)
            case SaveAs.PROOF | SaveAs.PROOF_WITH_LATER:
                name = say("receipt", "{artist} - receipt {n} with proof.{ending}", **fields)
            case _:
                name = say("receipt", "{artist} - receipt {n}.{ending}", **fields)
        return name.replace("/", "-")

    def save_to(self, path: str, what: SaveAs = SaveAs.JWS) -> None:
        """Write the receipt in one of its forms."""
        target, decision = Path(path), self._decision
        if what is SaveAs.PDF:
            page = pdf(self.page(), self._desk.theme.font().family())
            self._desk.ask(
                self, "save", lambda _: receipt_files.save_page(target, page), self._saved, self._not_saved
            )
            return
        form, with_later = _FORM[what], what is SaveAs.PROOF_WITH_LATER

        def save(console: Console) -> Path:
            return receipt_files.save_receipt(console, decision, target, form, with_later=with_later)

        self._desk.ask(self, "save", save, self._saved, self._not_saved)

    # Print

    def page(self) -> Page:
        """The receipt as it stands on paper."""
        view = self.view
        assert view is not None, "nothing is printed before it is shown"
        _, _, title, detail = result_of(view)
        facts = [(domain_words(name), said) for name, said in view.lines]
        if view.fingerprint:
            facts.append((say("receipt", "Key of the signer"), view.fingerprint))
        return Page(
            self.windowTitle(),
            say("receipt", "{title}. {detail}", title=title, detail=detail),
            facts,
            [_check_words(check) for check in view.checks],
            view.jws,
            say("receipt", "{title} · signed by {signer}", title=self.windowTitle(), signer=view.signer)
            if view.signer
            else self.windowTitle(),
        )

    def _print(self) -> None:
        """Show how it will look on paper; it is printed from there."""
        # Late: the library of printers is only needed here.
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo, QPrintPreviewDialog

        if not QPrinterInfo.availablePrinterNames():
            self.show_problem(
                say("receipt", "No printer is set up on this computer. Save it as PDF, and print that.")
            )
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self.windowTitle())
        preview = QPrintPreviewDialog(printer, self)
        preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        preview.setWindowTitle(say("receipt", "Print the receipt"))
        family = self._desk.theme.font().family()
        preview.paintRequested.connect(partial(paint, page=self.page(), family=family))
        preview.open()

    def _saved(self, path: Path) -> None:
        self._desk.say(say("receipt", "Saved as {file}.", file=path.name))

    def _not_saved(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))


def result_of(view: ReceiptView) -> tuple[Tint, Icon, str, str]:
    """What came of the check: look, sentence, and what it means."""
    if view.genuine:
        title = say("receipt", "Unchanged since {signer} signed it", signer=view.signer)
        detail = say("receipt", "It proves what was recorded, not that anybody acted on it.")
        return Tint.INFO, Icon.SHIELD, title, detail
    if not view.signer_known and not any(_failed_outright(check) for check in view.checks):
        title = say("receipt", "Signer not known to you")
        detail = say("receipt", "Ask who signed it for the fingerprint of their key, and compare.")
        return Tint.NEUTRAL, Icon.QUESTION, title, detail
    title = say("receipt", "It cannot be relied on")
    failed = next((c.words for c in view.checks if _failed_outright(c)), "")
    return Tint.DENY, Icon.TRIANGLE, title, domain_words(failed)


def _check_words(check: CheckLine) -> str:
    words = domain_words(check.words)
    if check.passed:
        return say("receipt", "In order: {what}", what=words)
    if check.lacking:
        return say("receipt", "Cannot be checked: {what}", what=words)
    return say("receipt", "Not in order: {what}", what=words)


def _failed_outright(check: CheckLine) -> bool:
    return not check.passed and not check.lacking
