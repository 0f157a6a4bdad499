"""Cells to figures: value, precision and unit, the unit from the cell, the row, the column or the caption."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.languages.tables import Measure, TableWords
from auditor.model.exact import Fraction
from auditor.model.figure import Figure, Role
from auditor.model.quantity import Bound, Quantity
from auditor.parse import numerals
from auditor.parse.numerals import Mark
from auditor.parse.tables_columns import Column
from auditor.parse.tables_grid import Grid, Number, Slot
from auditor.parse.tables_rows import Row

PERCENT = Measure("%", Fraction(1), "percent", "%")
BANDS: dict[Bound, tuple[Fraction | None, Fraction | None]] = {
    ">=": (Fraction(1), None), "<=": (None, Fraction(1)), "~": (Fraction(19, 20), Fraction(21, 20)),
}  # fmt: skip


@dataclass(slots=True, eq=False)
class Sheet:
    """A table read: its rows and columns, and the figure of each cell that has one."""

    path: str
    grid: Grid
    columns: list[Column]
    rows: list[Row]
    mark: Mark
    words: TableWords
    figures: dict[tuple[int, int], Figure] = field(default_factory=dict)

    def figure(self, row: Row, column: Column) -> Figure | None:
        return self.figures.get((row.index, column.index))

    def slot(self, row: Row, column: Column) -> Slot | None:
        return self.grid.at(row.index, column.index)

    def read(self) -> Sheet:
        """Reads the figures of all cells that hold one."""
        for row in self.rows:
            for column in self.columns:
                slot = self.slot(row, column)
                if column.role in ("level", "derived") and slot is not None and slot.number is not None and slot.origin:
                    self.figures[row.index, column.index] = _figure(self, slot.number, row, column)
        return self

    def levels(self) -> list[Column]:
        return [column for column in self.columns if column.role == "level"]

    def derived(self) -> list[Column]:
        return [column for column in self.columns if column.role == "derived"]


def _figure(sheet: Sheet, number: Number, row: Row, column: Column) -> Figure:
    path, read = sheet.path, numerals.read(number.raw, sheet.mark)
    measure = _measure(number, row, column, sheet.words)
    plain = measure.dimension in ("count", "number") and measure.factor == 1 and read.step == 1
    exact = plain and "/" not in (measure.unit or "")
    value = number.sign * read.value * measure.factor
    step = Fraction(0) if exact else read.step * measure.factor
    band = BANDS[number.bound] if number.bound else None
    quantity = Quantity(value, step, measure.unit, measure.dimension, exact, number.bound, band, measure.factor)
    raw = number.raw + ("%" if number.unit == "%" and number.end - number.start > len(number.raw) else "")
    return Figure(f"{path}:{number.start}", path, number.start, number.end, raw, quantity, row.label or None,
                  None, _period(row, column), _role(column), unit_text=measure.printed)  # fmt: skip


def _measure(number: Number, row: Row, column: Column, words: TableWords) -> Measure:
    """A unit in the cell itself stands above one in the column's head, the row, and the caption."""
    if number.unit:
        return words.measure(number.unit) or PERCENT
    if column.role == "derived":
        return _compared(row, column)
    return column.measure or row.measure or Measure(None, Fraction(1), "number")


def _compared(row: Row, column: Column) -> Measure:
    """A column that compares is in per cent, unless its words speak of a plain difference."""
    if column.measure is not None and column.measure.dimension != "percent":
        return column.measure
    plain = "change" in column.words and not column.percent and not column.words & {"growth", "share"}
    return row.measure if plain and row.measure is not None else PERCENT


def _period(row: Row, column: Column) -> str | None:
    return column.period or (str(row.year) if row.year else None)


def _role(column: Column) -> Role:
    if column.is_plan and column.role == "level":
        return "plan"
    if column.is_previous and column.role == "level":
        return "previous"
    return "estimate" if "estimate" in column.words else "actual"
