"""A comparison as a polynomial in its figures: clear the divisions, multiply out, and every figure stands in the open.

``share == 100 * part / total`` becomes ``share * total - 100 * part == 0``: linear in each figure by itself, and in any
figures that do not stand in one product.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce

from auditor.judge import arithmetic
from auditor.judge.expression import Atom, Expression, Node, Number, Operation
from auditor.judge.reading import interval, possible
from auditor.localise.graph import Place, place
from auditor.model.exact import Fraction
from auditor.model.figure import Evidence
from auditor.model.quantity import Interval
from auditor.model.relation import Member, Relation

Monomial = tuple[Place, ...]
Polynomial = dict[Monomial, Fraction]


class NotPolynomial(Exception):
    """A smallest or largest of a list has no polynomial."""


@dataclass(frozen=True)
class Form:
    """``difference`` compared with 0, after multiplication with ``divisors``, which must be above 0. ``members`` gives
    the member at each place."""

    expression: Expression
    relation: Relation
    difference: Polynomial
    divisors: tuple[Polynomial, ...]

    @property
    def comparison(self) -> str:
        return self.expression.comparison


@lru_cache(maxsize=8192)
def form(expression: Expression, relation: Relation) -> Form | None:
    """The comparison over the figures and dates of a relation that fills it; ``None`` for ``min`` and ``max``."""
    divisors: list[Polynomial] = []
    try:
        number, _ = _quotient(expression.difference(), relation, divisors)
    except NotPolynomial:
        return None
    return Form(expression, relation, number, tuple(divisors))


def span(polynomial: Polynomial, box: Mapping[Place, Interval]) -> Interval:
    """The range over a box, exact where no figure stands in two monomials, an enclosure elsewhere."""
    return arithmetic.total(_monomial(factor, places, box) for places, factor in polynomial.items())


def parts(polynomial: Polynomial, free: frozenset[Place]) -> tuple[dict[Place, Polynomial], Polynomial] | None:
    """The polynomial as one factor for each free place, and the rest; ``None`` where two of them are multiplied."""
    factors: dict[Place, Polynomial] = {}
    rest: Polynomial = {}
    for places, factor in polynomial.items():
        moving = [one for one in places if one in free]
        if len(moving) > 1:
            return None
        if moving:
            fixed = tuple(one for one in places if one not in free)
            factors.setdefault(moving[0], {})[fixed] = factor
        else:
            rest[places] = factor
    return factors, rest


def _monomial(factor: Fraction, places: Monomial, box: Mapping[Place, Interval]) -> Interval:
    if not places:
        return arithmetic.point(factor)
    found = reduce(arithmetic.multiply, (box[one] for one in places))
    if factor == 1:
        return found
    return arithmetic.negative(found) if factor == -1 else arithmetic.multiply(found, arithmetic.point(factor))


def _quotient(node: Node, relation: Relation, divisors: list[Polynomial]) -> tuple[Polynomial, Polynomial]:
    match node:
        case Number(value):
            return {(): value}, {(): Fraction(1)}
        case Atom():
            return _atom(node, relation), {(): Fraction(1)}
        case Operation(operator, left, right):
            one, other = _quotient(left, relation, divisors), _quotient(right, relation, divisors)
            return _joined(operator, one, other, divisors)


Quotient = tuple[Polynomial, Polynomial]


def _joined(operator: str, one: Quotient, other: Quotient, divisors: list[Polynomial]) -> Quotient:
    (a, b), (c, d) = one, other
    if operator == "*":
        return _times(a, c), _times(b, d)
    if operator == "/":
        divisors.append(c)
        return _times(a, d), _times(b, c)
    if b == d:
        return _plus(a, c, 1 if operator == "+" else -1), b
    return _plus(_times(a, d), _times(c, b), 1 if operator == "+" else -1), _times(b, d)


def _atom(atom: Atom, relation: Relation) -> Polynomial:
    members = relation.role(atom.role)
    if atom.function == "count":
        return {(): Fraction(len(members))}
    if atom.function in ("min", "max") and len(members) > 1:
        raise NotPolynomial
    found: Polynomial = {}
    for member in members:
        found = _plus(found, _member(member), 1)
    return found


def _member(member: Member) -> Polynomial:
    if isinstance(member.filler, Evidence) and member.filler.kind == "period":
        years = interval(member, possible)
        if years is None or years.lo is None:
            raise NotPolynomial
        return {(): years.lo}
    found: Polynomial = {(place(member),): member.sign * member.factor}
    return _plus(found, {(): member.offset}, 1) if member.offset else found


def _plus(one: Polynomial, other: Polynomial, sign: int) -> Polynomial:
    found = dict(one)
    for places, factor in other.items():
        found[places] = found.get(places, Fraction(0)) + sign * factor
    return {places: factor for places, factor in found.items() if factor}


def _times(one: Polynomial, other: Polynomial) -> Polynomial:
    found: Polynomial = {}
    for places, factor in _products(one, other):
        found[places] = found.get(places, Fraction(0)) + factor
    return {places: factor for places, factor in found.items() if factor}


def _products(one: Polynomial, other: Polynomial) -> Iterator[tuple[Monomial, Fraction]]:
    for left, a in one.items():
        for right, b in other.items():
            yield tuple(sorted(left + right)), a * b
