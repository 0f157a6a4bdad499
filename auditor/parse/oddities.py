"""Figures that are odd by themselves: no unit, a unit that does not suit the indicator, a stray separator."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.relation import Relation
from auditor.parse.mentions import Mention
from auditor.parse.page import LIKELY, NAMED, Page
from auditor.parse.repeats import likeness

SAME_INDICATOR = 0.6


def oddities(page: Page) -> Iterator[Relation]:
    for mention in page.mentions:
        if mention.draft.odd:
            yield page.relation("number-format", NAMED, ("figure", mention))
        if mention.unit is None and mention.dimension == "number":
            if any(_stands_beside(mention, other) for other in page.mentions):
                yield page.relation("unit-missing", LIKELY, ("figure", mention))
        elif mention.dimension == "percent" and _amount_expected(page, mention):
            yield page.relation("unit-mismatch", LIKELY, ("figure", mention))


def _stands_beside(bare: Mention, other: Mention) -> bool:
    """A neighbour of the same indicator that is printed with a unit of measure, where the bare one is no plain count."""
    if other.unit is None or other.dimension in ("count", "percent", "times") or not bare.label:
        return False
    near = abs(other.sentence.number - bare.sentence.number) <= 1
    shared = len(set(bare.label) & set(other.label)) / len(set(bare.label) | set(other.label) or {""})
    return near and shared >= SAME_INDICATOR and likeness(bare, other) > 0


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
