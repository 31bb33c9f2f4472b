"""Fingerprints and content codes: both forms of Chromaprint, what is alike, what else stands in a cell."""

from __future__ import annotations

import base64
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.formats.fingerprints import (
    SAME_UNTIL,
    compare,
    compare_iscc,
    read_chromaprint,
    read_iscc_unit,
)

# Nine seconds of a made-up tune, as fpcalc 1.5.1 wrote it down.
BY_FPCALC = (
    "AQAAM9GkJF8CR1J2XN1EaDr6ifjx4Dt--PjBLzgxPcOz4zx--Be6P3iPM3GJH32G5stxFU-G6Ljig1Ny_LitRvB54Twe_ESTTSmR5dlx"
    "6GcQpjn672he9HD05MWz4-GEMzJSdoOe4E9xyQekBBKUIGSYUA5YLhAB1klFiCAIIKUQYM4ToYUESgCLCBOGEwAIEIoIAAgipjhCAA"
)
NUMBERS = st.lists(st.integers(0, 0xFFFFFFFF), min_size=1, max_size=200)


def written(numbers: list[int]) -> str:
    """As fpcalc writes it: places of the bits that differ, three bits each, far ones with five more."""
    near: list[int] = []
    far: list[int] = []
    before = 0
    for number in numbers:
        last = 0
        for bit in range(1, 33):
            if (number ^ before) >> (bit - 1) & 1:
                step = bit - last
                near.append(min(step, 7))
                if step >= 7:
                    far.append(step - 7)
                last = bit
        near.append(0)
        before = number

    def packed(values: list[int], width: int) -> bytes:
        whole = sum(value << width * n for n, value in enumerate(values))
        return whole.to_bytes(-(-len(values) * width // 8), "little")

    data = b"\x01" + len(numbers).to_bytes(3, "big") + packed(near, 3) + packed(far, 5)
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def tune(seed: int, length: int = 400) -> list[int]:
    chance = random.Random(seed)
    return [chance.getrandbits(32) for _ in range(length)]


def noisy(numbers: list[int], part: float, seed: int = 1) -> list[int]:
    chance = random.Random(seed)
    return [n ^ sum((chance.random() < part) << bit for bit in range(32)) for n in numbers]


def test_what_fpcalc_writes_is_read() -> None:
    numbers = read_chromaprint(BY_FPCALC)
    assert numbers is not None
    assert (len(numbers), numbers[:4], numbers[-1]) == (
        51,
        (478158501, 209791941, 148072773, 147941655),
        785164207,
    )


@given(NUMBERS)
def test_both_forms_give_the_same_numbers(numbers: list[int]) -> None:
    assert read_chromaprint(written(numbers)) == tuple(numbers)
    if len(numbers) > 1:
        assert read_chromaprint(", ".join(map(str, numbers))) == tuple(numbers)
        signed = [n - (1 << 32) if n >> 31 else n for n in numbers]
        assert read_chromaprint(str(signed)) == tuple(numbers)


@given(st.one_of(st.text(max_size=200), st.text("ABCDEFabcdef0123456789-_", max_size=400)))
def test_whatever_stands_in_a_cell_is_numbers_or_none(text: str) -> None:
    found = read_chromaprint(text)
    assert found is None or all(0 <= number <= 0xFFFFFFFF for number in found)


@given(NUMBERS, st.integers(0, 400))
def test_a_cut_fingerprint_is_none(numbers: list[int], length: int) -> None:
    whole = written(numbers)
    cut = whole[: min(length, len(whole) - 3)]
    found = read_chromaprint(cut)
    assert found is None or found != tuple(numbers)


def test_a_count_beyond_all_sense_costs_nothing() -> None:
    data = b"\x01\xff\xff\xff" + bytes(1_000)
    assert read_chromaprint(base64.urlsafe_b64encode(data).decode()) is None


def test_a_copy_sounds_the_same_wherever_it_begins() -> None:
    whole = tune(1)
    for shift in (0, 1, 27, 150):
        found = compare(whole, noisy(whole[shift:], 0.05))
        assert found is not None
        assert found.same
        assert found.differs < 0.08
        assert found.shifted_s == pytest.approx(shift * 0.1238, abs=0.06)
    earlier = compare(whole[27:], whole)
    assert earlier is not None
    assert (earlier.differs, earlier.shifted_s < 0) == (0, True)


def test_other_music_does_not() -> None:
    for seed in range(2, 8):
        found = compare(tune(1), tune(seed))
        assert found is not None
        assert found.differs > 2 * SAME_UNTIL
        assert not found.same


def test_what_is_too_short_says_nothing() -> None:
    assert compare(tune(1, 20), tune(1)) is None
    assert compare([], []) is None


@given(st.integers(0, 2**64 - 1), st.integers(0, 63))
def test_audio_codes_differ_by_their_bits(bits: int, flipped: int) -> None:
    def code(body: int) -> str:
        return "ISCC:" + base64.b32encode(bytes([0x22, 0x01]) + body.to_bytes(8, "big")).decode().rstrip("=")

    one, other = read_iscc_unit(code(bits)), read_iscc_unit(code(bits ^ 1 << flipped))
    assert one is not None
    assert other is not None
    assert one.is_audio
    assert compare_iscc(one, one) == 0
    assert compare_iscc(one, other) == 1 / 64


def test_real_codes_are_read_and_others_are_not() -> None:
    audio, data = read_iscc_unit("ISCC:EIASTPZP4QU36L7G"), read_iscc_unit("GAA3BFXRPP3JGIH4")
    assert audio is not None
    assert data is not None
    assert (audio.is_audio, data.is_audio) == (True, False)
    assert compare_iscc(audio, data) is None
    composite = "ISCC:KIAQAAAAAMAAAAAAWCLPC67WSMQPYNUDWHKAZQWJ7I"
    for text in (composite, "", "ISCC:", "EIASTPZP4QU36L7", "low tide by mira sand"):
        assert read_iscc_unit(text) is None


@given(st.text(max_size=80))
def test_any_text_may_stand_for_a_code(text: str) -> None:
    unit = read_iscc_unit(text)
    assert unit is None or unit.length % 32 == 0
