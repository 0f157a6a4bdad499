"""Totals told some sentences before a whole row of counts of one noun: 40 bodies, further down 22, 14, 3 and 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.parse.breakdowns import Breakdown
from auditor.parse.mentions import Mention, Sentence, addable
from auditor.parse.page import NUMBERS, Page

# How far before its row a total stands, in sentences, and how many counts make a row.
REACH, FEWEST = 6, 3
# A total is so many times the number of counts that might have been one, so that hardly any fits by chance.
RARE = 10


def rowed_breakdowns(page: Page) -> Iterator[Breakdown]:
    """Each sentence whose counts are all of one noun and together make up a count of that noun before it."""
    names = {one.number: other for one, other in page.pairs}
    planned = {other.number for other in names.values()}
    for sentence in page.sentences:
        row = _row(sentence)
        if row and not page.has(sentence.codes, "within"):
            before = [m for m in _before(page, sentence) if m.number not in planned]
            wholes = [m for m in before if _counted(m) and _same(names.get(m.number, m), row[0])]
            tries = len({m.value for m in wholes})
            made = [m for m in wholes if m.value == sum(part.value for part in row) and m.value >= RARE * tries]
            yield from (Breakdown(whole, tuple(row), True, NUMBERS) for whole in made[-1:])


def _row(sentence: Sentence) -> list[Mention]:
    """All figures of a sentence outside brackets, if they are counts of one noun, none of them left over."""
    row = [m for m in sentence.mentions if m.depth == 0 and m.is_head]
    alike = len(row) >= FEWEST and all(_counted(m) and m.unit == row[0].unit for m in row)
    return row if alike else []


def _counted(mention: Mention) -> bool:
    draft = mention.draft
    return mention.function == "head" and mention.dimension == "count" and draft.exact and draft.hedge is None


def _before(page: Page, sentence: Sentence) -> Sequence[Mention]:
    near = page.sentences[max(0, sentence.number - REACH) : sentence.number]
    return [m for one in near for m in one.mentions if m.depth == 0]


def _same(whole: Mention, part: Mention) -> bool:
    """Whether two counts are of one noun, which may be named longer where it is first told (bodies of the party)."""
    sentence, behind = whole.sentence, whole.at + 1
    longer = behind < len(sentence.codes) and sentence.phrase(behind) == part.draft.noun
    return longer or addable(part, whole)
