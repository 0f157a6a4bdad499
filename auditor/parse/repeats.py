"""The same figure stated more than once: headline, lead, body and caption must agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from auditor.model.relation import Relation
from auditor.parse.mentions import Mention, same_measure
from auditor.parse.page import LIKELY, NAMED, WINDOW, Page, overlap

# How much of the shorter context two mentions share, by how many significant digits they agree on: a number of five
# digits is hardly there twice by chance, a number of one digit nearly always is.
ALIKE = {1: 0.62, 2: 0.5, 3: 0.25}
SURE = 0.0
HEADLINES = 2
# A rounder mention of a figure is never further off than this factor.
FURTHEST = 1.6
# A headline of fewer words says too little to tell that it is told again.
FEW = 4


def repeats(page: Page) -> Iterator[Relation]:
    """Mentions of one measure that agree in value and context, as one relation; and those of one indicator, place,
    period and role whose values differ."""
    groups: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in page.mentions:
        groups[mention.dimension, str(mention.value) if mention.draft.exact else ""].append(mention)
    taken: set[int] = set()
    for unordered in groups.values():
        group = sorted(unordered, key=lambda mention: (mention.near, mention.number))
        for index, mention in enumerate(group):
            if mention.number in taken or mention.value == 0:
                continue
            same = [mention]
            for other in group[index + 1 : index + WINDOW]:
                if other.near > FURTHEST * mention.near:
                    break
                if other.number in taken or not all(_agree(one, other) for one in same):
                    continue
                if any(_repeats(one, other) for one in same):
                    same.append(other)
            if len(same) > 1:
                taken.update(other.number for other in same)
                yield page.relation(
                    "same-figure-twice", LIKELY, *(("figure", one) for one in sorted(same, key=_number))
                )
    yield from _conflicts(page, taken)


def _number(mention: Mention) -> int:
    return mention.number


def _agree(one: Mention, other: Mention) -> bool:
    return overlap(one.likely, other.likely) and _close(one, other)


def _repeats(one: Mention, other: Mention) -> bool:
    if not same_measure(one, other) or one.sign != other.sign or _kind(one) != _kind(other):
        return False
    if one.sentence is other.sentence or not _agree(one, other):
        return False
    if one.place and other.place and one.place != other.place:
        return False
    needed = ALIKE.get(_digits(one, other), SURE)
    return likeness(one, other) >= needed or (
        _headline(min(one, other, key=_number))
        and _retold(min(one, other, key=_number), max(one, other, key=_number)) >= needed
    )


def _headline(mention: Mention) -> bool:
    """A headline or lead says again what the text says, in fewer words."""
    return mention.sentence.block < HEADLINES


def _kind(mention: Mention) -> str:
    """Levels repeat levels and changes repeat changes."""
    return mention.function if not mention.is_head else "head"


def _retold(headline: Mention, other: Mention) -> float:
    """Share of a headline's words that the sentence of another mention repeats, 0 to 1."""
    words = headline.sentence.content
    return len(words & other.sentence.content) / len(words) if len(words) >= FEW else 0.0


def _close(one: Mention, other: Mention) -> bool:
    """A rounder mention repeats a finer one only if it is its rounding, not any value within a hedge."""
    coarse = max(one.grain, other.grain) if one.grain != other.grain else 0
    return abs(one.value - other.value) * 2 <= coarse


def _digits(one: Mention, other: Mention) -> int:
    """Significant digits of the coarser mention: what the two agree on."""
    return min(len(str(abs(int(m.value / (m.draft.step or 1)))).rstrip("0")) or 1 for m in (one, other))


def likeness(one: Mention, other: Mention) -> float:
    """Share of the smaller context that stands in the other as well, 0 to 1."""
    smaller = min(len(one.context), len(other.context))
    return len(one.context & other.context) / smaller if smaller else 0.0


def _conflicts(page: Page, taken: set[int]) -> Iterator[Relation]:
    """Two values for one indicator: same words, place, period and role, and nothing that tells them apart."""
    levels: dict[tuple[str, ...], list[Mention]] = defaultdict(list)
    for mention in page.mentions:
        if mention.function == "head" and len(mention.label) >= 3 and mention.period:
            levels[mention.label].append(mention)
    for group in levels.values():
        for one, other in pairwise(group):
            same = same_measure(one, other) and one.period == other.period and one.place == other.place
            if (
                same
                and one.role == other.role
                and not overlap(one.likely, other.likely)
                and one.sentence is not other.sentence
            ):
                yield page.relation("same-figure-twice", NAMED, ("figure", one), ("figure", other))
