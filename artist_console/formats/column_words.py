"""What the columns of a report's tables mean, for people who have nothing but the file.

Only columns whose names do not say it. They are put into the schema of each table and can change: what is
compared of a schema are names, types and keys.
"""

from __future__ import annotations

from collections.abc import Mapping

_EVERYWHERE: Mapping[str, str] = {
    "id": "Names the row in other tables",
    "recorded": "When it came to be known to the maker, and which earlier row it corrects",
    "period": "First and last day on which it holds; null: open",
    "territories": "Codes of countries; WW is everywhere",
    "share_bp": "Hundredths of a percent: 10000 is all of it; empty: not known",
    "currency": "ISO 4217",
    "identifier": "ISRC of a recording, ISWC of a song",
    "upc": "14 digits",
    "n": "Place in the artist's ledger, from 1 without a gap",
    "source": "Where it was said, as noted",
}
_BY_TABLE: Mapping[str, Mapping[str, str]] = {
    "overview": {
        "where_it_is": "What is reported about datasets and models, and by whom",
        "permission": "For all uses of the programme together",
        "permission_by_use": "For each use by itself",
        "work": "Id in the table of recordings and songs",
    },
    "parties": {
        "label": "The line under an artist's name: label or management",
        "members": "Of a group, with the time of their membership",
        "group_rule": "Whose answer is the group's",
        "shares_answers": "Lets others who need to agree see its name and answer",
        "self_declared": "Made from an imported catalogue: nobody checked who this is",
    },
    "works": {
        "artists": "Ids, the first one first",
        "aliases": "Titles in other scripts and spellings",
        "merged_ids": "Ids of works that turned out to be this one",
        "relations": "Songs that a recording embodies, and other works that it comes from",
        "duration_s": "Seconds",
        "contains_ai": "How much of it was made by generative AI, as disclosed; empty: not disclosed",
        "shares": "Of a song, as registered",
        "registrations": "Of a song, with societies",
    },
    "releases": {
        "grid": "GRid, 18 characters",
        "tracks": "Recordings on it, in order",
        "taken_down_on": "The day on which a message withdrew it",
    },
    "stakeholders": {
        "subject": "Id of a recording or song, or of a person",
        "standing": "What the party's answer can do",
    },
    "controls": {
        "through_member": "The licensor licenses this only if this member opted in",
    },
    "programmes": {
        "uses": "As declared",
        "set_up_here": "By a person, from what was announced; no operator reports it",
    },
    "terms": {
        "text_sha256": "Of the text: what is agreed to",
        "walled_garden": "Outputs stay inside the operator's service",
        "no_style_prompts": "Prompts that name an artist are refused",
        "summary": "In plain words; not the terms",
    },
    "agreements": {
        "clause": "What it says about the artist's approval",
        "works": "Where it is about named works",
        "label": "Where it is about a label's works",
        "allocation": "The rule, in words",
        "object_until": "Silence after this day is taken as a yes",
    },
    "attestations": {
        "of": "Which list is said to be complete",
        "as_of": "The day on which it was complete",
    },
    "recorded_answers": {
        "subject": "Id of a recording, song or person; empty: everything",
        "programme": "Empty: all programmes",
        "words": "What was said, or what was tried",
    },
    "others_answers": {
        "everyone_agreed": "Everybody else whose yes is needed; who they are is not told",
    },
    "datasets": {
        "public": "Anyone can download it",
        "sha256": "Of the file of the list",
        "rows": "How many it has",
    },
    "models": {
        "trained_on": "Ids of datasets",
        "claimed": "Brought in the operator's name; nothing shows that it is theirs",
    },
    "inclusions": {
        "as_of": "The day of which it is said",
        "basis": "On what the use is said to rest",
        "stated_by": "As it names itself",
        "grade": "How good the evidence is",
        "of_a_title": "What is said of title and artist alone; which recording is meant is not known",
    },
    "entries": {
        "head": "SHA-256 over the head before and this entry without its head (docs/formats/ledger.md)",
        "recorded_at": "The time that counts",
        "recorded_for": "The account that acted",
        "names": "The proposal that a signature or a refusal is about",
    },
    "receipts": {"receipt": "Compact JWS (docs/formats/receipt.md)"},
    "receipt_keys": {"x": "Of the JWK of an Ed25519 key (RFC 8037)"},
    "statements": {
        "payee": "Id of who is paid",
        "declared_total": "As the issuer says; empty: it says none",
        "source": "Posted by the issuer, or read from a file",
        "sha256": "Of the file that was read, or of the lines",
        "level": "Whose money it is: of a pool, of a licensor, of a payee",
        "lines_sha256": "Of the file that holds the lines (docs/formats/lines-file.md)",
        "rows_left_out": "Of the file that was read: the totals are partial then",
        "allocated_from": "Id of the statement of which these lines are parts",
        "seal": "JWS over the statement and the hash of its lines",
    },
    "lines": {
        "month": "First day of the month in which it was earned",
        "confidence_low": "Of an estimated amount",
        "confidence_high": "Of an estimated amount",
        "corrects": "Number of the corrected line",
        "corrects_statement": "Its statement, where that is another one",
        "words": "As delivered",
        "title": "As delivered",
        "source": "Store or service, as delivered",
        "precision": "Exact, or from a spreadsheet's binary number",
        "original_amount": "Before the issuer converted it",
        "steps": "How the amount came to be, in order",
        "allocated_from": "Number of the line that this one is a part of",
        "allocated_statement": "The statement of that line",
    },
    "outcomes": {
        "subject": "Id of a recording, song or person",
        "answer": "What the artist's own answer is",
        "outcome": "What follows from everybody's answers and agreements",
    },
    "traces": {
        "subject": "Id of a recording, song or person",
        "words": "Each step in a sentence",
    },
    "findings": {
        "since": "The day from which it is so",
        "silence": "What no answer by the deadline means",
        "evidence": "Rows of other tables",
    },
    "cases": {
        "since": "The day from which it stands so",
        "next_on": "The next day that something waits for",
    },
    "contracts": {
        "hold": "What the other side got of the rights",
        "reversion_on": "The day on which rights come back",
        "rerecording_until": "Until then the works may not be recorded again",
        "objection_days": "How long a statement can be objected to, from its date",
        "audit_months": "How far back can be audited",
    },
}


def words_of(table: str) -> Mapping[str, str]:
    """Column -> what it means, for a table of a report; not every column has words."""
    return {**_EVERYWHERE, **_BY_TABLE.get(table, {})}
