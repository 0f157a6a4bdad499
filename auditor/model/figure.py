"""Figures, the numerals that are none, and the evidence that relations rest on besides figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from auditor.model.quantity import Interval, Quantity

Role = Literal["actual", "plan", "estimate", "target", "previous"]
EvidenceKind = Literal["date", "span", "word", "period"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with a meaning, at ``start`` (its first digit) to ``end`` of its document's own text.

    ``indicator`` is what is counted or measured, ``place`` and ``period`` where and when (``None`` when the
    text does not say), ``reason`` why no relation was found for it (a message id), filled in when it is unpaired.
    ``unit_text`` is the unit as printed (scale word and all), for people to read beside ``raw``.
    """

    id: str
    document: str
    start: int
    end: int
    raw: str
    quantity: Quantity
    indicator: str | None = None
    place: str | None = None
    period: str | None = None
    role: Role = "actual"
    reason: str | None = None
    unit_text: str = ""

    def because(self, reason: str) -> Figure:
        return replace(self, reason=reason)


@dataclass(frozen=True, slots=True)
class Ignored:
    """A numeral that is not a figure, with what it is: a date, a document number, page furniture …"""

    document: str
    start: int
    end: int
    raw: str
    what: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something in the text that is no figure but fills a role: a date, a list item, a claim word, a period.

    ``value`` is what it means: an ISO date (``2023``, ``2023-01``, ``2023-01-25``), a claim (``exceeds``, ``meets``,
    ``misses``), a number of years for a period, the text itself for a span. ``days`` is a date as an interval of
    proleptic Gregorian ordinals, wide for a month or a year.
    """

    document: str
    kind: EvidenceKind
    start: int
    end: int
    raw: str
    value: str
    days: Interval | None = None
