"""Content codes (ISCC, ISO 24138) of a file, where the library iscc-core is installed (extra "audio")."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from types import ModuleType
from typing import BinaryIO


def library() -> ModuleType | None:
    """The library; None where it is not installed."""
    try:
        # By name: it is an extra that few install, and it takes long to load.
        return importlib.import_module("iscc_core")
    except ImportError:
        return None


def codes_of(file: BinaryIO, chromaprint: Sequence[int] | None) -> tuple[str, ...]:
    """Audio code (where there is a fingerprint), data code and instance code; none without the library."""
    iscc = library()
    if iscc is None:
        return ()
    codes = []
    if chromaprint:
        signed = [each - (1 << 32) if each >> 31 else each for each in chromaprint]
        codes.append(str(iscc.gen_audio_code(signed)["iscc"]))
    file.seek(0)
    codes.append(str(iscc.gen_data_code(file)["iscc"]))
    file.seek(0)
    codes.append(str(iscc.gen_instance_code(file)["iscc"]))
    return tuple(codes)


def units_of(code: str) -> tuple[str, ...]:
    """The single codes that a composite one is made of; the code itself where it is one, or not known."""
    iscc = library()
    if iscc is None:
        return (code,)
    try:
        return tuple(f"ISCC:{unit.removeprefix('ISCC:')}" for unit in iscc.iscc_decompose(code))
    except (ValueError, KeyError, IndexError, TypeError):
        return (code,)
