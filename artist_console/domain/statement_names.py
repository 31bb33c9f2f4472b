"""What to call a statement in a list, and whose money it is: what is left of one bears a name of its own."""

from __future__ import annotations

from .phrases import Sentence, say
from .statements import Statement, StatementLevel


def is_left_over(statement: Statement) -> bool:
    """Whether it holds what was not paid on of a statement above payee level."""
    return statement.allocated_from is not None and statement.level is not StatementLevel.PAYEE_NET


def statement_name(statement: Statement) -> Sentence:
    """From whom it is, or of what it is left."""
    if is_left_over(statement):
        return say("What is left of {issuer}", issuer=statement.issuer)
    return say("{issuer}", issuer=statement.issuer)


def level_words(level: StatementLevel, *, left_over: bool, worked_out: bool) -> Sentence:
    """Whose money it is, short enough for a column."""
    if left_over:
        return say("left over")
    match level:
        case StatementLevel.POOL:
            return say("operator's pool")
        case StatementLevel.LICENSOR_GROSS:
            return say("label received")
        case StatementLevel.PAYEE_NET if worked_out:
            return say("due, worked out")
        case StatementLevel.PAYEE_NET:
            return say("paid to you")


def level_of(statement: Statement) -> Sentence:
    """The same of a statement."""
    worked_out = statement.allocated_from is not None
    return level_words(statement.level, left_over=is_left_over(statement), worked_out=worked_out)
