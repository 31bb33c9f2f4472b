"""How results of checks look and read, and what is to be said of a statement as a whole."""

from __future__ import annotations

from artist_console.domain.statement_names import is_left_over
from artist_console.domain.statements import Check, CheckResult, Statement, StatementLevel
from artist_console.ui.figures import Figures
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import sentence
from artist_console.ui.money_words import telling_money
from artist_console.ui.text import say, say_count
from artist_console.ui.tokens import Tint


def check_look(result: CheckResult) -> tuple[Tint, Icon]:
    match result:
        case CheckResult.ADDS_UP:
            return Tint.INFO, Icon.CHECK
        case CheckResult.DOES_NOT_ADD_UP:
            return Tint.DENY, Icon.TRIANGLE
        case CheckResult.PART_CANNOT_BE_CHECKED | CheckResult.NOT_CHECKED:
            return Tint.NEUTRAL, Icon.QUESTION


def check_sentence(check: Check, figures: Figures, currency: str) -> str:
    """A check of a statement in words; its difference with every digit that says something."""
    if check.difference is None:
        return sentence(check.sentence)
    money = telling_money(figures, currency, abs(check.difference))
    match check.name:
        case "total" if check.difference < 0:
            return say("statement", "The declared total is {money} less than its own lines.", money=money)
        case "total":
            return say("statement", "The declared total is {money} more than its own lines.", money=money)
        case "balance":
            return say("statement", "The closing balance is off by {money}.", money=money)
        case _:
            return sentence(check.sentence)


def uncapital(words: str) -> str:
    return words[:1].lower() + words[1:]


def left_over_words(statement: Statement) -> str:
    """That it holds what was not paid on of another statement; empty where it does not."""
    if not is_left_over(statement):
        return ""
    return say(
        "statement",
        "This is what was not paid on of a statement: each line says why. "
        "It is in no figure of what you earned. A split or a rate that is missing is set in the pay terms.",
    )


def level_words(level: StatementLevel) -> str:
    """What its amounts are, where they are not what the payee is due."""
    match level:
        case StatementLevel.POOL:
            return say(
                "statement",
                "These are an operator's pools for everybody. They are in no figure of what you earned.",
            )
        case StatementLevel.LICENSOR_GROSS:
            return say(
                "statement",
                "This is what a label or distributor received, before shares. "
                "It is in no figure of what you earned.",
            )
        case StatementLevel.PAYEE_NET:
            return ""


def partial_words(rows_left_out: int) -> str:
    """That sums are those of some rows only; empty where all could be read."""
    if not rows_left_out:
        return ""
    return say_count(
        "statement",
        "Partial: 1 row of its file was left out. The sums are those of the rows that could be read.",
        "Partial: {n} rows of its file were left out. The sums are those of the rows that could be read.",
        rows_left_out,
    )
