"""What a file that is brought in can be."""

from __future__ import annotations

from enum import Enum


class FileKind(Enum):
    CATALOGUE = "catalogue"
    DATASET_LIST = "dataset_list"
    STATEMENT = "statement"
    MANIFEST = "manifest"  # of an operator: what is in its datasets and models
