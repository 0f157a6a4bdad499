"""Equations and inequalities: does a breach remain when rounding, hedges and other readings are allowed for?

In this order: what the words are expected to mean; the rule's own alternatives; what the words allow at all; digits cut
off instead of rounded; last digits forced (to make shares add to 100, say); a link too weak to prove anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from auditor.judge import outcome, wording
from auditor.judge.expression import Atom, Expression, parse
from auditor.judge.reading import cut, expected, possible, unfit
from auditor.judge.sides import Sides, sides
from auditor.model.check import Check, Verdict
from auditor.model.exact import Fraction
from auditor.model.figure import Figure
from auditor.model.relation import Relation
from auditor.model.rule import Alternative, Rule

Ending = tuple[Verdict, str | None]


def judge(rule: Rule, relation: Relation) -> Check:
    """The verdict of an equation rule; its one expression is ``rule.holds[""]``."""
    return compare(rule, relation, parse(rule.holds[""]))


def compare(rule: Rule, relation: Relation, expression: Expression) -> Check:
    """The verdict on one comparison, with both sides as the words are expected to mean, or, in a breach, as they
    are possible at all: then the gap is what no reading closes."""
    missing = unfit(expression, relation)
    if missing:
        return outcome.ended(rule, relation, "not-checkable", missing)
    likely = sides(expression, relation, expected)
    # What holds as expected is possible, too.
    widest = likely if likely.holds else sides(expression, relation, possible)
    verdict, reason = _ending(rule, relation, expression, likely, widest)
    shown = widest if widest.holds is False else likely
    equation, computed = wording.equation(expression, relation), wording.computed(expression, relation, likely)
    return Check("", rule.id, relation, verdict, reason, shown.left, shown.right, shown.gap, equation, computed)


def unit(expression: Expression, relation: Relation) -> Fraction:
    """One unit of the last printed digit on the scale of the equation's sides: of the figure that stands alone on a
    side, or, where that is exact, the coarsest among the figures of its dimension; 0 when all are exact."""
    alone = wording.stated(expression)
    own = _figures([alone] if isinstance(alone, Atom) else expression.atoms(), relation)
    if len(own) == 1 and own[0].quantity.step:
        return own[0].quantity.step
    dimensions = {figure.quantity.dimension for figure in own}
    alike = [f for f in _figures(expression.atoms(), relation) if f.quantity.dimension in dimensions]
    return max((figure.quantity.step for figure in alike), default=Fraction(0))


def _ending(rule: Rule, relation: Relation, expression: Expression, likely: Sides, widest: Sides) -> Ending:
    if likely.holds:
        return "consistent", None
    if likely.holds is None and widest.holds is not False:
        return "not-checkable", "division-by-zero"
    other = next((a for a in rule.otherwise if _applies(a, relation)), None)
    if other:
        return _weakened(rule, relation, other)
    if widest.holds is not False:
        return "suspicious", "beyond-hedge"
    if rule.breach != "contradiction":
        return outcome.breached(rule, relation)
    return _softened(rule, relation, expression, widest)


def _softened(rule: Rule, relation: Relation, expression: Expression, widest: Sides) -> Ending:
    if sides(expression, relation, cut).holds:
        return "suspicious", "truncated"
    allowance = outcome.slack(rule) * unit(expression, relation)
    if allowance and widest.gap is not None and widest.gap <= allowance:
        return "suspicious", "off-by-last-digits"
    return outcome.breached(rule, relation)


def _weakened(rule: Rule, relation: Relation, other: Alternative) -> Ending:
    if other.verdict == "contradiction":
        return outcome.breached(rule, relation, other.reason)
    return cast(Verdict, other.verdict), other.reason


def _applies(other: Alternative, relation: Relation) -> bool:
    if other.when and any(figure.quantity.dimension != other.when for figure in relation.figures()):
        return False
    expression = parse(other.holds)
    return unfit(expression, relation) is None and sides(expression, relation, expected).holds is True


def _figures(atoms: Iterable[Atom], relation: Relation) -> list[Figure]:
    members = [member for atom in atoms for member in relation.role(atom.role)]
    return [member.filler for member in members if isinstance(member.filler, Figure)]
