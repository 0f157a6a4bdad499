"""The law of a rule by itself, without texts: made-up figures in its roles, and whether they satisfy it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from auditor.judge import arithmetic
from auditor.judge.expression import Atom, Expression, parse
from auditor.judge.ranges import reach
from auditor.judge.sides import compared
from auditor.localise.polynomial import Polynomial, form, parts, span
from auditor.model.exact import Fraction
from auditor.model.figure import Figure
from auditor.model.quantity import Interval, Quantity
from auditor.model.relation import Member, Relation
from auditor.model.rule import Rule

TRIALS = 40
LIST = 3  # members of a role that binds a list

Numbers = Mapping[str, tuple[Fraction, ...]]  # by role


@dataclass(frozen=True)
class Law:
    """One comparison of a rule: its own, or under one claim word."""

    rule: Rule
    claim: str
    expression: Expression

    @property
    def text(self) -> str:
        return self.expression.text

    @property
    def key(self) -> tuple[object, ...]:
        """Two laws with one key demand the same: one polynomial up to a factor, and one comparison."""
        relation = _relation(self, next(samples(self)))
        known = form(self.expression, relation)
        if known is None:
            return self.claim, self.text
        first = known.difference[min(known.difference)] if known.difference else Fraction(1)
        turned = {"<": ">", "<=": ">=", ">": "<", ">=": "<="} if first < 0 else {}
        terms = tuple(sorted((_named(places, relation), value / first) for places, value in known.difference.items()))
        return self.claim, terms, turned.get(known.comparison, known.comparison)

    def solved(self, sample: Numbers) -> Iterator[Numbers | None]:
        """The sample with one role replaced by the number that makes both sides equal, for each role that has one."""
        relation = _relation(self, sample)
        known = form(self.expression, relation)
        for member in relation.members if known else ():
            spot = (member.filler.document, member.filler.start, member.filler.end)
            split = parts(known.difference, frozenset({spot})) if known else None
            if split and spot in split[0]:
                yield _replaced(sample, member, _root(split[0][spot], split[1], relation))


def law(rule: Rule) -> Law | None:
    """The comparison of a rule, if it is arithmetic; of a claim rule the first."""
    if rule.kind not in ("equation", "claim", "joint", "order") or not rule.holds:
        return None
    claim, text = next(iter(rule.holds.items()))
    return Law(rule, claim, parse(text))


def samples(one: Law) -> Iterator[Numbers]:
    """Made-up positive numbers for each role, of very different sizes; the same at every call."""
    draw = random.Random(one.text)
    roles = {atom.role: atom.function is not None for atom in one.expression.atoms()}
    for _ in range(TRIALS):
        yield {
            role: tuple(Fraction(draw.randrange(1, 10 ** draw.randrange(1, 7)), 10) for _ in range(LIST if many else 1))
            for role, many in roles.items()
        }


def holds_on(one: Law, sample: Numbers) -> bool:
    """Whether exact numbers satisfy the law; roles that it does not have are passed over."""
    if any(atom.role not in sample for atom in one.expression.atoms()):
        return True
    box = {atom.key: _value(atom, sample) for atom in one.expression.atoms()}
    difference = reach(one.expression.difference(), box)
    return difference is None or compared(difference, one.expression.comparison)


def _value(atom: Atom, sample: Numbers) -> Interval:
    numbers = sample[atom.role]
    functions = {"sum": sum, "count": len, "min": min, "max": max}
    return arithmetic.point(Fraction(functions[atom.function](numbers)) if atom.function else numbers[0])  # type: ignore[operator]


def _relation(one: Law, sample: Numbers) -> Relation:
    roles = [(role, number) for role in sorted(sample) for number in sample[role]]
    return Relation(one.rule.relation, "", tuple(Member(r, _figure(n, at)) for at, (r, n) in enumerate(roles)))


def _figure(value: Fraction, at: int) -> Figure:
    return Figure(str(at), "", at, at + 1, "", Quantity(value, Fraction(0), None, "number", True))


def _named(places: tuple[tuple[str, int, int], ...], relation: Relation) -> tuple[str, ...]:
    return tuple(sorted(f"{relation.members[start].role}{start}" for _, start, _ in places))


def _root(factor: Polynomial, rest: Polynomial, relation: Relation) -> Fraction | None:
    box = {
        (m.filler.document, m.filler.start, m.filler.end): arithmetic.point(m.filler.quantity.value)
        for m in relation.members
        if isinstance(m.filler, Figure)
    }
    slope, constant = span(factor, box).lo, span(rest, box).lo
    return -constant / slope if slope and constant is not None else None


def _replaced(sample: Numbers, member: Member, value: Fraction | None) -> Numbers | None:
    if value is None:
        return None
    number = member.filler.quantity.value if isinstance(member.filler, Figure) else value
    old = sample[member.role]
    at = old.index(number)
    return {**sample, member.role: (*old[:at], value, *old[at + 1 :])}
