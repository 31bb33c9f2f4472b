"""Files that go along with a letter: works as CSV and PDF, receipts, evidence. Each is made once a run."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from artist_console.commands.console import Console
from artist_console.commands.letter_drafts import DraftFile
from artist_console.commands.letter_evidence import evidence_paper
from artist_console.commands.letter_works import HeldWork
from artist_console.commands.paper import Paper, PaperLine, PaperStyle
from artist_console.commands.receipt_files import NoEntry, receipt_file
from artist_console.commands.receipts import NoReceipt
from artist_console.domain.addressees import Addressee
from artist_console.domain.facts import FactBook
from artist_console.domain.ids import ArtistId, DecisionId, ProgrammeId, WorkId
from artist_console.domain.letter_kinds import Attach
from artist_console.domain.letter_text import shown_identifier
from artist_console.domain.letter_words import LetterWords
from artist_console.domain.letters import About
from artist_console.domain.phrases import Sentence, say
from artist_console.domain.problems import InputProblem
from artist_console.domain.receipt_forms import ReceiptForm
from artist_console.domain.registers import Stance, SubjectKind
from artist_console.domain.work_kinds import WorkKind
from artist_console.formats.table_out import Table, TableColumn, csv_file
from artist_console.host.file_names import file_name

Draw = Callable[[Paper], bytes]

MOST_RECEIPTS = 20
PDF, CSV = "application/pdf", "text/csv"
NO_RECEIPT = "No receipt of a refusal that this letter speaks of is here, so none is attached."
MORE_RECEIPTS = "Only the {most} latest receipts are attached."
NO_EVIDENCE = "Nothing is reported of these works that concerns {addressee}, so no evidence is attached."


class NeedsDrawing(InputProblem):
    title_template = "A PDF cannot be attached here: nothing draws it"
    advice_template = "Attach the works as CSV, or draft in the window or on the command line"


class Attachments:
    """Makes the files of one run; what several letters share is made once."""

    def __init__(self, console: Console, facts: FactBook, draw: Draw | None) -> None:
        self._console, self._facts, self._draw = console, facts, draw
        self._made: dict[tuple[object, ...], tuple[DraftFile, ...]] = {}
        self._told: dict[tuple[object, ...], Sentence] = {}

    def works_name(self, words: LetterWords, artist_name: str, attach: frozenset[Attach]) -> str:
        """Under which name the list of works goes along; empty where none does."""
        if Attach.WORKS_CSV in attach:
            return file_name(words.works_file, artist_name, ending=".csv")
        return file_name(words.works_file, artist_name, ending=".pdf") if Attach.WORKS_PDF in attach else ""

    def files(
        self,
        artist: ArtistId,
        artist_name: str,
        works: Sequence[HeldWork],
        about: About,
        addressee: Addressee,
        attach: frozenset[Attach],
        words: LetterWords,
    ) -> tuple[tuple[DraftFile, ...], tuple[Sentence, ...]]:
        """The files in the order of `Attach`, and what is to be told of those that are lacking."""
        found: list[DraftFile] = []
        told: list[Sentence] = []
        ids = tuple(held.work.id for held in works)
        for each in Attach:
            if each not in attach:
                continue
            key: tuple[object, ...] = (each, artist, ids, about, words.works_file)
            if each is Attach.EVIDENCE:
                key = (*key, addressee.id)
            if key not in self._made:
                match each:
                    case Attach.WORKS_CSV:
                        self._made[key] = (_works_csv(artist_name, works, words),) if works else ()
                    case Attach.WORKS_PDF:
                        self._made[key] = (self._works_pdf(artist_name, works, words),) if works else ()
                    case Attach.RECEIPTS:
                        self._made[key] = self._receipts(key, artist, ids, about.programme, words)
                    case Attach.EVIDENCE:
                        self._made[key] = self._evidence(key, artist, artist_name, ids, addressee, words)
            found += self._made[key]
            if key in self._told:
                told.append(self._told[key])
        return tuple(found), tuple(told)

    def _pdf(self, name: str, paper: Paper) -> DraftFile:
        if self._draw is None:
            raise NeedsDrawing
        return DraftFile(name, PDF, self._draw(paper))

    def _works_pdf(self, artist_name: str, works: Sequence[HeldWork], words: LetterWords) -> DraftFile:
        title = f"{words.works_file}: {artist_name}"
        lines = [PaperLine(PaperStyle.TITLE, title)]
        for held in works:
            listed = held.listed
            kind = words.kinds[listed.kind]
            said = [kind, shown_identifier(listed)] if listed.identifier else [kind]
            lines.append(PaperLine(PaperStyle.TEXT, f"{held.title} · {' · '.join(said)}"))
        foot = f"{title} · {words.on(self._console.today)}"
        return self._pdf(
            file_name(words.works_file, artist_name, ending=".pdf"),
            Paper(title, foot, tuple(lines), words.page),
        )

    def _receipts(
        self,
        key: tuple[object, ...],
        artist: ArtistId,
        works: tuple[WorkId, ...],
        about: ProgrammeId | None,
        words: LetterWords,
    ) -> tuple[DraftFile, ...]:
        """Of refusals that still stand on their register and reach these works, the latest first."""
        found: list[DraftFile] = []
        more = False
        for decision in _refusals(self._facts, artist, frozenset(works), about):
            try:
                body = receipt_file(self._console, decision, ReceiptForm.JWS)
            except (NoReceipt, NoEntry):
                continue
            if len(found) == MOST_RECEIPTS:
                more = True
                break
            name = file_name(words.receipt_file, decision[-8:], ending=f".{ReceiptForm.JWS.value}")
            found.append(DraftFile(name, "application/jose", body))
        if more:
            self._told[key] = say(MORE_RECEIPTS, most=str(MOST_RECEIPTS))
        elif not found:
            self._told[key] = say(NO_RECEIPT)
        return tuple(found)

    def _evidence(
        self,
        key: tuple[object, ...],
        artist: ArtistId,
        artist_name: str,
        works: tuple[WorkId, ...],
        addressee: Addressee,
        words: LetterWords,
    ) -> tuple[DraftFile, ...]:
        paper = evidence_paper(self._console, self._facts, artist, artist_name, works, addressee, words)
        if paper is None:
            self._told[key] = say(NO_EVIDENCE, addressee=addressee.name)
            return ()
        day = words.on(self._console.today)
        return (self._pdf(file_name(words.evidence_file, artist_name, day, ending=".pdf"), paper),)


def _works_csv(artist_name: str, works: Sequence[HeldWork], words: LetterWords) -> DraftFile:
    columns = (
        TableColumn(words.title_column, 40),
        TableColumn(words.version_column),
        TableColumn(words.kind_column),
        TableColumn("ISRC"),
        TableColumn("ISWC"),
    )
    rows = [
        (
            held.listed.title,
            held.listed.version,
            words.kinds[held.work.kind],
            held.work.identifier if held.work.kind is WorkKind.RECORDING else "",
            held.work.identifier if held.work.kind is WorkKind.COMPOSITION else "",
        )
        for held in works
    ]
    body = csv_file(Table(words.works_file, columns, rows))
    return DraftFile(file_name(words.works_file, artist_name, ending=".csv"), CSV, body)


def _refusals(
    facts: FactBook, artist: ArtistId, works: frozenset[WorkId], programme: ProgrammeId | None
) -> list[DecisionId]:
    found: list[tuple[int, DecisionId]] = []
    for register, said in facts.registers_of(artist).items():
        last = said[-1]
        if last.decision.stance is not Stance.REFUSE:
            continue
        if programme is not None and register.programme not in (None, programme):
            continue
        match register.subject.kind:
            case SubjectKind.WORK:
                reaches = WorkId(register.subject.id) in works
            case SubjectKind.RELEASE:
                reaches = any(
                    held.release == register.subject.id
                    for work in works
                    for held in facts.memberships.get(work, ())
                )
            case SubjectKind.ALL:
                reaches = True
            case SubjectKind.PERSON:
                reaches = not works
        if reaches:
            found.append((last.n, last.decision.id))
    return [id for _, id in sorted(found, reverse=True)]
