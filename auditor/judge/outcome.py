"""How a check ends: the verdicts that every kind of rule shares."""

from __future__ import annotations

from auditor.model.check import Check, Verdict
from auditor.model.exact import Fraction
from auditor.model.relation import Relation
from auditor.model.rule import Rule

# Units of the last printed digit by which a rounded figure may miss before it is a breach at full strength.
SLACK = Fraction(2)


def ended(rule: Rule, relation: Relation, verdict: Verdict, reason: str | None = None) -> Check:
    """A check without its id and its sides; the caller adds what its kind knows."""
    return Check("", rule.id, relation, verdict, reason)


def breached(rule: Rule, relation: Relation, reason: str | None = None) -> tuple[Verdict, str | None]:
    """The verdict of a breach that nothing explains: the rule's own, weaker where the link is weak."""
    if rule.breach != "contradiction":
        return "suspicious", reason or "unusual"
    if relation.confidence < rule.floor:
        return "suspicious", "weak-link"
    return "contradiction", reason


def slack(rule: Rule) -> Fraction:
    return rule.parameters.get("slack", SLACK)
