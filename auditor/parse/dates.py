"""The date of an event against the documents it cites, and `after n years of` against their dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from auditor.model.figure import Evidence
from auditor.model.quantity import Interval
from auditor.model.relation import Relation
from auditor.parse.mentions import Sentence
from auditor.parse.page import NAMED, NUMBERS, Page

# An event dates a document when it stands this near its beginning.
HEAD = 400
# A line with a date and no more than a few words is a dateline.
DATELINE = 14
# A document's date stands right behind its number.
CITATION = 6
PARTS = re.compile(r"\d+")


def date_orders(page: Page) -> Iterator[Relation]:
    yield from _spans(page)
    yield from _steps(page)
    yield from _impossible(page)
    events = list(_events(page))
    seen: set[tuple[str, str, bool]] = set()
    for place, cited, period in _cited(page):
        event = _event_of(events, place)
        # The first place of each date: a document cited five times is one claim.
        if event is None or cited.start == event.start or (event.value, cited.value, period is None) in seen:
            continue
        seen |= {(event.value, cited.value, period is None), (event.value, cited.value, True)}
        after = [("period", period)] if period else []
        yield page.relation("date-order", NAMED, ("event", event), ("cited", cited), *after)


def _event_of(events: Sequence[tuple[int, Evidence]], sentence: int) -> Evidence | None:
    """The event that a sentence is about: its own, else the latest of the document, which bounds all it cites."""
    own = [event for place, event in events if place == sentence]
    return max(own or (event for _, event in events), key=lambda event: event.value, default=None)


def _spans(page: Page) -> Iterator[Relation]:
    """`from a to b`, `a - b`: two full dates with nothing but a word or dash for `until` between the two."""
    for sentence in page.sentences:
        for (at, first), (later, last) in pairwise(_dates(sentence)):
            between = sentence.codes[at + 1 : later]
            if len(between) <= 2 and (between == "-" or page.has(between, "until")):
                start, end = _evidence(page, sentence, at, first), _evidence(page, sentence, later, last)
                yield page.relation("date-order", NAMED, ("event", end), ("cited", start))


def _steps(page: Page) -> Iterator[Relation]:
    """A date and a later step of the same thing in one sentence (licensed on a, extended on b) where they are in
    order: the words alone are too little to call another order wrong."""
    for sentence in page.sentences:
        for (at, first), (later, last) in pairwise(_dates(sentence)):
            if first < last and page.has(sentence.codes[at:later], "later_step"):
                start, end = _evidence(page, sentence, at, first), _evidence(page, sentence, later, last)
                yield page.relation("date-order", NUMBERS, ("event", end), ("cited", start))


def _impossible(page: Page) -> Iterator[Relation]:
    """Days that no calendar has."""
    for sentence in page.sentences:
        for at, aside in sorted(sentence.aside.items()):
            if (
                aside.what == "date"
                and len(PARTS.findall(sentence.phrase(at))) == 3
                and day(sentence.phrase(at)) is None
            ):
                evidence = page.evidence("date", aside.start, aside.stop, sentence.phrase(at))
                yield page.relation("date-order", NAMED, ("event", evidence))


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


def _evidence(page: Page, sentence: Sentence, at: int, when: date) -> Evidence:
    aside = sentence.aside[at]
    days = Interval(Fraction(when.toordinal()), Fraction(when.toordinal()))
    return page.evidence("date", aside.start, aside.stop, when.isoformat(), days)


def _dates(sentence: Sentence) -> Iterator[tuple[int, date]]:
    for at, aside in sorted(sentence.aside.items()):
        when = day(sentence.phrase(at)) if aside.what == "date" else None
        if when is not None:
            yield at, when


def _is_cited(page: Page, sentence: Sentence, at: int) -> bool:
    """Whether a document number stands shortly before a date, with nothing in between that begins something else."""
    numbers = [item for item in range(max(0, at - CITATION), at) if item in sentence.aside]
    numbers = [item for item in numbers if sentence.aside[item].what == "document number"]
    apart = sentence.codes[numbers[-1] + 1 : at] if numbers else ";"
    return ";" not in apart and not page.has(apart, "until")


def _events(page: Page) -> Iterator[tuple[int, Evidence]]:
    """The dates of what a document reports, with the number of their sentence: alone on a line near its beginning, or
    at the head of a sentence about a meeting. Other dates, such as of a birth or an earlier decision, are not."""
    for sentence in page.sentences:
        dates = [(at, when) for at, when in _dates(sentence) if not _is_cited(page, sentence, at)]
        near = sentence.items.tokens.start <= HEAD
        for at, when in dates[:1]:
            if _opens_meeting(page, sentence, at) or (near and len(dates) == 1 and _alone(sentence)):
                yield sentence.number, _evidence(page, sentence, at, when)


def _alone(sentence: Sentence) -> bool:
    return not sentence.mentions and len(sentence.codes) <= DATELINE


def _opens_meeting(page: Page, sentence: Sentence, at: int) -> bool:
    before = sentence.codes[:at]
    opening = len(before) <= 4 and set(before) <= set(page.vocabulary.classes["event_day"] + "(),-wW")
    return opening and page.has(sentence.codes[at:], "meeting")


def _cited(page: Page) -> Iterator[tuple[int, Evidence, Evidence | None]]:
    """The dates of cited documents with the number of their sentence, each with the years since then where the text
    says `after n years of`."""
    for sentence in page.sentences:
        for at, when in _dates(sentence):
            if _is_cited(page, sentence, at):
                yield sentence.number, _evidence(page, sentence, at, when), _years_before(page, sentence, at)


def _years_before(page: Page, sentence: Sentence, at: int) -> Evidence | None:
    for item in range(max(0, at - 14), at):
        aside = sentence.aside.get(item)
        if (
            aside is not None
            and aside.what == "duration"
            and sentence.codes[item + 1] in page.vocabulary.classes["since"]
        ):
            spelt = sentence.items.spelt.get(aside.begin)
            years = int(spelt.spelt.number.value) if spelt else int(sentence.phrase(item))
            return page.evidence("period", aside.start, sentence.end(item + 1), str(years))
    return None
