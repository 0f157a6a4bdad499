"""Columns of a table: what each one is, by the words of its head and by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from auditor.languages.tables import Measure, TableWords, plain
from auditor.parse.tables_grid import YEAR, Grid, Slot

ColumnRole = Literal[
    "number", "label", "unit", "level", "derived", "assessment", "text"
]  # a level is a plain figure; a derived column compares levels
BRACKETS = re.compile(r"\(([^()]{1,40})\)")
MARKER = re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{1,2}){0,3}|[IVX]{1,5}|[A-ZĐ]|[a-zđ]|[-–+*•])[.)]?")
SAMPLE = 200
FORMULA = re.compile(r"^\(?([0-9]{1,2})\)?\s*[=:]\s*(.+)$")


@dataclass(slots=True, eq=False)
class Column:
    """One column. ``words`` are the classes of words in its head; ``group`` is the head over it that others share."""

    index: int
    role: ColumnRole
    text: str = ""
    words: frozenset[str] = frozenset()
    percent: bool = False
    measure: Measure | None = None
    period: str | None = None
    year: int | None = None
    group: int = -1
    number: int | None = None
    formula: str = ""
    additive: bool = True
    stack: list[str] = field(default_factory=list)

    @property
    def is_plan(self) -> bool:
        return "plan" in self.words and "actual" not in self.words and "estimate" not in self.words

    @property
    def is_previous(self) -> bool:
        return "previous" in self.words


def columns(grid: Grid, words: TableWords) -> list[Column]:
    made = [_column(grid, index, words) for index in range(grid.width)]
    _number_and_label(grid, made, words)
    return made


def _column(grid: Grid, index: int, words: TableWords) -> Column:
    slots = [grid.at(row, index) for row in range(grid.head) if row != grid.numbering]
    stack, seen = [], set()
    for slot in slots:
        if slot and slot.text.strip() and id(slot.cell) not in seen:
            seen.add(id(slot.cell))
            stack.append(plain(slot.text))
    text = " | ".join(stack)
    named = frozenset(name for name, pattern in words.heads.items() if pattern.search(text))
    if stack and words.heads["change"].match(stack[-1]):
        named |= {"leading change"}
    years = [int(year) for year in YEAR.findall(text)]
    wide = next(
        (
            slot
            for slot in slots
            if slot and slot.cell.columns > 1 and slot.text.strip() and slot.cell.columns < grid.width
        ),
        None,
    )
    column = Column(index, "text", text, named, "%" in text, _head_measure(stack, words), _period(text, words),
                    years[0] if len(years) == 1 else None, wide.cell.start if wide else -1,
                    additive=words.not_additive.search(text) is None, stack=stack)  # fmt: skip
    if grid.numbering is not None:
        _numbered(column, grid.at(grid.numbering, index))
    column.role = _role(grid, column)
    return column


def _numbered(column: Column, slot: Slot | None) -> None:
    text = slot.text.strip() if slot else ""
    found = re.match(r"\(?([0-9]{1,2})\)?", text)
    column.number = int(found[1]) if found else None
    formula = FORMULA.match(text)
    column.formula = formula[2] if formula else ""


def _head_measure(stack: Sequence[str], words: TableWords) -> Measure | None:
    """The unit that a head names: in brackets, behind a comma, or as a storey of its own."""
    for text in reversed(stack):
        for candidate in (*BRACKETS.findall(text)[::-1], text.rpartition(", ")[2], text):
            found = words.measure(_after_word(candidate, words))
            # A noun alone heads a column of that; it is no unit (a plan, a commune).
            if found is not None and (candidate != text or found.dimension != "count"):
                return found
    return None


def _after_word(text: str, words: TableWords) -> str:
    found = words.unit_line.search(text)
    return found[1] if found else text


def _period(text: str, words: TableWords) -> str | None:
    found = [match[0] for match in words.period.finditer(text)][:1] + YEAR.findall(text)[-1:]
    return " ".join(found) or None


def _role(grid: Grid, column: Column) -> ColumnRole:
    numbers = texts = 0
    for row in list(grid.body())[:SAMPLE]:
        slot = grid.at(row, column.index)
        if slot and slot.origin and slot.text.strip():
            numbers += slot.number is not None
            texts += slot.missing == "text"
    if numbers <= texts:
        return "assessment" if "assessment" in column.words and texts else "text"
    return "derived" if _compares(column) else "level"


def _compares(column: Column) -> bool:
    """Whether a head says that its column compares: per cent, a share, a change, a word for `against`."""
    words = column.words
    if words & {"versus", "growth", "share"}:
        return True
    if "change" in words and not (words & {"plan", "actual", "estimate"} and not column.percent):
        return True
    if "change" in words:
        return "leading change" in words
    return column.percent


def _number_and_label(grid: Grid, made: list[Column], words: TableWords) -> None:
    """The column of row numbers, that of labels, and that of units, by what stands in them."""
    body = list(grid.body())[:SAMPLE]
    for column in made[:3]:
        texts = [
            slot.text.strip()
            for row in body
            if (slot := grid.at(row, column.index)) and slot.origin and slot.text.strip()
        ]
        if (
            texts
            and ("number" in column.words or (column.index == 0 and not column.text))
            and all(map(MARKER.fullmatch, texts))
        ):
            column.role = "number"
            break
    label = next((column for column in made if column.role in ("text", "assessment")), None)
    if label is None:
        label = next((column for column in made if column.role != "number"), made[0])
    if made.index(label) <= LABEL_AT_MOST:
        label.role = "label"
    for column in made:
        if column.role == "text" and _holds_units(grid, column, body, words):
            column.role = "unit"


LABEL_AT_MOST = 2


def _holds_units(grid: Grid, column: Column, body: Sequence[int], words: TableWords) -> bool:
    slots = [slot for row in body if (slot := grid.at(row, column.index)) and slot.origin and slot.text.strip()]
    known = sum(words.measure(slot.text) is not None or plain(slot.text) in words.ditto for slot in slots)
    return bool(slots) and ("unit" in column.words or known * 2 > len(slots))
