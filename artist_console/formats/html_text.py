"""The words of an HTML page as plain text: nothing is run, loaded or followed.

Read by libxml2's forgiving parser without network, entities of its own or huge trees; then walked once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

MOST_HTML_CHARACTERS = 2_000_000

_DROPPED = frozenset(
    {"script", "style", "head", "title", "template", "noscript", "object", "embed", "applet", "svg", "math"}
    | {"iframe", "frame", "frameset", "audio", "video", "canvas", "select", "textarea", "button"}
)
_BLOCKS = frozenset(
    {"p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"}
    | {"section", "article", "header", "footer", "hr", "pre", "address", "dt", "dd", "center", "body"}
)
_SCRIPT = frozenset({"script", "object", "embed", "applet", "iframe", "frame"})
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_BLANK_LINES = re.compile(r"\n{3,}")
_OUTSIDE = re.compile(r"\s*(https?:|ftp:|//|file:)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageText:
    text: str
    left_out: tuple[str, ...]  # sentences on what was not read, run or loaded


def text_of_html(page: str) -> PageText:
    """The words of a page, paragraph by paragraph. Never raises: of what is no HTML the text is empty."""
    told: list[str] = []
    if len(page) > MOST_HTML_CHARACTERS:
        page = page[:MOST_HTML_CHARACTERS]
        told.append(f"Of its HTML only the first {MOST_HTML_CHARACTERS:,} signs were read.")
    root = _root(page)
    if root is None:
        return PageText("", tuple(told))
    names = {_name(element) for element in root.iter()}
    if names & _SCRIPT or any(_runs(element) for element in root.iter()):
        told.append("It holds a script or an embedded page; it was not run.")
    if any(_is_outside(element) for element in root.iter()):
        told.append("It wants pictures or styles from elsewhere; they were not loaded.")
    return PageText(_words(root), tuple(told))


def _root(page: str) -> etree._Element | None:
    parser = etree.HTMLParser(
        encoding="utf-8",
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=True,
    )
    body = page.replace("\0", " ").encode("utf-8", "replace")
    try:
        return etree.fromstring(body, parser) if body.strip() else None
    except (etree.LxmlError, ValueError):
        return None


def _name(element: etree._Element) -> str:
    return str(element.tag).lower()


def _runs(element: etree._Element) -> bool:
    return any(
        str(name).lower().startswith("on") or "javascript:" in str(value).lower()
        for name, value in element.attrib.items()
    )


def _is_outside(element: etree._Element) -> bool:
    name = _name(element)
    if name not in {"img", "link", "source", "input", "body", "table", "td"}:
        return False
    wanted = (element.get("src"), element.get("srcset"), element.get("background"))
    href = element.get("href") if name == "link" else None
    return any(value is not None and _OUTSIDE.match(value) for value in (*wanted, href))


def _words(root: etree._Element) -> str:
    """Walked by events, so that no depth of nesting needs a stack of ours."""
    pieces: list[str] = []
    hidden = 0  # how many elements that are dropped we are inside of
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = _name(element)
        if event == "start":
            if name in _DROPPED:
                hidden += 1
            if not hidden:
                if name in _BLOCKS:
                    pieces.append("\n")
                elif name in {"td", "th"}:
                    pieces.append(" ")
                pieces.append(_SPACES.sub(" ", (element.text or "").replace("\n", " ")))
            continue
        if name in _DROPPED:
            hidden -= 1
        if not hidden:
            if name in _BLOCKS and name != "br":
                pieces.append("\n")
            pieces.append(_SPACES.sub(" ", (element.tail or "").replace("\n", " ")))
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(pieces).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
