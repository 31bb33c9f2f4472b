"""`letter kinds`, `list`, `show` and `export`; `letter_drafting` has `draft`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence

from artist_console.cli import lookups
from artist_console.cli.output import Answer, Plain
from artist_console.cli.showing import SIGNS_OF_AN_ID
from artist_console.cli.tables import Column, pairs, plain, table
from artist_console.commands import kept_letters, letter_files, letters
from artist_console.commands.addressees import list_addressees
from artist_console.commands.artists import list_artists
from artist_console.commands.console import Console
from artist_console.commands.kept_letters import KeptLetter
from artist_console.commands.letter_drafts import NOT_ADVICE, KindOffer
from artist_console.commands.letter_files import OutForm
from artist_console.commands.paper import Paper
from artist_console.domain.ids import ArtistId
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.letters import Letter, Source
from artist_console.domain.phrases import day_in_words
from artist_console.domain.problems import InputProblem, UnknownThing

Draw = Callable[[Paper], bytes]
_FORM = {"pdf": OutForm.PDF, "eml": OutForm.EML, "text": OutForm.TEXT}


def run_kinds(console: Console, given: argparse.Namespace) -> Answer:
    chosen = lookups.artist(console, given.artist)
    artists = (chosen,) if chosen is not None else _all_artists(console)
    offers = letters.kinds(console, artists)
    may_not = letters.may_not_write(console, artists)
    # What holds for every kind is told once, at the end.
    shared = " ".join(may_not)
    told = [_offer_text(offer, "" if offer.why_not == shared else offer.why_not) for offer in offers]
    facts: dict[str, Plain] = {"kinds": [_offer_facts(offer) for offer in offers], "may_not": list(may_not)}
    return Answer("\n\n".join((*told, *map(plain, may_not))), facts)


def _all_artists(console: Console) -> tuple[ArtistId, ...]:
    return tuple(row.id for row in list_artists(console))


def _offer_text(offer: KindOffer, why_not: str) -> str:
    needs = [name.value.replace("_", " ") for name in offer.needs]
    needs += [f"a {what.value}" for what in offer.about if what.value != "person"]
    lines = [
        ("", offer.says),
        ("Needs", ", ".join(needs)),
        ("Signs", "the artist in person" if offer.in_person else ""),
        ("Not possible" if not offer.possible else "But", why_not),
    ]
    head = f"{offer.kind.value.replace('_', '-')}: {offer.name}"
    return f"{plain(head)}\n{pairs([(name, said) for name, said in lines if said])}"


def _offer_facts(offer: KindOffer) -> dict[str, Plain]:
    return {
        "kind": offer.kind,
        "name": offer.name,
        "says": offer.says,
        "possible": offer.possible,
        "why_not": offer.why_not,
        "capacities": list(offer.capacities),
        "addressees": list(offer.addressees),
        "needs": list(offer.needs),
        "about": list(offer.about),
        "works": offer.works,
        "attach": list(offer.attach),
        "in_person": offer.in_person,
        "reply_days": offer.reply_days,
        "version": offer.version,
        "checked_on": offer.checked_on,
        "sources": _sources(offer.sources),
    }


def run_list(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.artist(console, given.artist)
    kind = LetterKind(given.kind.replace("-", "_")) if given.kind else None
    rows = kept_letters.list_letters(console, artist, kind)
    facts: Plain = {"letters": [_kept_facts(row) for row in rows]}
    if not rows:
        return Answer("No letter is kept here yet: artist-console letter draft --help", facts)
    shown = table(
        (
            Column("Letter"),
            Column("Kind", shrinks=True),
            Column("From", shrinks=True),
            Column("To", shrinks=True),
            Column("Written"),
            Column("Case"),
        ),
        [
            (
                f"…{row.letter.id[-SIGNS_OF_AN_ID:]}",
                row.kind_name,
                row.artist_name,
                row.letter.to_name,
                row.letter.written_at.date().isoformat(),
                row.state.value,
            )
            for row in rows
        ],
    )
    return Answer(shown, facts)


def _kept_facts(row: KeptLetter) -> dict[str, Plain]:
    return {
        "case": row.case.id,
        "state": row.state,
        "artist_name": row.artist_name,
        **letter_facts(row.letter),
    }


def letter_facts(letter: Letter) -> dict[str, Plain]:
    return {
        "id": letter.id,
        "kind": letter.kind,
        "artist": letter.artist,
        "capacity": letter.capacity,
        "standing": letter.standing,
        "language": letter.language,
        "country": letter.country,
        "addressee": letter.addressee,
        "to_name": letter.to_name,
        "to_email": letter.to_email,
        "to_postal": list(letter.to_postal),
        "from_lines": list(letter.from_lines),
        "from_email": letter.from_email,
        "subject": letter.subject,
        "text": letter.text,
        "signed_by": letter.signed_by,
        "works": list(letter.works),
        "attachments": [{"name": f.name, "size": f.size, "sha256": f.sha256} for f in letter.attachments],
        "reply_by": letter.reply_by,
        "written_at": letter.written_at,
        "edited": letter.edited,
        "template_version": letter.template_version,
        "checked_on": letter.checked_on,
        "sources": _sources(letter.sources),
        "sha256": letter.sha256,
    }


def _sources(sources: Sequence[Source]) -> list[Plain]:
    return [
        {
            "title": each.title,
            "address": each.address,
            "country": each.country,
            "checked_on": each.checked_on,
        }
        for each in sources
    ]


def run_show(console: Console, given: argparse.Namespace) -> Answer:
    row = kept_letters.show_letter(console, _letter_id(console, given.letter))
    facts = {**_kept_facts(row), "mail_link": letter_files.mail_link(row.letter)}
    fault = letter_files.mail_link_fault(row.letter)
    facts["mail_link_note"] = fault.text if fault is not None else ""
    return Answer(letter_text(row.letter), facts)


def letter_text(letter: Letter) -> str:
    """As it stands, then what is told beside it: version, country, sources and that it is no advice."""
    beside = [
        ("Template", f"version {letter.template_version}, checked on {day_in_words(letter.checked_on)}"),
        ("Country", letter.country),
        *(("Source", _source_words(each)) for each in letter.sources),
        ("Goes along", ", ".join(file.name for file in letter.attachments)),
        ("Letter", letter.id),
    ]
    body = "\n".join(plain(line) for line in letter_files.letter_text(letter).rstrip("\n").split("\n"))
    return f"{body}\n\n{pairs([(name, said) for name, said in beside if said])}\n\n{NOT_ADVICE}"


def _source_words(source: Source) -> str:
    looked = f"looked up on {day_in_words(source.checked_on)}" if source.checked_on else "not looked up"
    return f"{source.title}, {source.address}, {looked}"


def _letter_id(console: Console, text: str) -> str:
    ids = [row.letter.id for row in kept_letters.list_letters(console)]
    return lookups.ending_in(ids, text, "letter", "letters", "letter list")


class NothingChosen(InputProblem):
    title_template = "It is not said which letters are to be written"
    advice_template = "Name letters, or give --case, --addressee, --artist, --kind or --unsent"


class IdsAndMore(InputProblem):
    title_template = "Letters are named by their ids and by what they have in common"
    advice_template = "Do one or the other"


class NoneFits(UnknownThing):
    title_template = "No letter that is kept here fits all of that"
    advice_template = "See: artist-console letter list"


def _narrowed(given: argparse.Namespace) -> bool:
    return bool(given.artists or given.cases or given.addressees or given.kind or given.unsent)


def _that_fit(console: Console, given: argparse.Namespace) -> list[Letter]:
    if not _narrowed(given):
        raise NothingChosen
    wanted = kept_letters.LetterFilter(
        artists=frozenset(lookups.the_artist(console, text).id for text in given.artists or ()),
        cases=frozenset(case_id(console, text) for text in given.cases or ()),
        addressees=frozenset(addressee_id(console, text) for text in given.addressees or ()),
        kind=LetterKind(given.kind.replace("-", "_")) if given.kind else None,
        unsent=given.unsent,
    )
    found = [each.letter for each in kept_letters.find_letters(console, wanted)]
    if not found:
        raise NoneFits
    return found


def addressee_id(console: Console, text: str) -> str:
    """The addressee that is meant, by id or name. Raises UnknownThing, SeveralFit."""
    known = list_addressees(console)
    if any(each.id == text for each in known):
        return text
    advice = "See: artist-console addressee list"
    name = lookups.one_of([each.name for each in known], text, "addressee", "addressees", advice)
    return next(each.id for each in known if each.name == name)


def case_id(console: Console, text: str) -> str:
    """The case that is meant, by the end of its id. Raises UnknownThing, SeveralFit."""
    ids = [row.case.id for row in kept_letters.list_letters(console)]
    return lookups.ending_in(list(dict.fromkeys(ids)), text, "case", "cases", "case list")


def run_export(console: Console, given: argparse.Namespace, draw: Draw) -> Answer:
    """Write kept letters into a folder. Raises NothingChosen, NoneFits, FilesThere, FileProblem."""
    chosen = [kept_letters.show_letter(console, _letter_id(console, text)).letter for text in given.letters]
    if not chosen:
        chosen = _that_fit(console, given)
    elif _narrowed(given):
        raise IdsAndMore
    paths = letter_files.export_letters(
        console, chosen, given.out, _FORM[given.form], draw, given.per_addressee, given.replace
    )
    told = "\n".join(plain(str(path)) for path in paths)
    return Answer(f"{told}\n\nNothing was sent.", {"files": [str(path) for path in paths]})
