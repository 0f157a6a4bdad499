"""Exact numbers as plain decimal digits, for machines: never an exponent, never a binary float."""

from __future__ import annotations

from auditor.model.exact import Fraction
from auditor.model.quantity import Interval

SIGNIFICANT = 15


def plain(value: Fraction) -> str:
    """All digits of a finite decimal, or the nearest one of 15 significant digits (a third of an hour)."""
    if value.denominator == 1:
        return str(value.numerator)
    places = _places(value.denominator)
    if places is None:
        places = _decimals(value, SIGNIFICANT)
        return _point(round(value * Fraction(10) ** places), places)
    return _point(value.numerator * 10**places // value.denominator, places)


def outward(interval: Interval, significant: int = SIGNIFICANT) -> tuple[str | None, str | None]:
    """Both ends, the lower rounded down and the upper rounded up, so that the true interval lies inside.

    An open end is ``None``. Ends that fit in ``significant`` digits are exact.
    """
    lo = None if interval.lo is None else rounded(interval.lo, significant)
    hi = None if interval.hi is None else rounded(interval.hi, significant, up=True)
    return lo, hi


def rounded(value: Fraction, significant: int = SIGNIFICANT, *, up: bool = False) -> str:
    """The value rounded down (or up) to so many significant digits."""
    places = _decimals(value, significant)
    above, below = value.numerator * 10 ** max(places, 0), value.denominator * 10 ** max(-places, 0)
    return _point(-(-above // below) if up else above // below, places)


def _places(denominator: int) -> int | None:
    """How many decimals a fraction in lowest terms needs; none when it has no finite decimal form."""
    places = 0
    while denominator % 10 == 0:
        denominator, places = denominator // 10, places + 1
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator, places = denominator // prime, places + 1
    return places if denominator == 1 else None


def _decimals(value: Fraction, significant: int) -> int:
    """Decimals that keep so many significant digits; negative for large numbers."""
    if value == 0:
        return 0
    above, below = abs(value.numerator), value.denominator
    exponent = len(str(above)) - len(str(below))  # right, or one too high
    if above * 10 ** max(-exponent, 0) < below * 10 ** max(exponent, 0):
        exponent -= 1
    return significant - 1 - exponent


def _point(digits: int, places: int) -> str:
    if places <= 0:
        return str(digits * 10**-places)
    whole, part = divmod(abs(digits), 10**places)
    decimals = f"{part:0{places}}".rstrip("0")
    sign = "-" if digits < 0 else ""
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"
