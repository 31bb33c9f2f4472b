"""Every template that ships, in every language, capacity and standing: whole, honest and short.

What a letter claims has to follow from the standing: a claim of ownership that slips into another letter is
found here and not by whoever receives it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artist_console.commands.law import law_sentences
from artist_console.commands.letter_templates import letter_words, template_of
from artist_console.domain.addressees import AddresseeKind
from artist_console.domain.law import LawTopic
from artist_console.domain.letter_kinds import Capacity, Language, LetterKind
from artist_console.domain.letter_needs import DAYS, MADE_HERE
from artist_console.domain.letter_templates import (
    AboutWhat,
    Placeholder,
    SignedBy,
    Template,
    WorksWanted,
)
from artist_console.domain.letter_text import Composed, Lacks, LetterFacts, compose
from artist_console.domain.letter_works import ListedWork
from artist_console.domain.parties import Standing
from artist_console.domain.uses import Use
from artist_console.domain.work_kinds import WorkKind

ARTIST, WRITER, PROGRAMME = "Lena Okoye", "Jo Brandt", "Harmonia Studio"
TODAY = date(2026, 11, 29)
LONGEST_SUBJECT = 120
LONGEST_TEXT = 4_500
LONGEST_TEXT_WITH_LAW = 6_500

RECORDING = ListedWork("Night Bus", WorkKind.RECORDING, "Live", "GBAAA2600001")
SONG = ListedWork("Night Bus", WorkKind.COMPOSITION, "", "T0345246801")
WORKS = {"recordings": (RECORDING,), "songs": (SONG,), "mixed": (RECORDING, SONG)}

TEXTS = {
    Placeholder.PROGRAMME: PROGRAMME,
    Placeholder.OPERATOR: "Harmonia Lab",
    Placeholder.STATEMENT: "2026-03-HL",
    Placeholder.STATEMENT_PERIOD: "2026",
    Placeholder.ISSUER: "Harmonia Lab",
    Placeholder.AMOUNT: "EUR 12.34",
    Placeholder.QUESTION: "212: EUR 0.00",
    Placeholder.PLACE: "Harmonia 2.1",
    Placeholder.EVIDENCE: "– Harmonia Lab, 2026-03",
    Placeholder.PAYER: "Tidal Row Records",
    Placeholder.PAYEE: "Sam Reyes",
    Placeholder.SHARE: "12.5 %",
    Placeholder.CATEGORY: "AI",
    Placeholder.REPLY_TO: "lena@example.org",
    Placeholder.FIRST_LETTER_SUBJECT: "Lena Okoye, AI",
    Placeholder.MODEL: "Harmonia 2.1",
    Placeholder.DATASET: "Harmonia Set 4",
    Placeholder.TERRITORIES: "DE, FR",
    Placeholder.CONTRACT: "Tidal Row 2019",
    Placeholder.AUDIT_PERIOD: "2023–2025",
    Placeholder.MANDATE: "A-17",
    Placeholder.ANSWERED_ON: "3 March 2026",
    Placeholder.YES_ONCE: "yes",
    Placeholder.YES_ELSEWHERE: "yes",
    Placeholder.PLACE_ON_RECORD: "Harmonia 2.1",
}
GIVEN_DAYS = {name: date(2026, 12, 20) for name in {*DAYS, Placeholder.WITHDRAWN_ON} - {Placeholder.DATE}}
USES = (Use.TRAIN_GENERATIVE, Use.GEN_REMIX)

# Words that say the writer or the artist holds rights. "Others own" and "whoever owns" are no such claim.
OWNERSHIP = {
    Language.EN: r"\b(I|we|{artist}) (own|owns|control|controls|exclusively)\b"
    r"|\b(am|is|are|as) (the )?(owner|holder)|\bowners? of\b"
    r"|\bmy (recordings|songs|masters|works|music|rights)\b|\bbelong to me\b",
    Language.DE: r"ausschließlich bei (mir|uns|{artist})|gehör(t|en) (mir|uns|{artist})|[Ii]nhaber|Eigentümer"
    r"|\b[Mm]eine[rn]? (Aufnahmen|Musikwerken?|Songs|Werken?|Musik|Rechte)\b",
    Language.FR: r"\btitulaires?\b|(Je|{artist}) (détiens|détient) ou|m[’']appart"
    r"|\b[Mm]es (enregistrements|œuvres|chansons|droits)\b|\bpropriétaires?\b",
    Language.ES: r"\btitular(es)?\b|\bme pertenecen?\b|\b[Mm]is (grabaciones|obras|canciones|derechos)\b"
    r"|\bpropietari[oa]s?\b|\bson mí[oa]s\b",
}
SHARE = {
    Language.EN: r"\b(I hold|{artist} holds) a share\b",
    Language.DE: r"steht ein Anteil",
    Language.FR: r"(Je détiens|{artist} détient) une part",
    Language.ES: r"corresponde una parte",
}
ACCUSES = {
    Language.EN: r"illegal|unlawful|infring|violat|\bbreach|stolen|\bsteal|theft|pirac|abus|damages|\bcourt\b"
    r"|\bsue\b|legal (action|steps|advice)|unauthori[sz]ed|without permission",
    Language.DE: r"rechtswidrig|illegal|unerlaubt|verletz|versto(ß|ss)|gestohlen|diebstahl|missbrauch|schaden"
    r"|gericht\b|\bklage|rechtliche schritte|rechtsberatung",
    Language.FR: r"illégal|illicite|contrefaçon|violation|infraction|\bvol\b|\bvolé|abus|dommages|tribunal"
    r"|poursuites|conseil juridique",
    Language.ES: r"ilegal|ilícit|infracci|infring|violaci|\brob[oa]|abus|daños|tribunal|acciones legales"
    r"|asesoramiento jurídico",
}
FORGETS = re.compile(r"unlearn|forget|untrain|verlern|vergess|oubli|désappren|olvid|desaprend", re.IGNORECASE)

KINDS = st.sampled_from(list(LetterKind))


def _facts(template: Template, language: Language, works: str = "recordings") -> LetterFacts:
    """Only what the template needs."""
    needed = {*template.needs, Placeholder.MANDATE, Placeholder.ANSWER_UNTIL}
    return LetterFacts(
        language=language,
        capacity=template.capacities[0],
        standing=min(template.standing or Standing, key=lambda each: each.value),
        addressee_name="Harmonia Lab",
        addressee_kind=template.addressees[0],
        artist=ARTIST,
        writer=WRITER,
        today=TODAY,
        texts={name: text for name, text in TEXTS.items() if name in needed},
        days={name: day for name, day in GIVEN_DAYS.items() if name in needed},
        works=() if template.works is WorksWanted.NONE else WORKS[works],
    )


def _full(facts: LetterFacts) -> LetterFacts:
    return replace(facts, texts=TEXTS, days=GIVEN_DAYS, uses=USES)


def _composed(template: Template, facts: LetterFacts) -> Composed:
    made = compose(template, facts, letter_words()[facts.language])
    assert not isinstance(made, Lacks), made.sentence
    return made


def _addressees(template: Template) -> tuple[AddresseeKind, ...]:
    """One of each group that no condition of the template tells apart."""
    told = [part.when.addressee for part in template.parts if part.when.addressee]
    return tuple({tuple(each in kinds for kinds in told): each for each in template.addressees}.values())


def _all_letters(template: Template, language: Language) -> Iterator[tuple[LetterFacts, Composed]]:
    lists = ("none",) if template.works is WorksWanted.NONE else tuple(WORKS)
    standings = sorted(template.standing or Standing, key=lambda each: each.value)
    for works, capacity, standing, addressee in product(
        lists, template.capacities, standings, _addressees(template)
    ):
        bare = replace(
            _facts(template, language, works if works in WORKS else "recordings"),
            capacity=capacity,
            standing=standing,
            addressee_kind=addressee,
        )
        for facts in (bare, _full(bare)):
            yield facts, _composed(template, facts)


def _body(made: Composed) -> str:
    """Without the opening line, which is not the template's."""
    return made.text.split("\n\n", 1)[1]


def _said(pattern: str, text: str) -> bool:
    return re.search(pattern.replace("{artist}", re.escape(ARTIST)), text) is not None


def _whole(made: Composed) -> list[str]:
    """What is wrong with the look of a letter."""
    text = f"{made.subject}\n\n{made.text}"
    wrong = [sign for sign in "{}" if sign in text]
    wrong += [what for what in ("  ", " \n", "\n\n\n", "\n ", " .", " ,", "..", ",.", "()") if what in text]
    lines = _body(made).split("\n")
    wrong += [
        line
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
        if line.rstrip().endswith(":") and not after
    ]
    wrong += [name.value for name in Placeholder if f"{name.value}}}" in text]
    return wrong


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", LetterKind)
def test_every_letter_is_whole_and_claims_no_more_than_its_standing(
    kind: LetterKind, language: Language
) -> None:
    template = template_of(kind)
    for facts, made in _all_letters(template, language):
        where = (
            f"{facts.capacity} {facts.standing} {facts.addressee_kind} {len(facts.texts)} values\n{made.text}"
        )
        assert not _whole(made), where
        body = _body(made)
        claims = _said(OWNERSHIP[language], f"{made.subject}\n{body}")
        assert not claims or facts.standing is Standing.CONTROLS, where
        assert _said(SHARE[language], body) <= (facts.standing is Standing.SHARES), where
        assert not re.search(ACCUSES[language], f"{made.subject} {body}", re.IGNORECASE), where
        assert not FORGETS.search(body), where
        assert ARTIST in body, where
        assert len(made.subject) < LONGEST_SUBJECT, made.subject
        # A manager names the mandate; what a person signs speaks for itself, whoever prepared it.
        in_person = template.signed_by is SignedBy.PERSON
        named = TEXTS[Placeholder.MANDATE] in body
        assert named is (facts.capacity is Capacity.MANAGER and not in_person), where
        assert made.signed_by == (ARTIST if in_person else WRITER)


IN_TIME = r"within (this|the) period|innerhalb d|dans (ce|le) délai|dentro de"
WE = {
    Language.EN: r"\b([Ww]e|[Oo]ur|[Oo]urs|us)\b",
    Language.DE: r"\b([Ww]ir|[Uu]ns|[Uu]nser\w*)\b",
    Language.FR: r"\b([Nn]ous|[Nn]otre|[Nn]os)\b",
    Language.ES: r"\b([Nn]osotr[oa]s|[Nn]uestr[oa]s?|disponemos|tenemos)\b",
}


@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_speaks_with_one_voice(kind: LetterKind) -> None:
    template = template_of(kind)
    for text in (template.subject, *(part.text for part in template.parts)):
        for language, wording in text.items():
            said = "".join(piece for piece in wording.pieces if isinstance(piece, str))
            assert not re.search(WE[language], said), said


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_is_whole_after_its_deadline(kind: LetterKind, language: Language) -> None:
    template = template_of(kind)
    for facts, _ in _all_letters(template, language):
        over = replace(facts, days={**facts.days, Placeholder.DEADLINE: date(2026, 11, 28)})
        made = _composed(template, over)
        assert not _whole(made), made.text
        assert not re.search(
            r"within (this|the) period|innerhalb d|dans (ce|le) délai|dentro de", _body(made)
        )


@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_that_claims_ownership_does_so_where_the_standing_is_control(kind: LetterKind) -> None:
    template = template_of(kind)
    if not template.claims_ownership:
        return
    for language in Language:
        facts = replace(_facts(template, language), standing=Standing.CONTROLS)
        assert _said(OWNERSHIP[language], _composed(template, facts).text)


OTHERS_OWN = {
    Language.EN: "As far as I know",
    Language.DE: "Soweit ich weiß",
    Language.FR: "À ma connaissance",
    Language.ES: "Hasta donde sé",
}
NOT_RECORDED = {
    Language.EN: "do not show what",
    Language.DE: "geht nicht hervor, worüber",
    Language.FR: "n’indiquent pas ce que",
    Language.ES: "no consta qué",
}


@pytest.mark.parametrize("kind", LetterKind)
def test_what_is_not_known_is_told_apart_from_a_wish(kind: LetterKind) -> None:
    """Where nothing is recorded, a letter does not say that others own the works, nor that they do not."""
    template = template_of(kind)
    if not any(Standing.WISH in part.when.standing for part in template.parts):
        return
    for language in Language:
        for facts, made in _all_letters(template, language):
            is_unknown = facts.standing is Standing.UNKNOWN
            assert (NOT_RECORDED[language] in made.text) == is_unknown, made.text
            assert (OTHERS_OWN[language] in made.text) == (facts.standing is Standing.WISH), made.text


@pytest.mark.parametrize("kind", LetterKind)
def test_each_part_says_the_same_thing_in_every_language(kind: LetterKind) -> None:
    template = template_of(kind)
    for id, text in [
        ("subject", template.subject),
        *((part.id, part.text) for part in template.parts),
        *((caution.id, caution.text) for caution in template.warnings),
    ]:
        assert set(text) == set(Language), id
        # The artist always has a name; whether it stands or "the artist" is a matter of the language.
        names = {wording.placeholders - {Placeholder.ARTIST} for wording in text.values()}
        assert len(names) == 1, id
        shapes = {"".join(str(piece) for piece in wording.pieces).count("\n") for wording in text.values()}
        assert len(shapes) == 1, f"{id}: other lines in one language than in another"
        said = ["".join(str(piece) for piece in wording.pieces) for wording in text.values()]
        part = next((each for each in template.parts if each.id == id), None)
        assert (part is not None and part.law is not None) or len(set(said)) == len(said), id
    for plain in (template.name, template.says):
        assert set(plain) == set(Language)
        assert len(set(plain.values())) == len(Language)


@pytest.mark.parametrize("kind", LetterKind)
def test_every_value_that_is_needed_is_used_and_none_is_asked_for_that_follows_by_itself(
    kind: LetterKind,
) -> None:
    template = template_of(kind)
    for language in Language:
        texts = (template.subject[language], *(part.text[language] for part in template.parts))
        assert set(template.needs) <= {name for text in texts for name in text.placeholders}
    assert not set(template.needs) & MADE_HERE
    for name in template.needs:
        facts = _facts(template, Language.EN)
        without = replace(
            facts,
            texts={key: text for key, text in facts.texts.items() if key is not name},
            days={key: day for key, day in facts.days.items() if key is not name},
        )
        made = compose(template, without, letter_words()[Language.EN])
        assert isinstance(made, Lacks), name
        assert name in made.names


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", LetterKind)
def test_a_letter_with_ten_works_fits_on_a_page_or_two(kind: LetterKind, language: Language) -> None:
    template = template_of(kind)
    bare = _facts(template, language)
    ten = tuple(
        replace(RECORDING, title=f"The Long Way Home, Part {number}", identifier=f"GBAAA26{number:05}")
        for number in range(10)
    )
    for capacity, addressee in product(template.capacities, _addressees(template)):
        facts = replace(
            _full(bare),
            capacity=capacity,
            addressee_kind=addressee,
            works=ten if bare.works else (),
            uses=tuple(Use),  # of a programme that declares all of them
        )
        assert len(_composed(template, facts).text) < LONGEST_TEXT
        for country in ("DE", "FR", "ES", "GB", "US", "CH"):
            cited = replace(facts, law={topic: law_sentences(topic, country) for topic in template.law})
            made = _composed(template, cited)
            assert not _whole(made)
            assert len(made.text) < LONGEST_TEXT_WITH_LAW


@given(kind=KINDS, language=st.sampled_from(Language), data=st.data())
@settings(max_examples=150, deadline=None)
def test_no_choice_of_values_leaves_a_gap(kind: LetterKind, language: Language, data: st.DataObject) -> None:
    template = template_of(kind)
    facts = _facts(template, language, data.draw(st.sampled_from(sorted(WORKS))))
    given_texts = data.draw(st.sets(st.sampled_from(sorted(TEXTS, key=lambda name: name.value))))
    given_days = data.draw(st.sets(st.sampled_from(sorted(GIVEN_DAYS, key=lambda name: name.value))))
    made = _composed(
        template,
        replace(
            facts,
            capacity=data.draw(st.sampled_from(template.capacities)),
            texts={**facts.texts, **{name: TEXTS[name] for name in given_texts}},
            days={**facts.days, **{name: GIVEN_DAYS[name] for name in given_days}},
            uses=data.draw(st.sampled_from([(), USES])),
        ),
    )
    assert not _whole(made), made.text


def test_only_a_reservation_is_bound_to_control_and_the_notice_of_a_performer_says_that_it_is_none() -> None:
    for kind in LetterKind:
        standing = template_of(kind).standing
        if kind is LetterKind.RESERVATION:
            assert standing == {Standing.CONTROLS}
        elif kind is LetterKind.PERFORMER_NOTICE:
            assert standing == set(Standing) - {Standing.CONTROLS}
        else:
            assert not standing
    said = {
        Language.EN: "not itself a reservation",
        Language.DE: "selbst kein Vorbehalt",
        Language.FR: "pas elle-même une réserve",
        Language.ES: "no es en sí misma una reserva",
    }
    for language, words in said.items():
        for _, made in _all_letters(template_of(LetterKind.PERFORMER_NOTICE), language):
            assert words in made.text


def test_an_objection_names_its_deadline_and_that_silence_is_no_consent() -> None:
    template = template_of(LetterKind.OBJECTION_TO_DEFAULT)
    said = {
        Language.EN: "Silence is no consent",
        Language.DE: "Schweigen ist keine Zustimmung",
        Language.FR: "Le silence ne vaut pas accord",
        Language.ES: "El silencio no es consentimiento",
    }
    for language, words in said.items():
        deadline = letter_words()[language].on(GIVEN_DAYS[Placeholder.DEADLINE])
        for _, made in _all_letters(template, language):
            assert words in made.text
            assert deadline in made.subject
            assert deadline in made.text


def test_what_concerns_a_person_is_signed_in_person_and_asks_for_no_papers() -> None:
    for kind in (LetterKind.DATA_ACCESS, LetterKind.DATA_OBJECTION):
        template = template_of(kind)
        assert template.signed_by is SignedBy.PERSON
        assert template.about == (AboutWhat.PERSON,)
        assert template.works is WorksWanted.NONE
        assert "identity_papers" in {caution.id for caution in template.warnings}
        assert "identity" in {part.id for part in template.parts if part.when == type(part.when)()}


def test_whoever_withdraws_a_category_is_told_of_co_authors_income_and_notice() -> None:
    warnings = {caution.id for caution in template_of(LetterKind.SOCIETY_WITHDRAWAL).warnings}
    assert {"co_authors", "income", "notice"} <= warnings


def test_a_question_to_a_co_writer_gives_both_answers_the_same_room() -> None:
    template = template_of(LetterKind.CO_WRITER_QUESTION)
    assert template.addressees == (AddresseeKind.PERSON,)
    quoted = {
        Language.EN: r"“([^”]+)”",
        Language.DE: r"„([^“]+)“",
        Language.FR: r"«\u00a0([^»]+)\u00a0»",
        Language.ES: r"«([^»]+)»",
    }
    for language, pattern in quoted.items():
        both = next(part for part in template.parts if part.id == "both")
        answers = re.findall(pattern, "".join(str(piece) for piece in both.text[language].pieces))
        assert len(answers) == 3
        assert abs(len(answers[0]) - len(answers[1])) < 6


@pytest.mark.parametrize("kind", LetterKind)
def test_signs_are_set_as_each_language_sets_them(kind: LetterKind) -> None:
    template = template_of(kind)
    wrong = {
        Language.EN: r"['\"„«]| [:;?!]",
        Language.DE: r"['\"”«]| [:;?!]",
        Language.FR: r"['\"„“”]|[^\u00a0\s][:;?!»]|«[^\u00a0]| [:;?!»]",
        Language.ES: r"['\"„“”]| [:;?!]",
    }
    for text in (
        template.subject,
        *(part.text for part in template.parts),
        *(c.text for c in template.warnings),
    ):
        for language, wording in text.items():
            said = "".join(piece if isinstance(piece, str) else piece.value for piece in wording.pieces)
            assert not re.search(wrong[language], said), said
            assert language is not Language.ES or said.count("?") == said.count("¿"), said


def test_every_topic_of_law_is_cited_by_some_letter() -> None:
    assert {topic for kind in LetterKind for topic in template_of(kind).law} == set(LawTopic)
