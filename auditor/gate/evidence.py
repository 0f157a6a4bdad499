"""Failing rows in words: for each the exact judge is asked again, on figures read one by one as those of prose are.

So what the columns decided is decided a second time, by other code; a difference between the two is a fault of the
program and stops the run.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor

import polars as pl

from auditor.gate.cellrules import RELATION, ROLE
from auditor.gate.cells import WIDEST, allowed_decimals, pattern
from auditor.gate.contract import Binding, Column, Contract, Selector
from auditor.gate.result import Checked, Tally
from auditor.gate.sheet import Row, Spans
from auditor.gate.units import unit
from auditor.gate.verdicts import ASK
from auditor.judge.verdict import judge
from auditor.model.check import Check
from auditor.model.exact import Fraction, rational
from auditor.model.figure import Evidence, Figure
from auditor.model.quantity import Quantity
from auditor.model.relation import Member, Relation


class Disagreement(Exception):
    """The columns and the exact judge came to different verdicts: a fault of this program."""


def quantity(column: Column, raw: str, contract: Contract, beside: Row | None = None) -> Quantity | None:
    """What a printed cell means, or ``None`` where it is no figure of the column. Exact, one cell at a time; ``beside``
    are the other cells of its row, which may name its unit or its step."""
    read = _number(column, raw, contract)
    if read is None:
        return None
    value, digits = read
    places = allowed_decimals(column)
    step: Fraction | None = Fraction(10) ** -(digits if places is None else places)
    if column.exact:
        step = Fraction(0)
    elif column.step:
        found = _number(contract.columns[column.step], (beside or {}).get(column.step, ""), contract)
        step = found[0] if found and found[0] >= 0 else None
    if step is None:
        return None
    measure = unit(_unit_text(column, contract, beside))
    value, step, factor = value * measure.factor, step * measure.factor, measure.factor
    return Quantity(value, step, measure.base or None, measure.dimension, not step, scale=factor)


def _number(column: Column, raw: str, contract: Contract) -> tuple[Fraction, int] | None:
    """The value of a cell and how many decimals it has."""
    text, mark = raw.strip(), contract.reader.decimal
    if not re.match(pattern(column, contract.reader), text):
        return None
    digits = re.sub(rf"[^0-9\-\u2212{re.escape(mark)}]", "", text).replace("\u2212", "-")
    whole, _, part = digits.partition(mark)
    value, places = Fraction(int(whole + part), 10 ** len(part)), allowed_decimals(column)
    too_wide = len((whole + part).lstrip("-0")) > WIDEST
    too_precise = places is not None and (value * Fraction(10) ** places).denominator != 1
    return None if too_wide or too_precise else (value, len(part))


def _unit_text(column: Column, contract: Contract, beside: Row | None) -> str:
    named = (beside or {}).get(contract.unit) if contract.unit else None
    return named or column.unit or ""


def printed(value: object, column: Column | None, mark: str) -> str:
    """A cell as text: what the source prints, or, for a float, the decimals that the contract says it has."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", mark)
    if isinstance(value, float) and column is not None and column.numeric:
        return _rounded(value, allowed_decimals(column) or 0).replace(".", mark)
    return str(value)


def _rounded(value: float, places: int) -> str:
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - not a number
        return str(value)
    scaled = rational(repr(value)) * Fraction(10) ** places
    if abs(scaled - round(scaled)) > Fraction(1, 1000):
        return repr(value)
    whole = floor(abs(scaled) + Fraction(1, 2))
    text = str(whole * 10**-places) if places <= 0 else f"{whole:0{places + 1}d}"
    text = text if places <= 0 else f"{text[:-places]}.{text[-places:]}"
    return f"-{text}" if value < 0 and whole else text


@dataclass(frozen=True, slots=True)
class Scribe:
    """Writes the checks of one table. ``rows`` are the printed cells of the rows that it may speak of."""

    checked: Checked
    rows: Mapping[int, Row]
    spans: Spans

    def checks(self, failing: pl.DataFrame) -> list[Check]:
        """The checks of some failing rows, in their order."""
        tallies = {tally.number: tally for tally in self.checked.tallies}
        return [self._check(tallies[one["check"]], one) for one in failing.iter_rows(named=True)]

    def _check(self, tally: Tally, one: Mapping[str, object]) -> Check:
        if tally.binding is None:
            return self._cell(tally, one)
        check = judge(tally.rule, self._relation(tally, list(one["rows"])))  # type: ignore[call-overload]
        expected = (one["verdict"], one["reason"])
        if one["verdict"] != ASK and (check.verdict, check.reason) != expected:
            raise Disagreement(
                f"{self.checked.path}: row {one['row']}: {tally.name}: {expected} or {check.verdict}, {check.reason}"
            )
        return check

    def _cell(self, tally: Tally, one: Mapping[str, object]) -> Check:
        row = int(str(one["row"]))
        members = tuple(Member(ROLE, self._span(row, name)) for name in tally.columns)
        relation = Relation(RELATION, self.checked.path, members)
        reason = one["reason"]
        cells = ", ".join(f"{name} = {self.rows[row].get(name, '')!r}" for name in tally.columns)
        return Check("", tally.rule.id, relation, "contradiction", str(reason) if reason else None, equation=cells)

    def _span(self, row: int, name: str) -> Evidence:
        start, end = self.spans.get((row, name), (0, 0))
        raw = self.rows[row].get(name, "")
        text = f"{name} = {raw}" if raw else name
        return Evidence(self.checked.path, "span", start, end, text, f"{text} ({self.key(row)})")

    def _relation(self, tally: Tally, rows: Sequence[int]) -> Relation:
        binding = tally.binding
        assert binding is not None
        if binding.over:
            whole, *parts = rows
            column = binding.columns()[0]
            members = [
                Member("total", self.figure(whole, column, binding)),
                *(Member("part", self.figure(row, column, binding)) for row in parts),
            ]
        else:
            members = [
                Member(role, self.figure(self._row(selector, rows), selector.column, binding))
                for role, found in binding.roles
                for selector in found
            ]
        return Relation(binding.relation, self.checked.path, tuple(members))

    def _row(self, selector: Selector, rows: Sequence[int]) -> int:
        """The row of a long table where the selector's words stand; in a wide one there is only one row."""
        fitting = (
            row for row in rows if all(self.rows[row].get(name, "").strip() == value for name, value in selector.where)
        )
        return next(fitting)

    def figure(self, row: int, name: str, binding: Binding) -> Figure:
        """One cell as a figure; its key says where and when. A row names the unit of its value only in a long table:
        beside several figures it cannot mean each."""
        contract = self.checked.contract
        cells, column = self.rows[row], contract.columns[name]
        beside = cells if binding.across_rows else {one: text for one, text in cells.items() if one != contract.unit}
        found = quantity(column, cells.get(name, ""), contract, beside)
        if found is None:
            raise Disagreement(f"{self.checked.path}: row {row}, {name}: {cells.get(name, '')!r} is no figure")
        start, end = self.spans.get((row, name), (0, 0))
        return Figure(
            f"{self.checked.path}:{row}:{name}", self.checked.path, start, end, cells[name].strip(), found,
            indicator=name, place=self.key(row), unit_text=_unit_text(column, contract, beside),
        )  # fmt: skip

    def key(self, row: int) -> str:
        """The row's name: the cells of the contract's key, or its number where there is none."""
        key = self.checked.contract.key
        return ", ".join(self.rows[row].get(name, "") for name in key) if key else f"#{row}"

    def witnesses(self, failing: pl.DataFrame) -> list[Check]:
        """Relations within some failing rows that hold: they vouch for their figures when suspects are weighed."""
        broken: defaultdict[int, set[int]] = defaultdict(set)
        for one in failing.iter_rows(named=True):
            broken[one["row"]].add(one["check"])
        rowwise = [tally for tally in self.checked.tallies if tally.binding and not tally.binding.across_rows]
        asked = ((tally, row) for row, numbers in broken.items() for tally in rowwise if tally.number not in numbers)
        checks = (self._witness(tally, row) for tally, row in asked)
        return [check for check in checks if check and check.verdict == "consistent"]

    def _witness(self, tally: Tally, row: int) -> Check | None:
        try:
            return judge(tally.rule, self._relation(tally, [row]))
        except Disagreement:  # a cell of it is no figure
            return None
