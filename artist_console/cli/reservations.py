"""`reservation`: files for one's own site, a check of it, and what was reserved."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from artist_console.cli import lookups
from artist_console.cli.output import DONE, TROUBLE, Answer, Plain
from artist_console.cli.reservation_facts import (
    check_facts,
    check_row,
    plan_facts,
    plan_text,
    reservation_facts,
    reservation_row,
    row_facts,
)
from artist_console.cli.tables import Column, bullets, plain, table
from artist_console.commands import artists, reservations
from artist_console.commands.console import Console
from artist_console.commands.reservations import NotedReservation, Site, SitePlan
from artist_console.commands.site_folder import write_folder
from artist_console.domain.ids import ArtistId, WorkId
from artist_console.domain.problems import InputProblem, UnknownThing
from artist_console.domain.reservation_words import PLACE, VERDICT
from artist_console.domain.reservations import Manner, Reservation
from artist_console.domain.site_checks import (
    KeptCheck,
    Verdict,
    whole_verdict,
)
from artist_console.host.files import read_bounded

_ROBOTS_BYTES = 500 * 1024
_FINE = frozenset({Verdict.AS_WRITTEN, Verdict.NOTHING, Verdict.TOLD})


class WhichSite(InputProblem):
    title_template = "It does not say which site"
    advice_template = "Give its address, such as https://music.example"


def run(console: Console, given: argparse.Namespace) -> Answer:
    """One of the commands of the group."""
    return _COMMANDS[given.command.removeprefix("reservation ")](console, given)


def run_site(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.the_artist(console, given.artist)
    robots = read_bounded(given.robots, _ROBOTS_BYTES) if given.robots is not None else b""
    site = Site(
        _address(console, given.address, artist.id), _works(console, given, artist.id), given.mail, robots
    )
    plan = reservations.plan_site(console, artist.id, site)
    kept: Reservation | None = None
    if given.out is not None:
        reservations.write_site(plan, given.out)
        kept = reservations.keep_reservation(console, plan).value
    facts: dict[str, Plain] = {
        **plan_facts(plan),
        "folder": str(given.out) if given.out is not None else None,
        "reservation": kept.id if kept is not None else None,
    }
    return Answer(plan_text(plan, kept, str(given.out or "")), facts)


def run_check(console: Console, given: argparse.Namespace) -> Answer:
    artist = None if given.tell_only else _whose(console, given)
    address = _address(console, given.address, artist)
    plan: SitePlan | None = None
    if artist is not None:
        site = Site(address, _works(console, given, artist))
        plan = reservations.plan_site(console, artist, site, to_write=False)
    check = reservations.check_site(console, address, plan)
    if given.keep:
        reservations.keep_check(console, check)
    verdict = whole_verdict(check.places)
    told = [f"{plain(check.origin)}{plain(check.path)}: {VERDICT[verdict]}"]
    for place in check.places:
        told += ["", f"{PLACE[place.place]}: {VERDICT[place.verdict]}"]
        told += [bullets([plain(each.text) for each in place.told])] if place.told else []
    if given.keep:
        told += ["", f"A dated copy is kept on this computer as {check.id}. Nobody else signed its date."]
    facts = {**check_facts(check), "verdict": verdict, "kept": given.keep}
    return Answer("\n".join(told), facts, DONE if verdict in _FINE else TROUBLE)


def run_list(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.artist(console, given.artist)
    found = reservations.list_reservations(console, artist)
    checks = reservations.list_checks(console, artist)
    facts: Plain = {
        "reservations": [reservation_facts(each) for each in found],
        "checks": [row_facts(each) for each in checks],
    }
    parts = []
    if found:
        columns = (Column("Reservation"), Column("Day"), Column("How"), Column("Where", shrinks=True))
        parts.append(table((*columns, Column("By", shrinks=True)), [reservation_row(r) for r in found]))
    if checks:
        columns = (Column("Check"), Column("Day"), Column("Site", shrinks=True), Column("Says"))
        parts.append(
            table((*columns, Column("Since the last", shrinks=True)), [check_row(r) for r in checks])
        )
    nothing = "Nothing was reserved or checked here yet: artist-console reservation site --help"
    return Answer("\n\n".join(parts) or nothing, facts)


def run_note(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.the_artist(console, given.artist)
    noted = NotedReservation(
        manner=Manner(given.manner),
        on=given.on or console.today,
        place=given.place,
        uses=tuple(lookups.use(each) for each in given.use),
        works=_works(console, given, artist.id),
        note=given.note,
        copy=given.file,
    )
    kept = reservations.note_reservation(console, artist.id, noted).value
    return Answer(f"Kept on this computer as {kept.id}. It is never sent.", reservation_facts(kept))


def run_save(console: Console, given: argparse.Namespace) -> Answer:
    found = reservations.list_reservations(console)
    checks = [row.check for row in reservations.list_checks(console)]
    ids = [*(each.id for each in found), *(each.id for each in checks)]
    id = lookups.ending_in(ids, given.kept, "reservation or check", "kept things", "reservation list")
    files = _copies(console, id, found, checks)
    if not files:
        raise UnknownThing("Nothing was kept with it but its row", "See: artist-console reservation list")
    written = write_folder(given.out, files)
    text = f"{len(written)} copies are written to {given.out}. They are not encrypted there."
    return Answer(plain(text), {"id": id, "files": [str(path) for path in written]})


def _copies(
    console: Console, id: str, found: Sequence[Reservation], checks: Sequence[KeptCheck]
) -> dict[str, bytes]:
    for each in found:
        if each.id == id:
            return {
                _safe(file.name): reservations.reservation_copy(console, id, file.name)
                for file in each.copies
            }
    answers = next(check.answers for check in checks if check.id == id)
    files: dict[str, bytes] = {}
    for answer in answers:
        if answer.file is not None:
            files[answer.file.name] = reservations.check_copy(console, id, answer.path)
            head = [f"{answer.answered} {answer.status}", *(f"{n}: {v}" for n, v in answer.headers)]
            files[f"{answer.file.name}.headers.txt"] = ("\n".join(head) + "\n").encode()
    return files


def _safe(name: str) -> str:
    """A name of a copy as a path inside a folder: files of letters were named by whoever made them."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts) or "copy"


# What was typed


def _whose(console: Console, given: argparse.Namespace) -> ArtistId | None:
    """Whose decisions count: the artist named, or the only one; None where there are several or none."""
    if given.artist is None and len(artists.list_artists(console)) != 1:
        return None
    return lookups.the_artist(console, given.artist).id


def _works(console: Console, given: argparse.Namespace, artist: ArtistId) -> tuple[WorkId, ...]:
    return tuple(lookups.work(console, each, artist).work for each in given.work)


def _address(console: Console, typed: str, artist: ArtistId | None) -> str:
    """What was typed, else the site of the last reservation. Raises WhichSite."""
    if typed:
        return typed
    for each in reservations.list_reservations(console, artist):
        if each.manner is Manner.SITE_FILE:
            return each.place
    raise WhichSite


_COMMANDS: dict[str, Callable[[Console, argparse.Namespace], Answer]] = {
    "site": run_site,
    "check": run_check,
    "list": run_list,
    "note": run_note,
    "save": run_save,
}
