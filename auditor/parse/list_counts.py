"""Numbers behind the names of a list that count (`27 breaches: Northfield 2, Southfield 13`), and belong to no name."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from auditor.languages.vocabulary import FIRST_CODE, NUMERAL_CLASSES, Vocabulary
from auditor.parse.items import Items
from auditor.parse.numerals import read

# The head of a list stands this near before what opens it.
HEAD_REACH = 14
# Numbers behind names that do not add up to the head count all the same if there are so many and they nearly do.
MANY, NEARLY = 3, 4
# A remark in brackets right before what opens a list (a cue, or a cue and a colon), and how long it may be.
ASIDE = re.compile(r"\([^()]*\),?[^()]?\Z")
ASIDE_REACH = 24
NUMERAL = NUMERAL_CLASSES["NUM"]


def list_counts(items: Items, vocabulary: Vocabulary) -> frozenset[int]:
    """The items that are counts behind the names of a list: together they make up the number before the list."""
    found: set[int] = set()
    for opened in _lists(vocabulary.classes["include"]).finditer(items.codes):
        at = opened.start()
        head = _head(items.codes, at)
        counts = [n for n in range(*opened.span()) if items.codes[n] in NUMERAL]
        if head is not None and _told_apart(items, at, counts) and _makes_up(items, head, counts):
            found.update(counts)
    return frozenset(found)


def _head(codes: str, at: int) -> int | None:
    """The number before what opens a list, in its clause; what stands in brackets between the two only explains."""
    closed = ASIDE.search(codes, max(0, at - ASIDE_REACH), at)
    end = closed.start() if closed else at
    for place in range(end - 1, max(-1, end - HEAD_REACH - 1), -1):
        if codes[place] in NUMERAL:
            return place
        if codes[place] in ";.":
            return None
    return None


@cache
def _lists(include: str) -> re.Pattern[str]:
    """Two or more items behind a bracket, a colon or a cue: words, perhaps a colon, and a number at the item's end."""
    word = rf"[wW\U{FIRST_CODE:08x}-\U0010ffff]"
    item = rf"{word}{{1,8}}:?[{NUMERAL}]"
    return re.compile(rf"[(:{include}]{item}(?:[,;]?{item})+")


def _told_apart(items: Items, opened: int, counts: list[int]) -> bool:
    """Whether the names differ by more than their numbers (`Hill 1, Hill 2` are names)."""
    ends = [opened - 1, *counts]
    labels = {tuple(items.phrase(word) for word in range(end + 2, at)) for end, at in pairwise(ends)}
    return len(labels) == len(counts)


def _makes_up(items: Items, head: int, counts: list[int]) -> bool:
    whole, parts = (_values(items, some) for some in ([head], counts))
    missed = abs(sum(parts) - whole[0])
    return not missed or (len(parts) >= MANY and NEARLY * missed <= whole[0] and max(parts) < whole[0])


def _values(items: Items, at: list[int]) -> list[int]:
    return [int(read(items.phrase(one), ",").value) if one not in items.spelt else 0 for one in at]
