"""How the values of a letter are asked for: the label of each field and, where it helps, a hint."""

from __future__ import annotations

from artist_console.domain.letter_templates import Placeholder
from artist_console.ui.text import say


def value_words(name: Placeholder) -> str:
    """The label of a field."""
    return {
        Placeholder.PROGRAMME: say("letter-value", "Programme"),
        Placeholder.OPERATOR: say("letter-value", "Operator"),
        Placeholder.USES: say("letter-value", "Uses"),
        Placeholder.DEADLINE: say("letter-value", "Last day to answer or object"),
        Placeholder.ANSWER_UNTIL: say("letter-value", "Reply asked for by"),
        Placeholder.STATEMENT: say("letter-value", "Statement"),
        Placeholder.STATEMENT_PERIOD: say("letter-value", "Period of the statement"),
        Placeholder.ISSUER: say("letter-value", "Who issued the statement"),
        Placeholder.AMOUNT: say("letter-value", "Amount"),
        Placeholder.QUESTION: say("letter-value", "Your question or objection"),
        Placeholder.PLACE: say("letter-value", "Dataset or model in which they are reported"),
        Placeholder.PLACE_SINCE: say("letter-value", "Reported there since"),
        Placeholder.EVIDENCE: say("letter-value", "What shows it"),
        Placeholder.REFUSED_ON: say("letter-value", "Day of your refusal"),
        Placeholder.PAYER: say("letter-value", "Who pays"),
        Placeholder.PAYEE: say("letter-value", "Who is to be paid"),
        Placeholder.SHARE: say("letter-value", "Share"),
        Placeholder.FIRST_DAY: say("letter-value", "First day"),
        Placeholder.LAST_DAY: say("letter-value", "Last day"),
        Placeholder.CATEGORY: say("letter-value", "Category of rights or uses"),
        Placeholder.REPLY_TO: say("letter-value", "Where the answer is to go"),
        Placeholder.FIRST_LETTER_DATE: say("letter-value", "Day of the first letter"),
        Placeholder.FIRST_LETTER_SUBJECT: say("letter-value", "Subject of the first letter"),
        Placeholder.MODEL: say("letter-value", "Model"),
        Placeholder.DATASET: say("letter-value", "Dataset"),
        Placeholder.TERRITORIES: say("letter-value", "Countries"),
        Placeholder.CONTRACT: say("letter-value", "Contract"),
        Placeholder.AUDIT_PERIOD: say("letter-value", "Period to be audited"),
    }.get(name, name.value)


def value_hint(name: Placeholder) -> str:
    """What a field expects, or from where an empty one is filled."""
    return {
        Placeholder.ANSWER_UNTIL: say("letter-value", "Empty: as many days as the template gives."),
        Placeholder.REPLY_TO: say("letter-value", "A mail or postal address. It stands in the letter."),
        Placeholder.CONTRACT: say("letter-value", "Such as: recording agreement of 3 March 2019."),
        Placeholder.AUDIT_PERIOD: say("letter-value", "Such as: January 2024 to June 2026."),
        Placeholder.SHARE: say("letter-value", "Such as: 25 %."),
        Placeholder.CATEGORY: say("letter-value", "As the society names it in its own terms."),
        Placeholder.TERRITORIES: say("letter-value", "Empty: everywhere."),
        Placeholder.PLACE: say("letter-value", "As it is named where you read it."),
        Placeholder.EVIDENCE: say("letter-value", "Empty: from the records here, where they show it."),
        Placeholder.STATEMENT: say("letter-value", "Empty: the statement that you came from."),
        Placeholder.USES: say("letter-value", "Empty: what the programme asks for. One a line."),
    }.get(name, "")
