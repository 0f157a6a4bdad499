"""Products told in pieces: an amount told again per unit, and an average far from the whole that it is of."""

from __future__ import annotations

from auditor.model.exact import Fraction
from auditor.model.relation import Relation
from auditor.parse.mentions import Mention
from auditor.parse.page import NUMBERS, Page, between, width
from auditor.parse.per_unit import Factor, agrees, one_time, overlaps, relation, rounded
from auditor.parse.scope import named_by

# How far the three may stand apart, in sentences; an average from a whole that is called alike.
REACH, FAR = 4, 12
CHANCE = Fraction(1, 8)


def within(reach: int, one: Mention, other: Mention) -> bool:
    return abs(one.sentence.number - other.sentence.number) <= reach


def restated(page: Page, rate: Mention, factors: list[Factor], wholes: list[Mention]) -> Relation | None:
    """`5.825 billion less, equal to some 1.000 billion a kilometre`: an amount, right behind it the same per unit, and
    the number of units elsewhere."""
    whole = next((m for m in wholes if m.number == rate.number - 1 and m.sentence is rate.sentence), None)
    if whole is None or not page.has(between(whole, rate), "equal"):
        return None
    near = [one for one in factors if within(REACH, one[0], rate)]
    fitting = [one for one in near if overlaps(rate, one, whole)]
    chance = len({m.value for m, _ in near}) * (width(rate.likely) or 1) / rate.value
    return relation(page, NUMBERS, rate, fitting[-1], whole) if fitting and chance < CHANCE else None


def told_apart(page: Page, rate: Mention, factors: list[Factor], wholes: list[Mention]) -> Relation | None:
    """`The communes owe 15 trillion`, and far from it `on average a commune owes 4 billion`: what is called an average,
    a whole that is called alike, and the number of units beside one of the two."""
    own = _called(page, rate) if page.has(named_by(rate), "average") or page.has(named_by(rate), "per_each") else ()
    alike = [whole for whole in wholes if not _called(page, whole).isdisjoint(own)]
    tried = [(one, whole) for whole in alike for one in factors if _beside(rate, one[0], whole)]
    tries = len({(one[0].value, whole.value) for one, whole in tried})
    for one, whole in tried:
        sure = agrees(rate, one, whole) and tries * rounded(rate, one[0], whole) < CHANCE
        if sure and one_time(page, rate, one[0], whole):
            return relation(page, NUMBERS, rate, one, whole)
    return None


def _called(page: Page, mention: Mention) -> set[str]:
    """The words that say what a figure is of, not that it is a total or an average."""
    sentence, classes = mention.sentence, page.vocabulary.classes
    averages, totals = classes["average"] + classes["per_each"], page.vocabulary.heads["total"]
    named = range(mention.at - len(named_by(mention)), mention.at)
    telling = (sentence.contents[at] for at in named if sentence.codes[at] not in averages)
    return {word for words in telling for word in words}.difference(totals)


def _beside(rate: Mention, factor: Mention, whole: Mention) -> bool:
    """Whether the units are counted right beside the whole, or beside the rate where the whole is not far."""
    near = [whole, rate] if within(REACH, rate, whole) else [whole]
    return any(factor.sentence is one.sentence and abs(factor.number - one.number) == 1 for one in near)
