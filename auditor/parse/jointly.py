"""A result against its plan, and its growth beside the growth that was planned: two ways to say how far it got.

`258,7/236 billion, up 14,5 % (12 % was planned)`: level over plan and growth over planned growth say the same
if both start from one base.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from auditor.model.relation import Relation
from auditor.parse.mentions import Mention, same_measure
from auditor.parse.page import NAMED, Page, between, signed

REACH = 12
CLAUSE = re.compile(r"[,;.:()PQNM]")


def jointly(page: Page) -> Iterator[Relation]:
    """A level, its plan (or its percentage of plan), its growth and the planned growth, in one sentence."""
    for sentence in page.sentences:
        growths = [m for m in sentence.mentions if m.function == "growth" and m.dimension == "percent"]
        for rate, planned in pairwise(growths):
            if _follows(rate, planned) and _is_planned(page, planned) and not _is_planned(page, rate):
                yield from _against_plan(page, rate, planned)


def _follows(rate: Mention, other: Mention) -> bool:
    """Whether one growth stands right behind another: no level between the two, and no semicolon."""
    levels = [m for m in rate.sentence.mentions if rate.at < m.at < other.at]
    return other.at - rate.at <= REACH and not levels and ";" not in between(rate, other)


def _is_planned(page: Page, growth: Mention) -> bool:
    """Whether words for a plan stand in the clause right before a growth."""
    clause = CLAUSE.split(growth.sentence.codes[: growth.at])[-1]
    return any(page.has(clause, name) for name in ("plan", "aim", "target_word"))


def _against_plan(page: Page, rate: Mention, planned: Mention) -> Iterator[Relation]:
    growths = signed("rate", rate), signed("planned", planned)
    pair = _pair(page, rate)
    near = (m for m in rate.sentence.mentions if abs(m.at - rate.at) <= REACH and ";" not in between(m, rate))
    percents = [m for m in near if m.function in ("plan-percent", "exceed-percent")]
    if pair is not None:
        yield page.relation("joint-consistency", NAMED, ("actual", pair[0]), ("plan", pair[1]), *growths)
    elif percents:
        nearest = min(percents, key=lambda m: abs(m.at - rate.at))
        yield page.relation("joint-consistency", NAMED, signed("percent", nearest), *growths)


def _pair(page: Page, rate: Mention) -> tuple[Mention, Mention] | None:
    """The level that grew and its plan, as `x/y` or with the plan named."""
    for actual, plan in page.pairs:
        if rate.head in (actual, plan) and actual.dimension != "percent" and ";" not in between(plan, rate):
            return actual, plan
    head = rate.head
    if head is None or ";" in between(head, rate):
        return None
    plans = [m for m in rate.sentence.mentions if m.function == "plan" and m is not head and same_measure(m, head)]
    return (head, plans[0]) if plans and ";" not in between(plans[0], rate) else None
