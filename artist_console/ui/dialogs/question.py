"""A message with the facts, to copy and send by oneself. Nothing is sent from here."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from artist_console.ui.desk import Desk
from artist_console.ui.icons import Icon
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button, ButtonKind
from artist_console.ui.widgets.layout import row


class QuestionDialog(QDialog):
    """The prepared message can be changed; Copy takes what stands there."""

    def __init__(self, desk: Desk, to: str, message: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("question")
        self.setWindowTitle(say("question", "Ask {name} about this", name=to))
        self.setModal(True)
        self.resize(560, 440)
        self.message = QPlainTextEdit(message)
        self.message.setAccessibleName(say("question", "Your message"))
        self.message.setTabChangesFocus(True)
        self.copy_button = Button(desk.theme, say("question", "Copy message"), ButtonKind.PRIMARY, Icon.COPY)
        self.copy_button.clicked.connect(self._copy)
        close = Button(desk.theme, say("dialog", "Close"))
        close.clicked.connect(self.reject)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 20)
        inside.setSpacing(12)
        inside.addWidget(label(self.windowTitle(), TextRole.SECTION, wrap=True))
        hint = say("question", "The facts are in it. Change what you like, then send it yourself.")
        inside.addWidget(label(hint, tone=Token.TEXT_2, wrap=True))
        inside.addWidget(self.message, 1)
        inside.addLayout(row(None, close, self.copy_button))

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.message.toPlainText())
        self._desk.say(say("question", "The message was copied. Nothing has been sent."))
        self.accept()
