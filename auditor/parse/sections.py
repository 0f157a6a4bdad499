"""Totals of the sections below them: sentences that begin alike (a region, a district, a year each), a part in each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from auditor.parse.breakdowns import NO_PARTS, Breakdown, adds_up
from auditor.parse.mentions import Mention, Sentence, addable
from auditor.parse.page import LIKELY, Page

# A run of sections is so long, and its total stands so many sentences before it.
FEWEST, MOST, NEAR = 3, 40, 2
# How often a sum may agree by chance.
CHANCE = Fraction(1, 8)
NEVER_PARTS = frozenset({"percent", "points", "times", "number"})
# Which figure of a section is its part: the largest is its own total, the smallest what is new in it.
PICKS: tuple[Callable[[Sequence[Mention]], Mention], ...] = (
    lambda row: row[0],
    lambda row: max(row, key=lambda m: m.value),
    lambda row: min(row, key=lambda m: (m.depth, m.value)),
)


def sectioned_breakdowns(page: Page) -> Iterator[Breakdown]:
    """Each figure before a run of sections that one figure of each section adds up to."""
    for _, group in groupby(page.sentences, key=lambda sentence: _opener(page, sentence)):
        run = list(group)
        if FEWEST <= len(run) <= MOST:
            for sentence in page.sentences[max(0, run[0].number - NEAR) : run[0].number]:
                yield from (found for whole in sentence.mentions for found in _of_sections(whole, run))


def _opener(page: Page, sentence: Sentence) -> str:
    """The word that a sentence begins with, behind words that only announce a list."""
    details = page.vocabulary.classes["detail"]
    at = 2 if sentence.codes[:1] in tuple(details) and sentence.codes[1:2] in (",", ":") else 0
    named = sentence.codes[at : at + 1]
    return sentence.phrase(at) if named.isalpha() or named > "~" else str(sentence.number)


def _of_sections(whole: Mention, run: Sequence[Sentence]) -> Iterator[Breakdown]:
    if not whole.is_head or whole.dimension in NEVER_PARTS or whole.value <= 0:
        return
    rows = [[m for m in one.mentions if _part(m, whole)] for one in run]
    for pick in PICKS if all(rows) else ():
        parts = tuple(pick(row) for row in rows)
        grains = sum((m.grain for m in (whole, *parts)), Fraction(0)) or Fraction(1)
        missed = abs(sum((part.value for part in parts), -whole.value))
        if missed < grains and len(PICKS) * grains < CHANCE * whole.value and adds_up(whole, parts):
            yield Breakdown(whole, parts, True, LIKELY)
            return


def _part(mention: Mention, whole: Mention) -> bool:
    return (
        mention.is_head and mention.function not in NO_PARTS and mention.value < whole.value and addable(mention, whole)
    )
