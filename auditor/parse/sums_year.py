"""A year told in two pieces: what was reached up to a month, and far from it what the rest must bring for all of it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from auditor.parse.breakdowns import Breakdown, adds_up
from auditor.parse.mentions import Mention, Sentence, addable
from auditor.parse.page import NUMBERS, Page
from auditor.parse.scope import named_by

# How often a sum may agree by chance.
CHANCE = Fraction(1, 8)
NEVER_PARTS = frozenset({"percent", "points", "times", "number"})
EARLIER = frozenset({"previous", "level-before"})


def year_breakdowns(page: Page) -> Iterator[Breakdown]:
    """`13 billion in the last three months, 51 billion in all the year`, with the months before wherever they stand."""
    for sentence in page.sentences:
        if page.has(sentence.codes, "full_year"):
            for whole in sentence.mentions:
                if _of_year(page, whole):
                    yield from _in_two(page, whole, [m for m in _rests(page, sentence) if _may(m, whole)])


def _of_year(page: Page, whole: Mention) -> bool:
    told = whole.is_head and whole.dimension not in NEVER_PARTS and whole.function not in EARLIER
    return told and whole.value > 0 and page.has(named_by(whole), "full_year")


def _rests(page: Page, sentence: Sentence) -> Iterator[Mention]:
    """The figures of a sentence behind a time that is less than a year."""
    for mention in sentence.mentions:
        if page.has(sentence.codes[: mention.at], "year_part") and not page.has(named_by(mention), "full_year"):
            yield mention


def _may(part: Mention, whole: Mention) -> bool:
    told = part.is_head and part.function not in EARLIER and part.number < whole.number
    return told and 0 < part.value < whole.value and addable(part, whole)


def _in_two(page: Page, whole: Mention, rests: list[Mention]) -> Iterator[Breakdown]:
    """The one pair of a rest and what was reached before that makes up the year, if it hardly does so by chance."""
    if not rests:
        return
    before = [m for m in page.around(rests[0], behind=-1) if m.period and _may(m, whole) and _alike(m, whole, rests[0])]
    pairs = [(early, rest) for rest in rests for early in before if early.sentence is not rest.sentence]
    fitting = [pair for pair in pairs if _missed(whole, pair) <= _grains(whole, pair) and adds_up(whole, pair)]
    tries = len({(early.value, rest.value) for early, rest in pairs})
    if fitting and tries * max(_grains(whole, fitting[-1]), Fraction(1)) < CHANCE * whole.value:
        yield Breakdown(whole, fitting[-1], True, NUMBERS)


def _alike(early: Mention, whole: Mention, rest: Mention) -> bool:
    """Whether a word of what was reached names the year or its rest as well."""
    return not set(early.label).isdisjoint({*whole.label, *rest.label})


def _missed(whole: Mention, parts: tuple[Mention, Mention]) -> Fraction:
    return abs(sum((part.value for part in parts), -whole.value))


def _grains(whole: Mention, parts: tuple[Mention, Mention]) -> Fraction:
    return sum((m.grain for m in (whole, *parts)), Fraction(0))
