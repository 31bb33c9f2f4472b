"""Words of a mail made fit to be shown: known character sets, no control signs, no turned writing."""

from __future__ import annotations

import codecs
import re

from .control_signs import CONTROLS

# Signs that turn the direction of writing, join or hide: with them a text reads otherwise than it is.
_TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_HIDDEN = "\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad"
_TAGS = [chr(code) for code in range(0xE0000, 0xE0080)]
_DROPPED = str.maketrans(dict.fromkeys([*_TURNING, *_HIDDEN, *_TAGS], ""))
_TURNS = re.compile(f"[{_TURNING}]")
_SPACED = str.maketrans(dict.fromkeys([*CONTROLS, "\x1a"], " "))

# What mails are written in. Others of Python's codecs (punycode, idna, unicode_escape …) are no character
# sets of mail, and slow on hostile input.
_KNOWN = frozenset(
    {"ascii", "utf-8", "utf-7", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "koi8-r", "koi8-u", "koi8-t"}
    | {"mac-roman", "shift_jis", "cp932", "euc_jp", "iso2022_jp", "gb2312", "gbk", "gb18030", "hz", "big5"}
    | {"big5hkscs", "euc_kr", "cp949", "iso2022_kr", "johab", "tis-620", "cp437", "cp850", "cp852", "cp866"}
    | {"cp874"}
    | {f"iso8859-{number}" for number in range(1, 17)}
    | {f"cp125{number}" for number in range(9)}
)


def decoded(body: bytes, charset: str) -> tuple[str, str]:
    """The text, and a sentence where it was not written in what it names; the sentence may be empty."""
    try:
        name = codecs.lookup(charset.strip() or "utf-8").name
    except (LookupError, ValueError):
        name = ""
    if name in _KNOWN:
        try:
            text = body.decode(name)
        except (UnicodeError, ValueError):
            return body.decode(name, "replace"), "Some signs of its text could not be read."
        return text, ""
    try:
        return (
            body.decode(),
            f"It names the character set “{shown_line(charset, 40)}”, and was read as UTF-8.",
        )
    except UnicodeDecodeError:
        said = f"It names the character set “{shown_line(charset, 40)}”, and was read as Western European."
        return body.decode("cp1252", "replace"), said


def turns_direction(text: str) -> bool:
    return _TURNS.search(text) is not None


def shown(text: str) -> str:
    """The text without what a screen would obey. Ends of lines stay."""
    plain = text.encode("utf-8", "replace").decode()
    return plain.replace("\r\n", "\n").replace("\r", "\n").translate(_DROPPED).translate(_SPACED)


def shown_line(text: str, most: int) -> str:
    """The same in one line, cut to a length."""
    line = " ".join(shown(text).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
