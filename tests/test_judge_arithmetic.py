"""Intervals: every operation encloses what its numbers can do, ends open or closed, and loses nothing."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.judge import arithmetic
from auditor.model.quantity import Interval

numbers = st.fractions(min_value=-1000, max_value=1000, max_denominator=1000)


@st.composite
def intervals(draw: st.DrawFn) -> tuple[Interval, Fraction]:
    """An interval, open at either end or not, with a number inside."""
    low, inside, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    return Interval(draw(st.sampled_from([low, None])), draw(st.sampled_from([high, None]))), inside


def i(lo: int | None, hi: int | None) -> Interval:
    return Interval(None if lo is None else Fraction(lo), None if hi is None else Fraction(hi))


@given(intervals(), intervals())
def test_operations_enclose(x: tuple[Interval, Fraction], y: tuple[Interval, Fraction]) -> None:
    (a, p), (b, q) = x, y
    assert p + q in arithmetic.add(a, b)
    assert p - q in arithmetic.subtract(a, b)
    assert p * q in arithmetic.multiply(a, b)
    assert max(p, q) in arithmetic.greatest([a, b])
    assert min(p, q) in arithmetic.least([a, b])
    quotient = arithmetic.divide(a, b)
    assert quotient is None if arithmetic.ZERO in b else quotient is not None and p / q in quotient


@pytest.mark.parametrize(
    ("x", "y", "wanted"),
    [
        (i(2, 3), i(4, 5), i(8, 15)),
        (i(-2, 3), i(4, 5), i(-10, 15)),
        (i(0, None), i(-1, 2), i(None, None)),
        (i(0, 0), i(None, None), i(0, 0)),
        (i(1, None), i(2, 3), i(2, None)),
        (i(None, -1), i(None, -2), i(2, None)),
        (i(0, None), i(0, None), i(0, None)),
    ],
)
def test_products(x: Interval, y: Interval, wanted: Interval) -> None:
    assert arithmetic.multiply(x, y) == arithmetic.multiply(y, x) == wanted


def test_quotients_of_open_intervals() -> None:
    assert arithmetic.divide(i(1, 2), i(4, None)) == Interval(Fraction(0), Fraction(1, 2))
    assert arithmetic.divide(i(1, None), i(None, -2)) == i(None, 0)
    assert arithmetic.divide(i(1, 2), i(0, 5)) is None
    assert arithmetic.divide(i(1, 2), i(None, None)) is None


def test_aggregates_of_open_intervals() -> None:
    assert arithmetic.total([i(1, 2), i(3, None)]) == i(4, None)
    assert arithmetic.least([i(1, 2), i(0, None)]) == i(0, 2)
    assert arithmetic.greatest([i(1, 2), i(None, 5)]) == i(1, 5)
    assert arithmetic.hull([i(1, 2), i(7, None)]) == i(1, None)
    assert arithmetic.total([]) == i(0, 0)
