"""Text for a terminal: columns that stay aligned with wide characters, and nothing that a terminal obeys."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_WIDTH = 80  # where nothing says how wide the terminal is, as in a pipe or a file
_NARROWEST, _WIDEST = 40, 160
_GAP = "  "
_MOST_LINES = 8
_ELLIPSIS = "…"
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Format characters that a script needs to be shaped properly; all others could reorder or hide text.
_JOINERS = frozenset({"\N{ZERO WIDTH JOINER}", "\N{ZERO WIDTH NON-JOINER}"})


def line_width() -> int:
    """Cells of a line: those of the terminal or of COLUMNS, within what tables can use."""
    return min(max(shutil.get_terminal_size((_WIDTH, 24)).columns, _NARROWEST), _WIDEST)


def plain(text: str) -> str:
    """Text of a file or a backend without what a terminal would act on: escapes, controls, reordering."""
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character in "\n\t":
        return " "
    category = unicodedata.category(character)
    if category in ("Cc", "Cs", "Zl", "Zp") or (category == "Cf" and character not in _JOINERS):
        return _REPLACEMENT
    return character


def width(text: str) -> int:
    """Cells that a terminal gives to a text: wide characters take two, marks none."""
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def fitted(text: str, cells: int) -> str:
    """The text, shortened to at most `cells` cells, never inside a character with its marks."""
    if width(text) <= cells:
        return text
    kept, used = "", 0
    for character in text:
        if used + _cells(character) > cells - 1:
            break
        kept, used = kept + character, used + _cells(character)
    return kept.rstrip() + _ELLIPSIS


@dataclass(frozen=True, slots=True)
class Column:
    """A column: numbers stand right; `shrinks` says which columns give way when a line is too long."""

    title: str
    right: bool = False
    shrinks: bool = False
    least: int = 8  # cells below which a column does not shrink
    wraps: bool = False  # goes on below itself where it has shrunk: what must be read to its end


def table(columns: Sequence[Column], rows: Iterable[Sequence[str]], total: int | None = None) -> str:
    """A table with a heading line, each line at most `total` cells as far as the columns can give way."""
    cells = [[plain(cell) for cell in row] for row in rows]
    wanted = [
        max([width(column.title), *(width(row[place]) for row in cells)])
        for place, column in enumerate(columns)
    ]
    widths = _shrunk(columns, wanted, total or line_width())
    heading = _line([column.title for column in columns], columns, widths)
    return "\n".join([heading, *(line for row in cells for line in _lines(row, columns, widths))])


def _shrunk(columns: Sequence[Column], wanted: list[int], total: int) -> list[int]:
    widths = list(wanted)
    while sum(widths) + len(_GAP) * (len(widths) - 1) > total:
        able = [n for n, column in enumerate(columns) if column.shrinks and widths[n] > column.least]
        if not able:
            break
        widest = max(able, key=lambda n: widths[n])
        widths[widest] -= 1
    return widths


def _lines(cells: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> Iterator[str]:
    """The line of a row, and those below it that its columns need."""
    held = [
        _held(wrapped(cell, cells_wide), cells_wide) if column.wraps and width(cell) > cells_wide else [cell]
        for cell, column, cells_wide in zip(cells, columns, widths, strict=True)
    ]
    for place in range(max(len(lines) for lines in held)):
        yield _line([lines[place] if place < len(lines) else "" for lines in held], columns, widths)


def _held(lines: list[str], cells: int) -> list[str]:
    """Not more lines than a row of a table can have: names may come from anybody."""
    if len(lines) <= _MOST_LINES:
        return lines
    return [*lines[: _MOST_LINES - 1], fitted(lines[_MOST_LINES - 1], cells - 1) + _ELLIPSIS]


def _line(cells: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> str:
    parts = []
    for cell, column, cells_wide in zip(cells, columns, widths, strict=True):
        shown = fitted(cell, cells_wide)
        pad = " " * (cells_wide - width(shown))
        parts.append(pad + shown if column.right else shown + pad)
    return _GAP.join(parts).rstrip()


def pairs(rows: Iterable[tuple[str, str]], total: int | None = None) -> str:
    """Labels and texts below each other; long texts go on under themselves."""
    shown = [(plain(label), plain(text)) for label, text in rows]
    label_width = max((width(label) for label, _ in shown), default=0)
    width_of_lines = total or line_width()
    lines = []
    for label, text in shown:
        first, *more = wrapped(text, width_of_lines - label_width - len(_GAP)) or [""]
        lines.append((label + " " * (label_width - width(label)) + _GAP + first).rstrip())
        lines += [" " * label_width + _GAP + line for line in more]
    return "\n".join(lines)


def wrapped(text: str, cells: int) -> list[str]:
    """Lines of at most `cells` cells, broken at spaces; a longer word stands alone on its line."""
    lines: list[str] = []
    line = ""
    for word in plain(text).split():
        longer = f"{line} {word}" if line else word
        if line and width(longer) > cells:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line] if line else lines


def bullets(sentences: Iterable[str], total: int | None = None) -> str:
    """Sentences below each other, each behind a dash."""
    width_of_lines = total or line_width()
    lines: list[str] = []
    for text in sentences:
        first, *more = wrapped(text, width_of_lines - 2) or [""]
        lines += [f"- {first}", *(f"  {line}" for line in more)]
    return "\n".join(lines)
