"""Totals and their parts: what a breakdown is, and what it claims. Complete lists add up, open ones stay within."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.model.exact import Fraction
from auditor.model.relation import Relation
from auditor.parse.mentions import Mention
from auditor.parse.page import LIKELY, NUMBERS, Page, overlap, total
from auditor.parse.scope import named_by, own_time

# Levels that are no parts of a total beside them.
NO_PARTS = frozenset({"previous", "plan", "level-before"})
# Parts that miss their total by less than this much of it are all its parts.
NEARLY = Fraction(1, 50)
# Counts from this on are missed narrowly by one.
SMALL_COUNT = 10
# Shares that add up to about this much are the shares of all parts.
ABOUT_HUNDRED = (Fraction(99), Fraction(101))


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total and the figures listed as its parts; ``complete`` when the words claim that nothing is left out."""

    total: Mention
    parts: tuple[Mention, ...]
    complete: bool
    confidence: float


def beside_named(named: Sequence[Breakdown], summed: Sequence[Breakdown]) -> Iterator[Breakdown]:
    """What only the numbers say, without parts added to a list that the words name of a total that is only about so
    much: what is missing there, some figure always fills; and without what adds up a total and its own parts."""
    told = {one.total.number: {part.number for part in one.parts} for one in named}
    for one in summed:
        parts, mine = told.get(one.total.number, set()), {part.number for part in one.parts}
        nested = any(told.get(number, set()) & mine for number in mine)
        if not nested and (one.total.draft.hedge is None or len(parts) < 2 or not parts < mine):
            yield one


def adds_up(whole: Mention, parts: Sequence[Mention]) -> bool:
    return overlap(total(part.likely for part in parts), whole.likely)


def within(whole: Mention, parts: Sequence[Mention]) -> bool:
    low, high = total(part.certain for part in parts).lo, whole.certain.hi
    return low is None or high is None or low <= high


def shortest_sum(whole: Mention, parts: list[Mention]) -> list[Mention]:
    """The first parts that already make up the whole, unless all of them do so as well and no worse; else all."""
    for count in range(2, len(parts)):
        if adds_up(whole, parts[:count]):
            closer = adds_up(whole, parts) and _missed(whole, parts) <= _missed(whole, parts[:count])
            return parts if closer else parts[:count]
    return parts


def relations(page: Page, found: Sequence[Breakdown], shares: dict[int, Mention]) -> Iterator[Relation]:
    """The claims of breakdowns. ``shares`` maps a part's number to its share: shares that make 100 complete a list."""
    for one in found:
        parts = [("part", part) for part in one.parts]
        told = one.complete or _shares_complete(one, shares)
        meant = adds_up(one.total, one.parts) or _overflows(one) or _nearly(one)
        if len(one.parts) > 1 and (told or meant):
            # That an open list is all there is, only its sum says; where some is left, there may be a further part.
            confidence = one.confidence if told else min(one.confidence, NUMBERS if _short(one) else LIKELY)
            yield page.relation("total-of-parts", confidence, ("total", one.total), *parts)
        elif len(one.parts) == 1 or (within(one.total, one.parts) and _one_row(page, one.parts)):
            yield page.relation("part-within-total", one.confidence, *parts, ("total", one.total))
        else:
            # Counted groups may overlap (women, young people), steps do: each is within the whole, not all together.
            for part in one.parts:
                yield page.relation("part-within-total", one.confidence, ("part", part), ("total", one.total))
            if _apart(one.parts):
                yield page.relation("part-within-total", NUMBERS, *parts, ("total", one.total))


def _apart(parts: Sequence[Mention]) -> bool:
    """Whether each part is told of a name of its own, as places are: such parts hardly overlap."""
    names = [" ".join(_names(part)) for part in parts]
    return len(parts) > 2 and all(names) and len(set(names)) == len(names)


def _names(part: Mention) -> Iterator[str]:
    begin = part.at - len(named_by(part))
    return (part.sentence.phrase(at) for at in range(begin, part.at) if part.sentence.codes[at] == "W")


def _one_row(page: Page, parts: Sequence[Mention]) -> bool:
    """Whether parts are told as one row: not as steps of which one is taken of the other (found, then fined), nor each
    at a time of its own."""
    stepped = [part for part in parts if page.has(named_by(part), "step")]
    return len(stepped) < 2 and len({own_time(page, part) for part in parts}) < 2


def _shares_complete(one: Breakdown, shares: dict[int, Mention]) -> bool:
    mine = [shares[part.number] for part in one.parts if part.number in shares]
    return len(mine) == len(one.parts) > 1 and about_hundred(mine)


def about_hundred(shares: Sequence[Mention]) -> bool:
    return ABOUT_HUNDRED[0] <= sum(share.value for share in shares) <= ABOUT_HUNDRED[1]


def _overflows(one: Breakdown) -> bool:
    """Three or more amounts that together exceed their total: counted groups may overlap, amounts do not."""
    return len(one.parts) > 2 and one.total.dimension != "count" and not within(one.total, one.parts)


def _nearly(one: Breakdown) -> bool:
    """Parts that miss the total by so little that they must be meant as all of it. Two that leave some of it may be the
    largest of three, unless one wrong digit, or two in the wrong order, would leave just that."""
    reach = max(one.total.value * NEARLY, Fraction(one.total.draft.exact and one.total.value >= SMALL_COUNT))
    near = len(one.parts) > 1 and one.confidence >= LIKELY and _missed(one.total, one.parts) <= reach
    return near and (len(one.parts) > 2 or not _short(one) or _one_digit(one))


def _short(one: Breakdown) -> bool:
    return not adds_up(one.total, one.parts) and sum(part.value for part in one.parts) < one.total.value


def _one_digit(one: Breakdown) -> bool:
    """Whether what is missing is d or 9 d at one decimal place, give or take what all were rounded to."""
    missing, apart = _missed(one.total, one.parts), sum((m.grain for m in (one.total, *one.parts)), Fraction(0)) / 2
    place = min(m.draft.step or Fraction(1) for m in (one.total, *one.parts))
    while place <= missing + apart:
        nearest = round(missing / place)
        if abs(nearest * place - missing) <= apart and (nearest < 10 or (nearest % 9 == 0 and nearest < 90)):
            return True
        place *= 10
    return False


def _missed(whole: Mention, parts: Sequence[Mention]) -> Fraction:
    return abs(sum((part.value for part in parts), -whole.value))
