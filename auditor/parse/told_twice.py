"""Changes told as an amount and in per cent: `90 cases, a fall of 10 (-10 %)`. The earlier level is not in print; it is
the level less the amount."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditor.model.relation import Member, Relation
from auditor.parse.mentions import Mention, Sentence, opposed, same_measure
from auditor.parse.page import NAMED, NUMBERS, Page, between, plain

# An amount and the percentage that tells the same change stand this near.
NEAR = 6
# What an amount may be told again as: a change of a level, or by how much a plan is exceeded.
CHANGED = {"change": ("growth", "share"), "exceed-amount": ("exceed-percent",)}
# What changes are counted from opens their sentence within so many words.
OPENING = 3

Change = tuple[Mention, Mention]


def rates_of_changes(page: Page) -> Iterator[Relation]:
    previous: Sentence | None = None
    for sentence in page.sentences:
        pairs = [change for change in pairwise(sentence.mentions) if _is_one_change(page, *_in_order(*change))]
        changes = [_in_order(*change) for change in pairs]
        found = [*_with_levels(sentence, changes), *_of_sentence_before(page, previous, sentence, changes)]
        for level, (amount, rate) in found:
            # A percentage alone in brackets may also be a share: of a kind, if the amount counts one.
            if rate.function == "share" and amount.unit != level.unit:
                continue
            confidence = NUMBERS if rate.function == "share" else NAMED
            members = plain("to", level), _moved("change", amount, amount), _moved("rate", rate, amount)
            yield page.relation("growth-between-levels", confidence, *members)
        previous = sentence


def _in_order(one: Mention, other: Mention) -> Change:
    return (other, one) if one.function == "growth" else (one, other)


def _is_one_change(page: Page, amount: Mention, rate: Mention) -> bool:
    """Whether an amount and a percentage tell the same change: one in brackets behind the other, or `that is`."""
    told = CHANGED.get(amount.function, ())
    if rate.function not in told or rate.dimension != "percent":
        return False
    apart = between(amount, rate)
    if len(apart) > NEAR or ";" in apart or "," in apart.replace(",", "", page.has(apart, "equal")):
        return False
    if rate.function == "share":
        return apart[-1:] == "(" or (page.has(apart, "equal") and not page.has(apart, "share"))
    joined = "(" in apart or page.has(apart, "equal") or apart[:1] in ("-", "=")
    return joined and _direction(rate) == _direction(amount)


def _direction(change: Mention) -> int:
    return change.sign if change.value >= 0 else -change.sign


def _moved(role: str, change: Mention, amount: Mention) -> Member:
    """A change as a signed number: it has its own sign in print, or goes where the amount goes."""
    return Member(role, change.figure, 1 if change.value < 0 else _direction(amount))


def _with_levels(sentence: Sentence, changes: Sequence[Change]) -> Iterator[tuple[Mention, Change]]:
    """Each change with the level that it led to: the only one of its measure, or the one right before it, or, behind a
    row of levels, the one whose place in that row is the place of the change among the changes."""
    if not changes:
        return
    first = min(mention.at for mention in changes[0])
    row = [m for m in sentence.mentions if m.function == "head" and m.at < first]
    if len(row) == len(changes) > 1:
        if all(same_measure(level, change[0]) for level, change in zip(row, changes, strict=True)):
            yield from zip(row, changes, strict=True)
        return
    for change in changes:
        begin = min(mention.at for mention in change)
        before = [m for m in sentence.mentions if m.at < begin]
        levels = [m for m in before if m.function == "head" and same_measure(m, change[0]) and m.value > 0]
        if levels and (len(levels) == 1 or levels[-1] is before[-1]):
            yield levels[-1], change


def _of_sentence_before(
    page: Page, previous: Sentence | None, sentence: Sentence, changes: Sequence[Change]
) -> Iterator[tuple[Mention, Change]]:
    """`90 cases and 40 killed. Against then, 10 cases less (-10 %), …`: changes that open a sentence with what they
    are counted from, each with the one level of the sentence before that is counted alike."""
    if previous is None or not changes:
        return
    first = min(sentence.mentions, key=lambda mention: mention.at)
    lead = sentence.codes[: first.at]
    opens = first in changes[0] and page.has(lead[:OPENING], "versus") and not page.has(lead, "plan")
    if not opens or not (page.has(lead, "base") or "t" in lead):
        return
    row = [m for m in previous.mentions if m.function == "head" and not m.depth and m.value > 0]
    for change in changes:
        alike = [level for level in row if same_measure(level, change[0]) and not opposed(level, change[0])]
        alike = [level for level in alike if level.sides == change[0].sides] or alike
        if len(alike) == 1 and sentence.block - previous.block <= 1:
            for mention in change:
                mention.head = mention.head or alike[0]
            yield alike[0], change
