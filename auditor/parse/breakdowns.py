"""Totals and their parts: complete lists add up, open ones stay within the total.

Three ways to find them: a cue names the parts (`trong đó`, `gồm`, a bracket), names with counts in brackets follow a
count, or nothing but the numbers says so (`sums`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from auditor.model.relation import Relation
from auditor.parse.mentions import Mention, Sentence, same_measure
from auditor.parse.page import LIKELY, NAMED, Page, overlap, share_interval, total

MOST_PARTS = 40
# A named part this near behind `trong đó` is meant as one even where it is larger than the whole.
RIGHT_BEHIND = 7
# The words between `tổng cộng` and its figure.
TOTAL_WORDS = 9
NO_PARTS = frozenset({"previous", "plan", "level-before", "rest"})
# Parts that miss their total by less than this much of it are all its parts.
NEARLY = Fraction(1, 50)
# Counts from this on are missed narrowly by one.
SMALL_COUNT = 10
# Shares that add up to about this much are the shares of all parts.
ABOUT_HUNDRED = (Fraction(99), Fraction(101))


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


def named_breakdowns(page: Page) -> Iterator[Breakdown]:
    """The totals whose parts the wording names. Of `x/y` it is x that has parts: what was done, not what was planned."""
    done = {other.number: one for one, other in page.pairs}
    for breakdown in _named(page):
        yield replace(breakdown, total=done.get(breakdown.total.number, breakdown.total))


def _named(page: Page) -> Iterator[Breakdown]:
    for sentence in page.sentences:
        yield from _cued(page, sentence)
        yield from _by_shares(page, sentence)
        yield from _of_whole(page, sentence)
        yield from _behind(page, sentence)
        yield from _rest(sentence)
        yield from _lines(page, sentence)
        yield from _in_brackets(page, sentence)


def relations(page: Page, found: Sequence[Breakdown], shares: dict[int, Mention]) -> Iterator[Relation]:
    """The claims of breakdowns. ``shares`` maps a part's number to its share: shares that make 100 complete a list."""
    for one in found:
        parts = [("part", part) for part in one.parts]
        complete = one.complete or _shares_complete(one, shares) or _overflows(one) or _nearly(one)
        if len(one.parts) > 1 and (adds_up(one.total, one.parts) or complete):
            yield page.relation("total-of-parts", one.confidence, ("total", one.total), *parts)
        elif within(one.total, one.parts) or len(one.parts) == 1:
            yield page.relation("part-within-total", one.confidence, *parts, ("total", one.total))
        else:
            # Counted groups may overlap (women, young people): each is within the whole, not all together.
            for part in one.parts:
                yield page.relation("part-within-total", one.confidence, ("part", part), ("total", one.total))


def _shares_complete(one: Breakdown, shares: dict[int, Mention]) -> bool:
    mine = [shares[part.number] for part in one.parts if part.number in shares]
    return len(mine) == len(one.parts) > 1 and _about_hundred(mine)


def _about_hundred(shares: Sequence[Mention]) -> bool:
    return ABOUT_HUNDRED[0] <= sum(share.value for share in shares) <= ABOUT_HUNDRED[1]


def _overflows(one: Breakdown) -> bool:
    """Three or more amounts listed as parts that together exceed the total (counted groups may overlap, amounts do not)."""
    return len(one.parts) > 2 and one.total.dimension != "count" and not within(one.total, one.parts)


def _nearly(one: Breakdown) -> bool:
    """Parts that miss the total by so little that they must be meant as all of it."""
    missed = abs(sum(part.value for part in one.parts) - one.total.value)
    reach = max(one.total.value * NEARLY, Fraction(one.total.draft.exact and one.total.value >= SMALL_COUNT))
    return len(one.parts) > 1 and one.confidence >= LIKELY and missed <= reach


def _cued(page: Page, sentence: Sentence) -> Iterator[Breakdown]:
    """Parts behind a cue up to the end of the sentence or bracket, for each measure among them."""
    classes, codes = page.vocabulary.classes, sentence.codes
    for at, code in enumerate(codes):
        opening, listing = code in classes["within"], code in classes["include"] or _colon(sentence, at)
        bracket = code == "(" and codes[at - 1 : at] in ("N", "Q", "w", "W") and not _cue_inside(page, codes, at)
        if not (opening or listing or bracket):
            continue
        depth = _depth(codes, at + 1)
        end = _end(codes, at) if depth else _list_end(page, codes, at)
        parts = [m for m in sentence.mentions if at < m.at < end and m.is_head and m.depth == depth]
        parts = [m for m in parts if m.function not in NO_PARTS]
        wholes = {part.number: _whole(page, sentence, at, part) for part in parts}
        for whole in {whole.number: whole for whole in wholes.values() if whole}.values():
            mine = [part for part in parts if wholes[part.number] is whole]
            breakdown = _breakdown(page, sentence, at, parts, mine, whole, complete=listing or bracket)
            if breakdown is not None:
                yield breakdown


def _colon(sentence: Sentence, at: int) -> bool:
    """A colon between a count and figures of its own measure begins a list of parts."""
    if sentence.codes[at] != ":":
        return False
    before = [m for m in sentence.mentions if m.at < at and m.is_head]
    behind = [m for m in sentence.mentions if m.at > at and m.is_head]
    alike = [m for m in behind if before and same_measure(m, before[-1])]
    return len(alike) > 1 and len(alike) == len(behind) and at - before[-1].at <= RIGHT_BEHIND


def _list_end(page: Page, codes: str, at: int) -> int:
    """Where a list behind a cue ends: at words that begin something else (`ngoài ra`), at the latest with the sentence."""
    others = set(page.vocabulary.classes["besides"])
    return next((end for end in range(at + 1, len(codes)) if codes[end] in others), len(codes))


def _cue_inside(page: Page, codes: str, at: int) -> bool:
    """A bracket that opens with its own cue is read at that cue; one that names a total holds no part."""
    inside = codes[at + 1 : at + 4]
    return any(page.has(inside, name) for name in ("within", "include", "total", "each", "equal"))


def _depth(codes: str, at: int) -> int:
    return max(0, codes.count("(", 0, at) - codes.count(")", 0, at))


def _end(codes: str, at: int) -> int:
    depth = _depth(codes, at + 1)
    closing = (end for end in range(at + 1, len(codes)) if codes[end] == ")" and _depth(codes, end + 1) < depth)
    return next(closing, len(codes))


def _breakdown(
    page: Page, sentence: Sentence, at: int, parts: list[Mention], mine: list[Mention], whole: Mention, *, complete: bool
) -> Breakdown | None:
    if len(mine) > MOST_PARTS or (mine[0].value > whole.value and (complete or mine[0].at - at > RIGHT_BEHIND)):
        return None
    mine = shortest_sum(whole, mine)
    sure = complete and len(mine) == len(parts) > 1 and not _open(page, sentence, at, mine)
    return Breakdown(whole, tuple(mine), sure, NAMED)


def shortest_sum(whole: Mention, parts: list[Mention]) -> list[Mention]:
    """The first parts that already make up the whole; else all of them."""
    for count in range(2, len(parts)):
        if adds_up(whole, parts[:count]):
            return parts[:count]
    return parts


def _open(page: Page, sentence: Sentence, at: int, parts: list[Mention]) -> bool:
    """Whether a list says, or shows by an item without a part, that it names only some."""
    tail = sentence.codes[at + 1 :]
    if "…" in tail or tail.endswith(("..", ".;")) or page.has(tail, "open_list"):
        return True
    stretches = sentence.codes[at + 1 : parts[-1].at + 1].split(";")
    return len(stretches) > 1 and any(not set("NQ") & set(stretch) for stretch in stretches)


def _whole(page: Page, sentence: Sentence, at: int, part: Mention) -> Mention | None:
    """The nearest level of the part's measure before a cue: in its sentence, else, where the cue opens its sentence,
    in the one before."""
    before = [m for m in sentence.mentions if m.at < at and m.is_head]
    for mention in reversed(before):
        if same_measure(mention, part) and mention.depth <= _depth(sentence.codes, at):
            return mention
    if before or at > RIGHT_BEHIND or sentence.number == 0:
        return None
    earlier = [m for m in page.sentences[sentence.number - 1].mentions if m.is_head and same_measure(m, part)]
    bigger = [m for m in earlier if m.value >= part.value or (len(earlier) == 1 and m.unit == part.unit)]
    return max(bigger, key=lambda m: (len(set(m.label) & set(part.label)), m.number)) if bigger else None


def _of_whole(page: Page, sentence: Sentence) -> Iterator[Breakdown]:
    """`Trong tổng số 36 dự án có 25 dự án …, 8 dự án …`: a figure named as the whole, its parts of the same unit."""
    heads = [m for m in sentence.mentions if m.is_head]
    for index, whole in enumerate(heads[:-1]):
        cue = sentence.codes[max(0, whole.at - 3) : whole.at]
        of_all = page.has(cue, "whole")
        if not of_all and not (whole.dimension == "count" and page.has(cue, "in_words")):
            continue
        parts = [m for m in heads[index + 1 :] if m.unit == whole.unit and m.depth == whole.depth]
        if parts and (parts[0].value <= whole.value or of_all):
            yield Breakdown(whole, tuple(shortest_sum(whole, parts)), False, NAMED)


def _behind(page: Page, sentence: Sentence) -> Iterator[Breakdown]:
    """`a …, b …, tổng cộng c`: a figure called the total of all the figures of its measure before it in the sentence."""
    planned = {other.number for _, other in page.pairs}
    for whole in sentence.mentions:
        cue = sentence.codes[max(0, whole.at - TOTAL_WORDS) : whole.at]
        cue = cue[max(cue.rfind(mark) for mark in ",;:(") + 1 :]
        if whole.function != "head" or whole.number in planned or not page.has(cue, "grand_total"):
            continue
        before = [m for m in sentence.mentions if m.at < whole.at and m.is_head and m.number not in planned]
        parts = [m for m in before if same_measure(m, whole)]
        listed = [m for m in before if parts and m.at >= parts[0].at]
        if len(parts) > 1 and parts == listed and all(part.value <= whole.value for part in parts):
            yield Breakdown(whole, tuple(parts), True, NAMED)


def _lines(page: Page, sentence: Sentence) -> Iterator[Breakdown]:
    """A total at the end of a line with a colon, or alone under a word for total, and its parts one a line below."""
    heads = [m for m in sentence.mentions if m.is_head]
    if not heads:
        return
    whole = heads[-1]
    announced = sentence.codes.endswith(":") and len(sentence.codes) - whole.at <= TOTAL_WORDS
    alone = len(sentence.mentions) == 1 and page.has(sentence.codes[:3], "grand_total")
    if not (announced or alone):
        return
    parts: list[Mention] = []
    for below in page.sentences[sentence.number + 1 :]:
        first = [m for m in below.mentions if m.is_head][:1]
        if below.block != sentence.block + len(parts) + 1 or not first or not same_measure(first[0], whole):
            break
        if alone and len(below.mentions) > 1:
            break
        parts.append(first[0])
    if len(parts) > 1 and all(part.value <= whole.value for part in parts):
        yield Breakdown(whole, tuple(parts), True, NAMED if announced else LIKELY)


def _by_shares(page: Page, sentence: Sentence) -> Iterator[Breakdown]:
    """`60 nhiệm vụ: 44 nhiệm vụ (73,3 %); 14 nhiệm vụ (23,3 %); 2 nhiệm vụ (3,3 %)`: counts of one noun whose shares make
    about 100, behind a larger count of the noun that at least one of them is a share of."""
    shares = [m for m in sentence.mentions if m.function == "share" and m.head and m.head.dimension == "count"]
    parts = [share.head for share in shares if share.head and share.head.unit == shares[0].head.unit]  # type: ignore[union-attr]
    if len(parts) < 3 or len(parts) != len(shares) or not _about_hundred(shares):
        return
    before = [m for m in page.mentions[: parts[0].number] if sentence.number - m.sentence.number <= 1 and m.is_head]
    wholes = [m for m in before if m.unit == parts[0].unit and m.value >= max(part.value for part in parts)]
    if wholes and any(overlap(share_interval(part, wholes[-1]), share.likely) for part, share in zip(parts, shares, strict=True)):
        yield Breakdown(wholes[-1], tuple(parts), True, NAMED)


def _rest(sentence: Sentence) -> Iterator[Breakdown]:
    """`24 xã; đã có 17 xã …, còn lại 7 xã`: a count, what was done of it, and the rest, all of one noun."""
    counts = [m for m in sentence.mentions if m.dimension == "count" and (m.is_head or m.function == "rest")]
    for whole, done, rest in zip(counts, counts[1:], counts[2:], strict=False):
        levels = whole.function == done.function == "head" and rest.function == "rest"
        if levels and whole.unit == done.unit == rest.unit and whole.value >= done.value:
            if whole.at + 1 < done.at and sentence.codes[whole.at + 1 : done.at] != "/":
                yield Breakdown(whole, (done, rest), True, NAMED)


def _in_brackets(page: Page, sentence: Sentence) -> Iterator[Breakdown]:
    """`mở mới 7 cơ sở tại Tân An (3), Bình Hòa (2), Phú Lộc (2)`: counts alone in brackets behind what they count for."""
    whole: Mention | None = None
    alone: list[Mention] = []
    for mention in sentence.mentions:
        if mention.unit is None and sentence.codes[mention.at - 1 : mention.at + 2] == "(N)":
            alone.append(mention)
        elif mention.dimension == "count" and mention.is_head and mention.draft.exact:
            yield from _listed(page, whole, alone)
            whole, alone = mention, []
    yield from _listed(page, whole, alone)


def _listed(page: Page, whole: Mention | None, alone: list[Mention]) -> Iterator[Breakdown]:
    """Counts that each stand between a word and the end of their item; others in brackets make the list a doubtful one."""
    if whole is None or len(alone) < 2:
        return
    codes, ends = whole.sentence.codes, ",;." + page.vocabulary.classes["and"]
    items = [m for m in alone if codes[m.at + 2 : m.at + 3] in ends and (codes[m.at - 2].isalpha() or codes[m.at - 2] > "~")]
    if items == alone:
        yield Breakdown(whole, tuple(items), True, NAMED)
