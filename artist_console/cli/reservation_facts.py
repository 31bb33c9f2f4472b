"""What `reservation` shows of plans, checks and reservations: as text, and as the facts of its JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from artist_console.cli.output import Plain
from artist_console.cli.showing import SIGNS_OF_AN_ID
from artist_console.cli.tables import bullets, plain
from artist_console.commands.reservations import CheckRow, SitePlan
from artist_console.commands.site_plans import headers_of
from artist_console.domain import words
from artist_console.domain.phrases import Sentence
from artist_console.domain.reservation_words import MANNER, VERDICT
from artist_console.domain.reservations import Reservation
from artist_console.domain.signal_terms import SIGNALS
from artist_console.domain.site_checks import (
    KeptAnswer,
    PlaceCheck,
    SiteAnswer,
    SiteCheck,
    whole_verdict,
)
from artist_console.domain.site_plan import Category


def plan_text(plan: SitePlan, kept: Reservation | None, folder: str) -> str:
    lines = [f"{plain(plan.artist_name)} on {plan.address.origin}{plan.address.path}", ""]
    if plan.why_not:
        lines += ["Nothing can be written:", bullets([plain(each.text) for each in plan.why_not])]
    else:
        lines.append(bullets([_category(each) for each in plan.categories if each.term.meant]))
    if plan.possible and plan.lost:
        lines += ["", "What no file can say:", bullets(list(plan.lost))]
    if plan.notes:
        lines += ["", "What needs a look:", bullets([plain(each.text) for each in plan.notes])]
    if kept is not None:
        lines += ["", plain(f"{len(plan.files)} files are written to {folder}. Read README.txt first.")]
        lines.append(f"Kept on this computer as {kept.id}.")
    elif plan.possible:
        lines += ["", "Nothing is written yet: add --out DIR."]
    return "\n".join([*lines, "", "This is not a licence.", _ON_THIS_SITE])


_ON_THIS_SITE = "This speaks for files on this site, not for copies on streaming services."


def _category(category: Category) -> str:
    name = f"{category.term.name} ({SIGNALS[category.term.signal].name})"
    if category.reserved:
        return f"{name}: reserved"
    missing = ", ".join(words.USE[use][0] for use in category.missing or category.term.meant)
    return f"{name}: left out; not refused for all works: {missing}"


def plan_facts(plan: SitePlan) -> dict[str, Plain]:
    said = plan.facts.statement
    return {
        "artist": plan.artist,
        "origin": plan.address.origin,
        "path": plan.address.path,
        "on": plan.on,
        "possible": plan.possible,
        "why_not": _texts(plan.why_not),
        "rights": list(said.rights),
        "uses": list(said.uses),
        "categories": [
            {
                "signal": each.term.signal,
                "key": each.term.key,
                "reserved": each.reserved,
                "rights": list(each.rights),
                "missing": list(each.missing),
                "takes_along": list(each.term.reached),
            }
            for each in plan.categories
        ],
        "headers": [{"name": name, "value": value} for name, value in headers_of(plan)],
        "lost": list(plan.lost),
        "notes": _texts(plan.notes),
        "files": [
            {
                "name": file.name,
                "media_type": file.media_type,
                "size": len(file.body),
                "sha256": hashlib.sha256(file.body).hexdigest(),
                "what": file.what,
                "cannot": list(file.cannot),
            }
            for file in plan.files
        ],
    }


def _texts(sentences: Sequence[Sentence]) -> list[Plain]:
    return [each.text for each in sentences]


def check_facts(check: SiteCheck) -> dict[str, Plain]:
    return {
        "id": check.id,
        "artist": check.artist,
        "origin": check.origin,
        "path": check.path,
        "at": check.at,
        "compared": check.compared,
        "places": _places(check.places),
        "answers": [_answer_facts(each, _digest(each.body)) for each in check.answers],
    }


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest() if body else ""


def _places(places: Sequence[PlaceCheck]) -> list[Plain]:
    return [
        {"place": each.place, "verdict": each.verdict, "told": [told.text for told in each.told]}
        for each in places
    ]


def _answer_facts(answer: SiteAnswer | KeptAnswer, sha256: str) -> Plain:
    return {
        "path": answer.path,
        "answered": answer.answered,
        "leads_to": answer.leads_to,
        "status": answer.status,
        "trouble": answer.trouble,
        "sha256": sha256,
    }


def row_facts(row: CheckRow) -> Plain:
    check = row.check
    return {
        "id": check.id,
        "artist": check.artist,
        "origin": check.origin,
        "path": check.path,
        "at": check.at,
        "compared": check.compared,
        "verdict": whole_verdict(check.places),
        "places": _places(check.places),
        "answers": [_answer_facts(each, each.file.sha256 if each.file else "") for each in check.answers],
        "first": row.first,
        "changed": list(row.changed),
    }


def check_row(row: CheckRow) -> tuple[str, ...]:
    check = row.check
    since = "" if row.first else ", ".join(row.changed) or "nothing changed"
    return (
        f"…{check.id[-SIGNS_OF_AN_ID:]}",
        check.at.date().isoformat(),
        f"{check.origin}{check.path}",
        VERDICT[whole_verdict(check.places)],
        since,
    )


def reservation_row(each: Reservation) -> tuple[str, ...]:
    return (f"…{each.id[-SIGNS_OF_AN_ID:]}", each.on.isoformat(), MANNER[each.manner], each.place, each.by)


def reservation_facts(each: Reservation) -> Plain:
    return {
        "id": each.id,
        "artist": each.artist,
        "rights": list(each.rights),
        "by": each.by,
        "standing": each.standing,
        "manner": each.manner,
        "on": each.on,
        "place": each.place,
        "uses": list(each.uses),
        "said": list(each.said),
        "works": list(each.works),
        "territory": list(each.territory.codes),
        "copies": [{"name": f.name, "size": f.size, "sha256": f.sha256} for f in each.copies],
        "sha256": each.sha256,
        "note": each.note,
    }
