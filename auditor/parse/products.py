"""A quantity, a rate per unit of it, and their product: area × yield = output, communes × debt a commune = debt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from auditor.model.quantity import Interval
from auditor.model.relation import Member, Relation
from auditor.parse.mentions import Mention
from auditor.parse.page import LIKELY, NAMED, NUMBERS, Page, between, overlap

# How far the three may stand apart, in sentences, and how often they may agree by chance.
REACH = 4
CHANCE = Fraction(1, 25)
# The words that name the first of the three stand this near before it.
LEAD = 6
CLAUSE = re.compile(r"[,;.:()PQNM]")


def products(page: Page) -> Iterator[Relation]:
    for rate in page.mentions:
        per = _denominator(page, rate)
        if per is None or not rate.is_head or rate.value <= 0:
            continue
        near = [m for m in page.around(rate) if abs(m.sentence.number - rate.sentence.number) <= REACH and m.is_head]
        factors = [(m, size) for m in near if m is not rate and (size := _counted_in(page, m, per)) is not None]
        wholes = [m for m in near if m is not rate and m.unit == _numerator(rate) and m.value > rate.value]
        found = _averaged(page, rate, factors, wholes) or _best(page, rate, factors, wholes)
        if found is not None:
            yield found


def _denominator(page: Page, rate: Mention) -> str | None:
    """What a rate is per, one word: the `ha` of kg/ha, or the noun behind `each` just before the figure."""
    parts = (rate.unit or "").split("/")
    if len(parts) == 2:
        return parts[1]
    sentence = rate.sentence
    for at in range(rate.at - 1, max(-1, rate.at - 5), -1):
        if sentence.codes[at] in page.vocabulary.classes["per_each"] and at + 1 < rate.at:
            return sentence.phrase(at + 1)
    return None


def _numerator(rate: Mention) -> str:
    return (rate.unit or "").split("/")[0]


def _counted_in(page: Page, mention: Mention, per: str) -> Fraction | None:
    """How many of the denominators one base unit of a mention is; ``None`` when it is another measure."""
    unit = page.vocabulary.units.get(per)
    if unit is not None:
        return 1 / unit.factor if mention.unit == unit.unit else None
    noun = page.vocabulary.nouns.get(per)
    counted = f"{mention.unit} ".startswith(f"{noun.unit} ") if noun else False
    return Fraction(1) if mention.dimension == "count" and counted else None


def _averaged(
    page: Page, rate: Mention, factors: list[tuple[Mention, Fraction]], wholes: list[Mention]
) -> Relation | None:
    """`20 branches with 400 members, on average 25 members a branch`: the two figures right before a bare average."""
    before = [m for m in rate.sentence.mentions if m.at < rate.at][-2:]
    if len(before) == 2 and _is_average(page, rate, *before):
        for factor, size in factors:
            for whole in wholes:
                if factor in before and whole in before:
                    return _relation(page, LIKELY, rate, (factor, size), whole)
    return None


def _is_average(page: Page, rate: Mention, first: Mention, second: Mention) -> bool:
    """Whether a rate is told as the average of two figures: nothing but the words for it parts them, and no cue for
    parts stands between the two."""
    apart, names = between(second, rate), ("average", "have", "reach")
    links = {*"(,", *(code for name in names for code in page.vocabulary.classes[name])}
    return set(apart) <= links and page.has(apart, "average") and not page.has(between(first, second), "within")


def _best(page: Page, rate: Mention, factors: list[tuple[Mention, Fraction]], wholes: list[Mention]) -> Relation | None:
    """The triple of one clause whatever its numbers, else one that agrees and hardly by chance, the likeliest first."""
    triples = [(factor, size, whole) for factor, size in factors for whole in wholes]
    for factor, size, whole in triples:
        named = _one_clause(page, rate, factor, whole) or _one_subject(page, rate, factor, whole)
        if named and _one_time(page, rate, factor, whole):
            return _relation(page, NAMED, rate, (factor, size), whole)
    fitting = [one for one in triples if _agrees(rate, *one)]
    for factor, size, whole in sorted(fitting, key=lambda one: _strangeness(rate, *one)):
        strange = _strangeness(rate, factor, size, whole)
        tries = sum(_strangeness(rate, *one) <= strange for one in triples)
        if _improbable(rate, factor, whole, tries) and _one_time(page, rate, factor, whole):
            return _relation(page, NUMBERS, rate, (factor, size), whole)
    return None


def _strangeness(rate: Mention, factor: Mention, _: Fraction, whole: Mention) -> tuple[int, int]:
    """How unlikely three figures are of one thing: the sentences they are spread over, less the words that the labels
    of all three have in common."""
    numbers = [m.sentence.number for m in (rate, factor, whole)]
    common = set(rate.label) & set(factor.label) & set(whole.label)
    return max(numbers) - min(numbers), -len(common)


def _relation(
    page: Page, confidence: float, rate: Mention, counted: tuple[Mention, Fraction], whole: Mention
) -> Relation:
    factor, size = counted
    members = Member("factor", factor.figure, factor=size), Member("per_unit", rate.figure)
    return page.relation("product-of-factors", confidence, *members, Member("product", whole.figure))


def _one_time(page: Page, *three: Mention) -> bool:
    """Whether no figure is of another period than the rest: this year's area is none of last year's output."""
    periods = {m.period for m in three if m.period}
    return len(periods) < 2 and len({_is_earlier(page, m) for m in three}) == 1


def _is_earlier(page: Page, mention: Mention) -> bool:
    """Whether a figure is of the period before: the words right before it say so."""
    lead = CLAUSE.split(mention.sentence.codes[: mention.at])[-1]
    return mention.function == "previous" or page.has(lead, "base")


def _one_clause(page: Page, rate: Mention, factor: Mention, whole: Mention) -> bool:
    """Whether quantity, rate and product stand together in one clause, rate and product named as such."""
    if not rate.sentence is factor.sentence is whole.sentence:
        return False
    places = sorted((factor.at, rate.at, whole.at))
    lead = rate.sentence.codes[max(0, places[0] - LEAD) : places[0]]
    stretch = lead[lead.rfind(";") + 1 :] + rate.sentence.codes[places[0] : places[-1]]
    figures = sum(stretch.count(code) for code in "PQNM")
    return ";" not in stretch and figures == 2 and page.has(stretch, "per_unit") and page.has(stretch, "product")


def _one_subject(page: Page, rate: Mention, factor: Mention, whole: Mention) -> bool:
    """`an area of 400 ha, up 3 ha; a yield of 62, down 1; an output of 2.480 t`: one behind the other in a sentence,
    the last two under the bare names of what they are."""
    order = [m for m in factor.sentence.mentions if factor.number <= m.number <= whole.number and m.is_head]
    names = _named_only(page, rate, "per_unit", factor) and _named_only(page, whole, "product", factor)
    return order == [factor, rate, whole] and names


def _named_only(page: Page, mention: Mention, name: str, factor: Mention) -> bool:
    """Whether the words right before a figure are one of a class, and others only of what the factor is told of."""
    sentence = mention.sentence
    lead = CLAUSE.split(sentence.codes[: mention.at])[-1]
    words = {
        word
        for at in range(mention.at - len(lead), mention.at)
        if sentence.codes[at] in "wW"
        for word in sentence.words(at)
    }
    return page.has(lead, name) and words <= set(factor.label)


def _product(rate: Mention, factor: Mention, size: Fraction) -> Interval:
    low, high = factor.likely, rate.likely
    ends = [None if a is None or b is None else a * b * size for a, b in ((low.lo, high.lo), (low.hi, high.hi))]
    return Interval(*ends)


def _agrees(rate: Mention, factor: Mention, size: Fraction, whole: Mention) -> bool:
    nominal = rate.value * factor.value * size
    return overlap(_product(rate, factor, size), whole.likely) and abs(nominal - whole.value) * 100 <= 2 * whole.value


def _improbable(rate: Mention, factor: Mention, whole: Mention, tries: int) -> bool:
    reach = sum((m.grain / m.value for m in (rate, factor, whole) if m.value), Fraction(0))
    return tries * reach < CHANCE
