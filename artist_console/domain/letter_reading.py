"""Reads a template of a letter from its JSON, strictly: every fault is told with its file and part.

A mistake in a template would otherwise be found in a letter, by whoever receives it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from string import Formatter

from .addressees import AddresseeKind, ContactPurpose
from .law import LawTopic
from .letter_kinds import Attach, Capacity, Language, LetterKind
from .letter_templates import (
    ALWAYS,
    ALWAYS_THERE,
    AboutWhat,
    Caution,
    Condition,
    Part,
    Placeholder,
    Plain,
    SignedBy,
    Template,
    Text,
    Wording,
    WorksKind,
    WorksWanted,
)
from .letters import Source
from .parties import Standing
from .problems import InputProblem
from .strict_fields import Choice, FieldFault, StrictFields

LONGEST_REPLY_DAYS = 366
OWNERSHIP = "ownership"

_TEMPLATE = frozenset(each.name for each in fields(Template))
_CONDITION = frozenset(each.name for each in fields(Condition))


class BadTemplate(InputProblem):
    """A template that is not used. `faults` are all that were found."""

    title_template = "{file} is no template of a letter: {first}"
    advice_template = "Correct the file; see docs/formats/letter-template.md"

    def __init__(self, file: str, faults: Sequence[FieldFault]) -> None:
        told = [f"{fault.where}: {fault.words}" if fault.where else fault.words for fault in faults]
        super().__init__(file=file, first=" ".join(told))
        self.file, self.faults = file, tuple(faults)


def read_template(file: str, found: object) -> Template:
    """A template from what JSON holds; `file` names it in faults and by its stem says the kind.

    Raises BadTemplate with every fault.
    """
    reader = _Reader()
    template = reader.template(found)
    if template is not None and template.kind.value != file.rpartition("/")[2].removesuffix(".json"):
        reader.fault("kind", "The file has another name than its kind.")
    if reader.faults or template is None:
        raise BadTemplate(file, reader.faults)
    return template


def read_wording(text: str) -> Wording | str:
    """Cut a text at its placeholders; what is wrong with it, in a sentence."""
    pieces: list[str | Placeholder] = []
    try:
        parsed = list(Formatter().parse(text))
    except ValueError:
        return "A brace stands alone. Write {{ for a brace of the text."
    for literal, name, spec, conversion in parsed:
        if literal:
            pieces.append(literal)
        if name is None:
            continue
        known = next((each for each in Placeholder if each.value == name), None)
        if known is None or spec or conversion:
            shown = name + (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
            return f"{{{shown}}} is not a placeholder that is known."
        pieces.append(known)
    return Wording(tuple(pieces))


class _Reader(StrictFields):
    """A value that could not be read is stood in for, and the template refused."""

    def template(self, found: object) -> Template | None:
        table = self.table(found, "", _TEMPLATE)
        if table is None or _TEMPLATE - table.keys():
            return None
        made = Template(
            kind=self.choice(table["kind"], "kind", LetterKind),
            version=self.line(table["version"], "version"),
            checked_on=self.day(table["checked_on"], "checked_on") or date.min,
            name=self._plain(table["name"], "name"),
            says=self._plain(table["says"], "says"),
            capacities=self.some(table["capacities"], "capacities", Capacity),
            addressees=self.some(table["addressees"], "addressees", AddresseeKind),
            purposes=self.choices(table["purposes"], "purposes", ContactPurpose),
            standing=frozenset(self.choices(table["standing"], "standing", Standing)),
            needs=self.choices(table["needs"], "needs", Placeholder),
            about=self.choices(table["about"], "about", AboutWhat),
            works=self.choice(table["works"], "works", WorksWanted),
            signed_by=self.choice(table["signed_by"], "signed_by", SignedBy),
            reply_days=self.count(table["reply_days"], "reply_days", LONGEST_REPLY_DAYS),
            attach=self.choices(table["attach"], "attach", Attach),
            law=self.choices(table["law"], "law", LawTopic),
            sources=self.each(table["sources"], "sources", self._source),
            warnings=self.each(table["warnings"], "warnings", self._caution),
            subject=self._text(table["subject"], "subject"),
            parts=self.each(table["parts"], "parts", self._part),
        )
        self._look_at(made)
        return made

    def _look_at(self, made: Template) -> None:
        if not made.parts:
            self.fault("parts", "There is no part.")
        for kind, ids in (("parts", [p.id for p in made.parts]), ("warnings", [w.id for w in made.warnings])):
            for id in sorted({id for id in ids if ids.count(id) > 1}):
                self.fault(f"{kind}/{id}", "Another one has this id.")
        for part in made.parts:
            where = f"parts/{part.id}"
            if part.claims_ownership and part.when.standing != {Standing.CONTROLS}:
                self.fault(where, 'A claim of ownership stands only with "if": {"standing": ["controls"]}.')
            if part.law is not None and part.law not in made.law:
                self.fault(where, f"The topic {part.law.value} is not among those under “law”.")
            for language, wording in part.text.items():
                if (Placeholder.LAW in wording.placeholders) != (part.law is not None):
                    self.fault(
                        f"{where}/text/{language.value}",
                        "{law} stands in a part that names its topic under “law”, and only there.",
                    )
        if any(Placeholder.LAW in wording.placeholders for wording in made.subject.values()):
            self.fault("subject", "{law} stands only in a part that names its topic.")
        for caution in made.warnings:
            known = ALWAYS_THERE | caution.when.has | set(made.needs)
            for language, wording in caution.text.items():
                for name in sorted(each.value for each in wording.placeholders - known):
                    self.fault(
                        f"warnings/{caution.id}/text/{language.value}",
                        f"{{{name}}} may have no value there: name it under “needs” or in “if” under “has”.",
                    )

    # Things of a template

    def _part(self, found: object, where: str) -> Part | None:
        table = self.table(found, where, {"id", "text"}, {"if", "claims", "law"})
        if table is None:
            return None
        id = self.line(table.get("id"), f"{where}/id")
        where = f"parts/{id}" if id else where
        claims = table.get("claims")
        if claims not in (None, OWNERSHIP):
            self.fault(f"{where}/claims", f"“{claims}” is not a claim that is known: {OWNERSHIP}.")
        law = table.get("law")
        return Part(
            id,
            self._text(table.get("text"), f"{where}/text"),
            self._condition(table.get("if"), f"{where}/if"),
            claims == OWNERSHIP,
            self.choice(law, f"{where}/law", LawTopic) if law is not None else None,
        )

    def _caution(self, found: object, where: str) -> Caution | None:
        table = self.table(found, where, {"id", "text"}, {"if"})
        if table is None:
            return None
        id = self.line(table.get("id"), f"{where}/id")
        where = f"warnings/{id}" if id else where
        return Caution(
            id,
            self._text(table.get("text"), f"{where}/text"),
            self._condition(table.get("if"), f"{where}/if"),
        )

    def _source(self, found: object, where: str) -> Source | None:
        table = self.table(found, where, {"title", "address", "checked_on"})
        if table is None:
            return None
        day = table.get("checked_on")
        return Source(
            self.line(table.get("title"), f"{where}/title"),
            self.line(table.get("address"), f"{where}/address"),
            self.day(day, f"{where}/checked_on") if day is not None else None,
        )

    def _condition(self, found: object, where: str) -> Condition:
        if found is None:
            return ALWAYS
        table = self.table(found, where, frozenset(), _CONDITION)
        if table is None:
            return ALWAYS

        def asked(key: str, kind: type[Choice]) -> frozenset[Choice]:
            return frozenset(self.some(table[key], f"{where}/{key}", kind)) if key in table else frozenset()

        return Condition(
            asked("capacity", Capacity),
            asked("standing", Standing),
            asked("addressee", AddresseeKind),
            asked("works", WorksKind),
            asked("has", Placeholder),
            asked("lacks", Placeholder),
            frozenset(self._countries(table["country"], f"{where}/country"))
            if "country" in table
            else frozenset(),
        )

    def _countries(self, found: object, where: str) -> tuple[str, ...]:
        codes = self.list(found, where)
        wrong = [code for code in codes if not (isinstance(code, str) and len(code) == 2 and code.isupper())]
        if wrong or not codes:
            self.fault(where, "A list of countries in two capital letters, or EU, was expected.")
        return tuple(code for code in codes if isinstance(code, str))

    # Texts

    def _text(self, found: object, where: str) -> Text:
        made: dict[Language, Wording] = {}
        for language, text in self._plain(found, where).items():
            wording = read_wording(text)
            if isinstance(wording, str):
                self.fault(f"{where}/{language.value}", wording)
            else:
                made[language] = wording
        return made

    def _plain(self, found: object, where: str) -> Plain:
        languages = {each.value: each for each in Language}
        table = self.table(found, where, languages.keys()) or {}
        said = {
            languages[key]: self.words(text, f"{where}/{key}")
            for key, text in table.items()
            if key in languages
        }
        return {language: text for language, text in said.items() if text}
