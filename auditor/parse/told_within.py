"""Parts that words put within a whole elsewhere: behind `in all`, up to a cumulated amount, further down a ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditor.model.figure import Figure
from auditor.model.relation import Relation
from auditor.parse.mentions import Mention, Sentence, addable
from auditor.parse.page import LIKELY, NUMBERS, Page, between, overlap
from auditor.parse.scope import called_total

# How far back the amount of one month or quarter may stand, and the item of a ranking before the next, in sentences.
MONTHS, RANKS = 3, 2
# A cue this near the beginning of a sentence speaks of the sentences before.
OPENS = 4
BRACKET_WORDS = 4
# How far behind a total stands what has been done of it.
DONE_WORDS = 8


def told_within(page: Page, bound: Sequence[Relation]) -> Iterator[Relation]:
    """``bound`` are the relations found so far that name the whole of a part."""
    wholes = _wholes(page, bound)
    for sentence in page.sentences:
        yield from _in_all(page, sentence)
        yield from _so_far(page, sentence)
        yield from _by_now(page, sentence)
        yield from _cumulated(page, sentence)
        yield from _ranked(page, sentence, wholes)


def _wholes(page: Page, bound: Sequence[Relation]) -> dict[int, Mention]:
    """The whole of each part that is bound in one, by the part's number."""
    mentions = {mention.figure.id: mention for mention in page.mentions}
    named: dict[int, Mention] = {}
    for relation in bound:
        for total in relation.role("total"):
            parts = [part.filler.id for part in relation.role("part") if isinstance(part.filler, Figure)]
            if isinstance(total.filler, Figure):
                named.update({mentions[part].number: mentions[total.filler.id] for part in parts})
    return named


def _within(page: Page, part: Mention, whole: Mention) -> Relation:
    return page.relation("part-within-total", LIKELY, ("part", part), ("total", whole))


def _in_all(page: Page, sentence: Sentence) -> Iterator[Relation]:
    """`8 new centres (47 centres in all)`: the bracket behind a count says of how many it is."""
    for whole in sentence.mentions:
        opened = sentence.codes.rfind("(", 0, whole.at)
        before = [m for m in sentence.mentions if m.at < opened and m.depth < whole.depth and m.is_head][-1:]
        if not before or not 0 < whole.at - opened <= BRACKET_WORDS or opened - before[0].at > BRACKET_WORDS:
            continue
        called = page.has(sentence.codes[opened : whole.at], "total")
        if called and addable(before[0], whole) and before[0].value <= whole.value:
            yield _within(page, before[0], whole)


def _so_far(page: Page, sentence: Sentence) -> Iterator[Relation]:
    """`132 temporary houses in all; 97 replaced so far`: what has been done of a total, in one sentence."""
    heads = [m for m in sentence.mentions if m.function == "head"]
    for whole, part in pairwise(heads):
        apart = between(whole, part)
        told = page.has(apart, "so_far") and called_total(page, whole) and not page.has(apart, "within")
        if told and len(apart) <= DONE_WORDS and addable(part, whole) and part.value <= whole.value:
            yield _within(page, part, whole)


def _by_now(page: Page, sentence: Sentence) -> Iterator[Relation]:
    """`90 households get help. So far 60 households have built`: those done by now are of the most counted before."""
    part = next((m for m in sentence.mentions if m.at <= OPENS), None)
    before = next(
        (one for one in page.sentences[max(0, sentence.number - 1) : sentence.number] if one.block == sentence.block),
        None,
    )
    if part is None or part.dimension != "count" or before is None:
        return
    done = page.has(sentence.codes[: part.at], "by_now") and page.has(sentence.codes[part.at + 1 :][:1], "done")
    counted = [m for m in before.mentions if m.is_head and m.unit == part.unit]
    most = max(counted, key=lambda mention: (mention.value, mention.at), default=None)
    if done and most is not None and part.value <= most.value and part.place in (None, most.place):
        yield page.relation("part-within-total", NUMBERS, ("part", part), ("total", most))


def _cumulated(page: Page, sentence: Sentence) -> Iterator[Relation]:
    """`4,2 billion in the quarter, 12,6 billion in nine months together`: what was added up holds its last part."""
    cues = [at for at, code in enumerate(sentence.codes) if code in page.vocabulary.classes["cumulated"]]
    if not cues:
        return
    end = sentence.codes.find(";", cues[0]) % (len(sentence.codes) + 1)
    here = [m for m in sentence.mentions if m.at < cues[0]]
    sources = [here] if here else _earlier(page, sentence, MONTHS) if cues[0] <= OPENS else []
    for whole in (m for m in sentence.mentions if cues[0] < m.at < end and m.function == "head"):
        for source in sources:
            parts = [
                m
                for m in source
                if m.function == "head" and addable(m, whole) and _of_less_time(page, m, whole, cues[0])
            ]
            if parts and parts[-1].value < whole.value and not overlap(parts[-1].likely, whole.likely):
                yield _within(page, parts[-1], whole)
                break


def _earlier(page: Page, sentence: Sentence, reach: int) -> list[Sequence[Mention]]:
    """The mentions of the sentences before, the nearest first."""
    return [one.mentions for one in reversed(page.sentences[max(0, sentence.number - reach) : sentence.number])]


def _of_less_time(page: Page, part: Mention, whole: Mention, cue: int) -> bool:
    """Whether two figures are of one indicator, which need not be told again, and the first of a time named before."""
    together = part.sentence is whole.sentence
    apart = whole.sentence.codes[cue : whole.at]
    told = any(page.has(apart, name) for name in ("noun", "indicator")) or "w" in apart or "W" in apart
    alike = part.dimension == "count" or (together and not told) or bool(set(part.label) & set(whole.label))
    timed = "t" in part.sentence.codes[: part.at] and (together or part.period != whole.period)
    return alike and timed and part.sides == whole.sides


def _ranked(page: Page, sentence: Sentence, wholes: dict[int, Mention]) -> Iterator[Relation]:
    """`First is A with 16 billion, 46 % of the total; next is B with 6 billion`: B is of the total that A is of."""
    at = next((at for at, code in enumerate(sentence.codes) if code in page.vocabulary.classes["next_in_rank"]), None)
    if at is None:
        return
    before = [m for source in reversed(_earlier(page, sentence, RANKS)) for m in source]
    higher = [*before, *(m for m in sentence.mentions if m.at < at)]
    for lower in (m for m in sentence.mentions if m.at > at and m.function == "head" and m.number not in wholes):
        first = next((m for m in reversed(higher) if m.number in wholes and addable(m, lower)), None)
        if first is not None and lower.value <= first.value and addable(lower, wholes[first.number]):
            wholes[lower.number] = wholes[first.number]
            higher.append(lower)
            yield _within(page, lower, wholes[first.number])
