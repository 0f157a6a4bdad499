"""What follows from a text without being printed in it, in words: `plan (2020): from 110,6 to 111,8 billion`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from auditor.frames.decimals import outward
from auditor.model.check import Implied
from auditor.model.quantity import Interval
from auditor.report.messages import Messages

SHORT = 6  # significant digits; the ends are rounded outward


def by_document(found: Iterable[Implied]) -> dict[str, list[Implied]]:
    """What follows from the claims of each document."""
    made: defaultdict[str, list[Implied]] = defaultdict(list)
    for one in found:
        made[one.check.document].append(one)
    return made


def worded(words: Messages, one: Implied) -> str:
    """An implied level: its role, its time where the text tells it, and its values in the unit of the claim."""
    told = f" ({one.subject.period})" if one.subject else ""
    reading = f" ({words.name('reason', one.reading)})" if one.reading else ""
    return f"{words.name('role', one.role)}{told}: {_values(words, one)}{reading}"


def _values(words: Messages, one: Implied) -> str:
    like = next(one.check.relation.figures())
    unit = "%" if like.raw.endswith("%") else f" {like.unit_text}".rstrip()
    scale = like.quantity.scale
    scaled = Interval(*(None if end is None else end / scale for end in (one.interval.lo, one.interval.hi)))
    lo, hi = (None if end is None else words.number(end) for end in outward(scaled, SHORT))
    if lo is None or hi is None:
        return words("finding.at_least", lo=f"{lo}{unit}") if lo else words("finding.at_most", hi=f"{hi}{unit}")
    return f"{lo}{unit}" if lo == hi else words("finding.between", lo=lo, hi=f"{hi}{unit}")
