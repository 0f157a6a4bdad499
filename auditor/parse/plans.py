"""Percentages of plan, and claims that a target was met."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.languages.tables import table_words
from auditor.model.figure import Evidence
from auditor.model.quantity import Interval
from auditor.model.relation import Relation
from auditor.parse.mentions import Mention, Sentence, same_measure
from auditor.parse.page import LIKELY, NAMED, NUMBERS, Page, between, overlap, plain, share_interval, signed

CHANGES = ("change", "growth", "average-change", "average-rate")
PERCENT_OF_PLAN = ("plan-percent", "exceed-percent")
REACH = 9
# A figure this near behind the claim is its target: `misses the target of 40 households`.
NAMED_TARGET = 2
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
        head = _amount_behind(page, mention) or mention.head or _level_before(page, mention)
        if head is None or head.number in paired or head.dimension == "percent":
            continue
        choice = _plan(page, mention, head)
        if choice is not None:
            plan, confidence = choice
            yield page.relation(
                "percent-of-plan", confidence, ("actual", head), ("plan", plan), signed("percent", mention)
            )
        else:
            members = plain("actual", head), signed("percent", mention)
            yield Relation("percent-of-plan", page.path, members, LIKELY, ("plan",), "plan-not-printed")


def _reached(page: Page, percent: Mention) -> Iterator[Relation]:
    """`Planned 640 houses … built 64, reaching 10 %`: a percentage right behind what was reached, where the plan stands
    shortly before and fits."""
    before = [m for m in percent.sentence.mentions if m.at < percent.at][-1:]
    if percent.dimension != "percent" or percent.function != "head" or not before or not before[0].is_head:
        return
    actual, apart = before[0], between(before[0], percent)
    if len(apart) > REACHED or not page.has(apart, "reach") or percent.sentence.codes[percent.at + 1] not in ".;,":
        return
    near = [m for m in page.around(actual) if 0 <= actual.sentence.number - m.sentence.number <= SHORTLY]
    before_it = [m for m in near if m.number < actual.number and m.is_head and same_measure(m, actual)]
    planned = [m for m in before_it if m.function == "plan" or m.role in ("plan", "target")]
    fitting = [m for m in planned if overlap(share_interval(actual, m), percent.likely)]
    if fitting:
        yield page.relation(
            "percent-of-plan", NUMBERS, ("actual", actual), ("plan", fitting[-1]), signed("percent", percent)
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
    wanted = _shifted(percent)
    fitting = [m for m in candidates if overlap(share_interval(actual, m), wanted)]
    planned = [m for m in fitting if m.function == "plan" or m.role in ("plan", "target")]
    return (min(planned, key=lambda m: abs(m.number - actual.number)), LIKELY) if planned else None


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
    likely = percent.likely
    return Interval(
        None if likely.lo is None else likely.lo + percent.offset,
        None if likely.hi is None else likely.hi + percent.offset,
    )


def target_claims(page: Page) -> Iterator[Relation]:
    """`Exceeds the target` and its kin between a target and what was reached, in one sentence."""
    for sentence in page.sentences:
        for at, code in enumerate(sentence.codes):
            claim = page.vocabulary.claims.get(sentence.phrase(at)) if code >= "\U000f0000" else None
            if claim is None:
                continue
            found = _claimed(sentence, at)
            if found is not None:
                target, actual = found
                word = page.evidence("word", sentence.start(at), sentence.end(at), claim)
                members = ("actual", actual), ("target", target), ("claim", word)
                yield page.relation("target-claim", NAMED, *members, *_direction(page, actual))


def _direction(page: Page, actual: Mention) -> Iterator[tuple[str, Evidence]]:
    """That less is better: the words name what nobody wants more of, or a level that something came down to."""
    sentence, before = actual.sentence, [m.at for m in actual.sentence.mentions if m.at < actual.at]
    first = max([at + 1 for at in before[-1:]] + [sentence.codes.rfind(";", 0, actual.at) + 1])
    if actual.function in CHANGES or first == actual.at:
        return
    start, end = sentence.start(first), sentence.end(actual.at - 1)
    came_down = page.has(sentence.codes[max(first, actual.at - 2) : actual.at], "down_to")
    if came_down or table_words().better_low(page.text.text[start:end]):
        yield "direction", page.evidence("word", start, end, "down")


def _claimed(sentence: Sentence, at: int) -> tuple[Mention, Mention] | None:
    near = [m for m in sentence.mentions if abs(m.at - at) <= REACH and m.function not in PERCENT_OF_PLAN]
    named = [m for m in near if 0 < m.at - at <= NAMED_TARGET and "," not in sentence.codes[at : m.at]]
    targets = named or [m for m in near if _is_target(m)]
    for target in sorted(targets, key=lambda m: abs(m.at - at)):
        others = [m for m in near if m is not target and not _is_target(m) and _comparable(m, target)]
        later = [m for m in others if m.at > at] or others
        if later:
            return target, min(later, key=lambda m: abs(m.at - at))
    return None


def _is_target(mention: Mention) -> bool:
    hedge = mention.draft.hedge
    return mention.function == "plan" or (hedge is not None and None in hedge.band)


def _comparable(one: Mention, target: Mention) -> bool:
    """A level with a level, a change with a change of the same direction."""
    return same_measure(one, target) and one.sign == target.sign and one.function not in (*PERCENT_OF_PLAN, "share")
