"""Repeats: one thing stated more than once must have one value that fits every statement.

Differing precision is fine (216 and 216,3), and so are hedges that fit. Nothing is computed here, so nothing is
rounded twice: two neighbours at the same precision (573 and 574), whose intervals only touch, are not one number.
"""

from __future__ import annotations

from typing import NamedTuple

from auditor.judge import arithmetic, outcome, wording
from auditor.judge.reading import Reading, cut, expected, interval, possible
from auditor.model.check import Check, Verdict
from auditor.model.exact import Fraction
from auditor.model.figure import Figure
from auditor.model.quantity import Interval
from auditor.model.relation import Relation
from auditor.model.rule import Rule

ROLE = "figure"


class Extremes(NamedTuple):
    """The interval that ends first and the one that begins last: all share a value unless these two do not."""

    lowest: Interval
    highest: Interval
    gap: Fraction


def judge(rule: Rule, relation: Relation) -> Check:
    """The verdict of a repeat rule over all figures in the role ``figure``; ``slack`` is 0 unless the rule sets it."""
    stated = _intervals(relation, expected)
    if len(stated) < 2:
        return outcome.ended(rule, relation, "not-checkable", "role-missing")
    likely = _extremes(stated)
    # What holds as expected is possible, too.
    widest = likely if likely.gap == 0 else _extremes(_intervals(relation, possible))
    verdict, reason = _ending(rule, relation, likely, widest)
    equation = " = ".join(wording.printed(member) for member in relation.role(ROLE))
    return Check("", rule.id, relation, verdict, reason, *(widest if widest.gap else likely), equation)


def _ending(rule: Rule, relation: Relation, likely: Extremes, widest: Extremes) -> tuple[Verdict, str | None]:
    if likely.gap == 0:
        return ("suspicious", "off-by-last-digits") if _only_touch(likely) else ("consistent", None)
    if widest.gap == 0:
        return "suspicious", "beyond-hedge"
    if _extremes(_intervals(relation, cut)).gap == 0:
        return "suspicious", "truncated"
    if widest.gap <= rule.parameters.get("slack", Fraction(0)) * _step(relation):
        return "suspicious", "off-by-last-digits"
    return outcome.breached(rule, relation)


def _intervals(relation: Relation, reading: Reading) -> list[Interval]:
    found = (interval(member, reading) for member in relation.role(ROLE))
    return [one for one in found if one is not None]


def _extremes(intervals: list[Interval]) -> Extremes:
    lowest = min(intervals, key=lambda one: arithmetic.ends(one)[1])
    highest = max(intervals, key=lambda one: arithmetic.ends(one)[0])
    return Extremes(lowest, highest, lowest.gap_to(highest))


def _only_touch(extremes: Extremes) -> bool:
    below, above, _ = extremes
    wide = below.lo != below.hi and above.lo != above.hi
    return wide and below.hi is not None and below.hi == above.lo


def _step(relation: Relation) -> Fraction:
    figures = (member.filler for member in relation.role(ROLE))
    return max(figure.quantity.step for figure in figures if isinstance(figure, Figure))
