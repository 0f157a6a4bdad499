"""Rounding habits: many small misses with one reason are said once.

A text whose author cut digits off misses a little everywhere, and one whose last share was made to fill up 100 % misses
there. The checks stay as they are; one check over their figures covers them, and only that becomes a finding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from auditor.judge import wording
from auditor.judge.expression import Atom, parse
from auditor.judge.verdict import judge
from auditor.model.check import Check
from auditor.model.figure import Figure
from auditor.model.relation import Member, Relation
from auditor.model.rule import Rule

RELATION = "rounding-habit"
CUT, FORCED = "digits-cut-off", "rest-in-last-share"
MISSES = ("truncated", "off-by-last-digits")
WHOLE = 100
Spot = tuple[str, int]  # document and start


def habits(checks: Iterable[Check], rules: Iterable[Rule]) -> list[Check]:
    """For each document and habit one check (without an id) that covers the misses it explains. None without a rule on
    this relation."""
    by_id = {rule.id: rule for rule in rules}
    rule = next((rule for rule in by_id.values() if rule.relation == RELATION), None)
    if rule is None:
        return []
    by_document: defaultdict[str, list[Check]] = defaultdict(list)
    for check in checks:
        by_document[check.document].append(check)
    return [habit for group in by_document.values() for habit in _of_document(group, rule, by_id)]


def _of_document(checks: Sequence[Check], rule: Rule, by_id: Mapping[str, Rule]) -> Iterator[Check]:
    misses, last = [one for one in checks if _misses(one)], set(_forced(checks))
    forced = [one for one in misses if not last.isdisjoint(_places(one))]
    if forced:
        yield _habit(FORCED, forced, rule, by_id)
    others = [one for one in misses if one not in forced]
    if all(one.reason == "truncated" for one in others) and _several_causes(others):
        yield _habit(CUT, others, rule, by_id)


def _several_causes(misses: Sequence[Check]) -> bool:
    """Whether no single figure is behind all misses: a wrong figure explains better than a habit."""
    return len(misses) > 1 and not frozenset.intersection(*map(_places, misses))


def _places(check: Check) -> frozenset[Spot]:
    return frozenset(map(_start, check.relation.members))


def _misses(check: Check) -> bool:
    return check.verdict == "suspicious" and check.reason in MISSES


def _forced(checks: Sequence[Check]) -> Iterator[Spot]:
    """Last shares that miss a little where all shares before them agree and all together are printed to make 100."""
    of_share = {_start(member): one for one in checks for member in one.relation.role("share") if _is_share(one)}
    for whole in checks:
        shares = whole.relation.role("share")
        if whole.relation.kind != "shares-sum-to-100" or not _makes_whole(shares):
            continue
        ordered = sorted(map(_start, shares))
        *before, last = (of_share.get(start) for start in ordered)
        if last and _misses(last) and len(before) > 1 and all(one and one.verdict == "consistent" for one in before):
            yield ordered[-1]


def _is_share(check: Check) -> bool:
    return check.relation.kind == "share-of-total"


def _start(member: Member) -> Spot:
    return member.filler.document, member.filler.start


def _makes_whole(shares: Sequence[Member]) -> bool:
    values = [member.filler.quantity.value for member in shares if isinstance(member.filler, Figure)]
    return sum(values) == WHOLE


def _habit(reason: str, covered: Sequence[Check], rule: Rule, by_id: Mapping[str, Rule]) -> Check:
    found = {_start(member): member.filler for check in covered for member in _stated(check, by_id[check.rule])}
    members = tuple(Member("figure", found[spot]) for spot in sorted(found))
    confidence = min(check.relation.confidence for check in covered)
    made = judge(rule, Relation(RELATION, covered[0].document, members, confidence))
    equation = "; ".join(check.equation for check in covered)
    return replace(made, reason=reason, equation=equation, covers=tuple((one.rule, one.relation) for one in covered))


def _stated(check: Check, rule: Rule) -> list[Member]:
    """The members whose digits were cut: the role that stands alone in the equation, or all of them."""
    alone = wording.stated(parse(rule.holds[""])) if rule.kind == "equation" else None
    return check.relation.role(alone.role) if isinstance(alone, Atom) else list(check.relation.members)
