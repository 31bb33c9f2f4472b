"""HTML that escapes by itself: text becomes part of a page through `tag` alone."""

from __future__ import annotations

import html
import unicodedata

_VOID = frozenset({"input", "meta", "link", "br"})
# What would turn the direction of a line, hide, or break it: a name may not draw itself over our words.
_DRAWN_BADLY = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


class Markup(str):
    """Text that is HTML already. Made here alone."""

    __slots__ = ()


def tag(element: str, /, *children: str | None, **attributes: str | bool) -> Markup:
    """An element. Text among the children is escaped; an attribute of False is left out."""
    written = "".join(
        f" {_name(key)}" if value is True else f' {_name(key)}="{html.escape(str(value))}"'
        for key, value in attributes.items()
        if value is not False
    )
    if element in _VOID:
        return Markup(f"<{element}{written}>")
    return Markup(f"<{element}{written}>{join(*children)}</{element}>")


def join(*children: str | None) -> Markup:
    """Several in a row."""
    return Markup("".join(_written(child) for child in children if child is not None))


def raw(text: str) -> Markup:
    """Our own text that is HTML, or a style, as it stands; never anything that came from outside."""
    return Markup(text)


def named(name: str) -> Markup:
    """A name that somebody else wrote, apart from our words."""
    return tag("bdi", plain(name))


def plain(text: str) -> str:
    """Without signs that turn, hide or break a line."""
    return "".join("�" if unicodedata.category(sign) in _DRAWN_BADLY else sign for sign in text)


def _written(child: str) -> str:
    return child if isinstance(child, Markup) else html.escape(child)


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")
