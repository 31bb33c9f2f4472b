"""The training and data mining assertion of the Creator Assertions Working Group, as JSON.

Written as CAWG 1.1 has it (`cawg.training-mining`). Read also: the older label and keys of C2PA
(`c2pa.training-mining`), version 1.0, which left out the wrapper `entries`, and both spellings of the
constraints. Source: cawg.io/training-and-data-mining/1.1, STANDARDS C3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from artist_console.domain.marks import MarkEntry, MarkUse

LABEL = "cawg.training-mining"
OLD_LABEL = "c2pa.training-mining"
_OURS = "cawg."
_OLD = "c2pa."
_INFO = ("constraint_info", "constraints_info")  # the schema has the first, its prose the second
_SHARED = frozenset({"ai_generative_training", "ai_training", "ai_inference", "data_mining"})
_MOST_ENTRIES = 100
_LONGEST = 2_000  # characters of a key or of a text
_NUMBERED = re.compile(r"__\d+\Z")  # a second assertion of a kind has its number behind the label


def is_label(label: str) -> bool:
    """Whether an assertion with this label is one of these."""
    return _NUMBERED.sub("", label) in (LABEL, OLD_LABEL)


def written(entries: Iterable[MarkEntry]) -> dict[str, Any]:
    """The data of the assertion. Raises ValueError for what is never written: a yes, and unknown words."""
    made: dict[str, dict[str, str]] = {}
    for entry in entries:
        if entry.use not in (MarkUse.NOT_ALLOWED, MarkUse.CONSTRAINED):
            raise ValueError(f"a mark does not state {entry.use.value}")
        if entry.key in made:
            raise ValueError(f"the key {entry.key} is stated twice")
        made[entry.key] = {"use": entry.use.value}
        if entry.more:
            if entry.use is not MarkUse.CONSTRAINED:
                raise ValueError("only a constrained use says where to read more")
            made[entry.key][_INFO[0]] = entry.more
    return {"entries": made}


def read(data: object) -> tuple[MarkEntry, ...]:
    """The entries, in the order of the file; what is no entry is left out.

    The four keys of C2PA are given as those of CAWG, which took them over; other keys stay as they are.
    """
    if not isinstance(data, Mapping):
        return ()
    wrapped = data.get("entries")
    table = wrapped if isinstance(wrapped, Mapping) else data
    found: dict[str, MarkEntry] = {}
    for name, said in table.items():
        if not isinstance(name, str) or not isinstance(said, Mapping) or "use" not in said:
            continue
        key = _key(name[:_LONGEST])
        entry = MarkEntry(key, _use(said["use"]), _more(said))
        # The same key in both spellings: what is stricter counts, as everywhere with signals.
        if key not in found or _strictness(entry.use) > _strictness(found[key].use):
            found[key] = entry
        if len(found) == _MOST_ENTRIES:
            break
    return tuple(found.values())


def _key(name: str) -> str:
    bare = name.removeprefix(_OLD)
    return _OURS + bare if name.startswith(_OLD) and bare in _SHARED else name


def _use(said: object) -> MarkUse:
    return next((use for use in MarkUse if use.value == said and use is not MarkUse.OTHER), MarkUse.OTHER)


def _more(said: Mapping[Any, Any]) -> str:
    texts = [said[name] for name in _INFO if isinstance(said.get(name), str)]
    return texts[0][:_LONGEST] if texts else ""


def _strictness(use: MarkUse) -> int:
    return (MarkUse.ALLOWED, MarkUse.OTHER, MarkUse.CONSTRAINED, MarkUse.NOT_ALLOWED).index(use)
