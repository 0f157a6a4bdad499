"""Dates as intervals of days: a full date, a month, or a day and month whose year the document says elsewhere."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from auditor.model.exact import Fraction
from auditor.model.quantity import Interval
from auditor.parse.mentions import Sentence

PARTS = re.compile(r"\d+")
# A full date this near the beginning is that of the document.
HEAD = 400
# Days without any year are compared with each other only, as days of one leap year.
NO_YEAR = 4


@dataclass(frozen=True, slots=True)
class When:
    """A date at item ``at`` of its sentence: ISO text of what is printed (``--04-30`` without a year) and its days."""

    at: int
    value: str
    first: date
    last: date

    @property
    def days(self) -> Interval:
        return Interval(Fraction(self.first.toordinal()), Fraction(self.last.toordinal()))


def day(text: str) -> date | None:
    """The day of a full date, day first or ISO; ``None`` if there is no such day."""
    parts = [int(part) for part in PARTS.findall(text)]
    if len(parts) != 3:
        return None
    year, month, number = parts if parts[0] > 31 else parts[::-1]
    return _day(year, month, number)


def full_dates(sentence: Sentence) -> Iterator[When]:
    """The full dates of a sentence."""
    for at, aside in sorted(sentence.aside.items()):
        when = day(sentence.phrase(at)) if aside.what == "date" else None
        if when is not None:
            yield When(at, when.isoformat(), when, when)


def dates(sentence: Sentence, year: int) -> Iterator[When]:
    """All dates of a sentence; ``year`` is that of days and months without one."""
    for at, aside in sorted(sentence.aside.items()):
        if aside.what not in ("date", "month/year"):
            continue
        parts = [int(part) for part in PARTS.findall(sentence.phrase(at))]
        if aside.what == "date" and len(parts) == 3 and (when := day(sentence.phrase(at))):
            yield When(at, when.isoformat(), when, when)
        elif aside.what == "date" and len(parts) == 2 and (when := _day(year, parts[1], parts[0])):
            if sentence.codes[at + 1 : at + 2] in ("-", "/", "t"):
                # A year of its own stands apart.
                continue
            yield When(at, f"-{when:-%m-%d}" if year == NO_YEAR else when.isoformat(), when, when)
        elif aside.what == "month/year" and len(parts) == 2 and 1 <= parts[0] <= 12 and parts[1] >= 1900:
            last = monthrange(parts[1], parts[0])[1]
            first = date(parts[1], parts[0], 1)
            yield When(at, f"{first:%Y-%m}", first, first.replace(day=last))


def year_of(sentences: Sequence[Sentence]) -> int:
    """The year of a document: of the first full date near its beginning, else the only year of its full dates, else
    none that is known."""
    every = [(sentence.start(when.at), when.first.year) for sentence in sentences for when in full_dates(sentence)]
    if every and every[0][0] <= HEAD:
        return every[0][1]
    years = {year for _, year in every}
    return years.pop() if len(years) == 1 else NO_YEAR


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
