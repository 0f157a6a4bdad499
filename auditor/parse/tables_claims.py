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


def assessments(sheet: Sheet, source: str, words: TableWords) -> Iterator[Relation]:
    column = next((one for one in sheet.columns if one.role == "assessment"), None)
    levels = sheet.levels()
    plan = next((one for one in levels if one.is_plan), None)
    actual = next((one for one in reversed(levels) if not one.is_plan and not one.is_previous), None)
    if column is None or plan is None or actual is None:
        return
    for row in sheet.rows:
        slot, done, wanted = sheet.slot(row, column), sheet.figure(row, actual), sheet.figure(row, plan)
        claim = words.claims.get(plain(slot.text).rstrip(".")) if slot and slot.origin else None
        if slot is None or claim is None or done is None or wanted is None or done.quantity.unit != wanted.quantity.unit:
            continue
        yield Relation("target-claim", sheet.path, tuple(_members(sheet, slot, claim, row, done, wanted, source, words)),
                       _confidence(row, done, words))  # fmt: skip


def _members(
    sheet: Sheet, slot: Slot, claim: str, row: Row, done: Figure, wanted: Figure, source: str, words: TableWords
) -> Iterator[Member]:
    start, end = slot.cell.start, slot.cell.end
    yield Member("actual", done)
    yield Member("target", wanted)
    yield Member("claim", Evidence(sheet.path, "word", start, end, source[start:end], claim))
    found = words.less_is_better.search(row.label)
    if found and row.slot is not None and not words.falling.match(row.label):
        begin, stop = row.slot.cell.start, row.slot.cell.end
        yield Member("direction", Evidence(sheet.path, "word", begin, stop, source[begin:stop], "down"))


def _confidence(row: Row, done: Figure, words: TableWords) -> float:
    """Counts and amounts are wanted; which way a rate should go must be known."""
    if words.less_is_better.search(row.label) or done.quantity.dimension != "percent":
        return NAMED
    return LIKELY
