"""The date of an event against the documents it cites, and `after n years of` against their dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from auditor.model.figure import Evidence
from auditor.model.quantity import Interval
from auditor.model.relation import Relation
from auditor.parse.mentions import Sentence
from auditor.parse.page import LIKELY, NAMED, Page

# An event dates a document when it stands this near its beginning.
HEAD = 400
# A document's date stands right behind its number.
CITATION = 6
# Reports of n years are written up to a quarter of a year early or late.
SLACK = timedelta(days=92)
PARTS = re.compile(r"\d+")


def date_orders(page: Page) -> Iterator[Relation]:
    event = _event(page)
    if event is None:
        return
    cited = list(_cited(page))
    for evidence in _distinct(cited):
        if evidence.start != event.start:
            yield page.relation("date-order", NAMED, ("event", event), ("cited", evidence))
    for evidence in _distinct(_anniversaries(page)):
        yield page.relation("date-order", LIKELY, ("event", event), ("cited", evidence))


def _distinct(found: Iterator[Evidence] | list[Evidence]) -> Iterator[Evidence]:
    """The first place of each date: a document cited five times is one claim."""
    seen: set[tuple[str, str]] = set()
    for evidence in found:
        if (evidence.value, evidence.kind) not in seen:
            seen.add((evidence.value, evidence.kind))
            yield evidence


def day(text: str) -> date | None:
    """The day of a full date, day first or ISO; ``None`` if there is no such day."""
    parts = [int(part) for part in PARTS.findall(text)]
    if len(parts) != 3:
        return None
    year, month, number = parts if parts[0] > 31 else parts[::-1]
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _evidence(page: Page, sentence: Sentence, at: int, when: date, later: timedelta | None = None) -> Evidence:
    aside = sentence.aside[at]
    days = Interval(Fraction(when.toordinal()), Fraction(when.toordinal()))
    if later is not None:
        middle = when.toordinal() + later.days
        days = Interval(Fraction(middle - SLACK.days), Fraction(middle + SLACK.days))
    return page.evidence("date", aside.start, aside.stop, when.isoformat(), days)


def _dates(sentence: Sentence) -> Iterator[tuple[int, date]]:
    for at, aside in sorted(sentence.aside.items()):
        when = day(sentence.phrase(at)) if aside.what == "date" else None
        if when is not None:
            yield at, when


def _is_cited(sentence: Sentence, at: int) -> bool:
    return "x" in sentence.codes[max(0, at - CITATION) : at] and any(
        sentence.aside[item].what == "document number" for item in sentence.aside if at - CITATION <= item < at
    )


def _event(page: Page) -> Evidence | None:
    """The first full date near the beginning that is not the date of a cited document."""
    for sentence in page.sentences:
        if sentence.items.tokens.start > HEAD:
            return None
        for at, when in _dates(sentence):
            if not _is_cited(sentence, at):
                return _evidence(page, sentence, at, when)
    return None


def _cited(page: Page) -> Iterator[Evidence]:
    for sentence in page.sentences:
        for at, when in _dates(sentence):
            if _is_cited(sentence, at):
                yield _evidence(page, sentence, at, when)


def _anniversaries(page: Page) -> Iterator[Evidence]:
    """`sau 2 năm thực hiện Nghị quyết số …, ngày d`: the document must be about two years older than the event."""
    for sentence in page.sentences:
        for at, when in _dates(sentence):
            years = _years_before(page, sentence, at)
            if _is_cited(sentence, at) and years is not None:
                yield _evidence(page, sentence, at, when, timedelta(days=365 * years))


def _years_before(page: Page, sentence: Sentence, at: int) -> int | None:
    for item in range(max(0, at - 14), at):
        aside = sentence.aside.get(item)
        if aside is not None and aside.what == "duration" and sentence.codes[item + 1] in page.vocabulary.classes["since"]:
            return int(sentence.phrase(item))
    return None
