"""Totals that the numbers name: figures in one frame that add up to another, too exactly for chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice, takewhile
from math import gcd, lcm

from auditor.model.exact import Fraction
from auditor.parse.breakdowns import NO_PARTS, Breakdown, adds_up
from auditor.parse.mentions import Mention, addable, same_measure
from auditor.parse.page import LIKELY, NUMBERS, SIBLINGS, WINDOW, Page, between
from auditor.parse.scope import named_by

# How far parts may stand from their total, in sentences, and how many there may be.
REACH = 9
MOST = 14
# How often a sum may agree by chance: without a cue for a total, and with one.
CHANCE, CHANCE_WITH_CUE = Fraction(1, 40), Fraction(1, 8)
# A cue stands this near behind the total or before its parts.
CUE = 16
# Words that call a figure a total stand this near before it; where it is brought to so much, what is comes between.
CALLED, CALLED_FAR = 10, 24
# Room for binary rounding where floats sort out what cannot agree.
FLOAT = 1e-9
NEVER_PARTS = frozenset({"percent", "points", "times", "number"})


def summed_breakdowns(page: Page) -> Iterator[Breakdown]:
    """Each figure with rows of others that add up to it: behind it, or before it where it is called a total."""
    planned = {other.number for _, other in page.pairs}
    heads = [m for m in page.mentions if m.is_head and m.dimension not in NEVER_PARTS and m.value > 0]
    heads = [m for m in heads if m.number not in planned and m.function != "plan"]
    for index, whole in enumerate(heads):
        found = list(_sums(page, whole, _rows(whole, _near(whole, heads[index + 1 : index + WINDOW]))))
        changed = [m for m in page.around(whole, before=-1) if m.function == "change" and m.sign > 0]
        found.extend(_sums(page, whole, [[m for m in _near(whole, changed) if m.depth <= whole.depth]]))
        if not found and (_called_total(page, whole) or page.has(named_by(whole), "cumulated")):
            found = list(_sums(page, whole, _rows(whole, _near(whole, heads[max(0, index - WINDOW) : index][::-1]))))
        for breakdown in found:
            yield breakdown
            yield from _parallel(breakdown)


def _near(whole: Mention, others: Sequence[Mention]) -> list[Mention]:
    """The first smaller figures of a row, which stands in the order of the text or against it, that may be parts."""
    near = takewhile(lambda m: abs(m.sentence.number - whole.sentence.number) <= REACH, others)
    smaller = (m for m in near if m.near <= whole.near and addable(m, whole) and m.value < whole.value)
    return list(islice(smaller, 2 * MOST))


def _rows(whole: Mention, others: list[Mention]) -> list[list[Mention]]:
    """The rows of figures that may be parts: all, those of the total's own kind, those outside brackets, the first of
    each sentence or paragraph, the last of each paragraph."""
    plain = [m for m in others if m.function not in NO_PARTS]
    shallow = [m for m in plain if m.depth <= whole.depth]
    rows = [plain, shallow, _chosen(shallow, lambda m: m.sentence.number, min)]
    rows += [_chosen(plain, lambda m: m.sentence.block, which) for which in (min, max)]
    return [[m for m in others if m.function == whole.function], *rows] if whole.function != "head" else rows


def _chosen(row: Sequence[Mention], of: Callable[[Mention], int], which: Callable[[int, int], int]) -> list[Mention]:
    """The first or last figure of each sentence or paragraph, in the order of the row."""
    chosen: dict[int, int] = {}
    for m in row:
        chosen[of(m)] = which(m.number, chosen.get(of(m), m.number))
    return [m for m in row if chosen[of(m)] == m.number]


def _sums(page: Page, whole: Mention, rows: list[list[Mention]]) -> Iterator[Breakdown]:
    """The first stretch of each row that adds up to the whole, if so many tries would hardly find one by chance."""
    tried: set[tuple[int, ...]] = set()
    for row in rows:
        for parts in _stretches(row):
            key = tuple(part.number for part in parts)
            if key in tried:
                continue
            tried.add(key)
            if not agrees(whole, parts):
                continue
            cue = _cue(page, whole, parts)
            if chance(whole, parts, len(tried)) < (CHANCE_WITH_CUE if cue else CHANCE):
                ordered = tuple(sorted(parts, key=lambda part: part.number))
                yield Breakdown(whole, ordered, False, LIKELY if cue else NUMBERS)
                break


def _stretches(row: Sequence[Mention]) -> Iterator[Sequence[Mention]]:
    """Beginnings of a row, then the stretches further in."""
    for begin in range(min(len(row), 4)):
        for end in range(begin + 2, min(len(row), begin + MOST) + 1):
            yield row[begin:end]


def agrees(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether parts add up to the printed digits; a hedge may excuse a named list, but here it would fit anything."""
    away = abs(sum(part.near for part in parts) - whole.near)
    reach = whole.near_grain + sum(part.near_grain for part in parts)
    if away > reach * (1 + FLOAT) + whole.near * FLOAT:
        return False
    if not whole.draft.exact and _told_again(parts):
        return False
    exactly = abs(sum(part.value for part in parts) - whole.value)
    if whole.dimension == "count" and whole.draft.hedge is not None and whole.grain <= 1:
        # "Some 32" is counted as surely as 32 is.
        return exactly == 0
    return exactly <= _grains(whole, parts) and adds_up(whole, parts)


def _told_again(parts: Sequence[Mention]) -> bool:
    """Whether an amount comes twice, which is the same amount told again, unless one row tells it of two things."""
    rows: dict[Fraction, list[Mention]] = {}
    for part in parts:
        rows.setdefault(part.value, []).append(part)
    twice = [row for row in rows.values() if len(row) > 1]
    return any(len({m.sentence.number for m in row}) > 1 or len({m.label for m in row}) < len(row) for row in twice)


def _grains(whole: Mention, parts: Sequence[Mention]) -> Fraction:
    return sum((m.grain for m in (whole, *parts)), Fraction(0))


def chance(whole: Mention, parts: Sequence[Mention], tries: int) -> Fraction:
    """How often one of so many tries agrees by chance: what all were rounded to within the size of the total."""
    members = (whole, *parts)
    return tries * max(_missed_by(whole, parts), _roundness([m.value for m in members])) / whole.value


def _missed_by(whole: Mention, parts: Sequence[Mention]) -> Fraction:
    """What figures were rounded to, all together; of what hedges leave open, no more than the printed numbers miss each
    other by, unless they miss on the side that the hedge of the total excludes."""
    grains = _grains(whole, parts)
    beyond = sum((part.value for part in parts), -whole.value)
    bound = whole.draft.hedge.bound if whole.draft.hedge else None
    if (bound == ">=" and beyond < 0) or (bound == "<=" and beyond > 0):
        return grains
    return min(grains, 2 * abs(beyond) + sum((m.draft.step for m in (whole, *parts)), Fraction(0)))


def _roundness(values: Sequence[Fraction]) -> Fraction:
    """What all of the values were rounded to as their last digits show, 10 or 50 or 1,000: fares, fines and quotas
    are round numbers, and round numbers often add up."""
    below = lcm(*(value.denominator for value in values))
    common = gcd(*(int(value * below) for value in values))
    tens = 10 ** (len(str(common)) - len(str(common).rstrip("0")))
    return Fraction(5 * tens if common // tens % 5 == 0 else tens, below)


def _cue(page: Page, whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether words between the total and its parts, or before the total, speak of parts or of a total."""
    first = min(parts, key=lambda part: part.number)
    if _called_total(page, whole):
        return True
    if first.sentence is whole.sentence:
        codes = between(whole, first)
        codes = codes if len(codes) <= CUE else codes[:4] + codes[-4:]
    else:
        leads = next((m for m in first.sentence.mentions if m.is_head), None) is first
        codes = whole.sentence.codes[whole.at + 1 : whole.at + CUE] + (first.sentence.codes[:4] if leads else "")
    return codes.endswith(":") or any(page.has(codes, name) for name in ("within", "include", "detail"))


def _called_total(page: Page, whole: Mention) -> bool:
    reach = CALLED_FAR if whole.function == "level-after" else CALLED
    left = whole.sentence.codes[max(0, whole.at - reach) : whole.at]
    clause = left[max(left.rfind(";"), left.rfind("."), left.rfind(",")) + 1 :]
    # The total of these two.
    of_these = "N" in clause and page.has(clause, "total") and page.has(clause, "this")
    return page.has(clause, "in_all") or of_these


def _parallel(found: Breakdown) -> Iterator[Breakdown]:
    """What holds for one measure is claimed for another that stands beside each of its figures (enterprises beside
    their capital)."""
    sentences = [m.sentence for m in (found.total, *found.parts)]
    if len(found.parts) < 3 or len({id(sentence) for sentence in sentences}) < len(sentences):
        return
    for measure in found.total.sentence.mentions:
        if not measure.is_head or measure.dimension in NEVER_PARTS or same_measure(measure, found.total):
            continue
        beside = [[m for m in part.sentence.mentions if _like(m, measure)] for part in found.parts]
        if all(len(row) == 1 for row in beside) and all(row[0].value <= measure.value for row in beside):
            yield Breakdown(measure, tuple(row[0] for row in beside), True, SIBLINGS)


def _like(mention: Mention, measure: Mention) -> bool:
    """Beside their capital, enterprises of one kind may be counted as enterprises, of another as units."""
    counts = mention.dimension == measure.dimension == "count"
    return mention.is_head and (counts or same_measure(mention, measure))
