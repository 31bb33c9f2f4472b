"""Who is paid what, in the sheet of pay terms: what is missing is said beside its field."""

from __future__ import annotations

from collections.abc import Callable

from artist_console.commands.splits import SplitRow, list_splits
from artist_console.ui.dialogs.pay_terms import PayTermsDialog
from artist_console.ui.dialogs.split_editor import SplitEditor
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
