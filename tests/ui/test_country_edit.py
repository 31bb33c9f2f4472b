"""A country is given by its name or its code, and is shown by its name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from artist_console.ui.country_words import country_code, country_words
from artist_console.ui.widgets.country_edit import CountryEdit


@pytest.mark.parametrize("typed", ["SE", "se", "Sweden", "  sweden "])
def test_name_and_code_mean_the_same_country(typed: str) -> None:
    QLocale.setDefault(QLocale("en_GB"))
    assert country_code(typed) == "SE"


@pytest.mark.parametrize("typed", ["", "S", "XQ", "Nowhere", "001"])
def test_what_is_no_country_has_no_code(typed: str) -> None:
    QLocale.setDefault(QLocale("en_GB"))
    assert country_code(typed) == ""


def test_what_was_understood_is_written_out_and_anything_else_stays_as_typed(qapp: QApplication) -> None:
    QLocale.setDefault(QLocale("en_GB"))
    field = CountryEdit("DE")
    assert (field.text(), field.code) == (country_words("DE"), "DE")
    field.setText("gb")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (field.text(), field.code) == ("United Kingdom", "GB")
    field.setText("Nowhere")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (field.text(), field.code) == ("Nowhere", "Nowhere")
