"""The two kinds of works."""

from __future__ import annotations

from enum import Enum


class WorkKind(Enum):
    RECORDING = "recording"
    COMPOSITION = "composition"  # the interface says "song"
