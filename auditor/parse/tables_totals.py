"""Totals along the rows of a table: columns that add up to another one, or that it bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.model.exact import Fraction
from auditor.model.figure import Figure
from auditor.model.relation import Member, Relation
from auditor.parse.page import LIKELY, NAMED
from auditor.parse.tables_columns import Column
from auditor.parse.tables_figures import Sheet
from auditor.parse.tables_rows import Row

VOTERS = 200


@dataclass(frozen=True, slots=True)
class Summed:
    """A column and those that add up to it, or that it bounds."""

    kind: str
    total: Column
    parts: tuple[Column, ...]
    confidence: float


def row_totals(sheet: Sheet) -> Iterator[Relation]:
    """Columns that add up to another: those under one head, or those beside a head that says `total`."""
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
            if _adds(sheet, row, total):
                yield from _sum(sheet, row, summed)


def _adds(sheet: Sheet, row: Row, total: Column) -> bool:
    """Whether what a row counts can be added up: yields and averages cannot."""
    whole = sheet.figure(row, total)
    return row.additive and whole is not None and "/" not in (whole.quantity.unit or "")


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
    for row in filter(lambda row: _adds(sheet, row, total), sheet.rows[:VOTERS]):
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
