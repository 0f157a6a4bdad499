"""Two sides and what one exceeds the other by: exports, imports and the surplus; revenue, expenditure, the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model.relation import Relation
from auditor.parse.mentions import Mention, Sentence, opposed, same_measure
from auditor.parse.page import LIKELY, NUMBERS, Page
from auditor.parse.scope import called_total

# The sides stand in the sentence of the balance or the one before; those that fit, so many sentences before; those that
# are called the totals of their side, further still.
NEAR, FAR, TOTALS = 1, 5, 9
# A word for the balance stands this near before it.
CUE = 3
FIGURE = re.compile("[PQNM;.:]")


def balances(page: Page, sentence: Sentence) -> Iterator[Relation]:
    """Every balance of a sentence with its sides. Two sides named as opposed and no other near make a claim; else the
    numbers must fit."""
    for change in sentence.mentions:
        cue = sentence.codes[max(0, change.at - CUE) : change.at]
        if change.function != "change" or not page.has(cue, "surplus"):
            continue
        if page.has(cue, "trade_surplus"):
            yield from _of_trade(page, sentence, change)
        else:
            yield from _of_budget(page, sentence, change)


def _of_trade(page: Page, sentence: Sentence, change: Mention) -> Iterator[Relation]:
    near = _sides(page, sentence, change, NEAR)
    claimed = len(near) == 2 and opposed(near[0], near[1])
    pairs = [(near[0], near[1])] if claimed else _opposed(_sides(page, sentence, change, FAR))
    for pair in pairs:
        low, high = sorted(pair, key=lambda mention: mention.value)
        if claimed or _fits(low, high, change):
            confidence = LIKELY if claimed else NUMBERS
            yield page.relation("change-between-levels", confidence, ("from", low), ("to", high), ("change", change))
            return


def _of_budget(page: Page, sentence: Sentence, change: Mention) -> Iterator[Relation]:
    near = tuple(_sides(page, sentence, change, NEAR)[-2:])
    totals = [m for m in _sides(page, sentence, change, TOTALS) if called_total(page, m)]
    for pair in (near, *_opposed(_sides(page, sentence, change, FAR)), *_opposed(totals)[:1]):
        low, high = sorted(pair, key=lambda mention: mention.value) if len(pair) == 2 else (change, change)
        if low is not change and _fits(low, high, change):
            yield page.relation("total-of-parts", NUMBERS, ("total", high), ("part", low), ("part", change))
            return


def _sides(page: Page, sentence: Sentence, change: Mention, reach: int) -> list[Mention]:
    """The levels before a balance that it may be the difference of."""
    near = page.sentences[max(0, sentence.number - reach) : sentence.number + 1]
    before = [m for one in near for m in one.mentions if m.number < change.number and m.function == "head"]
    return [m for m in before if same_measure(m, change) and m.value > 0 and not _is_whole(page, m)]


def _is_whole(page: Page, mention: Mention) -> bool:
    """`the total of exports, imports`: whether a level is told as that of both sides, and is no side itself."""
    clause = FIGURE.split(mention.sentence.codes[: mention.at])[-1]
    total = next((at for at, code in enumerate(clause) if page.has(code, "total")), None)
    both = len({contrast for contrast, _ in mention.sides}) < len(mention.sides)
    return total is not None and (both or "," in clause[total:])


def _opposed(sides: list[Mention]) -> list[tuple[Mention, Mention]]:
    """Pairs named with the two sides of a contrast, the last first."""
    pairs = [(one, other) for at, one in enumerate(sides) for other in sides[at + 1 :] if opposed(one, other)]
    return pairs[::-1]


def _fits(low: Mention, high: Mention, change: Mention) -> bool:
    return abs(high.value - low.value - change.value) <= high.grain + low.grain + change.grain
