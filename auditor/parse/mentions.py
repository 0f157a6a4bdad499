"""Drafts -> mentions: every figure with its function in the clause, what it measures, where, when and in which role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from auditor.languages.vocabulary import Vocabulary
from auditor.model.exact import Fraction
from auditor.model.figure import Figure, Role
from auditor.model.quantity import Interval
from auditor.parse.asides import TIMES, SetAside
from auditor.parse.figures import Draft
from auditor.parse.items import Items

# Functions that qualify another figure; the rest are levels of their own.
SATELLITES = frozenset(
    [
        "exceed-percent",
        "growth",
        "average-rate",
        "average-change",
        "factor",
        "plan-percent",
        "of-previous",
        "share",
        "change",
        "exceed-amount",
    ]
)
MEASURE_CODES = {
    "percent": "P",
    "points": "P",
    "permille": "P",
    "times": "M",
    "count": "N",
    "number": "N",
    "score": "N",
}


# A count below this is printed to the last digit, and its zeros are digits as others.
EXACT_COUNT = 100
# Behind these, a bracket is of what is named there.
NAMES_ANOTHER = frozenset(":;")
BRACKET = re.compile("[()]")


@dataclass(slots=True, eq=False)
class Mention:
    """A figure in its sentence. ``at`` is its place in the codes, ``depth`` how many brackets it stands in, ``under``
    whether it is the y of an x/y."""

    draft: Draft
    sentence: Sentence
    at: int
    depth: int
    number: int = 0
    function: str = "head"
    sign: int = 1
    offset: Fraction = Fraction(0)
    head: Mention | None = None
    under: bool = False
    label: tuple[str, ...] = ()
    context: frozenset[str] = frozenset()
    sides: frozenset[tuple[str, str]] = frozenset()
    place: str | None = None
    period: str | None = None
    role: Role = "actual"
    figure: Figure = field(init=False)
    certain: Interval = field(init=False)
    likely: Interval = field(init=False)
    grain: Fraction = field(init=False)
    # Binary shadows of value and grain: they sort out candidates, and exact numbers decide.
    near: float = field(init=False)
    near_grain: float = field(init=False)
    # Significant digits.
    digits: int = field(init=False)

    @property
    def value(self) -> Fraction:
        return self.draft.value

    @property
    def unit(self) -> str | None:
        return self.draft.unit

    @property
    def dimension(self) -> str:
        return self.draft.dimension

    @property
    def is_head(self) -> bool:
        return self.function not in SATELLITES

    def settle(self, figure: Figure) -> None:
        """Takes the finished figure, and what is asked of it again and again."""
        self.figure = figure
        self.certain = figure.quantity.certain()
        self.likely = figure.quantity.likely() if figure.quantity.band else self.certain
        self.grain = _grain(self.draft)
        self.near, self.near_grain = float(self.value), float(self.grain)
        self.digits = _digits(self)


def _grain(draft: Draft) -> Fraction:
    """What the writer rounded to: the step, or for a hedged number the last digit that is not 0."""
    step = draft.step or Fraction(1)
    digits = int(abs(draft.value) / step)
    if draft.hedge is None or digits == 0 or draft.dimension == "percent":
        return draft.step
    return step * Fraction(10) ** (len(str(digits)) - len(str(digits).rstrip("0")))


def _digits(mention: Mention) -> int:
    printed = str(abs(int(mention.value / (mention.draft.step or 1))))
    if mention.draft.exact and mention.draft.hedge is None and mention.value < EXACT_COUNT:
        return len(printed)
    return len(printed.rstrip("0")) or 1


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence after its figures are read: ``codes`` has one code a figure, a time or any other item; ``spans``
    gives the items of each code."""

    items: Items
    number: int
    block: int
    codes: str
    spans: list[tuple[int, int]]
    aside: dict[int, SetAside]
    mentions: list[Mention]
    content: frozenset[str] = frozenset()
    # The same by its place.
    contents: list[Sequence[str]] = field(default_factory=list)

    def start(self, at: int) -> int:
        return self.items.start(self.spans[at][0])

    def end(self, at: int) -> int:
        return self.items.end(self.spans[at][1] - 1)

    def words(self, at: int) -> Sequence[str]:
        first, last = self.spans[at]
        return self.items.tokens.words[self.items.first[first] : self.items.last[last - 1] + 1]

    def phrase(self, at: int) -> str:
        return " ".join(self.words(at))


def sentence(items: Items, aside: list[SetAside], drafts: list[Draft], number: int) -> Sentence:
    """Joins the items of each figure and each numeral set aside into one code."""
    pieces: dict[int, Draft | SetAside] = {piece.begin: piece for piece in aside}
    pieces.update({piece.begin: piece for piece in drafts})
    codes: list[str] = []
    spans: list[tuple[int, int]] = []
    out = Sentence(items, number, items.tokens.block, "", spans, {}, [])
    at, depth = 0, 0
    for begin in sorted(pieces):
        if begin < at:
            continue
        codes += items.codes[at:begin]
        spans += zip(range(at, begin), range(at + 1, begin + 1), strict=True)
        depth = _depth(items.codes[at:begin], depth)
        piece = pieces[begin]
        at = max(begin + 1, piece.end)
        spans.append((begin, at))
        if isinstance(piece, Draft):
            out.mentions.append(Mention(piece, out, len(codes), depth))
            codes.append(MEASURE_CODES.get(piece.dimension, "Q"))
        else:
            out.aside[len(codes)] = piece
            codes.append("t" if piece.what in TIMES else "x")
    rest = range(at, len(items.codes))
    spans += ((item, item + 1) for item in rest)
    out.codes = "".join(codes) + items.codes[at:]
    return out


def _depth(codes: str, depth: int) -> int:
    """How many brackets are open behind some items; one that closes nothing counts for nothing."""
    for bracket in BRACKET.findall(codes):
        depth = depth + 1 if bracket == "(" else max(0, depth - 1)
    return depth


def find_functions(one: Sentence, vocabulary: Vocabulary) -> None:
    """Names the function of each figure."""
    for mention in one.mentions:
        patterns = vocabulary.functions.get(one.codes[mention.at])
        fitting = patterns.first_fitting(one.codes, mention.at) if patterns else None
        if fitting is not None:
            pattern, _ = fitting
            mention.function, mention.sign, mention.offset = pattern.result, pattern.sign, pattern.offset
        else:
            _bracketed(one, mention)
    for low, high in pairwise(one.mentions):
        # Both ends of a range do the same.
        if high.at == low.at + 2 and one.codes[low.at + 1] == "-" and high.function == "head":
            high.function, high.sign, high.offset = low.function, low.sign, low.offset


def _bracketed(one: Sentence, mention: Mention) -> None:
    """`18 households (12,5%)`: a percentage alone in brackets right behind an amount is its share, if anything;
    `a fall of 10 % (-20 cases)`: an amount with a minus is a change."""
    codes, at = one.codes, mention.at
    if codes[at] == "P" and at > 1 and codes[at - 1] == "(" and codes[at + 1 : at + 2] == ")":
        before = [other for other in one.mentions if other.at < at]
        near = before and at - before[-1].at <= 6 and NAMES_ANOTHER.isdisjoint(codes[before[-1].at : at])
        if near and before[-1].dimension not in ("percent", "points"):
            mention.function = "share" if mention.value >= 0 else "growth"
    elif at and codes[at - 1] == "(" and codes[at + 1 : at + 2] == ")" and mention.value < 0:
        mention.function = "change"


def same_measure(one: Mention, other: Mention) -> bool:
    """Whether two figures can be added or compared: one dimension, and for counts one noun or a kind of it."""
    if one.dimension != other.dimension:
        return {one.dimension, other.dimension} == {"percent", "points"}
    return one.dimension not in ("count", "number") or same_noun(one, other)


def addable(one: Mention, other: Mention) -> bool:
    """Whether two figures can be part and total: of one measure, both amounts or both rates per the same, and not told
    apart by a contrast."""
    rates = [(mention.unit or "").partition("/")[2] for mention in (one, other)]
    return rates[0] == rates[1] and same_measure(one, other) and not opposed(one, other)


def opposed(one: Mention, other: Mention) -> bool:
    """Whether words tell two figures apart: one is named with one side of a contrast, one with another."""
    if not one.sides or not other.sides:
        return False
    contrasts = {contrast for contrast, _ in one.sides} & {contrast for contrast, _ in other.sides}
    return any(_sides(one, contrast).isdisjoint(_sides(other, contrast)) for contrast in contrasts)


def _sides(mention: Mention, contrast: str) -> set[str]:
    return {side for name, side in mention.sides if name == contrast}


def same_noun(one: Mention, other: Mention) -> bool:
    """Whether two counts count the same: equal nouns, one a longer name of the other, or one a kind of the other."""
    mine, theirs = (one.unit or "").lower(), (other.unit or "").lower()
    if not mine or not theirs:
        return mine == theirs
    if mine == theirs or mine in other.draft.kinds or theirs in one.draft.kinds:
        return True
    # Only an unlisted noun may be another printed longer; of listed ones the vocabulary says which are kinds.
    longer = mine.startswith(theirs + " ") or theirs.startswith(mine + " ")
    return longer and not (one.draft.listed and other.draft.listed)
