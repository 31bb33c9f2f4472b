"""What waits of cases: a reply of which nobody recorded what follows, a date that has passed, no reply."""

from __future__ import annotations

from datetime import date, timedelta

from .case_standing import open_replies, standing
from .cases import REPLY_PATIENCE_DAYS, Case, CaseStanding, CaseState
from .phrases import Sentence, day_in_words, say


def waits(case: Case, today: date) -> tuple[Sentence, Sentence, CaseStanding] | None:
    """Title and detail of the one thing that waits of a case; None where nothing does."""
    stands = standing(case, today)
    who = case.addressee_name
    about = case.title.removesuffix(f": {who}")
    match stands.state:
        case CaseState.CLOSED:
            return None
        case CaseState.ANSWERED:
            count = len(open_replies(case))
            detail = (
                say(
                    "A reply of {date}. What follows from it is not recorded.",
                    date=day_in_words(stands.since),
                )
                if count == 1
                else say("{n} replies. What follows from them is not recorded.", n=str(count))
            )
            return say("{who} has replied: {case}", who=who, case=about), detail, stands
        case CaseState.SENT if not stands.noted and _is_due(stands, today):
            days = stands.unanswered_days or 0
            detail = say(
                "No reply for {n} days. An answer was expected by {date}.",
                n=str(days), date=day_in_words(stands.next_on or today),
            )  # fmt: skip
            return say("{who} has not replied: {case}", who=who, case=about), detail, stands
    if stands.overdue_days is None:
        return None
    due = day_in_words(stands.next_on or today)
    detail = say("It was noted for {date}.", date=due)
    return say("Overdue with {who}: {case}", who=who, case=about), detail, stands


def _is_due(stands: CaseStanding, today: date) -> bool:
    """A day that the letter names is waited for to its end; without one, patience ends after two weeks."""
    patience = stands.since + timedelta(days=REPLY_PATIENCE_DAYS)
    return stands.overdue_days is not None or (stands.next_on == patience <= today)
