"""Checks as conditions on the figures that may change: inequalities while these move, the rule itself once they stand.

A figure that may change keeps its sign. One that may not stands for every value that its print allows, so a
condition asks whether some of these values will do: with ``x >= 0`` and factors from ``a`` to ``b``, that is
``sum(a * x) + lowest rest <= 0 <= sum(b * x) + highest rest``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from auditor.judge.demands import demands
from auditor.judge.expression import Atom, Expression, Node
from auditor.judge.ranges import reach
from auditor.judge.reading import box as boxed
from auditor.judge.reading import expected
from auditor.judge.sides import sides
from auditor.judge.verdict import judge
from auditor.localise.elimination import Row, Variable, row
from auditor.localise.graph import Place, place, places
from auditor.localise.polynomial import Form, Polynomial, form, parts, span
from auditor.model.check import Check
from auditor.model.exact import Fraction
from auditor.model.figure import Figure
from auditor.model.quantity import Interval
from auditor.model.relation import Member, Relation
from auditor.model.rule import Rule

Values = Mapping[Place, Fraction]  # new printed values, in base units
Sum = tuple[dict[Variable, Fraction], Fraction]


@dataclass(frozen=True)
class Condition:
    """A check that must hold. ``forms`` are the comparisons that would each make it hold; without any, and where it
    is no repeat, whatever stands in a changed place is taken to fit. One that is ``doubted`` already, off by a last
    digit perhaps, must only not become a contradiction."""

    number: int
    check: Check
    rule: Rule
    elements: frozenset[Place]
    forms: tuple[Form, ...]
    doubted: bool = False
    known: dict[tuple[frozenset[Place], frozenset[tuple[Place, Fraction]]], list[list[Row]]] = field(
        default_factory=dict, compare=False
    )

    @cached_property
    def everywhere(self) -> frozenset[Place]:
        return frozenset(map(place, self.check.relation.members))

    @property
    def repeats(self) -> bool:
        return self.rule.kind == "repeat"

    @property
    def opaque(self) -> bool:
        return not self.forms and not self.repeats

    def holds(self, values: Values) -> bool:
        """Whether the rule itself is content with new printed values. What it cannot compute with is content."""
        if self.opaque and self.rule.kind != "integer":
            return True
        if self.forms and not self.doubted:
            first = self.forms[0]
            if sides(first.expression, changed(first.relation, values), expected).holds:
                return True
            if len(self.forms) == 1:
                return False
        verdict = judge(self.rule, changed(self.check.relation, values)).verdict
        return verdict != "contradiction" if self.doubted else verdict == "consistent"

    def systems(self, free: frozenset[Place], values: Values) -> list[list[Row]]:
        """Inequalities over the free places, any one list of which is needed; an empty list asks for nothing."""
        if self.doubted or self.opaque:
            return [[]]
        # Proposals differ in places that mean nothing to most conditions.
        own = free & self.everywhere
        put = {spot: value for spot, value in values.items() if spot in self.everywhere}
        key = own, frozenset(put.items())
        if key not in self.known:
            self.known[key] = self._systems(own, put)
        return self.known[key]

    def _systems(self, free: frozenset[Place], values: Values) -> list[list[Row]]:
        if self.repeats:
            return [list(_same(changed(self.check.relation, values), free, self.number))]
        return [_rows(one, free, values, self.number) for one in self.forms]


def condition(number: int, check: Check, rule: Rule, doubted: bool = False) -> Condition:
    """A judged check as a condition; ``number`` becomes the origin of its inequalities."""
    forms = [form(expression, relation) for expression, relation in demands(rule, check.relation)]
    # One comparison that cannot be turned round makes the whole an open question.
    known = tuple(one for one in forms if one is not None) if None not in forms else ()
    return Condition(number, check, rule, places(check), known, doubted)


def changed(relation: Relation, values: Values) -> Relation:
    """The relation with other numbers in print."""
    if not any(place(member) in values for member in relation.members):
        return relation
    return replace(relation, members=tuple(_changed(member, values) for member in relation.members))


def _changed(member: Member, values: Values) -> Member:
    value = values.get(place(member))
    if value is None or not isinstance(member.filler, Figure):
        return member
    return replace(member, filler=replace(member.filler, quantity=replace(member.filler.quantity, value=value)))


def _rows(one: Form, free: frozenset[Place], values: Values, number: int) -> list[Row]:
    relation = changed(one.relation, values)
    box = {place(member): _printed(member) for member in relation.members}
    alone = _alone(one, relation, free)
    if alone is not None:
        return [replace(found, origin=frozenset({number})) for found in _between(*alone, one.comparison, relation)]
    split = parts(one.difference, free)
    if split is None or any(_may_vanish(divisor, free, box) for divisor in one.divisors):
        return []
    factors, rest = split
    ends = {spot: span(factor, box) for spot, factor in factors.items()}
    falling = {member for member in free if _negative(relation, member)}
    return list(_inequalities(ends, span(rest, box), falling, one.comparison, number))


def _inequalities(
    ends: Mapping[Place, Interval], rest: Interval, falling: set[Place], comparison: str, number: int
) -> Iterator[Row]:
    strict = comparison in ("<", ">")
    lows = {spot: end.hi if spot in falling else end.lo for spot, end in ends.items()}
    highs = {spot: end.lo if spot in falling else end.hi for spot, end in ends.items()}
    if comparison in ("==", "<=", "<") and (below := _known(lows, rest.lo)):
        yield row(below[0], below[1], strict, {number})
    if comparison in ("==", ">=", ">") and (above := _known(highs, rest.hi)):
        yield row({spot: -factor for spot, factor in above[0].items()}, -above[1], strict, {number})


def _known(factors: Mapping[Place, Fraction | None], rest: Fraction | None) -> Sum | None:
    """Factors and rest, unless an end is open: then there is nothing to ask."""
    found: dict[Variable, Fraction] = {spot: factor for spot, factor in factors.items() if factor is not None}
    return None if rest is None or len(found) < len(factors) else (found, rest)


def _alone(one: Form, relation: Relation, free: frozenset[Place]) -> tuple[Member, Node, bool] | None:
    """The only free member, where it stands alone on a side; the other side; and whether its own is the left one."""
    left, right = one.expression.left, one.expression.right
    for side, other, on_left in ((left, right, True), (right, left, False)):
        if isinstance(side, Atom) and side.function is None:
            member = relation.role(side.role)[0]
            moving = [m for m in relation.members if place(m) in free]
            if moving == [member]:
                return member, other, on_left
    return None


def _between(member: Member, other: Node, on_left: bool, comparison: str, relation: Relation) -> list[Row]:
    """Bounds of a lone member by the exact range of the other side."""
    bounds = reach(other, _other_box(other, relation))
    if bounds is None:
        return [row({}, Fraction(1))]
    scale = member.sign * member.factor
    rows = []
    below, above = (("<=", "<"), (">=", ">")) if on_left else ((">=", ">"), ("<=", "<"))
    strict = comparison in ("<", ">")
    spot: Variable = place(member)
    if comparison in ("==", *below) and bounds.hi is not None:
        rows.append(row({spot: scale}, member.offset - bounds.hi, strict))
    if comparison in ("==", *above) and bounds.lo is not None:
        rows.append(row({spot: -scale}, bounds.lo - member.offset, strict))
    return rows


def _other_box(node: Node, relation: Relation) -> dict[tuple[str, str | None], Interval]:
    return boxed(Expression("", node, "==", node), relation, expected)


def _same(relation: Relation, free: frozenset[Place], number: int) -> Iterator[Row]:
    """All figures share one value, which is a variable of its own."""
    value: Variable = ("same", number)
    for member in relation.members:
        spot, printed = place(member), _printed(member)
        if spot in free:
            yield row({spot: Fraction(1), value: Fraction(-1)}, Fraction(0), origin={number})
            yield row({spot: Fraction(-1), value: Fraction(1)}, Fraction(0), origin={number})
            continue
        if printed.hi is not None:
            yield row({value: Fraction(1)}, -printed.hi, origin={number})
        if printed.lo is not None:
            yield row({value: Fraction(-1)}, printed.lo, origin={number})


def _printed(member: Member) -> Interval:
    filler = member.filler
    found = expected(filler.quantity) if isinstance(filler, Figure) else filler.days
    return found or Interval(None, None)


def _negative(relation: Relation, spot: Place) -> bool:
    fillers = [m.filler for m in relation.members if place(m) == spot]
    return any(isinstance(filler, Figure) and filler.quantity.value < 0 for filler in fillers)


def _may_vanish(divisor: Polynomial, free: frozenset[Place], box: Mapping[Place, Interval]) -> bool:
    """Whether a divisor that stands still may be 0 or negative; one that moves is left to the rule."""
    if any(spot in free for places_ in divisor for spot in places_):
        return False
    low = span(divisor, box).lo
    return low is None or low <= 0
