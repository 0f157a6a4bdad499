"""Audit to frames. Numbers are exact strings; columns that end in ``_float`` are the same for convenience."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import polars as pl

from auditor.frames.decimals import outward, plain, rounded
from auditor.model.check import Audit, Check
from auditor.model.exact import Fraction
from auditor.model.figure import Evidence, Figure
from auditor.model.quantity import Interval
from auditor.model.relation import Member, Relation

Row = tuple[object, ...]
Schema = dict[str, type[pl.DataType]]

FIGURES: Schema = {
    "id": pl.String,
    "document": pl.String,
    "start": pl.Int64,
    "end": pl.Int64,
    "raw": pl.String,
    "value": pl.String,
    "value_float": pl.Float64,
    "step": pl.String,
    "unit": pl.String,
    "dimension": pl.String,
    "exact": pl.Boolean,
    "bound": pl.String,
    "indicator": pl.String,
    "place": pl.String,
    "period": pl.String,
    "role": pl.String,
    "status": pl.String,
    "reason": pl.String,
}
RELATIONS: Schema = {
    "relation": pl.String,
    "kind": pl.String,
    "document": pl.String,
    "role": pl.String,
    "figure": pl.String,
    "evidence": pl.String,
    "start": pl.Int64,
    "end": pl.Int64,
    "raw": pl.String,
    "value": pl.String,
    "sign": pl.Int8,
    "offset": pl.String,
    "confidence": pl.Float64,
}
CHECKS: Schema = {
    "id": pl.String,
    "relation": pl.String,
    "document": pl.String,
    "rule": pl.String,
    "verdict": pl.String,
    "reason": pl.String,
    "left_lo": pl.String,
    "left_hi": pl.String,
    "right_lo": pl.String,
    "right_hi": pl.String,
    "gap": pl.String,
    "gap_float": pl.Float64,
    "equation": pl.String,
    "computed": pl.String,
    "confidence": pl.Float64,
}


def figures(audit: Audit) -> pl.DataFrame:
    checked = audit.checked()
    found = chain.from_iterable(reading.figures for reading in audit.readings)
    return _frame((_figure(figure, figure.id in checked) for figure in found), FIGURES)


def relations(audit: Audit) -> pl.DataFrame:
    names = _names(audit).items()
    return _frame(
        (_member(name, relation, member) for relation, name in names for member in relation.members), RELATIONS
    )


def checks(audit: Audit) -> pl.DataFrame:
    names = _names(audit)
    return _frame((_check(check, names[check.relation]) for check in audit.checks), CHECKS)


def _frame(rows: Iterable[Row], schema: Schema) -> pl.DataFrame:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    # By column and strict: a value of another type than its column's is refused here, without a schema library.
    named = zip(schema.items(), columns, strict=True)
    return pl.DataFrame([pl.Series(name, values, kind, strict=True) for (name, kind), values in named])


def _names(audit: Audit) -> dict[Relation, str]:
    """A name for each relation: those of the documents in their order, then those between documents."""
    read = chain.from_iterable(reading.relations for reading in audit.readings)
    all_of_them = dict.fromkeys(chain(read, (check.relation for check in audit.checks)))
    return {relation: f"r{number}" for number, relation in enumerate(all_of_them, 1)}


def _figure(figure: Figure, checked: bool) -> Row:
    quantity = figure.quantity
    return (
        *(figure.id, figure.document, figure.start, figure.end, figure.raw),
        *(plain(quantity.value), float(quantity.value), plain(quantity.step)),
        *(quantity.unit, quantity.dimension, quantity.exact, quantity.bound),
        *(figure.indicator, figure.place, figure.period, figure.role),
        *(("checked", None) if checked else ("unpaired", figure.reason)),
    )


def _member(name: str, relation: Relation, member: Member) -> Row:
    filler = member.filler
    evidence = filler if isinstance(filler, Evidence) else None
    return (
        *(name, relation.kind, filler.document, member.role),
        *(None if evidence else filler.id if isinstance(filler, Figure) else None, evidence and evidence.kind),
        *(filler.start, filler.end, filler.raw, evidence and evidence.value),
        *(member.sign, plain(member.offset), relation.confidence),
    )


def _check(check: Check, relation: str) -> Row:
    return (
        *(check.id, relation, check.document, check.rule, check.verdict, check.reason),
        *_ends(check.left),
        *_ends(check.right),
        *_gap(check.gap),
        *(check.equation, check.computed, check.relation.confidence),
    )


def _ends(interval: Interval | None) -> tuple[str | None, str | None]:
    return (None, None) if interval is None else outward(interval)


def _gap(gap: Fraction | None) -> tuple[str | None, float | None]:
    return (None, None) if gap is None else (rounded(gap), float(gap))
