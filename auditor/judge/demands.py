"""What a rule demands of a relation, as comparisons: for whoever must turn them round and solve for a figure."""

from __future__ import annotations

from auditor.judge import claim
from auditor.judge.expression import Expression, parse
from auditor.judge.reading import unfit
from auditor.model.figure import Evidence
from auditor.model.relation import Relation
from auditor.model.rule import Rule

Demand = tuple[Expression, Relation]


def demands(rule: Rule, relation: Relation) -> list[Demand]:
    """Comparisons any one of which makes the check consistent, the rule's own first. Empty where the rule is no
    arithmetic over the members: repeats, whole counts, unary rules, impossible dates, elapsed years."""
    if relation.missing or (rule.kind == "order" and not _is_plain_order(relation)):
        return []
    rule = rule.on(relation.roles())
    if rule.kind == "claim":
        found = claim.demand(rule, relation)
        return [found] if found and unfit(*found) is None else []
    if rule.kind not in ("equation", "order", "joint") or "" not in rule.holds:
        return []
    others = (other for other in rule.otherwise if _suffices(other.verdict, other.when, relation))
    texts = [rule.holds[""], *(other.holds for other in others)]
    return [(expression, relation) for text in texts if unfit(expression := parse(text), relation) is None]


def _suffices(verdict: str, when: str | None, relation: Relation) -> bool:
    return verdict == "consistent" and (not when or all(f.quantity.dimension == when for f in relation.figures()))


def _is_plain_order(relation: Relation) -> bool:
    fillers = [member.filler for member in relation.members]
    return not relation.role("period") and all(isinstance(f, Evidence) and f.days is not None for f in fillers)
