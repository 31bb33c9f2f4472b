"""What the artist's decisions come to on a site of their own: planned, shown, and written as files.

The files follow the artist's own decisions and nothing else; see `domain/site_plan.py`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from artist_console.commands.authority import Acting, RosterPower, acting_for
from artist_console.commands.console import Console
from artist_console.commands.letter_templates import letter_words
from artist_console.commands.names import work_title
from artist_console.commands.site_folder import write_folder
from artist_console.commands.site_notes import left_out, partly, robots_notes, rules_before
from artist_console.domain.crawlers import Crawler, agents_for, crawlers_of
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.letter_kinds import Language
from artist_console.domain.mandates import Power
from artist_console.domain.phrases import Sentence
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.signal_terms import Signal
from artist_console.domain.site_address import SiteAddress, read_address
from artist_console.domain.site_plan import Category, SiteGround, site_ground, why_not
from artist_console.domain.territories import WORLDWIDE, Territories
from artist_console.formats.robots_lines import BlockBroken
from artist_console.formats.site_pack import (
    ROBOTS_PATH,
    PackFacts,
    SiteFile,
    expected_headers,
    lost_uses,
    make_files,
    reserved_keys,
)
from artist_console.formats.site_page import Statement, statement_lines
from artist_console.formats.site_texts import SiteText, site_texts
from artist_console.formats.tdmrep import WELL_KNOWN
from artist_console.host.resources import resource_bytes
from artist_console.store import mirror


class RobotsBroken(InputProblem):
    title_template = "The robots.txt of the site has marks of an earlier reservation that do not fit: {what}"
    advice_template = "Take the marked lines out of it by hand, then give it again"


class NotRobots(InputProblem):
    title_template = "What was given as the robots.txt of the site is {what}"
    advice_template = "Save the file that the site has at /robots.txt, as it is, and give that"


class NoMail(InputProblem):
    title_template = "“{mail}” is no address of mail"
    advice_template = "Write it as in a mail, such as rights@music.example; it will stand on the site"


class MayNotWrite(InputProblem):
    title_template = "You have no power to write in the name of {artist}"
    advice_template = "Ask {artist} for a mandate with the power to write letters"


class NothingToWrite(InputProblem):
    title_template = "Nothing can be written for this site. {why}"
    advice_template = ""


@dataclass(frozen=True, slots=True)
class Site:
    """One's own site as somebody names it. `works` empty: all released ones; `robots` as it is there now."""

    address: str
    works: tuple[WorkId, ...] = ()
    mail: str = ""  # where to ask; it is published
    robots: bytes = b""


@dataclass(frozen=True, slots=True)
class SitePlan:
    """What the site would say, before anything is written. Without files: `why_not` says why."""

    artist: ArtistId
    artist_name: str
    address: SiteAddress
    on: date
    ground: SiteGround
    facts: PackFacts
    files: tuple[SiteFile, ...]
    why_not: tuple[Sentence, ...]
    notes: tuple[Sentence, ...]  # what needs a look: works left out, rules of the site that count before

    @property
    def possible(self) -> bool:
        return bool(self.files)

    @property
    def lost(self) -> tuple[str, ...]:
        """What no signal can express of what was refused, a sentence each."""
        return lost_uses(self.ground.uses)

    @property
    def categories(self) -> tuple[Category, ...]:
        return self.ground.categories


@cache
def known_crawlers() -> tuple[Crawler, ...]:
    return crawlers_of(json.loads(resource_bytes("directory/crawlers.json")))


@cache
def _texts() -> dict[Language, SiteText]:
    return dict(site_texts(json.loads(resource_bytes("site/page.json"))))


def plan_site(console: Console, artist: ArtistId, site: Site, *, to_write: bool = True) -> SitePlan:
    """What the artist's decisions come to on a site. Pure reading.

    A plan that is only compared with needs no power to write (`to_write`).
    Raises NotASite, NotHttps, NoMail, NotRobots, RobotsBroken, MayNotWrite or UnknownThing.
    """
    now = console.clock()
    acting = acting_for(console, artist)
    # What somebody may only propose is no decision of the artist's before it is signed.
    decides = acting.power in (RosterPower.OWN, RosterPower.DECIDE)
    facts = mirror.facts(console.store, now, overlay=decides)
    party = facts.parties.get(artist)
    if party is None:
        raise UnknownThing("This artist is not known here", "See: artist-console artists list")
    address = read_address(site.address)
    _check_robots(site.robots)
    if site.mail and not _is_mail(site.mail):
        raise NoMail(mail=site.mail[:200])
    unknown = [work for work in site.works if work not in facts.works]
    if unknown:
        raise UnknownThing(
            "The work {work} is not known here", "See: artist-console works list", work=unknown[0]
        )
    writer = _writer(console, acting, party.name, to_write)
    ground = site_ground(artist, site.works, facts, now)
    pack = _pack_facts(facts, ground, site, address, party.name, writer, console.today)
    why = why_not(ground)
    own = (*left_out(ground), *partly(ground))  # for the person alone: of no concern to who runs the site
    theirs = robots_notes(pack)
    files: tuple[SiteFile, ...] = ()
    if not why:
        try:
            files = make_files(pack, _texts(), letter_words())
            theirs = (*theirs, *rules_before(pack, files))
            files = make_files(pack, _texts(), letter_words(), [each.text for each in theirs])
        except BlockBroken as error:
            raise RobotsBroken(what=str(error)) from error
    notes = (*own, *theirs)
    return SitePlan(artist, party.name, address, console.today, ground, pack, files, why, notes)


def _check_robots(body: bytes) -> None:
    """Lines can only be added to what is lines. Raises NotRobots."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotRobots(what="not written in UTF-8") from error
    if "\0" in text:
        raise NotRobots(what="no text")
    if text.lstrip().startswith("<"):
        raise NotRobots(what="a web page")


def _writer(console: Console, acting: Acting, name: str, to_write: bool) -> str:
    """Who states it for the artist: empty where the artist does. Raises MayNotWrite."""
    if acting.power is RosterPower.OWN:
        return ""
    mandate = acting.mandate
    may = mandate is not None and mandate.may(Power.WRITE_LETTERS, console.clock())
    if to_write and not may:
        raise MayNotWrite(artist=name)
    return console.account.name if console.account is not None else ""


def _pack_facts(
    facts: FactBook,
    ground: SiteGround,
    site: Site,
    address: SiteAddress,
    name: str,
    writer: str,
    today: date,
) -> PackFacts:
    purposes = reserved_keys(ground.categories, Signal.ROBOTS)
    titles = tuple(sorted(work_title(facts, work.id) for work in ground.works)) if site.works else ()
    mining = bool(reserved_keys(ground.categories, Signal.TDMREP))
    statement = Statement(
        artist=name,
        writer=writer,
        rights=ground.rights,
        uses=ground.uses,
        mining=mining,
        place=address.at(address.path),
        on=today,
        titles=titles,
        territory=_territory(ground),
        mail=site.mail,
        machine_files=tuple(
            address.at(path) for path, there in ((WELL_KNOWN, mining), (ROBOTS_PATH, bool(purposes))) if there
        ),
    )
    agents = agents_for(known_crawlers(), purposes)
    return PackFacts(address, statement, ground.categories, agents, site.robots)


def _territory(ground: SiteGround) -> Territories:
    """Where every right that is reserved is held."""
    found: Territories = WORLDWIDE
    for held in ground.controlled:
        if held.right in ground.rights:
            found = found.within(held.territory) or found
    return found


def _is_mail(text: str) -> bool:
    name, at, host = text.partition("@")
    plain = text.isascii() and text.isprintable() and not any(sign in text for sign in " <>\"'&?,;:")
    return bool(name and at and "." in host) and plain and "@" not in host


# Writing


def write_site(plan: SitePlan, folder: Path) -> tuple[Path, ...]:
    """Write the files into an empty folder, or in place of those that were written there before.

    All or nothing. Raises NothingToWrite or FileProblem.
    """
    if not plan.possible:
        raise NothingToWrite(why=" ".join(each.text for each in plan.why_not))
    return write_folder(folder, {file.name: file.body for file in plan.files})


def headers_of(plan: SitePlan) -> tuple[tuple[str, str], ...]:
    """The header fields that the server is to send."""
    return expected_headers(plan.facts)


def block_words(plan: SitePlan) -> tuple[str, ...]:
    """The sentences that every file of a plan says."""
    return statement_lines(plan.facts.statement, _texts()[Language.EN], letter_words()[Language.EN])
