"""The same figure stated more than once: headline, lead, body and caption must agree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from auditor.model.relation import Relation
from auditor.parse.likeness import Likeness, contrast, digits, likeness
from auditor.parse.mentions import Mention, opposed, same_measure
from auditor.parse.page import LIKELY, WINDOW, Page, overlap

YEAR = re.compile(r"(?:19|20)\d\d")
# A sentence on a part follows that on the whole, or what the whole changed by.
PARTS = 2
# How much of the shorter context two mentions share, by how many significant digits they agree on: a number of five
# digits is hardly there twice by chance, a number of one digit nearly always is.
ALIKE = {1: 0.62, 2: 0.5, 3: 0.25}
SURE = 0.0
HEADLINES = 2
# A rounder mention of a figure is never further off than this factor.
FURTHEST = 1.6
# Numbers of so few digits stand for different things as often as not, and labels that differ tell.
FEW_DIGITS = 2
SMALL = 10
# What an item of a list ends in.
ENDS = (",", ";", ".", ")", "")
# `These 3 projects` stands this near behind the sentence that tells of the projects.
POINTING = 3
# Words behind a figure among which `these` stands.
POINTER = 4


def repeats(page: Page) -> Iterator[Relation]:
    """Mentions of one measure that agree in value and context, as one relation."""
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in page.mentions:
        groups[mention.dimension].append(mention)
    repeated = _Repeated(page)
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
                if other.number in taken or _apart(mention, other):
                    continue
                if not all(_close(one, other) and _agree(one, other) for one in same):
                    continue
                if _enough(other)(repeated.tells_again(one, other) for one in same):
                    same.append(other)
            if len(same) > 1:
                taken.update(other.number for other in same)
                yield page.relation(
                    "same-figure-twice", LIKELY, *(("figure", one) for one in sorted(same, key=_number))
                )


def _enough(mention: Mention) -> Callable[[Iterable[bool]], bool]:
    """A figure joins those that it tells again: one of them, but all of them for a count that stands everywhere."""
    return all if mention.draft.exact and digits(mention, mention) == 1 else any


def _number(mention: Mention) -> int:
    return mention.number


def _agree(one: Mention, other: Mention) -> bool:
    few = digits(one, other) <= FEW_DIGITS
    return overlap(one.likely, other.likely) and not (few and (contrast(one, other) or _of_other_names(one, other)))


def _of_other_names(one: Mention, other: Mention) -> bool:
    """Whether one is a count at the end of an item of a list, behind its name (`Northfield 17,`), and the other is told
    of nothing of that name; behind one name a count of one digit is as often of the dead and of the hurt."""
    apart = set(one.label).isdisjoint(other.label) or digits(one, other) == 1
    return apart and any(map(_listed, (one, other)))


def _small(mention: Mention) -> bool:
    """Whether a count has one digit: most of those that agree in sentences of the same words do so by chance."""
    return mention.draft.exact and mention.value < SMALL


def _listed(mention: Mention) -> bool:
    own = mention.draft.unit_stop > mention.draft.stop
    return mention.dimension == "count" and not own and mention.sentence.codes[mention.at + 1 : mention.at + 2] in ENDS


class _Repeated:
    """Whether one mention tells another again: by the words around it, as a headline, as a range, or by pointing."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.likeness = Likeness(page)
        self.above = {above.number for above, _ in page.pairs}
        self.ranges = dict(_ranges(page))

    def tells_again(self, one: Mention, other: Mention) -> bool:
        first, last = sorted((one, other), key=_number)
        if one.sentence is other.sentence or not same_measure(one, other) or opposed(one, other):
            return False
        if not _of_one_level(one, other) or _aimed_elsewhen(one, other) or self._is_part(first, last):
            return False
        if one.place and other.place and one.place != other.place:
            return False
        if (one.number in self.above) != (other.number in self.above):
            return False
        if one.sign != other.sign or _kind(one) != _kind(other):
            return _headline(first) and self._announced(first, last)
        needed = ALIKE.get(digits(one, other), SURE)
        return (
            likeness(one, other) >= needed
            or (_headline(first) and self.likeness.retold(first, last) >= needed)
            or self._one_range(one, other)
            or self._points_back(first, last)
            or (not _small(one) and self.likeness.same(one, other, first.sentence.number < HEADLINES))
        )

    def _is_part(self, first: Mention, last: Mention) -> bool:
        """Whether the later figure is told of a part of what the sentence just before it tells of."""
        whole, part = ((mention.head or mention).sentence for mention in (first, last))
        return 0 < part.number - whole.number <= PARTS and self.page.has(part.codes[:1], "within")

    def _announced(self, headline: Mention, other: Mention) -> bool:
        """A change that a headline states as an amount (`16 codes to go`), told again as a change; a rate of it, told
        again as the share that it is."""
        printed = digits(headline, other)
        if not headline.is_head or printed < FEW_DIGITS:
            return False
        if other.function == "share":
            return headline.sign == other.sign and self.likeness.retold(headline, other) >= ALIKE.get(printed, ALIKE[3])
        return other.function == "change" and self.likeness.retold(headline, other) >= ALIKE[1]

    def _one_range(self, one: Mention, other: Mention) -> bool:
        """Whether both are the same end of two ranges whose other ends agree as well."""
        ends = self.ranges.get(one.number), self.ranges.get(other.number)
        return None not in ends and ends[0] == ends[1]

    def _points_back(self, first: Mention, last: Mention) -> bool:
        """`These 3 projects`, `Accordingly, … 3 projects`: what was counted just before."""
        if not first.draft.exact or last.sentence.number - first.sentence.number > POINTING:
            return False
        behind = last.sentence.codes[last.at + 1 : last.at + 1 + POINTER]
        pointing = self.page.has(behind.split(",")[0].split(".")[0], "this") or self._above(behind)
        next_sentence = last.sentence.number - first.sentence.number == 1
        restating = next_sentence and self.page.has(last.sentence.codes[:1], "restating")
        return (pointing or restating) and first.unit is not None and first.unit == last.unit

    def _above(self, behind: str) -> bool:
        """Whether the word for above ends what is counted, and does not lead to a place."""
        return any(
            self.page.has(code, "above") and (after in ",.;)" or self.page.has(after, "have"))
            for code, after in pairwise(behind)
        )


def _ranges(page: Page) -> Iterator[tuple[int, tuple[bool, object, object]]]:
    """For both ends of each range `25-50 %`: which end it is, and the two values."""
    for sentence in page.sentences:
        for low, high in zip(sentence.mentions, sentence.mentions[1:], strict=False):
            if high.at == low.at + 2 and sentence.codes[low.at + 1] == "-":
                yield low.number, (False, low.value, high.value)
                yield high.number, (True, low.value, high.value)


def _of_one_level(one: Mention, other: Mention) -> bool:
    """Whether what two mentions qualify can be one level, where both say what they qualify."""
    mine, theirs = one.head, other.head
    return mine is None or theirs is None or overlap(mine.likely, theirs.likely)


def _aimed_elsewhen(one: Mention, other: Mention) -> bool:
    """Whether one is what is aimed at, the other what was reached, in another year."""
    mine, theirs = (set(YEAR.findall(mention.period or "")) for mention in (one, other))
    aims = [mention.role in ("plan", "target") for mention in (one, other)]
    return aims[0] != aims[1] and bool(mine) and bool(theirs) and mine.isdisjoint(theirs)


def _headline(mention: Mention) -> bool:
    """A headline or lead says again what the text says, in fewer words."""
    return mention.sentence.block < HEADLINES


def _kind(mention: Mention) -> str:
    """Levels repeat levels and changes repeat changes."""
    return mention.function if not mention.is_head else "head"


def _apart(one: Mention, other: Mention) -> bool:
    """Whether two values are too far from each other for one to round to the other. Exact numbers decide the rest."""
    return abs(other.near - one.near) > max(one.near_grain, other.near_grain)


def _close(one: Mention, other: Mention) -> bool:
    """A rounder mention repeats a finer one only if it is its rounding, not any value within a hedge."""
    if one.near == other.near or one.near_grain == other.near_grain:
        return one.near == other.near and one.value == other.value
    return abs(one.value - other.value) * 2 <= max(one.grain, other.grain)
