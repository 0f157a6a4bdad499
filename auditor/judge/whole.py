"""Shares of a small whole: some whole count out of the total must give the printed share.

96,7 % of 48 is no whole number of votes: 46 give 95,8 % and 47 give 97,9 %.
"""

from __future__ import annotations

from dataclasses import replace
from math import ceil, floor

from auditor.judge import arithmetic, outcome, wording
from auditor.judge.reading import Reading, cut, expected, interval, possible
from auditor.model.check import Check, Verdict
from auditor.model.exact import Fraction
from auditor.model.figure import Figure
from auditor.model.quantity import Interval
from auditor.model.relation import Relation
from auditor.model.rule import Rule


def judge(rule: Rule, relation: Relation) -> Check:
    """The verdict of an integer rule over the roles ``share`` (in %) and ``total`` (a count)."""
    share, total = _one(relation, "share", expected), _one(relation, "total", expected)
    if share is None or total is None:
        return outcome.ended(rule, relation, "not-checkable", "role-missing")
    verdict, reason = _ending(rule, relation)
    near = _nearest(share, total)
    return replace(
        outcome.ended(rule, relation, verdict, reason),
        left=share,
        right=near,
        gap=None if near is None else share.gap_to(near),
        equation=f"{_text(relation, 'share')} = 100 × n / {_text(relation, 'total')}",
        computed="" if near is None else f"{wording.between(near, 2)}%",
    )


def _ending(rule: Rule, relation: Relation) -> tuple[Verdict, str | None]:
    if _possible(relation, expected):
        return "consistent", None
    if _possible(relation, possible):
        return "suspicious", "beyond-hedge"
    if _possible(relation, cut):
        return "suspicious", "truncated"
    if _missed_by(relation) <= outcome.slack(rule) * _step(relation):
        return "suspicious", "off-by-last-digits"
    return outcome.breached(rule, relation)


def _possible(relation: Relation, reading: Reading) -> bool:
    share, total = _one(relation, "share", reading), _one(relation, "total", reading)
    if share is None or total is None or total.hi is None:
        return True
    counts = arithmetic.multiply(share, arithmetic.multiply(total, arithmetic.point(Fraction(1, 100))))
    # An open end still leaves the count between nothing and all.
    least = Fraction(0) if counts.lo is None else max(counts.lo, Fraction(0))
    most = total.hi if counts.hi is None else min(counts.hi, total.hi)
    return ceil(least) <= floor(most)


def _missed_by(relation: Relation) -> Fraction:
    share, total = _one(relation, "share", possible), _one(relation, "total", possible)
    near = _nearest(share, total) if share and total else None
    return Fraction(0) if share is None or near is None else share.gap_to(near)


def _nearest(share: Interval, total: Interval) -> Interval | None:
    """The share nearest to the printed one that a whole count gives; only for a total that is known exactly."""
    if share.lo is None or share.hi is None or total.lo is None or total.lo != total.hi or total.lo <= 0:
        return None
    size = total.lo
    around = (floor(share.lo * size / 100), ceil(share.lo * size / 100), floor(share.hi * size / 100))
    counts = sorted({min(max(n, 0), floor(size)) for n in around})
    return min((arithmetic.point(100 * Fraction(n) / size) for n in counts), key=share.gap_to)


def _one(relation: Relation, role: str, reading: Reading) -> Interval | None:
    return next((interval(member, reading) for member in relation.role(role)), None)


def _step(relation: Relation) -> Fraction:
    return max(
        (m.filler.quantity.step for m in relation.role("share") if isinstance(m.filler, Figure)), default=Fraction(0)
    )


def _text(relation: Relation, role: str) -> str:
    return next((wording.printed(member) for member in relation.role(role)), "?")
