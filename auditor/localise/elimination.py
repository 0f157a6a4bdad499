"""Systems of linear inequalities, decided exactly.

Fourier-Motzkin elimination (Schrijver, `Theory of Linear and Integer Programming`, 12.2): to drop a variable, add
every pair of inequalities that bound it from opposite sides. What remains holds exactly when some value of the
variable does. Each inequality remembers where it comes from, so an impossible one names a set of conditions that
cannot all hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from math import gcd, lcm

from auditor.model.exact import Fraction

Variable = Hashable
MAX_ROWS = 3000


class TooManyRows(Exception):
    """More inequalities than ``MAX_ROWS`` at one time."""


@dataclass(frozen=True, slots=True)
class Row:
    """``sum(terms) + constant <= 0``, or ``< 0`` when ``strict``; ``origin`` numbers the conditions behind it. The
    factors are whole numbers without a common divisor, so that equal conditions are equal rows."""

    terms: tuple[tuple[Variable, int], ...]
    constant: Fraction
    strict: bool = False
    origin: frozenset[int] = field(default=frozenset(), compare=False)

    def factor(self, variable: Variable) -> int:
        for name, factor in self.terms:
            if name == variable:
                return factor
        return 0

    @property
    def impossible(self) -> bool:
        return not self.terms and (self.constant > 0 or (self.strict and self.constant == 0))


def row(terms: dict[Variable, Fraction], constant: Fraction, strict: bool = False, origin: Iterable[int] = ()) -> Row:
    """A row out of any factors."""
    whole = lcm(*(factor.denominator for factor in terms.values()))
    scaled = {name: factor.numerator * (whole // factor.denominator) for name, factor in terms.items()}
    return _row(scaled, constant * whole, strict, frozenset(origin))


def _row(terms: dict[Variable, int], constant: Fraction, strict: bool, origin: frozenset[int]) -> Row:
    size = gcd(*terms.values()) or 1
    kept = [(name, factor // size) for name, factor in terms.items() if factor]
    if len(kept) > 1:
        kept.sort(key=_name)
    return Row(tuple(kept), constant / size if size > 1 else constant, strict, origin)


def _name(term: tuple[Variable, int]) -> str:
    return repr(term[0])


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
    above, below = Counter[Variable](), Counter[Variable]()
    for one in rows:
        for name, factor in one.terms:
            (above if factor > 0 else below)[name] += 1

    def cost(variable: Variable) -> tuple[int, str]:
        return above[variable] * below[variable] - above[variable] - below[variable], repr(variable)

    return min(variables, key=cost)


def _without(variable: Variable, rows: list[Row]) -> list[Row]:
    above: list[tuple[Row, int]] = []
    below: list[tuple[Row, int]] = []
    kept = []
    for one in rows:
        factor = one.factor(variable)
        if factor:
            (above if factor > 0 else below).append((one, abs(factor)))
        else:
            kept.append(one)
    if len(above) * len(below) > MAX_ROWS:
        raise TooManyRows
    return _distinct([*kept, *(_added(one, other, variable) for one in above for other in below)])


def _added(above: tuple[Row, int], below: tuple[Row, int], variable: Variable) -> Row:
    (upper, right), (lower, left) = above, below
    terms: dict[Variable, int] = {}
    for one, weight in ((upper, left), (lower, right)):
        for name, factor in one.terms:
            terms[name] = terms.get(name, 0) + weight * factor
    del terms[variable]
    constant = left * upper.constant + right * lower.constant
    return _row(terms, constant, upper.strict or lower.strict, upper.origin | lower.origin)


def _distinct(rows: Iterable[Row]) -> list[Row]:
    """Of rows with the same terms only the tightest; rows that always hold are dropped."""
    tightest: dict[tuple[tuple[Variable, int], ...], Row] = {}
    for one in rows:
        if not one.terms and not one.impossible:
            continue
        known = tightest.get(one.terms)
        if known is None or _tightness(one) > _tightness(known):
            tightest[one.terms] = one
    return list(tightest.values())


def _tightness(one: Row) -> tuple[Fraction, bool, int]:
    return one.constant, one.strict, -len(one.origin)
