"""How results of checks look and read: chip colours, icons and sentences with money as everywhere."""

from __future__ import annotations

from artist_console.domain.statements import Check, CheckResult
from artist_console.ui.figures import Figures
from artist_console.ui.icons import Icon
from artist_console.ui.meanings import sentence
from artist_console.ui.money_words import telling_money
from artist_console.ui.text import say
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
