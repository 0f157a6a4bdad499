"""Changes that stand apart from their levels: bound by the numbers, where few would fit by chance."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from auditor.model.exact import Fraction
from auditor.model.quantity import Interval
from auditor.model.relation import Member, Relation
from auditor.parse.levels import KINDS, fits, levels, moved
from auditor.parse.mentions import Mention, same_measure
from auditor.parse.page import NUMBERS, Page, between, overlap, signed

# An earlier level that is not named stands this near, in figures and sentences, and agrees by chance at most so often.
WINDOW, NEAR = 12, 2
CHANCE = Fraction(1, 15)


def changes_apart(page: Page) -> Iterator[Relation]:
    """Changes whose earlier level stands somewhere before: the one candidate that fits; pairs of levels whose
    difference stands beside them; changes of a level that is told again."""
    for index, change in enumerate(page.mentions):
        head = change.head
        if head is not None and head.dimension != "percent" and change.function in KINDS:
            yield from _from_before(page, index, change, head)
    told = [pair for sentence in page.sentences for pair in levels(sentence)]
    yield from _differences(page, told)
    yield from _differences(page, [pair for sentence in page.sentences for pair in moved(page, sentence)])
    yield from _told_again(page, told)


def _from_before(page: Page, index: int, change: Mention, head: Mention) -> Iterator[Relation]:
    near = page.mentions[max(0, index - WINDOW) : index + WINDOW]
    bases = [m for m in near if m.is_head and m is not head and same_measure(m, head) and m.value > 0]
    bases = [m for m in bases if 0 <= head.sentence.number - m.sentence.number <= NEAR]
    fitting = [m for m in bases if fits(m, head, change)]
    if fitting and len(bases) * _chance(change, head) < CHANCE:
        yield _relation(page, fitting[-1], head, change)


def _chance(change: Mention, level: Mention) -> Fraction:
    """How often one candidate agrees by chance: what is printed of the change against the range it could have."""
    if change.function == "growth":
        return 2 * change.draft.step / 100
    return (change.grain + 2 * level.grain or Fraction(1)) / max(change.value, Fraction(1))


def _differences(page: Page, pairs: list[tuple[Mention, Mention]]) -> Iterator[Relation]:
    """`32 more, from 154 to 186`: a figure beside two levels that is just their difference; right behind them as a
    change, it may be small."""
    for before, after in pairs:
        size, number = after.value - before.value, after.sentence.number
        others = [m for m in page.around(after) if abs(m.sentence.number - number) <= 1 and m.function == "head"]
        beside = [m for m in others if same_measure(m, after) and m.value == abs(size) and not m.draft.hedge]
        beside = beside if len(others) * (after.grain or Fraction(1)) < abs(size) else []
        behind = [m for m in after.sentence.mentions if m.number == after.number + 1 and _is_change(before, after, m)]
        for found in behind or sorted(beside, key=lambda m: abs(m.number - after.number))[:1]:
            change = Member("change", found.figure, 1 if size >= 0 else -1)
            yield page.relation("change-between-levels", NUMBERS, ("from", before), ("to", after), change)


def _is_change(before: Mention, after: Mention, change: Mention) -> bool:
    agree = change.function == "change" and change.head is after and same_measure(change, after)
    return agree and after.value - before.value == change.sign * change.value


def _told_again(page: Page, pairs: list[tuple[Mention, Mention]]) -> Iterator[Relation]:
    """A change by which one of the told pairs moved, told elsewhere beside the later level; and what a change is in
    percent, told elsewhere beside the change."""
    by_level = {(after.dimension, after.value): (before, after) for before, after in pairs}
    by_size = {(after.dimension, abs(after.value - before.value)): (before, after) for before, after in pairs}
    for one, change in pairwise(page.mentions):
        if one.sentence is not change.sentence or one.dimension == "percent":
            continue
        told, sized = by_level.get((one.dimension, one.value)), by_size.get((one.dimension, one.value))
        if told and _level_again(*told, one, change):
            yield _relation(page, *told, change)
        if sized and same_measure(one, sized[1]) and _rate_of(page, *sized, one, change):
            yield _relation(page, *sized, change)


def _relation(page: Page, before: Mention, after: Mention, change: Mention) -> Relation:
    kind, role = KINDS[change.function]
    return page.relation(kind, NUMBERS, ("from", before), ("to", after), signed(role, change))


def _level_again(before: Mention, after: Mention, again: Mention, change: Mention) -> bool:
    elsewhere = after.sentence is not again.sentence and same_measure(again, after)
    return elsewhere and _is_change(before, again, change)


def _rate_of(page: Page, before: Mention, after: Mention, amount: Mention, rate: Mention) -> bool:
    """`32 more, equal to a rise of 20 %`: a percentage that says again what an amount says, and fits."""
    apart = between(amount, rate)
    equal = rate.function == "growth" and page.has(apart, "equal") and not page.has(apart, "versus")
    return equal and before.value > 0 and overlap(_growth(before, after), rate.likely)


def _growth(before: Mention, after: Mention) -> Interval:
    rate = abs(100 * (after.value - before.value) / before.value)
    return Interval(rate, rate)
