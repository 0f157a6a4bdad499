"""x/y that add up: `24/25 targets were met: 15/16 of the economy and 9/9 of society`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditor.model.relation import Relation
from auditor.parse.mentions import Mention
from auditor.parse.page import LIKELY, NUMBERS, Page

# How far behind the x/y of all those of its parts stand, in sentences, and how many there may be.
REACH, MOST = 3, 12

Pair = tuple[Mention, Mention]


def ratios_summed(page: Page) -> Iterator[Relation]:
    """Where the x and the y of a row add up to those of the x/y before it, both are claimed; where only one does, the
    other is odd."""
    yield from _shared_out(page)
    counts = [pair for pair in page.pairs if all(m.dimension == "count" and m.draft.exact for m in pair)]
    for index, (one, other) in enumerate(counts):
        behind = counts[index + 1 : index + 1 + MOST]
        near = [p for p in behind if p[0].sentence.number - one.sentence.number <= REACH and p[0].unit == one.unit]
        row = _row(one, other, near)
        for whole, parts in ((one, [x for x, _ in row]), (other, [y for _, y in row])):
            if row:
                sure = LIKELY if _adds(whole, parts) else NUMBERS
                yield page.relation("total-of-parts", sure, ("total", whole), *(("part", part) for part in parts))


def _shared_out(page: Page) -> Iterator[Relation]:
    """`16/25 again, 9/25 for the first time`: next to each other in a sentence, of one number and exactly all of it; in
    brackets each only explains what stands before it."""
    for (one, all_of), (other, again) in pairwise(page.pairs):
        beside = one.sentence is other.sentence and other.number - all_of.number == 1 and not one.depth + other.depth
        if beside and one.unit == other.unit and all_of.value == again.value and _adds(again, (one, other)):
            yield page.relation("total-of-parts", NUMBERS, ("total", again), ("part", one), ("part", other))


def _row(one: Mention, other: Mention, near: Sequence[Pair]) -> list[Pair]:
    """The beginning of a row whose x and y add up to a pair, else one of which the x or the y do and no more follow."""
    for count in range(2, len(near) + 1):
        row = near[:count]
        told = _adds(one, [x for x, _ in row]), _adds(other, [y for _, y in row])
        if all(told) or (any(told) and count == len(near) and other.value >= MOST):
            return list(row)
    return []


def _adds(whole: Mention, parts: Sequence[Mention]) -> bool:
    return sum(part.value for part in parts) == whole.value
