"""Texts and JSON of a review: what is about to be recorded, with its effects."""

from __future__ import annotations

from artist_console.cli.output import Plain
from artist_console.cli.tables import bullets, plain
from artist_console.commands.names import condition_words
from artist_console.commands.review import Review
from artist_console.commands.wishes import Wish
from artist_console.domain import words
from artist_console.domain.phrases import day_in_words
from artist_console.domain.registers import UNCONDITIONAL, Conditions


def text(found: Review) -> str:
    """What the wishes would do, as the window's review says it."""
    lines: list[str] = []
    if found.on_behalf_of:
        lines += [plain(found.on_behalf_of), ""]
    for group in found.groups:
        lines.append(plain(f"{_RESULT[group.result.value]} ({len(group.items)}): {group.reason}"))
        shown = [
            ", ".join(
                (
                    f"{words.STANCE[item.wish.stance]}: {item.subject}{' (song)' if item.is_song else ''}",
                    item.programme or "every programme",
                    item.use,
                )
            )
            for item in group.items[:_ITEMS_SHOWN]
        ]
        lines.append(bullets(shown))
        if len(group.items) > _ITEMS_SHOWN:
            lines.append(f"  … and {len(group.items) - _ITEMS_SHOWN} more")
        lines.append("")
    lines += _conditions(found)
    if found.narrower_words:
        have = "1 has its" if len(found.narrower_words) == 1 else f"{len(found.narrower_words)} have their"
        lines += [f"{have} own Allow:", bullets(found.narrower_words), ""]
    programmes = {item.wish.programme: item.programme for group in found.groups for item in group.items}
    for terms in found.terms:
        version = f"version {terms.number} of {day_in_words(terms.effective_from)}"
        of = programmes.get(terms.programme, "")
        lines.append(plain(f"Terms of {of}: {version}, SHA-256 {terms.text_sha256[:16]}…"))
    if found.cannot_be_taken_back:
        lines += ["What cannot be taken back:", bullets(found.cannot_be_taken_back)]
    if found.left_out:
        lines += [
            "Left out, to be answered one by one:",
            bullets(f"{each.subject}, {each.programme}, {each.use}" for each in found.left_out),
        ]
    return "\n".join(lines).rstrip()


def _conditions(found: Review) -> list[str]:
    """What the yes depends on, to be read before it is confirmed."""
    items = (item for group in found.groups for item in group.items)
    asked = dict.fromkeys(condition_words(item.wish.conditions) for item in items)
    shown = [plain(", ".join(phrases)) for phrases in asked if phrases]
    return ["Only on these conditions:", bullets(shown), ""] if shown else []


def condition_facts(conditions: Conditions) -> Plain:
    """The conditions of a yes; None where it has none."""
    if conditions == UNCONDITIONAL:
        return None
    places = conditions.territories
    return {
        "from": conditions.since,
        "until": conditions.until,
        "territories": list(places.codes) if places is not None else None,
        "walled_garden": conditions.walled_garden_only,
        "no_style_prompts": conditions.no_style_prompts,
        "minimum_rate": conditions.minimum_rate,
        "rate_currency": conditions.rate_currency,
    }


_ITEMS_SHOWN = 12
_RESULT = {
    "takes_effect": "Takes effect",
    "not_checked": "Recorded, power not checked",
    "waits_for_others": "Waits for others",
    "no_effect": "Has no effect by itself",
    "cannot_be_made": "Cannot be made",
}


def facts(found: Review) -> dict[str, Plain]:
    return {
        "count": found.count,
        "on_behalf_of": found.on_behalf_of,
        "groups": [
            {
                "result": group.result,
                "reason": group.reason,
                "items": [wish_facts(item.wish) | {"subject_title": item.subject} for item in group.items],
            }
            for group in found.groups
        ],
        "narrower_allows": [allow.id for allow in found.narrower_allows],
        "cannot_be_taken_back": list(found.cannot_be_taken_back),
    }


def wish_facts(wish: Wish) -> dict[str, Plain]:
    return {
        "artist": wish.artist,
        "subject": {"kind": wish.subject.kind, "id": wish.subject.id},
        "programme": wish.programme,
        "use": {"kind": wish.use.kind, "name": wish.use.name},
        "stance": wish.stance,
        "conditions": condition_facts(wish.conditions),
    }
