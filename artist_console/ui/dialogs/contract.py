"""One contract: a form to write down what was signed; what cannot be is said beside its field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QFileDialog, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from artist_console.commands import contracts as contract_commands
from artist_console.commands.console import Console
from artist_console.commands.contract_form import ContractText, Fault
from artist_console.commands.contracts import ContractFaults, ContractRow, Removal
from artist_console.commands.directory import organisations
from artist_console.domain import words
from artist_console.domain.contract_names import AI_CLAUSE, CONTRACT_KIND, HOLD
from artist_console.domain.contracts import Contract, Hold
from artist_console.domain.ids import ArtistId, FactId
from artist_console.domain.problems import Problem
from artist_console.domain.uses import Right
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.contract_file import ContractFile
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.text import message_box, say, say_count
from artist_console.ui.widgets.buttons import Button, ButtonKind, CheckBox, Select
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import FlowLayout, row
from artist_console.ui.widgets.sections import Disclosure, SectionHeading

_LINE = 20  # height of a line of text


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is asked before the form is filled."""

    text: ContractText
    row: ContractRow | None


class ContractDialog(Sheet):
    """A new contract, or one that is kept; everything is written when Save is pressed."""

    saved = Signal()

    def __init__(self, desk: Desk, artist: ArtistId, id: FactId | None, parent: QWidget) -> None:
        title = say("contract", "Add a contract") if id is None else say("contract", "A contract")
        super().__init__(desk.theme, "contract", title, 680, 760, parent)
        self.set_heading(
            title,
            say(
                "contract",
                "For {name}. It stays on this computer and is never sent.",
                name=desk.name_of(artist),
            ),
        )
        self._desk, self._artist, self._id = desk, artist, id
        self._fields: dict[str, Field] = {}
        self._rights: dict[Right, CheckBox] = {}
        self._more: dict[str, Disclosure] = {}
        self._add_who()
        self._add_ai()
        self._add_reach()
        self._add_more()
        self._add_paper()
        self.inside.addStretch(1)
        theme = desk.theme
        self.remove = Button(theme, say("contract", "Remove…"), ButtonKind.QUIET, Icon.TRASH)
        self.remove.setVisible(id is not None)
        self.remove.clicked.connect(self._ask_to_remove)
        cancel = Button(theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.save = Button(theme, say("contract", "Save the contract"), ButtonKind.PRIMARY)
        self.save.clicked.connect(self._save)
        self.set_buttons(self.remove, None, cancel, self.save, safe=cancel)
        if id is not None:
            desk.ask(self, "contract", lambda console: _kept(console, id), self._fill, self._fail)
        desk.ask(self, "parties", contract_commands.known_parties, self._offer_names, self._fail)
        self._line("other_side").setFocus()

    # The form

    def _add_who(self) -> None:
        kinds = [(kind.value, domain_words(said)) for kind, said in CONTRACT_KIND.items()]
        holds = [(hold.value, domain_words(said)) for hold, said in HOLD.items()]
        self._heading(say("contract", "With whom"))
        self._beside(
            self._text_field("other_side", say("contract", "Name of the other side")),
            self._choice_field("kind", say("contract", "What they are"), kinds),
        )
        day = say("contract", "Such as 2019-03-31. Leave it empty if you do not know.")
        self._beside(
            self._text_field("signed_on", say("contract", "Signed on"), day),
            self._choice_field("hold", say("contract", "What they got"), holds),
        )
        share = say("contract", "Per cent, where they own a part. Empty: not known.")
        self._beside(self._text_field("share", say("contract", "Their share"), share), QWidget())
        self._choice("hold").currentIndexChanged.connect(self._look_at_hold)
        self._add_rights()
        self._look_at_hold()

    def _add_rights(self) -> None:
        boxes = QWidget()
        flow = FlowLayout(boxes, gap=12)
        for right in Right:
            box = CheckBox(self._desk.theme, domain_words(words.RIGHT[right]))
            self._rights[right] = box
            flow.addWidget(box)
        hint = say(
            "contract", "Voice, name and image stay yours here, whatever the contract says about them."
        )
        self._add("rights", Field(self._desk.theme, say("contract", "About which rights"), boxes, hint))

    def _add_ai(self) -> None:
        self._heading(say("contract", "What it says about AI"))
        clauses = [(clause.value, domain_words(said)) for clause, said in AI_CLAUSE.items()]
        self._beside(
            self._choice_field("ai_clause", say("contract", "It says"), clauses),
            self._text_field(
                "clause_number", say("contract", "Number of the clause"), say("contract", "Such as 14.3")
            ),
        )
        hint = say(
            "contract", "Copied as they stand. They never leave this computer; reports name the clause only."
        )
        self._add("ai_words", self._long_field("ai_words", say("contract", "Its exact words"), hint, 4))

    def _add_reach(self) -> None:
        self._heading(say("contract", "How far it reaches"))
        day = say("contract", "Empty: since it was signed.")
        end = say("contract", "The last day of the term. Empty: no end is named.")
        self._beside(
            self._text_field("since", say("contract", "From"), day),
            self._text_field("until", say("contract", "Until"), end),
        )
        back = say(
            "contract", "The day on which you get the rights again. Rights they own stay theirs without one."
        )
        places = say("contract", "Codes of two letters, such as SE NO DK. Empty: everywhere.")
        self._beside(
            self._text_field("reversion_on", say("contract", "Rights come back on"), back),
            self._text_field("territories", say("contract", "In which countries"), places),
        )
        inside = self._folded(
            say("contract", "Only for some recordings, songs or releases"), "works", "releases"
        )
        several = say("contract", "One a line, by title, ISRC or ISWC. Empty: all of them.")
        titles = say("contract", "One a line, by title or UPC. Empty: all of them.")
        inside.addWidget(self._long_field("works", say("contract", "Recordings and songs"), several, 3))
        inside.addWidget(self._long_field("releases", say("contract", "Releases"), titles, 3))

    def _add_more(self) -> None:
        names = (
            "objection_days",
            "audit_months",
            "rerecording_until",
            "how_a_yes_is_withdrawn",
            "writing_clause",
            "notice_address",
            "note",
        )
        inside = self._folded(say("contract", "Periods, notices and a note"), *names)
        days = say("contract", "Days after the date of a statement.")
        months = say("contract", "Months in which you may look into their books.")
        self._beside(
            self._text_field("objection_days", say("contract", "You can object to a statement for"), days),
            self._text_field("audit_months", say("contract", "You can audit for"), months),
            into=inside,
        )
        rerecording = say("contract", "No new recording of the same songs before this day.")
        self._beside(
            self._text_field("rerecording_until", say("contract", "No re-recording until"), rerecording),
            QWidget(),
            into=inside,
        )
        for name, words_of in (
            ("how_a_yes_is_withdrawn", say("contract", "How a yes is taken back")),
            ("writing_clause", say("contract", "What it says of writing to others directly")),
            ("notice_address", say("contract", "Address for notices")),
            ("note", say("contract", "Your note")),
        ):
            inside.addWidget(self._long_field(name, words_of, "", 2))

    def _add_paper(self) -> None:
        self._heading(say("contract", "The paper"))
        self.file = ContractFile(self._desk.theme)
        self.file.copy_wished.connect(self._choose_copy)
        self._add("file", Field(self._desk.theme, say("contract", "File of the contract"), self.file))

    def _heading(self, words_of: str) -> None:
        self.inside.addSpacing(6)
        self.inside.addWidget(SectionHeading(self._desk.theme, words_of, small=True))

    def _folded(self, words_of: str, *names: str) -> QVBoxLayout:
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 4, 0, 4)
        inside.setSpacing(10)
        fold = Disclosure(self._desk.theme, words_of, content)
        self.inside.addWidget(fold)
        self._more.update(dict.fromkeys(names, fold))
        return inside

    def _beside(self, one: QWidget, other: QWidget, into: QVBoxLayout | None = None) -> None:
        line = row(one, other, gap=16)
        for place, part in enumerate((one, other)):
            line.setStretch(place, 1)
            line.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        (into or self.inside).addLayout(line)

    def _add(self, name: str, field: Field) -> None:
        self._fields[name] = field
        self.inside.addWidget(field)

    def _text_field(self, name: str, words_of: str, hint: str = "") -> Field:
        edit = QLineEdit()
        edit.textChanged.connect(lambda: self._fields[name].show_fault(""))
        self._fields[name] = Field(self._desk.theme, words_of, edit, hint)
        return self._fields[name]

    def _long_field(self, name: str, words_of: str, hint: str, lines: int) -> Field:
        edit = QPlainTextEdit()
        edit.setTabChangesFocus(True)
        edit.setFixedHeight(lines * self._desk.theme.px(_LINE) + 16)
        edit.textChanged.connect(lambda: self._fields[name].show_fault(""))
        self._fields[name] = Field(self._desk.theme, words_of, edit, hint)
        return self._fields[name]

    def _choice_field(self, name: str, words_of: str, options: Sequence[tuple[str, str]]) -> Field:
        choice = Select(self._desk.theme, words_of)
        for key, said in options:
            choice.addItem(said, key)
        self._fields[name] = Field(self._desk.theme, words_of, choice)
        return self._fields[name]

    def _line(self, name: str) -> QLineEdit:
        editor = self._fields[name].editor
        assert isinstance(editor, QLineEdit)
        return editor

    def _choice(self, name: str) -> Select:
        editor = self._fields[name].editor
        assert isinstance(editor, Select)
        return editor

    def _offer_names(self, names: tuple[str, ...]) -> None:
        """Whoever is known here, so that one party is not taken for two; then the public directory."""
        listed = [organisation.name for organisation in organisations()]
        completer = QCompleter(list(dict.fromkeys((*names, *listed))), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._line("other_side").setCompleter(completer)

    def _look_at_hold(self) -> None:
        self._line("share").setEnabled(self._choice("hold").currentData() == Hold.SHARES.value)

    # What is in it

    def _fill(self, kept: _Kept) -> None:
        self.show_text(kept.text)
        if kept.row is not None and kept.row.contract.file is not None:
            self.file.show_kept(kept.row.contract.file)

    def show_text(self, text: ContractText) -> None:
        """Write a contract into the fields."""
        for name, field in self._fields.items():
            editor = field.editor
            if name in ("rights", "file"):
                continue
            value = getattr(text, name)
            if isinstance(editor, QLineEdit):
                editor.setText("" if name == "territories" and value == "WW" else value)
            elif isinstance(editor, QPlainTextEdit):
                editor.setPlainText("\n".join(value) if isinstance(value, tuple) else value)
            elif isinstance(editor, Select):
                editor.setCurrentIndex(max(0, editor.findData(value)))
        for right, box in self._rights.items():
            box.setChecked(right.value in text.rights)
        for name, fold in self._more.items():
            if getattr(text, name):
                fold.set_open(True)

    @property
    def text(self) -> ContractText:
        """What stands in the fields."""
        written: dict[str, str | tuple[str, ...]] = {}
        for name, field in self._fields.items():
            editor = field.editor
            if isinstance(editor, QLineEdit):
                written[name] = editor.text() if editor.isEnabled() else ""
            elif isinstance(editor, QPlainTextEdit):
                lines = editor.toPlainText()
                several = name in ("works", "releases")
                written[name] = (
                    tuple(each for each in lines.splitlines() if each.strip()) if several else lines
                )
            elif isinstance(editor, Select):
                written[name] = str(editor.currentData())
        written["rights"] = tuple(right.value for right, box in self._rights.items() if box.isChecked())
        return ContractText(**written)  # type: ignore[arg-type]

    # Saving

    def _save(self) -> None:
        for field in self._fields.values():
            field.show_fault("")
        self.show_problem("")
        artist, text, id = self._artist, self.text, self._id
        chosen, without = self.file.chosen, self.file.is_removed
        self._desk.act(
            self,
            lambda console: contract_commands.save_contract(
                console, artist, text, id, chosen, without_file=without
            ),
            self._end,
            self._fail,
        )

    def _end(self, _contract: Contract) -> None:
        self.accept()
        self._desk.say(say("contract", "The contract is kept on this computer."))
        self.saved.emit()

    def _fail(self, problem: Problem) -> None:
        if isinstance(problem, ContractFaults):
            self.show_faults(problem.faults)
        else:
            self.show_problem(problem_words(problem))

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say beside each field what is wrong with it; the first of them gets the cursor."""
        for fault in faults:
            if fault.field in self._more:
                self._more[fault.field].set_open(True)
            self._fields[fault.field].show_fault(fault.words)
        first = min(faults, key=lambda fault: list(self._fields).index(fault.field))
        editor = self._fields[first.field].editor
        (next(iter(self._rights.values())) if first.field == "rights" else editor).setFocus()
        self.show_problem(
            say_count(
                "contract",
                "It was not saved: one field needs another look.",
                "It was not saved: {n} fields need another look.",
                len(faults),
            )
        )

    # The file, and removing

    def _choose_copy(self) -> None:
        dialog = QFileDialog(self, say("contract", "Save a copy of the file"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(self.file.name)
        dialog.fileSelected.connect(self.copy_to)
        dialog.open()

    def copy_to(self, path: str) -> None:
        """Write a copy of the kept file; outside of the profile it is not encrypted."""
        id = self._id
        if id is None:
            return
        self._desk.ask(
            self,
            "copy",
            lambda console: contract_commands.save_attached(console, id, Path(path)),
            self._copied,
            self._fail,
        )

    def _copied(self, path: Path) -> None:
        self._desk.say(say("contract", "Saved as {file}. The copy is not encrypted.", file=path.name))

    def _ask_to_remove(self) -> None:
        id = self._id
        if id is not None:
            self._desk.ask(
                self,
                "removal",
                lambda console: contract_commands.removal_of(console, id),
                self._confirm,
                self._fail,
            )

    def _confirm(self, lost: Removal) -> None:
        box = message_box(
            self,
            say("contract", "Remove the contract with {name}?", name=lost.other_side),
            removal_words(lost),
        )
        box.setObjectName("remove-contract")
        keep = box.addButton(say("contract", "Keep it"), box.ButtonRole.RejectRole)
        remove = box.addButton(say("contract", "Remove the contract"), box.ButtonRole.DestructiveRole)
        box.setDefaultButton(keep)
        remove.clicked.connect(self._remove)
        box.open()

    def _remove(self) -> None:
        id = self._id
        if id is not None:
            self._desk.act(
                self,
                lambda console: contract_commands.remove_contract(console, id),
                self._removed,
                self._fail,
            )

    def _removed(self, lost: Removal) -> None:
        self.accept()
        self._desk.say(say("contract", "The contract with {name} was removed.", name=lost.other_side))
        self.saved.emit()


def removal_words(lost: Removal) -> str:
    """What goes and what stays."""
    reach = say_count(
        "contract",
        "What your answer can do is then not known from it for 1 recording.",
        "What your answer can do is then not known from it for {n} recordings.",
        lost.recordings,
    )
    stays = say("contract", "Your decisions, receipts and statements stay.")
    if not lost.file_name:
        return say("contract", "{reach} {stays}", reach=reach, stays=stays)
    return say(
        "contract",
        "Its file {file} goes with it. {reach} {stays}",
        file=lost.file_name,
        reach=reach,
        stays=stays,
    )


def _kept(console: Console, id: FactId) -> _Kept:
    return _Kept(contract_commands.contract_text(console, id), contract_commands.show_contract(console, id))
