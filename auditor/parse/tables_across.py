"""Comparisons along the rows of a table: percentages of plan, growth, changes and shares of other columns.

Which columns a column compares is told by the words of the heads and by a row that numbers the columns; where they
leave a choice, the rows vote. Nothing is bound that most rows gainsay: then the head was misread, not the table wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Literal

from auditor.model.exact import Fraction
from auditor.model.figure import Figure
from auditor.model.relation import Member, Relation
from auditor.parse.page import LIKELY, NAMED, SIBLINGS
from auditor.parse.tables_columns import Column
from auditor.parse.tables_figures import Sheet
from auditor.parse.tables_rows import Row

Operation = Literal["ratio", "growth", "difference", "times"]
VOTERS = 200
MOST_LEVELS = 14
ARROW = re.compile(r"([0-9]{1,2})\s*([/:\-–])\s*([0-9]{1,2})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Claim:
    """A derived column and what it compares: ``over`` stands above ``under`` in a ratio, or comes after it."""

    column: Column
    operation: Operation
    over: Column
    under: Column
    confidence: float


def comparisons(sheet: Sheet) -> Iterator[Relation]:
    for column in sheet.derived():
        if "average" in column.words and column.words & {"growth", "change"}:
            continue  # over years of which the table may show some
        claim = _told(sheet, column) or _voted(sheet, column)
        if claim is not None:
            for row in sheet.rows:
                yield from _relation(sheet, claim, row)


def _told(sheet: Sheet, column: Column) -> Claim | None:
    """What the row of column numbers says: `5=4/3`."""
    found = ARROW.search(column.formula.replace("(", "").replace(")", ""))
    by_number = {other.number: other for other in sheet.levels()}
    if not found or int(found[1]) not in by_number or int(found[3]) not in by_number:
        return None
    over, under = by_number[int(found[1])], by_number[int(found[3])]
    if found[2] in "/:":
        fits = {operation: _votes(sheet, column, operation, over, under)[0] for operation in ("ratio", "growth")}
        return Claim(column, "growth" if fits["growth"] > fits["ratio"] else "ratio", over, under, NAMED)
    return Claim(column, "difference", over, under, NAMED)


def _voted(sheet: Sheet, column: Column) -> Claim | None:
    best: tuple[tuple[float, ...], Claim] | None = None
    tried = 0
    for over, under, rank in _pairs(sheet, column):
        for number, operation in enumerate(_operations(column)):
            yes, no = _votes(sheet, column, operation, over, under)
            tried += 1
            if yes + no == 0:
                continue
            sure = (yes >= 2 and yes * 2 > no) or (yes >= 1 and yes + no <= 2)
            named = rank == 0 and yes + no <= 2 and number == 0
            if not sure and not named:
                continue
            order = (float(yes), -float(rank), -float(number))
            if best is None or order > best[0]:
                best = (
                    order,
                    Claim(column, operation, over, under, NAMED if rank == 0 else SIBLINGS if yes > 1 else LIKELY),
                )
    return best[1] if best else None


def _operations(column: Column) -> tuple[Operation, ...]:
    if "growth" in column.words:
        return "growth", "ratio"
    if "change" in column.words:
        return ("growth", "difference", "ratio") if column.percent else ("difference", "growth")
    return "ratio", "growth", "difference"


def _pairs(sheet: Sheet, column: Column) -> Iterator[tuple[Column, Column, int]]:
    """Pairs of levels that a column may compare, with a rank: 0 where the heads name both, more the less they say."""
    levels = sheet.levels()
    if len(levels) > MOST_LEVELS:
        levels = sorted(levels, key=lambda other: abs(other.index - column.index))[:MOST_LEVELS]
    found = [(over, under, _rank(column, over, under)) for over, under in permutations(levels, 2)]
    first = min((rank for *_, rank in found), default=0)
    unsure = sum(rank == first for *_, rank in found) > 1
    for over, under, rank in found:
        if rank < UNLIKELY:
            yield over, under, rank - first + (unsure and rank == first)


UNLIKELY = 8


def _rank(column: Column, over: Column, under: Column) -> int:
    """How far a pair is from what the heads say."""
    rank = 0
    wants_plan, wants_previous = "plan" in column.words, "previous" in column.words
    if "share" in column.words and not wants_plan and not wants_previous:
        return int("total" not in under.words) + 2 * int(over.is_plan != under.is_plan)
    if over.is_plan and not under.is_plan:
        rank += 4
    if wants_plan:
        rank += 0 if under.is_plan else 8
    elif wants_previous or (column.year and column.year == under.year):
        rank += 0 if _earlier(under, over, column) else 8
    else:
        rank += 0 if under.is_plan or _earlier(under, over, column) else 2
    if over.is_previous or (over.year and under.year and over.year < under.year):
        rank += 4
    return rank + int(over.words.isdisjoint({"actual", "estimate"}) and not over.is_plan and wants_plan)


def _earlier(one: Column, other: Column, column: Column) -> bool:
    if one.is_plan:
        return False
    if one.is_previous:
        return True
    if one.year and other.year and one.year < other.year:
        return column.year in (None, one.year, other.year)
    return False


def _votes(sheet: Sheet, column: Column, operation: Operation, over: Column, under: Column) -> tuple[int, int]:
    """How many rows hold and how many do not."""
    yes = no = 0
    for row in sheet.rows[:VOTERS]:
        said, top, base = (sheet.figure(row, one) for one in (column, over, under))
        if said is None or top is None or base is None:
            continue
        holds = fits(operation, said, top, base)
        yes, no = yes + holds, no + (not holds)
    return yes, no


def fits(operation: Operation, said: Figure, top: Figure, base: Figure) -> bool:
    """Whether a comparison holds, in binary numbers: a vote, no verdict."""
    a, b, c = (float(figure.quantity.value) for figure in (top, base, said))
    da, db, dc = (float(figure.quantity.step) for figure in (top, base, said))
    if operation == "difference":
        unit = said.quantity.unit == top.quantity.unit or said.quantity.dimension in ("percent", "number", "points")
        return unit and abs(a - b - c) <= (da + db + dc) / 2 + 1e-9 * max(abs(a), 1)
    if b == 0 or said.quantity.dimension not in ("percent", "number"):
        return False
    computed = 100 * a / b - (100 if operation == "growth" else 0)
    slack = dc / 2 + 100 * (da / 2 + abs(a / b) * db / 2) / abs(b)
    return abs(computed - c) <= slack * (1 + 1e-6) + 1e-9 * max(abs(c), 1)


def _relation(sheet: Sheet, claim: Claim, row: Row) -> Iterator[Relation]:
    said, over, under = (sheet.figure(row, one) for one in (claim.column, claim.over, claim.under))
    if said is None:
        return
    if over is None or under is None:
        return
    operation = claim.operation
    if over.quantity.dimension == "percent" and operation != "difference" and fits("difference", said, over, under):
        operation = "difference"  # two rates are also compared by their distance
    yield _made(sheet.path, replace(claim, operation=operation), (said, over, under))


def _made(path: str, claim: Claim, figures: tuple[Figure, Figure, Figure]) -> Relation:
    said, over, under = figures
    operation, planned, hundred = claim.operation, claim.under.is_plan, Fraction(100)
    if operation == "difference":
        members = Member("from", under), Member("to", over), Member("change", said)
        return Relation("change-between-levels", path, members, claim.confidence)
    if planned:
        offset = hundred if operation == "growth" else Fraction(0)
        members = Member("actual", over), Member("plan", under), Member("percent", said, offset=offset)
        return Relation("percent-of-plan", path, members, claim.confidence)
    if "share" in claim.column.words and operation == "ratio" and not _in_time(claim):
        members = Member("part", over), Member("total", under), Member("share", said)
        return Relation("share-of-total", path, members, claim.confidence)
    offset = Fraction(0) if operation == "growth" else -hundred
    members = Member("from", under), Member("to", over), Member("rate", said, offset=offset)
    return Relation("growth-between-levels", path, members, claim.confidence)


def _in_time(claim: Claim) -> bool:
    return claim.under.is_previous or bool(claim.over.year and claim.under.year and claim.over.year != claim.under.year)
