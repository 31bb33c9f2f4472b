"""Work beside the interface has something done there and waits: for its outcome, its trouble, or its end."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from artist_console.commands.paper import Paper, PaperLine, PaperStyle
from artist_console.domain.problems import Problem, StorageProblem
from artist_console.ui.background import Background, InterfaceThread, Progress
from artist_console.ui.drawing import PaperDrawer


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    made.shut_down()


class Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.values: list[object] = []
        self.problems: list[Problem] = []
        self.cancelled = 0

    def take(self, value: object) -> None:
        self.values.append(value)

    def fail(self, problem: Problem) -> None:
        self.problems.append(problem)

    def stop(self) -> None:
        self.cancelled += 1


def test_what_a_work_asks_for_is_done_in_the_interface_thread(background: Background, qtbot: QtBot) -> None:
    receiver, here = Receiver(), threading.get_ident()
    interface = InterfaceThread(receiver)

    def work(progress: Progress) -> tuple[bool, bool]:
        there = interface.have_done(threading.get_ident, progress)
        return there == here, threading.get_ident() == here

    background.job(work, receiver.take)
    qtbot.waitUntil(lambda: bool(receiver.values))
    assert receiver.values == [(True, False)]


def test_a_problem_there_is_the_problem_of_the_work(background: Background, qtbot: QtBot) -> None:
    receiver = Receiver()
    interface = InterfaceThread(receiver)

    def fail() -> None:
        raise StorageProblem("It could not be drawn", "Try again")

    background.job(lambda progress: interface.have_done(fail, progress), receiver.take, receiver.fail)
    qtbot.waitUntil(lambda: bool(receiver.problems))
    assert receiver.problems[0].title == "It could not be drawn"


def test_a_work_that_is_cancelled_waits_no_longer(background: Background, qtbot: QtBot) -> None:
    receiver = Receiver()
    interface = InterfaceThread(receiver)
    over = threading.Event()

    def work(progress: Progress) -> None:
        progress.stop()
        try:
            interface.have_done(lambda: None, progress)
        finally:
            over.set()

    background.job(work, receiver.take, receiver.fail, None, receiver.stop)
    # The interface is busy until the work has stopped: nobody does what it asks for.
    assert over.wait(60)
    qtbot.waitUntil(lambda: receiver.cancelled == 1 or bool(receiver.values))
    assert receiver.cancelled == 1


def test_a_paper_is_drawn_for_a_work(background: Background, qtbot: QtBot) -> None:
    receiver = Receiver()
    drawer = PaperDrawer("Inter", receiver)
    paper = Paper("A letter", "A letter", (PaperLine(PaperStyle.TEXT, "Dear Sir or Madam,"),))
    background.job(lambda progress: drawer.for_work(progress)(paper), receiver.take)
    qtbot.waitUntil(lambda: bool(receiver.values))
    (body,) = receiver.values
    assert isinstance(body, bytes)
    assert body.startswith(b"%PDF")
