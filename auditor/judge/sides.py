"""Both sides of a comparison as intervals, whether any values satisfy it, and how far they are from it."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.judge import reading as readings
from auditor.judge.arithmetic import ZERO, subtract
from auditor.judge.expression import Expression
from auditor.judge.ranges import reach
from auditor.model.exact import Fraction
from auditor.model.quantity import Interval
from auditor.model.relation import Relation


@dataclass(frozen=True, slots=True)
class Sides:
    """``holds`` is whether some values inside the intervals satisfy the comparison, and ``None``, as everything
    else, when a divisor may be zero. ``gap`` is in the unit of the sides, 0 when it holds."""

    left: Interval | None = None
    right: Interval | None = None
    gap: Fraction | None = None
    holds: bool | None = None


def sides(expression: Expression, relation: Relation, reading: readings.Reading) -> Sides:
    """Evaluate a comparison under one reading of the figures; the relation must fill it (`reading.unfit`)."""
    box = readings.box(expression, relation, reading)
    left, right = reach(expression.left, box), reach(expression.right, box)
    if left is None or right is None:
        return Sides(left, right)
    # The difference sees a role that stands on both sides; comparing the two ranges would not.
    difference = reach(expression.difference(), box) if expression.entangled() else subtract(left, right)
    if difference is None:
        return Sides(left, right)
    return Sides(left, right, _gap(difference, expression.comparison), compared(difference, expression.comparison))


def compared(difference: Interval, comparison: str) -> bool:
    """Whether some value of a difference compares with 0 as wanted."""
    match comparison:
        case "==":
            return ZERO in difference
        case "<=":
            return difference.lo is None or difference.lo <= 0
        case ">=":
            return difference.hi is None or difference.hi >= 0
        case "<":
            return difference.lo is None or difference.lo < 0
        case _:
            return difference.hi is None or difference.hi > 0


def _gap(difference: Interval, comparison: str) -> Fraction:
    above = ZERO if difference.lo is None else max(ZERO, difference.lo)
    below = ZERO if difference.hi is None else max(ZERO, -difference.hi)
    if comparison == "==":
        return max(above, below)
    return above if comparison in ("<", "<=") else below
