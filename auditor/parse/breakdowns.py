"""Totals and their parts: complete lists add up, open ones stay within the total."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auditor.model.relation import Relation
from auditor.parse.mentions import Mention, Sentence, same_measure
from auditor.parse.page import LIKELY, NAMED, NUMBERS, Page, overlap, total, width

MOST_PARTS = 40
# A sum that agrees by chance less often than this is taken as meant.
CHANCE = Fraction(1, 50)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total and the figures listed as its parts; ``complete`` when the words claim that nothing is left out."""

    total: Mention
    parts: tuple[Mention, ...]
    complete: bool
    confidence: float


def adds_up(whole: Mention, parts: Sequence[Mention]) -> bool:
    return overlap(total(part.likely for part in parts), whole.likely)


def within(whole: Mention, parts: Sequence[Mention]) -> bool:
    low, high = total(part.certain for part in parts).lo, whole.certain.hi
    return low is None or high is None or low <= high


def breakdowns(page: Page) -> list[Breakdown]:
    """All the totals with parts that the wording or, failing that, the numbers name; each total and cue once."""
    found: list[Breakdown] = []
    for sentence in page.sentences:
        found.extend(_cued(page, sentence))
    named = {(breakdown.total.number, breakdown.parts[0].number) for breakdown in found}
    for breakdown in _summed(page):
        if (breakdown.total.number, breakdown.parts[0].number) not in named:
            found.append(breakdown)
    return found


def relations(page: Page, found: Sequence[Breakdown], shares: dict[int, Mention]) -> Iterator[Relation]:
    """The claims of breakdowns. ``shares`` maps a part's number to its share: shares that make 100 complete a list."""
    for one in found:
        parts = [("part", part) for part in one.parts]
        complete = one.complete or _shares_complete(one, shares)
        if len(one.parts) > 1 and (adds_up(one.total, one.parts) or complete):
            yield page.relation("total-of-parts", one.confidence, ("total", one.total), *parts)
        elif within(one.total, one.parts) or len(one.parts) == 1:
            yield page.relation("part-within-total", one.confidence, *parts, ("total", one.total))


def _shares_complete(one: Breakdown, shares: dict[int, Mention]) -> bool:
    mine = [shares[part.number] for part in one.parts if part.number in shares]
    return len(mine) == len(one.parts) > 1 and Fraction(100) in total(share.certain for share in mine)


def _cued(page: Page, sentence: Sentence) -> Iterator[Breakdown]:
    """Parts behind a cue (`trong đó`, `gồm`, a bracket) up to the end of the sentence."""
    classes, codes = page.vocabulary.classes, sentence.codes
    for at, code in enumerate(codes):
        opening = code in classes["within"]
        listing = code in classes["include"]
        bracket = code == "(" and codes[at - 1 : at] in ("N", "Q", "w", "W") and not _cue_inside(page, codes, at)
        if not (opening or listing or bracket):
            continue
        end = _end(sentence, at) if bracket or _depth(codes, at) else len(codes)
        parts = [m for m in sentence.mentions if at < m.at < end and m.is_head and m.depth == _depth(codes, at + 1)]
        breakdown = _breakdown(page, sentence, at, parts, complete=listing or bracket)
        if breakdown is not None:
            yield breakdown


def _cue_inside(page: Page, codes: str, at: int) -> bool:
    """A bracket that opens with its own cue is read at that cue."""
    inside = codes[at + 1 : at + 4]
    return any(page.has(inside, name) for name in ("within", "include", "total"))


def _depth(codes: str, at: int) -> int:
    return max(0, codes.count("(", 0, at) - codes.count(")", 0, at))


def _end(sentence: Sentence, at: int) -> int:
    depth = _depth(sentence.codes, at + 1)
    for end in range(at + 1, len(sentence.codes)):
        if sentence.codes[end] == ")" and _depth(sentence.codes, end + 1) < max(depth, 1):
            return end
    return len(sentence.codes)


def _breakdown(page: Page, sentence: Sentence, at: int, parts: list[Mention], *, complete: bool) -> Breakdown | None:
    if not parts:
        return None
    whole = _whole(page, sentence, at, parts[0])
    if whole is None:
        return None
    mine = [part for part in parts if same_measure(part, whole) and part.function not in ("previous", "plan", "level-before")]
    if not mine or len(mine) > MOST_PARTS or (mine[0].value > whole.value and not _announced(mine[0], at, complete)):
        return None
    mine = _shortest_sum(whole, mine)
    sure = complete and len(mine) > 1 and len(mine) == len(parts) and not _open(page, sentence, at, mine)
    return Breakdown(whole, tuple(mine), sure, NAMED)


def _announced(part: Mention, at: int, complete: bool) -> bool:
    """Whether a part larger than its whole is surely meant as a part: named right behind `trong đó`."""
    return not complete and part.at - at <= 4


def _shortest_sum(whole: Mention, parts: list[Mention]) -> list[Mention]:
    """The first parts that already make up the whole; else all of them."""
    for count in range(2, len(parts)):
        if adds_up(whole, parts[:count]):
            return parts[:count]
    return parts


def _open(page: Page, sentence: Sentence, at: int, parts: list[Mention]) -> bool:
    """Whether a list says, or shows by an item without a part, that it names only some."""
    tail = sentence.codes[at + 1 :]
    if tail.endswith(("...", "..", ".…")) or page.has(tail, "open_list"):
        return True
    stretches = sentence.codes[at + 1 : parts[-1].at + 1].split(";")
    return len(stretches) > 1 and any(not set("NQ") & set(stretch) for stretch in stretches)


def _whole(page: Page, sentence: Sentence, at: int, part: Mention) -> Mention | None:
    """The nearest level of the part's measure before a cue: in its sentence, else, where the cue opens its sentence,
    at the end of the one before."""
    before = [m for m in sentence.mentions if m.at < at and m.is_head]
    for mention in reversed(before):
        if same_measure(mention, part) and mention.depth <= _depth(sentence.codes, at):
            return mention
    if before or at > 4 or sentence.number == 0:
        return None
    earlier = [m for m in page.sentences[sentence.number - 1].mentions if m.is_head and same_measure(m, part)]
    bigger = [m for m in earlier if m.value >= part.value]
    return bigger[-1] if bigger else None


def _summed(page: Page) -> Iterator[Breakdown]:
    """Totals that only the numbers name: the next figures of the same measure add up to them, and not by chance."""
    heads = [mention for mention in page.mentions if mention.is_head and mention.dimension not in ("percent", "times")]
    for index, whole in enumerate(heads):
        span = width(whole.likely)
        if span is None or whole.value <= 0:
            continue
        following: list[Mention] = []
        for part in heads[index + 1 :]:
            if part.sentence.number - whole.sentence.number > 8 or len(following) == 12:
                break
            if not same_measure(part, whole) or part.function in ("previous", "plan"):
                continue
            if part.value > whole.value:
                break
            following.append(part)
            chance = len(following) * max(span, *(width(p.likely) or span for p in following)) / whole.value
            if len(following) > 1 and chance < CHANCE and adds_up(whole, following):
                yield Breakdown(whole, tuple(following), complete=False, confidence=NUMBERS)
                break
