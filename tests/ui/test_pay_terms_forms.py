"""Pay terms and letters of direction in their forms: added, told where wrong, read again, removed."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtTest import QTest

from artist_console.commands.directions import DirectionRow, list_directions
from artist_console.commands.pay_terms import PayTermsRow, list_pay_terms
from artist_console.commands.pay_terms_form import PartText, PayTermsText
from artist_console.commands.works import WorksPage, find_works
from artist_console.domain.ids import PartyId
from artist_console.domain.work_rows import WorksQuery
from artist_console.ui.dialogs.direction_editor import DirectionEditor
from artist_console.ui.dialogs.pay_terms import PayTermsDialog
from artist_console.ui.dialogs.pay_terms_editor import PayTermsEditor
from artist_console.ui.widgets.cards import ListRow
from tests.ui.sample_profile import OpenWindow
from tests.ui.test_paid_splits_dialog import asked, the_sheet


def letters(window: OpenWindow) -> dict[str, DirectionRow]:
    rows = asked(window, list_directions)
    assert isinstance(rows, tuple)
    return {row.direction.id: row for row in rows}


def terms(window: OpenWindow) -> dict[str, PayTermsRow]:
    rows = asked(window, list_pay_terms)
    assert isinstance(rows, tuple)
    return {row.terms.id: row for row in rows}


def open_row(sheet: PayTermsDialog, words: str) -> None:
    next(each for each in sheet.findChildren(ListRow) if words in each.accessibleName()).opened.emit()


def test_a_letter_of_direction_is_added_for_one_work_read_again_and_removed(window: OpenWindow) -> None:
    before = letters(window)
    sheet = the_sheet(window)
    sheet.add_letter.click()
    form = sheet.findChildren(DirectionEditor)[-1]
    form.save.click()
    assert "who is to be paid" in form.payee.accessibleDescription()
    QTest.keyClicks(form.payee, "Nobody Known")
    QTest.keyClicks(form.share, "12.5")
    QTest.keyClicks(form.work, "no such title at all")
    window.settle()
    form.save.click()
    assert "Choose one of the list" in form.work.accessibleDescription()
    form.work.clear()
    page = asked(window, lambda console: find_works(console, WorksQuery(limit=1)))
    assert isinstance(page, WorksPage)
    form.work.show_work(page.rows[0].title, page.rows[0].work)
    form.source.setText("Letter of 2 May 2024")
    form.save.click()
    window.settle()
    [id] = letters(window).keys() - before.keys()
    row = letters(window)[id]
    assert (row.payee_name, row.work_title) == ("Nobody Known", page.rows[0].title)
    open_row(sheet, "Nobody Known")
    again = sheet.findChildren(DirectionEditor)[-1]
    assert (again.share.text(), again.text.work) == ("12.5", page.rows[0].work)
    again.remove.click()
    window.settle()
    assert letters(window) == before


def test_pay_terms_are_told_where_they_are_wrong_kept_and_removed(window: OpenWindow) -> None:
    before = terms(window)
    sheet = the_sheet(window)
    sheet.add_terms.click()
    form = sheet.findChildren(PayTermsEditor)[-1]
    assert form.text.payee is None  # everybody: nothing is taken from one payee's money
    mara = PartyId(window.desk.artists[0].id)
    half = (PartText("50"),)
    form.show_text(PayTermsText(issuer="Harbour Label", payee=mara, rates=half, tax_rate="far too much"))
    form.save.click()
    assert form.tax_rate.accessibleDescription()
    form.tax_rate.setText("10")
    assert not form.tax_rate.accessibleDescription()
    form.save.click()
    window.settle()
    [id] = terms(window).keys() - before.keys()
    assert terms(window)[id].terms.rates[0].rate == Decimal("0.5")
    open_row(sheet, "Harbour Label")
    again = sheet.findChildren(PayTermsEditor)[-1]
    assert again.text.tax_rate == "10"
    again.remove.click()
    window.settle()
    assert terms(window) == before
