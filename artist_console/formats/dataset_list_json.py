"""JSON and JSON Lines as a stream of numbered objects: an element at a time, never the document.

Read are a list of objects, an object that holds one under whatever name, an object of objects (the key is the
list's own number), and a single recording. The standard library parses each element; see decision 0023.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from artist_console.domain.problems import InputProblem

from .dataset_list_columns import is_list_header
from .incoming import RowNote, Severity
from .text_stream import MOST_LINE, TextStream

_LISTS = ("tracks", "songs", "recordings", "data", "rows", "items", "results", "entries")
MOST_HEAD = 1 << 18  # characters of the beginning; a shorter one is the whole file
_SPACE = " \t\r\n"
_ENOUGH = 100  # members after which it is told whether an object is one of objects
_KEPT = 1_000  # members of an object of which it is not yet known what they are
_LOOKED_AT = 3  # lines, or members, by which it is told
# Numbers stay their text, so that none is changed.
_decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)

Found = tuple[int, dict[str, Any] | RowNote]


def json_layout(text: TextStream) -> str:
    """ "json" or "jsonl" where a file is one of them; empty for others."""
    head = text.head.lstrip(_SPACE)
    if head[:1] == "[":
        return "json"
    if head[:1] != "{":
        return ""
    lines = [line for line in head.split("\n") if line.strip()]
    # The last one may be cut where the head ends.
    whole = lines if len(text.head) < MOST_HEAD else lines[:-1]
    several = len(lines) > 1 and any(isinstance(_parsed(line), dict) for line in whole[:_LOOKED_AT])
    return "jsonl" if several else "json"


def json_objects(text: TextStream, layout: str, file_name: str) -> Iterator[Found]:
    """(number, object) or (number, note on what is none). Raises InputProblem."""
    if layout == "jsonl":
        return _of_lines(text, file_name)
    return _Document(text.texts(), file_name).objects()


def _parsed(line: str) -> Any:
    try:
        return _decoder.decode(line)
    except (ValueError, RecursionError):
        return None


def _of_lines(text: TextStream, file_name: str) -> Iterator[Found]:
    good = bad = 0
    for number, line in enumerate(text.lines(), 1):
        left_out = bool(text.too_long) and text.too_long[-1] == number
        if not left_out and not line.strip():
            continue
        each = None if left_out else _parsed(line)
        if isinstance(each, dict):
            good += 1
            yield number, each
            continue
        bad += 1
        if bad > good + _ENOUGH:
            break
        what = "The line is too long." if left_out else "The line is not a JSON object."
        yield number, RowNote(number, "", what, Severity.REJECTED)
    # One broken document has no lines that stand by themselves.
    if good < bad:
        raise _not_valid(file_name, "most of its lines are no objects")


@dataclass(slots=True)
class _Document:
    """One JSON document, read from left to right."""

    pieces: Iterator[str]
    file_name: str
    text: str = ""
    at: int = 0
    count: int = 0
    alone: int = 0  # recordings that stand by themselves
    members: list[tuple[str, Any]] = field(default_factory=list)  # that may yet turn out to be recordings

    def objects(self) -> Iterator[Found]:
        yield from self._list() if self._next() == "[" else self._members()
        # JSON Lines of which the first line is longer than what is looked at.
        while self.alone and self._next() == "{":
            self.alone += 1
            yield self.alone, self._value()
        if self._next():
            raise self._broken()

    def _list(self) -> Iterator[Found]:
        """The objects of a list, numbered from 1."""
        for place, value in enumerate(self._elements(), 1):
            yield place, _object(place, value)

    def _members(self) -> Iterator[Found]:
        """An object: one of its members is the list, or most are objects, or it is a recording itself."""
        listed = too_many = False
        for name in self._names():
            opens = self._next()
            if opens == "[" and not listed and not self.count:
                elements = self._elements()
                begun = list(islice(elements, 1))
                if begun and _is_the_list(name, begun[0]):
                    listed = True
                    for place, each in enumerate(chain(begun, elements), 1):
                        yield place, _object(place, each)
                    continue
                value: Any = [value for place, value in enumerate(chain(begun, elements)) if place < _ENOUGH]
            elif opens == "{" and name in _LISTS and not listed and not self.count:
                inner = self._inner()
                first = list(islice(inner, _LOOKED_AT))
                if any(isinstance(each, dict) and is_list_header(tuple(each)) for _, each in first):
                    listed = True
                    for place, (key, each) in enumerate(chain(first, inner), 1):
                        yield place, _named(place, key, each)
                    continue
                value = dict(member for place, member in enumerate(chain(first, inner)) if place < _KEPT)
            else:
                value = self._value()
            if self.count:
                self.count += 1
                yield self.count, _named(self.count, name, value)
            elif len(self.members) < _KEPT:
                self.members.append((name, value))
                is_object = isinstance(value, dict) and not listed
                if is_object and len(self.members) >= _ENOUGH and self._are_objects():
                    yield from self._as_objects()
            else:
                too_many = True
        if listed or self.count:
            return
        if is_list_header([name for name, _ in self.members]):
            self.alone = 1
            yield 1, dict(self.members)
        elif self._are_objects() and not too_many:
            yield from self._as_objects()
        else:
            raise InputProblem(
                "“{file}” holds no list of titles",
                "Choose the file that lists the recordings of the dataset.",
                file=self.file_name,
            )

    def _are_objects(self) -> bool:
        """Whether the members so far are recordings, though some of them may be damaged."""
        objects = [value for _, value in self.members if isinstance(value, dict)]
        others = len(self.members) - len(objects)
        if not others:
            return bool(objects)
        return others <= len(objects) and any(is_list_header(tuple(each)) for each in objects[:_LOOKED_AT])

    def _as_objects(self) -> Iterator[Found]:
        for name, value in self.members:
            self.count += 1
            yield self.count, _named(self.count, name, value)
        self.members.clear()

    def _inner(self) -> Iterator[tuple[str, Any]]:
        """The members of an object inside."""
        for name in self._names():
            yield name, self._value()

    def _names(self) -> Iterator[str]:
        """The names of an object's members, each before its value is read."""
        self._take("{")
        if self._next() == "}":
            self._take("}")
            return
        while True:
            if self._next() != '"':
                raise self._broken()
            name = str(self._value())
            self._take(":")
            yield name
            # The value was read by whoever took the name.
            if self._next() == "}":
                self._take("}")
                return
            self._take(",")

    def _elements(self) -> Iterator[Any]:
        self._take("[")
        if self._next() == "]":
            self._take("]")
            return
        while True:
            yield self._value()
            if self._next() == "]":
                self._take("]")
                return
            self._take(",")

    def _next(self) -> str:
        """The next character that is no space, left where it is; empty at the end."""
        while True:
            while self.at < len(self.text):
                if self.text[self.at] not in _SPACE:
                    return self.text[self.at]
                self.at += 1
            if not self._more():
                return ""

    def _take(self, char: str) -> None:
        if self._next() != char:
            raise self._broken()
        self.at += 1

    def _value(self) -> Any:
        self._next()
        while True:
            try:
                value, end = _decoder.raw_decode(self.text, self.at)
            except RecursionError:
                raise _not_valid(self.file_name, "its depth") from None
            except ValueError as error:
                if not self._double():
                    raise self._broken() from error
                continue
            # A number may go on in the next piece.
            if end == len(self.text) and self._more():
                continue
            self.at = end
            return value

    def _more(self) -> bool:
        """Let go of what was read, and add one more piece; False at the end."""
        piece = next(self.pieces, "")
        self.text = self.text[self.at :] + piece
        self.at = 0
        return bool(piece)

    def _double(self) -> bool:
        """Read on until twice as much stands there, so that long elements are not parsed again and again."""
        wanted = 2 * (len(self.text) - self.at)
        if wanted > 2 * MOST_LINE:
            raise InputProblem(
                "“{file}”: an entry is longer than {limit} characters, or it is not valid JSON",
                "Ask the sender for a list with one object for each recording.",
                file=self.file_name,
                limit=f"{MOST_LINE:,}",
            )
        grew = False
        while len(self.text) - self.at <= wanted and self._more():
            grew = True
        return grew

    def _broken(self) -> InputProblem:
        return _not_valid(
            self.file_name, "it is cut short" if not self._next() else "its commas and brackets"
        )


def _object(place: int, value: Any) -> dict[str, Any] | RowNote:
    if isinstance(value, dict):
        return value
    return RowNote(place, "", "The entry is not a JSON object.", Severity.REJECTED)


def _named(place: int, name: str, value: Any) -> dict[str, Any] | RowNote:
    """A member of an object of objects: its name is the list's own number."""
    if isinstance(value, dict):
        return {"id": name, **value}
    what = f"The entry “{encodable(name)[:40]}” is not a JSON object."
    return RowNote(place, "", what, Severity.REJECTED)


def _is_the_list(name: str, first: Any) -> bool:
    if isinstance(first, dict) and is_list_header(tuple(first)):
        return True
    return name in _LISTS and not isinstance(first, str)


def _not_valid(file_name: str, where: str) -> InputProblem:
    return InputProblem(
        "“{file}” is not valid JSON ({where})",
        "Download the file again or ask the sender for a new copy.",
        file=file_name,
        where=where,
    )


def text_of(value: Any) -> str:
    """The text of a JSON value: a name inside an object, several names joined."""
    if isinstance(value, str):
        return encodable(value).strip()
    if isinstance(value, dict):
        return next((text_of(value[key]) for key in ("name", "title") if key in value), "")
    if isinstance(value, list):
        return ", ".join(filter(None, (text_of(each) for each in value[:50] if not isinstance(each, list))))
    return ""


def encodable(text: str) -> str:
    """JSON may escape half a character, which no file and no database can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def names_of(objects: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in objects for name in each))
