"""The exact range of an expression over a box of intervals.

Plain interval arithmetic forgets that two occurrences of one role are one number, and its answer is too wide. A role
that occurs more than once is therefore put at both ends of its interval, and the range is spanned by the answers
(the vertex method: Dong and Shah 1987; Hansen, `Global Optimization Using Interval Analysis`, on monotonicity).

Why it is exact. If an expression is a quotient of two expressions that are at most linear in a role, and its
divisors keep away from zero on the box, then with all else fixed it is monotone in that role, so its extremes lie at
the role's ends; moving one role after another to an end shows that some corner is extreme. Roles that occur once
need no corner: plain arithmetic is exact in them. A role of higher degree, or open at an end, keeps its whole
interval: the range is then an enclosure, which can hide a breach but never invent one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product

from auditor.judge import arithmetic
from auditor.judge.expression import Atom, Node, Number, Operation, repeated
from auditor.model.quantity import Interval

Key = tuple[str, str | None]
Box = Mapping[Key, Interval]

MAX_CORNERS = 6  # roles put at their ends: 64 evaluations

_ARITHMETIC: dict[str, Callable[[Interval, Interval], Interval | None]] = {
    "+": arithmetic.add,
    "-": arithmetic.subtract,
    "*": arithmetic.multiply,
    "/": arithmetic.divide,
}


def reach(node: Node, box: Box) -> Interval | None:
    """The range of ``node`` over the box, or ``None`` when a divisor may be zero."""
    plain = enclosure(node, box)
    corners_of = _repeated(node, box)
    if plain is None or not corners_of:
        return plain
    corners = product(*(_ends(box[key]) for key in corners_of))
    answers = [enclosure(node, {**box, **dict(zip(corners_of, corner, strict=True))}) for corner in corners]
    return arithmetic.hull(answer for answer in answers if answer is not None)


def enclosure(node: Node, box: Box) -> Interval | None:
    """Plain interval arithmetic: at least the range. ``None`` when a divisor may be zero."""
    match node:
        case Number(value):
            return arithmetic.point(value)
        case Atom():
            return box[node.key]
        case Operation(operator, left, right):
            x, y = enclosure(left, box), enclosure(right, box)
            return None if x is None or y is None else _ARITHMETIC[operator](x, y)


def degrees(node: Node, key: Key) -> tuple[int, int]:
    """The degree of numerator and denominator in one role; an upper bound, as nothing is cancelled."""
    match node:
        case Number():
            return 0, 0
        case Atom():
            return int(node.key == key), 0
        case Operation(operator, left, right):
            (p, q), (r, s) = degrees(left, key), degrees(right, key)
            if operator == "*":
                return p + r, q + s
            if operator == "/":
                return p + s, q + r
            return max(p + s, r + q), q + s


def _repeated(node: Node, box: Box) -> list[Key]:
    return [key for key in repeated(node) if _closed(box[key]) and _monotone(node, key)][:MAX_CORNERS]


def _monotone(node: Node, key: Key) -> bool:
    return max(degrees(node, key)) <= 1


def _closed(interval: Interval) -> bool:
    return interval.lo is not None and interval.hi is not None


def _ends(interval: Interval) -> list[Interval]:
    return [arithmetic.point(end) for end in (interval.lo, interval.hi) if end is not None]
