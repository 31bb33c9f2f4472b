"""Who is paid what of a recording or song, said by hand: for paying alone."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from artist_console.commands import splits as commands
from artist_console.commands.splits import SplitDone, SplitRow
from artist_console.commands.splits_form import SplitText, split_text, split_wish
from artist_console.domain import words
from artist_console.domain.uses import Right
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.kept_form import Deed, KeptForm
from artist_console.ui.dialogs.work_edit import WorkEdit
from artist_console.ui.meanings import domain_words, sentence
from artist_console.ui.text import isolate, say
from artist_console.ui.widgets.buttons import Select
from artist_console.ui.widgets.layout import beside

_SHARES_HEIGHT = 110


class SplitEditor(KeptForm):
    """A new split, or one that is kept; the service keeps it when the button is pressed."""

    def __init__(self, desk: Desk, former: SplitRow | None, parent: QWidget) -> None:
        title = say("pay-terms", "Who is paid what")
        lead = say(
            "pay-terms",
            "For dividing money alone: it changes nobody's say in what may be done. Where the shares of "
            "a contract are on record, those count.",
        )
        super().__init__(desk, "split-editor", title, lead, (620, 640), parent)
        self._former = former
        self._build()
        self.inside.addStretch(1)
        remove, keep = say("pay-terms", "Remove it"), say("pay-terms", "Keep it")
        self.put_buttons(remove, keep, is_kept=former is not None)
        self.show_text(split_text(former) if former is not None else SplitText(right=Right.MASTER))
        self.work.setFocus()

    # The form

    def _build(self) -> None:
        desk, field = self._desk, self.field
        self.work, self.source, self.shares = WorkEdit(desk), QLineEdit(), QPlainTextEdit()
        self.shares.setTabChangesFocus(True)
        self.shares.setFixedHeight(_SHARES_HEIGHT)
        self.right = Select(desk.theme, say("pay-terms", "Of which right"))
        for each in Right:
            self.right.addItem(domain_words(words.RIGHT[each]), each)
        self.inside.addLayout(
            beside(
                field(
                    "work",
                    say("pay-terms", "Of which recording or song"),
                    self.work,
                    say("pay-terms", "A title, ISRC or ISWC."),
                ),
                field("right", say("pay-terms", "Of which right"), self.right),
            )
        )
        how = say(
            "pay-terms",
            "A line for each: a name, a colon and per cent, such as Mara Quist: 50. Whoever is not known yet "
            "is added. What does not come to 100 is kept, and the money waits.",
        )
        self.inside.addWidget(field("shares", say("pay-terms", "Who is paid what"), self.shares, how))
        self.inside.addLayout(self.days())
        where = say("pay-terms", "Such as: Email of 2 May 2024 from all three.")
        self.inside.addWidget(field("source", say("pay-terms", "Where it stands"), self.source, where))

    # What is in it

    def show_text(self, text: SplitText) -> None:
        """Write a split into the fields."""
        self.work.show_work(self._former.work_title if self._former is not None else "", text.work)
        values = [self.right.itemData(place) for place in range(self.right.count())]
        self.right.setCurrentIndex(values.index(text.right) if text.right in values else 0)
        self.shares.setPlainText(text.shares)
        self.since.show_day(text.since)
        self.until.show_day(text.until)
        self.source.setText(text.source)

    @property
    def text(self) -> SplitText:
        """What stands in the fields."""
        return SplitText(
            work=self.work.work,
            right=self.right.currentData(),
            shares=self.shares.toPlainText(),
            since=self.since.day,
            until=self.until.day,
            source=self.source.text(),
        )

    # Keeping

    def keeping(self) -> Deed:
        wish = split_wish(self.text, self._former)
        return lambda console: commands.set_split(console, wish)

    def removing(self) -> Deed:
        assert self._former is not None, "the button stands only there"
        id = self._former.split.id
        return lambda console: commands.remove_split(console, id)

    def row_of(self, kept: SplitDone) -> SplitRow:
        return kept.row

    def kept_words(self, kept: SplitDone) -> str:
        title = isolate(kept.row.work_title)
        if kept.row.notes:
            told = sentence(kept.row.notes[0])
            return say("pay-terms", "Kept for {title}. {note}", title=title, note=told)
        return say("pay-terms", "Who is paid what of {title} is kept.", title=title)

    def gone_words(self) -> str:
        return say("pay-terms", "The split is removed. What was paid by it stays.")
