"""Totals told some sentences before a whole row of counts of one noun: 40 bodies, further down 22, 14, 3 and 1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.model.exact import Fraction
from auditor.parse.breakdowns import Breakdown
from auditor.parse.mentions import Mention, Sentence, addable, opposed
from auditor.parse.page import NUMBERS, Page
from auditor.parse.sums import chance

# How far before its row a total stands, in sentences, and how many counts make a row.
REACH, FEWEST = 6, 3
# How often a sum may agree by chance.
RARE = Fraction(1, 10)


def rowed_breakdowns(page: Page) -> Iterator[Breakdown]:
    """Each sentence whose counts are all of one noun and together make up a count of that noun before it, or, but for
    the first, that first."""
    names = {one.number: other for one, other in page.pairs}
    planned = {other.number for other in names.values()}
    for sentence in page.sentences:
        row = [m for m in _row(sentence) if m.number not in planned]
        if len(row) >= FEWEST and not page.has(sentence.codes, "within"):
            before = [m for m in _before(page, sentence) if m.number not in planned]
            wholes = [m for m in before if _counted(m) and _same(names.get(m.number, m), row[0])]
            yield from _made_up(wholes, row)
            # Of x/y, x is told to be of y, not of what else stands there.
            yield from _made_up([] if any(m.number in names for m in row) else row[:1], row[1:])


def _made_up(wholes: Sequence[Mention], row: Sequence[Mention]) -> Iterator[Breakdown]:
    """The last of some counts that a row makes up, if hardly any of so many would fit by chance."""
    tries = len({m.value for m in wholes})
    made = [m for m in wholes if m.value == sum(part.value for part in row) and not any(opposed(m, one) for one in row)]
    rare = made and chance(made[-1], row, tries) < RARE
    yield from (Breakdown(whole, tuple(row), True, NUMBERS) for whole in made[-1:] if rare)


def _row(sentence: Sentence) -> list[Mention]:
    """All figures of a sentence outside brackets, if they are counts of one noun, none of them left over."""
    row = [m for m in sentence.mentions if m.depth == 0 and m.is_head]
    return row if all(_counted(m) and m.unit == row[0].unit for m in row) else []


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
