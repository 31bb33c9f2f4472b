"""Where a case stands: by example, and as rules over any order of recording, corrections and reopening."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.case_standing import current, in_force, letters_sent, open_replies, standing
from artist_console.domain.cases import REPLY_PATIENCE_DAYS, CaseEvent, CaseState, EventKind

from .case_world import WRITTEN, a_case, a_letter, an_event, drafted, outcome, reply, sent

START = WRITTEN.date()


def on(day: int) -> date:
    return START + timedelta(days=day)


def test_a_letter_that_was_written_waits_for_nobody() -> None:
    found = standing(a_case(drafted()), on(40))
    assert (found.state, found.since) == (CaseState.DRAFTED, START)
    assert (found.next_on, found.overdue_days, found.unanswered_days) == (None, None, None)


def test_a_letter_that_was_sent_waits_for_two_weeks() -> None:
    case = a_case(drafted(), sent(day=1))
    found = standing(case, on(15))
    assert (found.state, found.since, found.next_on) == (CaseState.SENT, on(1), on(1 + REPLY_PATIENCE_DAYS))
    assert (found.overdue_days, found.unanswered_days) == (None, 14)
    assert standing(case, on(17)).overdue_days == 2


def test_the_day_that_the_letter_names_comes_before_patience() -> None:
    case = a_case(drafted(), sent(day=1), letters=(a_letter(reply_by=on(31)),))
    assert standing(case, on(30)).next_on == on(31)
    assert standing(case, on(30)).overdue_days is None
    assert standing(case, on(33)).overdue_days == 2
    late = a_case(drafted(), sent(day=35), letters=(a_letter(reply_by=on(31)),))
    assert standing(late, on(36)).next_on == on(35 + REPLY_PATIENCE_DAYS)


def test_a_reply_waits_for_its_outcome_and_the_outcome_leaves_the_case_open() -> None:
    case = a_case(drafted(), sent(), reply())
    assert standing(case, on(20)).state is CaseState.ANSWERED
    assert [event.id for event in open_replies(case)] == ["e-reply"]
    done = replace(case, events=(*case.events, outcome()))
    found = standing(done, on(20))
    assert (found.state, found.since, found.unanswered_days) == (CaseState.OPEN, on(11), None)


def test_one_reply_without_outcome_keeps_the_case_answered() -> None:
    case = a_case(drafted(), sent(), reply(), outcome(), reply("e-second", 12))
    found = standing(case, on(20))
    assert (found.state, found.since) == (CaseState.ANSWERED, on(12))


def test_a_follow_up_that_is_sent_waits_again() -> None:
    again = a_letter("letter-2")
    case = a_case(
        drafted(),
        sent(),
        reply(),
        outcome(),
        sent("e-again", 20, letter="letter-2"),
        letters=(a_letter(), again),
    )
    found = standing(case, on(25))
    assert (found.state, found.unanswered_days) == (CaseState.SENT, 5)
    assert letters_sent(case) == {"letter-1", "letter-2"}


def test_the_noted_date_comes_before_any_other_and_can_be_taken_away() -> None:
    case = a_case(drafted(), sent(), an_event("e-n", EventKind.NEXT_DATE, 2, until=on(5)))
    found = standing(case, on(8))
    assert (found.next_on, found.noted, found.overdue_days) == (on(5), True, 3)
    gone = replace(case, events=(*case.events, an_event("e-o", EventKind.NEXT_DATE, 3)))
    assert standing(gone, on(8)).noted is False
    assert standing(gone, on(8)).next_on == on(15)


def test_a_closed_case_waits_for_nothing_and_a_reply_opens_it() -> None:
    case = a_case(drafted(), sent(), an_event("e-c", EventKind.CLOSED, 30))
    found = standing(case, on(90))
    assert (found.state, found.since, found.next_on, found.overdue_days) == (
        CaseState.CLOSED,
        on(30),
        None,
        None,
    )
    come = replace(case, events=(*case.events, reply(day=40)))
    assert standing(come, on(90)).state is CaseState.ANSWERED
    # It came before, and was recorded after: whoever closed the case had not seen it.
    late = replace(case, events=(*case.events, reply(day=10, recorded=40)))
    assert standing(late, on(90)).state is CaseState.ANSWERED


def test_a_closed_case_is_taken_up_and_closed_again() -> None:
    events = [drafted(), sent(), an_event("e-c", EventKind.CLOSED, 5), an_event("e-r", EventKind.REOPENED, 6)]
    assert standing(a_case(*events), on(7)).state is CaseState.SENT
    events.append(an_event("e-cc", EventKind.CLOSED, 7))
    assert standing(a_case(*events), on(8)).state is CaseState.CLOSED


def test_a_note_or_a_proof_that_comes_late_opens_nothing() -> None:
    case = a_case(
        drafted(),
        an_event("e-c", EventKind.CLOSED, 5),
        an_event("e-n", EventKind.NOTE, 6),
        sent(day=4, recorded=8),
    )
    assert standing(case, on(9)).state is CaseState.CLOSED


def test_what_is_put_right_counts_as_it_was_said_last() -> None:
    case = a_case(drafted(), sent(day=1), sent("e-right", 3, recorded=5, of="e-sent"))
    assert standing(case, on(6)).since == on(3)
    assert [event.id for event in in_force(case) if event.kind is EventKind.SENT] == ["e-right"]
    found = current(case, "e-sent")
    assert found is not None
    assert found.id == "e-right"


def test_what_is_taken_back_counts_no_more_and_stays_in_the_history() -> None:
    case = a_case(drafted(), sent(), sent("e-back", 2, how=None, of="e-sent"))
    assert standing(case, on(30)).state is CaseState.DRAFTED
    assert len(case.events) == 3
    assert current(case, "e-sent") is None


def test_an_outcome_that_is_taken_back_leaves_its_reply_unread() -> None:
    case = a_case(drafted(), sent(), reply(), outcome(), outcome("e-back", 12, of="e-outcome", outcome=None))
    assert standing(case, on(20)).state is CaseState.ANSWERED


def test_an_outcome_that_is_put_right_still_settles_its_reply() -> None:
    case = a_case(drafted(), sent(), reply(), outcome(), outcome("e-right", 12, of="e-outcome"))
    assert standing(case, on(20)).state is CaseState.OPEN
    # The reply's file was put right after the outcome.
    case = a_case(drafted(), sent(), reply(), outcome(), reply("e-file", 10, recorded=13, of="e-reply"))
    assert standing(case, on(20)).state is CaseState.OPEN


def test_an_outcome_goes_with_the_reply_that_is_taken_back() -> None:
    case = a_case(drafted(), sent(), reply(), outcome(), reply("e-back", 12, file=None, of="e-reply"))
    assert standing(case, on(13)).state is CaseState.SENT
    assert all(event.kind is not EventKind.OUTCOME for event in in_force(case))


def test_a_correction_of_another_kind_of_event_puts_nothing_right() -> None:
    case = a_case(drafted(), sent(), reply(of="e-sent"))
    assert {event.id for event in in_force(case)} == {"e-drafted", "e-sent", "e-reply"}


KINDS = st.sampled_from(["sent", "reply", "outcome", "note", "next", "closed", "reopened", "back"])


@st.composite
def histories(draw: st.DrawFn) -> list[CaseEvent]:
    """Events with any days, recorded one after the other."""
    events = [drafted()]
    for number in range(draw(st.integers(0, 9))):
        kind, id = draw(KINDS), f"e-{number}"
        when = {"day": draw(st.integers(0, 30)), "recorded": 31 + number}
        replies = [event.id for event in events if event.kind is EventKind.REPLY] or [""]
        sendings = [event.id for event in events if event.kind is EventKind.SENT]
        if kind == "sent" or (kind == "back" and not sendings):
            events.append(sent(id, of=draw(st.sampled_from(["", *sendings])), **when))
        elif kind == "reply":
            events.append(reply(id, **when))
        elif kind == "outcome":
            events.append(outcome(id, of=draw(st.sampled_from(replies)), **when))
        elif kind == "back":
            events.append(sent(id, how=None, of=draw(st.sampled_from(sendings)), **when))
        elif kind == "next":
            until = draw(st.one_of(st.none(), st.dates(on(0), on(60))))
            events.append(an_event(id, EventKind.NEXT_DATE, until=until, **when))
        else:
            events.append(an_event(id, EventKind(kind), **when))
    return events


@given(histories(), st.randoms(use_true_random=False), st.integers(31, 90))
def test_the_order_in_which_events_are_kept_changes_nothing(
    events: list[CaseEvent], chance: random.Random, day: int
) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)
    assert standing(a_case(*events), on(day)) == standing(a_case(*shuffled), on(day))


@given(histories(), st.permutations(range(9)), st.integers(31, 90))
def test_the_order_of_recording_counts_only_where_something_is_put_right_or_closed(
    events: list[CaseEvent], order: list[int], day: int
) -> None:
    kinds = (EventKind.SENT, EventKind.REPLY, EventKind.DRAFTED)
    kept = [event for event in events if event.kind in kinds and (event.how or not event.of)]
    told = [replace(event, on=on(number), of="") for number, event in enumerate(kept)]
    again = [replace(event, at=WRITTEN + timedelta(days=40 + order[n % 9])) for n, event in enumerate(told)]
    assert standing(a_case(*told), on(day)) == standing(a_case(*again), on(day))


@given(histories(), st.integers(31, 120))
def test_days_are_counted_only_where_somebody_waits(events: list[CaseEvent], day: int) -> None:
    found = standing(a_case(*events), on(day))
    assert (found.unanswered_days is not None) == (found.state is CaseState.SENT)
    assert (found.overdue_days is not None) == (found.next_on is not None and found.next_on < on(day))
    assert found.overdue_days is None or found.overdue_days > 0
    if found.state is CaseState.CLOSED:
        assert found.next_on is None


@given(histories(), st.integers(0, 8))
def test_a_reply_that_nobody_has_seen_is_never_passed_over(events: list[CaseEvent], place: int) -> None:
    new = reply("e-new", 5, recorded=99)
    held = [*events[:place], new, *events[place:]]
    assert standing(a_case(*held), on(120)).state is CaseState.ANSWERED


@given(histories())
def test_closing_closes_and_taking_up_opens(events: list[CaseEvent]) -> None:
    closed = [*events, an_event("e-close", EventKind.CLOSED, 31, recorded=98)]
    assert standing(a_case(*closed), on(40)).state is CaseState.CLOSED
    taken_up = [*closed, an_event("e-open", EventKind.REOPENED, 31, recorded=99)]
    assert standing(a_case(*taken_up), on(40)).state is not CaseState.CLOSED
