"""Claims: a word says how a result stands to its target, and the two figures say it too.

`Exceeded` is breached only if no values inside the rounding exceed. Where less is better (a poverty rate) the
comparison is mirrored: a ``direction`` of ``down`` says so, or a target that is itself a ceiling (`at most 3 %`).
"""

from __future__ import annotations

from dataclasses import replace

from auditor.judge import outcome
from auditor.judge.equation import compare
from auditor.judge.expression import Expression, parse
from auditor.model.check import Check
from auditor.model.exact import Fraction
from auditor.model.figure import Evidence, Figure
from auditor.model.quantity import Quantity
from auditor.model.relation import Member, Relation
from auditor.model.rule import Rule

_MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}


def judge(rule: Rule, relation: Relation) -> Check:
    """The verdict of a claim rule: the claim word's value picks the expression of ``rule.holds``."""
    found = demand(rule, relation)
    if found is None:
        reason = "claim-unknown" if relation.role("claim") else "role-missing"
        return outcome.ended(rule, relation, "not-checkable", reason)
    expression, with_thresholds = found
    return replace(compare(rule, with_thresholds, expression), relation=relation)


def demand(rule: Rule, relation: Relation) -> tuple[Expression, Relation] | None:
    """The comparison that the claim word picks, and the relation with its limits as plain marks; ``None`` for a word
    that the rule does not know."""
    word = next((m.filler.value for m in relation.role("claim") if isinstance(m.filler, Evidence)), "")
    if word not in rule.holds:
        return None
    expression = parse(rule.holds[word])
    if _less_is_better(relation):
        expression = replace(expression, comparison=_MIRROR[expression.comparison])
    return expression, _with_thresholds(relation)


def _less_is_better(relation: Relation) -> bool:
    told = [m.filler.value for m in relation.role("direction") if isinstance(m.filler, Evidence)]
    if told:
        return told[0] == "down"
    return any(_open(m) and m.filler.quantity.bound == "<=" for m in _targets(relation) if isinstance(m.filler, Figure))


def _with_thresholds(relation: Relation) -> Relation:
    # A target is a mark and not rounded: 89,6 misses 90. `At least 100` sets the mark at 100; read as a bound it could
    # be met by nothing or by everything.
    marks = {id(member): _threshold(member) for member in _targets(relation) if isinstance(member.filler, Figure)}
    return replace(relation, members=tuple(marks.get(id(member), member) for member in relation.members))


def _threshold(member: Member) -> Member:
    assert isinstance(member.filler, Figure)
    quantity = replace(member.filler.quantity, step=Fraction(0))
    bare = replace(quantity, bound=None, band=None) if _open(member) else quantity
    return replace(member, filler=replace(member.filler, quantity=bare))


def _targets(relation: Relation) -> list[Member]:
    return relation.role("target")


def _open(member: Member) -> bool:
    return isinstance(member.filler, Figure) and _limitless(member.filler.quantity)


def _limitless(quantity: Quantity) -> bool:
    """Whether the words set a limit (`at least`, `at most`) rather than blur a number (`over`, `nearly`)."""
    side = {">=": 1, "<=": 0}.get(quantity.bound or "")
    # `A target of under 4 %` is a ceiling; `a target of nearly 4 million` blurs a number.
    is_rate = quantity.dimension in ("percent", "permille")
    return side is not None and (is_rate or quantity.band is None or quantity.band[side] is None)
