"""The order of dates, and the years between them.

A date is an interval of days, wide for a month or a year; an order is breached only if no days satisfy it. Where the
text also says how long it has been (`after 2 years`), the years between the dates must agree: whole years are counted
by the calendar when both dates are only years, and may fall short or run over as far as the rule allows otherwise.
"""

from __future__ import annotations

from dataclasses import replace

from auditor.judge import outcome, wording
from auditor.judge.equation import compare
from auditor.judge.expression import parse
from auditor.judge.reading import interval, possible
from auditor.model.check import Check
from auditor.model.exact import Fraction
from auditor.model.figure import Evidence
from auditor.model.quantity import Interval
from auditor.model.relation import Member, Relation
from auditor.model.rule import Rule

YEAR = Fraction(3652425, 10000)  # days of the mean Gregorian year
WHOLE_YEAR = 364  # a date that is only a year spans this many days, or one more
SHORT, OVER = Fraction(1, 2), Fraction(1)  # years by which `after N years` may fall short and run over


def judge(rule: Rule, relation: Relation) -> Check:
    """The verdict of an order rule. A date without days is impossible (30 February), and that is a breach."""
    if any(_impossible(member) for member in relation.members):
        verdict, reason = outcome.breached(rule, relation, "impossible-date")
        return replace(outcome.ended(rule, relation, verdict, reason), equation=_dates(relation))
    check = compare(rule, relation, parse(rule.holds[""]))
    if check.verdict != "consistent" or not relation.role("period"):
        return check
    return _elapsed(rule, relation, check)


def _elapsed(rule: Rule, relation: Relation, check: Check) -> Check:
    """The check with the years between both dates held against the years that the text names."""
    period, years = interval(relation.role("period")[0], possible), _between(relation)
    if period is None or period.lo is None or years is None:
        return check
    under, over = rule.parameters.get("short", SHORT), rule.parameters.get("over", OVER)
    allowed = Interval(period.lo - under, period.lo + over) if _precise(relation) else period
    gap = years.gap_to(allowed)
    shown = replace(check, left=years, right=period, gap=gap, equation=_dates(relation))
    if not gap:
        return shown
    verdict, reason = ("suspicious", "years-counted-inclusively") if gap <= 1 else outcome.breached(rule, relation)
    return replace(shown, verdict=verdict, reason=reason)


def _between(relation: Relation) -> Interval | None:
    """Years from the first to the last date: by the calendar for bare years, else by days."""
    spans = [_days(member) for role in ("cited", "event") for member in relation.role(role)]
    days = [(span.lo, span.hi) for span in spans if span and span.lo is not None and span.hi is not None]
    if len(days) != 2:
        return None
    (first_lo, first_hi), (last_lo, last_hi) = days
    if not _precise(relation):
        whole = Fraction(round((last_lo - first_lo) / YEAR))
        return Interval(whole, whole)
    return Interval((last_lo - first_hi) / YEAR, (last_hi - first_lo) / YEAR)


def _precise(relation: Relation) -> bool:
    """Whether some date is more than a bare year."""
    spans = [span for member in relation.members if (span := _days(member))]
    return any(span.lo is not None and span.hi is not None and span.hi - span.lo < WHOLE_YEAR for span in spans)


def _days(member: Member) -> Interval | None:
    return member.filler.days if isinstance(member.filler, Evidence) else None


def _impossible(member: Member) -> bool:
    return isinstance(member.filler, Evidence) and member.filler.kind == "date" and member.filler.days is None


def _dates(relation: Relation) -> str:
    return " · ".join(wording.printed(member) for member in relation.members)
