"""Who is paid what, in the sheet of pay terms: a split is added, read, changed and removed."""

from __future__ import annotations

from collections.abc import Callable

from artist_console.commands.splits import SplitRow, list_splits
from artist_console.commands.splits_form import SplitText
from artist_console.commands.works import WorksPage, find_works
from artist_console.domain.uses import Right
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.work_rows import WorksQuery
from artist_console.ui.dialogs.pay_terms import PayTermsDialog
from artist_console.ui.dialogs.split_editor import SplitEditor
from artist_console.ui.text import PlainLabel
from artist_console.ui.widgets.cards import ListRow
from tests.journeys.hosts import picture
from tests.ui.sample_profile import OpenWindow


def asked(window: OpenWindow, question: Callable[..., object]) -> object:
    found: list[object] = []
    window.desk.ask(window.main, "test", question, found.append)
    window.settle()
    return found[0]


def kept(window: OpenWindow) -> tuple[SplitRow, ...]:
    found = asked(window, list_splits)
    assert isinstance(found, tuple)
    return found


def the_sheet(window: OpenWindow) -> PayTermsDialog:
    dialog = PayTermsDialog(window.desk, window.main)
    dialog.open()
    window.settle()
    return dialog


def the_form(sheet: PayTermsDialog) -> SplitEditor:
    return sheet.findChildren(SplitEditor)[-1]


def opened(sheet: PayTermsDialog, row: SplitRow) -> SplitEditor:
    """The form of a split, opened by its row."""
    rows = sheet.findChildren(ListRow)
    next(each for each in rows if row.work_title in each.accessibleName()).opened.emit()
    return the_form(sheet)


def shown(sheet: PayTermsDialog) -> str:
    return "\n".join(each.text() for each in sheet.findChildren(PlainLabel))


def test_what_is_missing_is_said_beside_its_field(window: OpenWindow) -> None:
    sheet = the_sheet(window)
    sheet.add_split.click()
    form = the_form(sheet)
    assert form.remove.isHidden()
    form.save.click()
    assert "which recording" in form.work.accessibleDescription()
    assert "which share" in form.shares.accessibleDescription()
    form.shares.setPlainText("Mara Quist")
    form.save.click()
    assert "a colon and per cent" in form.shares.accessibleDescription()
    form.reject()
    assert kept(window) == ()


def test_a_split_is_added_told_changed_and_removed(window: OpenWindow) -> None:
    sheet = the_sheet(window)
    page = asked(window, lambda console: find_works(console, WorksQuery(limit=50)))
    assert isinstance(page, WorksPage)
    work = next(each for each in page.rows if each.kind is WorkKind.RECORDING)
    sheet.add_split.click()
    form = the_form(sheet)
    form.show_text(SplitText(work.work, Right.MASTER, "Nobody Known: 50\nStudio: Nord: 40,5", source="Email"))
    form.work.show_work(work.title, work.work)
    picture(window, form, "split-new")
    form.save.click()
    window.settle()
    [row] = kept(window)
    assert row.shares == (("Nobody Known", 5_000), ("Studio: Nord", 4_050))
    assert "come to 90.5 %" in shown(sheet)
    picture(window, sheet, "pay-terms-with-a-split")
    next(
        each for each in sheet.findChildren(ListRow) if row.work_title in each.accessibleName()
    ).opened.emit()
    again = the_form(sheet)
    assert again.shares.toPlainText() == "Nobody Known: 50\nStudio: Nord: 40.5"
    again.shares.setPlainText("Nobody Known: 50\nStudio: Nord: 50")
    again.save.click()
    window.settle()
    [changed] = kept(window)
    assert (changed.split.id, changed.total_bp) == (row.split.id, 10_000)
    [note] = changed.notes  # the sample knows shares of this recording, and they win
    assert note.template.startswith("Paid by the shares on record")
    assert [share.party for share in changed.split.shares] == [share.party for share in row.split.shares]
    assert "come to" not in shown(sheet)
    next(
        each for each in sheet.findChildren(ListRow) if row.work_title in each.accessibleName()
    ).opened.emit()
    the_form(sheet).remove.click()
    window.settle()
    assert kept(window) == ()
