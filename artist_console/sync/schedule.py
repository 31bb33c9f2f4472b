"""When to try again: full-jitter back-off between one second and five minutes. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST_S = 1.0
LONGEST_S = 300.0
# A service may ask for more patience than we would have by ourselves, but not for ever.
LONGEST_ASKED_S = 3600.0


def wait_s(failures: int, chance: float, retry_after_s: float | None = None) -> float:
    """Seconds to wait after so many failures in a row.

    `chance` lies in [0, 1) and spreads the attempts of many devices over the whole span. `retry_after_s` is
    what the service asked for: never less than that is waited.
    """
    if failures <= 0:
        return 0.0
    # Far beyond the longest wait the power would no longer fit a float.
    span = min(LONGEST_S, FIRST_S * 2.0 ** min(failures - 1, 30))
    drawn = FIRST_S + chance * (span - FIRST_S) if span > FIRST_S else FIRST_S
    asked = min(retry_after_s, LONGEST_ASKED_S) if retry_after_s is not None else 0.0
    return max(drawn, asked)


def next_attempt(now: datetime, failures: int, chance: float, retry_after_s: float | None = None) -> datetime:
    """The instant of the next attempt."""
    return now + timedelta(seconds=wait_s(failures, chance, retry_after_s))
