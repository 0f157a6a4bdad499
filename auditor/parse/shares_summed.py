"""Lists of shares that make 100: of a complete breakdown, of a clause, of a structure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from auditor.model.exact import Fraction
from auditor.model.relation import Relation
from auditor.parse.breakdowns import Breakdown, adds_up
from auditor.parse.heads import RATES
from auditor.parse.mentions import Mention, Sentence
from auditor.parse.page import LIKELY, NAMED, NUMBERS, SIBLINGS, Page, between, total

NEARLY_ALL = 95
# The words between an amount and the percentage that it reaches.
REACHED = 3


def sums(page: Page, found: Sequence[Breakdown], of_part: dict[int, Mention]) -> Iterator[Relation]:
    """Shares that make 100: those of a complete breakdown, and lists of percentages in a clause that do. Where a total
    is itself a share of more, those of its parts make up its share."""
    # A share of `x/y` is of its own y.
    paired = {above.number for above, _ in page.pairs}
    for one in found:
        if any(part.number in paired for part in one.parts):
            continue
        mine = [of_part[part.number] for part in one.parts if part.number in of_part]
        wider = of_part.get(one.total.number)
        if wider is not None and len(mine) == len(one.parts) > 1 and not _hundred(mine):
            if adds_up(wider, mine):
                members = ("total", wider), *(("part", share) for share in mine)
                yield page.relation("total-of-parts", min(one.confidence, LIKELY), *members)
        elif len(mine) == len(one.parts) > 1 and (_hundred(mine) or _surely_all(one)):
            yield page.relation("shares-sum-to-100", one.confidence, *(("share", share) for share in mine))
    listed = [m for m in page.mentions if m.dimension == "percent" and m.function in ("share", "head", "level-after")]
    # Several shares told of one level, as behind `of which`, are of its parts, which are not printed.
    told = Counter(m.head.number for m in listed if m.head)
    seen = {share.number for number, share in of_part.items() if told[number] == 1}
    summed = {part.number for one in found for part in one.parts}
    for _, group in groupby(listed, key=lambda mention: mention.sentence.number):
        row = [m for m in group if not (m.head and m.head.number in paired)]
        parts = [m for m in row if m.number in seen and m.head and m.head.number not in summed]
        if len(parts) > 2 and _hundred(parts):
            # Parts of a total that is not printed.
            yield page.relation("shares-sum-to-100", LIKELY, *(("share", share) for share in parts))
        free = [m for m in row if m.number not in seen]
        free = [mention for mention in free if mention.depth <= free[0].depth and not _of_amount(page, mention)]
        if len(free) > 1 and _hundred(free):
            yield page.relation("shares-sum-to-100", LIKELY, *(("share", share) for share in free))


def _of_amount(page: Page, percent: Mention) -> bool:
    """`24 billion, reaching 48 %`: a percentage of what an amount is held against, right behind it."""
    before = [m for m in percent.sentence.mentions if m.at < percent.at][-1:]
    apart = between(before[0], percent) if before else ""
    return bool(before) and before[0].dimension not in RATES and len(apart) <= REACHED and page.has(apart, "reach")


def structures(page: Page) -> Iterator[Relation]:
    """`Structure: a %, b %, c %`: the shares of a structure make 100. A list that stays well below names only some."""
    for sentence in page.sentences:
        for name, fewest in (("structure", 2), ("weights", 3)):
            row = _structure(page, sentence, name)
            if len(row) >= fewest and sum(m.value for m in row) >= NEARLY_ALL and not _hundred(row):
                # Below 100 something may have been left out; above it nothing explains the rest.
                sure = name == "structure" and sum(m.value for m in row) > 100
                yield page.relation("shares-sum-to-100", SIBLINGS if sure else NUMBERS, *(("share", m) for m in row))


def _structure(page: Page, sentence: Sentence, name: str) -> list[Mention]:
    """The percentages behind a word for a structure, if there is nothing else; those in brackets are parts of parts."""
    words = page.vocabulary.classes[name]
    at = next((at for at, code in enumerate(sentence.codes) if code in words), len(sentence.codes))
    listed = [m for m in sentence.mentions if m.at > at]
    listed = [m for m in listed if m.depth <= listed[0].depth]
    row = [m for m in listed if m.dimension == "percent" and m.function in ("head", "share", "level-after")]
    return row if row == listed else []


def _surely_all(one: Breakdown) -> bool:
    """Whether the words, not just the numbers, make the parts of a breakdown the whole."""
    return one.confidence == NAMED and (one.complete or adds_up(one.total, one.parts))


def _hundred(listed: Sequence[Mention]) -> bool:
    return Fraction(100) in total(share.likely for share in listed) and abs(sum(m.near for m in listed) - 100) <= 1
