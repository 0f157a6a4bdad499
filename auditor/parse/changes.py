"""Levels and what they changed by: from a to b, by c, by r percent, by an average a year, by a factor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from auditor.model.figure import Evidence
from auditor.model.relation import Member, Relation
from auditor.parse.mentions import Mention, Sentence, same_measure
from auditor.parse.page import LIKELY, NAMED, NUMBERS, Page, signed

YEAR = re.compile(r"(?:19|20)\d\d")
REACH = 16
# An earlier level that is not named stands this near, in figures and sentences, and agrees by chance at most so often.
WINDOW, NEAR = 12, 2
CHANCE = Fraction(1, 15)
KINDS = {"growth": ("growth-between-levels", "rate"), "change": ("change-between-levels", "change")}


def changes(page: Page) -> Iterator[Relation]:
    for sentence in page.sentences:
        for before, after in _levels(sentence):
            yield from _changes(page, sentence, before, after)
        yield from _against_previous(page, sentence)
    yield from _by_numbers(page)


def _levels(sentence: Sentence) -> Iterator[tuple[Mention, Mention]]:
    """`from a to b`: the two levels next to each other, of one measure."""
    for one, other in zip(sentence.mentions, sentence.mentions[1:], strict=False):
        if one.function == "level-before" and other.function == "level-after" and same_measure(one, other):
            yield one, other


def _changes(page: Page, sentence: Sentence, before: Mention, after: Mention) -> Iterator[Relation]:
    index = sentence.mentions.index(before)
    behind = [m for m in sentence.mentions[index + 2 : index + 5] if m.at - after.at <= REACH]
    ahead = [m for m in sentence.mentions[max(0, index - 1) : index] if before.at - m.at <= 5]
    seen: set[str] = set()
    for mention in [*ahead, *behind]:
        if mention.function == "level-before":
            break
        if mention in behind and mention.head is not after:
            continue
        relation = _change(page, sentence, before, after, mention)
        if relation is not None and relation.kind not in seen:
            seen.add(relation.kind)
            yield relation


def _change(page: Page, sentence: Sentence, before: Mention, after: Mention, change: Mention) -> Relation | None:
    levels = (("from", before), ("to", after))
    percent = before.dimension == "percent"
    if change.function in ("average-change", "average-rate") and (percent or same_measure(change, before)):
        years = _years(page, sentence, before, after)
        if years is None:
            return None
        return page.relation("average-change", NAMED, *levels, ("period", years), signed("average", change))
    if change.function == "factor":
        return page.relation("times-of-base", NAMED, *levels, ("factor", change))
    if change.function == "growth" and not percent:
        return page.relation("growth-between-levels", NAMED, *levels, signed("rate", change))
    if change.function in ("growth", "change") and same_measure(change, before):
        return page.relation("change-between-levels", NAMED, *levels, signed("change", change))
    return None


def _years(page: Page, sentence: Sentence, before: Mention, after: Mention) -> Evidence | None:
    """The years of an average: of the stated period, or between the years of the two levels."""
    times = [(at, aside) for at, aside in sorted(sentence.aside.items()) if sentence.codes[at] == "t"]
    for at, aside in times:
        years = YEAR.findall(sentence.phrase(at))
        if aside.what == "period" and len(years) == 2:
            return page.evidence("period", aside.start, aside.stop, str(int(years[1]) - int(years[0])))
    ends = [YEAR.findall(level.period or "") for level in (before, after)]
    if all(len(end) == 1 for end in ends):
        asides = [aside for _, aside in times]
        return page.evidence("period", asides[0].start, asides[-1].stop, str(int(ends[1][0]) - int(ends[0][0])))
    return None


def _against_previous(page: Page, sentence: Sentence) -> Iterator[Relation]:
    """A level, its change, and the earlier level in print: `29 dự án, giảm 9,4 % so với 32 dự án cùng kỳ`."""
    for index, mention in enumerate(sentence.mentions):
        if mention.function not in ("growth", "change") or mention.head is None:
            continue
        behind = sentence.mentions[index + 1 : index + 2]
        if not behind or behind[0].function != "previous" or not same_measure(mention.head, behind[0]):
            continue
        levels = (("from", behind[0]), ("to", mention.head))
        if mention.function == "growth":
            yield page.relation("growth-between-levels", NAMED, *levels, signed("rate", mention))
        elif same_measure(mention, mention.head):
            yield page.relation("change-between-levels", LIKELY, *levels, signed("change", mention))


def _by_numbers(page: Page) -> Iterator[Relation]:
    """Changes whose earlier level stands somewhere before: the one candidate that fits, where few would by chance; and
    pairs of levels whose difference stands beside them."""
    for index, change in enumerate(page.mentions):
        head = change.head
        if head is None or head.dimension == "percent" or change.function not in ("growth", "change"):
            continue
        near = page.mentions[max(0, index - WINDOW) : index + WINDOW]
        bases = [m for m in near if m.is_head and m is not head and same_measure(m, head) and m.value > 0]
        bases = [m for m in bases if head.sentence.number - m.sentence.number <= NEAR and m.sentence.number <= head.sentence.number]
        fitting = [m for m in bases if _fits(m, head, change)]
        if fitting and len(bases) * _chance(change, head) < CHANCE:
            kind, role = KINDS[change.function]
            yield page.relation(kind, NUMBERS, ("from", fitting[-1]), ("to", head), signed(role, change))
    yield from _differences(page)


def _fits(base: Mention, level: Mention, change: Mention) -> bool:
    low, high = base.likely, level.likely
    if None in (low.lo, low.hi, high.lo, high.hi) or change.draft.hedge:
        return False
    nominal = level.value - base.value
    if change.function == "growth":
        return abs(100 * nominal / base.value - change.sign * change.value) <= change.draft.step
    return abs(nominal - change.sign * change.value) <= change.grain + level.grain + base.grain


def _chance(change: Mention, level: Mention) -> Fraction:
    """How often one candidate agrees by chance: what is printed of the change against the range it could have."""
    if change.function == "growth":
        return 2 * change.draft.step / 100
    return (change.grain + 2 * level.grain or Fraction(1)) / max(change.value, Fraction(1))


def _differences(page: Page) -> Iterator[Relation]:
    """`thêm 32 …, từ 154 lên 186 …`: a figure beside two levels that is just their difference."""
    for sentence in page.sentences:
        for before, after in _levels(sentence):
            size = after.value - before.value
            others = [m for m in page.mentions if abs(m.sentence.number - sentence.number) <= 1 and m.function == "head"]
            beside = [m for m in others if same_measure(m, after) and m.value == abs(size) and not m.draft.hedge]
            if beside and len(others) * (after.grain or 1) / max(abs(size), 1) < 1:
                nearest = min(beside, key=lambda m: abs(m.number - after.number))
                sign = 1 if size >= 0 else -1
                change = Member("change", nearest.figure, sign)
                yield page.relation("change-between-levels", NUMBERS, ("from", before), ("to", after), change)
