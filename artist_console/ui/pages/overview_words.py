"""Sentences of Overview that follow from its figures and from the hour."""

from __future__ import annotations

from datetime import datetime

from artist_console.commands.overview import Overview
from artist_console.ui.text import say, say_count

_MORNING_ENDS, _AFTERNOON_ENDS = 12, 18


def greeting(name: str, now: datetime) -> str:
    """By the hour of the day, with the first name where there is one."""
    first = name.split(" ", maxsplit=1)[0] if name else ""
    if now.hour < _MORNING_ENDS:
        return (
            say("overview", "Good morning, {name}", name=first) if first else say("overview", "Good morning")
        )
    if now.hour < _AFTERNOON_ENDS:
        return (
            say("overview", "Good afternoon, {name}", name=first)
            if first
            else say("overview", "Good afternoon")
        )
    return say("overview", "Good evening, {name}", name=first) if first else say("overview", "Good evening")


def trend_words(per_cent: int) -> str:
    """Plain words with an arrow, without colour: consent colours never decorate money."""
    if per_cent > 0:
        return say("overview", "↑ {n} % on the month before", n=per_cent)
    if per_cent < 0:
        return say("overview", "↓ {n} % on the month before", n=-per_cent)
    return say("overview", "as in the month before")


def operators_words(overview: Overview) -> str:
    silent = overview.operators - overview.operators_reporting
    if not overview.operators:
        return say("overview", "No operator is known yet.")
    if overview.operators_reporting == 0:
        return say("overview", "No operator reports.")
    reports = say_count(
        "overview", "1 operator reports", "{n} operators report", overview.operators_reporting
    )
    if silent == 0:
        return say("overview", "{reports}.", reports=reports)
    return say_count("overview", "{reports}; 1 does not.", "{reports}; {n} do not.", silent, reports=reports)
