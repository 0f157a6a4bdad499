"""Pairs of an earlier and a later level that the words name as such."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from auditor.parse.mentions import Mention, Sentence, same_measure
from auditor.parse.page import Page, between

# A time stands this near before the level that it dates.
LEAD = 12
# The relation that a change of two levels makes, and its role in it.
KINDS = {"growth": ("growth-between-levels", "rate"), "change": ("change-between-levels", "change")}


def levels(sentence: Sentence) -> Iterator[tuple[Mention, Mention]]:
    """From a to b: the two levels next to each other, of one measure."""
    for one, other in pairwise(sentence.mentions):
        if one.function == "level-before" and other.function == "level-after" and same_measure(one, other):
            yield one, other


def moved(page: Page, sentence: Sentence) -> Iterator[tuple[Mention, Mention]]:
    """`Now it flies 51 aircraft, and will bring them to 70`, `the old list held 5, the draft keeps 3`: a level, and
    right behind it what became of it, counted alike."""
    for one, other in pairwise(sentence.mentions):
        apart = between(one, other)
        if one.function != "head" or one.unit is None or not same_measure(one, other) or set(";(:") & set(apart):
            continue
        lead = sentence.codes[max(0, one.at - LEAD) : one.at]
        dated = "t" in lead or page.has(lead, "later") or page.has(lead, "base")
        became = other.function == "level-after" and dated
        kept = other.function in ("head", "rest") and page.has(apart, "kept")
        if (became or kept) and not page.has(apart, "within") and not page.has(apart, "whole"):
            yield one, other


def fits(base: Mention, level: Mention, change: Mention) -> bool:
    """Whether a change agrees with two unhedged levels, as printed."""
    low, high = base.likely, level.likely
    if None in (low.lo, low.hi, high.lo, high.hi) or change.draft.hedge:
        return False
    nominal = level.value - base.value
    if change.function == "growth":
        return abs(100 * nominal / base.value - change.sign * change.value) <= change.draft.step
    return abs(nominal - change.sign * change.value) <= change.grain + level.grain + base.grain
