"""What every part of a DDEX message is read with: texts, order, roles, codes, and the notes on them.

Elements are looked at once, child by child: asking the tree again for each name takes several times as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import mul

from artist_console.domain.identifiers import Read, read_isrc, read_iswc
from artist_console.domain.works import AiPart, WorkIdentifier

from .ern_xml import Element
from .incoming import RowNote, Severity

Children = dict[str, list[Element]]
_PLAIN_ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}")
_PLAIN_ISWC = re.compile(r"T[0-9]{10}")
_DUMMY_ISWC = "T1234567894"  # everybody's example, which deserves a look
_PLACES = (1, 2, 3, 4, 5, 6, 7, 8, 9)
_LAST = 1_000_000
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[\s\-/]+")
_AI_PARTS = {"All": AiPart.ALL, "Partly": AiPart.PARTLY, "None": AiPart.NONE}
_OWN_CODES = {
    "ProprietaryId": "proprietary",
    "CatalogNumber": "catalogue_number",
    "OpusNumber": "opus",
    "ComposerCatalogNumber": "composer_catalogue",
}


def children(element: Element | None, wanted: Container[object] | None = None) -> Children:
    """An element's children by name, in their order; all of them, or those of the wanted names."""
    found: Children = {}
    for child in element if element is not None else ():
        name = child.tag
        if name in found:
            found[name].append(child)
        elif wanted is None or name in wanted:
            found[name] = [child]
    return found


def by_territory(found: Children, name: str) -> list[Children]:
    """What 3.8 tells territory by territory: for the whole world first, which holds unless others differ."""
    if name not in found:
        return []
    details = [children(each) for each in found[name]]
    return sorted(details, key=lambda each: "Worldwide" not in map(text, each.get("TerritoryCode", ())))


def text(element: Element | None) -> str:
    """The text of an element, spaces tidied."""
    return " ".join((element.text or "").split()) if element is not None else ""


def reference_in(element: Element) -> str:
    """A reference, which has no spaces inside."""
    return (element.text or "").strip()


def first(found: Children, name: str) -> str:
    """The text of the first child of a name; empty when there is none."""
    return text(found[name][0]) if name in found else ""


def inner(element: Element | None, *path: str) -> str:
    """The text at the end of a path of names, by the first of each."""
    for name in path:
        element = element.find(name) if element is not None else None
    return text(element)


def line_of(element: Element) -> int:
    """Beyond line 65,535 the parser knows lines of texts alone: then it is that of the first text inside."""
    line: object = element.sourceline
    return line if isinstance(line, int) else 1


def is_true(value: str | None) -> bool:
    return value is not None and value.strip() in ("true", "1")


def ordered(elements: Sequence[Element]) -> Sequence[Element]:
    """By the sequence number as attribute or child; those without one come last and keep their order."""
    if len(elements) < 2:
        return elements
    numbers = tuple([each.get("SequenceNumber") for each in elements])
    if None in numbers:
        numbers = tuple([each.get("SequenceNumber") or inner(each, "SequenceNumber") for each in elements])
    order = _order_of(numbers)
    return elements if order is None else [elements[n] for n in order]


@lru_cache(maxsize=512)
def _order_of(numbers: tuple[str | None, ...]) -> tuple[int, ...] | None:
    """Places in the order of their numbers; None where they stand in it already, as nearly always."""
    in_order = sorted(range(len(numbers)), key=lambda n: as_number(numbers[n]))
    return None if in_order == list(range(len(numbers))) else tuple(in_order)


def as_number(number: str | None) -> int:
    """A sequence number; what has none comes last."""
    return int(number) if number and number.isascii() and number.isdigit() and len(number) < 7 else _LAST


def default_first(elements: Sequence[Element]) -> Sequence[Element]:
    """The one that holds unless another applies: marked as default, else without language, else the first."""
    if len(elements) < 2 or elements[0].get("IsDefault") == "true":
        return elements
    return sorted(elements, key=_rank)


def _rank(element: Element) -> int:
    if is_true(element.get("IsDefault")):
        return 0
    return 2 if element.get("LanguageAndScriptCode") else 1


def distinct(texts: Iterable[str]) -> list[str]:
    """In their order, without empty ones."""
    return list(dict.fromkeys(filter(None, texts)))


def value_of(element: Element) -> str:
    """A value of a list: 4.3.2 wraps it in Value, senders' own stand in an attribute."""
    found = text(element)
    if not found:
        holder = element.find("Value")
        if holder is None:
            return ""
        element, found = holder, text(holder)
    return (element.get("UserDefinedValue") or found) if found == "UserDefined" else found


def snake(role: str) -> str:
    return _CAMEL.sub("_", role).lower().strip("_") or "contributor"


def spaced(name: str) -> str:
    """ImmersiveEdition -> Immersive Edition."""
    return _CAMEL.sub(" ", name).strip()


def year_in(element: Element) -> int | None:
    """The year of a line that tells whose production it is."""
    for child in element:
        if child.tag == "Year":
            year = text(child)
            return int(year) if len(year) == 4 and year.isascii() and year.isdigit() else None
    return None


def _is_plain_iswc(code: str) -> bool:
    """Whether it is written as it is kept and its check digit is right, as `iswc_check_digit` has it."""
    if not _PLAIN_ISWC.fullmatch(code) or code == _DUMMY_ISWC:
        return False
    # The character of a digit is 48 beyond its value.
    weighed: int = sum(map(mul, code[1:10].encode(), _PLACES)) - 48 * 45
    return (1 + weighed + int(code[10])) % 10 == 0


@dataclass(slots=True)
class Notes:
    """What is noted while a message is read, once for each place."""

    found: dict[RowNote, None] = field(default_factory=dict)

    def warn(self, element: Element, what: str, field: str = "") -> None:
        name = field or str(element.tag).rpartition("}")[2]
        self.found[RowNote(line_of(element), name, what, Severity.WARNING)] = None

    def leave_out(self, element: Element, field: str, what: str) -> None:
        self.found[RowNote(line_of(element), field, what, Severity.REJECTED)] = None

    def code(self, element: Element, read: Callable[[str], Read]) -> str:
        """A standard identifier in canonical form. One with a wrong check digit is told and kept."""
        found = read(element.text or "")
        if found.reason or found.warning:
            self.warn(element, found.reason or found.warning)
        return found.value

    def isrc(self, element: Element) -> str:
        # Nearly all are written as they are kept.
        plain = element.text or ""
        return plain if _PLAIN_ISRC.fullmatch(plain) else self.code(element, read_isrc)

    def iswc(self, element: Element) -> str:
        plain = element.text or ""
        return plain if _is_plain_iswc(plain) else self.code(element, read_iswc)

    def ai_part(self, element: Element) -> AiPart | None:
        said = text(element)
        part = _AI_PARTS.get(said)
        if part is None and said:
            self.warn(element, f"“{said[:40]}” does not say how much was made by generative AI; left open.")
        return part


def own_code(element: Element) -> WorkIdentifier | None:
    """A number that is no standard's: the sender's own, a catalogue's, an opus."""
    kind = _OWN_CODES.get(str(element.tag))
    value = text(element)
    return WorkIdentifier(kind, value, element.get("Namespace") or "") if kind and value else None
