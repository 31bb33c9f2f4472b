"""The readable page of a reservation: HTML without script or anything from elsewhere, every text escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from artist_console.domain.letter_kinds import Language
from artist_console.domain.letter_words import AllWords, LetterWords
from artist_console.domain.territories import WORLDWIDE, Territories
from artist_console.domain.uses import Right, Use

from .site_texts import SiteText

_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:42em;margin:2em auto;padding:0 1em}"
    "section{margin-bottom:3em}h1{font-size:1.4em}"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What is stated on a site. `place` is its address with the path, `titles` empty for all works."""

    artist: str
    writer: str  # who states it for the artist; empty: the artist
    rights: tuple[Right, ...]
    uses: tuple[Use, ...]
    mining: bool  # text and data mining is reserved as a whole
    place: str
    on: date
    titles: tuple[str, ...] = ()
    territory: Territories = WORLDWIDE
    mail: str = ""
    machine_files: tuple[str, ...] = ()  # addresses


def statement_lines(said: Statement, text: SiteText, words: LetterWords) -> tuple[str, ...]:
    """What every file says: by whom, in what standing, of which day, and what it is not."""
    rights = words.listed_names([text.rights[right] for right in said.rights])
    lines = [text.who.format(artist=said.artist, rights=rights)]
    if said.writer:
        lines.append(text.writer.format(artist=said.artist, writer=said.writer))
    lines.append(text.dated.format(date=words.on(said.on)))
    if said.territory != WORLDWIDE:
        lines.append(text.territory.format(places=_places(said.territory, words)))
    return (*lines, text.not_a_licence, text.not_streaming)


def _places(territory: Territories, words: LetterWords) -> str:
    names = words.listed_names([words.country(code) for code in sorted(territory.named)])
    return names if territory.covers(None) is False else words.everywhere_but.format(places=names)


def write_page(said: Statement, texts: Mapping[Language, SiteText], words: AllWords, meta: str) -> bytes:
    """The page, a part for each language. `meta` are elements for its head that are written already."""
    first = texts[Language.EN].title.format(artist=said.artist)
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        *meta.splitlines(),
        f"<title>{escape(first)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
    ]
    for language in Language:
        lines += _section(said, texts[language], words[language], language)
    return ("\n".join([*lines, "</body>", "</html>"]) + "\n").encode()


def _section(said: Statement, text: SiteText, words: LetterWords, language: Language) -> list[str]:
    about = text.some_works if said.titles else text.all_works
    lines = [
        f'<section lang="{language.value}">',
        f"<h1>{escape(text.title.format(artist=said.artist))}</h1>",
        *(f"<p>{escape(line)}</p>" for line in statement_lines(said, text, words)),
        f"<p>{escape(about.format(artist=said.artist, place=said.place))}</p>",
        *_list(said.titles),
        *([f"<p>{escape(text.mining)}</p>"] if said.mining else ()),
        f"<p>{escape(text.reserved)}</p>",
        *_list([words.uses[use] for use in said.uses]),
        f"<p>{escape(text.silence)}</p>",
    ]
    if said.mail:
        address = escape(said.mail)
        link = f'<a href="mailto:{address}">{address}</a>'
        lines.append(f"<p>{escape(text.contact).replace('{contact}', link)}</p>")
    if said.machine_files:
        lines.append(f"<p>{escape(text.machines)}</p>")
        lines += _list(said.machine_files)
    return [*lines, "</section>"]


def _list(items: Sequence[str]) -> list[str]:
    if not items:
        return []
    return ["<ul>", *(f"<li>{escape(item)}</li>" for item in items), "</ul>"]
