"""Every rule on every relation of its kind, in an order that depends on nothing but the texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from auditor.judge.expression import parse
from auditor.judge.verdict import judge
from auditor.model.check import Check
from auditor.model.relation import Relation
from auditor.model.rule import Rule


def check(relations: Iterable[Relation], rules: Iterable[Rule], prefix: str = "c") -> list[Check]:
    """Judge every relation by every rule of its kind. Ids ``c1``, ``c2``, … follow the place in the texts, so they do
    not depend on the order of relations or rules."""
    by_relation: defaultdict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        by_relation[rule.relation].append(rule)
    return numbered((judge(rule, relation) for relation in relations for rule in by_relation[relation.kind]), prefix)


def numbered(found: Iterable[Check], prefix: str = "c") -> list[Check]:
    """Checks in the order of their places in the texts, with ids that follow it."""
    return [replace(one, id=f"{prefix}{number}") for number, one in enumerate(sorted(found, key=_place), 1)]


def renumbered(found: Iterable[Check]) -> dict[str, Check]:
    """`numbered` checks by the ids that they had before."""
    ordered = sorted(found, key=_place)
    return {one.id: replace(one, id=f"c{number}") for number, one in enumerate(ordered, 1)}


def pinning(rules: Iterable[Rule]) -> frozenset[str]:
    """Ids of the rules whose holding says something about each figure: equations and repeats. That a part stays
    below its total vouches for neither."""
    return frozenset(rule.id for rule in rules if rule.kind == "repeat" or _is_equation(rule))


def _is_equation(rule: Rule) -> bool:
    return rule.kind == "equation" and parse(rule.holds[""]).comparison == "=="


def _place(check: Check) -> tuple[object, ...]:
    relation = check.relation
    members = sorted((m.filler.document, m.filler.start, m.filler.end, m.role, m.sign) for m in relation.members)
    return relation.document, relation.position, check.rule, members, relation.confidence
