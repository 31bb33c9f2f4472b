"""Guard of the Qt pin: a Qt call that gives nothing back must not lose a reference to None.

PySide6 6.12.0 loses one per call on Python 3.11, and the process aborts once all are gone
(docs/decisions/0001-qt-pin.md). From Python 3.12 on None is immortal and its count does not move.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject

# Far fewer than the references to None that any process holds, so that a faulty Qt fails here, not aborts.
CALLS = 1_000


def test_a_void_qt_call_keeps_the_references_to_none() -> None:
    thing = QObject()
    thing.setObjectName("warm")
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - CALLS // 10
