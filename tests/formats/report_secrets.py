"""A world with a marked text in every private place, and what would have to be chosen for it to leave.

A mark is letters and figures only: no spelling changes it, so it is sought in the bytes of a report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from artist_console.domain.cases import Case, EventKind
from artist_console.domain.contracts import AiClause, AttachedFile, Contract, ContractKind, Hold
from artist_console.domain.facts import RecordedAnswer
from artist_console.domain.ids import ActId, FactId, ModelVersionId, PartyId, ReleaseId, WorkId
from artist_console.domain.inclusion import Asset, Evidence
from artist_console.domain.inclusion_states import EvidenceGrade, InclusionState
from artist_console.domain.letter_kinds import LetterKind
from artist_console.domain.parties import Party, PartyKind, Standing
from artist_console.domain.periods import Recorded
from artist_console.domain.programmes import Rate
from artist_console.domain.registers import ANY_USE, PartyStance
from artist_console.domain.uses import Right, Use
from artist_console.domain.work_kinds import WorkKind
from artist_console.domain.works import (
    RegisteredShare,
    Registration,
    Release,
    ReleaseTrack,
    SaidField,
    SourceNote,
    Work,
    WorkCredit,
)
from artist_console.formats.report_content import Part, ReportContent, ReportHeader
from artist_console.formats.report_findings import FindingSources
from artist_console.formats.report_privacy import Beside, Chosen
from tests.domain.case_world import a_case, a_file, a_letter, an_event, drafted, outcome, reply, says, sent
from tests.domain.world import LABEL, MARA, OLA, PROGRAMME, RECORDING, SONG, stake, work_subject
from tests.formats.report_world import all_rows, answered_world, lines, listed, statement

UNRELEASED = WorkId("hidden-1")
PETRA = PartyId("petra")  # holds half of Mara's song, has no account and shares nothing
CONTRACT, BAND = FactId("c0ntract"), FactId("b4nd")
NOW = Recorded(datetime(2025, 3, 1, tzinfo=UTC))
TODAY = date(2025, 11, 18)

Rule = Callable[[ReportHeader, Chosen], bool]  # whether a mark may leave


def never(_header: ReportHeader, _chosen: Chosen) -> bool:
    return False


def _part(part: Part) -> Rule:
    return lambda header, _chosen: header.holds(part)


def _money(header: ReportHeader, chosen: Chosen) -> bool:
    return header.holds(Part.STATEMENTS) and chosen.money_of is not None and OLA in chosen.money_of


def _named(_header: ReportHeader, chosen: Chosen) -> bool:
    return UNRELEASED in chosen.named_works


def _named_in_line(header: ReportHeader, chosen: Chosen) -> bool:
    return header.holds(Part.STATEMENTS) and _named(header, chosen)


def _contact(header: ReportHeader, chosen: Chosen) -> bool:
    return header.holds(Part.CASES) and chosen.contact_data


def _rates(header: ReportHeader, chosen: Chosen) -> bool:
    permitted = header.holds(Part.PERMISSIONS) or header.holds(Part.FINDINGS)
    return chosen.rates and (permitted or header.holds(Part.DECISIONS))


def _allocation(header: ReportHeader, chosen: Chosen) -> bool:
    return chosen.rates and (header.holds(Part.PERMISSIONS) or header.holds(Part.FINDINGS))


def _contract(_header: ReportHeader, chosen: Chosen) -> bool:
    return CONTRACT in chosen.contracts


def _contract_words(_header: ReportHeader, chosen: Chosen) -> bool:
    return CONTRACT in chosen.contracts and chosen.contract_words


def _contract_address(_header: ReportHeader, chosen: Chosen) -> bool:
    return CONTRACT in chosen.contracts and chosen.contact_data


def _answer_words(header: ReportHeader, chosen: Chosen) -> bool:
    return chosen.answer_words and (header.holds(Part.PERMISSIONS) or header.holds(Part.FINDINGS))


def _reply_words(header: ReportHeader, chosen: Chosen) -> bool:
    return chosen.answer_words and header.holds(Part.CASES)


# Mark -> when it may leave. Each stands in the world below, and leaves where its rule says so.
MARKS: Mapping[str, Rule] = {
    "MarkPartEvidence": _part(Part.INCLUSIONS),
    "MarkPartDecision": _part(Part.DECISIONS),
    "MarkPartIssuer": _part(Part.STATEMENTS),
    "MarkPartLine": _part(Part.STATEMENTS),
    "MarkPartAddressee": _part(Part.CASES),
    "MarkMoneyIssuer": _money,
    "MarkMoneyFile": _money,
    "MarkMoneyLine": _money,
    "MarkUnreleasedTitle": _named,
    "MarkUnreleasedAlias": _named,
    "MarkUnreleasedRelease": _named,
    "MarkUnreleasedLine": _named_in_line,
    "MarkContactMail": _contact,
    "MarkContactStreet": _contact,
    "MarkContactPerson": _contact,
    "MarkContactClerk": _contact,
    "MarkRateUnit": _rates,
    "MarkRateRule": _allocation,
    "MarkContractClause": _contract,
    "MarkContractWords": _contract_words,
    "MarkContractWithdrawal": _contract_words,
    "MarkContractWriting": _contract_words,
    "MarkContractAddress": _contract_address,
    "MarkAnswerWords": _answer_words,
    "MarkAnswerSource": _answer_words,
    "MarkReplyWords": _reply_words,
    **dict.fromkeys(
        (
            "MarkContractNote",
            "MarkContractFile",
            "MarkBandMate",
            "MarkNote",
            "MarkLetterText",
            "MarkLetterSubject",
            "MarkCaseTitle",
            "MarkCaseOwner",
            "MarkDraftTo",
            "MarkReplyFile",
            "MarkReplyText",
            "MarkOlaDecision",
            "MarkOlaName",
            "MarkPetraName",
            "MarkPetraWords",
            "MarkShareHolder",
            "MarkSocietyWork",
            "MarkFileSaid",
            "MarkOtherWork",
            "MarkOtherEvidence",
        ),
        never,
    ),
}


def everything() -> ReportContent:
    """All rows of a profile of Mara's and Ola's, marked."""
    made = answered_world()
    for artist, mark in ((MARA, "MarkPartDecision"), (OLA, "MarkOlaDecision")):
        made.entries[artist] = [
            replace(entry, decision=replace(entry.decision, act=ActId(mark))) if entry.decision else entry
            for entry in made.entries[artist]
        ]
    made.works += [
        Work(
            UNRELEASED,
            WorkKind.RECORDING,
            "MarkUnreleasedTitle",
            (MARA,),
            unreleased=True,
            aliases=("MarkUnreleasedAlias",),
        ),
        Work(WorkId("of-ola"), WorkKind.RECORDING, "MarkOtherWork", (OLA,)),
    ]
    made.works = [_with_private_sources(work) if work.id == SONG else work for work in made.works]
    made.releases.append(
        Release(ReleaseId("coming"), "MarkUnreleasedRelease", (MARA,), tracks=(ReleaseTrack(UNRELEASED, 1),))
    )
    made.stakeholders += [
        stake(MARA, UNRELEASED, Right.MASTER, Standing.CONTROLS, 10_000),
        stake(PETRA, SONG, Right.COMPOSITION, Standing.SHARES, 5_000),
        replace(
            stake(LABEL, RECORDING, Right.PERFORMANCE, Standing.WISH),
            id=FactId(f"contract:{CONTRACT}:{RECORDING}:performance"),
            source="Contract with Fieldnote of 3 March 2019, clause MarkContractClause",
        ),
    ]
    made.parties = [
        replace(party, name="MarkOlaName", aliases=("MarkOlaName",)) if party.id == OLA else party
        for party in made.parties
    ]
    made.parties += [
        Party(PETRA, "MarkPetraName", PartyKind.PERSON),
        Party(_band().other_side, "MarkBandMate", PartyKind.PERSON),
    ]
    made.terms = [replace(terms, rates=(_RATE,)) for terms in made.terms]
    made.agreements = [replace(each, allocation="MarkRateRule") for each in made.agreements]
    made.recorded_answers += [
        _answer("answer-1", LABEL, "MarkAnswerWords", "MarkAnswerSource"),
        _answer("answer-2", PETRA, "MarkPetraWords", "MarkPetraWords"),
    ]
    made.refuse(work_subject(UNRELEASED))
    rows = all_rows(made)
    return replace(
        rows,
        inclusions=(
            replace(listed(), evidence=Evidence("list.csv", row=12, words="MarkPartEvidence")),
            replace(
                listed(),
                id=FactId("used-1"),
                work=SONG,
                asset=Asset.COMPOSITION,
                use=Use.GEN_COVER,  # which Mara refused for the song
                dataset=None,
                model=ModelVersionId("model-1"),
                state=InclusionState.TRAINED,
                as_of=date(2025, 9, 1),
                grade=EvidenceGrade.OPERATOR_STATED,
                stated_by="Harmonia",
            ),
            replace(
                listed(),
                id=FactId("listed-2"),
                work=WorkId("of-ola"),
                evidence=Evidence("list.csv", row=13, words="MarkOtherEvidence"),
            ),
            replace(listed(), id=FactId("listed-3"), work=UNRELEASED),
        ),
        statements=(
            replace(statement("q3", MARA), issuer="MarkPartIssuer"),
            replace(statement("q3-ola", OLA), issuer="MarkMoneyIssuer", file_name="MarkMoneyFile"),
        ),
        lines=(
            *(replace(line, words="MarkPartLine") for line in lines("q3")[:1]),
            *(
                replace(line, work=UNRELEASED, title="MarkUnreleasedLine", words="MarkUnreleasedLine")
                for line in lines("q3")[1:]
            ),
            *(replace(line, words="MarkMoneyLine") for line in lines("q3-ola")),
        ),
    )


def beside() -> Beside:
    """Cases and contracts of Mara's, marked; nothing that was put aside."""
    clerk = replace(says(words="MarkReplyWords"), said_by="MarkContactClerk")
    reply_file = replace(a_file("MarkReplyFile"), text="MarkReplyText", sender="MarkReplyText")
    letter = a_letter(
        to_email="MarkContactMail",
        to_postal=("MarkContactStreet",),
        text="MarkLetterText",
        subject="MarkLetterSubject",
    )
    written = a_case(
        drafted(),
        sent(),
        reply(file=reply_file),
        outcome(outcome=clerk),
        an_event("note", EventKind.NOTE, 12, words="MarkNote"),
        letters=(letter,),
        title="MarkCaseTitle",
        addressee_name="MarkPartAddressee",
        owner="MarkCaseOwner",
    )
    to_person = _to_person()
    draft = a_case(drafted(), id="case-3", addressee_name="MarkDraftTo", title="MarkDraftTo")
    contract = Contract(
        CONTRACT,
        MARA,
        ContractKind.LABEL,
        Hold.OWNS,
        (Right.MASTER,),
        AiClause.CONSULT,
        NOW,
        counterparty=LABEL,
        clause_number="MarkContractClause",
        ai_words="MarkContractWords",
        how_a_yes_is_withdrawn="MarkContractWithdrawal",
        writing_clause="MarkContractWriting",
        notice_address="MarkContractAddress",
        note="MarkContractNote",
        file=AttachedFile("cd" * 32, "MarkContractFile", 12),
    )
    return Beside(
        cases=(written, to_person, draft),
        contracts=(contract, _band()),
        organisations=frozenset({"known/harmonia"}),
        findings=FindingSources(TODAY),
    )


_RATE = Rate(Use.TRAIN_GENERATIVE, Decimal("0.5"), "EUR", "MarkRateUnit")


def _band() -> Contract:
    return Contract(
        BAND,
        MARA,
        ContractKind.BAND,
        Hold.SHARES,
        (Right.MASTER,),
        AiClause.NONE,
        NOW,
        counterparty_name="MarkBandMate",
    )


def _to_person() -> Case:
    return a_case(
        sent(letter="letter-2"),
        id="case-2",
        kind=LetterKind.CO_WRITER_QUESTION,
        addressee="own-1",
        addressee_name="MarkContactPerson",
        title="MarkCaseTitle",
        letters=(a_letter("letter-2", to_name="MarkContactPerson"),),
    )


def _answer(id: str, party: PartyId, words: str, source: str) -> RecordedAnswer:
    return RecordedAnswer(
        FactId(id),
        party,
        "",
        PROGRAMME,
        ANY_USE,
        PartyStance.ALLOWED,
        date(2025, 1, 1),
        NOW,
        words=words,
        source=source,
    )


def _with_private_sources(work: Work) -> Work:
    """What co-writers registered, and what files said, beside what is printed on the record."""
    return replace(
        work,
        credits=(*work.credits, WorkCredit("A. Writer", "composer", PETRA)),
        shares=(RegisteredShare("MarkShareHolder", "writer"),),
        registrations=(Registration("MarkSocietyWork"),),
        sources=(SourceNote("catalogue.csv", said=(SaidField("label", "MarkFileSaid"),)),),
    )
