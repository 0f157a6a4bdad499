"""A quantity, a rate per unit of it, and their product: area × yield = output, communes × debt a commune = debt."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.exact import Fraction
from auditor.model.relation import Relation
from auditor.parse.mentions import Mention
from auditor.parse.page import LIKELY, NAMED, NUMBERS, Page, between
from auditor.parse.per_unit import (
    CLAUSE,
    Factor,
    agrees,
    counted_in,
    denominator,
    numerator,
    one_time,
    relation,
    rounded,
)
from auditor.parse.products_apart import FAR, REACH, restated, told_apart, within

# How often three may agree by chance.
CHANCE = Fraction(1, 25)
# The words that name the first of the three stand this near before it.
LEAD = 6


def products(page: Page) -> Iterator[Relation]:
    for rate in page.mentions:
        per = denominator(page, rate)
        if per is None or rate.value <= 0:
            continue
        # Of `done/planned` it is what was done that has a yield and an output.
        around = [m for m in page.around(rate) if m is not rate and (not m.under or m.dimension == "count")]
        near = [m for m in around if abs(m.sentence.number - rate.sentence.number) <= FAR]
        factors = [(m, size) for m in near if m.is_head and (size := counted_in(page, m, per)) is not None]
        wholes = [m for m in near if m.unit == numerator(rate) and m.value > rate.value]
        found = _of_three(page, rate, factors, wholes) if rate.is_head else restated(page, rate, factors, wholes)
        if found is not None:
            yield found


def _of_three(page: Page, rate: Mention, factors: list[Factor], wholes: list[Mention]) -> Relation | None:
    heads = [whole for whole in wholes if whole.is_head]
    near = [one for one in factors if within(REACH, one[0], rate)], [m for m in heads if within(REACH, m, rate)]
    return _averaged(page, rate, *near) or _best(page, rate, *near) or told_apart(page, rate, factors, heads)


def _averaged(page: Page, rate: Mention, factors: list[Factor], wholes: list[Mention]) -> Relation | None:
    """`20 branches with 400 members, on average 25 members a branch`: the two figures right before a bare average."""
    before = [m for m in rate.sentence.mentions if m.at < rate.at][-2:]
    if len(before) == 2 and _is_average(page, rate, *before):
        for factor, size in factors:
            for whole in wholes:
                if factor in before and whole in before:
                    return relation(page, LIKELY, rate, (factor, size), whole)
    return None


def _is_average(page: Page, rate: Mention, first: Mention, second: Mention) -> bool:
    """Whether a rate is told as the average of two figures: nothing but the words for it, or that it is equal to them,
    parts them, and no cue for parts stands between the two."""
    apart, names = between(second, rate), ("average", "equal", "have", "reach")
    links = {*"(,", *(code for name in names for code in page.vocabulary.classes[name])}
    told = page.has(apart, "average") or (page.has(apart, "equal") and "/" in (rate.unit or ""))
    return set(apart) <= links and told and not page.has(between(first, second), "within")


def _best(page: Page, rate: Mention, factors: list[Factor], wholes: list[Mention]) -> Relation | None:
    """The triple of one clause whatever its numbers, else one that agrees and hardly by chance, the likeliest first."""
    triples = [(one, whole) for one in factors for whole in wholes]
    for one, whole in triples:
        named = _one_clause(page, rate, one[0], whole) or _one_subject(page, rate, one[0], whole)
        if named and one_time(page, rate, one[0], whole):
            return relation(page, NAMED, rate, one, whole)
    fitting = [triple for triple in triples if agrees(rate, *triple)]
    for one, whole in sorted(fitting, key=lambda triple: _strangeness(rate, *triple)):
        strange = _strangeness(rate, one, whole)
        tries = sum(_strangeness(rate, *triple) <= strange for triple in triples)
        if tries * rounded(rate, one[0], whole) < CHANCE and one_time(page, rate, one[0], whole):
            return relation(page, NUMBERS, rate, one, whole)
    return None


def _strangeness(rate: Mention, counted: Factor, whole: Mention) -> tuple[int, int]:
    """How unlikely three figures are of one thing: the sentences they are spread over, less the words that the labels
    of all three have in common."""
    three = rate, counted[0], whole
    numbers = [m.sentence.number for m in three]
    common = set.intersection(*(set(m.label) for m in three))
    return max(numbers) - min(numbers), -len(common)


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
