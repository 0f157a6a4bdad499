"""A rule's `holds` as Polars expressions over the figures of a frame: the twin of `auditor.judge.equation`.

The same expression language, the same readings, the same order of questions; only the numbers are columns. Rows that
the arithmetic here does not cover (a divisor that is not positive) are left to the exact judge.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

import polars as pl

from auditor.gate.amounts import Amount
from auditor.gate.terms import NARROW, WIDE, End, Ledger, Span, Whole, greatest, least
from auditor.judge.expression import Atom, Expression, Node, Number, Operation, atoms
from auditor.judge.ranges import MAX_CORNERS, Key, degrees
from auditor.judge.reading import CUT_REACH
from auditor.model.exact import Fraction

Reading = Literal["expected", "cut"]
Slots = Mapping[str, Sequence[Amount]]
Box = dict[Key, Span]


class TooWide(Exception):
    """The numbers of this frame fit no whole-number type of Polars."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``holds`` for each row; ``zero`` where a divisor may be zero, ``beyond`` where a divisor is negative."""

    holds: pl.Expr
    zero: pl.Expr | None
    beyond: pl.Expr | None


def holds(expression: Expression, slots: Slots, reading: Reading = "expected", allowance: End | None = None) -> Answer:
    """Whether some values inside the intervals satisfy the comparison, give or take an allowance.

    Raises TooWide.
    """
    for dtype, limit in ((pl.Int64, NARROW), (pl.Int128, WIDE)):
        ledger = Ledger(dtype)
        answer = _Compiler(slots, reading, ledger).answer(expression, allowance)
        if ledger.widest < limit:
            return answer
    raise TooWide


class _Compiler:
    def __init__(self, slots: Slots, reading: Reading, ledger: Ledger) -> None:
        self.slots, self.reading, self.ledger = slots, reading, ledger
        self.zero: list[pl.Expr] = []
        self.beyond: list[pl.Expr] = []

    def answer(self, expression: Expression, allowance: End | None) -> Answer:
        node = expression.difference()
        box: Box = {atom.key: self._atom(atom) for atom in expression.atoms()}
        spans = [self._span(node, {**box, **corner}) for corner in _corners(node, box)]
        # What is computed at every corner is asked about zero once, on the whole box.
        self.zero, self.beyond = [], []
        self._span(node, box)
        return Answer(self._compared(spans, expression.comparison, allowance), _any(self.zero), _any(self.beyond))

    def _compared(self, spans: Sequence[Span], comparison: str, allowance: End | None) -> pl.Expr:
        """Over all corners: the lowest end is low enough, and the highest high enough, as the comparison asks."""
        lows = [span.lo.plus(self._own(allowance).negative()) if allowance else span.lo for span in spans]
        highs = [span.hi.plus(self._own(allowance)) if allowance else span.hi for span in spans]
        strict = comparison in ("<", ">")
        low = _some([end.number.number < 0 if strict else end.number.number <= 0 for end in lows])
        high = _some([end.number.number > 0 if strict else end.number.number >= 0 for end in highs])
        if comparison == "==":
            return low & high
        return low if comparison.startswith("<") else high

    def _own(self, end: End) -> End:
        number = Whole(end.number.number.cast(self.ledger.dtype), end.number.least, end.number.most, self.ledger)
        return End(end.factor, number)

    def _span(self, node: Node, box: Box) -> Span:
        match node:
            case Number(value):
                return self._constant(value)
            case Atom():
                return box[node.key]
            case Operation(operator, left, right):
                return self._joined(operator, self._span(left, box), self._span(right, box))

    def _joined(self, operator: str, x: Span, y: Span) -> Span:
        if operator == "/":
            self._watch(y)
            return x.over(y)
        if operator == "*":
            return x.times(y)
        return x.plus(y if operator == "+" else y.negative())

    def _watch(self, divisor: Span) -> None:
        low, high = divisor.lo.number, divisor.hi.number
        if low.least <= 0:
            self.zero.append((low.number <= 0) & (high.number >= 0))
        if high.least < 0:
            self.beyond.append(high.number < 0)

    def _constant(self, value: Fraction) -> Span:
        # The factor carries the size, so that 100 does not widen every number it meets.
        sign = -1 if value < 0 else 1 if value else 0
        end = End(abs(value) or Fraction(1), Whole(self.ledger.literal(sign), sign, sign, self.ledger))
        return Span(end, end)

    def _atom(self, atom: Atom) -> Span:
        amounts = self.slots[atom.role]
        if atom.function == "count":
            return self._constant(Fraction(len(amounts)))
        spans = [self._amount(amount) for amount in amounts]
        if atom.function in ("min", "max"):
            chosen = least if atom.function == "min" else greatest
            return Span(chosen([span.lo for span in spans]), chosen([span.hi for span in spans]))
        found, *rest = spans
        for span in rest:
            found = found.plus(span)
        return found

    def _amount(self, amount: Amount) -> Span:
        factor = amount.measure.factor / 10**amount.scale
        value = self._column(amount.value, amount.least, amount.most)
        if not amount.widest:
            end = End(factor, value)
            return Span(end, end)
        step = self._step(amount.step, amount.widest)
        if self.reading == "expected":
            twice = value.by(2)
            return Span(End(factor / 2, twice.plus(step.by(-1))), End(factor / 2, twice.plus(step)))
        below = self._below(amount, value, step)
        reach, whole = CUT_REACH.numerator, CUT_REACH.denominator
        wide = value.by(whole)
        low, high = wide.plus(below.by(-reach)), wide.plus(step.plus(below.by(-1)).by(reach))
        return Span(End(factor / whole, low), End(factor / whole, high))

    def _below(self, amount: Amount, value: Whole, step: Whole) -> Whole:
        """The steps of negative figures: cut digits lie below those, above all others."""
        if amount.step_below:
            return self._step(amount.step_below, amount.widest)
        nothing = Whole(self.ledger.literal(0), 0, 0, self.ledger)
        return step.where(value.number < 0, nothing)

    def _step(self, step: str | int, widest: int) -> Whole:
        if isinstance(step, int):
            return Whole(self.ledger.literal(step), step, step, self.ledger)
        return self._column(step, 0, widest)

    def _column(self, name: str, least: int, most: int) -> Whole:
        return Whole(pl.col(name).cast(self.ledger.dtype), *self.ledger.met(least, most), self.ledger)


def _corners(node: Node, box: Box) -> list[Box]:
    """The box with roles that occur more than once put at their ends; see `auditor.judge.ranges`."""
    counts = Counter(atom.key for atom in atoms(node))
    repeated = [key for key, times in counts.items() if times > 1 and max(degrees(node, key)) <= 1][:MAX_CORNERS]
    ends = [[Span(end, end) for end in (box[key].lo, box[key].hi)] for key in repeated]
    return [dict(zip(repeated, corner, strict=True)) for corner in product(*ends)]


def _some(conditions: Sequence[pl.Expr]) -> pl.Expr:
    return conditions[0] if len(conditions) == 1 else pl.any_horizontal(conditions)


def _any(conditions: Sequence[pl.Expr]) -> pl.Expr | None:
    return _some(conditions) if conditions else None
