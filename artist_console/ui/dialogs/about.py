"""Help: all keys, the words, and what this program is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from artist_console import __version__
from artist_console.domain import words, work_words
from artist_console.ui.desk import Desk
from artist_console.ui.meanings import domain_words
from artist_console.ui.scroll_areas import scrolled
from artist_console.ui.shortcuts import Action, shortcut_words
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.chips import ChipMeaning, chip_words
from artist_console.ui.widgets.layout import row
from artist_console.ui.widgets.pictures import AppMark
from artist_console.ui.widgets.sections import KeyValues, Rule


class ReadingDialog(QDialog):
    """A page to read, with Close."""

    def __init__(self, desk: Desk, title: str, content: QWidget, parent: QWidget, height: int = 560) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(540, height)
        self.close_button = Button(desk.theme, say("dialog", "Close"))
        self.close_button.clicked.connect(self.accept)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(0)
        outside.addWidget(scrolled(content), 1)
        outside.addWidget(Rule(desk.theme))
        outside.addLayout(row(None, self.close_button, margins=(24, 12, 24, 12)))
        self.close_button.setFocus()


def shortcuts_dialog(desk: Desk, parent: QWidget) -> ReadingDialog:
    """All keys of the application."""
    title = say("help", "Keyboard shortcuts")
    content, inside = _page(title)
    shown = KeyValues(desk.theme)
    for action, said in _action_words().items():
        shown.add(said, shortcut_words(action))
    for said, keys in _other_keys():
        shown.add(said, keys)
    inside.addWidget(shown)
    inside.addStretch(1)
    return ReadingDialog(desk, title, content, parent)


def glossary_dialog(desk: Desk, parent: QWidget) -> ReadingDialog:
    """The words of the application, each explained in a sentence."""
    title = say("help", "Glossary")
    content, inside = _page(title)
    explained = [
        (domain_words(work_words.OUTCOME[key]), domain_words(said))
        for key, said in words.OUTCOME_MEANS.items()
    ]
    operator = say("help", "The operator")
    explained += [
        (domain_words(work_words.STATE[key], who=operator, n=2), domain_words(said, who=operator))
        for key, said in words.STATE_MEANS.items()
    ]
    explained += [(domain_words(name), domain_words(said)) for name, said in words.USE.values()]
    explained += _words_of_lists()
    for word, said in explained:
        inside.addWidget(label(word, weight="strong", wrap=True))
        inside.addWidget(label(said, tone=Token.TEXT_2, wrap=True))
    inside.addStretch(1)
    return ReadingDialog(desk, title, content, parent)


def _words_of_lists() -> list[tuple[str, str]]:
    """How rows of public lists are told apart, and what the graph of a work calls what nobody states."""
    return [
        (
            chip_words(ChipMeaning.BY_IDENTIFIER),
            say("help", "A row of a public list names the recording by its ISRC or another code."),
        ),
        (
            chip_words(ChipMeaning.SAME_TITLE),
            say("help", "Title and artist are the same. Which recording is meant is not known."),
        ),
        (
            chip_words(ChipMeaning.LIKELY),
            say("help", "Title and artist are nearly the same. You can say whether it is yours."),
        ),
        (
            chip_words(ChipMeaning.CHECK_THIS),
            say("help", "Title and artist are alike. It counts for nothing until you say that it is yours."),
        ),
        (
            chip_words(ChipMeaning.DOCUMENTED),
            say("help", "A public source says what a model was trained on. Nobody reports your work in it."),
        ),
        (
            chip_words(ChipMeaning.FOLLOWS_ONLY),
            say(
                "help",
                "A model descends from one that was trained on your work, or on a dataset that holds it. "
                "Nobody states it of your work.",
            ),
        ),
    ]


def about_dialog(desk: Desk, parent: QWidget) -> ReadingDialog:
    """What this is, which version, and what it is not."""
    title = say("help", "About Artist Console")
    content, inside = _page("")
    name = label("Artist Console", TextRole.TITLE)
    inside.addLayout(row(AppMark(desk.theme, 40), name, None, gap=12))
    for said in (
        say("help", "Version {version}", version=__version__),
        say("help", "Where your works are in AI programmes, what you said, what you earned, with proof."),
        say(
            "help",
            "It gives no legal advice. Sentences about law are data with country, source and date checked.",
        ),
        say(
            "help",
            "Nothing is sent anywhere except to the service that you chose. Free software, MIT licence.",
        ),
        say("help", "Typeface: Inter, SIL Open Font License 1.1. Windows: Qt for Python, LGPL 3."),
    ):
        inside.addWidget(label(said, tone=Token.TEXT_2, wrap=True))
    inside.addStretch(1)
    return ReadingDialog(desk, title, content, parent, height=340)


def _page(title: str) -> tuple[QWidget, QVBoxLayout]:
    content = QWidget()
    inside = QVBoxLayout(content)
    inside.setContentsMargins(24, 20, 24, 20)
    inside.setSpacing(8)
    if title:
        inside.addWidget(label(title, TextRole.SECTION))
    return content, inside


def _action_words() -> dict[Action, str]:
    return {
        Action.SEARCH: say("help", "Search and commands"),
        Action.PAGE_1: say("help", "Overview; Ctrl+2 to Ctrl+7 the other screens"),
        Action.SETTINGS: say("help", "Settings"),
        Action.FILTER_PAGE: say("help", "Filter this page"),
        Action.OPEN_REPORT: say("help", "Open a report"),
        Action.EXPORT: say("help", "Export"),
        Action.PRINT: say("help", "Print"),
        Action.SYNC: say("help", "Sync now"),
        Action.SWITCH_ARTIST: say("help", "Switch artist"),
        Action.BACK: say("help", "Back"),
        Action.FORWARD: say("help", "Forward"),
        Action.UNDO: say("help", "Take the last answer back"),
        Action.REDO: say("help", "Do again what was taken back"),
        Action.CHANGE_DECISION: say("help", "Change the decision of the chosen works"),
        Action.CHOOSE_ALL: say("help", "Choose all"),
        Action.NEXT_PART: say("help", "Next part: rail, top bar, page, details"),
        Action.HELP: say("help", "Help and all keys"),
    }


def _other_keys() -> tuple[tuple[str, str], ...]:
    return (
        (say("help", "Choose a row, open its details"), say("keys", "Space, Enter")),
        (say("help", "Change a decision in its row"), say("keys", "F2, arrows, Enter")),
        (say("help", "Allow, refuse, follow in the matrix"), say("keys", "A, R, F")),
        (say("help", "Rows of public lists: mine, not mine"), say("keys", "M, N")),
        (
            say("help", "In the graph of a work: along its lines"),
            say("keys", "arrows, Home, End"),
        ),
        (say("help", "Close, clear, leave"), say("keys", "Esc")),
        (say("help", "All menus"), say("keys", "F10")),
    )
