"""One rule on one relation: the verdict. Kinds of rules are code; this is their list."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from auditor.judge import claim, equation, joint, order, outcome, repeat, whole
from auditor.model.check import Check
from auditor.model.relation import Relation
from auditor.model.rule import Rule, RuleKind


def judge(rule: Rule, relation: Relation) -> Check:
    """Judge a relation of the rule's kind. What the text does not print makes it not checkable, with the relation's
    own reason. The check's id is empty: whoever numbers the checks of a run fills it in."""
    if relation.missing:
        return outcome.ended(rule, relation, "not-checkable", relation.reason or "role-missing")
    return KINDS[rule.kind](rule.on(relation.roles()), relation)


def bound(rule: Rule, relation: Relation) -> Check:
    """A unary rule: that its relation was bound is the breach."""
    return outcome.ended(rule, relation, *outcome.breached(rule, relation))


KINDS: Mapping[RuleKind, Callable[[Rule, Relation], Check]] = {
    "equation": equation.judge,
    "order": order.judge,
    "claim": claim.judge,
    "repeat": repeat.judge,
    "integer": whole.judge,
    "unary": bound,
    "joint": joint.judge,
}

# The figures that a rule of a kind may set, besides `floor`; the code of the kind says what each one does. At `turn`
# what a text states becomes its opposite: findings across it are the worst (auditor/findings.py).
PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "equation": ("slack", "turn"),
    "order": ("short", "over"),
    "claim": ("slack",),
    "repeat": ("slack",),
    "integer": ("slack",),
}
