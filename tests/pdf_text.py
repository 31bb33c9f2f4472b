"""The text of a PDF that Qt drew, read by its own tables (ToUnicode): what one gets who copies or searches.

A glyph without an entry there is read as nothing, as by other programs. Lines come in the order of drawing.
"""

from __future__ import annotations

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)endobj", re.S)
_STREAM = re.compile(rb"(.*?)stream\r?\n(.*)endstream", re.S)
_RANGE = re.compile(rb"<([0-9A-F]{4})> <[0-9A-F]{4}> \[([^]]*)\]")
_DRAWN = re.compile(rb"/F(\d+) [\d.]+ Tf|[-\d.]+ ([-\d.]+) Td|<([0-9A-Fa-f]+)> Tj|\bET\b")


def pdf_text(body: bytes) -> str:
    """Everything that is drawn; a line for each change of height or end of a piece of text."""
    objects = {int(found[1]): found[2] for found in _OBJECT.finditer(body)}
    signs = {
        number: _table(objects, int(found[1]))
        for number, held in objects.items()
        if (found := re.search(rb"/ToUnicode (\d+) 0 R", held))
    }
    pages = [held for held in objects.values() if b"/Type /Page\n" in held]
    contents = [int(found[1]) for page in pages if (found := re.search(rb"/Contents (\d+) 0 R", page))]
    return "\n".join(_page(_stream(objects[number]), signs) for number in contents)


def _page(content: bytes, signs: dict[int, dict[int, str]]) -> str:
    made: list[str] = []
    font: dict[int, str] = {}
    for found in _DRAWN.finditer(content):
        if found[1]:
            font = signs.get(int(found[1]), {})
        elif found[2]:
            if float(found[2]):
                made.append("\n")
        elif found[3]:
            codes = [int(found[3][at : at + 4], 16) for at in range(0, len(found[3]), 4)]
            made += [font.get(code, "") for code in codes]
    return re.sub(r"\n+", "\n", "".join(made)).strip("\n")


def _table(objects: dict[int, bytes], number: int) -> dict[int, str]:
    table: dict[int, str] = {}
    for found in _RANGE.finditer(_stream(objects[number])):
        for at, code in enumerate(re.findall(rb"<([0-9A-F]+)>", found[2]), int(found[1], 16)):
            sign = bytes.fromhex(code.decode()).decode("utf-16-be")
            table[at] = " " if sign == "\t" else sign
    return table


def _stream(held: bytes) -> bytes:
    found = _STREAM.search(held)
    assert found is not None
    return zlib.decompress(found[2]) if b"/FlateDecode" in found[1] else found[2]
