"""Five programmes of three invented operators: what each declares, its terms, and what it asks of whom."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from artist_console.backend.demo_catalogue import Catalogue
from artist_console.backend.demo_identity import at, days_before, ident
from artist_console.backend.demo_people import BY_SLUG, party_id
from artist_console.domain.ids import FactId, ProgrammeId, TermsId, WorkId
from artist_console.domain.periods import Period
from artist_console.domain.programmes import (
    AddedRight,
    Programme,
    Rate,
    Request,
    Silence,
    TermsVersion,
)
from artist_console.domain.uses import Right, Use

HARMONIA, RESEARCH, OPENSTEM, NORTHLIGHT, VOICE = (
    ProgrammeId(ident("programme", slug))
    for slug in ("harmonia", "harmonia-research", "openstem", "northlight", "northlight-voice")
)

USES: dict[ProgrammeId, tuple[Use, ...]] = {
    HARMONIA: (
        Use.TRAIN_GENERATIVE,
        Use.TRAIN_FINETUNE,
        Use.INFER_REFERENCE,
        Use.GEN_EXTEND,
        Use.OUTPUT_COMMERCIAL,
    ),
    RESEARCH: (Use.RESEARCH_MIR, Use.EVAL_BENCHMARK),
    OPENSTEM: (Use.TRAIN_NONGENERATIVE, Use.GEN_STEMS, Use.GEN_REMIX, Use.OUTPUT_EXPORT),
    NORTHLIGHT: (Use.GEN_COVER, Use.GEN_MASHUP, Use.TRAIN_LYRICS),
    VOICE: (
        Use.TRAIN_VOICE,
        Use.GEN_VOICE,
        Use.GEN_STYLE,
        Use.LIKENESS_NAME,
        Use.LIKENESS_IMAGE,
    ),
}


def programmes(today: date) -> tuple[Programme, ...]:
    made = (
        (
            HARMONIA,
            "harmonia",
            "Harmonia",
            "Music from words; what it learned from is credited.",
            1100,
        ),
        (RESEARCH, "harmonia", "Harmonia Research", "Measuring models and describing music.", 1000),
        (
            OPENSTEM,
            "openstem",
            "OpenStem",
            "Takes recordings apart so listeners can play with them.",
            980,
        ),
        (NORTHLIGHT, "northlight", "Northlight", "Covers and mash-ups inside one listening service.", 760),
        (VOICE, "northlight", "Northlight Voice", "Voices that singers lend, one by one.", 420),
    )
    return tuple(
        Programme(id, party_id(operator), name, summary, USES[id], Period(since=days_before(today, days)))
        for id, operator, name, summary, days in made
    )


def terms_id(programme: ProgrammeId, number: int) -> TermsId:
    return TermsId(ident("terms", programme, str(number)))


_ASKED = "The programme uses a recording or song only if its artist and every licensor allowed that use."
_LEAVE = "A yes can be withdrawn at any time. It then ends for every version that is made later."
_KEPT = "Models that were trained before keep what they learned."
_PAID = "Artists are paid from a pool each quarter, by the method named on the statement."
_CREDIT = "Outputs name the works that they draw on, where the method can tell."
_INSIDE = "Outputs stay inside the service."
_SOLD = "Outputs may be sold and used in advertising by subscribers of the business plan."
_NO_NAMES = "Prompts that name an artist are refused."
_HONOUR = "Every artist's refusal is honoured, whoever owns the recording."
_REMOVE = "On request a work is taken out of the dataset within 60 days and stays out of the next version."


def terms(today: date) -> tuple[TermsVersion, ...]:
    """Versions by programme. New ones of OpenStem are in effect; new ones of Harmonia are announced."""
    return (
        _version(today, HARMONIA, 1, 1150, 1170, (_ASKED, _LEAVE, _KEPT, _PAID, _INSIDE),
                 walled_garden=True, rates=(_rate(Use.TRAIN_GENERATIVE, "0.012", "EUR"),)),
        _version(today, HARMONIA, 2, -26, 19, (_ASKED, _LEAVE, _REMOVE, _KEPT, _PAID, _CREDIT, _SOLD),
                 rates=(_rate(Use.TRAIN_GENERATIVE, "0.015", "EUR"),),
                 summary="Outputs may be sold. Works are taken out within 60 days. Outputs are credited."),
        _version(today, RESEARCH, 1, 1000, 1000, (_ASKED, _LEAVE, _INSIDE), walled_garden=True),
        _version(today, OPENSTEM, 1, 980, 990, (_ASKED, _LEAVE, _PAID, _INSIDE),
                 walled_garden=True, no_style_prompts=True,
                 rates=(_rate(Use.GEN_STEMS, "0.004", "USD"),)),
        _version(today, OPENSTEM, 2, 40, 75, (_ASKED, _LEAVE, _PAID, _NO_NAMES, _SOLD),
                 no_style_prompts=True, rates=(_rate(Use.GEN_STEMS, "0.005", "USD"),),
                 summary="Stems may leave the service, for subscribers of the business plan."),
        _version(today, NORTHLIGHT, 1, 760, 780, (_ASKED, _LEAVE, _PAID, _INSIDE, _NO_NAMES),
                 walled_garden=True, no_style_prompts=True,
                 rates=(_rate(Use.GEN_COVER, "0.02", "GBP"),)),
        _version(today, VOICE, 1, 420, 420, (_ASKED, _HONOUR, _LEAVE, _KEPT, _NO_NAMES),
                 honours_every_refusal=True, no_style_prompts=True,
                 adds_rights=(AddedRight(Use.GEN_STYLE, Right.VOICE),)),
    )  # fmt: skip


def _rate(use: Use, amount: str, currency: str) -> Rate:
    return Rate(use, Decimal(amount), currency, "per work and quarter")


def _version(
    today: date,
    programme: ProgrammeId,
    number: int,
    effective: int,
    announced: int,
    sentences: Iterable[str],
    *,
    honours_every_refusal: bool = False,
    walled_garden: bool = False,
    no_style_prompts: bool = False,
    adds_rights: tuple[AddedRight, ...] = (),
    rates: tuple[Rate, ...] = (),
    summary: str = "",
) -> TermsVersion:
    text = "\n".join(f"{place}. {sentence}" for place, sentence in enumerate(sentences, 1)) + "\n"
    return TermsVersion(
        terms_id(programme, number),
        programme,
        number,
        text,
        hashlib.sha256(text.encode()).hexdigest(),
        effective_from=days_before(today, effective),
        announced_on=days_before(today, announced),
        honours_every_refusal=honours_every_refusal,
        walled_garden=walled_garden,
        no_style_prompts=no_style_prompts,
        adds_rights=adds_rights,
        rates=rates,
        how_a_yes_is_withdrawn=_LEAVE,
        summary=summary,
    )


def terms_on(programme: ProgrammeId, day: date, today: date) -> TermsVersion:
    """The terms in effect on a day, or the first ones where none had begun."""
    versions = [version for version in terms(today) if version.programme == programme]
    begun = [version for version in versions if version.effective_from <= day]
    return begun[-1] if begun else versions[0]


def requests(today: date, catalogue: Catalogue) -> tuple[Request, ...]:
    """What is asked at the moment, with each meaning of silence."""
    mara = "mara"
    northlight = (Use.GEN_COVER, Use.GEN_MASHUP)
    return (
        _request(today, "northlight", NORTHLIGHT, 1, mara, (catalogue.named(mara, "Cold Water Choir"),),
                 northlight, 7, 12, Silence.NOTHING_ALLOWED,
                 "We would like listeners to make covers and mash-ups of this recording."),
        _request(today, "openstem", OPENSTEM, 2, mara, (catalogue.named(mara, "Birch"),),
                 (Use.GEN_STEMS, Use.OUTPUT_EXPORT), 20, 33, Silence.NOTHING_ALLOWED,
                 "New terms are in effect. Your answer to the earlier ones has ended."),
        _request(today, "meridian", OPENSTEM, 2, "paper", (), (Use.TRAIN_NONGENERATIVE, Use.GEN_STEMS),
                 40, 17, Silence.TAKEN_AS_YES,
                 "Meridian Music intends to license recordings on Orchard Row unless you object."),
        _request(today, "harmonia", HARMONIA, 1, "ines", (catalogue.named("ines", "Maré Alta"),),
                 USES[HARMONIA], 12, 21, Silence.NOTHING_ALLOWED,
                 "One recording and its song for the next version of Harmonia."),
        _request(today, "harmonia", HARMONIA, 1, "sana", (catalogue.named("sana", "Paper Kites"),),
                 (Use.TRAIN_GENERATIVE,), 3, 30, Silence.NOTHING_ALLOWED, "Your first answer has ended."),
        _request(today, "northlight", NORTHLIGHT, 1, "aleksi", (catalogue.named("aleksi", "Valohetki"),),
                 northlight, 2, None, Silence.NOTHING_ALLOWED, "No hurry: tell us when you have decided."),
        _request(today, "northlight", VOICE, 1, "hikari", (), (Use.TRAIN_VOICE, Use.GEN_VOICE),
                 9, 45, Silence.NOTHING_ALLOWED, "May we talk about your voice?"),
    )  # fmt: skip


def _request(
    today: date,
    asker: str,
    programme: ProgrammeId,
    version: int,
    act: str,
    works: tuple[WorkId, ...],
    uses: tuple[Use, ...],
    days: int,
    answer_in: int | None,
    silence: Silence,
    words: str,
) -> Request:
    return Request(
        FactId(ident("request", asker, programme, act)),
        party_id(asker),
        programme,
        terms_id(programme, version),
        BY_SLUG[act].id,
        works,
        uses,
        at(days_before(today, days), 9, 30),
        silence,
        days_before(today, -answer_in) if answer_in is not None else None,
        words,
    )
