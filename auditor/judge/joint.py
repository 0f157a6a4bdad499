"""Statements that can each be true and not all together.

With roles of its own, a joint rule compares two ways to say one thing (how far a result is above its plan, and how
far its growth is above the planned growth); its ``otherwise`` say the same for other members. Over the role
``figure`` alone, whoever bound the relation has shown that no values within the print satisfy every statement: that
it was bound is the breach.
"""

from __future__ import annotations

from dataclasses import replace

from auditor.judge import outcome
from auditor.judge.equation import compare
from auditor.judge.expression import parse
from auditor.judge.reading import unfit
from auditor.model.check import Check
from auditor.model.relation import Relation
from auditor.model.rule import Rule

ROLE = "figure"


def judge(rule: Rule, relation: Relation) -> Check:
    """The verdict of a joint rule: the first of its comparisons that the relation fills decides."""
    if all(member.role == ROLE for member in relation.members):
        return outcome.ended(rule, relation, *outcome.breached(rule, relation, "not-all-true"))
    texts = [rule.holds[""], *(other.holds for other in rule.otherwise)]
    fitting = [text for text in texts if unfit(parse(text), relation) is None]
    if not fitting:
        return outcome.ended(rule, relation, "not-checkable", "role-missing")
    found = compare(replace(rule, otherwise=()), relation, parse(fitting[0]))
    return replace(found, reason="different-bases") if found.reason == "unusual" else found
