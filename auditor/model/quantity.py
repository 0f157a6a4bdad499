"""Numbers as printed: exact values with the precision and the hedge they were written with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from auditor.model.exact import Fraction

Bound = Literal[">=", "<=", "~"]


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed interval of exact numbers; an end that is ``None`` is open towards infinity."""

    lo: Fraction | None
    hi: Fraction | None

    def __contains__(self, value: Fraction) -> bool:
        return (self.lo is None or self.lo <= value) and (self.hi is None or value <= self.hi)

    def gap_to(self, other: Interval) -> Fraction:
        """Distance between two intervals, in their common unit; 0 when they touch or overlap."""
        if self.hi is not None and other.lo is not None and self.hi < other.lo:
            return other.lo - self.hi
        if other.hi is not None and self.lo is not None and other.hi < self.lo:
            return self.lo - other.hi
        return Fraction(0)


@dataclass(frozen=True, slots=True)
class Quantity:
    """The reading of one numeral.

    ``value`` and ``step`` (one unit of the last printed digit) are in the base unit named by ``unit``;
    ``step`` is 0 for an exact count. ``bound`` is the direction of a hedge and ``band`` its reach as two
    factors of the value: ``over 100`` is ``>=`` with (1, 1.1); an end of ``None`` is open, as in ``at least 100``.
    ``scale`` is one printed unit in base units, so that ``value / scale`` is the number as printed.
    """

    value: Fraction
    step: Fraction
    unit: str | None
    dimension: str
    exact: bool
    bound: Bound | None = None
    band: tuple[Fraction | None, Fraction | None] | None = None
    scale: Fraction = Fraction(1)

    def certain(self) -> Interval:
        """All the true values the words allow: a hedge is open on its own side, `about` on both."""
        if not self.step and self.bound is None:
            return Interval(self.value, self.value)
        half = self.step / 2
        match self.bound:
            case None:
                return Interval(self.value - half, self.value + half)
            case ">=":
                return Interval(self.value - half, None)
            case "<=":
                return Interval(None, self.value + half)
            case "~":
                return Interval(None, None)

    def likely(self) -> Interval:
        """The values a reader expects: a hedge reaches as far as its band, not to infinity."""
        if self.band is None:
            return self.certain()
        half = self.step / 2
        ends = [None if factor is None else self.value * factor for factor in self.band]
        if self.value < 0:
            ends.reverse()
        lo, hi = ends
        return Interval(
            None if lo is None else min(lo, self.value - half),
            None if hi is None else max(hi, self.value + half),
        )
