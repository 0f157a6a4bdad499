"""Percentages of plan: of what was reached, and of which plan."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model.quantity import Interval
from auditor.model.relation import Member, Relation
from auditor.parse.mentions import Mention, opposed, same_measure
from auditor.parse.page import (
    LIKELY,
    NAMED,
    NUMBERS,
    Page,
    between,
    overlap,
    plain,
    share_interval,
    signed,
    total,
    width,
)

YEAR = re.compile(r"(?:19|20)\d\d")
PERCENT_OF_PLAN = ("plan-percent", "exceed-percent")
REACH = 9
# A percentage and by how much it is off its target stand this near.
OFF = 10
# A budget is named this near behind its percentage.
BUDGET = 6
# Items between a level and the percentage that says how much of the plan it reaches.
REACHED = 3
# How many sentences before a percentage its level or plan may stand.
SHORTLY = 2


def plans(page: Page) -> Iterator[Relation]:
    """Percentages of plan whose plan is printed; one whose plan is not is reported as not checkable."""
    paired = {mention.number for pair in page.pairs for mention in pair}
    for mention in page.mentions:
        if mention.function not in PERCENT_OF_PLAN:
            yield from _reached(page, mention)
            continue
        level = _percent_before(mention)
        if level is not None:
            yield from _by_points(page, mention, level)
            continue
        head = _amount_behind(page, mention) or mention.head or _level_before(page, mention)
        if head is not None and head.number not in paired and _may_reach(page, mention, head):
            yield _of_plan(page, mention, head)


def _percent_before(percent: Mention) -> Mention | None:
    """`reaches 92 %, exceeding by 2 % …`: the percentage before one that says how far it is off its target."""
    before = [m for m in percent.sentence.mentions if m.at < percent.at and m.depth <= percent.depth][-1:]
    if percent.function != "exceed-percent" or not before or ";" in between(before[0], percent):
        return None
    beside = before[0].function in ("head", "share") and len(between(before[0], percent)) <= OFF
    level = before[0] if beside else percent.head
    return level if level is not None and level.dimension == "percent" else None


def _by_points(page: Page, percent: Mention, level: Mention) -> Iterator[Relation]:
    """A percentage, by how many points it is off its target, and the target right behind. What fits as a proportion
    of the target instead is none."""
    behind = [m for m in percent.sentence.mentions if m.at > percent.at][:1]
    apart = between(percent, behind[0]) if behind else ""
    named = _leads_to_plan(page, apart) or (apart.endswith("(") and page.has(apart, "plan") and "," not in apart)
    if not behind or not named or not same_measure(behind[0], level):
        return
    if _exact(percent, level, behind[0]) or not _fits(percent, level, behind[0]):
        change = Member("change", percent.figure, percent.sign)
        yield page.relation("change-between-levels", LIKELY, ("from", behind[0]), ("to", level), change)


def _exact(percent: Mention, level: Mention, target: Mention) -> bool:
    return level.value - target.value == percent.sign * percent.value


def _may_reach(page: Page, percent: Mention, level: Mention) -> bool:
    """Whether a level can be what a percentage of plan speaks of: `3 sectors` are no part of a budget."""
    budget = page.has(percent.sentence.codes[percent.at + 1 : percent.at + BUDGET], "budget")
    return level.dimension != "percent" and not (budget and level.dimension == "count")


def _of_plan(page: Page, percent: Mention, head: Mention) -> Relation:
    """A percentage of plan with its plan if that is printed. What stands behind two parts may speak of either their
    whole or the last of them; what fits is taken, and nothing sure is said if neither does."""
    whole, parts = _whole(page, percent, head)
    actuals = [whole, head] if whole else [head]
    choices = [(actual, *choice) for actual in actuals if (choice := _plan(page, percent, actual)) is not None]
    if not choices:
        actual = whole if whole and overlap(total(part.likely for part in parts), whole.likely) else head
        members = plain("actual", actual), signed("percent", percent)
        return Relation("percent-of-plan", page.path, members, LIKELY, ("plan",), "plan-not-printed")
    fitting = [choice for choice in choices if _fits(percent, *choice[:2])]
    actual, plan, confidence = (fitting or choices)[0]
    behind = percent.sentence.codes[percent.at + 1 : percent.at + BUDGET].split(",")[0]
    doubtful = whole is not None or (page.has(behind, "period_word") and actual.sentence is plan.sentence)
    sure = NUMBERS if doubtful and not fitting else confidence
    return page.relation("percent-of-plan", sure, ("actual", actual), ("plan", plan), signed("percent", percent))


def _fits(percent: Mention, actual: Mention, plan: Mention) -> bool:
    return overlap(share_interval(actual, plan), _shifted(percent))


def _whole(page: Page, percent: Mention, last: Mention) -> tuple[Mention | None, list[Mention]]:
    """The level before a list of two or more bare parts that a percentage stands right behind; and the parts."""
    codes, mentions = last.sentence.codes, last.sentence.mentions
    opened = max((at for at in range(last.at) if page.has(codes[at], "within")), default=0)
    before = [m for m in mentions if m.at < opened]
    parts = [m for m in mentions if opened < m.at <= last.at]
    if (
        not before
        or len(parts) < 2
        or percent.sentence is not last.sentence
        or ";" in codes[before[-1].at : percent.at]
    ):
        return None, []
    whole = before[-1]
    bare = all(m.is_head and m.dimension == whole.dimension and m.value < whole.value for m in parts)
    return (whole, parts) if bare and whole.is_head else (None, [])


def _reached(page: Page, percent: Mention) -> Iterator[Relation]:
    """`Planned 640 houses … built 64, reaching 10 %`: a percentage right behind what was reached, where the plan stands
    right before it, or shortly before and fits."""
    before = [m for m in percent.sentence.mentions if m.at < percent.at][-2:]
    if percent.dimension != "percent" or percent.function != "head" or not before or not before[-1].is_head:
        return
    following = percent.sentence.codes[percent.at + 1 : percent.at + 2]  # none where the text ends
    apart, ends = between(before[-1], percent), following in ".;,)"
    if len(apart) > REACHED or not (page.has(apart, "reach") or page.has(apart, "equal")) or not ends:
        return
    told = _told(page, *before) if len(before) == 2 else None
    if told is not None and (_fits(percent, *told) or _one_plan(page, *told)):
        actual, plan = told
        sure = NUMBERS if ";" in between(actual, plan) else LIKELY
        yield page.relation("percent-of-plan", sure, ("actual", actual), ("plan", plan), signed("percent", percent))
        return
    actual = before[-1]
    near = [m for m in page.around(actual) if 0 <= actual.sentence.number - m.sentence.number <= SHORTLY]
    before_it = [m for m in near if m.number < actual.number and m.is_head and same_measure(m, actual)]
    fitting = [m for m in before_it if _is_planned(m) and _may_confirm(actual, m) and _fits(percent, actual, m)]
    if fitting:
        yield page.relation(
            "percent-of-plan", NUMBERS, ("actual", actual), ("plan", fitting[-1]), signed("percent", percent)
        )


def _one_plan(page: Page, actual: Mention, plan: Mention) -> bool:
    """Whether a result can only be held against this plan: no time stands between the two, and no other plan beside."""
    others = [m for m in plan.sentence.mentions if m.function == "plan" and m is not plan and same_measure(m, plan)]
    return not others and not _of_a_part(page, between(plan, actual))


def _of_a_part(page: Page, codes: str) -> bool:
    """Whether words name a time, so that a plan or a result may be of a part of the year only."""
    return "t" in codes or page.has(codes, "period_word")


def _told(page: Page, one: Mention, other: Mention) -> tuple[Mention, Mention] | None:
    """The actual and the plan of two neighbours: `planned 500, disbursed 300`, `300 of the planned 500`."""
    apart = between(one, other)
    if not (one.is_head and other.is_head and same_measure(one, other)) or "(" in apart:
        return None
    result = any(page.has(apart, name) for name in ("outcome", "reach", "later")) and not opposed(one, other)
    if one.function == "plan" and other.function == "head" and result and not page.has(apart, "within"):
        return (other, one) if _may_confirm(other, one) else None
    named = page.has(apart, "plan") and (page.has(apart, "whole") or page.has(apart, "versus"))
    return (one, other) if named and one.function == "head" and ";" not in apart else None


def _is_planned(mention: Mention) -> bool:
    return mention.function == "plan" or mention.role in ("plan", "target")


def _may_confirm(actual: Mention, plan: Mention) -> bool:
    """Whether a plan that only stands nearby says anything: it has both ends, is no end of a range, and is of the year
    of the actual."""
    years = [set(YEAR.findall(m.period or "")) for m in (actual, plan)]
    apart = all(years) and not years[0] & years[1]
    return width(plan.likely) is not None and not in_range(plan) and not apart


def in_range(mention: Mention) -> bool:
    """Whether a figure is one end of `14 - 16 %`."""
    codes, at = mention.sentence.codes, mention.at
    return (codes[at + 1 : at + 2] == "-" and codes[at + 2 : at + 3] in tuple("PQNM")) or (
        at > 1 and codes[at - 1] == "-" and codes[at - 2] in "PQNM"
    )


def _amount_behind(page: Page, percent: Mention) -> Mention | None:
    """`68 % of the year's plan, with 12.663 billion`: the level that follows its percentage."""
    behind = [m for m in percent.sentence.mentions if m.at > percent.at][:1]
    apart = between(percent, behind[0]) if behind else ""
    stated = page.has(apart[:-1], "plan") and page.has(apart[-1:], "amounting") and "," not in apart
    return behind[0] if stated and behind[0].dimension != "percent" else None


def _level_before(page: Page, percent: Mention) -> Mention | None:
    """The level that a percentage without one in its sentence is about: the last told shortly before."""
    number = percent.sentence.number
    if percent.function != "plan-percent":
        return None
    near = page.sentences[max(0, number - SHORTLY) : number]
    told = next((sentence for sentence in reversed(near) if sentence.mentions), None)
    levels = (
        [m for m in told.mentions if m.is_head and m.function != "plan" and m.dimension != "percent"] if told else []
    )
    return levels[-1] if levels and percent.sentence.block - levels[-1].sentence.block <= 1 else None


def _plan(page: Page, percent: Mention, actual: Mention) -> tuple[Mention, float] | None:
    """The plan: one in the same sentence, else a figure stated as plan or target elsewhere that fits."""
    behind = [m for m in percent.sentence.mentions if m.at > percent.at][:1]
    apart = between(percent, behind[0]) if behind else ""
    if behind and same_measure(behind[0], actual) and _leads_to_plan(page, apart):
        return behind[0], NAMED
    near = [m for m in percent.sentence.mentions if m.function == "plan" and _beside(page, m, actual)]
    if near:
        return min(near, key=lambda m: abs(m.at - actual.at)), NAMED
    candidates = [m for m in page.around(actual) if m.is_head and m is not actual and m.value > 0]
    # A bare number may be meant in the unit of its plan.
    candidates = [m for m in candidates if same_measure(m, actual) or actual.unit is None]
    fitting = [m for m in candidates if _may_confirm(actual, m) and _fits(percent, actual, m)]
    planned = [m for m in fitting if _is_planned(m)]
    if planned:
        return min(planned, key=lambda m: abs(m.number - actual.number)), LIKELY
    before = [m for m in actual.sentence.mentions if m.at < actual.at][-1:]
    told = _told(page, before[0], actual) if before and percent.sentence is actual.sentence else None
    # What does not fit the plan of the clause before it may be of another plan.
    return (before[0], NUMBERS) if told and before[0].function == "plan" else None


def _leads_to_plan(page: Page, apart: str) -> bool:
    """Whether the words between a percentage and a figure name the latter as the plan: `% of the plan of`."""
    plans = [at for at, code in enumerate(apart) if code in page.vocabulary.classes["plan"]]
    links = set(page.vocabulary.classes["plan_link"] + "(:")
    return len(apart) <= REACH and "," not in apart and bool(plans) and set(apart[plans[-1] + 1 :]) <= links


def _beside(page: Page, plan: Mention, actual: Mention) -> bool:
    """Whether a plan stands next to an actual in one clause, with no other level and no `of which` between."""
    if plan is actual or not same_measure(plan, actual):
        return False
    apart = between(plan, actual)
    low, high = sorted((plan.at, actual.at))
    others = [m for m in actual.sentence.mentions if low < m.at < high and m.is_head and same_measure(m, actual)]
    return not others and ";" not in apart and not page.has(apart, "within")


def _shifted(percent: Mention) -> Interval:
    """The percentage of plan that one by which a plan is exceeded or missed comes to."""
    ends = [
        None if end is None else percent.sign * end + percent.offset for end in (percent.likely.lo, percent.likely.hi)
    ]
    return Interval(*(ends if percent.sign > 0 else reversed(ends)))
