"""What the cues of a sentence announce: where `of which`, `comprising`, a bracket or a colon stand, and how far they
reach."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.parse.breakdowns import NO_PARTS, adds_up
from auditor.parse.mentions import Mention, Sentence, addable
from auditor.parse.page import Page

# A named part this near behind its cue is meant as one even where it is larger than the whole.
RIGHT_BEHIND = 7


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at a place of a sentence, the figures it announces, whether it claims to announce all of them, and how many
    brackets are open before it."""

    sentence: Sentence
    at: int
    parts: list[Mention]
    complete: bool
    depth: int


def cues(page: Page, sentence: Sentence) -> Iterator[Cue]:
    codes, marks = sentence.codes, page.vocabulary.set_of("within", "include", ":", "(")
    if not sentence.mentions or marks.isdisjoint(codes):
        return
    depths, ends = _brackets(codes)
    others = _turns(page, codes)
    opens, lists = page.vocabulary.set_of("within"), page.vocabulary.set_of("include")
    within = [at for at, code in enumerate(codes) if code in opens]
    includes = [at for at, code in enumerate(codes) if code in lists]
    listed, nested = set[int](), dict[int, int]()
    for at, code in enumerate(codes):
        if code not in marks:
            continue
        colon_end = _colon_end(page, sentence, at, depths[at], others) if code == ":" else 0
        opening, listing = code in opens, code in lists or colon_end > 0
        bracket = code == "(" and _qualifies(page, codes[at - 1 : at]) and not _cue_inside(page, codes, at)
        if opening or listing or bracket:
            depth = depths[at + 1]
            end = colon_end or (ends[at] if depth else _list_end(others, codes, at))
            if opening and depths[at] in listed and ";" in codes[at:end]:
                # Within a list, a cue is of one item.
                end = codes.index(";", at)
            end = nested.get(at, end)
            parts = [m for m in sentence.mentions if at < m.at < end and m.is_head and m.depth == depth]
            parts = [m for m in parts if m.function not in NO_PARTS and not m.under]
            nexts = [next_at for next_at in within if depths[next_at] == depth]
            inner = [] if listing or bracket else [n for n in includes if at < n < end and depths[n] == depth]
            parts = _without_nested(codes, parts, nexts) if listing or bracket else _until_next(parts, nexts)
            inner = [n for n in inner if parts and parts[0].at < n]
            nested.update((n, _item_end(sentence, lists, n, end)) for n in inner)
            parts = [part for part in parts if not any(n < part.at < nested[n] for n in inner)]
            listed |= {depths[at]} if listing and len(parts) > 1 else set()
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


def _without_nested(codes: str, parts: list[Mention], cues: Sequence[int]) -> list[Mention]:
    """The parts of a list but for those that a cue within it puts within one of them, up to the next semicolon."""
    for at in cues:
        end = codes.find(";", at)
        nested = [part for part in parts if at < part.at < end] or [part for part in parts if part.at > at][:1]
        if parts and parts[0].at < at:
            parts = [part for part in parts if part not in nested]
    return parts


def _item_end(sentence: Sentence, lists: frozenset[str], at: int, end: int) -> int:
    """Where what one item of a list comprises ends: with the list, or at the next semicolon if another item stands
    behind it: with a list of its own, larger than the first, or where the first is made up already."""
    stop = sentence.codes.find(";", at, end)
    whole = next((m for m in reversed(sentence.mentions) if m.at < at and m.is_head), None)
    if stop < 0 or whole is None:
        return end
    alike = [m for m in sentence.mentions if at < m.at < end and m.is_head and addable(m, whole)]
    before, behind = [m for m in alike if m.at < stop], [m for m in alike if m.at > stop]
    larger = any(m.value > whole.value for m in behind)
    own_list = not lists.isdisjoint(sentence.codes[stop:end])
    return stop if larger or own_list or (before and adds_up(whole, before)) else end


def _until_next(parts: list[Mention], cues: Sequence[int]) -> list[Mention]:
    """The parts before the next cue, which has parts of its own."""
    following = [at for at in cues if parts and parts[0].at < at]
    return [part for part in parts if not following or part.at < following[0]]


def _turns(page: Page, codes: str) -> list[int]:
    """Where words begin something else: a clause with an act of its own, the next in a ranking."""
    first, others, ranks, acts = map(page.vocabulary.set_of, ("first_in_rank", "besides", "next_in_rank", "new_act"))
    leads = next((at for at, code in enumerate(codes) if code in first), len(codes))
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
