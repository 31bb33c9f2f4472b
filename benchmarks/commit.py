"""A durable decision, against one bare write of 4 KiB with fdatasync beside it; and the whole command."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from artist_console.commands.consent import decide
from artist_console.commands.console import Console
from artist_console.commands.wishes import Wish
from artist_console.domain.decisions import Decision
from artist_console.domain.ids import AccountId, ActId, DecisionId
from artist_console.domain.registers import Register, Stance, Subject, SubjectKind, UseScope
from artist_console.domain.uses import Use
from artist_console.store import journal
from benchmarks.figures import Figure, in_turns, median
from benchmarks.world import ARTIST, PROGRAMME, make_profile, open_again

WORKS = 10_000
COMMIT_ROUNDS = 200
# What waits to be sent is read with every command; a person has some of it, not hundreds.
COMMAND_ROUNDS = 50
COMMIT_AT_MOST, COMMAND_AT_MOST = 1.5, 3.0
AGAINST = "4 KiB and fdatasync"
_BLOCK = os.urandom(4096)


def measure(folder: Path) -> list[Figure]:
    figures = []
    for name, rounds, at_most, made in (
        ("durable commit of a decision", COMMIT_ROUNDS, COMMIT_AT_MOST, _append),
        ("the whole command of a decision", COMMAND_ROUNDS, COMMAND_AT_MOST, _decide),
    ):
        root = folder / name
        make_profile(root, WORKS)
        ours, bare = _in_turns(root, made, rounds)
        figures.append(Figure(name, median(ours), median(bare), at_most, AGAINST))
    return figures


def _in_turns(
    root: Path, made: Callable[[Console, Subject], object], rounds: int
) -> tuple[list[float], list[float]]:
    with open_again(root) as profile:
        console = profile.console()
        beside = os.open(root / "bare", os.O_WRONLY | os.O_CREAT, 0o600)
        subjects = _subjects()
        try:
            made(console, next(subjects))  # the facts are read from the disk once
            return in_turns(lambda: made(console, next(subjects)), lambda: _bare(beside), rounds)
        finally:
            os.close(beside)
            console.store.close()


def _bare(beside: int) -> None:
    os.write(beside, _BLOCK)
    _flush(beside)


_flush = getattr(os, "fdatasync", os.fsync)


def _append(console: Console, subject: Subject) -> None:
    journal.append(console.store, [_decision(console, subject)])


def _decide(console: Console, subject: Subject) -> None:
    decide(console, [_wish(subject)])


def _subjects() -> Iterator[Subject]:
    return (Subject(SubjectKind.WORK, f"work-{number:06}") for number in range(WORKS))


def _wish(subject: Subject) -> Wish:
    return Wish(ARTIST, subject, PROGRAMME, UseScope.of(Use.GEN_REMIX), Stance.REFUSE)


def _decision(console: Console, subject: Subject) -> Decision:
    register = Register(ARTIST, subject, PROGRAMME, UseScope.of(Use.GEN_REMIX))
    made = Decision(
        DecisionId(console.new_id()),
        register,
        Stance.REFUSE,
        AccountId("account"),
        console.clock(),
        ActId(""),
    )
    return replace(made, act=ActId(made.id))
