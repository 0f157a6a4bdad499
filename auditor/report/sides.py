"""Both sides of a check as a reader wants them: named, in the printed unit, and never touching where there is a gap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

from auditor.frames.decimals import SIGNIFICANT, outward, rounded
from auditor.model.check import Check
from auditor.model.exact import Fraction, rational
from auditor.model.figure import Evidence, Figure
from auditor.model.quantity import Interval
from auditor.model.rule import Rule
from auditor.report.formula import expression, split
from auditor.report.messages import Messages

SHORT = 6  # significant digits shown, unless more are needed to see a gap
SCALES = ((10**9, "billion"), (10**6, "million"))
DAYS = Interval(Fraction(date(1000, 1, 1).toordinal()), Fraction(date.max.toordinal()))


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the comparison: what it is, in words of the rule; its interval; and the interval in words."""

    name: str
    interval: Interval
    text: str


def sides(words: Messages, check: Check, rule: Rule | None) -> tuple[Side, Side] | None:
    """The two sides, or none when the check has no sides. Ends are rounded outward, but never so far that two sides
    with a gap would seem to touch."""
    if check.left is None or check.right is None:
        return None
    (left, right), (factor, unit) = _names(words, check, rule), _unit(words, check, rule)
    if _days(check):
        return Side(left, check.left, _dates(words, check.left)), Side(right, check.right, _dates(words, check.right))
    one, other = _over(check.left, factor), _over(check.right, factor)
    digits = _digits(one, other)
    return Side(left, one, _text(words, one, digits, unit)), Side(right, other, _text(words, other, digits, unit))


def gap(words: Messages, check: Check, rule: Rule | None) -> str:
    """The distance of the two sides in their unit; empty when they touch."""
    if not check.gap:
        return ""
    if _days(check):
        return words("finding.days", n=int(check.gap))
    factor, unit = _unit(words, check, rule)
    return _joined(words.number(rounded(check.gap / factor, SHORT)), unit)


def steps(check: Check, rule: Rule | None) -> int | None:
    """The distance in units of the last printed digit of the figure that stands alone on a side, rounded up."""
    alone = [figure for role in split(check, rule) for figure in _figures(check, role)]
    sizes = [figure.quantity.step for figure in alone if figure.quantity.step]
    return ceil(check.gap / sizes[0]) if check.gap and sizes and not _dated(check) else None


def _names(words: Messages, check: Check, rule: Rule | None) -> tuple[str, str]:
    if _dated(check) and not _days(check):
        return words("finding.elapsed"), words.name("role", "period")
    left, right = (expression(words, side) for side in split(check, rule))
    return left or words("finding.left"), right or words("finding.right")


def _unit(words: Messages, check: Check, rule: Rule | None) -> tuple[Fraction, str]:
    """The printed unit of the sides in base units, and its name: that of a role that stands alone on a side, or that
    of all the figures."""
    if _dated(check):
        return Fraction(1), words("finding.years")
    alone = [figure for role in split(check, rule) for figure in _figures(check, role)]
    every = list(check.relation.figures())
    for figure in alone or (every if len({figure.quantity.dimension for figure in every}) == 1 else []):
        if figure.unit_text:
            return figure.quantity.scale, figure.unit_text
        factor, name = _scale(words, check)
        return factor, f"{name} {figure.quantity.unit or ''}".strip()
    return _scale(words, check)


def _figures(check: Check, role: str) -> list[Figure]:
    return [member.filler for member in check.relation.role(role) if isinstance(member.filler, Figure)]


def _scale(words: Messages, check: Check) -> tuple[Fraction, str]:
    sizes = [abs(end) for one in (check.left, check.right) if one for end in (one.lo, one.hi) if end]
    for factor, name in SCALES:
        if sizes and min(sizes) >= factor:
            return Fraction(factor), words(f"number.{name}")
    return Fraction(1), ""


def _dated(check: Check) -> bool:
    return any(
        isinstance(member.filler, Evidence) and member.filler.kind == "date" for member in check.relation.members
    )


def _days(check: Check) -> bool:
    """Whether the sides are days; with dates they may also be the years between them."""
    ends = [end for one in (check.left, check.right) if one for end in (one.lo, one.hi) if end is not None]
    return _dated(check) and all(end in DAYS for end in ends)


def _text(words: Messages, interval: Interval, digits: int, unit: str) -> str:
    ends = outward(interval, digits)
    if interval.lo is not None and interval.lo == interval.hi:
        ends = (_nearest(interval.lo, *ends),) * 2
    lo, hi = ("" if end is None else words.number(end) for end in ends)
    return _between(words, lo, hi, unit)


def _nearest(value: Fraction, *shown: str | None) -> str:
    """One number for an exact value such as a ratio of counts, which rounding has made two."""
    return min((one for one in shown if one is not None), key=lambda one: abs(rational(one) - value))


def _dates(words: Messages, interval: Interval) -> str:
    ends = (interval.lo, interval.hi)
    lo, hi = ("" if end is None else words.day(date.fromordinal(int(end))) for end in ends)
    return _between(words, lo, hi)


def _between(words: Messages, lo: str, hi: str, unit: str = "") -> str:
    if lo == hi:
        return _joined(hi, unit) if hi else words("finding.open")
    if not hi:
        return words("finding.at_least", lo=_joined(lo, unit))
    end = _joined(hi, unit)
    return words("finding.between", lo=lo, hi=end) if lo else words("finding.at_most", hi=end)


def _joined(number: str, unit: str) -> str:
    return number + unit if unit.startswith("%") else f"{number} {unit}".rstrip()


def _over(interval: Interval, factor: Fraction) -> Interval:
    lo, hi = interval.lo, interval.hi
    return Interval(None if lo is None else lo / factor, None if hi is None else hi / factor)


def _digits(left: Interval, right: Interval) -> int:
    if left.gap_to(right) == 0:
        return SHORT
    enough = (n for n in range(SHORT, SIGNIFICANT) if _rounded(left, n).gap_to(_rounded(right, n)))
    return next(enough, SIGNIFICANT)


def _rounded(interval: Interval, digits: int) -> Interval:
    lo, hi = outward(interval, digits)
    return Interval(None if lo is None else rational(lo), None if hi is None else rational(hi))
