"""Linear systems decided exactly, held against a search over small whole numbers; edit systems of survey data."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.localise.elimination import Row, conflict, reach, row
from benchmarks.edits import optimal_sets

NAMES = ("x", "y", "z")
factors = st.integers(-3, 3)
systems = st.lists(st.tuples(st.tuples(factors, factors, factors), st.integers(-6, 6)), min_size=1, max_size=5)


def rows(system: list[tuple[tuple[int, ...], int]]) -> list[Row]:
    return [
        row({name: Fraction(f) for name, f in zip(NAMES, own, strict=True)}, Fraction(constant), origin={number})
        for number, (own, constant) in enumerate(system)
    ]


def satisfied(system: list[tuple[tuple[int, ...], int]]) -> bool:
    return any(
        all(sum(f * v for f, v in zip(own, values, strict=True)) + constant <= 0 for own, constant in system)
        for values in product(range(-8, 9), repeat=3)
    )


@given(systems)
def test_a_conflict_is_never_claimed_of_a_system_with_a_solution(system: list[tuple[tuple[int, ...], int]]) -> None:
    core = conflict(rows(system))
    if core is not None:
        assert not satisfied(system)
        assert conflict(rows([system[number] for number in sorted(core)])) is not None


def test_strict_rows_leave_the_boundary_out() -> None:
    one = Fraction(1)
    assert conflict([row({"x": one}, -one), row({"x": -one}, one)]) is None
    assert conflict([row({"x": one}, -one, strict=True), row({"x": -one}, one)]) == frozenset()


def test_reach_is_the_range_over_all_solutions() -> None:
    one = Fraction(1)
    system = [row({"x": one, "y": one}, -10 * one), row({"y": -one}, 3 * one), row({"x": -one}, one)]
    assert list(reach(system, "x")) == [1, 7]
    assert list(reach(system, "y")) == [3, 9]
    assert list(reach([row({"x": one}, -one)], "x")) == [None, 1]


def case(rules: list[Any], data: dict[str, Any], weights: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"rules": rules, "data": data, "weights": weights or {}}


def edit(op: str, limit: float, **factors: float) -> list[dict[str, Any]]:
    return [{"c": factors, "op": op, "b": limit}]


SUM = edit("==", 0, a=1, b=1, t=-1)


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (case([SUM], {"a": 2, "b": 3, "t": 5}), [[]]),
        (case([SUM], {"a": 2, "b": 3, "t": 6}), [["a"], ["b"], ["t"]]),
        (case([SUM, edit("<=", 2, a=1)], {"a": 2, "b": 3, "t": 6}), [["b"], ["t"]]),
        (case([SUM], {"a": 2, "b": 3, "t": 6}, {"a": 3, "b": 2, "t": 3}), [["b"]]),
        (case([SUM], {"a": 2, "b": 3, "t": 6}, {"a": "fixed", "b": "fixed"}), [["t"]]),
        (case([SUM, edit(">=", 0, b=1)], {"a": 9, "b": None, "t": 6}), [["a"], ["t"]]),
        (case([SUM, edit("==", 0, a=1, b=-1)], {"a": 1, "b": 3, "t": 9}), [["a", "b"], ["a", "t"], ["b", "t"]]),
        (case([[*edit("<", 0, a=1), *edit(">", 0, a=1), *edit("==", 0, b=1)]], {"a": 0, "b": 1}), [["a"], ["b"]]),
        (case([edit("==", 1, a=1), edit("==", 2, a=1)], {"a": 1}), None),
    ],
)
def test_all_optimal_sets(found: dict[str, Any], wanted: list[list[str]] | None) -> None:
    assert optimal_sets(found) == {frozenset(one) for one in wanted or ()}
