"""Manifests of an invented operator, for tests."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from artist_console.domain.inclusion import Asset, Basis, ModelRelation, TrainingData
from artist_console.domain.inclusion_states import InclusionState
from artist_console.domain.uses import Use
from artist_console.formats.manifest import (
    Complete,
    Dataset,
    Header,
    Inclusion,
    Model,
    NamedWork,
    Operator,
    Parent,
    written,
)
from artist_console.formats.signatures import SigningKey

KEY = SigningKey(bytes(range(64, 96)))
OTHER_KEY = SigningKey(bytes(range(96, 128)))
AS_OF = date(2025, 5, 20)
HEADER = Header(
    "artist-console-manifest",
    1,
    Operator("Harmonia"),
    AS_OF,
    programme="Harmonia 2",
    datasets=[Dataset("d", "Harmonia Set", "3", rows=4)],
    models=[
        Model(
            "m",
            "Harmonia",
            "2.1",
            ["d"],
            [Parent(ModelRelation.FINE_TUNE, name="Harmonia", version="2.0")],
            TrainingData.LICENSED,
            date(2025, 5, 1),
        )
    ],
)


def inclusion(isrc: str = "", **more: Any) -> Inclusion:
    given: dict[str, Any] = {"work": NamedWork(isrc=isrc), "state": InclusionState.IN_DATASET, "dataset": "d"}
    return Inclusion(**(given | more))


def in_model(isrc: str, state: InclusionState = InclusionState.TRAINED, **more: Any) -> Inclusion:
    return inclusion(
        isrc,
        state=state,
        dataset="",
        model="m",
        use=Use.TRAIN_GENERATIVE,
        basis=Basis.CONTRACT_BLANKET,
        asset=Asset.MASTER,
        **more,
    )


def manifest(*lines: Inclusion | Complete, key: SigningKey | None = None, header: Header = HEADER) -> bytes:
    return b"".join(written(header, iter(lines), key))


def raw(header: Any, lines: Iterable[Any], end: Any = None) -> bytes:
    """As anybody could write it, right or wrong."""
    lines = list(lines)
    closing = {"end": {"lines": len(lines)}} if end is None else end
    return b"".join(json.dumps(each).encode() + b"\n" for each in (header, *lines, closing))
