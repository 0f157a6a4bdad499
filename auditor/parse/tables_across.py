"""Relations along the rows of a table: percentages of plan, growth, changes, shares and totals of other columns.

Which columns a column compares is told by the words of the heads and by a row that numbers the columns; where they
leave a choice, the rows vote. Nothing is bound that most rows gainsay: then the head was misread, not the table wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import permutations
from typing import Literal

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


@dataclass(frozen=True, slots=True)
class Summed:
    """A column and those that add up to it, or that it bounds."""

    kind: str
    total: Column
    parts: tuple[Column, ...]
    confidence: float


def comparisons(sheet: Sheet) -> Iterator[Relation]:
    for column in sheet.derived():
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
        holds = _fits(operation, said, top, base)
        yes, no = yes + holds, no + (not holds)
    return yes, no


def _fits(operation: Operation, said: Figure, top: Figure, base: Figure) -> bool:
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
    if over.quantity.dimension == "percent" and operation != "difference" and _fits("difference", said, over, under):
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


def row_totals(sheet: Sheet) -> Iterator[Relation]:
    """Columns that add up to another: those under one head, or those beside a head that says `Tổng số`."""
    for total in sheet.levels():
        if "total" not in total.words and not total.formula:
            continue
        found = _parts_of(sheet, total)
        if found is None:
            continue
        parts, confidence = found
        kind = "part-within-total" if all("within" in part.words for part in parts) else "total-of-parts"
        summed = Summed(kind, total, tuple(parts), confidence)
        for row in sheet.rows:
            yield from _sum(sheet, row, summed)


def _parts_of(sheet: Sheet, total: Column) -> tuple[list[Column], float] | None:
    numbers = [int(one) for one in re.findall(r"[0-9]{1,2}", total.formula)] if "+" in total.formula else []
    by_number = {column.number: column for column in sheet.levels()}
    if numbers and all(number in by_number for number in numbers):
        return [by_number[number] for number in numbers], NAMED
    levels = sheet.levels()
    for parts in _stretches(levels, total):
        if all("within" in part.words for part in parts):
            return parts, NAMED
        yes, no = _sum_votes(sheet, total, parts)
        if (yes >= 2 and yes > no) or (yes == 1 and no <= 1) or (yes + no == 1 and "total" in total.words):
            return parts, NAMED if yes else LIKELY
    return None


def _stretches(levels: Sequence[Column], total: Column) -> Iterator[list[Column]]:
    """Levels beside a total, the longest first: those of its own group, those that follow, those before."""
    at = levels.index(total)
    mine = [column for column in levels if column.group == total.group and column is not total and total.group >= 0]
    after, before = list(levels[at + 1 :]), list(levels[:at])
    tried: list[list[Column]] = []
    within = [column for column in after if "within" in column.words]
    for row in (mine, within, after, before):
        plain = [column for column in row if column.is_plan == total.is_plan and "total" not in column.words]
        for size in range(len(plain), 1, -1):
            for parts in (plain[:size], plain[-size:]):
                if parts not in tried:
                    tried.append(parts)
                    yield parts


def _sum_votes(sheet: Sheet, total: Column, parts: Sequence[Column]) -> tuple[int, int]:
    yes = no = 0
    for row in sheet.rows[:VOTERS]:
        whole, found = sheet.figure(row, total), _figures(sheet, row, parts)
        if whole is None or found is None or len(found) < 2:
            continue
        holds = adds_up(whole, found)
        yes, no = yes + holds, no + (not holds)
    return yes, no


def adds_up(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Whether parts can add up to a whole within their rounding."""
    gap = abs(sum((part.quantity.value for part in parts), Fraction(0)) - whole.quantity.value)
    return gap <= sum((figure.quantity.step for figure in (whole, *parts)), Fraction(0)) / 2


def _figures(sheet: Sheet, row: Row, columns: Sequence[Column]) -> list[Figure] | None:
    """The figures of some columns in a row; nothing where one is missing that may be more than zero."""
    found: list[Figure] = []
    for column in columns:
        figure, slot = sheet.figure(row, column), sheet.slot(row, column)
        if figure is not None:
            found.append(figure)
        elif slot is not None and slot.missing != "nothing":
            return None
    return found


def _sum(sheet: Sheet, row: Row, summed: Summed) -> Iterator[Relation]:
    kind, parts, sure = summed.kind, summed.parts, summed.confidence
    whole, found = sheet.figure(row, summed.total), _figures(sheet, row, parts)
    if whole is None or not found:
        if whole is not None and found is None and kind == "total-of-parts":
            yield incomplete(sheet, whole, [f for part in parts if (f := sheet.figure(row, part))])
        return
    if not row.additive and whole.quantity.dimension in ("percent", "permille"):
        return
    if kind == "part-within-total":
        for part in found:
            yield Relation(kind, sheet.path, (Member("part", part), Member("total", whole)), sure)
    elif len(found) > 1 or adds_up(whole, found):
        yield Relation(kind, sheet.path, (Member("total", whole), *(Member("part", part) for part in found)), sure)


def incomplete(sheet: Sheet, whole: Figure, parts: Sequence[Figure]) -> Relation:
    """A sum with an empty cell among its parts: nothing can be said about it."""
    members = (Member("total", whole), *(Member("part", part) for part in parts))
    if adds_up(whole, parts) and len(parts) > 1:
        return Relation("total-of-parts", sheet.path, members, LIKELY)
    return Relation("total-of-parts", sheet.path, members, LIKELY, ("part",), "cell-missing")
