"""Bytes of a DDEX message -> its root element: encodings, harmful and damaged files, namespaces.

Nothing outside the file is ever looked at, no entity is put in, and the parser's limits on depth and on the
length of texts stay on. Real messages differ in detail, so nothing is validated. Uses lxml.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from artist_console.domain.problems import InputProblem

if TYPE_CHECKING:
    from lxml import etree

NEW, PURGE = "NewReleaseMessage", "PurgeReleaseMessage"
# A message is about one release or a few; its tree takes several times its size in memory.
MAX_BYTES = 100_000_000
_NAMESPACE = re.compile(r"http://(?:service\.)?ddex\.net/xml/(?:ern/)?(\d{2,3})(?:/.*)?")
_DOCTYPE = b"<!DOCTYPE"
_BEGINNING = 1 << 20  # bytes; a document type stands before the first element
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
# Of libxml2's error numbers (xmlerror.h): an unknown encoding, bytes that are not of it, and its limits.
_OF_ENCODING = frozenset({31, 32, 81})
_OF_LIMITS = frozenset({45, 114})

Element: TypeAlias = "etree._Element"


@dataclass(frozen=True, slots=True)
class Message:
    root: Element  # elements of DDEX carry their bare names; those of others keep their namespace
    kind: str  # NEW or PURGE
    version: str  # as the namespace names it: "432"


def parse(data: bytes, file_name: str) -> Message:
    """Raises InputProblem where it is no message that is read here, is damaged or carries a document type."""
    if len(data) > MAX_BYTES:
        raise InputProblem(
            "“{file}” is larger than {limit} MB, which no release message is",
            "Ask the sender for one message for each release.",
            file=file_name,
            limit=MAX_BYTES // 1_000_000,
        )
    data, encoding = _in_utf_8(data, file_name)
    if data.find(_DOCTYPE, 0, _BEGINNING) >= 0:
        raise _refused(file_name)
    root = _root(data, encoding, file_name)
    # One behind a comment of that length, or in an encoding in which the search is blind. The parser puts no
    # entity in and has its own limits, so that nothing comes of it until here.
    if cast(Any, root.getroottree().docinfo).doctype:  # the stubs lack it
        raise _refused(file_name)
    return _known(root, file_name)


def _in_utf_8(data: bytes, file_name: str) -> tuple[bytes, str | None]:
    """Whatever has two or four bytes to a character is turned into UTF-8, whatever it says of itself."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding).removeprefix("\ufeff").encode(), "utf-8"
            except UnicodeError as error:
                raise _wrong_encoding(file_name, 1) from error
    return data, None


def _root(data: bytes, encoding: str | None, file_name: str) -> Element:
    # Late: a window that shows no release message need not load an XML library before its first paint.
    from lxml import etree

    parser = etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        # Spaces between elements and a table of ids are of no use here, and take a third of the time.
        remove_blank_text=True,
        collect_ids=False,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        if _DOCTYPE in data:
            raise _refused(file_name) from error
        raise _damaged(error, file_name) from error


def _damaged(error: Exception, file_name: str) -> InputProblem:
    line = getattr(error, "lineno", None) or 1
    code = getattr(error, "code", None)
    if code in _OF_ENCODING:
        return _wrong_encoding(file_name, line)
    if code in _OF_LIMITS:
        what = "elements more than 250 deep" if "depth" in str(error) else "a text longer than 10 MB"
        return InputProblem(
            "“{file}” holds {what} (near line {line}), which no message does and which can be harmful",
            "Ask the sender for a plain message.",
            file=file_name,
            what=what,
            line=line,
        )
    return InputProblem(
        "“{file}” is not valid XML (near line {line}), so nothing of it was used",
        "It may end early: download it again or ask the sender for a new copy.",
        file=file_name,
        line=line,
    )


def _wrong_encoding(file_name: str, line: int) -> InputProblem:
    return InputProblem(
        "“{file}” is not valid XML: it is not in the encoding that it names (near line {line})",
        "Ask the sender for the message in UTF-8.",
        file=file_name,
        line=line,
    )


def _refused(file_name: str) -> InputProblem:
    return InputProblem(
        "“{file}” carries a document type, which no DDEX message does and which can be harmful",
        "Ask the sender for a plain message.",
        file=file_name,
    )


def _known(root: Element, file_name: str) -> Message:
    namespace, _, name = str(root.tag).rpartition("}")
    namespace = namespace.removeprefix("{")
    version = _NAMESPACE.fullmatch(namespace)
    if name == NEW and version is None:
        raise InputProblem(
            "“{file}” is a NewReleaseMessage, but not of DDEX (its namespace is “{namespace}”)",
            "Ask for the ERN NewReleaseMessage (version 4.1 to 4.3.2 or 3.8) of the release.",
            file=file_name,
            namespace=namespace[:80],
        )
    if version is None or name not in (NEW, PURGE):
        raise InputProblem(
            "“{file}” is a {kind}, not a DDEX NewReleaseMessage",
            "Ask for the ERN NewReleaseMessage (version 4.1 to 4.3.2 or 3.8) of the release.",
            file=file_name,
            kind=name[:60],
        )
    _take_off(namespace, root)
    return Message(root, name, version[1])


def _take_off(namespace: str, root: Element) -> None:
    """Only the root of a message is in DDEX's namespace by its schema; some senders put everything there.

    Whoever does so does it from the first element on, so that a few of them tell.
    """
    prefix = f"{{{namespace}}}"
    few = [*root]
    for section in root:
        if len(section):
            few += (section[0], *section[0])
    if any(str(element.tag).startswith(prefix) for element in few):
        for element in list(root.iterdescendants(f"{prefix}*")):
            element.tag = str(element.tag).removeprefix(prefix)


@cache
def path(expression: str) -> Callable[[Element], list[str]]:
    """An XPath that gives texts. For what stands in a message by the thousand and is seldom of interest."""
    # Late: as above; nothing asks for a path before a message was parsed.
    from lxml import etree

    return cast("Callable[[Element], list[str]]", etree.XPath(expression, smart_strings=False))
