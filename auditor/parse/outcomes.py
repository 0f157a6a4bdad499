"""What became of so many of a number: `received 200 files, settled 180 (90 %)`."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.relation import Relation
from auditor.parse.mentions import Mention, same_measure
from auditor.parse.page import NUMBERS, Page, between

# A percentage stands this near behind the number that it is about.
REACH = 8
# The words that date a level stand this near before it.
LEAD = 6


def outcomes(page: Page) -> Iterator[Relation]:
    """Percentages without a word for shares. What they are of is told by an outcome only, so nothing is sure."""
    for percent in page.mentions:
        if percent.dimension == "percent" and percent.function == "head" and _ends(percent):
            pair = of_the_former(page, percent)
            if pair is not None and page.has(between(pair[1], percent), "reach"):
                total, part = pair
                yield page.relation("share-of-total", NUMBERS, ("part", part), ("total", total), ("share", percent))


def of_the_former(page: Page, percent: Mention) -> tuple[Mention, Mention] | None:
    """The two levels right before a percentage, if words tell the later as what became of so many of the former."""
    before = [m for m in percent.sentence.mentions if m.at < percent.at][-2:]
    if len(before) < 2 or any(m.function != "head" for m in before):
        return None
    former, later = before
    apart, behind = between(former, later), between(later, percent)
    near = len(behind) <= REACH and ";" not in behind and former.depth == later.depth
    told = page.has(apart, "outcome") or page.has(behind, "approve")
    return (former, later) if near and told and _alike(page, former, later) else None


def _alike(page: Page, former: Mention, later: Mention) -> bool:
    """Whether two levels count one thing at one place and time, the later no more of it."""
    apart = between(former, later)
    stretch = former.sentence.codes[max(0, former.at - LEAD) : former.at] + apart
    dated = "t" in apart or page.has(stretch, "base") or page.has(apart, "later")
    there = former.place == later.place and former.period == later.period and "W" not in apart
    return there and not dated and same_measure(former, later) and later.value <= former.value


def _ends(percent: Mention) -> bool:
    """Whether nothing behind a percentage says what it is of."""
    return percent.sentence.codes[percent.at + 1 : percent.at + 2] in (")", ".", ";", ",", "")
