"""Counts within counts without a list: 24 of 26 targets, 12 poor households of 195, x/N and the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.model.relation import Relation
from auditor.parse.breakdowns import Breakdown, adds_up
from auditor.parse.mentions import Mention, same_noun
from auditor.parse.page import LIKELY, NAMED, Page, between

# A kind is counted within its whole up to this many sentences on, in one paragraph.
NEAR = 3
NEAR_WORDS = 8


def subsets(page: Page, found: Sequence[Breakdown]) -> Iterator[Relation]:
    """``found`` are the breakdowns of the page: what is a part beside another is none of it."""
    full = [one for one in found if adds_up(one.total, one.parts)]
    paired = {one.number: other for one, other in page.pairs}
    wholes = {other.number for other in paired.values()}
    for index, part in enumerate(page.mentions[1:], 1):
        before = page.mentions[index - 1]
        if part.number in wholes or part.dimension != "count" or not part.is_head:
            continue
        if _out_of(page, before, part):
            yield page.relation("part-within-total", LIKELY, ("part", before), ("total", part))
        elif _repeated_noun(page, before, part):
            sure = NAMED if part.value <= before.value else LIKELY
            yield page.relation("part-within-total", sure, ("part", part), ("total", before))
        else:
            yield from _kind_within(page, index, part, full)
    yield from _shared_out(page, paired)


def _out_of(page: Page, part: Mention, whole: Mention) -> bool:
    """`40.000 out of more than 65.000 flats`, `5 weak projects among 12`: `in` between two counts of one noun."""
    if whole.sentence is not part.sentence or not part.is_head or part.value > whole.value:
        return False
    apart = between(part, whole)
    alike = part.unit == whole.unit or part.unit is None
    return alike and len(apart) <= NEAR_WORDS and page.has(apart[-2:], "in_words") and _one_phrase(apart)


def _one_phrase(apart: str) -> bool:
    """Whether words between a count and `in` only describe it: no comma, or one between two descriptions."""
    return "," not in apart or apart.split(",", 1)[-1][:-1].replace("w", "") == ""


def _repeated_noun(page: Page, whole: Mention, part: Mention) -> bool:
    """`N x have n x`: one noun twice with nothing but a verb between the two."""
    if whole.sentence is not part.sentence or whole.unit != part.unit or not whole.is_head:
        return False
    apart = between(whole, part)
    return len(apart) <= 2 and page.has(apart, "have") and not page.has(apart, "purpose")


def _kind_within(page: Page, index: int, part: Mention, full: Sequence[Breakdown]) -> Iterator[Relation]:
    """A kind of what was counted shortly before: the nearest count of the wider noun in the paragraph."""
    for whole in reversed(page.mentions[max(0, index - 6) : index]):
        if whole.sentence.block != part.sentence.block or part.sentence.number - whole.sentence.number > NEAR:
            return
        # Only a kind that its noun names (poor households of households): anybody is one of `people`.
        narrower = (part.unit or "").startswith(f"{whole.unit} ") and part.value <= whole.value
        if whole.is_head and narrower and _one_place(whole, part) and not _elsewhere(page, whole, part):
            if any(_taken(one, whole, part) for one in full):
                return
            yield page.relation("part-within-total", LIKELY, ("part", part), ("total", whole))
            return


def _taken(one: Breakdown, whole: Mention, part: Mention) -> bool:
    """Whether a full breakdown leaves no room for a part: they are parts beside each other, or all parts are known."""
    return (whole in one.parts and part in one.parts) or (whole is one.total and part not in one.parts)


def _elsewhere(page: Page, whole: Mention, part: Mention) -> bool:
    """Whether words such as `meanwhile` turn from one figure to something else before the other."""
    return whole.sentence is part.sentence and page.has(between(whole, part), "other")


def _one_place(one: Mention, other: Mention) -> bool:
    return one.place == other.place or not (one.place and other.place)


def _shared_out(page: Page, paired: dict[int, Mention]) -> Iterator[Relation]:
    """`x/N; y; z` of one noun in a sentence: together they make N."""
    for number, whole in paired.items():
        first = page.mentions[number]
        rest = [m for m in whole.sentence.mentions if m.at > whole.at and m.is_head and m.number not in paired]
        parts = [first, *(m for m in rest if m.unit == whole.unit and not _is_whole(m, paired))]
        listed = len(parts) > 2 and all(same_noun(part, whole) for part in parts)
        if listed and ";" in whole.sentence.codes[whole.at : parts[-1].at] and adds_up(whole, parts):
            yield page.relation("total-of-parts", LIKELY, ("total", whole), *(("part", part) for part in parts))


def _is_whole(mention: Mention, paired: dict[int, Mention]) -> bool:
    return any(mention is whole for whole in paired.values())
