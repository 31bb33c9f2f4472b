"""Damaged files for the readers: random bytes, and valid samples cut short or with bytes changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from artist_console.domain.problems import InputProblem


def damaged(samples: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Random bytes, or one of the samples truncated, with bytes overwritten, or with a piece cut out."""

    @st.composite
    def from_sample(draw: st.DrawFn) -> bytes:
        data = bytearray(draw(st.sampled_from(list(samples))))
        for place, value in draw(
            st.lists(st.tuples(st.integers(0, max(len(data) - 1, 0)), st.integers(0, 255)), max_size=6)
        ):
            data[place] = value
        start, length = draw(st.integers(0, len(data))), draw(st.integers(0, 40))
        if draw(st.booleans()):
            del data[start : start + length]
        return bytes(data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data)

    return st.one_of(st.binary(max_size=300), from_sample())


def only_input_problems(read: Callable[[bytes, str], object], data: bytes, name: str) -> None:
    """Read it; the one exception allowed is an InputProblem whose sentence can be shown."""
    refused: InputProblem | None = None
    try:
        read(data, name)
    except InputProblem as problem:
        refused = problem
    if refused is not None:
        assert refused.title
        assert refused.advice
        assert name in refused.sentence
        assert len(refused.sentence) < 1_200
