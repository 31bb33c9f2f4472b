"""The consensus board of a work: who has to agree, by right and territory, and who has."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from artist_console.commands import consensus as consensus_commands
from artist_console.commands import recorded_answers, reminders
from artist_console.commands.consensus import BoardView
from artist_console.commands.recorded_answers import AnswerKept
from artist_console.commands.reminders import Reminder
from artist_console.domain import words
from artist_console.domain.consensus import AGREED_WORDS, Agreed
from artist_console.domain.ids import ArtistId, FactId, PartyId, ProgrammeId, WorkId
from artist_console.domain.problems import Problem
from artist_console.domain.uses import Use
from artist_console.ui.agreeing import agreed_chip
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.board_group import GroupCard
from artist_console.ui.dialogs.new_letter import NewLetterDialog
from artist_console.ui.dialogs.record_answer import FOLDER_KEPT_AS, RecordAnswerDialog
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.dialogs.write_by_mail import WriteByMailDialog, reminder_words
from artist_console.ui.icons import Icon
from artist_console.ui.letter_start import about_share
from artist_console.ui.meanings import domain_words, problem_words, sentence
from artist_console.ui.text import label, say
from artist_console.ui.tokens import Tint, Token
from artist_console.ui.widgets.buttons import Button, Select
from artist_console.ui.widgets.chips import Chip
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.sections import Note

_ALL_ASKED = ("", "")


class ConsensusDialog(Sheet):
    """Grouped by right. Answers of people without an account are recorded here, reminders drafted."""

    shown = Signal()  # the board is there, or is there anew

    def __init__(
        self,
        desk: Desk,
        artist: ArtistId,
        work: WorkId,
        parent: QWidget,
        programme: ProgrammeId | None = None,
        use: Use | None = None,
    ) -> None:
        super().__init__(desk.theme, "consensus", say("consensus", "Who has to agree"), 760, 720, parent)
        self._desk = desk
        self._artist, self._work = artist, work
        self._programme, self._use = programme, use
        self.view: BoardView | None = None
        theme = desk.theme
        self.asked = Select(theme, say("consensus", "Asked about"))
        self.asked.setMaximumWidth(theme.px(420))
        self.asked.activated.connect(self._choose)
        self.chip = Chip(theme)
        self.chip.hide()
        top = row(Field(theme, say("consensus", "Asked about"), self.asked), None, gap=16)
        top.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignBottom)
        self.inside.addLayout(top)
        self.what = label("", tone=Token.TEXT_2, wrap=True)
        self.inside.addWidget(self.what)
        self.told = Note(theme, "", Tint.INFO, Icon.CHECK)
        self.told.show_words("")
        self.inside.addWidget(self.told)
        self._groups = column(gap=12)
        self.inside.addLayout(self._groups)
        self.inside.addStretch(1)
        self.cards: tuple[GroupCard, ...] = ()
        close = Button(theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.general = Button(theme, say("consensus", "Copy a reminder without names"), icon=Icon.COPY)
        self.general.clicked.connect(partial(self.copy_reminder, None))
        self.general.hide()
        self.set_buttons(self.general, None, close, safe=close)
        self.reload()

    # Showing

    def reload(self) -> None:
        artist, work, programme, use = self._artist, self._work, self._programme, self._use
        self._desk.ask(
            self,
            "board",
            lambda console: consensus_commands.consensus_board(console, artist, work, programme, use),
            self._show,
            self._failed,
        )

    def _show(self, view: BoardView) -> None:
        self.view = view
        self.show_problem("")
        self.set_heading(
            say("consensus", "Who has to agree: “{title}”", title=view.title),
            say(
                "consensus",
                "Others are told as “everyone agreed” or “not everyone has agreed”, unless they share more.",
            ),
        )
        self._show_choices(view)
        self.chip.show_value(agreed_chip(view.board.agreed))
        self.chip.show()
        self.what.setText(self._what(view))
        self.general.setVisible(any(group.others is Agreed.NOT_EVERYONE for group in view.board.groups))
        clear_layout(self._groups)
        cards = []
        for group in view.board.groups:
            card = GroupCard(self._desk, view, group)
            card.record_wished.connect(self.record)
            card.change_wished.connect(self.change)
            card.remove_wished.connect(self.remove)
            card.save_wished.connect(self.choose_where)
            card.copy_wished.connect(self.copy_reminder)
            card.mail_wished.connect(self.write_by_mail)
            self._groups.addWidget(card)
            cards.append(card)
        self.cards = tuple(cards)
        self.shown.emit()

    def _show_choices(self, view: BoardView) -> None:
        self.asked.blockSignals(True)
        self.asked.clear()
        self.asked.addItem(say("consensus", "All that is asked today, voice and name apart"), _ALL_ASKED)
        for choice in view.choices:
            use = domain_words(words.USE[choice.use][0])
            name = (
                say("consensus", "{programme} · {use}", programme=choice.programme_name, use=use)
                if choice.asked
                else say(
                    "consensus", "{programme} · {use} (not asked)", programme=choice.programme_name, use=use
                )
            )
            self.asked.addItem(name, (choice.programme, choice.use.value))
        wanted = (self._programme or "", self._use.value if self._use else "")
        at = next((n for n in range(self.asked.count()) if tuple(self.asked.itemData(n)) == wanted), 0)
        self.asked.setCurrentIndex(at)
        self.asked.blockSignals(False)

    def _what(self, view: BoardView) -> str:
        agreed = domain_words(AGREED_WORDS[view.board.agreed])
        if len(view.board.cells) != 1:
            return say(
                "consensus",
                "{agreed}: counted over {n} programmes and uses together. Silence is never a yes.",
                agreed=agreed,
                n=self._desk.figures.number(len(view.board.cells)),
            )
        return say("consensus", "{agreed}. Silence is never a yes.", agreed=agreed)

    def _choose(self) -> None:
        programme, use = self.asked.currentData()
        self._programme = ProgrammeId(programme) if programme else None
        self._use = Use(use) if use else None
        self.told.show_words("")
        self.reload()

    def _failed(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))

    # Recording

    def record(self, party: PartyId, name: str) -> None:
        if self.view is not None:
            dialog = RecordAnswerDialog(self._desk, self.view, party, name, self)
            dialog.recorded.connect(self._follow)
            dialog.open()

    def change(self, id: FactId) -> None:
        if self.view is not None and id in self.view.records:
            former = self.view.records[id]
            dialog = RecordAnswerDialog(self._desk, self.view, former.party, former.party_name, self, former)
            dialog.recorded.connect(self._follow)
            dialog.open()

    def remove(self, id: FactId) -> None:
        """Forget a recorded answer. It can be recorded again; an attached file goes with it."""
        artist = self._artist
        self._desk.act(
            self,
            lambda console: recorded_answers.remove_answer(console, artist, id),
            self._follow,
            self._failed,
        )

    def choose_where(self, id: FactId) -> None:
        """Ask where a copy of an attached file is to go."""
        if self.view is None or id not in self.view.records:
            return
        dialog = QFileDialog(
            self, say("consensus", "Save a copy of the file"), self._desk.kept(FOLDER_KEPT_AS)
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(self.view.records[id].evidence_name)
        dialog.fileSelected.connect(partial(self.save_file, id))
        dialog.open()

    def save_file(self, id: FactId, path: str) -> None:
        self._desk.ask(
            self,
            "save",
            lambda console: recorded_answers.save_evidence(console, id, Path(path)),
            self._saved,
            self._failed,
        )

    def _saved(self, path: Path) -> None:
        told = say("consensus", "Saved as {name}. The copy is not encrypted.", name=path.name)
        self.told.show_words(told)

    def _follow(self, kept: AnswerKept) -> None:
        done = say("consensus", "Recorded.") if kept.row is not None else say("consensus", "Removed.")
        self.told.show_words(" ".join((done, *(sentence(each) for each in kept.follows))))
        self.reload()

    # Reminding

    def copy_reminder(self, party: PartyId | None) -> None:
        self._draft(party, self._copy)

    def write_by_mail(self, party: PartyId | None) -> None:
        self._draft(party, self._write)

    def _draft(self, party: PartyId | None, then: Callable[[Reminder], None]) -> None:
        artist, work, programme, use = self._artist, self._work, self._programme, self._use
        self._desk.ask(
            self,
            "reminder",
            lambda console: reminders.reminder(console, artist, work, party, programme, use),
            then,
            self._failed,
        )

    def _copy(self, draft: Reminder) -> None:
        subject, text = reminder_words(draft)
        QGuiApplication.clipboard().setText(f"{subject}\n\n{text}")
        self.told.show_words(say("consensus", "The reminder is copied. Paste it where you write to them."))

    def _write(self, draft: Reminder) -> None:
        dialog = WriteByMailDialog(self._desk, draft, self)
        dialog.keep_wished.connect(partial(self._keep_as_case, draft.to_name))
        dialog.open()

    def _keep_as_case(self, to_name: str) -> None:
        start = about_share(self._artist, self._work, self._programme, to_name)
        NewLetterDialog(self._desk, self, start).open()
