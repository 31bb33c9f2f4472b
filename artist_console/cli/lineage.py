"""`lineage` and `timeline`: where a work leads to, and what happened with it or with a model."""

from __future__ import annotations

import argparse

from artist_console.cli import lookups
from artist_console.cli.output import Answer, Plain
from artist_console.cli.tables import Column, bullets, fitted, plain, table
from artist_console.commands import lineage, timeline
from artist_console.commands.console import Console
from artist_console.commands.lineage import EdgeKind, Lineage, LineageNode, NodeKind
from artist_console.commands.timeline import TimelineEvent
from artist_console.domain import words, work_words

_MOST_SIGNS = 800  # of a sentence about two places: names may come from anybody
_KIND: dict[NodeKind, str] = {
    NodeKind.WORK: "work",
    NodeKind.DATASET: "dataset",
    NodeKind.MODEL: "model",
}


def run_lineage(console: Console, given: argparse.Namespace) -> Answer:
    artist = lookups.artist(console, given.artist)
    work = lookups.work(console, given.work, artist).work
    found = lineage.lineage(console, work)
    return Answer(_text(found), _facts(found))


def run_timeline(console: Console, given: argparse.Namespace) -> Answer:
    if given.model is not None:
        events = timeline.timeline_of_model(console, lookups.model(console, given.model))
    else:
        artist = lookups.artist(console, given.artist)
        work = lookups.work(console, given.work, artist).work
        events = timeline.timeline_of_work(console, work, artist)
    text = _events(events) if events else "Nothing is known of it."
    return Answer(text, {"events": [_event_facts(event) for event in events]})


def _text(found: Lineage) -> str:
    if len(found.nodes) == 1:
        return plain(f"{found.title}: nothing is reported. That does not show that nothing is used.")
    columns = [
        Column("What"),
        Column("Name", shrinks=True, least=12),
        Column("Whose", shrinks=True),
        Column("The work there", shrinks=True, least=16, wraps=True),
        Column("Evidence", shrinks=True, least=10, wraps=True),
    ]
    documented = {edge.target for edge in found.edges if edge.relation is EdgeKind.DOCUMENTED}
    rows = [
        (
            _KIND[node.kind],
            node.title,
            node.under,
            "documented for the list" if node.id in documented else _state(node),
            _grade(node),
        )
        for node in found.nodes
    ]
    return table(columns, rows) + "\n\n" + bullets(fitted(edge.words, _MOST_SIGNS) for edge in found.edges)


def _state(node: LineageNode) -> str:
    if node.kind is NodeKind.WORK:
        return ""
    if node.state is None:
        return "not stated; follows"
    said = work_words.stated_words(node.state, node.said_by or "Somebody", node.of_a_title).text
    return f"Contradicted. {said}" if node.against else said


def _grade(node: LineageNode) -> str:
    return words.grade_words(node.grade, node.said_by) if node.grade is not None else ""


def _facts(found: Lineage) -> dict[str, Plain]:
    return {
        "work": found.work,
        "title": found.title,
        "nodes": [
            {
                "id": node.id,
                "kind": node.kind,
                "title": node.title,
                "under": node.under,
                "state": node.state,
                "grade": node.grade,
                "as_of": node.as_of,
                "stated": node.stated,
                "said_by": node.said_by,
                "against": list(node.against),
            }
            for node in found.nodes
        ],
        "edges": [
            {
                "source": edge.source,
                "target": edge.target,
                "relation": edge.relation,
                "words": edge.words,
            }
            for edge in found.edges
        ],
    }


def _events(events: tuple[TimelineEvent, ...]) -> str:
    columns = [
        Column("Day"),
        Column("What", shrinks=True, least=24, wraps=True),
        Column("By", shrinks=True, least=10),
        Column("Evidence", shrinks=True, least=10, wraps=True),
    ]
    return table(
        columns,
        [
            (
                event.day.isoformat(),
                event.words,
                event.by,
                words.grade_words(event.grade, event.by) if event.grade is not None else "",
            )
            for event in events
        ],
    )


def _event_facts(event: TimelineEvent) -> dict[str, Plain]:
    return {
        "day": event.day,
        "kind": event.kind,
        "words": event.words,
        "by": event.by,
        "grade": event.grade,
        "work": event.work,
        "ref": event.ref,
    }
