"""Interval arithmetic in exact rationals, after Moore, `Interval Analysis` (1966), with open ends.

An end is compared and combined as a pair ``(side, value)``: ``(-1, 0)`` and ``(1, 0)`` are the infinities and
``(0, v)`` a number, so that tuples order as the ends do and no binary float is ever involved.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from itertools import product

from auditor.model.exact import Fraction
from auditor.model.quantity import Interval

End = tuple[int, Fraction]
ZERO = Fraction(0)


def point(value: Fraction | int) -> Interval:
    """The interval that holds one number."""
    exact = Fraction(value) if isinstance(value, int) else value
    return Interval(exact, exact)


def ends(interval: Interval) -> tuple[End, End]:
    """Both ends as ordered pairs."""
    lo = (-1, ZERO) if interval.lo is None else (0, interval.lo)
    hi = (1, ZERO) if interval.hi is None else (0, interval.hi)
    return lo, hi


def spanning(corners: Iterable[End]) -> Interval:
    """The smallest interval around some ends."""
    found = list(corners)
    lo, hi = min(found), max(found)
    return Interval(None if lo[0] else lo[1], None if hi[0] else hi[1])


def hull(intervals: Iterable[Interval]) -> Interval:
    """The smallest interval around some intervals; at least one."""
    return spanning(end for interval in intervals for end in ends(interval))


def negative(x: Interval) -> Interval:
    return Interval(None if x.hi is None else -x.hi, None if x.lo is None else -x.lo)


def add(x: Interval, y: Interval) -> Interval:
    lo = None if x.lo is None or y.lo is None else x.lo + y.lo
    hi = None if x.hi is None or y.hi is None else x.hi + y.hi
    return Interval(lo, hi)


def subtract(x: Interval, y: Interval) -> Interval:
    lo = None if x.lo is None or y.hi is None else x.lo - y.hi
    hi = None if x.hi is None or y.lo is None else x.hi - y.lo
    return Interval(lo, hi)


def multiply(x: Interval, y: Interval) -> Interval:
    if x.lo is None or x.hi is None or y.lo is None or y.hi is None:
        return spanning(_times(a, b) for a, b in product(ends(x), ends(y)))
    if y.lo is y.hi or (_from_zero(x.lo) and _from_zero(y.lo)):
        # Nearly all: the ends keep their places, or change them with a negative number.
        lo, hi = (x.lo, x.hi) if _from_zero(y.lo) else (x.hi, x.lo)
        return Interval(lo * y.lo, hi * y.hi)
    corners = x.lo * y.lo, x.lo * y.hi, x.hi * y.lo, x.hi * y.hi
    return Interval(min(corners), max(corners))


def divide(x: Interval, y: Interval) -> Interval | None:
    """The quotient, or ``None`` when the divisor may be zero: then nothing can be said."""
    if ZERO in y:
        return None
    return multiply(x, _inverse(y))


def total(intervals: Iterable[Interval]) -> Interval:
    """The range of a sum; 0 for none."""
    every = list(intervals)
    return reduce(add, every) if every else point(0)


def least(intervals: Iterable[Interval]) -> Interval:
    """The range of the smallest of some numbers; at least one."""
    lows, highs = zip(*map(ends, intervals), strict=True)
    return spanning((min(lows), min(highs)))


def greatest(intervals: Iterable[Interval]) -> Interval:
    """The range of the largest of some numbers; at least one."""
    lows, highs = zip(*map(ends, intervals), strict=True)
    return spanning((max(lows), max(highs)))


def _from_zero(value: Fraction) -> bool:
    return value.numerator >= 0


def _times(a: End, b: End) -> End:
    # Zero times an open end is zero: the end stands for numbers without bound, never for infinity itself.
    if a == (0, ZERO) or b == (0, ZERO):
        return 0, ZERO
    if not a[0] and not b[0]:
        return 0, a[1] * b[1]
    return _sign(a) * _sign(b), ZERO


def _sign(end: End) -> int:
    return end[0] or (1 if end[1] > 0 else -1)


def _inverse(y: Interval) -> Interval:
    # The caller has made sure that zero lies outside, so an open end turns into zero.
    lo = ZERO if y.hi is None else 1 / y.hi
    hi = ZERO if y.lo is None else 1 / y.lo
    return Interval(lo, hi)
