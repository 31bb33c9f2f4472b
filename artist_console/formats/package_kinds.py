"""Which of our own files one is, by how it begins: a name can be anything, and mail renames files."""

from __future__ import annotations

from enum import Enum

PEEKED_BYTES = 64
_ZIP, _NAME_AT = b"PK\x03\x04", 30
_SIZE_AT = 26
CARD_BEGINS = b'{"payload":"'


class PackageKind(Enum):
    """What a person may hand over to be checked; the value is the ending such files get here."""

    REPORT = ".acreport"
    EVIDENCE = ".acevidence"
    CARD = ".acsigner"  # of a signer: lines of text


_FIRST_ENTRY = {b"datapackage.json": PackageKind.REPORT, b"bundle.json": PackageKind.EVIDENCE}


def kind_of_package(start: bytes) -> PackageKind | None:
    """By the first bytes of a file; None for anything else. Says nothing about whether it is whole."""
    if start.startswith(CARD_BEGINS):
        return PackageKind.CARD
    if not start.startswith(_ZIP):
        return None
    size = int.from_bytes(start[_SIZE_AT : _SIZE_AT + 2], "little")
    return _FIRST_ENTRY.get(start[_NAME_AT : _NAME_AT + size])
