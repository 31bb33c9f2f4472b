"""What is publicly known of organisations and their AI agreements, for whoever sets one up."""

from __future__ import annotations

import json
from functools import cache

from artist_console.domain.directory import (
    Announcement,
    KnownDataset,
    Organisation,
    datasets_of,
    find_organisations,
    organisations_of,
)
from artist_console.host.resources import resource_bytes

__all__ = ["Announcement", "KnownDataset", "Organisation", "known_datasets", "organisations"]


def organisations(text: str = "") -> tuple[Organisation, ...]:
    """Those whose names or partners hold the words of `text`; all of them without one."""
    return find_organisations(_organisations(), text)


@cache
def known_datasets() -> tuple[KnownDataset, ...]:
    """Public lists that are recognised."""
    return datasets_of(json.loads(resource_bytes("directory/datasets.json")))


@cache
def _organisations() -> tuple[Organisation, ...]:
    return organisations_of(json.loads(resource_bytes("directory/organisations.json")))
