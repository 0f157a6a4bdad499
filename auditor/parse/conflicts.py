"""Two values for one thing: the same words, place, period and role, and nothing that tells the two apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from auditor.model.relation import Relation
from auditor.parse.mentions import Mention, Sentence, same_measure
from auditor.parse.page import LIKELY, NAMED, Page, overlap

# A label of fewer words names nothing in particular.
NAMES = 3
# Two numbers of at least so many digits that differ in one of them are one number with a slip.
LONG = 3
# The words behind a figure that say what it measures.
NAMED_BEHIND = 2


def conflicts(page: Page) -> Iterator[Relation]:
    """Pairs of figures that must be one and are not."""
    yield from _labelled(page)
    for before, after in pairwise(page.sentences):
        yield from _taken_up(page, before, after)


def _labelled(page: Page) -> Iterator[Relation]:
    """Levels under one label, of one place, period and role."""
    levels: dict[tuple[str, ...], list[Mention]] = defaultdict(list)
    for mention in page.mentions:
        if mention.function == "head" and len(mention.label) >= NAMES and mention.period:
            levels[mention.label].append(mention)
    for group in levels.values():
        for one, other in pairwise(group):
            same = same_measure(one, other) and one.period == other.period and one.place == other.place
            if (
                same
                and one.role == other.role
                and not overlap(one.likely, other.likely)
                and one.sentence is not other.sentence
            ):
                yield page.relation("same-figure-twice", NAMED, ("figure", one), ("figure", other))


def _taken_up(page: Page, before: Sentence, after: Sentence) -> Iterator[Relation]:
    """`… only 573 km of motorway. According to Mr B, 575 km of motorway …`: what a sentence ends with, the next one
    begins with, in the same words behind the number and with one digit changed."""
    if not before.mentions or not after.mentions:
        return
    opening = after.mentions[0]
    told = [mention for mention in before.mentions if mention.is_head and same_measure(mention, opening)]
    if not told or opening.function != "head" or not _opens(page, opening):
        return
    one, named = told[-1], _behind(opening)
    if named and named == _behind(one) and one.unit == opening.unit and _slip(one, opening):
        yield page.relation("same-figure-twice", LIKELY, ("figure", one), ("figure", opening))


def _opens(page: Page, mention: Mention) -> bool:
    """Whether a figure begins its sentence, or stands right behind whom the sentence quotes."""
    lead = mention.sentence.codes[: mention.at]
    quoted = page.has(lead[:1], "according") and lead[-1:] == "," and "," not in lead[:-1]
    return (not lead or quoted) and "t" not in lead


def _behind(mention: Mention) -> tuple[str, ...]:
    """The words right behind a figure, which name what it measures."""
    sentence, at = mention.sentence, mention.at + 1
    if sentence.codes[at : at + NAMED_BEHIND] not in ("ww", "wW"):
        return ()
    return tuple(sentence.phrase(item) for item in range(at, at + NAMED_BEHIND))


def _slip(one: Mention, other: Mention) -> bool:
    """Whether two unhedged numbers of one length differ in a single digit."""
    mine, theirs = (str(int(abs(m.value) / (m.draft.step or 1))) for m in (one, other))
    plain = one.draft.hedge is None and other.draft.hedge is None and one.draft.step == other.draft.step
    return plain and len(mine) == len(theirs) >= LONG and sum(a != b for a, b in zip(mine, theirs, strict=True)) == 1
