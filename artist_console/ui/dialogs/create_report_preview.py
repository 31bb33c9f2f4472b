"""Who will see what of a report: two lists, side by side with what is chosen."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.commands.report_preview import Preview, PreviewLine
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import domain_words
from artist_console.ui.text import label, say
from artist_console.ui.theme import Theme
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.icon_mark import IconMark
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.sections import Rule, SectionHeading

# Of a text that wraps. Qt would ask for the height that it has at its narrowest, and scroll for nothing.
_LEAST_WIDTH = 240


class ReportPreview(QWidget):
    """What whoever opens the file will see, what stays, and who signs."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.seen_words: tuple[str, ...] = ()
        self.stays_words: tuple[str, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        seen = say("create-report", "Whoever opens this file will see")
        layout.addWidget(SectionHeading(theme, seen, small=True))
        self._seen = column(gap=8)
        layout.addLayout(self._seen)
        self.open_to_all = label("", TextRole.SMALL, Token.TEXT_2, wrap=True)
        self.open_to_all.setText(
            say(
                "create-report",
                "They need no account and no password: the file is signed, not locked.",
            )
        )
        self.open_to_all.setMinimumSize(_LEAST_WIDTH, 1)
        layout.addWidget(self.open_to_all)
        layout.addWidget(Rule(theme))
        stays = say("create-report", "Stays with you")
        layout.addWidget(SectionHeading(theme, stays, small=True))
        self._stays = column(gap=8)
        layout.addLayout(self._stays)
        layout.addWidget(Rule(theme))
        self.signed = label("", TextRole.SMALL, Token.TEXT_2, wrap=True)
        self.signed.setMinimumSize(_LEAST_WIDTH, 1)
        layout.addWidget(self.signed)
        layout.addStretch(1)
        self.show_nothing(say("create-report", "Looking at what is here"))

    def show_nothing(self, words: str) -> None:
        """Why nothing can be said yet."""
        for lines in (self._seen, self._stays):
            clear_layout(lines)
        self.seen_words, self.stays_words = (), ()
        self._seen.addWidget(label(words, tone=Token.TEXT_2, wrap=True))
        self.signed.show_words("")

    def show_preview(self, found: Preview) -> None:
        """The lists of a preview."""
        self.seen_words = self._fill(self._seen, found.seen, Icon.EYE, Tint.INFO)
        self.stays_words = self._fill(self._stays, found.stays, Icon.LOCK, Tint.NEUTRAL)
        self.signed.show_words(
            say(
                "create-report",
                "Signed on this computer as {name}, with the key {key}.",
                name=found.signer,
                key=found.fingerprint,
            )
        )

    def _fill(
        self, lines: QVBoxLayout, found: Iterable[PreviewLine], icon: Icon, tint: Tint
    ) -> tuple[str, ...]:
        clear_layout(lines)
        said = []
        for each in found:
            words = domain_words(each.words.template, **dict(each.words.fields))
            said.append(words)
            text = label(words, wrap=True)
            text.setMinimumSize(_LEAST_WIDTH, 1)
            line = row(gap=8)
            line.addWidget(IconMark(self._theme, icon, tint), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(text, 1, Qt.AlignmentFlag.AlignTop)
            lines.addLayout(line)
        return tuple(said)
