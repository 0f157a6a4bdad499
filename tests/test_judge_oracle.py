"""The exact judge against ranges worked out by hand, and the columns against the exact judge, where numbers are hard.

Ends of intervals, open ends of hedges, cut digits, zero, negative numbers, 10^15, sums of twelve parts, percentages
above 100, and a role that stands twice in its rule.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.gate.contract import Column, Contract, Reader
from auditor.judge.reading import expected, possible
from auditor.model.figure import Figure
from auditor.model.quantity import Interval
from tests.test_gate_engine import BY_ID, PLAIN, Rows, compare, decimal
from tests.test_judge_material import figure, hedged, judged, relation

HEDGES = st.sampled_from([None, (">=", "1", "1.1"), ("<=", "0.9", "1"), ("~", "0.95", "1.05"), (">=", "1", None)])
LARGE = st.sampled_from([50, 3_000, 10**6, 10**15])
WIDE = Contract("t", {f"c{n}": Column(f"c{n}", "number") for n in range(13)}, reader=Reader(decimal=","))
GAPS = ("consistent", "suspicious", "contradiction")


@st.composite
def figures(draw: st.DrawFn, least: int = 1) -> Figure:
    """A printed amount with one decimal, plain or behind a word that opens one of its sides."""
    raw, hedge = decimal(draw(st.integers(least, draw(LARGE))), 1), draw(HEDGES)
    return figure(raw) if hedge is None else hedged(raw, *hedge)


def ends(found: Figure, reading: object = expected) -> tuple[Fraction | None, Fraction | None]:
    interval: Interval = reading(found.quantity)  # type: ignore[operator]
    return interval.lo, interval.hi


def over(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    """A quotient of ends above zero: nothing bounds it where the upper one is open, and it sinks to zero below an open
    lower one."""
    if one is None:
        return None
    return Fraction(0) if other is None else one / other


def meets(low: Fraction | None, high: Fraction | None, other: Interval) -> bool:
    below = other.hi is not None and low is not None and other.hi < low
    above = other.lo is not None and high is not None and high < other.lo
    return not below and not above


@settings(max_examples=300, deadline=None)
@given(figures(6), figures(6), st.integers(-40, 40), st.integers(0, 2))
def test_shares_with_open_ends(part: Figure, total: Figure, off: int, digits: int) -> None:
    true = 100 * part.quantity.value / total.quantity.value
    share = figure(decimal(max(0, round(true * 10**digits) + off), digits) + "%")
    check = judged(relation("share-of-total", part=part, total=total, share=share))
    holds = {}
    for reading in (expected, possible):
        (low, high), (least, most) = ends(part, reading), ends(total, reading)
        lowest, highest = over(low, most), over(high, least)
        least, most = (None if end is None else 100 * end for end in (lowest, highest))
        holds[reading] = meets(least, most, reading(share.quantity))
    assert (check.verdict == "consistent") == holds[expected]
    assert check.verdict != "contradiction" or not holds[possible]


@settings(max_examples=200, deadline=None)
@given(st.lists(figures(), min_size=1, max_size=12), st.integers(-20, 20), st.booleans())
def test_sums_of_up_to_twelve_parts_with_open_ends(parts: list[Figure], off: int, negative: bool) -> None:
    value = sum((one.quantity.value for one in parts), Fraction(0)) + Fraction(off, 10)
    total = figure(decimal(int(-value * 10 if negative else value * 10), 1))
    check = judged(relation("total-of-parts", total=total, part=parts))
    sides = [ends(one) for one in parts]
    low, high = (None if None in side else sum(side) for side in zip(*sides, strict=True))
    assert (check.verdict == "consistent") == meets(low, high, expected(total.quantity))


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 60), st.integers(1, 60), st.integers(-1000, 4000))
def test_a_role_that_stands_twice_has_its_exact_range(start: int, end: int, tenths: int) -> None:
    base, level, rate = figure(str(start)), figure(str(end)), figure(f"{decimal(tenths, 1)}%")
    check = judged(relation("growth-between-levels", from_=base, to=level, rate=rate))
    (low, high), (least, most) = ends(base), ends(level)
    assert None not in (low, high, least, most)
    exact = 100 * (least / high - 1), 100 * (most / low - 1)  # type: ignore[operator]
    assert (check.verdict == "consistent") == meets(*exact, expected(rate.quantity))


def test_a_range_computed_twice_over_would_be_too_wide() -> None:
    # 100 * (1.5 - 2.5) / 1.5 = -66.7 only with two different values of the one base; in truth not below -40.
    rates = {text: figure(f"{text}%") for text in ("-50,0", "-40,0")}
    pairs = {
        text: relation("growth-between-levels", from_=figure("2"), to=figure("2"), rate=rates[text]) for text in rates
    }
    assert {text: judged(found).verdict for text, found in pairs.items()} == {
        "-50,0": "contradiction",
        "-40,0": "consistent",
    }


# The same verdicts by columns.


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-(10**15), 10**15), min_size=12, max_size=12), st.integers(-30, 30))
def test_columns_of_twelve_parts(parts: list[int], off: int) -> None:
    row = [decimal(sum(parts) + off, 1), *(decimal(part, 1) for part in parts)]
    ((verdict, _),) = compare(WIDE, [row], BY_ID["total-of-parts"], parts=12)
    assert (verdict == "consistent") == (abs(off) * 2 <= 13)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 10**15), st.integers(1, 10**15)), min_size=1, max_size=6), st.integers(0, 2))
def test_columns_of_cut_shares_above_and_below_the_whole(made: list[tuple[int, int]], digits: int) -> None:
    rows = [
        [decimal(part, 1), decimal(total, 1), decimal(100 * part * 10**digits // total, digits), *"000"]
        for part, total in made
    ]
    for verdict, reason in compare(PLAIN, rows, BY_ID["share-of-total"]):
        assert verdict == "consistent" or reason in ("truncated", "off-by-last-digits")
    plans = [[row[0], row[1], row[2], *"000"] for row in rows]
    for verdict, _ in compare(PLAIN, plans, BY_ID["percent-of-plan"]):
        assert verdict in GAPS[:2]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-40, 40), st.integers(-40, 40), st.integers(-2000, 2000)), min_size=1, max_size=6)
)
def test_columns_around_zero_and_below(made: list[tuple[int, int, int]]) -> None:
    rows: Rows = [[decimal(start, 1), decimal(end, 1), decimal(rate, 1), *"000"] for start, end, rate in made]
    exact = compare(PLAIN, rows, BY_ID["growth-between-levels"])
    for (start, _, _), (verdict, reason) in zip(made, exact, strict=True):
        if abs(start) * 2 <= 1:
            assert (verdict, reason) == ("not-checkable", None) or reason == "division-by-zero"
    compare(PLAIN, rows, BY_ID["change-between-levels"])


@pytest.mark.parametrize("cell", ["trên 20,0", "gần 20,0", "≥ 20", "20,0…", "khoảng 20"])
def test_a_cell_with_a_hedge_is_judged_by_neither(cell: str) -> None:
    row = [cell, "60,0", "33,3", *"000"]
    assert compare(PLAIN, [row], BY_ID["share-of-total"]) == [("not-checkable", None)]
