"""Which breakdowns can be sums at all: amounts add up; averages, rates, prices, yields and ends of ranges do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from auditor.parse.breakdowns import Breakdown, adds_up
from auditor.parse.context import label_begin
from auditor.parse.mentions import Mention
from auditor.parse.page import Page

RATES = frozenset({"percent", "points", "permille"})
# What a total is called stands in so many words before it.
CALLED = 12


def additive_breakdowns(page: Page, found: Iterable[Breakdown]) -> Iterator[Breakdown]:
    """The breakdowns whose members can be added up. Percentages and averages mostly have bases of their own: of these,
    only parts that make up their total (shares of one base, the mean population by sex)."""
    for one in found:
        members = (one.total, *one.parts)
        if any(per_unit(page, member) or _end_of_range(page, member) for member in members):
            continue
        rates = any(member.dimension in RATES for member in members) or averaged(page, one.total)
        if not rates or (len(one.parts) > 1 and adds_up(one.total, one.parts)):
            yield one


def per_unit(page: Page, mention: Mention) -> bool:
    """Whether an amount is told per person, hectare, kilogram …; amounts a day or a year add up like any."""
    times, code_of = page.vocabulary.classes["per_time"], page.vocabulary.code_of
    per = (mention.unit or "").split("/")[1:]
    return any(code_of.get(one.lower(), "?") not in times for one in per)


def averaged(page: Page, mention: Mention) -> bool:
    """Whether the words before a figure call it an average, a rate or a price."""
    begin = max(label_begin(mention.sentence, mention), mention.at - CALLED)
    return page.has(mention.sentence.codes[begin : mention.at], "intensive")


def _end_of_range(page: Page, mention: Mention) -> bool:
    codes, at = mention.sentence.codes, mention.at
    marks = "-" + page.vocabulary.classes["until"]
    behind = codes[at + 1 : at + 2] in tuple(marks) and codes[at + 2 : at + 3] in tuple("PQNM")
    return behind or (at > 1 and codes[at - 1] in marks and codes[at - 2] in "PQNM")
