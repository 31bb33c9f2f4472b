"""What a part of the suite came to: its runs, what it met on the way, and the figures that must be 0."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields

Tell = Callable[[str], None]  # one line for whoever watches a long run


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of one part; `a + b` are those of both. Every figure beside `runs` and `met` has to be 0."""

    name: str
    runs: int = 0
    lost: int = 0  # decisions with no end: neither in the ledger nor told as not applied
    doubled: int = 0
    reordered: int = 0
    stale_allow: int = 0  # an allow applied against what stood by then
    refusal_blocked: int = 0
    diverged: int = 0  # devices or service that show different things in the end
    stuck: int = 0  # a queue that does not come to its end once all is quiet
    acknowledged_lost: int = 0  # gone although "Recorded" was said, or a receipt given
    corrupt: int = 0
    leaked: int = 0  # secrets or titles found where they must not be
    seeds: tuple[int, ...] = ()  # of the runs in which a figure was not 0
    met: Mapping[str, int] = field(default_factory=dict)  # what happened how often

    def __post_init__(self) -> None:
        # Counts travel between processes, which a view of a mapping cannot.
        object.__setattr__(self, "met", dict(self.met))

    def __add__(self, other: Counts) -> Counts:
        assert self.name == other.name
        numbers = {name: getattr(self, name) + getattr(other, name) for name in ("runs", *ZEROES)}
        met = Counter(self.met) + Counter(other.met)
        return Counts(self.name, **numbers, seeds=self.seeds + other.seeds, met=met)

    @property
    def wrong(self) -> dict[str, int]:
        """The figures that should be 0 and are not."""
        return {name: getattr(self, name) for name in ZEROES if getattr(self, name)}

    @property
    def holds(self) -> bool:
        return not self.wrong


ZEROES = tuple(each.name for each in fields(Counts) if each.name not in ("name", "runs", "seeds", "met"))
