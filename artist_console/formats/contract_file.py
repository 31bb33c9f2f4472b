"""A contract written down as JSON, as docs/formats/contract.md describes it: text by field."""

from __future__ import annotations

import json
from collections.abc import Mapping

from artist_console.domain.problems import InputProblem

LIMIT_BYTES = 1_000_000

# The fields with several values; all others have one.
SEVERAL = frozenset({"rights", "works", "releases"})
FIELDS = frozenset(
    {
        "other_side",
        "kind",
        "hold",
        "signed_on",
        "since",
        "until",
        "territories",
        "share",
        "ai_clause",
        "ai_words",
        "clause_number",
        "objection_days",
        "audit_months",
        "notice_address",
        "rerecording_until",
        "reversion_on",
        "how_a_yes_is_withdrawn",
        "writing_clause",
        "note",
    }
    | SEVERAL
)


def read_contract_file(data: bytes, name: str) -> Mapping[str, str | tuple[str, ...]]:
    """What each field of the file says, as text. Whether it makes sense is asked afterwards.

    Raises InputProblem, naming the field.
    """
    try:
        found = json.loads(data.decode("utf-8-sig"))
        json.dumps(found, ensure_ascii=False).encode()  # JSON may escape half a character: nothing keeps it
    except (ValueError, RecursionError) as error:
        raise InputProblem(
            "{name} is not JSON in UTF-8", "See docs/formats/contract.md for an example", name=name
        ) from error
    if not isinstance(found, dict):
        raise InputProblem(
            "{name} holds no contract: fields in braces were expected",
            "See docs/formats/contract.md for an example",
            name=name,
        )
    unknown = sorted(str(key) for key in found if key not in FIELDS)
    if unknown:
        raise InputProblem(
            "{name} has a field that is not known: {field}",
            "Known fields: {fields}",
            name=name,
            field=unknown[0],
            fields=", ".join(sorted(FIELDS)),
        )
    return {key: _value(name, key, value) for key, value in found.items() if value is not None}


def _value(name: str, key: str, value: object) -> str | tuple[str, ...]:
    if key in SEVERAL:
        several = [value] if isinstance(value, str) else value
        if isinstance(several, list) and all(isinstance(each, str) for each in several):
            return tuple(several)
        raise _wrong(name, key, "a list of texts")
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise _wrong(name, key, "a text or a whole number")


def _wrong(name: str, key: str, expected: str) -> InputProblem:
    return InputProblem(
        "{name}: {field} has to be {expected}",
        "See docs/formats/contract.md for an example",
        name=name,
        field=key,
        expected=expected,
    )
