"""What a reply says, in a structured form: it becomes evidence on the works where it says where they are."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from artist_console.commands import case_checks
from artist_console.commands import cases as case_commands
from artist_console.commands.case_beside import BesideCase, beside_case
from artist_console.commands.case_places import NamedPlaces, named_places
from artist_console.commands.cases import CaseRow
from artist_console.domain.case_evidence import OF_A_DATASET, OF_A_MODEL, says_where
from artist_console.domain.case_quotes import stands_in, why_no_quote
from artist_console.domain.case_standing import open_replies
from artist_console.domain.cases import Case, CaseEvent, EventKind, Outcome, OutcomeKind
from artist_console.domain.ids import WorkId
from artist_console.domain.problems import Problem
from artist_console.domain.words import GRADE
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.letter_words import outcome_said, outcome_words
from artist_console.ui.meanings import domain_words, problem_words
from artist_console.ui.tables.pick_model import PickRow
from artist_console.ui.text import from_outside, isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, Select
from artist_console.ui.widgets.cards import Card
from artist_console.ui.widgets.day_edit import DayEdit
from artist_console.ui.widgets.fields import Field
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.picker import Picker
from artist_console.ui.widgets.sections import Disclosure, Note


def replies_of(case: Case) -> tuple[CaseEvent, ...]:
    """The replies, those first of which nobody has recorded what they say."""
    unread = open_replies(case)
    others = [
        each for each in case.events if each.kind is EventKind.REPLY and each not in unread and each.file
    ]
    return (*unread, *reversed(others))


class OutcomeDialog(Sheet):
    """Nothing is chosen before: what the reply says is the person's reading, with the words beside it."""

    def __init__(self, desk: Desk, shown: CaseRow, parent: QWidget, reply: CaseEvent | None = None) -> None:
        title = say("outcome", "Record what they say")
        super().__init__(desk.theme, "case-outcome", title, 680, 760, parent)
        self._desk, self._shown = desk, shown
        self._replies = replies_of(shown.case)
        self._beside: BesideCase | None = None  # what the word of each who is known counts for
        self._is_weighing = self._weigh_again = False
        self.set_heading(title, shown.case.title)
        self._build_reply(reply)
        self._build_saying()
        self._build_where()
        self._build_works()
        self._build_preview()
        self.inside.addStretch(1)
        cancel = Button(desk.theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.record = Button(desk.theme, say("outcome", "Record it"), ButtonKind.PRIMARY)
        self.record.clicked.connect(self._record)
        self.set_buttons(None, cancel, self.record, safe=cancel)
        desk.ask(self, "places", named_places, self._offer_places, self._failed)
        case = shown.case.id
        desk.ask(self, "works", lambda console: beside_case(console, case), self._offer_works, self._failed)
        self.of.currentIndexChanged.connect(self._follow)
        self._follow()
        self.kind.setFocus()

    # Building

    def _build_reply(self, reply: CaseEvent | None) -> None:
        """Which reply is meant, and its words beside the form."""
        theme, figures = self._desk.theme, self._desk.figures
        self.of = Select(theme, say("outcome", "In which reply"))
        if len(self._replies) > 1:
            self.of.addItem(say("outcome", "Choose"), None)
        for each in self._replies:
            name = each.file.file.name if each.file is not None else say("outcome", "a reply")
            words = say("outcome", "{day}: {file}", day=figures.day(each.on), file=name)
            self.of.addItem(words, each.id)
        self.of.addItem(say("outcome", "No file: told by phone or in person"), "")
        if reply is not None:
            self.of.setCurrentIndex(max(0, self.of.findData(reply.id)))
        self.of.currentIndexChanged.connect(self._show_reply)
        self.of_field = Field(theme, say("outcome", "In which reply"), self.of)
        self.inside.addWidget(self.of_field)
        self.reply_text = from_outside("", tone=Token.TEXT_2)
        paper = Card(theme, padding=14)
        paper.add(self.reply_text)
        self.reply_fold = Disclosure(theme, say("outcome", "The words of the reply"), paper)
        self.inside.addWidget(self.reply_fold)
        self._show_reply()

    def _build_saying(self) -> None:
        theme = self._desk.theme
        self.kind = Select(theme, say("outcome", "What they say"))
        self.kind.addItem(say("outcome", "Choose"), None)
        for kind in OutcomeKind:
            self.kind.addItem(outcome_words(kind), kind)
        self.kind.currentIndexChanged.connect(self._follow)
        self.kind_field = Field(theme, say("outcome", "What they say"), self.kind)
        self.day = DayEdit(theme, self._desk.figures, self._desk.settings.language)
        hint = say("outcome", "The day that their answer speaks of. Empty: the day of the reply.")
        self.day_field = Field(theme, say("outcome", "As of"), self.day, hint)
        line = row(self.kind_field, self.day_field, gap=16)
        for place, field in enumerate((self.kind_field, self.day_field)):
            line.setStretch(place, 1)
            line.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        self.inside.addLayout(line)
        self.said_by = QLineEdit(self._shown.case.addressee_name)
        self.said_by.textChanged.connect(self._follow)
        self.said_by_field = Field(theme, say("outcome", "Who says it"), self.said_by)
        self.inside.addWidget(self.said_by_field)
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(theme.px(76))
        self.words.textChanged.connect(self._follow)
        quote = say("outcome", "The sentence as it stands in the reply, word for word.")
        self.words_field = Field(theme, say("outcome", "In their words"), self.words, quote)
        self.inside.addWidget(self.words_field)

    def _build_where(self) -> None:
        theme = self._desk.theme
        self.programme = Select(theme, say("outcome", "Programme"))
        self.dataset = Select(theme, say("outcome", "Dataset"))
        self.model = Select(theme, say("outcome", "Model"))
        for each in (self.programme, self.dataset, self.model):
            each.addItem(say("outcome", "None named"), None)
            each.currentIndexChanged.connect(self._follow)
        self.day.edit.textChanged.connect(self._follow)
        self.programme_field = Field(theme, say("outcome", "Programme"), self.programme)
        self.dataset_field = Field(theme, say("outcome", "Dataset"), self.dataset)
        self.model_field = Field(theme, say("outcome", "Model"), self.model)
        line = row(self.programme_field, self.dataset_field, self.model_field, gap=16)
        for place in range(3):
            line.setStretch(place, 1)
        self.inside.addLayout(line)

    def _build_works(self) -> None:
        theme = self._desk.theme
        self.works = Picker(
            theme,
            say("outcome", "About which works"),
            say("outcome", "Find a work"),
            say("outcome", "Work"),
        )
        self.works.setFixedHeight(theme.px(236))
        self.works.chosen_changed.connect(self._follow)
        self.works_label = label(say("outcome", "About which works"), weight="medium")
        self.works_fault = label("", TextRole.SMALL, Tint.DENY, wrap=True)
        self.works_fault.hide()
        self.inside.addWidget(self.works_label)
        self.inside.addWidget(self.works)
        self.inside.addWidget(self.works_fault)
        has_works = bool(self._shown.case.works)
        self.works_label.setVisible(has_works)
        self.works.setVisible(has_works)

    def _build_preview(self) -> None:
        theme = self._desk.theme
        self.preview = Card(theme, say("outcome", "What follows from it"), padding=14)
        self.said = label("", weight="medium", wrap=True)
        self.follows = label("", tone=Token.TEXT_2, wrap=True)
        self.weight = Note(theme, "", Tint.NEUTRAL, Icon.INFO)  # where it counts for another grade, and why
        self.weight.show_words("")
        self.not_proved = Note(theme, "", Tint.NEUTRAL, Icon.INFO)
        self.summary = Note(theme, "", Tint.ASK, Icon.INFO)
        for part in (self.said, self.follows, self.weight, self.summary, self.not_proved):
            self.preview.add(part)
        self.preview.body.setSpacing(8)
        self.inside.addWidget(self.preview)

    def _offer_works(self, beside: BesideCase) -> None:
        gone = say("outcome", "Not in the catalogue any more: kept on the case, shown on no work")
        self._beside = beside
        self._follow()
        self.works.show_rows(
            [PickRow(work, title or str(work), "" if title else gone) for work, title in beside.works]
        )

    def _offer_places(self, places: NamedPlaces) -> None:
        offered: tuple[tuple[Select, Sequence[tuple[Hashable, str]]], ...] = (
            (self.programme, places.programmes),
            (self.dataset, places.datasets),
            (self.model, places.models),
        )
        for choice, rows in offered:
            for id, name in rows:
                choice.addItem(name, id)
        named = self._shown.case.about.programme
        if named is not None:
            self.programme.setCurrentIndex(max(0, self.programme.findData(named)))

    # Following what is chosen

    def _show_reply(self) -> None:
        reply = self._reply
        text = reply.file.text if reply is not None and reply.file is not None else ""
        self.reply_text.setText(text.strip())
        self.reply_fold.setVisible(bool(text))
        self.reply_fold.set_open(bool(text))

    @property
    def _reply(self) -> CaseEvent | None:
        id = self.of.currentData()
        return next((each for each in self._replies if each.id == id), None)

    @property
    def _kind(self) -> OutcomeKind | None:
        found = self.kind.currentData()
        return found if isinstance(found, OutcomeKind) else None

    @property
    def _chosen(self) -> tuple[WorkId, ...]:
        return tuple(WorkId(str(work)) for work in self.works.chosen)

    def _follow(self) -> None:
        """What would follow, in the words in which it will be shown."""
        kind = self._kind
        self._clear_mended()
        where = kind is not None and says_where(kind)
        self.dataset_field.setVisible(where and kind not in OF_A_MODEL)
        self.model_field.setVisible(where and kind not in OF_A_DATASET)
        self.preview.setVisible(kind is not None)
        if kind is None:
            return
        who = self.said_by.text().strip() or self._shown.case.addressee_name
        self.said.setText(outcome_said(kind, who))
        self._follow_words()
        counts_as = self._beside.grade_of(who) if self._beside is not None else None
        n = len(self._chosen)
        if where and counts_as is None:
            self.follows.setText(
                say(
                    "outcome",
                    "It stays on the case: {who} is known here neither as operator nor as licensor, so no "
                    "work shows it.",
                    who=isolate(who),
                )
            )
        elif where and n and self.of.currentData() == "":
            self.follows.setText(
                say(
                    "outcome",
                    "It is told without a file, so it counts as self-reported, by you: the weakest evidence.",
                )
            )
        elif where and n:
            self.follows.setText(
                say_count(
                    "outcome",
                    "This becomes evidence: the work shows it under “Where it is”, as what {who} says, with "
                    "this case and the words behind it.",
                    "This becomes evidence: {n} works show it under “Where it is”, as what {who} says, with "
                    "this case and the words behind it.",
                    n,
                    who=isolate(who),
                )
            )
        elif where:
            self.follows.setText(say("outcome", "It stays on the case: no work is chosen that it speaks of."))
        else:
            self.follows.setText(
                say("outcome", "It stays on the case. It does not say where a work is, so no work shows it.")
            )
        self.not_proved.show_words(
            say(
                "outcome",
                "It shows that {who} said so, not that it is so.",
                who=isolate(who),
            )
        )

        self._weigh()

    # What it will count for

    def _weigh(self) -> None:
        """Ask by the rules by which it is recorded; one question at a time, however fast somebody types."""
        outcome, case, of = self._outcome(), self._shown.case, str(self.of.currentData() or "")
        if outcome is None or self.of.currentData() is None:
            self.weight.show_words("")
            return
        if self._is_weighing:
            self._weigh_again = True
            return
        self._is_weighing = True
        # Whoever has written nothing yet is told the grade all the same.
        asked = outcome if outcome.words else replace(outcome, words="…")
        self._desk.ask(
            self,
            "weight",
            lambda console: case_checks.checked_outcome(console, case, of, asked),
            self._show_weight,
            self._not_weighed,
        )

    def _not_weighed(self, _problem: Problem) -> None:
        """What is wrong is told when it is recorded; nothing is promised before."""
        self._is_weighing = False
        self.weight.show_words("")
        if self._weigh_again:
            self._weigh_again = False
            self._weigh()

    def _show_weight(self, found: Outcome) -> None:
        self._is_weighing = False
        if self._weigh_again:
            self._weigh_again = False
            self._weigh()
            return
        self.weight.show_words("")
        if self.words.toPlainText().strip():
            self.summary.show_words("" if found.quoted else domain_words(why_no_quote(self._reply)))
        if found.grade is None or not found.works or not says_where(found.kind):
            return
        counts = say("outcome", "It counts as “{grade}”.", grade=domain_words(GRADE[found.grade]))
        told = self.of.currentData() == ""
        self.weight.show_words(counts if told or not found.grade_why else f"{counts} {found.grade_why}")

    def _clear_mended(self) -> None:
        """A fault goes when what it asks for is there."""
        for field, is_there in (
            (self.kind_field, self._kind is not None),
            (self.words_field, bool(self.words.toPlainText().strip())),
            (self.said_by_field, bool(self.said_by.text().strip())),
            (self.of_field, self.of.currentData() is not None),
            (self.day_field, self.day.is_empty or self.day.day is not None),
        ):
            if is_there:
                field.show_fault("")

    def _follow_words(self) -> None:
        """Whether what was written stands in the reply: if not, it is a summary and is shown as one."""
        words, reply = self.words.toPlainText().strip(), self._reply
        text = reply.file.text if reply is not None and reply.file is not None else ""
        chosen = self.of.currentData() is not None
        is_summary = bool(words) and chosen and not stands_in(words, text)
        self.summary.show_words(domain_words(why_no_quote(reply)) if is_summary else "")

    def _outcome(self) -> Outcome | None:
        """What stands in the fields; None before it is chosen what they say."""
        kind = self._kind
        if kind is None:
            return None
        shown = self.dataset_field.isVisibleTo(self), self.model_field.isVisibleTo(self)
        return Outcome(
            kind,
            self.said_by.text().strip(),
            self.words.toPlainText().strip(),
            self._chosen,
            self.programme.currentData(),
            self.dataset.currentData() if shown[0] else None,
            self.model.currentData() if shown[1] else None,
            self.day.day,
        )

    # Recording

    def _record(self) -> None:
        kind = self._kind
        self.kind_field.show_fault("" if kind else say("outcome", "Choose what they say."))
        words = self.words.toPlainText().strip()
        self.words_field.show_fault("" if words else say("outcome", "Copy the sentence from the reply."))
        who = self.said_by.text().strip()
        self.said_by_field.show_fault("" if who else say("outcome", "Write who says it."))
        chosen = self.of.currentData() is not None
        self.of_field.show_fault("" if chosen else say("outcome", "Choose the reply that says it."))
        unread = not self.day.is_empty and self.day.day is None
        self.day_field.show_fault(say("outcome", "This day cannot be read.") if unread else "")
        faulty: tuple[tuple[bool, QWidget], ...] = (
            (not chosen, self.of),
            (kind is None, self.kind),
            (not who, self.said_by),
            (unread, self.day),
            (not words, self.words),
        )
        first = next((field for is_faulty, field in faulty if is_faulty), None)
        if kind is None or first is not None:
            if first is not None:
                first.setFocus()  # the keyboard goes to what is to be mended
            return
        outcome = self._outcome()
        assert outcome is not None, "what they say is chosen"
        case, of = self._shown.case.id, str(self.of.currentData() or "")
        self.record.setEnabled(False)
        self.show_problem("")
        self._desk.act(
            self,
            lambda console: case_commands.record_outcome(console, case, of, outcome),
            self._done,
            self._failed,
        )

    def _done(self, _case: Case) -> None:
        self._desk.say(say("outcome", "Recorded as what they say."))
        self.accept()

    def _failed(self, problem: Problem) -> None:
        self.record.setEnabled(True)
        self.show_problem(problem_words(problem))
