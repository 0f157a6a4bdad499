"""Totals of the sections below them: sentences that begin alike (a region, a district, a year each), a part in each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from auditor.model.exact import Fraction
from auditor.parse.breakdowns import NO_PARTS, Breakdown, adds_up
from auditor.parse.mentions import Mention, Sentence, addable
from auditor.parse.page import LIKELY, Page

# A run of sections is so long, and its total stands so many sentences before it.
FEWEST, MOST, NEAR = 3, 40, 2
# The last of the years that are told in turn ends so many sentences behind where it is named.
LAST = 3
YEAR = re.compile(r"(?:19|20)\d\d")
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
    yield from _by_years(page)
    for _, group in groupby(page.sentences, key=lambda sentence: _opener(page, sentence)):
        run = list(group)
        if FEWEST <= len(run) <= MOST:
            for sentence in page.sentences[max(0, run[0].number - NEAR) : run[0].number]:
                rows = [one.mentions for one in run]
                yield from (found for whole in sentence.mentions for found in _of_sections(whole, rows))


def _by_years(page: Page) -> Iterator[Breakdown]:
    """`More than 53 billion in the three years 2018-2020`, then some sentences on each of the years."""
    named = [_years(sentence) for sentence in page.sentences]
    for sentence in page.sentences:
        spans = {(int(years[0]), int(years[1])) for years in named[sentence.number] if len(years) == 2}
        for first, last in sorted(spans) if sentence.mentions else ():
            years = [[str(year)] for year in range(first, last + 1)]
            rows = _of_each(page, sentence, years, named) if FEWEST <= len(years) <= MOST else []
            yield from (found for whole in sentence.mentions for found in _of_sections(whole, rows))


def _years(sentence: Sentence) -> list[list[str]]:
    """The years that each time of a sentence names."""
    return [YEAR.findall(sentence.phrase(at)) for at in sentence.aside if sentence.codes[at] == "t"]


def _of_each(page: Page, told: Sentence, years: list[list[str]], named: list[list[list[str]]]) -> list[list[Mention]]:
    """The figures told of each year in turn, from where it is named to where the next is, of the last no further than
    near it; nothing if a year is not named."""
    rows: list[list[Mention]] = []
    begun = told.number
    for one in page.sentences[told.number + 1 : told.number + 1 + MOST]:
        if len(rows) < len(years) and years[len(rows)] in named[one.number]:
            rows.append([])
            begun = one.number
        if rows and (len(rows) < len(years) or one.number - begun <= LAST):
            rows[-1].extend(one.mentions)
    return rows if len(rows) == len(years) else []


def _opener(page: Page, sentence: Sentence) -> str:
    """The word that a sentence begins with, behind words that only announce a list."""
    details = page.vocabulary.classes["detail"]
    at = 2 if sentence.codes[:1] in tuple(details) and sentence.codes[1:2] in (",", ":") else 0
    named = sentence.codes[at : at + 1]
    return sentence.phrase(at) if named.isalpha() or named > "~" else str(sentence.number)


def _of_sections(whole: Mention, sections: Sequence[Sequence[Mention]]) -> Iterator[Breakdown]:
    if not whole.is_head or whole.dimension in NEVER_PARTS or whole.value <= 0:
        return
    rows = [[m for m in section if _part(m, whole)] for section in sections]
    for pick in PICKS if rows and all(rows) else ():
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
