"""Systems of linear inequalities, decided exactly.

Fourier-Motzkin elimination (Schrijver, `Theory of Linear and Integer Programming`, 12.2): to drop a variable, add
every pair of inequalities that bound it from opposite sides. What remains holds exactly when some value of the
variable does. Each inequality remembers where it comes from, so an impossible one names a set of conditions that
cannot all hold.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

Variable = Hashable
MAX_ROWS = 3000


class TooManyRows(Exception):
    """More inequalities than ``MAX_ROWS`` at one time."""


@dataclass(frozen=True, slots=True)
class Row:
    """``sum(terms) + constant <= 0``, or ``< 0`` when ``strict``; ``origin`` numbers the conditions behind it."""

    terms: tuple[tuple[Variable, Fraction], ...]
    constant: Fraction
    strict: bool = False
    origin: frozenset[int] = field(default=frozenset(), compare=False)

    def factor(self, variable: Variable) -> Fraction:
        return next((factor for name, factor in self.terms if name == variable), Fraction(0))

    @property
    def impossible(self) -> bool:
        return not self.terms and (self.constant > 0 or (self.strict and self.constant == 0))


def row(terms: dict[Variable, Fraction], constant: Fraction, strict: bool = False, origin: Iterable[int] = ()) -> Row:
    """A row scaled so that its first factor is 1 or -1: equal conditions become equal rows."""
    kept = sorted(((name, factor) for name, factor in terms.items() if factor), key=lambda term: repr(term[0]))
    size = abs(kept[0][1]) if kept else Fraction(1)
    return Row(tuple((name, factor / size) for name, factor in kept), constant / size, strict, frozenset(origin))


def conflict(rows: Iterable[Row]) -> frozenset[int] | None:
    """The origins of a smallest found impossible combination, or ``None`` when some values satisfy all rows.
    Raises TooManyRows."""
    remaining = _distinct(rows)
    while True:
        impossible = [one.origin for one in remaining if one.impossible]
        if impossible:
            return min(impossible, key=lambda origin: (len(origin), sorted(origin)))
        variables = {name for one in remaining for name, _ in one.terms}
        if not variables:
            return None
        remaining = _without(_cheapest(variables, remaining), remaining)


def reach(rows: Iterable[Row], variable: Variable) -> tuple[Fraction | None, Fraction | None]:
    """The least and greatest value that a variable can take in a system that has a solution; ``None`` is no end."""
    remaining = _distinct(rows)
    others = {name for one in remaining for name, _ in one.terms} - {variable}
    while others:
        chosen = _cheapest(others, remaining)
        others.discard(chosen)
        remaining = _without(chosen, remaining)
    bounds = [(one.factor(variable), -one.constant / one.factor(variable)) for one in remaining if one.terms]
    lows = [bound for factor, bound in bounds if factor < 0]
    highs = [bound for factor, bound in bounds if factor > 0]
    return max(lows, default=None), min(highs, default=None)


def _cheapest(variables: Iterable[Variable], rows: list[Row]) -> Variable:
    def cost(variable: Variable) -> tuple[int, str]:
        factors = [one.factor(variable) for one in rows]
        above, below = sum(factor > 0 for factor in factors), sum(factor < 0 for factor in factors)
        return above * below - above - below, repr(variable)

    return min(variables, key=cost)


def _without(variable: Variable, rows: list[Row]) -> list[Row]:
    above = [one for one in rows if one.factor(variable) > 0]
    below = [one for one in rows if one.factor(variable) < 0]
    if len(above) * len(below) > MAX_ROWS:
        raise TooManyRows
    kept = [one for one in rows if not one.factor(variable)]
    return _distinct([*kept, *(_added(one, other, variable) for one in above for other in below)])


def _added(above: Row, below: Row, variable: Variable) -> Row:
    left, right = -below.factor(variable), above.factor(variable)
    terms: dict[Variable, Fraction] = {}
    for one, weight in ((above, left), (below, right)):
        for name, factor in one.terms:
            terms[name] = terms.get(name, Fraction(0)) + weight * factor
    del terms[variable]
    constant = left * above.constant + right * below.constant
    return row(terms, constant, above.strict or below.strict, above.origin | below.origin)


def _distinct(rows: Iterable[Row]) -> list[Row]:
    """Of rows with the same terms only the tightest; rows that always hold are dropped."""
    tightest: dict[tuple[tuple[Variable, Fraction], ...], Row] = {}
    for one in rows:
        if not one.terms and not one.impossible:
            continue
        known = tightest.get(one.terms)
        if known is None or _tightness(one) > _tightness(known):
            tightest[one.terms] = one
    return list(tightest.values())


def _tightness(one: Row) -> tuple[Fraction, bool, int]:
    return one.constant, one.strict, -len(one.origin)
