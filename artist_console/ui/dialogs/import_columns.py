"""Which column of a table is which: a line for each column with what its first rows hold, and a choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from artist_console.commands.imports import FileKind
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet, wide
from artist_console.ui.icons import Icon
from artist_console.ui.text import elided, isolate, label, say
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind, Select
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.sections import Note

_WIDTH, _HEIGHT = 660, 560
_CHOICE_WIDTH = 210
# Of a list: what tells which recording is meant by itself.
_TELL_ALONE = frozenset({"isrc", "both", "mbid", "youtube", "spotify", "deezer", "apple_music", "acoustid"})


class ColumnsDialog(Sheet):
    """A person says what the columns of a table hold; what is missing for the file to be of use is said."""

    told = Signal(object)  # tuple of pairs: field, column

    def __init__(
        self,
        desk: Desk,
        path: Path,
        kind: FileKind,
        columns: Sequence[str],
        parent: QWidget,
        *,
        rows: Sequence[Sequence[str]] = (),
        chosen: Mapping[str, str] | None = None,
    ) -> None:
        """`chosen` are fields and their columns that are known already; they can be changed."""
        title = say("import", "Which columns of {name} are which?", name=isolate(path.name))
        super().__init__(desk.theme, "import-columns", title, _WIDTH, _HEIGHT, parent)
        self._desk = desk
        self._kind = kind
        self._columns = tuple(columns)
        self._words = dict(_fields_of(kind))
        self.set_heading(title, _what_is_needed(kind))
        self.choices: list[Select] = []
        self._add_lines(rows, {column: field for field, column in (chosen or {}).items()})
        self.inside.addStretch(1)
        kept = say("import", "The next file with these columns is read the same way.")
        self.inside.addWidget(label(kept, TextRole.SMALL, Token.TEXT_3, wrap=True))
        self.missing = Note(desk.theme, "", Tint.ASK, Icon.QUESTION)
        cancel = Button(desk.theme, say("dialog", "Cancel"))
        cancel.clicked.connect(self.reject)
        self.go_on = Button(desk.theme, say("import", "Read it this way"), ButtonKind.PRIMARY)
        self.go_on.clicked.connect(self._tell)
        # Its place stays when it has nothing to say, so that the buttons do too.
        beside = QWidget()
        beside.setLayout(row(self.missing))
        self.set_buttons(wide(beside), cancel, self.go_on, safe=cancel)
        self._look()
        if self.choices:
            self.choices[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _add_lines(self, rows: Sequence[Sequence[str]], known: Mapping[str, str]) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for place, words in enumerate(
            (say("import", "Column"), say("import", "First rows"), say("import", "It holds"))
        ):
            grid.addWidget(label(words, TextRole.SMALL, Token.TEXT_3), 0, place)
        for line, column in enumerate(self._columns, 1):
            values = [cells[line - 1] for cells in rows if line <= len(cells) and cells[line - 1]]
            first = " · ".join(isolate(value) for value in values) or say("import", "empty")
            select = Select(self._desk.theme, self._name_of(column, first))
            select.setMinimumWidth(_CHOICE_WIDTH)
            select.addItem(say("import", "Not used"), "")
            for field, words in self._words.items():
                select.addItem(words, field)
            select.setCurrentIndex(max(0, select.findData(known.get(column, ""))))
            select.currentIndexChanged.connect(self._look)
            name = elided(column, weight="medium")
            name.setBuddy(select)
            grid.addWidget(name, line, 0)
            grid.addWidget(elided(first, TextRole.SMALL, Token.TEXT_2), line, 1)
            grid.addWidget(select, line, 2)
            self.choices.append(select)
        self.inside.addLayout(grid)

    @staticmethod
    def _name_of(column: str, first: str) -> str:
        return say("import", "Column {name}, first rows: {values}", name=isolate(column), values=first)

    def choose(self, column: str, field: str) -> None:
        """Choose what a column holds; an empty field: it is not used."""
        select = self.choices[self._columns.index(column)]
        select.setCurrentIndex(select.findData(field))

    def _pairs(self) -> tuple[tuple[str, str], ...]:
        chosen = [
            (str(select.currentData()), column)
            for select, column in zip(self.choices, self._columns, strict=True)
            if select.currentData()
        ]
        order = list(self._words)
        return tuple(sorted(chosen, key=lambda pair: order.index(pair[0])))

    def _look(self) -> None:
        words = self._what_is_missing()
        self.missing.show_words(words)
        self.go_on.setEnabled(not words)
        self.go_on.setAccessibleDescription(words)

    def _what_is_missing(self) -> str:
        """Why the file cannot be read this way yet; empty where it can."""
        fields = [field for field, _ in self._pairs()]
        twice = next((field for field in fields if fields.count(field) > 1), None)
        if twice is not None:
            return say("import", "Two columns are “{field}”. Choose one of them.", field=self._words[twice])
        if self._kind is FileKind.DATASET_LIST:
            return _missing_of_a_list(frozenset(fields))
        if self._kind is FileKind.STATEMENT:
            return _missing_of_a_statement(frozenset(fields))
        if "title" not in fields:
            return say("import", "Still missing: the column of titles.")
        return ""

    def _tell(self) -> None:
        self.told.emit(self._pairs())
        self.accept()


def _what_is_needed(kind: FileKind) -> str:
    if kind is FileKind.DATASET_LIST:
        return say(
            "import",
            "A list needs titles with artists, in two columns or in one, or a code of the recordings. The "
            "rest helps to show what the list says.",
        )
    if kind is FileKind.STATEMENT:
        return say(
            "import",
            "The amounts are needed, and what they are for: titles, or a code of the recording or song. By "
            "the stores it is told what is income from AI.",
        )
    return say(
        "import",
        "The titles are needed. Without a column of artists you are asked whose works they are.",
    )


def _missing_of_a_list(fields: frozenset[str]) -> str:
    if fields & _TELL_ALONE or {"title", "artist"} <= fields:
        return ""
    if "title" in fields:
        return say("import", "Still missing: the column of artists.")
    if "artist" in fields:
        return say("import", "Still missing: the column of titles.")
    return say("import", "Still missing: titles with artists, or a code such as the ISRC.")


def _missing_of_a_statement(fields: frozenset[str]) -> str:
    if "amount" not in fields:
        return say("import", "Still missing: the column of amounts.")
    if not fields & {"title", "isrc", "iswc"}:
        return say("import", "Still missing: titles, or a code such as the ISRC.")
    return ""


def _fields_of(kind: FileKind) -> tuple[tuple[str, str], ...]:
    """What a column can hold: the field of the reader, and its words."""
    if kind is FileKind.DATASET_LIST:
        return (
            ("title", say("import", "Titles")),
            ("artist", say("import", "Artists")),
            ("both", say("import", "Artist and title in one")),
            ("isrc", say("import", "ISRCs")),
            ("mbid", say("import", "MusicBrainz ids")),
            ("release", say("import", "Albums")),
            ("url", say("import", "Addresses (URL)")),
            ("licence", say("import", "Licences")),
            ("youtube", say("import", "YouTube ids or addresses")),
            ("spotify", say("import", "Spotify ids or addresses")),
            ("deezer", say("import", "Deezer ids or addresses")),
            ("apple_music", say("import", "Apple Music ids or addresses")),
            ("acoustid", say("import", "AcoustIDs")),
            ("duration", say("import", "Lengths")),
            ("duration_ms", say("import", "Lengths in milliseconds")),
            ("publisher", say("import", "Labels")),
            ("id", say("import", "The list's own numbers")),
        )
    if kind is FileKind.STATEMENT:
        return (
            ("amount", say("import", "Amounts")),
            ("currency", say("import", "Currencies")),
            ("title", say("import", "Titles")),
            ("artist", say("import", "Artists")),
            ("isrc", say("import", "ISRCs")),
            ("iswc", say("import", "ISWCs")),
            ("upc", say("import", "UPC or EAN of the release")),
            ("release", say("import", "Albums and other releases")),
            ("label", say("import", "Labels")),
            ("store", say("import", "Stores or services")),
            ("month", say("import", "Months or days")),
            ("territory", say("import", "Countries")),
            ("sales_type", say("import", "Kinds of sale or use")),
            ("quantity", say("import", "Quantities")),
            ("kind", say("import", "Kinds of line (keys of Artist Console)")),
        )
    return (
        ("title", say("import", "Titles")),
        ("artist", say("import", "Artists")),
        ("version", say("import", "Versions (Live, Remix)")),
        ("featured", say("import", "Featured artists")),
        ("isrc", say("import", "ISRCs")),
        ("release", say("import", "Albums and other releases")),
        ("release artist", say("import", "Artists of the release")),
        ("upc", say("import", "UPC or EAN of the release")),
        ("label", say("import", "Labels")),
        ("released", say("import", "Release dates")),
        ("year", say("import", "Years of recording")),
        ("duration", say("import", "Lengths")),
        ("duration in ms", say("import", "Lengths in milliseconds")),
        ("position", say("import", "Track numbers")),
        ("iswc", say("import", "ISWCs")),
        ("song", say("import", "Titles of the songs")),
        ("writers", say("import", "Writers")),
        ("credits", say("import", "Credits")),
        ("aliases", say("import", "Other titles")),
        ("mbid", say("import", "MusicBrainz ids")),
        ("isni", say("import", "ISNI of the artist")),
        ("ipi", say("import", "IPI of the artist")),
        ("grid", say("import", "GRid of the release")),
        ("release kind", say("import", "Kind of release")),
        ("kind", say("import", "Recording or song")),
        ("unreleased", say("import", "Not released yet")),
        ("ai", say("import", "What AI made")),
    )
