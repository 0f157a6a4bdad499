"""Parts behind a cue: `of which`, `comprising`, a bracket, a colon."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import takewhile

from auditor.parse.breakdowns import NO_PARTS, Breakdown, adds_up, shortest_sum
from auditor.parse.mentions import Mention, Sentence, addable, opposed
from auditor.parse.page import LIKELY, NAMED, Page, between
from auditor.parse.scope import called_total, own_time, same_time, siblings, wider

MOST_PARTS = 40
# A named part this near behind its cue is meant as one even where it is larger than the whole.
RIGHT_BEHIND = 7
# A list that opens this near behind its total is its list, whatever the numbers.
BESIDE = 3
# Counts from this on are hardly made up by chance.
LARGE = 10


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at a place of a sentence, the figures it announces, whether it claims to announce all of them, and how many
    brackets are open before it."""

    sentence: Sentence
    at: int
    parts: list[Mention]
    complete: bool
    depth: int


def cued_breakdowns(page: Page, sentence: Sentence) -> Iterator[Breakdown]:
    """The parts behind each cue of a sentence, for each total among the figures before it."""
    for cue in _cues(page, sentence):
        wholes = {part.number: _whole(page, cue, part) for part in cue.parts}
        for whole in {whole.number: whole for whole in wholes.values() if whole}.values():
            mine = [part for part in cue.parts if wholes[part.number] is whole]
            mine = list(takewhile(partial(same_time, page, mine[0], whole), mine))
            breakdown = _breakdown(page, cue, mine, whole)
            if breakdown is not None:
                yield breakdown
        yield from _unlike(page, cue)


def _unlike(page: Page, cue: Cue) -> Iterator[Breakdown]:
    """Counts of unlike nouns (12 units: 9 communes, 2 wards, 1 town) are parts of the count before their cue where they
    make it up exactly."""
    number, opens = cue.sentence.number, not cue.complete and cue.at <= 1
    source = page.sentences[number - 1] if opens and number else cue.sentence
    before = [m for m in source.mentions if (opens or m.at < cue.at) and m.is_head and _whole_count(m)]
    parts = list(takewhile(_whole_count, cue.parts))
    if not before or all(addable(part, before[-1]) for part in parts):
        return
    if any(opposed(part, before[-1]) for part in parts):
        return
    for count in range(2, len(parts) + 1):
        surely = cue.complete or before[-1].value >= LARGE
        if surely and sum(part.value for part in parts[:count]) == before[-1].value:
            yield Breakdown(before[-1], tuple(parts[:count]), True, LIKELY)


def _whole_count(mention: Mention) -> bool:
    return mention.dimension == "count" and mention.draft.exact and mention.draft.hedge is None


def _cues(page: Page, sentence: Sentence) -> Iterator[Cue]:
    classes, codes = page.vocabulary.classes, sentence.codes
    cues = {*classes["within"], *classes["include"], ":", "("}
    if not sentence.mentions or cues.isdisjoint(codes):
        return
    depths, ends = _brackets(codes)
    others = _turns(page, codes)
    within = [at for at, code in enumerate(codes) if code in classes["within"]]
    for at, code in enumerate(codes):
        if code not in cues:
            continue
        colon_end = _colon_end(page, sentence, at, depths[at], others) if code == ":" else 0
        opening, listing = code in classes["within"], code in classes["include"] or colon_end > 0
        bracket = code == "(" and _qualifies(page, codes[at - 1 : at]) and not _cue_inside(page, codes, at)
        if opening or listing or bracket:
            depth = depths[at + 1]
            end = colon_end or (ends[at] if depth else _list_end(others, codes, at))
            parts = [m for m in sentence.mentions if at < m.at < end and m.is_head and m.depth == depth]
            parts = [m for m in parts if m.function not in NO_PARTS]
            nexts = [next_at for next_at in within if depths[next_at] == depth]
            parts = parts if listing or bracket else _until_next(parts, nexts)
            yield Cue(sentence, at, parts, complete=listing or bracket, depth=depths[at])


def _colon_end(page: Page, sentence: Sentence, at: int, depth: int, others: Sequence[int]) -> int:
    """Where the list ends that a colon opens between a count and figures of its measure; 0 where it opens none. Behind
    an item of a list a colon only names the next (`A: 12 households; B: 9 households`)."""
    codes = sentence.codes
    before = [m for m in sentence.mentions if m.at < at and m.is_head]
    if not before or before[-1].depth != depth or at - before[-1].at > RIGHT_BEHIND:
        return 0
    apart = codes[before[-1].at : at]
    if codes[before[-1].at - 1 : before[-1].at] == ":" or ";" in apart:
        return 0
    if "," in apart and not page.has(apart[apart.rindex(",") :], "detail"):
        return 0
    for end in (_list_end(others, codes, at), codes.find(";", at)):
        behind = [m for m in sentence.mentions if at < m.at < end and m.is_head]
        if len(behind) > 1 and all(addable(m, before[-1]) for m in behind):
            return end
    return 0


def _until_next(parts: list[Mention], cues: Sequence[int]) -> list[Mention]:
    """The parts before the next cue, which has parts of its own."""
    following = [at for at in cues if parts and parts[0].at < at]
    return [part for part in parts if not following or part.at < following[0]]


def _turns(page: Page, codes: str) -> list[int]:
    """Where words begin something else: a clause with an act of its own, the next in a ranking."""
    classes = page.vocabulary.classes
    leads = next((at for at, code in enumerate(codes) if code in classes["first_in_rank"]), len(codes))
    others, ranks, acts = classes["besides"], classes["next_in_rank"], classes["new_act"]
    turns = []
    for at, code in enumerate(codes):
        act = codes[at - 1 : at] == ";" and code in acts
        if code in others or act or (code in ranks and leads < at and page.has(codes[leads:at], "within")):
            turns.append(at)
    return turns


def _list_end(others: Sequence[int], codes: str, at: int) -> int:
    """Where a list behind a cue ends: at words that begin something else, at the latest with the sentence."""
    behind = bisect_right(others, at)
    return others[behind] if behind < len(others) else len(codes)


def _qualifies(page: Page, code: str) -> bool:
    """Whether a bracket behind this item is about the figure: behind an earlier level it holds that level's numbers."""
    return code in ("N", "Q", "w", "W") or (
        code > "~" and not page.has(code, "base") and code not in page.vocabulary.idle
    )


def _cue_inside(page: Page, codes: str, at: int) -> bool:
    """A bracket that opens with its own cue is read at that cue; one that names a total holds no part."""
    inside = codes[at + 1 : at + 4]
    return any(page.has(inside, name) for name in ("within", "include", "total", "each", "equal"))


def _brackets(codes: str) -> tuple[list[int], list[int]]:
    """How many brackets are open before each code (and behind the last), and where the bracket that is open behind
    each code closes: with the sentence where none does."""
    depths, ends = [0], [len(codes)] * len(codes)
    open_at: defaultdict[int, list[int]] = defaultdict(list)
    level = 0
    for at, code in enumerate(codes):
        if code == ")":
            for begin in open_at.pop(level, ()):
                ends[begin] = at
        level += (code == "(") - (code == ")")
        open_at[level].append(at)
        depths.append(max(0, level))
    return depths, ends


def _breakdown(page: Page, cue: Cue, mine: list[Mention], whole: Mention) -> Breakdown | None:
    first, beside = mine[0], cue.complete and len(mine) > 1 and 0 < cue.at - whole.at <= BESIDE
    meant = beside or _meant(page, cue, first, whole)
    if len(mine) > MOST_PARTS or (first.value > whole.value and not meant) or _of_others(page, cue, mine, whole):
        return None
    listed = _continued(page, cue, whole, _list(page, cue, whole, mine))
    all_told = not _open(page, cue, listed) if cue.complete else _closed(page, listed)
    sure = all_told and len(listed) == len(cue.parts) > 1
    sure = sure and (beside or all(part.value <= whole.value for part in listed))
    return Breakdown(whole, tuple(listed), sure, NAMED)


def _meant(page: Page, cue: Cue, part: Mention, whole: Mention) -> bool:
    """Whether words bind a part to its whole firmly enough to bind it where it is larger."""
    if cue.complete or part.at - cue.at > RIGHT_BEHIND or wider(part, whole):
        return False
    if whole.sentence is not cue.sentence and page.has(whole.sentence.codes[:1], "within"):
        # The sentence before tells a part itself.
        return False
    times = {own_time(page, part), own_time(page, whole)} - {None}
    return len(times) < 2 and (called_total(page, whole) or not _single(page, cue))


def _of_others(page: Page, cue: Cue, parts: list[Mention], whole: Mention) -> bool:
    """Whether one figure behind `comprising` is of what is named right before it (`a delegation comprising 22`)."""
    if len(parts) > 1 or whole.sentence is not cue.sentence or not page.has(cue.sentence.codes[cue.at], "include"):
        return False
    apart = cue.sentence.codes[whole.at : cue.at]
    clause = max(apart.rfind(mark) for mark in ",;")
    return clause >= 0 and apart[clause + 1 :] != ""


def _single(page: Page, cue: Cue) -> bool:
    """A cue such as `alone`, which may also single out a neighbour of what was told before."""
    return page.has(cue.sentence.codes[cue.at], "single_out")


def _closed(page: Page, parts: list[Mention]) -> bool:
    """Whether the last of some parts is what remains: with it, all are told."""
    apart = between(parts[-2], parts[-1]) if len(parts) > 1 and parts[-2].sentence is parts[-1].sentence else ""
    return page.has(apart, "remainder") and not any(mark in apart for mark in ".:(")


def _above_lines(page: Page, sentence: Sentence, part: Mention) -> Sentence | None:
    """The sentence before, or, below lines with one figure each, the line of their total, or ``None``."""
    above = page.sentences[sentence.number - 1]
    lines = 0
    while above.number and _is_line(above, page.sentences[above.number - 1], part):
        above, lines = page.sentences[above.number - 1], lines + 1
    total = page.has(above.codes[:4], "grand_total") or page.has(above.codes[:4], "in_all")
    return above if not lines or total else None


def _is_line(one: Sentence, before: Sentence, part: Mention) -> bool:
    """Whether a line and the one above it are rows, one figure each of the measure of a part, and no full sentences."""
    rows = all(len(line.mentions) == 1 and not line.codes.endswith(".") for line in (one, before))
    return rows and one.block == before.block + 1 and all(addable(line.mentions[0], part) for line in (one, before))


def _list(page: Page, cue: Cue, whole: Mention, parts: list[Mention]) -> list[Mention]:
    """The parts up to where they make up the whole, as a sentence may go on with other figures; but all of a list that
    claims to be complete and goes on behind a semicolon, or with one more count of the noun right behind a comma."""
    listed = shortest_sum(whole, parts)
    behind = parts[len(listed) : len(listed) + 1]
    apart = between(listed[-1], behind[0]) if behind else ""
    joined = apart and apart[-1] in "," + page.vocabulary.classes["and"] and behind[0].unit == listed[-1].unit
    return parts if cue.complete and (";" in apart or joined) else listed


def _continued(page: Page, cue: Cue, whole: Mention, parts: list[Mention]) -> list[Mention]:
    """The parts with those that go on in the next sentences under a label that begins alike, if all together make up
    the whole or exceed it."""
    if whole.sentence is cue.sentence or len(parts) > 1:
        return parts
    more = list(parts)
    for below in page.sentences[cue.sentence.number + 1 : cue.sentence.number + 5]:
        first = next((m for m in below.mentions if m.is_head), None)
        if first is None or not addable(first, whole) or first.label[:1] != parts[0].label[:1]:
            break
        more.append(first)
    fill = sum(part.near for part in more)
    return more if len(more) > 2 and (adds_up(whole, more) or fill > whole.near) else parts


def _open(page: Page, cue: Cue, parts: list[Mention]) -> bool:
    """Whether a list says, or shows by an item without a part, that it names only some."""
    codes = cue.sentence.codes
    tail = codes[cue.at + 1 :]
    if "…" in tail or tail.endswith(("..", ".;")) or page.has(tail, "open_list"):
        return True
    stretches = codes[cue.at + 1 : parts[-1].at + 1].split(";")
    return len(stretches) > 1 and any(not set("NQ") & set(stretch) for stretch in stretches)


def _whole(page: Page, cue: Cue, part: Mention) -> Mention | None:
    """The nearest level of the part's measure before a cue: in its sentence, else, where the cue opens its sentence,
    in the one before."""
    sentence, depth = cue.sentence, cue.depth
    before = [m for m in sentence.mentions if m.at < cue.at and m.is_head]
    if _single(page, cue):
        before = [m for m in before if not siblings(page, m, part)]
    near = _not_planned([m for m in before if addable(m, part) and m.depth <= depth])
    if near:
        return near[-1]
    if before or cue.complete or cue.at > RIGHT_BEHIND or sentence.number == 0:
        return None
    above = _above_lines(page, sentence, part)
    earlier = [m for m in above.mentions if m.is_head and addable(m, part)] if above else []
    # What stands in brackets only explains; the sentence is about the figures outside.
    earlier = _not_planned([m for m in earlier if m.depth == 0] or earlier)
    if _single(page, cue):
        earlier = [m for m in earlier if not siblings(page, m, part)]
        # A part of one of several figures is of the one whose words it repeats.
        likest = max(earlier, key=lambda m: (len(m.context & part.context), -m.number), default=None)
        return likest if likest and likest.value >= part.value else None
    bigger = [m for m in earlier if m.value >= part.value or (len(earlier) == 1 and m.unit == part.unit)]
    return max(bigger, key=lambda m: (len(set(m.label) & set(part.label)), m.number)) if bigger else None


def _not_planned(wholes: list[Mention]) -> list[Mention]:
    """Levels that may be wholes: what was planned or stood before only where nothing else is told."""
    return [m for m in wholes if m.function not in NO_PARTS] or wholes
