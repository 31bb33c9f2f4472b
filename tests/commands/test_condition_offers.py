"""What the terms in effect offer for the conditions of a yes, and where new terms ask again about one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from artist_console.commands.condition_offers import condition_offers
from artist_console.commands.consent import KeepChoice, decide
from artist_console.commands.new_terms import new_terms, read_terms, terms_to_answer
from artist_console.domain.ids import TermsId
from artist_console.domain.programmes import Rate, TermsVersion
from artist_console.domain.registers import UNCONDITIONAL, Conditions, Register, Stance, UseScope
from artist_console.domain.uses import Family, Use
from artist_console.formats.kinds import Kind
from tests.backend.world import DAY, HARBOUR, MARA, PROGRAMME, SALT, TERMS, work_subject
from tests.commands.desks import Desk, a_desk, a_wish, an_allow

LATER = TermsId("terms-2")
TEXT = "1. Outputs are paid. 2. Names are not prompted."
DEAR = TermsVersion(
    LATER,
    PROGRAMME,
    2,
    TEXT,
    hashlib.sha256(TEXT.encode()).hexdigest(),
    date(2025, 7, 1),
    date(2025, 5, 1),
    no_style_prompts=True,
    rates=(Rate(Use.GEN_COVER, Decimal("0.02"), "EUR", "per generation"),),
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_desk(tmp_path / "mara", rows=[(Kind.TERMS, DEAR)]) as made:
        yield made


def place(use: Use | Family | None = Use.GEN_COVER, work: str = SALT) -> Register:
    return Register(MARA, work_subject(work), PROGRAMME, UseScope.of(use))


def to_july(desk: Desk) -> None:
    desk.clock.now += 40 * DAY
    desk.sync()


def test_a_rate_is_offered_where_the_terms_in_effect_state_one(desk: Desk) -> None:
    assert condition_offers(desk.console, [place()]).rates == (), "not before they take effect"
    to_july(desk)
    (rate,) = condition_offers(desk.console, [place()]).rates
    assert rate.words.text == "Harmonia 2 offers EUR 0.02 per generation: AI covers"
    assert condition_offers(desk.console, [place(Use.GEN_REMIX)]).rates == ()


@pytest.mark.parametrize(("asked", "met"), [("0.02", True), ("0.0200", True), ("0.020001", False)])
def test_a_rate_is_met_as_the_permission_rule_meets_it(desk: Desk, asked: str, met: bool) -> None:
    to_july(desk)
    offers = condition_offers(desk.console, [place()])
    assert (offers.against_rate(Decimal(asked), "EUR") is None) is met
    assert offers.against_rate(Decimal("0.001"), "USD") is not None, "another currency is another matter"


def test_what_is_not_promised_names_the_programme(desk: Desk) -> None:
    to_july(desk)
    offers = condition_offers(desk.console, [place()])
    against = offers.against_garden()
    assert against is not None
    assert "Harmonia 2" in against.text
    assert offers.against_no_style_prompts() is None


def test_voice_is_not_among_what_a_family_offers(desk: Desk) -> None:
    uses = {each.use for each in condition_offers(desk.console, [place(None)]).asked}
    assert "AI covers" in uses
    assert "Train a voice model" not in uses


def test_conditions_begin_with_those_that_stand_where_they_are_one(desk: Desk) -> None:
    ends = Conditions(until=desk.console.today + timedelta(days=9))
    decide(desk.console, [an_allow(conditions=ends)])
    release = replace(place(None), programme=None)
    assert condition_offers(desk.console, [place(Use.TRAIN_GENERATIVE)]).standing == ends
    assert condition_offers(desk.console, [release]).standing == ends
    decide(desk.console, [an_allow(use=Use.GEN_COVER)])
    assert condition_offers(desk.console, [release]).standing == UNCONDITIONAL, "they differ by now"
    decide(desk.console, [a_wish(Stance.REFUSE, work_subject(SALT), Use.TRAIN_GENERATIVE, PROGRAMME)])
    assert condition_offers(desk.console, [place(Use.TRAIN_GENERATIVE)]).standing == UNCONDITIONAL


def test_a_cell_leads_to_the_terms_that_ask_again_about_it(desk: Desk) -> None:
    decide(desk.console, [an_allow(), an_allow(HARBOUR)])
    desk.sync()
    train = place(Use.TRAIN_GENERATIVE)
    assert terms_to_answer(desk.console, train) == (), "nothing is asked before they take effect"
    to_july(desk)
    assert terms_to_answer(desk.console, train) == (LATER,)
    assert terms_to_answer(desk.console, place(None)) == (LATER,)
    assert terms_to_answer(desk.console, place()) == (), "no yes stands there"
    view = new_terms(desk.console, MARA, LATER)
    assert len(view.concerned) == 2
    decide(desk.console, view.allows)
    assert terms_to_answer(desk.console, train) == ()
    assert new_terms(desk.console, MARA, LATER).concerned == ()


def test_a_yes_that_a_wider_no_ended_is_not_given_again(desk: Desk) -> None:
    decide(desk.console, [an_allow(), an_allow(HARBOUR)])
    decide(desk.console, [a_wish(Stance.REFUSE, work_subject(SALT))], KeepChoice.REFUSE_THEM)
    assert [wish.subject for wish in new_terms(desk.console, MARA, LATER).allows] == [work_subject(HARBOUR)]


def test_terms_say_whether_the_text_here_has_their_hash(desk: Desk) -> None:
    assert read_terms(desk.console, LATER).fits_its_hash
    assert not read_terms(desk.console, TERMS).fits_its_hash, "the small world names a hash of no text"
    assert not read_terms(desk.console, LATER).in_effect
