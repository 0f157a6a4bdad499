"""Figures that are odd by themselves: no unit, a unit that does not suit the indicator, a stray separator."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from auditor.model.relation import Relation
from auditor.parse.mentions import Mention
from auditor.parse.page import LIKELY, NAMED, Page

DIGITS = re.compile(r"\d+")
SAME_INDICATOR = 0.6
LONG_LABEL = 4
PLAIN_COUNT = 1000
UNIT_BEFORE = 2
# More bare numbers than this in a sentence are a table that lost its lines.
TABLE_ROW = 3


def oddities(page: Page) -> Iterator[Relation]:
    yield from _jumps(page)
    for mention in page.mentions:
        if mention.draft.odd:
            yield page.relation("number-format", NAMED, ("figure", mention))
        if mention.unit is None and mention.dimension == "number":
            if _is_bare(page, mention) and any(_stands_beside(mention, other) for other in page.around(mention)):
                yield page.relation("unit-missing", LIKELY, ("figure", mention))
        elif mention.dimension == "percent" and (_amount_expected(page, mention) or _two_units(page, mention)):
            yield page.relation("unit-mismatch", LIKELY, ("figure", mention))


def _is_bare(page: Page, mention: Mention) -> bool:
    """Whether a number lacks a unit rather than counts something: a small whole number may, and a unit may stand before
    it (`marks from 9,0`)."""
    small = mention.draft.exact and mention.value < PLAIN_COUNT
    measured = page.has(mention.sentence.codes[max(0, mention.at - UNIT_BEFORE) : mention.at], "unit")
    if not mention.label or mention.draft.scale != 1 or small or measured:
        return False
    return sum(m.unit is None for m in mention.sentence.mentions) <= TABLE_ROW


def _stands_beside(bare: Mention, other: Mention) -> bool:
    """A figure beside one of the same kind that is printed with a unit of measure: the next in its sentence, under
    labels that begin alike, or one of the same indicator a sentence away."""
    measured = other.unit is not None and other.dimension not in ("count", "percent", "times", "points")
    if not measured or not other.label:
        return False
    if abs(other.number - bare.number) == 1 and other.sentence is bare.sentence and bare.label[0] == other.label[0]:
        return True
    shared = len(set(bare.label) & set(other.label)) / len(set(bare.label) | set(other.label))
    return abs(other.sentence.number - bare.sentence.number) <= 1 and shared >= SAME_INDICATOR


def _jumps(page: Page) -> Iterator[Relation]:
    """The same indicator, in the same words, a factor of ten or more apart."""
    levels: dict[tuple[str, ...], list[Mention]] = defaultdict(list)
    for mention in page.mentions:
        if mention.function == "head" and len(mention.label) >= LONG_LABEL and mention.period:
            levels[mention.label].append(mention)
    for group in levels.values():
        for one, other in pairwise(group):
            low, high = sorted((one.value, other.value))
            alike = one.unit == other.unit and one.role == other.role and one.place == other.place
            times = one.period != other.period and _alike(one.period) == _alike(other.period)
            if alike and times and 0 < 10 * low <= high:
                yield page.relation("scale-jump", LIKELY, ("figure", one), ("figure", other))


def _alike(period: str | None) -> str:
    """A period without its numbers: a month is not compared with a year, nor a week with all weeks so far."""
    return DIGITS.sub("", period or "")


def _two_units(page: Page, mention: Mention) -> bool:
    """`28,6% million VND`: a percentage that goes on as an amount."""
    codes, at, classes = mention.sentence.codes, mention.at + 1, page.vocabulary.classes
    return codes[at : at + 1] in tuple(classes["scale"]) and codes[at + 1 : at + 2] in tuple(classes["unit"])


def _amount_expected(page: Page, mention: Mention) -> bool:
    """A percentage as the level of an indicator that is an amount, with no word of growth, share or plan about it."""
    if mention.function != "head":
        return False
    sentence = mention.sentence
    begin = mention.at
    while begin and sentence.codes[begin - 1] not in ";.:,()PQNM":
        begin -= 1
    clause = sentence.codes[begin : mention.at]
    behind = sentence.codes[mention.at + 1 : mention.at + 4]
    named = page.has(clause, "indicator") and not page.has(clause + behind, "rate_word")
    return named and not page.has(behind, "versus") and not page.has(behind, "plan")
