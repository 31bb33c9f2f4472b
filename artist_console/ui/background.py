"""The only threads of the interface: two lanes that do one thing after the other, and jobs that take long.

Work is a plain callable that neither knows nor touches Qt. Its result, or its Problem, arrives in the
interface thread by a queued signal that is connected before the work starts. Anything that is no Problem is a
bug: it goes to the exception hook.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from artist_console.domain.problems import Problem

T = TypeVar("T")

# How long a lane keeps Python to itself while the interface wants it. Painting a page asks for it some
# hundred times: with the 5 ms of Python's own, a page took half a second beside a lane that works.
_TURN_S = 0.0005


class Cancelled(Exception):
    """A job was asked to stop, and stopped between two steps."""


class Progress:
    """Handed to a long work: it tells how far it is, and learns here that it should stop."""

    def __init__(self, tell: Callable[[int, int, str], None]) -> None:
        self._tell = tell
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._wake: list[Callable[[], None]] = []

    def report(self, done: int, total: int, words: str = "") -> None:
        """Tell how far the work is; `total` 0 is unknown. Raises Cancelled when it should stop."""
        if self._stop.is_set():
            raise Cancelled
        self._tell(done, total, words)

    @property
    def should_stop(self) -> bool:
        return self._stop.is_set()

    def on_stop(self, wake: Callable[[], None]) -> None:
        """Have something that only waits woken when this should stop; at once where it should already."""
        with self._lock:
            self._wake.append(wake)
            stopped = self._stop.is_set()
        if stopped:
            wake()

    def stop(self) -> None:
        with self._lock:
            self._stop.set()
            waking = tuple(self._wake)
        for wake in waking:
            wake()


class _Delivery(QObject):
    """Carries one outcome into the interface thread; lives until it has arrived."""

    ended = Signal(object, object)  # value, exception
    told = Signal(object, object, str)
    over = Signal(object)  # itself, after the outcome was handed on

    def __init__(
        self,
        parent: QObject,
        done: Callable[[Any], None] | None,
        failed: Callable[[Problem], None] | None,
        stray: Callable[[Problem], None],
        progressed: Callable[[int, int, str], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._done = done
        self._failed = failed
        self._stray = stray
        self._progressed = progressed
        self._cancelled = cancelled
        self.ended.connect(self._hand_on, Qt.ConnectionType.QueuedConnection)
        self.told.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @Slot(object, object)
    def _hand_on(self, value: object, error: BaseException | None) -> None:
        try:
            self._hand_to_receiver(value, error)
        finally:
            self.over.emit(self)
            self.deleteLater()

    def _hand_to_receiver(self, value: object, error: BaseException | None) -> None:
        match error:
            case None:
                if self._done is not None and _is_there(self._done):
                    self._done(value)
            case Cancelled():
                if self._cancelled is not None and _is_there(self._cancelled):
                    self._cancelled()
            case Problem():
                if self._failed is None:
                    self._stray(error)
                elif _is_there(self._failed):
                    self._failed(error)
            case _:
                sys.excepthook(type(error), error, error.__traceback__)

    @Slot(object, object, str)
    def _tell(self, done: int, total: int, words: str) -> None:
        if self._progressed is not None and _is_there(self._progressed):
            self._progressed(done, total, words)


class Lane:
    """One worker: what is given first is finished first."""

    def __init__(self, owner: Background, name: str, inline: bool) -> None:
        self._owner = owner
        self._pool = None if inline else ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    def run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Problem], None] | None = None,
        *,
        must_finish: bool = True,
    ) -> None:
        """Do `work` on this lane, then call `done` or `failed` in the interface thread.

        Both should be bound methods of QObjects: an object that is gone by then is not called. A Problem
        that nobody takes is told by `Background.problem`. After `shut_down` nothing is accepted. What only
        reads need not be finished when the window closes.
        """
        self._owner.start(self._pool, lambda _progress: work(), done, failed, must_finish=must_finish)

    def run_long(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Problem], None] | None = None,
        progressed: Callable[[int, int, str], None] | None = None,
        cancelled: Callable[[], None] | None = None,
    ) -> Job:
        """The same for work that tells how far it is and can be cancelled while it keeps its turn."""
        return Job(self._owner.start(self._pool, work, done, failed, progressed, cancelled))

    def close(self, *, wait: bool = True) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=wait, cancel_futures=True)


class Job:
    """A long work that can be cancelled between two of its steps."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def cancel(self) -> None:
        self._progress.stop()


class Background(QObject):
    """The lanes of a window. `inline` does everything at once in the calling thread, for tests."""

    problem = Signal(object)  # a Problem that nobody took
    idle = Signal()  # nothing is under way any more
    finished = Signal()  # nothing that has to be finished is under way any more; a question may be

    def __init__(self, parent: QObject | None = None, *, inline: bool = False) -> None:
        super().__init__(parent)
        if not inline:
            sys.setswitchinterval(_TURN_S)
        self._inline = inline
        self._open = True
        self._under_way: set[_Delivery] = set()
        self._to_finish: set[_Delivery] = set()
        self._jobs: dict[_Delivery, Progress] = {}
        self.store = Lane(self, "store", inline)
        self.network = Lane(self, "network", inline)
        self._long = None if inline else ThreadPoolExecutor(max_workers=2, thread_name_prefix="job")
        self._hints = None if inline else ThreadPoolExecutor(max_workers=1, thread_name_prefix="hints")

    @property
    def is_idle(self) -> bool:
        return not self._under_way

    @property
    def is_finished(self) -> bool:
        """Whether nothing is under way that would be lost; a question may be."""
        return not self._to_finish

    def job(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Problem], None] | None = None,
        progressed: Callable[[int, int, str], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        *,
        counts: bool = True,
    ) -> Job:
        """Start a long work beside the lanes; it reports through the Progress that it is given.

        What waits for a person elsewhere does not count as being under way.
        """
        progress = self.start(
            self._long, work, done, failed, progressed, cancelled, must_finish=False, counts=counts
        )
        return Job(progress)

    def listen(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[Problem], None],
    ) -> Job | None:
        """Wait for something that may never come: it keeps nobody busy, and `Progress.on_stop` has to end it.

        None where everything is done at once: nobody could stop it.
        """
        if self._hints is None:
            return None
        progress = self.start(self._hints, work, done, failed, must_finish=False, counts=False)
        return Job(progress)

    def shut_down(self, *, wait: bool = True) -> None:
        """Accept nothing more, ask jobs to stop, let what is under way finish; what waits is dropped.

        Without `wait` what is under way is left to itself, for a process that ends at once.
        """
        self._open = False
        for progress in self._jobs.values():
            progress.stop()
        self.store.close(wait=wait)
        self.network.close(wait=wait)
        for pool in (self._long, self._hints):
            if pool is not None:
                pool.shutdown(wait=wait, cancel_futures=True)

    def start(
        self,
        pool: ThreadPoolExecutor | None,
        work: Callable[[Progress], T],
        done: Callable[[T], None] | None,
        failed: Callable[[Problem], None] | None,
        progressed: Callable[[int, int, str], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        *,
        must_finish: bool = True,
        counts: bool = True,
    ) -> Progress:
        """Hand work to a pool, or do it now where there is none; lanes and jobs call this.

        `counts`: whether something is under way as long as it is not done.
        """
        delivery = _Delivery(self, done, failed, self.problem.emit, progressed, cancelled)
        progress = Progress(delivery.told.emit if pool is not None else delivery._tell)
        if not self._open:
            delivery.deleteLater()
            return progress
        if counts:
            self._under_way.add(delivery)
        if must_finish:
            self._to_finish.add(delivery)
        self._jobs[delivery] = progress
        delivery.over.connect(self._forget)
        if pool is None:
            delivery._hand_on(*_outcome(work, progress))
        else:
            pool.submit(work, progress).add_done_callback(lambda future: _deliver(delivery, future))
        return progress

    @Slot(object)
    def _forget(self, delivery: _Delivery) -> None:
        counted = delivery in self._under_way
        self._under_way.discard(delivery)
        self._jobs.pop(delivery, None)
        if delivery in self._to_finish:
            self._to_finish.discard(delivery)
            if not self._to_finish:
                self.finished.emit()
        if counted and not self._under_way:
            self.idle.emit()


def _outcome(work: Callable[[Progress], T], progress: Progress) -> tuple[T | None, BaseException | None]:
    try:
        return work(progress), None
    except Exception as error:  # noqa: BLE001 - handed on: a Problem to its receiver, a bug to the hook
        return None, error


def _deliver(delivery: _Delivery, future: Future[Any]) -> None:
    """Runs in the worker: emits only, the slots run where the delivery lives."""
    if future.cancelled() or not isValid(delivery):
        return
    error = future.exception()
    delivery.ended.emit(None if error is not None else future.result(), error)


def _is_there(receiver: Callable[..., object]) -> bool:
    """Whether the object of a bound method still has its Qt half."""
    owner = getattr(receiver, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


# How often a work that waits for the interface looks whether it should stop meanwhile.
_LOOK_AGAIN_S = 0.1


class InterfaceThread(QObject):
    """Has something done in the interface thread for a work beside it, which waits for the outcome.

    Made in the interface thread; `parent` outlives the work. One thing is done between two of the interface's
    own events, so that a hundred of them hold up nothing.
    """

    _wanted = Signal(object, object)  # what to do, Future of what comes of it

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread = threading.get_ident()
        self._wanted.connect(self._do, Qt.ConnectionType.QueuedConnection)

    def have_done(self, what: Callable[[], T], progress: Progress) -> T:
        """Wait for what comes of it. Raises what it raises, and Cancelled where the work should stop."""
        if threading.get_ident() == self._thread:
            return what()
        outcome: Future[T] = Future()
        self._wanted.emit(what, outcome)
        while not wait([outcome], _LOOK_AGAIN_S).done:
            if progress.should_stop:
                raise Cancelled
        return outcome.result()

    @Slot(object, object)
    def _do(self, what: Callable[[], Any], outcome: Future[Any]) -> None:
        try:
            outcome.set_result(what())
        except Exception as error:  # noqa: BLE001 - handed on to the work that asked
            outcome.set_exception(error)


class Writer(Generic[T]):
    """Writes a value, whichever thread asks for it: what is older never takes the place of what is newer."""

    def __init__(self, save: Callable[[T], None]) -> None:
        self._save = save
        self._lock = threading.Lock()
        self._number = self._last = 0

    def next_number(self) -> int:
        """The place of a writing in the order in which they were wished."""
        with self._lock:
            self._number += 1
            return self._number

    def save(self, value: T, number: int | None = None) -> None:
        """Write, unless something newer is written. Without a number: the newest of all."""
        wished = self.next_number() if number is None else number
        with self._lock:
            if wished > self._last:
                self._save(value)
                self._last = wished
