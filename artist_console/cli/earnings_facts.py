"""What `earnings` tells as JSON; docs/cli.md describes it. Amounts are text, with every digit."""

from __future__ import annotations

from artist_console.cli.output import Plain
from artist_console.commands.earnings import Flow, LineView, StatementRow
from artist_console.commands.objections import Objection
from artist_console.commands.reconcile import ReconcileRow
from artist_console.commands.sources import SourceRow
from artist_console.commands.waterfall import Waterfall
from artist_console.domain.phrases import Sentence
from artist_console.domain.statements import StatementCheck


def flow_facts(flow: Flow) -> Plain:
    return {
        "currency": flow.currency,
        "earned": flow.earned,
        "other": flow.other,
        "advanced": flow.advanced,
        "unattributed": flow.unattributed,
        "set_against": flow.set_against,
        "held": flow.held,
        "deducted": flow.deducted,
        "payable": flow.payable,
        "paid": flow.paid,
    }


def line_facts(view: LineView) -> dict[str, Plain]:
    line, meaning = view.line, view.meaning
    return {
        "number": line.number,
        "kind": line.kind,
        "nature": view.nature,
        "amount": line.amount,
        "currency": line.currency,
        "month": line.month,
        "work": line.work,
        "work_title": view.work_title,
        "programme": line.programme,
        "programme_name": view.programme_name,
        "use": line.use,
        "model": line.model,
        "territory": line.territory,
        "source": line.source,
        "sales_type": line.sales_type,
        "quantity": line.quantity,
        "method": line.method,
        "method_version": line.method_version,
        "confidence_low": line.confidence_low,
        "confidence_high": line.confidence_high,
        "precision": line.precision,
        "right": line.right,
        "identifier": line.identifier,
        "title": line.title,
        "artist": line.artist,
        "words": line.words,
        "corrects": line.corrects,
        "corrects_statement": line.corrects_statement,
        "allocated_from": line.allocated_from,
        "allocated_statement": line.allocated_statement,
        "original_amount": line.original_amount,
        "original_currency": line.original_currency,
        "exchange_rate": line.exchange_rate,
        "making": None
        if line.making is None
        else {
            "pool": line.making.pool,
            "weight": line.making.weight,
            "total_weight": line.making.total_weight,
            "rate": line.making.rate,
            "share_bp": line.making.share_bp,
            "decimals": line.making.decimals,
        },
        "steps": [
            {
                "kind": step.kind,
                "amount": step.amount,
                "part": step.part,
                "whole": step.whole,
                "source": step.source,
            }
            for step in line.steps
        ],
        "follows": view.making_holds,
        "wrong": view.wrong or None,
        "meaning": [
            each.text
            for each in (
                meaning.kind,
                meaning.nature,
                meaning.method,
                meaning.confidence,
                meaning.precision,
                meaning.converted,
            )
            if each is not None
        ],
    }


def check_facts(row: StatementRow, found: StatementCheck, objection: Objection) -> Plain:
    statement = row.statement
    return {
        "id": statement.id,
        "issuer": statement.issuer,
        "payee": statement.payee,
        "payee_name": row.payee_name,
        "period_from": statement.period_from,
        "period_until": statement.period_until,
        "currency": statement.currency,
        "level": statement.level,
        "result": found.result,
        "checks": [
            {
                "name": check.name,
                "result": check.result,
                "words": check.words,
                "line": check.line,
                "difference": check.difference,
                "other": check.other,
            }
            for check in found.checks
        ],
        "object_until": objection.until,
        "object_words": objection.words.text,
    }


def reconcile_facts(row: ReconcileRow) -> Plain:
    each = row.unmet
    return {
        "key": row.key,
        "kind": row.kind,
        "artist": each.artist,
        "artist_name": row.artist_name,
        "work": each.work,
        "work_title": row.work_title,
        "programme": each.programme,
        "programme_name": row.programme_name,
        "since": each.since,
        "until": each.until,
        "statement": each.statement,
        "issuer": each.issuer,
        "currency": each.currency or None,
        "amount": each.amount,
        "expected": each.expected,
        "lines": list(each.lines),
        "decision": each.decision or None,
        "words": _texts(each.words),
        "question": each.asked.text,
    }


def waterfall_facts(found: Waterfall) -> Plain:
    return {
        "currency": found.currency,
        "net": found.net,
        "lines": found.lines,
        "exact": found.exact,
        "words": _texts(found.words),
        "steps": [
            {
                "key": step.key,
                "kind": step.kind,
                "words": step.words.text,
                "amount": step.amount,
                "after": step.after,
                "nature": step.nature,
                "source": step.source or None,
            }
            for step in found.steps
        ],
    }


def source_facts(row: SourceRow) -> Plain:
    return {
        "source": row.source,
        "certainty": row.certainty,
        "kind": row.kind,
        "programme": row.programme,
        "programme_name": row.programme_name,
        "counts": row.counts,
        "why": row.why.text,
        "page": row.page or None,
        "checked_on": row.checked_on,
        "note": row.note or None,
        "lines": row.lines,
        "amounts": [{"currency": currency, "amount": amount} for currency, amount in row.amounts],
        "statements": list(row.statements),
    }


def _texts(sentences: tuple[Sentence, ...]) -> list[Plain]:
    return [sentence.text for sentence in sentences]
