"""A field for a country: by its name in the reader's language, or by its code of two letters."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from artist_console.ui.country_words import country_code, country_words


class CountryEdit(QLineEdit):
    """`code` is what was understood; where nothing was, what was typed, which the form then tells about."""

    def __init__(self, code: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editingFinished.connect(self._write_out)
        self.show_code(code)

    @property
    def code(self) -> str:
        typed = self.text().strip()
        return country_code(typed) or typed

    def show_code(self, code: str) -> None:
        self.setText(country_words(code) if code else "")
        self.setCursorPosition(0)

    def _write_out(self) -> None:
        """Show what was understood."""
        code = country_code(self.text().strip())
        if code:
            self.show_code(code)
