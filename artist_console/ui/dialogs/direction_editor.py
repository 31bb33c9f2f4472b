"""A letter of direction: somebody has a part of what is theirs paid to somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from artist_console.commands import directions as commands
from artist_console.commands.directions import DirectionRow
from artist_console.commands.pay_terms_form import DirectionText, direction_text, direction_wish
from artist_console.domain import words
from artist_console.domain.ids import PartyId
from artist_console.domain.uses import Right
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.kept_form import Deed, KeptForm
from artist_console.ui.dialogs.work_edit import WorkEdit
from artist_console.ui.meanings import domain_words
from artist_console.ui.text import isolate, say
from artist_console.ui.widgets.buttons import Select
from artist_console.ui.widgets.layout import beside


class DirectionEditor(KeptForm):
    """A new letter, or one that is kept; the service keeps it when the button is pressed."""

    def __init__(
        self, desk: Desk, former: DirectionRow | None, issuers: Sequence[str], parent: QWidget
    ) -> None:
        title = (
            say("pay-terms", "Add a letter of direction")
            if former is None
            else say("pay-terms", "A letter of direction")
        )
        lead = say(
            "pay-terms",
            "It says that a part of somebody's money goes to another, who need not hold any right.",
        )
        super().__init__(desk, "direction-editor", title, lead, (620, 640), parent)
        self._former = former
        self._build(issuers)
        self.inside.addStretch(1)
        remove, keep = say("pay-terms", "Remove the letter"), say("pay-terms", "Keep the letter")
        self.put_buttons(remove, keep, is_kept=former is not None)
        chosen = desk.artist or (desk.artists[0].id if len(desk.artists) == 1 else None)
        empty = DirectionText(directed_by=PartyId(chosen) if chosen else None)
        self.show_text(direction_text(former) if former is not None else empty)
        self.payee.setFocus()

    # The form

    def _build(self, issuers: Sequence[str]) -> None:
        desk = self._desk
        self.directed_by = Select(desk.theme, say("pay-terms", "Whose money"))
        for artist in desk.artists:
            self.directed_by.addItem(artist.name, artist.id)
        self.payee, self.share, self.payer, self.source = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.work = WorkEdit(desk, self.directed_by.currentData)
        completer = QCompleter(list(issuers), self.payer)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.payer.setCompleter(completer)
        self.right = Select(desk.theme, say("pay-terms", "Of which right"))
        self.right.addItem(say("pay-terms", "Every right"), None)
        for each in Right:
            self.right.addItem(domain_words(words.RIGHT[each]), each)
        field = self.field
        self.inside.addLayout(
            beside(
                field("directed_by", say("pay-terms", "Whose money"), self.directed_by),
                field("payee", say("pay-terms", "Paid to"), self.payee, say("pay-terms", "A name.")),
            )
        )
        part = say("pay-terms", "Per cent of their own share, such as 12.5.")
        who = say("pay-terms", "Who sends the statements. Empty: all of them.")
        self.inside.addLayout(
            beside(
                field("share", say("pay-terms", "Which part of it"), self.share, part),
                field("payer", say("pay-terms", "Of whose statements"), self.payer, who),
            )
        )
        one = say("pay-terms", "A title, ISRC or ISWC. Empty: all of them.")
        self.inside.addLayout(
            beside(
                field("work", say("pay-terms", "Of which recording or song"), self.work, one),
                field("right", say("pay-terms", "Of which right"), self.right),
            )
        )
        self.inside.addLayout(self.days())
        where = say("pay-terms", "Such as: Letter of 2 May 2024 to the label.")
        self.inside.addWidget(field("source", say("pay-terms", "Where it stands"), self.source, where))

    # What is in it

    def show_text(self, text: DirectionText) -> None:
        """Write a letter into the fields."""
        former = self._former
        if text.directed_by is not None and self.directed_by.findData(text.directed_by) < 0:
            name = former.directed_by_name if former is not None else str(text.directed_by)
            self.directed_by.insertItem(0, name, text.directed_by)
        self.directed_by.setCurrentIndex(max(0, self.directed_by.findData(text.directed_by)))
        self.payee.setText(text.payee)
        self.share.setText(text.share)
        self.payer.setText(text.payer)
        self.work.show_work(former.work_title if former is not None else "", text.work)
        values = [self.right.itemData(place) for place in range(self.right.count())]
        self.right.setCurrentIndex(values.index(text.right) if text.right in values else 0)
        self.since.show_day(text.since)
        self.until.show_day(text.until)
        self.source.setText(text.source)

    @property
    def text(self) -> DirectionText:
        """What stands in the fields."""
        return DirectionText(
            directed_by=self.directed_by.currentData(),
            payee=self.payee.text(),
            share=self.share.text(),
            payer=self.payer.text(),
            work=self.work.work,
            right=self.right.currentData(),
            since=self.since.day,
            until=self.until.day,
            source=self.source.text(),
        )

    # Keeping

    def keeping(self) -> Deed:
        wish = direction_wish(self.text, self._former)
        return lambda console: commands.set_direction(console, wish)

    def removing(self) -> Deed:
        assert self._former is not None, "the button stands only there"
        id = self._former.direction.id
        return lambda console: commands.remove_direction(console, id)

    def which_work(self) -> str:
        return say("pay-terms", "Choose one of the list, or leave it empty for all of them.")

    def kept_words(self, kept: DirectionRow) -> str:
        return say("pay-terms", "The letter for {name} is kept.", name=isolate(kept.payee_name))

    def gone_words(self) -> str:
        return say("pay-terms", "The letter is removed. What was paid by it stays.")
