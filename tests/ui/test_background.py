"""The lanes on real threads: order, hand-over, problems, bugs, cancelling and the end."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from types import TracebackType

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from artist_console.domain.problems import Problem, StorageProblem
from artist_console.ui.background import Background, Progress


class Receiver(QObject):
    """Notes what arrives, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[object] = []
        self.problems: list[Problem] = []
        self.steps: list[tuple[int, int, str]] = []
        self.cancelled = 0
        self.threads: set[bool] = set()

    def take(self, value: object) -> None:
        self.values.append(value)
        self.threads.add(QThread.currentThread() is self.thread())

    def fail(self, problem: Problem) -> None:
        self.problems.append(problem)

    def step(self, done: int, total: int, words: str) -> None:
        self.steps.append((done, total, words))

    def stop(self) -> None:
        self.cancelled += 1


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    made = Background()
    yield made
    made.shut_down()


def test_a_lane_does_one_thing_after_the_other(background: Background, qtbot: QtBot) -> None:
    receiver = Receiver()
    order: list[int] = []

    def work(n: int) -> int:
        order.append(n)
        return n

    for n in range(20):
        background.store.run(lambda n=n: work(n), receiver.take)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(receiver.values) == 20)
    assert order == receiver.values == list(range(20))


def test_work_is_done_beside_the_interface_and_its_result_arrives_in_it(
    background: Background, qtbot: QtBot
) -> None:
    receiver = Receiver()
    here = threading.get_ident()
    background.store.run(threading.get_ident, receiver.take)
    qtbot.waitUntil(lambda: bool(receiver.values))
    assert receiver.values != [here]
    assert receiver.threads == {True}


def test_the_network_does_not_hold_up_the_store(background: Background, qtbot: QtBot) -> None:
    receiver = Receiver()
    gate = threading.Event()
    background.network.run(gate.wait)
    background.store.run(lambda: "recorded", receiver.take)
    qtbot.waitUntil(lambda: receiver.values == ["recorded"])
    gate.set()


def refuse() -> None:
    raise StorageProblem("The disk is full")


def test_a_problem_goes_to_whoever_asked(background: Background, qtbot: QtBot) -> None:
    receiver = Receiver()
    background.store.run(refuse, receiver.take, receiver.fail)
    qtbot.waitUntil(lambda: bool(receiver.problems))
    assert receiver.problems[0].title == "The disk is full"
    assert receiver.values == []


def test_a_problem_that_nobody_takes_is_told(background: Background, qtbot: QtBot) -> None:
    with qtbot.waitSignal(background.problem) as told:
        background.store.run(refuse)
    assert told.args is not None
    assert told.args[0].title == "The disk is full"


def test_a_bug_goes_to_the_exception_hook(background: Background, qtbot: QtBot) -> None:
    receiver = Receiver()

    def wrong() -> None:
        raise ValueError("a bug")

    with capture_exceptions() as caught:
        background.store.run(wrong, receiver.take, receiver.fail)
        qtbot.waitUntil(lambda: bool(caught))
    assert str(caught[0][1]) == "a bug"
    assert (receiver.values, receiver.problems) == ([], [])


def test_a_receiver_that_is_gone_is_not_called(background: Background, qtbot: QtBot) -> None:
    gate = threading.Event()
    receiver = Receiver()
    background.store.run(gate.wait, receiver.take)
    with qtbot.waitSignal(receiver.destroyed):
        receiver.deleteLater()
    with qtbot.waitSignal(background.idle):
        gate.set()
    assert receiver.values == []


def test_a_job_tells_how_far_it_is(background: Background, qtbot: QtBot) -> None:
    receiver = Receiver()

    def work(progress: Progress) -> str:
        for n in range(3):
            progress.report(n, 3, f"file {n}")
        return "done"

    background.job(work, receiver.take, receiver.fail, receiver.step)
    qtbot.waitUntil(lambda: receiver.values == ["done"])
    assert receiver.steps == [(0, 3, "file 0"), (1, 3, "file 1"), (2, 3, "file 2")]


def test_a_job_stops_between_two_steps(background: Background, qtbot: QtBot) -> None:
    receiver = Receiver()
    started, asked = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        started.set()
        asked.wait()
        progress.report(1, 2)

    job = background.job(work, receiver.take, receiver.fail, receiver.step, receiver.stop)
    assert started.wait(5)
    job.cancel()
    asked.set()
    qtbot.waitUntil(lambda: receiver.cancelled == 1)
    assert (receiver.values, receiver.problems, receiver.steps) == ([], [], [])


def test_shutting_down_finishes_the_command_under_way_and_drops_what_waits(qtbot: QtBot) -> None:
    background = Background()
    done: list[str] = []
    started, gate = threading.Event(), threading.Event()

    def first() -> None:
        started.set()
        gate.wait()
        done.append("first")

    background.store.run(first)
    background.store.run(lambda: done.append("second"))
    assert started.wait(5)
    threading.Timer(0.05, gate.set).start()
    background.shut_down()
    assert done == ["first"]
    background.store.run(lambda: done.append("third"))
    assert done == ["first"]


def test_shutting_down_stops_a_long_job(qtbot: QtBot) -> None:
    background = Background()
    started = threading.Event()

    def work(progress: Progress) -> None:
        started.set()
        while not progress.should_stop:
            threading.Event().wait(0.001)

    background.job(work)
    assert started.wait(5)
    background.shut_down()
    assert not [t for t in threading.enumerate() if t.name.startswith(("job", "store", "network"))]


def test_inline_work_is_done_at_once(qtbot: QtBot) -> None:
    background = Background(inline=True)
    receiver = Receiver()
    background.store.run(lambda: 1, receiver.take)
    background.network.run(refuse, receiver.take, receiver.fail)
    background.job(lambda progress: progress.report(1, 1, "x"), receiver.take, None, receiver.step)
    assert receiver.values == [1, None]
    assert receiver.steps == [(1, 1, "x")]
    assert len(receiver.problems) == 1
    assert background.is_idle


def test_a_bug_in_inline_work_goes_to_the_hook_too(qtbot: QtBot) -> None:
    seen: list[str] = []

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        seen.append(str(error))

    former, sys.excepthook = sys.excepthook, hook
    try:
        Background(inline=True).store.run(lambda: 1 / 0)
    finally:
        sys.excepthook = former
    assert seen == ["division by zero"]
