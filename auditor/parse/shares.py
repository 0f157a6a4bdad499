"""Shares of totals, often far away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.model.exact import Fraction
from auditor.model.quantity import Interval
from auditor.model.relation import Relation
from auditor.parse.breakdowns import Breakdown
from auditor.parse.heads import RATES
from auditor.parse.mentions import Mention, same_measure
from auditor.parse.outcomes import of_the_former
from auditor.parse.page import (
    LIKELY,
    NAMED,
    NUMBERS,
    SIBLINGS,
    WINDOW,
    Page,
    between,
    overlap,
    width,
)
from auditor.parse.shares_told import fits, may_be, of_another_noun, told_total

# Shares this many sentences apart speak for one total together.
NEAR = 3
CHANCE = Fraction(1, 30)
# So many shares that fit one total vouch for it.
MANY = 3
# A share takes the level of the sentence before if they have so many words in common.
COMMON = 2


def shares(page: Page) -> list[Mention]:
    """Percentages that are a share of something, with the part they are the share of."""
    found = [m for m in page.mentions if m.function == "share" and m.dimension == "percent"]
    for share in found:
        share.head = share.head or _part_before(page, share)
    return [share for share in found if share.head is not None and not _least_of_each(page, share.head)]


def _least_of_each(page: Page, part: Mention) -> bool:
    """`17 goods sold for more than 1 billion each`: a bound that each of those counted right before it exceeds."""
    before = [m for m in part.sentence.mentions if m.at < part.at][-1:]
    bound = part.draft.hedge is not None and part.draft.hedge.bound == ">=" and part.dimension != "count"
    counted = bool(before) and before[0].dimension == "count" and before[0].is_head
    apart = between(before[0], part) if before else ""
    return bound and counted and page.has(apart, "reach") and not set(",;:.()") & set(apart)


def _part_before(page: Page, share: Mention) -> Mention | None:
    """The part of a share that stands alone in its sentence: the level just before of the same indicator, or, for a
    share in brackets, the earlier level beside it."""
    number = share.sentence.number
    here = [m for m in share.sentence.mentions if m.at < share.at and m.is_head and m.dimension not in RATES]
    before = page.sentences[number - 1].mentions if number and not (here and share.depth == 0) else []
    wanted = "previous" if share.depth else "head"
    alike = [m for m in before if m.function == wanted and m.dimension not in RATES]
    common = set(alike[-1].label) & share.sentence.content if alike and wanted == "head" else share.sentence.content
    return alike[-1] if alike and len(common) >= COMMON else None


def share_relations(page: Page, found: Sequence[Breakdown]) -> Iterator[Relation]:
    """Each share with its total: the one that a breakdown names, else the candidate that it and its siblings fit."""
    named = {part.number: one for one in found for part in one.parts if one.confidence == NAMED}
    pairs = {(one.number, other.number) for one, other in page.pairs}
    bound = {m.number for m in page.mentions if m.function == "share" and m.head and _ratio(m, pairs)}
    for group in _siblings([share for share in shares(page) if share.number not in bound]):
        yield from _group(page, group, named)


def _ratio(share: Mention, pairs: set[tuple[int, int]]) -> bool:
    """Shares of `x/y`, and of `x out of y`, are bound with their pair."""
    mentions = share.sentence.mentions
    index = mentions.index(share)
    if index < 2:
        return False
    one, other = mentions[index - 2 : index]
    return between(one, other) == "/" or (one.number, other.number) in pairs


def _siblings(found: Sequence[Mention]) -> Iterator[list[Mention]]:
    group: list[Mention] = []
    for share in found:
        if len(group) == WINDOW:
            yield group
            group = []
        if group and share.sentence.number - group[-1].sentence.number > NEAR:
            yield group
            group = []
        group.append(share)
    if group:
        yield group


def _group(page: Page, group: list[Mention], named: dict[int, Breakdown]) -> Iterator[Relation]:
    candidates = _candidates(page, group)
    votes = {c.number: sum(_votes(share, c, named) for share in group if may_be(share, c)) for c in candidates}
    agreed = None if max(votes.values(), default=0) > 1 else _misprinted(group, candidates)
    for share in group:
        part = share.head
        assert part is not None
        told, listed = told_total(page, share), _total_of(page, share, named.get(part.number))
        if told is None and listed is not None and not fits(share, listed):
            before = [c for c in candidates if c.number < listed.number and c.value > listed.value and may_be(share, c)]
            earlier = _choose(share, [c for c in before if fits(share, c)], votes, group)
            if _of_more(share, listed, group):
                continue
            if earlier is not None:
                # `of 3.800 members; 79 were admitted, of whom 66 (1,74 %) …`: a share of what was told before.
                yield _relation(page, share, earlier[0], NUMBERS)
                continue
        told = told or listed
        if told is not None:
            yield _relation(page, share, told, NAMED)
        elif agreed is not None and may_be(share, agreed):
            yield _relation(page, share, agreed, SIBLINGS)
        else:
            able = [c for c in candidates if may_be(share, c) or (votes[c.number] >= MANY and same_measure(part, c))]
            choice = _choose(share, [c for c in able if c is not part], votes, group)
            former = of_the_former(page, share)
            if choice is not None:
                yield _relation(page, share, *choice)
            elif former is not None and former[1] is part:
                yield _relation(page, share, former[0], NUMBERS)
            elif (other := of_another_noun(page, share)) is not None:
                yield _relation(page, share, other, LIKELY)


def _of_more(share: Mention, whole: Mention, group: list[Mention]) -> bool:
    """Whether a share that does not fit its whole is of the same that the whole is a share of: `45 poor households
    (3,2 %), of which 18 (1,3 %)`."""
    own = next((other for other in group if other.head is whole), None)
    return own is not None and not fits(share, whole) and overlap(_implied(share), _implied(own))


def _total_of(page: Page, share: Mention, told: Breakdown | None) -> Mention | None:
    """The total that a breakdown names for a part, unless words behind the share name something else that it misses:
    `51 % of the people` is no share of doses."""
    if told is None:
        return None
    sentence, at = share.sentence, share.at + 1
    other = page.has(sentence.codes[at : at + 1], "whole_apart") and told.total.context.isdisjoint(sentence.words(at))
    return None if other and not fits(share, told.total) else told.total


def _votes(share: Mention, whole: Mention, named: dict[int, Breakdown]) -> bool:
    """Whether a share speaks for a whole: it fits, or its part is named as one of that whole."""
    part = share.head
    told = named.get(part.number) if part is not None else None
    return fits(share, whole) or (told is not None and told.total is whole)


def _misprinted(group: list[Mention], candidates: list[Mention]) -> Mention | None:
    """The one candidate that a single changed digit makes the total on which three or more shares agree."""
    implied = [_implied(share) for share in group]
    lows, highs = [one.lo for one in implied if one.lo], [one.hi for one in implied if one.hi]
    if len(group) < MANY or len(lows) < len(group) or len(highs) < len(group) or max(lows) > min(highs):
        return None
    agreed = Interval(max(lows), min(highs))
    near = [c for c in candidates if all(may_be(share, c) for share in group) and _one_digit_from(c, agreed)]
    return near[0] if len(near) == 1 else None


def _implied(share: Mention) -> Interval:
    """The totals that a part and its share allow."""
    part = share.head
    assert part is not None
    low, high = share.likely, part.likely
    lo = 100 * high.lo / low.hi if high.lo is not None and low.hi else None
    hi = 100 * high.hi / low.lo if high.hi is not None and low.lo and low.lo > 0 else None
    return Interval(lo, hi)


def _one_digit_from(whole: Mention, agreed: Interval) -> bool:
    """Whether a change of one printed digit brings a figure within an interval."""
    step = whole.draft.step or Fraction(1)
    digits = str(int(whole.value / step))
    for at, old in enumerate(digits):
        for new in "0123456789":
            value = int(digits[:at] + new + digits[at + 1 :]) * step
            if new != old and overlap(Interval(value - step / 2, value + step / 2), agreed):
                return True
    return False


def _relation(page: Page, share: Mention, whole: Mention, confidence: float) -> Relation:
    assert share.head is not None
    # A part taken from the sentence before is likely, whatever speaks for its total.
    sure = confidence if share.head.sentence is share.sentence else min(confidence, LIKELY)
    return page.relation("share-of-total", sure, ("part", share.head), ("total", whole), ("share", share))


def _candidates(page: Page, group: list[Mention]) -> list[Mention]:
    last = group[-1].sentence.number
    near = page.around(group[0], behind=WINDOW + group[-1].number - group[0].number)
    return [m for m in near if m.is_head and m.value > 0 and m.sentence.number <= last + 1]


def _choose(
    share: Mention, candidates: list[Mention], votes: dict[int, int], group: list[Mention]
) -> tuple[Mention, float] | None:
    """The total that the share fits, best supported and nearest; one it misses only if nearly all siblings fit it."""
    fitting = [c for c in candidates if fits(share, c)]
    if fitting:
        best = max(fitting, key=lambda c: (votes[c.number], -abs(c.number - share.number)))
        if votes[best.number] > 1:
            return best, SIBLINGS if votes[best.number] >= MANY else LIKELY
        near = (
            share.head is not None and best.sentence.block == share.sentence.block and best.number < share.head.number
        )
        span = width(share.likely)
        chance = len(candidates) * (span or 100) / 100
        if chance < CHANCE or near:
            return best, LIKELY if near else NUMBERS
        return None
    cut = [c for c in candidates if votes[c.number] > 1 and _cut_off(share, c)]
    if cut:
        return max(cut, key=lambda c: votes[c.number]), LIKELY
    missed = [c for c in candidates if votes[c.number] >= 2 and votes[c.number] >= _able(group, c) - 1]
    if missed and len(group) >= 3:
        return max(missed, key=lambda c: votes[c.number]), SIBLINGS
    return None


def _able(group: list[Mention], whole: Mention) -> int:
    """How many shares may be of a whole, as the counts of another noun are not."""
    return sum(may_be(share, whole) for share in group)


def _cut_off(share: Mention, whole: Mention) -> bool:
    """Whether a share is the first digits of its part over a whole, the rest cut off instead of rounded."""
    part = share.head
    if part is None or share.draft.hedge or part.draft.hedge or whole.draft.hedge:
        return False
    return 0 <= 100 * part.value / whole.value - share.value < share.draft.step
