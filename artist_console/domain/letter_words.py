"""The words that letters of every kind share, in each language: days, lists, uses, opening and close.

They are data (`resources/letters/words.json`) and read strictly: a use without a name would leave a gap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from string import Formatter

from .inclusion_states import EvidenceGrade, InclusionState
from .letter_kinds import Language
from .parties import Standing
from .problems import InputProblem
from .strict_fields import Choice, FieldFault, StrictFields
from .territories import WORLD, WORLDWIDE, Territories
from .uses import Right, Use
from .work_kinds import WorkKind


@dataclass(frozen=True, slots=True)
class LetterWords:
    """Of one language. Patterns hold names in braces, each once."""

    months: tuple[str, ...]  # twelve
    day: str  # {day} {month} {year}
    first: str  # how the first of a month is written
    period: str  # {since} {until}
    salutation: str  # to an organisation
    salutation_person: str  # {addressee}
    closing: str
    closing_person: str  # after salutation_person
    signed_for: str  # {artist}: below the name of whoever writes under a mandate
    mandate: str  # {day}: after "under", in the case that it takes
    statement: str  # {issuer} {period}
    conjunction: str  # between the last two of a list
    dash: str  # before a line of a list
    version: str  # {title} {version}
    listed_recordings: str  # {count} {file}: instead of a list that stands in an attached file
    listed_songs: str
    listed_mixed: str
    of_recordings: str  # above what is said of them alone
    of_songs: str
    of_titles: str  # {titles}: of some works that are named
    of_some_recordings: str  # {count}
    of_some_songs: str  # {count}
    quoted: str  # {title}
    worldwide: str
    everywhere_but: str  # {places}
    enclosures: str
    works_file: str  # name of the file of works, without its ending
    page: str  # {n} {all}: below every sheet
    receipt_file: str  # names of files that go along
    evidence_file: str
    evidence_title: str  # {artist}: of the document about where works are reported
    evidence_of_operator: str  # {artist} {addressee}
    evidence_of_licensor: str  # {artist} {addressee}
    evidence_said: str  # {by} {state}
    evidence_of_title: str
    evidence_grade: str  # {grade} {day}
    evidence_source: str  # {source}
    title_column: str  # headings of that file
    version_column: str
    kind_column: str
    covering_subject: str  # {count} {names}
    covering: str  # {addressee} {names}: of a mail that carries several letters
    kinds: Mapping[WorkKind, str]
    uses: Mapping[Use, str]
    rights: Mapping[Right, str]
    standing: Mapping[Standing, str]
    states: Mapping[InclusionState, str]  # after "Stated by …:"
    grades: Mapping[EvidenceGrade, str]
    countries: Mapping[str, str]

    def on(self, day: date) -> str:
        """A day with the name of its month."""
        number = self.first if day.day == 1 else str(day.day)
        return self.day.format(day=number, month=self.months[day.month - 1], year=day.year)

    def between(self, since: date, until: date) -> str:
        return self.period.format(since=self.on(since), until=self.on(until))

    def listed_names(self, names: Sequence[str]) -> str:
        """ "A, B and C"."""
        if len(names) < 2:
            return "".join(names)
        return f"{', '.join(names[:-1])} {self.conjunction} {names[-1]}"

    def places(self, territories: Territories) -> str:
        """Names of countries, in the language's own order of codes."""
        if territories == WORLDWIDE:
            return self.worldwide
        names = self.listed_names([self.country(code) for code in sorted(territories.named)])
        return self.everywhere_but.format(places=names) if WORLD in territories.codes else names

    def postal_country(self, code: str) -> str:
        """Its name as the last line of an address: without the article that a sentence needs in English."""
        name = self.country(code)
        return name.partition(" ")[2] if name[:1].islower() and " " in name else name

    def country(self, code: str) -> str:
        """Its name where it is known, else its code."""
        return self.countries.get(code, code)


AllWords = Mapping[Language, LetterWords]

# Which names each pattern holds.
_PATTERNS: Mapping[str, frozenset[str]] = {
    "day": frozenset({"day", "month", "year"}),
    "period": frozenset({"since", "until"}),
    "salutation_person": frozenset({"addressee"}),
    "signed_for": frozenset({"artist"}),
    "mandate": frozenset({"day"}),
    "statement": frozenset({"issuer", "period"}),
    "version": frozenset({"title", "version"}),
    "listed_recordings": frozenset({"count", "file"}),
    "listed_songs": frozenset({"count", "file"}),
    "listed_mixed": frozenset({"count", "file"}),
    "of_titles": frozenset({"titles"}),
    "of_some_recordings": frozenset({"count"}),
    "of_some_songs": frozenset({"count"}),
    "quoted": frozenset({"title"}),
    "everywhere_but": frozenset({"places"}),
    "evidence_title": frozenset({"artist"}),
    "evidence_of_operator": frozenset({"artist", "addressee"}),
    "evidence_of_licensor": frozenset({"artist", "addressee"}),
    "evidence_said": frozenset({"by", "state"}),
    "evidence_grade": frozenset({"grade", "day"}),
    "evidence_source": frozenset({"source"}),
    "page": frozenset({"n", "all"}),
    "covering_subject": frozenset({"count", "names"}),
    "covering": frozenset({"addressee", "names"}),
}
_FIELDS = frozenset(each.name for each in fields(LetterWords))
_TABLES = frozenset({"kinds", "uses", "rights", "standing", "states", "grades", "countries", "months"})
MONTHS = 12


class BadWords(InputProblem):
    title_template = "{file} does not hold the words of letters: {first}"
    advice_template = "Install the program again; the file ships with it"

    def __init__(self, file: str, faults: Sequence[FieldFault]) -> None:
        super().__init__(file=file, first=" ".join(f"{fault.where}: {fault.words}" for fault in faults))
        self.faults = tuple(faults)


def read_words(file: str, found: object) -> AllWords:
    """The words of every language. Raises BadWords with every fault."""
    reader = _Reader()
    languages = {each.value: each for each in Language}
    table = reader.table(found, "", languages.keys()) or {}
    made = {languages[key]: reader.language(key, value) for key, value in table.items() if key in languages}
    words = {language: each for language, each in made.items() if each is not None}
    if reader.faults:
        raise BadWords(file, reader.faults)
    return words


class _Reader(StrictFields):
    def language(self, key: str, found: object) -> LetterWords | None:
        table = self.table(found, key, _FIELDS)
        if table is None or _FIELDS - table.keys():
            return None
        texts = {name: self._pattern(name, table[name], f"{key}/{name}") for name in _FIELDS - _TABLES}
        months = self.list(table["months"], f"{key}/months")
        if len(months) != MONTHS:
            self.fault(f"{key}/months", "Twelve months were expected.")
        return LetterWords(
            months=tuple(self.line(month, f"{key}/months") for month in months),
            kinds=self._named(table["kinds"], f"{key}/kinds", WorkKind),
            uses=self._named(table["uses"], f"{key}/uses", Use),
            rights=self._named(table["rights"], f"{key}/rights", Right),
            standing=self._named(table["standing"], f"{key}/standing", Standing),
            states=self._named(table["states"], f"{key}/states", InclusionState),
            grades=self._named(table["grades"], f"{key}/grades", EvidenceGrade),
            countries=self._countries(table["countries"], f"{key}/countries"),
            **texts,
        )

    def _pattern(self, name: str, found: object, where: str) -> str:
        text = self.words(found, where)
        try:
            held = {each for _, each, _, _ in Formatter().parse(text) if each is not None}
        except ValueError:
            held = {"{"}
        if held != _PATTERNS.get(name, frozenset()):
            wanted = ", ".join(sorted(_PATTERNS.get(name, ()))) or "none"
            self.fault(where, f"These names in braces were expected: {wanted}.")
        return text

    def _named(self, found: object, where: str, kind: type[Choice]) -> Mapping[Choice, str]:
        table = self.table(found, where, [each.value for each in kind]) or {}
        return {each: self.line(table.get(each.value), f"{where}/{each.value}") for each in kind}

    def _countries(self, found: object, where: str) -> Mapping[str, str]:
        table = found if isinstance(found, dict) else {}
        if not table:
            self.fault(where, "Names of countries by code were expected.")
        return {str(code): self.line(name, f"{where}/{code}") for code, name in table.items()}
