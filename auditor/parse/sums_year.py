"""A year told in two pieces: what was reached up to a month, and far from it what the rest must bring for all of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.parse.breakdowns import Breakdown
from auditor.parse.mentions import Mention, Sentence, addable
from auditor.parse.page import NUMBERS, Page
from auditor.parse.scope import named_by
from auditor.parse.sums import CHANCE_WITH_CUE, NEVER_PARTS, agrees, chance

EARLIER = frozenset({"previous", "level-before"})
# So many figures of a sentence may be what the rest of the year must bring.
RESTS = 4


def year_breakdowns(page: Page) -> Iterator[Breakdown]:
    """`13 billion in the last three months, 51 billion in all the year`, with the months before wherever they stand."""
    for sentence in page.sentences:
        if sentence.mentions and page.has(sentence.codes, "full_year") and page.has(sentence.codes, "year_part"):
            years = [m for m in sentence.mentions if page.has(named_by(m), "full_year")]
            rests = [m for m in _behind_part(page, sentence) if m not in years][:RESTS]
            for whole in years if rests else ():
                yield from _in_two(page, whole, [m for m in rests if m.number < whole.number and _may(m, whole)])


def _behind_part(page: Page, sentence: Sentence) -> list[Mention]:
    """The figures of a sentence behind a time that is less than a year."""
    parts = page.vocabulary.set_of("year_part")
    begin = next(at for at, code in enumerate(sentence.codes) if code in parts)
    return [m for m in sentence.mentions if m.at > begin]


def _may(part: Mention, whole: Mention) -> bool:
    told = all(m.is_head and m.dimension not in NEVER_PARTS and m.function not in EARLIER for m in (part, whole))
    return told and 0 < part.value < whole.value and addable(part, whole)


def _in_two(page: Page, whole: Mention, rests: Sequence[Mention]) -> Iterator[Breakdown]:
    """The one pair of a rest and what was reached before that makes up the year, if it hardly does so by chance."""
    if not rests:
        return
    before = [m for m in page.around(rests[0], behind=-1) if m.sentence is not whole.sentence]
    reached = [m for m in before if m.period and _may(m, whole) and _alike(m, whole, rests[0])]
    pairs = [(early, rest) for rest in rests for early in reached]
    fitting = [pair for pair in pairs if agrees(whole, pair)]
    tries = len({(early.value, rest.value) for early, rest in pairs})
    if fitting and chance(whole, fitting[-1], tries) < CHANCE_WITH_CUE:
        yield Breakdown(whole, fitting[-1], True, NUMBERS)


def _alike(early: Mention, whole: Mention, rest: Mention) -> bool:
    """Whether a word of what was reached names the year or its rest as well."""
    return not set(early.label).isdisjoint({*whole.label, *rest.label})
