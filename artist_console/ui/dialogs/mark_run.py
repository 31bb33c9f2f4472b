"""What came of marking files: done and read back, or left out with the reason."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from artist_console.domain.mark_words import STRIPPED
from artist_console.domain.marks import MarkedFile, MarkRun, NotMarked
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.icons import Icon
from artist_console.ui.mark_looks import entry_lines
from artist_console.ui.meanings import domain_words
from artist_console.ui.text import isolate, label, say, say_count
from artist_console.ui.tokens import TextRole, Tint, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.layout import column
from artist_console.ui.widgets.sections import Note, Rule, SectionHeading

_MOST = 200


class MarkRunDialog(Sheet):
    """A file is only counted as marked where the mark was read back and the audio was the same."""

    def __init__(self, desk: Desk, run: MarkRun, parent: QWidget) -> None:
        title = (
            say_count("mark", "1 file was marked", "{n} files were marked", len(run.marked))
            if run.marked
            else say("mark", "No file was marked")
        )
        super().__init__(desk.theme, "mark-run", title, 720, 680, parent)
        when = say(
            "mark",
            "{when}, signed as {signer}",
            when=desk.figures.day_and_time(run.at),
            signer=isolate(run.signer),
        )
        self.set_heading(title, when)
        theme = desk.theme
        if run.cancelled:
            stopped = say("mark", "It was stopped on the way. What was done stays, the rest is as it was.")
            self.inside.addWidget(Note(theme, stopped, Tint.ASK, Icon.PAUSE))
        self.inside.addWidget(Note(theme, domain_words(STRIPPED), Tint.NEUTRAL, Icon.INFO))
        if run.not_marked:
            left = say_count("mark", "1 file was left out", "{n} files were left out", len(run.not_marked))
            self.inside.addWidget(SectionHeading(theme, left, small=True))
        for each in run.not_marked[:_MOST]:
            self.inside.addWidget(Rule(theme))
            self.inside.addLayout(_left_out(each))
        if run.marked:
            done = say("mark", "Marked, and read back as written")
            self.inside.addWidget(SectionHeading(theme, done, small=True))
        for marked in run.marked[:_MOST]:
            self.inside.addWidget(Rule(theme))
            self.inside.addLayout(_done(marked))
        if len(run.marked) > _MOST:
            more = say("mark", "and {n} more", n=len(run.marked) - _MOST)
            self.inside.addWidget(label(more, tone=Token.TEXT_2))
        self.inside.addStretch(1)
        close = Button(theme, say("dialog", "Close"))
        close.clicked.connect(self.accept)
        self.set_buttons(None, close, safe=close)


def _left_out(each: NotMarked) -> QVBoxLayout:
    return column(
        label(isolate(each.name), weight="medium", wrap=True),
        label(domain_words(each.why), tone=Token.TEXT_2, wrap=True, selectable=True),
        gap=2,
    )


def _done(each: MarkedFile) -> QVBoxLayout:
    told = column(
        label(isolate(each.name), weight="medium", wrap=True),
        label(entry_lines(each.entries), tone=Token.TEXT_2, wrap=True),
        label(
            say("mark", "Written to {path}", path=isolate(each.out)), TextRole.SMALL, Token.TEXT_3, wrap=True
        ),
        label(
            say("mark", "SHA-256 of the audio, before and after: {hash}", hash=isolate(each.audio_sha256)),
            TextRole.SMALL,
            Token.TEXT_3,
            wrap=True,
            selectable=True,
        ),
        gap=2,
    )
    if each.kept_parent:
        kept = say("mark", "It had a mark already, which is kept underneath.")
        told.addWidget(label(kept, TextRole.SMALL, Token.TEXT_2, wrap=True))
    return told
