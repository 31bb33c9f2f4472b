"""Why, conditions, terms, a yes that ends, proposals: what they show, and where their keyboard goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTableView

from artist_console.commands import attention
from artist_console.commands.asking import asked_cells, works_of
from artist_console.commands.condition_offers import condition_offers
from artist_console.commands.consent import decide
from artist_console.commands.console import Console
from artist_console.commands.fact_links import LinkKind
from artist_console.commands.permissions import explain
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import AnswerKind
from artist_console.domain.ids import ArtistId, TermsId
from artist_console.domain.registers import (
    ALL_MY_WORKS,
    UNCONDITIONAL,
    Conditions,
    Register,
    Stance,
    Subject,
    SubjectKind,
    UseScope,
)
from artist_console.domain.uses import Family, Use
from artist_console.domain.waiting import WaitingItem, WaitingKind
from artist_console.store import mirror
from artist_console.ui.dialogs.conditions import ConditionsDialog
from artist_console.ui.dialogs.ending import EndingDialog
from artist_console.ui.dialogs.fact import FactDialog
from artist_console.ui.dialogs.proposal import ProposalDialog
from artist_console.ui.dialogs.receipt import ReceiptDialog
from artist_console.ui.dialogs.review import ReviewDialog
from artist_console.ui.dialogs.terms import TermsDialog
from artist_console.ui.dialogs.why import WhyDialog
from artist_console.ui.places import place_of
from artist_console.ui.text import PlainLabel
from artist_console.ui.widgets.buttons import IconButton, LinkButton
from tests.backend.world import MARA, PROGRAMME, SALT
from tests.commands.proposing import with_a_proposal
from tests.ui.sample_profile import OpenWindow

T = TypeVar("T")


def asked(window: OpenWindow, what: Callable[[Console], T]) -> T:
    found: list[T] = []
    window.desk.ask(window.main, "test", what, found.append)
    window.settle()
    return found[0]


def waits(window: OpenWindow, kind: WaitingKind) -> list[WaitingItem]:
    return [item for item in asked(window, attention.waiting) if item.kind is kind]


def mara(window: OpenWindow) -> ArtistId:
    window.choose_artist("Mara")
    window.show("consent")
    assert window.desk.artist is not None
    return window.desk.artist


def said(dialog: QDialog) -> str:
    return "\n".join(each.text() for each in dialog.findChildren(PlainLabel) if each.isVisible())


# Why


@pytest.fixture
def why(window: OpenWindow) -> WhyDialog:
    place = Register(mara(window), ALL_MY_WORKS, None, UseScope.of(Family.TRAINING))
    WhyDialog(window.desk, place, "All my music", window.main).open()
    return window.panel(WhyDialog)


def link_to(why: WhyDialog, kind: LinkKind) -> LinkButton:
    """The first link of a kind, which the first card shows."""
    links = [link for step in why.explained[0].links.steps for link in step if link.kind is kind]
    words = links[0].words.text
    return next(b for b in why.findChildren(LinkButton) if b.words == words and b.isVisible())


def test_what_is_behind_a_sentence_opens_by_keyboard_and_leads_back(
    window: OpenWindow, why: WhyDialog
) -> None:
    pages: tuple[tuple[LinkKind, type[QDialog]], ...] = (
        (LinkKind.DECISION, ReceiptDialog),
        (LinkKind.AGREEMENT, FactDialog),
        (LinkKind.PARTY, FactDialog),
    )
    for kind, page in pages:
        link = link_to(why, kind)
        assert link.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert link.accessibleName().startswith(link.words), "it says what it is behind"
        link.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(link, Qt.Key.Key_Return)
        opened = window.panel(page)
        QTest.keyClick(opened, Qt.Key.Key_Escape)
        window.settle()
        assert why.isVisible()
        assert why.focusWidget() is link, "the keyboard is where it was"
    why.accept()


def test_the_same_sentences_are_copied_and_put_on_paper(
    window: OpenWindow, why: WhyDialog, tmp_path: Path
) -> None:
    why.copy_button.click()
    text = QApplication.clipboard().text()
    sentences = {step.text for each in why.explained for step in each.permission.trace}
    assert all(sentence in text for sentence in sentences)
    target = tmp_path / "why.pdf"
    why.save_to(str(target))
    window.settle()
    assert target.read_bytes().startswith(b"%PDF")
    why.accept()


# Terms


def test_terms_show_the_hash_of_their_text_and_copy_it(window: OpenWindow) -> None:
    item = waits(window, WaitingKind.NEW_TERMS)[0]
    TermsDialog(window.desk, TermsId(item.target), window.main).open()
    dialog = window.panel(TermsDialog)
    assert dialog.view is not None
    assert dialog.view.fits_its_hash
    copy = next(b for b in dialog.findChildren(IconButton) if b.accessibleName().startswith("Copy"))
    copy.click()
    assert QApplication.clipboard().text() == dialog.view.terms.text_sha256
    dialog.accept()


# Conditions


def a_yes(window: OpenWindow, artist: ArtistId, conditions: Conditions) -> Register:
    """A yes recorded for a use that the terms in effect state a rate for."""

    def choose(console: Console) -> Register:
        now = console.clock()
        facts = mirror.facts(console.store, now)
        subject = Subject(SubjectKind.WORK, works_of(facts, artist)[0].id)
        for programme, use in asked_cells(facts, now):
            terms = facts.terms_at(programme, now)
            if terms is not None and any(rate.use is use for rate in terms.rates):
                wish = Wish(artist, subject, programme, UseScope.of(use), Stance.ALLOW, conditions)
                return decide(console, [wish]).value[0].register
        raise AssertionError("the sample has no use with a rate")

    return asked(window, choose)


def conditions_of(window: OpenWindow, place: Register) -> ConditionsDialog:
    offers = asked(window, lambda console: condition_offers(console, [place]))
    ConditionsDialog(window.desk, "A place", offers.standing, offers, window.main).open()
    return window.panel(ConditionsDialog)


def test_conditions_begin_with_those_of_the_yes_that_stands(window: OpenWindow) -> None:
    artist = mara(window)
    last = window.desk.clock().date() + timedelta(days=30)
    standing = Conditions(until=last, no_style_prompts=True)
    dialog = conditions_of(window, a_yes(window, artist, standing))
    chosen: list[Conditions] = []
    dialog.chosen.connect(chosen.append)
    assert dialog.until.text() == window.desk.figures.day(last), "as it is read, 31 March 2027"
    dialog.allow.click()
    assert chosen == [standing]


def test_a_rate_that_nobody_offers_is_told_and_can_be_asked_for(window: OpenWindow) -> None:
    place = a_yes(window, mara(window), UNCONDITIONAL)
    dialog = conditions_of(window, place)
    offer = asked(window, lambda console: condition_offers(console, [place])).rates[0]
    assert offer.words.text in said(dialog), "what is offered stands there"
    dialog.currency.setCurrentIndex(dialog.currency.findData(offer.currency))
    dialog.rate.setText(str(offer.amount))
    assert dialog.rate_note.isHidden()
    dialog.rate.setText("0,50")
    assert "count for nothing there" in said(dialog)
    chosen: list[Conditions] = []
    dialog.chosen.connect(chosen.append)
    dialog.rate.setText("-1")
    dialog.allow.click()
    assert dialog.isVisible(), "a fault is said beside its field"
    assert "above zero" in said(dialog)
    dialog.rate.setText("0,50")
    assert "above zero" not in said(dialog), "the fault was of what stood there before"
    dialog.allow.click()
    assert chosen == [Conditions(minimum_rate=Decimal("0.50"), rate_currency=offer.currency)]


def test_a_day_comes_from_the_calendar_by_keyboard(window: OpenWindow) -> None:
    dialog = conditions_of(window, a_yes(window, mara(window), UNCONDITIONAL))
    dialog.until.setText("1 March 2031")
    QTest.keyClick(dialog.until, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    window.settle()
    calendar = dialog.until_day.calendar
    assert calendar.isVisible()
    days = calendar.month.findChild(QTableView)
    assert days is not None
    QTest.keyClick(days, Qt.Key.Key_Right)
    QTest.keyClick(days, Qt.Key.Key_Return)
    window.settle()
    assert dialog.until.text() == "2 March 2031"
    dialog.until_day.button.click()
    window.settle()
    again = dialog.until_day.calendar
    left = again.month.findChild(QTableView)
    assert left is not None
    QTest.keyClick(left, Qt.Key.Key_Escape)
    assert not again.isVisible()
    assert dialog.isVisible(), "Esc closes the calendar alone"
    dialog.reject()


# A yes that ends


def ending(window: OpenWindow, item: WaitingItem) -> EndingDialog:
    """As its row in Waiting opens it."""
    place = place_of(f"ending/{item.target}")
    assert place is not None
    window.main.show_place(place)
    return window.panel(EndingDialog)


def test_a_yes_that_ends_is_given_again_on_the_same_conditions(window: OpenWindow) -> None:
    item = next(i for i in waits(window, WaitingKind.EXPIRING) if i.deadline is not None)
    dialog = ending(window, item)
    dialog.day.edit.setText("1.1.2001")
    dialog.renew.click()
    assert "has passed" in said(dialog)
    later = window.desk.clock().date() + timedelta(days=700)
    dialog.day.edit.setText(later.isoformat())
    dialog.renew.click()
    review = window.panel(ReviewDialog)
    assert review.review is not None
    wishes = [found.wish for group in review.review.groups for found in group.items]
    assert wishes
    assert {wish.conditions for wish in wishes} == {Conditions(until=later)}
    review.reject()
    dialog.reject()


def test_a_yes_that_may_end_waits_no_more_and_still_holds(window: OpenWindow) -> None:
    item = next(i for i in waits(window, WaitingKind.EXPIRING) if i.deadline is not None)
    dialog = ending(window, item)
    dialog.let_end.click()
    window.settle()
    assert item.target not in {each.target for each in waits(window, WaitingKind.EXPIRING)}


# Proposals


def proposed(window: OpenWindow) -> ProposalDialog:
    (item,) = waits(window, WaitingKind.PROPOSAL)
    place = place_of(f"proposal/{item.target}")
    assert place is not None
    window.main.show_place(place)
    return window.panel(ProposalDialog)


def answer(console: Console) -> AnswerKind:
    return explain(console, SALT, PROGRAMME, Use.TRAIN_GENERATIVE, MARA).answer.kind


@pytest.mark.parametrize("signs", [True, False])
def test_the_artist_signs_or_declines(
    open_window: Callable[[Path], OpenWindow], tmp_path: Path, signs: bool
) -> None:
    with with_a_proposal(tmp_path / "artist"):
        pass
    window = open_window(tmp_path / "artist")
    dialog = proposed(window)
    assert "Nils Holm" in said(dialog)
    assert "not un-trained" in said(dialog)
    assert dialog.sign.height() == dialog.decline.height()
    (dialog.sign if signs else dialog.decline).click()
    window.settle()
    assert asked(window, answer) is (AnswerKind.ALLOWED if signs else AnswerKind.UNDECIDED)
    assert waits(window, WaitingKind.PROPOSAL) == []


def test_whoever_proposed_reads_and_waits(window: OpenWindow) -> None:
    item = waits(window, WaitingKind.PROPOSAL)[0]
    place = place_of(f"proposal/{item.target}")
    assert place is not None
    window.main.show_place(place)
    dialog = window.panel(ProposalDialog)
    assert dialog.view is not None
    assert not dialog.view.is_mine
    assert dialog.sign.isHidden()
    assert dialog.decline.isHidden()
    dialog.reject()
