"""What is told per unit, the number of the units, and what the two come to: the parts that products are read from."""

from __future__ import annotations

import re
from itertools import pairwise

from auditor.model.exact import Fraction
from auditor.model.quantity import Interval
from auditor.model.relation import Member, Relation
from auditor.parse.mentions import Mention
from auditor.parse.page import Page, overlap

CLAUSE = re.compile(r"[,;.:()PQNM]")
# What each one has of something is told this near behind the words for each, in one clause.
EACH = 12
CLAUSES = ";:.PQNM"

# A number of the units that a rate is per, and how many of them one base unit of it is.
Factor = tuple[Mention, Fraction]


def denominator(page: Page, rate: Mention) -> str | None:
    """What a rate is per, one word: the `ha` of kg/ha, or the noun behind `each` just before the figure."""
    parts = (rate.unit or "").split("/")
    if len(parts) == 2:
        return parts[1]
    sentence = rate.sentence
    for at in range(rate.at - 1, max(-1, rate.at - EACH), -1):
        if sentence.codes[at] in CLAUSES:
            return None
        if sentence.codes[at] in page.vocabulary.classes["per_each"] and at + 1 < rate.at:
            return sentence.phrase(at + 1)
    return None


def numerator(rate: Mention) -> str:
    return (rate.unit or "").split("/")[0]


def counted_in(page: Page, mention: Mention, per: str) -> Fraction | None:
    """How many of the denominators one base unit of a mention is; ``None`` when it is another measure."""
    unit = page.vocabulary.units.get(per)
    if unit is not None:
        return 1 / unit.factor if mention.unit == unit.unit else None
    noun = page.vocabulary.nouns.get(per)
    counted = f"{mention.unit} ".startswith(f"{noun.unit} ") if noun else False
    return Fraction(1) if mention.dimension == "count" and counted else None


def relation(page: Page, confidence: float, rate: Mention, counted: Factor, whole: Mention) -> Relation:
    factor, size = counted
    members = Member("factor", factor.figure, factor=size), Member("per_unit", rate.figure)
    return page.relation("product-of-factors", confidence, *members, Member("product", whole.figure))


def one_time(page: Page, *three: Mention) -> bool:
    """Whether no figure is of another period than the rest: this year's area is none of last year's output."""
    periods = sorted({m.period for m in three if m.period}, key=len)
    nested = all(_nested(one.split(), other.split()) for one, other in pairwise(periods))
    return nested and len({_is_earlier(page, m) for m in three}) == 1


def _nested(one: list[str], other: list[str]) -> bool:
    """Whether a period is told with some of the words of another, in their order: `ten months` of that year."""
    rest = iter(other)
    return all(word in rest for word in one)


def _is_earlier(page: Page, mention: Mention) -> bool:
    """Whether a figure is of the period before: the words right before it say so. Those behind a number of months say
    of which part of the year they are."""
    lead = CLAUSE.split(mention.sentence.codes[: mention.at])[-1]
    based = any(page.has(code, "base") and lead[max(0, at - 2) : at][:1] != "t" for at, code in enumerate(lead))
    return mention.function == "previous" or based


def _product(rate: Mention, factor: Mention, size: Fraction) -> Interval:
    low, high = factor.likely, rate.likely
    ends = [None if a is None or b is None else a * b * size for a, b in ((low.lo, high.lo), (low.hi, high.hi))]
    return Interval(*ends)


def agrees(rate: Mention, counted: Factor, whole: Mention) -> bool:
    """Whether the product, taken as printed, is the whole but for one part in fifty."""
    nominal = rate.value * counted[0].value * counted[1]
    return overlaps(rate, counted, whole) and abs(nominal - whole.value) * 100 <= 2 * whole.value


def overlaps(rate: Mention, counted: Factor, whole: Mention) -> bool:
    """Whether a product and a whole can be one."""
    return overlap(_product(rate, *counted), whole.likely)


def rounded(*three: Mention) -> Fraction:
    """What each of three figures was rounded to within its size, all together."""
    return sum((m.grain / m.value for m in three if m.value), Fraction(0))
