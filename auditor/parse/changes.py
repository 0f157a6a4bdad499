"""Levels and what they changed by: from a to b, by c, by r percent, by an average a year, by a factor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model.exact import Fraction
from auditor.model.figure import Evidence
from auditor.model.relation import Member, Relation
from auditor.parse.balances import balances
from auditor.parse.changes_apart import changes_apart
from auditor.parse.levels import levels
from auditor.parse.mentions import Mention, Sentence, same_measure
from auditor.parse.page import LIKELY, NAMED, Page, between, signed
from auditor.parse.two_times import before_now, two_times

YEAR = re.compile(r"(?:19|20)\d\d")
REACH = 16
COMPARED = ("growth", "change", "of-previous", "factor")
# The words between a change and the level it is counted from.
BASE_WORDS, PLAN_WORDS = 10, 24
PERCENT = Fraction(1, 100)


def changes(page: Page) -> Iterator[Relation]:
    for sentence in page.sentences:
        for before, after in levels(sentence):
            yield from _changes(page, sentence, before, after)
        yield from _against_previous(page, sentence)
        yield from balances(page, sentence)
    yield from changes_apart(page)


def _changes(page: Page, sentence: Sentence, before: Mention, after: Mention) -> Iterator[Relation]:
    index = sentence.mentions.index(before)
    behind = [m for m in sentence.mentions[index + 2 : index + 5] if m.at - after.at <= REACH]
    ahead = [m for m in sentence.mentions[max(0, index - 1) : index] if before.at - m.at <= 5]
    seen: set[str] = set()
    for mention in [*ahead, *behind]:
        if mention.function == "level-before":
            break
        if mention in behind and (mention.head is not after or _another_indicator(after, mention)):
            continue
        relation = _change(page, sentence, before, after, mention)
        if relation is not None and relation.kind not in seen:
            seen.add(relation.kind)
            yield relation


def _change(page: Page, sentence: Sentence, before: Mention, after: Mention, change: Mention) -> Relation | None:
    levels = (("from", before), ("to", after))
    percent = before.dimension == "percent"
    if change.function in ("average-change", "average-rate") and (percent or same_measure(change, before)):
        years = _years(page, sentence, before, after)
        if years is None:
            return None
        return page.relation("average-change", NAMED, *levels, ("period", years), signed("average", change))
    if change.function == "factor":
        return next(_compared(page, before, after, change, NAMED), None)
    if change.function == "growth" and not percent:
        return page.relation("growth-between-levels", NAMED, *levels, signed("rate", change))
    if change.function in ("growth", "change") and same_measure(change, before):
        return page.relation("change-between-levels", NAMED, *levels, signed("change", change))
    return None


def _another_indicator(level: Mention, change: Mention) -> bool:
    """Whether words between a level and a change behind it name something else that changed."""
    return any(code in "wW" for code in between(level, change).split("(")[0])


def _years(page: Page, sentence: Sentence, before: Mention, after: Mention) -> Evidence | None:
    """The years of an average: of the stated period, or between the years of the two levels."""
    times = [(at, aside) for at, aside in sorted(sentence.aside.items()) if sentence.codes[at] == "t"]
    for at, aside in times:
        years = YEAR.findall(sentence.phrase(at))
        if aside.what == "period" and len(years) == 2:
            return page.evidence("period", aside.start, aside.stop, str(int(years[1]) - int(years[0])))
    for at, aside in times:
        if aside.what == "duration" and at and page.has(sentence.codes[at - 1], "in_words"):
            return page.evidence("period", aside.start, aside.stop, str(int(sentence.phrase(at))))
    ends = [YEAR.findall(level.period or "") for level in (before, after)]
    if all(len(end) == 1 for end in ends):
        asides = [aside for _, aside in times]
        return page.evidence("period", asides[0].start, asides[-1].stop, str(int(ends[1][0]) - int(ends[0][0])))
    return None


def _against_previous(page: Page, sentence: Sentence) -> Iterator[Relation]:
    """A level, its change, and the earlier level in print: `29, a fall of 9.4 % from 32 in the same period`."""
    for index, change in enumerate(sentence.mentions):
        head = change.head
        if head is None or change.function not in (*COMPARED, "exceed-amount"):
            continue
        behind = sentence.mentions[index + 1 : index + 2]
        if behind and same_measure(head, behind[0]) and _is_earlier(page, change, behind[0]):
            yield from _compared(page, behind[0], head, change, NAMED)
        else:
            earlier = before_now(page, head, change)
            told = (earlier, head) if earlier else two_times(page, sentence, head, change)
            if told is not None:
                yield from _compared(page, *told, change, LIKELY)


def _is_earlier(page: Page, change: Mention, level: Mention) -> bool:
    """Whether a figure behind a change is the level it is counted from: named as such, or in brackets behind the words
    for it."""
    apart = between(change, level)
    reach = PLAN_WORDS if page.has(apart, "plan") else BASE_WORDS
    if len(apart) > reach or ";" in apart or "," in apart:
        return False
    named = page.has(apart, "base") or page.has(apart, "versus") or "t" in apart
    bracket = apart.rpartition("(")
    links = {*page.vocabulary.classes["have"], *page.vocabulary.classes["reach"], *page.vocabulary.classes["base"]}
    bare = set(bracket[2]) <= {*links, *page.vocabulary.classes["period_word"], *"t:"}
    return (
        level.function == "previous"
        or (named and bracket[1] == "(" and bare and not _of_now(page, level, apart))
        or (change.function == "factor" and apart[-1:] == "(")
    )


def _of_now(page: Page, level: Mention, apart: str) -> bool:
    """Whether a figure in brackets is told of a time that names no year and nothing compared with: `up 6 % on last year
    (120 in quarter IV)` tells a part of the year now."""
    at = level.at - len(apart) + apart.rfind("(") + 1
    inside = level.sentence.codes[at : level.at]
    timed = "t" in inside or page.has(inside, "period_word")
    years = any(YEAR.search(level.sentence.phrase(place)) for place in range(at, level.at))
    return timed and not years and not page.has(inside, "base")


def _compared(page: Page, before: Mention, after: Mention, change: Mention, confidence: float) -> Iterator[Relation]:
    found = claimed(after, change)
    if found is not None:
        kind, member = found
        yield page.relation(kind, confidence, ("from", before), ("to", after), member)


def claimed(after: Mention, change: Mention) -> tuple[str, Member] | None:
    """What a change claims between an earlier level and the later one: the kind of relation, and the change in it."""
    if change.function == "factor":
        return "times-of-base", Member(
            "factor", change.figure, factor=PERCENT if change.dimension == "percent" else Fraction(1)
        )
    if change.function in ("growth", "of-previous") and after.dimension != "percent":
        return "growth-between-levels", signed("rate", change)
    if change.function in ("growth", "change", "exceed-amount") and same_measure(change, after):
        return "change-between-levels", signed("change", change)
    return None
