"""Totals that other words than a list cue name: `of all 36`, `in all 65`, the rest, lines below, bracketed counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from auditor.parse.breakdowns import Breakdown, about_hundred, adds_up, shortest_sum
from auditor.parse.cued import cued_breakdowns
from auditor.parse.mentions import Mention, Sentence, addable
from auditor.parse.page import LIKELY, NAMED, Page, between, overlap, share_interval
from auditor.parse.unlike import detailed

# The words between a word for total and its figure.
TOTAL_WORDS = 9
# Lines below a line with a total are its parts if they make up this much of it.
MOSTLY = 0.8


def named_breakdowns(page: Page) -> Iterator[Breakdown]:
    """The totals whose parts the wording names. Of `x/y` it is x that has parts: what was done, not the plan."""
    done = {other.number: one for one, other in page.pairs}
    for breakdown in _named(page):
        yield replace(breakdown, total=done.get(breakdown.total.number, breakdown.total))


def _named(page: Page) -> Iterator[Breakdown]:
    for sentence in page.sentences:
        if not sentence.mentions:
            continue
        yield from cued_breakdowns(page, sentence)
        yield from detailed(page, sentence)
        yield from _by_shares(page, sentence)
        yield from _of_whole(page, sentence)
        yield from _behind(page, sentence)
        yield from _rest(page, sentence)
        yield from _lines(page, sentence)
        yield from _in_brackets(page, sentence)


def _of_whole(page: Page, sentence: Sentence) -> Iterator[Breakdown]:
    """`Of all 36 projects 25 are …, 8 are …`: a figure named as the whole, its parts of the same unit."""
    heads = [m for m in sentence.mentions if m.is_head]
    planned = {other.number for _, other in page.pairs}
    for index, whole in enumerate(heads[:-1]):
        cue = sentence.codes[max(0, whole.at - 3) : whole.at]
        of_all = page.has(cue, "whole")
        opens = page.has(cue[-1:], "in_words") and (whole.dimension == "count" or whole.at == 1)
        if not of_all and not opens:
            continue
        parts = [m for m in heads[index + 1 :] if m.unit == whole.unit and m.depth == whole.depth]
        if whole.number in planned:
            # `40 shops out of 52; 30 stalls out of 45`: the next clause is of another whole.
            parts = [m for m in parts if m.number not in planned and ";" not in between(whole, m)]
        if parts and (parts[0].value <= whole.value or of_all):
            yield Breakdown(whole, tuple(shortest_sum(whole, parts)), False, NAMED)


def _behind(page: Page, sentence: Sentence) -> Iterator[Breakdown]:
    """`a …, b …, in all c`: a figure called the total of all the figures of its measure before it in the sentence."""
    planned = {other.number for _, other in page.pairs}
    for whole in sentence.mentions:
        cue = sentence.codes[max(0, whole.at - TOTAL_WORDS) : whole.at]
        cue = cue[max(cue.rfind(mark) for mark in ",;:(") + 1 :]
        raised = whole.function == "level-after" and page.has(cue, "raising") and not page.has(cue, "from")
        if not (raised or whole.function == "head") or whole.number in planned or not page.has(cue, "grand_total"):
            continue
        before = [m for m in sentence.mentions if m.at < whole.at and m.is_head and m.number not in planned]
        parts = [m for m in before if addable(m, whole)]
        listed = [m for m in before if parts and m.at >= parts[0].at]
        if len(parts) > 1 and parts == listed and all(part.value <= whole.value for part in parts):
            if page.has(cue, "sum_up") or _of_same(whole, parts):
                yield Breakdown(whole, tuple(parts), True, NAMED)
            elif adds_up(whole, parts):
                yield Breakdown(whole, tuple(parts), True, LIKELY)


def _of_same(whole: Mention, parts: list[Mention]) -> bool:
    """Whether a total is named by what its parts have in common; another ("total retail sales") is an indicator of its
    own."""
    common = set.intersection(*(set(part.label) for part in parts))
    return bool(common) and common <= set(whole.label)


def _lines(page: Page, sentence: Sentence) -> Iterator[Breakdown]:
    """A total at the end of a line with a colon, or alone under a word for total, and its parts one a line below."""
    heads = [m for m in sentence.mentions if m.is_head]
    if not heads:
        return
    whole = heads[-1]
    announced = sentence.codes.endswith(":") and len(sentence.codes) - whole.at <= TOTAL_WORDS
    alone = not announced and len(sentence.mentions) == 1 and page.has(sentence.codes[:3], "grand_total")
    if not (announced or alone):
        return
    parts: list[Mention] = []
    for below in page.sentences[sentence.number + 1 :]:
        first = [m for m in below.mentions if m.is_head][:1]
        if below.block != sentence.block + len(parts) + 1 or not first or not addable(first[0], whole):
            break
        if page.has(below.codes[:2], "within"):
            break
        if alone and (below.codes.endswith(".") or _colon(below, first[0]) != _colon(sentence, whole)):
            break
        parts.append(first[0])
        if alone and len(below.mentions) > 1:
            break
    fill = sum(part.near for part in parts) / whole.near if whole.near else 0
    if len(parts) > 1 and all(part.value <= whole.value for part in parts) and (announced or fill > MOSTLY):
        yield Breakdown(whole, tuple(parts), True, NAMED if announced else LIKELY)


def _colon(line: Sentence, mention: Mention) -> bool:
    return line.codes[mention.at - 1 : mention.at] == ":"


def _by_shares(page: Page, sentence: Sentence) -> Iterator[Breakdown]:
    """`60 tasks: 44 (73,3 %), 14 (23,3 %), 2 (3,3 %)`: counts of one noun whose shares make about 100,
    behind a larger count of the noun that at least one of them is a share of."""
    shared = [(m.head, m) for m in sentence.mentions if m.function == "share" and m.head]
    parts, shares = [part for part, _ in shared], [share for _, share in shared]
    if len(parts) < 3 or any(part.dimension != "count" or part.unit != parts[0].unit for part in parts):
        return
    before = [m for m in page.around(parts[0], behind=-1) if sentence.number - m.sentence.number <= 1 and m.is_head]
    wholes = [m for m in before if m.unit == parts[0].unit and m.value >= max(part.value for part in parts)]
    if not about_hundred(shares) or not wholes:
        return
    if any(overlap(share_interval(part, wholes[-1]), share.likely) for part, share in shared):
        yield Breakdown(wholes[-1], tuple(parts), True, NAMED)


def _rest(page: Page, sentence: Sentence) -> Iterator[Breakdown]:
    """`24 communes; 17 have …, 7 are left`: a count, what was done of it, and the rest, all of one noun."""
    counts = [m for m in sentence.mentions if m.dimension == "count" and (m.is_head or m.function == "rest")]
    for whole, done, rest in zip(counts, counts[1:], counts[2:], strict=False):
        levels = whole.function == done.function == "head" and rest.function == "rest"
        apart = between(whole, done) not in ("", "/")
        # Behind `of which`, the rest is of the whole list, or of what was told before.
        listed, fits = page.has(sentence.codes[: whole.at], "within"), adds_up(whole, (done, rest))
        elsewhere = listed and (page.has(between(done, rest), "remainder") or not fits)
        # Behind a larger count of the kind, what is taken for the whole may itself be a part.
        part = not fits and any(m.at < whole.at and m.unit == whole.unit and m.value > whole.value for m in counts)
        if elsewhere or part or not (levels and apart):
            continue
        if whole.unit == done.unit == rest.unit and whole.value >= done.value:
            yield Breakdown(whole, (done, rest), True, NAMED)


def _in_brackets(page: Page, sentence: Sentence) -> Iterator[Breakdown]:
    """`7 sites at A (3), B (2), C (2)`: counts alone in brackets behind what they count for."""
    whole: Mention | None = None
    alone: list[Mention] = []
    for mention in sentence.mentions:
        if mention.unit is None and sentence.codes[mention.at - 1 : mention.at + 2] == "(N)":
            alone.append(mention)
        elif mention.dimension == "count" and mention.is_head and mention.draft.exact and not mention.depth:
            yield from _listed(page, whole, alone)
            whole, alone = mention, []
    yield from _listed(page, whole, alone)


def _listed(page: Page, whole: Mention | None, alone: list[Mention]) -> Iterator[Breakdown]:
    """Counts that each stand between a word and the end of their item; others in brackets make a list doubtful."""
    if whole is None or len(alone) < 2:
        return
    codes, ends = whole.sentence.codes, ",;." + page.vocabulary.classes["and"]
    items = [m for m in alone if codes[m.at - 2].isalpha() or codes[m.at - 2] > "~"]
    ended = all(codes[m.at + 2 : m.at + 3] in ends for m in alone[:-1])
    goes_on = codes.endswith(";") and not adds_up(whole, items) and not _begins_anew(page, whole.sentence)
    if items == alone and ended and not goes_on and not _uncounted(page, whole, alone):
        yield Breakdown(whole, tuple(items), True, NAMED)


def _begins_anew(page: Page, sentence: Sentence) -> bool:
    """Whether the next line has a count of its own, so that a list does not go on there."""
    below = page.sentences[sentence.number + 1 : sentence.number + 2]
    first = below[0].mentions[:1] if below else []
    return bool(first) and first[0].unit is not None and first[0].is_head


def _uncounted(page: Page, whole: Mention, alone: list[Mention]) -> bool:
    """Whether an item of a list has no count of its own: it may stand for one."""
    codes, openers = whole.sentence.codes, page.vocabulary.classes["listing"] + page.vocabulary.classes["listing_place"]
    first = codes[whole.at + 1 : alone[0].at - 1]
    opened = max((at for at, code in enumerate(first) if code in openers or code == ":"), default=-1)
    items = [first[opened + 1 :], *(codes[one.at + 3 : other.at - 1] for one, other in pairwise(alone))]
    return any("," in item or ";" in item for item in items)
