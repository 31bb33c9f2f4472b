"""What kind of file was dropped into a case, told by its content before its name."""

from __future__ import annotations

import re
from enum import Enum

from .control_signs import is_binary


class CaseFileKind(Enum):
    """The value is the media type under which it is kept."""

    MAIL = "message/rfc822"
    PDF = "application/pdf"  # kept as it is; its text is not read
    PNG = "image/png"
    JPEG = "image/jpeg"
    TEXT = "text/plain"
    OTHER = "application/octet-stream"


_BEGINNING = 1024  # a PDF may have something before its mark
_LOOKED_AT = 64_000
_HEADER = re.compile(
    rb"(?:from|to|cc|date|subject|received|return-path|delivered-to|envelope-to|reply-to|sender|message-id"
    rb"|mime-version|content-type|dkim-signature|authentication-results|arc-[a-z-]+|x-[a-z0-9-]+)[ \t]*:",
    re.IGNORECASE,
)
_FROM = re.compile(rb"^from[ \t]*:", re.IGNORECASE | re.MULTILINE)


def kind_of(body: bytes, name: str) -> CaseFileKind:
    if body.startswith(b"\x89PNG\r\n\x1a\n"):
        return CaseFileKind.PNG
    if body.startswith(b"\xff\xd8\xff"):
        return CaseFileKind.JPEG
    if b"%PDF-" in body[:_BEGINNING]:
        return CaseFileKind.PDF
    if _is_mail(body, name):
        return CaseFileKind.MAIL
    return CaseFileKind.TEXT if _is_text(body) else CaseFileKind.OTHER


def _is_mail(body: bytes, name: str) -> bool:
    head = body[:_LOOKED_AT].lstrip(b"\xef\xbb\xbf\r\n")
    if head.startswith(b"From "):  # the line that mail boxes put before each mail
        head = head.partition(b"\n")[2]
    begins = _HEADER.match(head) is not None
    return begins and (name.lower().endswith(".eml") or _FROM.search(head) is not None)


def _is_text(body: bytes) -> bool:
    if not body.strip():
        return False
    try:
        return not is_binary(body.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return False
