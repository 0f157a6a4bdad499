"""What raises a total, and the total that it is raised to: `36 more came back, raising the number to 163`."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.relation import Relation
from auditor.parse.breakdowns import adds_up
from auditor.parse.mentions import Mention, Sentence, addable
from auditor.parse.page import LIKELY, NUMBERS, Page

# The words that raise stand this near before the total, and where they speak of the sentence before, so near its
# beginning.
RAISED, OPENS = 20, 3
# How many figures before it the level stood at that was raised.
EARLIER = 12
LEVELS = ("head", "level-after", "change")


def raised(page: Page) -> Iterator[Relation]:
    words = page.vocabulary.set_of("raising")
    for sentence in page.sentences:
        if sentence.mentions and not words.isdisjoint(sentence.codes):
            for whole in sentence.mentions:
                at = _raising(page, sentence, whole)
                if at is not None:
                    yield from _bound(page, whole, at)


def _raising(page: Page, sentence: Sentence, whole: Mention) -> int | None:
    """Where the words stand that raise something to a figure, in the clause before it, with no figure between."""
    if whole.function not in ("head", "level-after"):
        return None
    first = max([0, *(m.at for m in sentence.mentions if m.at < whole.at)])
    lead = sentence.codes[max(first, whole.at - RAISED) : whole.at]
    places = [at for at, code in enumerate(lead) if page.has(code, "raising")]
    reached = any(page.has(lead, name) for name in ("reach", "to", "total"))
    if not reached or not places or any(page.has(lead, name) for name in (";", "from", "plan")):
        return None
    return whole.at - len(lead) + places[-1]


def _bound(page: Page, whole: Mention, at: int) -> Iterator[Relation]:
    """The part that raised the whole; with the level before it, where the two make up the whole."""
    part = _part(page, whole, at)
    if part is None:
        return
    before = [m for m in page.mentions[max(0, part.number - EARLIER) : part.number] if m.function == "head"]
    levels = [m for m in before if addable(m, whole) and m.value < whole.value]
    level = next((m for m in reversed(levels) if _fits(whole, m, part)), None)
    if level is None:
        yield page.relation("part-within-total", LIKELY, ("part", part), ("total", whole))
    else:
        yield page.relation("total-of-parts", NUMBERS, ("total", whole), ("part", level), ("part", part))


def _fits(whole: Mention, level: Mention, part: Mention) -> bool:
    missed = abs(level.value + part.value - whole.value)
    return missed <= level.grain + part.grain + whole.grain and adds_up(whole, (level, part))


def _part(page: Page, whole: Mention, at: int) -> Mention | None:
    """The figure that raised a whole: the first of its measure in the sentence, or in the one before where the words
    open theirs."""
    sentence, number = whole.sentence, whole.sentence.number
    here = [m for m in sentence.mentions if m.at < at]
    if not here and at <= OPENS and number:
        here = page.sentences[number - 1].mentions
    alike = [m for m in here if m.function in LEVELS and m.sign > 0 and addable(m, whole)]
    return alike[0] if alike and 0 < alike[0].value < whole.value else None
