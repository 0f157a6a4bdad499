"""Relations down the columns of a table: sums over the hierarchy of its rows, and shares of a column's total."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from auditor.model.figure import Figure
from auditor.model.relation import Member, Relation
from auditor.parse.page import LIKELY, NAMED, SIBLINGS
from auditor.parse.tables_across import fits
from auditor.parse.tables_columns import Column
from auditor.parse.tables_figures import Sheet
from auditor.parse.tables_rows import Row
from auditor.parse.tables_totals import adds_up, incomplete

MOST_PARTS = 400
NEVER = frozenset({"percent", "permille", "points", "times", "score"})


def column_sums(sheet: Sheet) -> Iterator[Relation]:
    for row, parts, strong in families(sheet):
        bounded = [part for part in parts if part.within]
        if bounded:
            yield from _bounded(sheet, row, bounded)
        elif len(parts) > 1:
            yield from _sums(sheet, row, parts, strong)


def families(sheet: Sheet) -> Iterator[tuple[Row, list[Row], bool]]:
    """Each row with the rows that should make it up, and whether words say so rather than the numbering alone."""
    for row in sheet.rows:
        if row.parts:
            yield row, row.parts, row.total or row.complete or any(part.complete for part in row.parts)
    tops = [row for row in sheet.rows if row.parent is None and row.label and not row.total]
    totals = [row for row in sheet.rows if row.total and row.parent is None and not row.parts]
    at = [row.index for row in tops]
    last = -1
    for number, total in enumerate(totals):
        following = totals[number + 1].index if number + 1 < len(totals) else len(sheet.grid.rows)
        here = bisect_left(at, total.index)
        before, after = tops[bisect_left(at, last + 1) : here], tops[here : bisect_left(at, following)]
        last = total.index
        parts = before or after
        if parts and not any(part.year for part in parts if part.year and str(part.year) == part.label[-4:]):
            yield total, parts, True


def _sums(sheet: Sheet, row: Row, parts: Sequence[Row], strong: bool) -> Iterator[Relation]:
    """The sums of all columns, if the columns bear them out; the numbering alone is no claim to be complete."""
    full: list[tuple[Figure, list[Figure]]] = []
    gaps: list[tuple[Figure, list[Figure]]] = []
    for column in (column for column in sheet.levels() if column.additive):
        whole = sheet.figure(row, column)
        found = _parts(sheet, parts, column, whole) if whole is not None else None
        some = [figure for figure in found or () if figure is not None]
        if whole is not None and found is not None and len(some) > 1:
            (gaps if None in found else full).append((whole, some))
    agree = sum(adds_up(*one) for one in full)
    if full and (agree * 2 >= len(full) if agree else strong and len(full) == 1):
        sure = NAMED if strong else SIBLINGS if agree > 1 else LIKELY
        yield from (_total(sheet, *one, sure) for one in full)
    if strong or agree:
        yield from (incomplete(sheet, *one) for one in gaps)


def _total(sheet: Sheet, whole: Figure, parts: Sequence[Figure], sure: float) -> Relation:
    members = (Member("total", whole), *(Member("part", part) for part in parts))
    if len(parts) > MOST_PARTS:
        return Relation("total-of-parts", sheet.path, members[:2], sure, ("part",), "list-too-long")
    return Relation("total-of-parts", sheet.path, members, sure)


def _parts(sheet: Sheet, parts: Sequence[Row], column: Column, whole: Figure) -> list[Figure | None] | None:
    """The figures of rows in a column: ``None`` among them for an empty cell; nothing where they cannot be added."""
    if whole.quantity.dimension in NEVER or "/" in (whole.quantity.unit or ""):
        return None
    out: list[Figure | None] = []
    for part in parts:
        if not part.additive:
            return None
        figure, slot = sheet.figure(part, column), sheet.slot(part, column)
        if figure is not None:
            if figure.quantity.unit != whole.quantity.unit:
                return None
            out.append(figure)
        elif part.parts and not any(sheet.figure(part, other) for other in sheet.levels()):
            inner = _parts(sheet, part.parts, column, whole)
            if inner is None:
                return None
            out += inner
        elif slot is None or slot.missing != "nothing":
            out.append(None)
    return out


def _bounded(sheet: Sheet, row: Row, parts: Sequence[Row]) -> Iterator[Relation]:
    for column in sheet.levels():
        whole = sheet.figure(row, column)
        if whole is None or whole.quantity.dimension in NEVER or not column.additive:
            continue
        for part in parts:
            figure = sheet.figure(part, column)
            if figure is not None and figure.quantity.unit == whole.quantity.unit and part.additive:
                members = Member("part", figure), Member("total", whole)
                yield Relation("part-within-total", sheet.path, members, NAMED)


def column_shares(sheet: Sheet) -> Iterator[Relation]:
    """A column of percentages against a column of levels and the level of the row above them all."""
    for share in sheet.derived():
        if share.words & {"plan", "previous", "growth", "change"}:
            continue
        best = max((_shares(sheet, share, level) for level in sheet.levels()), key=_score, default=None)
        if best and _score(best) >= 2 and 2 * _score(best) > len(best):
            for part, whole, said, _ in best:
                members = Member("part", part), Member("total", whole), Member("share", said)
                yield Relation("share-of-total", sheet.path, members, SIBLINGS)
            yield from _hundred(sheet, share)


Shares = list[tuple[Figure, Figure, Figure, bool]]


def _score(shares: Shares) -> int:
    return sum(holds for *_, holds in shares)


def _shares(sheet: Sheet, share: Column, level: Column) -> Shares:
    out: Shares = []
    for row, parts, _ in families(sheet):
        whole = sheet.figure(row, level)
        for part in parts if whole is not None else ():
            said, figure = sheet.figure(part, share), sheet.figure(part, level)
            if (
                said is not None
                and figure is not None
                and whole is not None
                and figure.quantity.unit == whole.quantity.unit
            ):
                out.append((figure, whole, said, fits("ratio", said, figure, whole)))
    return out


def _hundred(sheet: Sheet, share: Column) -> Iterator[Relation]:
    """The shares of all parts of a whole whose own share is printed as 100."""
    for row, parts, _ in families(sheet):
        whole = sheet.figure(row, share)
        said = [figure for part in parts if (figure := sheet.figure(part, share)) is not None]
        whole_list = len(said) == len(parts) > 1 and not any(part.within for part in parts)
        if whole is not None and whole.quantity.value == 100 and whole_list and len(said) <= MOST_PARTS:
            yield Relation("shares-sum-to-100", sheet.path, tuple(Member("share", one) for one in said), LIKELY)
