"""Parts that their names put within a whole told shortly before: loans of an investment, overnight guests of visitors.

What names alone join is joined only where place, time and role agree. Where it then fails within a sentence, or right
behind a figure that is called a total, that is odd; anywhere else it says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.languages.kinds import Kind, Named, Side
from auditor.model.relation import Relation
from auditor.parse.additive import RATES, averaged, per_unit
from auditor.parse.breakdowns import within
from auditor.parse.context import BOUNDARY, FIGURES
from auditor.parse.mentions import Mention, addable, opposed
from auditor.parse.page import NUMBERS, Page, between
from auditor.parse.scope import called_total

# How far behind a whole its parts stand, in sentences that hold figures: most, and those of what is known by more
# than its name.
NEAR, FAR = 3, 6
# What names a figure stands so many codes before it or behind it.
BEFORE, BEHIND = 24, 10
# The words of a month, as of a number of months.
MONTH = 2
COUNTS = frozenset({"count", "number"})
CLAUSE = BOUNDARY | FIGURES | {","}
ACTUAL = frozenset({"actual", "estimate"})
LEVELS = ("head", "plan", "rest")


@dataclass(frozen=True, slots=True)
class _Whole:
    """A level that may have parts, and the time it is told of, or the last told before."""

    level: Mention
    period: str | None


def kinds_within(page: Page, bound: Sequence[Relation]) -> Iterator[Relation]:
    """``bound`` are the relations of totals and parts found so far: what is a part in one is none here."""
    taken = {part.filler.start for one in bound if one.role("total") for part in one.role("part")}
    known, latest = page.vocabulary.kinds, dict[tuple[int, str], _Whole]()
    period: str | None = None
    for mention in page.mentions:
        period = mention.period or period
        level = mention.function in LEVELS and mention.dimension not in RATES
        if not level or (mention.context and known.keys.isdisjoint(mention.context)):
            continue
        named = _named(page, mention)
        for (number, _), whole in latest.items():
            part = named.get(number) == "part" and mention.figure.start not in taken
            if part and _joined(page, known.kinds[number], whole, mention):
                yield page.relation("part-within-total", NUMBERS, ("part", mention), ("total", whole.level))
        wholes = [number for number, side in named.items() if side == "whole"]
        latest.update({(number, mention.function): _Whole(mention, period) for number in wholes})


def _named(page: Page, mention: Mention) -> Named:
    """Which side of each kind a figure is: by the last phrase before it, unless words behind it name a part."""
    codes, at = mention.sentence.codes, mention.at
    begin, end = _begin(codes, at), at + 1
    stops = CLAUSE | page.vocabulary.set_of("list_separator")
    while end < len(codes) and end - at < BEHIND and codes[end] not in stops:
        end += 1
    named = page.vocabulary.kinds.named(_words(mention, begin, at))
    behind = page.vocabulary.kinds.named(_words(mention, at, end))
    found = {**behind, **named, **{number: side for number, side in behind.items() if side != "whole"}}
    return {number: _alone(page, mention, begin, number) if side == "whole" else side for number, side in found.items()}


def _begin(codes: str, at: int) -> int:
    """Where the clause before a figure begins; a bracket without figures is none of its ends."""
    begin = at
    while begin and at - begin < BEFORE:
        opened = codes.rfind("(", max(0, begin - BEFORE), begin) if codes[begin - 1] == ")" else -1
        if opened >= 0 and FIGURES.isdisjoint(codes[opened:begin]):
            begin = opened
        elif codes[begin - 1] in BOUNDARY or codes[begin - 1] in FIGURES:
            break
        else:
            begin -= 1
    return begin


def _words(mention: Mention, begin: int, end: int) -> list[str]:
    sentence = mention.sentence
    if begin == end:
        return []
    first, last = sentence.spans[begin][0], sentence.spans[end - 1][1] - 1
    return list(sentence.items.tokens.words[sentence.items.first[first] : sentence.items.last[last] + 1])


def _alone(page: Page, mention: Mention, begin: int, number: int) -> Side:
    """Whether a figure that has the name of a whole is one: where the name must stand alone, more words make a part."""
    kind, sentence = page.vocabulary.kinds.kinds[number], mention.sentence
    if not kind.alone:
        return "whole"
    if any(word not in kind.alone for at in range(begin, mention.at) for word in sentence.contents[at]):
        return "part"
    words = f" {' '.join(_words(mention, 0, len(sentence.codes)))} "
    return "whole" if any(phrase in words for phrase in kind.beside) else "neither"


def _joined(page: Page, kind: Kind, whole: _Whole, part: Mention) -> bool:
    level, apart = whole.level, part.sentence.number - whole.level.sentence.number
    near = apart <= (FAR if kind.alone else NEAR) and _one_time(page, whole.period, part)
    if not near or not _alike(level, part) or not _of_one(page, kind, level, part):
        return False
    odd = not kind.alone and (apart == 0 or (apart == 1 and called_total(page, level)))
    return odd or within(level, [part])


def _alike(whole: Mention, part: Mention) -> bool:
    """Whether two figures are of one measure; a count that its words name may have lost its noun."""
    units = whole.unit or "", part.unit or ""
    shorter = any(one == "" or other.startswith(f"{one} ") for one, other in (units, units[::-1]))
    counted = {whole.dimension, part.dimension} <= COUNTS and shorter
    return addable(part, whole) or (counted and not opposed(part, whole))


def _of_one(page: Page, kind: Kind, whole: Mention, part: Mention) -> bool:
    """Whether two figures are amounts of one owner, both done or both planned, and nothing turns away."""
    places = kind.alone or _one_owner(page, whole, part)
    roles = kind.ahead or part.role == whole.role or {part.role, whole.role} <= ACTUAL
    amounts = not any(per_unit(page, one) or averaged(page, one) for one in (whole, part))
    left = between(whole, part) if whole.sentence is part.sentence else part.sentence.codes[: part.at]
    turned = any(page.has(left, name) for name in ("other", "besides")) or _earlier(page, left)
    return places and roles and amounts and not turned


def _earlier(page: Page, left: str) -> bool:
    """Whether words tell of an earlier time, not only to compare with it."""
    versus = page.vocabulary.set_of("versus")
    past = [at for at, code in enumerate(left) if page.has(code, "same_span") or page.has(code, "year_before")]
    return any(versus.isdisjoint(left[max(0, at - 3) : at]) for at in past)


def _one_owner(page: Page, whole: Mention, part: Mention) -> bool:
    """Whether the words before a part name no place, firm or project that the sentence of the whole does not."""
    sentence, codes = part.sentence, whole.sentence.codes
    begin = _begin(sentence.codes, part.at) if sentence is whole.sentence else 0
    apart = page.vocabulary.set_of("in_all") if page.has(codes, "place_kind") else frozenset[str]()
    own = [at for at in range(begin, part.at) if (at and sentence.codes[at] == "W") or sentence.codes[at] in apart]
    known = set(_words(whole, 0, len(codes)))
    return part.place in (None, whole.place) and all(set(sentence.words(at)) <= known for at in own)


def _one_time(page: Page, whole: str | None, part: Mention) -> bool:
    """Whether a part is told of no time of its own, or of the whole's, which may be told at greater length; up to the
    end of month 4 is 4 months."""
    mine, theirs = (part.period or "").lower().split(), (whole or "").lower().split()
    shared = min(len(mine), len(theirs))
    until = any(page.has(part.sentence.codes[: part.at], name) for name in ("so_far", "until"))
    alike = mine[:shared] == theirs[:shared] or (until and len(mine) == MONTH and mine[::-1] == theirs[:MONTH])
    return not mine or (shared > 0 and alike)
