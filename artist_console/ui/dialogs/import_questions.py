"""What an import has to ask first: whose works a catalogue holds, or whose a file is that names nobody."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from artist_console.commands.artists import ArtistRow
from artist_console.commands.imports import CatalogueLook
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.text import label, say, say_count
from artist_console.ui.tokens import Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, CheckBox
from artist_console.ui.widgets.cards import ListRow
from artist_console.ui.widgets.fields import Field

_CHOSEN_AT_FIRST = 20  # of more names than these, most are somebody else's


class ArtistsDialog(Sheet):
    """Names in a catalogue that are no artists here yet: the person's, another spelling, or somebody else."""

    are_mine = Signal(object)  # tuple of names
    are_spellings = Signal()  # of the artist who is shown

    def __init__(self, desk: Desk, path: Path, look: CatalogueLook, shown: str, parent: QWidget) -> None:
        """`shown` is the artist on the screen; empty where none is, then there is nobody to be spelled."""
        title = say("import", "Whose works are in {name}?", name=path.name)
        super().__init__(desk.theme, "import-artists", title, 520, 420, parent)
        self.boxes: list[CheckBox] = []
        self._names = tuple(name for name, _ in look.unknown)
        names = self._names
        if len(names) == 1:
            self._ask_about_one(desk, look, shown)
        else:
            self._ask_about_several(desk, look, shown)
        cancel = Button(desk.theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        if len(names) == 1:
            self.set_buttons(None, cancel, safe=cancel)
        else:
            self.bring_in = Button(desk.theme, "", ButtonKind.PRIMARY)
            self.bring_in.clicked.connect(self._take_ticked)
            self.set_buttons(None, cancel, self.bring_in, safe=cancel)
            self._count()

    def _ask_about_one(self, desk: Desk, look: CatalogueLook, shown: str) -> None:
        name, rows = look.unknown[0]
        works = say_count("import", "1 row", "{n} rows", rows)
        told = say(
            "import", "{rows} are by {artist}, who is not an artist of yours here.", rows=works, artist=name
        )
        self.inside.addWidget(label(told, tone=Token.TEXT_2, wrap=True))
        mine = ListRow(
            desk.theme,
            Icon.PERSON,
            Tint.NEUTRAL,
            say("import", "Add {artist} as an artist of yours", artist=name),
            say("import", "With answers, statements and reports of their own"),
        )
        mine.opened.connect(self._take_all)
        self.inside.addWidget(mine)
        self._offer_spelling(desk, shown, name)
        if look.known:
            self._offer_leaving(desk, say("import", "Leave the rows by {artist} out", artist=name))
        self.inside.addStretch(1)

    def _ask_about_several(self, desk: Desk, look: CatalogueLook, shown: str) -> None:
        told = say(
            "import",
            "It names {n} artists who are not here yet. Tick those that are yours.",
            n=len(look.unknown),
        )
        self.inside.addWidget(label(told, tone=Token.TEXT_2, wrap=True))
        ticked = not look.known and not shown and len(look.unknown) <= _CHOSEN_AT_FIRST
        for name, rows in look.unknown:
            works = say_count("import", "1 row", "{n} rows", rows)
            box = CheckBox(desk.theme, say("import", "{artist} · {rows}", artist=name, rows=works))
            box.setProperty("artist", name)
            box.setChecked(ticked)
            box.toggled.connect(self._count)
            self.boxes.append(box)
            self.inside.addWidget(box)
        self._known = bool(look.known)
        self._offer_spelling(desk, shown, "")
        self.inside.addStretch(1)

    def _offer_spelling(self, desk: Desk, shown: str, name: str) -> None:
        if not shown:
            return
        words = (
            say("import", "{artist} is another spelling of {shown}", artist=name, shown=shown)
            if name
            else say("import", "All of them are spellings of {shown}", shown=shown)
        )
        spelled = ListRow(
            desk.theme,
            Icon.WORKS,
            Tint.NEUTRAL,
            words,
            say("import", "The works are theirs; the other spelling is kept and found"),
        )
        spelled.opened.connect(self._take_as_spellings)
        self.inside.addWidget(spelled)

    def _offer_leaving(self, desk: Desk, words: str) -> None:
        leave = ListRow(
            desk.theme, Icon.CROSS, Tint.NEUTRAL, words, say("import", "Only works of your artists are taken")
        )
        leave.opened.connect(self._take_none)
        self.inside.addWidget(leave)

    def _count(self) -> None:
        ticked = sum(box.isChecked() for box in self.boxes)
        if ticked or not self._known:
            words = say_count("import", "Bring in 1 artist", "Bring in {n} artists", ticked)
        else:
            words = say("import", "Bring in without them")
        self.bring_in.set_words(words)
        self.bring_in.setEnabled(bool(ticked) or self._known)

    def _take_all(self) -> None:
        self._take(self._names)

    def _take_none(self) -> None:
        self._take(())

    def _take_ticked(self) -> None:
        self._take(tuple(str(box.property("artist")) for box in self.boxes if box.isChecked()))

    def _take(self, names: tuple[str, ...]) -> None:
        self.are_mine.emit(names)
        self.accept()

    def _take_as_spellings(self) -> None:
        self.are_spellings.emit()
        self.accept()


class WhoseDialog(Sheet):
    """A file that names nobody: one of the artists here, or a new name."""

    is_of = Signal(str)  # id of an artist
    is_of_new = Signal(str)  # a name

    def __init__(
        self,
        desk: Desk,
        path: Path,
        artists: Sequence[ArtistRow],
        parent: QWidget,
        *,
        may_be_new: bool = True,
    ) -> None:
        title = say("import", "Whose is {name}?", name=path.name)
        super().__init__(desk.theme, "import-whose", title, 480, 360, parent)
        told = say("import", "The file does not say which artist it belongs to.")
        self.inside.addWidget(label(told, tone=Token.TEXT_2, wrap=True))
        for artist in artists:
            choice = ListRow(desk.theme, Icon.PERSON, Tint.NEUTRAL, artist.name, artist.label)
            choice.setProperty("artist", artist.id)
            choice.opened.connect(self._choose)
            self.inside.addWidget(choice)
        cancel = Button(desk.theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.name = QLineEdit()
        self.name.returnPressed.connect(self._take_name)
        self.field = Field(
            desk.theme,
            say("import", "Another artist of yours") if artists else say("import", "Name of the artist"),
            self.name,
        )
        bring_in = Button(desk.theme, say("import", "Bring it in"), ButtonKind.PRIMARY)
        bring_in.clicked.connect(self._take_name)
        if may_be_new:
            self.inside.addWidget(self.field)
            self.set_buttons(None, cancel, bring_in, safe=cancel)
        else:
            self.set_buttons(None, cancel, safe=cancel)
        self.inside.addStretch(1)

    def _choose(self) -> None:
        self.is_of.emit(str(self.sender().property("artist")))
        self.accept()

    def _take_name(self) -> None:
        name = " ".join(self.name.text().split())
        self.field.show_fault("" if name else say("import", "The name is missing."))
        if name:
            self.is_of_new.emit(name)
            self.accept()
