"""The language of `holds`: what it accepts, what it refuses and where, and that repeated roles stay one number."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.judge import ranges
from auditor.judge.expression import Atom, ExpressionError, Number, Operation, parse
from auditor.model.quantity import Interval


def test_roles_numbers_and_functions() -> None:
    expression = parse("share == 100 * part / sum(total)")
    assert [atom.key for atom in expression.atoms()] == [("share", None), ("part", None), ("total", "sum")]
    assert expression.comparison == "=="


def test_a_python_keyword_is_a_role() -> None:
    expression = parse("change == to - from")
    assert expression.right == Operation("-", Atom("to", None, 10), Atom("from", None, 15))


def test_decimals_are_exact() -> None:
    assert parse("rate <= 0.1").right == Number(Fraction(1, 10))


def test_lines_and_leading_blanks_keep_their_columns() -> None:
    assert [atom.offset for atom in parse("  a ==\n  b").atoms()] == [2, 9]


@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        ("total", 0, "comparison"),
        ("a == b == c", 10, "one comparison"),
        ("a = b", 2, "not an expression"),
        ("a != b", 2, "no place"),
        ("a == b.real", 5, "allowed"),
        ("a == b()", 5, "allowed"),
        ("a == median(b)", 5, "unknown function"),
        ("a == sum(b, c)", 10, "no place"),
        ("a == sum(b + c)", 5, "allowed"),
        ("a == b ** c", 5, "allowed"),
        ("a == b // c", 5, "allowed"),
        ("a == b if c else d", 7, "not an expression"),
        ("a == 'b'", 5, "no place"),
        ("a == [b]", 5, "no place"),
        ("a == 0x10", 5, "no place"),
        ("a == 1_000", 5, "no place"),
        ("a == fro0", 7, "no place"),
        ("a == 1.2.3", 8, "not an expression"),
        ("", 0, "not an expression"),
        ("a == " + "(" * 250 + "b" + ")" * 250, 400, "longer"),
        ("a == " + "-" * 20 + "b", 0, "deeply"),
        ("a == " + "b+" * 80 + "b", 0, "deeply"),
    ],
)
def test_refused_with_a_column(text: str, offset: int, message: str) -> None:
    with pytest.raises(ExpressionError, match=message) as caught:
        parse(text)
    if offset:
        assert caught.value.offset == offset


def test_brackets_and_odd_names_are_harmless() -> None:
    assert parse("a == " + "(" * 150 + "b" + ")" * 150).right == Atom("b", None, 155)
    assert parse("a == __import__").right == Atom("__import__", None, 5)


def box(**intervals: tuple[int, int]) -> dict[tuple[str, str | None], Interval]:
    return {(role.rstrip("_"), None): Interval(Fraction(lo), Fraction(hi)) for role, (lo, hi) in intervals.items()}


def test_a_role_used_twice_is_one_number() -> None:
    growth = parse("rate == 100 * (to - from) / from").right
    assert ranges.reach(growth, box(to=(110, 110), from_=(90, 110))) == Interval(Fraction(0), Fraction(200, 9))
    assert ranges.reach(parse("a == b - b").right, box(b=(1, 9))) == Interval(Fraction(0), Fraction(0))


def test_a_square_stays_an_enclosure() -> None:
    assert ranges.reach(parse("a == b * b - 4 * b").right, box(b=(0, 4))) == Interval(Fraction(-16), Fraction(16))


def test_an_open_end_stays_an_enclosure() -> None:
    growth = parse("rate == 100 * (to - from) / from").right
    open_box = {**box(to=(110, 110)), ("from", None): Interval(Fraction(100), None)}
    reached = ranges.reach(growth, open_box)
    assert reached is not None
    assert reached.hi == 10


def test_a_divisor_that_may_be_zero_is_undecidable() -> None:
    assert ranges.reach(parse("a == to / from").right, box(to=(1, 2), from_=(-1, 1))) is None


grid = st.integers(min_value=1, max_value=60)


@given(grid, grid, grid, grid)
def test_corners_agree_with_a_fine_grid(a: int, b: int, c: int, d: int) -> None:
    low, high = sorted((a, b))
    first, last = sorted((c, d))
    reached = ranges.reach(parse("r == 100 * (to - from) / from").right, box(to=(low, high), from_=(first, last)))
    points = [Fraction(100 * (to - fr), fr) for to, fr in product(range(low, high + 1), range(first, last + 1))]
    assert reached == Interval(min(points), max(points))
