"""`hits list`, `confirm`, `refuse`, `clear`; `lists`: rows of public lists that are like works."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from artist_console.cli import lookups
from artist_console.cli.output import Answer, Plain
from artist_console.cli.tables import Column, pairs, plain, table
from artist_console.commands import hits, lists
from artist_console.commands.console import Console
from artist_console.commands.hits import HitGroup, HitRow, Verdict
from artist_console.commands.lists import ListCard
from artist_console.domain.ids import DatasetVersionId
from artist_console.domain.lineage import checked_words
from artist_console.domain.phrases import day_in_words

_NO_LIST = "No public list is here. Bring one in: artist-console import dataset-list FILE"


def run_list(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.artist(console, given.artist)
    work = lookups.work(console, given.work, artist).work if given.work else None
    dataset = lookups.public_list(console, given.dataset).dataset.id if given.dataset else None
    found = hits.list_hits(console, artist, work, dataset, given.open)
    text = (
        "\n\n".join(_group_text(group) for group in found)
        if found
        else "No row of a list is like your works."
    )
    return Answer(text, {"hits": [_group_facts(group) for group in found]})


def answering(verdict: Verdict | None) -> Callable[[Console, argparse.Namespace], Answer]:
    """What the command does that gives this answer; None takes it back."""

    def run(console: Console, given: argparse.Namespace) -> Answer:
        rows = [row for group in hits.list_hits(console) for each in group.lists for row in each.rows]
        known = tuple(dict.fromkeys(row.statement for row in rows))
        named = [lookups.ending_in(known, text, "row", "rows", "hits list") for text in given.hits]
        alike, note = getattr(given, "alike", False), getattr(given, "note", "")
        done = hits.answer_hits(console, named, verdict, alike, note).value
        return Answer(plain(done.words), {"rows": done.count, "verdict": verdict, "alike": alike})

    return run


def run_lists(console: Console) -> Answer:
    cards = lists.list_cards(console)
    text = "\n\n".join(_card_text(card) for card in cards) if cards else _NO_LIST
    return Answer(text, {"lists": [_card_facts(card) for card in cards]})


def _group_text(group: HitGroup) -> str:
    head = f"{group.work_title} · {group.work_artist}"
    if group.work_identifier:
        head += f" · {group.work_identifier}"
    columns = [
        Column("List", shrinks=True, least=8),
        Column("Row", right=True),
        Column("Title", shrinks=True),
        Column("Artist", shrinks=True),
        Column("Match"),
        Column("Answer"),
        Column("Id", shrinks=True, least=12),
    ]
    shown = [
        (
            each.name,
            str(row.row_number) if row.row_number is not None else "",
            row.row.title,
            row.row.artist,
            _match_words(row),
            _answer_words(row),
            row.statement[-12:],
        )
        for each in group.lists
        for row in each.rows
    ]
    return plain(head) + "\n" + table(columns, shown)


def _match_words(row: HitRow) -> str:
    if row.other_title:
        return f"{row.row.band.value}, titles differ"
    return row.row.band.value + (f" {row.row.score}" if row.row.score is not None else "")


def _answer_words(row: HitRow) -> str:
    if row.verdict is None:
        return ""
    return row.verdict.value + (", everywhere" if row.everywhere else "")


def _group_facts(group: HitGroup) -> dict[str, Plain]:
    return {
        "artist": group.artist,
        "work": group.work,
        "work_title": group.work_title,
        "work_artist": group.work_artist,
        "work_identifier": group.work_identifier,
        "best": group.best,
        "open": group.open,
        "lists": [
            {
                "dataset": each.dataset,
                "name": each.name,
                "rows": [_row_facts(row) for row in each.rows],
            }
            for each in group.lists
        ],
    }


def _row_facts(row: HitRow) -> dict[str, Plain]:
    return {
        "id": row.statement,
        "row": row.row_number,
        "title": row.row.title,
        "artist": row.row.artist,
        "identifier": row.row.identifier,
        "url": row.row.url,
        "match": row.row.band,
        "score": row.row.score,
        "other_version": row.row.other_version,
        "verdict": row.verdict,
        "everywhere": row.everywhere,
        "words": row.words,
    }


def _card_text(card: ListCard) -> str:
    dataset = card.dataset
    documented = [
        (
            "Documented",
            f"{model.name}, {model.publisher}: {model.says} ({model.source}, {checked_words(model)})",
        )
        for model in card.documented
    ]
    found = [
        ("Publisher", dataset.publisher),
        ("Rows", f"{dataset.rows:,}" if dataset.rows is not None else ""),
        ("Licence", dataset.licence),
        ("Obtained from", dataset.obtained_from),
        ("Brought in on", day_in_words(dataset.brought_on) if dataset.brought_on is not None else ""),
        ("SHA-256", dataset.sha256),
        ("Works listed", _works_listed(card)),
        *documented,
        ("Id", dataset.id),
    ]
    return plain(lookups.name_of_list(card)) + "\n" + pairs([(label, text) for label, text in found if text])


def _works_listed(card: ListCard) -> str:
    rows = "1 row" if card.hits == 1 else f"{card.hits:,} rows"
    return f"{card.works:,}, by {rows}; {card.open:,} without an answer"


def _card_facts(card: ListCard) -> dict[str, Plain]:
    dataset = card.dataset
    return {
        "id": DatasetVersionId(dataset.id),
        "name": dataset.name,
        "version": dataset.version,
        "publisher": dataset.publisher,
        "licence": dataset.licence,
        "obtained_from": dataset.obtained_from,
        "brought_on": dataset.brought_on,
        "sha256": dataset.sha256,
        "rows": dataset.rows,
        "works": card.works,
        "hits": card.hits,
        "open": card.open,
        "documented": [
            {
                "name": model.name,
                "publisher": model.publisher,
                "says": model.says,
                "source": model.source,
                "checked_on": model.checked_on,
            }
            for model in card.documented
        ],
    }
