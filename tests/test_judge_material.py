"""Figures and relations made by hand, for the tests of judge, rules, localise and findings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import count

from auditor.judge.verdict import judge
from auditor.model.check import Check
from auditor.model.figure import Evidence, EvidenceKind, Figure
from auditor.model.quantity import Bound, Interval, Quantity
from auditor.model.relation import Member, Relation
from auditor.model.rule import Rule
from auditor.rules.load import load

RULES = {rule.id: rule for rule in load()}

_starts = count(0, 10)

Band = tuple[Fraction | None, Fraction | None]


def quantity(
    raw: str,
    *,
    exact: bool = False,
    dimension: str = "money",
    bound: Bound | None = None,
    band: Band | None = None,
    scale: Fraction | int = 1,
) -> Quantity:
    """A printed decimal (decimal comma, no groups) as a quantity."""
    decimals = len(raw.partition(",")[2])
    value = Fraction(raw.replace(",", ".")) * scale
    step = Fraction(0) if exact else Fraction(scale) / 10**decimals
    return Quantity(value, step, None, dimension, exact, bound, band, Fraction(scale))


def figure(
    raw: str, start: int | None = None, *, unit_text: str = "", document: str = "a.txt", **how: object
) -> Figure:
    at = next(_starts) if start is None else start
    made = quantity(raw.rstrip("%").strip(), **{"dimension": "percent" if raw.endswith("%") else "money", **how})  # type: ignore[arg-type]
    return Figure(f"{document}:{at}", document, at, at + len(raw), raw, made, unit_text=unit_text)


def exact(raw: str, start: int | None = None, *, unit_text: str = "") -> Figure:
    return figure(raw, start, unit_text=unit_text, exact=True, dimension="count")


def hedged(raw: str, bound: Bound, low: str | None, high: str | None, **how: object) -> Figure:
    band = tuple(None if end is None else Fraction(end) for end in (low, high))
    return figure(raw, bound=bound, band=band, **how)  # type: ignore[arg-type]


def evidence(kind: EvidenceKind, value: str, start: int | None = None) -> Evidence:
    at = next(_starts) if start is None else start
    return Evidence("a.txt", kind, at, at + len(value), value, value, days(value) if kind == "date" else None)


def days(value: str) -> Interval | None:
    """The days of an ISO date; a year or a month is wide, an impossible date is None."""
    parts = [int(part) for part in value.split("-")]
    try:
        if len(parts) == 1:
            first, last = date(parts[0], 1, 1), date(parts[0], 12, 31)
        else:
            first = last = date(*parts)
    except ValueError:
        return None
    return Interval(Fraction(first.toordinal()), Fraction(last.toordinal()))


Filler = Figure | Evidence | Member


def relation(kind: str, confidence: float = 1.0, **fillers: Filler | Sequence[Filler]) -> Relation:
    """A relation from roles; ``from_`` stands for the role ``from``."""
    members = [
        _member(role.rstrip("_"), filler)
        for role, given in fillers.items()
        for filler in (given if isinstance(given, Sequence) else [given])
    ]
    return Relation(kind, "a.txt", tuple(members), confidence)


def signed(filler: Figure, sign: int = -1, offset: int = 0) -> Member:
    return Member("", filler, sign, Fraction(offset))


def judged(found: Relation, rule: Rule | None = None) -> Check:
    return judge(rule or RULES[found.kind], found)


def ending(found: Relation, rule: Rule | None = None) -> tuple[str, str | None]:
    check = judged(found, rule)
    return check.verdict, check.reason


def _member(role: str, filler: Filler) -> Member:
    if isinstance(filler, Member):
        return Member(role, filler.filler, filler.sign, filler.offset)
    return Member(role, filler)
