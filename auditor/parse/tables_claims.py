"""The word in an assessment column against the numbers of its row: met, exceeded, missed."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.languages.tables import TableWords, plain
from auditor.model.figure import Evidence, Figure
from auditor.model.relation import Member, Relation
from auditor.parse.page import LIKELY, NAMED
from auditor.parse.tables_figures import Sheet
from auditor.parse.tables_grid import Slot
from auditor.parse.tables_rows import Row


def assessments(sheet: Sheet, source: str) -> Iterator[Relation]:
    column = next((one for one in sheet.columns if one.role == "assessment"), None)
    levels = sheet.levels()
    plan = next((one for one in levels if one.is_plan), None)
    actual = next((one for one in reversed(levels) if not one.is_plan and not one.is_previous), None)
    if column is None or plan is None or actual is None:
        return
    for row in sheet.rows:
        word = _claim(sheet, sheet.slot(row, column), source)
        done, wanted = sheet.figure(row, actual), sheet.figure(row, plan)
        if word is not None and done is not None and wanted is not None and done.quantity.unit == wanted.quantity.unit:
            members = Member("actual", done), Member("target", wanted), Member("claim", word)
            turned = _direction(sheet, row, source)
            yield Relation("target-claim", sheet.path, (*members, *turned), _confidence(row, done, sheet.words))


def _claim(sheet: Sheet, slot: Slot | None, source: str) -> Evidence | None:
    claim = sheet.words.claims.get(plain(slot.text).rstrip(".")) if slot and slot.origin else None
    if slot is None or claim is None:
        return None
    start, end = slot.cell.start, slot.cell.end
    return Evidence(sheet.path, "word", start, end, source[start:end], claim)


def _direction(sheet: Sheet, row: Row, source: str) -> Iterator[Member]:
    """That less is better, where the label says what nobody wants more of."""
    if row.slot is not None and sheet.words.better_low(row.label):
        start, end = row.slot.cell.start, row.slot.cell.end
        yield Member("direction", Evidence(sheet.path, "word", start, end, source[start:end], "down"))


def _confidence(row: Row, done: Figure, words: TableWords) -> float:
    """Counts and amounts are wanted; which way a rate should go must be known."""
    if words.better_low(row.label) or done.quantity.dimension != "percent":
        return NAMED
    return LIKELY
