"""The date of an event against the documents it cites, and `after n years of` against their dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from auditor.model.figure import Evidence
from auditor.model.relation import Relation
from auditor.parse.calendar import HEAD, NO_YEAR, PARTS, When, dates, day, full_dates, year_of
from auditor.parse.mentions import Sentence
from auditor.parse.page import NAMED, NUMBERS, Page

# A line with a date and no more than a few words is a dateline.
DATELINE = 14
# A document's date stands right behind its number.
CITATION = 6
# A meeting's day stands this near the head of its sentence, behind the name of the paper at most.
OPENING = 6
# What is still to come is said this near its date.
AHEAD = 12


def date_orders(page: Page) -> Iterator[Relation]:
    year = year_of(page.sentences)
    yield from _spans(page, year)
    yield from _steps(page, year)
    yield from _impossible(page)
    yield from _to_come(page, year)
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


def _spans(page: Page, year: int) -> Iterator[Relation]:
    """`from a to b`, `a - b`: two dates with nothing but a word or dash for `until` between the two. Without a year
    they may lie in two years, and are bound in order only."""
    for sentence in page.sentences:
        for first, last in pairwise(dates(sentence, year)):
            between = sentence.codes[first.at + 1 : last.at]
            joined = between == "-" or page.has(between, "until")
            printed = _printed_year(sentence, first) and _printed_year(sentence, last)
            if len(between) <= 2 and joined and (printed or _in_order(first, last)):
                yield _order(page, NAMED if printed else NUMBERS, (sentence, first), (sentence, last))


def _steps(page: Page, year: int) -> Iterator[Relation]:
    """A date and a later step of the same thing in one sentence (licensed on a, extended on b; planned on a, approved
    on b) where they are in order: the words alone are too little to call another order wrong."""
    for sentence in page.sentences:
        for first, last in pairwise(dates(sentence, year)):
            between = sentence.codes[first.at : last.at]
            steps = page.has(between, "later_step") or (
                page.has(sentence.codes[: first.at], "first_step") and page.has(between, "next_step")
            )
            if _in_order(first, last) and first.value != last.value and steps:
                yield _order(page, NUMBERS, (sentence, first), (sentence, last))


def _to_come(page: Page, year: int) -> Iterator[Relation]:
    """What a report says is still to come, and the day of the report, where the two are in order: a plan of years ago
    may be told as well."""
    report = next(_days_of_report(page, lambda sentence: dates(sentence, year)), None)
    if report is None:
        return
    for sentence in page.sentences:
        for when in dates(sentence, year):
            near = sentence.codes[max(0, when.at - AHEAD) : when.at + AHEAD]
            ahead = page.has(near, "future") or page.has(near, "later_step")
            if (
                ahead
                and not _is_cited(page, sentence, when.at)
                and _in_order(report[1], when)
                and report[1].value != when.value
            ):
                yield _order(page, NUMBERS, report, (sentence, when))


def _days_of_report(page: Page, read: Callable[[Sentence], Iterator[When]]) -> Iterator[tuple[Sentence, When]]:
    """The days that a document is of: alone on a line near its beginning, or at the head of a sentence on a meeting."""
    for sentence in page.sentences:
        found = [when for when in read(sentence) if when.first == when.last and not _is_cited(page, sentence, when.at)]
        near = sentence.items.tokens.start <= HEAD
        for when in found[:1]:
            if _opens_meeting(page, sentence, when.at) or (near and len(found) == 1 and _alone(sentence)):
                yield sentence, when


def _in_order(first: When, last: When) -> bool:
    """Whether the later date can be that; a day without a year is compared only with another."""
    return (first.first.year == NO_YEAR) == (last.first.year == NO_YEAR) and first.first <= last.last


def _printed_year(sentence: Sentence, when: When) -> bool:
    return str(when.first.year) in sentence.phrase(when.at)


def _order(page: Page, confidence: float, cited: tuple[Sentence, When], event: tuple[Sentence, When]) -> Relation:
    return page.relation(
        "date-order", confidence, ("event", _evidence(page, *event)), ("cited", _evidence(page, *cited))
    )


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


def _evidence(page: Page, sentence: Sentence, when: When) -> Evidence:
    aside = sentence.aside[when.at]
    return page.evidence("date", aside.start, aside.stop, when.value, when.days)


def _is_cited(page: Page, sentence: Sentence, at: int) -> bool:
    """Whether a document number stands shortly before a date, with nothing in between that begins something else."""
    numbers = [item for item in range(max(0, at - CITATION), at) if item in sentence.aside]
    numbers = [item for item in numbers if sentence.aside[item].what == "document number"]
    apart = sentence.codes[numbers[-1] + 1 : at] if numbers else ";"
    return ";" not in apart and not page.has(apart, "until")


def _events(page: Page) -> Iterator[tuple[int, Evidence]]:
    """The full dates of what a document reports, with the number of their sentence. Other dates, such as of a birth or
    an earlier decision, are not."""
    for sentence, when in _days_of_report(page, full_dates):
        yield sentence.number, _evidence(page, sentence, when)


def _alone(sentence: Sentence) -> bool:
    return not sentence.mentions and len(sentence.codes) <= DATELINE


def _opens_meeting(page: Page, sentence: Sentence, at: int) -> bool:
    before = sentence.codes[:at]
    opening = len(before) <= OPENING and set(before) <= set(page.vocabulary.classes["event_day"] + "(),-wW")
    return opening and page.has(sentence.codes[at:], "meeting")


def _cited(page: Page) -> Iterator[tuple[int, Evidence, Evidence | None]]:
    """The dates of cited documents with the number of their sentence, each with the years since then where the text
    says `after n years of`."""
    for sentence in page.sentences:
        for when in full_dates(sentence):
            if _is_cited(page, sentence, when.at):
                yield sentence.number, _evidence(page, sentence, when), _years_before(page, sentence, when.at)


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
