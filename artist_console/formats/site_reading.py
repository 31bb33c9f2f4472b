"""What a site says to machines, read from its answers: tdmrep.json, robots.txt, headers and meta elements.

Another's file, a page instead of a file and unreadable text are told as what they are. Nothing here compares
with what was decided (`site_comparing`).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from artist_console.domain.phrases import Sentence, say
from artist_console.domain.site_checks import SiteAnswer

from .aipref import FIELD, NOTHING_KNOWN, Preferences, read_field, why_unreadable
from .robots_lines import Robots, read_robots
from .tdmrep import POLICY, RESERVATION, NotTdmRep, TdmFile, TdmSaid, read_tdmrep, read_values

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_PAGE = re.compile(
    rb"[\s\xef\xbb\xbf]*<(?:!doctype|html|head|body|\?xml|script|meta|div|title)", re.IGNORECASE
)
_PAGE_KINDS = frozenset({"text/html", "application/xhtml+xml"})
# Words of pages that stand where a domain is not used or for sale.
_PARKED = (
    "domain is for sale",
    "buy this domain",
    "this domain is parked",
    "domain parking",
    "parked free",
    "this domain may be for sale",
    "domain has expired",
    "domain has been registered",
    "diese domain steht zum verkauf",
    "ce domaine est à vendre",
    "este dominio está en venta",
)


@dataclass(frozen=True, slots=True)
class Read:
    """Sentences about how a thing was sent, and whether it can be used for what it should be."""

    usable: bool
    told: tuple[Sentence, ...] = ()


def media_type(answer: SiteAnswer) -> str:
    values = answer.header("Content-Type")
    return values[0].partition(";")[0].strip().casefold() if values else ""


def is_page(answer: SiteAnswer) -> bool:
    """Whether what came looks like a web page."""
    return media_type(answer) in _PAGE_KINDS or _PAGE.match(answer.body[:500]) is not None


def text_of(answer: SiteAnswer) -> tuple[str, tuple[Sentence, ...]]:
    """The text by the character set that the server names, and what is wrong with it."""
    values = answer.header("Content-Type")
    named = _CHARSET.search(values[0]) if values else None
    name = named[1] if named is not None else "utf-8"
    told: list[Sentence] = []
    try:
        codec = codecs.lookup(name)
        if not codec._is_text_encoding:  # others are transforms such as zip
            raise LookupError(name)
    except LookupError:
        told.append(
            say(
                "The server names a character set that is not known: {name}. It was read as UTF-8; ask"
                " whoever runs the site to send UTF-8.",
                name=name,
            )
        )
        codec = codecs.lookup("utf-8")
    text = answer.body.decode(codec.name, errors="replace").removeprefix("\ufeff")
    if "\ufffd" in text and b"\xef\xbf\xbd" not in answer.body:
        told.append(
            say(
                "Some of it is not written in {name}, as the server says it is. Ask whoever runs the site to"
                " save it as UTF-8.",
                name=name,
            )
        )
    return text, tuple(told)


def looks_parked(text: str) -> bool:
    folded = " ".join(text.casefold().split())
    return any(words in folded for words in _PARKED)


# tdmrep.json


@dataclass(frozen=True, slots=True)
class TdmRead:
    file: TdmFile | None  # None: there is none that can be read
    told: tuple[Sentence, ...] = ()


def read_tdm_answer(answer: SiteAnswer) -> TdmRead:
    if is_page(answer):
        return TdmRead(None, (_a_page_instead("tdmrep.json", answer),))
    try:
        file = read_tdmrep(answer.body)
    except NotTdmRep as error:
        unreadable = "tdmrep.json cannot be read: {why}. Put the file there again."
        return TdmRead(None, (say(unreadable, why=str(error).rstrip(".")),))
    told = [say("{fault}", fault=fault) for fault in file.faults]
    kind = media_type(answer)
    if kind not in ("application/json", ""):
        told.append(
            say(
                "It is sent as {kind}; it should be application/json. Some readers may pass it over.",
                kind=kind,
            )
        )
    return TdmRead(file, tuple(told))


def _a_page_instead(name: str, answer: SiteAnswer) -> Sentence:
    text, _ = text_of(answer)
    if looks_parked(text):
        return say(
            "Instead of {name} comes a page that says the domain is parked or for sale. Check the address,"
            " and whether the domain is still yours.",
            name=name,
        )
    return say(
        "Instead of {name} comes a web page, often the site’s own “not found” page. Put the file there, and"
        " ask whoever runs the site to let it through.",
        name=name,
    )


# robots.txt


@dataclass(frozen=True, slots=True)
class RobotsRead:
    robots: Robots | None
    text: str = ""
    told: tuple[Sentence, ...] = ()


def read_robots_answer(answer: SiteAnswer) -> RobotsRead:
    if is_page(answer):
        return RobotsRead(None, "", (_a_page_instead("robots.txt", answer),))
    text, told = text_of(answer)
    kind = media_type(answer)
    if kind not in ("text/plain", ""):
        told = (*told, say("It is sent as {kind}; it should be text/plain.", kind=kind))
    robots = read_robots(text.encode())
    for _, rule in robots.usage_rules():
        if why := why_unreadable(rule.text):
            told = (
                *told,
                say("A Content-Usage line cannot be read, so it says nothing: {why}.", why=why),
            )
    return RobotsRead(robots, text, told)


# Headers and meta elements of the page


@dataclass(frozen=True, slots=True)
class PageSaid:
    """What the headers or the elements of a page say."""

    tdm: TdmSaid
    usage: Preferences = field(default_factory=lambda: NOTHING_KNOWN)
    said_anything: bool = False
    told: tuple[Sentence, ...] = ()


def read_headers(answer: SiteAnswer) -> PageSaid:
    reservation, policy = answer.header(RESERVATION), answer.header(POLICY)
    usage = answer.header(FIELD)
    told = [
        say("The header Content-Usage cannot be read, so it says nothing: {why}.", why=why)
        for why in (why_unreadable(", ".join(usage)),)
        if why
    ]
    if reservation and reservation[0].strip() not in ("0", "1"):
        told.append(say("The header tdm-reservation is neither 1 nor 0, so it says nothing."))
    return PageSaid(
        read_values(reservation[0] if reservation else None, policy[0] if policy else None),
        read_field(usage),
        bool(reservation or policy or usage),
        tuple(told),
    )


def read_meta(answer: SiteAnswer) -> PageSaid:
    """The meta elements of the page. Of several with one name the first counts."""
    if not is_page(answer):
        return PageSaid(
            TdmSaid(),
            told=(say("What comes is no web page, so it has no elements that could say anything."),),
        )
    text, told = text_of(answer)
    if looks_parked(text):
        told = (
            *told,
            say(
                "The page says that the domain is parked or for sale. Check the address, and whether the"
                " domain is still yours."
            ),
        )
    found = _meta_of(text)
    names = {name: found[name] for name in (RESERVATION, POLICY) if name in found}
    if RESERVATION in names and names[RESERVATION].strip() not in ("0", "1"):
        told = (*told, say("The element tdm-reservation is neither 1 nor 0, so it says nothing."))
    return PageSaid(read_values(names.get(RESERVATION), names.get(POLICY)), NOTHING_KNOWN, bool(names), told)


def _meta_of(text: str) -> Mapping[str, str]:
    """Names and contents of the elements in the head; what stands in the page itself may be anybody's."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return {}
    head = root.find("head") if root is not None else None
    found: dict[str, str] = {}
    for element in head.iter("meta") if head is not None else ():
        name = str(element.get("name") or "").strip().casefold()
        if name and name not in found:
            found[name] = str(element.get("content") or "")
    return found
