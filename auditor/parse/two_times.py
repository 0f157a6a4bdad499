"""Two levels of one thing at two times, then the change: `54 % in 2020, 57 % in 2024, a rise of 3 points`."""

from __future__ import annotations

from auditor.parse.levels import fits
from auditor.parse.mentions import Mention, Sentence, same_measure
from auditor.parse.page import Page, between
from auditor.parse.spans import Span, Time, times

# A comparison stands this near behind the change.
BEHIND = 8
# Signs that end what one level is told of.
CLAUSE = frozenset(";:.()")

Pair = tuple[Mention, Mention]


def two_times(page: Page, sentence: Sentence, head: Mention, change: Mention) -> Pair | None:
    """The earlier and the later level that a change right behind the second is about."""
    other = _level_before(page, sentence, head)
    if other is None or change.number != head.number + 1:
        return None
    around = times(sentence, page.vocabulary)
    first, last = (_own_time(level, around) for level in (other, head))
    if first is None or last is None:
        return (other, head) if _told_as_later(page, other, head, change) else None
    if first.part != last.part or first.year is None or last.year is None or first == last:
        return None
    if not _compared_with(page, change, min(first, last, key=_year), around):
        return None
    forward = first.year < last.year
    return (other, head) if forward else (head, other) if fits(head, other, change) else None


def before_now(page: Page, head: Mention, change: Mention) -> Mention | None:
    """`300 cases, 250 in the same period, up 20 %`: the earlier level between a level and its change."""
    between_both = [m for m in head.sentence.mentions if head.number < m.number < change.number]
    if len(between_both) != 1 or page.has(_behind(change), "versus"):
        return None
    earlier = between_both[0]
    return earlier if earlier.function == "previous" and same_measure(earlier, head) else None


def _told_as_later(page: Page, other: Mention, head: Mention, change: Mention) -> bool:
    apart = between(other, head)
    compared = page.has(apart, "versus") or page.has(_behind(change), "versus")
    return page.has(apart, "later") and not compared and not head.label and ";" not in apart


def _level_before(page: Page, sentence: Sentence, head: Mention) -> Mention | None:
    """The level before another of the same indicator, with nothing but what qualifies it between the two."""
    before = [m for m in sentence.mentions if m.at < head.at and (m.is_head or m.head is None)]
    if not before or not before[-1].is_head or not same_measure(before[-1], head) or before[-1].depth != head.depth:
        return None
    apart = between(before[-1], head)
    if page.has(apart, "within") or page.has(apart, "whole") or page.has(apart, "and") or ":" in apart or "/" in apart:
        return None
    return before[-1] if set(head.label) <= set(before[-1].label) else None


def _own_time(level: Mention, around: list[Time]) -> Span | None:
    """The time in the clause of a level, with no other figure between the two and nothing compared with it."""
    codes = level.sentence.codes
    for one in around:
        apart = codes[one.end : level.at] if one.end <= level.at else codes[level.at + 1 : one.begin]
        if not one.compared and not (CLAUSE | set("PQNM")) & set(apart) and ("," not in apart or one.end <= level.at):
            return one.span
    return None


def _year(span: Span) -> int:
    return span.years[0]


def _behind(change: Mention) -> str:
    return change.sentence.codes[change.at + 1 : change.at + 1 + BEHIND]


def _compared_with(page: Page, change: Mention, earlier: Span, around: list[Time]) -> bool:
    """Whether a change says nothing of what it is counted from, or names the time of the earlier level."""
    if not page.has(_behind(change).split(",")[0].split(";")[0], "versus"):
        return True
    return any(one.compared and one.span == earlier and one.begin > change.at for one in around)
