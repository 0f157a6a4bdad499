"""Parts behind a cue: `of which`, `comprising`, a bracket, a colon."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import takewhile

from auditor.parse.announced import RIGHT_BEHIND, Cue, cues
from auditor.parse.breakdowns import NO_PARTS, Breakdown, adds_up, shortest_sum
from auditor.parse.mentions import Mention, Sentence, addable
from auditor.parse.page import NAMED, NUMBERS, Page, between
from auditor.parse.scope import called_total, own_time, same_time, siblings, wider
from auditor.parse.unlike import unlike

MOST_PARTS = 40
# A list that opens this near behind its total is its list, whatever the numbers.
BESIDE = 3
# What each of several has stands this near behind the word for each.
EACH = 4
# A part this many times its whole was never meant as one: 7.582 in hospital, 1 dead.
ALIKE = 10


def cued_breakdowns(page: Page, sentence: Sentence) -> Iterator[Breakdown]:
    """The parts behind each cue of a sentence, for each total among the figures before it."""
    for cue in cues(page, sentence):
        wholes = {part.number: _whole(page, cue, part) for part in cue.parts}
        for whole in {whole.number: whole for whole in wholes.values() if whole}.values():
            if _before_others(cue, whole, wholes[cue.parts[0].number]):
                continue
            mine = [part for part in cue.parts if wholes[part.number] is whole]
            mine = list(takewhile(partial(same_time, page, mine[0], whole), mine))
            mine = mine if cue.complete else [part for part in mine if not _another(part, whole, mine[0])]
            breakdown = _breakdown(page, cue, mine, whole)
            if breakdown is not None:
                yield breakdown
        yield from unlike(page, cue)


def _another(part: Mention, whole: Mention, first: Mention) -> bool:
    """Whether a larger count of another noun stands behind a part: `13 cars, of which 5 wholly, and 150 motorbikes`."""
    return part is not first and part.value > whole.value and part.unit not in (whole.unit, None)


def _before_others(cue: Cue, whole: Mention, first: Mention | None) -> bool:
    """Whether a semicolon parts a whole from that of the first part, which stands behind it."""
    return first is not None and first.sentence is whole.sentence and ";" in cue.sentence.codes[whole.at : first.at]


def _breakdown(page: Page, cue: Cue, mine: list[Mention], whole: Mention) -> Breakdown | None:
    first, beside = mine[0], cue.complete and len(mine) > 1 and 0 < cue.at - whole.at <= BESIDE
    meant = beside or _meant(page, cue, first, whole)
    if _is_balance(whole, mine):
        low, high = sorted(mine, key=lambda part: part.value)
        return Breakdown(high, tuple(sorted((low, whole), key=lambda part: part.number)), False, NUMBERS)
    if len(mine) > MOST_PARTS or (first.value > whole.value and not meant) or _of_others(page, cue, mine, whole):
        return None
    if any(_of_each(page, part) for part in mine) or _told_of_then(page, cue, mine, whole):
        return None
    listed = _continued(page, cue, whole, _list(page, cue, whole, mine))
    all_told = not _open(page, cue, whole, listed) if cue.complete else _closed(page, listed)
    sure = all_told and len(listed) == len(cue.parts) > 1
    sure = sure and (beside or all(part.value <= whole.value for part in listed))
    return Breakdown(whole, tuple(listed), sure, NAMED)


def _is_balance(whole: Mention, parts: list[Mention]) -> bool:
    """Whether two figures behind a cue are the sides of a balance: net purchases, of which so much bought, sold."""
    if len(parts) != 2 or min(part.value for part in parts) <= whole.value:
        return False
    low, high = sorted(parts, key=lambda part: part.value)
    return adds_up(high, [low, whole])


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


def _told_of_then(page: Page, cue: Cue, parts: list[Mention], whole: Mention) -> bool:
    """Whether a bracket only tells what a level was at another time: `3.100 recruits (in 2023: 3.050 recruits)`."""
    alone = len(parts) == 1 and cue.sentence.codes[cue.at] == "("
    return alone and own_time(page, parts[0]) not in (None, own_time(page, whole))


def _of_each(page: Page, part: Mention) -> bool:
    """Whether a part is what each of several has: `Northfield and Southfield 8 cases each`."""
    lead = part.sentence.codes[max(0, part.at - EACH) : part.at]
    return page.has(lead[max(lead.rfind(mark) for mark in ",;:()NQPM") + 1 :], "per_each")


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


def _open(page: Page, cue: Cue, whole: Mention, parts: list[Mention]) -> bool:
    """Whether a list says, or shows by an item without a part, that it names only some."""
    codes = cue.sentence.codes
    tail = codes[cue.at + 1 :]
    if "…" in tail or tail.endswith(("..", ".;")) or page.has(tail, "open_list"):
        return True
    if tail.endswith(";") and not adds_up(whole, parts):
        # The list goes on in the next line.
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
        return near[-1] if cue.complete else _fitting(page, near, part)
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
    only = len(earlier) == 1 and earlier[0].unit == part.unit and earlier[0].value * ALIKE >= part.value
    bigger = [m for m in earlier if only or m.value >= part.value]
    return max(bigger, key=lambda m: (len(set(m.label) & set(part.label)), m.number)) if bigger else None


def _fitting(page: Page, wholes: list[Mention], part: Mention) -> Mention | None:
    """The nearest whole of the last row of figures that is large enough, else the nearest, unless the part may be of
    the row together."""
    row = wholes[-1:]
    for one in reversed(wholes[:-1]):
        apart = between(one, row[0])
        if ";" in apart or ":" in apart or page.has(apart, "within"):
            break
        row.insert(0, one)
    fits = [m for m in row if m.value >= part.value]
    together = len(row) > 1 and sum(m.value for m in row) >= part.value
    return fits[-1] if fits else None if together else wholes[-1]


def _not_planned(wholes: list[Mention]) -> list[Mention]:
    """Levels that may be wholes: what was planned or stood before only where nothing else is told."""
    return [m for m in wholes if m.function not in NO_PARTS] or wholes
