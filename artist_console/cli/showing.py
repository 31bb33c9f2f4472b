"""Texts and JSON of what the commands give: one function per thing shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from artist_console.cli.output import Answer, Plain
from artist_console.cli.reviewed import condition_facts
from artist_console.cli.tables import Column, bullets, pairs, plain, table
from artist_console.commands.artists import ArtistRow
from artist_console.commands.console import Totals
from artist_console.commands.fact_links import Link, Links
from artist_console.commands.history import HistoryRow
from artist_console.commands.inclusions import PlaceRow
from artist_console.commands.names import use_words
from artist_console.commands.programmes import ProgrammeRow
from artist_console.commands.self_test import PartChecked
from artist_console.commands.work_details import WorkDetails
from artist_console.domain import words, work_words
from artist_console.domain.inclusion import Evidence
from artist_console.domain.permission import Permission
from artist_console.domain.provenance import origins
from artist_console.domain.trace import TraceStep
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.work_rows import WorkSummary


def money(totals: Totals) -> str:
    return ", ".join(f"{amount:f} {currency}" for currency, amount in totals)


def _first_amount(totals: Totals) -> str:
    """Of several currencies the first, whole: a list has no room for more, and a cut amount misleads."""
    return money(totals[:1]) + (f" and {len(totals) - 1} more" if len(totals) > 1 else "")


def money_facts(totals: Totals) -> list[Plain]:
    return [{"currency": currency, "amount": amount} for currency, amount in totals]


def artists(rows: Sequence[ArtistRow]) -> Answer:
    names = {row.name.casefold() for row in rows}
    # A name is enough to type, unless several share it.
    needs_id = len(names) < len(rows)
    shown = [
        (
            row.name,
            row.label,
            str(row.works),
            "self-declared" if row.self_declared else "",
            row.id if needs_id else "",
        )
        for row in rows
    ]
    columns = [
        Column("Artist", shrinks=True, least=16),
        Column("Label", shrinks=True),
        Column("Works", right=True),
        Column(""),
        Column("Id" if needs_id else ""),
    ]
    facts: list[Plain] = [
        {
            "id": row.id,
            "name": row.name,
            "label": row.label,
            "works": row.works,
            "self_declared": row.self_declared,
            "mandate": row.mandate.id if row.mandate is not None else None,
        }
        for row in rows
    ]
    text = table(columns, shown) if rows else "No artist is known here yet."
    return Answer(text, {"artists": facts})


# A recording and its song often share the title; what is missing tells them apart.
_NO_CODE = {WorkKind.RECORDING: "ISRC missing", WorkKind.COMPOSITION: "ISWC missing"}


def works(total: int, rows: Sequence[WorkSummary], *, narrowed: bool) -> Answer:
    """A page of works; `narrowed` where only some were asked for."""
    columns = [
        Column("Work", shrinks=True, least=14),
        Column("Identifier"),
        Column("Where it is", shrinks=True, least=14, wraps=True),
        Column("Permission", shrinks=True, least=10),
        Column("Earned", right=True),
    ]
    shown = [
        (
            f"{row.title} ({row.version})" if row.version else row.title,
            row.identifier or _NO_CODE[row.kind],
            work_words.where_words(row).text,
            work_words.permission_words(row).text,
            _first_amount(row.earned),
        )
        for row in rows
    ]
    if not rows:
        text = "No work matches." if narrowed or total else _NO_WORKS
    else:
        text = table(columns, shown)
        if total > len(rows):
            text += f"\n\n{len(rows)} of {total} works; see more with --limit and --offset."
    return Answer(text, {"total": total, "works": [work_facts(row) for row in rows]})


_NO_WORKS = (
    "No work is here yet. Bring in a catalogue: artist-console import catalogue FILE\n"
    "What a service knows already is fetched with: artist-console sync"
)


def work_facts(row: WorkSummary) -> dict[str, Plain]:
    return {
        "id": row.work,
        "artist": row.artist,
        "artist_name": row.artist_name,
        "kind": row.kind,
        "title": row.title,
        "version": row.version,
        "identifier": row.identifier,
        "release": row.release_title,
        "label": row.label,
        "year": row.year,
        "where": row.where,
        "models": row.models,
        "stated_by": row.stated_by,
        "finding": row.finding,
        "own_answer": row.own,
        "outcome": row.outcome,
        "follows": row.follows,
        "waiting": row.waiting,
        "needs_you": row.needs_you,
        "reported": row.reported,
        "refused": row.refused,
        "earned": money_facts(row.earned),
        "changed_at": row.changed_at,
    }


def work(details: WorkDetails) -> Answer:
    summary = details.summary
    lines = [
        plain(f"{summary.title} ({summary.version})" if summary.version else summary.title),
        "",
        pairs(
            [
                (label, text)
                for label, text in (
                    ("Artist", summary.artist_name),
                    (work_words.WORK_KIND[summary.kind], details.work.identifier or "identifier missing"),
                    ("Releases", ", ".join(release.title for release in details.releases)),
                    ("Songs", ", ".join(song.title for song in details.songs)),
                    ("Recordings", ", ".join(each.title for each in details.recordings)),
                    ("Where it is", work_words.where_words(summary).text),
                    ("Permission", work_words.permission_words(summary).text),
                    ("Earned, 12 months", money(details.earned)),
                    ("Check", words.CHECK[details.check]),
                    ("Id", details.work.id),
                )
                if text
            ]
        ),
    ]
    if details.cells:
        shown = [
            (
                cell.programme_name,
                words.USE[cell.use][0],
                words.ANSWER[cell.answer] + (" (waits)" if cell.waiting else ""),
                work_words.OUTCOME[cell.outcome],
            )
            for cell in details.cells
        ]
        columns = [
            Column("Programme", shrinks=True),
            Column("Use", shrinks=True),
            Column("Your answer", shrinks=True),
            Column("Outcome", shrinks=True),
        ]
        lines += ["", table(columns, shown)]
    if details.why:
        lines += ["", plain(_why(details)), bullets(step.text for step in details.why)]
    if details.places:
        lines += ["", "Where it is", _places_table(details.places)]
    if details.standing:
        lines += ["", "What your answer can do", bullets(step.text for step in details.standing)]
    if details.findings:
        lines += ["", "Findings", bullets(finding.title.text for finding in details.findings)]
    if details.history:
        lines += ["", "History", _history_table(details.history)]
    known_from = origins(details.work)
    if known_from:
        lines += ["", "From which files", bullets(f"{o.name}: {o.value} ({o.place})" for o in known_from)]
    facts = work_facts(summary) | {
        "releases": [release.title for release in details.releases],
        "songs": [
            {"id": song.id, "title": song.title, "identifier": song.identifier} for song in details.songs
        ],
        "cells": [
            {
                "programme": cell.programme,
                "programme_name": cell.programme_name,
                "use": cell.use,
                "answer": cell.answer,
                "own": cell.own,
                "outcome": cell.outcome,
                "waiting": cell.waiting,
                "asked": cell.asked,
            }
            for cell in details.cells
        ],
        "why": {
            "programme": details.why_programme,
            "use": details.why_use,
            "trace": trace_facts(details.why),
        },
        "places": [place_facts(place) for place in details.places],
        "splits": [
            {
                "right": split.right,
                "holder": split.holder,
                "share_bp": split.share_bp,
                "standing": split.standing,
                "answer": split.answer,
                "fault": split.fault,
            }
            for split in details.splits
        ],
        "findings": [
            {
                "kind": finding.kind,
                "since": finding.since,
                "title": finding.title.text,
                "deadline": finding.deadline,
            }
            for finding in details.findings
        ],
        "history": [history_facts(row) for row in details.history],
        "origins": [
            {"field": origin.field, "value": origin.value, "source": origin.source, "row": origin.row}
            for origin in known_from
        ],
    }
    return Answer("\n".join(lines), facts)


def _why(details: WorkDetails) -> str:
    """Names the cell that the reasons are about: others of the work may have others."""
    programme = next((c.programme_name for c in details.cells if c.programme == details.why_programme), "")
    if not programme or details.why_use is None:
        return "Why"
    return f"Why: {programme}, {words.USE[details.why_use][0]}"


def _with_what_is_behind(sentence: str, links: Iterable[Link]) -> str:
    """A sentence, and in brackets what it leads to: "[Decision of 3 March 2025, decision/0192…]"."""
    behind = "; ".join(f"{link.words.text}, {link.kind.value}/{link.id}" for link in links)
    return f"{sentence} [{behind}]" if behind else sentence


def _link_facts(links: Iterable[Link]) -> list[Plain]:
    return [{"kind": link.kind, "id": link.id, "words": link.words.text} for link in links]


def trace_facts(steps: Iterable[TraceStep]) -> list[dict[str, Plain]]:
    return [
        {
            "rule": step.rule,
            "text": step.text,
            "facts": [{"kind": fact.kind, "id": fact.id} for fact in step.facts],
        }
        for step in steps
    ]


def places(rows: Sequence[PlaceRow]) -> Answer:
    text = _places_table(rows) if rows else "Nothing is reported. That does not show that nothing is used."
    return Answer(text, {"inclusions": [place_facts(row) for row in rows]})


def _places_table(rows: Sequence[PlaceRow]) -> str:
    columns = [
        Column("Work", shrinks=True, least=12),
        Column("Dataset or model", shrinks=True, least=12),
        Column("State", shrinks=True, least=16, wraps=True),
        Column("Evidence", shrinks=True, least=10, wraps=True),
        Column("As of"),
    ]
    shown = table(
        columns,
        [
            (
                row.work_title,
                row.model or row.dataset or row.programme_name,
                ("Contradicted. " if row.contradicted else "")
                + row.said.text
                + (" (likely)" if row.is_likely_only else ""),
                words.grade_words(row.grade, row.stated_by),
                row.as_of.isoformat(),
            )
            for row in rows
        ],
    )
    instead = [
        f"{row.work_title}, {row.model or row.dataset or row.programme_name}: {row.said.text};"
        f" on the same day, {against}"
        for row in rows
        for against in dict.fromkeys(row.against)
    ]
    return f"{shown}\n\nContradicted\n{bullets(instead)}" if instead else shown


def place_facts(row: PlaceRow) -> dict[str, Plain]:
    return {
        "id": row.statement,
        "work": row.work,
        "work_title": row.work_title,
        "programme": row.programme,
        "programme_name": row.programme_name,
        "operator": row.operator_name,
        "dataset": row.dataset,
        "model": row.model,
        "parents": list(row.parents),
        "state": row.state,
        "as_of": row.as_of,
        "grade": row.grade,
        "basis": row.basis,
        "basis_group": row.basis_group,
        "asset": row.asset,
        "stated_by": row.stated_by,
        "agreement": row.agreement,
        "contradicted": row.contradicted,
        "against": list(row.against),
        "of_a_title": row.of_a_title,
        "use": row.use,
        "listing": row.is_listing,
        "evidence": evidence_facts(row.evidence),
        "rows": [evidence_facts(each) for each in row.listed],
    }


def evidence_facts(evidence: Evidence) -> dict[str, Plain]:
    row = evidence.listed
    return {
        "source": evidence.source,
        "sha256": evidence.sha256,
        "row": evidence.row,
        "words": evidence.words,
        "signed_by": evidence.signed_by,
        "checked_how": evidence.checked_how,
        "does_not_prove": evidence.does_not_prove,
        "listed": None
        if row is None
        else {
            "title": row.title,
            "artist": row.artist,
            "match": row.band,
            "score": row.score,
            "identifier": row.identifier,
            "url": row.url,
            "other_version": row.other_version,
        },
    }


def programmes(rows: Sequence[ProgrammeRow]) -> Answer:
    columns = [
        Column("Programme", shrinks=True),
        Column("Operator", shrinks=True),
        Column("Terms"),
        Column("Asks"),
        Column("Uses", shrinks=True, least=20),
    ]
    shown = [
        (
            row.programme.name,
            row.operator_name,
            f"v{row.terms.number}" if row.terms is not None else "none",
            "yes" if row.asks else "no",
            " ".join(use.value for use in row.uses),
        )
        for row in rows
    ]
    facts: list[Plain] = [
        {
            "id": row.programme.id,
            "name": row.programme.name,
            "operator": row.operator_name,
            "asks": row.asks,
            "uses": list(row.uses),
            "terms": {
                "id": row.terms.id,
                "number": row.terms.number,
                "effective_from": row.terms.effective_from,
                "sha256": row.terms.text_sha256,
            }
            if row.terms is not None
            else None,
        }
        for row in rows
    ]
    text = (
        table(columns, shown)
        if rows
        else "No programme is known here. Wide refusals can be recorded all the same."
    )
    return Answer(text, {"programmes": facts})


def permission(found: Permission, title: str, programme: str, links: Links) -> Answer:
    use = found.question.use
    head = f"“{title}” in {programme}: {words.USE[use][0]}"
    lines = [
        plain(head),
        "",
        pairs(
            [
                ("Outcome", f"{work_words.OUTCOME[found.outcome]}. {words.OUTCOME_MEANS[found.outcome]}"),
                ("Answer", words.ANSWER[found.answer.kind]),
                (
                    "Standing",
                    ", ".join(
                        f"{words.RIGHT[row.right]}: {words.STANDING_NAME[row.standing]}"
                        for row in found.standing
                    ),
                ),
                (
                    "Licences",
                    _licences(len(found.licences.held), len(found.licences.gaps)),
                ),
            ]
        ),
        "",
        "Why",
        bullets(
            _with_what_is_behind(step.text, behind)
            for step, behind in zip(found.trace, links.steps, strict=True)
        ),
        "",
        bullets([_with_what_is_behind("Behind all of it", links.whole)] if links.whole else []),
    ]
    if not found.recomputable:
        lines += ["", "Part of this cannot be recomputed here: somebody's answer is not shared with you."]
    question = found.question
    return Answer(
        "\n".join(lines),
        {
            "work": question.subject.id,
            "programme": question.programme,
            "use": use,
            "artist": question.artist,
            "territory": question.territory,
            "at": question.instant,
            "outcome": found.outcome,
            "answer": found.answer.kind,
            "standing": [{"right": row.right, "standing": row.standing} for row in found.standing],
            "licences": {"held": len(found.licences.held), "gaps": len(found.licences.gaps)},
            "trace": [
                {**each, "links": _link_facts(behind)}
                for each, behind in zip(trace_facts(found.trace), links.steps, strict=True)
            ],
            "links": _link_facts(links.whole),
            "facts": [{"kind": fact.kind, "id": fact.id} for fact in found.facts],
            "recomputable": found.recomputable,
        },
    )


def _licences(held: int, gaps: int) -> str:
    known = f"{held or 'none'} known"
    return known if not gaps else f"{known}, 1 gap" if gaps == 1 else f"{known}, {gaps} gaps"


def history(rows: Sequence[HistoryRow], *, narrowed: bool = False) -> Answer:
    nothing = "No decision is like that." if narrowed else "Nothing has been decided yet."
    text = _history_table(rows) if rows else nothing
    return Answer(text, {"decisions": [history_facts(row) for row in rows]})


def _history_table(rows: Sequence[HistoryRow]) -> str:
    columns = [
        Column("When"),
        Column("Answer"),
        Column("What", shrinks=True, least=12),
        Column("Programme", shrinks=True),
        Column("Use", shrinks=True),
        Column("Recorded", shrinks=True, least=10),
        Column("Id"),
    ]
    return table(
        columns,
        [
            (
                row.when.date().isoformat(),
                words.STANCE[row.stance],
                row.subject,
                row.programme or "every programme",
                use_words(row.use),
                _recorded(row),
                f"…{row.decision[-SIGNS_OF_AN_ID:]}",
            )
            for row in rows
        ],
    )


SIGNS_OF_AN_ID = 8  # enough to tell decisions apart, and what `receipt show` takes


def _recorded(row: HistoryRow) -> str:
    if row.outcome is not None:
        return words.RECORDED[row.outcome]
    return "Recorded" if row.n else "Waits"


def history_facts(row: HistoryRow) -> dict[str, Plain]:
    return {
        "id": row.decision,
        "artist": row.artist,
        "when": row.when,
        "made_by": row.made_by,
        "on_behalf_of": row.on_behalf_of,
        "mandate": row.mandate,
        "subject": row.subject,
        "programme": row.programme,
        "use": {"kind": row.use.kind, "name": row.use.name},
        "stance": row.stance,
        "former": row.former,
        "terms": row.terms,
        "conditions": condition_facts(row.conditions),
        "outcome": row.outcome,
        "state": row.state,
        "receipt": row.receipt,
        "n": row.n,
    }


def totals(found: Totals, since: date | None, until: date | None) -> Answer:
    span = "the last twelve months" if since is None and until is None else "the months asked for"
    if not found:
        text = f"No AI income is recorded for {span}. That does not show that nothing was earned."
    else:
        rows = [(currency, f"{amount:f}") for currency, amount in found]
        text = f"Earned from AI programmes in {span}\n\n"
        text += table([Column("Currency"), Column("Amount", right=True)], rows)
    return Answer(text, {"totals": money_facts(found), "since": since, "until": until})


def part_checked(part: PartChecked) -> Answer:
    mark = "ok    " if part.works else "NOT OK"
    return Answer(plain(f"{mark}  {part.part}: {part.words}"), None)


def parts_checked(found: Sequence[PartChecked], passed: bool) -> Answer:
    rows: list[Plain] = [{"part": p.part, "works": p.works, "words": p.words} for p in found]
    return Answer("", {"passed": passed, "parts": rows})
