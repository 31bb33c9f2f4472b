"""`split`: who is paid what of a work, said by hand."""

from __future__ import annotations

import argparse

from artist_console.cli import lookups
from artist_console.cli.output import Answer, Plain
from artist_console.cli.pay_terms import days_words, part_of, party_named
from artist_console.cli.tables import Column, bullets, pairs, plain, table
from artist_console.commands import splits
from artist_console.commands.console import Console
from artist_console.commands.splits import ShareWish, SplitRow, SplitWish
from artist_console.domain.parties import WHOLE_BP
from artist_console.domain.problems import InputProblem
from artist_console.domain.uses import Right

_FROM_NOW = "It counts for what is allocated from now on; statement allocate corrects what was before."


class NoShare(InputProblem):
    title_template = "“{text}” says no share"
    advice_template = "Write who is paid and which share, such as “Mara Quist=50%”"


class WhichSplit(InputProblem):
    title_template = "{count} splits are kept for this right of it"
    advice_template = "Name one by its id: artist-console split list"


def run_list(console: Console, given: argparse.Namespace) -> Answer:
    work = lookups.work(console, given.work).work if given.work else None
    found = splits.list_splits(console, work, lookups.artist(console, given.artist))
    facts: Plain = {"splits": [_facts(row) for row in found]}
    if not found:
        return Answer("No split is kept here for paying. Set one with: artist-console split set", facts)
    columns = (
        Column("Work", shrinks=True),
        Column("Right"),
        Column("Who is paid what", shrinks=True, wraps=True),
        Column("Days", shrinks=True, least=10),
        Column("Id"),
    )
    rows = [
        (
            row.work_title,
            row.split.right.value,
            ", ".join(f"{name} {splits.percent(share)} %" for name, share in row.shares),
            days_words(row.split.period),
            row.split.id[-8:],
        )
        for row in found
    ]
    told = [
        plain(f"{row.work_title}, {row.split.right.value}: {note.text}")
        for row in found
        for note in row.notes
    ]
    text = table(columns, rows) + ("\n\n" + bullets(told) if told else "")
    return Answer(text, facts)


def run_set(console: Console, given: argparse.Namespace) -> Answer:
    work = lookups.work(console, given.work).work
    wished = SplitWish(
        work,
        Right(given.right),
        tuple(_share(console, text) for text in given.shares),
        since=given.since,
        until=given.until,
        source=given.source or "",
    )
    done = splits.set_split(console, wished).value
    row = done.row
    told = [
        ("Work", row.work_title),
        ("Right", row.split.right.value),
        *[(name, f"{splits.percent(share)} %") for name, share in row.shares],
        ("Days", days_words(row.split.period)),
    ]
    notes = [plain(note.text) for note in row.notes]
    notes += [f"The split before it ends on {each.split.period.until}." for each in done.ended]
    text = "\n".join((pairs(told), *notes, _FROM_NOW))
    return Answer(text, {**_facts(row), "ended": [each.split.id for each in done.ended]})


def run_remove(console: Console, given: argparse.Namespace) -> Answer:
    if given.right is None:
        ids = [row.split.id for row in splits.list_splits(console)]
        id = lookups.ending_in(ids, given.split, "split", "splits", "split list")
    else:
        work = lookups.work(console, given.split)
        held = [
            row.split.id
            for row in splits.list_splits(console, work.work)
            if row.split.right is Right(given.right)
        ]
        if len(held) != 1:
            raise WhichSplit(count=len(held))
        id = held[0]
    splits.remove_split(console, id)
    text = "The split is forgotten. What was allocated by it stays until it is allocated again."
    return Answer(text, {"removed": id})


def _share(console: Console, text: str) -> ShareWish:
    name, sign, value = text.rpartition("=")
    if not sign or not name.strip():
        raise NoShare(text=text)
    share = part_of(value) * WHOLE_BP
    if share != int(share):
        raise InputProblem(
            "“{text}” is finer than a basis point", "Write it with two decimals per cent", text=value
        )
    party, named = party_named(console, name.strip())
    return ShareWish(int(share), party, named if party is None else "")


def _facts(row: SplitRow) -> dict[str, Plain]:
    split = row.split
    return {
        "id": split.id,
        "work": split.work,
        "work_title": row.work_title,
        "right": split.right,
        "shares": [
            {"party": share.party, "party_name": name, "share_bp": share.share_bp}
            for share, name in zip(split.shares, row.party_names, strict=True)
        ],
        "total_bp": row.total_bp,
        "since": split.period.since,
        "until": split.period.until,
        "source": split.source,
        "notes": [note.text for note in row.notes],
    }
